"""Parquet files of an article, described by Croissant metadata.

Here: `croissant.json` with files, digests, record sets, licence, citation and statements about responsible use
(Croissant 1.1 with the RAI vocabulary 1.0).
Not here: the Parquet files (`parquet.py`), the choice of columns (`tables.py`) and the statements (`card.py`).

Croissant describes lists of records only one level deep. Two columns are therefore in the files but not described:
`told_by`, whose claims contain lists of voices, is replaced by `told_by_line` and the record set `voices`, and the
`hedges` of a voice by `hedge_count` in that record set. Single spans are described as `start` and `end`.
"""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Iterator
from typing import Any, Final

from oped_dataset.arguments import argument
from oped_dataset.exports.attribution import Data
from oped_dataset.exports.card import released, statements
from oped_dataset.exports.description import KEYWORDS, description
from oped_dataset.exports.files import Files
from oped_dataset.exports.jsonld_context import article_iri
from oped_dataset.exports.parquet import SUFFIX, to_parquet
from oped_dataset.exports.tables import Column, ColumnType, TableSpec, specs
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
    """Write each table of an article as Parquet, described by Croissant metadata.

    The metadata of a bundled article contains the statements of the data card as properties of the RAI vocabulary
    (`rai:dataLimitations` and so on).

    Args:
        article: The article.
        url: The page of the data set; by default, the URN of the article.
        published: The date on which the data set was published; by default, the release date of a bundled article.

    Returns:
        `croissant.json` and the files of `to_parquet`.

    Raises:
        MissingExtra: pyarrow is not installed.
        NotExportable: `told_by` would repeat far more voices than the article has rows.
    """
    argument("url", url, (str, type(None)), "str or None")
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
        **_describe_responsible_use(article),
        "distribution": [
            {
                "@type": "cr:FileObject",
                "@id": name,
                "name": name,
                "contentUrl": name,
                "contentSize": f"{len(content)} B",
                "encodingFormat": "application/x-parquet",
                "sha256": hashlib.sha256(content).hexdigest(),
            }
            for name, content in files.items()
        ],
        "recordSet": [_describe_table(spec) for spec in specs().values()],
    }
    written = json.dumps(metadata, ensure_ascii=False, indent=1) + "\n"
    return Files({"croissant.json": written.encode("utf-8"), **files})


def _describe_responsible_use(article: Article) -> Data:
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
        # The annotation was made by models, as the card describes.
        made[f"rai:{_SYNTHETIC}"] = True
        steps = " ".join(found["dataAnnotationProtocol"])
        made["prov:wasGeneratedBy"] = {"@type": "prov:Activity", "prov:label": "Annotation", "sc:description": steps}
    return made


def _describe_table(spec: TableSpec) -> Data:
    made: Data = {
        "@type": "cr:RecordSet",
        "@id": spec.name,
        "name": spec.name,
        "description": spec.description,
        "field": [field for column in spec.columns if (field := _describe_column(spec.name, column))],
    }
    has_id = any(column.name == "id" for column in spec.columns)
    return made | ({"key": {"@id": f"{spec.name}/id"}} if has_id else {})


def _describe_column(table: str, column: Column) -> Data | None:
    kind, identity = column.type, f"{table}/{column.name}"
    made = {"@type": "cr:Field", "@id": identity, "name": identity, "description": column.description}
    source = {"fileObject": {"@id": table + SUFFIX}, "extract": {"column": column.name}}
    if not kind.is_nested:
        described = made | {"dataType": _TYPES[kind.kind], "source": source}
        if column.refers_to is None:
            return described
        # The column of a file: mlcroissant cannot join with a record set that has references itself.
        target = {"fileObject": {"@id": column.refers_to + SUFFIX}, "extract": {"column": "id"}}
        return described | {"references": target}
    if kind.item is None or column.name == "told_by":
        return None
    if not kind.item.is_nested:
        made |= {"equivalentProperty": "sc:sameAs"} if column.name == "same_as" else {}
        return made | {"dataType": _TYPES[kind.item.kind], "repeated": True, "source": source}
    parts = []
    for path, inner in _leaves(kind.item):
        part = f"{identity}/{path.replace('.', '_')}"
        taken: dict[str, Any] = {**source, "transform": {"jsonPath": f"$.{path}"}}
        parts.append({"@type": "cr:Field", "@id": part, "name": part, "dataType": _TYPES[inner.kind], "source": taken})
    return made | {"repeated": True, "subField": parts}


def _leaves(kind: ColumnType, path: str = "") -> Iterator[tuple[str, ColumnType]]:
    for name, inner in kind.fields.items():
        if inner.fields:
            yield from _leaves(inner, f"{path}{name}.")
        elif inner.item is None:
            yield path + name, inner
