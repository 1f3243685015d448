"""Only valid articles leave for another format, and only valid ones come back from it.

What lives here: the first step of every export and the last of every import, which apply the rules of article files.
What does not: the translation (the module of each format).
"""

from __future__ import annotations

from oped_dataset import codec, validation
from oped_dataset.errors import InvalidArticle
from oped_dataset.model import Article


def article_of(data: object) -> Article:
    """Make an article of plain data with the keys of the file format.

    Raises:
        InvalidArticle: The data has not our form or breaks rules; all problems are in it.
    """
    return sound(codec.from_data(data))


def sound(article: Article) -> Article:
    """Give the article back if it keeps the rules, among them that nothing stands without a claim that carries it.

    Raises:
        InvalidArticle: It breaks rules; all problems are in it.
    """
    report = validation.check(article)
    if not report.ok:
        raise InvalidArticle(report.problems, report.omitted)
    return article
