"""Junk, flattening and silence must not raise scores; small differences of evidence must hardly lower them."""

from __future__ import annotations

import random
from typing import Any, Literal

import attrs
import pytest
from degraded import (
    PLACED,
    babbled,
    blurred,
    flattened,
    junk,
    shortened,
    thinned,
    widened,
    with_voices,
)
from hypothesis import given, settings
from hypothesis import strategies as st
from small import small as small_data

from oped_dataset import (
    Article,
    Claim,
    Commitment,
    Scores,
    Span,
    TimeExpression,
    TimeKind,
    from_records,
    load,
    names,
    score,
)
from oped_dataset.codec.wire import from_data
from oped_dataset.model.article import TABLES
from oped_dataset.testing import make_corpus, near_misses, strategies

pytestmark = pytest.mark.slow

MATCHES: st.SearchStrategy[Literal["graded", "exact", "overlap"]] = st.sampled_from(["graded", "exact", "overlap"])
FEW = settings(max_examples=40)
BUNDLED = pytest.mark.parametrize("name", names())


# Degraded copies.


@BUNDLED
@pytest.mark.parametrize("match", ["graded", "exact", "overlap"])
def test_claims_with_the_whole_text_as_evidence_find_nothing(name: str, match: Any) -> None:
    gold = load(name)

    scores = score(babbled(gold), gold, match=match)

    assert scores["claims"].spans.f1 == scores.attribution.chains.f1 == scores.commitment.voices.f1 == 0


@BUNDLED
def test_evidence_one_character_short_costs_almost_nothing(name: str) -> None:
    gold = load(name)

    scores = score(shortened(gold), gold)

    assert scores["claims"].spans.f1 == scores.attribution.chains.f1 == scores.commitment.kappa == 1
    assert 0.98 < (scores["claims"].similarity or 0) < 1
    assert score(shortened(gold), gold, match="overlap")["claims"].spans.f1 == 1


@BUNDLED
def test_a_sentence_as_evidence_costs_little(name: str) -> None:
    gold = load(name)

    scores = score(widened(gold), gold)

    assert scores["claims"].spans.f1 == scores.attribution.chains.f1 == 1
    assert 0.8 < (scores["claims"].similarity or 0) < 0.9
    assert (scores.attribution.content.precision or 1) < 0.7 < (scores.attribution.content.recall or 0)


@BUNDLED
def test_flattening_everything_keeps_no_chain(name: str) -> None:
    gold = load(name)

    scores = score(flattened(gold), gold)

    assert scores["claims"].spans.f1 == 1
    assert (scores.attribution.chains.f1, scores.attribution.detection.f1, scores.attribution.claims.f1) == (0, 0, 0)
    attributed = sum(len(claim.voices) > 1 for claim in gold.claims)
    assert {each: count for each, count in scores.attribution.outcomes.items() if count} == {"flattened": attributed}


def test_a_junk_claim_on_matched_gold_only_costs() -> None:
    gold = from_data(small_data())
    right = gold.claims["c-loss"]
    junk_claim = attrs.evolve(gold.claims["c-head"], id="junk", evidence=(Span(*[right.evidence[0].end - 1, 120]),))

    alone = score(attrs.evolve(gold, claims=[right]), gold)
    both = score(attrs.evolve(gold, claims=[right, junk_claim]), gold)

    assert both["claims"].pairs == alone["claims"].pairs == (("c-loss", "c-loss"),)
    assert (both["claims"].spans.f1 or 1) < (alone["claims"].spans.f1 or 0)
    assert both.attribution.chains.f1 == alone.attribution.chains.f1 == 1


def test_two_half_right_records_do_not_separate_a_right_pair() -> None:
    gold = from_data(small_data())
    theirs = [time("g-1", 0, 30), time("g-2", 12, 40)]

    alone = score(attrs.evolve(gold, times=[time("p-1", 0, 30)]), attrs.evolve(gold, times=theirs))
    both = score(attrs.evolve(gold, times=[time("p-1", 0, 30), time("p-2", 0, 18)]), attrs.evolve(gold, times=theirs))

    assert both["times"].pairs == alone["times"].pairs == (("p-1", "g-1"),)


def time(record_id: str, start: int, end: int, value: str | None = None) -> TimeExpression:
    return TimeExpression(id=record_id, span=Span(start, end), kind=TimeKind.DATE, value=value)


def test_rejected_records_count_as_wrong() -> None:
    gold = from_data(small_data())
    right = {
        "record": "claim",
        "text": "She leads the port",
        "gist": "Maro heads the port.",
        "kind": "state",
        "ground": "bare",
        "voices": [
            {"source": "Ines", "act": "say", "channel": "published-work", "commitment": "certain", "mode": "direct"}
        ],
    }
    made_up = [right | {"text": f"nobody said {number}"} for number in range(99)]

    scores = score(from_records([right, *made_up], like=gold), gold)

    assert scores["claims"].spans.precision == 0.01
    assert scores.rejected == {"claims": 99}
    assert scores.notes()[-1] == "rejected records, which count as wrong: claims 99"


