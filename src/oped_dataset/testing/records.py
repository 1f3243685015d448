"""One valid record of each kind, made from decisions.

Here: what a single record needs to be valid on its own; where it stands and what it refers to is given.
Not here: how records of one article agree with each other and with its text (`drafting.py`).
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
"""The kinds of quotation that give somebody's words."""

LONGEST_CHAIN: Final = 4
"""So many voices, the author's included, can stand one inside the other."""

Manner: TypeAlias = tuple[v.Act, v.Channel, v.Commitment, v.Mode]
"""What a voice does, by what medium, how surely and in what form."""

_PARTS: Final = (v.Role.PATIENT, None, *(role for role in v.Role if role is not v.Role.PATIENT))
_LINKS: Final = tuple(kind for kind in v.ArgumentKind if kind is not v.ArgumentKind.UNDERCUTS)


def day(choices: Choices) -> datetime.date:
    """A day from 1900 to 2099, 2019-01-01 being the plainest."""
    first = datetime.date(1900, 1, 1).toordinal()
    days = datetime.date(2100, 1, 1).toordinal() - first
    plainest = datetime.date(2019, 1, 1).toordinal() - first
    return datetime.date.fromordinal(first + (plainest + choices.below(days)) % days)


def edtf(choices: Choices) -> Edtf:
    """A date or interval of any precision."""
    date = day(choices).isoformat()
    year, more = int(date[:4]), 1 + int(date[5:7])
    single = (date, date[:7], date[:4], f"{year}-XX", f"{date[:7]}-XX", f"{year}-21", f"{year}-24")
    intervals = (f"{year}/{year + more}", f"{year}/..", f"../{year}")
    shape, mark = pick_each(choices, (*single, f"{date[:3]}X", f"{date[:2]}XX", *intervals), ("", "", "?", "~", "%"))
    return Edtf(shape if "/" in shape else shape + mark)


def decimal(choices: Choices) -> Decimal:
    """An amount with up to four places, sometimes below zero."""
    digits = choices.below(10 ** pick(choices, (1, 3, 6)))
    places, negative = pick_each(choices, range(5), rarely(10))
    amount = Decimal(digits).scaleb(-places)
    return -amount if digits and negative else amount


def span(choices: Choices, length: int) -> Span:
    """A place in a text of this length, which is at least 1."""
    start = choices.below(length)
    return Span(start, start + 1 + choices.below(length - start))


def shift(choices: Choices) -> Shift:
    """A place in a sentence where the normal form is not one character for one."""
    at, length, normal = pick_each(choices, range(40), (1, 2, 3), (0, 4, 5))
    return Shift(at=at, length=length, normal=normal)


def evidence(choices: Choices, length: int) -> tuple[Span, ...]:
    """One place in a text of this length or, where it is long enough, one or two."""
    if length < 2 or not pick(choices, rarely(3)):
        return (span(choices, length),)
    middle = 1 + choices.below(length - 1)
    one, two = span(choices, middle), span(choices, length - middle)
    return (one, Span(two.start + middle, two.end + middle))


def identifier(choices: Choices) -> Identifier:
    """A name in an invented register."""
    scheme, number = pick_each(choices, ("harbour-roll", "x-2"), range(1, 100))
    return Identifier(scheme=scheme, value=f"Q{number}", seen_in="The Harbour Roll, 2019")


def entity(choices: Choices, figure: Figure) -> Entity:
    """A figure as an entity, with more or less told of it."""
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
    """A sentence that carries no claim."""
    reason = pick(choices, REASONS)
    return Sentence(span=place, digest=sentence_digest(words), no_claim=reason, shifts=shifts_of(words))


def forms(*, named: bool) -> tuple[v.MentionForm, ...]:
    """The ways to refer to somebody who has, or has not, a name."""
    # Names come first and most often, so that the sentences stay readable.
    by_name: tuple[v.MentionForm, ...] = (v.MentionForm.NAME, v.MentionForm.NAME, *v.MentionForm)
    return by_name if named else (v.MentionForm.NOMINAL, v.MentionForm.PRONOUN)


