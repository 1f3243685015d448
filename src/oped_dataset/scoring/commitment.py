"""Scoring the commitments of voices.

Here: the outcomes of commitments, the counts, and the measures of the event-factuality literature.
Not here: aligning voices (`attribution.py`).

The scale from -3 to 3 is that of Stanovsky et al. 2017, who mapped several corpora to it and report mean absolute error
and Pearson's r; kappa with quadratic weights is that of Cohen 1968.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from math import sqrt
from typing import Final, NamedTuple

import attrs

from oped_dataset.model.article import Article
from oped_dataset.model.vocabulary import Commitment
from oped_dataset.scoring.attribution import Chains, aligned_voices
from oped_dataset.scoring.counts import Counts, Ledger, Tally
from oped_dataset.scoring.matching import Pairing
from oped_dataset.scoring.similarity import length, place_of, shared

FACTUALITY: Final[Mapping[Commitment, int]] = {
    Commitment.CERTAIN: 3,
    Commitment.PROBABLE: 2,
    Commitment.POSSIBLE: 1,
    Commitment.UNCOMMITTED: 0,
    Commitment.KNOWS_WHETHER: 0,
    Commitment.POSSIBLY_NOT: -1,
    Commitment.PROBABLY_NOT: -2,
    Commitment.CERTAINLY_NOT: -3,
}
"""Each commitment on the scale of event factuality."""


class CommitmentOutcome(StrEnum):
    """The outcome for the commitment of a voice; exactly one applies."""

    KEPT = "kept"
    """The same label."""

    SOFTENED = "softened"
    """A weaker commitment that does not have the opposite polarity."""

    HARDENED = "hardened"
    """A stronger commitment that does not have the opposite polarity."""

    REVERSED = "reversed"
    """A commitment of the opposite polarity."""


def commitment_outcome(predicted: Commitment, gold: Commitment) -> CommitmentOutcome:
    """Compare two commitments; knows-whether counts as stronger than uncommitted.

    Example:
        >>> str(commitment_outcome(Commitment.CERTAIN, Commitment.POSSIBLE))
        'hardened'
    """
    if predicted is gold:
        return CommitmentOutcome.KEPT
    if FACTUALITY[predicted] * FACTUALITY[gold] < 0:
        return CommitmentOutcome.REVERSED
    return CommitmentOutcome.HARDENED if _strength(predicted) > _strength(gold) else CommitmentOutcome.SOFTENED


def _strength(commitment: Commitment) -> tuple[int, bool]:
    return abs(FACTUALITY[commitment]), commitment is Commitment.KNOWS_WHETHER


@attrs.frozen(kw_only=True)
class CommitmentScore:
    """The score of commitments.

    Attributes:
        labels: The voices with each commitment; a lost voice counts as not found, and a spurious one as predicted.
        confusion: The number of voices with a gold commitment (first) and a predicted one (second), over the voices
            that paired claims have in common; only pairs that occur.
        hedges: Characters of the words that soften a voice.
    """

    labels: Mapping[Commitment, Counts]
    confusion: Mapping[tuple[Commitment, Commitment], int]
    hedges: Counts

    @property
    def compared(self) -> int:
        """The number of voices that are compared."""
        return sum(self.confusion.values())

    @property
    def outcomes(self) -> dict[CommitmentOutcome, int]:
        """The number of these voices with each outcome, including outcomes that do not occur."""
        counts = dict.fromkeys(CommitmentOutcome, 0)
        for (gold, predicted), count in self.confusion.items():
            counts[commitment_outcome(predicted, gold)] += count
        return counts

    @property
    def matrix(self) -> tuple[tuple[int, ...], ...]:
        """The confusion as a square matrix, with a row for each gold commitment and a column for each predicted one."""
        return tuple(tuple(self.confusion.get((gold, ours), 0) for ours in Commitment) for gold in Commitment)

    @property
    def voices(self) -> Counts:
        """The voices whose commitment is right, all commitments together."""
        sides = ("matched", "predicted", "found", "gold")
        return Counts(**{side: sum(getattr(each, side) for each in self.labels.values()) for side in sides})

    @property
    def macro_f1(self) -> float | None:
        """The unweighted mean F1 of the commitments that occur on either side; None if none occurs.

        Lost and spurious voices count as wrong, so that leaving out difficult voices does not raise the figure.
        """
        figures = [counts.f1 for counts in self.labels.values()]
        known = [figure for figure in figures if figure is not None]
        return sum(known) / len(known) if known else None

    @property
    def kappa(self) -> float | None:
        """Cohen's kappa with quadratic weights on the scale from -3 to 3, over the voices compared.

        None if no commitments can differ by chance, such as when all are certain on both sides.
        """
        # With quadratic weights, 1 - observed / expected disagreement equals this ratio of sums (Cohen 1968).
        moments = self._moments
        possible = moments.number * (moments.gold_squared + moments.ours_squared) - 2 * moments.gold * moments.ours
        return 2 * moments.covariance / possible if possible else None

    @property
    def mae(self) -> float | None:
        """The mean distance between predicted and gold on the scale from -3 to 3, over the voices compared."""
        distance = sum(
            count * abs(FACTUALITY[gold] - FACTUALITY[ours]) for (gold, ours), count in self.confusion.items()
        )
        return distance / self.compared if self.compared else None

    @property
    def pearson(self) -> float | None:
        """Pearson's r on the scale from -3 to 3, over the voices compared; None if one side is constant."""
        # Covariance and variances are both multiplied by the square of the number of voices.
        moments = self._moments
        spreads = [
            moments.number * moments.gold_squared - moments.gold**2,
            moments.number * moments.ours_squared - moments.ours**2,
        ]
        return moments.covariance / sqrt(spreads[0] * spreads[1]) if all(spreads) else None

    @property
    def _moments(self) -> _Moments:
        pairs = [(FACTUALITY[gold], FACTUALITY[ours], count) for (gold, ours), count in self.confusion.items()]
        return _Moments(
            number=self.compared,
            gold=sum(count * gold for gold, _, count in pairs),
            ours=sum(count * ours for _, ours, count in pairs),
            gold_squared=sum(count * gold * gold for gold, _, count in pairs),
            ours_squared=sum(count * ours * ours for _, ours, count in pairs),
            product=sum(count * gold * ours for gold, ours, count in pairs),
        )

    @property
    def uncertain(self) -> CommitmentScore:
        """The score over the voices that are not certain in the gold, which are those that can be hardened."""
        return CommitmentScore(
            labels={each: counts for each, counts in self.labels.items() if each is not Commitment.CERTAIN},
            confusion={both: count for both, count in self.confusion.items() if both[0] is not Commitment.CERTAIN},
            hedges=self.hedges,
        )

    @classmethod
    def of(cls, tally: Tally) -> CommitmentScore:
        """Compute the score from a tally."""
        confusion = {
            (gold, ours): int(tally.get((f"commitment.confusion.{gold}", ours), 0))
            for gold in Commitment
            for ours in Commitment
        }
        return cls(
            labels={each: Counts.of(tally, f"commitment.labels.{each}") for each in Commitment},
            confusion={both: count for both, count in confusion.items() if count},
            hedges=Counts.of(tally, "commitment.hedges"),
        )


