"""Splitting a text that has not been annotated into sentences.

Here: a splitter for running prose, which knows the full stops of all scripts (Sentence_Terminal, UAX 44),
closing marks and a few abbreviations.
Not here: the sentences of an annotated article (`Source.sentences`), and paragraphs (`fingerprints.py`).

A sentence never continues on the next line. A mistake costs little: a passage for a language model begins or ends
elsewhere. Review these sentences before their digests go into an article.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from oped_dataset.model.records import Span
from oped_dataset.text.characters import CLOSING, TERMINAL
from oped_dataset.text.fingerprints import paragraphs_of

_END: Final = re.compile(
    # Full stops, closing marks and whitespace. The lookbehind tries a run of full stops only once.
    rf"(?<![{TERMINAL}…])[{TERMINAL}…]++[{CLOSING}\"'“«]*+(?=\s)"
    # A full stop of a script that needs no space after it; the fullwidth Latin one may occur in a number.
    rf"|(?:(?![.!?\u2024\ufe52\uff0e])[{TERMINAL}]|\uff0e(?!\d))++[{CLOSING}]*+"
)
_ABBREVIATION: Final = re.compile(
    "mr|mrs|ms|dr|prof|sen|rep|gov|gen|col|lt|capt|sgt|st|jr|sr|rev|hon|vs|etc|cf|ca|approx|dept|est|fig|inc|ltd|co|corp"
    "|jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec|nr|bzw|usw|bd|vgl|mme|mlle|sra|dra",
    re.IGNORECASE,
)
_LAST_WORD: Final = re.compile(r"[^\W\d_]+(?:['’.][^\W\d_]+)*\Z")
_SOLID: Final = re.compile(r"\S")
_LONGEST: Final = 30
"""The number of characters before a full stop that are searched for an abbreviation."""


def sentences_of(text: str) -> tuple[Span, ...]:
    r"""Find the sentences of a text, in order; together they cover everything but whitespace.

    Example:
        >>> text = "Ms. He left at 5.30 p.m. on May 3. “Where?” Nobody knows!\nThe end"
        >>> [text[place.start : place.end] for place in sentences_of(text)]
        ['Ms. He left at 5.30 p.m. on May 3.', '“Where?”', 'Nobody knows!', 'The end']
    """
    return tuple(sentence for paragraph in paragraphs_of(text) for sentence in _split(text, paragraph.span))


def _split(text: str, paragraph: Span) -> Iterator[Span]:
    start = paragraph.start
    for match in _END.finditer(text, start, paragraph.end):
        following = _SOLID.search(text, match.end(), paragraph.end)
        if following is None:
            break
        if not _continues(text[max(start, match.start() - _LONGEST) : match.start()], match[0], following[0]):
            yield Span(start, match.end())
            start = following.start()
    yield Span(start, paragraph.end)


def _continues(before: str, end: str, following: str) -> bool:
    """Whether a sentence continues after a full stop: in lower case, or after an abbreviation or initial."""
    if following.islower():
        return True
    word = _LAST_WORD.search(before)
    if end != "." or word is None:
        return False
    return len(word[0]) == 1 or "." in word[0] or _ABBREVIATION.fullmatch(word[0]) is not None
