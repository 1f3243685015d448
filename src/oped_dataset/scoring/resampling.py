"""The bootstrap: intervals of figures from resampled sentences or documents.

Here: drawing units with replacement, and intervals of figures and of paired differences.
Not here: the units (`scores.py`).

The intervals are percentile intervals (Efron 1979). Two systems are compared on the same draws (paired bootstrap;
Berg-Kirkpatrick et al. 2012).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from random import Random
from typing import Final, NamedTuple

from oped_dataset.errors import InvalidRecord
from oped_dataset.messages import quoted
from oped_dataset.scoring.counts import Key, Tally
from oped_dataset.scoring.figures import figures_of

MOST_UNITS: Final = 1000
"""The most units; the documents beyond them are added to these in turn, which hardly changes the intervals."""


class Interval(NamedTuple):
    """The interval of a figure in the given share of the resamples."""

    low: float
    high: float


class Bounds(NamedTuple):
    """The options of a bootstrap."""

    seed: int
    level: float
    resamples: int


def check(bounds: Bounds) -> Bounds:
    """Check the options of a bootstrap and return them.

    Raises:
        InvalidRecord: An option is out of bounds.
    """
    if not 0 < bounds.level < 1:
        raise InvalidRecord(f"level: must lie between 0 and 1, not {bounds.level}", "level")
    if type(bounds.seed) is not int:
        # Random(None) would give different intervals each time.
        raise InvalidRecord(f"seed: must be a whole number, not {quoted(bounds.seed)}", "seed")
    if bounds.resamples < 1:
        raise InvalidRecord(f"resamples: must be at least 1, not {bounds.resamples}", "resamples")
    return bounds


def intervals(
    systems: Sequence[Sequence[Tally]], scored: Sequence[str], bounds: Bounds
) -> Iterator[tuple[str, Interval | None]]:
    """Yield the interval of each figure of one system, or of its difference between two; None if undetermined.

    Args:
        systems: The units of one system, or of two in the same order.
        scored: The scored layers.
        bounds: The options of the bootstrap.
    """
    drawn: dict[str, list[float]] = {}
    chance = Random(bounds.seed)
    numbers = range(len(systems[0]))
    for _ in range(bounds.resamples if len(numbers) > 1 else 0):
        weights = Counter(chance.choices(numbers, k=len(numbers)))
        figures = [figures_of(_sum_weighted(units, weights), scored) for units in systems]
        for name in figures[0]:
            # A difference needs the figure of both systems in the same draw.
            known = [value for each in figures if (value := each.get(name)) is not None]
            if len(known) == len(systems):
                drawn.setdefault(name, []).append(known[0] if len(known) == 1 else known[1] - known[0])
    for name, values in drawn.items():
        yield name, _percentiles(sorted(values), bounds)


def _sum_weighted(units: Sequence[Tally], weights: Counter[int]) -> Tally:
    summed: dict[Key, float] = {}
    for unit, weight in weights.items():
        for key, amount in units[unit].items():
            summed[key] = summed.get(key, 0) + weight * amount
    return summed


def _percentiles(values: Sequence[float], bounds: Bounds) -> Interval | None:
    """Return the percentile interval; None if fewer than half of the resamples have the figure."""
    if 2 * len(values) < bounds.resamples:
        return None
    tail = (1 - bounds.level) / 2
    return Interval(values[int(tail * len(values))], values[min(len(values) - 1, int((1 - tail) * len(values)))])
