"""Scoring attribution: whether attributed claims were found, with the right chains, cues and contents.

Here: the outcomes of chains of voices, and the counts of attribution as detection.
Not here: pairing claims (`matching.py`) and commitments (`commitment.py`).

Only claims with an inner voice are scored, because the others have no voice to lose. Every voice is inner except an
outermost author. The formulas, with worked examples, are in `docs/scoring.md`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Final

import attrs

from oped_dataset.model.article import Article
from oped_dataset.model.records import Claim, Voice
from oped_dataset.scoring.counts import Counts, Ledger, Tally
from oped_dataset.scoring.matching import Pairing
from oped_dataset.scoring.similarity import Place, length, place_of, shared

VOICE_LABELS: Final = ("act", "channel", "mode")

PLACES: Final = ("source", "cue", "content")


class ChainOutcome(StrEnum):
    """The outcome for the chain of voices of an attributed gold claim; exactly one applies."""

    KEPT = "kept"
    """The same sources in the same order."""

    FLATTENED = "flattened"
    """Only the outermost of several voices is left, which makes the claim the author's own."""

    LOST = "lost"
    """Other voices are missing, and the rest is right."""

    ADDED = "added"
    """All voices are present, with additional ones."""

    REPLACED = "replaced"
    """The number of voices is right, but not every source."""

    OTHER = "other"
    """Several of these differences at once."""

    MISSED = "missed"
    """The claim was not found."""


def chain_outcome(predicted: Sequence[Hashable], gold: Sequence[Hashable]) -> ChainOutcome:
    """Compare two chains of sources, outermost first, given as ids of the gold article.

    Example:
        >>> str(chain_outcome(["ines"], ["ines", "gull", "sel"]))
        'flattened'
    """
    ours, theirs = list(predicted), list(gold)
    if ours == theirs:
        return ChainOutcome.KEPT
    if len(theirs) > 1 and ours == theirs[:1]:
        return ChainOutcome.FLATTENED
    common = len(aligned_voices(ours, theirs))
    if common == len(ours):
        return ChainOutcome.LOST
    if common == len(theirs):
        return ChainOutcome.ADDED
    return ChainOutcome.REPLACED if len(ours) == len(theirs) else ChainOutcome.OTHER


def aligned_voices(predicted: Sequence[Hashable], gold: Sequence[Hashable]) -> list[tuple[int, int]]:
    """Pair the voices of two chains: the longest common subsequence of their sources.

    Returns:
        The positions of each pair in the two chains.
    """
    # longest[i][j] is the length of the longest common subsequence of predicted[i:] and gold[j:].
    longest = [[0] * (len(gold) + 1) for _ in range(len(predicted) + 1)]
    for one in reversed(range(len(predicted))):
        for two in reversed(range(len(gold))):
            same = predicted[one] == gold[two]
            longest[one][two] = (
                longest[one + 1][two + 1] + 1 if same else max(longest[one + 1][two], longest[one][two + 1])
            )
    pairs, one, two = [], 0, 0
    while one < len(predicted) and two < len(gold):
        if predicted[one] == gold[two]:
            pairs.append((one, two))
            one, two = one + 1, two + 1
        else:
            ahead, behind = longest[one + 1][two], longest[one][two + 1]
            # Names break ties, so that the result does not depend on which chain comes first.
            skip_ours = ahead > behind or (ahead == behind and str(predicted[one]) > str(gold[two]))
            one, two = (one + 1, two) if skip_ours else (one, two + 1)
    return pairs


class Depths(dict[int, Counts]):
    """Counts by the number of voices; empty counts for a number that no chain has."""

    def __missing__(self, depth: int) -> Counts:
        """Return empty counts."""
        return Counts()


@attrs.frozen(kw_only=True)
class AttributionScore:
    """The score of attribution, over the claims with an inner voice.

    Attributes:
        claims: Claims that are attributed to anybody.
        chains: Claims whose whole chain is right: the same sources in the same order.
        detection: Single attributions of a claim to an inner voice; those that are right are in the right order.
        by_depth: The chains by their number of voices, from 2.
        outcomes: The number of attributed gold claims with each outcome, with all of these claims as their sum.
        source: Characters of the mentions of inner voices in the sentences of their cues.
        cue: Characters of the words of attribution.
        content: Characters of the evidence of attributed claims.
        labels: Inner voices with the right source and the right act, channel or mode.
    """

    claims: Counts
    chains: Counts
    detection: Counts
    by_depth: Mapping[int, Counts]
    outcomes: Mapping[ChainOutcome, int]
    source: Counts
    cue: Counts
    content: Counts
    labels: Mapping[str, Counts]

    @classmethod
    def of(cls, tally: Tally) -> AttributionScore:
        """Compute the score from a tally."""
        # Chains have no greatest length, so the depths are read from the tally.
        depths = {int(name.rpartition(".")[2]) for name, _ in tally if name.startswith("attribution.by_depth.")}
        return cls(
            claims=Counts.of(tally, "attribution.claims"),
            chains=Counts.of(tally, "attribution.chains"),
            detection=Counts.of(tally, "attribution.detection"),
            by_depth=Depths({depth: Counts.of(tally, f"attribution.by_depth.{depth}") for depth in sorted(depths)}),
            outcomes={each: int(tally.get(("attribution.outcomes", each), 0)) for each in ChainOutcome},
            **{place: Counts.of(tally, f"attribution.{place}") for place in PLACES},
            labels={label: Counts.of(tally, f"attribution.labels.{label}") for label in VOICE_LABELS},
        )


