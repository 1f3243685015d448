"""Valid articles with a changed meaning: damage that no validator can detect and every evaluation should.

Here: the kinds of damage, and the damaged twins of an article.
Not here: damage that breaks a rule (`mutants.py`).

A twin keeps all rules. If the damage removes the speaker of a quotation from its claim, the quotation no longer refers
to that claim. Nothing else changes besides the damage.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from enum import StrEnum
from itertools import combinations, pairwise
from typing import Any, Final

import attrs

from oped_dataset.codec import wire
from oped_dataset.errors import InvalidDate
from oped_dataset.loading import dumps
from oped_dataset.model.article import Article
from oped_dataset.model.dates import Edtf
from oped_dataset.model.records import (
    Claim,
    Entity,
    Voice,
)
from oped_dataset.model.vocabulary import (
    Act,
    Commitment,
    EntityKind,
    EventStatus,
    Ground,
    Mode,
    TimeKind,
)
from oped_dataset.validation.rules import references


class Damage(StrEnum):
    """The kind of damage in a near miss."""

    VOICE_DROPPED = "voice-dropped"
    """An inner voice is removed from a claim."""
    HEDGE_HARDENED = "hedge-hardened"
    """A voice that presented something as probable or possible is certain of it, and its hedges are removed."""
    SOURCE_SWAPPED = "source-swapped"
    """An inner voice is attributed to a different entity."""
    ALLEGATION_AS_FACT = "allegation-as-fact"
    """The author alone states a claim of others, with certainty; its reported or speculated events have occurred."""
    DATE_SHIFTED = "date-shifted"
    """A date is changed by some years."""
    PEOPLE_MERGED = "people-merged"
    """Two people who share a name are one."""


@attrs.frozen(kw_only=True)
class NearMiss:
    """A valid article that differs from another by one damage.

    Attributes:
        damage: The kind of damage.
        label: A description of the damage, as a sentence.
        record: The id of the damaged record; for merged people, that of the removed one.
        article: The damaged twin.
    """

    damage: Damage
    label: str
    record: str
    article: Article


def near_misses(article: Article) -> Iterator[NearMiss]:
    """Damage a valid article in every way that its records allow, one change at a time, in the order of `Damage`.

    Kinds that need absent records are skipped: without inner voices, none can be dropped.

    Raises:
        InvalidArticle: The article is not valid.

    Example:
        >>> from oped_dataset.testing import make_corpus
        >>> article = next(make_corpus(1))
        >>> sorted({str(twin.damage) for twin in near_misses(article)})[:2]
        ['allegation-as-fact', 'date-shifted']
    """
    # `dumps` validates the article; its result is not needed.
    dumps(article)
    return (twin for make in _MAKERS for twin in make(article))


def _replace(records: Any, record: Any) -> list[Any]:
    return [record if old.id == record.id else old for old in records]


# Voices.


def _with_claim(damage: Damage, label: str, article: Article, claim: Claim, **changes: Any) -> NearMiss:
    sources = {None, *(voice.source for voice in claim.voices)}
    quotations = [
        each
        if each.speaker in sources
        else attrs.evolve(each, claims=tuple(record_id for record_id in each.claims if record_id != claim.id))
        for each in article.quotations
    ]
    twin = attrs.evolve(article, claims=_replace(article.claims, claim), quotations=quotations, **changes)
    return NearMiss(damage=damage, label=label, record=claim.id, article=twin)


def _is_without_repetition(voices: tuple[Voice, ...]) -> bool:
    return all(outer.source != inner.source for outer, inner in pairwise(voices))


def _drop_voices(article: Article) -> Iterator[NearMiss]:
    for claim in article.claims:
        for index, voice in enumerate(claim.voices[1:], start=1):
            left = claim.voices[:index] + claim.voices[index + 1 :]
            if _is_without_repetition(left):
                label = f"{voice.source} is removed from the voices of {claim.id}."
                yield _with_claim(Damage.VOICE_DROPPED, label, article, attrs.evolve(claim, voices=left))


_HARDENED: Final = {
    Commitment.PROBABLE: Commitment.CERTAIN,
    Commitment.POSSIBLE: Commitment.CERTAIN,
    Commitment.PROBABLY_NOT: Commitment.CERTAINLY_NOT,
    Commitment.POSSIBLY_NOT: Commitment.CERTAINLY_NOT,
}


def _harden_hedges(article: Article) -> Iterator[NearMiss]:
    for claim in article.claims:
        for index, voice in enumerate(claim.voices):
            if voice.commitment in _HARDENED:
                certain = attrs.evolve(voice, commitment=_HARDENED[voice.commitment], hedges=())
                hardened = attrs.evolve(claim, voices=_with_voice(claim, index, certain))
                label = f"{voice.source} is {certain.commitment}, not {voice.commitment}, of {claim.id}."
                yield _with_claim(Damage.HEDGE_HARDENED, label, article, hardened)


def _with_voice(claim: Claim, index: int, voice: Voice) -> tuple[Voice, ...]:
    return (*claim.voices[:index], voice, *claim.voices[index + 1 :])


def _swap_sources(article: Article) -> Iterator[NearMiss]:
    for claim in article.claims:
        sources = {voice.source for voice in claim.voices}
        for index, voice in enumerate(claim.voices[1:], start=1):
            alike = article.entities.where(kind=article.entities[voice.source].kind)
            other = next((entity.id for entity in alike if entity.id not in sources), None)
            if other is not None:
                swapped = attrs.evolve(claim, voices=_with_voice(claim, index, attrs.evolve(voice, source=other)))
                label = f"{other} says {claim.id}, not {voice.source}."
                yield _with_claim(Damage.SOURCE_SWAPPED, label, article, swapped)


def _state_as_fact(article: Article) -> Iterator[NearMiss]:
    for claim in article.claims:
        if len(claim.voices) > 1:
            events = [
                attrs.evolve(event, status=EventStatus.OCCURRED)
                if event.id in claim.events and event.status in (EventStatus.REPORTED, EventStatus.SPECULATED)
                else event
                for event in article.events
            ]
            author = attrs.evolve(
                claim.voices[0], act=Act.SAY, commitment=Commitment.CERTAIN, mode=Mode.DIRECT, hedges=()
            )
            bare = attrs.evolve(claim, voices=(author,), ground=Ground.BARE)
            if bare == attrs.evolve(claim, voices=claim.voices[:1]) and events == list(article.events):
                # This equals the twin whose inner voice was dropped.
                continue
            label = f"{author.source} alone states {claim.id}."
            yield _with_claim(Damage.ALLEGATION_AS_FACT, label, article, bare, events=events)


# Dates.


def _shift_dates(article: Article) -> Iterator[NearMiss]:
    for table, field in (("times", "value"), ("events", "when"), ("relations", "during")):
        records = article.tables[table]
        for record in records:
            old = getattr(record, field)
            if old is None or (field == "value" and record.kind is not TimeKind.DATE):
                continue
            new = _shift(old)
            if new is not None:
                moved = attrs.evolve(record, **{field: type(old)(new)})
                changes: dict[str, Any] = {table: _replace(records, moved)}
                twin = attrs.evolve(article, **changes)
                label = f"{record.id} is dated {new}, not {old}."
                yield NearMiss(damage=Damage.DATE_SHIFTED, label=label, record=record.id, article=twin)


def _shift(date: str) -> str | None:
    """Move a date by a year or, if the result is not in the calendar, by a few; its precision is unchanged."""
    for years in (1, -1, 4, -4, 8, -8):

        def move(year: re.Match[str], by: int = years) -> str:
            return f"{int(year[0]) + by:0{len(year[0])}d}"

        try:
            return str(Edtf(re.sub(r"(?<![-0-9])[0-9]{2,4}", move, date)))
        except InvalidDate:
            continue
    return None


# People.


def _merge_people(article: Article) -> Iterator[NearMiss]:
    people = article.entities.where(kind=EntityKind.PERSON, named=True)
    for kept, gone in combinations(people, 2):
        if _words(kept) & _words(gone):
            merged = _merge(article, kept, gone)
            if all(_is_without_repetition(claim.voices) for claim in merged.claims):
                label = f"{gone.id} is taken for {kept.id}."
                yield NearMiss(damage=Damage.PEOPLE_MERGED, label=label, record=gone.id, article=merged)


def _words(entity: Entity) -> set[str]:
    """Return the words of a name with several words, one of which is the surname."""
    words = entity.name.split()
    return set(words) if len(words) > 1 else set()


def _merge(article: Article, kept: Entity, gone: Entity) -> Article:
    data = wire.to_data(article)
    for (*path, last), record_id, _ in references(article):
        if record_id == gone.id:
            target: Any = data
            for step in path:
                target = target[step]
            target[last] = kept.id
    for erratum in data["errata"]:
        erratum["record"] = kept.id if erratum["record"] == gone.id else erratum["record"]
    data["entities"] = [row for row in data["entities"] if row["id"] != gone.id]
    next(row for row in data["entities"] if row["id"] == kept.id)["aliases"].append(gone.name)
    return wire.from_data(data)


_MAKERS: Final[tuple[Callable[[Article], Iterator[NearMiss]], ...]] = (
    _drop_voices,
    _harden_hedges,
    _swap_sources,
    _state_as_fact,
    _shift_dates,
    _merge_people,
)
"""One function for each kind of damage, in the order of `Damage`."""
