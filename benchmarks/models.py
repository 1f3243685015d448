"""The records again, as classes of other libraries: written as Python modules from our attrs classes.

What lives here: what the fields of a record class are, and the same for msgspec, pydantic, dataclasses and Arrow.
Made from `attrs.fields` each time, the classes cannot fall behind ours.
What does not: what is done with the classes (`contenders/`).

They are written to files, not made in memory, because a process whose start is measured must find its classes as a
user's are found, compiled, and without importing attrs or this package. All are frozen, as ours are; dates, decimals
and labels have their types; a date of ours that may be imprecise (`Edtf`) is a plain string. What a field demands
of its value is left out: a user would have to write that again for each library.
"""

from __future__ import annotations

import datetime
import enum
import types
import typing
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal, TypeAlias

import attrs

from oped_dataset.extras import need
from oped_dataset.model.article import TABLES, Article
from oped_dataset.model.dates import Edtf
from oped_dataset.model.tables import Table

Dialect: TypeAlias = Literal["msgspec", "pydantic", "dataclasses"]

MODULES: Final[dict[Dialect, str]] = {
    "msgspec": "peer_msgspec",
    "pydantic": "peer_pydantic",
    "dataclasses": "peer_dataclasses",
}
"""The name of the module that is written for each library."""

_SIMPLE: Final[dict[Any, str]] = {
    str: "str",
    Edtf: "str",
    int: "int",
    bool: "bool",
    datetime.date: "datetime.date",
    Decimal: "decimal.Decimal",
}
_HEADS: Final[dict[Dialect, str]] = {
    "msgspec": "import msgspec",
    "pydantic": "import pydantic",
    "dataclasses": "import dataclasses\nimport json",
}
_OPENINGS: Final[dict[Dialect, str]] = {
    "msgspec": "class {name}(msgspec.Struct, frozen=True, kw_only=True):",
    "pydantic": "class {name}(pydantic.BaseModel):\n    model_config = pydantic.ConfigDict(frozen=True)",
    "dataclasses": "@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)\nclass {name}:",
}
_ENDINGS: Final[dict[Dialect, str]] = {
    "msgspec": """\
_decoder = msgspec.json.Decoder(Article)


def load(document):
    return _decoder.decode(document)


def dump(article):
    return msgspec.json.encode(article)
""",
    "pydantic": """\
def load(document):
    return Article.model_validate_json(document)


def dump(article):
    return article.model_dump_json().encode()
""",
    "dataclasses": """\
def load(document):
    return read_Article(json.loads(document))


def dump(article):
    return json.dumps(write_Article(article), ensure_ascii=False).encode()
""",
}


def write_modules(directory: Path) -> None:
    """Write a module for each library."""
    for dialect, name in MODULES.items():
        (directory / f"{name}.py").write_text(module(dialect), encoding="utf-8")


def module(dialect: Dialect) -> str:
    """The module for one library: labels, classes, `load` from bytes and `dump` to bytes."""
    parts = [f"import datetime\nimport decimal\nimport enum\n{_HEADS[dialect]}"]
    for cls in _classes(Article):
        parts.append(_labels(cls) if issubclass(cls, enum.Enum) else _class(cls, dialect))
    return "\n\n\n".join([*parts, _ENDINGS[dialect]])


@cache
def hints(cls: type) -> dict[str, Any]:
    """The types of a record's fields, in order."""
    found = typing.get_type_hints(cls)
    return {field.name: found[field.name] for field in attrs.fields(cls)}


def optional(hint: Any) -> Any:
    """What a field holds when it does not hold None; None where it always holds something."""
    if typing.get_origin(hint) not in (types.UnionType, typing.Union):
        return None
    return next(option for option in typing.get_args(hint) if option is not type(None))


def item(hint: Any) -> Any:
    """What a sequence holds; None where the field is no sequence."""
    if typing.get_origin(hint) is tuple:
        return typing.get_args(hint)[0]
    return hint.record_type if isinstance(hint, type) and issubclass(hint, Table) else None


def _classes(cls: type) -> list[type]:
    """The labels and record classes a record is made of, each after those it needs."""
    found = dict[type, None]()
    for hint in hints(cls).values():
        kind = optional(hint) or hint
        kind = item(kind) or kind
        if issubclass(kind, enum.Enum):
            found[kind] = None
        elif attrs.has(kind):
            found.update(dict.fromkeys(_classes(kind)))
    return [*found, cls]


