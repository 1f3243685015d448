"""Synthetic corpora: the same articles on every machine, for benchmarks and for teaching.

Here: articles determined by a seed.
Not here: the making of an article (`drafting.py`), and articles that shrink (`strategies.py`).
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
"""The greatest number of claims in an article of a corpus."""


def make_corpus(
    n: int,
    seed: int = 0,
    *,
    with_text: bool | None = True,
    max_claims: int = 8,
    kinds: Collection[str] | None = None,
) -> Iterator[Article]:
    """Make valid articles about invented people, one at a time.

    The same arguments yield the same articles, and so the same bytes when written, on every machine and with every
    release of Python. A longer corpus begins with the articles of a shorter one.

    Args:
        n: The number of articles, from 0.
        seed: The number of the corpus, from 0. The ids of its articles are `synthetic-SEED-NUMBER`, counted from 1.
        with_text: Whether the articles contain their text, or None for either.
        max_claims: The greatest number of claims in an article, from 1 to 1000; each has at least one.
        kinds: The names of the tables that may have records; None for all. There are always entities and claims.

    Raises:
        InvalidRecord: An argument is out of bounds.

    Example:
        >>> [article.id for article in make_corpus(2, seed=7)]
        ['synthetic-7-1', 'synthetic-7-2']
    """
    for name, value in (("n", n), ("seed", seed)):
        whole_number(name, value, 0)
    plan = Plan.of(with_text=with_text, max_claims=max_claims, most=MOST_CLAIMS, kinds=kinds)
    ids = (f"synthetic-{seed}-{number}" for number in range(1, n + 1))
    return (draft(Seeded(each), attrs.evolve(plan, id=each)) for each in ids)
