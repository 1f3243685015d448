"""`lint`: warnings about gaps in an annotation, in addition to the rules of `validate`.

Here: running the checks.
Not here: the checks (`gaps.py`, `guidelines.py`) and the meaning of the codes (`lint_codes.py`).
"""

from __future__ import annotations

from oped_dataset.authoring.drafts import Draft
from oped_dataset.authoring.gaps import GAPS
from oped_dataset.authoring.guidelines import GUIDELINES
from oped_dataset.authoring.sheet import Sheet
from oped_dataset.errors import InvalidRecord, Report
from oped_dataset.model.article import Article
from oped_dataset.text.canonical import text_digest


def lint(article: Article | Draft, text: str | None = None) -> Report:
    """Report gaps in an annotation, and violations of the annotation guidelines.

    The report contains only warnings, with codes `LINT-…` and their `span` in the text; they do not make an article
    invalid. A warning can be wrong: the page of the codes says when to ignore it.

    Args:
        article: An article or a draft, which may break rules between records.
        text: Its text, exactly as annotated; not needed if the article contains it. Without the annotated text, the
            checks that need it are skipped.

    Raises:
        InvalidRecord: `text` is not the annotated text.

    Example:
        >>> from oped_dataset import load
        >>> print(lint(load("harbour-toll")))
        no problems
    """
    draft = article if isinstance(article, Draft) else Draft(article=article)
    source = draft.article.source
    words = source.text if text is None else text
    fits = words is not None and len(words) == source.length and text_digest(words) == source.sha256
    if text is not None and not fits:
        message = f"text: is not the annotated text of {draft.article.id!r}: its length or SHA-256 differs"
        raise InvalidRecord(message, "text")
    sheet = Sheet(draft=draft, text=words if words is not None and fits else "")
    return Report.of(warning for check in (*GAPS, *GUIDELINES) for warning in sheet.run(check))
