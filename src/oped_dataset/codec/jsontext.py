"""JSON as text: a reader that lets nothing doubtful through, and the canonical spelling.

Here: decoding, the limits, strict parsing, writing.
Not here: finding out what is wrong (`scanner.py`), lines and columns (`pointers.py`), what values mean
(`shape.py`).

Well-formed text is read by the standard library at full speed; only a text with something wrong is scanned.
"""

from __future__ import annotations

import json
import re
from itertools import accumulate
from typing import Any, Final, NoReturn

import attrs

from oped_dataset.codec.pointers import Lines
from oped_dataset.codec.scanner import UNREADABLE, Scanner, is_safe
from oped_dataset.errors import MOST_PROBLEMS, Problem, Report
from oped_dataset.model.fields import AtLeast

SIZE_LIMIT: Final = 16 * 1024 * 1024
"""The largest document read unless asked otherwise, in bytes; a document in text counts its characters."""

DEPTH_LIMIT: Final = 64
"""Arrays and objects may be nested this deep unless asked otherwise."""

# RFC 8259 section 7: a string ends at the first quotation mark that no backslash stands before. One without an end
# matches too, so that none is looked for inside it.
_STRING: Final = re.compile(r'"(?:[^"\\]++|\\.)*+"?', re.DOTALL)
_BRACKET: Final = re.compile(r"[\[\]{}]")
# RFC 8259 section 8.2: the grammar allows unpaired surrogates, and what readers make of them is unpredictable.
_LONE_SURROGATE: Final = re.compile(
    r"\\u[dD][89aAbB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])"
    r"|(?<!\\u[dD][89aAbB][0-9a-fA-F]{2})\\u[dD][c-fC-F]|[\ud800-\udfff]"
)


@attrs.frozen(kw_only=True)
class Limits:
    """How much a reader takes from a document, given as `limits` wherever one is read.

    Attributes:
        size: The largest document, in bytes, or in characters where it is text. Larger ones are refused, and no more
            of them is read or unpacked than shows that they are.
        depth: How deep arrays and objects may be nested. Documents nested deeper are refused.
        problems: How many problems are kept, at least 1; the rest are counted.
    """

    size: int = attrs.field(default=SIZE_LIMIT, validator=AtLeast(0))
    depth: int = attrs.field(default=DEPTH_LIMIT, validator=AtLeast(0))
    problems: int = attrs.field(default=MOST_PROBLEMS, validator=AtLeast(1))


USUAL: Final = Limits()
"""The limits when nothing else is asked for."""


@attrs.frozen(kw_only=True)
class Parsed:
    """A document that was read.

    Attributes:
        text: The document as text, with replacement characters where it is none; "" when it is too large.
        value: Its value in plain Python types. Where there are problems, `UNREADABLE` stands for what was refused and
            for what is missing where the text breaks, as `Scanner` tells.
        report: What is wrong with it as JSON.
    """

    text: str
    value: Any = UNREADABLE
    report: Report = attrs.field(factory=Report)


class _Suspect(ValueError):
    """Raised inside the standard parser to hand a text over to the scanner."""


def parse(data: bytes | str, limits: Limits = USUAL) -> Parsed:
    """Read a document strictly; everything wrong with it as JSON is in the result."""
    # RFC 8259 section 9: a parser may limit the size and the nesting of texts, and the range of numbers.
    problem = _size_problem(data, limits.size)
    if problem is not None:
        return Parsed(text="", report=Report((problem,)))
    try:
        # RFC 8259 section 8.1: JSON exchanged between systems is UTF-8.
        text = data if isinstance(data, str) else data.decode("utf-8")
    except UnicodeDecodeError as error:
        # Only to show the line; nothing is read from it.
        return Parsed(text=error.object.decode("utf-8", "replace"), report=Report((_not_utf8(error),)))
    return _parse_marked(text, limits) if text.startswith("\ufeff") else _parse_text(text, limits)


def parse_quickly(data: bytes | str) -> Any:
    """Read a document at the full speed of the standard library, or give `UNREADABLE` at any doubt.

    It looks at less than `parse` does: constants such as NaN, numbers not every reader keeps and lone surrogates pass.
    No record takes any of them.
    """
    try:
        # Given bytes, the parser would take other encodings too, and a byte order mark.
        text = data if isinstance(data, str) else data.decode("utf-8")
        return json.loads(text, object_pairs_hook=_object)
    except (ValueError, RecursionError):
        return UNREADABLE


