"""Conversion of articles to plain JSON data and bytes, and back.

Here: the choice between the two readers, and plain data, which is the only use of cattrs.
Not here: the fast reader (`fastpath.py`) and the careful one, which reports problems (`shape.py`), writing records as
text (`fastwriter.py`), JSON as text (`jsontext.py`), older versions of the format (`migrations.py`) and the rules
between records (`validation/rules.py`).

Keys equal attribute names, and a table is a list of its records. Keys with a default may be left out, except the
version, which would otherwise be a guess.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from decimal import Decimal
from operator import attrgetter
from typing import Any, Final, TypeVar, get_args, get_origin

import attrs
from cattrs import BaseConverter, Converter

from oped_dataset.codec import fastpath, fastwriter, jsontext, migrations
from oped_dataset.codec.jsontext import DEPTH_LIMIT, USUAL, Limits
from oped_dataset.codec.scanner import UNREADABLE
from oped_dataset.codec.shape import Draft, examine, read_part
from oped_dataset.errors import MOST_PROBLEMS, InvalidArticle, Report
from oped_dataset.model.article import Article
from oped_dataset.model.dates import Edtf
from oped_dataset.model.layout import record_classes
from oped_dataset.model.tables import Record, Table
from oped_dataset.model.vocabulary import Vocabulary

SCHEMA_KEY: Final = "$schema"
"""The key under which editors find the address of a JSON Schema (its Core, section 8.1.1)."""

ConverterT = TypeVar("ConverterT", bound=BaseConverter)


@attrs.frozen(kw_only=True)
class Decoded:
    """The result of reading a document.

    Attributes:
        draft: The readable part of the article, with the problems of its shape.
        text: The document as text, with replacement characters for invalid bytes; "" when it is too large.
        report: All problems: those of its JSON, then those of its shape.
    """

    draft: Draft
    text: str
    report: Report

    @property
    def article(self) -> Article | None:
        """The article, or None if the report has problems."""
        return self.draft.article if self.report.ok else None


def encode(article: Article) -> bytes:
    """Write an article in canonical form."""
    return fastwriter.write(article)


def encode_line(article: Article) -> bytes:
    """Write an article on one line."""
    return fastwriter.write_line(article)


def decode(data: bytes | bytearray | str, limits: Limits = USUAL) -> Decoded:
    """Read a document. Never raises; the result reports every problem of form."""
    # A well-formed article is never nested deeply, so the depth is measured only for a limit below the default.
    value = UNREADABLE
    if len(data) <= limits.size and limits.depth >= DEPTH_LIMIT:
        value = jsontext.parse_quickly(data)
        article = fastpath.read(_content(value))
        if article is not None:
            text = data if isinstance(data, str) else data.decode("utf-8")
            return Decoded(draft=Draft(article=article, report=Report()), text=text, report=Report())
    parsed = jsontext.parse(data, limits, value)
    draft = Draft(article=None, report=Report())
    if parsed.value is not UNREADABLE:
        draft = _examine(_content(parsed.value), limits.problems, is_scanned=True)
    problems = (*parsed.report.problems, *draft.report.problems)
    omitted = parsed.report.omitted + draft.report.omitted
    return Decoded(draft=draft, text=parsed.text, report=Report.of(problems, limit=limits.problems, omitted=omitted))


def to_data(article: Article) -> dict[str, Any]:
    """Convert an article to dicts, lists, strings, integers, booleans and None."""
    data: dict[str, Any] = _converter.unstructure(article)
    return data


def from_data(data: object) -> Article:
    """Convert plain data to an article, without applying the rules between its records.

    Raises:
        InvalidArticle: The data does not have the form of an article; the exception lists all problems.
    """
    draft = draft_of(data)
    if draft.article is None or not draft.report.ok:
        raise InvalidArticle(draft.report.problems, draft.report.omitted)
    return draft.article


def draft_of(data: object) -> Draft:
    """Read plain data. Never raises; the result reports every problem of form."""
    data = _content(data)
    article = fastpath.read(data)
    if article is not None:
        return Draft(article=article, report=Report())
    return _examine(data, MOST_PROBLEMS, is_scanned=False)


def _content(data: object) -> object:
    """Leave out the address of a schema, which is meant for editors and not part of the article."""
    if isinstance(data, dict) and isinstance(data.get(SCHEMA_KEY), str):
        return {key: value for key, value in data.items() if key != SCHEMA_KEY}
    return data


def _examine(data: object, limit: int, *, is_scanned: bool) -> Draft:
    """Read data after checking its version, which determines the meaning of the rest."""
    if isinstance(data, dict) and UNREADABLE in data and "schema_version" not in data:
        # The document breaks off before its version.
        return Draft(article=None, report=Report())
    unsupported = migrations.unsupported(data)
    if unsupported is not None:
        return Draft(article=None, report=Report((unsupported,)))
    return examine(migrations.upgrade(data), limit=limit, is_scanned=is_scanned)


# cattrs.


def register_hooks(converter: BaseConverter) -> None:
    """Let a converter read and write labels, dates, records and tables as in a file; articles are left out.

    Subclasses of records have fields of their own, and are left to the converter.
    """
    # cattrs looks up hooks by class before predicates, and has one for `str`, from which both classes inherit.
    for kind in (Edtf, Vocabulary):
        converter.register_structure_hook(kind, _read_part)
        converter.register_unstructure_hook(kind, _converter.unstructure)
    converter.register_structure_hook_func(_is_part, _read_part)
    converter.register_unstructure_hook_func(_is_part, _converter.unstructure)


_PARTS: Final = frozenset({Record, *record_classes(Article)} - {Article})


def _read_part(data: object, kind: Any) -> Any:
    return read_part(data, kind, "")


def _is_part(kind: Any) -> bool:
    return isinstance(kind, type) and (issubclass(kind, Table) or kind in _PARTS)


def _make_converter() -> Converter:
    converter = Converter()
    converter.register_unstructure_hook(Edtf, str)
    # Reading `_value_` instead of `value`, which is a descriptor, saves time.
    converter.register_unstructure_hook(Vocabulary, attrgetter("_value_"))
    converter.register_unstructure_hook(datetime.date, datetime.date.isoformat)
    converter.register_unstructure_hook(Decimal, lambda value: format(value, "f"))
    converter.register_unstructure_hook_factory(
        lambda kind: isinstance(kind, type) and issubclass(kind, Table), _make_table_hook
    )
    converter.register_unstructure_hook_factory(_is_tuple, _make_tuple_hook)
    return converter


def _make_table_hook(kind: Any, converter: Converter) -> Callable[[Any], list[Any]]:
    # A table without a record type contains records of any type.
    write_record = converter.unstructure if kind is Table else converter.get_unstructure_hook(kind.record_type)
    return lambda table: [write_record(record) for record in table]


def _is_tuple(kind: Any) -> bool:
    origin: object = get_origin(kind)
    return origin is tuple


def _make_tuple_hook(kind: Any, converter: Converter) -> Callable[[Any], list[Any]]:
    # The hook of cattrs makes a generator for every tuple; most tuples have at most one value.
    item = get_args(kind)[0]
    if item is str:
        return list
    write_item = converter.get_unstructure_hook(item)
    return lambda items: [write_item(item) for item in items]


_converter: Final = _make_converter()
