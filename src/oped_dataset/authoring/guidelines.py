"""The checks of `lint` for rules of the annotation guidelines.

Here: one check for each rule that a program can decide; its number is in `lint_codes.py`.
Not here: the checks for missing records (`gaps.py`), and the rules of the format, which `validate` checks.

Only some teams follow the guidelines' convention for ids. Its checks therefore report an id only if most ids of the
article follow the convention.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice
from typing import Any, Final

from oped_dataset.authoring.sheet import Check, Finding, Sheet, pointers, straight
from oped_dataset.model.records import Claim, Event, Mention, Span, spans_of
from oped_dataset.model.stretches import Stretches
from oped_dataset.model.vocabulary import ClaimKind, Commitment, EntityKind, EventKind, EventStatus, Role

_MOST_WORDS: Final = 4
"""The greatest number of consecutive words that a gist may share with the text (F1)."""
_OPENING: Final = re.compile(
    r"(?i:the|an?|its|his|her|their|our|all|both|this|these|those|who|which|and|but|or|when|while)\b"
)
_CLOSING: Final = re.compile(r"\b(?:who|which|that|and|or|the|to)$")
"""Words that may not end the evidence of an event (S14)."""
_WRONGS: Final = re.compile(
    r"theft|steal|stolen|fraud|sabotag|\blie\b|liar|cover-up|crime|criminal|(?<!anti-)corrupt|forge|fake|scandal|bribe"
)
"""Names of wrongs and judgements, which ids may contain only in the name of an entity or of an official act (F6)."""
_MATTERS: Final = {
    *(EventKind.ACCUSE, EventKind.ASSAULT, EventKind.COERCE, EventKind.HARM, EventKind.LEGAL_PROCESS),
    *(EventKind.REJECT, EventKind.THREATEN),
}
_UNSURE: Final = {EventStatus.REPORTED, EventStatus.SPECULATED, EventStatus.NEGATED}
_FREE: Final = {EventStatus.PLANNED, EventStatus.HYPOTHETICAL}
"""The statuses that leave open whether an event takes place (E12)."""
_PAIRS: Final = ("“”", "[]")
_CLOSED: Final = '”"») '
"""Characters inside evidence that ends with a stop which may belong to them."""
_LONGEST_END: Final = 10
"""A number of characters greater than that of each word in `_CLOSING`."""

_COMPARED: Final = 1_000_000
_COMPARED_EACH: Final = 100
"""The number of characters and mentions in which `absent_entity` searches: so many, and so many for each character."""

_MOST_NAMES: Final = 1_000
_MOST_NAMESAKES: Final = 20
"""The number of names that are searched for in gists, and of the entities of one name whose other names are known."""


def copied_words(sheet: Sheet) -> Iterator[Finding]:
    """A gist does not copy many consecutive words of the text (F1)."""
    runs = set(_runs(_words(sheet.text)))
    for pointer, record in chain(pointers(sheet.article.claims, "claims"), pointers(sheet.article.events, "events")):
        for run in _runs(_words(record.gist)):
            if run in runs:
                yield (
                    f"{pointer}/gist",
                    record.evidence[0],
                    f"the gist copies the words {' '.join(run)!r} from the text",
                )
                break


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", straight(text.lower()))


def _runs(words: list[str]) -> Iterator[tuple[str, ...]]:
    return (tuple(words[index : index + _MOST_WORDS + 1]) for index in range(len(words) - _MOST_WORDS))


# Ids (F6).


def claim_id(sheet: Sheet) -> Iterator[Finding]:
    """The id of a claim begins with its innermost voice."""
    found = pointers(sheet.article.claims, "claims")
    return _unlike_most(found, lambda claim: f"{claim.voices[-1].source}-on-", str.startswith)


def relation_id(sheet: Sheet) -> Iterator[Finding]:
    """The id of a relation consists of subject and object."""
    found = pointers(sheet.article.relations, "relations")
    return _unlike_most(found, lambda relation: f"{relation.subject}-and-{relation.object}", _is_numbered)


def argument_id(sheet: Sheet) -> Iterator[Finding]:
    """The id of an argument is derived from that of its source."""
    found = pointers(sheet.article.arguments, "arguments")
    return _unlike_most(found, lambda argument: f"{argument.source}-link", _is_numbered)


def charging_id(sheet: Sheet) -> Iterator[Finding]:
    """The id of an event that charges somebody ends in `-matter`."""
    events = pointers(sheet.article.events, "events")
    charging = ((at, event) for at, event in events if event.kind in _MATTERS or event.status in _UNSURE)
    return _unlike_most(
        charging, lambda _: "…-matter", lambda record_id, _: bool(re.search(r"-matter(-\d+)?$", record_id))
    )


def _unlike_most(
    found: Iterable[tuple[str, Any]], wanted: Callable[[Any], str], fits: Callable[[str, str], bool]
) -> Iterator[Finding]:
    listed = list(found)
    odd = [(pointer, record) for pointer, record in listed if not fits(record.id, wanted(record))]
    if 2 * len(odd) < len(listed):
        for pointer, record in odd:
            yield f"{pointer}/id", None, f"the id {record.id!r} does not have the form of most: {wanted(record)!r}"


def _is_numbered(record_id: str, stem: str) -> bool:
    return re.fullmatch(rf"{re.escape(stem)}(-\d+)?", record_id) is not None


def accusing_id(sheet: Sheet) -> Iterator[Finding]:
    """No id names a wrong."""
    for name, table in sheet.article.tables.items():
        for pointer, record in pointers(table, name):
            wrong = _WRONGS.search(record.id)
            if wrong is not None:
                yield f"{pointer}/id", None, f"the id {record.id!r} names a wrong: {wrong[0]!r}"


# Spans.


def absent_entity(sheet: Sheet) -> Iterator[Finding]:
    """The entities of a claim or relation occur in its evidence (S9)."""
    claims = [(at, claim, each) for at, claim in pointers(sheet.article.claims, "claims") for each in claim.about]
    relations = [
        (at, relation, each)
        for at, relation in pointers(sheet.article.relations, "relations")
        for each in (relation.subject, relation.object)
    ]
    mentions = Stretches((each.span.start, each.span.end) for each in sheet.article.mentions)
    left = _COMPARED + _COMPARED_EACH * len(sheet.text)
    for pointer, record, entity_id in (*claims, *relations):
        entity = sheet.entity(entity_id)
        # A claim about a fee is about the law that sets it (M11).
        if entity is None or entity.kind is EntityKind.LAW:
            continue
        for span in record.evidence:
            near = [sheet.article.mentions[at] for at in mentions.touching(span.start, span.end)]
            left -= span.length + len(near)
            # Rather none than half of the warnings, if all evidence is the whole text.
            if left < 0:
                return
            if _occurs_in(sheet, entity_id, span, near):
                break
        else:
            yield f"{pointer}/evidence", record.evidence[0], f"{entity_id!r} does not occur in the evidence"


def _occurs_in(sheet: Sheet, entity_id: str, span: Span, near: Iterable[Mention]) -> bool:
    names = sheet.names(entity_id)
    inside = {mention.entity for mention in near if span.contains(mention.span)}
    # A country in *Chinese state media* refers to its government, whose name contains that of the country.
    kin = [each for each in map(sheet.entity, inside) if each is not None and any(each.name in name for name in names)]
    words = straight(sheet.words(span))
    return entity_id in inside or bool(kin) or any(re.search(rf"\b{re.escape(name)}\b", words) for name in names)


def open_mark(sheet: Sheet) -> Iterator[Finding]:
    """Evidence has both of a pair of marks or neither (S12)."""
    counts = [(opening, closing, _counter(sheet, opening), _counter(sheet, closing)) for opening, closing in _PAIRS]
    for name in ("claims", "events", "relations"):
        for pointer, record in pointers(sheet.article.tables[name], name):
            for span in spans_of(record):
                for opening, closing, opened, closed in counts:
                    if opened(span) != closed(span):
                        yield pointer, span, f"{opening} and {closing} are unpaired at {span.start}–{span.end}"


def _counter(sheet: Sheet, characters: str) -> Callable[[Span], int]:
    """Return a function that counts these characters in a span, in a time that does not depend on its length."""
    places = [match.start() for match in re.finditer(f"[{re.escape(characters)}]", sheet.text)]
    return lambda span: bisect_left(places, span.end) - bisect_left(places, span.start)


def loose_event(sheet: Sheet) -> Iterator[Finding]:
    """The evidence of an event does not begin or end with function words or punctuation (S14)."""
    closed = _counter(sheet, _CLOSED)
    for pointer, event in pointers(sheet.article.events, "events"):
        for index, span in enumerate(event.evidence):
            last = sheet.text[max(span.start, span.end - _LONGEST_END) : span.end]
            opening = _OPENING.match(sheet.text, span.start, span.end)
            small = opening or _CLOSING.search(last) if sheet.is_english else None
            stop = last.endswith((".", ",", ";")) and not closed(span)
            if small or stop:
                end = small[0] if small else last[-1]
                yield f"{pointer}/evidence/{index}", span, f"the evidence begins or ends with {end!r}"


# Voices (V22).


def hedge_in_cue(sheet: Sheet) -> Iterator[Finding]:
    """A hedge lies outside the cue."""
    for pointer, claim in pointers(sheet.article.claims, "claims"):
        for depth, voice in enumerate(claim.voices):
            for number, hedge in enumerate(voice.hedges):
                if voice.cue is not None and voice.cue.overlaps(hedge):
                    yield f"{pointer}/voices/{depth}/hedges/{number}", hedge, "the hedge overlaps the cue of its voice"


def hedged_uncommitted(sheet: Sheet) -> Iterator[Finding]:
    """An innermost voice with a hedge is not uncommitted."""
    for pointer, claim in pointers(sheet.article.claims, "claims"):
        last = claim.voices[-1]
        if last.hedges and last.commitment is Commitment.UNCOMMITTED:
            place = f"{pointer}/voices/{len(claim.voices) - 1}"
            yield place, last.hedges[0], "the innermost voice has a hedge, but is uncommitted"


# Claims and events.


def unlisted_entity(sheet: Sheet) -> Iterator[Finding]:
    """`about` lists every entity that the gist names (C4)."""
    find = _named_by(sheet)
    for pointer, claim in pointers(sheet.article.claims, "claims"):
        for name in find(claim.gist, set(claim.about)):
            yield f"{pointer}/about", claim.evidence[0], f"the gist names {name!r}, which is not listed"


def unlisted_participant(sheet: Sheet) -> Iterator[Finding]:
    """The participants include every entity that the gist names (C4)."""
    find = _named_by(sheet)
    for pointer, event in pointers(sheet.article.events, "events"):
        listed = {event.place or "", *(each.entity for each in event.participants)}
        for name in find(event.gist, listed):
            yield f"{pointer}/participants", event.evidence[0], f"the gist names {name!r}, which is not a participant"


def _named_by(sheet: Sheet) -> Callable[[str, set[str]], Iterator[str]]:
    """Return a function that finds the proper names in a gist which no listed entity has."""
    names = {entity_id: sheet.names(entity_id) for entity_id in sheet.article.entities.ids}
    proper = (name for each in names.values() for name in each if name[0].isupper())
    known = set(islice(dict.fromkeys(proper), _MOST_NAMES))
    pattern = "|".join(re.escape(name) for name in sorted(known, key=lambda name: (-len(name), name)))
    spellings: dict[str, set[str]] = {}
    bearers: dict[str, int] = defaultdict(int)
    for each in names.values():
        for name in each & known:
            bearers[name] += 1
            if bearers[name] <= _MOST_NAMESAKES:
                spellings.setdefault(name, set()).update(each)

    def find(gist: str, listed: set[str]) -> Iterator[str]:
        borne = {name for entity_id in listed & set(names) for name in names[entity_id]}
        for match in re.finditer(rf"(?<![\w-])(?:{pattern})(?![\w-])", straight(gist)) if known else ():
            if not any(spelling in bearer for spelling in spellings[match[0]] for bearer in borne):
                yield match[0]

    return find


def claim_without_event(sheet: Sheet) -> Iterator[Finding]:
    """A claim that something happens has an event (E1)."""
    for pointer, claim in pointers(sheet.article.claims, "claims"):
        if claim.kind is ClaimKind.HAPPENING and not claim.events:
            yield pointer, claim.evidence[0], "the claim says that something happens, but carries no event"


def office_without_body(sheet: Sheet) -> Iterator[Finding]:
    """A change of office has the organisation as a participant (E7)."""
    for pointer, event in pointers(sheet.article.events, "events"):
        if event.kind is EventKind.PERSONNEL and not any(each.role is Role.OTHER for each in event.participants):
            message = "the change of office has no participant in the role 'other'"
            yield f"{pointer}/participants", event.evidence[0], message


# The status of an event and the commitment of its voices (E12).


def firm_event(sheet: Sheet) -> Iterator[Finding]:
    """The status of an event is not firmer than the voices."""
    firmness = {claim.id: _firmest_status(sheet, claim) for claim in sheet.article.claims}
    for pointer, event, claims in _carried_events(sheet):
        own = [claim for claim in claims if len(claim.voices) == 1]
        firmest = max(firmness[claim.id] for claim in own or claims)
        if event.status not in _FREE and _firmness(event.status) > firmest:
            message = f"none of its claims supports the status {str(event.status)!r}"
            yield f"{pointer}/status", event.evidence[0], message


def denied_event(sheet: Sheet) -> Iterator[Finding]:
    """An event that the author denies has not occurred."""
    for pointer, event, claims in _carried_events(sheet):
        denied = all(claim.voices[0].commitment is Commitment.CERTAINLY_NOT for claim in claims)
        if event.status is EventStatus.OCCURRED and denied:
            yield f"{pointer}/status", event.evidence[0], "the author denies the event, but its status is 'occurred'"


def _carried_events(sheet: Sheet) -> Iterator[tuple[str, Event, list[Claim]]]:
    for pointer, event in pointers(sheet.article.events, "events"):
        claims = list(sheet.article.claims.carrying(event.id))
        if claims:
            yield pointer, event, claims


def _firmest_status(sheet: Sheet, claim: Claim) -> int:
    """Return the firmness of the firmest status that a claim supports for its events."""
    *outer, last = (voice.commitment for voice in claim.voices)
    if set(outer) <= {Commitment.CERTAIN} and last in (Commitment.CERTAIN, Commitment.CERTAINLY_NOT):
        return _firmness(EventStatus.OCCURRED)
    if outer[:1] == [Commitment.CERTAINLY_NOT]:
        return _firmness(EventStatus.NEGATED)
    relayed = last is Commitment.CERTAIN and set(outer) <= {Commitment.CERTAIN, Commitment.UNCOMMITTED}
    if relayed and not any(_is_nameless(sheet, voice.source) for voice in claim.voices):
        return _firmness(EventStatus.REPORTED)
    return _firmness(EventStatus.SPECULATED)


def _firmness(status: EventStatus) -> int:
    return {EventStatus.SPECULATED: 0, EventStatus.REPORTED: 1}.get(status, 2)


def _is_nameless(sheet: Sheet, entity_id: str) -> bool:
    # Only a person or an unknown source counts: an unnamed organisation or group is identified by its description.
    entity = sheet.entity(entity_id)
    unknown = entity_id in ("implicit-source", "unknown-source")
    return entity is not None and not entity.named and (entity.kind is EntityKind.PERSON or unknown)


GUIDELINES: Final[tuple[Check, ...]] = (
    copied_words,
    claim_id,
    relation_id,
    argument_id,
    charging_id,
    accusing_id,
    absent_entity,
    open_mark,
    loose_event,
    hedge_in_cue,
    hedged_uncommitted,
    unlisted_entity,
    unlisted_participant,
    claim_without_event,
    office_without_body,
    firm_event,
    denied_event,
)
