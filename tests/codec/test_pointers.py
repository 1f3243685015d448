"""Positions: every pointer leads to the offset of its value, in any format of the text."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oped_dataset import Problem
from oped_dataset.codec.pointers import (
    LONGEST_KEY,
    Lines,
    locate,
    step,
)

_KEYS = st.text(st.characters(exclude_categories=["Cs"]), max_size=4)
_VALUES = st.recursive(
    st.none() | st.integers() | _KEYS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS, inner, max_size=3),
    max_leaves=10,
)


def at(pointer: str) -> Problem:
    return Problem(code="OPED-x", pointer=pointer, message="x")


def place(text: str, pointer: str) -> tuple[int | None, int | None]:
    (placed,) = locate(text, [at(pointer)])
    return placed.line, placed.column


def _pointers(value: Any, pointer: str = "") -> list[tuple[str, Any]]:
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [(pointer, value), *(found for key, child in children for found in _pointers(child, pointer + step(key)))]


@given(_VALUES, st.sampled_from([None, 1]), st.booleans())
def test_the_value_at_the_position_is_the_value_at_the_pointer(
    value: Any, indent: int | None, ascii_only: bool
) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_only)
    starts = [0, *(offset + 1 for offset, character in enumerate(text) if character == "\n")]

    for pointer, expected in _pointers(value):
        line, column = place(text, pointer)
        assert line is not None
        assert column is not None
        assert json.JSONDecoder().raw_decode(text, starts[line - 1] + column - 1)[0] == expected


@pytest.mark.parametrize(
    ("pointer", "expected"),
    [
        ("", (1, 1)),
        ("/a", (1, 7)),
        ("/a/1", (2, 2)),
        ("/a/1/b~1c", (2, 10)),
        ("/a/1/x/y", (2, 2)),
        ("/z", (1, 1)),
    ],
)
def test_a_position_is_a_line_and_a_column(pointer: str, expected: tuple[int, int]) -> None:
    assert place('{"a": [0,\n {"b/c": 1}], "d": 2}', pointer) == expected


@pytest.mark.parametrize("text", ["", "{", '{"a"', '{"a": [1', "[" * 100_000])
def test_values_before_a_break_have_positions(text: str) -> None:
    (placed,) = locate(text, [at("/a/1")])

    assert placed.line is None


def test_a_missing_key_has_the_position_of_its_object() -> None:
    problems = [at("/b"), at("/a/0/left-out")]

    placed = locate('{"a": [{"c": 1}], "b": 3}', problems)

    assert [(problem.pointer, problem.column) for problem in placed] == [("/a/0", 8), ("/b", 24)]


def test_problems_are_sorted_by_position_and_those_without_one_come_last() -> None:
    problems = [at("/nowhere"), at("/b"), at("/a/1"), at("/a/0")]

    pointers = [problem.pointer for problem in locate('{"a": [1, 2],\n"b": 3', problems)]

    assert pointers == ["/a/0", "/a/1", "/b", "/nowhere"]


def test_a_huge_key_is_cut() -> None:
    assert step("k" * 1_000_000) == "/" + "k" * LONGEST_KEY + "…"
    assert place(json.dumps({"k" * 500: [1, 2]}), step("k" * 500) + "/1") == (1, 510)


@given(st.text(), st.lists(st.integers(0, 50), max_size=5))
def test_lines_are_counted_from_the_beginning(text: str, offsets: list[int]) -> None:
    lines = Lines(text)

    for offset in sorted(min(offset, len(text)) for offset in offsets):
        before = text[:offset]
        assert lines.place(offset) == (before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1)
