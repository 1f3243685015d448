"""CSV files of an article and the Frictionless metadata about them.

What lives here: the cells, and the `datapackage.json` with columns, types, keys and licence.
What does not: which columns there are (`tables.py`) and what makes a cell harmless (`escaping.py`).

Lists and structs are cells of JSON. A cell of a string column that a spreadsheet would run as a formula begins with an
apostrophe, and control characters are written as `_xHHHH_`; `escaping.cell_content` restores both.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from typing import Any, Final

from oped_dataset.exports.attribution import Data
from oped_dataset.exports.description import CREATOR, citation, description
from oped_dataset.exports.escaping import cell
from oped_dataset.exports.files import Files
from oped_dataset.exports.tables import (
    Column,
    Rows,
    TableSpec,
    specs,
    to_tables,
)
from oped_dataset.model.article import Article
from oped_dataset.version import __version__

_TYPES: Final = {"decimal": "number", "list": "array", "struct": "object"}
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
        `datapackage.json`, and one CSV file for each table of `tables.specs`, in UTF-8.
    """
    rows = to_tables(article)
    contents = {f"{name}.csv": _csv(rows[name], spec) for name, spec in specs().items()}
    resources = [_resource(spec, contents[f"{name}.csv"]) for name, spec in specs().items()]
    descriptor = json.dumps(_descriptor(article) | {"resources": resources}, ensure_ascii=False, indent=1)
    return Files({"datapackage.json": f"{descriptor}\n".encode(), **contents})


def _csv(rows: Rows, spec: TableSpec) -> bytes:
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow([column.name for column in spec.columns])
    writer.writerows([_cell(row[column.name], column) for column in spec.columns] for row in rows)
    return written.getvalue().encode("utf-8")


def _cell(value: Any, column: Column) -> str:
    if value is None:
        return ""
    if column.type.is_nested:
        return json.dumps(value, ensure_ascii=False)
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
        "citation": citation(article),
    }


_ESCAPES: Final = (
    "Cells: lists and objects are JSON; an apostrophe stands before a text that a spreadsheet would take for a "
    "formula or that begins with an apostrophe, and control characters are written as _xHHHH_ (ECMA-376, ST_Xstring)."
)


def _resource(spec: TableSpec, content: bytes) -> Data:
    return {
        "profile": "tabular-data-resource",
        "name": spec.name,
        "path": f"{spec.name}.csv",
        "description": spec.description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "schema": _schema(spec),
    }


def _schema(spec: TableSpec) -> Data:
    names = [column.name for column in spec.columns]
    key = _KEYS.get(spec.name, ["id"] if "id" in names else [])
    schema = {
        "fields": [_field(column) for column in spec.columns],
        "missingValues": [""],
        "foreignKeys": [
            {"fields": column.name, "reference": {"resource": column.refers_to, "fields": "id"}}
            for column in spec.columns
            if column.refers_to is not None
        ],
    }
    return schema | ({"primaryKey": key} if key else {})


def _field(column: Column) -> Data:
    kind = _TYPES.get(column.type.kind, column.type.kind)
    return {"name": column.name, "type": kind, "description": column.description}
