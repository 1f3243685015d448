"""Scores as a whole: options, sums, tables, baselines, intervals."""

from __future__ import annotations

import inspect
import random
from collections.abc import Callable
from functools import reduce
from operator import add
from typing import Any

import attrs
import pytest
from degraded import flattened, thinned
from hypothesis import given, settings
from hypothesis import strategies as st

from oped_dataset import Article, Scores, baselines, load, score
from oped_dataset.codec.wire import from_data
from oped_dataset.errors import InvalidRecord, NotComparable
from oped_dataset.scoring.attribution import AttributionScore
from oped_dataset.scoring.commitment import CommitmentScore
from oped_dataset.scoring.coreference import Coreference
from oped_dataset.scoring.counts import Counts
from oped_dataset.scoring.layers import EntityScore, LayerScore
from oped_dataset.scoring.mistakes import Loss, Mistake
from oped_dataset.scoring.resampling import MOST_UNITS
from oped_dataset.scoring.scores import score_of_nothing, without_articles
from oped_dataset.testing import make_corpus, strategies


@pytest.fixture
def gold(small: dict[str, Any]) -> Article:
    return from_data(small)


@pytest.fixture
def predicted(gold: Article) -> Article:
    """Return a prediction with one claim flattened, one missed, and one hedge hardened."""
    claims = flattened(gold).claims
    sure = attrs.evolve(claims[3].voices[0], commitment=claims[2].voices[0].commitment)
    return attrs.evolve(gold, claims=[*claims[1:3], attrs.evolve(claims[3], voices=(sure,))])


# Figures.


def test_empty_counts_have_no_shares() -> None:
    nothing, missed, made_up = Counts(), Counts(gold=2), Counts(predicted=2)

    assert (nothing.precision, nothing.recall, nothing.f1) == (None, None, None)
    assert (missed.precision, missed.recall, missed.f1) == (None, 0, 0)
    assert (made_up.precision, made_up.recall, made_up.f1) == (0, None, 0)


def test_shares_are_computed_from_counts() -> None:
    counts = Counts(matched=3, predicted=4, found=2, gold=5)

    assert (counts.precision, counts.recall) == (0.75, 0.4)
    assert counts.f1 == pytest.approx(2 * 0.75 * 0.4 / 1.15)


def test_every_figure_has_a_name(gold: Article, predicted: Article) -> None:
    scores = score(predicted, gold)
    figures = scores.figures()

    assert figures["claims.spans.recall"] == scores["claims"].spans.recall == 0.75
    assert figures["attribution.chains.recall"] == scores.attribution.chains.recall == 0
    assert figures["attribution.by_depth.3.precision"] is None
    assert figures["commitment.kappa"] == scores.commitment.kappa
    assert figures["entities.coreference.conll"] == 1
    assert figures["claims.similarity"] == 1


def test_single_layers_can_be_scored(gold: Article) -> None:
    scores = score(gold, gold, layers=["times", "claims", "times"])

    assert list(scores.layers) == ["times", "claims"]
    assert {name.partition(".")[0] for name in scores.figures()} == {"times", "claims", "attribution", "commitment"}
    assert set(score(gold, gold, layers=["times"]).figures()) >= {"times.spans.f1", "times.labels.value.f1"}


@pytest.mark.parametrize(
    "kind", [AttributionScore, CommitmentScore, Coreference, Counts, EntityScore, LayerScore, Loss, Mistake, Scores]
)
def test_results_take_keyword_arguments(kind: type[Any]) -> None:
    parameters = inspect.signature(kind).parameters.values()

    assert {parameter.kind for parameter in parameters} == {inspect.Parameter.KEYWORD_ONLY}


# Tables.


TABLE = """\
                     precision     recall         f1    matched  predicted       gold   baseline
attributed claims          n/a      0.000      0.000          0          0          1      0.000
whole chains               n/a      0.000      0.000          0          0          1      0.000
single voices              n/a      0.000      0.000          0          0          2      0.000
unsure voices            1.000      0.500      0.667          1          1          2      0.000
all commitments          0.667      0.333      0.444          2          3          6      0.667
times                    1.000      1.000      1.000          1          1          1
claims                   1.000      0.750      0.857          3          3          4      0.667
chains of attributed claims: flattened 1
commitments: macro F1 0.444, kappa 0.667, MAE 0.667, Pearson's r 0.756; kept 2, hardened 1"""


def test_the_table(gold: Article, predicted: Article) -> None:
    scores = score(predicted, gold, layers=["times", "claims"])

    assert str(scores) == TABLE
    assert scores.rows()[-1] == {
        "row": "claims",
        "figure": "claims.spans",
        "precision": 1.0,
        "recall": 0.75,
        "f1": pytest.approx(6 / 7),
        "matched": 3,
        "predicted": 3,
        "gold": 4,
        "baseline": pytest.approx(6 / 9),
    }


