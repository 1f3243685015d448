"""The words in which a chain of voices, a tie and an argument are read."""

from __future__ import annotations

from typing import Any

from small import changed, text_of, voice

from oped_dataset import (
    Act,
    ArgumentKind,
    Commitment,
    Predicate,
    loads,
)
from oped_dataset.model import wording


def test_every_label_that_is_read_aloud_has_words() -> None:
    assert set(wording.ACTS) == set(Act)
    assert set(wording.COMMITMENTS) == set(Commitment)
    assert set(wording.PREDICATES) == set(Predicate)
    assert set(wording.ARGUMENTS) == set(ArgumentKind)


def test_what_has_ended_is_worded_in_the_past() -> None:
    assert wording.PREDICATES[Predicate.LEADS] == ("leads", "led")
    assert wording.PREDICATES[Predicate.FOUNDED] == ("founded", "founded")


def test_no_two_commitments_look_alike() -> None:
    assert len({words for words, _ in wording.COMMITMENTS.values()}) == len(Commitment)
    assert len({sign for _, sign in wording.COMMITMENTS.values()}) == len(Commitment)


def test_who_says_what_another_says_relays_it(small: dict[str, Any]) -> None:
    article = loads(text_of(small))

    chain = wording.chain_of(article, article.claims["c-loss"])

    assert chain == "Ines relays, uncommitted > the Gull relays, certain > Sel says, certain"


def test_an_outer_voice_that_does_more_than_say_is_not_made_a_relay(small: dict[str, Any]) -> None:
    small["claims"][1]["voices"][1] = voice("gull", "doubt", "probably-not", "cited")
    article = loads(text_of(small))

    assert wording.voices_of(article, article.claims["c-loss"])[1] == ("the Gull", "doubts", "probably not")


def test_a_group_speaks_in_the_plural(small: dict[str, Any]) -> None:
    article = loads(text_of(changed(small, "/entities/3/kind", "group")))

    assert wording.voices_of(article, article.claims["c-loss"])[2] == ("Sel", "say", "certain")


def test_who_is_not_among_the_entities_is_called_by_id(small: dict[str, Any]) -> None:
    assert wording.name_of(loads(text_of(small)), "nobody-known") == "nobody-known"
