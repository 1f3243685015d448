"""Articles as plain JSON data and as bytes, and back, with every finding of a document reported together.

What lives here: the only use of cattrs; strict hooks that convert nothing by guess; the paths of the findings.
What does not: JSON as text (`jsontext.py`) and the rules between records (`validation.py`).

Wire keys equal attribute names. Three values have a spelling of their own: a date is `YYYY-MM-DD`; a decimal is a
string without exponent, so that no reader rounds it; a table is a list of its records.
Keys with a default may be left out.
"""

from __future__ import annotations

import datetime
import re
import typing
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any, Final, TypeVar

import attrs
from cattrs import (
    AttributeValidationNote,
    BaseValidationError,
    Converter,
    ForbiddenExtraKeysError,
    IterableValidationError,
    IterableValidationNote,
)
from cattrs.gen import make_dict_structure_fn

from oped_dataset import jsontext
from oped_dataset.dates import Edtf
from oped_dataset.errors import (
    InvalidArticle,
    InvalidDate,
    InvalidRecord,
    Problem,
    Report,
    did_you_mean,
    nearest,
)
from oped_dataset.model import SCHEMA_VERSION, Article
from oped_dataset.tables import Table
from oped_dataset.vocabulary import Vocabulary

SUPPORTED_VERSIONS: Final = (SCHEMA_VERSION,)
"""The versions of the file format this package reads."""

DECIMAL: Final = r"(?!-0(\.0+)?$)-?(0|[1-9][0-9]*)(\.[0-9]+)?"
"""The one spelling of a decimal: no exponent, no plus sign, no leading zeros, no negative zero."""

_Part = TypeVar("_Part")

_JSON_NAMES: Final = {dict: "an object", list: "a list", str: "a string", int: "a whole number", float: "a number"}


@attrs.frozen(kw_only=True)
class Decoded:
    """What came of a document.

    Attributes:
        article: The article, or None when the document has errors of form.
        text: The document as text, or None when its bytes are no text.
        report: What is wrong with its form.
    """

    article: Article | None
    text: str | None
    report: Report


