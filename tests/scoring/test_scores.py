"""Judging an extraction: counts, labels, and the laws they keep."""

from __future__ import annotations

import inspect
import random
import sys
from collections.abc import Callable
from functools import reduce
from operator import add
from typing import Any, Literal, TypeAlias

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nervaluate import Evaluator
from small import place, voice
from small import small as small_data

from oped_dataset import Article, Counts, Scores, Span, TimeExpression, score, validate
from oped_dataset.codec.wire import from_data, to_data
from oped_dataset.errors import InvalidRecord, MissingExtra, NotComparable
from oped_dataset.model.vocabulary import TimeKind
from oped_dataset.scoring.scores import Averages, LayerScore, score_of_nothing
from oped_dataset.testing import strategies

Change: TypeAlias = Callable[[dict[str, Any]], object]

MATCHES: st.SearchStrategy[Literal["strict", "overlap"]] = st.sampled_from(["strict", "overlap"])
FEW = settings(max_examples=40)
SPANNED = ("mentions", "times", "quantities", "quotations", "events", "relations", "claims")


@pytest.fixture
def gold(small: dict[str, Any]) -> Article:
    return from_data(small)


def thinned(article: Article, chance: random.Random) -> Article:
    """Leave out records at random; what is left need not keep the rules."""
    kept = {name: [each for each in article.tables[name] if chance.random() < 0.6] for name in SPANNED}
    return attrs.evolve(article, **kept)  # type: ignore[arg-type]


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


# Laws.


@FEW
@given(strategies.articles(), MATCHES)
def test_an_article_agrees_with_itself(article: Article, match: Literal["strict", "overlap"]) -> None:
    scores = score(article, article, match=match)

    assert [layer.labelled.f1 for layer in scores.layers.values()] == [1.0] * 7
    assert scores.micro.f1 == scores.macro.f1 == scores.attribution.kept == scores.commitment.kept == 1.0


@FEW
@given(strategies.articles(), st.integers(), MATCHES)
def test_changing_places_exchanges_precision_and_recall(
    article: Article, seed: int, match: Literal["strict", "overlap"]
) -> None:
    chance = random.Random(seed)
    one, two = thinned(article, chance), thinned(article, chance)

    there, back = score(one, two, match=match), score(two, one, match=match)

    for layer in SPANNED:
        assert there[layer].spans.precision == back[layer].spans.recall
        assert there[layer].spans.f1 == back[layer].spans.f1
    assert there.attribution.kept == back.attribution.kept


@FEW
@given(strategies.articles(), st.integers(), MATCHES)
def test_all_figures_are_shares(article: Article, seed: int, match: Literal["strict", "overlap"]) -> None:
    scores = score(thinned(article, random.Random(seed)), article, match=match)

    figures = [scores.attribution.kept, scores.commitment.kept, scores.macro.f1, scores.micro.f1]
    for layer in scores.layers.values():
        figures += [layer.spans.precision, layer.spans.recall, layer.spans.f1, layer.labelled.f1]
        figures += [layer.accuracy(field) for field in layer.labels]
    assert all(0 <= figure <= 1 for figure in figures)


@FEW
@given(strategies.articles(), st.integers(), MATCHES)
def test_one_right_record_more_never_scores_less(
    article: Article, seed: int, match: Literal["strict", "overlap"]
) -> None:
    fewer = thinned(article, random.Random(seed))
    for layer in SPANNED:
        missing = [each for each in article.tables[layer] if each not in fewer.tables[layer]]
        more = attrs.evolve(fewer, **{layer: [*fewer.tables[layer], *missing[:1]]})  # type: ignore[arg-type]

        assert score(more, article, match=match)[layer].spans.f1 >= score(fewer, article, match=match)[layer].spans.f1


@FEW
@given(strategies.articles(), st.integers())
def test_overlap_never_matches_less_than_strict(article: Article, seed: int) -> None:
    predicted = thinned(article, random.Random(seed))

    strict, overlap = score(predicted, article), score(predicted, article, match="overlap")

    assert all(overlap[layer].spans.matched >= strict[layer].spans.matched for layer in SPANNED)


@FEW
@given(strategies.articles(), st.integers(), MATCHES)
def test_the_order_of_records_does_not_matter(article: Article, seed: int, match: Literal["strict", "overlap"]) -> None:
    chance = random.Random(seed)
    predicted = thinned(article, chance)
    tables: dict[str, Any] = {name: chance.sample(table, len(table)) for name, table in predicted.tables.items()}

    shuffled = score(attrs.evolve(predicted, **tables), article, match=match)

    assert shuffled == score(predicted, article, match=match)


# Agreement with another tool.


