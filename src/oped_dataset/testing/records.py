"""One valid record of each kind, made from decisions.

Here: records that are valid on their own; the caller passes their spans and references.
Not here: the agreement of the records of an article with each other and with its text (`drafting.py`).
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from decimal import Decimal
from typing import Final, TypeAlias

import attrs

from oped_dataset.model import vocabulary as v
from oped_dataset.model.dates import Edtf
from oped_dataset.model.records import (
    PUBLICATION_DATE,
    Argument,
    Claim,
    Entity,
    Erratum,
    Event,
    Identifier,
    Mention,
    Participant,
    Quantity,
    Quotation,
    Relation,
    Sentence,
    Shift,
    Span,
    TimeExpression,
    Voice,
)
from oped_dataset.testing.choices import (
    Choices,
    pick,
    pick_each,
    rarely,
)
from oped_dataset.testing.lexicon import (
    REASONS,
    TITLES_OF_OFFICE,
    UNITS,
    Figure,
)
from oped_dataset.text.canonical import sentence_digest
from oped_dataset.text.fingerprints import shifts_of

_VOICELESS: Final = tuple(v.QuotationKind)[3:]
VOICED: Final = tuple(v.QuotationKind)[:3]
"""The kinds of quotation that have a speaker."""

LONGEST_CHAIN: Final = 4
"""The greatest number of voices in a chain, the author included."""

Manner: TypeAlias = tuple[v.Act, v.Channel, v.Commitment, v.Mode]
"""The act, channel, commitment and mode of a voice."""

_ROLES: Final = (v.Role.PATIENT, None, *(role for role in v.Role if role is not v.Role.PATIENT))
_KINDS: Final = tuple(kind for kind in v.ArgumentKind if kind is not v.ArgumentKind.UNDERCUTS)


def day(choices: Choices) -> datetime.date:
    """Choose a day from 1900 to 2099; 2019-01-01 is the plainest."""
    first = datetime.date(1900, 1, 1).toordinal()
    days = datetime.date(2100, 1, 1).toordinal() - first
    plainest = datetime.date(2019, 1, 1).toordinal() - first
    return datetime.date.fromordinal(first + (plainest + choices.below(days)) % days)


def edtf(choices: Choices) -> Edtf:
    """Choose a date or interval of EDTF level 1, of any precision."""
    date = day(choices).isoformat()
    year, more = int(date[:4]), 1 + int(date[5:7])
    single = (date, date[:7], date[:4], f"{year}-XX", f"{date[:7]}-XX", f"{year}-21", f"{year}-24")
    intervals = (f"{year}/{year + more}", f"{year}/..", f"../{year}")
    shape, mark = pick_each(choices, (*single, f"{date[:3]}X", f"{date[:2]}XX", *intervals), ("", "", "?", "~", "%"))
    return Edtf(shape if "/" in shape else shape + mark)


def decimal(choices: Choices) -> Decimal:
    """Choose an amount with up to four decimal places, sometimes negative."""
    digits = choices.below(10 ** pick(choices, (1, 3, 6)))
    places, negative = pick_each(choices, range(5), rarely(10))
    amount = Decimal(digits).scaleb(-places)
    return -amount if digits and negative else amount


def span(choices: Choices, length: int) -> Span:
    """Choose a span in a text of this length, which is at least 1."""
    start = choices.below(length)
    return Span(start, start + 1 + choices.below(length - start))


def shift(choices: Choices) -> Shift:
    """Choose a position in a sentence where the normal form changes the number of characters."""
    at, length, normal = pick_each(choices, range(40), (1, 2, 3), (0, 4, 5))
    return Shift(at=at, length=length, normal=normal)


def evidence(choices: Choices, length: int) -> tuple[Span, ...]:
    """Choose one span or, in a text of at least two characters, one or two."""
    if length < 2 or not pick(choices, rarely(3)):
        return (span(choices, length),)
    middle = 1 + choices.below(length - 1)
    one, two = span(choices, middle), span(choices, length - middle)
    return (one, Span(two.start + middle, two.end + middle))


def identifier(choices: Choices) -> Identifier:
    """Choose an identifier in an invented register."""
    scheme, number = pick_each(choices, ("harbour-roll", "x-2"), range(1, 100))
    return Identifier(scheme=scheme, value=f"Q{number}", seen_in="The Harbour Roll, 2019")


def entity(choices: Choices, figure: Figure) -> Entity:
    """Make an entity of a figure, with or without aliases, description and identifier."""
    aliases, description, identified = pick_each(
        choices, ((), figure.aliases), (None, "Someone at the port."), rarely(4)
    )
    return Entity(
        id=figure.id,
        kind=figure.kind,
        name=figure.name,
        aliases=aliases,
        named=figure.named,
        description=description,
        identifiers=(identifier(choices),) if figure.named and identified else (),
    )


def sentence(choices: Choices, words: str, place: Span) -> Sentence:
    """Make a sentence that carries no claim."""
    reason = pick(choices, REASONS)
    return Sentence(span=place, digest=sentence_digest(words), no_claim=reason, shifts=shifts_of(words))


def forms(*, named: bool) -> tuple[v.MentionForm, ...]:
    """Return the forms of mention for an entity with or without a name."""
    # Names come first and most often, so that sentences remain readable.
    by_name: tuple[v.MentionForm, ...] = (v.MentionForm.NAME, v.MentionForm.NAME, *v.MentionForm)
    return by_name if named else (v.MentionForm.NOMINAL, v.MentionForm.PRONOUN)


def mention(record_id: str, figure: Figure, how: v.MentionForm, place: Span, *, metonym: bool) -> Mention:
    """Make a mention of a figure; a mention of a person is never a metonym."""
    metonym = metonym and figure.kind is not v.EntityKind.PERSON
    return Mention(id=record_id, entity=figure.id, span=place, form=how, metonym=metonym)


def time(
    choices: Choices, record_id: str, kind: v.TimeKind, value: str | None, place: Span, earlier: Sequence[str]
) -> TimeExpression:
    """Make a time expression, perhaps anchored to the day of publication or an earlier expression."""
    anchors = (None, PUBLICATION_DATE, *earlier)
    return TimeExpression(id=record_id, span=place, kind=kind, value=value, anchor=pick(choices, anchors))


def quantity(choices: Choices, record_id: str, place: Span) -> Quantity:
    """Choose an amount; the caller writes it into the text."""
    value = decimal(choices)
    unit, comparator, of = pick_each(choices, UNITS, tuple(v.Comparator), (None, "what the ferry lost"))
    return Quantity(id=record_id, span=place, value=value, unit=unit, comparator=comparator, of=of)


def quotation(choices: Choices, record_id: str, words: str, place: Span, speaker: str, claim: str | None) -> Quotation:
    """Make a quotation with a speaker, perhaps linked to a claim."""
    kind = pick(choices, VOICED)
    return Quotation(
        id=record_id, span=place, text=words, speaker=speaker, kind=kind, claims=() if claim is None else (claim,)
    )


def voiceless_quotation(choices: Choices, record_id: str, words: str, place: Span) -> Quotation:
    """Make a quotation without a speaker."""
    return Quotation(id=record_id, span=place, text=words, kind=pick(choices, _VOICELESS))


def event(
    choices: Choices,
    record_id: str,
    kind: v.EventKind,
    gist: str,
    entities: tuple[str, str],
    place: tuple[Span, ...],
) -> Event:
    """Make an event with two entities."""
    status, where, role, dated = pick_each(choices, tuple(v.EventStatus), (None, entities[1]), _ROLES, rarely(2))
    agent = Participant(entity=entities[0], role=v.Role.AGENT)
    return Event(
        id=record_id,
        kind=kind,
        gist=gist,
        status=status,
        when=edtf(choices) if dated else None,
        place=where,
        participants=() if role is None else (agent, Participant(entity=entities[1], role=role)),
        evidence=place,
    )


def relation(
    choices: Choices, record_id: str, predicate: v.Predicate, entities: tuple[str, str], place: tuple[Span, ...]
) -> Relation:
    """Make a relation between two entities, with a title of office if the predicate requires one."""
    titles: tuple[str | None, ...] = (
        TITLES_OF_OFFICE if predicate is v.Predicate.HOLDS_OFFICE else (None, *TITLES_OF_OFFICE)
    )
    title, dated, ended = pick_each(choices, titles, rarely(2), rarely(4))
    during = edtf(choices) if dated else None
    return Relation(
        id=record_id,
        subject=entities[0],
        predicate=predicate,
        object=entities[1],
        during=during,
        ended=ended and not (during is not None and during.latest is None),
        title=title,
        evidence=place,
    )


def dated(relation: Relation, published: datetime.date) -> Relation:
    """Adapt a relation to an article of that day: it has ended if its interval ends before."""
    during = relation.during
    is_over = during is not None and during.is_interval and (during.latest or published) < published
    return attrs.evolve(relation, ended=True) if is_over else relation


def manner(choices: Choices) -> Manner:
    """Choose the act, channel, commitment and mode of a voice."""
    return pick_each(choices, tuple(v.Act), tuple(v.Channel), tuple(v.Commitment), tuple(v.Mode))


def voice(source: str, cue: Span | None, how: Manner) -> Voice:
    """Make one voice of a chain."""
    act, channel, commitment, mode = how
    return Voice(source=source, act=act, channel=channel, commitment=commitment, cue=cue, mode=mode)


def inner_sources(choices: Choices, author: str, entities: Sequence[str], most: int) -> tuple[str, ...]:
    """Choose the voices that the author relays, outermost first; no voice relays itself, but one may occur twice."""
    sources: list[str] = []
    for _ in range(choices.below(most + 1)):
        previous = sources[-1] if sources else author
        others = [entity for entity in entities if entity != previous]
        sources += [pick(choices, others)] if others else []
    return tuple(sources)


def claim(
    choices: Choices,
    record_id: str,
    gist: str,
    voices: tuple[Voice, ...],
    entities: tuple[str, ...],
    carried: tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]],
    evidence: tuple[Span, ...],
) -> Claim:
    """Make a claim; `carried` has the ids of its events, relations and quantities."""
    abouts = ((), entities[:1], entities[:2], entities[1:2])
    kind, ground, about = pick_each(choices, tuple(v.ClaimKind), tuple(v.Ground), abouts)
    return Claim(
        id=record_id,
        gist=gist,
        kind=kind,
        ground=ground,
        voices=voices,
        about=about,
        events=carried[0],
        relations=carried[1],
        quantities=carried[2],
        evidence=evidence,
    )


def argument(
    choices: Choices, record_id: str, source: str, targets: Sequence[str], attacked: Sequence[str]
) -> Argument:
    """Make an argument from a claim to one of the targets, or against one of the given arguments."""
    if pick(choices, rarely(3)) and attacked:
        target, kind = pick(choices, attacked), v.ArgumentKind.UNDERCUTS
    else:
        target, kind = pick(choices, targets), pick(choices, _KINDS)
    return Argument(id=record_id, source=source, target=target, kind=kind)


def erratum(choices: Choices, records: Sequence[str], withdrawn: str) -> Erratum:
    """Make the correction of one of the records, or the withdrawal of one that no longer exists."""
    if pick(choices, rarely(2)):
        return Erratum(record=pick(choices, records), data_version="1.0.0", change="corrected", note="It was misread.")
    return Erratum(record=withdrawn, data_version="1.0.0", change="withdrawn", note="It was not in the text.")