def _size_problem(data: bytes | str, size_limit: int) -> Problem | None:
    if len(data) <= size_limit:
        return None
    unit = "characters" if isinstance(data, str) else "bytes"
    return Problem(
        code="OPED-too-large",
        message=f"the document is longer than {size_limit} {unit}",
        hint="raise limits.size if the file can be trusted",
    )


def _parse_marked(text: str, limits: Limits) -> Parsed:
    # RFC 8259 section 8.1: a writer must not add a byte order mark; a reader may ignore one, and this one reports it.
    mark = Problem(
        code="OPED-byte-order-mark",
        line=1,
        column=1,
        message="the document begins with a byte order mark",
        hint="save the file as UTF-8 without a byte order mark",
    )
    # With a blank in its place all that follows keeps its place.
    parsed = _parse_text(f" {text[1:]}", limits)
    problems = (mark, *parsed.report.problems)
    return attrs.evolve(parsed, report=Report.of(problems, limit=limits.problems, omitted=parsed.report.omitted))


def _parse_text(text: str, limits: Limits) -> Parsed:
    try:
        # The nesting is measured before parsing, because the standard parser recurses.
        if _depth(text) > limits.depth or _has_lone_surrogate(text):
            raise _Suspect
        value = json.loads(
            text, object_pairs_hook=_object, parse_constant=_refuse, parse_int=_whole_number, parse_float=_fraction
        )
        return Parsed(text=text, value=value)
    except (ValueError, RecursionError):
        scanner = Scanner(text, limits.depth)
        report = Report.of(scanner.problems(), limit=limits.problems)
        return Parsed(text=text, value=scanner.value, report=report)


def _not_utf8(error: UnicodeDecodeError) -> Problem:
    good = error.object[: error.start].decode("utf-8")
    line, column = Lines(good).place(len(good))
    return Problem(
        code="OPED-not-utf-8",
        line=line,
        column=column,
        message=f"byte {error.start} is not UTF-8 ({error.reason})",
        hint=_encoding_hint(error.object),
    )


def _encoding_hint(data: bytes) -> str:
    if data.startswith((b"\x1f\x8b", b"\x28\xb5\x2f\xfd", b"PK\x03\x04")):
        return "it looks compressed; unpack it first"
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in data[:4]:
        return "it looks like UTF-16 or UTF-32; save the file as UTF-8"
    return "save the file as UTF-8"


def _has_lone_surrogate(text: str) -> bool:
    # An escaped backslash is no beginning of an escape, and keeps apart what stands on both its sides.
    return _LONE_SURROGATE.search(text.replace("\\\\", "//")) is not None


def _depth(text: str) -> int:
    steps = (1 if match[0] in "[{" else -1 for match in _BRACKET.finditer(_STRING.sub("", text)))
    return max(accumulate(steps), default=0)


# The standard parser is laxer than RFC 8259 where these hooks refuse.


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    # Section 4: names should be unique; where they are not, what readers make of the object is unpredictable.
    made = dict(pairs)
    if len(made) != len(pairs):
        raise _Suspect
    return made


def _refuse(_: str) -> NoReturn:
    # Section 6: NaN and the infinities are not numbers of JSON.
    raise _Suspect


def _whole_number(raw: str) -> int:
    # Section 6: whole numbers are interoperable below 2**53, other numbers as far as a double holds them.
    if not is_safe(raw):
        raise _Suspect
    return int(raw)


def _fraction(raw: str) -> float:
    if not is_safe(raw):
        raise _Suspect
    return float(raw)


# Writing.


def write(document: dict[str, Any]) -> bytes:
    """Spell a document canonically: one key a line, in a list of objects one object a line, UTF-8."""
    # RFC 8259 section 2: white space may stand before and after any bracket, brace, colon and comma.
    entries = ",\n".join(f"{_compact(key)}: {_spread(value)}" for key, value in document.items())
    return f"{{\n{entries}\n}}\n".encode()


def write_line(document: dict[str, Any]) -> bytes:
    r"""Spell a document on one line, as JSON Lines wants it, with a line feed at the end.

    U+0085, U+2028 and U+2029 are escaped: `str.splitlines` and readers built on it end a line there.
    """
    line = _compact(document)
    for separator in _SEPARATORS:
        line = line.replace(separator, f"\\u{ord(separator):04x}")
    return f"{line}\n".encode()


def _spread(value: Any) -> str:
    if not (isinstance(value, list) and value and all(isinstance(item, dict) for item in value)):
        return _compact(value)
    items = ",\n".join(_compact(item) for item in value)
    return f"[\n{items}\n]"


_SEPARATORS: Final = "\x85\u2028\u2029"

_compact: Final = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode
"""Writes a value on one line; `json.dumps` would make such an encoder for every record."""
