"""The fixtures of the kit, which pytest finds wherever the package is installed.

Here: thin fixtures, which import the rest of the package when a test first requests one of them.
Not here: the functions behind them (`loading.py`, `corpus.py`, `attribution.py`).
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol

import pytest

if TYPE_CHECKING:
    from oped_dataset.model.article import Article
else:
    # `typing.get_type_hints` needs the name at run time.
    Article = Any

SAMPLE = "harbour-toll"
"""The bundled article about invented people, with its text."""


class CorpusFactory(Protocol):
    """Writes a corpus and returns its path."""

    def __call__(self, n: int, seed: int = 0, *, max_claims: int = 8) -> Path:
        """Write `n` generated articles as JSON Lines."""
        ...


class AttributionCheck(Protocol):
    """Fails if a statement in a result came without its voices, and otherwise counts the statements."""

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


@pytest.fixture(scope="session")
def oped_corpus(tmp_path_factory: pytest.TempPathFactory) -> CorpusFactory:
    """A factory of corpora: `oped_corpus(100, seed=1)` writes 100 generated articles as JSON Lines to a new directory.

    The same arguments produce the same bytes on every machine; `oped_dataset.read_lines` reads them.
    """

    def write(n: int, seed: int = 0, *, max_claims: int = 8) -> Path:
        from oped_dataset import write_lines
        from oped_dataset.testing.corpus import make_corpus

        path = tmp_path_factory.mktemp("oped-corpus") / f"synthetic-{seed}-{n}-{max_claims}.jsonl"
        write_lines(make_corpus(n, seed, max_claims=max_claims), path)
        return path

    return write


_RUNNING: Final = pytest.StashKey[Any]()
"""The running test. All fixtures have session scope, since Hypothesis rejects others in a test with `@given`."""


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Remember the running test."""
    item.session.stash[_RUNNING] = item


@pytest.fixture(scope="session")
def assert_attributed(request: pytest.FixtureRequest) -> AttributionCheck:
    """A check that every claim in a result comes with its voices: `assert_attributed(result)`.

    Unless articles are passed as well, the result is checked against `oped_article` and `oped_sample` if the test
    requests them. The check returns the number of statements found.
    """
    from oped_dataset.testing.attribution import assert_attributed

    def check(result: object, *articles: Article, keys: Iterable[str] = ()) -> int:
        __tracebackhide__ = True
        asked = request.session.stash[_RUNNING].funcargs
        known = articles or tuple(asked[name] for name in ("oped_article", "oped_sample") if name in asked)
        return assert_attributed(result, *known, keys=keys)

    return check
