"""A distribution around finished articles, ready to be built, tested and published.

Here: its files, made from the templates in `template/`.
Not here: finding articles of installed distributions (`library.py`), and the check that its tests run
(`testing/attachable.py`).
"""

from __future__ import annotations

import json
import keyword
import os
import re
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from string import Template
from typing import Final

from oped_dataset.errors import ArticleFileError, InvalidRecord
from oped_dataset.filesystem import PathLike, file_errors, replace_in_folder, to_path
from oped_dataset.loading import dumps
from oped_dataset.model.article import Article
from oped_dataset.resources import read_part
from oped_dataset.version import DISTRIBUTION

# PEP 508 defines the name of a distribution by this pattern.
_NAME: Final = re.compile(r"[a-z0-9]([a-z0-9._-]*[a-z0-9])?", re.IGNORECASE | re.ASCII)
_RELEASE: Final = re.compile(r"\d+(\.\d+)*", re.ASCII)
_LICENCE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9.+-]*")
_OPERATORS: Final = frozenset({"AND", "OR", "WITH"})


def write_package(
    articles: Article | Iterable[Article], folder: PathLike, *, name: str | None = None
) -> tuple[Path, ...]:
    """Write a distribution around articles; wherever it is installed, `load` finds them.

    Args:
        articles: One article, or several.
        folder: The directory to write to; it may exist, but none of the files may.
        name: The name of the distribution; None for that of the directory.

    Returns:
        The paths of `pyproject.toml` with an entry point for each article, `README.md`, a skeleton of a data card, the
        licences, the articles, and tests, one of which fails if an article cannot be attached to a copy of its text
        with different quotation marks.

    Raises:
        InvalidArticle: An article breaks rules; nothing is written.
        InvalidRecord: There is no article, two have the same id, or the name cannot be that of a distribution.
        ArticleFileError: A file of the distribution already exists, or cannot be written.
    """
    place = to_path(folder)
    known = [articles] if isinstance(articles, Article) else [*articles]
    with file_errors(place):
        files = package_files(known, Path(os.path.realpath(place)).name if name is None else name)
        there = [path for path in files if (place / path).exists()]
    if there:
        raise ArticleFileError(f"{place / there[0]} already exists; choose a different directory, or move it away")
    return replace_in_folder(place, files, nested=True)


def package_files(articles: list[Article], name: str) -> dict[str, bytes]:
    """Return the files of a distribution by their relative paths.

    Raises:
        InvalidArticle: An article breaks rules.
        InvalidRecord: There is no article, two have the same id, or the name cannot be that of a distribution.
    """
    ids = [article.id for article in articles]
    if len(set(ids)) != len(ids) or not ids:
        raise InvalidRecord("articles: must be one or more articles with different ids")
    module = re.sub("[-_.]+", "_", name).lower()
    if not _NAME.fullmatch(name) or not module.isidentifier() or keyword.iskeyword(module) or module == "oped_dataset":
        raise InvalidRecord(
            f"name: {name[:80]!r} cannot be the name of a distribution; choose one such as 'lantern-articles'"
        )
    licences = sorted({article.licence for article in articles})
    releases = {article.data_version for article in articles}
    version = releases.pop() if len(releases) == 1 else ""
    words = {
        "name": _quote(name),
        "distribution": name,
        "version": _quote(version if _RELEASE.fullmatch(version) else "1.0.0"),
        "description": _quote(f"Annotated op-eds: {'; '.join(article.title for article in articles)}"[:400]),
        "licence": _quote(
            " AND ".join(f"({each})" if " OR " in each and len(licences) > 1 else each for each in licences)
        ),
        "entry_points": "\n".join(f'{each} = "{module}:{_function_name(each)}"' for each in ids),
        "package": _quote(f"src/{module}"),
        "functions": "".join(map(_define_function, ids)).rstrip("\n"),
        "names": f"[{', '.join(map(_quote, ids))}]",
        "first": _quote(ids[0]),
        "title": name,
        "summary": "\n".join(f"- `{article.id}`: *{article.title}*, annotated." for article in articles),
        "articles": "".join(map(_describe, articles)),
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
    # SPDX expressions consist of ids of licences, operators and brackets (SPDX 2.3, annex D).
    ids_of_licences = {word for expression in licences for word in _LICENCE.findall(expression)} - _OPERATORS
    contents |= {f"LICENSES/{each}.txt": _licence_text(each) for each in sorted(ids_of_licences)}
    files = {path: content.encode("utf-8") for path, content in contents.items()}
    return files | {f"src/{module}/{article.id}.json": dumps(article) for article in articles}


def _quote(value: str) -> str:
    """Write a string for TOML and Python: both accept the escapes of JSON, but TOML rejects a raw DEL."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _function_name(article_id: str) -> str:
    return f"article_{article_id.replace('-', '_')}"


def _define_function(article_id: str) -> str:
    return (
        f"\n\ndef {_function_name(article_id)}() -> bytes:\n"
        f'    """Return the file of the article {article_id}."""\n'
        f'    return files(__name__).joinpath("{article_id}.json").read_bytes()\n'
    )


def _licence_text(licence: str) -> str:
    """Return the text of a licence that comes with this package, or else a note with its address."""
    try:
        text = distribution(DISTRIBUTION).read_text(f"licenses/LICENSES/{licence}.txt")
    except PackageNotFoundError:  # pragma: no cover - a tree that was never installed has no metadata
        text = None
    return text or f"[The text of the licence {licence} belongs here: https://spdx.org/licenses/{licence}.html]\n"


def _describe(article: Article) -> str:
    source = article.source
    counts = ", ".join(f"{table} {len(found)}" for table, found in article.tables.items() if len(found))
    where = "is in the package" if source.text is not None else "is not in the package"
    lines = (
        f"- article: `{article.id}`, data version {article.data_version}, licence of the annotation {article.licence}",
        f"- title: {article.title}, {article.published.isoformat()}; {article.language}, {article.genre}",
        f"- annotated: {counts}; sentences {len(source.sentences)}",
        f"- text: {where}; {source.length} code points, SHA-256 `{source.sha256}`",
    )
    return f"## {article.title}\n\n" + "".join(f"{line}\n" for line in lines) + "\n"