def test_the_voices_of_rejected_claims_count_as_predicted() -> None:
    gold = from_data(small_data())
    voices = [{"source": "Ines", "commitment": "uncommitted"}, {"source": "Sel", "commitment": "maybe"}]
    claim = {"record": "claim", "text": "nowhere"}
    rejected: list[Any] = [
        claim | {"voices": voices},
        claim | {"voices": [*voices, "Gull"]},
        claim,
        {"record": "nothing"},
        "x",
    ]

    scores = score(from_records(rejected, like=gold), gold, layers=["claims"])

    assert scores.rejected == {"claims": 3}
    assert (scores.attribution.claims.predicted, scores.attribution.detection.predicted) == (2, 2)
    assert scores.attribution.by_depth[2].predicted == scores.attribution.chains.predicted == 2
    assert scores.commitment.labels[Commitment.UNCOMMITTED].predicted == 2
    assert scores.commitment.voices.predicted == 2


def test_two_times_without_a_value_have_no_value_in_common() -> None:
    gold = attrs.evolve(from_data(small_data()), times=[time("t-1", 0, 5), time("t-2", 10, 15, "2019")])
    labels = score(gold, gold)["times"].labels

    assert (labels["value"].matched, labels["value"].predicted, labels["value"].gold) == (1, 1, 1)
    nothing = attrs.evolve(gold, times=gold.times[:1])
    assert score(nothing, nothing)["times"].labels["value"].f1 is None


def test_repeated_evidence_is_scored_once() -> None:
    gold = from_data(small_data())
    twice = attrs.evolve(gold.claims[0], evidence=gold.claims[0].evidence * 2)
    article = attrs.evolve(gold, claims=[twice, *gold.claims[1:]])

    assert score(article, article)["claims"].spans.f1 == score(article, gold, match="exact")["claims"].spans.f1 == 1


@BUNDLED
def test_arguments_and_entities_are_scored(name: str) -> None:
    gold = load(name)
    half = [each for each in gold.arguments if each.target in gold.claims][::2]

    scores = score(attrs.evolve(gold, arguments=half), gold, layers=["entities", "arguments"])

    assert scores["arguments"].spans.precision == scores["entities"].spans.f1 == 1
    assert scores["arguments"].spans.recall == len(half) / len(gold.arguments)


@pytest.mark.parametrize("number", range(3))
def test_a_near_miss_scores_below_the_article_itself(number: int) -> None:
    article = [load("harbour-toll"), *make_corpus(2, seed=4)][number]
    right = known(score(article, article))

    for twin in near_misses(article):
        figures = known(score(twin.article, article))

        assert any(figures.get(name, 1) < figure for name, figure in right.items() if figure == 1), twin.damage


# Laws.


def known(scores: Scores) -> dict[str, float]:
    return {name: figure for name, figure in scores.figures().items() if figure is not None}


@FEW
@given(strategies.articles(), MATCHES)
def test_an_article_scores_1_against_itself(article: Article, match: Literal["graded"]) -> None:
    figures = known(score(article, article, match=match))

    assert {name: figure for name, figure in figures.items() if figure != (0 if name.endswith("mae") else 1)} == {}
    assert figures["claims.spans.f1"] == 1


@BUNDLED
@pytest.mark.parametrize("align", ["records", "sentences"])
def test_a_bundled_article_scores_1_against_itself(name: str, align: Any) -> None:
    figures = known(score(load(name), load(name), align=align))

    assert {name: figure for name, figure in figures.items() if figure != (0 if name.endswith("mae") else 1)} == {}


@FEW
@given(strategies.articles(), st.integers(), MATCHES)
def test_adding_junk_never_helps(article: Article, seed: int, match: Literal["graded"]) -> None:
    check_junk(article, random.Random(seed), match)


@pytest.mark.parametrize("seed", range(10))
def test_adding_junk_never_helps_with_a_bundled_article(seed: int) -> None:
    check_junk(load("harbour-toll"), random.Random(seed), "graded")


def check_junk(gold: Article, chance: random.Random, match: Literal["graded"]) -> None:
    predicted = blurred(thinned(gold, chance), chance)
    layer = chance.choice([name for name in PLACED if gold.tables[name]])
    changed: Any = {layer: [*predicted.tables[layer], junk(gold, layer, chance)]}

    before, after = score(predicted, gold, match=match), score(attrs.evolve(predicted, **changed), gold, match=match)

    if "junk" not in dict(after[layer].pairs):
        assert all(after[name].pairs == before[name].pairs for name in TABLES)
        assert after.attribution.outcomes == before.attribution.outcomes
        raised = {name for name, figure in known(after).items() if figure > known(before).get(name, 1)}
        assert {name for name in raised if not name.endswith("mae")} == set()


