"""Checks of the arguments of public functions.

Here: rejecting an argument of a wrong type, and a number out of bounds.
Not here: the checks of the fields of records (`model/fields.py`).
"""

from __future__ import annotations

import io
from collections.abc import Iterable

from oped_dataset.errors import InvalidArgument, InvalidRecord
from oped_dataset.messages import quoted


def argument(name: str, value: object, kinds: type | tuple[type, ...], wanted: str) -> None:
    """Check that an argument has one of these types.

    Args:
        name: The name of the argument.
        value: Its value.
        kinds: The accepted types.
        wanted: The accepted types in words, for the message.

    Raises:
        InvalidArgument: The argument has another type.
    """
    if not isinstance(value, kinds):
        raise InvalidArgument(f"{name}: must be {wanted}, not {type(value).__name__}", name)


def several(name: str, value: object, wanted: str, remedy: str) -> None:
    """Reject a string or an open file, over whose characters or lines Python would iterate, and a single thing.

    Args:
        name: The name of the argument.
        value: Its value.
        wanted: The accepted collection in words, for the message.
        remedy: The remedy in words, for the message.

    Raises:
        InvalidArgument: The argument is a string, bytes or an open file, or cannot be iterated over.
    """
    is_content = isinstance(value, (str, bytes, bytearray, memoryview, io.IOBase))
    if is_content or not isinstance(value, Iterable):
        raise InvalidArgument(f"{name}: must be {wanted}, not {type(value).__name__}; {remedy}", name)


def whole_number(name: str, value: object, least: int, none: str = "") -> None:
    """Check that an argument is a whole number of at least `least`.

    Args:
        name: The name of the argument.
        value: Its value.
        least: The smallest accepted number.
        none: The meaning of None in words, for the message; "" where None is not accepted.

    Raises:
        InvalidRecord: The argument is too small or not a whole number; True and False are not numbers here.
    """
    if none and value is None:
        return
    if type(value) is not int or value < least:
        alternative = f", or None for {none}" if none else ""
        raise InvalidRecord(f"{name}: must be a whole number from {least}{alternative}, not {quoted(value)}", name)
