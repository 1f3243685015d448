"""The rules of the annotation guidelines that a program can decide.

Here: one check a rule; its number stands in `lint_codes.py`.
Not here: looking for records that are missing (`gaps.py`), and the rules of the format, which `validate` checks.

Ids follow a convention that only some teams have. The checks of it therefore ask whether an id is made as most ids of
the article are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import Any, Final

from oped_dataset.authoring.sheet import Check, Finding, Sheet, pointers, straight
from oped_dataset.model.records import Claim, Event, Span, spans_of
from oped_dataset.model.vocabulary import ClaimKind, Commitment, EntityKind, EventKind, EventStatus, Role

_MOST_WORDS: Final = 4
"""A gist has no longer run of the author's words (F1)."""
_OPENING: Final = re.compile(
    r"(?i:the|an?|its|his|her|their|our|all|both|this|these|those|who|which|and|but|or|when|while)\b"
)
_CLOSING: Final = re.compile(r"\b(?:who|which|that|and|or|the|to)$")
"""What stands at no end of an event's evidence (S14)."""
_WRONGS: Final = re.compile(
    r"theft|steal|stolen|fraud|sabotag|\blie\b|liar|cover-up|crime|criminal|(?<!anti-)corrupt|forge|fake|scandal|bribe"
)
"""Names of wrongs and judgements, which no id holds outside the name of an entity or of an official act (F6)."""
_MATTERS: Final = {
    *(EventKind.ACCUSE, EventKind.ASSAULT, EventKind.COERCE, EventKind.HARM, EventKind.LEGAL_PROCESS),
    *(EventKind.REJECT, EventKind.THREATEN),
}
_UNSURE: Final = {EventStatus.REPORTED, EventStatus.SPECULATED, EventStatus.NEGATED}
_FREE: Final = {EventStatus.PLANNED, EventStatus.HYPOTHETICAL}
"""These do not say whether an event takes place (E12)."""
_PAIRS: Final = ("“”", "[]")


def copied_words(sheet: Sheet) -> Iterator[Finding]:
    """A gist has no long run of the author's words (F1)."""
    runs = set(_runs(_words(sheet.text)))
    for pointer, record in _gists(sheet):
        for run in _runs(_words(record.gist)):
            if run in runs:
                yield f"{pointer}/gist", record.evidence[0], f"the gist has the words {' '.join(run)!r} from the text"
                break


def _gists(sheet: Sheet) -> Iterator[tuple[str, Any]]:
    return chain(pointers(sheet.article.claims, "claims"), pointers(sheet.article.events, "events"))


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
    """The id of a relation is subject and object."""
    found = pointers(sheet.article.relations, "relations")
    return _unlike_most(found, lambda tie: f"{tie.subject}-and-{tie.object}", _is_numbered)


def argument_id(sheet: Sheet) -> Iterator[Finding]:
    """The id of a link is that of its source."""
    return _unlike_most(
        pointers(sheet.article.arguments, "arguments"), lambda link: f"{link.source}-link", _is_numbered
    )


def charging_id(sheet: Sheet) -> Iterator[Finding]:
    """The id of an event that charges somebody is a matter."""
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
            yield f"{pointer}/id", None, f"the id {record.id!r} is not made as most are: {wanted(record)!r}"


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
    """Whoever a record is about stands in its evidence (S9)."""
    told = [(at, claim, each) for at, claim in pointers(sheet.article.claims, "claims") for each in claim.about]
    ties = pointers(sheet.article.relations, "relations")
    tied = [(at, tie, end) for at, tie in ties for end in (tie.subject, tie.object)]
    for pointer, record, entity_id in (*told, *tied):
        entity = sheet.entity(entity_id)
        # A fee is told of through the law that sets it (M11).
        if entity is None or entity.kind is EntityKind.LAW:
            continue
        if not any(_stands_in(sheet, entity_id, span) for span in record.evidence):
            yield f"{pointer}/evidence", record.evidence[0], f"{entity_id!r} stands nowhere in the evidence"


def _stands_in(sheet: Sheet, entity_id: str, span: Span) -> bool:
    names = sheet.names(entity_id)
    inside = [mention.entity for mention in sheet.article.mentions if span.contains(mention.span)]
    # A country in *Chinese state media* stands for its government, whose name holds the country's.
    kin = [each for each in map(sheet.entity, inside) if each is not None and any(each.name in name for name in names)]
    words = straight(sheet.words(span))
    return entity_id in inside or bool(kin) or any(re.search(rf"\b{re.escape(name)}\b", words) for name in names)


def open_mark(sheet: Sheet) -> Iterator[Finding]:
    """Evidence closes the marks it opens (S12)."""
    for name in ("claims", "events", "relations"):
        for pointer, record in pointers(sheet.article.tables[name], name):
            for span in spans_of(record):
                words = sheet.words(span)
                for opening, closing in _PAIRS:
                    if words.count(opening) != words.count(closing):
                        yield pointer, span, f"{opening} and {closing} are not paired at {span.start}–{span.end}"


