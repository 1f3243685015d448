"""Finding the sentences of a source in a copy of its text, by nothing but their lengths and digests.

Here: the readings of a copy, the search for digests in them, and which place belongs to which sentence.
Not here: carrying spans over (`attachment.py`), the normal form (`canonical.py`), the way back (`alignment.py`).

Every place where a sentence may begin is tried with the length of every sentence, so the time is proportional to the
length of the copy. A place counts only when length and digest are those of a sentence; nothing is compared by likeness.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right, insort
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain, pairwise
from typing import Final, TypeAlias

import attrs

from oped_dataset.text.alignment import (
    Alignment,
    Place,
    align,
    replaced,
)
from oped_dataset.text.canonical import normal_digest, normalise
from oped_dataset.text.characters import CLOSING, IGNORABLE, TERMINAL, UNSPACED, UNSPACED_MARKS

SHORT: Final = 25
"""A sentence of fewer characters, such as a name, may stand inside another one, and must stand free to be found."""

EDITED: Final = "its words stand nowhere in the copy, or only as a part of other sentences"
AMBIGUOUS: Final = "the same words stand in the source more than once, and nothing tells which of them these are"
TOO_MANY: Final = "there are too many sentences of too many lengths to look for each of them everywhere in the copy"
NOT_FREE: Final = "these few words stand in the copy only inside other words"

_TOKEN: Final = re.compile(r"\w+|[^\w\s]")
_COMPARED: Final = 1000
"""A sentence for which units times places are more is considered only beside others."""
_CLOSING: Final = frozenset(",.;:!?)]}%")
_ENDS_SENTENCE: Final = re.compile(f"[{TERMINAL}{CLOSING}…\"'“«]")
_BREAK: Final = r"\n\r\v\f\x1c-\x1e\x85\u2028\u2029"
_LINE_BREAK: Final = re.compile(f"[{_BREAK}]")
_FIRST_IN_LINE: Final = re.compile(rf"(?<=[{_BREAK}])[^\S{_BREAK}]*+\S")

# Runs of ignorable characters are looked through once, from where they begin.
_SOFT: Final = re.compile(rf"(?<![{IGNORABLE}])(?=[{IGNORABLE}]++\s)[{IGNORABLE}]*?\xad[{IGNORABLE}]*+\s++")
"""Where a soft hyphen divides a word at the end of a line."""

_LETTER: Final = f"[{UNSPACED}{UNSPACED_MARKS}]"
_LINE_END: Final = rf"[{IGNORABLE}]*+[{_BREAK}]\s*+"
_WRAPPED: Final = re.compile(rf"(?<={_LETTER}){_LINE_END}|(?<![\s{IGNORABLE}]){_LINE_END}(?={_LETTER})")
"""A line that ends without a blank beside a letter of a script that puts no space between words; the source need have
none there either."""

# For each way in which copies differ, what stands in the copy, and what may stand in the source, in turn: where a
# sentence has two such places, the source need not have the same at both.
_WRAPS: Final = (("",), ("", " "), (" ", ""))
_DIVIDED: Final = (re.compile(r"(?<=\w)- (?=\w)"), (("",), ("-",), ("", "-"), ("-", "")))
_DASHES: Final = (
    (re.compile(r" -+ | ?--+ ?"), (("-",), (" - ",))),
    (re.compile(r"--+"), (("-",),)),
)
"""Words divided at the end of a line, put together with and without their hyphen; dashes typed as hyphens, without and
with spaces around them, or with those that are there."""


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
        replaced: Where in it something else stands than in the copy, or None where it is the copy's normal form.
    """

    __slots__ = ("_steps", "lines", "replaced", "text")

    text: str
    lines: frozenset[int]
    replaced: tuple[int, ...] | None

    def __init__(
        self, text: str, steps: tuple[Alignment, ...], lines: frozenset[int], replaced: tuple[int, ...] | None = None
    ) -> None:
        """Take the form, the alignments that led to it, the first one first, and the places in it."""
        self.text = text
        self.lines = lines
        self.replaced = replaced
        self._steps = steps

    @classmethod
    def of(cls, copy: str) -> Reading:
        """Read a copy in its normal form."""
        text, alignment = align(copy)
        begun = (alignment.forward(line.start(), line.end()) for line in _FIRST_IN_LINE.finditer(copy))
        return cls(text, (alignment,), frozenset(place[0] for place in begun if place is not None))

    @classmethod
    def joined(cls, copy: str, wraps: Sequence[str]) -> Reading:
        """Read it with its words put together where a line ends inside them, before the normal form is made."""
        soft, first = replaced(copy, _SOFT, ("",))
        whole, second = replaced(soft, _WRAPPED, wraps)
        reading = cls.of(whole)
        (normal,) = reading._steps
        places = chain(second.moved(first.replacements()), second.replacements())
        return cls(reading.text, (first, second, normal), reading.lines, tuple(sorted(normal.moved(places))))

    def otherwise(self, pattern: re.Pattern[str], replacements: Sequence[str]) -> Reading:
        """Read it with replacements."""
        text, alignment = replaced(self.text, pattern, replacements)
        lines = frozenset(alignment.moved(self.lines))
        places = sorted([*alignment.moved(self.replaced or ()), *alignment.replacements()])
        return Reading(text, (*self._steps, alignment), lines, tuple(places))

    def back(self, start: int, end: int) -> Place | None:
        """Carry a place over to the copy; None when a border falls inside a character."""
        place: Place | None = (start, end)
        for step in reversed(self._steps):
            place = step.back(*place) if place is not None else None
        return place


