"""What lets a source be found again without its text: the digests of its sentences and paragraphs, and the shifts.

Here: making them from the text, and comparing them with it.
Not here: the normal form (`canonical.py`) and finding a source in a copy (`search.py`).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import Final

import attrs

from oped_dataset.errors import InvalidRecord
from oped_dataset.messages import quoted
from oped_dataset.model.article import Article
from oped_dataset.model.records import (
    Paragraph,
    Sentence,
    Shift,
    Span,
)
from oped_dataset.text.alignment import align
from oped_dataset.text.canonical import (
    NORMAL_FORM,
    normalise,
    sentence_digest,
    text_digest,
)

_LINE: Final = re.compile("[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")


def fingerprint(article: Article, text: str) -> Article:
    """Give an article the digests and shifts by which its text is found again in other copies.

    What the article says already about the text is replaced, and all else is kept. The text itself is not added.

    Args:
        article: An article whose sentences have their spans.
        text: The very text it is an annotation of.

    Raises:
        InvalidRecord: The text is another one.
    """
    source = article.source
    if len(text) != source.length or text_digest(text) != source.sha256:
        raise InvalidRecord(f"the text is not the source of {quoted(article.id)}: it has another length or SHA-256")
    sentences = tuple(_fingerprinted(sentence, text) for sentence in source.sentences)
    paragraphs = paragraphs_of(text, (sentence.span for sentence in sentences))
    changed = attrs.evolve(source, sentences=sentences, paragraphs=paragraphs, canonicalisation=NORMAL_FORM)
    return attrs.evolve(article, source=changed)


def _fingerprinted(sentence: Sentence, text: str) -> Sentence:
    words = text[sentence.span.start : sentence.span.end]
    return attrs.evolve(sentence, digest=sentence_digest(words), shifts=shifts_of(words))


def shifts_of(words: str) -> tuple[Shift, ...]:
    """Find where the normal form of a sentence is not one character for one."""
    return tuple(Shift(at=at, length=length, normal=normal) for at, length, normal in align(words)[1].blocks)


def paragraphs_of(text: str, sentences: Iterable[Span] = ()) -> tuple[Paragraph, ...]:
    r"""Find the paragraphs of a text: its lines that are not blank, joined where a sentence goes on.

    Example:
        >>> [paragraph.span for paragraph in paragraphs_of("One.\n\n  Two. ")]
        [Span(start=0, end=4), Span(start=8, end=12)]
    """
    return tuple(
        Paragraph(span=span, digest=sentence_digest(text[span.start : span.end]))
        for span in _joined(_lines(text), list(sentences))
    )


def _lines(text: str) -> Iterator[Span]:
    for line in _LINE.finditer(text):
        words = line[0].strip()
        if normalise(words):
            start = line.start() + len(line[0]) - len(line[0].lstrip())
            yield Span(start, start + len(words))


def _joined(lines: Iterable[Span], sentences: list[Span]) -> Iterator[Span]:
    starts = [sentence.start for sentence in sentences]
    held: Span | None = None
    for line in lines:
        before = bisect_right(starts, line.start - 1) - 1
        if held is not None and before >= 0 and sentences[before].end > line.start:
            held = Span(held.start, line.end)
            continue
        if held is not None:
            yield held
        held = line
    if held is not None:
        yield held
