"""W3C Web Annotation as JSON-LD, and the way back; a round trip loses nothing.

Here: the page of annotations of an article, each with a record as body and its spans as targets.
Not here: the meaning of the keys (`jsonld_context.py`) and triples (`rdf.py`).

A span is a TextPositionSelector, which counts Unicode code points as the Web Annotation Data Model §4.2.5 requires, or
UTF-16 units as JavaScript programs do. A TextQuoteSelector (§4.2.4) is added only if the words may be published: for
quotations, and for all spans, with the words before and after them, if the article contains its text.
The body of a claim contains its chain of voices; the body of an event, relation, quantity or quotation has the ids of
its claims in `toldBy` and their chains in `toldByLine`. A claim has the `side` of its innermost voice, and an argument
has the sides of its claims, `premiseSide` and `conclusionSide`. `sameAs` lists the addresses of the identifiers of an
entity.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, Literal, TypeAlias

from oped_dataset.codec import wire
from oped_dataset.codec.jsontext import USUAL, Limits, check_limits
from oped_dataset.errors import InvalidImport, InvalidRecord, NotExportable
from oped_dataset.exports.attribution import Attribution, Data
from oped_dataset.exports.jsonld_context import (
    PREFIX,
    REFERENCES,
    STANDARD,
    article_iri,
    code_iri,
    context,
)
from oped_dataset.exports.texts import check_repeated, text_for
from oped_dataset.exports.unread import check_all_read
from oped_dataset.loading import from_data
from oped_dataset.messages import quoted
from oped_dataset.model.article import CARRIED, PLACED, Article
from oped_dataset.model.records import Span, evidence_of
from oped_dataset.model.registers import addresses
from oped_dataset.text.units import CodeUnits
from oped_dataset.version import DISTRIBUTION, __version__

_BODIES: Final = {
    "mentions": "Mention",
    "times": "TimeExpression",
    "quantities": "Quantity",
    "quotations": "Quotation",
    "events": "Event",
    "relations": "Relation",
    "claims": "Claim",
}
_TYPES: Final = {"claims": ["schema:Claim", "prov:Entity"], "quotations": ["schema:Quotation"]}
_ENTITY_TYPES: Final = {
    "person": "schema:Person",
    "organization": "schema:Organization",
    "group": "schema:Organization",
    "place": "schema:Place",
    "work": "schema:CreativeWork",
    "gathering": "schema:Thing",
    "law": "schema:Legislation",
}
_RENAMED: Final = {"title": "headline", "source": "annotatedText"}
_ORIGINAL: Final = {
    "headline": "title",
    "annotatedText": "source",
    "voice": "source",
    "premise": "source",
    "conclusion": "target",
    "amount": "value",
    "date": "value",
}
_ARGUMENT: Final = {"source": "premise", "target": "conclusion"}
_SIDES: Final = {"source_side": "premiseSide", "target_side": "conclusionSide"}
_COMPUTED: Final = frozenset(
    {"type", "toldBy", "toldByLine", "derivedFrom", "inArticle", "sameAs", "side", *_SIDES.values()}
)
_POSITION: Final = "TextPositionSelector"
_AROUND: Final = 32
"""The number of characters before and after the words in a TextQuoteSelector."""

Units: TypeAlias = Literal["code-points", "utf-16"]
"""The units in which offsets count."""


def to_web_annotation(article: Article, *, units: Units = "code-points") -> Data:
    """Make a page of Web Annotations, which is also the article as JSON-LD.

    Args:
        article: The article.
        units: The units of TextPositionSelectors: `code-points`, as the standard requires, or `utf-16`, as in Recogito
            and other JavaScript programs.

    Returns:
        A JSON document as dicts and lists: `article`, `entities` and `arguments`, which have no spans, and the
        annotations in `items`. `generator` contains the code version, `article` the data version, and `units` the units
        if they are UTF-16.

    Raises:
        TextNeeded: The units are UTF-16, and the article does not contain its text.
        InvalidRecord: `units` has another value.
        NotExportable: Spans overlap so often that the page would repeat the text many times.
    """
    if units not in ("code-points", "utf-16"):
        raise InvalidRecord(f"units: must be 'code-points' or 'utf-16', not {quoted(units)}", "units")
    if article.source.text is not None:
        spans = (span for name in PLACED for record in article.tables[name] for span in evidence_of(record))
        check_repeated(sum(span.length for span in spans), article.source.length, "web-annotation")
    plain = wire.to_data(article)
    attribution = Attribution.of(article)
    speakers = {voice.source for claim in article.claims for voice in claim.voices}
    document = {
        "@context": [STANDARD, context(article.id)],
        "id": f"{article_iri(article.id)}#annotations",
        "type": "AnnotationPage",
        "generator": {
            "id": code_iri(__version__),
            "type": "Software",
            "name": DISTRIBUTION,
            "softwareVersion": __version__,
        },
        "article": _describe_article(plain),
        "entities": [
            {
                "type": ["Entity", _ENTITY_TYPES[row["kind"]], *(["prov:Agent"] if entity.id in speakers else [])],
                **_to_json_ld(row),
                **({"sameAs": same} if (same := addresses(entity)) else {}),
            }
            for row, entity in zip(plain["entities"], article.entities, strict=True)
        ],
        "arguments": [
            {
                "type": "Argument",
                **_to_json_ld({_ARGUMENT.get(key, key): value for key, value in row.items()}),
                **{_SIDES[end]: side for end, side in attribution.sides_in(row).items()},
            }
            for row in plain["arguments"]
        ],
        "items": [_annotate(article, table, row, attribution) for table in _BODIES for row in plain[table]],
    }
    if units == "code-points":
        return document
    counted = CodeUnits(text_for(article, None, "web-annotation in UTF-16 units"), units)
    return {**_convert_offsets(document, lambda start, end: counted.from_span(Span(start, end))), "units": units}


def _convert_offsets(value: Any, move: Callable[[int, int], tuple[int, int]]) -> Any:
    """Convert the offsets of every TextPositionSelector."""
    if isinstance(value, list):
        return [_convert_offsets(item, move) for item in value]
    if not isinstance(value, dict):
        return value
    ends = value.get("start"), value.get("end")
    if value.get("type") == _POSITION and isinstance(ends[0], int) and isinstance(ends[1], int):
        start, end = move(ends[0], ends[1])
        return {**value, "start": start, "end": end}
    return {key: _convert_offsets(item, move) for key, item in value.items()}


def _to_json_ld(value: Any, key: str = "") -> Any:
    """Write references as IRIs and spans as selectors, and leave out missing values."""
    if isinstance(value, dict):
        kind = {"type": _POSITION} if set(value) == {"start", "end"} else {}
        return kind | {name: _to_json_ld(inner, name) for name, inner in value.items() if inner is not None}
    if isinstance(value, list):
        return [_to_json_ld(inner, key) for inner in value]
    return f"{PREFIX}{value}" if key in REFERENCES else value


def _describe_article(plain: Data) -> Data:
    left_out = {*_BODIES, "entities", "arguments"}
    head = _to_json_ld({_RENAMED.get(key, key): value for key, value in plain.items() if key not in left_out})
    iri = article_iri(plain["id"])
    text = {"id": f"{iri}#text", **head["annotatedText"]}
    made: Data = head | {"id": iri, "type": ["schema:NewsArticle", "schema:OpinionNewsArticle"], "annotatedText": text}
    return made


def _annotate(article: Article, table: str, row: Data, attribution: Attribution) -> Data:
    places = row.get("evidence") or [row["span"]]
    value_key = "amount" if table == "quantities" else "date" if row.get("kind") == "date" else "value"
    renamed = {"value": value_key}
    record = {renamed.get(key, key): value for key, value in row.items() if key not in ("span", "evidence")}
    told = row["claims"] if table == "quotations" else attribution.carriers.get(row["id"], [])
    body = {"type": [_BODIES[table], *_TYPES.get(table, ())], **_to_json_ld(record)}
    if table in CARRIED or told:
        body |= {"toldBy": [f"{PREFIX}{claim}" for claim in told], "toldByLine": attribution.lines(told)}
    if table == "claims":
        body |= {"voices": _voices(row), "derivedFrom": f"{PREFIX}{row['id']}#0", "inArticle": article_iri(article.id)}
        body["side"] = attribution.sides[row["id"]]
    return {
        "id": f"{PREFIX}{row['id']}#annotation",
        "type": "Annotation",
        "motivation": "identifying" if table == "mentions" else "describing",
        "body": body,
        "target": [_target(article, place, row.get("text")) for place in places],
    }


def _voices(claim: Data) -> list[Data]:
    made = []
    for position, voice in enumerate(claim["voices"]):
        renamed = {"voice" if key == "source" else key: value for key, value in voice.items()}
        inner = {"derivedFrom": f"{PREFIX}{claim['id']}#{position + 1}"} if voice is not claim["voices"][-1] else {}
        identity = {"id": f"{PREFIX}{claim['id']}#{position}", "type": ["Voice", "prov:Entity"]}
        made.append(identity | _to_json_ld(renamed) | inner)
    return made


def _target(article: Article, place: Data, words: str | None) -> Data:
    text = article.source.text
    exact = text[place["start"] : place["end"]] if text is not None else words
    selectors: list[Data] = [_to_json_ld(place)]
    if exact is not None:
        selectors.append({"type": "TextQuoteSelector", "exact": exact})
    if text is not None:
        # Without them, the selector would match every occurrence of these words (§4.2.4).
        before, after = max(0, place["start"] - _AROUND), place["end"] + _AROUND
        selectors[1] |= {"prefix": text[before : place["start"]], "suffix": text[place["end"] : after]}
    return {"type": "SpecificResource", "source": f"{article_iri(article.id)}#text", "selector": selectors}


# And back.


def from_web_annotation(document: Mapping[str, Any], *, limits: Limits = USUAL) -> Article:
    """Read an article from a page of Web Annotations in the form `to_web_annotation` makes.

    The result equals the article that was exported. The document is read as JSON in this form, not as RDF: the keys
    of the context are the keys of the records. Computed values may be left out; everything else must have the form that
    the exporter writes, so that nothing is lost.

    Args:
        document: The parsed JSON document.
        limits: How many characters and values it may contain, and how deep they may be nested.

    Raises:
        InvalidImport: The page or an annotation has a different form, contains something that is not read, or quotes
            words that differ from those at its span.
        InvalidArticle: The records break the rules of an article.
    """
    check_limits(document, limits, "the page")
    given, document = document, _in_code_points(document)
    head = _read_head(_part(document, "article", dict))
    rows: dict[str, Any] = {name: _from_json_ld(_part(document, name, list)) for name in ("entities", "arguments")}
    rows |= {table: [] for table in _BODIES}
    text = head["source"].get("text")
    for index, annotation in enumerate(_part(document, "items", list)):
        table, row = _read_record(annotation, f"items/{index}", text)
        rows[table].append(row)
    article = from_data({**head, **rows})
    _check_all_read(given, article)
    return article


_VERSIONED: Final = ("@context", "generator")
"""The keys whose values depend on the version of the code that wrote the page."""


def _check_all_read(document: Mapping[str, Any], article: Article) -> None:
    try:
        written = to_web_annotation(article, units=document.get("units", "code-points"))
    except NotExportable as error:
        raise InvalidImport(f"the page cannot be written again for comparison: {error}") from error
    context = document.get("@context")
    contexts = context if isinstance(context, list) else [context]
    if contexts not in (written["@context"], [STANDARD]):
        raise InvalidImport(
            f"'@context': must be {STANDARD!r}, alone or with the one that to_web_annotation writes after it, because "
            "another one changes the meaning of the keys"
        )
    # The annotations of different tables may be mixed.
    tables: dict[str, list[Data]] = defaultdict(list)
    for annotation in written["items"]:
        tables[_types(annotation["body"])[0]].append(annotation)
    remedy = "remove it, or correct the record"
    for index, annotation in enumerate(document["items"]):
        [table] = [kind for kind in tables if kind in _types(annotation["body"])]
        again = tables[table].pop(0)
        check_all_read(_in_lists(annotation), _with_selectors_of(annotation, again), f"items/{index}", remedy)
    head = {key: value for key, value in document.items() if key not in (*_VERSIONED, "items")}
    check_all_read(head, written, "the page", remedy)
    check_all_read(document.get("generator"), {**written["generator"], **_version_of(document)}, "generator", remedy)


def _version_of(document: Mapping[str, Any]) -> Data:
    generator = document.get("generator")
    given = generator if isinstance(generator, Mapping) else {}
    return {key: value for key, value in given.items() if key in ("id", "softwareVersion") and isinstance(value, str)}


def _types(body: Data) -> list[Any]:
    kinds = body["type"]
    return kinds if isinstance(kinds, list) else [kinds]


def _with_selectors_of(annotation: Data, again: Data) -> Data:
    """Keep only the selectors that the annotation has, in its order; a target has one of each type."""
    targets = []
    for target, written in zip(_targets(annotation), again["target"], strict=True):
        by_type = {selector["type"]: selector for selector in written["selector"]}
        kinds = [selector.get("type") for selector in _selectors(target) if isinstance(selector, Mapping)]
        kept = [by_type.pop(kind) for kind in kinds if isinstance(kind, str) and kind in by_type]
        targets.append({**written, "selector": kept})
    return {**again, "target": targets}


def _selectors(target: Any) -> list[Any]:
    selectors = target.get("selector", []) if isinstance(target, dict) else []
    return selectors if isinstance(selectors, list) else [selectors]


def _in_lists(annotation: Data) -> Data:
    """Write a single target or selector as a list, which means the same."""
    targets = [{**target, "selector": _selectors(target)} for target in _targets(annotation)]
    body = {**annotation["body"], "type": _types(annotation["body"])}
    return {**annotation, "body": body, "target": targets}


def _in_code_points(document: Any) -> Any:
    units = document.get("units", "code-points") if isinstance(document, Mapping) else "code-points"
    if units == "code-points":
        return document
    text = _part(_part(document, "article", dict), "annotatedText", dict, "the article").get("text")
    if units != "utf-16" or not isinstance(text, str):
        raise InvalidImport("units must be 'code-points' or, if the article contains its text, 'utf-16'")
    counted = CodeUnits(text, "utf-16")

    def convert(start: int, end: int) -> tuple[int, int]:
        try:
            span = counted.to_span(start, end)
        except InvalidRecord as error:
            raise InvalidImport(f"the span from {start} to {end}: {error}") from error
        return span.start, span.end

    return _convert_offsets({key: value for key, value in document.items() if key != "units"}, convert)


def _read_head(article: Data) -> Data:
    source = _from_json_ld(_part(article, "annotatedText", dict, "the article"))
    source.pop("id", None)
    iri = article.get("id")
    # Any other id is left for the rules of an article to reject.
    own = iri.rpartition(":")[2] if isinstance(iri, str) and iri.rpartition(":")[0] else None
    head: Data = _from_json_ld(article) | {"id": own, "source": source}
    return head


def _part(document: Any, key: str, kind: type[Any], place: str = "the page") -> Any:
    found = document.get(key) if isinstance(document, Mapping) else None
    if not isinstance(found, kind):
        raise InvalidImport(f"{place} must have {'a list' if kind is list else 'an object'} under {quoted(key)}")
    return found


def _from_json_ld(value: Any, key: str = "") -> Any:
    """Undo `_to_json_ld`, and leave out computed values."""
    if isinstance(value, dict):
        if value.get("type") == _POSITION:
            return {name: inner for name, inner in value.items() if name != "type"}
        return {_ORIGINAL.get(name, name): _from_json_ld(inner, name) for name, inner in _annotated(value)}
    if isinstance(value, list):
        return [_from_json_ld(inner, key) for inner in value]
    return value.removeprefix(PREFIX) if key in REFERENCES and isinstance(value, str) else value


def _annotated(node: Data) -> Iterator[tuple[str, Any]]:
    # A voice has an id only in the document, so that others can be derived from it.
    left_out = _COMPUTED | {"id"} if "voice" in node else _COMPUTED
    return ((name, inner) for name, inner in node.items() if name not in left_out)


def _read_record(annotation: Any, place: str, text: Any) -> tuple[str, Data]:
    body = _part(annotation, "body", dict, place)
    types = body.get("type")
    tables = [table for table, kind in _BODIES.items() if kind == types or (isinstance(types, list) and kind in types)]
    if len(tables) != 1:
        raise InvalidImport(f"{place}: the type of the body must be one of {', '.join(_BODIES.values())}")
    spans = [_read_span(target, f"{place}/target/{index}", text) for index, target in enumerate(_targets(annotation))]
    if tables[0] in ("claims", "events", "relations"):
        return tables[0], {**_from_json_ld(body), "evidence": spans}
    if len(spans) != 1:
        raise InvalidImport(f"{place}: a {_BODIES[tables[0]]} has one target, not {len(spans)}")
    return tables[0], {**_from_json_ld(body), "span": spans[0]}


def _targets(annotation: Data) -> list[Any]:
    target = annotation.get("target", [])
    return target if isinstance(target, list) else [target]


def _read_span(target: Any, place: str, text: Any) -> Data:
    by_type = {str(selector.get("type")): selector for selector in _selectors(target) if isinstance(selector, dict)}
    found: Data = _from_json_ld(by_type.get(_POSITION, {}))
    start, end = found.get("start"), found.get("end")
    if not (isinstance(start, int) and isinstance(end, int)):
        raise InvalidImport(f"{place}: there is no {_POSITION} with start and end, which locate a span")
    exact = by_type.get("TextQuoteSelector", {}).get("exact")
    if isinstance(text, str) and exact is not None and text[start:end] != exact:
        raise InvalidImport(f"{place}: the quoted words differ from the text at the position")
    return found
