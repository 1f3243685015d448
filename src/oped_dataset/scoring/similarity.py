"""How similar two records are: by where they stand, and by what they say.

Here: the similarity of places, of gists and of triples, and how place and content are joined.
Not here: which records are paired (`matching.py`), and which of their labels agree (`labels.py`).

A place is a set of characters. Characters, not tokens, because an article need not hold its text: the figures are the
same with it and without it, whoever's tokens one would use.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final, TypeAlias

from oped_dataset.errors import InvalidRecord
from oped_dataset.model.records import Span

Place: TypeAlias = tuple[tuple[int, int], ...]
"""A set of characters, as stretches that are sorted and do not touch."""

Similarity: TypeAlias = Callable[[Sequence[Any], Sequence[Any]], Any]
"""Gets the predicted and the gold records of a layer, and returns a row for each predicted and a column for each gold
record, each value from 0 to 1: a list of lists, or an array of any library that can be indexed like one."""

_PLACE_WEIGHT: Final = 0.25
"""The place's share in a similarity of place and content. Evidence may be a sentence around a clause, which is a place
similarity of .1, and the pair still counts where the content is the same; where either is 0, so is the whole."""

_SLACK: Final = 1e-6
"""So far a similarity may be outside of 0 to 1, as the cosine of two equal vectors can be."""

_WORD: Final = re.compile(r"\w+")


def place_of(spans: Iterable[Span]) -> Place:
    """The characters of some spans, each once."""
    place: list[tuple[int, int]] = []
    for span in sorted(spans):
        if place and span.start <= place[-1][1]:
            place[-1] = (place[-1][0], max(place[-1][1], span.end))
        else:
            place.append((span.start, span.end))
    return tuple(place)


def length(place: Place) -> int:
    """How many characters a place has."""
    return sum(end - start for start, end in place)


def shared(one: Place, two: Place) -> int:
    """How many characters two places have in common."""
    first, second, common = 0, 0, 0
    while first < len(one) and second < len(two):
        common += max(0, min(one[first][1], two[second][1]) - max(one[first][0], two[second][0]))
        if one[first][1] < two[second][1]:
            first += 1
        else:
            second += 1
    return common


def place_similarity(one: Place, two: Place) -> float:
    """F1 of the characters of two places: 2 |A ∩ B| / (|A| + |B|)."""
    return 2 * shared(one, two) / (length(one) + length(two))


def trigrams(text: str) -> frozenset[str]:
    """The runs of three characters in the words of a text, with a blank before and after each word."""
    words = f" {' '.join(_WORD.findall(text.casefold()))} "
    return frozenset(words[at : at + 3] for at in range(len(words) - 2))


def set_similarity(one: frozenset[str], two: frozenset[str]) -> float:
    """F1 of two sets; of two empty ones 0."""
    return 2 * len(one & two) / (len(one) + len(two)) if one or two else 0.0


def joined(place: float, content: float) -> float:
    """The weighted geometric mean of the similarities of place and content, place to a quarter."""
    return float(place**_PLACE_WEIGHT * content ** (1 - _PLACE_WEIGHT))


def least_place(threshold: float) -> float:
    """The place similarity below which no content can bring a pair up to a threshold."""
    return float(threshold ** (1 / _PLACE_WEIGHT))


def matrix_of(similarity: Similarity, predicted: Sequence[Any], gold: Sequence[Any]) -> list[list[float]]:
    """Ask a caller's function for the similarities of a layer, once.

    Raises:
        InvalidRecord: What it returns is not a value from 0 to 1 for each pair.
    """
    wanted = f"{len(predicted)} rows, one a predicted record, of {len(gold)} values from 0 to 1, one a gold record"
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