def times(article: Article, spans: list[tuple[int, int, str]]) -> Article:
    kinds = {str(kind): kind for kind in TimeKind}
    made = [
        TimeExpression(id=f"t-{index}", span=Span(start, end), kind=kinds[kind])
        for index, (start, end, kind) in enumerate(spans)
    ]
    return attrs.evolve(article, times=made)


@st.composite
def apart(draw: st.DrawFn) -> list[tuple[int, int, str]]:
    """Spans that do not overlap, as sequence labelling has them, with a label each."""
    borders = sorted(draw(st.sets(st.integers(0, 40), max_size=16)))
    kinds = st.sampled_from([kind.value for kind in TimeKind])
    return [(start, end, draw(kinds)) for start, end in zip(borders[::2], borders[1::2], strict=False)]


@given(apart(), apart())
def test_span_f1_is_that_of_nervaluate(predicted: list[tuple[int, int, str]], gold: list[tuple[int, int, str]]) -> None:
    article = from_data(small_data())
    layer = score(times(article, predicted), times(article, gold))["times"]

    # It counts the last character in, and its spans overlap where they share it.
    entities = [[{"start": s, "end": e - 1, "label": k} for s, e, k in spans] for spans in (gold, predicted)]
    theirs = Evaluator([entities[0]], [entities[1]], tags=[kind.value for kind in TimeKind], loader="dict").evaluate()

    exact, strict = theirs["overall"]["exact"], theirs["overall"]["strict"]
    assert (layer.spans.matched, layer.labels["kind"].matched) == (exact.correct, strict.correct)
    if predicted or gold:
        assert layer.spans.f1 == pytest.approx(exact.f1)
        assert layer.labels["kind"].f1 == pytest.approx(strict.f1)


# Single cases.


def test_counts_of_nothing() -> None:
    nothing = Counts(matched=0, predicted=0, gold=0)
    missed = Counts(matched=0, predicted=0, gold=2)
    made_up = Counts(matched=0, predicted=2, gold=0)

    assert (nothing.precision, nothing.recall, nothing.f1) == (1, 1, 1)
    assert (missed.precision, missed.recall, missed.f1) == (0, 0, 0)
    assert (made_up.precision, made_up.recall, made_up.f1) == (0, 0, 0)


def test_counts_are_pooled_and_averaged(gold: Article) -> None:
    scores = score(attrs.evolve(gold, mentions=gold.mentions[:1], claims=(), quotations=()), gold)

    assert scores.micro == Counts(matched=6, predicted=6, gold=15)
    assert scores.macro.precision == pytest.approx(5 / 7)
    assert scores.macro.recall == pytest.approx((0.2 + 4) / 7)
    assert scores.macro.f1 == pytest.approx((1 / 3 + 4) / 7)


def test_empty_layers_do_not_enter_the_mean(gold: Article) -> None:
    empty: dict[str, Any] = dict.fromkeys(SPANNED, ())
    nothing = attrs.evolve(gold, **empty)

    assert score(nothing, nothing).macro.f1 == 1
    only_times = attrs.evolve(nothing, times=gold.times)
    assert score(nothing, only_times).macro.f1 == 0


def test_other_ids_are_aligned(gold: Article) -> None:
    other = renamed(gold)
    scores = score(other, gold)

    assert validate(other).ok
    assert scores.entities == {f"other-{entity.id}": entity.id for entity in gold.entities}
    assert [layer.labelled.f1 for layer in scores.layers.values()] == [1.0] * 7
    assert scores.attribution.kept == 1


def test_an_entity_is_known_by_where_it_is_mentioned(gold: Article) -> None:
    nameless = [attrs.evolve(entity, name=f"Person {entity.id}") for entity in gold.entities]

    scores = score(attrs.evolve(gold, entities=nameless), gold)

    assert scores.entities == {name: name for name in ("maro", "sel", "gull", "port")}


def test_an_entity_is_known_by_an_alias_in_any_case(gold: Article) -> None:
    entities = [attrs.evolve(gold.entities["ines"], id="x", name="Ines Roe", aliases=("INES",))]

    scores = score(attrs.evolve(gold, entities=entities, mentions=(), claims=()), gold)

    assert scores.entities == {"x": "ines"}


def test_mentions_of_no_entity_align_none(gold: Article) -> None:
    entities = [entity for entity in gold.entities if entity.id != "maro"]

    assert "maro" not in score(gold, attrs.evolve(gold, entities=entities)).entities
    assert "maro" not in score(attrs.evolve(gold, entities=entities), gold).entities


def test_labels_are_scored_on_matched_records(small: dict[str, Any], gold: Article) -> None:
    small["mentions"][0]["form"] = "nominal"
    small["mentions"][1]["entity"] = "sel"
    small["quotations"][0]["speaker"] = None
    small["quotations"][0]["kind"] = "scare"
    scores = score(from_data(small), gold)

    assert scores["mentions"].spans.f1 == 1
    assert scores["mentions"].accuracy("form") == scores["mentions"].accuracy("entity") == 0.8
    assert scores["mentions"].labelled == Counts(matched=3, predicted=5, gold=5)
    assert scores["quotations"].labelled.matched == 0


