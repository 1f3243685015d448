"""An article together with a reader's own copy of its text, and every place carried over to that copy.

Here: `attach`, what was found and what was lost, and the carrying of single spans.
Not here: finding sentences (`search.py`), reading files (`copies.py`), the article in the copy's offsets
(`rebasing.py`).

Nothing is guessed: a span is carried over only inside words whose digest proves them to be the source's, and what is
not carried over is listed with the reason.
"""

from __future__ import annotations

import os
from bisect import bisect_right
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
    Source,
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
    normal_digest,
    normalise,
    text_digest,
)
from oped_dataset.text.copies import read_copy
from oped_dataset.text.search import Found, Unit, search

OUTSIDE: Final = "it lies outside every sentence and heading"
INSIDE_A_CHARACTER: Final = "it begins or ends inside what is one character on the other side"
UNKNOWN_SHIFTS: Final = "where the normal form of its sentence is not one character for one is not known"
APART: Final = "it runs over sentences that are not side by side in the copy"
UNKNOWN_BETWEEN: Final = "what stands between its sentences in the source is not known"
BEYOND: Final = "it ends beyond the text"


@attrs.frozen(kw_only=True)
class AttachedSentence:
    """A sentence of the source and its place in the copy.

    Attributes:
        sentence: The sentence.
        span: Where it stands in the copy, or None when it is lost.
        reason: Why it is lost, or None.
    """

    sentence: Sentence
    span: Span | None
    reason: str | None = None


@attrs.frozen(kw_only=True)
class AttachedParagraph:
    """A paragraph of the source and what became of it, so that an edit is narrowed down to a place.

    Attributes:
        paragraph: The paragraph.
        span: Where it stands in the copy when it is intact, else None.
        state: "intact" when its digest is that of the words in the copy; "changed" when only some of its sentences
            are found, or something stands between them; "missing" when none is found.
    """

    paragraph: Paragraph
    span: Span | None
    state: str


@attrs.frozen(kw_only=True)
class LostSpan:
    """A place of a record that could not be carried over.

    Attributes:
        record: The id of the record.
        span: The place, in the source.
        reason: Why it is lost.
    """

    record: str
    span: Span
    reason: str


@attrs.frozen
class Share:
    """How many of all.

    Attributes:
        found: How many.
        total: Of how many.
    """

    found: int
    total: int

    @property
    def share(self) -> float | None:
        """The part found, from 0 to 1; None where there is nothing to find."""
        return self.found / self.total if self.total else None

    @property
    def percentage(self) -> str:
        """The part found, in words; "n/a" where there is nothing to find."""
        return "n/a" if self.share is None else f"{self.share:.1%}"

    def __str__(self) -> str:
        """Show both numbers and the percentage."""
        return f"{self.found} of {self.total} ({self.percentage})"


@attrs.frozen(kw_only=True)
class Coverage:
    """How much of an article was carried over.

    Attributes:
        sentences: The sentences found.
        paragraphs: The paragraphs found intact.
        spans: For each table with places in the text: the spans carried over.
    """

    sentences: Share
    paragraphs: Share
    spans: dict[str, Share]

    def __str__(self) -> str:
        """List all shares one a line."""
        shares = {"sentences": self.sentences, "paragraphs": self.paragraphs} | self.spans
        return "\n".join(f"{name}: {share}" for name, share in shares.items())


_Carried: TypeAlias = tuple[Span | None, str | None]
"""The place in the copy, or the reason why there is none."""


class _Carrier(Protocol):
    def carry(self, span: Span) -> _Carried: ...
    def paragraph(self, paragraph: Paragraph) -> AttachedParagraph: ...


