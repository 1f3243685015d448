"""CSV files of an article and the Frictionless metadata about them.

Here: the cells, and `datapackage.json` with columns, types, keys and licence.
Not here: the choice of columns (`tables.py`) and the escaping of cells (`escaping.py`).

Lists and structs are written as JSON. `told_by` lists only the ids of claims, because nested voices would repeat the
chain of a claim beside everything it carries; `claims.csv` has each chain once. A cell of a string column that a
spreadsheet would run as a formula begins with an apostrophe, and control characters are written as `_xHHHH_`;
`escaping.cell_content` restores both. The text of the article is a separate file, because Python's CSV reader rejects
cells longer than 131,072 characters.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from typing import Any, Final

import attrs

from oped_dataset.errors import NotExportable
from oped_dataset.exports.attribution import Data
from oped_dataset.exports.description import description
from oped_dataset.exports.escaping import cell, json_cell
from oped_dataset.exports.files import Files
from oped_dataset.exports.tables import STRING, Column, ColumnType, Rows, specs, to_tables
from oped_dataset.model.article import Article
from oped_dataset.model.citation import CREATOR
from oped_dataset.version import __version__

_TYPES: Final = {"decimal": "number", "list": "array", "struct": "object"}
_TEXT: Final = "text.txt"
_MEDIA_TYPES: Final = {"csv": "text/csv", "txt": "text/plain"}
_LONGEST_CELL: Final = 131_072
"""The default of `csv.field_size_limit()`."""
_KEYS: Final = {"voices": ["claim", "position"]}
_LICENCES: Final = {
    "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/",
    "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
}


def to_datapackage(article: Article) -> Files:
    """Write each table of an article as CSV, described by a Frictionless data package.

    Args:
        article: The article.

    Returns:
        `datapackage.json`; one CSV file for each table of `tables.specs`, in UTF-8; and `text.txt` if the article
        contains its text. A column of labels has them as `enum`, and a column that is never empty is `required`.

    Raises:
        NotExportable: A cell would be longer than CSV readers allow.
    """
    rows = to_tables(article)
    contents, resources = dict[str, bytes](), list[Data]()
    for name, spec in specs().items():
        columns = [
            attrs.evolve(column, **_CARRIERS) if column.name == "told_by" else column
            for column in spec.columns
            if (name, column.name) != ("article", "text")
        ]
        contents[f"{name}.csv"] = _write_csv(rows[name], columns, name)
        described = _describe_file(name, f"{name}.csv", spec.description, contents[f"{name}.csv"])
        resources.append({"profile": "tabular-data-resource", **described, "schema": _schema(name, columns)})
    if article.source.text is not None:
        contents[_TEXT] = article.source.text.encode("utf-8")
        resources.append(_describe_file("text", _TEXT, "The text that the offsets count in.", contents[_TEXT]))
    licence = {"name": article.licence, "title": article.licence}
    if article.licence in _LICENCES:
        licence["path"] = _LICENCES[article.licence]
    descriptor = {
        "profile": "data-package",
        "name": f"oped-dataset-{article.id}",
        "title": article.title,
        "description": f"{description(article)} {_ESCAPES}",
        "version": article.data_version,
        "codeVersion": __version__,
        "licenses": [licence],
        "contributors": [{"title": CREATOR, "role": "author"}],
        "citation": article.citation(),
        "resources": resources,
    }
    written = json.dumps(descriptor, ensure_ascii=False, indent=1)
    return Files({"datapackage.json": f"{written}\n".encode(), **contents})


_CARRIERS: Final[Data] = {
    "type": ColumnType("list", item=STRING),
    "description": "The ids of the claims that carry it; `voices` of the table `claims` has their chains.",
}
"""The column `told_by` of CSV."""


def _write_csv(rows: Rows, columns: list[Column], table: str) -> bytes:
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow([column.name for column in columns])
    for row in rows:
        cells = [_format_cell(row[column.name], column) for column in columns]
        for cell_text, column in zip(cells, columns, strict=True):
            if len(cell_text) > _LONGEST_CELL:
                raise NotExportable(
                    f"a cell of the column {column.name!r} of {table!r} would have {len(cell_text)} characters, and "
                    f"CSV readers accept at most {_LONGEST_CELL}; try parquet"
                )
        writer.writerow(cells)
    return written.getvalue().encode("utf-8")


def _format_cell(value: Any, column: Column) -> str:
    if value is None:
        return ""
    if column.name == "told_by":
        value = [claim["claim"] for claim in value]
    if column.type.is_nested:
        return json_cell(json.dumps(value, ensure_ascii=False))
    if column.type.kind == "boolean":
        return "true" if value else "false"
    return cell(value) if column.type.kind == "string" else str(value)


_ESCAPES: Final = (
    "Cells: lists and objects are JSON; an apostrophe precedes a text that a spreadsheet would read as a formula or "
    "that begins with an apostrophe or a quotation mark; control characters, and formula signs after a separator, are "
    "written as _xHHHH_ (ECMA-376, ST_Xstring)."
)


def _describe_file(name: str, path: str, described: str, content: bytes) -> Data:
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


def _schema(table: str, columns: list[Column]) -> Data:
    """The schema of a table, as the Frictionless Table Schema specifies it."""
    key = _KEYS.get(table, ["id"] if "id" in [column.name for column in columns] else [])
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
