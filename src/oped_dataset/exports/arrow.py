"""Arrow tables of an article, with the types and descriptions of `tables.py`.

Here: the translation of our column types into Arrow types.
Not here: which columns there are (`tables.py`) and files (`parquet.py`).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from oped_dataset.exports.description import versions
from oped_dataset.exports.tables import (
    Column,
    ColumnType,
    Rows,
    TableSpec,
    specs,
    to_tables,
)
from oped_dataset.extras import need
from oped_dataset.model.article import Article
from oped_dataset.model.tables import Table


def to_arrow(article: Article, *, categories: bool = True) -> dict[str, Any]:
    """Lay an article out as `pyarrow.Table`s.

    Args:
        article: The article.
        categories: Whether a column out of a closed list is an ordered dictionary of the whole list. Otherwise it holds
            strings, as the labels inside nested columns do, and as Parquet files do, because `datasets` cannot read
            dictionaries.

    Returns:
        For each table of `tables.specs` a `pyarrow.Table` (typed `Any`, because pyarrow is optional). Fields carry
        their description, tables the description, licence and versions of data and code, as metadata.

    Raises:
        MissingExtra: pyarrow is not installed.
    """
    need("pyarrow", "arrow")
    rows = to_tables(article)
    return {name: _table(rows[name], spec, article, categories=categories) for name, spec in specs().items()}


def arrow_rows(article: Article, table: Table[Any]) -> Any:
    """Lay out a table of an article, or a part of one, as a `pyarrow.Table`.

    Args:
        article: The article.
        table: The records, in the order of the rows.

    Returns:
        The rows of `to_arrow` for these records.

    Raises:
        MissingExtra: pyarrow is not installed.
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
    arrow, compute = need("pyarrow", "arrow"), need("pyarrow.compute", "arrow")
    described = {"description": spec.description, "licence": article.licence, **versions(article)}
    table = arrow.Table.from_pylist(rows, schema=arrow.schema(arrow_fields(spec.columns), metadata=described))
    for place, column in enumerate(spec.columns):
        if categories and column.type.labels:
            # Arrow itself orders a dictionary by first occurrence and leaves out the labels that do not occur.
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
