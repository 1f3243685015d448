"""The similarity of two records: of their places, and of their content.

Here: the similarity of places and of gists, and their combination.
Not here: pairing records (`matching.py`), and comparing their labels (`labels.py`).

A place is a set of characters. Characters are used instead of tokens because an article may lack its text, and because
the figures then do not depend on a tokenizer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final, TypeAlias

from oped_dataset.errors import InvalidRecord
from oped_dataset.model.records import Span

Place: TypeAlias = tuple[tuple[int, int], ...]
"""A set of characters, as sorted stretches that do not touch."""

Similarity: TypeAlias = Callable[[Sequence[Any], Sequence[Any]], Any]
"""Takes the predicted and the gold records of a layer, and returns a row for each predicted and a column for each gold
record, with values from 0 to 1: a list of lists, or an array that can be iterated like one."""

_PLACE_WEIGHT: Final = 0.25
"""The weight of the place in a similarity of place and content. If the evidence is a sentence instead of a clause, the
similarity of places may be .1, and the pair still qualifies by equal content. If either is 0, so is the result."""

_SLACK: Final = 1e-6
"""The distance by which a similarity may lie outside 0 to 1, as the cosine of two equal vectors can."""

_WORD: Final = re.compile(r"\w+")


def place_of(spans: Iterable[Span]) -> Place:
    """Return the characters of some spans, each once."""
    place: list[tuple[int, int]] = []
    for span in sorted(spans):
        if place and span.start <= place[-1][1]:
            place[-1] = (place[-1][0], max(place[-1][1], span.end))
        else:
            place.append((span.start, span.end))
    return tuple(place)


def length(place: Place) -> int:
    """Count the characters of a place."""
    return sum(end - start for start, end in place)


def shared(one: Place, two: Place) -> int:
    """Count the characters that two places have in common."""
    first, second, common = 0, 0, 0
    while first < len(one) and second < len(two):
        common += max(0, min(one[first][1], two[second][1]) - max(one[first][0], two[second][0]))
        if one[first][1] < two[second][1]:
            first += 1
        else:
            second += 1
    return common


def place_similarity(one: Place, two: Place) -> float:
    """Return the F1 of the characters of two places: 2 |A ∩ B| / (|A| + |B|)."""
    # F1 of two sets is Dice's coefficient.
    return 2 * shared(one, two) / (length(one) + length(two))


def trigrams(text: str) -> frozenset[str]:
    """Return the runs of three characters in the words of a text, with a space before and after each word."""
    # The spaces give the first and last letters of a word the same weight as the others.
    words = f" {' '.join(_WORD.findall(text.casefold()))} "
    return frozenset(words[at : at + 3] for at in range(len(words) - 2))


def set_similarity(one: frozenset[str], two: frozenset[str]) -> float:
    """Return the F1 of two sets; 0 for two empty ones."""
    return 2 * len(one & two) / (len(one) + len(two)) if one or two else 0.0


def joined(place: float, content: float) -> float:
    """Return the weighted geometric mean of the similarities of place, with weight 1/4, and content."""
    return float(place**_PLACE_WEIGHT * content ** (1 - _PLACE_WEIGHT))


def least_place(threshold: float) -> float:
    """Return the similarity of places below which even equal content does not reach a threshold."""
    return float(threshold ** (1 / _PLACE_WEIGHT))


def matrix_of(similarity: Similarity, predicted: Sequence[Any], gold: Sequence[Any]) -> list[list[float]]:
    """Call a user's function for the similarities of a layer, once.

    Raises:
        InvalidRecord: It does not return a value from 0 to 1 for each pair.
    """
    # The result comes from a user's code and may have any type, so that conversion is the check.
    wanted = f"{len(predicted)} rows, one per predicted record, of {len(gold)} values from 0 to 1, one per gold record"
    try:
        rows = [[float(value) for value in row] for row in similarity(predicted, gold)]
    except (TypeError, ValueError) as error:
        raise InvalidRecord(f"similarity: must return {wanted}; {error}", "similarity") from None
    if len(rows) != len(predicted) or any(len(row) != len(gold) for row in rows):
        shape = f"{len(rows)} rows of {', '.join(sorted({str(len(row)) for row in rows})) or 0} values"
        raise InvalidRecord(f"similarity: must return {wanted}, not {shape}", "similarity")
    for value in (value for row in rows for value in row):
        if not -_SLACK <= value <= 1 + _SLACK:
            raise InvalidRecord(f"similarity: must return {wanted}, not {value}", "similarity")
    return [[min(max(value, 0.0), 1.0) for value in row] for row in rows]
