"""The careful reader reports problems of shape, and rules that do not depend on them are still applied."""

from __future__ import annotations

import json
from typing import Any

import attrs
import pytest
from broken_rules import EXPECTED
from careful import examine_alone
from hypothesis import given, settings
from hypothesis import strategies as st
from small import changed, text_of
from small import small as small_data

from oped_dataset import Article, Limits, Problem, validate
from oped_dataset.codec import fastpath, jsontext, wire
from oped_dataset.codec.shape import _INERT, examine
from oped_dataset.errors import MOST_PROBLEMS
from oped_dataset.testing import Mutation, strategies
from oped_dataset.testing.mutants import break_rule

FORM = frozenset(
    f"OPED-{code}"
    for code in ("invalid-date", "invalid-decimal", "invalid-value", "missing-key", "unknown-key", "unknown-label")
) | {"OPED-wrong-type"}

WRONG = -1.25
"""A value that no field accepts."""


def places(document: object) -> set[tuple[str, str]]:
    return {(problem.code, problem.pointer) for problem in validate(text_of(document)).problems}


def pointers(value: Any, pointer: str = "") -> list[str]:
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [pointer, *(found for key, child in children for found in pointers(child, f"{pointer}/{key}"))]


@given(strategies.articles())
def test_both_readers_read_the_same(article: Article) -> None:
    draft = examine_alone(wire.to_data(article))

    assert draft.report.problems == ()
    assert draft.lost == set()
    assert draft.article == article


@given(st.data())
def test_both_readers_reject_the_same(data: st.DataObject) -> None:
    document = small_data()
    pointer = data.draw(st.sampled_from(pointers(document)[1:]))
    junk: st.SearchStrategy[object] = st.sampled_from([None, True, 0, 1.5, "x", "1", [], {}, [None], ["x"], "X y"])
    changed(document, pointer, data.draw(junk))

    careful = examine_alone(document)

    quick = fastpath.read(document)
    assert (quick is None) == (not careful.report.ok)
    assert quick is None or quick == careful.article


@given(strategies.mutations())
def test_reading_records_fast_changes_no_result(mutation: Mutation) -> None:
    data = jsontext.parse(mutation.document).value

    assert examine(data, limit=MOST_PROBLEMS) == examine_alone(data)


# Several problems at once, each with its pointer.


def test_every_field_of_a_record_is_checked(small: dict[str, Any]) -> None:
    small["mentions"][0] |= {"id": "Bad Id", "entity": 7, "form": "verb", "zzz": 1}
    del small["mentions"][0]["span"]

    assert places(small) == {
        ("OPED-invalid-value", "/mentions/0/id"),
        ("OPED-wrong-type", "/mentions/0/entity"),
        ("OPED-unknown-label", "/mentions/0/form"),
        ("OPED-unknown-key", "/mentions/0/zzz"),
        ("OPED-missing-key", "/mentions/0"),
    }


@pytest.mark.parametrize(
    ("pointer", "value", "place", "message"),
    [
        (
            "/authors",
            ["ines", "No Slug"],
            "/authors/1",
            "Article.authors: 'No Slug' is not a slug (lowercase ASCII letters, digits, single hyphens)",
        ),
        ("/entities/0/aliases", ["a", " "], "/entities/0/aliases/1", "Entity.aliases: must not be blank"),
        ("/authors", [], "/authors", "Article.authors: must not be empty"),
    ],
)
def test_an_item_of_a_list_is_rejected_at_its_index(
    small: dict[str, Any], pointer: str, value: object, place: str, message: str
) -> None:
    report = validate(text_of(changed(small, pointer, value)))

    assert [(problem.pointer, problem.message) for problem in report.problems] == [(place, message)]


@pytest.mark.parametrize(
    ("kind", "value"), [("date", "soon"), ("time", "noon"), ("time", "2019-02-30T18:30"), ("duration", "long")]
)
def test_a_time_is_rejected_at_its_value(small: dict[str, Any], kind: str, value: str) -> None:
    small["times"][0] |= {"kind": kind, "value": value}

    assert places(small) == {("OPED-invalid-date", "/times/0/value")}


def test_a_document_without_a_version_is_rejected(small: dict[str, Any]) -> None:
    del small["schema_version"]

    assert places(small) == {("OPED-missing-key", "")}


# Rules applied despite an unreadable part.


def test_only_the_broken_record_is_left_out(small: dict[str, Any]) -> None:
    changed(small, "/claims/0/gist", 7)
    changed(small, "/claims/1/voices/1/cue", None)
    changed(small, "/updated", "2019-07-12")
    changed(small, "/mentions/0/entity", "mar")

    assert places(small) == {
        ("OPED-wrong-type", "/claims/0/gist"),
        ("OPED-missing-cue", "/claims/1/voices/1/cue"),
        ("OPED-updated-before-published", "/updated"),
        ("OPED-dangling-reference", "/mentions/0/entity"),
    }


