"""The pairs and labels of each layer."""

from __future__ import annotations

from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nervaluate import Evaluator
from small import place
from small import small as small_data

from oped_dataset import Article, Edtf, Span, TimeExpression, score, validate
from oped_dataset.codec.wire import from_data, to_data
from oped_dataset.model.vocabulary import TimeKind
from oped_dataset.scoring.labels import days_in_common


@pytest.fixture
def gold(small: dict[str, Any]) -> Article:
    return from_data(small)


def hits(small: dict[str, Any], gold: Article, layer: str) -> dict[str, float | None]:
    """Return the F1 of the labels of a layer, without those that are all right."""
    labels = score(from_data(small), gold)[layer].labels
    return {label: counts.f1 for label, counts in labels.items() if counts.f1 != 1}


# Times, against another tool.


def times(article: Article, spans: list[tuple[int, int, str]]) -> Article:
    kinds = {str(kind): kind for kind in TimeKind}
    made = [
        TimeExpression(id=f"t-{index}", span=Span(start, end), kind=kinds[kind])
        for index, (start, end, kind) in enumerate(spans)
    ]
    return attrs.evolve(article, times=made)


@st.composite
def apart(draw: st.DrawFn) -> list[tuple[int, int, str]]:
    """Draw labelled spans that do not overlap, as in sequence labelling."""
    borders = sorted(draw(st.sets(st.integers(0, 40), max_size=16)))
    kinds = st.sampled_from([kind.value for kind in TimeKind])
    return [(start, end, draw(kinds)) for start, end in zip(borders[::2], borders[1::2], strict=False)]


@given(apart(), apart())
def test_exact_spans_equal_those_of_nervaluate(
    predicted: list[tuple[int, int, str]], gold: list[tuple[int, int, str]]
) -> None:
    article = from_data(small_data())
    layer = score(times(article, predicted), times(article, gold), match="exact")["times"]

    # Ends are inclusive in nervaluate, where spans that share an end overlap.
    entities = [[{"start": s, "end": e - 1, "label": k} for s, e, k in spans] for spans in (gold, predicted)]
    theirs = Evaluator([entities[0]], [entities[1]], tags=[kind.value for kind in TimeKind], loader="dict").evaluate()

    exact, strict = theirs["overall"]["exact"], theirs["overall"]["strict"]
    assert (layer.spans.matched, layer.labels["kind"].matched) == (exact.correct, strict.correct)
    if predicted or gold:
        assert layer.spans.f1 == pytest.approx(exact.f1)
        assert layer.labels["kind"].f1 == pytest.approx(strict.f1)


def test_a_date_is_compared_by_its_days(small: dict[str, Any], gold: Article) -> None:
    small["times"][0]["value"] = "2019-05-03?"
    assert hits(small, gold, "times") == {}

    small["times"][0]["value"] = "2019-05"
    assert hits(small, gold, "times") == {"value": 0, "days": pytest.approx(2 / 32, abs=1e-6)}


def test_anchors_are_compared_by_the_times_they_match(small: dict[str, Any]) -> None:
    later = small["times"][0] | {"id": "t-later", "span": place("on"), "anchor": "t-may"}
    small["times"].append(later)
    gold = from_data(small)
    small["times"][0]["id"] = small["times"][1]["anchor"] = "t-other"
    assert hits(small, gold, "times") == {}

    small["times"][1]["anchor"] = None
    assert hits(small, gold, "times") == {"anchor": pytest.approx(2 / 3)}


def test_a_duration_is_compared_as_written(small: dict[str, Any]) -> None:
    small["times"][0] |= {"kind": "duration", "value": "P2M"}
    gold = from_data(small)
    assert (hits(small, gold, "times"), score(gold, gold)["times"].labels["days"].f1) == ({"days": None}, None)

    small["times"][0]["value"] = "P3M"
    assert hits(small, gold, "times") == {"value": 0, "days": None}


@pytest.mark.parametrize(
    ("one", "two", "share"),
    [
        ("2019-07", "2019-07", 1),
        ("2019-07-XX", "2019-07", 1),
        ("2019", "2019-07", 62 / 396),
        ("2019-07-01/2019-07-10", "2019-07-10/2019-07-11", 2 / 12),
        ("2018", "2019", 0),
        ("2018/..", "2018/..", 1),
    ],
)
def test_days_in_common(one: str, two: str, share: float) -> None:
    assert (
        days_in_common(Edtf(one), Edtf(two)) == days_in_common(Edtf(two), Edtf(one)) == pytest.approx(share, abs=1e-6)
    )


