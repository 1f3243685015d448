"""Moving an article to another text: the records that can be transferred whole, still valid together.

Here: moving every span, and leaving out records that lost one, with everything that depends on them.
Not here: finding the new place of a span, which the caller supplies (`attachment.py`).
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
    Source,
    Span,
    TimeExpression,
    spans_of,
)
from oped_dataset.model.stretches import Cover
from oped_dataset.model.tables import Record
from oped_dataset.text.canonical import NORMAL_FORM, text_digest
from oped_dataset.text.fingerprints import paragraphs_of, with_digest

CLAIMS_LOST: Final = "every claim with evidence here also has evidence in words that this text lacks"
"""The reason recorded for a sentence all of whose claims were left out."""

Locate: TypeAlias = Callable[[Span], Span | None]
"""Returns the new place of a span, or None when it is lost."""

_R = TypeVar("_R", bound=Record)
_Spanned = TypeVar("_Spanned", Mention, TimeExpression, Quantity, Quotation)
_Evidenced = TypeVar("_Evidenced", Event, Relation)


def rebase(
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
        locate: Returns the new place of a span.
        sentences: The new places of the article's sentences, in their order; None for lost ones.
        with_text: Whether to store the text in the new source.
    """
    whole_claims = _select_whole(article.claims, locate)
    carried = {record_id for claim in whole_claims for record_id in claim.carries}
    events = [_move(event, locate) for event in _select_whole(article.events, locate) if event.id in carried]
    relations = [_move(each, locate) for each in _select_whole(article.relations, locate) if each.id in carried]
    quantities = [_move_span(one, locate) for one in _select_whole(article.quantities, locate) if one.id in carried]
    # References to all other records are dropped, so that the result is valid.
    kept = {record.id for record in (*events, *relations, *quantities, *whole_claims)}
    claims = [_move_claim(claim, locate, kept) for claim in whole_claims]
    headings = _find_places((heading.span for heading in article.headings), locate)
    moved = attrs.evolve(
        article,
        source=_move_source(article.source, text, sentences, claims, with_text=with_text),
        headings=tuple(Heading(span=place, text=text[place.start : place.end]) for place in headings),
        mentions=[_move_span(mention, locate) for mention in _select_whole(article.mentions, locate)],
        times=_move_times(article, locate),
        quantities=quantities,
        quotations=[_move_quotation(each, text, locate, kept) for each in _select_whole(article.quotations, locate)],
        events=events,
        relations=relations,
        claims=claims,
        arguments=_keep_arguments(article.arguments, kept),
    )
    present: set[Any] = {record_id for table in moved.tables.values() for record_id in table.ids}
    errata = tuple(each for each in article.errata if each.change == "withdrawn" or each.record in present)
    return attrs.evolve(moved, errata=errata)


def _select_whole(records: Iterable[_R], locate: Locate) -> list[_R]:
    return [record for record in records if all(locate(span) is not None for span in spans_of(record))]


def _find_places(spans: Iterable[Span], locate: Locate) -> tuple[Span, ...]:
    # Sorted, because the paragraphs of the new text may be in another order.
    return tuple(sorted(place for span in spans if (place := locate(span)) is not None))


def _move_span(record: _Spanned, locate: Locate) -> _Spanned:
    (place,) = _find_places([record.span], locate)
    return attrs.evolve(record, span=place)


def _move(record: _Evidenced, locate: Locate) -> _Evidenced:
    return attrs.evolve(record, evidence=_find_places(record.evidence, locate))


def _move_claim(claim: Claim, locate: Locate, kept: set[str]) -> Claim:
    voices = [
        attrs.evolve(
            voice,
            cue=None if voice.cue is None else locate(voice.cue),
            hedges=_find_places(voice.hedges, locate),
        )
        for voice in claim.voices
    ]
    return attrs.evolve(
        claim,
        evidence=_find_places(claim.evidence, locate),
        voices=tuple(voices),
        events=_select_ids(claim.events, kept),
        relations=_select_ids(claim.relations, kept),
        quantities=_select_ids(claim.quantities, kept),
    )


def _select_ids(ids: Iterable[str], kept: set[str]) -> tuple[str, ...]:
    return tuple(record_id for record_id in ids if record_id in kept)


def _move_times(article: Article, locate: Locate) -> list[TimeExpression]:
    """Move the times that are whole and whose chain of anchors is complete."""
    times = {time.id: _move_span(time, locate) for time in _select_whole(article.times, locate)}
    loose = _find_loose({time.id: time.anchor for time in times.values()}, {None, PUBLICATION_DATE})
    return [time for time in times.values() if time.id not in loose]


def _find_loose(depends_on: dict[str, str | None], firm: Collection[str | None]) -> set[str]:
    """Find the ids that depend, directly or through others, on an absent id."""
    dependants: dict[str | None, list[str]] = {}
    for each, other in depends_on.items():
        if other not in firm:
            dependants.setdefault(other, []).append(each)
    waiting = [each for other, those in dependants.items() if other not in depends_on for each in those]
    loose = set(waiting)
    while waiting:
        waiting = [each for gone in waiting for each in dependants.get(gone, ())]
        loose.update(waiting)
    return loose


def _move_quotation(quotation: Quotation, text: str, locate: Locate, kept: set[str]) -> Quotation:
    moved = _move_span(quotation, locate)
    words = text[moved.span.start : moved.span.end]
    return attrs.evolve(moved, text=words, claims=_select_ids(quotation.claims, kept))


def _keep_arguments(arguments: Iterable[Argument], kept: set[str]) -> list[Argument]:
    """Keep the arguments whose premise and conclusion are kept; an undercut depends on another argument."""
    known = {argument.id: argument for argument in arguments if argument.source in kept}
    loose = _find_loose({argument.id: argument.target for argument in known.values()}, kept)
    return [argument for argument in known.values() if argument.id not in loose]


def _move_source(
    source: Source,
    text: str,
    sentences: Sequence[Span | None],
    claims: Sequence[Claim],
    *,
    with_text: bool,
) -> Source:
    evidence = Cover((span.start, span.end) for claim in claims for span in claim.evidence)
    found = []
    for sentence, place in zip(source.sentences, sentences, strict=True):
        if place is not None:
            lost = sentence.no_claim is None and not evidence.touches(place.start, place.end)
            moved = attrs.evolve(sentence, span=place, shifts=None, no_claim=CLAIMS_LOST if lost else sentence.no_claim)
            found.append(with_digest(moved, text))
    found.sort(key=lambda sentence: sentence.span)
    return Source(
        sha256=text_digest(text),
        length=len(text),
        sentences=tuple(found),
        canonicalisation=NORMAL_FORM,
        text=text if with_text else None,
        paragraphs=paragraphs_of(text, (sentence.span for sentence in found)),
    )
