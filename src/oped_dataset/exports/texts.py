"""The text of an article, for the formats that cannot do without it.

Here: which text is meant, and the proof that the offsets count in it.
Not here: carrying the annotation over to another copy (`text/attachment.py`).
"""

from __future__ import annotations

from oped_dataset.errors import TextNeeded
from oped_dataset.messages import quoted
from oped_dataset.model.article import Article
from oped_dataset.text.canonical import text_digest


def text_for(article: Article, text: str | None, format_name: str) -> str:
    """Take the text given, or else the one the article holds, and check that it is the annotated one.

    Args:
        article: The article.
        text: The text as annotated, or None.
        format_name: The format that needs it, for the message.

    Raises:
        TextNeeded: There is no text, or it has not the SHA-256 the article was annotated with.
    """
    found = article.source.text if text is None else text
    if found is None:
        raise TextNeeded(
            f"{format_name} needs the text of {quoted(article.id)}, which is not part of the data; attach a copy of "
            "yours and export what comes of it: article.attach(text).to_article()"
        )
    if text_digest(found) != article.source.sha256:
        raise TextNeeded(
            f"{format_name} needs the text of {quoted(article.id)} exactly as annotated, and this one has another "
            "SHA-256; carry the annotation over to it first: article.attach(text).to_article()"
        )
    return found
