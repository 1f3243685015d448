"""A strict reader of JSON texts with something wrong in them: it tells what and where, and keeps what can be kept.

Here: the walk over the tokens with a stack of its own, so without a limit of recursion, and the doubts about
single tokens (a key twice, a number that cannot be kept, half of a surrogate pair, NaN).
Not here: reading well-formed texts at full speed, and bytes (`jsontext.py`).
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

# RFC 8259 section 6: readers agree on the value of whole numbers below this.
_SAFE: Final = 2**53
# Section 7: control characters must be escaped, and there are nine forms of escapes.
_STRING: Final = r'"(?:[^"\\\x00-\x1f]++|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*+'
"""A string without its last quotation mark."""
# Section 2 for white space and marks, section 3 for words, section 6 for numbers. Constants are not JSON; Python and
# JavaScript know them.
_TOKEN: Final = re.compile(
    r"[ \t\n\r]*+(?:"
    r"(?P<string>" + _STRING + r'")'
    r"|(?P<number>-?(?:0|[1-9][0-9]*+)(?:\.[0-9]++)?(?:[eE][+-]?[0-9]++)?)"
    r"|(?P<word>true|false|null)|(?P<constant>NaN|-?Infinity)|(?P<mark>[\[\]{},:]))"
)
_STRING_BEGUN: Final = re.compile(_STRING + r"(?:\\(?:u[0-9a-fA-F]{0,3})?\Z)?")
"""A string up to what is no JSON in it; an escape that is cut off by the end of the text is no mistake."""
_WORDS: Final = {"true": True, "false": False, "null": None}
_CLOSED_EARLY: Final = "where this is more of the document, a bracket before it closes too early"
_ONE_DOCUMENT: Final = "remove it; of several documents, one a line, read_lines reads each"
_SURELY_SAFE: Final = 15
"""A number of so few characters is below 2**53 whatever it is."""


class Unreadable(Enum):
    """The class of the one value below."""

    VALUE = "unreadable"


UNREADABLE: Final = Unreadable.VALUE
"""Stands in a document for a value that was refused and reported, and for whatever was to follow where it breaks."""


@attrs.frozen
class _SyntaxFault(Exception):
    code: str
    offset: int
    message: str
    hint: str | None = None


@attrs.define
class _Frame:
    """An open array or object: what it holds, where the scanner is in it, and which keys it has seen."""

    made: Any
    key: str | int | None
    keys: set[str] = attrs.field(factory=set)
    is_twice: bool = False


class _Token(NamedTuple):
    # A tuple, because a hostile text has millions of them.
    kind: str
    raw: str
    offset: int


def is_safe(raw: str) -> bool:
    """Whether every JSON reader keeps this number: whole ones below 2**53, fractions not rounded to infinity."""
    if len(raw) <= _SURELY_SAFE and raw.isdigit():
        return True
    return abs(float(raw)) < _SAFE if raw.lstrip("-").isdigit() else abs(float(raw)) != float("inf")


class Scanner:
    """One walk over one text.

    Attributes:
        value: After the walk, what the text holds, with `UNREADABLE` in the place of every refused value. Of an object
            that breaks, what was read before: an array that was open then ends in `UNREADABLE`, an object that was open
            has it as a key, because nobody knows what more was to come; so has one that a comma follows. Of any other
            text that breaks, `UNREADABLE`.
    """

    value: Any = UNREADABLE

    def __init__(self, text: str, depth_limit: int) -> None:
        """Take the text; nothing is read yet."""
        self._text = text
        self._depth_limit = depth_limit
        self._stack: list[_Frame] = []
        self._lines = Lines(text)

    def problems(self) -> Iterator[Problem]:
        """Read the text and yield what is wrong with it as JSON, each with its place."""
        try:
            for token, is_key in self._walk():
                yield from self._doubts(token, is_key=is_key)
        except _SyntaxFault as fault:
            # What follows the end of a document leaves the document before it whole, unless it is more of it.
            if self._stack:
                self.value = self._broken_off(too_deep=fault.code == "OPED-too-deep")
            elif fault.hint == _CLOSED_EARLY and isinstance(self.value, dict):
                self.value[UNREADABLE] = UNREADABLE
            yield self._problem(fault.code, fault.offset, fault.message, fault.hint)

    def _problem(self, code: str, offset: int, message: str, hint: str | None = None) -> Problem:
        line, column = self._lines.place(offset)
        pointer = "".join(step(frame.key) for frame in self._stack if frame.key is not None)
        return Problem(code=code, pointer=pointer, line=line, column=column, message=message, hint=hint)

    # The doubts about a token, and what becomes of its value.

    def _doubts(self, token: _Token, *, is_key: bool) -> Iterator[Problem]:
        if token.kind == "word":
            self._put(_WORDS[token.raw])
        elif is_key:
            yield from self._key_doubts(token)
        elif token.kind == "constant":
            # RFC 8259 section 6: what digits cannot spell is not a number.
            yield self._problem("OPED-not-a-number", token.offset, f"{token.raw} is not JSON", "write null or a number")
            self._put(UNREADABLE)
        elif token.kind == "number" and not is_safe(token.raw):
            message = f"{cut(token.raw)} cannot be kept exactly"
            yield self._problem("OPED-number-out-of-range", token.offset, message)
            self._put(UNREADABLE)
        elif token.kind == "string" and not is_encodable(words := json.loads(token.raw)):
            # Section 8.2: what readers make of unpaired surrogates is unpredictable.
            yield self._problem("OPED-lone-surrogate", token.offset, "the string holds half of a surrogate pair")
            self._put(UNREADABLE)
        elif token.kind == "mark":
            made: Any = {} if token.raw == "{" else []
            self._put(made)
            self._stack.append(_Frame(made, 0 if token.raw == "[" else None))
        else:
            self._put(words if token.kind == "string" else json.loads(token.raw))

    def _key_doubts(self, token: _Token) -> Iterator[Problem]:
        frame = self._stack[-1]
        words = json.loads(token.raw)
        if not is_encodable(words):
            yield self._problem("OPED-lone-surrogate", token.offset, "the key holds half of a surrogate pair")
        frame.is_twice = words in frame.keys
        if frame.is_twice:
            # Section 4: readers differ in which of the two they keep.
            message = f"the key {quoted(words)} stands twice in one object"
            yield self._problem("OPED-duplicate-key", token.offset, message, "keep one of the two")
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

    def _broken_off(self, *, too_deep: bool) -> Any:
        """What was read before the break, with a mark wherever more was to come; nothing where it is no object."""
        # Of what is nested too deep nothing is kept.
        last = self._stack[0 if too_deep else -1]
        with suppress(KeyError, IndexError):
            # A value that no comma or bracket follows may be cut off itself, unless it has an end of its own.
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
        """Yield every key and every beginning of a value, with whether it is a key."""
        stack = self._stack
        expected = "value"
        for token in _tokens(self._text):
            if expected == "nothing":
                message = "something follows after the end of the document"
                hint = _CLOSED_EARLY if token.raw == "," else _ONE_DOCUMENT
                raise _SyntaxFault("OPED-trailing-data", token.offset, message, hint)
            if token.kind == "unknown":
                raise _unknown(self._text, token)
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
                    # Section 9 allows a limit.
                    message = f"the document is nested deeper than {self._depth_limit}"
                    hint = "raise limits.depth if the file can be trusted"
                    raise _SyntaxFault("OPED-too-deep", token.offset, message, hint)
                yield token, False
                expected = _after(token, stack)
        if expected != "nothing":
            message = f"the document ends where a {expected} should be"
            raise _SyntaxFault("OPED-invalid-json", len(self._text), message)

    def _close(self, token: _Token, expected: str) -> str:
        opened = list if token.raw == "]" else dict
        fits = expected.endswith("or end") and isinstance(self._stack[-1].made, opened)
        # Only after a comma may an object or a list not end where its next key or value is to come.
        awaited = "key" if opened is dict else "value"
        after_comma = expected == awaited and bool(self._stack) and type(self._stack[-1].made) is opened
        _require(fits, token, f"a {expected}", "remove the comma before it" if after_comma else None)
        self._stack.pop()
        return "comma or end" if self._stack else "nothing"

    def _separate(self, token: _Token, expected: str) -> str:
        if token.raw == ":":
            _require(expected == "colon", token, f"a {expected}")
            frame = self._stack[-1]
            # From here on the key is there, whatever becomes of its value.
            frame.made.setdefault(frame.key, UNREADABLE)
            return "value"
        _require(expected == "comma or end", token, f"a {expected}")
        frame = self._stack[-1]
        frame.key = frame.key + 1 if isinstance(frame.key, int) else None
        return "value" if isinstance(frame.made, list) else "key"


def _after(token: _Token, stack: list[_Frame]) -> str:
    if token.kind == "mark":
        return "key or end" if token.raw == "{" else "value or end"
    return "comma or end" if stack else "nothing"


def _require(condition: bool, token: _Token, wanted: str, hint: str | None = None) -> None:
    if not condition:
        message = f"{quoted(token.raw)} stands where {wanted} should be"
        raise _SyntaxFault("OPED-invalid-json", token.offset, message, hint)


def _unknown(text: str, token: _Token) -> _SyntaxFault:
    if token.raw.startswith('"'):
        return _unknown_in_string(text, token.offset)
    # In ASCII written as UTF-16, every other character is a zero; in UTF-32 most are.
    hint = "it looks like UTF-16 or UTF-32; save the file as UTF-8" if token.raw.count("\x00") > 1 else None
    return _SyntaxFault("OPED-invalid-json", token.offset, f"{quoted(token.raw)} is not JSON", hint)


def _unknown_in_string(text: str, start: int) -> _SyntaxFault:
    begun = _STRING_BEGUN.match(text, start)
    end = begun.end() if begun else start
    if end == len(text):
        return _SyntaxFault("OPED-invalid-json", start, "the string that begins here has no end", 'close it with "')
    if text[end] == "\\":
        written = encodable(text[end : end + 2])
        return _SyntaxFault("OPED-invalid-json", end, f"{written} begins no escape", "write a backslash as \\\\")
    message = f"the control character U+{ord(text[end]):04X} stands in a string"
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
