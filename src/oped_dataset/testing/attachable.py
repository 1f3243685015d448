"""Whether the annotation of an article can be carried over to other copies of its text.

Here: the check that tests of published articles run.
Not here: attaching itself (`text/attachment.py`).
"""

from __future__ import annotations

from bisect import bisect_right
from typing import Final

from oped_dataset.arguments import argument
from oped_dataset.model.article import Article
from oped_dataset.model.records import Span, spans_of

_STRAIGHT: Final = str.maketrans({"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'"})
_CURLY: Final = str.maketrans({'"': "”", "'": "’"})
_SHOWN: Final = 5


def assert_attachable(article: Article, text: str | None = None) -> None:
    """Fail unless the article can be attached to another copy of its text.

    Without the text, its sentences are looked at: each record must stand inside some whose digests and shifts are
    known. With the text, a copy with other quotation marks and line ends is made and attached, and nothing may be lost.

    Args:
        article: The article.
        text: The text as annotated; None for the one that the article holds, if any.

    Raises:
        AssertionError: It cannot be attached, or not whole; the message says why and what to do.
        InvalidRecord: It is not an article.
        NotAttachable: The text is blank.

    Example:
        >>> from oped_dataset import load
        >>> assert_attachable(load("harbour-toll"))
    """
    argument("article", article, Article, "an Article")
    sentences = article.source.sentences
    if not sentences:
        raise AssertionError(
            f"{article.id!r} cannot be attached to another copy of its text: its source has no sentences; "
            "begin the annotation with oped_dataset.new_article, or add sentences and run oped_dataset.fingerprint"
        )
    unknown = [each.span for each in sentences if each.shifts is None]
    if unknown:
        raise AssertionError(
            f"{article.id!r} cannot be attached whole: the shifts of {len(unknown)} sentences are not known, first of "
            f"{_shown(unknown[0])}; run oped_dataset.fingerprint(article, text)"
        )
    places = [each.span for each in sentences]
    outside = [
        f"{record.id} at {_shown(span)}"
        for table in article.tables.values()
        for record in table
        for span in spans_of(record)
        if not (_is_inside(span.start, places) and _is_inside(span.end - 1, places))
    ]
    if outside:
        raise AssertionError(f"{article.id!r} has records outside all sentences, which are lost: {_listed(outside)}")
    words = article.source.text if text is None else text
    if words is not None:
        _attach(article, words)


def _attach(article: Article, text: str) -> None:
    straight = text.translate(_STRAIGHT)
    other = text.translate(_CURLY) if straight == text else straight
    attached = article.attach(other.replace("\r\n", "\n").replace("\n", "\r\n"))
    missing = [_shown(each.sentence.span) for each in attached.sentences if each.span is None]
    if missing:
        raise AssertionError(
            f"{article.id!r}: {len(missing)} of {len(attached.sentences)} sentences are not found in a copy with other "
            f"quotation marks: {_listed(missing)}; is it the annotated text? Else run oped_dataset.fingerprint"
        )
    lost = [f"{each.record} at {_shown(each.span)} ({each.reason})" for each in attached.lost]
    if lost:
        raise AssertionError(f"{article.id!r}: places are lost in a copy with other quotation marks: {_listed(lost)}")


def _is_inside(offset: int, places: list[Span]) -> bool:
    at = bisect_right(places, offset, key=lambda span: span.start) - 1
    return at >= 0 and places[at].covers(offset)


def _shown(span: Span) -> str:
    return f"{span.start}–{span.end}"


def _listed(found: list[str]) -> str:
    return "; ".join(found[:_SHOWN]) + (f"; and {len(found) - _SHOWN} more" if len(found) > _SHOWN else "")
