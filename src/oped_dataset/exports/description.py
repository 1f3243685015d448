"""How an exported article is described to catalogues of data sets: name, licence, version, citation.

What lives here: what the Frictionless and the Croissant metadata say alike.
What does not: the form each of them gives it (`datapackage.py`, `croissant.py`).
"""

from __future__ import annotations

from typing import Final

from oped_dataset.model import Article

CREATOR: Final = "The oped-dataset authors"
"""Who made the annotation."""


def description(article: Article) -> str:
    """What the tables of an article are.

    Args:
        article: The article.
    """
    return (
        f"Annotation of “{article.title}” ({article.published.isoformat()}): who says what, how surely, and on whose "
        "word. Nothing in it is a fact; every claim, event and relation is only what the voices beside it say."
    )


def citation(article: Article) -> str:
    """How to cite the annotation of an article, data version included.

    Args:
        article: The article.
    """
    return (
        f"{CREATOR}. Annotation of “{article.title}”, article {article.id} of oped-dataset, "
        f"data version {article.data_version}."
    )
