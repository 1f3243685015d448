"""Articles as data and as bytes: nothing is coerced, dropped or guessed."""

from __future__ import annotations

import inspect
import json
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small import changed, text_of
from small import small as small_data

from oped_dataset import (
    Article,
    InvalidArticle,
    Limits,
    Problem,
    dumps,
    loads,
    validate,
)
from oped_dataset.codec import wire
from oped_dataset.errors import MOST_PROBLEMS
from oped_dataset.model import vocabulary as v
from oped_dataset.testing import strategies


def found(document: object) -> list[Problem]:
    with pytest.raises(InvalidArticle) as caught:
        wire.from_data(document)
    return list(caught.value.problems)


@given(strategies.articles())
def test_a_round_trip_is_lossless(article: Article) -> None:
    assert loads(dumps(article)) == article
    assert wire.from_data(wire.to_data(article)) == article


@given(strategies.articles())
def test_the_canonical_form_is_a_fixed_point(article: Article) -> None:
    assert dumps(loads(dumps(article))) == dumps(article)


@given(strategies.articles())
def test_the_format_of_a_file_does_not_matter(article: Article) -> None:
    data = json.loads(dumps(article))
    respelt = json.dumps(dict(reversed(data.items())), indent=3, ensure_ascii=True)

    assert dumps(loads(respelt)) == dumps(article)


def test_keys_with_a_default_may_be_left_out(small: dict[str, Any]) -> None:
    del small["entities"][0]["aliases"], small["updated"], small["errata"]

    article = wire.from_data(small)

    assert (article.entities[0].aliases, article.updated, article.errata) == ((), None, ())


@pytest.mark.parametrize("pointer", ["/id", "/mentions/0/entity", "/mentions/0/form", "/title", "/published"])
def test_a_subclass_of_str_is_not_plain_data(small: dict[str, Any], pointer: str) -> None:
    class Text(str):
        __slots__ = ()

    changed(small, pointer, Text({"/title": "Toll", "/published": "2019-07-13"}.get(pointer, "name")))
    wire.from_data(json.loads(json.dumps(small)))

    assert found(small)[0].message == "must be a string, not Text"


def test_the_canonical_form_omits_nothing(small: dict[str, Any]) -> None:
    data = wire.to_data(wire.from_data(small))

    assert list(data) == [attribute.name for attribute in attrs.fields(Article)]
    assert data["quantities"][0]["value"] == "40"
    assert data["published"] == "2019-07-13"
    assert data["mentions"][0]["form"] == "name"


@pytest.mark.parametrize(
    ("pointer", "value", "message"),
    [
        ("/title", None, "must be a string, not null"),
        ("/title", 1, "must be a string, not a whole number"),
        ("/title", ["a"], "must be a string, not a list"),
        ("/source/length", 2.0, "must be a whole number, not a number"),
        ("/source/length", "2", "must be a whole number, not a string"),
        ("/source/length", True, "must be a whole number, not true"),
        ("/entities/0/named", 1, "must be true or false, not a whole number"),
        ("/authors", "xy", "must be a list, not a string"),
        ("/entities", {}, "must be a list, not an object"),
        ("/mentions/0", [], "must be an object, not a list"),
        ("/mentions/0/span", [0, 1], "must be an object, not a list"),
        ("/published", 20190713, "must be a string, not a whole number"),
        ("/quantities/0/value", 40, "must be a decimal written as a string, not a whole number"),
        ("/entities/0/kind", None, "must be a string, not null"),
        ("/events/0/when", 2019, "must be a string, not a whole number"),
    ],
)
def test_a_wrong_type_is_rejected(small: dict[str, Any], pointer: str, value: object, message: str) -> None:
    changed(small, pointer, value)

    assert found(small) == [Problem(code="OPED-wrong-type", pointer=pointer, message=message)]


@pytest.mark.parametrize("document", [None, [], "x", 1, True])
def test_a_document_is_an_object(document: object) -> None:
    (problem,) = found(document)

    assert (problem.code, problem.pointer) == ("OPED-wrong-type", "")


