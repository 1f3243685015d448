"""Attaching an article to a reader's own copy of its text, with every span transferred to that copy.

Here: `attach`, the transfer of single spans, and the report of found and lost sentences and spans.
Not here: finding sentences (`search.py`), reading files (`copies.py`), the article in the copy's offsets
(`rebasing.py`).

Nothing is guessed: a span is transferred only inside words whose digest is that of the source's words, and every lost
span is listed with the reason.
"""

from __future__ import annotations

import os
import sys
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final, Protocol, TypeAlias

import attrs

from oped_dataset.arguments import argument
from oped_dataset.errors import NotAttachable
from oped_dataset.messages import quoted
from oped_dataset.model.article import PLACED, Article
from oped_dataset.model.records import (
    Paragraph,
    Sentence,
    Span,
    evidence_of,
    spans_of,
)
from oped_dataset.model.stretches import Cover, Stretches
from oped_dataset.model.tables import Record
from oped_dataset.text import rebasing
from oped_dataset.text.alignment import Alignment, align
from oped_dataset.text.canonical import (
    NORMAL_FORM,
    is_blank,
    normal_digest,
    text_digest,
)
from oped_dataset.text.copies import read_copy
from oped_dataset.text.search import GAP, Found, Unit, search

OUTSIDE: Final = "it lies outside every sentence and heading"
INSIDE_A_CHARACTER: Final = "it begins or ends inside a character of the copy or of the normalised form"
UNKNOWN_SHIFTS: Final = "the shifts of its sentence, which locate its parts, are not recorded"
APART: Final = "it runs over sentences that are not adjacent in the copy"
UNKNOWN_BETWEEN: Final = "the source may have other words between its sentences"
BEYOND: Final = "it ends beyond the text"


@attrs.frozen(kw_only=True)
class AttachedSentence:
    """A sentence of the source and its span in the copy.

    Attributes:
        sentence: The sentence.
        span: Its span in the copy; None when it is lost.
        reason: Why it is lost; None when it is found.
    """

    sentence: Sentence
    span: Span | None
    reason: str | None = None


@attrs.frozen(kw_only=True)
class AttachedParagraph:
    """A paragraph of the source and its state in the copy, which narrows down where the copy was edited.

    Attributes:
        paragraph: The paragraph.
        span: Its span in the copy; None unless it is intact.
        state: "intact" when the words in the copy have its digest; "changed" when only some of its sentences are
            found, or other words occur between them; "missing" when none of its sentences is found.
    """

    paragraph: Paragraph
    span: Span | None
    state: str


@attrs.frozen(kw_only=True)
class LostSpan:
    """A span of a record that could not be transferred to the copy.

    Attributes:
        record: The id of the record.
        span: The span in the source.
        reason: Why it is lost.
    """

    record: str
    span: Span
    reason: str


@attrs.frozen
class Share:
    """The number of items found, out of a total.

    Attributes:
        found: The number found.
        total: The number of all items.
    """

    found: int
    total: int

    @property
    def share(self) -> float | None:
        """The fraction found, from 0 to 1; None when the total is 0."""
        return self.found / self.total if self.total else None

    @property
    def percentage(self) -> str:
        """The fraction found, as text such as "97.5%"; "n/a" when the total is 0."""
        return "n/a" if self.share is None else f"{self.share:.1%}"

    def __str__(self) -> str:
        """Return both numbers and the percentage."""
        return f"{self.found} of {self.total} ({self.percentage})"


@attrs.frozen(kw_only=True)
class Coverage:
    """How much of an article was found in a copy.

    Attributes:
        sentences: The sentences found.
        paragraphs: The paragraphs found intact.
        spans: The spans transferred, by the name of the table.
    """

    sentences: Share
    paragraphs: Share
    spans: dict[str, Share]

    def __str__(self) -> str:
        """Return all shares, one per line."""
        shares = {"sentences": self.sentences, "paragraphs": self.paragraphs} | self.spans
        return "\n".join(f"{name}: {share}" for name, share in shares.items())


_Carried: TypeAlias = tuple[Span | None, str | None]
"""The span in the copy, or the reason why it is lost."""


class _Carrier(Protocol):
    def carry(self, span: Span) -> _Carried: ...
    def paragraph(self, paragraph: Paragraph) -> AttachedParagraph: ...


