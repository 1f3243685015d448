"""The records as classes of other libraries, generated as Python modules from the attrs classes of the package.

Here: the classes for msgspec, pydantic, dataclasses and Arrow.
Not here: the code that uses them (`contenders.py`).

They are generated from `model/layout.py` on every run, and written to files, because a process whose start is measured
must find its classes compiled, like those of a user, without importing attrs or this package. All are frozen; dates,
decimals and labels have their types; a date that may be imprecise (`Edtf`) is a plain string. The rules of fields
are left out: a user would have to write them again for each library.
"""

from __future__ import annotations

import datetime
import enum
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Final

import attrs

from oped_dataset.extras import need
from oped_dataset.model.article import TABLES, Article
from oped_dataset.model.dates import Edtf
from oped_dataset.model.layout import Slot, layout

OPENINGS: Final = {
    "msgspec": "class {name}(msgspec.Struct, frozen=True, kw_only=True):",
    "pydantic": "class {name}(pydantic.BaseModel):\n    model_config = pydantic.ConfigDict(frozen=True)",
    "dataclasses": "@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)\nclass {name}:",
}
"""The first lines of a class, for each library. Its module is named `peer_` and the name of the library."""

_TYPES: Final[dict[Any, str]] = {
    str: "str",
    Edtf: "str",
    int: "int",
    bool: "bool",
    datetime.date: "datetime.date",
    Decimal: "decimal.Decimal",
}


def write_modules(directory: Path) -> None:
    """Write a module with labels and classes for each library."""
    for library in OPENINGS:
        parts = [f"import datetime\nimport decimal\nimport enum\nimport {library}"]
        parts += [_format_class(cls, library) for cls in _list_classes(Article)]
        (directory / f"peer_{library}.py").write_text("\n\n\n".join(parts) + "\n", encoding="utf-8")


def _list_classes(cls: type) -> list[type]:
    """List the vocabularies and classes of a record, each after those it needs."""
    found = dict[type, None]()
    for slot in layout(cls):
        if issubclass(slot.kind, enum.Enum):
            found[slot.kind] = None
        elif attrs.has(slot.kind):
            found.update(dict.fromkeys(_list_classes(slot.kind)))
    return [*found, cls]


def _format_class(cls: Any, library: str) -> str:
    if issubclass(cls, enum.Enum):
        return "\n".join([f"class {cls.__name__}(enum.Enum):", *(f"    {each.name} = {each.value!r}" for each in cls)])
    lines = [OPENINGS[library].format(name=cls.__name__)]
    for slot in layout(cls):
        kind = _TYPES.get(slot.kind) or slot.kind.__name__
        kind = kind if slot.container is None else f"tuple[{kind}, ...]"
        optional = " | None" if slot.is_optional else ""
        lines.append(f"    {slot.name}: {kind}{optional}{_format_default(slot.attribute.default)}")
    if library == "dataclasses":
        # They read and write nothing; these are the functions that one would write by hand.
        reading = [f"{slot.name}={_format_conversion(slot, f'data[{slot.name!r}]', 'read')}" for slot in layout(cls)]
        lines += ["", "", f"def read_{cls.__name__}(data):", f"    return {cls.__name__}({', '.join(reading)})"]
        writing = [f"{slot.name!r}: {_format_conversion(slot, f'self.{slot.name}', 'write')}" for slot in layout(cls)]
        lines += ["", "", f"def write_{cls.__name__}(self):", f"    return {{{', '.join(writing)}}}"]
    return "\n".join(lines)


def _format_default(value: Any) -> str:
    if value is attrs.NOTHING:
        return ""
    if isinstance(value, enum.Enum):
        return f" = {type(value).__name__}.{value.name}"
    # The fields for tables have factories, which return empty tables.
    return " = ()" if isinstance(value, attrs.Factory) else f" = {value!r}"  # type: ignore[arg-type]


def _format_conversion(slot: Slot, value: str, verb: str) -> str:
    """Return the expression that reads or writes a field."""
    one = _format_value(slot.kind, value if slot.container is None else "each", verb)
    if slot.container is not None:
        sequence = "tuple" if verb == "read" else "list"
        one = f"{sequence}({value})" if one == "each" else f"{sequence}([{one} for each in {value}])"
    return f"None if {value} is None else {one}" if slot.is_optional and one != value else one


def _format_value(kind: Any, value: str, verb: str) -> str:
    if kind is datetime.date:
        return f"datetime.date.fromisoformat({value})" if verb == "read" else f"{value}.isoformat()"
    if kind is Decimal:
        return f"decimal.Decimal({value})" if verb == "read" else f"str({value})"
    if kind in _TYPES:
        return value
    if issubclass(kind, enum.Enum):
        return f"{kind.__name__}({value})" if verb == "read" else f"{value}.value"
    return f"{verb}_{kind.__name__}({value})"


# For Arrow.


@cache
def arrow_schema(cls: Any) -> Any:
    """Return the Arrow schema of plain data, one field a column; dates and decimals are the strings of the file."""
    arrow = need("pyarrow", "arrow")
    simple = {int: arrow.int64(), bool: arrow.bool_()}
    columns = []
    for slot in layout(cls):
        is_record = attrs.has(slot.kind)
        kind = arrow.struct(list(arrow_schema(slot.kind))) if is_record else simple.get(slot.kind, arrow.string())
        columns.append((slot.name, kind if slot.container is None else arrow.list_(kind)))
    return arrow.schema(columns)


def arrow_tables(data: dict[str, Any]) -> dict[str, Any]:
    """Convert the plain data of an article to one Arrow table for each of its tables."""
    arrow = need("pyarrow", "arrow")
    schemas = {slot.name: arrow_schema(slot.kind) for slot in layout(Article) if slot.name in TABLES}
    return {name: arrow.Table.from_pylist(data[name], schema=schemas[name]) for name in TABLES}