@pytest.mark.parametrize(
    ("pointer", "value", "message"),
    [
        ("/published", "20190713", "'20190713' is not a day written as YYYY-MM-DD"),
        ("/published", "2019-W28-6", "'2019-W28-6' is not a day written as YYYY-MM-DD"),
        ("/published", "2019-02-29", "'2019-02-29' is not a day in the calendar"),
        ("/events/0/when", "last year", "'last year' is not a date in the supported part of EDTF"),
        ("/relations/0/during", "2019/2018", "'2019/2018' runs backwards"),
    ],
)
def test_a_wrong_date_is_rejected(small: dict[str, Any], pointer: str, value: str, message: str) -> None:
    changed(small, pointer, value)

    assert found(small) == [Problem(code="OPED-invalid-date", pointer=pointer, message=message)]


def test_a_time_of_the_wrong_kind_is_rejected(small: dict[str, Any]) -> None:
    changed(small, "/times/0/kind", "duration")

    (problem,) = found(small)

    assert problem.code == "OPED-invalid-date"
    assert problem.pointer.startswith("/times/0")


@pytest.mark.parametrize("value", ["4e1", "+4", "04", ".5", "5.", "NaN", " 4", "٤", ""])
def test_a_decimal_has_one_spelling(small: dict[str, Any], value: str) -> None:
    changed(small, "/quantities/0/value", value)

    assert found(small) == [
        Problem(
            code="OPED-invalid-decimal",
            pointer="/quantities/0/value",
            message=f"{value!r} is not a plain decimal",
            hint="write it like '-12.50'",
        )
    ]


@pytest.mark.parametrize(
    ("value", "message", "hint"),
    [
        ("-0", "'-0' is negative zero", "write '0'"),
        ("-0.00", "'-0.00' is negative zero", "write '0.00'"),
        ("9" * 41, f"'{'9' * 41}' is longer than 40 characters", "round it to at most 40 characters"),
        ("9" * 99, f"'{'9' * 80}…' is longer than 40 characters", "round it to at most 40 characters"),
    ],
)
def test_a_decimal_is_not_negative_zero_and_not_too_long(
    small: dict[str, Any], value: str, message: str, hint: str
) -> None:
    changed(small, "/quantities/0/value", value)

    (problem,) = found(small)

    assert (problem.code, problem.message, problem.hint) == ("OPED-invalid-decimal", message, hint)


@pytest.mark.parametrize(
    ("label", "hint"),
    [
        ("persn", "did you mean 'person'?"),
        ("zzz", "EntityKind has person, organization, group, place, work, gathering, law"),
    ],
)
def test_an_unknown_label_is_rejected(small: dict[str, Any], label: str, hint: str) -> None:
    changed(small, "/entities/0/kind", label)

    assert found(small) == [
        Problem(
            code="OPED-unknown-label",
            pointer="/entities/0/kind",
            message=f"'{label}' is not a label of EntityKind",
            hint=hint,
        )
    ]


@pytest.mark.parametrize(
    ("key", "hint"),
    [
        ("strt", "did you mean 'start'?"),
        ("zzz", "Span has start, end"),
    ],
)
def test_an_unknown_key_is_rejected(small: dict[str, Any], key: str, hint: str) -> None:
    small["mentions"][0]["span"][key] = 1

    assert found(small) == [
        Problem(
            code="OPED-unknown-key", pointer=f"/mentions/0/span/{key}", message=f"there is no key '{key}'", hint=hint
        )
    ]


def test_an_unknown_key_is_escaped_in_the_pointer(small: dict[str, Any]) -> None:
    small["a/b~c"] = 1

    assert [problem.pointer for problem in found(small)] == ["/a~1b~0c"]


def test_a_missing_key_is_reported(small: dict[str, Any]) -> None:
    del small["mentions"][0]["entity"]

    assert found(small) == [
        Problem(code="OPED-missing-key", pointer="/mentions/0", message="the key 'entity' is missing")
    ]


