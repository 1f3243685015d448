"""Articles as plain JSON data and as bytes, and back.

Here: the order in which the two readers are tried, and writing, which is the only use of cattrs.
Not here: the fast reader (`fastpath.py`) and the careful one, which explains (`shape.py`), JSON as text
(`jsontext.py`), older versions of the format (`migrations.py`) and the rules between records (`validation/rules.py`).

Wire keys equal attribute names, and a table is a list of its records. Keys with a default may be left out, but not the
version, which would have to be guessed.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from decimal import Decimal
from operator import attrgetter
from typing import Any, Final, TypeVar, get_args, get_origin

import attrs
from cattrs import BaseConverter, Converter

from oped_dataset.arguments import argument
from oped_dataset.codec import fastpath, jsontext, migrations
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
"""The key under which editors look for the address of a JSON Schema (its Core, 8.1.1)."""

ConverterT = TypeVar("ConverterT", bound=BaseConverter)


@attrs.frozen(kw_only=True)
class Decoded:
    """What came of a document.

    Attributes:
        draft: The article as far as it can be read, with the findings about its shape.
        text: The document as text, with replacement characters where it is none; "" when it is too large.
        report: All findings: those about its JSON, then those about its shape.
    """

    draft: Draft
    text: str
    report: Report

    @property
    def article(self) -> Article | None:
        """The article, or None when there are findings."""
        return self.draft.article if self.report.ok else None


def encode(article: Article) -> bytes:
    """Spell an article canonically."""
    return jsontext.write(to_data(article))


def encode_line(article: Article) -> bytes:
    """Spell an article on one line."""
    return jsontext.write_line(to_data(article))


def decode(data: bytes | str, limits: Limits = USUAL) -> Decoded:
    """Read a document; it never raises, and everything wrong with its form is in the result."""
    # What has our form is not nested deeply, so that only a limit below the usual one must be measured.
    if len(data) <= limits.size and limits.depth >= DEPTH_LIMIT:
        article = fastpath.read(_content(jsontext.parse_quickly(data)))
        if article is not None:
            text = data if isinstance(data, str) else data.decode("utf-8")
            return Decoded(draft=Draft(article=article, report=Report()), text=text, report=Report())
    parsed = jsontext.parse(data, limits)
    draft = Draft(article=None, report=Report())
    if parsed.value is not UNREADABLE:
        draft = _examine(_content(parsed.value), limits.problems, is_scanned=True)
    problems = (*parsed.report.problems, *draft.report.problems)
    omitted = parsed.report.omitted + draft.report.omitted
    return Decoded(draft=draft, text=parsed.text, report=Report.of(problems, limit=limits.problems, omitted=omitted))


def to_data(article: Article) -> dict[str, Any]:
    """Turn an article into dicts, lists, strings, whole numbers, booleans and None."""
    data: dict[str, Any] = _converter.unstructure(article)
    return data


def from_data(data: object) -> Article:
    """Turn plain data into an article, without applying the rules between its records.

    Raises:
        InvalidArticle: The data does not have the form of an article; all findings are in it.
    """
    draft = draft_of(data)
    if draft.article is None or not draft.report.ok:
        raise InvalidArticle(draft.report.problems, draft.report.omitted)
    return draft.article


def draft_of(data: object) -> Draft:
    """Read plain data; it never raises, and everything wrong with its form is in the result."""
    data = _content(data)
    article = fastpath.read(data)
    if article is not None:
        return Draft(article=article, report=Report())
    return _examine(data, MOST_PROBLEMS, is_scanned=False)


def _content(data: object) -> object:
    """Leave out the address of a schema, which says something about the document to editors and nothing in it."""
    if isinstance(data, dict) and isinstance(data.get(SCHEMA_KEY), str):
        return {key: value for key, value in data.items() if key != SCHEMA_KEY}
    return data


def _examine(data: object, limit: int, *, is_scanned: bool) -> Draft:
    """Read data whose version comes first: it decides what all the rest means."""
    if isinstance(data, dict) and UNREADABLE in data and "schema_version" not in data:
        # The document breaks before its version.
        return Draft(article=None, report=Report())
    unsupported = migrations.unsupported(data)
    if unsupported is not None:
        return Draft(article=None, report=Report((unsupported,)))
    return examine(migrations.upgraded(data), limit=limit, is_scanned=is_scanned)


# cattrs.


def register_hooks(converter: BaseConverter) -> None:
    """Let a converter read and write labels, dates, records and tables as a file spells them; articles are left out.

    Classes that inherit from the records have fields of their own, and are left to the converter.

    Raises:
        InvalidRecord: It is not a converter.
    """
    argument("converter", converter, BaseConverter, "a converter of cattrs")
    # cattrs asks for the hooks of a class before those of a predicate, and has one for `str`, from which both inherit.
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
    # As `value`, without the descriptor through which enum gives it: a tenth of the time of `dumps`.
    converter.register_unstructure_hook(Vocabulary, attrgetter("_value_"))
    converter.register_unstructure_hook(datetime.date, datetime.date.isoformat)
    converter.register_unstructure_hook(Decimal, lambda value: format(value, "f"))
    converter.register_unstructure_hook_factory(_is_table, _table_hook)
    converter.register_unstructure_hook_factory(_is_tuple, _tuple_hook)
    return converter


def _is_table(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Table)


def _table_hook(kind: Any, converter: Converter) -> Callable[[Any], list[Any]]:
    # A table of no kind holds records of any.
    write_record = converter.unstructure if kind is Table else converter.get_unstructure_hook(kind.record_type)
    return lambda table: [write_record(record) for record in table]


def _is_tuple(kind: Any) -> bool:
    origin: object = get_origin(kind)
    return origin is tuple


def _tuple_hook(kind: Any, converter: Converter) -> Callable[[Any], list[Any]]:
    # As cattrs does it, without a generator for every tuple: most of them hold one value or none.
    item = get_args(kind)[0]
    if item is str:
        return list
    write_item = converter.get_unstructure_hook(item)
    return lambda items: [write_item(item) for item in items]


_converter: Final = _make_converter()
