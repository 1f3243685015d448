"""Combining the records of several passages, and of a second round, in one article."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import attrs
import pytest
from growth import is_linear_in_number
from hypothesis import given
from hypothesis import strategies as st
from small import TEXT

from oped_dataset import Article, Claim, Extraction, Passage, Span, from_records, load, passages, to_records
from oped_dataset.codec import wire
from oped_dataset.errors import InvalidRecord
from oped_dataset.extraction.merging import likeness
from oped_dataset.model.records import spans_of
from oped_dataset.testing import strategies

MARO = {"record": "entity", "id": "p1", "name": "Maro", "kind": "person"}
VOICE = {"source": "Ines", "act": "say", "channel": "published-work", "commitment": "certain", "mode": "direct"}
RISE: dict[str, Any] = {
    "record": "claim",
    "id": "c1",
    "gist": "that Maro raised the toll",
    "kind": "happening",
    "ground": "bare",
    "evidence": ["Maro raised the toll"],
    "voices": [VOICE],
}


@pytest.fixture
def article(small: dict[str, Any]) -> Article:
    return wire.from_data(small)


@pytest.fixture
def parts() -> tuple[Passage, ...]:
    """Return three passages, of which the first two share a sentence."""
    first, second, third = (TEXT.index(words) for words in ("Maro", "“The", "Who"))
    spans = (Span(0, second - 1), Span(first, third - 2), Span(third, len(TEXT)))
    return tuple(
        Passage(number=number, span=span, new=span, text=TEXT[span.start : span.end], heading="")
        for number, span in enumerate(spans, start=1)
    )


def merged(article: Article, parts: tuple[Passage, ...], *answers: list[Any], **options: Any) -> Extraction:
    given = [*answers, *[[]] * (len(parts) - len(answers))]
    return from_records(given, like=article, passages=parts, **options)


def test_the_passages_share_a_sentence(parts: tuple[Passage, ...]) -> None:
    assert [each.text.count("Maro raised") for each in parts] == [1, 1, 0]


def test_a_piece_is_searched_for_in_its_passage(article: Article, parts: tuple[Passage, ...]) -> None:
    mention = {"record": "mention", "text": "toll", "entity": "Ines", "form": "nominal"}

    extraction = merged(article, parts, [mention], [], [mention | {"text": "Maro"}])

    assert [each.span for each in extraction.article.mentions] == [Span(26, 30)]
    assert [str(each) for each in extraction.problems] == [
        "error OPED-snippet-missing at /2/0/text: 'Maro' does not occur in the passage"
    ]


def test_ids_are_local_to_a_passage(article: Article, parts: tuple[Passage, ...]) -> None:
    lead = RISE | {"gist": "that Maro leads the port", "kind": "state", "evidence": ["She leads the port"]}
    link = {"record": "argument", "source": "c2", "target": "c1", "kind": "supports"}
    fall = RISE | {"id": "c2", "gist": "that the port falls", "evidence": ["the port may fall"]}

    extraction = merged(article, parts, [RISE], [], [lead, fall, link])

    assert extraction.article.claims.ids == ("c1", "c1-2", "c2")
    assert (extraction.article.arguments[0].source, extraction.article.arguments[0].target) == ("c2", "c1-2")


def test_a_claim_in_two_passages_is_merged(article: Article, parts: tuple[Passage, ...]) -> None:
    again = RISE | {
        "id": "c5",
        "gist": "that Maro raised the harbour toll",
        "evidence": ["Maro raised the toll on May 3"],
    }
    loss = RISE | {"id": "c6", "gist": "that the ferry lost money", "evidence": ["The ferry lost 40 crowns"]}
    link = {"record": "argument", "source": "c6", "target": "c5", "kind": "supports"}

    extraction = merged(article, parts, [RISE], [link, again, loss])

    assert extraction.repeated == ("/1/1",)
    assert extraction.article.claims.ids == ("c1", "c6")
    assert extraction.article.arguments[0].target == "c1"
    assert extraction.ok


@pytest.mark.parametrize(
    "changed",
    [
        {"gist": "that ferrymen grumble"},
        {"voices": [VOICE | {"source": "Leo"}]},
        {"evidence": ["on May 3"]},
    ],
)
def test_claims_with_different_content_are_not_merged(
    article: Article, parts: tuple[Passage, ...], changed: dict[str, Any]
) -> None:
    assert len(merged(article, parts, [RISE], [RISE | changed]).article.claims) == 2


def test_claims_of_one_passage_are_not_merged(article: Article, parts: tuple[Passage, ...]) -> None:
    extraction = merged(article, parts, [RISE, RISE | {"id": "c2"}], [RISE, RISE | {"id": "c2"}, RISE | {"id": "c3"}])

    assert extraction.article.claims.ids == ("c1", "c2", "c3")
    assert extraction.repeated == ("/1/0", "/1/1")


def test_events_in_two_passages_are_merged_and_references_redirected(
    article: Article, parts: tuple[Passage, ...]
) -> None:
    event: dict[str, Any] = {
        "record": "event",
        "id": "e1",
        "kind": "governing",
        "gist": "rise of the toll",
        "status": "occurred",
    }
    event["evidence"] = ["Maro raised the toll"]
    time = {"record": "time", "id": "t1", "text": "May 3", "kind": "date", "anchor": "t2"}
    other = {"record": "time", "id": "t2", "text": "3", "kind": "date"}
    told = RISE | {"gist": "that it happened on May 3", "evidence": ["on May 3"], "events": ["e1"]}

    extraction = merged(article, parts, [event, time, other], [told, event, time, other])

    assert len(extraction.article.events) == 1
    assert extraction.article.claims[0].events == ("e1",)
    assert [each.anchor for each in extraction.article.times] == ["t2", None]


def test_an_entity_of_two_passages_is_merged(article: Article, parts: tuple[Passage, ...]) -> None:
    again = {"record": "entity", "id": "p9", "name": "Mayor Maro", "aliases": ["Maro"], "kind": "person"}
    mention = {"record": "mention", "text": "Maro", "form": "name", "entity": "p9"}

    extraction = merged(
        article, parts, [MARO | {"description": "a mayor"}], [again | {"description": "she leads the port"}, mention]
    )

    assert extraction.ok
    assert extraction.article.entities.ids == ("gull", "ines", "leo", "p1")
    assert extraction.article.entities["p1"].aliases == ("Mayor Maro",)
    assert extraction.article.entities["p1"].description == "a mayor"
    assert extraction.article.mentions[0].entity == "p1"


def test_an_entity_of_a_different_kind_in_another_passage_is_not_merged(
    article: Article, parts: tuple[Passage, ...]
) -> None:
    place = {"record": "entity", "name": "MARO", "kind": "place"}
    mention = {"record": "mention", "text": "Maro", "form": "name", "entity": "Maro"}

    extraction = merged(article, parts, [MARO, mention], [place, mention])

    assert extraction.article.entities.ids == ("gull", "ines", "leo", "p1", "maro")
    assert [each.entity for each in extraction.article.mentions] == ["p1", "maro"]


ENTITY = {"record": "entity", "kind": "person", "name": "Maro"}
TIME = {"record": "time", "text": "1815", "kind": "date"}


@pytest.mark.parametrize(
    "answer",
    [
        lambda number: [TIME] * number,
        lambda number: [{**ENTITY, "id": f"p{each}"} for each in range(number)],
        lambda number: [{**ENTITY, "name": f"Maro {each}", "aliases": ["Maro"]} for each in range(number)],
    ],
    ids=["one place without ids", "one name", "one alias"],
)
def test_many_equal_records_are_read_in_linear_time(
    article: Article, parts: tuple[Passage, ...], answer: Callable[[int], list[Any]]
) -> None:
    def work(number: int) -> Callable[[], object]:
        return lambda: merged(article, parts, answer(number), answer(number))

    assert is_linear_in_number(work, 300)


def test_each_passage_needs_an_answer(article: Article, parts: tuple[Passage, ...]) -> None:
    with pytest.raises(InvalidRecord) as caught:
        from_records([[]], like=article, passages=parts)

    assert str(caught.value) == "records: must be one answer for each of the 3 passages, not 1"


@pytest.mark.parametrize("limit", [1, 300, 900])
def test_an_article_survives_a_round_trip_through_passages(limit: int) -> None:
    article = load("harbour-toll")
    parts = passages(str(article.source.text), limit, 2, like=article)
    answers = [to_records(article, passage=each) for each in parts]

    extraction = from_records(answers, like=article, passages=parts)

    assert extraction.problems == ()
    assert {each.span for each in extraction.article.mentions} == {each.span for each in article.mentions}
    assert {each.gist for each in extraction.article.claims} <= {each.gist for each in article.claims}
    assert len(extraction.article.entities) <= len(article.entities)
    whole = {span for claim in article.claims for span in claim.evidence}
    assert {span for claim in extraction.article.claims for span in claim.evidence} <= whole


def test_the_whole_bundled_article_is_read_in_passages_by_a_scripted_client(
    bundled: Article, article_text: str
) -> None:
    article = bundled.attach(article_text).to_article()
    parts = passages(article_text, 1500, 1, like=article)
    script = iter(json.dumps(to_records(article, passage=each)) for each in parts)

    answers = [json.loads(answer) for answer in script]
    extraction = from_records(answers, like=article, passages=parts)

    assert extraction.problems == ()
    assert len(extraction.repeated) > 0
    assert {each.span for each in extraction.article.mentions} == {each.span for each in article.mentions}
    # A claim with evidence in separate passages is extracted from each of them.
    wanted = {each.gist for each in article.claims if _is_in_one(each, parts)}
    assert {each.gist for each in extraction.article.claims} == wanted
    assert len(extraction.article.claims) < 1.05 * len(wanted)


def _is_in_one(claim: Claim, parts: tuple[Passage, ...]) -> bool:
    """Whether a claim has evidence in a passage that also contains its cues and hedges."""
    beside = set(spans_of(claim)) - set(claim.evidence)
    return any(all(map(part.span.contains, beside)) and any(map(part.span.contains, claim.evidence)) for part in parts)


@given(strategies.articles(with_text=True), st.integers(20, 300), st.integers(0, 2))
def test_any_article_survives_a_round_trip_through_passages(article: Article, limit: int, overlap: int) -> None:
    parts = passages(str(article.source.text), limit, overlap, like=article)

    extraction = from_records([to_records(article, passage=each) for each in parts], like=article, passages=parts)

    assert extraction.problems == ()
    assert {each.id for each in extraction.article.entities} <= {each.id for each in article.entities}


def test_relations_and_arguments_are_compared_by_their_ends(article: Article) -> None:
    relation, argument = article.relations[0], article.arguments[0]

    assert likeness(relation, attrs.evolve(relation, id="x")) == 1
    assert likeness(relation, attrs.evolve(relation, object="sel")) == 0
    assert likeness(relation, attrs.evolve(relation, evidence=(Span(0, 1),))) == 0
    assert likeness(argument, attrs.evolve(argument, id="x")) == 1
    assert likeness(argument, attrs.evolve(argument, target="c-rise")) == 0
    assert likeness(article.events[0], attrs.evolve(article.events[0], kind=article.events[1].kind)) == 0


# A second round.


def test_a_second_round_adds_what_was_rejected(article: Article) -> None:
    first = from_records([MARO, RISE | {"kind": "guess"}, {"record": "mention"}], like=article)

    second = from_records([RISE], like=article, after=first)

    assert len(first.rejections) == 2
    assert second.ok
    assert second.article.claims.ids == ("c1",)
    assert second.article.entities == first.article.entities


def test_a_second_round_corrects_what_was_accepted(article: Article) -> None:
    other = RISE | {"id": "c2", "gist": "that Maro did it", "evidence": ["Maro"]}
    first = from_records([MARO, RISE, other], like=article)

    second = from_records([RISE | {"kind": "state"}, MARO | {"kind": "group"}], like=article, after=first)

    assert [str(each.kind) for each in second.article.claims] == ["state", "happening"]
    assert [str(each.kind) for each in second.article.entities] == ["organization", "person", "person", "group"]


def test_a_wrong_correction_leaves_the_record_unchanged(article: Article) -> None:
    first = from_records([RISE], like=article)

    second = from_records([RISE | {"kind": "guess"}], like=article, after=first)

    assert second.article.claims == first.article.claims
    assert [each.pointer for each in second.rejections] == ["/0"]


def test_a_record_sent_again_is_merged(article: Article) -> None:
    mention = {"record": "mention", "text": "Maro", "form": "name", "entity": "Ines"}
    first = from_records([mention, RISE], like=article)

    second = from_records([mention, RISE, {**RISE, "id": "c9"}], like=article, after=first)

    assert second.repeated == ("/0", "/2")
    assert (len(second.article.mentions), second.article.claims.ids) == (1, ("c1",))


def test_references_cross_rounds(article: Article) -> None:
    link = {"record": "argument", "source": "c2", "target": "c1", "kind": "supports"}
    fall = RISE | {"id": "c2", "gist": "that the port falls", "evidence": ["the port may fall"]}
    first = from_records([RISE, fall | {"kind": "guess"}, link], like=article)

    second = from_records([fall], like=article, after=first)

    assert first.article.arguments[0].source == "c2"
    assert second.article.claims.ids == ("c1", "c2")


def test_a_second_round_uses_the_ids_of_each_passage(article: Article, parts: tuple[Passage, ...]) -> None:
    lead = RISE | {"gist": "that Maro leads the port", "evidence": ["She leads the port"]}
    first = merged(article, parts, [RISE], [], [lead | {"kind": "guess"}])

    second = merged(article, parts, [], [], [lead], after=first)

    assert second.article.claims.ids == ("c1", "c1-2")


def test_a_second_round_requires_the_same_passages(article: Article, parts: tuple[Passage, ...]) -> None:
    with pytest.raises(InvalidRecord) as caught:
        merged(article, parts, after=from_records([], like=article))

    assert str(caught.value) == "after: must be an extraction of as many passages"


def test_repeated_evidence_counts_once(article: Article) -> None:
    claim = article.claims[0]
    twice = attrs.evolve(claim, evidence=claim.evidence * 2)

    assert likeness(twice, twice) == likeness(claim, claim)
