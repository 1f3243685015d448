"""The JSON-LD context, which defines the keys and is written out in every document.

Here: the terms, and the IRIs of records.
Not here: the document (`web_annotation.py`).

The context is complete. It defines the terms of Web Annotation as the published context does
(http://www.w3.org/ns/anno.jsonld), which a document names first because the Web Annotation Data Model §3.1 requires it.
"""

from __future__ import annotations

from typing import Any, Final

STANDARD: Final = "http://www.w3.org/ns/anno.jsonld"
"""The context that every Web Annotation document names first."""

VOCABULARY: Final = "urn:oped-dataset:vocabulary:"
"""The namespace of the package's own terms."""

PREFIX: Final = "rec:"
"""The prefix of the ids of records; the context maps it to the article."""

EDTF: Final = "http://id.loc.gov/datatypes/edtf"
"""The datatype of dates: Extended Date/Time Format."""

REFERENCES: Final = frozenset(
    {
        *("id", "anchor", "authors", "claims", "contributors", "entity", "object", "place", "publisher", "speaker"),
        *("subject", "record", "about", "events", "relations", "quantities", "voice", "premise", "conclusion"),
    }
)
"""The keys whose values are ids of records."""


def article_iri(article_id: str) -> str:
    """The IRI of an article.

    Args:
        article_id: Its id.
    """
    return f"urn:oped-dataset:article:{article_id}"


def code_iri(version: str) -> str:
    """The IRI of the code that wrote a document.

    Args:
        version: Its version.
    """
    return f"urn:oped-dataset:code:{version}"


def context(article_id: str) -> dict[str, Any]:
    """The JSON-LD context of an article's document.

    Args:
        article_id: The id of the article, which is part of the IRIs of its records.
    """
    return {
        "@version": 1.1,
        "@vocab": VOCABULARY,
        **prefixes(article_id),
        **_WEB_ANNOTATION,
        **{key: _reference(f"oped:{key}") for key in sorted(REFERENCES - {"id"})},
        **_RECORDS,
    }


def prefixes(article_id: str) -> dict[str, str]:
    """The namespaces of an article's document by prefix.

    Args:
        article_id: The id of the article.
    """
    return {"rec": f"{article_iri(article_id)}:", **_NAMESPACES}


def _typed(iri: str, datatype: str) -> dict[str, str]:
    return {"@id": iri, "@type": datatype}


def _reference(iri: str) -> dict[str, str]:
    return _typed(iri, "@id")


def _ordered(iri: str) -> dict[str, str]:
    return {"@id": iri, "@type": "@id", "@container": "@list"}


_NAMESPACES: Final = {
    "oped": VOCABULARY,
    "oa": "http://www.w3.org/ns/oa#",
    "as": "http://www.w3.org/ns/activitystreams#",
    "prov": "http://www.w3.org/ns/prov#",
    "schema": "https://schema.org/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_WEB_ANNOTATION: Final[dict[str, Any]] = {
    "id": "@id",
    "type": "@type",
    "Annotation": "oa:Annotation",
    "AnnotationPage": "as:OrderedCollectionPage",
    "SpecificResource": "oa:SpecificResource",
    "TextPositionSelector": "oa:TextPositionSelector",
    "TextQuoteSelector": "oa:TextQuoteSelector",
    "body": _reference("oa:hasBody"),
    "target": _reference("oa:hasTarget"),
    "source": _reference("oa:hasSource"),
    "selector": _reference("oa:hasSelector"),
    "motivation": _typed("oa:motivatedBy", "@vocab"),
    "describing": "oa:describing",
    "identifying": "oa:identifying",
    "items": _ordered("as:items"),
    "generator": _reference("as:generator"),
    "Software": "as:Application",
    "softwareVersion": "schema:softwareVersion",
    "start": _typed("oa:start", "xsd:nonNegativeInteger"),
    "end": _typed("oa:end", "xsd:nonNegativeInteger"),
    "exact": "oa:exact",
    "prefix": "oa:prefix",
    "suffix": "oa:suffix",
}
_RECORDS: Final[dict[str, Any]] = {
    "headline": "schema:headline",
    "language": "schema:inLanguage",
    "genre": "schema:genre",
    "published": _typed("schema:datePublished", "xsd:date"),
    "updated": _typed("schema:dateModified", "xsd:date"),
    "publisher": _reference("schema:publisher"),
    "authors": _ordered("schema:author"),
    "contributors": _ordered("schema:contributor"),
    "name": "schema:name",
    "aliases": "schema:alternateName",
    "description": "schema:description",
    "identifiers": _reference("schema:identifier"),
    "sameAs": _reference("schema:sameAs"),
    "scheme": "schema:propertyID",
    "value": "schema:value",
    "gist": "schema:text",
    "text": "schema:text",
    "speaker": _reference("schema:spokenByCharacter"),
    "inArticle": _reference("schema:appearance"),
    "voices": _ordered("oped:voices"),
    "voice": _reference("prov:wasAttributedTo"),
    "derivedFrom": _reference("prov:wasDerivedFrom"),
    "toldBy": _reference("oped:toldBy"),
    "participants": _ordered("oped:participants"),
    "date": _typed("oped:date", EDTF),
    "when": _typed("oped:when", EDTF),
    "during": _typed("oped:during", EDTF),
    "amount": _typed("oped:amount", "xsd:decimal"),
}
