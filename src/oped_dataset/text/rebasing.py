"""An article with its offsets in another text: the records that can be carried over whole, still valid together.

Here: moving every span, and leaving out what has lost a part, and with it whatever hangs on it.
Not here: where a span goes, which the caller tells (`attachment.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any, Final, TypeAlias, TypeVar

import attrs

from oped_dataset.model.article import Article
from oped_dataset.model.records import (
    PUBLICATION_DATE,
    Argument,
    Claim,
    Event,
    Heading,
    Mention,
    Quantity,
    Quotation,
    Relation,
    Sentence,
    Source,
    Span,
    TimeExpression,
    Voice,
    spans_of,
)
from oped_dataset.model.stretches import Cover
from oped_dataset.model.tables import Record
from oped_dataset.text.canonical import NORMAL_FORM, sentence_digest, text_digest
from oped_dataset.text.fingerprints import paragraphs_of, shifts_of

CLAIMS_LOST: Final = "every claim with evidence here rests on other words too, which this text has not"
"""The reason that is given for a sentence left without its claims."""

Locate: TypeAlias = Callable[[Span], Span | None]
"""Tells the new place of a span, or None when it has none."""

_R = TypeVar("_R", bound=Record)
_Placed = TypeVar("_Placed", Mention, TimeExpression, Quantity, Quotation)
_Told = TypeVar("_Told", Event, Relation)


def rebased(
    article: Article,
    text: str,
    locate: Locate,
    sentences: Sequence[Span | None],
    *,
    with_text: bool,
) -> Article:
    """Move an article to another text.

    Args:
        article: The article.
        text: The other text.
        locate: Tells the new place of a span.
        sentences: The new places of the article's sentences, in their order; None for those that have none.
        with_text: Whether the new source holds the text.
    """
    claims = [_moved_claim(claim, locate) for claim in article.claims if _is_whole(claim, locate)]
    carried = {record_id for claim in claims for record_id in claim.carries}
    events = [_moved(event, locate) for event in _whole(article.events, locate) if event.id in carried]
    relations = [_moved(relation, locate) for relation in _whole(article.relations, locate) if relation.id in carried]
    quantities = [_placed(one, locate) for one in _whole(article.quantities, locate) if one.id in carried]
    kept = {record.id for record in (*events, *relations, *quantities, *claims)}
    claims = [_with_references(claim, kept) for claim in claims]
    moved = attrs.evolve(
        article,
        source=_source(article.source, text, sentences, claims, with_text=with_text),
        headings=_headings(article.headings, text, locate),
        mentions=[_placed(mention, locate) for mention in _whole(article.mentions, locate)],
        times=_times(article, locate),
        quantities=quantities,
        quotations=[_quotation(each, text, locate, kept) for each in _whole(article.quotations, locate)],
        events=events,
        relations=relations,
        claims=claims,
        arguments=_arguments(article.arguments, kept),
    )
    return _without_errata_of_absent(moved)


def _is_whole(record: Record, locate: Locate) -> bool:
    return all(locate(span) is not None for span in spans_of(record))


def _whole(records: Iterable[_R], locate: Locate) -> list[_R]:
    return [record for record in records if _is_whole(record, locate)]


def _places(spans: Iterable[Span], locate: Locate) -> tuple[Span, ...]:
    # In the order of the new text, in which paragraphs may be otherwise arranged.
    return tuple(sorted(place for span in spans if (place := locate(span)) is not None))


def _placed(record: _Placed, locate: Locate) -> _Placed:
    (place,) = _places([record.span], locate)
    return attrs.evolve(record, span=place)


def _moved(record: _Told, locate: Locate) -> _Told:
    return attrs.evolve(record, evidence=_places(record.evidence, locate))


def _moved_claim(claim: Claim, locate: Locate) -> Claim:
    return attrs.evolve(
        claim,
        evidence=_places(claim.evidence, locate),
        voices=tuple(_voice(voice, locate) for voice in claim.voices),
    )


def _voice(voice: Voice, locate: Locate) -> Voice:
    cue = None if voice.cue is None else locate(voice.cue)
    return attrs.evolve(voice, cue=cue, hedges=_places(voice.hedges, locate))


def _with_references(claim: Claim, kept: set[str]) -> Claim:
    return attrs.evolve(
        claim,
        events=_among(claim.events, kept),
        relations=_among(claim.relations, kept),
        quantities=_among(claim.quantities, kept),
    )


def _among(ids: Iterable[str], kept: set[str]) -> tuple[str, ...]:
    return tuple(record_id for record_id in ids if record_id in kept)


def _times(article: Article, locate: Locate) -> list[TimeExpression]:
    """The times that are whole and whose anchors are there, however long the chain of anchors."""
    times = {time.id: _placed(time, locate) for time in _whole(article.times, locate)}
    loose = _loose({time.id: time.anchor for time in times.values()}, {None, PUBLICATION_DATE})
    return [time for time in times.values() if time.id not in loose]


def _loose(hangs_on: dict[str, str | None], firm: Collection[str | None]) -> set[str]:
    """Those that hang on what is not there, or on one that does, however long the chain."""
    hanging: dict[str | None, list[str]] = {}
    for each, other in hangs_on.items():
        if other not in firm:
            hanging.setdefault(other, []).append(each)
    waiting = [each for other, those in hanging.items() if other not in hangs_on for each in those]
    loose = set(waiting)
    while waiting:
        waiting = [each for gone in waiting for each in hanging.get(gone, ())]
        loose.update(waiting)
    return loose


def _quotation(quotation: Quotation, text: str, locate: Locate, kept: set[str]) -> Quotation:
    moved = _placed(quotation, locate)
    words = text[moved.span.start : moved.span.end]
    return attrs.evolve(moved, text=words, claims=_among(quotation.claims, kept))


def _headings(headings: Iterable[Heading], text: str, locate: Locate) -> tuple[Heading, ...]:
    places = _places((heading.span for heading in headings), locate)
    return tuple(Heading(span=place, text=text[place.start : place.end]) for place in places)


def _arguments(arguments: Iterable[Argument], kept: set[str]) -> list[Argument]:
    """The arguments both of whose ends are there; an undercut hangs on another argument."""
    links = {argument.id: argument for argument in arguments if argument.source in kept}
    loose = _loose({link.id: link.target for link in links.values()}, kept)
    return [link for link in links.values() if link.id not in loose]


def _source(
    source: Source,
    text: str,
    sentences: Sequence[Span | None],
    claims: Sequence[Claim],
    *,
    with_text: bool,
) -> Source:
    found = [
        _sentence(sentence, place, text)
        for sentence, place in zip(source.sentences, sentences, strict=True)
        if place is not None
    ]
    found.sort(key=lambda sentence: sentence.span)
    evidence = Cover((span.start, span.end) for claim in claims for span in claim.evidence)
    return Source(
        sha256=text_digest(text),
        length=len(text),
        sentences=tuple(_explained(sentence, evidence) for sentence in found),
        canonicalisation=NORMAL_FORM,
        text=text if with_text else None,
        paragraphs=paragraphs_of(text, (sentence.span for sentence in found)),
    )


def _sentence(sentence: Sentence, place: Span, text: str) -> Sentence:
    words = text[place.start : place.end]
    return attrs.evolve(sentence, span=place, digest=sentence_digest(words), shifts=shifts_of(words))


def _explained(sentence: Sentence, evidence: Cover) -> Sentence:
    if sentence.no_claim is not None or evidence.touches(sentence.span.start, sentence.span.end):
        return sentence
    return attrs.evolve(sentence, no_claim=CLAIMS_LOST)


def _without_errata_of_absent(article: Article) -> Article:
    present: set[Any] = {record_id for table in article.tables.values() for record_id in table.ids}
    errata = tuple(each for each in article.errata if each.change == "withdrawn" or each.record in present)
    return attrs.evolve(article, errata=errata)
