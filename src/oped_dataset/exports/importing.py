"""Only valid articles come back from another format.

What lives here: the last step of every import, which applies the rules of article files.
What does not: the translation (the module of each format).
"""

from __future__ import annotations

from oped_dataset.codec import wire
from oped_dataset.model.article import Article
from oped_dataset.validation import rules


def article_of(data: object) -> Article:
    """Make an article of plain data with the keys of the file format.

    Raises:
        InvalidArticle: The data has not our form or breaks rules; all problems are in it.
    """
    return rules.sound(wire.from_data(data))
