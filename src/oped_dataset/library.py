"""Articles by name: the bundled ones, and those that other distributions install.

Here: the only access to entry points, and the article of each name.
Not here: reading files of the package (`resources.py`), and other files and documents (`loading.py`).

A bundled article is checked against the SHA-256 in `data/manifest.json`. All rules were applied to the file when the
manifest was made, so a file with this SHA-256 is not validated again.

Most programs begin with `load()`. For speed, validation and entry points are imported where they are used: importing
them takes as long as `load()` itself.
"""

from __future__ import annotations

import hashlib
import json
import os
from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from oped_dataset.codec import fastpath
from oped_dataset.errors import (
    ArticleNotFound,
    BrokenPlugin,
    InvalidArticle,
    OpedDatasetError,
    Problem,
)
from oped_dataset.messages import cut, nearest, quoted, reason
from oped_dataset.model.article import Article
from oped_dataset.resources import read_data

if TYPE_CHECKING:
    from importlib import metadata

DEFAULT_ARTICLE: Final = "retired-officials-2019"
"""The article that `load` returns by default."""

ENTRY_POINTS: Final = "oped_dataset.articles"
"""The entry-point group through which other distributions add articles.

The name of an entry point is the id of its article. Its object is an `Article`, the bytes or the path of an article
file, or a function without arguments that returns one of these.
"""

_MANIFEST: Final = "manifest.json"


def names() -> tuple[str, ...]:
    """List the names of all bundled and installed articles, sorted; no code of other distributions is imported."""
    return tuple(sorted({*_manifest(), *_offers()}))


def load(name: str = DEFAULT_ARTICLE) -> Article:
    """Load a bundled or installed article; the same name returns the same object, in every thread.

    A name is never treated as a path. A bundled article takes precedence over an installed one of the same name.

    Raises:
        ArticleNotFound: No article has this name; the message suggests similar names.
        InvalidArticle: The file differs from the released one, or an installed article breaks the rules.
        BrokenPlugin: An installed distribution offers the article but fails to deliver it.
    """
    if name not in _loaded:
        if name in (bundled := _manifest()):
            article = _load_bundled(name, bundled[name])
        elif offers := _offers().get(name):
            article = _load_installed(name, offers)
        else:
            raise ArticleNotFound(name, nearest(name, names()))
        # If two threads load the article at once, both return the one that was stored first. A lock would be held
        # while the code of a plug-in runs, which could block all threads.
        _loaded.setdefault(name, article)
    return _loaded[name]


_loaded: Final[dict[str, Article]] = {}


def bundled_versions() -> dict[str, str]:
    """Return the data version of every bundled article by name, without reading the articles."""
    return {name: entry["data_version"] for name, entry in _manifest().items()}


@cache
def _manifest() -> dict[str, dict[str, Any]]:
    articles: dict[str, dict[str, Any]] = json.loads(read_data(_MANIFEST))["articles"]
    return articles


def _load_bundled(name: str, entry: dict[str, Any]) -> Article:
    content = read_data(entry["file"])
    digest = hashlib.sha256(content).hexdigest()
    if digest != entry["sha256"]:
        raise _mismatch(f"{entry['file']} does not have the SHA-256 in {_MANIFEST}", hint="install oped-dataset again")
    article = fastpath.read(json.loads(content), is_known=True)
    if article is None:
        from oped_dataset.codec import wire

        decoded = wire.decode(content)
        if decoded.article is None:
            raise InvalidArticle(decoded.report.problems, decoded.report.omitted)
        article = decoded.article
    if article.id != name or manifest_entry(article, digest) != entry:
        raise _mismatch(f"{entry['file']} does not match its entry in {_MANIFEST}")
    return article


def _mismatch(message: str, hint: str | None = None) -> InvalidArticle:
    return InvalidArticle((Problem(code="OPED-manifest-mismatch", message=message, hint=hint),))


def manifest_entry(article: Article, digest: str) -> dict[str, Any]:
    """Make the entry of an article in the manifest: file, SHA-256, licence, data version, counts.

    Args:
        article: The article.
        digest: The SHA-256 of its file, in hexadecimal.
    """
    return {
        "file": f"{article.id}.json",
        "sha256": digest,
        "licence": article.licence,
        "data_version": article.data_version,
        "counts": {name: len(table) for name, table in article.tables.items()},
    }


def _offers() -> dict[str, list[tuple[metadata.EntryPoint, str]]]:
    """Find the entry points of each name, with the name of their distribution or, without one, their value.

    `importlib.metadata.entry_points` is not used, because one distribution with missing, damaged or wrongly encoded
    metadata would make it raise. If two distributions have the same name, only the first on the path counts, which is
    the one that Python imports.
    """
    from importlib import metadata

    offers: dict[str, list[tuple[metadata.EntryPoint, str]]] = {}
    seen: set[str] = set()
    found: list[metadata.Distribution] = []
    # Another program may have added a finder of distributions that raises.
    with suppress(Exception):
        found.extend(metadata.distributions())
    for distribution in found:
        lines = _read_entry_points(distribution)
        provider: str | None = None
        # Metadata can be damaged in any way. Without a name, newer versions of Python raise and older ones return None.
        with suppress(Exception):
            provider = distribution.metadata["Name"] if lines else None
        if lines and provider not in seen:
            for name, value in lines:
                point = metadata.EntryPoint(name, value, ENTRY_POINTS)
                named = provider or value or "a distribution without metadata"
                offers.setdefault(name, []).append((point, cut(named)))
            seen.update(filter(None, [provider]))
    return offers


def _read_entry_points(distribution: metadata.Distribution) -> list[tuple[str, str]]:
    try:
        text = distribution.read_text("entry_points.txt") or ""
    except Exception:
        # A finder of another program may return anything.
        return []
    _, _, rest = text.partition(f"[{ENTRY_POINTS}]")
    lines = (line.strip() for line in rest.partition("\n[")[0].splitlines())
    pairs = (line.partition("=") for line in lines if line and line[0] not in "#;")
    return [(name.strip(), value.strip()) for name, _, value in pairs]


def _load_installed(name: str, offers: list[tuple[metadata.EntryPoint, str]]) -> Article:
    providers = " and ".join(sorted({provider for _, provider in offers}))
    if len({point.value for point, _ in offers}) > 1:
        raise BrokenPlugin(f"the article {quoted(name)} is offered by more than one distribution: {providers}")
    article = _load_entry_point(offers[0][0], providers)
    if article.id != name:
        raise BrokenPlugin(f"{providers} offers the article {quoted(name)} but delivers {quoted(article.id)}")
    return article


def _load_entry_point(point: metadata.EntryPoint, provider: str) -> Article:
    from oped_dataset import loading
    from oped_dataset.validation import rules

    # A plug-in can raise anything; every exception becomes one that names the plug-in.
    try:
        offered = point.load()
        if callable(offered):
            offered = offered()
        if isinstance(offered, Article):
            return rules.sound(offered)
        if isinstance(offered, bytes):
            return loading.loads(offered)
        if isinstance(offered, (str, os.PathLike)):
            return loading.load_path(offered)
        raise BrokenPlugin(f"{type(offered).__name__} is neither an Article nor bytes nor a path")
    except OpedDatasetError as error:
        raise BrokenPlugin(
            f"{provider} offers the article {quoted(point.name)}, which does not load: {reason(error)}"
        ) from error
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        kind = type(error).__name__
        raise BrokenPlugin(
            f"{provider} offers the article {quoted(point.name)} but fails with {kind}: {reason(error)}"
        ) from error
