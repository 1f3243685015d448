"""Feedback on an answer, and the second round."""

from __future__ import annotations

from typing import Any

import pytest
from small import TEXT

from oped_dataset import Article, Passage, Span, from_records
from oped_dataset.codec import wire

VOICE = {"source": "Ines", "act": "say", "channel": "published-work", "commitment": "certain", "mode": "direct"}
RISE: dict[str, Any] = {
    "record": "claim",
    "id": "c1",
    "gist": "that the toll rose",
    "kind": "happening",
    "ground": "bare",
    "evidence": ["Maro raised the toll"],
    "voices": [VOICE],
}
# Twelve typical mistakes in five records.
ANSWER: list[dict[str, Any]] = [
    {"record": "entity", "id": "p1", "name": "Lydia Maro", "kind": "persons"},
    {
        "record": "mention",
        "id": "m1",
        "text": "Maro raised the price of the toll",
        "entity": "Ms. Maro",
        "form": "name",
    },
    {
        **RISE,
        "kind": "Happening",
        "voices": [
            {**VOICE, "source": "the author", "commitment": "certainly not", "hedges": ["perhaps"]},
            {**VOICE, "source": "the Gul", "act": "report", "cue": "as cited by"},
        ],
        "about": ["Zed"],
    },
    {**RISE, "id": "C 2", "gist": " that it did  ", "events": ["e9"], "evidence": ["the toll"]},
    {"record": "clam"},
]


@pytest.fixture
def article(small: dict[str, Any]) -> Article:
    return wire.from_data(small)


def test_records_without_problems_yield_no_feedback(article: Article) -> None:
    assert from_records([RISE], like=article).feedback() == ""


def test_feedback_lists_all_problems_with_their_records(article: Article) -> None:
    said = from_records(ANSWER, like=article).feedback()

    assert said.count('{"record": ') == 5
    for words in (
        "Correct these records and return them",
        "- kind: 'persons' is not a label of EntityKind; did you mean 'person'?",
        "the closest words are 'Maro raised the toll'",
        "- voices/0/source: no entity has the name 'the author'; the author is called 'Ines'",
        (
            "- voices/0/commitment: 'certainly not' is not a label of Commitment; "
            "did you mean 'certainly-not' or 'certain'?"
        ),
        "- voices/0/hedges/0: 'perhaps' does not occur in the text",
        "- voices/1/source: no entity has the name 'the Gul'; did you mean 'the gull'?",
        "- voices/1/act: 'report' is not a label of Act; Act has say, deny, ask",
        "- voices/1/cue: 'as cited by' does not occur in the text",
        "- kind: 'Happening' is not a label of ClaimKind; did you mean 'happening'?",
        "- about/0: no entity has the name 'Zed'",
        "- events/0: no record has the id 'e9'",
        "- id: Claim.id: 'C 2' is not a slug",
        "- record: 'clam' is not a kind of record; did you mean 'claim'?",
    ):
        assert words in said


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ({10**5000}, "{'record': 'clam', 'x': {a number of 16610 bits}}"),
        ({(1, 2): 3}, "{'record': 'clam', 'x': {(1, 2): 3}}"),
        ("\ud800", '{"record": "clam", "x": "\ufffd"}'),
    ],
    ids=["a huge number in a set", "a key that is not a string", "a lone surrogate"],
)
def test_feedback_quotes_values_that_json_cannot_represent(article: Article, value: Any, shown: str) -> None:
    said = from_records([{"record": "clam", "x": value}], like=article).feedback()

    assert said.split("\n")[2] == shown


def test_repaired_values_are_not_in_the_feedback(article: Article) -> None:
    extraction = from_records(ANSWER, like=article, repair=True)

    assert [each.pointer for each in extraction.rejections] == ["/1", "/2", "/4"]
    assert [str(each.after) for each in extraction.repairs] == ["person", "c-2", "None", "that it did"]


def test_a_second_round_completes_the_first(article: Article) -> None:
    first = from_records(ANSWER, like=article)
    person = {**ANSWER[0], "kind": "person"}
    mention = {**ANSWER[1], "text": "Maro", "entity": "Lydia Maro"}

    second = from_records([person, mention, RISE], like=article, after=first)

    assert second.feedback() == ""
    assert (second.article.claims.ids, second.article.mentions[0].entity) == (("c1",), "p1")


def test_feedback_includes_rules_between_records(article: Article) -> None:
    hedged = {**RISE, "voices": [{**VOICE, "hedges": ["raised"]}, {**VOICE, "source": "the Gull"}]}

    said = from_records([hedged], like=article).feedback()

    assert "The record 'c1' was read, but breaks a rule:\n- voices/1/cue: " in said
    assert "- voices/0/" in said


def test_a_reference_to_a_rejected_record_is_not_in_the_feedback(article: Article) -> None:
    event = {"record": "event", "id": "e1", "gist": "rise", "kind": "governance"}
    told = {**RISE, "events": ["e1"]}

    said = from_records([event, told], like=article).feedback()

    assert "'c1'" not in said
    assert '"id": "e1"' in said


def test_events_without_any_claims_are_not_in_the_feedback(article: Article) -> None:
    event = {"record": "event", "id": "e1", "gist": "rise", "kind": "governing", "status": "occurred"}

    assert from_records([{**event, "evidence": ["Maro raised"]}], like=article).feedback() == ""


def test_feedback_for_one_passage_is_limited_to_its_records(article: Article) -> None:
    spans = (Span(0, 60), Span(60, len(TEXT)))
    parts = [Passage(number=i, span=span, new=span, text="", heading="") for i, span in enumerate(spans, start=1)]
    second = {**RISE, "evidence": ["So the port may fall"], "voices": [{**VOICE, "source": "Leo"}]}

    extraction = from_records([[{**RISE, "kind": "x"}], [second]], like=article, passages=parts)

    assert "ClaimKind" in extraction.feedback(1)
    assert "ClaimKind" not in extraction.feedback(2)
    assert "The record 'c1' was read, but" in extraction.feedback(2)
