"""The attrs validators that all records share.

Here: checks of single values, whose messages name the class and the field.
Not here: the records (`records.py`), the arguments of functions (`arguments.py`) and the rules between records
(`validation/rules.py`).

Nothing is converted: a value of the wrong type is rejected, even if it could be converted.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from decimal import Decimal
from enum import Enum
from typing import Any, Final, NoReturn, TypeAlias

import attrs

from oped_dataset.errors import InvalidRecord
from oped_dataset.messages import is_encodable, quoted

Check: TypeAlias = Callable[[Any, "attrs.Attribute[Any]", Any], None]
"""An attrs validator, called with the instance, the attribute and the value."""

SLUG: Final = r"[a-z0-9]+(-[a-z0-9]+)*"
"""The form of an id: lowercase ASCII words joined by single hyphens."""

MOST_DIGITS: Final = 40
"""The maximum number of characters of a decimal that is written without an exponent."""


def refuse(instance: object, attribute: attrs.Attribute[Any], reason: str) -> NoReturn:
    """Raise `InvalidRecord` with the class, the field and a reason."""
    raise InvalidRecord(f"{type(instance).__name__}.{attribute.name}: {reason}", attribute.name)


def _describe(kind: type) -> str:
    if kind is type(None):
        return "None"
    return f"a member of {kind.__name__}" if issubclass(kind, Enum) else kind.__name__


def text(instance: object, attribute: attrs.Attribute[Any], value: object) -> None:
    """Accept a string that is not blank and can be written as UTF-8."""
    if type(value) is not str:
        refuse(instance, attribute, f"must be str, not {_describe(type(value))}")
    if not value.strip():
        refuse(instance, attribute, "must not be blank")
    # RFC 8259, section 8.2: JSON can escape half of a surrogate pair, which UTF-8 cannot encode (RFC 3629, section 3).
    if not is_encodable(value):
        refuse(instance, attribute, "contains a lone surrogate")


def decimal(instance: object, attribute: attrs.Attribute[Any], value: object) -> None:
    """Accept a finite Decimal of at most forty characters, except negative zero."""
    if type(value) is not Decimal:
        refuse(instance, attribute, f"must be Decimal, not {_describe(type(value))}")
    if not value.is_finite():
        refuse(instance, attribute, f"must be finite, not {value}")
    # The exponent is checked first, because `format` would write out all digits of `Decimal("1E+999999")`.
    if abs(value.adjusted()) > MOST_DIGITS or len(format(value, "f")) > MOST_DIGITS:
        refuse(instance, attribute, f"takes more than {MOST_DIGITS} characters when written out")
    if value.is_zero() and value.is_signed():
        refuse(instance, attribute, "must not be negative zero")


@attrs.frozen(eq=False, repr=False)
class Exactly:
    """Accept instances of one class, but not of its subclasses: a bool is not accepted as an int."""

    wanted: type

    def __call__(self, instance: object, attribute: attrs.Attribute[Any], value: object) -> None:
        """Check one value."""
        if type(value) is not self.wanted:
            more = added_fields(value, self.wanted)
            refuse(instance, attribute, f"must be {_describe(self.wanted)}, not {_describe(type(value))}{more}")


def added_fields(value: object, wanted: type) -> str:
    """Name the fields that a subclass adds, which no format can store; "" without any."""
    if not (isinstance(value, wanted) and attrs.has(wanted) and attrs.has(type(value))):
        return ""
    kind: Any = type(value)
    own = {field.name for field in attrs.fields(wanted)}
    more = [repr(field.name) for field in attrs.fields(kind) if field.name not in own]
    return f" with the field {' and '.join(more)}, for which no article has a place" if more else ""


@attrs.frozen(eq=False, repr=False)
class Matching:
    """Accept strings that match the whole pattern; the description completes the sentence "it is not …"."""

    pattern: str
    description: str

    def __call__(self, instance: object, attribute: attrs.Attribute[Any], value: object) -> None:
        """Check one value."""
        if type(value) is not str:
            refuse(instance, attribute, f"must be str, not {_describe(type(value))}")
        if not re.fullmatch(self.pattern, value):
            # A character that is not ASCII is named, because it can look like one that is.
            foreign = next((character for character in value[:80] if not character.isascii()), None)
            found = foreign and f"; it contains U+{ord(foreign):04X} {unicodedata.name(foreign, '')}".rstrip()
            refuse(instance, attribute, f"{quoted(value)} is not {self.description}{found or ''}")


@attrs.frozen(eq=False, repr=False)
class AtLeast:
    """Accept whole numbers from the minimum to 2**53 - 1."""

    minimum: int

    def __call__(self, instance: object, attribute: attrs.Attribute[Any], value: object) -> None:
        """Check one value."""
        if type(value) is not int:
            refuse(instance, attribute, f"must be int, not {_describe(type(value))}")
        # RFC 8259, section 6: integers below 2**53 are interoperable, because readers may use binary64.
        if not self.minimum <= value < 2**53:
            # Python raises ValueError when it writes more than 4300 digits.
            shown = value if value.bit_length() < 256 else f"a number of {value.bit_length()} bits"
            refuse(instance, attribute, f"must be at least {self.minimum} and below 2**53, not {shown}")


@attrs.frozen(eq=False, repr=False)
class OrNone:
    """Accept None, and every value that the check accepts."""

    check: Check

    def __call__(self, instance: object, attribute: attrs.Attribute[Any], value: object) -> None:
        """Check one value."""
        if value is not None:
            self.check(instance, attribute, value)


@attrs.frozen(eq=False, repr=False)
class Each:
    """Accept a tuple of at least `minimum` values, all of which the check accepts."""

    check: Check
    minimum: int = 0

    def __call__(self, instance: object, attribute: attrs.Attribute[Any], value: object) -> None:
        """Check one value."""
        if type(value) is not tuple:
            refuse(instance, attribute, f"must be tuple, not {_describe(type(value))}")
        if len(value) < self.minimum:
            refuse(instance, attribute, "must not be empty")
        for item in value:
            self.check(instance, attribute, item)


slug: Final = Matching(SLUG, "a slug (lowercase ASCII letters, digits, single hyphens)")

slugs: Final = Each(slug)
