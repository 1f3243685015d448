"""Reading, verifying and writing articles: their content, or files of yours.

Here: the way from bytes or plain data to an article that keeps all rules, and back.
Not here: articles by name (`library.py`), opening and replacing files (`filesystem.py`), many articles in one file
(`corpora/lines.py`), what the bytes mean (`codec/jsontext.py`, `codec/wire.py`) and the rules (`validation/rules.py`).
"""

from __future__ import annotations

import os
from itertools import chain
from pathlib import Path
from typing import Any

import attrs

from oped_dataset.arguments import argument
from oped_dataset.codec import wire
from oped_dataset.codec.jsontext import USUAL, Limits
from oped_dataset.codec.pointers import locate
from oped_dataset.codec.wire import ConverterT
from oped_dataset.errors import MOST_PROBLEMS, ArticleFileError, InvalidArticle, Report
from oped_dataset.filesystem import PACKED, PathLike, read_bytes, replacing
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


def to_data(article: Article) -> dict[str, Any]:
    """Turn an article into plain data: dicts, lists, strings, whole numbers, booleans and None.

    It is the content of the article's file, with every key; labels, dates and decimals are strings.

    Raises:
        InvalidArticle: The article breaks rules; all problems are in it.
        InvalidRecord: It is not an article.

    Example:
        >>> from oped_dataset import load
        >>> to_data(load("harbour-toll"))["quotations"][0]["span"]
        {'start': 561, 'end': 572}
    """
    argument("article", article, Article, "an Article")
    return wire.to_data(rules.sound(article))


def from_data(data: object) -> Article:
    """Turn plain data into an article, as strictly as `loads` reads JSON.

    Nothing is converted: a tuple is not a list, and a label is the string that stands for it.

    Args:
        data: The article as `to_data` gives it; keys with a default may be left out.

    Raises:
        InvalidArticle: The data does not have the form of an article, or breaks rules; all problems are in it.

    Example:
        >>> from oped_dataset import load
        >>> from_data(to_data(load())) == load()
        True
    """
    draft = wire.draft_of(data)
    found = chain(draft.report.problems, rules.decidable(draft))
    report = Report.of(found, limit=MOST_PROBLEMS, omitted=draft.report.omitted)
    if draft.article is None or not report.ok:
        raise InvalidArticle(report.problems, report.omitted)
    return draft.article


def configure_converter(converter: ConverterT) -> ConverterT:
    """Teach a cattrs converter to read and write the package's classes, so that your own classes can hold them.

    Articles, records, tables, labels and EDTF dates are then read as strictly as from a file and written as in a file,
    whatever the settings of the converter. An article must be valid both ways. The exception for anything wrong is
    `InvalidArticle`; a converter with detailed validation puts it into its exception group.

    Written alone, an event, a relation or a quantity does not show who says it. Keep the claims that carry it beside
    it: `article.claims.carrying(event.id)`.

    Args:
        converter: Any converter of cattrs, such as one of `cattrs.preconf`; hooks are added to it.

    Returns:
        The same converter.

    Raises:
        InvalidRecord: It is not a converter of cattrs.

    Example:
        >>> from cattrs.preconf.json import make_converter
        >>> from oped_dataset import Claim, load
        >>> converter = configure_converter(make_converter())
        >>> picked = {"clear": list(load().claims[:2])}
        >>> converter.loads(converter.dumps(picked), dict[str, list[Claim]]) == picked
        True
    """
    wire.register_hooks(converter)
    converter.register_structure_hook_func(_is_article, lambda data, _: from_data(data))
    converter.register_unstructure_hook_func(_is_article, to_data)
    return converter


def _is_article(kind: Any) -> bool:
    return kind is Article


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
        ArticleFileError: The file cannot be written, or its name is that of a packed one.
        InvalidRecord: It is no article, or `path` is no path.
    """
    _check_path(path)
    if Path(path).suffix.lower() in PACKED:
        raise ArticleFileError(f"{path}: an article is written as plain JSON; packed lines are written by write_lines")
    with replacing(path) as stream:
        stream.write(dumps(article))
