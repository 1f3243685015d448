"""Stretches of a line, be it a text or a calendar: which of many touch a given one.

What lives here: the search that does not look at all of them.
What does not: places in a text (`model.Span`) and dates (`dates.py`), which are such stretches.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from itertools import accumulate
from typing import TypeAlias

Stretch: TypeAlias = tuple[int, int]
"""Where it begins, and where it has ended."""


class Stretches:
    """Many stretches in any order, and those among them that touch another.

    A search takes as many steps as there are stretches that touch, and some more where a long one begins far before.

    Example:
        >>> Stretches([(5, 9), (0, 3), (2, 6)]).touching(2, 3)
        [1, 2]
    """

    __slots__ = ("_ends", "_positions", "_reached", "_starts")

    def __init__(self, stretches: Iterable[Stretch]) -> None:
        """Order them by where they begin."""
        ordered = sorted((start, end, position) for position, (start, end) in enumerate(stretches))
        self._starts = tuple(start for start, _, _ in ordered)
        self._ends = tuple(end for _, end, _ in ordered)
        self._positions = tuple(position for _, _, position in ordered)
        # How far this one and all before it reach.
        self._reached = tuple(accumulate(self._ends, max))

    def touching(self, start: int, end: int) -> list[int]:
        """The positions, in rising order, of those that share a place with the stretch from `start` to before `end`."""
        found = []
        at = bisect_left(self._starts, end) - 1
        while at >= 0 and self._reached[at] > start:
            if self._ends[at] > start:
                found.append(self._positions[at])
            at -= 1
        return sorted(found)


class Cover:
    """The places that some stretches cover together.

    Example:
        >>> Cover([(5, 9), (0, 3), (2, 5)]).touches(4, 5)
        True
    """

    __slots__ = ("_ends", "_starts")

    def __init__(self, stretches: Iterable[Stretch]) -> None:
        """Join those that overlap or adjoin."""
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in sorted(stretches):
            if self._ends and start <= self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], end)
            else:
                self._starts.append(start)
                self._ends.append(end)

    def touches(self, start: int, end: int) -> bool:
        """Whether a place from `start` to before `end` is covered."""
        last = bisect_left(self._starts, end) - 1
        return last >= 0 and self._ends[last] > start
