"""The fingerprints by which a source is found again without its text: digests of sentences and paragraphs, and shifts.

Here: computing them from the text.
Not here: the normalised form (`canonical.py`), and finding a source in a copy (`search.py`).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
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

# These are the line boundaries of `str.splitlines`.
_LINE: Final = re.compile("[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")


def fingerprint(article: Article, text: str) -> Article:
    """Return an article with the digests and shifts by which its text is found in other copies.

    Its present digests, shifts and paragraphs are replaced; everything else is kept. The text itself is not added.

    Args:
        article: An article whose sentences have spans.
        text: The text that the article annotates.

    Raises:
        InvalidRecord: The text is not the source of the article.
    """
    source = article.source
    if len(text) != source.length or text_digest(text) != source.sha256:
        raise InvalidRecord(f"the text is not the source of {quoted(article.id)}: it has a different length or SHA-256")
    sentences = tuple(with_digest(sentence, text) for sentence in source.sentences)
    paragraphs = paragraphs_of(text, (sentence.span for sentence in sentences))
    changed = attrs.evolve(source, sentences=sentences, paragraphs=paragraphs, canonicalisation=NORMAL_FORM)
    return attrs.evolve(article, source=changed)


def with_digest(sentence: Sentence, text: str) -> Sentence:
    """Return a sentence with the digest and shifts of its words in a text."""
    words = text[sentence.span.start : sentence.span.end]
    return attrs.evolve(sentence, digest=sentence_digest(words), shifts=shifts_of(words))


def shifts_of(words: str) -> tuple[Shift, ...]:
    """Find where a sentence and its normalised form do not correspond character by character."""
    return tuple(Shift(at=at, length=length, normal=normal) for at, length, normal in align(words)[1].blocks)


def paragraphs_of(text: str, sentences: Iterable[Span] = ()) -> tuple[Paragraph, ...]:
    r"""Find the paragraphs of a text: its non-blank lines, joined where a sentence continues on the next line.

    Example:
        >>> [paragraph.span for paragraph in paragraphs_of("One.\n\n  Two. ")]
        [Span(start=0, end=4), Span(start=8, end=12)]
    """
    return tuple(
        Paragraph(span=span, digest=sentence_digest(text[span.start : span.end]))
        for span in _find_paragraphs(text, list(sentences))
    )


def _find_paragraphs(text: str, sentences: list[Span]) -> list[Span]:
    starts = [sentence.start for sentence in sentences]
    found: list[Span] = []
    for line in _LINE.finditer(text):
        words = line[0].strip()
        # A line of invisible characters is blank too.
        if normalise(words):
            start = line.start() + len(line[0]) - len(line[0].lstrip())
            before = bisect_right(starts, start - 1) - 1
            continues = bool(found) and before >= 0 and sentences[before].end > start
            first = found.pop().start if continues else start
            found.append(Span(first, start + len(words)))
    return found
