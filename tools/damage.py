"""Damaged plain data, texts and bytes, for `fuzz.py`."""

from __future__ import annotations

import json
import random
import sys
from datetime import date
from decimal import Decimal
from typing import Any

VALUES: tuple[Any, ...] = (
    *(None, True, 0, 7, -1, 2.5, 2**63, 10**5000),
    *(float("nan"), float("inf"), Decimal("1.50"), Decimal("sNaN"), date.max),
    *("", "x", "\ud800", b"x", ("x",), [], {}, ["x"], [[]], {"x": 1}),
)
# Separated by blanks: control characters, default-ignorables, lone surrogates, scripts, syntax, values of fields.
_TEXTS = (
    "\0 \t \n \r\n \n\n \x1b[31m \x85 \u2028 \u202e \ufeff \ufffe \U0010ffff "
    "\xad \u200b \u200d \ufe0f \u034f \u115f \U000e0041 \ud800 \udc80 \ud83d "
    "ß ﬁ İ ٣ ¼ é e\u0301 한 ไทย ကမ္မ مرحبا. 日本。 👩\u200d👧 🇫🇷 “ ” — … "
    "\" \\ / ~ ' <!-- &amp; { [ , : # =1+1 - .. ../x ~0/1 1e400 2019-02-30 2019-13 -0001 en-gb P1Y T1 R1 oped:x maro"
)
TEXTS = ("", " ", *_TEXTS.split(" "), "\u0301" * 40, "\u0345\u0301" * 20, "9" * 5000, "x" * 3000, "a-" * 200)
_PIECES = b'\0 \xff \xed\xa0\x80 \xef\xbb\xbf \xff\xfe \x1f\x8b \n \r \t " \\ \\ud800 { } [ ] , : null -1 NaN "id" T1'
PIECES = (b"", b" ", *_PIECES.split(b" "), b"9" * 5000, b"[" * 99)
KEYS = ("added", "", "$schema", 7, *TEXTS)


def damaged(value: Any, chance: random.Random) -> Any:
    """Return a copy of data, text or bytes with a few changes; its type, and those of the items of a tuple, stay."""
    for _ in range(chance.choice((1, 1, 1, 2, 5))):
        value = _changed(value, chance, keep=True)
    return value


def _changed(value: Any, chance: random.Random, *, keep: bool = False) -> Any:
    if isinstance(value, tuple) and keep:
        at = chance.randrange(len(value))
        return (*value[:at], _changed(value[at], chance, keep=True), *value[at + 1 :])
    if isinstance(value, (dict, list)) and value and (keep or chance.random() < 0.9):
        copy = value.copy()
        _change_item(copy, chance.choice([*value] if isinstance(value, dict) else range(len(value))), chance)
        return copy
    if isinstance(value, (str, bytes)) and (keep or chance.random() < 0.7):
        return _cut_and_paste(value, PIECES if isinstance(value, bytes) else TEXTS, chance)
    return value if keep else value + 1 if type(value) is int and chance.random() < 0.5 else chance.choice(VALUES)


def _change_item(holder: Any, key: Any, chance: random.Random) -> None:
    match chance.choice(("inside",) * 20 + ("remove", "add", "repeat", "rename", "nest", "move")):
        case "remove":
            del holder[key]
        case "add" if isinstance(holder, dict):
            holder[chance.choice(KEYS)] = chance.choice(VALUES)
        case "add":
            holder.insert(key, chance.choice(VALUES))
        case "repeat" if isinstance(holder, dict):
            # `as_bytes` writes the key twice.
            holder[f"{key}\0"] = holder[key]
        case "repeat":
            holder.insert(chance.randrange(len(holder)), holder[key])
        case "rename" if isinstance(holder, dict):
            holder[_cut_and_paste(key, TEXTS, chance) if isinstance(key, str) else "x"] = holder.pop(key)
        case "nest":
            for _ in range(chance.choice((1, 2, 70))):
                holder[key] = [holder[key]] if chance.random() < 0.5 else {"x": holder[key]}
        case "move":
            holder[key] = chance.choice([*(holder.values() if isinstance(holder, dict) else holder)])
        case _:
            holder[key] = _changed(holder[key], chance)


def _cut_and_paste(text: Any, pieces: tuple[Any, ...], chance: random.Random) -> Any:
    # Half of the places are near the end, where Parquet has its footer.
    start = chance.randrange(max(0, len(text) - 2000) if chance.random() < 0.5 else 0, len(text) + 1)
    end = start + chance.choice((0, 1, 1, 8, 200))
    piece = chance.choice((chance.choice(pieces), text[start:end] * 2, text[end:start:-1], text[:20]))
    if chance.random() < 0.3:
        # The length stays the same, so that offsets and counts elsewhere stay right.
        piece = (piece + text[start:end])[: end - start]
    return text[:start] + piece + (text[end:] if chance.random() < 0.98 else text[:0])


def as_bytes(value: Any) -> bytes:
    """Write data as JSON and text as UTF-8; bytes stay."""
    if isinstance(value, bytes):
        return value
    if isinstance(value, str):
        return value.encode("utf-8", "surrogatepass")
    sys.set_int_max_str_digits(0)
    try:
        return json.dumps(value, default=repr).replace('\\u0000":', '":').encode()
    finally:
        sys.set_int_max_str_digits(sys.int_info.default_max_str_digits)
