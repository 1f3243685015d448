"""The search for stretches that touch another one."""

from __future__ import annotations

from growth import steps
from hypothesis import given
from hypothesis import strategies as st

from oped_dataset.model.stretches import Stretches

PLACES = st.tuples(st.integers(0, 30), st.integers(1, 10)).map(lambda place: (place[0], sum(place)))


@given(st.lists(PLACES), PLACES)
def test_a_search_equals_a_comparison_with_all_stretches(
    stretches: list[tuple[int, int]], wanted: tuple[int, int]
) -> None:
    touching = [at for at, (start, end) in enumerate(stretches) if start < wanted[1] and wanted[0] < end]

    assert Stretches(stretches).touching(*wanted) == touching


def test_a_long_stretch_before_all_others_does_not_slow_the_search() -> None:
    few, many = (Stretches([(0, 10**6), *((at, at + 1) for at in range(number))]) for number in (100, 10_000))

    assert steps(lambda: many.touching(9000, 9001)) < 3 * steps(lambda: few.touching(90, 91))