def test_overlapping_records_are_matched_as_many_as_possible(gold: Article) -> None:
    ours = times(gold, [(0, 10, "date"), (8, 30, "date")])
    theirs = times(gold, [(9, 30, "date"), (11, 40, "date")])

    assert score(ours, theirs, match="overlap")["times"].pairs == (("t-0", "t-0"), ("t-1", "t-1"))
    assert score(ours, theirs)["times"].pairs == ()


def test_the_more_alike_are_matched(small: dict[str, Any], gold: Article) -> None:
    twin = small["claims"][0] | {"id": "c-twin", "gist": "The sea is cold.", "events": []}
    small["claims"].insert(0, twin)
    small["events"][0]["id"] = small["claims"][1]["events"][0] = "e-other"

    assert dict(score(from_data(small), gold)["claims"].pairs)["c-rise"] == "c-rise"


def test_claims_alike_in_all_but_their_voices_are_told_apart(small: dict[str, Any]) -> None:
    relayed = [voice("ines", "say", "uncommitted"), voice("sel", "say", "certain", "saying")]
    small["claims"].append(small["claims"][0] | {"id": "c-again", "voices": relayed})
    gold = from_data(small)
    reversed_claims = [attrs.evolve(each, id=f"p-{index}") for index, each in enumerate(reversed(gold.claims))]

    scores = score(attrs.evolve(gold, claims=reversed_claims), gold)

    assert scores.attribution.kept == 1


@pytest.mark.parametrize(
    ("change", "outcome"),
    [
        (lambda claim: claim["voices"].pop(), "lost"),
        (lambda claim: claim["voices"].__delitem__(slice(1, None)), "flattened"),
        (lambda claim: claim["voices"][2].update(source="maro"), "replaced"),
        (lambda claim: claim["voices"].append(claim["voices"][1] | {"source": "maro"}), "added"),
    ],
)
def test_what_became_of_a_chain(small: dict[str, Any], gold: Article, change: Change, outcome: str) -> None:
    change(small["claims"][1])
    scores = score(from_data(small), gold)

    assert {str(each): count for each, count in scores.attribution.outcomes.items() if count} == {"kept": 3, outcome: 1}
    assert scores.attribution.kept == 0.75


def test_a_hardened_hedge_is_counted(small: dict[str, Any], gold: Article) -> None:
    small["claims"][3]["voices"][0]["commitment"] = "certain"
    scores = score(from_data(small), gold)

    assert scores.commitment.share("hardened") == pytest.approx(1 / 6)
    assert sum(map(sum, scores.commitment.matrix)) == scores.commitment.compared == 6


def test_single_layers_can_be_asked_for(gold: Article) -> None:
    scores = score(gold, gold, layers=["times", "claims"])

    assert list(scores.layers) == ["times", "claims"]
    assert scores.micro.gold == 5


def test_the_table(gold: Article) -> None:
    scores = score(attrs.evolve(gold, mentions=gold.mentions[:1], claims=()), gold)

    assert str(scores).splitlines() == [
        "layer        precision  recall      f1  matched  predicted  gold",
        "mentions         1.000   0.200   0.333        1          1     5",
        "times            1.000   1.000   1.000        1          1     1",
        "quantities       1.000   1.000   1.000        1          1     1",
        "quotations       1.000   1.000   1.000        1          1     1",
        "events           1.000   1.000   1.000        2          2     2",
        "relations        1.000   1.000   1.000        1          1     1",
        "claims           0.000   0.000   0.000        0          0     4",
        "all              1.000   0.467   0.636        7          7    15",
        "chains of voices kept: 0.000 (no claim matched)",
        "commitments kept: 0.000 (no voice compared)",
    ]
    assert scores.rows()[0] == {
        "layer": "mentions",
        "precision": 1.0,
        "recall": 0.2,
        "f1": pytest.approx(1 / 3),
        "matched": 1,
        "predicted": 1,
        "gold": 5,
    }


def test_the_table_in_a_notebook(gold: Article) -> None:
    shown = score(gold, gold)._repr_html_()

    assert "<tr><th>claims</th><td>1.000</td><td>1.000</td><td>1.000</td><td>4</td><td>4</td><td>4</td></tr>" in shown
    assert "chains of voices kept: 1.000 (kept 4)" in shown


# What is refused.


def refused(action: Callable[[], Scores | float]) -> str:
    with pytest.raises((InvalidRecord, NotComparable)) as caught:
        action()
    return str(caught.value)


