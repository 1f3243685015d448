"""What the fields of a record hold: of which kind, how many values, within which bounds, with which default.

Here: the one place that interprets the attrs validators of a record. The readers, the JSON Schema, the
tables and the exports ask here.
Not here: the validators themselves (`fields.py`) and the records (`records.py`, `article.py`).
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import Any

import attrs

from oped_dataset.model import fields
from oped_dataset.model.fields import (
    AtLeast,
    Each,
    Exactly,
    Matching,
    OrNone,
)


class Slot:
    """One field of a record.

    Attributes:
        name: Its name, which is also its key in a file.
        kind: The class of its value, or of each of its values: `str`, `int`, `bool`, `datetime.date`, `Decimal`,
            `Edtf`, a closed list or a class of records.
        container: `tuple` or the class of a table where it holds several values; None where it holds one.
        fewest: How many values a container holds at least.
        is_optional: Whether it may hold None instead.
        check: The validator of one value.
        pattern: The regular expression that all of a value must match, or None.
        minimum: The least whole number that a value may be, or None.
        may_be_left_out: Whether a file may leave its key out, and its default is meant.
        attribute: The attrs field itself.
    """

    # Not made by attrs only for speed: a first `load()` makes this class.
    attribute: attrs.Attribute[Any]
    check: Any
    container: Any
    fewest: int
    is_optional: bool
    kind: Any
    may_be_left_out: bool
    minimum: int | None
    name: str
    pattern: str | None

    def __init__(self, attribute: attrs.Attribute[Any]) -> None:
        """Interpret a field."""
        check: Any = attribute.validator
        container: Any = None
        self.is_optional = isinstance(check, OrNone)
        if isinstance(check, OrNone):
            check = check.check
        self.fewest = 0
        if isinstance(check, Each):
            container, self.fewest, check = tuple, check.minimum, check.check
        elif check is None:
            # A table has no validator; its class is the converter, which takes nothing but records of one kind.
            container = attribute.converter
            check = Exactly(container.record_type)
        self.name = attribute.name
        self.kind = _kind(check)
        self.container = container
        self.check = check
        self.pattern = check.pattern if isinstance(check, Matching) else None
        self.minimum = check.minimum if isinstance(check, AtLeast) else None
        # A version that is left out would have to be guessed.
        self.may_be_left_out = attribute.default is not attrs.NOTHING and self.name != "schema_version"
        self.attribute = attribute

    def default(self) -> Any:
        """The value that is meant when the key is left out."""
        default: Any = self.attribute.default
        return default.factory() if isinstance(default, attrs.Factory) else default  # type: ignore[arg-type]


@cache
def layout(cls: Any) -> tuple[Slot, ...]:
    """The fields of a class of records, in their order."""
    return tuple(map(Slot, attrs.fields(cls)))


def record_classes(cls: Any) -> tuple[Any, ...]:
    """The classes of all records that make up a record, the innermost first, and its own class last."""
    found: dict[Any, None] = {}
    for slot in layout(cls):
        if attrs.has(slot.kind):
            found.update(dict.fromkeys(record_classes(slot.kind)))
    return (*found, cls)


def _kind(check: Any) -> Any:
    match check:
        case Exactly(kind):
            return kind
        case AtLeast():
            return int
        case fields.decimal:
            return Decimal
        case _:
            return str
