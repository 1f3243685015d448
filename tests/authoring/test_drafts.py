"""Drafts: their file, accepting and rejecting proposals, and finishing the article."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import attrs
import pytest
from small import small

from oped_dataset import InvalidArticle, Limits, Span, from_data, validate
from oped_dataset.authoring import (
    Draft,
    Proposal,
    accept,
    dump_draft,
    dumps_draft,
    finish,
    load_draft,
    loads_draft,
    reject,
)
from oped_dataset.errors import RecordNotFound

ARTICLE = from_data(small())
PLACE = {"start": 34, "end": 39}
TIME = Proposal(layer="times", record={"id": "time-1", "span": PLACE, "kind": None, "value": None}, by="a finder")
DRAFT = Draft(article=ARTICLE, proposals=(TIME,), missing=("published",))


def _document(**changed: Any) -> dict[str, Any]:
    return {**json.loads(dumps_draft(DRAFT)), **changed}


def test_a_draft_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    dump_draft(DRAFT, tmp_path / "draft.json")

    found = load_draft(tmp_path / "draft.json")
    assert (found.proposals, found.missing) == (DRAFT.proposals, DRAFT.missing)
    assert dumps_draft(found) == dumps_draft(DRAFT)


def test_the_file_of_an_article_is_a_draft_without_proposals() -> None:
    assert loads_draft(json.dumps(small())) == Draft(article=ARTICLE)


def test_a_draft_is_never_valid() -> None:
    codes = [problem.code for problem in validate(dumps_draft(DRAFT)).problems]

    assert codes == ["OPED-missing-key", "OPED-unfinished-draft"]


def test_a_proposal_has_spans_and_unfilled_fields() -> None:
    event = Proposal(layer="events", record={"id": "e", "evidence": [PLACE, {"start": 50, "end": 52}]}, by="a finder")

    assert (TIME.id, TIME.spans, TIME.unfilled) == ("time-1", (Span(34, 39),), ("kind",))
    assert (event.spans, event.unfilled) == ((Span(34, 39), Span(50, 52)), ("kind", "gist", "status"))


def test_an_accepted_proposal_is_a_record_of_the_article() -> None:
    accepted = accept(DRAFT, "time-1", kind="date", value="2019-05")

    assert accepted.proposals == ()
    assert repr(accepted.article.times["time-1"]) == repr(accepted.article.times[-1])
    assert str(accepted.article.times[-1].value) == "2019-05"


def test_a_proposal_that_is_not_filled_in_cannot_be_accepted() -> None:
    with pytest.raises(InvalidArticle) as caught:
        accept(DRAFT, "time-1")

    assert [str(each) for each in caught.value.problems] == ["error OPED-missing-key: the key 'kind' is missing"]


def test_a_proposal_that_is_not_there_is_answered_with_the_closest() -> None:
    with pytest.raises(RecordNotFound, match=r"no record 'time-2'; did you mean 'time-1'\?"):
        reject(DRAFT, "time-2")


def test_an_article_with_open_proposals_cannot_be_taken_out() -> None:
    with pytest.raises(InvalidArticle) as caught:
        finish(attrs.evolve(DRAFT, missing=()))

    assert [problem.code for problem in caught.value.problems] == ["OPED-unfinished-draft"]


def test_an_article_with_an_unfilled_head_cannot_be_taken_out() -> None:
    with pytest.raises(InvalidArticle) as caught:
        finish(reject(DRAFT, "time-1"))

    assert [problem.message for problem in caught.value.problems] == ["the key 'published' is missing"]


def test_the_article_is_taken_out_when_nothing_is_open() -> None:
    assert finish(Draft(article=ARTICLE)) == ARTICLE


@pytest.mark.parametrize(
    ("draft", "message"),
    [
        ({"proposals": []}, "error OPED-wrong-type at /draft: must be a list of proposals"),
        *(
            ([wrong], "error OPED-wrong-type at /draft/0: must be an object with 'layer', the name of a table, 'by'")
            for wrong in (
                3,
                {"layer": "times", "by": "x"},
                {"layer": "times", "by": "x", "record": []},
                {"layer": "times", "by": "x", "record": {"kind": "date"}},
                {"layer": "times", "by": "x", "record": {"id": None}},
                {"layer": "times", "by": 3, "record": {"id": "t"}},
                {"layer": "rhymes", "by": "x", "record": {"id": "t"}},
                {"layer": ["times"], "by": "x", "record": {"id": "t"}},
            )
        ),
        (
            [{"layer": "times", "by": "x", "record": {"id": "t", "span": {}}}],
            "error OPED-missing-key at /draft/0/record/span: the key 'start' is missing",
        ),
        (
            [{"layer": "times", "by": "x", "record": {"id": "t"}}] * 2,
            "error OPED-duplicate-id at /draft/1/record/id: another proposal has the id 't' too",
        ),
        (
            [{"layer": "times", "by": "x", "record": {"id": "t", "colour": 1}}],
            "error OPED-unknown-key at /draft/0/record/colour: there is no key 'colour'",
        ),
    ],
)
def test_other_objects_than_drafts_are_rejected(draft: object, message: str) -> None:
    with pytest.raises(InvalidArticle) as caught:
        loads_draft(json.dumps(_document(draft=draft)))

    found = str(caught.value.problems[0])
    assert " (line " in found
    assert found.replace(found[found.index(" (line") : found.index("):") + 1], "").startswith(message)


def test_the_problems_of_a_draft_are_limited() -> None:
    document = json.dumps(_document(draft=[3] * 10))

    with pytest.raises(InvalidArticle) as caught:
        loads_draft(document, limits=Limits(problems=4))

    assert (len(caught.value.problems), caught.value.omitted) == (4, 6)


@pytest.mark.parametrize("document", ["[]", "{", b"\xff"])
def test_other_json_than_objects_is_rejected(document: bytes | str) -> None:
    with pytest.raises(InvalidArticle):
        loads_draft(document)


def test_a_draft_with_unreadable_records_is_rejected() -> None:
    with pytest.raises(InvalidArticle) as caught:
        loads_draft(bytearray(json.dumps(_document(claims=3)).encode()))

    assert [problem.pointer for problem in caught.value.problems] == ["/claims"]


def test_a_proposal_may_be_complete() -> None:
    whole = Proposal(layer="times", record={"id": "time-1", "span": PLACE, "kind": "date"}, by="a finder")

    assert loads_draft(dumps_draft(Draft(article=ARTICLE, proposals=(whole,)))).proposals == (whole,)


def test_an_unknown_key_of_a_proposal_is_rejected_even_if_it_is_null() -> None:
    document = json.loads(dumps_draft(Draft(article=ARTICLE)))
    document["draft"] = [{"layer": "times", "by": "x", "record": {"id": "p", "span": PLACE, "zzz": None}}]

    with pytest.raises(InvalidArticle) as caught:
        loads_draft(json.dumps(document))

    assert [each.pointer for each in caught.value.problems] == ["/draft/0/record/zzz"]