def test_the_table_in_a_notebook(gold: Article) -> None:
    shown = score(gold, gold)._repr_html_()

    assert ">times</td>" in shown
    assert shown.count(">1.000</td>") >= 3
    assert "chains of attributed claims: kept 1" in shown


def test_without_claims_no_voices_are_shown(gold: Article) -> None:
    scores = score(gold, gold, layers=["times"])

    assert str(scores).splitlines()[1:] == [f"{'times':<19}" + f"{'1.000':>11}" * 3 + f"{'1':>11}" * 3]
    assert repr(scores) == "<Scores graded, F1: times 1.000>"


def test_the_repr_shows_the_first_figures(gold: Article, predicted: Article) -> None:
    assert repr(score(predicted, gold, layers=["claims"])) == "<Scores graded, F1: claims 0.857, whole chains 0.000>"


def test_an_empty_score_shows_that_nothing_was_measured(gold: Article) -> None:
    nothing = attrs.evolve(gold, claims=())

    assert score(nothing, nothing).notes() == [
        "chains of attributed claims: no attributed claim",
        "commitments: macro F1 n/a, kappa n/a, MAE n/a, Pearson's r n/a; no voice compared",
    ]


# Baselines.


def test_each_baseline_loses_as_its_name_says(gold: Article) -> None:
    found = baselines(gold)

    assert list(found) == ["flattened", "certain", "author", "sentences"]
    assert [each.attribution.chains.f1 for each in found.values()] == [0, 1, 0, 0]
    assert [each.commitment.uncertain.voices.recall for each in found.values()] == [1, 0, 0, 0]
    assert [each["claims"].spans.predicted for each in found.values()] == [4, 4, 4, 5]


@pytest.mark.parametrize("name", ["flattened", "certain", "author"])
def test_a_baseline_scores_like_its_article(name: str) -> None:
    gold = load("harbour-toll")
    scores = baselines(gold)[name]

    assert scores.figures() == score(scores._judged[0].predicted, gold).figures()


def test_without_a_text_the_sentences_have_a_placeholder_gist(gold: Article) -> None:
    untold = attrs.evolve(gold, source=attrs.evolve(gold.source, text=None))

    assert baselines(gold)["sentences"]["claims"].spans.matched == 3
    assert baselines(untold)["sentences"]["claims"].spans.matched == 0


def test_a_similarity_is_not_called_again_for_a_table(gold: Article) -> None:
    calls: list[int] = []

    def similarity(ours: Any, theirs: Any) -> list[list[float]]:
        calls.append(1)
        return [[float(one.gist == two.gist) for two in theirs] for one in ours]

    scores = score(gold, gold, similarity=similarity)
    str(scores)

    assert len(calls) == 2
    assert set(scores.baselines) == {"flattened", "certain", "author"}


# Several articles.


@given(st.lists(strategies.articles(), min_size=2, max_size=4), st.randoms(use_true_random=False))
@settings(max_examples=20)
def test_scores_add_up_in_any_order(articles: list[Article], chance: random.Random) -> None:
    scores = [score(thinned(article, chance), article, match="overlap") for article in articles]
    shuffled = chance.sample(scores, len(scores))

    total = reduce(add, scores)

    assert reduce(add, shuffled) == total
    assert scores[0] + reduce(add, scores[1:]) == total
    assert total + score_of_nothing(match="overlap") == total
    assert score_of_nothing(match="overlap") + total == total


def test_counts_are_summed_and_ids_left_out(gold: Article, predicted: Article) -> None:
    part = score(predicted, gold)

    total = part + part

    assert total["claims"].spans == Counts(matched=6, predicted=6, found=6, gold=8)
    assert total["claims"].labels["kind"].gold == 2 * len(gold.claims)
    assert sum(total.attribution.outcomes.values()) == 2
    assert total.commitment.confusion == {pair: 2 * count for pair, count in part.commitment.confusion.items()}
    assert total["claims"].pairs == ()
    assert total.figures() == part.figures()


def test_the_baselines_of_several_articles_are_summed(gold: Article, predicted: Article) -> None:
    part = score(predicted, gold)

    assert [row["baseline"] for row in (part + part).rows()] == [row["baseline"] for row in part.rows()]
    assert (part + part).baselines["certain"]["claims"].spans.gold == 8
    assert without_articles(part).baselines == {}


def test_scores_of_different_kinds_are_not_added(gold: Article) -> None:
    scores = score(gold, gold)
    others = [
        score(gold, gold, match="overlap"),
        score(gold, gold, layers=["claims"]),
        score(gold, gold, threshold=0.6),
    ]

    for one, two in [pair for other in others for pair in ((scores, other), (other, scores))]:
        with pytest.raises(NotComparable) as caught:
            one + two

        assert str(caught.value) == "scores can be added only if they were made with the same arguments"


# Intervals.


