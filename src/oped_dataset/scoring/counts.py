"""Counts, and the shares computed from them: precision, recall and F1.

Here: `Counts`, and the ledger that counts everything by sentence.
Not here: counting itself (`layers.py`, `attribution.py`, `commitment.py`, `coreference.py`).

Every figure is computed from sums of counts, so that the figures of a corpus are those of its summed counts, and a
bootstrap only sums other sentences or documents.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from typing import Final, TypeAlias

import attrs

from oped_dataset.model.article import Article

Key: TypeAlias = tuple[str, str]
"""The name of a count, such as `claims.spans`, and its side, such as `gold`."""

Tally: TypeAlias = Mapping[Key, float]
"""The amounts counted; absent keys are 0."""

SIDES: Final = ("matched", "predicted", "found", "gold")

STEPS: Final = 2**20
"""Shares are rounded to multiples of 1 / STEPS, which a float represents exactly, so that equal shares compare equal
and sums do not depend on their order."""


def rounded(share: float) -> float:
    """Round a share to a multiple of 1 / STEPS."""
    return round(share * STEPS) / STEPS


@attrs.frozen(kw_only=True)
class Counts:
    """The amounts predicted and in the gold, and how much of each is right.

    For one-to-one pairs, `matched` equals `found`. They differ if several predicted records can match one gold record,
    and in the measures of coreference.

    Attributes:
        matched: The amount of the prediction that is right.
        predicted: The amount predicted.
        found: The amount of the gold that was found.
        gold: The amount in the gold.

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
        """The share of the prediction that is right; None if nothing was predicted."""
        return self.matched / self.predicted if self.predicted else None

    @property
    def recall(self) -> float | None:
        """The share of the gold that was found; None if there is no gold."""
        return self.found / self.gold if self.gold else None

    @property
    def f1(self) -> float | None:
        """The harmonic mean of precision and recall; 0 if one side is empty, None if both are."""
        if not (self.predicted or self.gold):
            return None
        # 2PR / (P + R), rearranged so that it is exactly 2 m / (p + g) for one-to-one pairs.
        both = self.matched * self.gold + self.found * self.predicted
        return 2 * self.matched * self.found / both if both else 0.0

    @classmethod
    def of(cls, tally: Tally, name: str) -> Counts:
        """Return the counts with a name in a tally."""
        matched, predicted, found, gold = (tally.get((name, side), 0) for side in SIDES)
        return cls(matched=matched, predicted=predicted, found=found, gold=gold)


class Ledger:
    """Counts by sentence of the gold article, with one more page for everything outside sentences."""

    def __init__(self, gold: Article) -> None:
        """Create an empty page for each sentence."""
        spans = sorted(sentence.span for sentence in gold.source.sentences)
        self._starts = [span.start for span in spans]
        self._ends = [span.end for span in spans]
        self.pages: list[dict[Key, float]] = [{} for _ in range(len(spans) + 1)]

    def sentence_at(self, offset: int) -> int | None:
        """Return the number of the sentence at an offset; None between sentences."""
        number = bisect_right(self._starts, offset) - 1
        return number if number >= 0 and offset < self._ends[number] else None

    def add(self, name: str, side: str, amount: float, offset: int | None = None) -> None:
        """Add an amount in the sentence at an offset."""
        number = None if offset is None else self.sentence_at(offset)
        # The last page is for everything outside sentences.
        page = self.pages[-1 if number is None else number]
        page[name, side] = page.get((name, side), 0) + amount

    def add_right(self, name: str, amount: float, offsets: tuple[int | None, int | None], *, first: bool) -> None:
        """Add the amount common to two records, on each side in its sentence; in the gold for the first pair only."""
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
