"""The JSON Schema agrees with the codec."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from small import changed
from small import small as small_data

from oped_dataset import Article, Edtf, Problem, schema
from oped_dataset.codec import wire
from oped_dataset.codec.json_schema import build_schema
from oped_dataset.codec.shape import examine
from oped_dataset.errors import InvalidDate
from oped_dataset.model.dates import PATTERN
from oped_dataset.model.records import Claim
from oped_dataset.testing import strategies

VALIDATOR = Draft202012Validator(schema(), format_checker=Draft202012Validator.FORMAT_CHECKER)


def test_the_schema_is_valid() -> None:
    Draft202012Validator.check_schema(schema())
    assert schema()["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert json.loads(json.dumps(schema())) == schema()


def test_each_call_returns_a_new_schema() -> None:
    schema()["properties"].clear()

    assert schema()["properties"]


@given(strategies.articles())
def test_the_schema_accepts_every_written_article(article: Article) -> None:
    assert [error.message for error in VALIDATOR.iter_errors(wire.to_data(article))] == []


def test_the_schema_accepts_the_bundled_article(bundled: Article) -> None:
    VALIDATOR.validate(wire.to_data(bundled))


@pytest.mark.parametrize(
    ("pointer", "value"),
    [
        ("/title", 1),
        ("/title", " "),
        ("/titel", "x"),
        ("/schema_version", 2),
        ("/published", "13 July"),
        ("/id", "No Slug"),
        ("/mentions/0/span/start", -1),
        ("/mentions/0/form", "verb"),
        ("/claims/0/voices", []),
        ("/claims/0/evidence", []),
        ("/quantities/0/value", "4e1"),
        ("/quantities/0/value", 4),
        ("/events/0/when", "soon"),
        ("/entities/0/named", 1),
        ("/source/sha256", "ab"),
    ],
)
def test_the_schema_rejects_problems_of_form(small: dict[str, Any], pointer: str, value: object) -> None:
    changed(small, pointer, value)

    assert not VALIDATOR.is_valid(small)


# The reader and the schema reject the same documents, with these exceptions.

_FORWARD = re.compile("must be greater than start")
EXCEPTIONS: dict[str, Callable[[Problem, Any], bool]] = {
    "whether an interval or a day of EDTF is in the calendar and runs forward": lambda problem, value: (
        problem.code == "OPED-invalid-date" and bool(re.fullmatch(PATTERN, str(value)))
    ),
    "whether the value of a time expression is of its kind": lambda problem, _: (
        problem.code == "OPED-invalid-date" and bool(re.fullmatch("/times/[0-9]+/value", problem.pointer))
    ),
    "whether a span runs forward": lambda problem, _: bool(_FORWARD.search(problem.message)),
    "whether a whole number is written as one": lambda problem, value: (
        problem.code == "OPED-wrong-type" and type(value) is float and value.is_integer()
    ),
    "whether a line feed follows, of which Python's `$` takes no notice": lambda _, value: (
        isinstance(value, str) and value.endswith("\n")
    ),
}
JUNK: tuple[Any, ...] = (
    *(None, True, False, 0, 1, -1, 2**53, 1.0, 1.5, [], {}, [None], ["a b"], [[]], {"start": 5, "end": 2}),
    *("", " ", "x", "X y", "x\n", "40", "4e1", "-0", "-0.0", "-0.50", "1." + "0" * 40, "2019", "2019-07", "2019-07-13"),
    *("2019-02-30", "2019-13", "2019-17", "2018/2017", "2018/..", "../..", "201X", "201X-01", "2019-XX-15", "P2M"),
    *("T18:30", "2019-07-13T18:30", "persn", "person", "publication-date", "2019-07-13?", "en-", "0" * 16, "0000"),
)


def _pointers(value: Any, pointer: str = "") -> list[str]:
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [pointer, *(found for key, child in children for found in _pointers(child, f"{pointer}/{key}"))]


def _value_at(document: Any, pointer: str) -> Any:
    for step in pointer.split("/")[1:]:
        document = document[int(step)] if isinstance(document, list) else document.get(step)
    return document


@settings(max_examples=300)
@given(st.data())
def test_the_schema_and_the_reader_reject_the_same(data: st.DataObject) -> None:
    document = small_data()
    pointer = data.draw(st.sampled_from([place for place in _pointers(document)[1:] if place != "/schema_version"]))
    changed(document, pointer, data.draw(st.sampled_from(JUNK)))

    problems = examine(document, limit=1000).report.problems

    valid = VALIDATOR.is_valid(document)
    excused = [any(excuse(p, _value_at(document, p.pointer)) for excuse in EXCEPTIONS.values()) for p in problems]
    assert valid == (not problems) or (valid and all(excused))


@settings(max_examples=100)
@given(st.data())
def test_the_schema_rejects_every_missing_or_unknown_key(data: st.DataObject) -> None:
    document = small_data()
    objects = [place for place in _pointers(document) if isinstance(_value_at(document, place), dict)]
    changing = _value_at(document, data.draw(st.sampled_from(objects)))
    key = data.draw(st.sampled_from(sorted(changing)))
    changing[f"{key}x" if data.draw(st.booleans()) else "zzz"] = changing.pop(key)

    assert not VALIDATOR.is_valid(document)
    assert not examine(document, limit=1000).report.ok


def test_all_objects_are_closed_and_all_references_resolve() -> None:
    made = schema()
    objects = [made, *(kind for kind in made["$defs"].values() if kind["type"] == "object")]
    references = set(re.findall(r'"\$ref": "#/\$defs/(\w+)"', json.dumps(made)))

    assert all(kind["additionalProperties"] is False for kind in objects)
    assert references == set(made["$defs"])


def test_the_patterns_mean_the_same_in_javascript() -> None:
    patterns = re.findall(r'"pattern": ("[^ ]*")', json.dumps(schema()))

    assert patterns
    assert not any(re.search(r"\(\?[^:]|\\\\[^.S]|\+\+|\*\+", pattern) for pattern in patterns)


@given(strategies.dates())
def test_the_pattern_accepts_every_generated_date(date: Edtf) -> None:
    assert re.fullmatch(PATTERN, date)


@given(st.from_regex(PATTERN, fullmatch=True))
def test_a_date_that_matches_the_pattern_is_only_rejected_by_the_calendar(text: str) -> None:
    try:
        Edtf(text)
    except InvalidDate as error:
        assert re.search("calendar|backwards", str(error))  # noqa: PT017  (the test is about the message)


def test_the_schema_requires_fields_without_a_default(small: dict[str, Any]) -> None:
    del small["claims"][0]["voices"]

    assert not VALIDATOR.is_valid(small)


def test_the_schema_describes_every_field_of_a_claim() -> None:
    properties = schema()["$defs"]["Claim"]["properties"]

    assert list(properties) == [attribute.name for attribute in attrs.fields(Claim)]
    assert all(field["description"] for field in properties.values())


def test_the_schema_explains_every_label() -> None:
    commitment = schema()["$defs"]["Commitment"]

    assert all(f"{label}: " in commitment["description"] for label in commitment["enum"])


def test_the_packaged_schema_is_that_of_the_classes() -> None:
    assert schema() == build_schema()


@pytest.mark.slow
def test_schema_and_page_are_the_same_without_docstrings() -> None:
    code = "from oped_dataset import *; print(schema(), explore(load('harbour-toll')))"

    made = {subprocess.check_output([sys.executable, *options, "-c", code]) for options in ((), ("-OO",))}

    assert len(made) == 1
