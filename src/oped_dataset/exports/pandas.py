"""DataFrames of an article in pandas, with the types of `tables.py`.

Here: the translation of our column types into pandas' types.
Not here: which columns there are (`tables.py`).
"""

from __future__ import annotations

from typing import Any, Final

from oped_dataset.exports.description import versions
from oped_dataset.exports.tables import TableSpec, specs, to_tables
from oped_dataset.extras import need
from oped_dataset.model.article import Article

# Days are counted in seconds, because nanoseconds reach only from 1677 to 2262. Nested values stay Python objects.
_TYPES: Final = {
    "string": "string",
    "decimal": "string",
    "integer": "Int64",
    "number": "Float64",
    "boolean": "boolean",
    "date": "datetime64[s]",
    "list": "object",
    "struct": "object",
}


def to_pandas(article: Article) -> dict[str, Any]:
    """Lay an article out as `pandas.DataFrame`s.

    Args:
        article: The article.

    Returns:
        For each table of `tables.specs` a `pandas.DataFrame` (typed `Any`, because pandas is optional). Nested values
        are lists and dicts; a column out of a closed list is an ordered category of the whole list. `attrs` has the
        versions of data and code.

    Raises:
        MissingExtra: pandas is not installed.
    """
    rows = to_tables(article)
    return {name: _frame(rows[name], spec, versions(article)) for name, spec in specs().items()}


def _frame(rows: list[dict[str, Any]], spec: TableSpec, described: dict[str, str]) -> Any:
    pandas = need("pandas", "pandas")
    columns = {
        column.name: pandas.Series(
            [row[column.name] for row in rows],
            dtype=pandas.CategoricalDtype(column.type.labels, ordered=True)
            if column.type.labels
            else _TYPES[column.type.kind],
        )
        for column in spec.columns
    }
    frame = pandas.DataFrame(columns)
    frame.attrs.update(described)
    return frame
