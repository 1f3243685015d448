"""What a reader did not take from a document, found by writing it again.

Here: the first place where a document says something that the article read from it does not say, and the
limits of plain data that no reader of JSON has seen.
Not here: the formats, each of which reads and writes itself.

A format whose documents are all written by the package is read like this: what is known is taken, the article is
exported again, and whatever the document says must be there again. So a key nobody knows, a second selector or a
reading column that contradicts its record is found without a list of what may be wrong.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from oped_dataset.codec.jsontext import Limits, parse
from oped_dataset.errors import InvalidImport
from oped_dataset.messages import quoted


def check_all_read(given: Any, written: Any, place: str, remedy: str) -> None:
    """Accept plain data all of which was written again; a key that is missing in it, or is null, is not compared.

    Args:
        given: The data that was read.
        written: What the article becomes in the same format.
        place: What the data is, for the message.
        remedy: What to do about a difference.

    Raises:
        InvalidImport: A value was not read; the message has its place.
    """
    if isinstance(given, Mapping) and isinstance(written, Mapping):
        for key, value in given.items():
            inner = f"{place}/{key}"
            if key not in written:
                raise InvalidImport(f"{quoted_place(inner)}: nothing is read from this key; {remedy}")
            check_all_read(value, written.get(key), inner, remedy)
    elif isinstance(given, (list, tuple)) and isinstance(written, (list, tuple)) and len(given) == len(written):
        for number, (value, again) in enumerate(zip(given, written, strict=True)):
            check_all_read(value, again, f"{place}/{number}", remedy)
    elif given is not None and (
        _plain(given) != _plain(written) or isinstance(given, bool) != isinstance(written, bool)
    ):
        raise InvalidImport(
            f"{quoted_place(place)}: {quoted(given)} is not what the records say, {quoted(written)}; {remedy}"
        )


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime.date) else value


def quoted_place(place: str) -> str:
    """A place in a message, where it may hold any characters of a key."""
    return quoted(place)[1:-1]


def check_limits(data: Any, limits: Limits, place: str) -> None:
    """Accept plain data that is no larger and not nested deeper than a document may be, and lists nothing in itself.

    Raises:
        InvalidImport: It is; no more of it is looked at than shows that.
    """
    size, waiting = 0, [iter((data,))]
    while waiting:
        for value in waiting[-1]:
            size += 1 + (len(value) if isinstance(value, (str, bytes)) else 0)
            if isinstance(value, Mapping):
                size += sum(len(key) for key in value if isinstance(key, str))
                waiting.append(iter(value.values()))
            elif isinstance(value, (list, tuple)):
                waiting.append(iter(value))
            else:
                continue
            break
        else:
            waiting.pop()
        if size > limits.size:
            raise InvalidImport(f"{place} holds more than {limits.size} characters and values; raise limits.size")
        if len(waiting) > limits.depth + 1:
            raise InvalidImport(f"{place} is nested deeper than {limits.depth}")


def parse_json(written: bytes | str, limits: Limits, place: str) -> Any:
    """Read JSON as strictly as a document is read: no key twice, no NaN, within the limits.

    Raises:
        InvalidImport: It is not JSON, or not within the limits; the message has the first thing wrong with it.
    """
    parsed = parse(written.removeprefix("\ufeff" if isinstance(written, str) else b"\xef\xbb\xbf"), limits)  # type: ignore[arg-type]
    if parsed.report.problems:
        raise InvalidImport(f"{place} is not JSON: {parsed.report.problems[0].message}")
    return parsed.value
