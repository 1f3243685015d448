"""Pairs of two sides, one to one, of the greatest total weight.

Here: the assignment, on whole numbers, so that equal weights are equal.
Not here: what a pair weighs (`matching.py`, `coreference.py`).

Rows are put in one after the other, each by the best path of changes, and a change is made only where it raises the
total. So a row that comes last and cannot raise the total changes nothing, and no library has to be there. The
potentials are those of the Hungarian method for sparse problems (Jonker and Volgenant 1987).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

Edges: TypeAlias = Mapping[int, int]
"""What a row weighs with each column it may be paired with, each more than 0."""


def assign(rows: Sequence[Edges]) -> list[tuple[int, int]]:
    """Pair rows with columns, one to one, so that the weights of the pairs sum up to the most.

    A row or column may stay alone. Among equally good ways the pairs of earlier rows are kept.

    Example:
        >>> assign([{0: 9, 1: 8}, {0: 8}])
        [(0, 1), (1, 0)]
        >>> assign([{0: 9, 1: 3}, {0: 5}])
        [(0, 0)]
    """
    solver = _Solver(rows)
    # A row like one that is left over already would be left over too.
    left_over = set[frozenset[tuple[int, int]]]()
    for row, edges in enumerate(rows):
        shape = frozenset(edges.items())
        if shape not in left_over and not solver.insert(row):
            left_over.add(shape)
    return sorted((row, column) for column, row in solver.row_of.items() if column >= 0)


class _Solver:
    """Every row has a column: one of its own that weighs nothing, numbered below 0, is there to be left over in."""

    def __init__(self, rows: Sequence[Edges]) -> None:
        self._rows = rows
        self.row_of: dict[int, int] = {}
        self._column_of: dict[int, int] = {}
        self._row_price: dict[int, int] = {}
        self._column_price: dict[int, int] = {}

    def insert(self, row: int) -> bool:
        """Give a row a column by the cheapest path of changes; say whether it was not left over."""
        self._row_price[row] = min(cost - self._column_price.get(column, 0) for column, cost in self._costs(row))
        distance, through, reached = dict[int, int](), dict[int, int](), dict[int, int]()
        current, so_far = row, 0
        while True:
            for column, cost in self._costs(current):
                if column not in reached:
                    length = so_far + cost - self._row_price[current] - self._column_price.get(column, 0)
                    if column not in distance or length < distance[column]:
                        distance[column], through[column] = length, current
            # At a tie the row is left over and nothing changes, and else a free column is better than one that is not.
            nearest = min(distance, key=lambda column: (distance[column], column != ~row, column in self.row_of))
            so_far = distance.pop(nearest)
            if nearest not in self.row_of:
                break
            reached[nearest] = so_far
            current = self.row_of[nearest]
        self._reprice(row, reached, so_far)
        self._follow(nearest, row, through)
        return nearest != ~row

    def _costs(self, row: int) -> Iterator[tuple[int, int]]:
        yield ~row, 0
        for column, weight in self._rows[row].items():
            yield column, -weight

    def _reprice(self, row: int, reached: Mapping[int, int], end: int) -> None:
        self._row_price[row] += end
        for column, length in reached.items():
            self._column_price[column] = self._column_price.get(column, 0) + length - end
            self._row_price[self.row_of[column]] += end - length

    def _follow(self, column: int, row: int, through: Mapping[int, int]) -> None:
        """Give each row on the path the column it was reached through; it leaves its own to the one before it."""
        taker = through[column]
        while taker != row:
            given_up = self._column_of[taker]
            self.row_of[column], self._column_of[taker] = taker, column
            column, taker = given_up, through[given_up]
        self.row_of[column], self._column_of[row] = row, column
