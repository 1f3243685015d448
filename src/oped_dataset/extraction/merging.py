"""Recognising records of two passages that annotate the same words alike.

Here: `Twins`, which finds the earlier record with the same place and content as a given one.
Not here: dropping the second record (`from_records.py`), and entities, which are recognised by name (`naming.py`).

Sentences in the overlap of two passages are annotated twice. Two records of the same passage are never merged.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain, groupby, islice
from typing import Final

from oped_dataset.model.records import (
    Argument,
    Claim,
    Event,
    Mention,
    Relation,
    Span,
    evidence_of,
)
from oped_dataset.model.tables import Record
from oped_dataset.text.canonical import normalise

LEAST: Final = 0.5
"""The least share of evidence, and of the words of the gists, that twins among events, relations and claims share."""

_REACH: Final = 1000
_MOST_NEIGHBOURS: Final = 500
"""How many records of other passages, in a stretch of 1,000 characters, are compared with a record."""
_MOST_STRETCHES: Final = 20
"""How many of these stretches a record is looked up in, so that very long evidence does not take more time."""


class Twins:
    """The records known so far, by their places and passages."""

    def __init__(self) -> None:
        """Begin without records."""
        self._known: defaultdict[tuple[type, int], dict[int, list[Record]]] = defaultdict(dict)
        self._taken: set[tuple[int, str]] = set()

    def add(self, record: Record, scope: int) -> None:
        """Add a record of a passage; the number -1 means the previous round."""
        for key in _keys(record):
            self._known[key].setdefault(scope, []).append(record)

    def find(self, record: Record, scope: int) -> Record | None:
        """Find the twin of a record in another passage; each record is found once per passage."""
        best: tuple[float, Record] | None = None
        for key in _keys(record):
            others = chain.from_iterable(known for number, known in self._known[key].items() if number != scope)
            for other in islice(others, _MOST_NEIGHBOURS):
                if (scope, other.id) in self._taken:
                    continue
                alike = likeness(record, other)
                if alike and (best is None or alike > best[0]):
                    best = alike, other
        if best is None:
            return None
        self._taken.add((scope, best[1].id))
        return best[1]


def _keys(record: Record) -> Iterator[tuple[type, int]]:
    # Records are indexed by stretches of the text, so that only neighbours are compared.
    numbers = chain.from_iterable(
        range(place.start // _REACH, (place.end - 1) // _REACH + 1) for place in sorted(evidence_of(record))
    )
    found = sorted({number for number, _ in islice(groupby(numbers), _MOST_STRETCHES)})
    yield from ((type(record), number) for number in found or (0,))


def likeness(one: Record, two: Record) -> float:
    """Return how alike two records of one kind are, from 0 for different to 2."""
    if isinstance(one, Argument) and isinstance(two, Argument):
        return float((one.source, one.target, one.kind) == (two.source, two.target, two.kind))
    places, others = evidence_of(one), evidence_of(two)
    first, second, both = (_count_characters(each) for each in (places, others, (*places, *others)))
    shared = (first + second - both) / both
    if isinstance(one, Claim) and isinstance(two, Claim):
        same = [voice.source for voice in one.voices] == [voice.source for voice in two.voices]
        return _compare_gists(shared, one.gist, two.gist) if same else 0.0
    if isinstance(one, Event) and isinstance(two, Event):
        return _compare_gists(shared, one.gist, two.gist) if one.kind is two.kind else 0.0
    if isinstance(one, Relation) and isinstance(two, Relation):
        same = (one.subject, one.predicate, one.object) == (two.subject, two.predicate, two.object)
        return shared if same and shared >= LEAST else 0.0
    if isinstance(one, Mention) and isinstance(two, Mention):
        return float(shared == 1 and one.entity == two.entity)
    return float(shared == 1)


def _compare_gists(shared: float, one: str, two: str) -> float:
    words, others = (set(re.findall(r"\w+", normalise(gist).casefold())) for gist in (one, two))
    # The overlap coefficient, because one gist may be more detailed than the other.
    alike = len(words & others) / max(1, min(len(words), len(others)))
    return shared + alike if shared >= LEAST and alike >= LEAST else 0.0


def _count_characters(places: Iterable[Span]) -> int:
    """Count the characters that some spans cover, each once."""
    covered = reached = 0
    for place in sorted(places):
        covered += max(0, place.end - max(place.start, reached))
        reached = max(reached, place.end)
    return covered
