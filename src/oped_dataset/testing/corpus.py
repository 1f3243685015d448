"""Synthetic corpora: the same articles on every machine, for benchmarks and for teaching.

Here: articles decided by a seed.
Not here: how an article is written (`drafting.py`), and articles that shrink (`strategies.py`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Final

import attrs

from oped_dataset.arguments import whole_number
from oped_dataset.model.article import Article
from oped_dataset.testing.choices import Seeded
from oped_dataset.testing.drafting import Plan, draft

MOST_CLAIMS: Final = 1000
"""An article of a corpus can have so many claims."""


def make_corpus(
    n: int,
    seed: int = 0,
    *,
    with_text: bool | None = True,
    max_claims: int = 8,
    kinds: Collection[str] | None = None,
) -> Iterator[Article]:
    """Make valid articles about invented people, one at a time.

    The same arguments give the same articles, and so the same bytes when written, on every machine and with every
    release of Python. A longer corpus begins with the articles of a shorter one.

    Args:
        n: How many, from 0.
        seed: Which corpus, from 0. The ids of its articles are `synthetic-SEED-NUMBER`, counted from 1.
        with_text: Whether the articles hold their text, or None for either.
        max_claims: An article has from 1 to this many claims, at most 1000.
        kinds: The names of the tables that may hold records; None for all. Entities and claims are always there.

    Raises:
        InvalidRecord: An argument is out of bounds.

    Example:
        >>> [article.id for article in make_corpus(2, seed=7)]
        ['synthetic-7-1', 'synthetic-7-2']
    """
    for name, value in (("n", n), ("seed", seed)):
        whole_number(name, value, 0)
    plan = Plan.of(with_text=with_text, max_claims=max_claims, most=MOST_CLAIMS, kinds=kinds)
    return (_article(plan, seed, number) for number in range(1, n + 1))


def _article(plan: Plan, seed: int, number: int) -> Article:
    article_id = f"synthetic-{seed}-{number}"
    return draft(Seeded(article_id), attrs.evolve(plan, id=article_id))
