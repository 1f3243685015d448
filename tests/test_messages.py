"""Quoted values and suggestions in messages."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from oped_dataset import CodeUnits, OpedDatasetError, Problem, load, score
from oped_dataset.authoring import read_project
from oped_dataset.exports import from_label_studio, from_parquet, to_label_studio
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


LONG, HUGE = "x" * 5000, 10**5000
TOLL = load("harbour-toll")
DATA = json.loads(to_label_studio(TOLL)["tasks.json"])[0]["data"]
TASK = {"id": 1, "annotations": [{"id": HUGE, "result": []}] * 500}
LONG_VALUES: dict[str, Callable[[Path], object]] = {
    "annotation": lambda _: from_label_studio([{**TASK, "annotations": [], "data": DATA}], annotation=HUGE),
    "annotations": lambda _: from_label_studio([{**TASK, "data": DATA}]),
    "encoding": lambda path: TOLL.attach_path(path, encoding=f"utf{'-' * 5000}8"),
    "file": lambda _: from_parquet({f"{LONG}.parquet": b""}),
    "offset": lambda _: CodeUnits("a", "utf-16").to_span(0, HUGE),
    "threshold": lambda _: score(TOLL, TOLL, threshold=HUGE),
    "region": lambda _: from_label_studio([{"annotations": [{"result": [{"id": LONG}]}], "data": DATA}]),
    "tool": lambda _: read_project({}, LONG),
}


@pytest.mark.parametrize("name", LONG_VALUES)
def test_a_long_value_makes_no_long_message(name: str, tmp_path: Path) -> None:
    (tmp_path / "copy.txt").write_bytes(b"\xff")

    with pytest.raises(OpedDatasetError) as caught:
        LONG_VALUES[name](tmp_path / "copy.txt")

    assert len(str(caught.value)) < 500 + len(str(tmp_path))


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
