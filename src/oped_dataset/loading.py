"""Finding, reading, verifying and writing articles: bundled ones, installed ones, and files of yours.

What lives here: the only access to package resources and entry points.
What does not: opening and replacing files (`filesystem.py`), many articles in one file (`lines.py`), what the bytes
mean (`jsontext.py`, `codec.py`) and the rules (`validation.py`).

A bundled article is checked against the SHA-256 in `data/manifest.json`. All rules were applied when the manifest was
made, so equal bytes need no second look at the rules.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from functools import cache
from importlib import metadata
from itertools import chain
from typing import Any, Final

import attrs
from importlib_resources import files

from oped_dataset import codec, validation
from oped_dataset.errors import (
    MOST_PROBLEMS,
    ArticleFileNotFound,
    ArticleNotFound,
    BrokenPlugin,
    InvalidArticle,
    OpedDatasetError,
    Problem,
    Report,
    nearest,
)
from oped_dataset.filesystem import PathLike, read_bytes, replacing
from oped_dataset.jsontext import DEPTH_LIMIT, SIZE_LIMIT, Limits
from oped_dataset.model import Article
from oped_dataset.places import locate

DEFAULT_ARTICLE: Final = "retired-officials-2019"
"""The article `load` gives when none is named."""

ENTRY_POINTS: Final = "oped_dataset.articles"
"""The entry-point group through which other distributions add articles.

