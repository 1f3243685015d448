"""The spans of the blocks and sentences of a text before annotation.

Here: blocks, whose wrapped lines are joined, and sentences, found by sentencex or by a custom splitter.
Not here: the sentences of an annotated article (`Source.sentences`), and the simpler splitter of `passages`
(`text/sentences.py`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final, TypeAlias

from oped_dataset.errors import InvalidRecord
from oped_dataset.extras import need
from oped_dataset.messages import encodable
from oped_dataset.model.records import Span
from oped_dataset.text.canonical import normalise
from oped_dataset.text.sentences import sentences_of

Splitter: TypeAlias = Callable[[str], Iterable[tuple[int, int]]]
"""Takes a text and returns the spans of its sentences, in code points, in order."""

_LINE: Final = re.compile("[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_CLOSING: Final = frozenset({"Pe", "Pf", "Pi"})
_NO_END: Final = frozenset("%‰&*#@/\\†‡•·§¶")
"""Characters of the general category Po, like the full stop, that do not end a sentence."""


def blocks_of(text: str) -> tuple[Span, ...]:
    r"""Find the blocks of a text: its non-blank lines, with wrapped lines joined.

    A line is wrapped if it does not end a sentence, and the first word of the next line would have made it longer than
    the longest line of the text.

    Example:
        >>> text = "The Toll\n\nMaro raised\nthe toll.\nWho pays?"
        >>> [text[block.start : block.end] for block in blocks_of(text)]
        ['The Toll', 'Maro raised\nthe toll.', 'Who pays?']
    """
    lines = [Span(*place) for match in _LINE.finditer(text) if (place := _trim(text, match.start(), match.end()))]
    longest = max((line.length for line in lines), default=0)
    blocks: list[Span] = []
    for before, line in zip([None, *lines], lines, strict=False):
        if before is not None and _is_wrapped(text, before, line, longest):
            blocks[-1] = Span(blocks[-1].start, line.end)
        else:
            blocks.append(line)
    return tuple(blocks)


def _is_wrapped(text: str, before: Span, line: Span, longest: int) -> bool:
    between = text[before.end : line.start].replace("\r\n", "\n")
    if len(_LINE.sub("", between)) > 1 or ends_sentence(text[before.start : before.end]):
        return False
    word = text[line.start : line.end].split(maxsplit=1)[0]
    # Scripts without spaces may be wrapped between any two characters.
    length = 1 if unicodedata.east_asian_width(word[0]) in "WF" else len(word)
    return before.length + 1 + length > longest


def ends_sentence(words: str) -> bool:
    """Whether words end with punctuation such as a full stop, colon or comma, before any closing marks."""
    bare = words.rstrip()
    while bare and (bare[-1] in "\"'" or unicodedata.category(bare[-1]) in _CLOSING):
        bare = bare[:-1].rstrip()
    return bool(bare) and unicodedata.category(bare[-1]) == "Po" and bare[-1] not in _NO_END


def sentence_places(text: str, language: str, splitter: Splitter | None) -> tuple[Span, ...]:
    """Find the sentences of a text, in order; together they cover all of it except whitespace.

    Args:
        text: The text.
        language: Its BCP 47 tag, for sentencex.
        splitter: A custom splitter; None for sentencex.

    Raises:
        InvalidRecord: The spans of the splitter overlap, exceed the text, or leave words out.
        MissingExtra: The extra `authoring` is not installed, and there is no custom splitter.
    """
    given = _split(text, language) if splitter is None else splitter(text)
    places: list[Span] = []
    reached = 0
    for start, end in (*given, (len(text), len(text))):
        if not reached <= start <= end <= len(text):
            raise InvalidRecord(f"splitter: the span ({start}, {end}) is out of order or exceeds the text", "splitter")
        if normalise(text[reached:start]):
            raise InvalidRecord(f"splitter: no sentence contains the words from {reached} to {start}", "splitter")
        reached = end
        place = _trim(text, start, end)
        if place is not None:
            places.append(Span(*place))
    return tuple(places)


def _split(text: str, language: str) -> Iterator[tuple[int, int]]:
    sentencex: Any = need("sentencex", "authoring")
    # sentencex accepts only the language subtag of a BCP 47 tag, and raises for a lone surrogate; the article rejects
    # invalid tags later.
    tag = encodable(language.partition("-")[0])
    for block in blocks_of(text):
        words = text[block.start : block.end]
        # sentencex ends a sentence after *Ms.* and inside *Sino-U.S.*; the package's own splitter does not.
        ends = {sentence.end for sentence in sentences_of(words.replace("\n", " ").replace("\r", " "))}
        start = 0
        for found in sentencex.get_sentence_boundaries(tag, words):
            end = found["end_index"]
            if found["boundary_symbol"] != "." or len(words[:end].rstrip()) in ends:
                yield block.start + start, block.start + end
                start = end
        yield block.start + start, block.end


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Remove whitespace, and characters that normalisation removes, from both ends; None if nothing remains."""
    while start < end and not normalise(text[start]):
        start += 1
    while start < end and not normalise(text[end - 1]):
        end -= 1
    return (start, end) if start < end else None
