"""Degraded copies of articles, and junk, for tests of the effect on figures."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from typing import Any, Final

import attrs

from oped_dataset import Article, Claim, Commitment, Span, Voice
from oped_dataset.model.article import TABLES
from oped_dataset.model.tables import Record

PLACED: Final = ("mentions", "times", "quantities", "quotations", "events", "relations", "claims")


def thinned(article: Article, chance: random.Random) -> Article:
    """Leave out records at random; the result can be invalid."""
    kept: Any = {name: [each for each in article.tables[name] if chance.random() < 0.6] for name in TABLES[1:]}
    return attrs.evolve(article, **kept)


def blurred(article: Article, chance: random.Random) -> Article:
    """Move half of the spans a little."""
    moved: Any = {
        name: [_moved(each, article, chance) if chance.random() < 0.5 else each for each in article.tables[name]]
        for name in PLACED
    }
    return attrs.evolve(article, **moved)


def junk(article: Article, layer: str, chance: random.Random) -> Record:
    """Make a record like one of the layer, with a span near it and a different gist, if it has one."""
    record: Any = _moved(chance.choice(article.tables[layer]), article, chance)
    if hasattr(record, "gist"):
        record = attrs.evolve(
            record, gist=chance.choice(["zzz", record.gist, f"{record.gist} and more", "that it is so"])
        )
    made: Record = attrs.evolve(record, id="junk")
    return made


def _moved(record: Any, article: Article, chance: random.Random) -> Any:
    if hasattr(record, "span"):
        return attrs.evolve(record, span=_shifted(record.span, article, chance))
    return attrs.evolve(record, evidence=tuple(sorted(_shifted(each, article, chance) for each in record.evidence)))


def _shifted(span: Span, article: Article, chance: random.Random) -> Span:
    start = max(0, span.start + chance.randint(-8, 8))
    end = min(article.source.length, max(start + 1, span.end + chance.randint(-8, 8)))
    return Span(start, end) if start < end else span


def with_claims(article: Article, change: Callable[[Claim], Claim]) -> Article:
    """Change every claim."""
    return attrs.evolve(article, claims=[change(each) for each in article.claims])


def with_voices(article: Article, change: Callable[[Claim], Iterable[Voice]]) -> Article:
    """Change the voices of every claim."""
    return with_claims(article, lambda claim: attrs.evolve(claim, voices=tuple(change(claim))))


def flattened(article: Article) -> Article:
    """Keep only the outermost voice of every chain."""
    return with_voices(article, lambda claim: claim.voices[:1])


def shortened(article: Article) -> Article:
    """Shorten each span of evidence by a character, if it has two."""

    def shorter(span: Span) -> Span:
        return Span(span.start, max(span.end - 1, span.start + 1))

    return with_claims(article, lambda claim: attrs.evolve(claim, evidence=tuple(map(shorter, claim.evidence))))


def widened(article: Article) -> Article:
    """Replace the evidence by the sentences that contain it."""

    def sentences(claim: Claim) -> tuple[Span, ...]:
        spans = (each.span for each in article.source.sentences)
        return tuple(span for span in spans if any(span.overlaps(each) for each in claim.evidence))

    return with_claims(article, lambda claim: attrs.evolve(claim, evidence=sentences(claim)))


def babbled(article: Article) -> Article:
    """Make as many claims as the article has, all with the gist "zzz", the whole text as evidence and one voice."""
    whole = (Span(0, article.source.length),)

    def zzz(claim: Claim) -> Claim:
        author = attrs.evolve(claim.voices[0], commitment=Commitment.CERTAIN)
        return attrs.evolve(claim, gist="zzz", evidence=whole, voices=(author,))

    return with_claims(article, zzz)
