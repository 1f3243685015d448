"""Parquet files of an article and the Croissant metadata about them.

What lives here: the `croissant.json` with files, digests, record sets, licence and citation (Croissant 1.0).
What does not: the Parquet files (`parquet.py`) and which columns there are (`tables.py`).

Croissant 1.0 describes lists of records one level deep, so `told_by`, whose claims hold lists of voices, is described
by `told_by_line` and the record set `voices`, and the `hedges` of a voice by `hedge_count` there; both are in the file
all the same. Single places are `start` and `end`.
"""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Iterator
from typing import Any, Final

from oped_dataset.exports.attribution import Data
from oped_dataset.exports.description import CREATOR, citation, description
from oped_dataset.exports.files import Files
from oped_dataset.exports.parquet import SUFFIX, to_parquet
from oped_dataset.exports.tables import (
    Column,
    ColumnType,
    TableSpec,
    specs,
)
from oped_dataset.model.article import Article

_TYPES: Final = {
    "string": "sc:Text",
    "decimal": "sc:Text",
    "integer": "sc:Integer",
    "number": "sc:Float",
    "boolean": "sc:Boolean",
    "date": "sc:Date",
}
_OWN_TERMS: Final = (
    *("citeAs", "column", "equivalentProperty", "extract", "field", "fileProperty", "fileObject", "fileSet", "format"),
    *("includes", "isLiveDataset", "jsonPath", "key", "md5", "parentField", "path", "recordSet", "references", "regex"),
    *("repeated", "replace", "samplingRate", "separator", "source", "subField", "transform"),
)
_CONTEXT: Final[Data] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "sc": "https://schema.org/",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "dct": "http://purl.org/dc/terms/",
    "conformsTo": "dct:conformsTo",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "examples": {"@id": "cr:examples", "@type": "@json"},
    **{term: f"cr:{term}" for term in _OWN_TERMS},
}


def to_croissant(article: Article, *, url: str | None = None, published: datetime.date | None = None) -> Files:
    """Write each table of an article as Parquet, and describe them in Croissant.

    Args:
        article: The article.
        url: Where the data set is published, if it is.
        published: The day the data set was published, if it was.

    Returns:
        `croissant.json` and the files of `to_parquet`.

    Raises:
        MissingExtra: pyarrow is not installed.
    """
    files = to_parquet(article)
    where = {"url": url, "datePublished": None if published is None else published.isoformat()}
    metadata = {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": f"oped-dataset-{article.id}",
        "description": description(article),
        "license": article.licence,
        "version": article.data_version,
        "creator": {"@type": "sc:Organization", "name": CREATOR},
        "citeAs": citation(article),
        **{key: value for key, value in where.items() if value is not None},
        "distribution": [_file(name, content) for name, content in files.items()],
        "recordSet": [_record_set(spec) for spec in specs().values()],
    }
    written = json.dumps(metadata, ensure_ascii=False, indent=1) + "\n"
    return Files({"croissant.json": written.encode("utf-8"), **files})


def _file(name: str, content: bytes) -> Data:
    return {
        "@type": "cr:FileObject",
        "@id": name,
        "name": name,
        "contentUrl": name,
        "contentSize": f"{len(content)} B",
        "encodingFormat": "application/x-parquet",
        "sha256": hashlib.sha256(content).hexdigest(),
    }


def _record_set(spec: TableSpec) -> Data:
    made: Data = {
        "@type": "cr:RecordSet",
        "@id": spec.name,
        "name": spec.name,
        "description": spec.description,
        "field": [field for column in spec.columns if (field := _field(spec.name, column)) is not None],
    }
    has_id = any(column.name == "id" for column in spec.columns)
    return made | ({"key": {"@id": f"{spec.name}/id"}} if has_id else {})


def _field(table: str, column: Column) -> Data | None:
    kind, identity = column.type, f"{table}/{column.name}"
    made = {"@type": "cr:Field", "@id": identity, "name": identity, "description": column.description}
    source = {"fileObject": {"@id": table + SUFFIX}, "extract": {"column": column.name}}
    if not kind.is_nested:
        return made | {"dataType": _TYPES[kind.kind], "source": source}
    if kind.item is None or column.name == "told_by":
        return None
    if not kind.item.is_nested:
        return made | {"dataType": _TYPES[kind.item.kind], "repeated": True, "source": source}
    parts = [_part(identity, path, inner, source) for path, inner in _leaves(kind.item)]
    return made | {"repeated": True, "subField": parts}


def _leaves(kind: ColumnType, path: str = "") -> Iterator[tuple[str, ColumnType]]:
    for name, inner in kind.fields.items():
        if inner.fields:
            yield from _leaves(inner, f"{path}{name}.")
        elif inner.item is None:
            yield path + name, inner


def _part(parent: str, path: str, kind: ColumnType, source: Data) -> Data:
    identity = f"{parent}/{path.replace('.', '_')}"
    taken: dict[str, Any] = {**source, "transform": {"jsonPath": f"$.{path}"}}
    return {"@type": "cr:Field", "@id": identity, "name": identity, "dataType": _TYPES[kind.kind], "source": taken}