@pytest.mark.parametrize(
    "pointer",
    ["/entities/2/kind", "/events/0/status", "/claims/1/voices/0/act", "/relations/0/predicate", "/quantities/0/value"],
)
def test_a_reference_to_a_broken_record_is_not_reported(small: dict[str, Any], pointer: str) -> None:
    changed(small, pointer, "zzz")

    assert {place for _, place in places(small)} == {pointer}


@pytest.mark.parametrize("part", [name for name in small_data() if name != "schema_version"])
def test_a_lost_part_is_the_only_problem(small: dict[str, Any], part: str) -> None:
    changed(small, f"/{part}", 7)

    assert places(small) == {("OPED-wrong-type", f"/{part}")}


@pytest.mark.parametrize("part", [name for name in small_data() if name != "schema_version"])
def test_a_misspelt_key_does_not_yield_the_default(small: dict[str, Any], part: str) -> None:
    small[f"{part}x"] = small.pop(part)

    assert places(small) <= {("OPED-unknown-key", f"/{part}x"), ("OPED-missing-key", "")}


def test_a_misspelt_key_of_a_record_does_not_yield_the_default(small: dict[str, Any]) -> None:
    small["quotations"][0]["speker"] = small["quotations"][0].pop("speaker")

    assert places(small) == {("OPED-unknown-key", "/quotations/0/speker")}


def test_a_broken_record_still_has_its_id(small: dict[str, Any]) -> None:
    changed(small, "/entities/5", {"id": "maro", "kind": "nothing"})

    assert ("OPED-duplicate-id", "/entities/5/id") in places(small)


def test_two_records_without_an_id_are_not_duplicates(small: dict[str, Any]) -> None:
    changed(small, "/entities/4/id", 7)
    changed(small, "/entities/5/id", "No Slug")

    assert places(small) == {("OPED-wrong-type", "/entities/4/id"), ("OPED-invalid-value", "/entities/5/id")}


@settings(max_examples=100)
@given(st.data())
def test_a_problem_beside_a_broken_part_is_also_reported_without_it(data: st.DataObject) -> None:
    document = small_data()
    for rule in sorted(data.draw(st.sets(st.sampled_from(sorted(EXPECTED)), min_size=1, max_size=4))):
        break_rule(rule, document)
    whole = places(document)
    pointer = data.draw(st.sampled_from([place for place in pointers(document)[1:] if place != "/schema_version"]))
    changed(document, pointer, data.draw(st.sampled_from([None, 7, "X y", [], {}, [None]])))

    broken = places(document)

    form = {place for place in broken - whole if place[0] in FORM}
    assert not form or broken - form <= whole


def test_too_many_problems_of_form_suppress_the_rules(small: dict[str, Any]) -> None:
    small["mentions"] = [7] * 20
    changed(small, "/updated", "2019-07-12")

    report = validate(text_of(small), limits=Limits(problems=5))

    assert ([problem.code for problem in report.problems], report.omitted) == (["OPED-wrong-type"] * 5, 15)


def test_problems_of_all_kinds_are_in_the_order_of_the_file(small: dict[str, Any]) -> None:
    changed(small, "/claims/1/voices/1/cue", None)
    changed(small, "/entities/0/kind", "persn")
    text = text_of(small).replace('"en"', "NaN", 1) + " and more"

    report = validate(text)

    assert [(p.code, p.pointer) for p in report.problems] == [
        ("OPED-not-a-number", "/language"),
        ("OPED-unknown-label", "/entities/0/kind"),
        ("OPED-missing-cue", "/claims/1/voices/1/cue"),
        ("OPED-trailing-data", ""),
    ]


@given(st.data())
def test_a_problem_of_form_before_a_break_is_reported(data: st.DataObject) -> None:
    document = small_data()
    wanted = [place for place in pointers(document)[1:] if place not in ("/schema_version", "/arguments")]
    text = text_of(changed(document, data.draw(st.sampled_from(wanted)), WRONG))
    decided = text.index(str(WRONG)) + len(f"{WRONG},")

    first, *others = validate(text[: data.draw(st.integers(decided, len(text) - 1))].encode()).problems

    assert first.code == "OPED-wrong-type"
    assert first in validate(text).problems
    assert [problem.code for problem in others] == ["OPED-invalid-json"]


def test_a_truncated_document_is_checked_as_far_as_possible(small: dict[str, Any]) -> None:
    changed(small, "/updated", "2019-07-12")
    changed(small, "/mentions/0/span/end", small["source"]["length"] + 1)
    changed(small, "/mentions/1/entity", "whether-it-is-there-cannot-be-decided")
    changed(small, "/times/0/kind", "dat")
    text = text_of(small).replace('"quotations": [', '"quotations": [,')

    assert [(p.code, p.pointer) for p in validate(text.encode()).problems] == [
        ("OPED-updated-before-published", "/updated"),
        ("OPED-span-outside-text", "/mentions/0/span"),
        ("OPED-unknown-label", "/times/0/kind"),
        ("OPED-invalid-json", "/quotations/0"),
    ]


