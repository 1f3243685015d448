"""The assignment with the greatest total weight."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oped_dataset.scoring.assignment import Edges, assign

ROWS = st.lists(st.dictionaries(st.integers(0, 6), st.integers(1, 9), max_size=6), max_size=7)


def weight(rows: Sequence[Edges], pairs: Sequence[tuple[int, int]]) -> int:
    return sum(rows[row][column] for row, column in pairs)


@given(ROWS)
def test_the_total_equals_that_of_scipy(rows: list[dict[int, int]]) -> None:
    optimize = pytest.importorskip("scipy.optimize", reason="scipy is missing; run: pip install --group scoring")
    matrix = [[row.get(column, 0) for column in range(7)] for row in rows]

    pairs = assign(rows)

    best = optimize.linear_sum_assignment(matrix, maximize=True) if rows else ()
    assert weight(rows, pairs) == sum(matrix[row][column] for row, column in zip(*best, strict=True))


@given(ROWS)
def test_pairs_are_one_to_one_and_among_the_candidates(rows: list[dict[int, int]]) -> None:
    pairs = assign(rows)

    assert len({row for row, _ in pairs}) == len({column for _, column in pairs}) == len(pairs)
    assert all(column in rows[row] for row, column in pairs)


@given(ROWS, st.dictionaries(st.integers(0, 6), st.integers(1, 9), max_size=6))
def test_a_last_row_that_does_not_raise_the_total_changes_nothing(
    rows: list[dict[int, int]], last: dict[int, int]
) -> None:
    before, after = assign(rows), assign([*rows, last])

    assert before == after or weight([*rows, last], after) > weight(rows, before)


def test_total_weight_outranks_the_number_of_pairs() -> None:
    assert assign([{0: 9, 1: 3}, {0: 5}]) == [(0, 0)]


def test_equal_rows_are_paired_while_columns_are_free() -> None:
    assert assign([{0: 1, 1: 1}] * 50) == [(0, 0), (1, 1)]