Located: TypeAlias = tuple[Found | None, str | None]
"""Where a unit is, or the reason why it is nowhere."""


def search(units: Sequence[Unit], copy: str) -> list[Located]:
    """Find each unit in a copy, or say why not.

    Args:
        units: In the order of the source.
        copy: The reader's text.
    """
    effort = _Effort(len(copy))
    found = _apart(_everywhere(units, copy, effort))
    located = _assigned(units, found, TOO_MANY if effort.is_spent else EDITED)
    return [_standing_free(index, located, units, copy) for index in range(len(units))]


class _Effort:
    """How much may still be tried. An honest article and copy take a twentieth to a third of what there is."""

    def __init__(self, length: int) -> None:
        self._left = 2000 * (length + 1000)

    def spend(self, amount: int) -> bool:
        """Whether something may be tried that costs so much; a place that is looked at costs two, a digest more."""
        self._left -= amount
        return not self.is_spent

    @property
    def is_spent(self) -> bool:
        """Whether there was more to try."""
        return self._left < 0


_DIGEST_COSTS: Final = 100


# All places.


def _everywhere(units: Sequence[Unit], copy: str, effort: _Effort) -> list[tuple[str, Found]]:
    found: list[tuple[str, Found]] = []
    for reading in _readings(copy):
        known = {digest for digest, _ in found}
        missing = [unit for unit in units if unit.digest not in known]
        if not missing:
            break
        found += _in_reading(units, missing, reading, effort)
    return found


def _readings(copy: str) -> Iterator[Reading]:
    """The normal form of a copy, and the other ways to read it, as far as they differ."""
    plain = Reading.of(copy)
    yield plain
    if _SOFT.search(copy) or _WRAPPED.search(copy):
        plain, *others = [Reading.joined(copy, wraps) for wraps in _WRAPS]
        yield from (plain, *others)
    together = [plain, *_otherwise(plain, *_DIVIDED)]
    yield from together[1:]
    for dashes in _DASHES:
        for reading in together:
            yield from _otherwise(reading, *dashes)


def _otherwise(reading: Reading, pattern: re.Pattern[str], choices: Iterable[Sequence[str]]) -> list[Reading]:
    return [reading.otherwise(pattern, each) for each in choices] if pattern.search(reading.text) else []


def _in_reading(
    units: Sequence[Unit], wanted: Sequence[Unit], reading: Reading, effort: _Effort
) -> Iterator[tuple[str, Found]]:
    # What is longer than the copy stands nowhere in it.
    wanted = [unit for unit in wanted if unit.length <= len(reading.text)]
    candidates = _Candidates(reading, max((unit.length for unit in wanted), default=0))
    places: _Places = {}
    # Most sentences end in a mark, and the neighbours of what is found are found without trying; only what is still
    # missing is worth trying at every word, which takes ten times as long.
    for ends in (candidates.marks, candidates.words):
        known = set(places.values())
        missing = [unit for unit in wanted if unit.digest not in known]
        places |= candidates.matching(missing, ends, effort)
        places = _continued(units, reading.text, places, effort)
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

    def __init__(self, reading: Reading, longest: int) -> None:
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
        if reading.replaced is not None:
            self.starts = [start for start in self.starts if _is_near(reading.replaced, start, longest)]

    def matching(self, wanted: Iterable[Unit], ends: bytearray, effort: _Effort) -> _Places:
        """Find the units among the stretches that begin and end where one may."""
        digests: dict[int, set[str]] = defaultdict(set)
        for unit in wanted:
            digests[unit.length].add(unit.digest)
        places: _Places = {}
        for length in sorted(digests):
            if not effort.spend(2 * len(self.starts)):
                break
            for start in [start for start in self.starts if ends[start + length]]:
                if not effort.spend(_DIGEST_COSTS + length):
                    break
                digest = normal_digest(self.text[start : start + length])
                if digest in digests[length]:
                    places[start, start + length] = digest
        return places