@FEW
@given(strategies.articles(), st.integers(), MATCHES)
def test_a_copy_of_a_right_record_changes_no_pair(article: Article, seed: int, match: Literal["graded"]) -> None:
    layer = random.Random(seed).choice([name for name in PLACED if article.tables[name]])
    copied: Any = {layer: [*article.tables[layer], attrs.evolve(article.tables[layer][0], id="a-copy")]}

    scores = score(attrs.evolve(article, **copied), article, match=match)

    assert all(ours == theirs for name in TABLES for ours, theirs in scores[name].pairs)


@FEW
@given(strategies.articles(), st.integers(), MATCHES)
def test_swapping_the_articles_swaps_precision_and_recall(
    article: Article, seed: int, match: Literal["graded"]
) -> None:
    chance = random.Random(seed)
    one, two = thinned(article, chance), thinned(article, chance)

    there, back = score(one, two, match=match).figures(), score(two, one, match=match).figures()

    exchanged = {"precision": "recall", "recall": "precision"}
    for name, figure in there.items():
        head, _, share = name.rpartition(".")
        assert back.get(f"{head}.{exchanged.get(share, share)}") == pytest.approx(figure) or "uncertain" in name, name


@FEW
@given(strategies.articles(), st.integers(), st.booleans())
def test_moving_a_border_by_one_character_moves_the_counts_of_a_layer_by_at_most_one_record(
    article: Article, seed: int, outwards: bool
) -> None:
    chance = random.Random(seed)
    predicted = blurred(thinned(article, chance), chance)
    layer = chance.choice(PLACED)
    records: list[Any] = list(predicted.tables[layer])
    for number, record in enumerate(records):
        records[number] = _by_one(record, outwards=outwards)
        moved: Any = {layer: records}

        before, after = (score(each, article)[layer].spans for each in (predicted, attrs.evolve(predicted, **moved)))

        assert abs(before.matched - after.matched) <= 1
        records[number] = record


def _by_one(record: Any, *, outwards: bool) -> Any:
    span = record.span if hasattr(record, "span") else record.evidence[-1]
    moved = Span(span.start, span.end + 1) if outwards or span.length == 1 else Span(span.start, span.end - 1)
    return attrs.evolve(
        record, **({"span": moved} if hasattr(record, "span") else {"evidence": (*record.evidence[:-1], moved)})
    )


@BUNDLED
def test_moving_a_border_by_one_character_moves_no_figure_of_a_right_prediction_by_more_than_a_token(name: str) -> None:
    gold = load(name)
    for number in range(0, len(gold.claims), 7):
        moved = [_by_one(each, outwards=False) if at == number else each for at, each in enumerate(gold.claims)]

        figures = known(score(attrs.evolve(gold, claims=moved), gold))

        lost = {name: 1 - figure for name, figure in figures.items() if not name.endswith("mae")}
        assert max(lost.values()) <= 1 / min(len(gold.claims), 100)


@FEW
@given(strategies.articles(max_claims=8), st.integers())
def test_losing_fewer_voices_ranks_higher(article: Article, seed: int) -> None:
    order = [(claim.id, depth) for claim in article.claims for depth in range(1, len(claim.voices))]
    random.Random(seed).shuffle(order)

    figures = [score(_without(article, set(order[:lost])), article).attribution for lost in range(len(order) + 1)]

    found = [each.detection.f1 or 0 for each in figures]
    assert found == sorted(set(found), reverse=True)
    whole = [each.chains.recall or 0 for each in figures]
    assert whole == sorted(whole, reverse=True)


def _without(article: Article, lost: set[tuple[str, int]]) -> Article:
    def kept(claim: Claim) -> list[Any]:
        return [voice for depth, voice in enumerate(claim.voices) if (claim.id, depth) not in lost]

    return with_voices(article, kept)


@FEW
@given(strategies.articles(), st.integers(), MATCHES)
def test_the_order_of_records_does_not_matter(article: Article, seed: int, match: Literal["graded"]) -> None:
    chance = random.Random(seed)
    predicted = thinned(article, chance)
    tables: Any = {name: chance.sample(list(table), len(table)) for name, table in predicted.tables.items()}

    shuffled = score(attrs.evolve(predicted, **tables), article, match=match)

    assert shuffled.figures() == score(predicted, article, match=match).figures()


@FEW
@given(strategies.articles(), st.integers(), MATCHES)
def test_all_figures_are_shares(article: Article, seed: int, match: Literal["graded"]) -> None:
    figures = known(score(thinned(article, random.Random(seed)), article, match=match))

    assert {name for name, figure in figures.items() if not 0 <= figure <= 1} <= {
        f"commitment{part}.{name}" for part in ("", ".uncertain") for name in ("kappa", "pearson", "mae")
    }


def test_constant_certainty_agrees_only_by_chance() -> None:
    gold = load()
    certain = with_voices(
        gold, lambda claim: [attrs.evolve(voice, commitment=Commitment.CERTAIN) for voice in claim.voices]
    )

    commitment = score(certain, gold).commitment

    assert (commitment.kappa, commitment.pearson) == (0, None)
    assert (commitment.macro_f1 or 1) < 0.2 < 0.7 < (commitment.voices.f1 or 0)
    assert commitment.uncertain.voices.f1 == 0
