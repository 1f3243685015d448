"""How far a figure would move with other sentences or documents of the same kind: the bootstrap.

Here: drawing units with replacement, and intervals of figures and of paired differences.
Not here: which units there are (`scores.py`).

The intervals are percentile intervals (Efron 1979). Where two systems are compared, both are drawn on the same units
(paired bootstrap; Berg-Kirkpatrick et al. 2012).
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
"""So many units are kept apart; of more documents, every thousandth go together, which leaves the interval as it is."""


class Interval(NamedTuple):
    """Where a figure lies in the given share of the resamples."""

    low: float
    high: float


class Bounds(NamedTuple):
    """How a bootstrap is done."""

    seed: int
    level: float
    resamples: int


def check(bounds: Bounds) -> Bounds:
    """Accept a level between 0 and 1 and at least one resample.

    Raises:
        InvalidRecord: One of them is out of bounds.
    """
    if not 0 < bounds.level < 1:
        raise InvalidRecord(f"level: must lie between 0 and 1, not {bounds.level}", "level")
    if type(bounds.seed) is not int:
        # Without a number, every interval would be another one.
        raise InvalidRecord(f"seed: must be a whole number, not {quoted(bounds.seed)}", "seed")
    if bounds.resamples < 1:
        raise InvalidRecord(f"resamples: must be at least 1, not {bounds.resamples}", "resamples")
    return bounds


def intervals(
    systems: Sequence[Sequence[Tally]], scored: Sequence[str], bounds: Bounds
) -> Iterator[tuple[str, Interval | None]]:
    """The interval of each figure of one system, or of its difference between two; None where it cannot be told.

    Args:
        systems: The units of one system, or of two in the same order.
        scored: The layers.
        bounds: How the bootstrap is done.
    """
    drawn: dict[str, list[float]] = {}
    for weights in _draws(len(systems[0]), bounds):
        figures = [figures_of(_weighted(units, weights), scored) for units in systems]
        for name in figures[0]:
            known = [value for each in figures if (value := each.get(name)) is not None]
            if len(known) == len(systems):
                drawn.setdefault(name, []).append(known[0] if len(known) == 1 else known[1] - known[0])
    for name, values in drawn.items():
        yield name, _interval(sorted(values), bounds)


def _draws(units: int, bounds: Bounds) -> Iterator[Counter[int]]:
    chance = Random(bounds.seed)
    for _ in range(bounds.resamples if units > 1 else 0):
        yield Counter(chance.choices(range(units), k=units))


def _weighted(units: Sequence[Tally], weights: Counter[int]) -> Tally:
    summed: dict[Key, float] = {}
    for unit, weight in weights.items():
        for key, amount in units[unit].items():
            summed[key] = summed.get(key, 0) + weight * amount
    return summed


def _interval(values: Sequence[float], bounds: Bounds) -> Interval | None:
    """The percentile interval; None where the figure could be measured in fewer than half of the resamples."""
    if 2 * len(values) < bounds.resamples:
        return None
    tail = (1 - bounds.level) / 2
    return Interval(values[int(tail * len(values))], values[min(len(values) - 1, int((1 - tail) * len(values)))])
