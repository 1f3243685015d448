"""JSON straight into records by compiled code, where the extra `fast` is installed.

What lives here: the only use of msgspec.
What does not: the same in Python (`fastpath.py`), and whatever is not surely right (`wire.py`).

All of it is there only for speed: it takes half the time of `fastpath.py` and gives the same records, or none. By
itself msgspec is not strict enough: it passes over unknown keys and keeps the last of two equal ones. So a document is
taken only if the records, written again, are the document, white space between its tokens apart. And it would run the
checks of our classes in Python, value by value; so it is given twins of them, whose types say what the checks demand.
"""

from __future__ import annotations

import abc
import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import chain
from operator import attrgetter, methodcaller
from typing import Annotated, Any, Final, TypeAlias

import attrs

from oped_dataset import extras
from oped_dataset.codec.values import READERS
from oped_dataset.errors import MissingExtra
from oped_dataset.model import fields
from oped_dataset.model.article import TABLES, Article
from oped_dataset.model.fields import (
    AtLeast,
    Each,
    Exactly,
    Matching,
    OrNone,
)
from oped_dataset.model.records import SCHEMA_VERSION

WORTHWHILE: Final = 4_000_000
"""So many bytes are read in Python before msgspec is imported, because that takes as long as it saves on them."""

_read_in_python = 0


class _Plain(abc.ABC):  # noqa: B024
    """Stands for Decimal where msgspec is to leave the spelling to us."""


_Plain.register(Decimal)


def read(document: bytes | str) -> Article | None:
    """Read an article of the present version with all keys in their order, or give None at any doubt.

    None is given too while it is not worth the while, and where the extra is not installed.
    """
    reader = _reader() if _is_worthwhile(document) else None
    return reader(document) if reader is not None else None


def _is_worthwhile(document: bytes | str) -> bool:
    global _read_in_python
    if _read_in_python < WORTHWHILE:
        # Threads may lose one another's count, which does no harm.
        _read_in_python += len(document)
        return False
    return True


@cache
def _reader() -> Callable[[bytes | str], Article | None] | None:
    try:
        msgspec = extras.need("msgspec", "fast")
    except MissingExtra:
        return None
    decode = msgspec.json.Decoder(_twin(Article, msgspec.Meta), dec_hook=_read_single).decode
    encode = msgspec.json.Encoder(enc_hook=str).encode
    strings, records = _paths()

    def read_natively(document: bytes | str) -> Article | None:
        try:
            content = document.encode() if isinstance(document, str) else document
            twin = decode(content)
            if encode(twin) != msgspec.json.format(content, indent=-1):
                return None
        except (msgspec.MsgspecError, ValueError, RecursionError):
            return None
        if not all(_all_match(twin, pattern, paths) for pattern, paths in strings.items()):
            return None
        article = _become_ours(twin, records)
        return article if article.schema_version == SCHEMA_VERSION else None

    return read_natively


# What msgspec is told of our classes.


@cache
def _twin(cls: Any, meta: Any) -> Any:
    """Make a class whose objects msgspec fills, and which then become objects of our class.

    Nothing is added to our class but what is said of it, so that Python lets an object change from one to the other.
    """
    members = {
        "__slots__": (),
        "__annotations__": {field.name: _kind(_check_of(field), meta) for field in attrs.fields(cls)},
        "__setattr__": object.__setattr__,
    }
    if hasattr(cls, "__attrs_post_init__"):
        members["__post_init__"] = cls.__attrs_post_init__
    return dataclass(init=False, repr=False, eq=False, match_args=False)(type(cls.__name__, (cls,), members))


def _check_of(field: attrs.Attribute[Any]) -> Any:
    """The validator of a field, or of a field without one the class of the table it holds."""
    return field.validator or field.converter


def _kind(check: Any, meta: Any) -> Any:
    """Say as a type what a field's validator accepts, or what the table its converter makes is made of."""
    match check:
        case OrNone(present):
            return _kind(present, meta) | None
        case Each(each, minimum):
            item: Any = _kind(each, meta)
            return Annotated[tuple[item, ...], meta(min_length=minimum)]
        case Exactly(kind):
            return _twin(kind, meta) if attrs.has(kind) else kind
        case AtLeast(minimum):
            return Annotated[int, meta(ge=minimum, lt=2**53)]
        case Matching():
            return str
        case fields.text:
            return Annotated[str, meta(pattern=r"\S")]
        case fields.decimal:
            return _Plain
        case table:
            record: Any = _twin(table.record_type, meta)
            return tuple[record, ...]


def _read_single(kind: Any, raw: Any) -> Any:
    return READERS[Decimal if kind is _Plain else kind](raw)


# What is done to all values in one place of all records: much less than to one value after the other.


_Path: TypeAlias = tuple[tuple[str, bool], ...]
"""Names of fields, one inside the other, each with whether it holds several values."""


def _all_match(article: Any, pattern: re.Pattern[str], paths: list[_Path]) -> bool:
    # In an article there are four times as many ids as different ones.
    found = set(chain.from_iterable(_values(article, path) for path in paths))
    found.discard(None)
    return all(map(pattern.fullmatch, found))


def _become_ours(article: Any, records: list[tuple[Any, _Path]]) -> Article:
    for cls, path in records:
        deque(map(methodcaller("__setattr__", "__class__", cls), filter(None, _values(article, path))), maxlen=0)
    for name in TABLES:
        make_table: Any = _check_of(attrs.fields_dict(Article)[name])
        object.__setattr__(article, name, make_table(getattr(article, name)))
    article.__class__ = Article
    ours: Article = article
    return ours


def _values(article: Any, path: _Path) -> Iterable[Any]:
    found: Iterable[Any] = (article,)
    for name, several in path:
        found = map(attrgetter(name), filter(None, found))
        if several:
            found = chain.from_iterable(filter(None, found))
    return found


def _paths() -> tuple[dict[re.Pattern[str], list[_Path]], list[tuple[Any, _Path]]]:
    """The paths to the strings that must match each pattern, and to the records, each with its class."""
    strings: dict[re.Pattern[str], list[_Path]] = {}
    records: list[tuple[Any, _Path]] = []
    for kind, path in _below(Article, ()):
        if isinstance(kind, str):
            strings.setdefault(re.compile(kind), []).append(path)
        else:
            records.append((kind, path))
    return strings, records


def _below(cls: Any, path: _Path) -> Iterator[tuple[Any, _Path]]:
    for field in attrs.fields(cls):
        check: Any = _check_of(field)
        several = False
        if isinstance(check, OrNone):
            check = check.check
        if isinstance(check, Each):
            check, several = check.check, True
        if isinstance(check, type):
            table: Any = check
            check, several = Exactly(table.record_type), True
        place = (*path, (field.name, several))
        if isinstance(check, Matching):
            yield check.pattern, place
        elif isinstance(check, Exactly) and attrs.has(check.wanted):
            yield from _below(check.wanted, place)
            yield check.wanted, place
