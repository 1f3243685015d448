"""Checks of the arguments of public functions.

Here: refusing an argument of a wrong type or a number out of bounds in one sentence.
Not here: the checks of the fields of records (`model/fields.py`).
"""

from __future__ import annotations

from oped_dataset.errors import InvalidArgument, InvalidRecord
from oped_dataset.messages import quoted


def argument(name: str, value: object, kinds: type | tuple[type, ...], wanted: str, remedy: str = "") -> None:
    """Accept an argument of a function that is of one of these types.

    Raises:
        InvalidArgument: It has another type; the message names the argument, the expected type and a remedy.
    """
    if not isinstance(value, kinds):
        hint = f"; {remedy}" if remedy else ""
        raise InvalidArgument(f"{name}: must be {wanted}, not {type(value).__name__}{hint}", name)


def several(name: str, value: object, wanted: str, remedy: str) -> None:
    """Refuse a text where several things are wanted: Python would take its characters for them, and of none find none.

    Raises:
        InvalidArgument: It is text or bytes; the message names the argument, the expected type and the remedy.
    """
    if isinstance(value, (str, bytes, bytearray)):
        raise InvalidArgument(f"{name}: must be {wanted}, not {type(value).__name__}; {remedy}", name)


def whole_number(name: str, value: object, least: int, none: str = "") -> None:
    """Accept an argument of a function that is a whole number from this one on.

    Args:
        name: What the argument is called.
        value: What was given.
        least: The least number that is accepted.
        none: What None stands for, where it is accepted too.

    Raises:
        InvalidRecord: It is none; True and False count as none.
    """
    if none and value is None:
        return
    if type(value) is not int or value < least:
        alternative = f", or None for {none}" if none else ""
        raise InvalidRecord(f"{name}: must be a whole number from {least}{alternative}, not {quoted(value)}", name)