class _Moments(NamedTuple):
    """Sums over the voices compared, as integers, so that no rounding error occurs."""

    number: int
    gold: int
    ours: int
    gold_squared: int
    ours_squared: int
    product: int

    @property
    def covariance(self) -> int:
        return self.number * self.product - self.gold * self.ours


def count_commitments(predicted: Article, gold: Article, pairing: Pairing, ledger: Ledger) -> None:
    """Count the commitments of all voices, and compare those of the voices that paired claims have in common."""
    chains = Chains(gold, pairing)
    for side, article in (("predicted", predicted), ("gold", gold)):
        for claim in article.claims:
            for voice in claim.voices:
                ledger.add(f"commitment.labels.{voice.commitment}", side, 1, claim.evidence[0].start)
                ledger.add("commitment.hedges", side, length(place_of(voice.hedges)), claim.evidence[0].start)
    for each in pairing.pairs["claims"]:
        ours, theirs = chains.predicted(each.predicted), chains.gold(each.gold)
        for one, two in aligned_voices(ours.sources, theirs.sources):
            voices = each.predicted.voices[one], each.gold.voices[two]
            found, wanted = (voice.commitment for voice in voices)
            offsets = ours.start, theirs.start
            softened = shared(*(place_of(voice.hedges) for voice in voices))
            ledger.add_right("commitment.hedges", softened, offsets, first=each.first)
            ledger.add_right(f"commitment.labels.{wanted}", found is wanted, offsets, first=each.first)
            if each.first:
                ledger.add(f"commitment.confusion.{wanted}", found, 1, theirs.start)
