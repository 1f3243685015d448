"""The records as classes of other libraries, generated as Python modules from the attrs classes of the package.

Here: the classes for msgspec, pydantic, dataclasses and Arrow.
Not here: the code that uses them (`contenders/`).

They are generated from `model/layout.py` on every run, and written to files, because a process whose start is measured
must find its classes compiled, like those of a user, without importing attrs or this package. All are frozen; dates,
decimals and labels have their types; a date that may be imprecise (`Edtf`) is a plain string. The rules of fields
are left out: a user would have to write them again for each library.
"""

from __future__ import annotations

import datetime
import enum
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal, TypeAlias

import attrs

from oped_dataset.extras import need
from oped_dataset.model.article import TABLES, Article
from oped_dataset.model.dates import Edtf
from oped_dataset.model.layout import Slot, layout

Dialect: TypeAlias = Literal["msgspec", "pydantic", "dataclasses"]

MODULES: Final[dict[Dialect, str]] = {
    "msgspec": "peer_msgspec",
    "pydantic": "peer_pydantic",
    "dataclasses": "peer_dataclasses",
}
"""The name of the generated module for each library."""

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
    """Return the module for one library: labels, classes, `load` from bytes and `dump` to bytes."""
    parts = [f"import datetime\nimport decimal\nimport enum\n{_HEADS[dialect]}"]
    for cls in _list_classes(Article):
        parts.append(_format_labels(cls) if issubclass(cls, enum.Enum) else _format_class(cls, dialect))
    return "\n\n\n".join([*parts, _ENDINGS[dialect]])


def _list_classes(cls: type) -> list[type]:
    """List the vocabularies and classes of a record, each after those it needs."""
    found = dict[type, None]()
    for slot in layout(cls):
        if issubclass(slot.kind, enum.Enum):
            found[slot.kind] = None
        elif attrs.has(slot.kind):
            found.update(dict.fromkeys(_list_classes(slot.kind)))
    return [*found, cls]


def _format_labels(cls: type[enum.Enum]) -> str:
    return "\n".join([f"class {cls.__name__}(enum.Enum):", *(f"    {each.name} = {each.value!r}" for each in cls)])


def _format_class(cls: type, dialect: Dialect) -> str:
    lines = [_OPENINGS[dialect].format(name=cls.__name__)]
    for slot in layout(cls):
        default = _format_default(slot.attribute.default)
        lines.append(f"    {slot.name}: {_format_type(slot)}" + (f" = {default}" if default else ""))
    if dialect == "dataclasses":
        lines += ["", "", *_format_reader(cls), "", "", *_format_writer(cls)]
    return "\n".join(lines)


def _format_type(slot: Slot) -> str:
    held = _SIMPLE.get(slot.kind) or str(slot.kind.__name__)
    if slot.container is not None:
        held = f"tuple[{held}, ...]"
    return f"{held} | None" if slot.is_optional else held


def _format_default(value: Any) -> str:
    if value is attrs.NOTHING:
        return ""
    if isinstance(value, enum.Enum):
        return f"{type(value).__name__}.{value.name}"
    # Of the article's fields the tables have factories, which give empty tables.
    return "()" if isinstance(value, attrs.Factory) else repr(value)  # type: ignore[arg-type]


# For dataclasses, which read and write nothing: the functions one would write by hand.


def _format_reader(cls: type) -> Iterator[str]:
    yield f"def read_{cls.__name__}(data):"
    yield f"    return {cls.__name__}("
    for slot in layout(cls):
        yield f"        {slot.name}={_format_conversion(slot, f'data[{slot.name!r}]', 'tuple', _format_read)},"
    yield "    )"


def _format_writer(cls: type) -> Iterator[str]:
    yield f"def write_{cls.__name__}(record):"
    yield "    return {"
    for slot in layout(cls):
        yield f"        {slot.name!r}: {_format_conversion(slot, f'record.{slot.name}', 'list', _format_write)},"
    yield "    }"


def _format_conversion(slot: Slot, value: str, sequence: str, convert: Callable[[Any, str], str]) -> str:
    """Return the expression for a field, where `convert` returns the expression for one value of it."""
    made = convert(slot.kind, value)
    if slot.container is not None:
        each = convert(slot.kind, "each")
        several = f"[{each} for each in {value}]"
        made = f"{sequence}({value})" if each == "each" else several if sequence == "list" else f"tuple({several})"
    return f"None if {value} is None else {made}" if slot.is_optional and made != value else made


def _format_read(kind: Any, value: str) -> str:
    if kind is datetime.date:
        return f"datetime.date.fromisoformat({value})"
    if kind in _SIMPLE:
        return f"decimal.Decimal({value})" if kind is Decimal else value
    return f"{kind.__name__}({value})" if issubclass(kind, enum.Enum) else f"read_{kind.__name__}({value})"


def _format_write(kind: Any, value: str) -> str:
    if kind is datetime.date:
        return f"{value}.isoformat()"
    if kind in _SIMPLE:
        return f"str({value})" if kind is Decimal else value
    return f"{value}.value" if issubclass(kind, enum.Enum) else f"write_{kind.__name__}({value})"


# For Arrow.


def arrow_schema(cls: type) -> Any:
    """Return the Arrow schema of plain data, one field a column; dates and decimals are the strings of the file."""
    arrow = need("pyarrow", "arrow")
    return arrow.schema([(slot.name, _build_arrow_type(slot)) for slot in layout(cls)])


def arrow_tables(data: dict[str, Any]) -> dict[str, Any]:
    """Convert the plain data of an article to one Arrow table for each of its tables."""
    arrow = need("pyarrow", "arrow")
    return {name: arrow.Table.from_pylist(data[name], schema=table_schema(name)) for name in TABLES}


@cache
def table_schema(name: str) -> Any:
    """Return the Arrow schema of one of the article's tables."""
    return arrow_schema(next(slot.kind for slot in layout(Article) if slot.name == name))


def _build_arrow_type(slot: Slot) -> Any:
    arrow = need("pyarrow", "arrow")
    simple = {int: arrow.int64(), bool: arrow.bool_()}
    held = (
        arrow.struct(list(arrow_schema(slot.kind))) if attrs.has(slot.kind) else simple.get(slot.kind, arrow.string())
    )
    return held if slot.container is None else arrow.list_(held)
