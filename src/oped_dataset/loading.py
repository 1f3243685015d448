"""Reading, verifying and writing articles: their content, or files of yours.

What lives here: the way from bytes to an article that keeps all rules, and back.
What does not: articles by name (`library.py`), opening and replacing files (`filesystem.py`), many articles in one file
(`corpora/lines.py`), what the bytes mean (`codec/jsontext.py`, `codec/wire.py`) and the rules (`validation/rules.py`).
"""

from __future__ import annotations

import os
from itertools import chain

import attrs

from oped_dataset.arguments import argument
from oped_dataset.codec import wire
from oped_dataset.codec.jsontext import USUAL, Limits
from oped_dataset.codec.pointers import locate
from oped_dataset.errors import InvalidArticle, Report
from oped_dataset.filesystem import PathLike, read_bytes, replacing
from oped_dataset.model.article import Article
from oped_dataset.validation import rules


def loads(data: bytes | bytearray | str, *, limits: Limits = USUAL) -> Article:
    """Read an article from the content of a file.

    Args:
        data: The JSON, as UTF-8 bytes or as text.
        limits: The largest size and nesting of a document, and how many of its problems are kept.

    Raises:
        InvalidArticle: It breaks rules; all problems are in it.
        InvalidRecord: `data` or `limits` is of another type.
    """
    argument("data", data, (bytes, bytearray, str), "bytes, bytearray or str")
    argument("limits", limits, Limits, "Limits")
    article, report = _examine(data, limits)
    if article is None or not report.ok:
        raise InvalidArticle(report.problems, report.omitted)
    return article


def load_path(path: PathLike, *, limits: Limits = USUAL) -> Article:
    """Read an article from a file; a symbolic link is followed, and nothing but a regular file is read.

    Args:
        path: Where the file is.
        limits: The largest size and nesting of a document, and how many of its problems are kept.

    Raises:
        ArticleFileNotFound: There is no such file.
        ArticleFileError: It cannot be read.
        InvalidArticle: It breaks rules; all problems are in it.
        InvalidRecord: `path` or `limits` is of another type.
    """
    _check_path(path, "content is read by loads")
    argument("limits", limits, Limits, "Limits")
    return loads(read_bytes(path, limits.size), limits=limits)


def _check_path(path: object, remedy: str = "") -> None:
    argument("path", path, (str, os.PathLike), "str or os.PathLike", remedy)


def validate(document: Article | bytes | bytearray | str, *, limits: Limits = USUAL) -> Report:
    """Report everything wrong with an article, without raising for it.

    Problems of form do not keep the rules from being applied to what can be read; only what no correction of the form
    can make good is reported.

    Args:
        document: An article, or its JSON as UTF-8 bytes or as text. A file is validated by `validate_path`.
        limits: The largest size and nesting of a document, and how many of its problems are kept.

    Raises:
        InvalidRecord: `document` or `limits` is of another type.
    """
    kinds = (Article, bytes, bytearray, str)
    argument("document", document, kinds, "an Article, bytes, bytearray or str", "a file is validated by validate_path")
    argument("limits", limits, Limits, "Limits")
    if isinstance(document, Article):
        return _order_as_in_file(document, rules.check(document, limit=limits.problems))
    return _examine(document, limits)[1]


def validate_path(path: PathLike, *, limits: Limits = USUAL) -> Report:
    """Report everything wrong with an article file, as `validate` does with its content.

    Args:
        path: Where the file is.
        limits: The largest size and nesting of a document, and how many of its problems are kept.

    Raises:
        ArticleFileNotFound: There is no such file.
        ArticleFileError: It cannot be read.
        InvalidRecord: `path` or `limits` is of another type.
    """
    _check_path(path, "content is validated by validate")
    argument("limits", limits, Limits, "Limits")
    return validate(read_bytes(path, limits.size), limits=limits)


def _examine(data: bytes | bytearray | str, limits: Limits) -> tuple[Article | None, Report]:
    decoded = wire.decode(bytes(data) if isinstance(data, bytearray) else data, limits)
    found = chain(decoded.report.problems, rules.decidable(decoded.draft))
    report = Report.of(found, limit=limits.problems, omitted=decoded.report.omitted)
    placed = locate(decoded.text, report.problems)
    return decoded.article, attrs.evolve(report, problems=placed, source=decoded.text)


def _order_as_in_file(article: Article, report: Report) -> Report:
    """Bring problems into the order in which they stand in the file that the article makes."""
    placed = locate(wire.encode(article).decode(), report.problems) if report.problems else ()
    return attrs.evolve(report, problems=tuple(attrs.evolve(each, line=None, column=None) for each in placed))


def dumps(article: Article) -> bytes:
    """Spell an article canonically: equal articles give equal bytes.

    Raises:
        InvalidArticle: The article breaks rules.
        InvalidRecord: It is no article.
    """
    argument("article", article, Article, "an Article")
    return wire.encode(rules.sound(article))


def dump_path(article: Article, path: PathLike) -> None:
    """Write an article to a file, which is either replaced as a whole or left as it was.

    Raises:
        InvalidArticle: The article breaks rules; nothing is written.
        ArticleFileError: The file cannot be written.
        InvalidRecord: It is no article, or `path` is no path.
    """
    _check_path(path)
    with replacing(path) as stream:
        stream.write(dumps(article))
