"""JSON as text: the strict reader and the canonical form."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oped_dataset import Problem, Report
from oped_dataset.codec import jsontext
from oped_dataset.codec.jsontext import Limits
from oped_dataset.codec.scanner import UNREADABLE
from oped_dataset.errors import MOST_PROBLEMS, InvalidRecord


def problems(data: bytes | str, **limits: int) -> tuple[Problem, ...]:
    return jsontext.parse(data, Limits(**limits)).report.problems


def codes(data: bytes | str, **limits: int) -> list[str]:
    return [problem.code for problem in problems(data, **limits)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ["OPED-invalid-json"]),
        ("{", ["OPED-invalid-json"]),
        ("[1,]", ["OPED-invalid-json"]),
        ("[1 2]", ["OPED-invalid-json"]),
        ('{"a" 1}', ["OPED-invalid-json"]),
        ("{1: 2}", ["OPED-invalid-json"]),
        ("[1}", ["OPED-invalid-json"]),
        ("[:1]", ["OPED-invalid-json"]),
        ("]", ["OPED-invalid-json"]),
        ("'a'", ["OPED-invalid-json"]),
        ('"\n"', ["OPED-invalid-json"]),
        ("01", ["OPED-trailing-data"]),
        ("{} {}", ["OPED-trailing-data"]),
        ("[NaN, -Infinity]", ["OPED-not-a-number", "OPED-not-a-number"]),
        ("[9007199254740992]", ["OPED-number-out-of-range"]),
        ("[1e999]", ["OPED-number-out-of-range"]),
        (r'["\ud800"]', ["OPED-lone-surrogate"]),
        ('["\ud800"]', ["OPED-lone-surrogate"]),
        ('{"a": 1, "a": 1}', ["OPED-duplicate-key"]),
        ('{"a": 1, "\\u0061": 1}', ["OPED-duplicate-key"]),
        ("[" * 65 + "]" * 65, ["OPED-too-deep"]),
        ("[" * 10_000, ["OPED-too-deep"]),
        ("{" * 10_001, ["OPED-too-large"]),
        ("\ufeff{}", ["OPED-byte-order-mark"]),
        (b"\xff", ["OPED-not-utf-8"]),
        ('{"a": NaN, "a": 1', ["OPED-not-a-number", "OPED-duplicate-key", "OPED-invalid-json"]),
    ],
)
def test_invalid_text_is_reported(text: bytes | str, expected: list[str]) -> None:
    assert codes(text) == expected


@pytest.mark.parametrize(
    ("text", "column", "message", "hint"),
    [
        (r'["so\xit"]', 5, r"\x is not an escape sequence", "write a backslash as \\\\"),
        ('["so \\', 2, "the string that begins here is not closed", 'close it with "'),
        ('["so \\u12', 2, "the string that begins here is not closed", 'close it with "'),
        (r'["so \u12"]', 6, r"\u is not an escape sequence", "write a backslash as \\\\"),
        ('["so', 2, "the string that begins here is not closed", 'close it with "'),
        (
            '["so\tit"]',
            5,
            "the string contains the control character U+0009",
            r"write it as \t, or close the string before it",
        ),
        (
            '["so\x01it"]',
            5,
            "the string contains the control character U+0001",
            r"write it as \u0001, or close the string before it",
        ),
        ("[1, 2,]", 7, "expected a value, found ']'", "remove the comma before it"),
        ('{"a": 1,}', 9, "expected a key, found '}'", "remove the comma before it"),
        ("[1, 2,}", 7, "expected a value, found '}'", None),
        ('{"a": }', 7, "expected a value, found '}'", None),
        ("]", 1, "expected a value, found ']'", None),
        ("[\x00]", 2, "'\\x00]' is not JSON", None),
        (
            "\x00[\x001\x00]",
            1,
            "'\\x00[\\x001\\x00]' is not JSON",
            "it looks like UTF-16 or UTF-32; save the file as UTF-8",
        ),
    ],
)
def test_invalid_json_is_reported_with_column_and_hint(text: str, column: int, message: str, hint: str | None) -> None:
    (problem,) = problems(text)

    assert (problem.column, problem.message, problem.hint) == (column, message, hint)


@pytest.mark.parametrize(
    "text",
    ["{}", "[]", " 1 ", '"\\ud83d\\ude00"', "[" * 64 + "]" * 64, '{"a": [{"a": 1}]}', "[9007199254740991, 0.5, -1e5]"],
)
def test_valid_text_is_read_like_the_standard_library(text: str) -> None:
    assert jsontext.parse(text) == jsontext.Parsed(text=text, value=json.loads(text))


def test_a_problem_has_pointer_line_and_column() -> None:
    assert problems('{"a/b": [1,\n {"c": 1, "c": 2}]}') == (
        Problem(
            code="OPED-duplicate-key",
            pointer="/a~1b/1/c",
            line=2,
            column=11,
            message="the key 'c' occurs twice in one object",
            hint="remove one of the two",
        ),
    )


@pytest.mark.parametrize(
    ("data", "hint"),
    [
        ("{}".encode("utf-16"), "it looks like UTF-16 or UTF-32; save the file as UTF-8"),
        (b'{"a": "\xe9"}', "save the file as UTF-8"),
    ],
)
def test_another_encoding_is_named_in_the_hint(data: bytes, hint: str) -> None:
    (problem,) = problems(data)

    assert (problem.code, problem.hint) == ("OPED-not-utf-8", hint)


@pytest.mark.parametrize(("data", "unit"), [("[1, 2]", "characters"), (b"[1, 2]", "bytes")])
def test_a_large_document_is_not_read(data: bytes | str, unit: str) -> None:
    (problem,) = problems(data, size=5)

    assert problem == Problem(
        code="OPED-too-large",
        message=f"the document is longer than 5 {unit}",
        hint="raise limits.size if the file can be trusted",
    )


def test_further_problems_are_counted() -> None:
    report = jsontext.parse("[" + "NaN," * 2000 + "1]").report

    assert (len(report.problems), report.omitted) == (MOST_PROBLEMS, 1000)


def test_the_depth_is_adjustable() -> None:
    assert codes("[" * 9 + "]" * 9, depth=8) == ["OPED-too-deep"]
    assert codes("[" * 9 + "]" * 9, depth=9) == []


@pytest.mark.parametrize("limit", [{"size": -1}, {"depth": -1}, {"problems": 0}])
def test_a_limit_must_not_be_negative(limit: dict[str, int]) -> None:
    with pytest.raises(InvalidRecord):
        Limits(**limit)


def test_nesting_beyond_the_recursion_limit_is_read() -> None:
    # Whitespace keeps the number of brackets below one for each 16 characters.
    parsed = jsontext.parse("[" * 20_000 + "]" * 20_000 + " " * 320_000, Limits(depth=20_000))

    assert parsed.report == Report()
    assert isinstance(parsed.value, list)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('{"a": 1, "a": [NaN], "b": 2}', {"a": UNREADABLE, "b": 2}),
        ('["\\ud800", 1e999, -Infinity, true, null, "x", 1.5]', [UNREADABLE] * 3 + [True, None, "x", 1.5]),
        ('[{"a": []}] trailing', [{"a": []}]),
        ("[1, 2", UNREADABLE),
        ("[1}", UNREADABLE),
        ('{"a": [1, 2', {"a": [1, UNREADABLE, UNREADABLE], UNREADABLE: UNREADABLE}),
        ('{"a": [1, 2,', {"a": [1, 2, UNREADABLE], UNREADABLE: UNREADABLE}),
        ('{"a": [', {"a": [UNREADABLE], UNREADABLE: UNREADABLE}),
        ('{"a": [{"b": 1}', {"a": [{"b": 1}, UNREADABLE], UNREADABLE: UNREADABLE}),
        ('{"a": 1, "b": 12', {"a": 1, "b": UNREADABLE, UNREADABLE: UNREADABLE}),
        ('{"a": 1, "b": tru', {"a": 1, "b": UNREADABLE, UNREADABLE: UNREADABLE}),
        ('{"a": 1, "b', {"a": 1, UNREADABLE: UNREADABLE}),
        ('{"a": 1, "b"', {"a": 1, UNREADABLE: UNREADABLE}),
        ('{"a": [1, 2], "b": "x" "c": 3}', {"a": [1, 2], "b": UNREADABLE, UNREADABLE: UNREADABLE}),
        ("{", {UNREADABLE: UNREADABLE}),
    ],
)
def test_readable_values_are_kept(text: str, value: object) -> None:
    assert jsontext.parse(text).value == value


@pytest.mark.parametrize("text", [r'"\\ud83d\ude00"', r'"\ud83d\\\ude00"', r'"\ude00\ud83d"', r'"\ud83d\ud83d\ude00"'])
def test_a_lone_surrogate_after_a_backslash_is_reported(text: str) -> None:
    assert codes(text) == ["OPED-lone-surrogate"]


_TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
_NUMBERS = st.integers(-(2**53) + 1, 2**53 - 1) | st.floats(allow_nan=False, allow_infinity=False)
_VALUES = st.recursive(
    st.none() | st.booleans() | _NUMBERS | _TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_TEXTS, inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(_TEXTS, _VALUES, max_size=4))
def test_a_round_trip_is_lossless(document: dict[str, Any]) -> None:
    assert jsontext.parse(jsontext.write(document)).value == document
    assert jsontext.parse(jsontext.write_line(document)).value == document


@given(st.text() | st.binary())
def test_no_input_raises_an_exception(data: bytes | str) -> None:
    parsed = jsontext.parse(data)

    assert parsed.report.problems or parsed.value is not UNREADABLE


@given(_VALUES, st.data())
def test_a_damaged_document_is_reported_or_read_like_the_standard_library(value: Any, data: st.DataObject) -> None:
    text = json.dumps(value)
    cut = data.draw(st.integers(0, len(text)))
    damaged = text[:cut] + data.draw(st.sampled_from(["", "]", ",", '"', "\\", "NaN"])) + text[cut + 1 :]

    parsed = jsontext.parse(damaged)

    if parsed.report.ok:
        assert parsed.value == json.loads(damaged)


def test_the_canonical_form_has_one_record_per_line() -> None:
    document = {"id": "é", "tags": ["a", "b"], "none": [], "rows": [{"a": 1}, {"b": None}]}

    assert jsontext.write(document).decode() == (
        '{\n"id": "é",\n"tags": ["a", "b"],\n"none": [],\n"rows": [\n{"a": 1},\n{"b": null}\n]\n}\n'
    )
