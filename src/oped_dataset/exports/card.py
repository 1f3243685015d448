"""What the data card states about a bundled article, for the formats that have a place for it.

Here: the statements by property of the responsible-AI vocabulary of Croissant, and the day of the release.
Not here: the card itself (the page of the site; `tools/build_pages.py` takes the statements out of it) and how a
format writes them down (`croissant.py`, `huggingface.py`).
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
    """The statements about an article, by property; empty for an article that is not bundled.

    Args:
        article: The article.
    """
    found: dict[str, list[str]] = _card()["articles"].get(article.id, {})
    return found


def released(article: Article) -> datetime.date | None:
    """The day on which the data of an article was released, or None for one that is not bundled.

    Args:
        article: The article.
    """
    return datetime.date.fromisoformat(_card()["released"]) if statements(article) else None
