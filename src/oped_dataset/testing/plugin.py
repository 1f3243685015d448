"""The fixtures of the kit, which pytest finds by itself wherever the package is installed.

What lives here: thin fixtures that import the package when a test first asks for one of them; until then nothing of it
is imported but the two front doors.
What does not: what they give (`loading.py`, `corpus.py`, `attribution.py`).
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from oped_dataset.model.article import Article

SAMPLE = "harbour-toll"
"""The bundled article about invented people, with its text."""


class CorpusFactory(Protocol):
    """Writes a corpus and returns its path."""

    def __call__(self, n: int, seed: int = 0, *, max_claims: int = 8) -> Path:
        """Write `n` generated articles as JSON Lines."""
        ...


class AttributionCheck(Protocol):
    """Fails when a statement in a result came without its voices, and otherwise counts the statements."""

    def __call__(self, result: object, *articles: Article, keys: Iterable[str] = ()) -> int:
        """Check one result."""
        ...


@pytest.fixture(scope="session")
def oped_article() -> Article:
    """The real article, without its text."""
    from oped_dataset import load

    return load()


@pytest.fixture(scope="session")
def oped_sample() -> Article:
    """The bundled article about invented people, `harbour-toll`, with its text."""
    from oped_dataset import load

    return load(SAMPLE)


@pytest.fixture(scope="session")
def oped_json(oped_article: Article) -> bytes:
    """The real article as the bytes of its file."""
    from oped_dataset import dumps

    return dumps(oped_article)


@pytest.fixture
def oped_corpus(tmp_path: Path) -> CorpusFactory:
    """A factory of corpora: `oped_corpus(100, seed=1)` writes 100 generated articles as JSON Lines under `tmp_path`.

    The same numbers give the same bytes on every machine; `read_lines` of the package reads them.
    """

    def write(n: int, seed: int = 0, *, max_claims: int = 8) -> Path:
        from oped_dataset import write_lines
        from oped_dataset.testing.corpus import make_corpus

        path = tmp_path / f"synthetic-{seed}-{n}-{max_claims}.jsonl"
        write_lines(make_corpus(n, seed, max_claims=max_claims), path)
        return path

    return write


@pytest.fixture
def assert_attributed(request: pytest.FixtureRequest) -> AttributionCheck:
    """A check that every claim in a result comes with its voices: `assert_attributed(result)`.

    Unless articles are handed over too, the result is held against `oped_article` and `oped_sample` where the test
    asks for them. It returns how many statements it found.
    """
    from oped_dataset.testing.attribution import assert_attributed

    asked = [name for name in ("oped_article", "oped_sample") if name in request.fixturenames]

    def check(result: object, *articles: Article, keys: Iterable[str] = ()) -> int:
        __tracebackhide__ = True
        known = articles or tuple(request.getfixturevalue(name) for name in asked)
        return assert_attributed(result, *known, keys=keys)

    return check
