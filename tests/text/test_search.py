"""The search for digests: its cost, and the assignment of matches to sentences."""

from __future__ import annotations

import sys
from types import FrameType
from typing import Any

import pytest

from oped_dataset import sentence_digest
from oped_dataset.text.search import AMBIGUOUS, EDITED, TOO_MANY, Unit, search

WORDS = "The harbour keeps its toll for now, said the warden, and left the ferry to the gulls"


def page(length: int) -> str:
    """Make a page of that many different sentences."""
    return "\n".join(f"{WORDS} of Quay {number}. Home | About {number}" for number in range(length))


def steps(units: list[Unit], copy: str) -> int:
    """Count the lines of Python that a search executes, which, unlike seconds, are the same on every machine."""
    count = 0

    def trace(frame: FrameType, event: str, argument: Any) -> Any:
        nonlocal count
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        search(units, copy)
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize("quay", ["7", "Seven"])
def test_twice_the_copy_takes_at_most_twice_the_steps(quay: str) -> None:
    words = f"{WORDS} of Quay {quay}."
    units = [Unit(sentence_digest(words), len(words)), Unit("0" * 16, 40)]

    one, two, four = (steps(units, page(size)) for size in (50, 100, 200))

    assert two < 2.1 * one
    assert four < 2.1 * two


def test_a_repeated_sentence_takes_proportional_steps() -> None:
    units = [Unit(sentence_digest(f"{WORDS}."), len(WORDS) + 1), Unit(sentence_digest("No."), 3)]

    one, two = (steps(units, f"{WORDS}. No. " * size) for size in (100, 200))

    assert two < 2.1 * one


def test_no_units_yield_no_matches() -> None:
    assert search([], "The Toll") == []


def test_a_neighbour_glued_to_other_words_is_found() -> None:
    units = [Unit(sentence_digest(words), len(words)) for words in ("the end of the ferry", f"{WORDS}.")]

    (glued, _), (found, _) = search(units, f"Sharethe end of the ferry {WORDS}.")

    assert found is not None
    assert glued is not None
    assert (glued.words, glued.place) == ("the end of the ferry", (5, 25))


def test_a_match_across_a_longer_one_is_dropped() -> None:
    copy = f"{WORDS}. Home. Share"
    long, across = f"{WORDS}.", "gulls. Home."
    units = [Unit(sentence_digest(words), len(words)) for words in (long, "Share", across)]

    found, _, lost = search(units, copy)

    assert found[1] is None
    assert lost[0] is None


def test_a_match_that_splits_a_character_is_dropped() -> None:
    (found,) = search([Unit(sentence_digest("The harbour keeps its toll.."), 28)], "The harbour keeps its toll…")

    assert found == (None, EDITED)


def test_a_name_at_the_beginning_of_a_sentence_does_not_hide_it() -> None:
    units = [Unit(sentence_digest(words), len(words)) for words in ("The harbour", f"{WORDS}.")]

    (name, _), (sentence, _) = search(units, f"Home\n{WORDS}.\n")

    assert name is None
    assert sentence is not None
    assert sentence.place == (5, 6 + len(WORDS))


def test_no_neighbour_is_found_beyond_the_end_of_the_copy() -> None:
    # Without shifts, the length is that of the source, which may be one more than that of the normalised form.
    units = [Unit(sentence_digest(f"{WORDS}."), len(WORDS) + 1), Unit(sentence_digest("Nobody paid."), 13)]

    (found, _), lost = search(units, f"{WORDS}. Nobody paid.")

    assert found is not None
    assert lost == (None, EDITED)


def _unit(words: str) -> Unit:
    return Unit(sentence_digest(words), len(words))


def test_a_refrain_is_found_where_the_order_leaves_one_solution() -> None:
    found = search([_unit("Hush now, little one, hush.")] * 50, "Hush now, little one, hush.\n" * 50)

    assert [each.place[0] for each, _ in found if each is not None] == [28 * number for number in range(50)]


def test_a_refrain_is_ambiguous_elsewhere() -> None:
    refrain = "Hush now, little one, hush."

    found = search([_unit(refrain)] * 50, f" {refrain} Edited." * 40)

    assert found == [(None, AMBIGUOUS)] * 50


def test_too_many_lengths_are_not_tried_everywhere() -> None:
    units = [_unit("A."), *(Unit("0" * 16, length) for length in range(3, 2000))]

    assert search(units, "A. " * 500)[1:] == [(None, TOO_MANY)] * 1997


def test_a_sentence_longer_than_the_copy_is_not_searched_for() -> None:
    assert search([Unit("0" * 16, 2**50)], "Maro left.") == [(None, EDITED)]


@pytest.mark.parametrize("ignorable", ["\xad", "\u200b", "\u200b\xad"])
def test_a_run_of_invisible_characters_is_scanned_once(ignorable: str) -> None:
    copy = f"Maro {ignorable * 20_000}left."

    assert search([_unit("Maro left.")], copy)[0][1] is None