def test_an_open_interval_has_almost_nothing_in_common_with_a_day() -> None:
    assert days_in_common(Edtf("../2100"), Edtf("2019-07-13")) < 0.00001


# Entities and mentions.


def renamed(article: Article) -> Article:
    """Give all records and entities other ids."""
    ids = {record_id for table in article.tables.values() for record_id in table.ids}
    return from_data(_renamed(to_data(article), ids))


def _renamed(data: Any, ids: set[str]) -> Any:
    if isinstance(data, dict):
        words = ("gist", "name", "text", "title", "kind", "act", "form")
        return {key: value if key in words else _renamed(value, ids) for key, value in data.items()}
    if isinstance(data, list):
        return [_renamed(each, ids) for each in data]
    return f"other-{data}" if isinstance(data, str) and data in ids else data


def test_articles_with_different_ids_are_aligned(gold: Article) -> None:
    other = renamed(gold)
    scores = score(other, gold)

    assert validate(other).ok
    assert dict(scores["entities"].pairs) == {f"other-{entity.id}": entity.id for entity in gold.entities}
    figures = {name: figure for name, figure in scores.figures().items() if figure is not None}
    assert {figure for name, figure in figures.items() if not name.endswith("mae")} == {1}


def test_an_entity_is_recognised_by_its_mentions(gold: Article) -> None:
    nameless = [attrs.evolve(entity, name=f"Person {entity.id}") for entity in gold.entities]

    scores = score(attrs.evolve(gold, entities=nameless), gold)

    assert dict(scores["entities"].pairs) == {name: name for name in ("maro", "sel", "gull", "port")}


def test_an_entity_is_recognised_by_an_alias_in_any_case(gold: Article) -> None:
    entities = [attrs.evolve(gold.entities["ines"], id="x", name="Ines Roe", aliases=("INES",))]

    scores = score(attrs.evolve(gold, entities=entities, mentions=(), claims=()), gold)

    assert scores["entities"].pairs == (("x", "ines"),)


def test_mentions_of_absent_entities_align_nothing(gold: Article) -> None:
    entities = [entity for entity in gold.entities if entity.id != "maro"]

    assert "maro" not in dict(score(gold, attrs.evolve(gold, entities=entities))["entities"].pairs)
    assert "maro" not in dict(score(attrs.evolve(gold, entities=entities), gold)["entities"].pairs)


def test_an_unpaired_mention_does_not_align_its_entity(small: dict[str, Any], gold: Article) -> None:
    near = [small["mentions"][1] | {"id": f"m-{n}", "entity": "sel", "span": place("the Gull")} for n in range(5)]
    small["mentions"] += near
    small["mentions"][2]["entity"] = "leo"
    small["entities"][3]["name"] = "Another"

    assert ("gull", "gull") in score(from_data(small), gold)["entities"].pairs


def test_mentions_at_one_place_are_distinguished_by_the_names_of_their_entities(small: dict[str, Any]) -> None:
    small["mentions"].append(small["mentions"][0] | {"id": "m-also", "entity": "sel"})
    gold = from_data(small)
    small["mentions"][0]["id"], small["mentions"][-1]["id"] = "p-1", "p-2"
    small["mentions"].reverse()

    assert hits(small, gold, "mentions") == {}


def test_labels_of_mentions_and_entities(small: dict[str, Any], gold: Article) -> None:
    small["mentions"][0]["form"] = "nominal"
    small["mentions"][1]["entity"] = "sel"
    small["mentions"][4]["metonym"] = True
    small["entities"][1] |= {"kind": "group", "named": False}

    assert hits(small, gold, "mentions") == {"entity": 0.8, "form": 0.8, "metonym": 0.8}
    assert hits(small, gold, "entities") == {"kind": pytest.approx(5 / 6), "named": pytest.approx(5 / 6)}


# Relations, events, claims and quotations.


def test_relations_are_compared_as_triples(small: dict[str, Any], gold: Article) -> None:
    small["relations"][0]["object"] = "gull"
    assert hits(small, gold, "relations") == {"object": 0, "triple": 0}
    assert score(from_data(small), gold)["relations"].spans.f1 == 1

    small["relations"][0]["predicate"] = "owns"
    assert score(from_data(small), gold)["relations"].spans.f1 == 0
    assert score(from_data(small), gold, match="overlap")["relations"].spans.f1 == 1


