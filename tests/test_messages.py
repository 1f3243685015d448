"""Quoted values and suggestions in messages."""

from __future__ import annotations

from typing import Any

import pytest

from oped_dataset import Problem
from oped_dataset.messages import Suggestions, cut, nearest, quoted
from oped_dataset.model.dates import Edtf


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("Maro", "'Maro'"),
        ("m" * 81, f"'{'m' * 80}…'"),
        (Edtf("2019"), "'2019'"),
        ("\ud800", "'\\ud800'"),
        (12, "12"),
        (10**5000, "a number of 16610 bits"),
        ([10**5000, "m" * 81], f"[a number of 16610 bits, '{'m' * 80}…']"),
        (None, "None"),
    ],
    ids=["short", "long", "a date", "a lone surrogate", "a number", "a long number", "a list", "nothing"],
)
def test_a_long_value_is_shortened(value: Any, shown: str) -> None:
    assert quoted(value) == shown


@pytest.mark.parametrize("value", [list(range(10**5)), {"a": ["b" * 10**6] * 100}, b"c" * 10**6, {"d"}], ids=type)
def test_a_value_of_any_size_is_shortened(value: Any) -> None:
    assert len(quoted(value)) < 700


def test_a_problem_truncates_long_texts() -> None:
    problem = Problem(code="OPED-x", pointer="/a" * 1000, message="m" * 2000, hint="h" * 1000)

    assert (problem.pointer, problem.message, problem.hint) == ("/a" * 500 + "…", "m" * 1000 + "…", "h" * 1000)
    assert cut("maro", 3) == "mar…"


def test_only_short_words_are_compared() -> None:
    assert nearest("m" * 64, ["m" * 65, "m" * 63]) == ("m" * 63,)
    assert nearest("m" * 65, ["m" * 65]) == ()


def test_a_limited_number_of_words_is_compared() -> None:
    words = [f"word-{number}" for number in range(5000)]

    assert nearest("word-1999", words)[0] == "word-1999"
    assert nearest("4999-drow", [*words[:1999], "4999-drow"]) == ("4999-drow",)
    assert nearest("4999-drow", [*words, "4999-drow"]) == ()


def test_a_report_makes_a_hundred_suggestions() -> None:
    suggestions = Suggestions()

    hints = [suggestions.hint("mar", ["maro", "sel"]) for _ in range(101)]

    assert hints == ["did you mean 'maro'?"] * 100 + [None]
