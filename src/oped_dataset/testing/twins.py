"""Valid articles that say something else: the damage no validator can see and every evaluation should.

Here: the kinds of damage, and for an article each twin with one such damage.
Not here: damage that breaks a rule (`mutants.py`).

A twin keeps all rules. Where a quotation was linked to a claim whose speaker the damage removed, the link goes, and
nothing else changes that the damage does not name.
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
    Event,
    Quotation,
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
from oped_dataset.validation.rules import Place, references


class Damage(StrEnum):
    """What was done to a near miss."""

    VOICE_DROPPED = "voice-dropped"
    """An inner voice is gone from a claim, as if nobody had relayed it."""
    HEDGE_HARDENED = "hedge-hardened"
    """A voice that thought something likely or possible is sure of it, and the words that weakened it are gone."""
    SOURCE_SWAPPED = "source-swapped"
    """An inner voice is somebody else's."""
    ALLEGATION_AS_FACT = "allegation-as-fact"
    """What others say is stated by the author alone, for certain, and what was reported or speculated has occurred."""
    DATE_SHIFTED = "date-shifted"
    """A date is some years off."""
    PEOPLE_MERGED = "people-merged"
    """Two people with a name in common have become one."""


@attrs.frozen(kw_only=True)
class NearMiss:
    """A valid article that differs from another by one damage.

    Attributes:
        damage: What was done.
        label: What was done to what, as a sentence.
        record: The id of the record that was damaged; for people merged, of the one that is gone.
        article: The damaged twin.
    """

    damage: Damage
    label: str
    record: str
    article: Article


def near_misses(article: Article) -> Iterator[NearMiss]:
    """Damage a valid article in every way it has room for, one thing at a time, the kinds in the order of `Damage`.

    An article without inner voices has none that could be dropped; a damage there is no room for is left out.

    Raises:
        InvalidArticle: The article is not valid to begin with.

    Example:
        >>> from oped_dataset.testing import make_corpus
        >>> article = next(make_corpus(1))
        >>> sorted({str(twin.damage) for twin in near_misses(article)})[:2]
        ['allegation-as-fact', 'date-shifted']
    """
    # Spelling an article checks it; the bytes are of no use here.
    dumps(article)
    return (twin for make in _MAKERS for twin in make(article))


def _twin(damage: Damage, label: str, record: str, article: Article, **changes: Any) -> NearMiss:
    return NearMiss(damage=damage, label=label, record=record, article=attrs.evolve(article, **changes))


def _replaced(records: Any, record: Any) -> list[Any]:
    return [record if old.id == record.id else old for old in records]


# Voices.


def _with_claim(damage: Damage, label: str, article: Article, claim: Claim, **changes: Any) -> NearMiss:
    quotations = [_unlinked(quotation, claim) for quotation in article.quotations]
    claims = _replaced(article.claims, claim)
    return _twin(damage, label, claim.id, article, claims=claims, quotations=quotations, **changes)


def _unlinked(quotation: Quotation, claim: Claim) -> Quotation:
    if quotation.speaker is None or quotation.speaker in [voice.source for voice in claim.voices]:
        return quotation
    return attrs.evolve(quotation, claims=tuple(linked for linked in quotation.claims if linked != claim.id))


def _relays_nobody_twice(voices: tuple[Voice, ...]) -> bool:
    return all(outer.source != inner.source for outer, inner in pairwise(voices))


def _voices_dropped(article: Article) -> Iterator[NearMiss]:
    for claim in article.claims:
        for link, voice in enumerate(claim.voices[1:], start=1):
            left = claim.voices[:link] + claim.voices[link + 1 :]
            if _relays_nobody_twice(left):
                label = f"{voice.source} is gone from the voices of {claim.id}."
                yield _with_claim(Damage.VOICE_DROPPED, label, article, attrs.evolve(claim, voices=left))


_HARDENED: Final = {
    Commitment.PROBABLE: Commitment.CERTAIN,
    Commitment.POSSIBLE: Commitment.CERTAIN,
    Commitment.PROBABLY_NOT: Commitment.CERTAINLY_NOT,
    Commitment.POSSIBLY_NOT: Commitment.CERTAINLY_NOT,
}


def _hedges_hardened(article: Article) -> Iterator[NearMiss]:
    for claim in article.claims:
        for link, voice in enumerate(claim.voices):
            if voice.commitment in _HARDENED:
                sure = attrs.evolve(voice, commitment=_HARDENED[voice.commitment], hedges=())
                hardened = attrs.evolve(claim, voices=_with_voice(claim, link, sure))
                label = f"{voice.source} is {sure.commitment}, not {voice.commitment}, of {claim.id}."
                yield _with_claim(Damage.HEDGE_HARDENED, label, article, hardened)


def _with_voice(claim: Claim, link: int, voice: Voice) -> tuple[Voice, ...]:
    return (*claim.voices[:link], voice, *claim.voices[link + 1 :])