@pytest.mark.parametrize(
    ("pointer", "value", "place", "message"),
    [
        ("/mentions/0/span/end", 0, "/mentions/0/span/end", "Span.end: must be at least 1 and below 2**53, not 0"),
        ("/mentions/0/span/end", 1, "/mentions/0/span/end", "Span.end: must be greater than start (10), not 1"),
        ("/claims/0/voices", [], "/claims/0/voices", "Claim.voices: must not be empty"),
        ("/title", " ", "/title", "Article.title: must not be blank"),
    ],
)
def test_an_impossible_value_is_rejected_at_its_pointer(
    small: dict[str, Any], pointer: str, value: object, place: str, message: str
) -> None:
    changed(small, pointer, value)

    assert found(small) == [Problem(code="OPED-invalid-value", pointer=place, message=message)]


@pytest.mark.parametrize(("version", "hint"), [(2, "upgrade oped-dataset"), (0, None)])
def test_an_unsupported_version_is_the_only_problem(small: dict[str, Any], version: int, hint: str | None) -> None:
    small |= {"schema_version": version, "nonsense": 1}

    assert found(small) == [
        Problem(
            code="OPED-unsupported-schema-version",
            pointer="/schema_version",
            message=f"schema version {version} is not supported; this package reads 1",
            hint=hint,
        )
    ]


def test_all_problems_of_form_are_reported_together(small: dict[str, Any]) -> None:
    changed(small, "/title", 1)
    changed(small, "/mentions/0/form", "verb")
    changed(small, "/events/0/when", "soon")
    small["zzz"] = None

    assert [problem.pointer for problem in found(small)] == ["/title", "/mentions/0/form", "/events/0/when", "/zzz"]


def test_a_problem_of_form_has_a_line(small: dict[str, Any]) -> None:
    text = text_of(changed(small, "/genre", 7)).replace('"genre"', '\n"genre"')

    (problem,) = validate(text).problems

    assert (problem.line, problem.column) == (2, 10)


def test_further_problems_of_form_are_counted(small: dict[str, Any]) -> None:
    small |= {f"x{number}": 1 for number in range(MOST_PROBLEMS + 100)}

    with pytest.raises(InvalidArticle) as caught:
        wire.from_data(small)

    assert (len(caught.value.problems), caught.value.omitted) == (MOST_PROBLEMS, 100)


def _places(value: Any, pointer: str = "") -> list[str]:
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [pointer, *(place for key, child in children for place in _places(child, f"{pointer}/{key}"))]


@given(st.data())
def test_no_value_raises_an_unexpected_exception(data: st.DataObject) -> None:
    document = small_data()
    pointer = data.draw(st.sampled_from(_places(document)[1:]))
    junk: st.SearchStrategy[object] = st.sampled_from(
        [None, True, 0, -1, 1.5, "", "x", "2019", [], {}, [None], [[]], {"id": "x"}, "\x00", 2**60]
    )
    changed(document, pointer, data.draw(junk))

    report = validate(text_of(document))

    assert all(problem.code.startswith("OPED-") for problem in report.problems)


def test_every_label_has_a_definition() -> None:
    labels = [label for vocabulary in v.Vocabulary.__subclasses__() for label in vocabulary]

    assert all(label.meaning and label.example and label.counter_example and label.__doc__ for label in labels)


def test_a_well_formed_document_is_read_once(small: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wire, "examine", lambda data, limit: pytest.fail("it was read twice"))

    assert wire.from_data(small).id == "small"


def test_the_fields_of_decoded_are_keyword_only() -> None:
    parameters = inspect.signature(wire.Decoded).parameters.values()

    assert {parameter.kind for parameter in parameters} == {inspect.Parameter.KEYWORD_ONLY}


def test_omitted_problems_of_all_kinds_are_counted(small: dict[str, Any]) -> None:
    text = text_of(small | {"mentions": [7] * 9}).replace('"en"', "[NaN, NaN, NaN, NaN, NaN, NaN]")

    report = validate(text, limits=Limits(problems=3))

    # Six invalid numbers, nine invalid mentions and an invalid language.
    assert len(report.problems) + report.omitted == 6 + 9 + 1
