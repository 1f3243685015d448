"""The check that an importer has read everything in a document, by exporting the article again.

Here: the comparison of a document with the article read from it.
Not here: the formats (the module of each format).

An importer reads the parts that it knows. The article is then exported again, and every value of the document must
occur in the result. This finds an unknown key, a second selector or a reading column that contradicts its record
without a list of possible errors.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from oped_dataset.codec.jsontext import Limits, parse
from oped_dataset.errors import InvalidImport
from oped_dataset.messages import quoted


def check_all_read(given: Any, written: Any, place: str, remedy: str) -> None:
    """Accept plain data if all of it was written again; keys that are missing in it are not compared.

    Args:
        given: The data that was read.
        written: The article in the same format.
        place: The name of the data, for messages.
        remedy: The remedy for a difference, for messages.

    Raises:
        InvalidImport: A value was not read; the message contains its place.
    """
    if isinstance(given, Mapping) and isinstance(written, Mapping):
        for key, value in given.items():
            inner = f"{place}/{key}"
            if key not in written:
                raise InvalidImport(f"{quoted_place(inner)}: this key is unknown; {remedy}")
            check_all_read(value, written.get(key), inner, remedy)
    elif isinstance(given, (list, tuple)) and isinstance(written, (list, tuple)) and len(given) == len(written):
        for number, (value, again) in enumerate(zip(given, written, strict=True)):
            check_all_read(value, again, f"{place}/{number}", remedy)
    elif _to_json(given) != _to_json(written) or isinstance(given, bool) != isinstance(written, bool):
        raise InvalidImport(
            f"{quoted_place(place)}: {quoted(given)} contradicts the records, which say {quoted(written)}; {remedy}"
        )


def _to_json(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime.date) else value


def quoted_place(place: str) -> str:
    """Escape a place for a message, since keys may contain any character."""
    return quoted(place)[1:-1]


def parse_json(written: bytes | str, limits: Limits, place: str) -> Any:
    """Read JSON as strictly as a document: no duplicate keys, no NaN, within the limits.

    Raises:
        InvalidImport: It is not JSON or exceeds a limit; the message reports the first problem.
    """
    parsed = parse(written.removeprefix("\ufeff" if isinstance(written, str) else b"\xef\xbb\xbf"), limits)  # type: ignore[arg-type]
    if parsed.report.problems:
        raise InvalidImport(f"{place} is not JSON: {parsed.report.problems[0].message}")
    return parsed.value