@attrs.frozen(kw_only=True, repr=False)
class AttachedArticle:
    """An article and a copy of its text. Made by `attach`.

    Attributes:
        article: The article; its spans count in the source.
        text: The copy.
        exact: Whether the copy is the source itself, character for character.
        sentences: The sentences of the source with their places in the copy, in the order of the source.
        paragraphs: The same for paragraphs.
    """

    article: Article
    text: str
    exact: bool
    sentences: tuple[AttachedSentence, ...]
    paragraphs: tuple[AttachedParagraph, ...]
    _carrier: _Carrier = attrs.field(eq=False)

    def locate(self, span: Span) -> Span | None:
        """Find the place in the copy that a span of the source stands for.

        Args:
            span: A place in the source, in code points.

        Returns:
            The place in the copy, which has the same words in the normal form; None when it is lost.
        """
        return self._carrier.carry(span)[0]

    def text_of(self, record: Record | Span) -> str | None:
        """Read the words of a record, or at a span of the source, in the copy.

        Args:
            record: For an event, a relation or a claim, its evidence is read, pieces being joined by " … ".

        Returns:
            The words as they stand in the copy; None when a part is lost or the record has no place in the text.
        """
        argument("record", record, (Record, Span), "a record or a Span")
        spans = (record,) if isinstance(record, Span) else evidence_of(record)
        places = [self.locate(span) for span in spans]
        words = [self.text[place.start : place.end] for place in places if place is not None]
        return " … ".join(words) if words and None not in places else None

    @property
    def lost(self) -> tuple[LostSpan, ...]:
        """Every span of a record that is not carried over, in the order of the tables."""
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
        """How much is carried over."""
        counts: dict[str, list[bool]] = {name: [] for name in self.article.tables if name in PLACED}
        for name, _, span in self._record_spans():
            counts[name].append(self.locate(span) is not None)
        return Coverage(
            sentences=_share(sentence.span is not None for sentence in self.sentences),
            paragraphs=_share(paragraph.span is not None for paragraph in self.paragraphs),
            spans={name: _share(iter(found)) for name, found in counts.items()},
        )

    def to_article(self, *, with_text: bool = True) -> Article:
        """Make the article whose source is the copy, so that all its offsets count there.

        It holds the records that are carried over whole, and of the ties between records those whose both ends are
        there: a claim that has lost a part of its evidence, a cue or a hedge is left out, and so is an event, a
        relation or a quantity without a claim. What is left out can be told from `lost`.

        Args:
            with_text: Whether `source.text` is the copy. Mind its rights before writing such an article to a file.
        """
        places = [each.span for each in self.sentences]
        return rebasing.rebased(self.article, self.text, self.locate, places, with_text=with_text)

    def __repr__(self) -> str:
        """Show the id and how much was found."""
        found = _share(sentence.span is not None for sentence in self.sentences)
        how = "exact copy" if self.exact else f"sentences found: {found}"
        return f"<AttachedArticle {self.article.id}: {how}>"

    def _repr_html_(self) -> str:
        # Only for speed: attaching needs none of it.
        from html import escape

        from oped_dataset.notebook import article_head, grid

        how = "exact copy" if self.exact else "another copy"
        coverage = self.coverage
        shares = {"sentences": coverage.sentences, "paragraphs": coverage.paragraphs} | coverage.spans
        rows = [[escape(name), escape(str(share))] for name, share in shares.items()]
        return f"<div>{article_head(self.article)}<div>{how}</div>{grid(rows, caption='found or carried over')}</div>"


def _share(found: Iterator[bool]) -> Share:
    flags = list(found)
    return Share(sum(flags), len(flags))


def attach(article: Article, text: str) -> AttachedArticle:
    """Carry an article over to a copy of its text.

    An exact copy is known by its digest. In any other, sentences are found by the digests of their normal forms,
    whatever stands between them and in whatever order, and spans are carried over inside them.

    Args:
        article: The article.
        text: The reader's copy.

    Raises:
        NotAttachable: `text` is no str or blank, or the digests are of a normal form this package does not know.
    """
    if not isinstance(text, str):
        raise NotAttachable(f"the copy must be str, not {type(text).__name__}; for a file there is attach_path")
    if not text.strip():
        raise NotAttachable("the copy is blank")
    source = article.source
    carrier: _Carrier
    if len(text) == source.length and text_digest(text) == source.sha256:
        carrier = _Exact(len(text))
    elif source.canonicalisation != NORMAL_FORM:
        raise NotAttachable(
            f"the digests of {quoted(article.id)} are of the normal form {quoted(source.canonicalisation)}, and this "
            f"package knows {NORMAL_FORM!r}; only an exact copy can be attached"
        )
    else:
        carrier = _BySentences(article, text)
    return AttachedArticle(
        article=article,
        text=text,
        exact=isinstance(carrier, _Exact),
        sentences=tuple(_attached(sentence, carrier) for sentence in source.sentences),
        paragraphs=tuple(carrier.paragraph(paragraph) for paragraph in source.paragraphs),
        carrier=carrier,
    )


def _attached(sentence: Sentence, carrier: _Carrier) -> AttachedSentence:
    span, reason = carrier.carry(sentence.span)
    return AttachedSentence(sentence=sentence, span=span, reason=reason)


def attach_path(
    article: Article, path: str | os.PathLike[str], *, encoding: str | None = None, html: bool | None = None
) -> AttachedArticle:
    """Carry an article over to a copy in a file.

    Args:
        article: The article.
        path: The file. Of a web page, the main text is taken out first, and the offsets count in that.
        encoding: Its encoding; when None, that of its byte order mark, else UTF-8, or for HTML what the page says.
        html: Whether it is a web page; when None, told by the file's name or its first characters.

    Raises:
        ArticleFileNotFound: There is no such file.
        ArticleFileError: It cannot be read.
        NotAttachable: It cannot be decoded, or is a web page without text.
        MissingExtra: It is a web page and the extra `html` is not installed.
    """
    return attach(article, read_copy(path, encoding=encoding, html=html))


# Carrying places over.


