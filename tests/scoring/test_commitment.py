"""The outcomes of commitments, and the measures of event factuality."""

from __future__ import annotations

from collections import Counter
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small import place

from oped_dataset import Article, Commitment, CommitmentOutcome, score
from oped_dataset.codec.wire import from_data
from oped_dataset.scoring.commitment import FACTUALITY, CommitmentScore, commitment_outcome
from oped_dataset.scoring.counts import Counts

COMMITMENTS = st.sampled_from(Commitment)
OPPOSITE = {"kept": "kept", "reversed": "reversed", "softened": "hardened", "hardened": "softened"}


@pytest.mark.parametrize(
    ("predicted", "gold", "outcome"),
    [
        ("certain", "certain", "kept"),
        ("certain", "possible", "hardened"),
        ("certain", "uncommitted", "hardened"),
        ("certainly-not", "uncommitted", "hardened"),
        ("knows-whether", "uncommitted", "hardened"),
        ("possible", "knows-whether", "hardened"),
        ("certainly-not", "possibly-not", "hardened"),
        ("probable", "certain", "softened"),
        ("uncommitted", "probably-not", "softened"),
        ("certain", "possibly-not", "reversed"),
        ("possibly-not", "certain", "reversed"),
    ],
)
def test_each_commitment_has_its_outcome(predicted: str, gold: str, outcome: str) -> None:
    commitments = {str(commitment): commitment for commitment in Commitment}

    assert commitment_outcome(commitments[predicted], commitments[gold]) == outcome


@given(COMMITMENTS, COMMITMENTS)
def test_softening_is_the_inverse_of_hardening(one: Commitment, two: Commitment) -> None:
    assert OPPOSITE[commitment_outcome(one, two)] == commitment_outcome(two, one)


# Against other implementations, with one voice per claim, so that every voice is compared.


def scored(pairs: list[tuple[Commitment, Commitment]]) -> CommitmentScore:
    gold, ours = Counter(one for one, _ in pairs), Counter(two for _, two in pairs)
    right = Counter(one for one, two in pairs if one is two)
    return CommitmentScore(
        labels={
            each: Counts(matched=right[each], predicted=ours[each], found=right[each], gold=gold[each])
            for each in Commitment
        },
        confusion=dict(Counter(pairs)),
        hedges=Counts(),
    )


PAIRS = st.lists(st.tuples(COMMITMENTS, COMMITMENTS), min_size=1, max_size=30)


def sklearn(part: str) -> Any:
    return pytest.importorskip(f"sklearn.{part}", reason="scikit-learn is missing; run: pip install --group scoring")


@given(PAIRS)
@pytest.mark.filterwarnings("ignore:.*only one label:UserWarning")
def test_kappa_equals_that_of_scikit_learn(pairs: list[tuple[Commitment, Commitment]]) -> None:
    ours = scored(pairs).kappa
    scale = [[FACTUALITY[each] for each in side] for side in zip(*pairs, strict=True)]

    theirs = sklearn("metrics").cohen_kappa_score(*scale, labels=list(range(-3, 4)), weights="quadratic")

    assert theirs != theirs if ours is None else ours == pytest.approx(theirs)


@given(PAIRS)
def test_macro_f1_and_the_mean_error_equal_those_of_scikit_learn(pairs: list[tuple[Commitment, Commitment]]) -> None:
    ours = scored(pairs)
    gold, predicted = ([str(each) for each in side] for side in zip(*pairs, strict=True))
    scale = [[FACTUALITY[each] for each in side] for side in zip(*pairs, strict=True)]

    macro = sklearn("metrics").f1_score(gold, predicted, average="macro", zero_division=0)

    assert ours.macro_f1 == pytest.approx(macro)
    assert ours.mae == pytest.approx(sklearn("metrics").mean_absolute_error(*scale))


@given(PAIRS)
def test_the_correlation_equals_that_of_scipy(pairs: list[tuple[Commitment, Commitment]]) -> None:
    stats = pytest.importorskip("scipy.stats", reason="scipy is missing; run: pip install --group scoring")
    scale = [[FACTUALITY[each] for each in side] for side in zip(*pairs, strict=True)]
    ours = scored(pairs).pearson

    if any(len(set(side)) == 1 for side in scale):
        assert ours is None
    else:
        assert ours == pytest.approx(stats.pearsonr(*scale).statistic)


# In articles.


@pytest.fixture
def gold(small: dict[str, Any]) -> Article:
    return from_data(small)


def test_a_hardened_hedge_is_counted(small: dict[str, Any], gold: Article) -> None:
    small["claims"][3]["voices"][0]["commitment"] = "certain"
    commitment = score(from_data(small), gold).commitment

    assert commitment.outcomes == {"kept": 5, "softened": 0, "hardened": 1, "reversed": 0}
    assert sum(map(sum, commitment.matrix)) == commitment.compared == 6
    rows = list(Commitment)
    assert commitment.matrix[rows.index(Commitment.POSSIBLE)][rows.index(Commitment.CERTAIN)] == 1
    assert commitment.mae == pytest.approx(2 / 6)


def test_lost_voices_are_not_found(gold: Article) -> None:
    loss = gold.claims["c-loss"]
    bare = attrs.evolve(gold, claims=[attrs.evolve(loss, voices=loss.voices[:1])])

    commitment = score(bare, gold).commitment

    assert commitment.labels[Commitment.UNCOMMITTED] == Counts(matched=1, predicted=1, found=1, gold=1)
    assert commitment.labels[Commitment.CERTAIN] == Counts(matched=0, predicted=0, found=0, gold=4)
    assert commitment.voices.recall == 1 / 6
    assert commitment.macro_f1 == 1 / 3
    assert commitment.kappa is None


def test_hedges_are_counted_in_characters(small: dict[str, Any], gold: Article) -> None:
    small["claims"][3]["voices"][0]["hedges"] = [place("may fall")]
    hedges = score(from_data(small), gold).commitment.hedges

    assert (hedges.precision, hedges.recall) == (3 / 8, 1)


def test_uncertain_voices_are_scored_separately(small: dict[str, Any], gold: Article) -> None:
    small["claims"][3]["voices"][0]["commitment"] = "probable"
    uncertain = score(from_data(small), gold).commitment.uncertain

    assert uncertain.outcomes[CommitmentOutcome.HARDENED] == 1
    assert (uncertain.compared, uncertain.mae) == (2, 0.5)
    assert (uncertain.voices.precision, uncertain.voices.recall) == (0.5, 0.5)


def test_commitment_without_common_voices_cannot_be_measured(gold: Article) -> None:
    nothing = attrs.evolve(gold, claims=())
    commitment = score(nothing, nothing).commitment

    assert (commitment.kappa, commitment.mae, commitment.pearson, commitment.macro_f1) == (None, None, None, None)
    assert commitment.voices.f1 is None
