"""Places in a JSON text: steps of a pointer, lines and columns, and the value a pointer names.

Here: RFC 6901 steps kept short, counting lines, and `locate`, which gives problems their places and order.
Not here: whether the text is JSON (`scanner.py`, `jsontext.py`) and what its values mean (`shape.py`).
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
"""A longer key is cut in a pointer and ends in `…`, so that a thousand problems below a huge key stay small."""

# RFC 8259 section 2: these four characters are white space, and no others.
_BLANK: Final = re.compile(r"[ \t\n\r]*+")
_SKIPPER: Final = json.JSONDecoder(parse_int=str, parse_float=str)
"""Reads past a value at full speed; numbers stay text, because Python refuses to read some very long ones."""


def past_blank(text: str, offset: int) -> int:
    """Step over what may stand between the tokens of a JSON text."""
    match = _BLANK.match(text, offset)
    return match.end() if match else offset


def step(key: str | int) -> str:
    """Write a key or index as one step of a JSON Pointer (RFC 6901), with its slash."""
    if isinstance(key, int):
        # Section 4: an index is written in decimal digits, without leading zeros.
        return f"/{key}"
    # Section 3 of RFC 6901: a tilde becomes ~0 and a slash ~1, the tilde first.
    short = key if len(key) <= LONGEST_KEY else f"{key[:LONGEST_KEY]}…"
    return "/" + encodable(short).replace("~", "~0").replace("/", "~1")


class Lines:
    """Counts lines and columns of a text; made for offsets that never decrease, so that a text is counted once."""

    def __init__(self, text: str) -> None:
        """Begin at the first character."""
        self._text = text
        self._offset = 0
        self._line = 1
        self._start = 0

    def place(self, offset: int) -> tuple[int, int]:
        """The line and the column of an offset, both from 1, the column in code points."""
        self._line += self._text.count("\n", self._offset, offset)
        newline = self._text.rfind("\n", self._offset, offset)
        self._start = newline + 1 if newline >= 0 else self._start
        self._offset = offset
        return self._line, offset - self._start + 1


def locate(text: str, problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Give every problem without a place the line and column of the value it points at, and sort all by place.

    One that points at a key that was left out points at the object that lacks it instead. A problem whose value does
    not stand in the text, because that breaks before, keeps None and comes last.
    """
    kept = tuple(problems)
    wanted = {problem.pointer for problem in kept if problem.line is None}
    offsets, is_whole = _offsets(text, wanted) if wanted and text else ({}, False)
    lines = Lines(text)
    places = {pointer: lines.place(offset) for pointer, offset in sorted(offsets.items(), key=lambda item: item[1])}
    return tuple(sorted((_placed(problem, places, is_whole=is_whole) for problem in kept), key=_place_order))


def _placed(problem: Problem, places: dict[str, tuple[int, int]], *, is_whole: bool) -> Problem:
    if problem.line is not None:
        return problem
    pointer = problem.pointer
    while is_whole and pointer not in places:
        pointer = pointer.rpartition("/")[0]
    line, column = places.get(pointer, (None, None))
    return attrs.evolve(problem, pointer=pointer, line=line, column=column)


def _place_order(problem: Problem) -> tuple[bool, int, int]:
    return problem.line is None, problem.line or 0, problem.column or 0


def _offsets(text: str, pointers: Iterable[str]) -> tuple[dict[str, int], bool]:
    """Where the values of some pointers begin and those that hold them, and whether all of the text could be read."""
    tree: dict[str, Any] = {}
    for pointer in pointers:
        branch = tree
        for part in pointer.split("/")[1:]:
            branch = branch.setdefault(f"/{part}", {})
    found: dict[str, int] = {}
    # Where the text breaks off or is nested deeper than the standard parser goes, what was found before it holds.
    with suppress(ValueError, IndexError, RecursionError):
        _visit(text, past_blank(text, 0), tree, "", found)
        return found, True
    return found, False


def _visit(text: str, offset: int, tree: dict[str, Any], pointer: str, found: dict[str, int]) -> int:
    """Note the offset of a value and of all wanted values in it, and return where it ends."""
    found.setdefault(pointer, offset)
    if tree and text[offset] == "{":
        return _visit_members(text, offset, tree, pointer, found)
    if tree and text[offset] == "[":
        return _visit_items(text, offset, tree, pointer, found)
    return _SKIPPER.raw_decode(text, offset)[1]


def _visit_members(text: str, offset: int, tree: dict[str, Any], pointer: str, found: dict[str, int]) -> int:
    offset = past_blank(text, offset + 1)
    while text[offset] != "}":
        if text[offset] != '"':
            raise ValueError("the text breaks here, because a key is a string")
        key, offset = _SKIPPER.raw_decode(text, offset)
        offset = past_blank(text, past_blank(text, offset) + 1)
        offset = _past_comma(text, _member(text, offset, tree, pointer, step(key), found))
    return offset + 1


def _visit_items(text: str, offset: int, tree: dict[str, Any], pointer: str, found: dict[str, int]) -> int:
    offset = past_blank(text, offset + 1)
    index = 0
    while text[offset] != "]":
        offset = _past_comma(text, _member(text, offset, tree, pointer, f"/{index}", found))
        index += 1
    return offset + 1


def _member(text: str, offset: int, tree: dict[str, Any], pointer: str, name: str, found: dict[str, int]) -> int:
    if name in tree:
        return _visit(text, offset, tree[name], pointer + name, found)
    return _SKIPPER.raw_decode(text, offset)[1]


def _past_comma(text: str, offset: int) -> int:
    offset = past_blank(text, offset)
    return past_blank(text, offset + 1) if text[offset] == "," else offset