@pytest.mark.parametrize("key", ["entities", "mentions", "quotations", "relations"])
def test_a_document_closed_too_early_has_no_missing_keys(small: dict[str, Any], key: str) -> None:
    text = text_of(small).replace(f', "{key}": [', f'}}, "{key}": [', 1)

    assert validate(text.encode()).problems == (
        Problem(
            code="OPED-trailing-data",
            pointer="",
            line=1,
            column=text.index(f'}}, "{key}"') + 2,
            message="more text follows the end of the document",
            hint="if this belongs to the document, a bracket before it closes too early",
        ),
    )


def test_missing_keys_are_reported_before_a_second_document(small: dict[str, Any]) -> None:
    del small["title"]

    problems = validate(f"{text_of(small)} {text_of(small)}").problems

    assert [(p.code, p.hint) for p in problems] == [
        ("OPED-missing-key", None),
        ("OPED-trailing-data", "remove it; to read several documents, one per line, use read_lines"),
    ]


def test_an_object_is_checked_although_another_field_is_wrong(small: dict[str, Any]) -> None:
    small["times"][0] |= {"value": "May 3", "anchor": "No Slug"}
    small["source"]["sentences"][1] |= {"digest": "xyz", "shifts": [{"at": 3, "length": 900, "normal": 1}]}
    small["mentions"][0]["span"] = {"start": "x", "end": 0}

    pointers = [problem.pointer for problem in validate(text_of(small)).problems]

    assert pointers == [
        "/source/sentences/1/digest",
        "/source/sentences/1/shifts",
        "/mentions/0/span/start",
        "/mentions/0/span/end",
        "/times/0/value",
        "/times/0/anchor",
    ]


def test_a_problem_with_an_omitted_key_points_at_its_object(small: dict[str, Any]) -> None:
    del small["claims"][1]["voices"][1]["cue"], small["quotations"][0]["speaker"]

    problems = validate(json.dumps(small)).problems

    assert [(p.code, p.pointer, p.line) for p in problems] == [
        ("OPED-quotation-without-speaker", "/quotations/0", 1),
        ("OPED-missing-cue", "/claims/1/voices/1", 1),
    ]


@pytest.mark.parametrize("text", ['{"schema_version": 1, "titel": tru', '{"schema_version": 1, "titel": "The Toll'])
def test_a_key_is_checked_although_its_value_is_cut_off(text: str) -> None:
    assert [(p.code, p.pointer) for p in validate(text.encode()).problems] == [
        ("OPED-invalid-json", "/titel"),
        ("OPED-unknown-key", "/titel"),
    ]


def test_problems_before_too_deep_nesting_are_reported(small: dict[str, Any]) -> None:
    changed(small, "/title", 7)
    changed(small, "/source/length", [[[[[[7]]]]]])

    assert [(p.code, p.pointer) for p in validate(text_of(small), limits=Limits(depth=7)).problems] == [
        ("OPED-wrong-type", "/title"),
        ("OPED-too-deep", "/source/length/0/0/0/0/0"),
    ]


def test_problems_before_an_invalid_key_have_lines() -> None:
    report = validate(b'{"schema_version": 1, "title": 7, {"title": 7}: 7, "genre": 7')

    assert [(p.code, p.line, p.column) for p in report.problems] == [
        ("OPED-wrong-type", 1, 32),
        ("OPED-invalid-json", 1, 35),
    ]


@pytest.mark.parametrize("text", ['{"title": 7, "genre": ', '{"title": 7, "schema_version": 9, "x"'])
def test_nothing_is_checked_before_the_version_is_known(text: str) -> None:
    assert "OPED-wrong-type" not in {problem.code for problem in validate(text.encode()).problems}


@pytest.mark.parametrize("indent", [None, 2])
def test_a_line_and_column_are_those_of_the_value_in_any_format(small: dict[str, Any], indent: int | None) -> None:
    changed(small, "/claims/1/voices/1/act", "sya")
    text = json.dumps(small, indent=indent, separators=(",", ":") if indent is None else None)

    (problem,) = validate(text).problems

    assert problem.line is not None
    assert problem.column is not None
    assert text.split("\n")[problem.line - 1][problem.column - 1 :].startswith('"sya"')


def test_problems_of_an_article_are_in_the_order_of_its_file(small: dict[str, Any]) -> None:
    article = wire.from_data(small)
    bad = attrs.evolve(
        article, publisher="gul", updated=None, mentions=(attrs.evolve(article.mentions[0], entity="x"),)
    )

    assert validate(bad).problems == (
        Problem(
            code="OPED-dangling-reference",
            pointer="/publisher",
            message="no record has the id 'gul'",
            hint="did you mean 'gull'?",
        ),
        Problem(code="OPED-dangling-reference", pointer="/mentions/0/entity", message="no record has the id 'x'"),
    )


def test_every_kind_of_record_has_an_inert_one() -> None:
    tables = [table.record_type for table in wire.from_data(small_data()).tables.values()]

    assert set(tables) <= set(_INERT)