def _is_near(places: Sequence[int], start: int, longest: int) -> bool:
    following = bisect_left(places, start)
    return following < len(places) and places[following] < start + longest


def _continued(units: Sequence[Unit], text: str, places: _Places, effort: _Effort) -> _Places:
    """Add the neighbours of what was found, wherever they begin, end or are glued to other words."""
    # Of a sentence that stands in the source many times, each neighbour once.
    before: dict[str, dict[Unit, None]] = defaultdict(dict)
    after: dict[str, dict[Unit, None]] = defaultdict(dict)
    for one, two in pairwise(units):
        before[two.digest][one] = None
        after[one.digest][two] = None
    waiting = list(places.items())
    while waiting:
        (start, end), digest = waiting.pop()
        begin = end + text.startswith(" ", end)
        finish = start - text.endswith(" ", 0, start)
        near = [(unit, (begin, begin + unit.length)) for unit in after[digest]]
        near += [(unit, (finish - unit.length, finish)) for unit in before[digest]]
        for unit, beside in near:
            if not effort.spend(_DIGEST_COSTS + unit.length):
                return places
            if beside in places or beside[0] < 0 or beside[1] > len(text):
                continue
            if normal_digest(text[slice(*beside)]) == unit.digest:
                places[beside] = unit.digest
                waiting.append((beside, unit.digest))
    return places


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


def _assigned(units: Sequence[Unit], found: list[tuple[str, Found]], missing: str) -> list[Located]:
    """Give each place to at most one unit; the longer the run of neighbours a place belongs to, the sooner."""
    digests = [digest for digest, _ in found]
    common = _common(units, digests)
    runs = _runs(units, digests, common)
    located: list[Located] = [(None, AMBIGUOUS if unit.digest in common else missing) for unit in units]
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


def _common(units: Sequence[Unit], digests: Sequence[str]) -> frozenset[str]:
    """The digests that stand too often on both sides to compare every place with every unit."""
    wanted, found = Counter(unit.digest for unit in units), Counter(digests)
    return frozenset(digest for digest, number in found.items() if number * wanted[digest] > _COMPARED)


def _runs(units: Sequence[Unit], digests: Sequence[str], common: Collection[str]) -> dict[tuple[int, int], int]:
    """For each unit and each place with its digest: how many neighbours on both sides agree, itself included.

    Units that stand very often are considered only where they continue others, or the beginning or end of all.
    """
    indices = _indices(units)
    rare = [(index, at) for at, digest in enumerate(digests) if digest not in common for index in indices[digest]]
    known = set(rare)
    for step, border in ((1, (-1, -1)), (-1, (len(units), len(digests)))):
        for index, at in (border, *rare):
            one, two = index + step, at + step
            while 0 <= one < len(units) and 0 <= two < len(digests) and (one, two) not in known:
                if units[one].digest != digests[two]:
                    break
                known.add((one, two))
                one, two = one + step, two + step
    pairs = sorted(known, key=lambda pair: (pair[1], pair[0]))
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
    ends_a_sentence = _ENDS_SENTENCE.match(copy, end - 1) is not None
    if after is not None and after.place[0] == right and not ends_a_sentence:
        return True
    begins = left == 0 or _ENDS_SENTENCE.match(copy, left - 1) or _breaks(copy[left:start])
    begins = begins or (before is not None and before.place[1] == left)
    ends = ends_a_sentence or right == len(copy) or _breaks(copy[end:right])
    return begins and ends


def _breaks(blank: str) -> bool:
    return _LINE_BREAK.search(blank) is not None
