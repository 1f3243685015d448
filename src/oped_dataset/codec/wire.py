"""Articles as plain JSON data and as bytes, and back.

What lives here: the only use of cattrs, for documents that have our shape; and the way of those that have not.
What does not: JSON as text (`jsontext.py`), single values (`values.py`), what is wrong with a shape (`shape.py`), older
versions of the format (`migrations.py`) and the rules between records (`validation/rules.py`).

Wire keys equal attribute names, and a table is a list of its records. Keys with a default may be left out, but not the
version, which would have to be guessed.
"""

from __future__ import annotations

import datetime
import typing
from collections.abc import Callable
from decimal import Decimal
from typing import Any, Final

import attrs
from cattrs import Converter, ForbiddenExtraKeysError
from cattrs.gen import make_dict_structure_fn

from oped_dataset.codec import (
    fastpath,
    jsontext,
    migrations,
    native,
)
from oped_dataset.codec.jsontext import DEPTH_LIMIT, USUAL, Limits
from oped_dataset.codec.scanner import UNREADABLE
from oped_dataset.codec.shape import Draft, examine
from oped_dataset.codec.values import READERS, read_label, wrong_type
from oped_dataset.errors import MOST_PROBLEMS, InvalidArticle, Report
from oped_dataset.model.article import Article
from oped_dataset.model.dates import Edtf
from oped_dataset.model.tables import Table
from oped_dataset.model.vocabulary import Vocabulary


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
    article = _read_at_once(data, limits)
    if article is not None:
        text = data if isinstance(data, str) else data.decode("utf-8")
        return Decoded(draft=Draft(article=article, report=Report()), text=text, report=Report())
    parsed = jsontext.parse(data, limits)
    if parsed.value is UNREADABLE:
        draft = Draft(article=None, report=Report())
    else:
        draft = _drafted(parsed.value, limits.problems, hurry=parsed.report.ok)
    problems = (*parsed.report.problems, *draft.report.problems)
    omitted = parsed.report.omitted + draft.report.omitted
    return Decoded(draft=draft, text=parsed.text, report=Report.of(problems, limit=limits.problems, omitted=omitted))


def _read_at_once(data: bytes | str, limits: Limits) -> Article | None:
    # What has our form is not nested deeply, so that only a limit below the usual one must be measured.
    if len(data) > limits.size or limits.depth < DEPTH_LIMIT:
        return None
    return native.read(data) or fastpath.read(data)


def to_data(article: Article) -> dict[str, Any]:
    """Turn an article into dicts, lists, strings, whole numbers, booleans and None."""
    data: dict[str, Any] = _converter.unstructure(article)
    return data


def from_data(data: object) -> Article:
    """Turn plain data into an article.

    Raises:
        InvalidArticle: The data has not our form; all findings are in it.
    """
    draft = _drafted(data, MOST_PROBLEMS, hurry=True)
    if draft.article is None or not draft.report.ok:
        raise InvalidArticle(draft.report.problems, draft.report.omitted)
    return draft.article


def _drafted(data: object, limit: int, hurry: bool) -> Draft:
    """Read data whose version comes first: it decides what all the rest means."""
    if isinstance(data, dict) and UNREADABLE in data and "schema_version" not in data:
        # The document breaks before its version.
        return Draft(article=None, report=Report())
    unsupported = migrations.unsupported(data)
    if unsupported is not None:
        return Draft(article=None, report=Report((unsupported,)))
    data = migrations.upgraded(data)
    # What stands for an unreadable key is no string, and older versions of cattrs stumble over it.
    if hurry and isinstance(data, dict) and "schema_version" in data:
        try:
            return Draft(article=_converter.structure(data, Article), report=Report())
        except (ValueError, KeyError, ForbiddenExtraKeysError):
            # The careful reader tells what is wrong; this one only knows that something is.
            pass
    return examine(data, limit=limit)


# The hooks. They stop at the first thing that is wrong.


def _single_hook(kind: Any) -> Callable[[Any, Any], Any]:
    read = READERS[kind]
    return lambda value, _: read(value)


def _is_tuple(kind: Any) -> bool:
    return typing.get_origin(kind) is tuple


def _is_table(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Table)


def _tuple_hook(kind: Any, converter: Converter) -> Callable[[Any, Any], Any]:
    return _list_hook(typing.get_args(kind)[0], tuple, converter)


def _table_hook(kind: Any, converter: Converter) -> Callable[[Any, Any], Any]:
    return _list_hook(kind.record_type, kind, converter)


def _list_hook(item: Any, make: Callable[[Any], Any], converter: Converter) -> Callable[[Any, Any], Any]:
    structure_item = converter.get_structure_hook(item)

    def structure(value: Any, _: Any) -> Any:
        if type(value) is not list:
            raise wrong_type("a list", value)
        return make([structure_item(entry, item) for entry in value])

    return structure


def _object_hook(cls: Any, converter: Converter) -> Callable[[Any, Any], Any]:
    structure_fields = make_dict_structure_fn(
        cls, converter, _cattrs_forbid_extra_keys=True, _cattrs_detailed_validation=False
    )

    def structure(value: Any, kind: Any) -> Any:
        if type(value) is not dict:
            raise wrong_type("an object", value)
        return structure_fields(value, kind)

    return structure


def _make_converter() -> Converter:
    converter = Converter()
    for kind in READERS:
        converter.register_structure_hook(kind, _single_hook(kind))
    converter.register_structure_hook(Vocabulary, read_label)
    converter.register_structure_hook_factory(attrs.has, _object_hook)
    converter.register_structure_hook_factory(_is_tuple, _tuple_hook)
    converter.register_structure_hook_factory(_is_table, _table_hook)
    _register_unstructuring(converter)
    return converter


def _register_unstructuring(converter: Converter) -> None:
    converter.register_unstructure_hook(Edtf, lambda date: str(date))
    converter.register_unstructure_hook(Vocabulary, lambda label: str(label.value))
    converter.register_unstructure_hook(datetime.date, lambda day: day.isoformat())
    converter.register_unstructure_hook(Decimal, lambda value: format(value, "f"))
    converter.register_unstructure_hook_func(_is_tuple, lambda items: [converter.unstructure(item) for item in items])
    converter.register_unstructure_hook_func(_is_table, lambda table: [converter.unstructure(row) for row in table])


_converter: Final = _make_converter()
