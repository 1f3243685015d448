"""Places in a text, given by pieces of it: where a piece stands, and how one of several places is told apart.

Here: finding a piece by its normal form, in any script; the order of pieces; the words nearest to a piece
that does not stand in the text; the piece for a place.
Not here: which keys of a record hold pieces (`forms.py`) and what a record becomes (`from_records.py`).

A piece stands where a reader would cut it out. It never begins or ends inside a character, such as an emoji joined of
several, nor inside a longer word, as *he* in *the*, unless that word is given as the piece around it. Scripts without
capitals often join articles and particles to a word, so there it counts where it stands nowhere as a whole word.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from enum import IntEnum
from functools import cached_property, lru_cache
from typing import Final, TypeAlias

from oped_dataset.extraction.repairs import tidy
from oped_dataset.model.records import Span
from oped_dataset.text.alignment import align
from oped_dataset.text.canonical import normalise
from oped_dataset.text.characters import IGNORABLE, PREPENDED, UNSPACED

Piece: TypeAlias = str | dict[str, str | int | None]
"""Words of the text, or an object with `text`, `within` and `occurrence`."""

LONGEST_CONTEXT: Final = 12
"""So many words on either side are tried to tell a place apart, before it is numbered."""

_UNSPACED: Final = re.compile(f"[{UNSPACED}]")
_PREPENDED: Final = re.compile(f"[{PREPENDED}]")
_IGNORABLE: Final = re.compile(f"[{IGNORABLE}]")

_JOINED: Final = frozenset("\u200c\u200d\u0e33\u0eb3\uff9e\uff9f")
"""One character with the one before it, though no marks: joiners, vowels of Thai and Lao, marks of kana (UAX 29)."""

_LINKERS: Final = frozenset(
    "\u094d\u09cd\u0acd\u0b4d\u0c4d\u0d4d\u1039\u17d2\u1a60\u1b44\u1bab\ua9c0\uaaf6\U00010a3f\U00011133"
    "\U000113d0\U0001193e\U00011a47\U00011a99\U00011f42"
)
"""Marks that make one character of two consonants (Indic_Conjunct_Break, UAX 29)."""

_SYLLABLE: Final = re.compile(
    "[\u1100-\u115f\ua960-\ua97c][\u1100-\u11a7\ua960-\ua97c\ud7b0-\ud7c6\uac00-\ud7a3]"
    "|[\u1160-\u11a7\ud7b0-\ud7c6\uac00-\ud7a3][\u1160-\u11ff\ud7b0-\ud7fb]"
    "|[\u11a8-\u11ff\ud7cb-\ud7fb][\u11a8-\u11ff\ud7cb-\ud7fb]"
)
"""Two letters of Hangul that are written as one syllable, or a syllable and a letter that belongs to it."""

_WORD: Final = re.compile(r"\w+")
_TOKEN: Final = re.compile(f"{_UNSPACED.pattern}|(?:(?!{_UNSPACED.pattern})\\w)+")
"""A word, or a letter of a script that puts no space between words."""

_IN_NUMBER: Final = re.compile(r"\d[.,']\d")
"""A mark inside a number (UAX 29, rules WB11 and WB12)."""

_LONGEST_COMPARED: Final = 1000
_MOST_WORDS: Final = 1_000_000
"""So many words are compared to find the nearest to pieces that do not stand in a text."""

_MOST_FLAGS: Final = 200
"""So many halves of flags before an offset are counted, so that a text of flags takes linear time."""

_LONGEST_OVERLAPPING: Final = 200
"""Places of a piece may overlap up to this length in characters; longer ones would take quadratic time."""

_FARTHEST: Final = 200
"""Words around a place are looked for in so many characters on either side."""


def is_border(text: str, offset: int) -> bool:
    """Whether a character, as a reader sees it, ends at this offset (the extended grapheme clusters of UAX 29)."""
    if offset <= 0 or offset >= len(text):
        return True
    before, after = text[offset - 1], text[offset]
    if before.isascii() and after.isascii():
        return (before, after) != ("\r", "\n")
    if after in _JOINED or unicodedata.category(after).startswith("M"):
        return False
    if "\U0001f3fb" <= after <= "\U0001f3ff" or "\U000e0020" <= after <= "\U000e007f":
        return False
    if before == "\u200d":
        # It joins emoji and, after a linker, consonants; other letters only change their form.
        return after.isalnum() and text[max(0, offset - 2)] not in _LINKERS
    if before in _LINKERS or _PREPENDED.match(before) or _SYLLABLE.match(text, offset - 1):
        return not after.isalnum()
    return not (_is_flag(before) and _is_flag(after) and _flags_before(text, offset) % 2)


def _is_flag(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"


def _flags_before(text: str, offset: int) -> int:
    start, first = offset, max(0, offset - _MOST_FLAGS)
    while start > first and _is_flag(text[start - 1]):
        start -= 1
    # The limit is even: in a longer run, which no real text has, every offset counts as a border.
    return offset - start


class _Fit(IntEnum):
    """How a piece stands between its neighbours."""

    PART = 0
    """Inside a longer word or number."""
    JOINED = 1
    """Beside a letter of a script without capitals, which may be a word of its own."""
    WHOLE = 2


def _fit(text: str, offset: int) -> _Fit:
    """How two characters belong together between which a piece begins or ends."""
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


class Pieces:
    """The places of pieces in one text."""

    def __init__(self, text: str, sentences: Iterable[Span] = ()) -> None:
        """Take the text and where its sentences stand."""
        self.text = text
        self.sentences: tuple[Span, ...] = tuple(sentences)
        self._words_left = _MOST_WORDS
        self._normal, self._alignment = align(text)
        self._places = lru_cache(maxsize=4096)(self._find)

    def sentences_of(self, places: Iterable[Span]) -> list[Span]:
        """The sentences that share a character with any of these places."""
        wanted = list(places)
        return [each for each in self.sentences if any(each.overlaps(place) for place in wanted)]

    def places(self, piece: str, scopes: Sequence[Span] | None = None, *, parts: bool = False) -> list[Span]:
        """Where a piece stands, in the order of the text; with `scopes`, inside any of them.

        Args:
            piece: The words.
            scopes: The places inside which they must stand; None for the whole text.
            parts: Whether they count inside a longer word too, where they are a whole word nowhere.
        """
        inside = [
            (place, fit)
            for place, fit in self._places(normalise(piece))
            if scopes is None or any(each.contains(place) for each in scopes)
        ]
        best = max((fit for _, fit in inside), default=_Fit.PART)
        return [place for place, fit in inside if fit is best and (parts or fit is not _Fit.PART)]

    def _find(self, words: str) -> tuple[tuple[Span, _Fit], ...]:
        """Every place of words in the normal form, and how they stand there."""
        return tuple(self._each(words)) if words else ()

    def _each(self, words: str) -> Iterator[tuple[Span, _Fit]]:
        start = self._normal.find(words)
        while start != -1:
            end = start + len(words)
            place = self._alignment.back(start, end)
            if place is not None:
                whole = place[0], self._whole_end(place[1])
                if is_border(self.text, whole[0]) and is_border(self.text, whole[1]):
                    yield Span(*whole), min(_fit(self._normal, start), _fit(self._normal, end))
            start = self._normal.find(words, start + (1 if len(words) <= _LONGEST_OVERLAPPING else len(words)))

    def _whole_end(self, end: int) -> int:
        """The end of a place with the invisible characters that belong to its last character."""
        while not is_border(self.text, end) and _IGNORABLE.match(self.text, end):
            end += 1
        return end

    def nearest(self, piece: str, scopes: Sequence[Span] | None = None) -> str | None:
        """Find the words that are most like a piece that does not stand in the text.

        Returns:
            The part of a sentence from the first to the last word that it shares with the piece, or None where no
            sentence has more than half of the words of the piece. Of pieces and sentences of more than 1,000 characters
            nothing is looked for, nor after sentences with a million words have been compared.
        """
        if len(piece) > _LONGEST_COMPARED or self._words_left < 0:
            return None
        wanted = [normalise(each).casefold() for each in _TOKEN.findall(piece)]
        sizes = Counter(wanted)
        near = [
            (words, folded)
            for sentence, words, folded in self._words
            if scopes is None or any(each.overlaps(sentence) for each in scopes)
        ]
        self._words_left -= sum(len(folded) for _, folded in near)
        shared = [(Counter(folded) & sizes).total() for _, folded in near]
        most = max(shared, default=0)
        if 2 * most <= len(wanted):
            return None
        found, folded = near[shared.index(most)]
        blocks = SequenceMatcher(None, wanted, folded, autojunk=False).get_matching_blocks()[:-1]
        return self.text[found[blocks[0].b].start() : found[blocks[-1].b + blocks[-1].size - 1].end()]

    @cached_property
    def _words(self) -> list[tuple[Span, list[re.Match[str]], list[str]]]:
        """The words of each sentence, as they stand and as they are compared."""
        short = [each for each in self.sentences if each.length <= _LONGEST_COMPARED]
        found = [(each, list(_TOKEN.finditer(self.text, each.start, each.end))) for each in short]
        return [(each, words, [normalise(word[0]).casefold() for word in words]) for each, words in found]

    # The way back.

    def piece_of(self, span: Span, scope: Span | None = None) -> Piece | None:
        """The words at a place; with some of the words around them, or a number, where they stand more than once.

        White space at either end is left out, and a border inside a character is moved outwards.

        Args:
            span: The place.
            scope: The part of the text that a reader of the piece sees; None for all of it.

        Returns:
            The piece, or None where no words stand there.
        """
        place = self.trimmed(span)
        if place is None:
            return None
        words, scopes = self._words_at(place), None if scope is None else [scope]
        found = self.places(words, scopes)
        if found == [place]:
            return words
        for context in self._contexts(place, scope):
            inside = self.places(words, self.places(context, scopes), parts=True)
            if inside == [place]:
                return {"text": words, "within": context, "occurrence": None}
            if place not in found and place in inside:
                return {"text": words, "within": context, "occurrence": inside.index(place) + 1}
        # A few characters, such as a diaeresis alone, have no words of their own in the normal form.
        return {"text": words, "within": None, "occurrence": found.index(place) + 1} if place in found else None

    def trimmed(self, span: Span) -> Span | None:
        """A place without the white space and invisible characters at its ends, and with whole characters only."""
        start, end = span.start, span.end
        while not self._is_border(start):
            start -= 1
        while not self._is_border(end):
            end += 1
        while start < end and not normalise(self.text[start]):
            start += 1
        while start < end and not normalise(self.text[end - 1]):
            end -= 1
        return Span(start, self._whole_end(end)) if start < end else None

    def _is_border(self, offset: int) -> bool:
        """Whether a character ends here in the text, and one in its normal form too."""
        length = len(self.text)
        whole = self._alignment.forward(0, offset), self._alignment.forward(offset, length)
        return offset in (0, length) or (is_border(self.text, offset) and any(whole))

    def _contexts(self, place: Span, scope: Span | None) -> Iterator[str]:
        """The words that hold a place: with none around them, with one after, with one on either side, and so on."""
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
        """The words at a place in one line."""
        return tidy(self.text[place.start : place.end])


# The order of pieces.


def in_order(wanted: Sequence[str], found: Sequence[Sequence[Span]]) -> list[Span | None]:
    """Find the one way in which pieces can follow each other in the text.

    Args:
        wanted: The pieces, in the order in which they are given.
        found: For each, where it stands.

    Returns:
        For each piece its place where the order leaves one, and else None. Equal pieces stand at different places, the
        first given first. Where the pieces cannot be in the order of the text, only those are placed that are given as
        often as they stand there.
    """
    keys = [normalise(each) for each in wanted]
    starts = [[place.start for place in places] for places in found]
    earliest = _earliest(keys, starts)
    mirrored = _earliest(keys[::-1], [[-start for start in reversed(each)] for each in reversed(starts)])
    if earliest is None or mirrored is None:
        return _by_number(keys, found)
    only = [
        first if last is not None and first == -last else None
        for first, last in zip(earliest, reversed(mirrored), strict=True)
    ]
    return [
        next((place for place in places if place.start == start), None)
        for start, places in zip(only, found, strict=True)
    ]


def _earliest(keys: Sequence[str], starts: Sequence[Sequence[int]]) -> list[int | None] | None:
    """The first way in which the pieces follow each other, or None where there is none."""
    chosen: list[int | None] = []
    used: dict[str, int] = {}
    reached = min((start for possible in starts for start in possible), default=0)
    for key, possible in zip(keys, starts, strict=True):
        start = next((each for each in possible if each >= reached and each > used.get(key, each - 1)), None)
        if start is None and possible:
            return None
        chosen.append(start)
        if start is not None:
            used[key] = reached = start
    return chosen


def _by_number(keys: Sequence[str], found: Sequence[Sequence[Span]]) -> list[Span | None]:
    """Place the pieces that are given as often as they stand in the text."""
    numbered = {key: iter(places) for key, places in zip(keys, found, strict=True) if keys.count(key) == len(places)}
    return [next(numbered[key]) if key in numbered else None for key in keys]