@attrs.frozen(kw_only=True, repr=False)
class AttachedArticle:
    """An article and a copy of its text, as returned by `attach`.

    Attributes:
        article: The article; its spans are offsets into the source.
        text: The copy.
        exact: Whether the copy equals the source, character for character.
        sentences: The sentences of the source with their spans in the copy, in the order of the source.
        paragraphs: The paragraphs of the source with their states in the copy, in the order of the source.
    """

    article: Article
    text: str
    exact: bool
    sentences: tuple[AttachedSentence, ...]
    paragraphs: tuple[AttachedParagraph, ...]
    _carrier: _Carrier = attrs.field(eq=False)

    def locate(self, span: Span) -> Span | None:
        """Transfer a span of the source to the copy.

        Args:
            span: A span of the source, in code points.

        Returns:
            The span in the copy, whose words have the same normalised form; None when it is lost.
        """
        return self._carrier.carry(span)[0]

    def text_of(self, record: Record | Span) -> str | None:
        """Return the words of the copy for a record or a span of the source.

        Args:
            record: The record or span. The evidence of an event, a relation or a claim is joined by " … ".

        Returns:
            The words, spelt as in the copy; None when a span is lost or the record has no span.
        """
        argument("record", record, (Record, Span), "a record or a Span")
        spans = (record,) if isinstance(record, Span) else evidence_of(record)
        places = [self.locate(span) for span in spans]
        words = [self.text[place.start : place.end] for place in places if place is not None]
        return " … ".join(words) if words and None not in places else None

    @property
    def lost(self) -> tuple[LostSpan, ...]:
        """Every lost span of a record, in the order of the tables."""
        return tuple(
            LostSpan(record=record.id, span=span, reason=reason)
            for _, record, span in self._record_spans()
            if (reason := self._carrier.carry(span)[1]) is not None
        )

    def _record_spans(self) -> Iterator[tuple[str, Record, Span]]:
        for name, table in self.article.tables.items():
            for record in table:
                for span in spans_of(record):
                    yield name, record, span

    @property
    def coverage(self) -> Coverage:
        """The shares of sentences, paragraphs and spans found."""
        counts: dict[str, list[bool]] = {name: [] for name in self.article.tables if name in PLACED}
        for name, _, span in self._record_spans():
            counts[name].append(self.locate(span) is not None)
        return Coverage(
            sentences=_share(sentence.span is not None for sentence in self.sentences),
            paragraphs=_share(paragraph.span is not None for paragraph in self.paragraphs),
            spans={name: _share(iter(found)) for name, found in counts.items()},
        )

    def to_article(self, *, with_text: bool = True) -> Article:
        """Return an article whose source is the copy and whose offsets refer to it.

        It contains the records whose spans are all transferred, and the references between them. A claim that lost a
        part of its evidence, a cue or a hedge is left out, and so is an event, a relation or a quantity that no
        remaining claim carries. The reasons are in `lost`.

        Args:
            with_text: Whether to store the copy as `source.text`. Check that you may before writing it to a file.
        """
        places = [each.span for each in self.sentences]
        return rebasing.rebase(self.article, self.text, self.locate, places, with_text=with_text)

    def __repr__(self) -> str:
        """Return the id and the share of sentences found."""
        found = _share(sentence.span is not None for sentence in self.sentences)
        how = "exact copy" if self.exact else f"sentences found: {found}"
        return f"<AttachedArticle {self.article.id}: {how}>"

    def _repr_html_(self) -> str:
        # Imported here because attaching does not need these modules.
        from html import escape

        from oped_dataset.notebook import article_head, grid

        how = "exact copy" if self.exact else "another copy"
        coverage = self.coverage
        shares = {"sentences": coverage.sentences, "paragraphs": coverage.paragraphs} | coverage.spans
        rows = [[escape(name), escape(str(share))] for name, share in shares.items()]
        return f"<div>{article_head(self.article)}<div>{how}</div>{grid(rows, caption='found in the copy')}</div>"


def _share(found: Iterator[bool]) -> Share:
    flags = list(found)
    return Share(sum(flags), len(flags))


