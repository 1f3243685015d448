"""Cutting a text into passages that fit into the context of a language model, each with a heading for attribution.

Here: `passages`, which cuts between sentences, and the headings.
Not here: finding sentences (`text/sentences.py`) and combining the records of all passages (`from_records.py`).

A report or a quotation may cross the border of two passages. The heading of the second one then has the preceding words
that name the speaker, and that of the first one the words that close the quotation, which often name the speaker.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from typing import Final

import attrs

from oped_dataset.arguments import whole_number
from oped_dataset.messages import cut
from oped_dataset.model.article import Article
from oped_dataset.model.records import Span
from oped_dataset.model.stretches import Stretches
from oped_dataset.text.fingerprints import paragraphs_of
from oped_dataset.text.sentences import sentences_of

_CLOSING: Final = {"“": "”", "„": "“”", "«": "»", "»": "«", "「": "」", "『": "』", '"': '"', "”": "”"}
"""Marks that open a quotation, each with its closing marks; some marks open in one language and close in another."""

_MARK: Final = re.compile(f"[{''.join(_CLOSING)}]")

_LONGEST: Final = 200
"""The most characters of the title and of each name in a heading."""

_CONTEXT: Final = 4
"""The sentences before a passage take up at most the limit divided by this number."""

_DEEPEST: Final = 8
"""How deeply quotations are nested in each other; further opening marks do not count."""

_LEAST: Final = 3
"""The number of preceding sentences of the same paragraph that are given whatever their length."""


@attrs.frozen(kw_only=True)
class Passage:
    """A part of a text.

    Attributes:
        number: Its number, from 1.
        span: Its span.
        new: The part of the span that is not in the preceding passage.
        text: Its words.
        heading: The author, and the words around the passage that show who is still speaking where it begins or ends.
    """

    number: int
    span: Span
    new: Span
    text: str = attrs.field(repr=False)
    heading: str = attrs.field(repr=False)

    def __str__(self) -> str:
        """Return the heading and the words, for a prompt."""
        return f"{self.heading}\n\nText of the passage:\n\n{self.text}\n"


def passages(
    text: str,
    limit: int = 4000,
    overlap: int = 1,
    *,
    like: Article | None = None,
    measure: Callable[[str], int] = len,
) -> tuple[Passage, ...]:
    """Cut a text into passages, at the end of a paragraph in their second half or else of a sentence.

    Args:
        text: The text.
        limit: The greatest length of a passage without its heading; a longer sentence is a passage of its own. The
            sentences in the heading have at most a fourth of this length, or are three.
        overlap: The number of sentences of the preceding passage that are repeated, as far as they fit. `from_records`
            merges the records that are found in them twice.
        like: The article to which the text belongs, for its author, title and sentences.
        measure: Returns the length of a text: `len`, or a function that counts tokens.

    Raises:
        InvalidRecord: A number is out of bounds.
    """
    whole_number("limit", limit, 1)
    whole_number("overlap", overlap, 0)
    return tuple(_Cutter(text, limit, overlap, like, measure).passages())


class _Cutter:
    """Cuts one text."""

    def __init__(
        self, text: str, limit: int, overlap: int, like: Article | None, measure: Callable[[str], int]
    ) -> None:
        self._text = text
        self._limit = limit
        self._longest = max(limit, _LONGEST)
        self._overlap = overlap
        self._like = like
        self._measure = measure
        known = [] if like is None else [each.span for each in like.source.sentences]
        self._sentences = known if _cover(known, text) else list(sentences_of(text))
        self._starts = [each.start for each in self._sentences]
        self._paragraphs = [each.span for each in paragraphs_of(text, self._sentences)]
        self._quotations = quotations_in(text, self._paragraphs)
        self._inside = Stretches((opening + 1, closing) for opening, closing in self._quotations)

    def passages(self) -> Iterator[Passage]:
        """Yield the passages in order."""
        cuts = list(self._cuts())
        for number, (first, begin, end) in enumerate(cuts, start=1):
            span = Span(self._sentences[begin].start, self._sentences[end - 1].end)
            yield Passage(
                number=number,
                span=span,
                new=Span(self._sentences[first].start, span.end),
                text=self._text[span.start : span.end],
                heading="\n".join(self._heading(number, len(cuts), begin, end)),
            )

    def _cuts(self) -> Iterator[tuple[int, int, int]]:
        """Yield for each passage its first new sentence, its first sentence, and the one after its last."""
        first = 0
        while first < len(self._sentences):
            begin = max(0, first - self._overlap) if first else 0
            # A passage must contain a new sentence, so repeated ones yield to it.
            while begin < first and not self._fits(begin, first + 1):
                begin += 1
            end = self._best_cut(begin, first, self._farthest(begin, first + 1))
            yield first, begin, end
            first = end

    def _farthest(self, begin: int, end: int) -> int:
        """Return the greatest end of a passage that fits, at least the given one."""
        # Steps of twice the size, then of half the size, so that a passage is measured only a few times.
        step = 1
        while end + step <= len(self._sentences) and self._fits(begin, end + step):
            end += step
            step *= 2
        while step:
            if end + step <= len(self._sentences) and self._fits(begin, end + step):
                end += step
            step //= 2
        return end

    def _fits(self, begin: int, end: int) -> bool:
        words = self._text[self._sentences[begin].start : self._sentences[end - 1].end]
        return self._measure(words) <= self._limit

    def _best_cut(self, begin: int, first: int, end: int) -> int:
        """Move the cut back to the end of a paragraph, if one lies in the second half of the passage."""
        if end == len(self._sentences):
            return end
        middle = (self._sentences[begin].start + self._sentences[end - 1].end) // 2
        for edge in range(end, first, -1):
            if self._sentences[edge - 1].end < middle:
                break
            if self._paragraph(edge) != self._paragraph(edge - 1):
                return edge
        return end

    def _paragraph(self, sentence: int) -> int:
        return bisect_right(self._paragraphs, self._starts[sentence], key=lambda each: each.start)

    # Headings.

    def _heading(self, number: int, total: int, begin: int, end: int) -> Iterator[str]:
        yield f"Passage {number} of {total}{self._article()}"
        before = [*self._before(begin)]
        if before:
            yield f"The words before it, for reference only: {self._words(before)}"
        start, stop = self._sentences[begin].start, self._sentences[end - 1].end
        if self._around(start):
            yield "It begins inside a quotation, where the person quoted is still speaking."
        closing = sorted({self._sentence_at(close - 1) for _, close in self._around(stop)})
        if closing:
            yield f"It ends inside a quotation, which ends in: {self._words(closing)}"

    def _article(self) -> str:
        like = self._like
        if like is None:
            return "."
        names = {each.id: each.name for each in like.entities}
        authors = " and ".join(names.get(each, each) for each in like.authors)
        publisher = names.get(like.publisher, like.publisher)
        # The heading is repeated for every passage.
        described = f" of “{cut(like.title, _LONGEST)}” ({cut(publisher, _LONGEST)}, {like.published.isoformat()})."
        return f"{described} The author, the first voice of every claim, is {cut(authors, _LONGEST)}."

    def _before(self, begin: int) -> Iterator[int]:
        """Yield the preceding sentences that show who speaks: those of the paragraph, and where a quotation opens."""
        wanted = set()
        for opening, _ in self._around(self._sentences[begin].start):
            opened = self._sentence_at(opening)
            # The speaker of a quotation that begins a sentence may be named in the preceding sentence.
            wanted.update({opened, max(opened - 1, 0)} if opening == self._starts[opened] else {opened})
        used = 0
        for sentence in range(begin - 1, -1, -1):
            used += self._measure(self._words([sentence]))
            enough = begin - sentence > _LEAST and _CONTEXT * used > self._limit
            if enough or self._paragraph(sentence) != self._paragraph(begin):
                break
            wanted.add(sentence)
        yield from sorted(wanted)

    def _around(self, offset: int) -> list[tuple[int, int]]:
        """Return the quotations that are open at an offset, outermost first."""
        return [self._quotations[at] for at in self._inside.touching(offset, offset + 1)]

    def _sentence_at(self, offset: int) -> int:
        return bisect_right(self._starts, offset) - 1

    def _words(self, sentences: Iterable[int]) -> str:
        """Join the words of sentences, with a mark where sentences between them are left out."""
        parts: list[str] = []
        last: int | None = None
        for number in sentences:
            if last is not None and number > last + 1:
                parts.append("[…]")
            # Every passage of a long quotation repeats the words that open it.
            parts.append(cut(self._text[self._sentences[number].start : self._sentences[number].end], self._longest))
            last = number
        return " ".join(parts)


def quotations_in(text: str, paragraphs: Iterable[Span]) -> list[tuple[int, int]]:
    """Find the start and end of each quotation by its marks, in order.

    An unclosed quotation ends with its paragraph, unless the next paragraph repeats its opening mark.
    """
    found: list[tuple[int, int]] = []
    opened: list[tuple[str, int]] = []
    end = 0
    for paragraph in paragraphs:
        # A quotation of several paragraphs has an opening mark at the start of each.
        again = bool(opened) and text[paragraph.start] == opened[0][0]
        if not again:
            found += [(at, end) for _, at in opened]
            opened.clear()
        for match in _MARK.finditer(text, paragraph.start + again, paragraph.end):
            mark, at = match[0], match.start()
            if opened and mark in _CLOSING[opened[-1][0]]:
                found.append((opened.pop()[1], match.end()))
            # Swedish and Finnish open quotations with this mark; a stray closing mark has no word after it.
            elif len(opened) < _DEEPEST and (mark != "”" or text[match.end() : match.end() + 1].isalnum()):
                opened.append((mark, at))
        end = paragraph.end
    return sorted((*found, *((at, end) for _, at in opened)))


def _cover(sentences: list[Span], text: str) -> bool:
    """Whether sentences cover all of a text except whitespace."""
    borders = [0, *(border for each in sentences for border in (each.start, each.end)), len(text)]
    return bool(sentences) and not any(
        text[start:end].strip() for start, end in zip(borders[::2], borders[1::2], strict=True)
    )
