"""Descriptions of the fields of records: kind, number of values, bounds and default.

Here: the interpretation of the attrs validators, for the readers, the JSON Schema, the tables and the exports.
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
    """The description of one field.

    Attributes:
        name: The name of the field, which is also its key in a file.
        kind: The class of the value, or of each value: `str`, `int`, `bool`, `datetime.date`, `Decimal`, `Edtf`, a
            vocabulary or a class of records.
        container: `tuple` or the class of a table for several values; None for one value.
        fewest: The smallest number of values in a container.
        is_optional: Whether the value may be None instead.
        check: The validator of one value.
        pattern: The regular expression that the whole value must match, or None.
        minimum: The smallest whole number that is allowed, or None.
        may_be_left_out: Whether a file may leave out the key, which means the default.
        attribute: The attrs field itself.
    """

    # For speed, attrs does not generate this class, which a first `load()` needs.
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
        """Interpret the validator and the default of a field."""
        check: Any = attribute.validator
        container: Any = None
        self.is_optional = isinstance(check, OrNone)
        if isinstance(check, OrNone):
            check = check.check
        self.fewest = 0
        if isinstance(check, Each):
            container, self.fewest, check = tuple, check.minimum, check.check
        elif check is None:
            # A table has no validator. Its class is the converter, which accepts only records of one kind.
            container = attribute.converter
            check = Exactly(container.record_type)
        self.name = attribute.name
        self.kind = _find_kind(check)
        self.container = container
        self.check = check
        self.pattern = check.pattern if isinstance(check, Matching) else None
        self.minimum = check.minimum if isinstance(check, AtLeast) else None
        # A missing version would have to be guessed.
        self.may_be_left_out = attribute.default is not attrs.NOTHING and self.name != "schema_version"
        self.attribute = attribute

    def default(self) -> Any:
        """Return the value for a key that is left out."""
        default: Any = self.attribute.default
        return default.factory() if isinstance(default, attrs.Factory) else default  # type: ignore[arg-type]


@cache
def layout(cls: Any) -> tuple[Slot, ...]:
    """Describe the fields of a class of records, in their order."""
    return tuple(map(Slot, attrs.fields(cls)))


def record_classes(cls: Any) -> tuple[Any, ...]:
    """List the classes of records nested in a class of records, innermost first, then the class itself."""
    found: dict[Any, None] = {}
    for slot in layout(cls):
        if attrs.has(slot.kind):
            found.update(dict.fromkeys(record_classes(slot.kind)))
    return (*found, cls)


def _find_kind(check: Any) -> Any:
    match check:
        case Exactly(kind):
            return kind
        case AtLeast():
            return int
        case fields.decimal:
            return Decimal
        case _:
            return str