def test_the_interval_of_a_relation_is_compared_by_days(small: dict[str, Any], gold: Article) -> None:
    small["relations"][0]["during"] = "2018-01-02/.."

    assert hits(small, gold, "relations") == {"during": 0}
    assert (score(from_data(small), gold)["relations"].labels["days"].f1 or 0) > 0.999


def test_events_are_compared_with_their_participants(small: dict[str, Any], gold: Article) -> None:
    small["events"][0]["participants"].append({"entity": "sel", "role": "patient"})
    small["events"][0] |= {"place": None, "status": "planned"}

    assert hits(small, gold, "events") == {"status": 0.5, "place": 0, "participants": pytest.approx(4 / 5)}


def test_claims_are_compared_by_the_records_they_are_about_and_carry(small: dict[str, Any], gold: Article) -> None:
    small["claims"][0] |= {"about": ["maro", "port"], "events": []}

    assert hits(small, gold, "claims") == {"about": pytest.approx(2 / 3), "carries": pytest.approx(6 / 7)}


def test_quotations_are_compared_by_their_speakers_and_claims(small: dict[str, Any], gold: Article) -> None:
    small["quotations"][0] |= {"speaker": None, "claims": ["c-rise"]}

    assert hits(small, gold, "quotations") == {"speaker": 0, "claims": 0}


def test_labels_that_refer_to_unscored_layers_are_left_out(gold: Article) -> None:
    scores = score(gold, gold, layers=["quotations", "claims", "events"])

    assert list(scores["claims"].labels) == ["kind", "ground", "about"]
    assert "claims" in scores["quotations"].labels
    assert "claims" not in score(gold, gold, layers=["quotations"])["quotations"].labels


def test_the_most_similar_records_are_paired(small: dict[str, Any], gold: Article) -> None:
    twin = small["claims"][0] | {"id": "c-twin", "gist": "The sea is cold.", "events": []}
    small["claims"].insert(0, twin)
    small["events"][0]["id"] = small["claims"][1]["events"][0] = "e-other"

    assert dict(score(from_data(small), gold)["claims"].pairs)["c-rise"] == "c-rise"
    assert dict(score(from_data(small), gold, match="exact")["claims"].pairs)["c-rise"] == "c-rise"


def test_claims_that_differ_only_in_voices_are_distinguished(small: dict[str, Any]) -> None:
    relayed = [small["claims"][1]["voices"][0], small["claims"][1]["voices"][2]]
    small["claims"].append(small["claims"][0] | {"id": "c-again", "voices": relayed})
    gold = from_data(small)
    reversed_claims = [attrs.evolve(each, id=f"p-{index}") for index, each in enumerate(reversed(gold.claims))]

    assert score(attrs.evolve(gold, claims=reversed_claims), gold).attribution.chains.f1 == 1


def test_evidence_in_pieces_is_compared_as_a_whole(small: dict[str, Any], gold: Article) -> None:
    small["claims"][0]["evidence"].append(place("She leads"))

    assert score(from_data(small), gold, match="exact")["claims"].spans.matched == 3
    assert score(from_data(small), gold, match="overlap")["claims"].spans.matched == 4


# Arguments.


def test_arguments_are_paired_between_the_same_claims(small: dict[str, Any], gold: Article) -> None:
    small["arguments"][0] |= {"id": "a-other", "kind": "rebuts"}
    small["arguments"][1]["target"] = "a-other"
    scores = score(from_data(small), gold)

    assert scores["arguments"].pairs == (("a-other", "a-loss"), ("a-head", "a-head"))
    assert scores["arguments"].labels["kind"].f1 == 0.5


def test_an_argument_between_other_claims_is_wrong(small: dict[str, Any], gold: Article) -> None:
    small["arguments"][0]["source"] = "c-rise"
    scores = score(from_data(small), gold)

    assert scores["arguments"].spans.f1 == 0


def test_an_argument_of_a_claim_that_is_missing_is_wrong(small: dict[str, Any], gold: Article) -> None:
    del small["claims"][1]
    scores = score(from_data(small), gold)

    assert (scores["arguments"].spans.matched, scores["arguments"].spans.predicted) == (0, 2)


def test_arguments_that_attack_each_other_are_scored(small: dict[str, Any]) -> None:
    small["arguments"][0]["target"] = "a-head"
    article = from_data(small)

    assert score(article, article)["arguments"].spans.f1 == 1
