"""The correspondence between the characters of a text and of a form derived from it, in both directions.

Here: `Alignment`, and the two derived forms that need one: the normalised form and a text with replacements.
Not here: the definition of the normalised form (`canonical.py`), and the transfer of spans (`attachment.py`).

An alignment stores only the stretches that do not correspond character by character, so it stays small for a long page.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import cycle, islice, pairwise
from typing import Final, TypeAlias

from oped_dataset.text.canonical import fold

Place: TypeAlias = tuple[int, int]
"""A half-open stretch of a text, as start and end."""

Block: TypeAlias = tuple[int, int, int]
"""An offset in the original, the number of characters there, and the number of characters they became."""

_TOKEN: Final = re.compile(
    # Printable ASCII with single spaces is normalised already, but for its last character where the next one may
    # combine with it.
    r"(?P<plain>[!-_a-~]+(?: [!-_a-~]+)*(?![^\x00-\x7f]))"
    r"|(?P<space>\s+)"
    r"|(?P<cluster>[\x00-\x7f]?[^\x00-\x7f\s]+|[^\s])"
)
"""Tokens that can be normalised one by one: no character combines with one of another token (UAX 15)."""

_SHORT_CLUSTER: Final = 16
"""Clusters up to this length are cached."""


class Alignment:
    """The correspondence between the offsets of an original text and of a form derived from it.

    Example:
        >>> ligature = Alignment([(2, 1, 2)])
        >>> ligature.forward(0, 3), ligature.back(0, 4), ligature.back(0, 3)
        ((0, 4), (0, 3), None)
    """

    __slots__ = ("_derived", "_original", "blocks")

    def __init__(self, blocks: Iterable[Block] = ()) -> None:
        """Create an alignment from the stretches that do not correspond character by character, in order."""
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
        """The number of characters by which the derived form is longer."""
        return sum(became - length for _, length, became in self.blocks)

    def forward(self, start: int, end: int) -> Place | None:
        """Map a stretch of the original to the derived form.

        Returns:
            The stretch, or None when nothing is left of it or a border falls inside characters that became one.
        """
        return _carried(start, end, self._original, self._derived)

    def back(self, start: int, end: int) -> Place | None:
        """Map a stretch of the derived form to the original.

        Returns:
            The stretch, or None when a border falls inside the characters that one character became.
        """
        return _carried(start, end, self._derived, self._original)

    def moved(self, offsets: Iterable[int]) -> Iterator[int]:
        """Map offsets of characters of the original to the derived form, without the characters that vanished."""
        places = (self.forward(offset, offset + 1) for offset in offsets)
        return (place[0] for place in places if place is not None)

    def replacements(self) -> tuple[int, ...]:
        """The offsets in the derived form at which characters do not correspond one by one."""
        return tuple(self._derived[0])


_Side: TypeAlias = tuple[list[int], list[int]]


def _carried(start: int, end: int, here: _Side, there: _Side) -> Place | None:
    # A block that begins at the start of the stretch belongs to it; one that begins at its end does not.
    first = _map_border(start, bisect_right(here[0], start) - 1, here, there)
    last = _map_border(end, bisect_left(here[0], end) - 1, here, there)
    return (first, last) if first is not None and last is not None and first < last else None


def _map_border(offset: int, block: int, here: _Side, there: _Side) -> int | None:
    if block < 0:
        return offset
    if offset >= here[1][block]:
        return offset - here[1][block] + there[1][block]
    vanished = there[0][block] == there[1][block]
    return there[0][block] if vanished or offset == here[0][block] else None


# The normalised form.


def align(text: str) -> tuple[str, Alignment]:
    """Normalise a text and align it with the result.

    Returns:
        The result of `canonical.normalise`, and the alignment.
    """
    writer = _Writer()
    for match in _TOKEN.finditer(text):
        if match.lastgroup == "plain":
            writer.plain(match[0])
        elif match.lastgroup == "space":
            writer.space(match.start(), len(match[0]))
        else:
            writer.cluster(match.start(), match[0])
    return writer.finish(len(text))


class _Writer:
    """Collects the normalised form; a space is written only between words."""

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
        fold_pieces = _fold_pieces if len(cluster) > _SHORT_CLUSTER else _fold_short_cluster
        for group, became in fold_pieces(cluster):
            words = " ".join(became.split())
            # Some spacing accents, such as U+00A8, have a space and a combining mark as their NFKC form.
            if became[:1].isspace() and self._parts and self._space is None:
                words = f" {words}"
            if words:
                self.plain(words)
            if group != words and not len(group) == len(words) == 1:
                self._blocks.append((at, len(group), len(words)))
            at += len(group)

    def finish(self, length: int) -> tuple[str, Alignment]:
        if self._space is not None:
            at, blocks_before = self._space
            del self._parts[-1], self._blocks[blocks_before:]
            self._blocks.append((at, length - at, 0))
        return "".join(self._parts), Alignment(self._blocks)


def _fold_pieces(cluster: str) -> tuple[tuple[str, str], ...]:
    """Fold a cluster piece by piece where the result is that of folding it whole, otherwise as one piece."""
    whole = fold(cluster)
    if whole == cluster:
        return ((cluster, whole),)
    # A piece is a character with the combining marks after it.
    starts = [at for at in range(1, len(cluster)) if not unicodedata.category(cluster[at]).startswith("M")]
    groups = [cluster[start:end] for start, end in pairwise([0, *starts, len(cluster)])]
    pieces = tuple((group, fold(group)) for group in groups)
    together = "".join(became for _, became in pieces)
    return pieces if together == whole else ((cluster, whole),)


_fold_short_cluster = lru_cache(maxsize=4096)(_fold_pieces)


# Replacements.


def replaced(text: str, pattern: re.Pattern[str], replacements: Sequence[str]) -> tuple[str, Alignment]:
    """Replace every match of a pattern, using the replacements in turn, and align the text with the result."""
    matches = list(pattern.finditer(text))
    words = list(islice(cycle(replacements), len(matches)))
    blocks = ((match.start(), len(match[0]), len(each)) for match, each in zip(matches, words, strict=True))
    rest = iter(words)
    return pattern.sub(lambda _: next(rest), text), Alignment(blocks)