class _Finding(ValueError):
    """A value a hook refuses."""

    def __init__(self, code: str, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint


def encode(article: Article) -> bytes:
    """Spell an article canonically."""
    return jsontext.write(to_data(article))


def encode_line(article: Article) -> bytes:
    """Spell an article on one line."""
    return jsontext.write_line(to_data(article))


def decode(data: bytes | str, *, size_limit: int = jsontext.SIZE_LIMIT) -> Decoded:
    """Read a document; it never raises, and everything wrong with the form is in the result."""
    parsed = jsontext.parse(data, size_limit=size_limit)
    if parsed.problems:
        return Decoded(article=None, text=parsed.text, report=Report.of(parsed.problems))
    try:
        return Decoded(article=from_data(parsed.value), text=parsed.text, report=Report())
    except InvalidArticle as error:
        problems = jsontext.locate(parsed.text or "", error.problems)
        return Decoded(article=None, text=parsed.text, report=Report(problems, error.omitted))


def to_data(article: Article) -> dict[str, Any]:
    """Turn an article into dicts, lists, strings, whole numbers, booleans and None."""
    data: dict[str, Any] = _converter.unstructure(article)
    return data


def from_data(data: object) -> Article:
    """Turn plain data into an article.

    Raises:
        InvalidArticle: The data has not our form; all findings are in it.
    """
    unsupported = _version_problem(data)
    if unsupported is not None:
        raise InvalidArticle((unsupported,))
    try:
        return _converter.structure(data, Article)
    except (BaseValidationError, _Finding) as error:
        report = Report.of(_problems(error, "", Article))
    raise InvalidArticle(report.problems, report.omitted)


def part_from_data(data: object, kind: type[_Part], pointer: str) -> _Part:
    """Turn plain data into a part of an article, such as a record or a span.

    Args:
        data: The part, as it stands in a file.
        kind: Its class.
        pointer: Where the data stands, for the findings.

    Raises:
        InvalidArticle: The data has not the form of such a part; all findings are in it.
    """
    try:
        return _converter.structure(data, kind)
    except (BaseValidationError, _Finding) as error:
        report = Report.of(_problems(error, pointer, kind))
    raise InvalidArticle(report.problems, report.omitted)


def _version_problem(data: object) -> Problem | None:
    version = data.get("schema_version", SCHEMA_VERSION) if type(data) is dict else SCHEMA_VERSION
    if type(version) is not int or version in SUPPORTED_VERSIONS:
        return None
    supported = ", ".join(map(str, SUPPORTED_VERSIONS))
    return Problem(
        code="OPED-unsupported-schema-version",
        pointer="/schema_version",
        message=f"schema version {version} is not supported; this package reads {supported}",
        hint="upgrade oped-dataset" if version > SCHEMA_VERSION else None,
    )


# From cattrs' tree of exceptions to problems.


def _problems(error: BaseException, pointer: str, owner: Any) -> Iterator[Problem]:
    if isinstance(error, BaseValidationError):
        cls = getattr(error, "cl", owner)
        for inner in error.exceptions:
            yield from _inner_problems(inner, pointer, cls)
    elif isinstance(error, ForbiddenExtraKeysError):
        yield from (_unknown_key(key, pointer, error.cl) for key in sorted(error.extra_fields))
    elif isinstance(error, _Finding):
        yield Problem(code=f"OPED-{error.code}", pointer=pointer, message=error.message, hint=error.hint)
    elif isinstance(error, InvalidDate):
        yield Problem(code="OPED-invalid-date", pointer=pointer, message=str(error))
    else:
        field = error.field if isinstance(error, InvalidRecord) else None
        place = f"{pointer}/{field}" if field else pointer
        yield Problem(code="OPED-invalid-value", pointer=place, message=str(error))


def _inner_problems(error: BaseException, pointer: str, owner: Any) -> Iterator[Problem]:
    note = _step(error)
    if isinstance(note, AttributeValidationNote):
        if type(error) is KeyError:
            yield Problem(code="OPED-missing-key", pointer=pointer, message=f"the key {note.name!r} is missing")
        else:
            yield from _problems(error, f"{pointer}/{note.name}", owner)
    elif isinstance(note, IterableValidationNote):
        yield from _problems(error, f"{pointer}/{note.index}", owner)
    else:
        yield from _problems(error, pointer, owner)


def _step(error: BaseException) -> AttributeValidationNote | IterableValidationNote | None:
    for note in getattr(error, "__notes__", ()):
        if isinstance(note, (AttributeValidationNote, IterableValidationNote)):
            return note
    return None


def _unknown_key(key: str, pointer: str, owner: Any) -> Problem:
    names = [attribute.name for attribute in attrs.fields(owner)]
    hint = did_you_mean(nearest(key, names)) or f"{owner.__name__} has {', '.join(names)}"
    place = f"{pointer}/{jsontext.escape_key(key)}"
    return Problem(code="OPED-unknown-key", pointer=place, message=f"there is no key {key[:80]!r}", hint=hint)


# The hooks.


def _json_name(value: object) -> str:
    if value is None:
        return "null"
    return str(value).lower() if isinstance(value, bool) else _JSON_NAMES.get(type(value), type(value).__name__)


def _wrong_type(wanted: str, value: object) -> _Finding:
    return _Finding("wrong-type", f"must be {wanted}, not {_json_name(value)}")


def _exact(wanted: type, name: str) -> Callable[[Any, Any], Any]:
    def structure(value: Any, _: Any) -> Any:
        if type(value) is not wanted:
            raise _wrong_type(name, value)
        return value

    return structure


def _structure_label(value: Any, cls: type[Vocabulary]) -> Vocabulary:
    if type(value) is not str:
        raise _wrong_type("a string", value)
    labels = {str(member.value): member for member in cls}
    if value not in labels:
        hint = did_you_mean(nearest(value, labels)) or f"{cls.__name__} has {', '.join(labels)}"
        raise _Finding("unknown-label", f"{value[:80]!r} is no {cls.__name__}", hint)
    return labels[value]


def _structure_day(value: Any, _: Any) -> datetime.date:
    if type(value) is not str:
        raise _wrong_type("a string", value)
    # One spelling only: since Python 3.11 `fromisoformat` also takes "20190713" and "2019-W28-6".
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        raise InvalidDate(f"{value[:80]!r} is not a day written as YYYY-MM-DD")
    try:
        return datetime.date.fromisoformat(value)
    except ValueError:
        raise InvalidDate(f"{value!r} names no day in the calendar") from None


def _structure_edtf(value: Any, _: Any) -> Edtf:
    if type(value) is not str:
        raise _wrong_type("a string", value)
    return Edtf(value)


def _structure_decimal(value: Any, _: Any) -> Decimal:
    if type(value) is not str:
        raise _wrong_type("a decimal written as a string", value)
    if not re.fullmatch(DECIMAL, value):
        raise _Finding("invalid-decimal", f"{value[:80]!r} is not a plain decimal", "write it like '-12.50'")
    return Decimal(value)


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

    def structure(value: Any, kind: Any) -> Any:
        if type(value) is not list:
            raise _wrong_type("a list", value)
        made, errors = [], []
        for index, entry in enumerate(value):
            try:
                made.append(structure_item(entry, item))
            except (ValueError, BaseValidationError) as error:
                error.add_note(IterableValidationNote(f"at index {index}", index, item))
                errors.append(error)
        if errors:
            # Type checkers see only the arguments of the built-in exception group.
            raise IterableValidationError("in a list", errors, kind)  # pyright: ignore[reportCallIssue]
        return make(made)

    return structure


def _object_hook(cls: Any, converter: Converter) -> Callable[[Any, Any], Any]:
    structure_fields = make_dict_structure_fn(
        cls, converter, _cattrs_forbid_extra_keys=True, _cattrs_detailed_validation=True
    )

    def structure(value: Any, kind: Any) -> Any:
        if type(value) is not dict:
            raise _wrong_type("an object", value)
        return structure_fields(value, kind)

    return structure


def _make_converter() -> Converter:
    converter = Converter(detailed_validation=True, forbid_extra_keys=True)
    for kind, name in ((str, "a string"), (int, "a whole number"), (bool, "true or false")):
        converter.register_structure_hook(kind, _exact(kind, name))
    converter.register_structure_hook(Vocabulary, _structure_label)
    converter.register_structure_hook(datetime.date, _structure_day)
    converter.register_structure_hook(Edtf, _structure_edtf)
    converter.register_structure_hook(Decimal, _structure_decimal)
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
