"""Coreference, checked against two other scorers and by hand."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from oped_dataset import Article, score
from oped_dataset.codec.wire import from_data
from oped_dataset.scoring.coreference import Coreference, contributions
from oped_dataset.scoring.counts import Key
from oped_dataset.scoring.layers import EntityScore


@st.composite
def partitions(draw: st.DrawFn, least: int = 1) -> list[set[tuple[int, int]]]:
    """Draw entities of at least `least` mentions, in the form that other scorers use."""
    mentions = draw(st.lists(st.integers(0, 11), unique=True, min_size=1))
    entities: dict[int, set[tuple[int, int]]] = {}
    for mention in mentions:
        entities.setdefault(draw(st.integers(0, 4)), set()).add((mention, mention))
    return [entity for entity in entities.values() if len(entity) >= least]


def ours(predicted: list[set[Any]], gold: list[set[Any]]) -> Coreference:
    tally: dict[Key, float] = {}
    for measure, side, amount, _ in contributions(list(map(frozenset, predicted)), list(map(frozenset, gold))):
        key = f"coreference.{measure}", side
        tally[key] = tally.get(key, 0) + amount
    return Coreference.of(tally)


@given(partitions(), partitions())
@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_muc_b3_and_ceaf_equal_those_of_scorch(predicted: list[set[Any]], gold: list[set[Any]]) -> None:
    scorch = pytest.importorskip("scorch.scores", reason="scorch is missing; run: pip install --group scoring")
    assume(set().union(*predicted) & set().union(*gold))  # It fails where nothing is right.
    found = ours(predicted, gold)

    for counts, measure in ((found.muc, scorch.muc), (found.b3, scorch.b_cubed), (found.ceaf_e, scorch.ceaf_e)):
        recall, precision, _ = measure(gold, predicted)

        assert counts.precision in (None, pytest.approx(precision, abs=1e-5))
        assert counts.recall in (None, pytest.approx(recall, abs=1e-5))


@given(partitions(least=2), partitions(least=2))
def test_all_measures_equal_those_of_coreference_eval(predicted: list[set[Any]], gold: list[set[Any]]) -> None:
    reason = "coreference-eval is missing; run: pip install --group scoring"
    corefeval = pytest.importorskip("corefeval.metric", reason=reason)
    documents, metrics = pytest.importorskip("corefeval.document"), pytest.importorskip("corefeval.metrics")
    assume(predicted and gold)
    found = ours(predicted, gold)

    for counts, name in ((found.muc, "muc"), (found.b3, "b_cubed"), (found.ceaf_e, "ceafe"), (found.lea, "lea")):
        metric = corefeval.Metric(getattr(metrics, name))
        metric.update(documents.Document(*([sorted(each) for each in side] for side in (predicted, gold))))

        assert (counts.precision, counts.recall) == pytest.approx(metric.get_prf()[:2], abs=1e-5)


def test_a_single_mention_has_a_link_to_itself() -> None:
    found = ours([{1}, {2}, {3, 4}], [{1}, {2, 3}, {4}])

    assert (found.lea.matched, found.lea.predicted) == (1, 4)
    assert found.muc.precision == found.muc.recall == 0


def test_merging_two_entities_lowers_precision(small: dict[str, Any]) -> None:
    gold = from_data(small)
    small["mentions"][2]["entity"] = "maro"

    entities = score(from_data(small), gold)["entities"]

    assert isinstance(entities, EntityScore)
    assert (entities.coreference.muc.precision, entities.coreference.muc.recall) == (0.5, 1)
    assert entities.coreference.b3.precision == pytest.approx((4 / 3 + 1 / 3 + 2) / 5, abs=1e-5)
    assert entities.coreference.b3.recall == 1
    assert entities.coreference.conll == pytest.approx(
        sum(each.f1 or 0 for each in (entities.coreference.muc, entities.coreference.b3, entities.coreference.ceaf_e))
        / 3
    )


def test_an_unmeasured_coreference_has_no_mean(small: dict[str, Any]) -> None:
    small["mentions"] = small["mentions"][:1]
    article: Article = from_data(small)

    entities = score(article, article)["entities"]

    assert isinstance(entities, EntityScore)
    assert (entities.coreference.muc.f1, entities.coreference.b3.f1, entities.coreference.conll) == (None, 1, None)
