"""Reading, validating and writing articles, as bytes, plain data or files.

Here: the way from bytes or plain data to a valid article, and back.
Not here: articles by name (`library.py`), opening and replacing files (`filesystem.py`), several articles in one file
(`corpora/lines.py`), decoding (`codec/jsontext.py`, `codec/wire.py`) and the rules (`validation/rules.py`).
"""

from __future__ import annotations

from itertools import chain
from typing import Any

import attrs

from oped_dataset.codec import wire
from oped_dataset.codec.jsontext import USUAL, Limits
from oped_dataset.codec.pointers import locate
from oped_dataset.codec.wire import ConverterT
from oped_dataset.errors import MOST_PROBLEMS, InvalidArticle, Report
from oped_dataset.filesystem import PathLike, read_bytes, replacing
from oped_dataset.model.article import Article
from oped_dataset.validation import rules


def loads(data: bytes | bytearray | str, *, limits: Limits = USUAL) -> Article:
    """Read an article from a JSON document.

    Args:
        data: The document, as UTF-8 bytes or as text.
        limits: The largest size and nesting of a document, and the number of problems to keep.

    Raises:
        InvalidArticle: The document breaks rules; the exception contains all problems.
    """
    article, report = _examine(data, limits)
    if article is None or not report.ok:
        raise InvalidArticle(report.problems, report.omitted)
    rules.keep_sound(article)
    return article


def load_path(path: PathLike, *, limits: Limits = USUAL) -> Article:
    """Read an article from a regular file; symbolic links are followed.

    Args:
        path: The path of the file.
        limits: The largest size and nesting of a document, and the number of problems to keep.

    Raises:
        ArticleFileNotFound: The file does not exist.
        ArticleFileError: The file cannot be read.
        InvalidArticle: The document breaks rules; the exception contains all problems.
    """
    return loads(read_bytes(path, limits.size), limits=limits)


def validate(document: Article | bytes | bytearray | str, *, limits: Limits = USUAL) -> Report:
    """Report every problem of an article; an invalid article does not raise.

    Where the form of a document is wrong, the rules are still applied to the readable parts. A rule reports a problem
    there only if correcting the form cannot remove it.

    Args:
        document: An article, or its JSON as UTF-8 bytes or as text. A file is validated by `validate_path`.
        limits: The largest size and nesting of a document, and the number of problems to keep.
    """
    if isinstance(document, Article):
        report = rules.check(document, limit=limits.problems)
        # The problems are listed in the order of the document that the article makes.
        placed = locate(wire.encode(document).decode(), report.problems) if report.problems else ()
        return attrs.evolve(report, problems=tuple(attrs.evolve(each, line=None, column=None) for each in placed))
    return _examine(document, limits)[1]


def validate_path(path: PathLike, *, limits: Limits = USUAL) -> Report:
    """Report every problem of an article file, like `validate` for its content.

    Args:
        path: The path of the file.
        limits: The largest size and nesting of a document, and the number of problems to keep.

    Raises:
        ArticleFileNotFound: The file does not exist.
        ArticleFileError: The file cannot be read.
    """
    return validate(read_bytes(path, limits.size), limits=limits)


def _examine(data: bytes | bytearray | str, limits: Limits) -> tuple[Article | None, Report]:
    decoded = wire.decode(data, limits)
    found = chain(decoded.report.problems, rules.decidable(decoded.draft))
    report = Report.of(found, limit=limits.problems, omitted=decoded.report.omitted)
    placed = locate(decoded.text, report.problems)
    return decoded.article, attrs.evolve(report, problems=placed, source=decoded.text)


def to_data(article: Article) -> dict[str, Any]:
    """Turn an article into plain data: dicts, lists, strings, whole numbers, booleans and None.

    The data is the content of the article's file, with every key; labels, dates and decimals are strings.

    Raises:
        InvalidArticle: The article breaks rules; the exception contains all problems.

    Example:
        >>> from oped_dataset import load
        >>> to_data(load("harbour-toll"))["quotations"][0]["span"]
        {'start': 561, 'end': 572}
    """
    return wire.to_data(rules.sound(article))


def from_data(data: object) -> Article:
    """Turn plain data into an article, as strictly as `loads` reads JSON.

    Nothing is converted: a tuple is not accepted as a list, and a label must be a string.

    Args:
        data: The article as `to_data` returns it; keys with a default may be left out.

    Raises:
        InvalidArticle: The data does not have the form of an article, or breaks rules; the exception contains all
            problems.

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
    rules.keep_sound(draft.article)
    return draft.article


def configure_converter(converter: ConverterT) -> ConverterT:
    """Register hooks on a cattrs converter, so that your own classes can contain the package's.

    The converter then reads and writes articles, records, tables, labels and EDTF dates like `loads` and `dumps`,
    whatever its settings. Articles must be valid in both directions. Problems raise `InvalidArticle`, which a converter
    with detailed validation puts into its exception group.

    An event, a relation or a quantity written alone does not show which voices assert it. Store the claims that carry
    it with it: `article.claims.carrying(event.id)`.

    Args:
        converter: Any cattrs converter, such as one of `cattrs.preconf`.

    Returns:
        The same converter.

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


def dumps(article: Article) -> bytes:
    """Encode an article as canonical JSON: equal articles give equal bytes.

    Raises:
        InvalidArticle: The article breaks rules.
    """
    return wire.encode(rules.sound(article))


def dump_path(article: Article, path: PathLike) -> None:
    """Write an article to a file, which is replaced as a whole or not changed.

    Raises:
        InvalidArticle: The article breaks rules; nothing is written.
        ArticleFileError: The file cannot be written, or its name has the suffix of a compressed file.
    """
    content = dumps(article)
    with replacing(path) as stream:
        stream.write(content)
