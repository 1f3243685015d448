"""What became of voices and commitments."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oped_dataset import (
    AttributionFidelity,
    ChainOutcome,
    Commitment,
    CommitmentFidelity,
    CommitmentOutcome,
)
from oped_dataset.scoring.fidelity import (
    STRENGTH,
    aligned_voices,
    chain_outcome,
    commitment_outcome,
    fidelity,
)

CHAINS = st.lists(st.sampled_from("abcd"), min_size=1, max_size=4)
COMMITMENTS = st.sampled_from(Commitment)
OPPOSITE = {"kept": "kept", "reversed": "reversed", "softened": "hardened", "hardened": "softened"}


@pytest.mark.parametrize(
    ("predicted", "gold", "outcome"),
    [
        ("abc", "abc", "kept"),
        ("a", "abc", "flattened"),
        ("ab", "abc", "lost"),
        ("ac", "abc", "lost"),
        ("c", "abc", "lost"),
        ("abcd", "abc", "added"),
        ("xabc", "abc", "added"),
        ("abx", "abc", "replaced"),
        ("acb", "abc", "replaced"),
        ("x", "a", "replaced"),
        ("ax", "abc", "other"),
        ("axbcc", "abcd", "other"),
        ("x", "abc", "other"),
    ],
)
def test_what_became_of_a_chain(predicted: str, gold: str, outcome: str) -> None:
    assert chain_outcome(list(predicted), list(gold)) == outcome


@given(CHAINS, CHAINS)
def test_a_chain_is_kept_either_way_or_not(one: list[str], two: list[str]) -> None:
    there, back = chain_outcome(one, two), chain_outcome(two, one)

    assert (there is ChainOutcome.KEPT) == (back is ChainOutcome.KEPT) == (one == two)
    assert (there in (ChainOutcome.LOST, ChainOutcome.FLATTENED)) == (back is ChainOutcome.ADDED)


@given(CHAINS, CHAINS)
def test_aligned_voices_have_the_same_sources_in_order(one: list[str], two: list[str]) -> None:
    pairs = aligned_voices(one, two)

    assert all(one[ours] == two[theirs] for ours, theirs in pairs)
    assert pairs == sorted(set(pairs))
    assert len({ours for ours, _ in pairs}) == len({theirs for _, theirs in pairs}) == len(pairs)


@given(st.permutations("abcd"), st.permutations("abcd"))
def test_two_chains_may_change_places(one: list[str], two: list[str]) -> None:
    assert sorted(aligned_voices(one, two)) == sorted((ours, theirs) for theirs, ours in aligned_voices(two, one))


def test_a_source_that_is_none_is_aligned_with_nothing() -> None:
    assert aligned_voices(["a", None, "c"], ["a", "b", "c"]) == [(0, 0), (2, 2)]


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
def test_what_became_of_a_commitment(predicted: str, gold: str, outcome: str) -> None:
    commitments = {str(commitment): commitment for commitment in Commitment}

    assert commitment_outcome(commitments[predicted], commitments[gold]) == outcome


@given(COMMITMENTS, COMMITMENTS)
def test_what_one_way_is_softened_is_hardened_the_other(one: Commitment, two: Commitment) -> None:
    assert OPPOSITE[commitment_outcome(one, two)] == commitment_outcome(two, one)


def test_every_commitment_has_a_strength_of_its_own() -> None:
    assert len(set(STRENGTH.values())) == len(Commitment) == len(STRENGTH)


@pytest.mark.parametrize(("vacuous", "kept"), [(True, 1.0), (False, 0.0)])
def test_of_nothing_all_is_kept_only_when_there_was_nothing(vacuous: bool, kept: float) -> None:
    attribution, commitment = fidelity([], {}, vacuous=vacuous)

    assert attribution.kept == commitment.kept == kept
    assert attribution.share("lost") == commitment.share("softened") == 0


def test_shares_of_outcomes() -> None:
    outcomes = dict.fromkeys(ChainOutcome, 0) | {ChainOutcome.KEPT: 3, ChainOutcome.FLATTENED: 1}
    confusion = {(Commitment.POSSIBLE, Commitment.CERTAIN): 1, (Commitment.CERTAIN, Commitment.CERTAIN): 1}

    assert AttributionFidelity(outcomes=outcomes, vacuous=False).share("flattened") == 0.25
    hedges = CommitmentFidelity(confusion=confusion, vacuous=False)
    assert hedges.share(CommitmentOutcome.HARDENED) == hedges.kept == 0.5
    assert hedges.matrix[list(Commitment).index(Commitment.POSSIBLE)][list(Commitment).index(Commitment.CERTAIN)] == 1
