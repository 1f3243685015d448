"""The text of an article, for formats that need it.

Here: the choice of the text, and the check that it is the annotated one.
Not here: attaching the annotation to another copy (`text/attachment.py`).
"""

from __future__ import annotations

from oped_dataset.errors import TextNeeded
from oped_dataset.messages import quoted
from oped_dataset.model.article import Article
from oped_dataset.text.canonical import text_digest


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
