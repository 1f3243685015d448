"""The statements of the data card about a bundled article, for formats with a place for them.

Here: the statements by property of the Croissant RAI vocabulary, and the date of the release.
Not here: the card itself (docs/data-card.md, from which `tools/build_pages.py` extracts the statements) and the formats
that contain them (`croissant.py`, `huggingface.py`).
"""

from __future__ import annotations

import datetime
import json
from functools import cache
from typing import Any

from oped_dataset.model.article import Article
from oped_dataset.resources import read_data


@cache
def _card() -> dict[str, Any]:
    card: dict[str, Any] = json.loads(read_data("card.json"))
    return card


def statements(article: Article) -> dict[str, list[str]]:
    """The statements about an article by property; empty for an article that is not bundled.

    Args:
        article: The article.
    """
    found: dict[str, list[str]] = _card()["articles"].get(article.id, {})
    return found


def released(article: Article) -> datetime.date | None:
    """The date on which the data of an article was released, or None if the article is not bundled.

    Args:
        article: The article.
    """
    return datetime.date.fromisoformat(_card()["released"]) if statements(article) else None
