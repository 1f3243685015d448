"""Trivial baselines: annotations that need no reading, which a useful system must beat.

Here: the baselines as articles, and the figures to which each is blind.
Not here: their scores (`scores.py`).

Each baseline is a changed copy of the gold and keeps the rest of it. So a figure is compared only with baselines that
are blind to it: one that keeps every chain is not a baseline for chains.
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
"""The baselines without knowledge of attribution, of commitment, and of the layer of claims."""


def _change_voices(change: Callable[[Claim], Iterable[Voice]]) -> Callable[[Article], Article]:
    def make(gold: Article) -> Article:
        claims = [attrs.evolve(claim, voices=tuple(change(claim))) for claim in gold.claims]
        return attrs.evolve(gold, claims=claims)

    return make


def _make_certain(voice: Voice) -> Voice:
    return attrs.evolve(voice, commitment=Commitment.CERTAIN)


def _claim_every_sentence(gold: Article) -> Article:
    """Make each sentence a claim of the author, with its words as the gist if the article contains its text."""
    author = Voice(
        source=gold.authors[0],
        act=Act.SAY,
        channel=Channel.PUBLISHED_WORK,
        commitment=Commitment.CERTAIN,
        mode=Mode.DIRECT,
    )
    # A gist must not be empty, and without the text there are no words for it.
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
    "flattened": _change_voices(lambda claim: claim.voices[:1]),
    "certain": _change_voices(lambda claim: map(_make_certain, claim.voices)),
    "author": _change_voices(lambda claim: map(_make_certain, claim.voices[:1])),
    "sentences": _claim_every_sentence,
}
"""Every chain cut to its outermost voice; every voice certain; both; every sentence a certain claim of the author."""
