"""A distribution around finished articles, ready to be built, tested and published.

Here: what stands in its files, which are made from those in `template/`.
Not here: finding articles of installed distributions (`library.py`), and the check that its tests run
(`testing/attachable.py`).
"""

from __future__ import annotations

import json
import keyword
import re
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, distribution
from itertools import chain
from pathlib import Path, PurePosixPath
from string import Template
from typing import Final

from oped_dataset.arguments import argument
from oped_dataset.errors import ArticleFileError, InvalidRecord
from oped_dataset.filesystem import PathLike, replace_in_folder, to_path
from oped_dataset.loading import dumps
from oped_dataset.model.article import Article
from oped_dataset.resources import read_part
from oped_dataset.version import DISTRIBUTION

# The name of a distribution (PEP 508).
_NAME: Final = re.compile(r"[a-z0-9]([a-z0-9._-]*[a-z0-9])?", re.IGNORECASE | re.ASCII)
_RELEASE: Final = re.compile(r"\d+(\.\d+)*", re.ASCII)
_LICENCE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9.+-]*")
_OPERATORS: Final = frozenset({"AND", "OR", "WITH"})


def write_package(
    articles: Article | Iterable[Article], folder: PathLike, *, name: str | None = None
) -> tuple[Path, ...]:
    """Write a distribution around articles, by which `load` finds them wherever it is installed.

    Args:
        articles: The article, or several.
        folder: Where to write; it may be there, but none of the files.
        name: The name of the distribution; None for that of the folder.

    Returns:
        The paths of `pyproject.toml` with an entry point for each article, `README.md`, a skeleton of a data card, the
        licences, the articles, and tests, among them one that fails if an article cannot be attached to a copy of its
        text with other quotation marks.

    Raises:
        InvalidArticle: An article breaks rules; nothing is written.
        InvalidRecord: There is no article, two have one id, or the name cannot be that of a distribution.
        ArticleFileError: A file of the distribution is there already, or cannot be written.
    """
    place = to_path(folder)
    files = package_files([articles] if isinstance(articles, Article) else [*articles], name or place.resolve().name)
    there = [path for path in files if (place / path).exists()]
    if there:
        raise ArticleFileError(f"{place / there[0]} is there already; name another folder, or move it away")
    by_folder: dict[Path, dict[str, bytes]] = {}
    for path, content in files.items():
        by_folder.setdefault((place / path).parent, {})[PurePosixPath(path).name] = content
    return tuple(chain.from_iterable(replace_in_folder(each, held) for each, held in by_folder.items()))


def package_files(articles: list[Article], name: str) -> dict[str, bytes]:
    """The files of a distribution by their paths in its folder.

    Raises:
        InvalidArticle: An article breaks rules.
        InvalidRecord: There is no article, two have one id, or the name cannot be that of a distribution.
    """
    for each in articles:
        argument("articles", each, Article, "an Article")
    ids = [article.id for article in articles]
    if len(set(ids)) != len(ids) or not ids:
        raise InvalidRecord("articles: must be one article or more, each with an id of its own")
    module = re.sub("[-_.]+", "_", name).lower()
    if not _NAME.fullmatch(name) or not module.isidentifier() or keyword.iskeyword(module) or module == "oped_dataset":
        raise InvalidRecord(
            f"name: {name[:80]!r} cannot be the name of a distribution; try one such as 'lantern-articles'"
        )
    licences = sorted({article.licence for article in articles})
    releases = {article.data_version for article in articles}
    version = releases.pop() if len(releases) == 1 else ""
    words = {
        "name": _quoted(name),
        "distribution": name,
        "version": _quoted(version if _RELEASE.fullmatch(version) else "1.0.0"),
        "description": _quoted(f"Annotated op-eds: {'; '.join(article.title for article in articles)}"[:400]),
        "licence": _quoted(
            " AND ".join(f"({each})" if " OR " in each and len(licences) > 1 else each for each in licences)
        ),
        "entry_points": "\n".join(f'{each} = "{module}:{_function(each)}"' for each in ids),
        "package": _quoted(f"src/{module}"),
        "functions": "".join(map(_reader, ids)).rstrip("\n"),
        "names": f"[{', '.join(map(_quoted, ids))}]",
        "first": _quoted(ids[0]),
        "title": name,
        "summary": "\n".join(f"- `{article.id}`: *{article.title}*, annotated." for article in articles),
        "articles": "".join(map(_card, articles)),
    }
    contents = {
        target: Template(read_part("authoring", f"template/{source}.in")).substitute(words)
        for target, source in {
            "pyproject.toml": "pyproject.toml",
            "README.md": "README.md",
            "DATA-CARD.md": "DATA-CARD.md",
            f"src/{module}/__init__.py": "__init__.py",
            "tests/test_articles.py": "test_articles.py",
        }.items()
    }
    contents |= {f"LICENSES/{each}.txt": _licence(each) for each in _licences(licences)}
    files = {path: content.encode("utf-8") for path, content in contents.items()}
    return files | {f"src/{module}/{article.id}.json": dumps(article) for article in articles}


def _quoted(value: str) -> str:
    """A string of TOML and of Python: both read the escapes of JSON that are left when letters are not escaped."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _function(article_id: str) -> str:
    return f"article_{article_id.replace('-', '_')}"


def _reader(article_id: str) -> str:
    return (
        f"\n\ndef {_function(article_id)}() -> bytes:\n"
        f'    """The file of the article {article_id}, read when it is first asked for."""\n'
        f'    return files(__name__).joinpath("{article_id}.json").read_bytes()\n'
    )


def _licences(expressions: Iterable[str]) -> list[str]:
    """The licences named in SPDX expressions."""
    words = {word for expression in expressions for word in _LICENCE.findall(expression)}
    return sorted(words - _OPERATORS)


def _licence(licence: str) -> str:
    """The text of a licence that comes with this package, or where it is found."""
    try:
        text = distribution(DISTRIBUTION).read_text(f"licenses/LICENSES/{licence}.txt")
    except PackageNotFoundError:  # pragma: no cover - a tree that was never installed has no metadata
        text = None
    return text or f"[The text of the licence {licence} belongs here: https://spdx.org/licenses/{licence}.html]\n"


def _card(article: Article) -> str:
    source = article.source
    counts = ", ".join(f"{table} {len(found)}" for table, found in article.tables.items() if len(found))
    held = "is in the package" if source.text is not None else "is not in the package"
    lines = (
        f"- article: `{article.id}`, data version {article.data_version}, licence of the annotation {article.licence}",
        f"- title: {article.title}, {article.published.isoformat()}; {article.language}, {article.genre}",
        f"- annotated: {counts}; sentences {len(source.sentences)}",
        f"- text: {held}; {source.length} code points, SHA-256 `{source.sha256}`",
    )
    return f"## {article.title}\n\n" + "".join(f"{line}\n" for line in lines) + "\n"