@attrs.frozen
class Chain:
    """The voices of a claim, as ids of the gold article.

    Attributes:
        claim: The claim.
        sources: The source of each voice, outermost first.
        inner: The positions of the inner voices.
    """

    claim: Claim
    sources: tuple[Hashable, ...]
    inner: range

    @property
    def depth(self) -> int:
        """The number of inner voices plus one for the author."""
        return len(self.inner) + 1

    @property
    def start(self) -> int:
        """The offset at which the claim's evidence begins."""
        return self.claim.evidence[0].start


class Chains:
    """Makes the chains of both articles comparable."""

    def __init__(self, gold: Article, pairing: Pairing) -> None:
        """Store the authors of the gold article and the ids of paired entities."""
        self._authors = set[Hashable](gold.authors)
        self._links = pairing.links

    def predicted(self, claim: Claim) -> Chain:
        """Return the chain of a predicted claim."""
        return self._chain(claim, [self._links.predicted("entities", voice.source) for voice in claim.voices])

    def gold(self, claim: Claim) -> Chain:
        """Return the chain of a gold claim."""
        return self._chain(claim, [voice.source for voice in claim.voices])

    def _chain(self, claim: Claim, sources: Sequence[Hashable]) -> Chain:
        return Chain(claim, tuple(sources), range(int(sources[0] in self._authors), len(sources)))


def count_attribution(predicted: Article, gold: Article, pairing: Pairing, ledger: Ledger) -> None:
    """Count the attributions of two articles."""
    chains = Chains(gold, pairing)
    nearby = _Sources(predicted, ledger), _Sources(gold, ledger)
    paired = {each.gold.id for each in pairing.pairs["claims"]}
    for claim in predicted.claims:
        _count_one("predicted", chains.predicted(claim), nearby[0], ledger)
    for claim in gold.claims:
        chain = chains.gold(claim)
        _count_one("gold", chain, nearby[1], ledger)
        if chain.inner and claim.id not in paired:
            ledger.add("attribution.outcomes", ChainOutcome.MISSED, 1, chain.start)
    for each in pairing.pairs["claims"]:
        ours, theirs = chains.predicted(each.predicted), chains.gold(each.gold)
        if theirs.inner and each.first:
            ledger.add("attribution.outcomes", chain_outcome(ours.sources, theirs.sources), 1, theirs.start)
        if ours.inner and theirs.inner:
            for name, amount in _compare_chains(ours, theirs, nearby, pairing.links.gold_of["mentions"]):
                ledger.add_right(f"attribution.{name}", amount, (ours.start, theirs.start), first=each.first)


def _count_one(side: str, chain: Chain, nearby: _Sources, ledger: Ledger) -> None:
    if not chain.inner:
        return
    for name, amount in (
        ("claims", 1),
        ("chains", 1),
        (f"by_depth.{chain.depth}", 1),
        ("detection", len(chain.inner)),
        ("content", length(place_of(chain.claim.evidence))),
        *((f"labels.{label}", len(chain.inner)) for label in VOICE_LABELS),
    ):
        ledger.add(f"attribution.{name}", side, amount, chain.start)
    for voice in (chain.claim.voices[position] for position in chain.inner):
        ledger.add("attribution.cue", side, length(_cue(voice)), chain.start)
        ledger.add("attribution.source", side, sum(map(length, nearby.of(voice).values())), chain.start)


def _compare_chains(
    ours: Chain, theirs: Chain, nearby: tuple[_Sources, _Sources], gold_of: Mapping[str, str]
) -> Iterator[tuple[str, float]]:
    whole = ours.sources == theirs.sources
    yield "claims", 1
    yield "chains", whole
    yield f"by_depth.{theirs.depth}", whole
    yield "content", shared(place_of(ours.claim.evidence), place_of(theirs.claim.evidence))
    aligned = [
        (ours.claim.voices[one], theirs.claim.voices[two])
        for one, two in aligned_voices(ours.sources, theirs.sources)
        if one in ours.inner and two in theirs.inner
    ]
    yield "detection", len(aligned)
    for one, two in aligned:
        yield "cue", shared(_cue(one), _cue(two))
        # Only mentions that are paired name the voice in the same words.
        named = nearby[1].of(two)
        places = ((place, named.get(gold_of.get(mention, ""))) for mention, place in nearby[0].of(one).items())
        yield "source", sum(shared(place, other) for place, other in places if other is not None)
        yield from ((f"labels.{label}", getattr(one, label) is getattr(two, label)) for label in VOICE_LABELS)


def _cue(voice: Voice) -> Place:
    return () if voice.cue is None else place_of((voice.cue,))


class _Sources:
    """The mentions that name a voice: those of its source in the sentence of its cue."""

    def __init__(self, article: Article, ledger: Ledger) -> None:
        self._ledger = ledger
        self._mentions = defaultdict[tuple[str, int | None], dict[str, Place]](dict)
        for mention in article.mentions:
            sentence = ledger.sentence_at(mention.span.start)
            self._mentions[mention.entity, sentence][mention.id] = place_of((mention.span,))

    def of(self, voice: Voice) -> Mapping[str, Place]:
        """Return the places of the mentions of a voice, by their ids; none if it has no cue."""
        if voice.cue is None:
            return {}
        return self._mentions.get((voice.source, self._ledger.sentence_at(voice.cue.start)), {})
