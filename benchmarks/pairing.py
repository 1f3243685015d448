"""Figures that can be compared: all contenders in turn, round after round, and ratios inside a round.

What lives here: the order of measuring, when to stop, and the spread of what came out.
What does not: what is measured (`worker.py`, `fresh.py`).

The machine drifts, by other work and by heat, so no contender is measured to its end before another begins; that is
why pyperf, which does just this, is not used. A ratio is taken between two figures of one round, never of two.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from typing import Final

import attrs

FEWEST_ROUNDS: Final = 3
"""So many rounds are made even when the time is up."""


@attrs.frozen
class Effort:
    """How much is spent on one comparison.

    Attributes:
        rounds: The most rounds.
        seconds: No round begins after this, but for the fewest.
        fewest: So many rounds are made in any case.
    """

    rounds: int
    seconds: float
    fewest: int = FEWEST_ROUNDS


def interleaved(names: Sequence[str], measure: Callable[[str], int], effort: Effort) -> dict[str, list[int]]:
    """Measure each contender once a round; in each round another begins, and every second one goes backwards.

    Returns:
        For each contender its figures, one a round, so that equal places are of one round.
    """
    figures: dict[str, list[int]] = {name: [] for name in names}
    if not names:
        return figures
    begun = time.monotonic()
    for number in range(effort.rounds):
        if number >= effort.fewest and time.monotonic() - begun > effort.seconds:
            break
        first = number % len(names)
        order = [*names[first:], *names[:first]]
        for name in reversed(order) if number % 2 else order:
            figures[name].append(measure(name))
    return figures


@attrs.frozen
class Spread:
    """A median with the quartiles around it.

    Attributes:
        low: A quarter of the figures are below.
        median: Half of them are.
        high: A quarter are above.
    """

    low: float
    median: float
    high: float


def spread(figures: Sequence[float]) -> Spread:
    """The median and quartiles of at least one figure."""
    if len(figures) == 1:
        return Spread(figures[0], figures[0], figures[0])
    low, median, high = statistics.quantiles(figures, n=4, method="inclusive")
    return Spread(low, median, high)


def ratio(figures: Sequence[int], others: Sequence[int]) -> Spread:
    """The spread of the ratios round by round."""
    return spread([one / other for one, other in zip(figures, others, strict=True)])
