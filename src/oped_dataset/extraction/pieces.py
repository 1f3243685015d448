"""Locating pieces of a text: finding a piece, and distinguishing its occurrences.

Here: finding a piece by its normalised form, in any script; locating pieces by their order; the words closest to a
piece that does not occur; the piece for a span.
Not here: the keys that contain pieces (`forms.py`) and making records (`from_records.py`).

A piece never begins or ends inside a character, such as an emoji made of several code points, nor inside a longer word,
as *he* in *the*, unless that word is given as `within`. Scripts without capitals often join articles and particles to a
word, so a piece is found inside a word there if it never occurs as a whole word. A piece that does not occur is
searched for again with the words joined that the lines of the text divide.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from enum import IntEnum
from functools import cached_property, lru_cache
from itertools import takewhile
from typing import Final, TypeAlias, TypeVar

from oped_dataset.extraction.repairs import tidy
from oped_dataset.model.records import Span
from oped_dataset.model.stretches import Stretches
from oped_dataset.text.alignment import Place, align
from oped_dataset.text.canonical import normalise
from oped_dataset.text.characters import IGNORABLE, PREPENDED, UNSPACED
from oped_dataset.text.search import Reading, unbroken

Piece: TypeAlias = str | dict[str, str | int | None]
"""Words of the text, or an object with `text`, `within` and `occurrence`."""

LONGEST_CONTEXT: Final = 12
"""The most words on either side that are tried as `within`, before the occurrence is numbered."""

_UNSPACED: Final = re.compile(f"[{UNSPACED}]")
_PREPENDED: Final = re.compile(f"[{PREPENDED}]")
_IGNORABLE: Final = re.compile(f"[{IGNORABLE}]")

_JOINED: Final = frozenset("\u200c\u200d\u0e33\u0eb3\uff9e\uff9f")
"""Characters other than marks that extend the one before: joiners, Thai and Lao vowels, kana marks (UAX 29, GB9)."""

_LINKERS: Final = frozenset(
    "\u094d\u09cd\u0acd\u0b4d\u0c4d\u0d4d\u1039\u17d2\u1a60\u1b44\u1bab\ua9c0\uaaf6\U00010a3f\U00011133"
    "\U000113d0\U0001193e\U00011a47\U00011a99\U00011f42"
)
"""Marks that join two consonants into one character (Indic_Conjunct_Break, UAX 29, GB9c)."""

_SYLLABLE: Final = re.compile(
    "[\u1100-\u115f\ua960-\ua97c][\u1100-\u11a7\ua960-\ua97c\ud7b0-\ud7c6\uac00-\ud7a3]"
    "|[\u1160-\u11a7\ud7b0-\ud7c6\uac00-\ud7a3][\u1160-\u11ff\ud7b0-\ud7fb]"
    "|[\u11a8-\u11ff\ud7cb-\ud7fb][\u11a8-\u11ff\ud7cb-\ud7fb]"
)
"""Two Hangul letters written as one syllable, or a syllable and a letter that belongs to it (UAX 29, GB6 to GB8)."""

_WORD: Final = re.compile(r"\w+")
_TOKEN: Final = re.compile(f"{_UNSPACED.pattern}|(?:(?!{_UNSPACED.pattern})\\w)+")
"""A word, or a letter of a script that puts no space between words."""

_IN_NUMBER: Final = re.compile(r"\d[.,']\d")
"""A mark inside a number (UAX 29, rules WB11 and WB12)."""

_MOST_SENTENCES: Final = 100
"""The most sentences in which the words of a voice are told apart from equal ones."""

_LONGEST_COMPARED: Final = 1000
_MOST_WORDS: Final = 1_000_000
"""The most words that are compared with the pieces that do not occur in a text."""

_MOST_FLAGS: Final = 200
"""The most regional indicators before an offset that are counted, so that a text of flags takes linear time."""

_MOST_MARKS: Final = 20
"""The most marks before an offset that are searched for a linker."""

_LONGEST_OVERLAPPING: Final = 200
"""The length up to which occurrences of a piece can overlap; for longer pieces it would take quadratic time."""

_FARTHEST: Final = 200
"""The number of characters on either side of a span that are searched for words around it."""


def is_border(text: str, offset: int) -> bool:
    """Whether a character as a reader sees it, an extended grapheme cluster (UAX 29, section 3), ends at an offset."""
    if offset <= 0 or offset >= len(text):
        return True
    before, after = text[offset - 1], text[offset]
    if before.isascii() and after.isascii():
        return (before, after) != ("\r", "\n")  # GB3
    if _is_extending(after):
        return False
    if _PREPENDED.match(before):
        # A prepended sign belongs to the next character (GB9b), unless that is a control (GB5).
        return unicodedata.category(after) in ("Cc", "Cf", "Zl", "Zp") and not _PREPENDED.match(after)
    # A linker joins consonants, also with other marks beside it (GB9c). The limit keeps long runs of marks linear.
    marks = takewhile(_is_extending, reversed(text[max(0, offset - _MOST_MARKS) : offset]))
    if after.isalnum() and not _LINKERS.isdisjoint(marks):
        return False
    if before == "\u200d":
        # A zero width joiner joins emoji (GB11), some of which Python may not know yet; it only shapes letters.
        return unicodedata.category(after) not in ("So", "Sm", "Cn")
    if _SYLLABLE.match(text, offset - 1):
        return False
    # Two regional indicators form a flag, so a border has an even number of them before it (UAX 29, GB12 and GB13).
    # The limit is even, so that every offset in a longer run, which no real text has, counts as a border.
    start, first = offset, max(0, offset - _MOST_FLAGS)
    while _is_regional_indicator(after) and start > first and _is_regional_indicator(text[start - 1]):
        start -= 1
    return (offset - start) % 2 == 0


def _is_extending(character: str) -> bool:
    """Whether a character belongs to the one before (UAX 29, GB9); emoji modifiers and tags do."""
    return (
        character in _JOINED
        or unicodedata.category(character).startswith("M")
        or "\U0001f3fb" <= character <= "\U0001f3ff"
        or "\U000e0020" <= character <= "\U000e007f"
    )


def _is_regional_indicator(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"


class _Fit(IntEnum):
    """The relation of a piece to the words around it."""

    PART = 0
    """Inside a longer word or number."""
    JOINED = 1
    """Beside a letter of a script without capitals, which can be a word of its own."""
    WHOLE = 2
    """Between words."""


def _fit(text: str, offset: int) -> _Fit:
    """Classify an offset at which a piece begins or ends by the characters on either side."""
    if offset <= 0 or offset >= len(text):
        return _Fit.WHOLE
    if _IN_NUMBER.match(text, offset - 1) or (offset > 1 and _IN_NUMBER.match(text, offset - 2)):
        return _Fit.PART
    before, after = text[offset - 1], text[offset]
    if not (_is_of_a_word(before) and _is_of_a_word(after)) or before.isdigit() != after.isdigit():
        return _Fit.WHOLE
    if _UNSPACED.match(before) or _UNSPACED.match(after):
        return _Fit.WHOLE
    return _Fit.JOINED if "Lo" in (unicodedata.category(before), unicodedata.category(after)) else _Fit.PART


def _is_of_a_word(character: str) -> bool:
    return character.isalnum() or unicodedata.category(character).startswith("M")


_Occurrence: TypeAlias = tuple[Span, _Fit]
_T = TypeVar("_T")


class Pieces:
    """Finds pieces in one text."""

    def __init__(self, text: str, sentences: Iterable[Span] = ()) -> None:
        """Prepare a text, with the spans of its sentences, for searches."""
        self.text = text
        self.sentences: tuple[Span, ...] = tuple(sentences)
        self._words_left = _MOST_WORDS
        self._normal, self._alignment = align(text)
        self._stretches = Stretches((each.start, each.end) for each in self.sentences)
        self._borders = [each.start for each in self.sentences]
        # Records often share words, and then the list of their occurrences.
        self._places = lru_cache(maxsize=4096)(self._find)
        self._chosen = lru_cache(maxsize=4096)(self._choose)
        self._numbers = lru_cache(maxsize=4096)(self._number)

    def sentences_of(self, places: Iterable[Span]) -> list[Span]:
        """Return the sentences that overlap any of these spans; none if they are too many to tell words apart."""
        numbers = set[int]()
        for place in places:
            first, last = (bisect_left(self._borders, each) for each in (place.start + 1, place.end))
            # The sentence before also counts, if it does not end before the span.
            first -= first > 0 and self.sentences[first - 1].end > place.start
            numbers.update(range(first, min(last, first + _MOST_SENTENCES + 1)))
            if len(numbers) > _MOST_SENTENCES:
                return []
        return [self.sentences[number] for number in sorted(numbers)]

    def _touching(self, places: Iterable[Span]) -> list[int]:
        return sorted({index for place in places for index in self._stretches.touching(place.start, place.end)})

    def places(self, piece: str, scopes: Sequence[Span] | None = None, *, parts: bool = False) -> Sequence[Span]:
        """Find the occurrences of a piece, in the order of the text.

        Args:
            piece: The words.
            scopes: The spans to search; None for the whole text.
            parts: Whether to accept the inside of a longer word, if the piece never occurs as a whole word.
        """
        return self._chosen(normalise(piece), None if scopes is None else tuple(scopes), parts)

    def _choose(self, words: str, scopes: tuple[Span, ...] | None, parts: bool) -> Sequence[Span]:
        found = self._places(words)
        inside = found if scopes is None else select_inside(found, scopes, lambda item: item[0])
        best = max((fit for _, fit in inside), default=_Fit.PART)
        return [place for place, fit in inside if fit is best and (parts or fit is not _Fit.PART)]

    def _find(self, words: str) -> tuple[_Occurrence, ...]:
        """Find every occurrence of normalised words, with its fit."""
        if not words:
            return ()
        if found := tuple(self._occurrences(words, self._normal, self._alignment.back)):
            return found
        others = (tuple(self._occurrences(words, each.text, each.back)) for each in self._unbroken)
        return next(filter(None, others), ())

    @cached_property
    def _unbroken(self) -> list[Reading]:
        return list(unbroken(self.text))

    def _occurrences(self, words: str, normal: str, back: Callable[[int, int], Place | None]) -> Iterator[_Occurrence]:
        start = normal.find(words)
        while start != -1:
            end = start + len(words)
            place = back(start, end)
            if place is not None:
                whole = place[0], self._extend(place[1])
                if is_border(self.text, whole[0]) and is_border(self.text, whole[1]):
                    yield Span(*whole), min(_fit(normal, start), _fit(normal, end))
            start = normal.find(words, start + (1 if len(words) <= _LONGEST_OVERLAPPING else len(words)))

    def _extend(self, end: int) -> int:
        """Move the end of a span behind the invisible characters that belong to its last character."""
        while not is_border(self.text, end) and _IGNORABLE.match(self.text, end):
            end += 1
        return end

    def nearest(self, piece: str, scopes: Sequence[Span] | None = None) -> str | None:
        """Find the words most similar to a piece that does not occur in the text.

        Returns:
            The part of a sentence from the first to the last word that it shares with the piece, or None if no sentence
            has more than half of the words of the piece. Pieces and sentences of more than 1,000 characters are not
            compared, and the search stops after a million words.
        """
        if len(piece) > _LONGEST_COMPARED or self._words_left < 0:
            return None
        wanted = [normalise(each).casefold() for each in _TOKEN.findall(piece)]
        sizes = Counter(wanted)
        near = [self._words[index] for index in (self._words if scopes is None else self._touching(scopes))]
        self._words_left -= sum(len(folded) for _, folded in near)
        shared = [(Counter(folded) & sizes).total() for _, folded in near]
        most = max(shared, default=0)
        if 2 * most <= len(wanted):
            return None
        found, folded = near[shared.index(most)]
        # With autojunk, difflib ignores frequent words in long sequences.
        blocks = SequenceMatcher(None, wanted, folded, autojunk=False).get_matching_blocks()[:-1]
        return self.text[found[blocks[0].b].start() : found[blocks[-1].b + blocks[-1].size - 1].end()]

    @cached_property
    def _words(self) -> dict[int, tuple[list[re.Match[str]], list[str]]]:
        """The words of each sentence, as matches and as they are compared; none for a very long sentence."""
        made = {}
        for index, each in enumerate(self.sentences):
            end = each.end if each.length <= _LONGEST_COMPARED else each.start
            words = list(_TOKEN.finditer(self.text, each.start, end))
            made[index] = words, [normalise(word[0]).casefold() for word in words]
        return made

    # From spans to pieces.

    def piece_of(self, span: Span, scope: Span | None = None) -> Piece | None:
        """Return the piece for a span, with words around it or a number if it occurs more than once.

        Whitespace at either end is left out, and a border inside a character is moved outwards.

        Args:
            span: The span.
            scope: The part of the text that the reader of the piece sees; None for all of it.

        Returns:
            The piece, or None if the span has no words.
        """
        place = self.trimmed(span)
        if place is None:
            return None
        words = self._words_at(place)
        found = self._numbers(words, None, scope)
        if found.keys() == {place}:
            return words
        for context in self._contexts(place, scope):
            inside = self._numbers(words, context, scope)
            if place in inside and (len(inside) == 1 or place not in found):
                return {"text": words, "within": context, "occurrence": None if len(inside) == 1 else inside[place]}
        # A few characters, such as a diaeresis on its own, are not found by their normalised form.
        return {"text": words, "within": None, "occurrence": found[place]} if place in found else None

    def _number(self, words: str, context: str | None, scope: Span | None) -> dict[Span, int]:
        """Number the occurrences of words, from 1, in a context if there is one."""
        scopes: Sequence[Span] | None = None if scope is None else [scope]
        if context is not None:
            scopes = self.places(context, scopes)
        found = self.places(words, scopes, parts=context is not None)
        return {place: number for number, place in enumerate(found, 1)}

    def trimmed(self, span: Span) -> Span | None:
        """Extend a span to whole characters and remove whitespace and invisible characters at its ends."""
        start, end = span.start, span.end
        while not self._is_border(start):
            start -= 1
        while not self._is_border(end):
            end += 1
        while start < end and not normalise(self.text[start]):
            start += 1
        while start < end and not normalise(self.text[end - 1]):
            end -= 1
        return Span(start, self._extend(end)) if start < end else None

    def _is_border(self, offset: int) -> bool:
        """Whether a character ends here, both in the text and in its normalised form."""
        length = len(self.text)
        whole = self._alignment.forward(0, offset), self._alignment.forward(offset, length)
        return offset in (0, length) or (is_border(self.text, offset) and any(whole))

    def _contexts(self, place: Span, scope: Span | None) -> Iterator[str]:
        """Yield the words at a span, then with one more word after them, with one on either side, and so on."""
        low, high = (0, len(self.text)) if scope is None else (scope.start, scope.end)
        low, high = max(low, place.start - _FARTHEST), min(high, place.end + _FARTHEST)
        words = [each.span() for each in _WORD.finditer(self.text, low, high)]
        starts = [start for start, end in words if start <= place.start < end] or [place.start]
        starts += [start for start, end in reversed(words) if end <= place.start]
        ends = [end for start, end in words if start < place.end <= end] or [place.end]
        ends += [end for start, end in words if start >= place.end]
        for number in range(2 * LONGEST_CONTEXT):
            start = starts[min(number // 2, len(starts) - 1)]
            end = ends[min((number + 1) // 2, len(ends) - 1)]
            yield self._words_at(self.trimmed(Span(start, end)) or place)

    def _words_at(self, place: Span) -> str:
        """Return the words at a span on one line."""
        return tidy(self.text[place.start : place.end])


def select_inside(found: Sequence[_T], scopes: Iterable[Span], place: Callable[[_T], Span]) -> list[_T]:
    """Select the occurrences inside any of some spans, in time proportional to the number of those that begin there.

    Args:
        found: The occurrences, in the order of the text.
        scopes: The spans.
        place: Returns the span of an occurrence.
    """
    indices = set[int]()
    for scope in scopes:
        at = bisect_left(found, scope.start, key=lambda item: place(item).start)
        while at < len(found) and place(found[at]).start < scope.end:
            if scope.contains(place(found[at])):
                indices.add(at)
            at += 1
    return [found[index] for index in sorted(indices)]


# The order of pieces.


def in_order(wanted: Sequence[str], found: Sequence[Sequence[Span]]) -> list[Span | None]:
    """Locate pieces that are listed in the order of the text.

    Args:
        wanted: The pieces, in the order in which they are listed.
        found: The occurrences of each piece.

    Returns:
        For each piece its span if the order leaves one possibility, else None. Equal pieces have different spans, in
        the order in which they are listed. If the pieces cannot be in the order of the text, only those are located
        that are listed as often as they occur.
    """
    keys = [normalise(each) for each in wanted]
    # Equal pieces share the list of their occurrences, which is counted once.
    lists = {id(places): places for places in found}
    starts = {key: [place.start for place in places] for key, places in lists.items()}
    mirrored = {key: [-start for start in reversed(each)] for key, each in starts.items()}
    earliest = _earliest(keys, [starts[id(places)] for places in found])
    # The latest arrangement is the earliest one of the mirrored text.
    latest = _earliest(keys[::-1], [mirrored[id(places)] for places in reversed(found)])
    if earliest is None or latest is None:
        # Each piece that is listed as often as it occurs has one occurrence for each place in the list.
        listed = Counter(keys)
        counted = {key: iter(places) for key, places in zip(keys, found, strict=True) if listed[key] == len(places)}
        return [next(counted[key]) if key in counted else None for key in keys]
    # A piece for which both arrangements agree has one possible place.
    return [
        places[bisect_left(starts[id(places)], first)] if first is not None and last == -first else None
        for first, last, places in zip(earliest, reversed(latest), found, strict=True)
    ]


def _earliest(keys: Sequence[str], starts: Sequence[Sequence[int]]) -> list[int | None] | None:
    """Return the earliest offsets at which the pieces follow each other; None if they cannot."""
    chosen: list[int | None] = []
    used: dict[str, int] = {}
    reached = -sys.maxsize
    for key, possible in zip(keys, starts, strict=True):
        index = bisect_left(possible, max(reached, used.get(key, -sys.maxsize) + 1))
        if index == len(possible) and possible:
            return None
        chosen.append(possible[index] if possible else None)
        if possible:
            used[key] = reached = possible[index]
    return chosen
