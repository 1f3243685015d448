"""A check that the annotation of an article can be attached to other copies of its text.

Here: the assertion for the tests of published articles.
Not here: attachment itself (`text/attachment.py`).
"""

from __future__ import annotations

from bisect import bisect_right
from typing import Final

from oped_dataset.model.article import Article
from oped_dataset.model.records import Span, spans_of

_STRAIGHT: Final = str.maketrans({"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'"})
_CURLY: Final = str.maketrans({'"': "”", "'": "’"})
_SHOWN: Final = 5


def assert_attachable(article: Article, text: str | None = None) -> None:
    """Fail unless the article can be attached to another copy of its text.

    Without the text, only the sentences are checked: each record must lie inside sentences with known digests and
    shifts. With the text, a copy with different quotation marks and line ends is attached as well, and every span must
    be found in it.

    Args:
        article: The article.
        text: The text as annotated; None for the text in the article, if any.

    Raises:
        AssertionError: The article cannot be attached completely; the message gives the reason and the remedy.
        NotAttachable: The text is blank.

    Example:
        >>> from oped_dataset import load
        >>> assert_attachable(load("harbour-toll"))
    """
    sentences = article.source.sentences
    if not sentences:
        raise AssertionError(
            f"{article.id!r} cannot be attached to another copy of its text: its source has no sentences; "
            "begin the annotation with oped_dataset.new_article, or add sentences and run oped_dataset.fingerprint"
        )
    unknown = [each.span for each in sentences if each.shifts is None]
    if unknown:
        raise AssertionError(
            f"{article.id!r} cannot be attached completely: the shifts of {len(unknown)} sentences are unknown, the "
            f"first at {_format_span(unknown[0])}; run oped_dataset.fingerprint(article, text)"
        )
    spans = [each.span for each in sentences]
    outside = [
        f"{record.id} at {_format_span(span)}"
        for table in article.tables.values()
        for record in table
        for span in spans_of(record)
        if not (_is_inside(span.start, spans) and _is_inside(span.end - 1, spans))
    ]
    if outside:
        raise AssertionError(f"{article.id!r} has records outside all sentences, which are lost: {_join(outside)}")
    words = article.source.text if text is None else text
    if words is not None:
        _assert_respelt_copy_attaches(article, words)


def _assert_respelt_copy_attaches(article: Article, text: str) -> None:
    straight = text.translate(_STRAIGHT)
    other = text.translate(_CURLY) if straight == text else straight
    attached = article.attach(other.replace("\r\n", "\n").replace("\n", "\r\n"))
    missing = [_format_span(each.sentence.span) for each in attached.sentences if each.span is None]
    if missing:
        raise AssertionError(
            f"{article.id!r}: {len(missing)} of {len(attached.sentences)} sentences were not found in a copy with "
            f"different quotation marks: {_join(missing)}; check that it is the annotated text, or run "
            "oped_dataset.fingerprint"
        )
    lost = [f"{each.record} at {_format_span(each.span)} ({each.reason})" for each in attached.lost]
    if lost:
        raise AssertionError(f"{article.id!r}: spans are lost in a copy with different quotation marks: {_join(lost)}")


def _is_inside(offset: int, spans: list[Span]) -> bool:
    at = bisect_right(spans, offset, key=lambda span: span.start) - 1
    return at >= 0 and spans[at].covers(offset)


def _format_span(span: Span) -> str:
    return f"{span.start}–{span.end}"


def _join(found: list[str]) -> str:
    return "; ".join(found[:_SHOWN]) + (f"; and {len(found) - _SHOWN} more" if len(found) > _SHOWN else "")