@attrs.frozen
class _Exact:
    """Carries over to the source itself."""

    length: int

    def carry(self, span: Span) -> _Carried:
        return (span, None) if span.end <= self.length else (None, BEYOND)

    def paragraph(self, paragraph: Paragraph) -> AttachedParagraph:
        return AttachedParagraph(paragraph=paragraph, span=paragraph.span, state="intact")


@attrs.frozen
class _Stretch:
    """A sentence, or a heading that is none, and what is known of its place in the copy."""

    span: Span
    shifts: Alignment | None
    found: Found | None
    reason: str | None

    def part(self, span: Span) -> _Carried:
        """Carry over a span that lies in it."""
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
    """Carries over to a copy in which sentences were found."""

    def __init__(self, article: Article, copy: str) -> None:
        self._source = article.source
        self._copy = copy
        self._stretches = _stretches(article, copy)
        self._starts = [stretch.span.start for stretch in self._stretches]
        self._places = _places(stretch.span for stretch in self._stretches)
        self._paragraphs = _places(each.span for each in self._source.paragraphs)
        self._intact = {each.span for each in self._source.paragraphs if self.paragraph(each).span is not None}

    def carry(self, span: Span) -> _Carried:
        first, last = self._index(span.start), self._index(span.end - 1)
        if first is None or last is None:
            return None, OUTSIDE
        if first == last:
            return self._stretches[first].part(span)
        return self._across(span, self._stretches[first : last + 1])

    def _index(self, offset: int) -> int | None:
        index = bisect_right(self._starts, offset) - 1
        return index if index >= 0 and self._stretches[index].span.covers(offset) else None

    def _across(self, span: Span, stretches: Sequence[_Stretch]) -> _Carried:
        lost = next((stretch.reason for stretch in stretches if stretch.found is None), None)
        if lost is not None:
            return None, lost
        if not self._side_by_side(stretches):
            return None, APART
        if not all(self._blank_between(one.span.end, two.span.start) for one, two in pairwise(stretches)):
            return None, UNKNOWN_BETWEEN
        head, reason = stretches[0].part(Span(span.start, stretches[0].span.end))
        tail, other_reason = stretches[-1].part(Span(stretches[-1].span.start, span.end))
        if head is None or tail is None:
            return None, reason or other_reason
        return Span(head.start, tail.end), None

    def _side_by_side(self, stretches: Sequence[_Stretch]) -> bool:
        """Whether nothing but white space stands between them in the copy, as far as they are found."""
        places = [stretch.found.place for stretch in stretches if stretch.found is not None]
        gaps = [(one[1], two[0]) for one, two in pairwise(places)]
        return all(end <= start and not normalise(self._copy[end:start]) for end, start in gaps)

    def _blank_between(self, end: int, start: int) -> bool:
        """Whether nothing but white space stands between two sentences of the source."""
        if start == end:
            return True
        if self._source.text is not None:
            return not normalise(self._source.text[end:start])
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
        if not self._side_by_side(inside):
            return None
        gaps = ["" if one.span.end == two.span.start else " " for one, two in pairwise(inside)]
        words = "".join(gap + each.words for gap, each in zip(["", *gaps], found, strict=True))
        place = Span(found[0].place[0], found[-1].place[1])
        return place if normal_digest(words) == paragraph.digest else None


def _places(spans: Iterable[Span]) -> Stretches:
    return Stretches((span.start, span.end) for span in spans)


def _stretches(article: Article, copy: str) -> list[_Stretch]:
    known = [*_sentence_units(article.source), *_heading_units(article)]
    known.sort(key=lambda item: item[0].start)
    located = search([unit for _, _, unit in known], copy)
    return [
        _Stretch(span, shifts, found, reason) for (span, shifts, _), (found, reason) in zip(known, located, strict=True)
    ]


_Known: TypeAlias = tuple[Span, Alignment | None, Unit]


def _sentence_units(source: Source) -> Iterator[_Known]:
    for sentence in source.sentences:
        shifts = _shifts(sentence, source.text)
        # Where the shifts are unknown, the length of the normal form is taken for that of the sentence: only if this
        # is so will the digest be found.
        length = sentence.span.length + (shifts.growth if shifts is not None else 0)
        yield sentence.span, shifts, Unit(sentence.digest, length)


def _shifts(sentence: Sentence, text: str | None) -> Alignment | None:
    if sentence.shifts is not None:
        return Alignment((shift.at, shift.length, shift.normal) for shift in sentence.shifts)
    return align(text[sentence.span.start : sentence.span.end])[1] if text is not None else None


def _heading_units(article: Article) -> Iterator[_Known]:
    """The headings that are not covered by sentences; their words are part of the dataset."""
    sentences = Cover((sentence.span.start, sentence.span.end) for sentence in article.source.sentences)
    for heading in article.headings:
        if not sentences.touches(heading.span.start, heading.span.end):
            normal, shifts = align(heading.text)
            yield heading.span, shifts, Unit(normal_digest(normal), len(normal))
