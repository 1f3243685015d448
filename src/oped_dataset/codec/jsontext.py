"""JSON as text: a strict reader, and the canonical form.

Here: decoding, the limits, also of data that is not JSON text, strict parsing, writing.
Not here: finding the problems of a text (`scanner.py`), lines and columns (`pointers.py`), the meaning of values
(`shape.py`), writing records (`fastwriter.py`).

The standard library reads well-formed text at full speed; only other text is scanned.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

import attrs

from oped_dataset.codec.pointers import Lines
from oped_dataset.codec.scanner import SAFE, UNREADABLE, Scanner
from oped_dataset.errors import MOST_PROBLEMS, InvalidImport, Problem, Report
from oped_dataset.messages import is_encodable, quoted
from oped_dataset.model.fields import AtLeast

SIZE_LIMIT: Final = 16 * 1024 * 1024
"""The default size of the largest document, in bytes, or in characters for a `str`."""

DEPTH_LIMIT: Final = 64
"""The default depth to which arrays and objects may be nested."""

_BRACKETS: Final = 10_000
_LENGTH_EACH: Final = 16
"""A document may have more opening brackets than the first number only if it has this length for each of them.

Articles have about 50. An empty list takes 200 bytes of memory and could be written in three.
"""

# RFC 8259 section 8.2: the grammar allows unpaired surrogates, which readers treat unpredictably.
_LONE_SURROGATE: Final = re.compile(
    r"\\u[dD][89aAbB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])"
    r"|(?<!\\u[dD][89aAbB][0-9a-fA-F]{2})\\u[dD][c-fC-F]"
)
# RFC 8259 section 6: integers are interoperable below 2**53, other numbers within the range of a double.
_NUMBER_LIMITS: Final = {int: SAFE, float: float("inf")}


@attrs.frozen(kw_only=True)
class Limits:
    """The limits for reading a document, passed as `limits`.

    Attributes:
        size: The largest document, in bytes, or in characters for a `str`. A larger one is rejected, and is read or
            decompressed only as far as needed to detect this.
        depth: How deep arrays and objects may be nested. A more deeply nested document is rejected.
        problems: How many problems are kept, at least 1; the rest are counted.
    """

    size: int = attrs.field(default=SIZE_LIMIT, validator=AtLeast(0))
    depth: int = attrs.field(default=DEPTH_LIMIT, validator=AtLeast(0))
    problems: int = attrs.field(default=MOST_PROBLEMS, validator=AtLeast(1))


USUAL: Final = Limits()
"""The default limits."""


def check_limits(data: Any, limits: Limits, place: str) -> None:
    """Accept plain data within the limits of a document; a list that contains itself exceeds them.

    Raises:
        InvalidImport: It exceeds a limit; the rest of it is not read.
    """
    size, waiting = 0, [iter((data,))]
    while waiting:
        for value in waiting[-1]:
            size += 1 + (len(value) if isinstance(value, (str, bytes)) else 0)
            if isinstance(value, int) and abs(value) >= SAFE:
                # As in a document; Python does not even write integers of more than 4,300 digits.
                raise InvalidImport(f"{place} contains {quoted(value)}; not every JSON reader can represent it exactly")
            if isinstance(value, Decimal) and value.is_snan():
                raise InvalidImport(f"{place} contains {quoted(value)}, which cannot be compared with any value")
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
            raise InvalidImport(f"{place} contains more than {limits.size} characters and values; raise limits.size")
        if len(waiting) > limits.depth + 1:
            raise InvalidImport(f"{place} is nested deeper than {limits.depth}")


@attrs.frozen(kw_only=True)
class Parsed:
    """A parsed document.

    Attributes:
        text: The document as text, with replacement characters for invalid bytes; "" when it is too large.
        value: Its value in plain Python types. If there are problems, `UNREADABLE` replaces rejected values and the
            values missing after a break, as described for `Scanner`.
        report: The problems of its JSON.
    """

    text: str
    value: Any = UNREADABLE
    report: Report = attrs.field(factory=Report)


class _Suspect(ValueError):
    """Raised inside the standard parser to pass the text to the scanner."""


def parse(data: bytes | bytearray | str, limits: Limits = USUAL, value: Any = UNREADABLE) -> Parsed:
    """Read a document strictly; the result reports all problems of its JSON.

    Args:
        data: The document.
        limits: The largest size and nesting of a document, and the number of problems to keep.
        value: The result of `parse_quickly` for this document, if it is known.
    """
    # RFC 8259 section 9: a parser may limit the size and the nesting of texts, and the range of numbers.
    if len(data) > limits.size:
        unit = "characters" if isinstance(data, str) else "bytes"
        problem = Problem(
            code="OPED-too-large",
            message=f"the document is longer than {limits.size} {unit}",
            hint="raise limits.size if the file can be trusted",
        )
        return Parsed(text="", report=Report.of((problem,), limit=limits.problems))
    if _is_crowded(data):
        problem = Problem(
            code="OPED-too-large",
            message=f"the document has more than one opening bracket for each {_LENGTH_EACH} of its characters",
            hint="check whether it is an article, which has one for about 50 characters",
        )
        return Parsed(text="", report=Report((problem,)))
    try:
        # RFC 8259 section 8.1: JSON exchanged between systems is UTF-8.
        text = data if isinstance(data, str) else data.decode("utf-8")
    except UnicodeDecodeError as error:
        # The decoded text only serves to show the line; nothing is parsed from it.
        return Parsed(text=error.object.decode("utf-8", "replace"), report=Report((_describe_bad_byte(error),)))
    return _parse_with_mark(text, limits) if text.startswith("\ufeff") else _parse_text(text, limits, value)


def parse_quickly(data: bytes | bytearray | str) -> Any:
    """Read a document at the full speed of the standard library, or return `UNREADABLE` at any doubt.

    It checks less than `parse`: it accepts constants such as NaN, numbers that not every reader can represent, and
    lone surrogates. Records reject all of them.
    """
    if _is_crowded(data):
        return UNREADABLE
    try:
        # From bytes, the parser would also accept other encodings and a byte order mark.
        text = data if isinstance(data, str) else data.decode("utf-8")
        return json.loads(text, object_pairs_hook=_object)
    except (ValueError, RecursionError):
        return UNREADABLE


def _is_crowded(data: bytes | bytearray | str) -> bool:
    """Whether lists and objects would take up far more memory than the document is long."""
    # Brackets in strings count too, since finding the strings would take as long as reading the document.
    opened = data.count("[") + data.count("{") if isinstance(data, str) else data.count(b"[") + data.count(b"{")
    return opened > max(_BRACKETS, len(data) // _LENGTH_EACH)


def _parse_with_mark(text: str, limits: Limits) -> Parsed:
    # RFC 8259 section 8.1: a writer must not add a byte order mark; a reader may ignore it, but this one reports it.
    mark = Problem(
        code="OPED-byte-order-mark",
        line=1,
        column=1,
        message="the document begins with a byte order mark",
        hint="save the file as UTF-8 without a byte order mark",
    )
    # A space in its place keeps all columns.
    parsed = _parse_text(f" {text[1:]}", limits)
    problems = (mark, *parsed.report.problems)
    return attrs.evolve(parsed, report=Report.of(problems, limit=limits.problems, omitted=parsed.report.omitted))


def _parse_text(text: str, limits: Limits, value: Any = UNREADABLE) -> Parsed:
    if value is UNREADABLE:
        value = parse_quickly(text)
    if value is not UNREADABLE and not _has_lone_surrogate(text) and _is_interoperable(value, limits.depth):
        return Parsed(text=text, value=value)
    scanner = Scanner(text, limits.depth)
    report = Report.of(scanner.problems(), limit=limits.problems)
    return Parsed(text=text, value=scanner.value, report=report)


def _has_lone_surrogate(text: str) -> bool:
    # An escaped backslash does not begin an escape, so the text before it and the text after it stay separate.
    escaped = "\\u" in text and _LONE_SURROGATE.search(text.replace("\\\\", "//"))
    return bool(escaped) or not is_encodable(text)


def _is_interoperable(value: object, depth_limit: int) -> bool:
    """Whether a value is nested within the limit, and every JSON reader can represent its numbers."""
    depth, opened = -1, list[Any]([[value]])
    while opened:
        items = [item for each in opened for item in (each.values() if isinstance(each, dict) else each)]
        # NaN is not below the limit either.
        if not all(abs(item) < _NUMBER_LIMITS[type(item)] for item in items if type(item) in _NUMBER_LIMITS):
            return False
        depth, opened = depth + 1, [item for item in items if isinstance(item, dict | list)]
    return depth <= depth_limit


def _describe_bad_byte(error: UnicodeDecodeError) -> Problem:
    good = error.object[: error.start].decode("utf-8")
    line, column = Lines(good).place(len(good))
    hint = "save the file as UTF-8"
    # The magic numbers of gzip (RFC 1952), Zstandard (RFC 8878) and ZIP.
    if error.object.startswith((b"\x1f\x8b", b"\x28\xb5\x2f\xfd", b"PK\x03\x04")):
        hint = "it looks compressed; decompress it first"
    elif error.object.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in error.object[:4]:
        hint = "it looks like UTF-16 or UTF-32; save the file as UTF-8"
    return Problem(
        code="OPED-not-utf-8",
        line=line,
        column=column,
        message=f"byte {error.start} is not UTF-8 ({error.reason})",
        hint=hint,
    )


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    # RFC 8259 section 4: names should be unique; readers treat an object with equal names unpredictably.
    made = dict(pairs)
    if len(made) != len(pairs):
        raise _Suspect
    return made


# Writing.


def write(document: dict[str, Any]) -> bytes:
    """Write a document in canonical form: UTF-8, one key per line and, in a list of objects, one object per line."""
    # RFC 8259 section 2: whitespace is allowed before and after any bracket, brace, colon and comma.
    entries = ",\n".join(f"{compact(key)}: {_write_value(value)}" for key, value in document.items())
    return f"{{\n{entries}\n}}\n".encode()


def write_line(document: dict[str, Any]) -> bytes:
    r"""Write a document on one line, as JSON Lines requires, with a line feed at the end.

    U+0085, U+2028 and U+2029 are escaped, because `str.splitlines` and readers built on it end a line there.
    """
    return end_line(compact(document))


def end_line(line: str) -> bytes:
    """Escape the other line separators in a JSON text on one line, and end the line."""
    for separator in _SEPARATORS:
        line = line.replace(separator, f"\\u{ord(separator):04x}")
    return f"{line}\n".encode()


def _write_value(value: Any) -> str:
    if not (isinstance(value, list) and value and all(isinstance(item, dict) for item in value)):
        return compact(value)
    items = ",\n".join(compact(item) for item in value)
    return f"[\n{items}\n]"


_SEPARATORS: Final = "\x85\u2028\u2029"

compact: Final = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode
"""Writes a value on one line; `json.dumps` would create an encoder for every record."""
