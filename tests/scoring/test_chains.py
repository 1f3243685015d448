"""The outcomes of chains of voices, and attribution as detection."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small import place, voice

from oped_dataset import Article, ChainOutcome, Span, score
from oped_dataset.codec.wire import from_data
from oped_dataset.scoring.attribution import AttributionScore, aligned_voices, chain_outcome

Change: TypeAlias = Callable[[dict[str, Any]], object]
CHAINS = st.lists(st.sampled_from("abcd"), min_size=1, max_size=4)


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
def test_each_chain_has_its_outcome(predicted: str, gold: str, outcome: str) -> None:
    assert chain_outcome(list(predicted), list(gold)) == outcome


@given(CHAINS, CHAINS)
def test_keeping_a_chain_is_symmetric(one: list[str], two: list[str]) -> None:
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
def test_aligning_is_symmetric(one: list[str], two: list[str]) -> None:
    assert sorted(aligned_voices(one, two)) == sorted((ours, theirs) for theirs, ours in aligned_voices(two, one))


def test_an_unknown_source_is_aligned_with_nothing() -> None:
    assert aligned_voices(["a", ("x",), "c"], ["a", "b", "c"]) == [(0, 0), (2, 2)]


# Of the four small claims one is attributed: the author > the Gull > Sel.


@pytest.fixture
def gold(small: dict[str, Any]) -> Article:
    return from_data(small)


def judged(small: dict[str, Any], gold: Article, change: Change) -> AttributionScore:
    change(small["claims"][1])
    return score(from_data(small), gold).attribution


def shares(counts: Any) -> tuple[float | None, float | None]:
    return counts.precision, counts.recall


@pytest.mark.parametrize(
    ("change", "outcome", "chains", "voices"),
    [
        (lambda claim: None, "kept", (1, 1), (1, 1)),
        (lambda claim: claim["voices"].pop(), "lost", (0, 0), (1, 0.5)),
        (lambda claim: claim["voices"].__delitem__(slice(1, None)), "flattened", (None, 0), (None, 0)),
        (lambda claim: claim["voices"][2].update(source="maro"), "replaced", (0, 0), (0.5, 0.5)),
        (lambda claim: claim["voices"].append(claim["voices"][1] | {"source": "maro"}), "added", (0, 0), (2 / 3, 1)),
        (lambda claim: claim["voices"].__delitem__(0), "lost", (0, 0), (1, 1)),
        (
            lambda claim: claim["voices"].__setitem__(slice(1, 3), claim["voices"][:0:-1]),
            "replaced",
            (0, 0),
            (0.5, 0.5),
        ),
        (lambda claim: claim.update(gist="zzz"), "missed", (0, 0), (0, 0)),
    ],
)
def test_a_changed_chain_changes_precision_and_recall(
    small: dict[str, Any], gold: Article, change: Change, outcome: str, chains: Any, voices: Any
) -> None:
    attribution = judged(small, gold, change)

    assert {str(each): count for each, count in attribution.outcomes.items() if count} == {outcome: 1}
    assert shares(attribution.chains) == chains
    assert shares(attribution.detection) == pytest.approx(voices)


def test_a_voice_given_to_a_claim_of_the_author_costs_precision(small: dict[str, Any], gold: Article) -> None:
    small["claims"][0]["voices"].append(voice("sel", "say", "certain", "saying"))
    attribution = score(from_data(small), gold).attribution

    assert shares(attribution.claims) == shares(attribution.chains) == (0.5, 1)
    assert shares(attribution.detection) == pytest.approx((2 / 3, 1))
    assert attribution.outcomes[ChainOutcome.KEPT] == sum(attribution.outcomes.values()) == 1


def test_chains_are_counted_by_their_number_of_voices(small: dict[str, Any], gold: Article) -> None:
    small["claims"][1]["voices"].pop()
    small["claims"][2]["voices"].append(voice("sel", "say", "certain", "saying"))
    small["claims"][2]["evidence"].append(place("May 3"))
    depths = score(from_data(small), gold).attribution.by_depth

    assert {depth: (counts.predicted, counts.gold) for depth, counts in depths.items()} == {2: (2, 0), 3: (0, 1)}
    assert depths[7].f1 is None


def test_places_are_counted_in_characters(small: dict[str, Any], gold: Article) -> None:
    start, end = (place("cited")[border] for border in ("start", "end"))
    small["claims"][1]["voices"][1]["cue"] = {"start": start, "end": end + 4}
    small["claims"][1]["evidence"] = [place("The ferry lost 40")]
    attribution = score(from_data(small), gold).attribution

    assert shares(attribution.cue) == ((5 + 6) / (9 + 6), 1)
    assert shares(attribution.content) == (1, 17 / 24)
    assert shares(attribution.source) == (1, 1)
    assert attribution.source.gold == len("Gull") + len("Sel")


def test_a_voice_is_named_by_mentions_in_the_sentence_of_the_cue(small: dict[str, Any], gold: Article) -> None:
    del small["mentions"][1]
    small["mentions"].append(small["mentions"][1] | {"id": "m-far", "span": place("Where")})
    attribution = score(from_data(small), gold).attribution

    assert (attribution.source.matched, attribution.source.predicted, attribution.source.gold) == (3, 3, 7)


def test_a_voice_without_a_cue_is_named_nowhere(small: dict[str, Any], gold: Article) -> None:
    for each in small["claims"][1]["voices"]:
        each["cue"] = None
    attribution = score(from_data(small), gold).attribution

    assert (attribution.cue.predicted, attribution.source.predicted) == (0, 0)
    assert attribution.chains.f1 == 1


def test_act_channel_and_mode_are_compared(small: dict[str, Any], gold: Article) -> None:
    small["claims"][1]["voices"][1] |= {"act": "deny", "mode": "direct"}
    labels = score(from_data(small), gold).attribution.labels

    assert {label: counts.f1 for label, counts in labels.items()} == {"act": 0.5, "channel": 1, "mode": 0.5}


def test_a_source_without_a_gold_entity_matches_nobody(small: dict[str, Any], gold: Article) -> None:
    small["entities"].append(small["entities"][3] | {"id": "x", "name": "Somebody else"})
    attribution = judged(small, gold, lambda claim: claim["voices"][2].update(source="x"))

    assert attribution.outcomes[ChainOutcome.REPLACED] == 1


def test_attribution_without_claims_cannot_be_measured(gold: Article) -> None:
    attribution = score(gold, gold, layers=["mentions"]).attribution

    assert attribution.chains.f1 is attribution.detection.f1 is None
    assert attribution.by_depth == {}
    assert set(attribution.outcomes.values()) == {0}


def test_several_pieces_can_match_one_claim(small: dict[str, Any], gold: Article) -> None:
    claim = gold.claims["c-loss"]
    middle = (claim.evidence[0].start + claim.evidence[0].end) // 2
    halves = [
        attrs.evolve(claim, id="half-1", evidence=(Span(claim.evidence[0].start, middle),)),
        attrs.evolve(claim, id="half-2", evidence=(Span(middle, claim.evidence[0].end),), voices=claim.voices[:1]),
    ]
    predicted = attrs.evolve(gold, claims=halves)

    apart = score(predicted, gold)
    together = score(predicted, gold, align="sentences")

    assert shares(apart["claims"].spans) == (0.5, 0.25)
    assert shares(together["claims"].spans) == (1, 0.25)
    assert together["claims"].pairs == (("half-1", "c-loss"), ("half-2", "c-loss"))
    assert sum(together.attribution.outcomes.values()) == together.attribution.outcomes[ChainOutcome.KEPT] == 1