def _sources_swapped(article: Article) -> Iterator[NearMiss]:
    for claim in article.claims:
        for link, voice in enumerate(claim.voices[1:], start=1):
            other = _stand_in(article, claim, voice)
            if other is not None:
                swapped = attrs.evolve(claim, voices=_with_voice(claim, link, attrs.evolve(voice, source=other)))
                label = f"{other} says {claim.id}, not {voice.source}."
                yield _with_claim(Damage.SOURCE_SWAPPED, label, article, swapped)


def _stand_in(article: Article, claim: Claim, voice: Voice) -> str | None:
    """Somebody of the same kind who is no voice of the claim."""
    kind = article.entities[voice.source].kind
    silent = {voice.source for voice in claim.voices}
    return next((entity.id for entity in article.entities.where(kind=kind) if entity.id not in silent), None)


def _allegations_as_fact(article: Article) -> Iterator[NearMiss]:
    for claim in article.claims:
        if len(claim.voices) > 1:
            events = [_occurred(event) if event.id in claim.events else event for event in article.events]
            bare = attrs.evolve(claim, voices=(_sure(claim.voices[0]),), ground=Ground.BARE)
            if bare == attrs.evolve(claim, voices=claim.voices[:1]) and events == list(article.events):
                # The same as the twin whose inner voice was dropped.
                continue
            label = f"{claim.voices[0].source} states {claim.id} on nobody else's word."
            yield _with_claim(Damage.ALLEGATION_AS_FACT, label, article, bare, events=events)


def _sure(author: Voice) -> Voice:
    return attrs.evolve(author, act=Act.SAY, commitment=Commitment.CERTAIN, mode=Mode.DIRECT, hedges=())


def _occurred(event: Event) -> Event:
    is_told = event.status in (EventStatus.REPORTED, EventStatus.SPECULATED)
    return attrs.evolve(event, status=EventStatus.OCCURRED) if is_told else event


# Dates.


def _dates_shifted(article: Article) -> Iterator[NearMiss]:
    for table, field in (("times", "value"), ("events", "when"), ("relations", "during")):
        records = article.tables[table]
        for record in records:
            old = getattr(record, field)
            new = _shifted(old) if _is_dated(record, field) else None
            if new is not None:
                moved = attrs.evolve(record, **{field: type(old)(new)})
                changes = {table: _replaced(records, moved)}
                label = f"{record.id} is dated {new}, not {old}."
                yield _twin(Damage.DATE_SHIFTED, label, record.id, article, **changes)


def _is_dated(record: Any, field: str) -> bool:
    return getattr(record, field) is not None and (field != "value" or record.kind is TimeKind.DATE)


def _shifted(date: str) -> str | None:
    """Move a date by a year or, where that names no day in the calendar, by a few; it is as precise as before."""
    for years in (1, -1, 4, -4, 8, -8):
        moved = re.sub(r"(?<![-0-9])[0-9]{2,4}", lambda year, by=years: _later(year[0], by), date)  # type: ignore[misc]
        try:
            return str(Edtf(moved))
        except InvalidDate:
            continue
    return None


def _later(year: str, by: int) -> str:
    return f"{int(year) + by:0{len(year)}d}"


# People.


def _people_merged(article: Article) -> Iterator[NearMiss]:
    people = article.entities.where(kind=EntityKind.PERSON, named=True)
    for kept, gone in combinations(people, 2):
        if _words(kept) & _words(gone):
            merged = _merged(article, kept, gone)
            if all(_relays_nobody_twice(claim.voices) for claim in merged.claims):
                label = f"{gone.id} is taken for {kept.id}."
                yield NearMiss(damage=Damage.PEOPLE_MERGED, label=label, record=gone.id, article=merged)


def _words(entity: Entity) -> set[str]:
    """The words of a name that has several; the surname is one of them."""
    words = entity.name.split()
    return set(words) if len(words) > 1 else set()


def _merged(article: Article, kept: Entity, gone: Entity) -> Article:
    data = wire.to_data(article)
    for place, record_id, _ in references(article):
        if record_id == gone.id:
            _put(data, place, kept.id)
    for erratum in data["errata"]:
        erratum["record"] = kept.id if erratum["record"] == gone.id else erratum["record"]
    data["entities"] = [row for row in data["entities"] if row["id"] != gone.id]
    next(row for row in data["entities"] if row["id"] == kept.id)["aliases"].append(gone.name)
    return wire.from_data(data)


def _put(data: Any, place: Place, value: str) -> None:
    *path, last = place
    for step in path:
        data = data[step]
    data[last] = value


_MAKERS: Final[tuple[Callable[[Article], Iterator[NearMiss]], ...]] = (
    _voices_dropped,
    _hedges_hardened,
    _sources_swapped,
    _allegations_as_fact,
    _dates_shifted,
    _people_merged,
)
"""One for each damage, in their order."""
