"""What scoring counts, and the three shares made of it: precision, recall and F1.

Here: `Counts`, and the ledger in which everything that is scored is counted by sentence.
Not here: what is counted (`scores.py`, `attribution.py`, `commitment.py`, `coreference.py`).

Every figure is made from sums of counts, so that figures of a corpus are figures of its summed counts, and a bootstrap
only has to sum other sentences or documents.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from typing import Final, TypeAlias

import attrs

from oped_dataset.model.article import Article

Key: TypeAlias = tuple[str, str]
"""What is counted, such as `claims.spans`, and as what, such as `gold`."""

Tally: TypeAlias = Mapping[Key, float]
"""How much of everything was counted; what is not there is 0."""

SIDES: Final = ("matched", "predicted", "found", "gold")

STEPS: Final = 2**20
"""Shares are rounded to this part of 1, which a float holds exactly: equal shares are equal, and sums do not depend on
their order."""


def rounded(share: float) -> float:
    """Round a share to a step."""
    return round(share * STEPS) / STEPS


@attrs.frozen(kw_only=True)
class Counts:
    """How much was predicted, how much there is, and how much of each is right.

    Where pairs are one to one, `matched` and `found` are the same number. They differ where several predicted records
    may answer to one gold record, and in the measures of coreference.

    Attributes:
        matched: How much of the predicted is right.
        predicted: How much was predicted.
        found: How much of the gold was found.
        gold: How much there is.

    Example:
        >>> Counts(matched=3, predicted=4, found=3, gold=5).recall
        0.6
    """

    matched: float = 0
    predicted: float = 0
    found: float = 0
    gold: float = 0

    @property
    def precision(self) -> float | None:
        """The share of the predicted that is right; None where nothing was predicted."""
        return self.matched / self.predicted if self.predicted else None

    @property
    def recall(self) -> float | None:
        """The share of the gold that was found; None where there is no gold."""
        return self.found / self.gold if self.gold else None

    @property
    def f1(self) -> float | None:
        """The harmonic mean of precision and recall; 0 where one side is empty, None where both are."""
        if not (self.predicted or self.gold):
            return None
        # 2PR / (P + R), put so that 2 m / (p + g) comes out exactly where pairs are one to one.
        both = self.matched * self.gold + self.found * self.predicted
        return 2 * self.matched * self.found / both if both else 0.0

    @classmethod
    def of(cls, tally: Tally, name: str) -> Counts:
        """Look the four numbers of one name up in a tally."""
        matched, predicted, found, gold = (tally.get((name, side), 0) for side in SIDES)
        return cls(matched=matched, predicted=predicted, found=found, gold=gold)


class Ledger:
    """Counts by sentence of the gold article; what stands in none of them is counted in a last place of its own."""

    def __init__(self, gold: Article) -> None:
        """Make an empty page for each sentence."""
        spans = sorted(sentence.span for sentence in gold.source.sentences)
        self._starts = [span.start for span in spans]
        self._ends = [span.end for span in spans]
        self.pages: list[dict[Key, float]] = [{} for _ in range(len(spans) + 1)]

    def sentence_at(self, offset: int) -> int | None:
        """The number of the sentence at an offset, or None between sentences."""
        number = bisect_right(self._starts, offset) - 1
        return number if number >= 0 and offset < self._ends[number] else None

    def add(self, name: str, side: str, amount: float, offset: int | None = None) -> None:
        """Count something in the sentence at an offset."""
        number = None if offset is None else self.sentence_at(offset)
        page = self.pages[-1 if number is None else number]
        page[name, side] = page.get((name, side), 0) + amount

    def add_right(self, name: str, amount: float, offsets: tuple[int | None, int | None], *, first: bool) -> None:
        """Count what two records have in common, on each side in its sentence; in the gold only for the first pair."""
        if amount:
            self.add(name, "matched", amount, offsets[0])
            if first:
                self.add(name, "found", amount, offsets[1])


def total(tallies: Iterable[Tally]) -> dict[Key, float]:
    """Sum tallies."""
    summed: dict[Key, float] = {}
    for tally in tallies:
        for key, amount in tally.items():
            summed[key] = summed.get(key, 0) + amount
    return summed
