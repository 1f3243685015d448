"""What became of the voices of matched claims: attribution and commitment, kept or not.

What lives here: the outcomes for one chain of voices and one commitment, and their counts.
What does not: which claims are matched (`matching.py`) and precision and recall (`scores.py`).

The formulas, with worked examples, are in `docs/scoring.md`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Final

import attrs

from oped_dataset.model.records import Claim
from oped_dataset.model.vocabulary import Commitment

STRENGTH: Final[Mapping[Commitment, int]] = {
    Commitment.UNCOMMITTED: 0,
    Commitment.KNOWS_WHETHER: 1,
    Commitment.POSSIBLE: 2,
    Commitment.PROBABLE: 3,
    Commitment.CERTAIN: 4,
    Commitment.POSSIBLY_NOT: -2,
    Commitment.PROBABLY_NOT: -3,
    Commitment.CERTAINLY_NOT: -4,
}
"""How much each commitment commits, and below 0 that it is to the contrary."""


class ChainOutcome(StrEnum):
    """What became of the chain of voices of a matched claim; exactly one of these."""

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


class CommitmentOutcome(StrEnum):
    """What became of the commitment of a voice; exactly one of these."""

    KEPT = "kept"
    """The same label."""

    SOFTENED = "softened"
    """A weaker commitment, not to the contrary."""

    HARDENED = "hardened"
    """A stronger commitment, not to the contrary."""

    REVERSED = "reversed"
    """A commitment to the contrary."""


def chain_outcome(predicted: Sequence[str | None], gold: Sequence[str]) -> ChainOutcome:
    """Compare two chains of sources, outermost first.

    Args:
        predicted: The ids of the gold entities that the predicted sources are; None for those that are none.
        gold: The ids of the gold sources.

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


def commitment_outcome(predicted: Commitment, gold: Commitment) -> CommitmentOutcome:
    """Compare two commitments.

    Example:
        >>> str(commitment_outcome(Commitment.CERTAIN, Commitment.POSSIBLE))
        'hardened'
    """
    ours, theirs = STRENGTH[predicted], STRENGTH[gold]
    if ours == theirs:
        return CommitmentOutcome.KEPT
    if ours * theirs < 0:
        return CommitmentOutcome.REVERSED
    return CommitmentOutcome.HARDENED if abs(ours) > abs(theirs) else CommitmentOutcome.SOFTENED


def aligned_voices(predicted: Sequence[str | None], gold: Sequence[str]) -> list[tuple[int, int]]:
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
            skip_ours = ahead > behind or (ahead == behind and str(predicted[one]) > gold[two])
            one, two = (one + 1, two) if skip_ours else (one, two + 1)
    return pairs


def _share(part: int, whole: int, *, if_none: bool) -> float:
    return part / whole if whole else float(if_none)


@attrs.frozen(kw_only=True)
class AttributionFidelity:
    """What became of the chains of voices of the matched claims.

    Attributes:
        outcomes: How many claims had each outcome, all outcomes being there.
        vacuous: Whether neither article has a claim, so that nothing could be lost.
    """

    outcomes: Mapping[ChainOutcome, int]
    vacuous: bool

    @property
    def matched(self) -> int:
        """How many claims are matched."""
        return sum(self.outcomes.values())

    @property
    def kept(self) -> float:
        """The share of the matched claims whose whole chain is kept, from 0 to 1.

        With no claim matched it is 0, or 1 when neither article has a claim.
        """
        return self.share(ChainOutcome.KEPT)

    def share(self, outcome: ChainOutcome | str) -> float:
        """The share of the matched claims with an outcome; with none matched as for `kept`, and else 0."""
        outcome = ChainOutcome(outcome)
        return _share(self.outcomes[outcome], self.matched, if_none=self.vacuous and outcome is ChainOutcome.KEPT)

    def __add__(self, other: AttributionFidelity) -> AttributionFidelity:
        """Pool the claims of two."""
        return AttributionFidelity(
            outcomes={outcome: self.outcomes[outcome] + other.outcomes[outcome] for outcome in ChainOutcome},
            vacuous=self.vacuous and other.vacuous,
        )


@attrs.frozen(kw_only=True)
class CommitmentFidelity:
    """What became of the commitments of the voices that matched claims have in common.

    Attributes:
        confusion: How often a gold commitment (first) became a predicted one (second); pairs that occur.
        vacuous: Whether neither article has a claim, so that nothing could be changed.
    """

    confusion: Mapping[tuple[Commitment, Commitment], int]
    vacuous: bool

    @property
    def compared(self) -> int:
        """How many voices are compared."""
        return sum(self.confusion.values())

    @property
    def outcomes(self) -> dict[CommitmentOutcome, int]:
        """How many voices had each outcome, all outcomes being there."""
        counts = dict.fromkeys(CommitmentOutcome, 0)
        for (gold, predicted), count in self.confusion.items():
            counts[commitment_outcome(predicted, gold)] += count
        return counts

    @property
    def matrix(self) -> tuple[tuple[int, ...], ...]:
        """The confusion as a square, a row for each gold commitment and a column for each predicted one, in order."""
        return tuple(tuple(self.confusion.get((gold, ours), 0) for ours in Commitment) for gold in Commitment)

    @property
    def kept(self) -> float:
        """The share of the compared voices whose commitment is the same, from 0 to 1.

        With no voice compared it is 0, or 1 when neither article has a claim.
        """
        return self.share(CommitmentOutcome.KEPT)

    def share(self, outcome: CommitmentOutcome | str) -> float:
        """The share of the compared voices with an outcome; with none compared as for `kept`, and else 0."""
        outcome = CommitmentOutcome(outcome)
        return _share(self.outcomes[outcome], self.compared, if_none=self.vacuous and outcome is CommitmentOutcome.KEPT)

    def __add__(self, other: CommitmentFidelity) -> CommitmentFidelity:
        """Pool the voices of two."""
        return CommitmentFidelity(
            confusion=dict(Counter(self.confusion) + Counter(other.confusion)),
            vacuous=self.vacuous and other.vacuous,
        )


def fidelity(
    pairs: Iterable[tuple[Claim, Claim]], entities: Mapping[str, str], *, vacuous: bool
) -> tuple[AttributionFidelity, CommitmentFidelity]:
    """Compare the voices of matched claims.

    Args:
        pairs: Predicted and gold claims.
        entities: From the id of a predicted entity to that of the gold entity it is.
        vacuous: Whether neither article has a claim.
    """
    chains = dict.fromkeys(ChainOutcome, 0)
    confusion: Counter[tuple[Commitment, Commitment]] = Counter()
    for predicted, gold in pairs:
        ours = [entities.get(voice.source) for voice in predicted.voices]
        theirs = [voice.source for voice in gold.voices]
        chains[chain_outcome(ours, theirs)] += 1
        for one, two in aligned_voices(ours, theirs):
            confusion[gold.voices[two].commitment, predicted.voices[one].commitment] += 1
    return (
        AttributionFidelity(outcomes=chains, vacuous=vacuous),
        CommitmentFidelity(confusion=dict(confusion), vacuous=vacuous),
    )
