"""Annotations that anybody could make without reading: what a figure must be higher than to say anything.

Here: the trivial baselines as articles, and which of them know nothing of what a figure measures.
Not here: their scores (`scores.py`).

Each is made from the gold, of which it keeps what its name does not touch. So beside a figure only those stand that are
blind to what it measures: one that keeps every chain says nothing about chains.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

import attrs

from oped_dataset.model.article import TABLES, Article
from oped_dataset.model.records import Claim, Voice
from oped_dataset.model.vocabulary import Act, Channel, ClaimKind, Commitment, Ground, Mode

BLIND: Final[Mapping[str, tuple[str, ...]]] = {
    "attribution": ("flattened", "author", "sentences"),
    "commitment": ("certain", "author", "sentences"),
    "claims": ("sentences",),
}
"""For attribution, commitment and the layer of claims, the baselines that know nothing of it."""


def _with_voices(change: Callable[[Claim], Iterable[Voice]]) -> Callable[[Article], Article]:
    def changed(gold: Article) -> Article:
        claims = [attrs.evolve(claim, voices=tuple(change(claim))) for claim in gold.claims]
        return attrs.evolve(gold, claims=claims)

    return changed


def _sure(voice: Voice) -> Voice:
    return attrs.evolve(voice, commitment=Commitment.CERTAIN)


def _sentences(gold: Article) -> Article:
    """Each sentence a claim of the author, its words being the gist where the article has its text."""
    author = Voice(
        source=gold.authors[0],
        act=Act.SAY,
        channel=Channel.PUBLISHED_WORK,
        commitment=Commitment.CERTAIN,
        mode=Mode.DIRECT,
    )
    claims = [
        Claim(
            id=f"sentence-{number}",
            gist=(gold.source.text or "")[sentence.span.start : sentence.span.end].strip() or "a sentence",
            kind=ClaimKind.STATE,
            ground=Ground.BARE,
            voices=(author,),
            evidence=(sentence.span,),
        )
        for number, sentence in enumerate(gold.source.sentences, 1)
    ]
    empty: dict[str, Any] = dict.fromkeys(TABLES, ())
    return attrs.evolve(gold, **(empty | {"entities": gold.entities, "claims": claims}))


BASELINES: Final[Mapping[str, Callable[[Article], Article]]] = {
    "flattened": _with_voices(lambda claim: claim.voices[:1]),
    "certain": _with_voices(lambda claim: map(_sure, claim.voices)),
    "author": _with_voices(lambda claim: map(_sure, claim.voices[:1])),
    "sentences": _sentences,
}
"""Every chain cut to its outermost voice; every voice certain; both; every sentence a claim of the author, certain."""
