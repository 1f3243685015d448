"""Strict readers for single values, which never convert by guess.

Here: one reader for each kind of value that is neither an object nor a list.
Not here: objects and lists (`shape.py`, `fastpath.py`) and the checks of a field (`model/fields.py`).

Three kinds have one spelling each: a day is `YYYY-MM-DD`; an EDTF date or interval is its text; a decimal is a string
without exponent, so that no reader rounds it.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from decimal import Decimal
from functools import cache
from typing import Any, Final

from oped_dataset.errors import InvalidDate
from oped_dataset.messages import did_you_mean, nearest, quoted
from oped_dataset.model.dates import Edtf
from oped_dataset.model.fields import MOST_DIGITS
from oped_dataset.model.vocabulary import Vocabulary

DECIMAL: Final = r"(0|[1-9][0-9]*)(\.[0-9]+)?|-([1-9][0-9]*(\.[0-9]+)?|0\.[0-9]*[1-9][0-9]*)"
"""The one spelling of a decimal: no exponent, no plus sign, no leading zeros, no negative zero."""

DAY: Final = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
"""The one spelling of a day."""

_JSON_NAMES: Final = {dict: "an object", list: "a list", str: "a string", int: "a whole number", float: "a number"}


class Finding(ValueError):
    """A value that a reader rejects.

    Attributes:
        code: The problem code without `OPED-`.
        message: A description of the problem.
        hint: Its remedy, or None.
    """

    def __init__(self, code: str, message: str, hint: str | None = None) -> None:
        """Store the three parts."""
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint


def wrong_type(wanted: str, value: object) -> Finding:
    """Make the finding for a value of the wrong JSON type."""
    if value is None:
        found = "null"
    else:
        found = str(value).lower() if isinstance(value, bool) else _JSON_NAMES.get(type(value), type(value).__name__)
    return Finding("wrong-type", f"must be {wanted}, not {found}")


def _exact(wanted: type, name: str) -> Callable[[Any], Any]:
    def read(value: Any) -> Any:
        if type(value) is not wanted:
            raise wrong_type(name, value)
        return value

    return read


def read_label(value: Any, cls: type[Vocabulary]) -> Vocabulary:
    """Read a label of a vocabulary."""
    if type(value) is not str:
        raise wrong_type("a string", value)
    labels = _labels(cls)
    if value not in labels:
        hint = did_you_mean(nearest(value, labels)) or f"{cls.__name__} has {', '.join(labels)}"
        raise Finding("unknown-label", f"{quoted(value)} is not a label of {cls.__name__}", hint)
    return labels[value]


@cache
def _labels(cls: type[Vocabulary]) -> dict[str, Vocabulary]:
    return {str(member.value): member for member in cls}


def _read_day(value: Any) -> datetime.date:
    if type(value) is not str:
        raise wrong_type("a string", value)
    # Only one spelling is accepted; since Python 3.11, `fromisoformat` also takes "20190713" and "2019-W28-6".
    if not re.fullmatch(DAY, value):
        raise InvalidDate(f"{quoted(value)} is not a day written as YYYY-MM-DD")
    try:
        return datetime.date.fromisoformat(value)
    except ValueError:
        raise InvalidDate(f"{quoted(value)} is not a day in the calendar") from None


def _read_edtf(value: Any) -> Edtf:
    if type(value) is not str:
        raise wrong_type("a string", value)
    return Edtf(value)


def _read_decimal(value: Any) -> Decimal:
    if type(value) is not str:
        raise wrong_type("a decimal written as a string", value)
    # The length is checked first, because the pattern takes quadratic time.
    if len(value) > MOST_DIGITS:
        message = f"{quoted(value)} is longer than {MOST_DIGITS} characters"
        raise Finding("invalid-decimal", message, f"round it to at most {MOST_DIGITS} characters")
    if re.fullmatch(r"-0(\.0+)?", value):
        raise Finding("invalid-decimal", f"{quoted(value)} is negative zero", f"write {value[1:]!r}")
    if not re.fullmatch(DECIMAL, value):
        raise Finding("invalid-decimal", f"{quoted(value)} is not a plain decimal", "write it like '-12.50'")
    return Decimal(value)


READERS: Final[dict[Any, Callable[[Any], Any]]] = {
    str: _exact(str, "a string"),
    int: _exact(int, "a whole number"),
    bool: _exact(bool, "true or false"),
    datetime.date: _read_day,
    Edtf: _read_edtf,
    Decimal: _read_decimal,
}
"""The reader for each kind of single value except labels; it raises `Finding` or `InvalidDate`."""
