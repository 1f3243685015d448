"""JSON as text: nothing doubtful comes through."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oped_dataset import jsontext
from oped_dataset.errors import MOST_PROBLEMS, Problem


def codes(data: bytes | str, **limits: Any) -> list[str]:
    return [problem.code for problem in jsontext.parse(data, **limits).problems]


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
        ('{"a": 1, "a": 1}', ["OPED-duplicate-key"]),
        ('{"a": 1, "\\u0061": 1}', ["OPED-duplicate-key"]),
        ("[" * 65 + "]" * 65, ["OPED-too-deep"]),
        ("[" * 100_000, ["OPED-too-deep"]),
        ("\ufeff{}", ["OPED-byte-order-mark"]),
        (b"\xff", ["OPED-not-utf-8"]),
        ('{"a": NaN, "a": 1', ["OPED-not-a-number", "OPED-duplicate-key", "OPED-invalid-json"]),
    ],
)
def test_what_is_refused(text: bytes | str, expected: list[str]) -> None:
    assert codes(text) == expected


@pytest.mark.parametrize(
    "text",
    ["{}", "[]", " 1 ", '"\\ud83d\\ude00"', "[" * 64 + "]" * 64, '{"a": [{"a": 1}]}', "[9007199254740991, 0.5, -1e5]"],
)
def test_what_is_read_as_the_standard_library_reads_it(text: str) -> None:
    assert jsontext.parse(text) == jsontext.Parsed(text=text, value=json.loads(text))


def test_a_problem_names_its_place() -> None:
    parsed = jsontext.parse('{"a/b": [1,\n {"c": 1, "c": 2}]}')

    assert parsed.problems == (
        Problem(
            code="OPED-duplicate-key",
            pointer="/a~1b/1/c",
            line=2,
            column=11,
            message="the key 'c' stands twice in one object",
        ),
    )


@pytest.mark.parametrize(
    ("data", "hint"),
    [
        ("{}".encode("utf-16"), "it looks like UTF-16 or UTF-32; save the file as UTF-8"),
        (b'{"a": "\xe9"}', "save the file as UTF-8"),
    ],
)
def test_a_foreign_encoding_is_named(data: bytes, hint: str) -> None:
    (problem,) = jsontext.parse(data).problems

    assert (problem.code, problem.hint) == ("OPED-not-utf-8", hint)


@pytest.mark.parametrize(("data", "unit"), [("[1, 2]", "characters"), (b"[1, 2]", "bytes")])
def test_a_large_document_is_not_read(data: bytes | str, unit: str) -> None:
    (problem,) = jsontext.parse(data, size_limit=5).problems

    assert problem == Problem(
        code="OPED-too-large",
        message=f"the document has 6 {unit}, the limit is 5",
        hint="raise size_limit if the file can be trusted",
    )


def test_a_hostile_document_does_not_fill_the_report() -> None:
    assert len(codes("[" + "NaN," * 2000 + "1]")) == MOST_PROBLEMS


_TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
_NUMBERS = st.integers(-(2**53) + 1, 2**53 - 1) | st.floats(allow_nan=False, allow_infinity=False)
_VALUES = st.recursive(
    st.none() | st.booleans() | _NUMBERS | _TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_TEXTS, inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(_TEXTS, _VALUES, max_size=4))
def test_what_is_written_is_read(document: dict[str, Any]) -> None:
    assert jsontext.parse(jsontext.write(document)).value == document
    assert jsontext.parse(jsontext.write_line(document)).value == document


@given(st.text() | st.binary())
def test_no_input_raises(data: bytes | str) -> None:
    parsed = jsontext.parse(data)

    assert parsed.problems or parsed.text is not None


@given(_VALUES, st.data())
def test_a_damaged_document_never_raises_and_agrees_with_the_standard_library(value: Any, data: st.DataObject) -> None:
    text = json.dumps(value)
    cut = data.draw(st.integers(0, len(text)))
    damaged = text[:cut] + data.draw(st.sampled_from(["", "]", ",", '"', "\\", "NaN"])) + text[cut + 1 :]

    parsed = jsontext.parse(damaged)

    if not parsed.problems:
        assert parsed.value == json.loads(damaged)


def test_the_canonical_spelling_is_one_record_a_line() -> None:
    document = {"id": "é", "tags": ["a", "b"], "none": [], "rows": [{"a": 1}, {"b": None}]}

    assert jsontext.write(document).decode() == (
        '{\n"id": "é",\n"tags": ["a", "b"],\n"none": [],\n"rows": [\n{"a": 1},\n{"b": null}\n]\n}\n'
    )


def test_a_place_is_found_for_a_pointer() -> None:
    problem = Problem(code="OPED-x", pointer="/rows/1/a", message="x")

    (placed,) = jsontext.locate('{"rows": [{},\n  {"a": 1}]}', [problem])

    assert (placed.line, placed.column) == (2, 9)


@pytest.mark.parametrize("text", ["{}", "{"])
def test_a_pointer_to_nothing_gets_no_place(text: str) -> None:
    problem = Problem(code="OPED-x", pointer="/rows", message="x")

    assert jsontext.locate(text, [problem]) == (problem,)


def test_what_the_scanner_cannot_explain_is_told_in_the_words_of_the_standard_library(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(jsontext, "_scan", lambda text: iter(()))

    (problem,) = jsontext.parse("{\n!").problems

    assert (problem.code, problem.line, problem.column) == ("OPED-invalid-json", 2, 1)


def test_the_tokens_end_at_what_is_none() -> None:
    assert [token.kind for token in jsontext._tokens("[1 !, 2]")] == ["mark", "number", "unknown"]
