"""Stretches of a line, be it a text or a calendar: which of many touch a given one.

Here: the search that does not look at all of them.
Not here: places in a text (`model.Span`) and dates (`dates.py`), which are such stretches.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from typing import TypeAlias

Stretch: TypeAlias = tuple[int, int]
"""Where it begins, and where it has ended."""


class Stretches:
    """Many stretches in any order, and those among them that touch another.

    A search takes as many steps as there are stretches that touch, times the logarithm of how many there are.

    Example:
        >>> Stretches([(5, 9), (0, 3), (2, 6)]).touching(2, 3)
        [1, 2]
    """

    __slots__ = ("_leaves", "_positions", "_reached", "_starts")

    def __init__(self, stretches: Iterable[Stretch]) -> None:
        """Order them by where they begin."""
        ordered = sorted((start, end, position) for position, (start, end) in enumerate(stretches))
        self._starts = tuple(start for start, _, _ in ordered)
        self._positions = tuple(position for _, _, position in ordered)
        # A tree of how far they reach: the leaves are the stretches, and a node reaches as far as the two below it.
        self._leaves = 1 << (len(ordered) - 1).bit_length() if ordered else 1
        self._reached = [0] * self._leaves + [end for _, end, _ in ordered]
        self._reached += [0] * (2 * self._leaves - len(self._reached))
        for node in range(self._leaves - 1, 0, -1):
            self._reached[node] = max(self._reached[2 * node], self._reached[2 * node + 1])

    def touching(self, start: int, end: int) -> list[int]:
        """The positions, in rising order, of those that share a place with the stretch from `start` to before `end`."""
        found = []
        before_end = bisect_left(self._starts, end)
        waiting = [(1, 0, self._leaves)]
        while waiting:
            node, first, number = waiting.pop()
            if first >= before_end or self._reached[node] <= start:
                continue
            if number == 1:
                found.append(self._positions[first])
            else:
                half = number // 2
                waiting += [(2 * node, first, half), (2 * node + 1, first + half, half)]
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
