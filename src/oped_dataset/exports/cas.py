"""A UIMA CAS for INCEpTION and other UIMA tools, made with dkpro-cassis.

Here: the type system, made from the columns of the tables, and the feature structures.
Not here: which fields and reading columns there are (`tables.py`), and which text is meant (`texts.py`).

A record with several places is several annotations with the same `identifier` and features. cassis counts code points
in Python and UTF-16 units in XMI, as UIMA does. Control characters in features are written as `_xHHHH_`.
"""

from __future__ import annotations

from typing import Any, Final

from oped_dataset.errors import NotExportable
from oped_dataset.exports.attribution import Data
from oped_dataset.exports.description import versions
from oped_dataset.exports.escaping import harmless, is_xml
from oped_dataset.exports.files import Files
from oped_dataset.exports.tables import (
    Column,
    ColumnType,
    specs,
    to_tables,
)
from oped_dataset.exports.texts import text_for
from oped_dataset.extras import need
from oped_dataset.messages import quoted
from oped_dataset.model.article import PLACED, Article

_NAMES: Final = {
    "entities": "Entity",
    "mentions": "Mention",
    "times": "TimeExpression",
    "quantities": "Quantity",
    "quotations": "Quotation",
    "events": "Event",
    "relations": "Relation",
    "claims": "Claim",
    "arguments": "Argument",
}
_ARTICLE: Final = "oped.Article"
_DESCRIBED: Final = ("identifier", "licence", "data_version", "code_version")
_LEFT_OUT: Final = frozenset({"article", "span", "evidence", "start", "end", "told_by", "earliest", "latest"})
_RANGES: Final = {"boolean": "uima.cas.Boolean", "integer": "uima.cas.Integer", "number": "uima.cas.Double"}


def to_cas(article: Article, *, text: str | None = None) -> Any:
    """Make a CAS of an article.

    Args:
        article: The article.
        text: Its text as annotated; not needed when the article holds it.

    Returns:
        A `cassis.Cas` (typed `Any`, because cassis is optional) with types `oped.Claim` and so on. A claim has its
        `voices` and their line; what a claim carries has `told_by_line`. `oped.Article` has its id, its licence and the
        versions of data and code.

    Raises:
        MissingExtra: dkpro-cassis is not installed.
        TextNeeded: There is no text, or not the annotated one.
    """
    words = text_for(article, text, "cas")
    cas = need("cassis", "cas").Cas(typesystem=_type_system())
    cas.sofa_string, cas.sofa_mime, cas.document_language = words, "text/plain", article.language
    cas.add(cas.typesystem.get_type(_ARTICLE)(**_described(article)))
    rows = to_tables(article)
    for table, name in _NAMES.items():
        for row in rows[table]:
            _add(cas, f"oped.{name}", table, row)
    return cas


def to_xmi(article: Article, *, text: str | None = None) -> Files:
    """Write an article as XMI with its type system, as INCEpTION imports it.

    Args:
        article: The article.
        text: Its text as annotated; not needed when the article holds it.

    Returns:
        `ID.xmi` and `TypeSystem.xml`, where ID is the id of the article.

    Raises:
        MissingExtra: dkpro-cassis is not installed.
        TextNeeded: There is no text, or not the annotated one.
        NotExportable: The text holds a character that XML cannot hold.
    """
    cas = to_cas(article, text=text)
    if not is_xml(cas.sofa_string):
        raise NotExportable(
            f"the text of {quoted(article.id)} holds a character that XML cannot hold; try cas and its JSON"
        )
    contents = {f"{article.id}.xmi": cas.to_xmi(), "TypeSystem.xml": cas.typesystem.to_xml()}
    return Files({name: content.encode("utf-8") for name, content in contents.items()})


# Types.


def _type_system() -> Any:
    types = need("cassis", "cas").TypeSystem()
    described = types.create_type(_ARTICLE, "uima.cas.TOP", "Which article this is, and which data and code it is of.")
    for field in _DESCRIBED:
        _feature(types, described, field, ColumnType("string"))
    types.create_type("oped.Place", "uima.tcas.Annotation", "Words of attribution, or words that soften a commitment.")
    for name, struct in _structs().items():
        made = types.create_type(f"oped.{name}", "uima.cas.TOP")
        for field, kind in struct.fields.items():
            _feature(types, made, field, kind)
    for table, name in _NAMES.items():
        parent = "uima.cas.TOP" if table not in PLACED else "uima.tcas.Annotation"
        made = types.create_type(f"oped.{name}", parent, specs()[table].description)
        for column in _columns(table):
            _feature(types, made, _feature_name(column.name), column.type, column.description)
    return types


def _structs() -> dict[str, ColumnType]:
    wanted = {"voices": "Voice", "participants": "Participant", "identifiers": "Identifier"}
    columns = [column for table in _NAMES for column in _columns(table) if column.name in wanted]
    return {wanted[column.name]: column.type.item for column in columns if column.type.item is not None}


def _columns(table: str) -> list[Column]:
    return [column for column in specs()[table].columns if column.name not in _LEFT_OUT]


def _feature_name(column: str) -> str:
    # A feature named `id` could be taken for the id that XMI gives every element.
    return "identifier" if column == "id" else column


def _feature(types: Any, owner: Any, name: str, kind: ColumnType, description: str = "") -> None:
    if kind.item is not None:
        is_nested = kind.item.is_nested
        types.create_feature(
            owner, name, "uima.cas.FSArray" if is_nested else "uima.cas.StringArray", None, description
        )
    elif kind.fields:
        types.create_feature(owner, name, "oped.Place", None, description)
    else:
        types.create_feature(owner, name, _RANGES.get(kind.kind, "uima.cas.String"), None, description)


# Feature structures.


def _described(article: Article) -> dict[str, str]:
    described = {"identifier": article.id, "licence": article.licence, **versions(article)}
    return {name: harmless(value) for name, value in described.items()}


def _add(cas: Any, name: str, table: str, row: Data) -> None:
    kind = cas.typesystem.get_type(name)
    features = {_feature_name(c.name): _value(cas, c.name, c.type, row[c.name]) for c in _columns(table)}
    if table not in PLACED:
        cas.add(kind(**features))
    else:
        for place in row.get("evidence") or [row["span"]]:
            cas.add(kind(begin=place["start"], end=place["end"], **features))


def _value(cas: Any, name: str, kind: ColumnType, value: Any) -> Any:
    # An empty list is left out, because cassis cannot read the JSON it writes of one.
    if value is None or value == []:
        return None
    if kind.kind in _RANGES:
        return value
    if kind.item is not None:
        array = "uima.cas.FSArray" if kind.item.is_nested else "uima.cas.StringArray"
        elements = [_value(cas, name, kind.item, item) for item in value]
        return cas.typesystem.get_type(array)(elements=elements)
    if kind.fields:
        return _struct(cas, name, kind, value)
    return harmless(value)


def _struct(cas: Any, name: str, kind: ColumnType, value: Data) -> Any:
    if set(kind.fields) == {"start", "end"}:
        place = cas.typesystem.get_type("oped.Place")(begin=value["start"], end=value["end"])
        cas.add(place)
        return place
    made = {"voices": "Voice", "participants": "Participant", "identifiers": "Identifier"}[name]
    features = {field: _value(cas, field, inner, value[field]) for field, inner in kind.fields.items()}
    return cas.typesystem.get_type(f"oped.{made}")(**features)
