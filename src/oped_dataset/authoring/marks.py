"""Pairs of quotation marks in a text, in every script and with straight quotes.

Here: pairing marks, and distinguishing them from apostrophes.
Not here: the function of a pair (`Quotation.kind`), which only a reader can decide.

The characters are those with the property Quotation_Mark of the Unicode Character Database (UAX #44). Whether a mark
that both opens and closes does one or the other depends on the adjacent characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

import attrs

from oped_dataset.model.records import Span

_CLOSERS: Final = {
    "“": "”“",
    "„": "“”‟",
    "‟": "”",
    "”": "”",
    "«": "»",
    "»": "«»",
    "‘": "’",
    "‚": "‘’",
    "‛": "’",
    "’": "’",
    "‹": "›",
    "›": "‹›",
    '"': '"',
    "'": "'",
    "「": "」",
    "『": "』",
    "﹁": "﹂",
    "﹃": "﹄",
    "｢": "｣",
    "〝": "〞〟",
    "⹂": "”",
    "＂": "＂",
    "＇": "＇",
}
"""The marks that close each mark: 'English', „German“, ”Swedish”, « French », »Danish«, 「Japanese」."""
_MARKS: Final = frozenset(_CLOSERS) | frozenset("".join(_CLOSERS.values()))
_APOSTROPHES: Final = frozenset("'’")
_ELIDED: Final = frozenset({"bout", "cause", "em", "n", "round", "til", "till", "tis", "twas"})
"""English words that begin with an apostrophe."""


_DEEPEST: Final = 8
"""How deeply quotations are nested in each other; further opening marks do not count."""
_LONGEST_ELIDED: Final = 16
"""The number of characters after a mark that are compared with an elided word."""


@attrs.define
class _Open:
    mark: str
    at: int
    block: int


def quoted_places(text: str, blocks: Iterable[Span]) -> tuple[Span, ...]:
    """Find the spans between pairs of quotation marks, in order, without the marks and adjacent whitespace.

    A quotation continues in the next block if that begins with the same mark. A mark without a partner is ignored.

    Args:
        text: The text.
        blocks: Its paragraphs.

    Example:
        >>> text = "“Ships’ crews said ‘no’,” she wrote; it's a 'gift'."
        >>> [text[place.start : place.end] for place in quoted_places(text, [Span(0, len(text))])]
        ['Ships’ crews said ‘no’,', 'no', 'gift']
    """
    found: list[Span] = []
    opened: list[_Open] = []
    later: dict[str, int] = {}
    # ” opens a quotation, as in Swedish, only in a text without other opening marks.
    reversed_marks = re.search("[“„]", text) is None
    for number, block in enumerate(blocks):
        start = block.start
        opened = opened[:1] if opened and text[start] == opened[0].mark else []
        if opened:
            opened[0].block = number
            start += 1
        for at in range(start, block.end):
            if text[at] in _MARKS:
                _take(text, at, block, opened, found, later, reversed_marks=reversed_marks)
    return tuple(sorted(found))


def _take(
    text: str,
    at: int,
    block: Span,
    opened: list[_Open],
    found: list[Span],
    later: dict[str, int],
    *,
    reversed_marks: bool,
) -> None:
    mark = text[at]
    before = text[at - 1] if at > block.start else " "
    after = text[at + 1] if at + 1 < block.end else " "
    if mark in _APOSTROPHES and before.isalnum() and after.isalnum():
        return
    depth = next((depth for depth in reversed(range(len(opened))) if mark in _CLOSERS[opened[depth].mark]), None)
    if depth is not None and _may_close(text, at, block, opened[depth].mark, later):
        inside = text[opened[depth].at + 1 : at]
        if inside.strip():
            begin = opened[depth].at + 1 + len(inside) - len(inside.lstrip())
            found.append(Span(begin, begin + len(inside.strip())))
        del opened[depth:]
    elif len(opened) < _DEEPEST and _may_open(text, at, block, reversed_marks=reversed_marks):
        opened.append(_Open(mark, at, 0))


def _may_close(text: str, at: int, block: Span, opener: str, later: dict[str, int]) -> bool:
    mark, before = text[at], text[at - 1]
    after = text[at + 1 : at + 2] if at + 1 < block.end else ""
    if mark not in _APOSTROPHES:
        # A straight mark after a space, or a Danish one, opens a nested quotation.
        return opener != mark or mark in "”»›" or not before.isspace() or not after.strip()
    if before.isspace() or after.isalnum():
        return False
    # It is the apostrophe of a plural possessive if a later mark closes the quotation.
    return not (before in "sxz" and _closes_later(text, at, block, later))


def _closes_later(text: str, at: int, block: Span, later: dict[str, int]) -> bool:
    """Whether a mark that surely closes a quotation comes before one that opens it."""
    # The place found for one mark is kept for the next ones, so that the text is searched once.
    place = later.get(text[at], 0)
    if place <= at:
        match = re.compile(rf"‘|(?<![\ssxz]){text[at]}").search(text, at + 1, block.end)
        place = later[text[at]] = block.end if match is None else match.start()
    return place < block.end and text[place] != "‘" and not text[place + 1 : place + 2].isalnum()


def _may_open(text: str, at: int, block: Span, *, reversed_marks: bool) -> bool:
    mark = text[at]
    if mark not in _CLOSERS:
        return False
    before = text[at - 1] if at > block.start else " "
    after = text[at + 1] if at + 1 < block.end else " "
    if mark in "”’" and not reversed_marks:
        return False
    if mark in "”’\"'＂＇":
        word = text[at + 1 : min(block.end, at + _LONGEST_ELIDED)].split(maxsplit=1)
        elided = mark in _APOSTROPHES and bool(word) and word[0].casefold().rstrip(".,;:!?'’") in _ELIDED
        return not (before.isalnum() or after.isspace() or elided or (mark in _APOSTROPHES and after.isdigit()))
    return True