def mention(record_id: str, figure: Figure, how: v.MentionForm, place: Span, *, metonym: bool) -> Mention:
    """A place that refers to a figure; for a person no other name can stand."""
    metonym = metonym and figure.kind is not v.EntityKind.PERSON
    return Mention(id=record_id, entity=figure.id, span=place, form=how, metonym=metonym)


def time(
    choices: Choices, record_id: str, kind: v.TimeKind, value: str | None, place: Span, earlier: Sequence[str]
) -> TimeExpression:
    """Words for a time, perhaps counted from the day of publication or from an earlier expression."""
    anchors = (None, PUBLICATION_DATE, *earlier)
    return TimeExpression(id=record_id, span=place, kind=kind, value=value, anchor=pick(choices, anchors))


def quantity(choices: Choices, record_id: str, place: Span) -> Quantity:
    """An amount; how it is written is for the caller to see to."""
    value = decimal(choices)
    unit, comparator, of = pick_each(choices, UNITS, tuple(v.Comparator), (None, "what the ferry lost"))
    return Quantity(id=record_id, span=place, value=value, unit=unit, comparator=comparator, of=of)


def quotation(choices: Choices, record_id: str, words: str, place: Span, speaker: str, claim: str | None) -> Quotation:
    """Somebody's words in quotation marks, perhaps as a claim."""
    kind = pick(choices, VOICED)
    return Quotation(
        id=record_id, span=place, text=words, speaker=speaker, kind=kind, claims=() if claim is None else (claim,)
    )


def voiceless_quotation(choices: Choices, record_id: str, words: str, place: Span) -> Quotation:
    """Words in quotation marks that are nobody's in particular."""
    return Quotation(id=record_id, span=place, text=words, kind=pick(choices, _VOICELESS))


def event(
    choices: Choices,
    record_id: str,
    kind: v.EventKind,
    gist: str,
    entities: tuple[str, str],
    place: tuple[Span, ...],
) -> Event:
    """Something told of two entities."""
    status, where, role, dated = pick_each(choices, tuple(v.EventStatus), (None, entities[1]), _PARTS, rarely(2))
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
    """A tie between two entities, with an office where the predicate asks for one."""
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
    """The relation in an article of that day: what went on until an earlier day is over."""
    during = relation.during
    is_over = during is not None and during.is_interval and (during.latest or published) < published
    return attrs.evolve(relation, ended=True) if is_over else relation


def manner(choices: Choices) -> Manner:
    """What a voice does, by what medium, how surely and in what form."""
    return pick_each(choices, tuple(v.Act), tuple(v.Channel), tuple(v.Commitment), tuple(v.Mode))


def voice(source: str, cue: Span | None, how: Manner) -> Voice:
    """One link of a chain."""
    act, channel, commitment, mode = how
    return Voice(source=source, act=act, channel=channel, commitment=commitment, cue=cue, mode=mode)


def inner_sources(choices: Choices, author: str, entities: Sequence[str], most: int) -> tuple[str, ...]:
    """Who is relayed by the author, outermost first; nobody relays himself, but somebody may come twice."""
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
    """Something said; carried are events, relations and quantities."""
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
    """A claim that bears on one of the targets, or attacks one of the arguments where there are any."""
    if pick(choices, rarely(3)) and attacked:
        target, kind = pick(choices, attacked), v.ArgumentKind.UNDERCUTS
    else:
        target, kind = pick(choices, targets), pick(choices, _LINKS)
    return Argument(id=record_id, source=source, target=target, kind=kind)


def erratum(choices: Choices, records: Sequence[str], withdrawn: str) -> Erratum:
    """A change to one of the records, or the end of one that is no more."""
    if pick(choices, rarely(2)):
        return Erratum(record=pick(choices, records), data_version="1.0.0", change="corrected", note="It was misread.")
    return Erratum(record=withdrawn, data_version="1.0.0", change="withdrawn", note="It was not in the text.")