def attach(article: Article, text: str) -> AttachedArticle:
    """Find the annotation of an article in a copy of its text.

    An exact copy is recognised by its SHA-256. In any other copy, sentences are found by their digests, in any order
    and with anything between them, and spans are transferred inside them.

    Args:
        article: The article.
        text: The reader's copy.

    Raises:
        NotAttachable: `text` is not a str or is blank, or the digests use a normal form that this package does not
            know.
    """
    if not isinstance(text, str):
        raise NotAttachable(f"the copy must be str, not {type(text).__name__}; for a file, use attach_path")
    if not text.strip():
        raise NotAttachable("the copy is blank")
    source = article.source
    carrier: _Carrier
    if len(text) == source.length and text_digest(text) == source.sha256:
        carrier = _Exact(len(text))
    elif source.canonicalisation != NORMAL_FORM:
        raise NotAttachable(
            f"the digests of {quoted(article.id)} use the normal form {quoted(source.canonicalisation)}, but this "
            f"package knows only {NORMAL_FORM!r}; attach an exact copy"
        )
    else:
        carrier = _BySentences(article, text)
    return AttachedArticle(
        article=article,
        text=text,
        exact=isinstance(carrier, _Exact),
        sentences=tuple(
            AttachedSentence(sentence=sentence, span=span, reason=reason)
            for sentence in source.sentences
            for span, reason in [carrier.carry(sentence.span)]
        ),
        paragraphs=tuple(carrier.paragraph(paragraph) for paragraph in source.paragraphs),
        carrier=carrier,
    )


def attach_path(
    article: Article, path: str | os.PathLike[str], *, encoding: str | None = None, html: bool | None = None
) -> AttachedArticle:
    """Find the annotation of an article in a copy that is a file.

    Args:
        article: The article.
        path: The file. The main text of a web page is extracted first, and offsets refer to that.
        encoding: Its encoding. None uses the byte order mark; without one, the encoding that a web page declares;
            otherwise UTF-8.
        html: Whether it is a web page. None decides by the file's name and first characters.

    Raises:
        ArticleFileNotFound: The file does not exist.
        ArticleFileError: The file cannot be read.
        NotAttachable: The file cannot be decoded, or is a web page without text.
        MissingExtra: The file is a web page and the extra `html` is not installed.
    """
    return attach(article, read_copy(path, encoding=encoding, html=html))


# Transferring spans.


@attrs.frozen
class _Exact:
    """Transfers spans to an exact copy, where they stay unchanged."""

    length: int

    def carry(self, span: Span) -> _Carried:
        return (span, None) if span.end <= self.length else (None, BEYOND)

    def paragraph(self, paragraph: Paragraph) -> AttachedParagraph:
        return AttachedParagraph(paragraph=paragraph, span=paragraph.span, state="intact")


@attrs.frozen
class _Stretch:
    """A sentence, or a heading that is not a sentence, and its match in the copy."""

    span: Span
    shifts: Alignment | None
    found: Found | None
    reason: str | None

    def part(self, span: Span) -> _Carried:
        """Transfer a span inside it."""
        if self.found is None:
            return None, self.reason
        if span == self.span:
            return Span(*self.found.place), None
        if self.shifts is None:
            return None, UNKNOWN_SHIFTS
        normal = self.shifts.forward(span.start - self.span.start, span.end - self.span.start)
        place = self.found.part(*normal) if normal is not None else None
        return (Span(*place), None) if place is not None else (None, INSIDE_A_CHARACTER)