def _labels(cls: type[enum.Enum]) -> str:
    return "\n".join([f"class {cls.__name__}(enum.Enum):", *(f"    {each.name} = {each.value!r}" for each in cls)])


def _class(cls: type, dialect: Dialect) -> str:
    lines = [_OPENINGS[dialect].format(name=cls.__name__)]
    for field in attrs.fields(cls):
        default = _default(field.default)
        lines.append(f"    {field.name}: {_spelled(hints(cls)[field.name])}" + (f" = {default}" if default else ""))
    if dialect == "dataclasses":
        lines += ["", "", *_reader(cls), "", "", *_writer(cls)]
    return "\n".join(lines)


def _spelled(hint: Any) -> str:
    if optional(hint):
        return f"{_spelled(optional(hint))} | None"
    if item(hint):
        return f"tuple[{_spelled(item(hint))}, ...]"
    return _SIMPLE.get(hint) or str(hint.__name__)


def _default(value: Any) -> str:
    if value is attrs.NOTHING:
        return ""
    if isinstance(value, enum.Enum):
        return f"{type(value).__name__}.{value.name}"
    # Of the article's fields the tables have factories, which give empty tables.
    return "()" if isinstance(value, attrs.Factory) else repr(value)  # type: ignore[arg-type]


# For dataclasses, which read and write nothing: the functions one would write by hand.


def _reader(cls: type) -> Iterator[str]:
    yield f"def read_{cls.__name__}(data):"
    yield f"    return {cls.__name__}("
    for name, hint in hints(cls).items():
        yield f"        {name}={_read(hint, f'data[{name!r}]')},"
    yield "    )"


def _writer(cls: type) -> Iterator[str]:
    yield f"def write_{cls.__name__}(record):"
    yield "    return {"
    for name, hint in hints(cls).items():
        yield f"        {name!r}: {_written(hint, f'record.{name}')},"
    yield "    }"


def _read(hint: Any, value: str) -> str:
    if optional(hint):
        inner = _read(optional(hint), value)
        return inner if inner == value else f"None if {value} is None else {inner}"
    if item(hint):
        inner = _read(item(hint), "each")
        return f"tuple({value})" if inner == "each" else f"tuple([{inner} for each in {value}])"
    if hint is datetime.date:
        return f"datetime.date.fromisoformat({value})"
    if hint in _SIMPLE:
        return f"decimal.Decimal({value})" if hint is Decimal else value
    return f"{hint.__name__}({value})" if issubclass(hint, enum.Enum) else f"read_{hint.__name__}({value})"


def _written(hint: Any, value: str) -> str:
    if optional(hint):
        inner = _written(optional(hint), value)
        return inner if inner == value else f"None if {value} is None else {inner}"
    if item(hint):
        inner = _written(item(hint), "each")
        return f"list({value})" if inner == "each" else f"[{inner} for each in {value}]"
    if hint is datetime.date:
        return f"{value}.isoformat()"
    if hint in _SIMPLE:
        return f"str({value})" if hint is Decimal else value
    return f"{value}.value" if issubclass(hint, enum.Enum) else f"write_{hint.__name__}({value})"


# For Arrow.


def arrow_schema(cls: type) -> Any:
    """The Arrow schema of rows of plain data, one field a column; dates and decimals are the strings of the file."""
    arrow = need("pyarrow", "arrow")
    return arrow.schema([(name, _arrow_type(hint)) for name, hint in hints(cls).items()])


def arrow_tables(data: dict[str, Any]) -> dict[str, Any]:
    """Lay the plain data of an article out as one Arrow table for each of its tables."""
    arrow = need("pyarrow", "arrow")
    return {name: arrow.Table.from_pylist(data[name], schema=table_schema(name)) for name in TABLES}


@cache
def table_schema(name: str) -> Any:
    """The Arrow schema of the rows of one of the article's tables."""
    return arrow_schema(item(hints(Article)[name]))


def _arrow_type(hint: Any) -> Any:
    arrow = need("pyarrow", "arrow")
    kind = optional(hint) or hint
    if item(kind):
        return arrow.list_(_arrow_type(item(kind)))
    if attrs.has(kind):
        return arrow.struct(list(arrow_schema(kind)))
    return {int: arrow.int64(), bool: arrow.bool_()}.get(kind, arrow.string())