def test_wrong_arguments_are_refused(gold: Article) -> None:
    assert refused(lambda: score(gold, gold, match="loose")) == (  # type: ignore[arg-type]
        "match: must be 'strict' or 'overlap', not 'loose'"
    )
    assert refused(lambda: score(gold, gold, layers=["claim"])) == (
        "layers: 'claim' is no layer that is scored; did you mean 'claims'?"
    )
    assert refused(lambda: score(gold, gold, layers=["x"])).endswith("these are: " + ", ".join(SPANNED))
    assert refused(lambda: score(gold, gold)["claims"].accuracy("grond")) == (
        "'grond' is no field that is compared in this layer; did you mean 'ground'?"
    )
    assert refused(lambda: score(gold, gold)["claims"].accuracy("x")).endswith("these are: kind, ground")


@pytest.mark.parametrize("digest", ["0" * 64, "f" * 64])
def test_annotations_of_different_texts_are_refused(gold: Article, digest: str) -> None:
    other = attrs.evolve(gold, id="other", source=attrs.evolve(gold.source, sha256=digest))

    assert refused(lambda: score(other, gold)) == (
        "'other' and 'small' count in different texts; where the one is another copy of the other, "
        "carry the gold over to it first: gold.attach(text).to_article()"
    )


@pytest.mark.parametrize("kind", [Counts, LayerScore, Averages, Scores])
def test_figures_are_given_by_name(kind: type[Any]) -> None:
    parameters = inspect.signature(kind).parameters.values()

    assert {parameter.kind for parameter in parameters} == {inspect.Parameter.KEYWORD_ONLY}


def test_how_to_match_is_said_by_name(gold: Article) -> None:
    with pytest.raises(TypeError, match="takes 2 positional arguments but 3 were given"):
        score(gold, gold, "overlap")  # type: ignore[call-arg]


def test_without_the_extra_the_error_names_it(gold: Article, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "scipy.sparse", None)

    with pytest.raises(MissingExtra) as caught:
        score(gold, gold)

    assert str(caught.value) == 'scipy.sparse is not installed; run: pip install "oped-dataset[score]"'


def test_evidence_in_pieces_is_compared_whole(small: dict[str, Any], gold: Article) -> None:
    small["claims"][0]["evidence"].append(place("She leads"))
    scores = score(from_data(small), gold)

    assert scores["claims"].spans.matched == 3
    assert score(from_data(small), gold, match="overlap")["claims"].spans.matched == 4


@pytest.mark.parametrize(("predicted", "found"), [(0, 1), (1, 1), (2, 1)])
def test_the_labels_of_no_matched_record_are_not_right(gold: Article, predicted: int, found: int) -> None:
    mentions = gold.mentions[:found]
    elsewhere = [
        attrs.evolve(mentions[0], id=f"m-{number}", span=Span(150 + 2 * number, 151 + 2 * number))
        for number in range(predicted)
    ]

    layer = score(attrs.evolve(gold, mentions=elsewhere), attrs.evolve(gold, mentions=mentions))["mentions"]

    assert (layer.spans.matched, layer.accuracy("form")) == (0, 0.0)


@given(st.lists(strategies.articles(), min_size=2, max_size=4), st.randoms(use_true_random=False))
@settings(max_examples=20)
def test_scores_add_up_in_any_order(articles: list[Article], chance: random.Random) -> None:
    scores = [score(article, article, match="overlap") for article in articles]
    shuffled = chance.sample(scores, len(scores))

    total = reduce(add, scores)

    assert reduce(add, shuffled) == total
    assert scores[0] + reduce(add, scores[1:]) == total
    assert total + score_of_nothing(match="overlap") == total


def test_counts_are_summed_and_ids_left_out(small: dict[str, Any], gold: Article) -> None:
    small["claims"][1]["voices"][1]["commitment"] = "certain"
    part = score(from_data(small), gold)

    total = part + part

    assert total["claims"].spans == part["claims"].spans + part["claims"].spans
    assert total["claims"].labels["kind"].gold == 2 * len(gold.claims)
    assert total.attribution.matched == 2 * part.attribution.matched
    assert total.commitment.confusion == {pair: 2 * count for pair, count in part.commitment.confusion.items()}
    assert (total["claims"].pairs, total.entities) == ((), {})


def test_where_nothing_was_compared_nothing_was_lost() -> None:
    nothing = score_of_nothing()

    assert (nothing.attribution.kept, nothing.commitment.kept, (nothing + nothing).attribution.kept) == (1, 1, 1)


def test_scores_of_different_kinds_are_not_added(gold: Article) -> None:
    scores = score(gold, gold)

    for other in (score(gold, gold, match="overlap"), score(gold, gold, layers=["claims"])):
        for one, two in ((scores, other), (other, scores)):
            with pytest.raises(NotComparable) as caught:
                one + two

        assert str(caught.value) == "scores can be added only where `match` and `layers` were the same"
