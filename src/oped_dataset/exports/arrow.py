"""Arrow tables of an article, with the types and descriptions of `tables.py`.

Here: the translation of column types into Arrow types.
Not here: the choice of columns (`tables.py`) and files (`parquet.py`).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from oped_dataset.exports.attribution import check_repeated_voices
from oped_dataset.exports.description import versions
from oped_dataset.exports.tables import Column, ColumnType, Rows, TableSpec, specs, to_tables
from oped_dataset.extras import need
from oped_dataset.model.article import Article
from oped_dataset.model.tables import Table


def to_arrow(article: Article, *, categories: bool = True) -> dict[str, Any]:
    """Lay out an article as `pyarrow.Table`s.

    Args:
        article: The article.
        categories: Whether a column of labels is an ordered dictionary of the whole vocabulary. Otherwise it contains
            strings, as nested columns always do; Parquet files are written in this way, because `datasets` cannot read
            dictionaries.

    Returns:
        A `pyarrow.Table` for each table of `tables.specs` (typed `Any`, because pyarrow is optional). The metadata of
        fields contain their description; those of tables contain description, licence, data version and code version.

    Raises:
        MissingExtra: pyarrow is not installed.
        NotExportable: `told_by` would repeat far more voices than the article has rows.
    """
    need("pyarrow", "arrow")
    rows = to_tables(article)
    return {name: _table(rows[name], spec, article, categories=categories) for name, spec in specs().items()}


def stated(article: Article) -> dict[str, str]:
    """The licence and the versions in the metadata of every table.

    Args:
        article: The article.
    """
    return {"licence": article.licence, **versions(article)}


def arrow_rows(article: Article, table: Table[Any]) -> Any:
    """Lay out records of one table of an article as a `pyarrow.Table`.

    Args:
        article: The article.
        table: The records, in the order of the rows.

    Returns:
        The rows of `to_arrow` for these records.

    Raises:
        MissingExtra: pyarrow is not installed.
        NotExportable: `told_by` would repeat far more voices than the article has rows.
    """
    need("pyarrow", "arrow")
    [name] = [name for name, each in article.tables.items() if each.record_type is table.record_type]
    rows = {row["id"]: row for row in to_tables(article)[name]}
    return _table([rows[record.id] for record in table], specs()[name], article, categories=True)


def arrow_fields(columns: Iterable[Column]) -> list[Any]:
    """The Arrow fields of columns, with their descriptions.

    Raises:
        MissingExtra: pyarrow is not installed.
    """
    arrow = need("pyarrow", "arrow")
    return [
        arrow.field(column.name, _type(column.type), metadata={"description": column.description}) for column in columns
    ]


def _table(rows: Rows, spec: TableSpec, article: Article, *, categories: bool) -> Any:
    check_repeated_voices(rows, spec.name)
    arrow, compute = need("pyarrow", "arrow"), need("pyarrow.compute", "arrow")
    described = {"description": spec.description, **stated(article)}
    table = arrow.Table.from_pylist(rows, schema=arrow.schema(arrow_fields(spec.columns), metadata=described))
    for place, column in enumerate(spec.columns):
        if categories and column.type.labels:
            # Left to itself, Arrow orders a dictionary by first occurrence and omits labels that do not occur.
            labels = arrow.array(column.type.labels)
            codes = compute.index_in(table[place], labels).cast(arrow.int8()).combine_chunks()
            ordered = arrow.DictionaryArray.from_arrays(codes, labels, ordered=True)
            field = table.field(place).with_type(ordered.type)
            table = table.set_column(place, field, ordered)
    return table


def _type(kind: ColumnType) -> Any:
    arrow = need("pyarrow", "arrow")
    if kind.item is not None:
        return arrow.list_(_type(kind.item))
    if kind.fields:
        return arrow.struct([(name, _type(inner)) for name, inner in kind.fields.items()])
    plain = {
        "string": arrow.string(),
        "decimal": arrow.string(),
        "integer": arrow.int64(),
        "number": arrow.float64(),
        "boolean": arrow.bool_(),
        "date": arrow.date32(),
    }
    return plain[kind.kind]
