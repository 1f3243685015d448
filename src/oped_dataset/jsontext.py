"""JSON as text: a reader that lets nothing doubtful through, places for values, and the canonical spelling.

What lives here: decoding, strict parsing, finding the line and column of a value, writing.
What does not: what the values mean (`codec.py`).

Well-formed text is read by the standard library at full speed; only a text with something wrong is walked by the
scanner here, which keeps its own stack and so has no limit of recursion.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import Any, Final, NoReturn

import attrs

from oped_dataset.errors import MOST_PROBLEMS, Problem

SIZE_LIMIT: Final = 64 * 1024 * 1024
"""The largest document read unless asked otherwise, in bytes."""

DEPTH_LIMIT: Final = 64
"""Arrays and objects may be nested this deep."""

_SAFE: Final = 2**53
_TOKEN: Final = re.compile(
    r'(?P<string>"(?:[^"\\\x00-\x1f]++|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*+")'
    r"|(?P<number>-?(?:0|[1-9][0-9]*+)(?:\.[0-9]++)?(?:[eE][+-]?[0-9]++)?)"
    r"|(?P<word>true|false|null)|(?P<constant>NaN|-?Infinity)|(?P<mark>[\[\]{},:])"
)
_BLANK: Final = re.compile(r"[ \t\n\r]*+")
_STRING: Final = re.compile(r'"(?:[^"\\]++|\\.)*+"', re.DOTALL)
_BRACKET: Final = re.compile(r"[\[\]{}]")
_MAYBE_SURROGATE: Final = re.compile(r"\\u[dD][89a-fA-F]|[\ud800-\udfff]")
_LONE: Final = re.compile("[\ud800-\udfff]")


@attrs.frozen(kw_only=True)
class Parsed:
    """A document that was read.

    Attributes:
        text: The document as text, or None when its bytes are no text.
        value: Its value in plain Python types, or None when there are problems.
        problems: What is wrong with it as JSON.
    """

    text: str | None = None
    value: Any = None
    problems: tuple[Problem, ...] = ()


class _Suspect(ValueError):
    """Raised inside the standard parser to hand a text over to the scanner."""


@attrs.frozen
class _SyntaxFault(Exception):
    code: str
    offset: int
    message: str


@attrs.define
class _Frame:
    """An open array or object: where the scanner is in it and which keys it has seen."""

    is_object: bool
    key: str | int | None
    keys: set[str] = attrs.field(factory=set)


@attrs.frozen
class _Token:
    kind: str
    raw: str
    offset: int


def parse(data: bytes | str, *, size_limit: int = SIZE_LIMIT) -> Parsed:
    """Read a document strictly; everything wrong with it as JSON is in the result."""
    text, problem = _decode(data, size_limit)
    if problem is not None:
        return Parsed(text=text, problems=(problem,))
    try:
        return Parsed(text=text, value=_parse_clean(text))
    except (ValueError, RecursionError) as error:
        problems = tuple(_scan(text)) or (_unexplained(text, error),)
        return Parsed(text=text, problems=problems)


def _decode(data: bytes | str, size_limit: int) -> tuple[str, Problem | None]:
    size = len(data)
    if size > size_limit:
        unit = "characters" if isinstance(data, str) else "bytes"
        return "", Problem(
            code="OPED-too-large",
            message=f"the document has {size} {unit}, the limit is {size_limit}",
            hint="raise size_limit if the file can be trusted",
        )
    try:
        text = data if isinstance(data, str) else data.decode("utf-8")
    except UnicodeDecodeError as error:
        return "", _not_utf8(error)
    if text.startswith("\ufeff"):
        hint = "save the file as UTF-8 without a byte order mark"
        return text, Problem(
            code="OPED-byte-order-mark",
            line=1,
            column=1,
            message="the document begins with a byte order mark",
            hint=hint,
        )
    return text, None


def _not_utf8(error: UnicodeDecodeError) -> Problem:
    good = error.object[: error.start].decode("utf-8")
    line, column = _place(good, len(good))
    first = error.object[:4]
    wide = first.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in first
    return Problem(
        code="OPED-not-utf-8",
        line=line,
        column=column,
        message=f"byte {error.start} is not UTF-8 ({error.reason})",
        hint="it looks like UTF-16 or UTF-32; save the file as UTF-8" if wide else "save the file as UTF-8",
    )


def _parse_clean(text: str) -> Any:
    # The nesting is measured before parsing, because the standard parser recurses.
    if _depth(text) > DEPTH_LIMIT or _MAYBE_SURROGATE.search(text):
        problem = next(_scan(text), None)
        if problem is not None:
            raise _Suspect(problem.code)
    return json.loads(
        text, object_pairs_hook=_object, parse_constant=_refuse, parse_int=_whole_number, parse_float=_fraction
    )


def _depth(text: str) -> int:
    steps = (1 if match[0] in "[{" else -1 for match in _BRACKET.finditer(_STRING.sub("", text)))
    return max(accumulate(steps), default=0)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise _Suspect("duplicate key")
    return made


def _refuse(constant: str) -> NoReturn:
    raise _Suspect(constant)


def _whole_number(raw: str) -> int:
    if not _is_safe(raw):
        raise _Suspect(raw)
    return int(raw)


def _fraction(raw: str) -> float:
    if not _is_safe(raw):
        raise _Suspect(raw)
    return float(raw)


def _is_safe(raw: str) -> bool:
    """Whether every JSON reader keeps this number: whole ones below 2**53, fractions not rounded to infinity."""
    return abs(float(raw)) < _SAFE if raw.lstrip("-").isdigit() else abs(float(raw)) != float("inf")


def _unexplained(text: str, error: Exception) -> Problem:
    offset = error.pos if isinstance(error, json.JSONDecodeError) else 0
    line, column = _place(text, offset)
    return Problem(code="OPED-invalid-json", line=line, column=column, message=str(error) or type(error).__name__)


def _place(text: str, offset: int) -> tuple[int, int]:
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


# The scanner: from here on, only texts with something wrong are looked at.


def _scan(text: str) -> Iterator[Problem]:
    """Yield what is wrong with a text as JSON, each with its place, up to what a report keeps."""
    stack: list[_Frame] = []
    found = 0
    try:
        for token, is_key in _walk(text, stack):
            for code, message in _doubts(token, stack, is_key=is_key):
                yield _problem(text, code, token.offset, message, stack)
                found += 1
                if found >= MOST_PROBLEMS:
                    return
    except _SyntaxFault as fault:
        yield _problem(text, fault.code, fault.offset, fault.message, stack)


def _problem(text: str, code: str, offset: int, message: str, stack: list[_Frame]) -> Problem:
    line, column = _place(text, offset)
    return Problem(code=code, pointer=_pointer(stack), line=line, column=column, message=message)


def _pointer(stack: Iterable[_Frame]) -> str:
    return _printable(_exact_pointer(stack))


def _printable(text: str) -> str:
    return _LONE.sub("\ufffd", text)


def escape_key(key: str | int) -> str:
    """Write a key or index as one step of a JSON Pointer (RFC 6901)."""
    return str(key).replace("~", "~0").replace("/", "~1")


def _doubts(token: _Token, stack: list[_Frame], *, is_key: bool) -> Iterator[tuple[str, str]]:
    if token.kind == "constant":
        yield "OPED-not-a-number", f"{token.raw} is not JSON"
    elif token.kind == "number" and not _is_safe(token.raw):
        yield "OPED-number-out-of-range", f"{token.raw[:40]} cannot be kept exactly"
    elif token.kind == "string":
        words = json.loads(token.raw)
        if _LONE.search(words):
            yield "OPED-lone-surrogate", "the string holds half of a surrogate pair"
        if is_key and words in stack[-1].keys:
            yield "OPED-duplicate-key", f"the key {_printable(words)!r} stands twice in one object"
        if is_key:
            stack[-1].keys.add(words)


def _walk(text: str, stack: list[_Frame]) -> Iterator[tuple[_Token, bool]]:
    """Yield every key and value with whether it is a key; while it is yielded, `stack` is its path."""
    tokens = _tokens(text)
    expected = "value"
    for token in tokens:
        if expected == "nothing":
            raise _SyntaxFault("OPED-trailing-data", token.offset, "something follows after the end of the document")
        if token.kind == "unknown":
            raise _SyntaxFault("OPED-invalid-json", token.offset, f"{_printable(token.raw)!r} is not JSON")
        if token.raw in ("]", "}"):
            expected = _close(token, stack, expected)
        elif token.kind == "mark" and token.raw in ",:":
            expected = _separate(token, stack, expected)
        elif expected in ("key", "key or end"):
            _require(token.kind == "string", token, "a key in quotation marks")
            stack[-1].key = json.loads(token.raw)
            yield token, True
            expected = "colon"
        else:
            _require(expected in ("value", "value or end"), token, f"a {expected}")
            yield token, False
            expected = _open(token, stack)
    if expected != "nothing":
        raise _SyntaxFault("OPED-invalid-json", len(text), f"the document ends where a {expected} should be")


def _require(condition: bool, token: _Token, wanted: str) -> None:
    if not condition:
        raise _SyntaxFault("OPED-invalid-json", token.offset, f"{token.raw[:40]!r} stands where {wanted} should be")


def _open(token: _Token, stack: list[_Frame]) -> str:
    if token.raw not in ("[", "{"):
        return "comma or end" if stack else "nothing"
    if len(stack) >= DEPTH_LIMIT:
        raise _SyntaxFault("OPED-too-deep", token.offset, f"the document is nested deeper than {DEPTH_LIMIT}")
    is_object = token.raw == "{"
    stack.append(_Frame(is_object, None if is_object else 0))
    return "key or end" if is_object else "value or end"


def _close(token: _Token, stack: list[_Frame], expected: str) -> str:
    fits = bool(stack) and stack[-1].is_object == (token.raw == "}") and expected.endswith("or end")
    _require(fits, token, f"a {expected}")
    stack.pop()
    return "comma or end" if stack else "nothing"


def _separate(token: _Token, stack: list[_Frame], expected: str) -> str:
    if token.raw == ":":
        _require(expected == "colon", token, f"a {expected}")
        return "value"
    _require(expected == "comma or end", token, f"a {expected}")
    frame = stack[-1]
    if isinstance(frame.key, int):
        frame.key += 1
    return "key" if frame.is_object else "value"


def _tokens(text: str) -> Iterator[_Token]:
    offset = _end_of_blank(text, 0)
    while offset < len(text):
        match = _TOKEN.match(text, offset)
        if match is None:
            yield _Token("unknown", text[offset : offset + 10], offset)
            return
        yield _Token(match.lastgroup or "", match[0], offset)
        offset = _end_of_blank(text, match.end())


def _end_of_blank(text: str, offset: int) -> int:
    match = _BLANK.match(text, offset)
    return match.end() if match else offset


def locate(text: str, problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Give every problem that has a pointer only the line and column of the value it points at."""
    kept = tuple(problems)
    wanted = {problem.pointer for problem in kept if problem.line is None}
    places = _places(text, wanted) if wanted else {}
    return tuple(_placed(problem, places) for problem in kept)


