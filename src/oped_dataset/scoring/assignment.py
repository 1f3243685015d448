"""The one-to-one assignment of rows to columns with the greatest total weight.

Here: the assignment, on integers, so that ties are exact.
Not here: the weights (`matching.py`, `coreference.py`).

Rows are inserted one by one along the best augmenting path, and the assignment changes only if the total rises. So a
last row that cannot raise the total changes nothing, which solvers in libraries do not promise. The potentials are
those of the Hungarian method for sparse problems (Jonker and Volgenant 1987).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

Edges: TypeAlias = Mapping[int, int]
"""The weight of a row with each possible column, greater than 0."""


def assign(rows: Sequence[Edges]) -> list[tuple[int, int]]:
    """Pair rows with columns, one to one, with the greatest total weight.

    Rows and columns may stay unpaired. Among equal totals, the pairs of earlier rows are kept.

    Example:
        >>> assign([{0: 9, 1: 8}, {0: 8}])
        [(0, 1), (1, 0)]
        >>> assign([{0: 9, 1: 3}, {0: 5}])
        [(0, 0)]
    """
    solver = _Solver(rows)
    # A row that equals an unpaired one would stay unpaired too.
    left_over = set[frozenset[tuple[int, int]]]()
    for row, edges in enumerate(rows):
        shape = frozenset(edges.items())
        if shape not in left_over and not solver.insert(row):
            left_over.add(shape)
    return sorted((row, column) for column, row in solver.row_of.items() if column >= 0)


class _Solver:
    """Solves one assignment; an unpaired row has a column of its own with weight 0, numbered `~row`, below 0."""

    def __init__(self, rows: Sequence[Edges]) -> None:
        self._rows = rows
        self.row_of: dict[int, int] = {}
        self._column_of: dict[int, int] = {}
        self._row_price: dict[int, int] = {}
        self._column_price: dict[int, int] = {}

    def insert(self, row: int) -> bool:
        """Insert a row along the cheapest augmenting path; return whether it is paired."""
        self._row_price[row] = min(cost - self._column_price.get(column, 0) for column, cost in self._costs(row))
        distance, through, reached = dict[int, int](), dict[int, int](), dict[int, int]()
        current, so_far = row, 0
        while True:
            for column, cost in self._costs(current):
                if column not in reached:
                    length = so_far + cost - self._row_price[current] - self._column_price.get(column, 0)
                    if column not in distance or length < distance[column]:
                        distance[column], through[column] = length, current
            # At a tie, the row stays unpaired and nothing changes; otherwise a free column is preferred.
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
        # The prices keep all reduced costs at 0 or more, as the search for the cheapest path requires.
        self._row_price[row] += end
        for column, length in reached.items():
            self._column_price[column] = self._column_price.get(column, 0) + length - end
            self._row_price[self.row_of[column]] += end - length

    def _follow(self, column: int, row: int, through: Mapping[int, int]) -> None:
        """Shift the pairs along the path: each row takes the next column and leaves its own to the row before it."""
        taker = through[column]
        while taker != row:
            given_up = self._column_of[taker]
            self.row_of[column], self._column_of[taker] = taker, column
            column, taker = given_up, through[given_up]
        self.row_of[column], self._column_of[row] = row, column
