"""A UIMA CAS for INCEpTION and other UIMA tools, made with dkpro-cassis.

Here: the type system, derived from the columns of the tables, and the feature structures.
Not here: the choice of columns (`tables.py`) and of the text (`texts.py`), and reading: there is no reader of a CAS.

A record with several spans becomes several annotations with the same `identifier` and features. cassis counts code
points in Python and UTF-16 units in XMI, as UIMA does. Control characters in features are written as `_xHHHH_`.
"""

from __future__ import annotations

from typing import Any, Final

from oped_dataset.errors import NotExportable
from oped_dataset.exports.description import versions
from oped_dataset.exports.escaping import harmless, is_xml
from oped_dataset.exports.files import Files
from oped_dataset.exports.tables import Column, ColumnType, Rows, specs, to_tables
from oped_dataset.exports.texts import check_repeated, text_for
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
_STRUCTS: Final = {"voices": "Voice", "participants": "Participant", "identifiers": "Identifier"}
"""The types of the structs in a column."""
_ARTICLE: Final = "oped.Article"
_DESCRIBED: Final = ("identifier", "licence", "data_version", "code_version")
_LEFT_OUT: Final = frozenset({"article", "span", "evidence", "start", "end", "told_by", "earliest", "latest"})
_RANGES: Final = {"boolean": "uima.cas.Boolean", "integer": "uima.cas.Integer", "number": "uima.cas.Double"}


def to_cas(article: Article, *, text: str | None = None) -> Any:
    """Make a CAS of an article.

    Args:
        article: The article.
        text: Its text as annotated; not needed if the article contains it.

    Returns:
        A `cassis.Cas` (typed `Any`, because cassis is optional) with types `oped.Claim` and so on. A claim has `voices`
        and `voices_line`, and the records that it carries have `told_by_line`. `oped.Article` has the id, the licence,
        the data version and the code version.

    Raises:
        MissingExtra: dkpro-cassis is not installed.
        TextNeeded: The text is missing or is not the annotated one.
        NotExportable: Records with very many spans would repeat their features for each.
    """
    words = text_for(article, text, "cas")
    cas = need("cassis", "cas").Cas(typesystem=_type_system())
    cas.sofa_string, cas.sofa_mime, cas.document_language = words, "text/plain", article.language
    described = {"identifier": article.id, "licence": article.licence, **versions(article)}
    cas.add(cas.typesystem.get_type(_ARTICLE)(**{name: harmless(value) for name, value in described.items()}))
    rows = to_tables(article)
    _check_features(rows)
    for table, name in _NAMES.items():
        kind = cas.typesystem.get_type(f"oped.{name}")
        for row in rows[table]:
            features = {_feature_name(c.name): _value(cas, c.name, c.type, row[c.name]) for c in _columns(table)}
            if table not in PLACED:
                cas.add(kind(**features))
            else:
                for place in row.get("evidence") or [row["span"]]:
                    cas.add(kind(begin=place["start"], end=place["end"], **features))
    return cas


def _check_features(rows: dict[str, Rows]) -> None:
    """Accept records whose features may be repeated for each of their spans."""
    sizes = [
        (len(str([row[column.name] for column in _columns(table)])), len(row.get("evidence", ())) or 1)
        for table in PLACED
        for row in rows[table]
    ]
    check_repeated(sum(size * (number - 1) for size, number in sizes), sum(size for size, _ in sizes), "cas")


def to_xmi(article: Article, *, text: str | None = None) -> Files:
    """Write an article as XMI with its type system, for import into INCEpTION.

    Args:
        article: The article.
        text: Its text as annotated; not needed if the article contains it.

    Returns:
        `ID.xmi` and `TypeSystem.xml`, where ID is the id of the article.

    Raises:
        MissingExtra: dkpro-cassis is not installed.
        TextNeeded: The text is missing or is not the annotated one.
        NotExportable: As for `to_cas`, or the text contains a character that XML does not allow.
    """
    cas = to_cas(article, text=text)
    if not is_xml(cas.sofa_string):
        raise NotExportable(
            f"the text of {quoted(article.id)} contains a character that XML does not allow; try cas and its JSON"
        )
    contents = {f"{article.id}.xmi": cas.to_xmi(), "TypeSystem.xml": cas.typesystem.to_xml()}
    return Files({name: content.encode("utf-8") for name, content in contents.items()})


# Types.


def _type_system() -> Any:
    types = need("cassis", "cas").TypeSystem()
    described = types.create_type(
        _ARTICLE, "uima.cas.TOP", "The article, and the versions of its data and of the code."
    )
    for field in _DESCRIBED:
        _feature(types, described, field, ColumnType("string"))
    types.create_type("oped.Place", "uima.tcas.Annotation", "A cue or a hedge of a voice.")
    structs = {
        _STRUCTS[column.name]: column.type.item
        for table in _NAMES
        for column in _columns(table)
        if column.name in _STRUCTS and column.type.item is not None
    }
    for name, struct in structs.items():
        made = types.create_type(f"oped.{name}", "uima.cas.TOP")
        for field, kind in struct.fields.items():
            _feature(types, made, field, kind)
    for table, name in _NAMES.items():
        parent = "uima.cas.TOP" if table not in PLACED else "uima.tcas.Annotation"
        made = types.create_type(f"oped.{name}", parent, specs()[table].description)
        for column in _columns(table):
            _feature(types, made, _feature_name(column.name), column.type, column.description)
    return types


def _columns(table: str) -> list[Column]:
    return [column for column in specs()[table].columns if column.name not in _LEFT_OUT]


def _feature_name(column: str) -> str:
    # A feature named `id` could be confused with the id that XMI assigns to every element.
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
    if set(kind.fields) == {"start", "end"}:
        place = cas.typesystem.get_type("oped.Place")(begin=value["start"], end=value["end"])
        cas.add(place)
        return place
    if kind.fields:
        features = {field: _value(cas, field, inner, value[field]) for field, inner in kind.fields.items()}
        return cas.typesystem.get_type(f"oped.{_STRUCTS[name]}")(**features)
    return harmless(value)
