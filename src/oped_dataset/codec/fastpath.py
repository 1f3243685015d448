"""JSON straight into records, for documents with nothing wrong in them.

What lives here: one reader for each class of records, made of the fields and the checks of the class itself, which
gives up at the first doubt.
What does not: what is wrong with a document (`shape.py`) and the way of one that leaves out keys (`wire.py`).

All of it is there only for speed, and gives the records that `wire.py` gives, or none. It takes a third of the time of
the strict parser and cattrs, and does without importing them. The difference is made by not calling `__init__`: what
the checks demand is known from the values before a record is made, so that its fields are put in place one by one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from decimal import Decimal
from functools import cache
from typing import Any, Final, TypeAlias

import attrs

from oped_dataset.codec.values import READERS
from oped_dataset.model import fields
from oped_dataset.model.article import Article
from oped_dataset.model.fields import (
    AtLeast,
    Each,
    Exactly,
    Matching,
    OrNone,
)
from oped_dataset.model.records import SCHEMA_VERSION
from oped_dataset.model.vocabulary import Vocabulary

Reader: TypeAlias = Callable[[Any], Any]
"""Makes a value of plain data, or raises anything at all."""

_new: Final = object.__new__
_SOME_FIELD: Final = attrs.fields(Article).title


class Doubt(ValueError):
    """The data may be wrong."""


def read(document: bytes | str) -> Article | None:
    """Read an article of the present version in which every key is there, or give None at any doubt."""
    return _article(document, _object_reader, object_pairs_hook=_object)


def read_known(document: bytes) -> Article | None:
    """Read a document that `read` is known to take, in two thirds of the time, by leaving out all checks.

    Of any other document it gives None, or an article that may hold anything.
    """
    return _article(document, _known_object_reader)


def _article(document: bytes | str, make_reader: Callable[[Any], Reader], **how: Any) -> Article | None:
    try:
        # Given bytes, the parser would take other encodings too, and a byte order mark.
        text = document if isinstance(document, str) else document.decode("utf-8")
        article: Article = make_reader(Article)(json.loads(text, **how))
    except (ValueError, TypeError, LookupError, RecursionError):
        return None
    return article if article.schema_version == SCHEMA_VERSION else None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise Doubt
    return made


@cache
def _object_reader(cls: Any) -> Reader:
    slots = [(name, put, _value_reader(check)) for name, put, check in _slots(cls)]
    finish = getattr(cls, "__attrs_post_init__", None)

    def read_object(raw: Any) -> Any:
        # With as many keys as fields, and every field found, there is no other key.
        if type(raw) is not dict or len(raw) != len(slots):
            raise Doubt
        made = _new(cls)
        for name, put, read_value in slots:
            put(made, read_value(raw[name]))
        if finish is not None:
            finish(made)
        return made

    return read_object


def _slots(cls: Any) -> list[tuple[str, Callable[[Any, Any], None], Any]]:
    """The name of each field, what puts its value in place, and its check."""
    # What a slot's descriptor puts in place is not asked of `__setattr__`, which a frozen class refuses.
    return [
        (attribute.name, getattr(cls, attribute.name).__set__, attribute.validator or attribute.converter)
        for attribute in attrs.fields(cls)
    ]


def _value_reader(check: Any) -> Reader:
    """Make the reader of what a field's validator accepts, or of the table its converter makes."""
    match check:
        case OrNone(present):
            read_there = _value_reader(present)
            return lambda raw: None if raw is None else read_there(raw)
        case Each(each, minimum):
            return _list_reader(tuple, _value_reader(each), minimum)
        case Exactly(kind):
            return _kind_reader(kind)
        case Matching(pattern):
            return _matching_reader(re.compile(pattern).fullmatch)
        case AtLeast(minimum):
            return _whole_number_reader(minimum)
        case fields.text:
            return _checked_reader(READERS[str], check)
        case fields.decimal:
            return _checked_reader(READERS[Decimal], check)
        case table:
            return _list_reader(table, _object_reader(table.record_type))


def _kind_reader(kind: Any) -> Reader:
    if issubclass(kind, Vocabulary):
        return {str(member.value): member for member in kind}.__getitem__
    return _object_reader(kind) if attrs.has(kind) else READERS[kind]


def _list_reader(make: Callable[[Any], Any], read_item: Reader, minimum: int = 0) -> Reader:
    def read_list(raw: Any) -> Any:
        if type(raw) is not list or len(raw) < minimum:
            raise Doubt
        return make([read_item(item) for item in raw])

    return read_list


def _checked_reader(convert: Reader, check: Any) -> Reader:
    def read_checked(raw: Any) -> Any:
        value = convert(raw)
        # Which field is refused matters to nobody here.
        check(None, _SOME_FIELD, value)
        return value

    return read_checked


def _matching_reader(fullmatch: Callable[[Any], Any]) -> Reader:
    def read_matching(raw: Any) -> Any:
        if fullmatch(raw) is None:
            raise Doubt
        return raw

    return read_matching


def _whole_number_reader(minimum: int) -> Reader:
    def read_whole_number(raw: Any) -> Any:
        if type(raw) is not int or not minimum <= raw < 2**53:
            raise Doubt
        return raw

    return read_whole_number


# The same for what needs no check.


@cache
def _known_object_reader(cls: Any) -> Reader:
    slots = [(name, put, _known_value_reader(check)) for name, put, check in _slots(cls)]
    as_they_are = [(name, put) for name, put, read_value in slots if read_value is None]
    others = [(name, put, read_value) for name, put, read_value in slots if read_value is not None]

    def read_object(raw: Any) -> Any:
        made = _new(cls)
        for name, put in as_they_are:
            put(made, raw[name])
        for name, put, read_value in others:
            put(made, read_value(raw[name]))
        return made

    return read_object


def _known_value_reader(check: Any) -> Reader | None:
    """Make the reader of what a field's validator accepts; None where the value stays as it is."""
    match check:
        case OrNone(present):
            read_there = _known_value_reader(present)
            return None if read_there is None else lambda raw: None if raw is None else read_there(raw)
        case Each(each):
            return _known_list_reader(tuple, _known_value_reader(each))
        case Matching() | AtLeast() | fields.text:
            return None
        case Exactly(kind) if kind in (str, int, bool):
            return None
        case Exactly(kind) if attrs.has(kind):
            return _known_object_reader(kind)
        case Exactly(kind):
            return _kind_reader(kind)
        case fields.decimal:
            return READERS[Decimal]
        case table:
            return _known_list_reader(table, _known_object_reader(table.record_type))


def _known_list_reader(make: Callable[[Any], Any], read_item: Reader | None) -> Reader:
    return make if read_item is None else lambda raw: make([read_item(item) for item in raw])
