"""How an exported article is described to catalogues of data sets: name, licence, version.

Here: the two versions that every export carries, and what the Frictionless and the Croissant metadata say
alike.
Not here: the form each format gives it (the module of each format).
"""

from __future__ import annotations

from typing import Final

from oped_dataset.model.article import Article
from oped_dataset.version import DISTRIBUTION, __version__

KEYWORDS: Final = ("annotation", "argumentation", "attribution", "claims", "factuality", "op-ed", "stand-off")
"""Under which words catalogues list the data."""


def versions(article: Article) -> dict[str, str]:
    """What every export of an article carries, so that a file tells which data it holds and which code made it.

    Args:
        article: The article.
    """
    return {"data_version": article.data_version, "code_version": __version__}


def description(article: Article) -> str:
    """What the tables of an article are.

    Args:
        article: The article.
    """
    return (
        f"Annotation of “{article.title}” ({article.published.isoformat()}): who says what, how surely, and on whose "
        "word. Nothing in it is a fact; every claim, event and relation is only what the voices beside it say. "
        f"Data version {article.data_version}, written by {DISTRIBUTION} {__version__}."
    )
