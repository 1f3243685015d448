"""Parquet files of an article and the Croissant metadata about them.

Here: the `croissant.json` with files, digests, record sets, licence, citation and statements about the
responsible use of the data (Croissant 1.1 with the RAI vocabulary 1.0).
Not here: the Parquet files (`parquet.py`), which columns there are (`tables.py`) and the statements (`card.py`).

Croissant describes lists of records one level deep, so `told_by`, whose claims hold lists of voices, is described by
`told_by_line` and the record set `voices`, and the `hedges` of a voice by `hedge_count` there; both are in the file all
the same. Single places are `start` and `end`.
"""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Iterator
from typing import Any, Final

from oped_dataset.exports.attribution import Data
from oped_dataset.exports.card import released, statements
from oped_dataset.exports.description import KEYWORDS, description
from oped_dataset.exports.files import Files
from oped_dataset.exports.jsonld_context import article_iri
from oped_dataset.exports.parquet import SUFFIX, to_parquet
from oped_dataset.exports.tables import (
    Column,
    ColumnType,
    TableSpec,
    specs,
)
from oped_dataset.model.article import Article
from oped_dataset.model.citation import CREATOR

_TYPES: Final = {
    "string": "sc:Text",
    "decimal": "sc:Text",
    "integer": "sc:Integer",
    "number": "sc:Float",
    "boolean": "sc:Boolean",
    "date": "sc:Date",
}
_OWN_TERMS: Final = (
    *("arrayShape", "citeAs", "column", "containedIn", "equivalentProperty", "extract", "field", "fileProperty"),
    *("fileObject", "fileSet", "format", "includes", "isArray", "isLiveDataset", "jsonPath", "key", "md5"),
    *("parentField", "path", "recordSet", "references", "regex", "repeated", "replace", "samplingRate", "separator"),
    *("source", "subField", "transform"),
)
_CONTEXT: Final[Data] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "sc": "https://schema.org/",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "prov": "http://www.w3.org/ns/prov#",
    "dct": "http://purl.org/dc/terms/",
    "conformsTo": "dct:conformsTo",
    "name": {"@container": "@language"},
    "description": {"@container": "@language"},
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "examples": {"@id": "cr:examples", "@type": "@json"},
    **{term: f"cr:{term}" for term in _OWN_TERMS},
}
_CONFORMS_TO: Final = ("http://mlcommons.org/croissant/1.1", "http://mlcommons.org/croissant/RAI/1.0")
_SINGLE: Final = frozenset(
    {
        *("annotationsPerItem", "dataCollection", "dataCollectionMissingData"),
        *("dataReleaseMaintenancePlan", "dataSocialImpact"),
    }
)
"""The properties of the RAI vocabulary that have one value."""
_SYNTHETIC: Final = "hasSyntheticData"


def to_croissant(article: Article, *, url: str | None = None, published: datetime.date | None = None) -> Files:
    """Write each table of an article as Parquet, and describe them in Croissant.

    The metadata of a bundled article has the statements of the data card, as properties of the responsible-AI
    vocabulary (`rai:dataLimitations` and so on).

    Args:
        article: The article.
        url: The page of the data set; without one, the URN of the article.
        published: The day the data set was published; without one, for a bundled article the day of its release.

    Returns:
        `croissant.json` and the files of `to_parquet`.

    Raises:
        MissingExtra: pyarrow is not installed.
    """
    files = to_parquet(article)
    day = released(article) if published is None else published
    metadata = {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": list(_CONFORMS_TO),
        "name": f"oped-dataset-{article.id}",
        "description": description(article),
        "license": article.licence,
        "version": article.data_version,
        "creator": {"@type": "sc:Organization", "name": CREATOR},
        "citeAs": article.citation(),
        "keywords": list(KEYWORDS),
        "inLanguage": article.language,
        "url": article_iri(article.id) if url is None else url,
        **({} if day is None else {"datePublished": day.isoformat()}),
        **_responsible(article),
        "distribution": [_file(name, content) for name, content in files.items()],
        "recordSet": [_record_set(spec) for spec in specs().values()],
    }
    written = json.dumps(metadata, ensure_ascii=False, indent=1) + "\n"
    return Files({"croissant.json": written.encode("utf-8"), **files})


def _responsible(article: Article) -> Data:
    found = statements(article)
    made: Data = {
        f"rai:{name}": " ".join(texts) if name in _SINGLE else texts
        for name, texts in found.items()
        if name != _SYNTHETIC
    }
    made["prov:wasDerivedFrom"] = {
        "@type": "sc:NewsArticle",
        "headline": article.title,
        "datePublished": article.published.isoformat(),
        "publisher": {"@type": "sc:Organization", "name": article.entities[article.publisher].name},
    }
    if _SYNTHETIC in found:
        # The annotation was made by models; the card says how.
        made[f"rai:{_SYNTHETIC}"] = True
        steps = " ".join(found["dataAnnotationProtocol"])
        made["prov:wasGeneratedBy"] = {"@type": "prov:Activity", "prov:label": "Annotation", "sc:description": steps}
    return made


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
        return made | {"dataType": _TYPES[kind.kind], "source": source} | _references(column)
    if kind.item is None or column.name == "told_by":
        return None
    if not kind.item.is_nested:
        made |= {"equivalentProperty": "sc:sameAs"} if column.name == "same_as" else {}
        return made | {"dataType": _TYPES[kind.item.kind], "repeated": True, "source": source}
    parts = [_part(identity, path, inner, source) for path, inner in _leaves(kind.item)]
    return made | {"repeated": True, "subField": parts}


def _references(column: Column) -> Data:
    if column.refers_to is None:
        return {}
    # The column of a file: mlcroissant cannot join with a record set that has references itself.
    return {"references": {"fileObject": {"@id": column.refers_to + SUFFIX}, "extract": {"column": "id"}}}


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
