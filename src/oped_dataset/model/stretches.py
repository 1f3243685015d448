"""Half-open stretches of numbers, such as offsets or days: which of them touch a given one.

Here: a search whose time depends on the number of results.
Not here: spans (`records.py`) and dates (`dates.py`), whose stretches are searched.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from typing import TypeAlias

Stretch: TypeAlias = tuple[int, int]
"""The first number, and the number after the last."""


class Stretches:
    """An index of stretches that finds those that touch another one.

    The number of steps of a search is proportional to the number of results, times the logarithm of the number of
    stretches.

    Example:
        >>> Stretches([(5, 9), (0, 3), (2, 6)]).touching(2, 3)
        [1, 2]
    """

    __slots__ = ("_leaves", "_positions", "_reached", "_starts")

    def __init__(self, stretches: Iterable[Stretch]) -> None:
        """Sort the stretches and build the tree."""
        ordered = sorted((start, end, position) for position, (start, end) in enumerate(stretches))
        self._starts = tuple(start for start, _, _ in ordered)
        self._positions = tuple(position for _, _, position in ordered)
        # In the binary tree, a leaf contains the end of one stretch, and a node the larger of the ends below it.
        self._leaves = 1 << (len(ordered) - 1).bit_length() if ordered else 1
        self._reached = [0] * self._leaves + [end for _, end, _ in ordered]
        self._reached += [0] * (2 * self._leaves - len(self._reached))
        for node in range(self._leaves - 1, 0, -1):
            self._reached[node] = max(self._reached[2 * node], self._reached[2 * node + 1])

    def touching(self, start: int, end: int) -> list[int]:
        """Return the positions, sorted, of the stretches that share a number with the stretch from `start` to `end`."""
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
    """The union of some stretches.

    Example:
        >>> Cover([(5, 9), (0, 3), (2, 5)]).touches(4, 5)
        True
    """

    __slots__ = ("_ends", "_starts")

    def __init__(self, stretches: Iterable[Stretch]) -> None:
        """Join stretches that overlap or adjoin."""
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in sorted(stretches):
            if self._ends and start <= self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], end)
            else:
                self._starts.append(start)
                self._ends.append(end)

    def touches(self, start: int, end: int) -> bool:
        """Whether the union contains a number of the stretch from `start` to `end`."""
        last = bisect_left(self._starts, end) - 1
        return last >= 0 and self._ends[last] > start

    def contains(self, start: int, end: int) -> bool:
        """Whether the union contains the whole stretch from `start` to `end`."""
        last = bisect_right(self._starts, start) - 1
        return last >= 0 and self._ends[last] >= end
