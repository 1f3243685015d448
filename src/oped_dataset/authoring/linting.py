"""`lint`: what a complete annotation would have, beside what `validate` demands.

Here: running the checks.
Not here: the checks (`gaps.py`, `guidelines.py`) and what the codes mean (`lint_codes.py`).
"""

from __future__ import annotations

from oped_dataset.arguments import argument
from oped_dataset.authoring.drafts import Draft
from oped_dataset.authoring.gaps import GAPS
from oped_dataset.authoring.guidelines import GUIDELINES
from oped_dataset.authoring.sheet import Sheet
from oped_dataset.errors import InvalidRecord, Report
from oped_dataset.model.article import Article
from oped_dataset.text.canonical import text_digest


def lint(article: Article | Draft, text: str | None = None) -> Report:
    """List what a complete annotation would not leave out, and what breaks the annotation guidelines.

    Everything in the report is a warning with a code of its own, `LINT-…`, and `span`, its place in the text; nothing
    of it makes an article invalid. A warning may be wrong: the page of the codes says when to leave it.

    Args:
        article: An article or a draft; rules between its records may be broken.
        text: Its text, exactly as annotated; not needed where the article holds it. Without any, or where the article
            holds another one, the checks that need a text are left out.

    Raises:
        InvalidRecord: An argument is of another type, or `text` is another text.

    Example:
        >>> from oped_dataset import load
        >>> print(lint(load("harbour-toll")))
        no problems
    """
    argument("article", article, (Article, Draft), "an Article or a Draft")
    argument("text", text, (str, type(None)), "str or None")
    draft = article if isinstance(article, Draft) else Draft(article=article)
    source = draft.article.source
    words = source.text if text is None else text
    fits = words is not None and len(words) == source.length and text_digest(words) == source.sha256
    if text is not None and not fits:
        message = f"text: is not the source of {draft.article.id!r}: it has another length or SHA-256"
        raise InvalidRecord(message, "text")
    sheet = Sheet(draft=draft, text=words if words is not None and fits else "")
    return Report.of(warning for check in (*GAPS, *GUIDELINES) for warning in sheet.run(check))
