"""Finding the sentences of a source in a copy of its text, by nothing but their lengths and digests.

What lives here: the readings of a copy, the search for digests in them, and which place belongs to which sentence.
What does not: carrying spans over (`attachment.py`), the normal form (`canonical.py`), the way back (`alignment.py`).

Every place where a sentence may begin is tried with the length of every sentence, so the time is proportional to the
length of the copy. A place counts only when length and digest are those of a sentence; nothing is compared by likeness.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, TypeAlias

import attrs

from oped_dataset.text.alignment import (
    Alignment,
    Place,
    align,
    replaced,
)
from oped_dataset.text.canonical import normal_digest, normalise

SHORT: Final = 25
"""A sentence of fewer characters, such as a name, may stand inside another one, and must stand free to be found."""

EDITED: Final = "its words stand nowhere in the copy, or only as a part of other sentences"
AMBIGUOUS: Final = "the same words stand in the source more than once, and nothing tells which of them these are"
NOT_FREE: Final = "these few words stand in the copy only inside other words"

_TOKEN: Final = re.compile(r"\w+|[^\w\s]")
_CLOSING: Final = frozenset(",.;:!?)]}%")
_ENDS_SENTENCE: Final = frozenset(".!?…\"'”’»)")
_LINE_BREAK: Final = frozenset("\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029")
_FIRST_IN_LINE: Final = re.compile(
    r"(?<=[\n\r\v\f\x1c-\x1e\x85\u2028\u2029])[^\S\n\r\v\f\x1c-\x1e\x85\u2028\u2029]*+\S"
)

_READINGS: Final = (
    (re.compile(r"(?<=\w)- (?=\w)"), ""),
    (re.compile(r"(?<=\w)- (?=\w)"), "-"),
    (re.compile(r" -+ | ?--+ ?"), "-"),
    (re.compile(r" -+ | ?--+ ?"), " - "),
)
"""Other ways to read a copy, for sentences not found in its normal form: words divided at the end of a line, put
together with and without their hyphen; and dashes typed as hyphens, without and with spaces around them."""


@attrs.frozen
class Unit:
    """What is searched for: a sentence, or a heading that is none.

    Attributes:
        digest: Of its normal form.
        length: The length of its normal form.
    """

    digest: str
    length: int


@attrs.frozen
class Found:
    """A place in the copy that has the words of a unit.

    Attributes:
        place: Where in the copy.
        reading: The reading of the copy in which it was found.
        within: Where in that reading.
    """

    place: Place
    reading: Reading
    within: Place

    @property
    def words(self) -> str:
        """The words of the unit in the normal form."""
        return self.reading.text[self.within[0] : self.within[1]]

    def part(self, start: int, end: int) -> Place | None:
        """Carry a place in the normal form of the unit over to the copy."""
        return self.reading.back(self.within[0] + start, self.within[0] + end)


class Reading:
    """A copy in a form in which digests can be searched.

    Attributes:
        text: The form.
        lines: Where in it a line of the copy begins.
    """

    __slots__ = ("_steps", "lines", "text")

    text: str
    lines: frozenset[int]

    def __init__(self, text: str, steps: tuple[Alignment, ...], lines: frozenset[int]) -> None:
        """Take the form, the alignments that led to it, the first one first, and the beginnings of lines."""
        self.text = text
        self.lines = lines
        self._steps = steps

    @classmethod
    def of(cls, copy: str) -> Reading:
        """Read a copy in its normal form."""
        text, alignment = align(copy)
        begun = (alignment.forward(line.start(), line.end()) for line in _FIRST_IN_LINE.finditer(copy))
        return cls(text, (alignment,), frozenset(place[0] for place in begun if place is not None))

    def otherwise(self, pattern: re.Pattern[str], replacement: str) -> Reading:
        """Read it with replacements."""
        text, alignment = replaced(self.text, pattern, replacement)
        lines = (alignment.forward(start, start + 1) for start in self.lines)
        return Reading(text, (*self._steps, alignment), frozenset(line[0] for line in lines if line is not None))

    def back(self, start: int, end: int) -> Place | None:
        """Carry a place over to the copy; None when a border falls inside a character."""
        place: Place | None = (start, end)
        for step in reversed(self._steps):
            place = step.back(*place) if place is not None else None
        return place

    def replacements(self) -> list[int]:
        """Where something was replaced."""
        ahead, places = 0, []
        for at, length, became in self._steps[-1].blocks:
            places.append(at + ahead)
            ahead += became - length
        return places


Located: TypeAlias = tuple[Found | None, str | None]
"""Where a unit is, or the reason why it is nowhere."""


def search(units: Sequence[Unit], copy: str) -> list[Located]:
    """Find each unit in a copy, or say why not.

    Args:
        units: In the order of the source.
        copy: The reader's text.
    """
    found = _apart(_everywhere(units, copy))
    located = _assigned(units, found)
    return [_standing_free(index, located, units, copy) for index in range(len(units))]


# All places.


def _everywhere(units: Sequence[Unit], copy: str) -> list[tuple[str, Found]]:
    if not units:
        return []
    reading = Reading.of(copy)
    found = list(_in_reading(units, units, reading, None))
    for pattern, replacement in _READINGS:
        known = {digest for digest, _ in found}
        missing = [unit for unit in units if unit.digest not in known]
        if missing and pattern.search(reading.text):
            other = reading.otherwise(pattern, replacement)
            found += _in_reading(units, missing, other, other.replacements())
    return found


def _in_reading(
    units: Sequence[Unit], wanted: Sequence[Unit], reading: Reading, near: list[int] | None
) -> Iterator[tuple[str, Found]]:
    candidates = _Candidates(reading, max(unit.length for unit in wanted), near)
    places: _Places = {}
    # Most sentences end in a mark, and the neighbours of what is found are found without trying; only what is still
    # missing is worth trying at every word, which takes ten times as long.
    for ends in (candidates.marks, candidates.words):
        known = set(places.values())
        missing = [unit for unit in wanted if unit.digest not in known]
        places |= candidates.matching(missing, ends)
        places = _continued(units, reading.text, places)
    for within, digest in places.items():
        place = reading.back(*within)
        if place is not None:
            yield digest, Found(place, reading, within)


_Places: TypeAlias = dict[Place, str]
"""For each place in a reading that has the words of a unit, the digest of that unit."""


class _Candidates:
    """Where in a text a sentence may begin and end.

    Attributes:
        starts: Where one may begin.
        marks: For each offset whether a punctuation mark ends there.
        words: For each offset whether a word or a mark ends there.
    """

    def __init__(self, reading: Reading, longest: int, near: list[int] | None) -> None:
        self.text = text = reading.text
        self.starts: list[int] = []
        # As much longer as the longest sentence, so that looking ahead needs no check.
        self.marks = bytearray(len(text) + longest + 1)
        self.words = bytearray(len(text) + longest + 1)
        after_mark = True
        for token in _TOKEN.finditer(text):
            first, end = text[token.start()], token.end()
            is_mark = not (first.isalnum() or first == "_")
            may_begin = after_mark or not first.islower() or token.start() in reading.lines
            if may_begin and first not in _CLOSING:
                self.starts.append(token.start())
            self.marks[end] = is_mark
            self.words[end] = True
            after_mark = is_mark
        if near is not None:
            self.starts = [start for start in self.starts if _is_near(near, start, longest)]

    def matching(self, wanted: Iterable[Unit], ends: bytearray) -> _Places:
        """Find the units among the stretches that begin and end where one may."""
        digests: dict[int, set[str]] = defaultdict(set)
        for unit in wanted:
            digests[unit.length].add(unit.digest)
        places: _Places = {}
        for length in sorted(digests):
            for start in [start for start in self.starts if ends[start + length]]:
                digest = normal_digest(self.text[start : start + length])
                if digest in digests[length]:
                    places[start, start + length] = digest
        return places


def _is_near(places: list[int], start: int, longest: int) -> bool:
    following = bisect_left(places, start)
    return following < len(places) and places[following] < start + longest


def _continued(units: Sequence[Unit], text: str, places: _Places) -> _Places:
    """Add the neighbours of what was found, wherever they begin, end or are glued to other words."""
    indices = _indices(units)
    waiting = list(places.items())
    while waiting:
        place, digest = waiting.pop()
        for index in indices[digest]:
            for unit, beside in _beside(units, index, text, *place):
                if beside not in places and normal_digest(text[slice(*beside)]) == unit.digest:
                    places[beside] = unit.digest
                    waiting.append((beside, unit.digest))
    return places


def _beside(units: Sequence[Unit], index: int, text: str, start: int, end: int) -> Iterator[tuple[Unit, Place]]:
    if index + 1 < len(units):
        at = end + text.startswith(" ", end)
        if at + units[index + 1].length <= len(text):
            yield units[index + 1], (at, at + units[index + 1].length)
    if index > 0:
        at = start - text.endswith(" ", 0, start)
        if at >= units[index - 1].length:
            yield units[index - 1], (at - units[index - 1].length, at)


def _indices(units: Iterable[Unit]) -> dict[str, list[int]]:
    indices: dict[str, list[int]] = defaultdict(list)
    for index, unit in enumerate(units):
        indices[unit.digest].append(index)
    return indices


# Which place is whose.


def _apart(found: list[tuple[str, Found]]) -> list[tuple[str, Found]]:
    """Leave out what lies in or across a longer one, and order the rest as in the copy."""
    kept: list[tuple[int, int]] = []
    apart: list[tuple[str, Found]] = []
    for digest, each in sorted(found, key=lambda item: _longest_first(item[1])):
        start, end = each.place
        after = bisect_right(kept, (start, end))
        free_before = after == 0 or kept[after - 1][1] <= start
        if free_before and (after == len(kept) or kept[after][0] >= end):
            insort(kept, (start, end))
            apart.append((digest, each))
    return sorted(apart, key=lambda item: item[1].place)


def _longest_first(found: Found) -> tuple[int, int]:
    start, end = found.place
    return start - end, start


def _assigned(units: Sequence[Unit], found: list[tuple[str, Found]]) -> list[Located]:
    """Give each place to at most one unit; the longer the run of neighbours a place belongs to, the sooner."""
    runs = _runs(units, [digest for digest, _ in found])
    located: list[Located] = [(None, EDITED) for _ in units]
    taken: set[int] = set()
    by_length: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for pair, length in runs.items():
        by_length[length].append(pair)
    for length in sorted(by_length, reverse=True):
        free = [(index, at) for index, at in by_length[length] if at not in taken and located[index][0] is None]
        claims: dict[int, list[int]] = defaultdict(list)
        for index, at in free:
            claims[at].append(index)
        for at, indices in sorted(claims.items()):
            taken.add(at)
            if len(indices) > 1:
                # Two units of the source fit the place equally well, and taking either would be a guess.
                for index in indices:
                    located[index] = None, AMBIGUOUS
            elif located[indices[0]][0] is None:
                located[indices[0]] = found[at][1], None
    return located


def _runs(units: Sequence[Unit], digests: Sequence[str]) -> dict[tuple[int, int], int]:
    """For each unit and each place with its digest: how many neighbours on both sides agree, itself included."""
    indices = _indices(units)
    pairs = [(index, at) for at, digest in enumerate(digests) for index in indices[digest]]
    before: dict[tuple[int, int], int] = {}
    for index, at in pairs:
        before[index, at] = before.get((index - 1, at - 1), 0) + 1
    after: dict[tuple[int, int], int] = {}
    for index, at in reversed(pairs):
        after[index, at] = after.get((index + 1, at + 1), 0) + 1
    return {pair: before[pair] + after[pair] - 1 for pair in pairs}


# Short ones.


def _standing_free(index: int, located: list[Located], units: Sequence[Unit], copy: str) -> Located:
    found = located[index][0]
    if found is None or units[index].length >= SHORT:
        return located[index]
    before = located[index - 1][0] if index > 0 else None
    after = located[index + 1][0] if index + 1 < len(units) else None
    free = _is_free(found, before, after, copy)
    return located[index] if free else (None, NOT_FREE)


def _is_free(found: Found, before: Found | None, after: Found | None, copy: str) -> bool:
    start, end = found.place
    left, right = start, end
    while left > 0 and not normalise(copy[left - 1]):
        left -= 1
    while right < len(copy) and not normalise(copy[right]):
        right += 1
    ends_a_sentence = copy[end - 1] in _ENDS_SENTENCE
    if after is not None and after.place[0] == right and not ends_a_sentence:
        return True
    begins = left == 0 or copy[left - 1] in _ENDS_SENTENCE or _breaks(copy[left:start])
    begins = begins or (before is not None and before.place[1] == left)
    ends = ends_a_sentence or right == len(copy) or _breaks(copy[end:right])
    return begins and ends


def _breaks(blank: str) -> bool:
    return not _LINE_BREAK.isdisjoint(blank)
