"""Articles by name: the bundled ones, and those that other distributions install.

Here: the only access to entry points, and the object each name stands for.
Not here: reading files of the package (`resources.py`) and files and documents of yours (`loading.py`).

A bundled article is checked against the SHA-256 in `data/manifest.json`. When the manifest was made, the file was read
carefully and all rules were applied, so equal bytes need no second look.

`load()` is what most programs begin with. Only for speed, what it does not need is imported where it is needed: all
that tells what is wrong, and the entry points, which together take as long again as the whole of `load()` now does.
"""

from __future__ import annotations

import hashlib
import json
import os
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from oped_dataset.arguments import argument
from oped_dataset.codec import fastpath
from oped_dataset.errors import (
    ArticleNotFound,
    BrokenPlugin,
    InvalidArticle,
    OpedDatasetError,
    Problem,
)
from oped_dataset.messages import nearest, quoted
from oped_dataset.model.article import Article
from oped_dataset.resources import read_data

if TYPE_CHECKING:
    from importlib import metadata

DEFAULT_ARTICLE: Final = "retired-officials-2019"
"""The article `load` gives when none is named."""

ENTRY_POINTS: Final = "oped_dataset.articles"
"""The entry-point group through which other distributions add articles.

The name of an entry point is the id of its article. It points at an `Article`, at the bytes or the path of an
article file, or at a function without arguments that returns one of these.
"""

_MANIFEST: Final = "manifest.json"


def names() -> tuple[str, ...]:
    """The names of all bundled and installed articles, sorted; nothing is imported to find them."""
    return tuple(sorted({*_manifest(), *_offers()}))


def load(name: str = DEFAULT_ARTICLE) -> Article:
    """Load a bundled or installed article; the same name gives the same object, in every thread.

    A name is looked up among the known ones and is never taken for a path. A bundled article takes precedence over an
    installed one of the same name.

    Raises:
        ArticleNotFound: No article has this name; the message names the nearest.
        InvalidArticle: The file is not the one that was released, or an installed article breaks the rules.
        BrokenPlugin: An installed distribution offers the article but fails to deliver it.
        InvalidRecord: `name` is no string.
    """
    argument("name", name, str, "str", "a file is read by load_path")
    if name not in _loaded:
        # Two threads may both get here; what the first has put there is what both return. A lock would have to be
        # held while the code of a plug-in runs, and could then wait for ever.
        _loaded.setdefault(name, _fetched(name))
    return _loaded[name]


_loaded: Final[dict[str, Article]] = {}


def _fetched(name: str) -> Article:
    bundled = _manifest()
    if name in bundled:
        return _load_bundled(name, bundled[name])
    offers = _offers().get(name)
    if offers:
        return _load_installed(name, offers)
    raise ArticleNotFound(name, nearest(name, names()))


def bundled_versions() -> dict[str, str]:
    """The data version of every bundled article, by name; no article is read to find them."""
    return {name: entry["data_version"] for name, entry in _manifest().items()}


@cache
def _manifest() -> dict[str, dict[str, Any]]:
    articles: dict[str, dict[str, Any]] = json.loads(read_data(_MANIFEST))["articles"]
    return articles


def _load_bundled(name: str, entry: dict[str, Any]) -> Article:
    content = read_data(entry["file"])
    digest = hashlib.sha256(content).hexdigest()
    if digest != entry["sha256"]:
        raise _mismatch(f"{entry['file']} has not the SHA-256 in {_MANIFEST}", hint="install oped-dataset again")
    article = fastpath.read(json.loads(content), is_known=True) or _read_carefully(content)
    if article.id != name or manifest_entry(article, digest) != entry:
        raise _mismatch(f"{entry['file']} is not what {_MANIFEST} says of it")
    return article


def _mismatch(message: str, hint: str | None = None) -> InvalidArticle:
    return InvalidArticle((Problem(code="OPED-manifest-mismatch", message=message, hint=hint),))


def _read_carefully(content: bytes) -> Article:
    from oped_dataset.codec import wire

    decoded = wire.decode(content)
    if decoded.article is None:
        raise InvalidArticle(decoded.report.problems, decoded.report.omitted)
    return decoded.article


def manifest_entry(article: Article, digest: str) -> dict[str, Any]:
    """Describe an article as the manifest does: file, SHA-256, licence, counts, data version.

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
    """For each name the entry points that offer it, each with the name of its distribution or, without one, its value.

    Distributions are read one by one and only the lines of this group, since other people's metadata may be missing,
    damaged or in another encoding. Of two distributions of one name, the one that is imported counts.
    """
    from importlib import metadata

    offers: dict[str, list[tuple[metadata.EntryPoint, str]]] = {}
    seen: set[str] = set()
    for distribution in metadata.distributions():
        lines = _lines_of_group(distribution)
        provider = _name_of(distribution) if lines else None
        if lines and provider not in seen:
            for name, value in lines:
                point = metadata.EntryPoint(name, value, ENTRY_POINTS)
                offers.setdefault(name, []).append((point, provider or value or "a distribution without metadata"))
            seen.update(filter(None, [provider]))
    return offers


def _lines_of_group(distribution: metadata.Distribution) -> list[tuple[str, str]]:
    try:
        text = distribution.read_text("entry_points.txt") or ""
    except (OSError, UnicodeError):
        return []
    _, _, rest = text.partition(f"[{ENTRY_POINTS}]")
    lines = (line.strip() for line in rest.partition("\n[")[0].splitlines())
    pairs = (line.partition("=") for line in lines if line and line[0] not in "#;")
    return [(name.strip(), value.strip()) for name, _, value in pairs]


def _name_of(distribution: metadata.Distribution) -> str | None:
    # Foreign files, whatever is wrong with them; newer Pythons raise where older ones give None.
    try:
        return distribution.metadata["Name"]
    except Exception:
        return None


def _load_installed(name: str, offers: list[tuple[metadata.EntryPoint, str]]) -> Article:
    providers = " and ".join(sorted({provider for _, provider in offers}))
    if len({point.value for point, _ in offers}) > 1:
        raise BrokenPlugin(f"the article {quoted(name)} is offered by more than one distribution: {providers}")
    article = _delivered(offers[0][0], providers)
    if article.id != name:
        raise BrokenPlugin(f"{providers} offers the article {quoted(name)} but delivers {quoted(article.id)}")
    return article


def _delivered(point: metadata.EntryPoint, provider: str) -> Article:
    # A plug-in is foreign code and may raise anything; whatever it is becomes one exception that names it.
    try:
        offered = point.load()
        return _article_of(offered() if callable(offered) else offered)
    except OpedDatasetError as error:
        raise BrokenPlugin(
            f"{provider} offers the article {quoted(point.name)}, which does not load: {error}"
        ) from error
    except Exception as error:
        reason = f"{type(error).__name__}: {error}"
        raise BrokenPlugin(f"{provider} offers the article {quoted(point.name)} but fails with {reason}") from error


def _article_of(offered: object) -> Article:
    from oped_dataset import loading
    from oped_dataset.validation import rules

    if isinstance(offered, Article):
        return rules.sound(offered)
    if isinstance(offered, bytes):
        return loading.loads(offered)
    if isinstance(offered, (str, os.PathLike)):
        return loading.load_path(offered)
    raise BrokenPlugin(f"{type(offered).__name__} is neither an Article nor bytes nor a path")
