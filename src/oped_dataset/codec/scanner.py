"""A strict reader of malformed JSON: it reports each problem with its position, and keeps the readable values.

Here: the walk over the tokens, with an explicit stack and so without a recursion limit, and the problems of single
tokens (a duplicate key, a number that not every reader can represent, half of a surrogate pair, NaN).
Not here: reading well-formed text at full speed, and bytes (`jsontext.py`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from enum import Enum
from typing import Any, Final, NamedTuple

import attrs

from oped_dataset.codec.pointers import (
    Lines,
    past_blank,
    step,
)
from oped_dataset.errors import Problem
from oped_dataset.messages import cut, encodable, is_encodable, quoted

# RFC 8259 section 6: readers agree on the value of integers below this limit.
SAFE: Final = 2**53
# RFC 8259 section 7: control characters must be escaped, and there are nine forms of escapes.
_STRING: Final = r'"(?:[^"\\\x00-\x1f]++|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*+'
"""A string without its last quotation mark."""
# RFC 8259 section 2 defines whitespace and structural characters, section 3 literal names, section 6 numbers. The
# constants are not JSON; Python and JavaScript use them.
_TOKEN: Final = re.compile(
    r"[ \t\n\r]*+(?:"
    r"(?P<string>" + _STRING + r'")'
    r"|(?P<number>-?(?:0|[1-9][0-9]*+)(?:\.[0-9]++)?(?:[eE][+-]?[0-9]++)?)"
    r"|(?P<word>true|false|null)|(?P<constant>NaN|-?Infinity)|(?P<mark>[\[\]{},:]))"
)
_STRING_BEGUN: Final = re.compile(_STRING + r"(?:\\(?:u[0-9a-fA-F]{0,3})?\Z)?")
"""A string up to the first character that is not JSON; an escape cut off by the end of the text is accepted."""
_WORDS: Final = {"true": True, "false": False, "null": None}
_CLOSED_EARLY: Final = "if this belongs to the document, a bracket before it closes too early"
_ONE_DOCUMENT: Final = "remove it; to read several documents, one per line, use read_lines"
_SURELY_SAFE: Final = 15
"""A number of at most this many digits is below 2**53."""


class Unreadable(Enum):
    """The class of the single value `UNREADABLE`."""

    VALUE = "unreadable"


UNREADABLE: Final = Unreadable.VALUE
"""Replaces a value that was rejected and reported, and everything missing after a break."""


@attrs.frozen
class _SyntaxFault(Exception):
    code: str
    offset: int
    message: str
    hint: str | None = None


@attrs.define
class _Frame:
    """An open array or object: its content, the current key or index, and the keys seen so far."""

    made: Any
    key: str | int | None
    keys: set[str] = attrs.field(factory=set)
    is_twice: bool = False


class _Token(NamedTuple):
    # A tuple saves memory and time: a hostile text has millions of tokens.
    kind: str
    raw: str
    offset: int


def _is_safe(raw: str) -> bool:
    """Whether every JSON reader can represent a number: an integer below 2**53, or a fraction that is not infinite."""
    if len(raw) <= _SURELY_SAFE and raw.isdigit():
        return True
    return abs(float(raw)) < SAFE if raw.lstrip("-").isdigit() else abs(float(raw)) != float("inf")


class Scanner:
    """A single walk over a text.

    Attributes:
        value: After the walk, the value of the text, with `UNREADABLE` in place of every rejected value. If the text is
            an object that breaks off, the value contains the part before the break: each array then open ends in
            `UNREADABLE`, and each object then open has it as a key, because the rest is unknown. A complete object that
            a comma follows has that key too. Any other text that breaks off has the value `UNREADABLE`.
    """

    value: Any = UNREADABLE

    def __init__(self, text: str, depth_limit: int) -> None:
        """Store the text; reading starts with `problems`."""
        self._text = text
        self._depth_limit = depth_limit
        self._stack: list[_Frame] = []
        self._lines = Lines(text)

    def problems(self) -> Iterator[Problem]:
        """Read the text and yield the problems of its JSON, each with its position."""
        try:
            for token, is_key in self._walk():
                yield from self._check_token(token, is_key=is_key)
        except _SyntaxFault as fault:
            # Text after the end leaves the document complete, unless the text belongs to it.
            if self._stack:
                self.value = self._mark_break(too_deep=fault.code == "OPED-too-deep")
            elif fault.hint == _CLOSED_EARLY and isinstance(self.value, dict):
                self.value[UNREADABLE] = UNREADABLE
            yield self._problem(fault.code, fault.offset, fault.message, fault.hint)

    def _problem(self, code: str, offset: int, message: str, hint: str | None = None) -> Problem:
        line, column = self._lines.place(offset)
        pointer = "".join(step(frame.key) for frame in self._stack if frame.key is not None)
        return Problem(code=code, pointer=pointer, line=line, column=column, message=message, hint=hint)

    # The problems of a token, and the storage of its value.

    def _check_token(self, token: _Token, *, is_key: bool) -> Iterator[Problem]:
        if token.kind == "word":
            self._put(_WORDS[token.raw])
        elif is_key:
            yield from self._check_key(token)
        elif token.kind == "constant":
            # RFC 8259 section 6: values that digits cannot represent are not numbers.
            yield self._problem("OPED-not-a-number", token.offset, f"{token.raw} is not JSON", "write null or a number")
            self._put(UNREADABLE)
        elif token.kind == "number" and not _is_safe(token.raw):
            message = f"{cut(token.raw)} cannot be represented exactly by every JSON reader"
            yield self._problem("OPED-number-out-of-range", token.offset, message)
            self._put(UNREADABLE)
        elif token.kind == "string" and not is_encodable(words := json.loads(token.raw)):
            # RFC 8259 section 8.2: readers treat unpaired surrogates unpredictably.
            yield self._problem("OPED-lone-surrogate", token.offset, "the string contains half of a surrogate pair")
            self._put(UNREADABLE)
        elif token.kind == "mark":
            made: Any = {} if token.raw == "{" else []
            self._put(made)
            self._stack.append(_Frame(made, 0 if token.raw == "[" else None))
        else:
            self._put(words if token.kind == "string" else json.loads(token.raw))

    def _check_key(self, token: _Token) -> Iterator[Problem]:
        frame = self._stack[-1]
        words = json.loads(token.raw)
        if not is_encodable(words):
            yield self._problem("OPED-lone-surrogate", token.offset, "the key contains half of a surrogate pair")
        frame.is_twice = words in frame.keys
        if frame.is_twice:
            # RFC 8259 section 4: readers differ in which of the two they keep.
            message = f"the key {quoted(words)} occurs twice in one object"
            yield self._problem("OPED-duplicate-key", token.offset, message, "remove one of the two")
        frame.keys.add(words)

    def _put(self, value: Any) -> None:
        if not self._stack:
            self.value = value
            return
        frame = self._stack[-1]
        if isinstance(frame.made, list):
            frame.made.append(value)
        else:
            frame.made[frame.key] = UNREADABLE if frame.is_twice else value

    def _mark_break(self, *, too_deep: bool) -> Any:
        """Mark the break in every open array and object; return the value, or `UNREADABLE` if it is not an object."""
        # If the nesting is too deep, the whole value of the outermost key is dropped.
        last = self._stack[0 if too_deep else -1]
        with suppress(KeyError, IndexError):
            # A value without a comma or bracket after it may be cut off, unless it is an array or object.
            if too_deep or not isinstance(last.made[last.key], dict | list):
                last.made[last.key] = UNREADABLE
        for frame in self._stack:
            if isinstance(frame.made, list):
                frame.made.append(UNREADABLE)
            else:
                frame.made[UNREADABLE] = UNREADABLE
        return self.value if isinstance(self.value, dict) else UNREADABLE

    # The grammar.

    def _walk(self) -> Iterator[tuple[_Token, bool]]:
        """Yield the token of every key and of every beginning of a value, and whether it is a key."""
        stack = self._stack
        expected = "value"
        for token in _tokens(self._text):
            if expected == "nothing":
                message = "more text follows the end of the document"
                hint = _CLOSED_EARLY if token.raw == "," else _ONE_DOCUMENT
                raise _SyntaxFault("OPED-trailing-data", token.offset, message, hint)
            if token.kind == "unknown":
                raise _explain_unknown(self._text, token)
            if token.kind == "mark" and token.raw in "]}":
                expected = self._close(token, expected)
            elif token.kind == "mark" and token.raw in ",:":
                expected = self._separate(token, expected)
            elif expected in ("key", "key or end"):
                _require(token.kind == "string", token, "a key in quotation marks")
                stack[-1].key = json.loads(token.raw)
                yield token, True
                expected = "colon"
            else:
                _require(expected in ("value", "value or end"), token, f"a {expected}")
                if token.kind == "mark" and len(stack) >= self._depth_limit:
                    # RFC 8259 section 9 allows a limit.
                    message = f"the document is nested deeper than {self._depth_limit}"
                    hint = "raise limits.depth if the file can be trusted"
                    raise _SyntaxFault("OPED-too-deep", token.offset, message, hint)
                yield token, False
                if token.kind == "mark":
                    expected = "key or end" if token.raw == "{" else "value or end"
                else:
                    expected = "comma or end" if stack else "nothing"
        if expected != "nothing":
            message = f"the document ends where a {expected} should be"
            raise _SyntaxFault("OPED-invalid-json", len(self._text), message)

    def _close(self, token: _Token, expected: str) -> str:
        opened = list if token.raw == "]" else dict
        fits = expected.endswith("or end") and isinstance(self._stack[-1].made, opened)
        # An object or array must not end where a key or value is expected, that is after a comma.
        awaited = "key" if opened is dict else "value"
        after_comma = expected == awaited and bool(self._stack) and type(self._stack[-1].made) is opened
        _require(fits, token, f"a {expected}", "remove the comma before it" if after_comma else None)
        self._stack.pop()
        return "comma or end" if self._stack else "nothing"

    def _separate(self, token: _Token, expected: str) -> str:
        if token.raw == ":":
            _require(expected == "colon", token, f"a {expected}")
            frame = self._stack[-1]
            # From here on the object has the key, even if its value is rejected.
            frame.made.setdefault(frame.key, UNREADABLE)
            return "value"
        _require(expected == "comma or end", token, f"a {expected}")
        frame = self._stack[-1]
        frame.key = frame.key + 1 if isinstance(frame.key, int) else None
        return "value" if isinstance(frame.made, list) else "key"


def _require(condition: bool, token: _Token, wanted: str, hint: str | None = None) -> None:
    if not condition:
        message = f"expected {wanted}, found {quoted(token.raw)}"
        raise _SyntaxFault("OPED-invalid-json", token.offset, message, hint)


def _explain_unknown(text: str, token: _Token) -> _SyntaxFault:
    begun = _STRING_BEGUN.match(text, token.offset)
    if begun is None:
        # ASCII text in UTF-16 has a zero for every other character; in UTF-32 most characters are zeros.
        hint = "it looks like UTF-16 or UTF-32; save the file as UTF-8" if token.raw.count("\x00") > 1 else None
        return _SyntaxFault("OPED-invalid-json", token.offset, f"{quoted(token.raw)} is not JSON", hint)
    end = begun.end()
    if end == len(text):
        message = "the string that begins here is not closed"
        return _SyntaxFault("OPED-invalid-json", token.offset, message, 'close it with "')
    if text[end] == "\\":
        written = encodable(text[end : end + 2])
        return _SyntaxFault(
            "OPED-invalid-json", end, f"{written} is not an escape sequence", "write a backslash as \\\\"
        )
    message = f"the string contains the control character U+{ord(text[end]):04X}"
    written = json.dumps(text[end])[1:-1]
    return _SyntaxFault("OPED-invalid-json", end, message, f"write it as {written}, or close the string before it")


def _tokens(text: str) -> Iterator[_Token]:
    match_at = _TOKEN.match
    offset = 0
    while match := match_at(text, offset):
        kind = match.lastgroup or ""
        yield _Token(kind, match[kind], match.start(kind))
        offset = match.end()
    offset = past_blank(text, offset)
    if offset < len(text):
        yield _Token("unknown", text[offset : offset + 10], offset)