def test_intervals_of_one_article_resample_sentences() -> None:
    gold = load("harbour-toll")
    scores = score(thinned(gold, random.Random(1)), gold)

    intervals = scores.interval(seed=1, resamples=100)

    assert intervals == scores.interval(seed=1, resamples=100) != scores.interval(seed=2, resamples=100)
    assert list(intervals) == list(scores.figures())
    low, high = intervals["claims.spans.recall"] or (1, 0)
    assert low < (scores["claims"].spans.recall or 0) < high
    narrow = scores.interval(seed=1, level=0.5, resamples=100)["claims.spans.recall"]
    assert narrow is not None
    assert low < narrow.low < narrow.high < high


def test_intervals_of_several_articles_resample_documents() -> None:
    chance = random.Random(1)
    parts = [score(thinned(article, chance), article) for article in make_corpus(20, seed=1)]
    total = reduce(add, parts)

    assert (parts[0].unit, total.unit) == ("sentence", "document")
    assert total.interval(resamples=50)["claims.spans.f1"] is not None


def test_one_document_has_no_interval(gold: Article) -> None:
    alone = score(gold, gold) + score_of_nothing()

    assert set(alone.interval(resamples=10).values()) == {None}


def test_a_rarely_measured_figure_has_no_interval(gold: Article) -> None:
    intervals = score(gold, gold).interval(resamples=50)

    assert intervals["commitment.labels.possibly-not.f1"] is None
    assert intervals["claims.spans.f1"] == (1, 1)


def test_many_documents_are_resampled_in_groups(gold: Article) -> None:
    part = score(gold, gold, layers=["times"])
    many = reduce(add, [part] * (2 * MOST_UNITS + 3))

    doubled = many + many

    assert [len(each._units) for each in (many, doubled)] == [MOST_UNITS, MOST_UNITS]
    assert {unit["times.spans", "gold"] for unit in many._units} == {2, 3}
    assert (
        sum(unit["times.spans", "gold"] for unit in doubled._units) == doubled["times"].spans.gold == 4 * MOST_UNITS + 6
    )


# Invalid arguments.


def refused(action: Callable[[], object]) -> str:
    with pytest.raises((InvalidRecord, NotComparable)) as caught:
        action()
    return str(caught.value)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"match": "grade"}, "match: 'grade' is not a way to match; did you mean 'graded'?"),
        ({"match": "strict"}, "match: 'strict' is not a way to match; these are: graded, exact, overlap"),
        ({"align": "sentence"}, "align: 'sentence' is not a way to align; did you mean 'sentences'?"),
        ({"threshold": 1.5}, "threshold: must lie from 0 to 1, not 1.5"),
        ({"similarity": [[1.0]]}, "similarity: must be a function of the predicted and the gold records"),
        ({"layers": "claims"}, "layers: must be a list of names, such as ['claims']"),
        ({"layers": ["claim"]}, "'claim' is not a scored layer; did you mean 'claims'?"),
    ],
)
def test_wrong_arguments_are_rejected(gold: Article, arguments: Any, message: str) -> None:
    assert refused(lambda: score(gold, gold, **arguments)) == message
    assert refused(lambda: baselines(gold, **arguments)) == message


def test_an_unscored_layer_is_rejected(gold: Article) -> None:
    scores = score(gold, gold, layers=["claims", "times"])

    assert refused(lambda: scores["events"]) == "'events' is not a scored layer; these are: claims, times"
    assert refused(lambda: scores.errors("claim")) == "'claim' is not a scored layer; did you mean 'claims'?"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"level": 1}, "level: must lie between 0 and 1, not 1"),
        ({"resamples": 0}, "resamples: must be at least 1, not 0"),
    ],
)
def test_a_bootstrap_out_of_bounds_is_rejected(gold: Article, arguments: Any, message: str) -> None:
    assert refused(lambda: score(gold, gold).interval(**arguments)) == message


@pytest.mark.parametrize("digest", ["0" * 64, "f" * 64])
def test_annotations_of_different_texts_are_rejected(gold: Article, digest: str) -> None:
    other = attrs.evolve(gold, id="other", source=attrs.evolve(gold.source, sha256=digest))

    assert refused(lambda: score(other, gold)) == (
        "'other' and 'small' annotate different texts; if these are two copies of one text, "
        "attach the gold article to the other copy first: gold.attach(text).to_article()"
    )


def test_aligning_sentences_requires_sentences(gold: Article) -> None:
    bare = attrs.evolve(gold, source=attrs.evolve(gold.source, sentences=()))

    assert refused(lambda: score(gold, bare, align="sentences")) == (
        "'small' has no sentences to align; add them with fingerprint(text)"
    )


def test_options_of_score_are_keyword_only(gold: Article) -> None:
    with pytest.raises(TypeError, match="takes 2 positional arguments but 3 were given"):
        score(gold, gold, "overlap")  # type: ignore[call-arg]
