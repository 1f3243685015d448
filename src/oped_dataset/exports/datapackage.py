"""CSV files of an article and the Frictionless metadata about them.

Here: the cells, and the `datapackage.json` with columns, types, keys and licence.
Not here: which columns there are (`tables.py`) and what makes a cell harmless (`escaping.py`).

Lists and structs are cells of JSON. A cell of a string column that a spreadsheet would run as a formula begins with an
apostrophe, and control characters are written as `_xHHHH_`; `escaping.cell_content` restores both. The text of the
article is a file of its own, because Python's reader of CSV refuses cells longer than 131,072 characters.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from typing import Any, Final

from oped_dataset.errors import NotExportable
from oped_dataset.exports.attribution import Data
from oped_dataset.exports.description import description
from oped_dataset.exports.escaping import cell, json_cell
from oped_dataset.exports.files import Files
from oped_dataset.exports.tables import (
    Column,
    Rows,
    TableSpec,
    specs,
    to_tables,
)
from oped_dataset.model.article import Article
from oped_dataset.model.citation import CREATOR
from oped_dataset.version import __version__

_TYPES: Final = {"decimal": "number", "list": "array", "struct": "object"}
_TEXT: Final = "text.txt"
_MEDIA_TYPES: Final = {"csv": "text/csv", "txt": "text/plain"}
_LONGEST_CELL: Final = 131_072
"""The usual limit of `csv.field_size_limit()`."""
_KEYS: Final = {"voices": ["claim", "position"]}
_LICENCES: Final = {
    "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/",
    "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
}


def to_datapackage(article: Article) -> Files:
    """Write each table of an article as CSV, and describe them as a Frictionless data package.

    Args:
        article: The article.

    Returns:
        `datapackage.json`; one CSV file for each table of `tables.specs`, in UTF-8; and `text.txt` when the article
        holds its text. A column of a closed list has its labels as `enum`, and one that is never empty is `required`.

    Raises:
        NotExportable: A cell would be longer than readers of CSV allow.
    """
    rows = to_tables(article)
    columns = {name: _columns(spec) for name, spec in specs().items()}
    contents = {f"{name}.csv": _csv(rows[name], columns[name], name) for name in columns}
    resources = [_table(spec, columns[spec.name], contents[f"{spec.name}.csv"]) for spec in specs().values()]
    if article.source.text is not None:
        contents[_TEXT] = article.source.text.encode("utf-8")
        resources.append(_file("text", _TEXT, "The text that the offsets count in.", contents[_TEXT]))
    descriptor = json.dumps(_descriptor(article) | {"resources": resources}, ensure_ascii=False, indent=1)
    return Files({"datapackage.json": f"{descriptor}\n".encode(), **contents})


def _columns(spec: TableSpec) -> list[Column]:
    return [column for column in spec.columns if (spec.name, column.name) != ("article", "text")]


def _csv(rows: Rows, columns: list[Column], table: str) -> bytes:
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow([column.name for column in columns])
    writer.writerows([_checked_cell(row[column.name], column, table) for column in columns] for row in rows)
    return written.getvalue().encode("utf-8")


def _checked_cell(value: Any, column: Column, table: str) -> str:
    written = _cell(value, column)
    if len(written) > _LONGEST_CELL:
        raise NotExportable(
            f"a cell of the column {column.name!r} of {table!r} would have {len(written)} characters, and readers of "
            f"CSV take at most {_LONGEST_CELL}; try parquet"
        )
    return written


def _cell(value: Any, column: Column) -> str:
    if value is None:
        return ""
    if column.type.is_nested:
        return json_cell(json.dumps(value, ensure_ascii=False))
    if column.type.kind == "boolean":
        return "true" if value else "false"
    return cell(value) if column.type.kind == "string" else str(value)


def _descriptor(article: Article) -> Data:
    licence = {"name": article.licence, "title": article.licence}
    if article.licence in _LICENCES:
        licence["path"] = _LICENCES[article.licence]
    return {
        "profile": "data-package",
        "name": f"oped-dataset-{article.id}",
        "title": article.title,
        "description": f"{description(article)} {_ESCAPES}",
        "version": article.data_version,
        "codeVersion": __version__,
        "licenses": [licence],
        "contributors": [{"title": CREATOR, "role": "author"}],
        "citation": article.citation(),
    }


_ESCAPES: Final = (
    "Cells: lists and objects are JSON; an apostrophe stands before a text that a spreadsheet would take for a "
    "formula or that begins with an apostrophe or a quotation mark; control characters, and signs of formulas behind a "
    "separator, are written as _xHHHH_ (ECMA-376, ST_Xstring)."
)


def _file(name: str, path: str, described: str, content: bytes) -> Data:
    return {
        "name": name,
        "path": path,
        "description": described,
        "format": path.rpartition(".")[2],
        "mediatype": _MEDIA_TYPES[path.rpartition(".")[2]],
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
    }


def _table(spec: TableSpec, columns: list[Column], content: bytes) -> Data:
    described = _file(spec.name, f"{spec.name}.csv", spec.description, content)
    return {"profile": "tabular-data-resource", **described, "schema": _schema(spec, columns)}


def _schema(spec: TableSpec, columns: list[Column]) -> Data:
    names = [column.name for column in columns]
    key = _KEYS.get(spec.name, ["id"] if "id" in names else [])
    schema = {
        "fields": [_field(column) for column in columns],
        "missingValues": [""],
        "foreignKeys": [
            {"fields": column.name, "reference": {"resource": column.refers_to, "fields": "id"}}
            for column in columns
            if column.refers_to is not None
        ],
    }
    return schema | ({"primaryKey": key} if key else {})


def _field(column: Column) -> Data:
    kind = _TYPES.get(column.type.kind, column.type.kind)
    constraints: Data = {} if column.is_optional else {"required": True}
    if column.type.labels:
        constraints["enum"] = list(column.type.labels)
    if kind == "integer":
        constraints["minimum"] = 0
    made = {"name": column.name, "type": kind, "description": column.description}
    return made | ({"constraints": constraints} if constraints else {})
