"""Checks of the arguments of public functions.

What lives here: refusing an argument of a wrong type in one sentence.
What does not: the checks of the fields of records (`model/fields.py`).
"""

from __future__ import annotations

from oped_dataset.errors import InvalidRecord


def argument(name: str, value: object, kinds: type | tuple[type, ...], wanted: str, remedy: str = "") -> None:
    """Accept an argument of a function that is of one of these types.

    Raises:
        InvalidRecord: It is of none; the message names the argument, what is wanted, and the remedy where there is one.
    """
    if not isinstance(value, kinds):
        hint = f"; {remedy}" if remedy else ""
        raise InvalidRecord(f"{name}: must be {wanted}, not {type(value).__name__}{hint}", name)