def loose_event(sheet: Sheet) -> Iterator[Finding]:
    """The evidence of an event has no small words or punctuation at its ends (S14)."""
    for pointer, event in pointers(sheet.article.events, "events"):
        for index, span in enumerate(event.evidence):
            words = sheet.words(span)
            small = _OPENING.match(words) or _CLOSING.search(words) if sheet.is_english else None
            stop = words.endswith((".", ",", ";")) and not set('”"») ') & set(words)
            if small or stop:
                end = small[0] if small else words[-1]
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
    """Only a voice that relays is uncommitted and has a hedge."""
    for pointer, claim in pointers(sheet.article.claims, "claims"):
        last = claim.voices[-1]
        if last.hedges and last.commitment is Commitment.UNCOMMITTED:
            place = f"{pointer}/voices/{len(claim.voices) - 1}"
            yield place, last.hedges[0], "the innermost voice has a hedge, but is uncommitted"


# Claims and events.


def unlisted_entity(sheet: Sheet) -> Iterator[Finding]:
    """`about` holds every entity that the gist names (C4)."""
    find = _named_by(sheet)
    for pointer, claim in pointers(sheet.article.claims, "claims"):
        for name in find(claim.gist, set(claim.about)):
            yield f"{pointer}/about", claim.evidence[0], f"the gist names {name!r}, which is not listed"


def unlisted_participant(sheet: Sheet) -> Iterator[Finding]:
    """Participants hold every entity that the gist names (C4)."""
    find = _named_by(sheet)
    for pointer, event in pointers(sheet.article.events, "events"):
        listed = {event.place or "", *(each.entity for each in event.participants)}
        for name in find(event.gist, listed):
            yield f"{pointer}/participants", event.evidence[0], f"the gist names {name!r}, which takes no part"


def _named_by(sheet: Sheet) -> Callable[[str, set[str]], Iterator[str]]:
    """The proper names in a gist that nothing listed bears."""
    names = {entity_id: sheet.names(entity_id) for entity_id in sheet.article.entities.ids}
    known = {name for each in names.values() for name in each if name[0].isupper()}
    pattern = "|".join(re.escape(name) for name in sorted(known, key=lambda name: (-len(name), name)))

    def find(gist: str, listed: set[str]) -> Iterator[str]:
        borne = {name for entity_id in listed & set(names) for name in names[entity_id]}
        for match in re.finditer(rf"(?<![\w-])(?:{pattern})(?![\w-])", straight(gist)) if known else ():
            spellings = {name for each in names.values() if match[0] in each for name in each}
            if not any(spelling in bearer for spelling in spellings for bearer in borne):
                yield match[0]

    return find


def claim_without_event(sheet: Sheet) -> Iterator[Finding]:
    """A claim that something happens has an event (E1)."""
    for pointer, claim in pointers(sheet.article.claims, "claims"):
        if claim.kind is ClaimKind.HAPPENING and not claim.events:
            yield pointer, claim.evidence[0], "the claim says that something happens, but carries no event"


def office_without_body(sheet: Sheet) -> Iterator[Finding]:
    """A change of office names the body (E7)."""
    for pointer, event in pointers(sheet.article.events, "events"):
        if event.kind is EventKind.PERSONNEL and not any(each.role is Role.OTHER for each in event.participants):
            yield f"{pointer}/participants", event.evidence[0], "the change of office names no body in the role 'other'"


# How firm an event is (E12).


def firm_event(sheet: Sheet) -> Iterator[Finding]:
    """No status is firmer than the voices."""
    for pointer, event, claims in _carried(sheet):
        if event.status not in _FREE and _firmness(event.status) > _firmest(sheet, claims):
            yield (
                f"{pointer}/status",
                event.evidence[0],
                f"no claim that carries the event makes it {str(event.status)!r}",
            )


def denied_event(sheet: Sheet) -> Iterator[Finding]:
    """An author who denies makes no event occur."""
    for pointer, event, claims in _carried(sheet):
        denied = all(claim.voices[0].commitment is Commitment.CERTAINLY_NOT for claim in claims)
        if event.status is EventStatus.OCCURRED and denied:
            yield (
                f"{pointer}/status",
                event.evidence[0],
                "the author denies the event, but it is told as having occurred",
            )


def _carried(sheet: Sheet) -> Iterator[tuple[str, Event, list[Claim]]]:
    for pointer, event in pointers(sheet.article.events, "events"):
        claims = [claim for claim in sheet.article.claims if event.id in claim.events]
        if claims:
            yield pointer, event, claims


def _firmest(sheet: Sheet, claims: list[Claim]) -> int:
    """How firm the status of an event may be, by the claims that carry it."""
    own = [claim for claim in claims if len(claim.voices) == 1]
    return max(_allowed(sheet, claim) for claim in own or claims)


def _allowed(sheet: Sheet, claim: Claim) -> int:
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
    # An unnamed person, or nobody: a body or a group is known by what it is, though it has no name.
    entity = sheet.entity(entity_id)
    nobody = entity_id in ("implicit-source", "unknown-source")
    return entity is not None and not entity.named and (entity.kind is EntityKind.PERSON or nobody)


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
