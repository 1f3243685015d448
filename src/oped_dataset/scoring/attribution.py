"""Whether what an article attributes to others was found, given to the right voices, and marked in the right place.

Here: what became of a chain of voices, and the counts of attribution as detection.
Not here: which claims are paired (`matching.py`) and how sure the voices are (`commitment.py`).

Only claims with an inner voice are looked at, because the others have no voice to lose. An inner voice is any but an
author who speaks outermost. The formulas, with worked examples, are in `docs/scoring.md`.
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
    """What became of the chain of voices of an attributed gold claim; exactly one of these."""

    KEPT = "kept"
    """The same sources in the same order."""

    FLATTENED = "flattened"
    """Of several voices only the outermost is left, a bare assertion of the author."""

    LOST = "lost"
    """Some voices are missing in another way, and the others are right."""

    ADDED = "added"
    """All voices are there, and others besides."""

    REPLACED = "replaced"
    """As many voices, not all with the right source."""

    OTHER = "other"
    """More than one of these at a time."""

    MISSED = "missed"
    """The claim was not found."""


def chain_outcome(predicted: Sequence[Hashable], gold: Sequence[Hashable]) -> ChainOutcome:
    """Compare two chains of sources, outermost first, in terms of the gold article.

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
        Positions in the two chains.
    """
    # longest[i][j] is how much the chains have in common from i and from j on.
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
            # Where both ways are as good, the names decide, so that the two chains may change places.
            skip_ours = ahead > behind or (ahead == behind and str(predicted[one]) > str(gold[two]))
            one, two = (one + 1, two) if skip_ours else (one, two + 1)
    return pairs


class Depths(dict[int, Counts]):
    """Counts by the number of voices; where no chain is so deep, there is nothing to measure."""

    def __missing__(self, depth: int) -> Counts:
        """Count nothing."""
        return Counts()


@attrs.frozen(kw_only=True)
class AttributionScore:
    """How well a prediction keeps who says what, over the claims with an inner voice.

    Attributes:
        claims: Claims that are attributed to somebody, whoever it is.
        chains: Claims whose whole chain is right: the same sources in the same order.
        detection: Single attributions of a claim to an inner voice, in the right order among those that are right.
        by_depth: The chains by their number of voices, from 2.
        outcomes: What became of the chain of each attributed gold claim; they sum up to the number of these claims.
        source: Characters of the mentions of inner voices in the sentences of their cues.
        cue: Characters of the words of attribution.
        content: Characters of the evidence of attributed claims.
        labels: Inner voices with the right source whose act, channel or mode is right.
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
        """Look everything up in a tally."""
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
    """The voices of a claim in terms of the gold article.

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
        """How many voices there are, the author among them."""
        return len(self.inner) + 1

    @property
    def start(self) -> int:
        """Where the claim's evidence begins."""
        return self.claim.evidence[0].start


class Chains:
    """The chains of both articles, compared as pairs of claims."""

    def __init__(self, gold: Article, pairing: Pairing) -> None:
        """Take the authors of the gold article for the outermost voices."""
        self._authors = set[Hashable](gold.authors)
        self._links = pairing.links

    def predicted(self, claim: Claim) -> Chain:
        """The chain of a predicted claim."""
        return self._chain(claim, [self._links.predicted("entities", voice.source) for voice in claim.voices])

    def gold(self, claim: Claim) -> Chain:
        """The chain of a gold claim."""
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
            for name, amount in _common(ours, theirs, nearby, pairing.links.gold_of["mentions"]):
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


def _common(
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
        yield "source", _named_alike(nearby[0].of(one), nearby[1].of(two), gold_of)
        yield from ((f"labels.{label}", getattr(one, label) is getattr(two, label)) for label in VOICE_LABELS)


def _cue(voice: Voice) -> Place:
    return () if voice.cue is None else place_of((voice.cue,))


class _Sources:
    """The mentions by which an article names its voices: those of the source in the sentence of the cue."""

    def __init__(self, article: Article, ledger: Ledger) -> None:
        self._ledger = ledger
        self._mentions = defaultdict[tuple[str, int | None], dict[str, Place]](dict)
        for mention in article.mentions:
            sentence = ledger.sentence_at(mention.span.start)
            self._mentions[mention.entity, sentence][mention.id] = place_of((mention.span,))

    def of(self, voice: Voice) -> Mapping[str, Place]:
        """Where a voice is named, by the ids of the mentions; nowhere when its cue is missing."""
        if voice.cue is None:
            return {}
        return self._mentions.get((voice.source, self._ledger.sentence_at(voice.cue.start)), {})


def _named_alike(ours: Mapping[str, Place], theirs: Mapping[str, Place], gold_of: Mapping[str, str]) -> int:
    """How many characters the mentions on both sides have in common that answer to each other."""
    places = ((place, theirs.get(gold_of.get(mention, ""))) for mention, place in ours.items())
    return sum(shared(place, other) for place, other in places if other is not None)