class _BySentences:
    """Transfers spans to a copy that differs, by the sentences found in it."""

    def __init__(self, article: Article, copy: str) -> None:
        self._source = article.source
        self._copy = copy
        self._stretches = _find_stretches(article, copy)
        self._starts = [stretch.span.start for stretch in self._stretches]
        self._places = _places(stretch.span for stretch in self._stretches)
        self._paragraphs = _places(each.span for each in self._source.paragraphs)
        self._intact = {each.span for each in self._source.paragraphs if self.paragraph(each).span is not None}
        # The indices of the lost sentences, and of those that something separates from the next one, so that the time
        # for a span does not depend on the number of sentences in it.
        pairs = list(enumerate(pairwise(self._stretches)))
        self._lost = [index for index, each in enumerate(self._stretches) if each.found is None]
        self._apart = [index for index, (one, two) in pairs if not self._are_adjacent(one, two)]
        self._unknown = [index for index, (one, two) in pairs if not self._blank_between(one.span.end, two.span.start)]

    def carry(self, span: Span) -> _Carried:
        # Spans are half-open, so the last character is one before the end.
        first, last = self._index(span.start), self._index(span.end - 1)
        if first is None or last is None:
            return None, OUTSIDE
        if first == last:
            return self._stretches[first].part(span)
        return self._across(span, first, last)

    def _index(self, offset: int) -> int | None:
        index = bisect_right(self._starts, offset) - 1
        return index if index >= 0 and self._stretches[index].span.covers(offset) else None

    def _across(self, span: Span, first: int, last: int) -> _Carried:
        lost = _first_from(self._lost, first)
        if lost <= last:
            return None, self._stretches[lost].reason
        if _first_from(self._apart, first) < last:
            return None, APART
        if _first_from(self._unknown, first) < last:
            return None, UNKNOWN_BETWEEN
        one, two = self._stretches[first], self._stretches[last]
        head, reason = one.part(Span(span.start, one.span.end))
        tail, other_reason = two.part(Span(two.span.start, span.end))
        if head is None or tail is None:
            return None, reason or other_reason
        return Span(head.start, tail.end), None

    def _are_adjacent(self, one: _Stretch, two: _Stretch) -> bool:
        """Whether two are found, with only whitespace and the marks of quoted lines between them in the copy."""
        if one.found is None or two.found is None:
            return False
        end, start = one.found.place[1], two.found.place[0]
        return end <= start and GAP.fullmatch(self._copy, end, start) is not None

    def _blank_between(self, end: int, start: int) -> bool:
        """Whether only whitespace separates two sentences of the source."""
        if start == end:
            return True
        if self._source.text is not None:
            return is_blank(self._source.text, end, start)
        # An intact paragraph has no words between its sentences, because its digest covers all of its words.
        touched = (self._source.paragraphs[index].span for index in self._paragraphs.touching(end, start))
        return bool(self._source.paragraphs) and all(span in self._intact for span in touched)

    def paragraph(self, paragraph: Paragraph) -> AttachedParagraph:
        touched = self._places.touching(paragraph.span.start, paragraph.span.end)
        inside = [self._stretches[at] for at in touched if paragraph.span.contains(self._stretches[at].span)]
        place = self._whole(paragraph, inside)
        found = any(stretch.found is not None for stretch in inside)
        state = "intact" if place is not None else "changed" if found else "missing"
        return AttachedParagraph(paragraph=paragraph, span=place, state=state)

    def _whole(self, paragraph: Paragraph, inside: Sequence[_Stretch]) -> Span | None:
        found = [stretch.found for stretch in inside if stretch.found is not None]
        if not inside or len(found) < len(inside):
            return None
        if not all(self._are_adjacent(one, two) for one, two in pairwise(inside)):
            return None
        gaps = ["" if one.span.end == two.span.start else " " for one, two in pairwise(inside)]
        words = "".join(gap + each.words for gap, each in zip(["", *gaps], found, strict=True))
        place = Span(found[0].place[0], found[-1].place[1])
        return place if normal_digest(words) == paragraph.digest else None


def _first_from(indices: Sequence[int], first: int) -> int:
    """Return the first of some sorted indices that is not before another one; without any, a number after them all."""
    at = bisect_left(indices, first)
    return indices[at] if at < len(indices) else sys.maxsize


def _places(spans: Iterable[Span]) -> Stretches:
    return Stretches((span.start, span.end) for span in spans)


_Known: TypeAlias = tuple[Span, Alignment | None, Unit]


def _find_stretches(article: Article, copy: str) -> list[_Stretch]:
    """Search a copy for the sentences of an article and for the headings that no sentence covers."""
    known: list[_Known] = [_sentence_unit(sentence, article.source.text) for sentence in article.source.sentences]
    sentences = Cover((sentence.span.start, sentence.span.end) for sentence in article.source.sentences)
    for heading in article.headings:
        if not sentences.touches(heading.span.start, heading.span.end):
            normal, shifts = align(heading.text)
            known.append((heading.span, shifts, Unit(normal_digest(normal), len(normal))))
    known.sort(key=lambda item: item[0].start)
    located = search([unit for _, _, unit in known], copy)
    return [
        _Stretch(span, shifts, found, reason) for (span, shifts, _), (found, reason) in zip(known, located, strict=True)
    ]


def _sentence_unit(sentence: Sentence, text: str | None) -> _Known:
    shifts = None
    if sentence.shifts is not None:
        shifts = Alignment((shift.at, shift.length, shift.normal) for shift in sentence.shifts)
    elif text is not None:
        shifts = align(text[sentence.span.start : sentence.span.end])[1]
    # Without shifts, the digest is found only if the normalised form is as long as the sentence.
    length = sentence.span.length + (shifts.growth if shifts is not None else 0)
    return sentence.span, shifts, Unit(sentence.digest, length)
