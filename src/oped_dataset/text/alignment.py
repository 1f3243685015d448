"""Which characters of a text became which characters of a form derived from it, both ways.

Here: `Alignment`, and the two derived forms that need one: the normal form and a text with replacements.
Not here: what the normal form is (`canonical.py`), and what is carried over with it (`attachment.py`).

An alignment keeps only the places that are not one character for one, so a long page costs little more than its text.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import cycle, islice
from typing import Final, TypeAlias

from oped_dataset.text.canonical import fold

Place: TypeAlias = tuple[int, int]
"""A start and an end, half-open."""

Block: TypeAlias = tuple[int, int, int]
"""An offset in the original, how many characters stand there, and how many of the derived form they became."""

_TOKEN: Final = re.compile(
    # Printable ASCII with single spaces, which the normal form leaves alone; not its last character where another
    # follows that may combine with it.
    r"(?P<plain>[!-_a-~]+(?: [!-_a-~]+)*(?![^\x00-\x7f]))"
    r"|(?P<space>\s+)"
    r"|(?P<cluster>[\x00-\x7f]?[^\x00-\x7f\s]+|[^\s])"
)
"""The pieces whose normal forms, put together, are that of the whole: nothing combines across these borders."""

_SHORT_CLUSTER: Final = 16


class Alignment:
    """How the places of an original text and of a form derived from it correspond.

    Example:
        >>> ligature = Alignment([(2, 1, 2)])
        >>> ligature.forward(0, 3), ligature.back(0, 4), ligature.back(0, 3)
        ((0, 4), (0, 3), None)
    """

    __slots__ = ("_derived", "_original", "blocks")

    def __init__(self, blocks: Iterable[Block] = ()) -> None:
        """Take the places that are not one character for one, in order."""
        self.blocks: tuple[Block, ...] = tuple(blocks)
        self._original: tuple[list[int], list[int]] = ([], [])
        self._derived: tuple[list[int], list[int]] = ([], [])
        ahead = 0
        for at, length, became in self.blocks:
            self._original[0].append(at)
            self._original[1].append(at + length)
            self._derived[0].append(at + ahead)
            self._derived[1].append(at + ahead + became)
            ahead += became - length

    @property
    def growth(self) -> int:
        """By how many characters the derived form is longer."""
        return sum(became - length for _, length, became in self.blocks)

    def forward(self, start: int, end: int) -> Place | None:
        """Carry a place of the original into the derived form.

        Returns:
            The place, or None when nothing is left of it or a border falls inside characters that became one.
        """
        return _carried(start, end, self._original, self._derived)

    def back(self, start: int, end: int) -> Place | None:
        """Carry a place of the derived form into the original.

        Returns:
            The place, or None when a border falls inside what one character became.
        """
        return _carried(start, end, self._derived, self._original)

    def moved(self, offsets: Iterable[int]) -> Iterator[int]:
        """Carry offsets of characters of the original into the derived form; those of which nothing is left go."""
        places = (self.forward(offset, offset + 1) for offset in offsets)
        return (place[0] for place in places if place is not None)

    def replacements(self) -> tuple[int, ...]:
        """Where in the derived form the places are that are not one character for one."""
        return tuple(self._derived[0])


_Side: TypeAlias = tuple[list[int], list[int]]


def _carried(start: int, end: int, here: _Side, there: _Side) -> Place | None:
    first, last = _start(start, here, there), _end(end, here, there)
    return (first, last) if first is not None and last is not None and first < last else None


def _start(offset: int, here: _Side, there: _Side) -> int | None:
    block = bisect_right(here[0], offset) - 1
    if block < 0:
        return offset
    if offset >= here[1][block]:
        return offset - here[1][block] + there[1][block]
    vanished = there[0][block] == there[1][block]
    return there[0][block] if vanished or offset == here[0][block] else None


def _end(offset: int, here: _Side, there: _Side) -> int | None:
    block = bisect_left(here[0], offset) - 1
    if block < 0:
        return offset
    if offset >= here[1][block]:
        return offset - here[1][block] + there[1][block]
    vanished = there[0][block] == there[1][block]
    return there[0][block] if vanished else None


# The normal form.


def align(text: str) -> tuple[str, Alignment]:
    """Bring a text into the normal form, and keep the way back.

    Returns:
        The same as `canonical.normalise`, and the alignment of the text with it.
    """
    writer = _Writer()
    for match in _TOKEN.finditer(text):
        if match.lastgroup == "plain":
            writer.plain(match[0])
        elif match.lastgroup == "space":
            writer.space(match.start(), len(match[0]))
        else:
            writer.cluster(match.start(), match[0])
    return writer.finished(len(text))


class _Writer:
    """Collects the normal form; a space is written only between words."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._blocks: list[Block] = []
        self._space: tuple[int, int] | None = None

    def plain(self, words: str) -> None:
        self._parts.append(words)
        self._space = None

    def space(self, at: int, length: int) -> None:
        if not self._parts or self._space is not None:
            self._blocks.append((at, length, 0))
            return
        self._parts.append(" ")
        self._space = at, len(self._blocks)
        if length > 1:
            self._blocks.append((at + 1, length - 1, 0))

    def cluster(self, at: int, cluster: str) -> None:
        for group, became in _pieces(cluster):
            words = " ".join(became.split())
            # Some accents of their own, such as U+00A8, unfold into a space and a combining mark.
            if became[:1].isspace() and self._parts and self._space is None:
                words = f" {words}"
            if words:
                self.plain(words)
            if group != words and not len(group) == len(words) == 1:
                self._blocks.append((at, len(group), len(words)))
            at += len(group)

    def finished(self, length: int) -> tuple[str, Alignment]:
        if self._space is not None:
            at, blocks_before = self._space
            del self._parts[-1], self._blocks[blocks_before:]
            self._blocks.append((at, length - at, 0))
        return "".join(self._parts), Alignment(self._blocks)


def _pieces(cluster: str) -> Iterable[tuple[str, str]]:
    return _folded(cluster) if len(cluster) > _SHORT_CLUSTER else _remembered(cluster)


@lru_cache(maxsize=4096)
def _remembered(cluster: str) -> tuple[tuple[str, str], ...]:
    return tuple(_folded(cluster))


def _folded(cluster: str) -> list[tuple[str, str]]:
    """Fold a cluster piece by piece where that gives the same as folding it whole, and else as one piece."""
    whole = fold(cluster)
    if whole == cluster:
        return [(cluster, whole)]
    pieces = [(group, fold(group)) for group in _groups(cluster)]
    together = "".join(became for _, became in pieces)
    return pieces if together == whole else [(cluster, whole)]


def _groups(cluster: str) -> Iterator[str]:
    start = 0
    for index in range(1, len(cluster)):
        if not unicodedata.category(cluster[index]).startswith("M"):
            yield cluster[start:index]
            start = index
    yield cluster[start:]


# Replacements.


def replaced(text: str, pattern: re.Pattern[str], replacements: Sequence[str]) -> tuple[str, Alignment]:
    """Put words wherever a pattern matches, the replacements in turn, and keep the way back."""
    matches = list(pattern.finditer(text))
    words = list(islice(cycle(replacements), len(matches)))
    blocks = ((match.start(), len(match[0]), len(each)) for match, each in zip(matches, words, strict=True))
    rest = iter(words)
    return pattern.sub(lambda _: next(rest), text), Alignment(blocks)
