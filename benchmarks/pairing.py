"""Figures that can be compared: all contenders in turn, round after round, and ratios inside a round.

Here: the order of measuring, when to stop, and the spread of the figures.
Not here: the measurements (`worker.py`, `fresh.py`).

Other work and heat make the machine drift, so no contender is measured to its end before another begins. pyperf does
just that, and is therefore not used. A ratio is taken between two figures of one round.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence

import attrs


@attrs.frozen
class Effort:
    """The effort spent on one comparison.

    Attributes:
        rounds: The largest number of rounds.
        seconds: The time after which no round begins, except the fewest.
        fewest: The number of rounds that are made even then.
        patience: The time in seconds after which no second round begins in any case.
    """

    rounds: int
    seconds: float
    fewest: int = 3
    patience: float = 25


def interleaved(names: Sequence[str], measure: Callable[[str], int], effort: Effort) -> dict[str, list[int]]:
    """Measure each contender once a round; a different one begins each round, and every second round goes backwards.

    Returns:
        For each contender its figures, one a round, in the order of the rounds.
    """
    figures: dict[str, list[int]] = {name: [] for name in names}
    if not names:
        return figures
    begun = time.monotonic()
    for number in range(effort.rounds):
        passed = time.monotonic() - begun
        if number and passed > (effort.patience if number < effort.fewest else effort.seconds):
            break
        step = -1 if number % 2 else 1
        for place in range(len(names)):
            name = names[(number + step * place) % len(names)]
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
    """Return the median and quartiles of at least one figure."""
    if len(figures) == 1:
        return Spread(figures[0], figures[0], figures[0])
    low, median, high = statistics.quantiles(figures, n=4, method="inclusive")
    return Spread(low, median, high)


def ratio(figures: Sequence[int], others: Sequence[int]) -> Spread:
    """Return the spread of the ratios, round by round."""
    return spread([one / other for one, other in zip(figures, others, strict=True)])
