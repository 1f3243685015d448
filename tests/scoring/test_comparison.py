"""Comparing two systems on the same gold."""

from __future__ import annotations

import random
import re
from typing import Any

import attrs
import pytest
from degraded import flattened, thinned

from oped_dataset import Article, compare, load, score
from oped_dataset.codec.wire import from_data
from oped_dataset.errors import InvalidRecord, NotComparable
from oped_dataset.scoring.comparison import Difference
from oped_dataset.testing import make_corpus


@pytest.fixture
def gold(small: dict[str, Any]) -> Article:
    return from_data(small)


def test_a_system_that_flattens_scores_below_one_that_does_not() -> None:
    gold = load("harbour-toll")

    comparison = compare(flattened(gold), gold, gold, resamples=100)

    chains = comparison["attribution.chains.f1"]
    assert (chains.first, chains.second, chains.difference, chains.interval) == (0, 1, 1, (1, 1))
    assert comparison["claims.spans.f1"].interval == (0, 0)


@pytest.mark.slow
def test_both_systems_are_resampled_on_the_same_sentences() -> None:
    gold = load("harbour-toll")
    one, two = (thinned(gold, random.Random(seed)) for seed in (1, 2))

    there, back = (
        compare(one, two, gold, resamples=100)["claims.spans.f1"],
        compare(two, one, gold, resamples=100)["claims.spans.f1"],
    )

    assert there.interval is not None
    assert back.interval is not None
    assert (there.first, there.second) == (back.second, back.first)
    assert there.interval.low == pytest.approx(-back.interval.high, abs=0.02)
    assert there.interval == compare(one, two, gold, resamples=100)["claims.spans.f1"].interval


def test_several_articles_are_compared_by_documents() -> None:
    chance = random.Random(1)
    gold = list(make_corpus(12, seed=1))
    better, worse = gold, [thinned(article, chance) for article in gold]

    comparison = compare(worse, better, gold, layers=["claims"], resamples=50)

    assert comparison.first == sum_of(worse, gold)
    assert (comparison["claims.spans.recall"].interval or (0, 0))[0] > 0


def sum_of(predicted: list[Article], gold: list[Article]) -> Any:
    first, *others = [score(*both, layers=["claims"]) for both in zip(predicted, gold, strict=True)]
    for each in others:
        first += each
    return first


TABLE = """\
F1                    first  second  difference  95% interval
attributed claims     0.000   1.000      +1.000  +1.000 to +1.000
whole chains          0.000   1.000      +1.000  +1.000 to +1.000
single voices         0.000   1.000      +1.000  +1.000 to +1.000
unsure voices         1.000   1.000      +0.000  +0.000 to +0.000
all commitments       0.800   1.000      +0.200  +0.000 to +0.429
claims                1.000   1.000      +0.000  +0.000 to +0.000"""


def test_the_table(gold: Article) -> None:
    comparison = compare(flattened(gold), gold, gold, layers=["claims"], resamples=100)

    assert str(comparison) == TABLE
    assert comparison.rows()[-1]["figure"] == "claims.spans"
    assert repr(comparison) == f"<Comparison of {len(comparison.differences)} figures>"


def test_the_table_in_a_notebook(gold: Article) -> None:
    comparison = compare(flattened(gold), gold, gold, layers=["claims"], resamples=10)

    cells = re.findall(r"<td[^>]*>([^<]*)</td>", comparison._repr_html_())
    first = cells.index("whole chains")
    assert cells[first : first + 5] == ["whole chains", "0.000", "1.000", "1.000", "+1.000 to +1.000"]


def test_without_a_difference_there_is_no_interval(gold: Article) -> None:
    nothing = attrs.evolve(gold, times=())

    row = str(compare(nothing, nothing, nothing, layers=["times"], resamples=10)).splitlines()[-1]

    assert row == "times                   n/a     n/a         n/a  n/a"


def test_an_unmeasured_figure_has_no_difference(gold: Article) -> None:
    nothing = attrs.evolve(gold, claims=())

    comparison = compare(nothing, gold, gold, layers=["claims"], resamples=10)

    assert comparison["claims.spans.precision"] == Difference(None, 1, None, None)
    assert comparison["commitment.kappa"].difference is None


def test_an_unknown_figure_is_answered_with_the_closest(gold: Article) -> None:
    comparison = compare(gold, gold, gold, resamples=2)

    with pytest.raises(InvalidRecord) as caught:
        comparison["attribution.chain.f1"]
    assert str(caught.value).startswith("'attribution.chain.f1' is not a figure; did you mean 'attribution.chains.f1'")
    with pytest.raises(InvalidRecord, match="'x' is not a figure; `figures` of a score lists them"):
        comparison["x"]


@pytest.mark.parametrize(("predicted", "number"), [("one", 1), ("list", 1), ("none", 0)])
def test_the_numbers_of_predictions_and_articles_must_agree(gold: Article, predicted: str, number: int) -> None:
    systems: Any = {"one": gold, "list": [gold], "none": []}[predicted]
    golds = [] if predicted == "none" else [gold, gold]

    with pytest.raises(NotComparable) as caught:
        compare(systems, systems, golds, resamples=2)

    assert str(caught.value) == f"there are {number} predicted articles and {len(golds)} gold ones"


def test_wrong_arguments_are_rejected(gold: Article) -> None:
    with pytest.raises(InvalidRecord, match="layers: must be a list of names"):
        compare(gold, gold, gold, layers="claims")
    with pytest.raises(InvalidRecord, match="resamples: must be at least 1"):
        compare(gold, gold, gold, resamples=0)
