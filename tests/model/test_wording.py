"""Chains of voices, relations and arguments in words."""

from __future__ import annotations

from typing import Any

import attrs
import pytest
from small import text_of, voice

from oped_dataset import (
    Act,
    ArgumentKind,
    Commitment,
    Predicate,
    loads,
)
from oped_dataset.model import wording


def test_every_worded_label_has_words() -> None:
    assert set(wording.ACTS) == set(Act)
    assert set(wording.COMMITMENTS) == set(Commitment)
    assert set(wording.PREDICATES) == set(Predicate)
    assert set(wording.ARGUMENTS) == set(ArgumentKind)


def test_predicates_have_past_forms() -> None:
    assert wording.PREDICATES[Predicate.LEADS] == ("leads", "lead", "led", "led")
    assert wording.PREDICATES[Predicate.FOUNDED] == ("founded", "founded", "founded", "founded")


def test_commitments_have_distinct_words_and_signs() -> None:
    assert len({words for words, _ in wording.COMMITMENTS.values()}) == len(Commitment)
    assert len({sign for _, sign in wording.COMMITMENTS.values()}) == len(Commitment)
    assert len(set(wording.STANCES.values())) == len(Commitment)


def _chain(small: dict[str, Any], *voices: tuple[str, str, str]) -> str:
    """Word the chain of a claim with these voices, acts and commitments."""
    claim = small["claims"][1]
    cue = claim["evidence"][0]
    claim["voices"] = [
        voice(*each) | ({"cue": cue, "hedges": []} if depth else {}) for depth, each in enumerate(voices)
    ]
    small["quotations"][0]["claims"] = []
    article = loads(text_of(small))
    return wording.chain_of(article, article.claims["c-loss"])


def test_an_outer_voice_that_says_is_worded_as_relaying(small: dict[str, Any]) -> None:
    article = loads(text_of(small))

    chain = wording.chain_of(article, article.claims["c-loss"])

    assert chain == "Ines relays, taking no side > the Gull relays, certain > Sel says, certain"


def test_an_outer_voice_with_another_act_keeps_its_verb(small: dict[str, Any]) -> None:
    chain = _chain(small, ("ines", "believe", "probable"), ("sel", "say", "certain"))

    assert chain == "Ines believes, thinking it likely > Sel says, certain"


@pytest.mark.parametrize(
    ("act", "commitment", "words"),
    [
        ("say", "certainly-not", "Sel denies"),
        ("say", "probably-not", "Sel doubts"),
        ("say", "possibly-not", "Sel says it may not be so"),
        ("say", "probable", "Sel says it is likely"),
        ("believe", "possible", "Sel believes it possible"),
        ("evaluate", "possible", "Sel judges, thinking it possible"),
        ("deny", "certainly-not", "Sel denies"),
        ("doubt", "certainly-not", "Sel doubts, denying it"),
        ("know", "knows-whether", "Sel knows whether it is so"),
        ("decline", "uncommitted", "Sel declines to say"),
        ("order", "certain", "Sel demands, certain"),
    ],
)
def test_the_verb_depends_on_the_commitment(small: dict[str, Any], act: str, commitment: str, words: str) -> None:
    chain = _chain(small, ("ines", "say", "uncommitted"), ("sel", act, commitment))

    assert chain == f"Ines relays, taking no side > {words}"


def test_two_doubts_are_not_worded_as_a_double_negation(small: dict[str, Any]) -> None:
    doubts = _chain(small, ("ines", "say", "probably-not"), ("sel", "doubt", "probably-not"))
    denies = _chain(small, ("ines", "say", "certainly-not"), ("sel", "say", "certain"))

    assert doubts == "Ines relays, thinking it unlikely too > Sel doubts"
    assert denies == "Ines relays, denying it > Sel says, certain"


@pytest.mark.parametrize(
    ("name", "kind", "named", "plural"),
    [
        ("the pilots of Halm", "group", False, True),
        ("people said to have left", "group", False, True),
        ("several media", "group", False, True),
        ("diplomatic organs", "organization", False, True),
        ("Maro and Sel", "group", True, True),
        ("the family of Sel", "group", False, False),
        ("the staff close to writers", "group", False, False),
        ("nobody named", "group", False, False),
        ("some one of the pilots", "group", False, False),
        ("the press", "group", False, False),
        ("United States", "organization", True, False),
        ("Ines", "person", True, False),
    ],
)
def test_a_verb_agrees_with_the_name(small: dict[str, Any], name: str, kind: str, named: bool, plural: bool) -> None:
    small["entities"][1] |= {"name": name, "kind": kind, "named": named}

    assert wording.is_plural(loads(text_of(small)).entities["leo"]) is plural


def test_a_group_takes_a_plural_verb(small: dict[str, Any]) -> None:
    small["entities"][3] |= {"kind": "group", "name": "the pilots"}
    article = loads(text_of(small))

    assert wording.voices_of(article, article.claims["c-loss"].voices)[2][:2] == ("the pilots", "say")


@pytest.mark.parametrize(("ended", "words"), [(False, "leads"), (True, "led")])
def test_a_relation_that_is_over_is_worded_in_the_past(small: dict[str, Any], ended: bool, words: str) -> None:
    small["relations"][0] |= {"ended": ended, "during": None}
    article = loads(text_of(small))

    assert wording.tie_of(article, article.relations["r-head"]) == words


@pytest.mark.parametrize(
    ("commitment", "lead"),
    [
        ("certain", " according to"),
        ("probably-not", ", which is denied here:"),
        ("uncommitted", ", which is disputed or left open here:"),
    ],
)
def test_the_lead_of_a_relation_depends_on_the_side_of_its_claims(
    small: dict[str, Any], commitment: str, lead: str
) -> None:
    for claim in small["claims"]:
        if "r-head" in claim["relations"]:
            claim["voices"][-1]["commitment"] = commitment
    article = loads(text_of(small))

    assert wording.lead_of(article, article.relations["r-head"]) == lead


def test_a_relation_of_a_group_or_an_unknown_entity_is_worded(small: dict[str, Any]) -> None:
    small["entities"][2] |= {"kind": "group", "name": "the pilots", "named": True}
    article = loads(text_of(small))
    relation = article.relations["r-head"]

    assert wording.tie_of(article, relation) == "lead"
    assert wording.tie_of(article, attrs.evolve(relation, subject="nobody-known")) == "leads"


def test_an_unknown_entity_is_named_by_its_id(small: dict[str, Any]) -> None:
    article = loads(text_of(small))
    claim = article.claims["c-loss"]
    strange = attrs.evolve(claim, voices=(attrs.evolve(claim.voices[0], source="nobody-known"),))

    assert wording.name_of(article, "nobody-known") == "nobody-known"
    assert wording.chain_of(article, strange) == "nobody-known says, taking no side"


def test_the_voices_between_the_ends_of_a_long_chain_are_counted() -> None:
    voices = tuple(range(20))

    shown = wording.with_count(map(str, wording.ends_of(voices)), len(voices))

    assert shown == [*map(str, range(8)), "… 4 more voices …", *map(str, range(12, 20))]
