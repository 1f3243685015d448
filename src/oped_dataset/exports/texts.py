"""The text of an article, for formats that need it.

Here: the choice of the text, the check that it is the annotated one, and the limit of the words that a format repeats.
Not here: attaching the annotation to another copy (`text/attachment.py`).
"""

from __future__ import annotations

from typing import Final

from oped_dataset.errors import NotExportable, TextNeeded
from oped_dataset.messages import quoted
from oped_dataset.model.article import Article
from oped_dataset.text.canonical import text_digest

_REPEATED: Final = 16
_ALWAYS_REPEATED: Final = 100_000
"""The number of characters that a format may repeat: so many for each that it repeats, and so many in any case."""


def text_for(article: Article, text: str | None, format_name: str) -> str:
    """Return the given text, or else the text of the article, if it is the annotated one.

    Args:
        article: The article.
        text: The text as annotated, or None.
        format_name: The name of the format, for messages.

    Raises:
        TextNeeded: The text is missing, or its SHA-256 differs from that of the annotated text.
    """
    found = article.source.text if text is None else text
    if found is None:
        raise TextNeeded(
            f"{format_name} needs the text of {quoted(article.id)}, which is not part of the data; attach your copy "
            "and export the result: article.attach(text).to_article()"
        )
    if text_digest(found) != article.source.sha256:
        raise TextNeeded(
            f"{format_name} needs the text of {quoted(article.id)} exactly as annotated, but this copy has a different "
            "SHA-256; attach the annotation to it and export the result: article.attach(text).to_article()"
        )
    return found


def most_repeated(once: int) -> int:
    """Return how many characters a format may repeat, given the number of those that it takes them from."""
    return _ALWAYS_REPEATED + _REPEATED * once


def check_repeated(repeated: int, once: int, name: str) -> None:
    """Accept a format that repeats characters in proportion to the article.

    Spans may overlap, and a record may have many of them, so words repeated for each span could make a file larger than
    the article by any factor.

    Args:
        repeated: The number of characters that the format repeats.
        once: The number of characters that it takes them from.
        name: The name of the format, for the message.

    Raises:
        NotExportable: It would repeat far more characters than there are.
    """
    allowed = most_repeated(once)
    if repeated > allowed:
        raise NotExportable(
            f"{name} would repeat {repeated} characters for the spans of records, and repeats at most {allowed} here; "
            "try stam, which refers to the text by offsets"
        )
