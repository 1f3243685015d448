"""Finding the sentences of a source in a copy of its text by their lengths and digests alone.

Here: the readings of a copy, the search for digests in them, and the assignment of matches to sentences.
Not here: transferring spans (`attachment.py`), the normalised form (`canonical.py`), mapping offsets
(`alignment.py`).

Every offset at which a sentence may begin is tried with the length of every sentence, so the time is proportional to
the length of the copy. A match has the length and the digest of a sentence; nothing is compared by similarity.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right, insort
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final, TypeAlias

import attrs

from oped_dataset.text.alignment import (
    Alignment,
    Place,
    align,
    replaced,
)
from oped_dataset.text.canonical import normal_digest
from oped_dataset.text.characters import CLOSING, IGNORABLE, TERMINAL, UNSPACED, UNSPACED_MARKS

SHORT: Final = 25
"""A sentence of fewer characters, such as a name, may occur inside another one, and is found only between borders."""

EDITED: Final = "its words do not occur in the copy, or only as a part of other sentences"
AMBIGUOUS: Final = "the source repeats these words, and their neighbours do not show which occurrence this is"
TOO_MANY: Final = "the article has too many sentences of different lengths to try each of them everywhere in the copy"
NOT_FREE: Final = "these few words occur in the copy only inside a longer sentence"

_TOKEN: Final = re.compile(r"\w+|[^\w\s]")
_COMPARED: Final = 1000
"""A digest with more pairs of unit and match than this is considered only beside other matches."""
_CLOSING: Final = frozenset(",.;:!?)]}%")
_ENDS_SENTENCE: Final = re.compile(f"[{TERMINAL}{CLOSING}…\"'“«]")
_BREAK: Final = r"\n\r\v\f\x1c-\x1e\x85\u2028\u2029"
_LINE_BREAK: Final = re.compile(f"[{_BREAK}]")
_FIRST_IN_LINE: Final = re.compile(rf"(?<=[{_BREAK}])[^\S{_BREAK}]*+\S")

# The lookbehind tries a run of ignorable characters only once, at its beginning.
_SOFT: Final = re.compile(rf"(?<![{IGNORABLE}])(?=[{IGNORABLE}]++\s)[{IGNORABLE}]*?\xad[{IGNORABLE}]*+\s++")
"""A soft hyphen that divides a word at the end of a line."""

_LETTER: Final = f"[{UNSPACED}{UNSPACED_MARKS}]"
_LINE_END: Final = rf"[{IGNORABLE}]*+[{_BREAK}]\s*+"
_WRAPPED: Final = re.compile(rf"(?<={_LETTER}){_LINE_END}|(?<![\s{IGNORABLE}]){_LINE_END}(?={_LETTER})")
"""A line end without a space beside a letter of a script without spaces between words, where the source may have no
space either."""

_QUOTED: Final = re.compile(rf"(?<![^{_BREAK}])(?:>[ \t]*+)++")
"""The marks before a line of an e-mail that is quoted in another one."""

GAP: Final = re.compile(rf"[\s>{IGNORABLE}]*+")
"""The characters that may separate adjacent sentences: whitespace, and the marks of quoted lines."""

# For each way in which copies differ: the pattern in the copy, and the possible spellings of the source, used in turn,
# because a sentence with two such places may be spelt differently at each.
_WRAPS: Final = (("",), ("", " "), (" ", ""), ("", "", " "), ("", " ", ""), (" ", "", ""))
_DIVIDED: Final = (re.compile(r"(?<=\w)- (?=\w)"), (("",), ("-",), ("", "-"), ("-", "")))
_DASHES: Final = (
    (re.compile(r" -+ ?| ?--+ ?"), (("-",), (" - ",))),
    (re.compile(r"--+"), (("-",),)),
)
"""Dashes typed as hyphens: replaced with no spaces or with spaces around them, or with the spaces of the copy."""


@attrs.frozen
class Unit:
    """A sentence, or a heading that is not a sentence, to search for.

    Attributes:
        digest: The digest of its normalised form.
        length: The length of its normalised form.
    """

    digest: str
    length: int


@attrs.frozen
class Found:
    """A match: a stretch of the copy with the words of a unit.

    Attributes:
        place: The stretch of the copy.
        reading: The reading of the copy in which it was found.
        within: The stretch of that reading.
    """

    place: Place
    reading: Reading
    within: Place

    @property
    def words(self) -> str:
        """The normalised words of the unit."""
        return self.reading.text[self.within[0] : self.within[1]]

    def part(self, start: int, end: int) -> Place | None:
        """Map a stretch of the normalised unit to the copy."""
        return self.reading.back(self.within[0] + start, self.within[0] + end)


class Reading:
    """A normalised form of a copy, in which digests can be searched.

    Attributes:
        text: The form.
        lines: The offsets in it at which a line of the copy begins.
        replaced: The offsets in it at which it differs from the copy's normalised form; None where it is that form.
    """

    __slots__ = ("_steps", "lines", "replaced", "text")

    text: str
    lines: frozenset[int]
    replaced: tuple[int, ...] | None

    def __init__(
        self, text: str, steps: tuple[Alignment, ...], lines: frozenset[int], replaced: tuple[int, ...] | None = None
    ) -> None:
        """Store the form, the alignments that led to it, in the order in which they were made, and the offsets."""
        self.text = text
        self.lines = lines
        self.replaced = replaced
        self._steps = steps

    @classmethod
    def of(cls, copy: str) -> Reading:
        """Return the normalised form of a copy."""
        text, alignment = align(copy)
        begun = (alignment.forward(line.start(), line.end()) for line in _FIRST_IN_LINE.finditer(copy))
        return cls(text, (alignment,), frozenset(place[0] for place in begun if place is not None))

    @classmethod
    def joined(cls, copy: str, wraps: Sequence[str]) -> Reading:
        """Return the normalised form of a copy whose words are rejoined where a line ends inside them."""
        whole, steps, places = copy, list[Alignment](), list[int]()
        for pattern, replacements in ((_QUOTED, ("",)), (_SOFT, ("",)), (_WRAPPED, wraps)):
            whole, step = replaced(whole, pattern, replacements)
            places = [*step.moved(places), *step.replacements()]
            steps.append(step)
        reading = cls.of(whole)
        (normal,) = reading._steps
        return cls(reading.text, (*steps, normal), reading.lines, tuple(sorted(normal.moved(places))))

    def otherwise(self, pattern: re.Pattern[str], replacements: Sequence[str]) -> Reading:
        """Return this reading with replacements."""
        text, alignment = replaced(self.text, pattern, replacements)
        lines = frozenset(alignment.moved(self.lines))
        places = sorted([*alignment.moved(self.replaced or ()), *alignment.replacements()])
        return Reading(text, (*self._steps, alignment), lines, tuple(places))

    def back(self, start: int, end: int) -> Place | None:
        """Map a stretch to the copy; None when a border falls inside a character."""
        place: Place | None = (start, end)
        for step in reversed(self._steps):
            place = step.back(*place) if place is not None else None
        return place


Located: TypeAlias = tuple[Found | None, str | None]
"""The match of a unit, or the reason why it has none."""


def search(units: Sequence[Unit], copy: str) -> list[Located]:
    """Find each unit in a copy, or the reason why it is not found.

    Args:
        units: The units, in the order of the source.
        copy: The reader's text.
    """
    effort = _Effort(len(copy))
    found: list[tuple[str, Found]] = []
    for reading in _readings(copy):
        known = {digest for digest, _ in found}
        missing = [unit for unit in units if unit.digest not in known]
        if not missing:
            break
        found += _search_reading(units, missing, reading, effort)
    located = _assign(units, _drop_overlapping(found), TOO_MANY if effort.is_spent else EDITED)
    return [
        each if unit.length >= SHORT or _is_free(index, located, copy) else (None, NOT_FREE)
        for index, (unit, each) in enumerate(zip(units, located, strict=True))
    ]


class _Effort:
    """A budget against input that was made to be slow; ordinary articles and copies take a twentieth to a third."""

    def __init__(self, length: int) -> None:
        self._left = 2000 * (length + 1000)

    def spend(self, amount: int) -> bool:
        """Pay for a step and return whether the budget allows it; an offset costs two, a digest more."""
        self._left -= amount
        return not self.is_spent

    @property
    def is_spent(self) -> bool:
        """Whether the budget ran out before everything was tried."""
        return self._left < 0


_DIGEST_COSTS: Final = 100


# Matches.


def _readings(copy: str) -> Iterator[Reading]:
    """Yield the normalised form of a copy, and its other readings where they differ."""
    plain = Reading.of(copy)
    yield plain
    if any(pattern.search(copy) for pattern in (_QUOTED, _SOFT, _WRAPPED)):
        plain = Reading.joined(copy, _WRAPS[0])
        yield plain
        # Each is made only when it is needed, and is the same where no line ends beside such a letter.
        others = (Reading.joined(copy, wraps) for wraps in _WRAPS[1:])
        yield from (reading for reading in others if reading.text != plain.text)
    together = [plain, *_otherwise(plain, *_DIVIDED)]
    yield from together[1:]
    for dashes in _DASHES:
        for reading in together:
            yield from _otherwise(reading, *dashes)


def unbroken(text: str) -> Iterator[Reading]:
    """Yield readings in which words that a line end divides are joined: without their hyphen, and with it."""
    reading = Reading.joined(text, ("",))
    yield reading
    yield from _otherwise(reading, _DIVIDED[0], (("",), ("-",)))


def _otherwise(reading: Reading, pattern: re.Pattern[str], choices: Iterable[Sequence[str]]) -> list[Reading]:
    return [reading.otherwise(pattern, each) for each in choices] if pattern.search(reading.text) else []


def _search_reading(
    units: Sequence[Unit], wanted: Sequence[Unit], reading: Reading, effort: _Effort
) -> Iterator[tuple[str, Found]]:
    # A damaged document may record any length, and the arrays of candidates grow with the longest one.
    wanted = [unit for unit in wanted if unit.length <= len(reading.text)]
    candidates = _Candidates(reading, max((unit.length for unit in wanted), default=0))
    places: _Places = {}
    # Most sentences end in a punctuation mark, and the neighbours of a match are found without a search. Trying every
    # word takes ten times as long, so it is left for the units that are still missing.
    for ends in (candidates.marks, candidates.words):
        known = set(places.values())
        missing = [unit for unit in wanted if unit.digest not in known]
        places |= candidates.matching(missing, ends, effort)
        places = _add_neighbours(units, reading.text, places, effort)
    for within, digest in places.items():
        place = reading.back(*within)
        if place is not None:
            yield digest, Found(place, reading, within)


_Places: TypeAlias = dict[Place, str]
"""The digest of the unit at each matching stretch of a reading."""


class _Candidates:
    """The offsets in a reading at which a sentence may begin and end.

    Attributes:
        starts: The offsets at which one may begin.
        marks: For each offset, whether a punctuation mark ends there.
        words: For each offset, whether a word or a mark ends there.
    """

    def __init__(self, reading: Reading, longest: int) -> None:
        self.text = text = reading.text
        self.starts: list[int] = []
        # Longer than the text by the longest sentence, so that looking ahead needs no bounds check.
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
            # A line end that was removed may have been the border of two sentences.
            self.starts += reading.replaced
            for place in reading.replaced:
                self.words[place] = True
            # A sentence without a replaced character was searched in the normalised form already.
            near = [*reading.replaced, len(text) + longest]
            self.starts = [start for start in self.starts if near[bisect_left(near, start)] < start + longest]

    def matching(self, wanted: Iterable[Unit], ends: bytearray, effort: _Effort) -> _Places:
        """Find units between the offsets at which one may begin and end."""
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


def _add_neighbours(units: Sequence[Unit], text: str, places: _Places, effort: _Effort) -> _Places:
    """Add the units that directly precede or follow a match, even where other words are glued to them."""
    # Dictionaries, so that the neighbours of a sentence that the source repeats are tried once each.
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


# Assignment.


def _drop_overlapping(found: list[tuple[str, Found]]) -> list[tuple[str, Found]]:
    """Drop matches inside or across a longer one, and put the others in the order of the copy."""
    kept: list[tuple[int, int]] = []
    apart: list[tuple[str, Found]] = []
    for digest, each in sorted(found, key=lambda item: (item[1].place[0] - item[1].place[1], item[1].place[0])):
        start, end = each.place
        after = bisect_right(kept, (start, end))
        free_before = after == 0 or kept[after - 1][1] <= start
        if free_before and (after == len(kept) or kept[after][0] >= end):
            insort(kept, (start, end))
            apart.append((digest, each))
    return sorted(apart, key=lambda item: item[1].place)


def _assign(units: Sequence[Unit], found: list[tuple[str, Found]], missing: str) -> list[Located]:
    """Assign each match to at most one unit, matches in longer runs of neighbours first."""
    digests = [digest for digest, _ in found]
    wanted, present = Counter(unit.digest for unit in units), Counter(digests)
    # The digests that are too frequent on both sides to compare every match with every unit.
    common = frozenset(digest for digest, number in present.items() if number * wanted[digest] > _COMPARED)
    runs = _measure_runs(units, digests, common)
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
                # Several units fit the match equally well, and taking any of them would be a guess.
                for index in indices:
                    located[index] = None, AMBIGUOUS
            elif located[indices[0]][0] is None:
                located[indices[0]] = found[at][1], None
    return located


def _measure_runs(units: Sequence[Unit], digests: Sequence[str], common: Collection[str]) -> dict[tuple[int, int], int]:
    """Count for each pair of unit and match the consecutive neighbours that agree on both sides, itself included.

    A common digest is considered only next to another pair, or at the beginning or end of the text.
    """
    indices: dict[str, list[int]] = defaultdict(list)
    for index, unit in enumerate(units):
        indices[unit.digest].append(index)
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


# Short sentences.


def _is_free(index: int, located: list[Located], copy: str) -> bool:
    """Whether a match lies between borders of sentences or lines, or beside a neighbour; True without a match."""
    found = located[index][0]
    if found is None:
        return True
    before = located[index - 1][0] if index > 0 else None
    after = located[index + 1][0] if index + 1 < len(located) else None
    start, end = found.place
    left, right = start, end
    while left > 0 and GAP.fullmatch(copy, left - 1, left):
        left -= 1
    while right < len(copy) and GAP.fullmatch(copy, right, right + 1):
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
