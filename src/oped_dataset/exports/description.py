"""The description of an exported article for catalogues of data sets.

Here: the two versions in every export, and the keywords and description shared by the metadata formats.
Not here: the metadata formats (`datapackage.py`, `croissant.py`, `huggingface.py`).
"""

from __future__ import annotations

from typing import Final

from oped_dataset.model.article import Article
from oped_dataset.version import DISTRIBUTION, __version__

KEYWORDS: Final = ("annotation", "argumentation", "attribution", "claims", "factuality", "op-ed", "stand-off")
"""The keywords for catalogues."""


def versions(article: Article) -> dict[str, str]:
    """The versions of the data and of the code, which every export contains.

    Args:
        article: The article.
    """
    return {"data_version": article.data_version, "code_version": __version__}


def description(article: Article) -> str:
    """Describe the tables of an article.

    Args:
        article: The article.
    """
    return (
        f"Annotation of “{article.title}” ({article.published.isoformat()}): who says what, how surely, and on whose "
        "word. Nothing in it is a fact; every claim, event and relation is only said by the voices beside it. "
        f"Data version {article.data_version}, written by {DISTRIBUTION} {__version__}."
    )
