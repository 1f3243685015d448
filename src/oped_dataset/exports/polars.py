"""DataFrames of an article in polars, with the types of `tables.py`.

Here: the translation of column types into polars' types.
Not here: the choice of columns (`tables.py`).
"""

from __future__ import annotations

from typing import Any

from oped_dataset.exports.attribution import check_repeated_voices
from oped_dataset.exports.tables import ColumnType, specs, to_tables
from oped_dataset.extras import need
from oped_dataset.model.article import Article


def to_polars(article: Article) -> dict[str, Any]:
    """Lay out an article as `polars.DataFrame`s.

    Args:
        article: The article.

    Returns:
        A `polars.DataFrame` for each table of `tables.specs` (typed `Any`, because polars is optional). Nested values
        are lists and structs; labels, also nested ones, are an `Enum` of the whole vocabulary.

    Raises:
        MissingExtra: polars is not installed.
        NotExportable: `told_by` would repeat far more voices than the article has rows.
    """
    polars = need("polars", "polars")
    rows = to_tables(article)
    for name, found in rows.items():
        check_repeated_voices(found, name)
    return {
        name: polars.DataFrame(rows[name], schema={column.name: _type(column.type) for column in spec.columns})
        for name, spec in specs().items()
    }


def _type(kind: ColumnType) -> Any:
    polars = need("polars", "polars")
    if kind.item is not None:
        return polars.List(_type(kind.item))
    if kind.fields:
        return polars.Struct({name: _type(inner) for name, inner in kind.fields.items()})
    if kind.labels:
        return polars.Enum(kind.labels)
    plain = {
        "string": polars.String,
        "decimal": polars.String,
        "integer": polars.Int64,
        "number": polars.Float64,
        "boolean": polars.Boolean,
        "date": polars.Date,
    }
    return plain[kind.kind]
