"""Copies of a text like those of readers, with the true origin of each character."""

from __future__ import annotations

import random
import re

import attrs

from oped_dataset import Article, Span
from oped_dataset.text.fingerprints import paragraphs_of

OTHER_WAYS = {
    " ": ["\u00a0", "\n", "\t  ", "\r\n", "\u2009"],
    "\u00a0": [" ", "\n "],
    "“": ['"', "„", "«"],
    "”": ['"', "»"],
    "’": ["'", "\u2018"],
    "—": ["-", "\u2013"],
    "-": ["\u2011", "\u2013"],
    "…": ["..."],
    "ﬁ": ["fi"],
    "fi": ["ﬁ"],
    "e\u0301": ["é"],
    "É": ["E\u0301"],
    "\u200d": ["", "\u200d\u00ad"],
    "o": ["o\u00ad", "o\u200b", "o\u2067", "o\ufe0f"],
    "a": ["a\u00ad"],
    ".": [".\u200b"],
}
"""Spellings with the same normalised form."""

MATTER = ("\n\n", "\r\n", "\u2028", "\n \n", "\n\nFollow us\n\n", "\nHome | About\n", "\f\n3\n", "\n* * *\n")
"""Matter that can occur between paragraphs."""

_PLACES = re.compile("|".join(map(re.escape, sorted(OTHER_WAYS, key=len, reverse=True))))


@attrs.frozen
class Copy:
    """A copy of a text with the true origin of its characters.

    Attributes:
        text: The copy.
        origin: For each character of the copy, the offset of its origin in the text, or None.
        touched: The sentences that were edited or left out.
    """

    text: str
    origin: tuple[int | None, ...]
    touched: frozenset[Span]


def transformed(
    article: Article,
    text: str,
    chance: random.Random,
    *,
    often: float = 0.3,
    edits: float = 0.2,
    omissions: float = 0.1,
    shuffle: bool = True,
) -> Copy:
    """Make a copy: other typography, matter between paragraphs, and some sentences edited or left out."""
    sentences = [sentence.span for sentence in article.source.sentences]
    touched = {span for span in sentences if chance.random() < edits}
    blocks = [paragraph.span for paragraph in paragraphs_of(text, sentences)]
    kept = [span for span in blocks if chance.random() >= omissions]
    omitted = set(blocks) - set(kept)
    if shuffle:
        chance.shuffle(kept)
    pieces: list[tuple[str, int | None]] = []
    for block in kept:
        pieces.append((chance.choice(MATTER), None))
        pieces += _rewritten(text, block, sorted(touched), chance, often)
    pieces.append(("\n\nShare\n", None))
    origin = tuple(offset for words, offset in pieces for _ in words)
    gone = {span for span in sentences if any(block.overlaps(span) for block in omitted)}
    return Copy("".join(words for words, _ in pieces), origin, frozenset(touched | gone))


def _rewritten(
    text: str, block: Span, edited: list[Span], chance: random.Random, often: float
) -> list[tuple[str, int | None]]:
    insertions = {(span.start + span.end) // 2 for span in edited}
    pieces: list[tuple[str, int | None]] = []
    at = block.start
    while at < block.end:
        if at in insertions:
            pieces.append((" altogether otherwise ", None))
        match = _PLACES.match(text, at, block.end)
        inside = match is not None and any(at < place < match.end() for place in insertions)
        if match is not None and not inside and chance.random() < often:
            pieces.append((chance.choice(OTHER_WAYS[match[0]]), at))
            at = match.end()
        else:
            pieces.append((text[at], at))
            at += 1
    return pieces
