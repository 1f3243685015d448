"""When two records, given for two passages of one text, are the same.

Here: `Twins`, which finds for a record the one that stands at its place and says the same.
Not here: what becomes of the second one (`from_records.py`), and entities, which are known by their names
(`naming.py`).

Passages that share sentences are each read with all of them, so what stands there is given twice. Two records that are
given for the same passage are never taken for one.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
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
"""Two events, relations or claims that are the same share at least this much of their evidence, and of their gists."""

_REACH: Final = 1000


class Twins:
    """The records known so far, by their places and the passage they were given for."""

    def __init__(self) -> None:
        """Begin with none."""
        self._known: defaultdict[tuple[type, int], list[tuple[int, Record]]] = defaultdict(list)
        self._taken: set[tuple[int, str]] = set()

    def add(self, record: Record, scope: int) -> None:
        """Know a record that was given for a passage, or with the number -1 in an earlier round."""
        for key in _keys(record):
            self._known[key].append((scope, record))

    def find(self, record: Record, scope: int) -> Record | None:
        """Find the record of another passage that this one is the same as; each is found once for a passage."""
        best: tuple[float, Record] | None = None
        for key in _keys(record):
            for other_scope, other in self._known[key]:
                if other_scope == scope or (scope, other.id) in self._taken:
                    continue
                alike = likeness(record, other)
                if alike and (best is None or alike > best[0]):
                    best = alike, other
        if best is None:
            return None
        self._taken.add((scope, best[1].id))
        return best[1]


def _keys(record: Record) -> Iterator[tuple[type, int]]:
    places = evidence_of(record)
    numbers = {number for place in places for number in range(place.start // _REACH, (place.end - 1) // _REACH + 1)}
    yield from ((type(record), number) for number in sorted(numbers) or (0,))


def likeness(one: Record, two: Record) -> float:
    """How much two records of one kind are the same, from 0 for not at all to 2."""
    if isinstance(one, Argument) and isinstance(two, Argument):
        return float((one.source, one.target, one.kind) == (two.source, two.target, two.kind))
    shared = _shared(evidence_of(one), evidence_of(two))
    if isinstance(one, Claim) and isinstance(two, Claim):
        same = [voice.source for voice in one.voices] == [voice.source for voice in two.voices]
        return _told_alike(shared, one.gist, two.gist) if same else 0.0
    if isinstance(one, Event) and isinstance(two, Event):
        return _told_alike(shared, one.gist, two.gist) if one.kind is two.kind else 0.0
    if isinstance(one, Relation) and isinstance(two, Relation):
        same = (one.subject, one.predicate, one.object) == (two.subject, two.predicate, two.object)
        return shared if same and shared >= LEAST else 0.0
    if isinstance(one, Mention) and isinstance(two, Mention):
        return float(shared == 1 and one.entity == two.entity)
    return float(shared == 1)


def _told_alike(shared: float, one: str, two: str) -> float:
    words, others = (set(re.findall(r"\w+", normalise(gist).casefold())) for gist in (one, two))
    alike = len(words & others) / max(1, min(len(words), len(others)))
    return shared + alike if shared >= LEAST and alike >= LEAST else 0.0


def _shared(places: tuple[Span, ...], others: tuple[Span, ...]) -> float:
    """The characters that two lists of places share, of all that either has."""
    one, two, both = (_length(each) for each in (places, others, (*places, *others)))
    return (one + two - both) / both


def _length(places: Iterable[Span]) -> int:
    """How many characters some places have together, each counted once."""
    covered = reached = 0
    for place in sorted(places):
        covered += max(0, place.end - max(place.start, reached))
        reached = max(reached, place.end)
    return covered