The name of an entry point is the id of its article. It points at an `Article`, at the bytes or the path of an
article file, or at a function without arguments that returns one of these.
"""

_DATA: Final = "data"
_MANIFEST: Final = "manifest.json"


# By name.


def names() -> tuple[str, ...]:
    """The names of all bundled and installed articles, sorted; nothing is imported to find them."""
    return tuple(sorted({*_manifest(), *_entry_points().names}))


def load(name: str = DEFAULT_ARTICLE) -> Article:
    """Load a bundled or installed article; the same name gives the same object, in every thread.

    A name is looked up among the known ones and is never taken for a path. A bundled article takes precedence over an
    installed one of the same name.

    Raises:
        ArticleNotFound: No article has this name; the message names the nearest.
        InvalidArticle: The file is not the one that was released, or an installed article breaks the rules.
        BrokenPlugin: An installed distribution offers the article but fails to deliver it.
    """
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
    if name in _entry_points().names:
        return _load_installed(name)
    raise ArticleNotFound(name, nearest(name, names()))


def bundled_versions() -> dict[str, str]:
    """The data version of every bundled article, by name; no article is read to find them."""
    return {name: entry["data_version"] for name, entry in _manifest().items()}


@cache
def _manifest() -> dict[str, dict[str, Any]]:
    articles: dict[str, dict[str, Any]] = json.loads(resource(_MANIFEST))["articles"]
    return articles


def resource(file: str) -> bytes:
    """The content of a file that comes with the package.

    Args:
        file: Its name in `data/`.

    Raises:
        ArticleFileNotFound: This installation lacks it.
    """
    try:
        content: bytes = files("oped_dataset").joinpath(_DATA, file).read_bytes()
    except FileNotFoundError:
        raise ArticleFileNotFound(2, "this installation lacks a data file", f"oped_dataset/{_DATA}/{file}") from None
    return content


def _load_bundled(name: str, entry: dict[str, Any]) -> Article:
    content = resource(entry["file"])
    decoded = codec.decode(content)
    problems = tuple(_manifest_problems(name, entry, content, decoded.article)) or decoded.report.problems
    if problems or decoded.article is None:
        raise InvalidArticle(problems)
    return decoded.article


def manifest_entry(article: Article, content: bytes) -> dict[str, Any]:
    """Describe an article file as the manifest does: file, SHA-256, licence, counts, data version."""
    return {
        "file": f"{article.id}.json",
        "sha256": hashlib.sha256(content).hexdigest(),
        "licence": article.licence,
        "data_version": article.data_version,
        "counts": {name: len(table) for name, table in article.tables.items()},
    }


def _manifest_problems(name: str, entry: dict[str, Any], content: bytes, article: Article | None) -> Iterator[Problem]:
    if hashlib.sha256(content).hexdigest() != entry["sha256"]:
        message = f"{entry['file']} has not the SHA-256 in {_MANIFEST}"
        yield Problem(code="OPED-manifest-mismatch", message=message, hint="install oped-dataset again")
    elif article is not None and (article.id != name or manifest_entry(article, content) != entry):
        yield Problem(code="OPED-manifest-mismatch", message=f"{entry['file']} is not what {_MANIFEST} says of it")


# By entry point.


def _entry_points() -> metadata.EntryPoints:
    return metadata.entry_points(group=ENTRY_POINTS)


def _load_installed(name: str) -> Article:
    points = list(_entry_points().select(name=name))
    providers = " and ".join(sorted({_provider(point) for point in points}))
    if len({point.value for point in points}) > 1:
        raise BrokenPlugin(f"the article {name!r} is offered by more than one distribution: {providers}")
    article = _delivered(points[0], providers)
    if article.id != name:
        raise BrokenPlugin(f"{providers} offers the article {name!r} but delivers {article.id!r}")
    return article


def _provider(point: metadata.EntryPoint) -> str:
    return point.dist.name if point.dist is not None else point.value


def _delivered(point: metadata.EntryPoint, provider: str) -> Article:
    # A plug-in is foreign code and may raise anything; whatever it is becomes one exception that names it.
    try:
        offered = point.load()
        return _article_of(offered() if callable(offered) else offered)
    except OpedDatasetError as error:
        raise BrokenPlugin(f"{provider} offers the article {point.name!r}, which does not load: {error}") from error
    except Exception as error:
        reason = f"{type(error).__name__}: {error}"
        raise BrokenPlugin(f"{provider} offers the article {point.name!r} but fails with {reason}") from error


def _article_of(offered: object) -> Article:
    if isinstance(offered, Article):
        return validation.sound(offered)
    if isinstance(offered, bytes):
        return loads(offered)
    if isinstance(offered, (str, os.PathLike)):
        return load_path(offered)
    raise BrokenPlugin(f"{type(offered).__name__} is neither an Article nor bytes nor a path")


# By content and by path.


def loads(
    data: bytes | str,
    *,
    size_limit: int = SIZE_LIMIT,
    depth_limit: int = DEPTH_LIMIT,
    problem_limit: int = MOST_PROBLEMS,
) -> Article:
    """Read an article from the content of a file.

    Args:
        data: The JSON, as UTF-8 bytes or as text.
        size_limit: Longer documents are refused unread; in bytes, or in characters where `data` is text.
        depth_limit: Documents nested deeper are refused.
        problem_limit: So many problems are kept, the rest only counted.

    Raises:
        InvalidArticle: It breaks rules; all problems are in it.
        InvalidRecord: A limit is negative, or no problem may be kept.
    """
    return _article_in(data, _limits(size_limit, depth_limit, problem_limit))


def load_path(
    path: PathLike,
    *,
    size_limit: int = SIZE_LIMIT,
    depth_limit: int = DEPTH_LIMIT,
    problem_limit: int = MOST_PROBLEMS,
) -> Article:
    """Read an article from a file; a symbolic link is followed, and nothing but a regular file is read.

    Args:
        path: Where the file is.
        size_limit: Longer files are refused; no more of them is read than shows that they are, in bytes.
        depth_limit: Documents nested deeper are refused.
        problem_limit: So many problems are kept, the rest only counted.

    Raises:
        ArticleFileNotFound: There is no such file.
        ArticleFileError: It cannot be read.
        InvalidArticle: It breaks rules; all problems are in it.
        InvalidRecord: A limit is negative, or no problem may be kept.
    """
    limits = _limits(size_limit, depth_limit, problem_limit)
    return _article_in(read_bytes(path, limits.size), limits)


def _limits(size_limit: int, depth_limit: int, problem_limit: int) -> Limits:
    return Limits(size=size_limit, depth=depth_limit, problems=problem_limit)


def _article_in(data: bytes | str, limits: Limits) -> Article:
    article, report = _examined(data, limits)
    if article is None or not report.ok:
        raise InvalidArticle(report.problems, report.omitted)
    return article


def validate(
    target: PathLike | bytes | Article,
    *,
    size_limit: int = SIZE_LIMIT,
    depth_limit: int = DEPTH_LIMIT,
    problem_limit: int = MOST_PROBLEMS,
) -> Report:
    """Report everything wrong with an article, without raising for it.

    Problems of form do not keep the rules from being applied to what can be read; only what no correction of the form
    can make good is reported.

    Args:
        target: An article, the bytes of a file, or a path. A string that is blank or begins with `{` after blanks is
            taken as JSON, any other string as a path.
        size_limit: Longer documents are refused unread.
        depth_limit: Documents nested deeper are refused.
        problem_limit: So many problems are kept, the rest only counted.

    Raises:
        ArticleFileNotFound: There is no file at the path.
        ArticleFileError: It cannot be read.
        InvalidRecord: A limit is negative, or no problem may be kept.
    """
    limits = _limits(size_limit, depth_limit, problem_limit)
    if isinstance(target, Article):
        return _as_in_a_file(target, validation.check(target, limit=limits.problems))
    if isinstance(target, str) and target.lstrip("\ufeff \t\r\n")[:1] in ("", "{"):
        return _examined(target, limits)[1]
    content = target if isinstance(target, bytes) else read_bytes(target, limits.size)
    return _examined(content, limits)[1]


def _examined(data: bytes | str, limits: Limits) -> tuple[Article | None, Report]:
    decoded = codec.decode(data, limits)
    found = chain(decoded.report.problems, validation.decidable(decoded.draft))
    report = Report.of(found, limit=limits.problems, omitted=decoded.report.omitted)
    placed = locate(decoded.text, report.problems)
    return decoded.article, attrs.evolve(report, problems=placed, source=decoded.text)


def _as_in_a_file(article: Article, report: Report) -> Report:
    """Bring problems into the order in which they would stand in the file the article makes."""
    placed = locate(codec.encode(article).decode(), report.problems) if report.problems else ()
    return attrs.evolve(report, problems=tuple(attrs.evolve(each, line=None, column=None) for each in placed))


def dumps(article: Article) -> bytes:
    """Spell an article canonically: equal articles give equal bytes.

    Raises:
        InvalidArticle: The article breaks rules.
    """
    return codec.encode(validation.sound(article))


def dump_path(article: Article, path: PathLike) -> None:
    """Write an article to a file, which is either replaced as a whole or left as it was.

    Raises:
        InvalidArticle: The article breaks rules; nothing is written.
        ArticleFileError: The file cannot be written.
    """
    with replacing(path) as stream:
        stream.write(dumps(article))
