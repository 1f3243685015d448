"""The search for digests: its time, and which place is whose."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType

import pytest

from oped_dataset import sentence_digest
from oped_dataset.search import EDITED, Unit, search

WORDS = "The harbour keeps its toll for now, said the warden, and left the ferry to the gulls"


def page(length: int) -> str:
    """A page of that many sentences, none like another."""
    return "\n".join(f"{WORDS} of Quay {number}. Home | About {number}" for number in range(length))


def steps(action: Callable[[], object]) -> int:
    """Count the lines of Python an action runs through, which, unlike seconds, are the same on every machine."""
    count = 0

    def trace(frame: FrameType, event: str, argument: object) -> Callable[..., object]:
        nonlocal count
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        action()
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize("there", [True, False])
def test_twice_the_copy_takes_at_most_twice_the_steps(there: bool) -> None:
    words = f"{WORDS} of Quay 7." if there else f"{WORDS} of Quay Seven."
    units = [Unit(sentence_digest(words), len(words)), Unit("0" * 16, 40)]

    one, two, four = (steps(lambda copy=page(size): search(units, copy)) for size in (50, 100, 200))  # type: ignore[misc]

    assert two < 2.1 * one
    assert four < 2.1 * two


def test_a_sentence_repeated_without_end_takes_steps_in_proportion() -> None:
    units = [Unit(sentence_digest(WORDS), len(WORDS)), Unit(sentence_digest("No."), 3)]

    one, two = (steps(lambda copy=f"{WORDS}. No. " * size: search(units, copy)) for size in (100, 200))  # type: ignore[misc]

    assert two < 2.1 * one


def test_nothing_is_searched_for_nothing() -> None:
    assert search([], "The Toll") == []


def test_a_copy_that_glues_words_is_searched_beside_what_was_found() -> None:
    units = [Unit(sentence_digest(words), len(words)) for words in ("the end of the ferry", f"{WORDS}.")]

    (glued, _), (found, _) = search(units, f"Sharethe end of the ferry {WORDS}.")

    assert found is not None
    assert glued is not None
    assert (glued.words, glued.place) == ("the end of the ferry", (5, 25))


def test_what_lies_across_a_longer_place_is_left_out() -> None:
    copy = f"{WORDS}. Home. Share"
    long, across = f"{WORDS}.", "gulls. Home."
    units = [Unit(sentence_digest(words), len(words)) for words in (long, "Share", across)]

    found, _, lost = search(units, copy)

    assert found[1] is None
    assert lost[0] is None


def test_a_place_that_parts_a_character_is_none() -> None:
    (found,) = search([Unit(sentence_digest("The harbour keeps its toll.."), 28)], "The harbour keeps its toll…")

    assert found == (None, EDITED)
