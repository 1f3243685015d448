"""The normalised form of a sentence, and the digest that identifies a sentence without its words.

Here: the normal form `oped-1` and the digests computed from it.
Not here: mapping offsets to and from the normalised form (`alignment.py`), and finding sentences in a copy
(`search.py`).
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from itertools import groupby
from typing import Final

from oped_dataset.text.characters import IGNORABLE

NORMAL_FORM: Final = "oped-1"
"""The name of the normal form, as in `Source.canonicalisation`."""

# Every character with the Unicode property Quotation_Mark or Dash (UAX 44), the ornaments of such names, and characters
# that people type as these: primes, accents, apostrophes that count as letters, geresh, the fullwidth tilde.
_SINGLE: Final = (
    "\u2018\u2019\u201a\u201b\u2032\u2039\u203a\u00b4\u0060\u02bb\u02bc\u055a\u05f3"
    "\u300e\u300f\ufe43\ufe44\u275b\u275c\u275f"
)
_DOUBLE: Final = (
    "\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb\u05f4\u2e42\u300c\u300d\u301d\u301e\u301f\ufe41\ufe42"
    "\u275d\u275e\u2760\u276e\u276f\U0001f676\U0001f677\U0001f678"
)
_DASHES: Final = (
    "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u058a\u05be\u1400\u1806\u2053\u2e17\u2e1a\u2e3a\u2e3b\u2e40\u2e5d"
    "\u301c\uff5e\u3030\u30a0\ufe31\ufe32\ufe58\U00010d6e\U00010ead"
)
_STRAIGHT: Final = str.maketrans(
    {**dict.fromkeys(_SINGLE, "'"), **dict.fromkeys(_DOUBLE, '"'), **dict.fromkeys(_DASHES, "-")}
)
_IGNORABLE: Final = re.compile(f"[{IGNORABLE}]+")
_VISIBLE: Final = re.compile(rf"[^\s{IGNORABLE}]")

LONGEST_RUN: Final = 30
"""Longer runs of combining marks are left unchanged; no language has them (UAX 15, Stream-Safe Text Format)."""

_HALFWIDTH_MARKS: Final = "\uff9e\uff9f"
"""The two letters whose NFKC form is a combining mark."""
# ASCII, whitespace and word characters are never marks, so that this pattern skips most texts quickly.
_MAYBE_MARKS: Final = re.compile(rf"(?:[^\x00-\x7f\w\s]|[{_HALFWIDTH_MARKS}]){{{LONGEST_RUN + 1},}}+")


def normalise(text: str) -> str:
    r"""Return the normal form `oped-1` of a text.

    Quotation marks become straight and dashes hyphens, default-ignorable characters (UAX 44) are removed, the text is
    brought into NFKC (except runs of more than thirty combining marks, which stay), each run of whitespace becomes one
    space, and whitespace at the ends is removed.

    Example:
        >>> normalise(" “Ships\n first” — always ")
        '"Ships first" - always'
    """
    return " ".join(fold(text).split())


def is_blank(text: str, start: int, end: int) -> bool:
    """Whether the normal form of a part of a text is empty; the search stops at the first visible character."""
    return _VISIBLE.search(text, start, end) is None


def fold(text: str) -> str:
    """Apply the character-level step of normalisation; leave whitespace unchanged.

    One character may become none or several. Nothing combines across an ASCII character or whitespace, so a text can
    be cut before either and folded in parts.
    """
    if text.isascii():
        # Of the ASCII characters, only the grave accent has another form.
        return text.replace("`", "'")
    # Straightening before NFKC keeps the acute accent from becoming a space and a combining mark; straightening again
    # catches the quotation marks and dashes that NFKC produces.
    straight = _straighten(text)
    compatible = _compatible(straight)
    return straight if compatible == straight else _compatible(_straighten(compatible))


def _straighten(text: str) -> str:
    return _IGNORABLE.sub("", text.translate(_STRAIGHT))


def _compatible(text: str) -> str:
    """Apply NFKC except to long runs of combining marks, which take quadratic time to put in canonical order."""
    parts = enumerate(_cut_at_long_runs(text))
    return "".join(part if number % 2 else unicodedata.normalize("NFKC", part) for number, part in parts)


def _cut_at_long_runs(text: str) -> Iterator[str]:
    """Split a text at long runs of combining marks; every second part is such a run."""
    reached = 0
    for found in _MAYBE_MARKS.finditer(text):
        end = found.start()
        for are_marks, run in groupby(found[0], _is_mark):
            start, end = end, end + sum(1 for _ in run)
            if are_marks and end - start > LONGEST_RUN:
                yield from (text[reached:start], text[start:end])
                reached = end
    yield text[reached:]


def _is_mark(character: str) -> bool:
    return character in _HALFWIDTH_MARKS or unicodedata.category(character).startswith("M")


def sentence_digest(text: str) -> str:
    """Return the first sixteen hexadecimal digits of the SHA-256 of a text's normalised form in UTF-8."""
    return normal_digest(normalise(text))


def normal_digest(normal: str) -> str:
    """Return the same for a text that is normalised already."""
    return text_digest(normal)[:16]


def text_digest(text: str) -> str:
    """Return the SHA-256 of a text in UTF-8, in lowercase hexadecimal.

    A lone surrogate, which valid UTF-8 cannot contain, is hashed as its three-byte form.
    """
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
