"""Positions in a JSON text: the steps of a pointer, lines and columns, and the value at a pointer.

Here: RFC 6901 steps, shortened; counting lines; and `locate`, which adds lines and columns to problems and sorts them.
Not here: the syntax of JSON (`scanner.py`, `jsontext.py`) and the meaning of values (`shape.py`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from contextlib import suppress
from typing import Any, Final

import attrs

from oped_dataset.errors import Problem
from oped_dataset.messages import encodable

LONGEST_KEY: Final = 80
"""A longer key is cut in a pointer and ends in `…`, so that many problems below a huge key stay small."""

# RFC 8259 section 2: only these four characters are whitespace.
_BLANK: Final = re.compile(r"[ \t\n\r]*+")
_SKIPPER: Final = json.JSONDecoder(parse_int=str, parse_float=str)
"""Skips a value at full speed; numbers stay strings, because Python rejects very long integers."""


def past_blank(text: str, offset: int) -> int:
    """Skip whitespace between the tokens of a JSON text."""
    match = _BLANK.match(text, offset)
    return match.end() if match else offset


def step(key: str | int) -> str:
    """Write a key or index as one step of a JSON Pointer (RFC 6901), with its slash."""
    if isinstance(key, int):
        # RFC 6901 section 4: an index is written in decimal digits without leading zeros.
        return f"/{key}"
    # RFC 6901 section 3: `~` is escaped as ~0 and `/` as ~1; the tilde must come first.
    short = key if len(key) <= LONGEST_KEY else f"{key[:LONGEST_KEY]}…"
    return "/" + encodable(short).replace("~", "~0").replace("/", "~1")


class Lines:
    """Counts lines and columns of a text. Offsets must not decrease, so that each character is counted once."""

    def __init__(self, text: str) -> None:
        """Start at the first character."""
        self._text = text
        self._offset = 0
        self._line = 1
        self._start = 0

    def place(self, offset: int) -> tuple[int, int]:
        """Return the line and column of an offset, both from 1; the column counts code points."""
        self._line += self._text.count("\n", self._offset, offset)
        newline = self._text.rfind("\n", self._offset, offset)
        self._start = newline + 1 if newline >= 0 else self._start
        self._offset = offset
        return self._line, offset - self._start + 1


def locate(text: str, problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Add line and column to every problem that lacks them, and sort the problems by position.

    The pointer of a missing key is replaced by that of the object that lacks it. A problem whose value is not in the
    text, because the text breaks off before it, keeps None and comes last.
    """
    kept = list(problems)
    wanted = {problem.pointer for problem in kept if problem.line is None}
    offsets, is_whole = _find_offsets(text, wanted) if wanted and text else ({}, False)
    lines = Lines(text)
    places = {pointer: lines.place(offset) for pointer, offset in sorted(offsets.items(), key=lambda item: item[1])}
    for index, problem in enumerate(kept):
        if problem.line is None:
            pointer = problem.pointer
            while is_whole and pointer not in places:
                pointer = pointer.rpartition("/")[0]
            line, column = places.get(pointer, (None, None))
            kept[index] = attrs.evolve(problem, pointer=pointer, line=line, column=column)
    return tuple(sorted(kept, key=lambda problem: (problem.line is None, problem.line or 0, problem.column or 0)))


def _find_offsets(text: str, pointers: Iterable[str]) -> tuple[dict[str, int], bool]:
    """Find the offsets of the values at some pointers and of their parents, and whether the whole text was read."""
    tree: dict[str, Any] = {}
    for pointer in pointers:
        branch = tree
        for part in pointer.split("/")[1:]:
            branch = branch.setdefault(f"/{part}", {})
    found: dict[str, int] = {}
    # The text may break off, or be nested too deeply for the standard parser; the offsets found so far are still right.
    with suppress(ValueError, IndexError, RecursionError):
        _visit(text, past_blank(text, 0), tree, "", found)
        return found, True
    return found, False


def _visit(text: str, offset: int, tree: dict[str, Any], pointer: str, found: dict[str, int]) -> int:
    """Record the offset of a value and of all wanted values in it, and return the offset of its end."""
    found.setdefault(pointer, offset)
    if not tree or text[offset] not in "{[":
        return _SKIPPER.raw_decode(text, offset)[1]
    is_object = text[offset] == "{"
    offset = past_blank(text, offset + 1)
    index = 0
    while text[offset] != ("}" if is_object else "]"):
        if not is_object:
            name = step(index)
        elif text[offset] == '"':
            key, offset = _SKIPPER.raw_decode(text, offset)
            offset = past_blank(text, past_blank(text, offset) + 1)
            name = step(key)
        else:
            raise ValueError("the text breaks here, because a key is a string")
        if name in tree:
            offset = _visit(text, offset, tree[name], pointer + name, found)
        else:
            offset = _SKIPPER.raw_decode(text, offset)[1]
        offset = past_blank(text, offset)
        if text[offset] == ",":
            offset = past_blank(text, offset + 1)
        index += 1
    return offset + 1
