"""Decisions between two annotators, applied and logged."""

from __future__ import annotations

from typing import Any

import attrs
import pytest

from oped_dataset import Article, Ground, validate
from oped_dataset.authoring import Decision, adjudicate, compare_annotations, read_decisions
from oped_dataset.codec import wire
from oped_dataset.errors import InvalidRecord


@pytest.fixture
def other(small: dict[str, Any]) -> Article:
    """A second annotation of the small text: one different label, one record less and one more."""
    small["claims"][0]["ground"] = "anecdote"
    small["relations"], small["claims"][2]["relations"] = [], []
    small["quantities"].append(
        small["quantities"][0] | {"id": "q-three", "span": {"start": 38, "end": 39}, "value": "3"}
    )
    small["claims"][0]["quantities"] = ["q-three"]
    return wire.from_data(small)


def test_each_decision_puts_its_record_into_the_draft(article: Article, other: Article) -> None:
    decisions: dict[str, Any] = {"q-three": "b", "r-head": "a", "c-rise": "b", "c-head": "a"}

    done = adjudicate(article, other, decisions)

    assert done.article == attrs.evolve(
        article, quantities=other.quantities, claims=[other.claims[0], *article.claims[1:]]
    )
    assert (done.report.problems, done.dangling) == ((), ())


def test_a_reference_to_a_record_that_was_dropped_is_reported_and_kept(article: Article, other: Article) -> None:
    done = adjudicate(article, other, {"q-three": "neither", "r-head": "neither"}, rest="b")

    assert [problem.message for problem in done.dangling] == ["no record has the id 'q-three'"]
    assert done.article.claims["c-rise"].quantities == ("q-three",)
    assert done.report == validate(done.article)


def test_the_log_has_the_form_of_the_published_one(article: Article, other: Article) -> None:
    decision = Decision(choice="a", reason="nobody is quoted", rule="C2")

    log = adjudicate(article, other, {"c-rise": decision}, rest="neither").log

    assert log[-2] == {
        "layer": "claim",
        "place": [10, 39],
        "a": "ground bare; quantities none",
        "b": "ground anecdote; quantities q-three",
        "decision": "a: nobody is quoted",
        "rule": "C2",
    }
    assert {row["decision"] for row in log} == {"a: nobody is quoted", "neither"}


def test_a_record_may_stand_in_place_of_both(article: Article, other: Article) -> None:
    third = attrs.evolve(article.claims[0], ground=Ground.DOCUMENT)

    done = adjudicate(article, other, {"c-rise": third}, rest="a")

    assert done.article.claims[0] == third
    assert [row["decision"] for row in done.log if row["layer"] == "claim"] == ["a record of its own", "a"]


def test_the_reason_for_a_sentence_without_claim_follows_the_claims(article: Article, small: dict[str, Any]) -> None:
    small["claims"].pop(0)
    small["source"]["sentences"][0]["no_claim"] = "reports nothing"
    other = wire.from_data(small)

    kept, dropped = (adjudicate(article, other, {}, rest=side).article for side in "ab")

    assert kept.source == article.source
    assert dropped.source == other.source


def test_the_list_of_a_team_is_read_as_decisions(article: Article, other: Article) -> None:
    pytest.importorskip("nltk", reason="NLTK is missing; run: pip install '.[agreement]'")
    rows = compare_annotations(article, other).rows()
    rows[0] |= {"decision": "b", "reason": "it is an amount", "rule": "Q1"}
    rows[1]["decision"] = "a"

    assert read_decisions(rows) == {
        "q-three": Decision(choice="b", reason="it is an amount", rule="Q1"),
        "r-head": Decision(choice="a"),
    }


def test_empty_cells_of_a_spreadsheet_are_undecided() -> None:
    cells = {"id": "c-rise", "decision": "", "reason": "", "rule": ""}

    assert read_decisions([cells, cells | {"decision": "a"}]) == {"c-rise": Decision(choice="a")}


@pytest.mark.parametrize(
    ("row", "message"),
    [
        *(
            (wrong, "row 2 must be an object with id and decision, and no other keys than a row of a comparison")
            for wrong in (3, {"decision": "a"}, {"id": "x"}, {"id": "x", "decision": "a", "rason": "typo"})
        ),
        ({"id": 3, "decision": "a"}, "id, decision, reason and rule of row 2 must be strings"),
        ({"id": "x", "decision": "a", "reason": 3}, "id, decision, reason and rule of row 2 must be strings"),
        ({"id": "x", "decision": False}, "id, decision, reason and rule of row 2 must be strings"),
        ({"id": "x", "decision": "a", "rule": 0}, "id, decision, reason and rule of row 2 must be strings"),
        ({"id": "c-rise", "decision": "b"}, "row 2 repeats the id 'c-rise'; keep one of the rows"),
    ],
)
def test_an_invalid_row_is_rejected(row: Any, message: str) -> None:
    with pytest.raises(InvalidRecord) as caught:
        read_decisions([{"id": "c-rise", "decision": "a"}, row])

    assert str(caught.value) == f"rows: {message}"


def test_an_invalid_decision_for_the_rest_is_rejected(article: Article) -> None:
    with pytest.raises(InvalidRecord) as caught:
        adjudicate(article, article, {}, rest="c")

    assert str(caught.value) == "rest: must be one of 'a', 'b', 'neither' or None, not 'c'"


@pytest.mark.parametrize(
    ("decisions", "message"),
    [
        (
            {"c-rise": "a"},
            "decisions: 3 of 4 disagreements are undecided: q-three, r-head, c-head; decide them, or pass `rest`",
        ),
        (
            {"c-rice": "a"},
            "decisions: 'c-rice' is not the id of a disagreement; did you mean 'c-rise'?",
        ),
        (
            {"nothing-alike": "a"},
            "decisions: 'nothing-alike' is not the id of a disagreement; the comparison lists them",
        ),
        (
            {"c-rise": "c"},
            "decisions: the decision on 'c-rise' must be one of 'a', 'b', 'neither' or a record, not 'c'",
        ),
    ],
)
def test_an_invalid_decision_is_rejected(
    article: Article, other: Article, decisions: dict[str, Any], message: str
) -> None:
    with pytest.raises(InvalidRecord) as caught:
        adjudicate(article, other, decisions)

    assert str(caught.value) == message


def test_a_record_with_a_different_id_is_rejected(article: Article, other: Article) -> None:
    with pytest.raises(InvalidRecord) as caught:
        adjudicate(article, other, {"c-rise": article.claims[1]}, rest="a")

    assert str(caught.value) == "decisions: the record for 'c-rise' must be of class Claim and keep that id"


def test_an_adjudication_says_how_much_was_decided(article: Article, other: Article) -> None:
    assert repr(adjudicate(article, other, {}, rest="a")) == "<Adjudication of small: 4 decisions, 0 problems>"


def test_of_many_undecided_disagreements_some_are_named(article: Article) -> None:
    bare = attrs.evolve(article, mentions=(), times=(), quotations=())

    with pytest.raises(InvalidRecord) as caught:
        adjudicate(article, bare, {})

    assert "7 of 7 disagreements are undecided: m-maro, m-gull, m-sel, m-she, m-port …;" in str(caught.value)