def _placed(problem: Problem, places: dict[str, tuple[int, int]]) -> Problem:
    if problem.line is not None or problem.pointer not in places:
        return problem
    line, column = places[problem.pointer]
    return attrs.evolve(problem, line=line, column=column)


def _places(text: str, wanted: set[str]) -> dict[str, tuple[int, int]]:
    found: dict[str, tuple[int, int]] = {}
    stack: list[_Frame] = []
    try:
        for token, is_key in _walk(text, stack):
            pointer = _exact_pointer(stack)
            if not is_key and pointer in wanted:
                found.setdefault(pointer, _place(text, token.offset))
            if len(found) == len(wanted):
                break
    except _SyntaxFault:
        pass
    return found


def _exact_pointer(stack: Iterable[_Frame]) -> str:
    return "".join(f"/{escape_key(frame.key)}" for frame in stack if frame.key is not None)


# Writing.


def write(document: dict[str, Any]) -> bytes:
    """Spell a document canonically: one key a line, in a list of objects one object a line, UTF-8."""
    entries = ",\n".join(f"{_compact(key)}: {_spread(value)}" for key, value in document.items())
    return f"{{\n{entries}\n}}\n".encode()


def write_line(document: dict[str, Any]) -> bytes:
    """Spell a document on one line, as JSON Lines wants it, with a line feed at the end."""
    return f"{_compact(document)}\n".encode()


def _spread(value: Any) -> str:
    if not (isinstance(value, list) and value and all(isinstance(item, dict) for item in value)):
        return _compact(value)
    items = ",\n".join(_compact(item) for item in value)
    return f"[\n{items}\n]"


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
