"""Building blocks of messages: shortened values, suggestions, characters that cannot be shown or encoded.

Here: the wording that all error messages share.
Not here: the exceptions themselves (`errors.py`).
"""

from __future__ import annotations

import re
import reprlib
import unicodedata
from collections.abc import Iterable, Sequence
from heapq import nlargest
from itertools import islice
from typing import Final

_LONE_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_UNPRINTABLE: Final = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""The Unicode categories of characters that control a terminal, reorder or break a line, or cannot be encoded."""

_LONGEST_VALUE: Final = 80
_LONGEST_REASON: Final = 1000
_LONGEST_WORD: Final = 64
_COMPARED: Final = 2_000
_LIKELY: Final = 10
_LISTED: Final = 10
_SEARCHES: Final = 100


def quoted(value: object) -> str:
    """Return the `repr` of a value, shortened when it is long.

    Example:
        >>> quoted("a" * 1000) == repr("a" * 80 + "…")
        True
    """
    return _BRIEF.repr(value)


class _Brief(reprlib.Repr):
    """Represents values of any size in bounded space."""

    def repr1(self, value: object, level: int) -> str:
        # Instances of subclasses of str, such as labels and dates, are shown as plain strings.
        if isinstance(value, str):
            return repr(str(cut(value)))
        return super().repr1(value, level)

    def repr_int(self, value: int, level: int) -> str:
        # Python raises ValueError for integers of more than 4300 digits.
        return repr(value) if value.bit_length() < 256 else f"a number of {value.bit_length()} bits"


_BRIEF: Final = _Brief()
_BRIEF.maxother = _LONGEST_VALUE


def cut(text: str, length: int = _LONGEST_VALUE) -> str:
    """Truncate a text to a length; an ellipsis marks the cut."""
    return text if len(text) <= length else f"{text[:length]}…"


def listed(names: Sequence[str]) -> str:
    """Join up to ten names with commas, each of them shortened; an ellipsis replaces the rest."""
    return ", ".join([*map(cut, names[:_LISTED]), *(["…"] if len(names) > _LISTED else [])])


def reason(error: BaseException) -> str:
    """Return the message of an exception of other code, on one line and shortened."""
    return cut(" ".join(str(error).split()), _LONGEST_REASON)


def nearest(wanted: object, known: Iterable[str]) -> tuple[str, ...]:
    """Return up to three known words that resemble the wanted one, most similar first.

    At most 2,000 words are compared, none of them longer than 64 characters, so that a search takes milliseconds.
    """
    if not isinstance(wanted, str) or len(wanted) > _LONGEST_WORD:
        return ()
    # For speed: importing `difflib`, `html` and `calendar` made `load()` 5 % slower, which needs none of them.
    import difflib

    pairs = _pairs(wanted)
    words = islice((word for word in known if len(word) <= _LONGEST_WORD), _COMPARED)
    # A full comparison of two words takes a thousand times as long as counting their common pairs of letters.
    likely = nlargest(_LIKELY, words, key=lambda word: len(pairs & _pairs(word)) / (len(pairs) + len(word)))
    return tuple(difflib.get_close_matches(wanted, likely, n=3, cutoff=0.6))


def _pairs(word: str) -> set[tuple[str, str]]:
    return set(zip(f" {word}", f"{word} ", strict=True))


class Suggestions:
    """The suggestions of one report, which makes at most a hundred searches, however many unknown words it contains."""

    def __init__(self) -> None:
        """Allow a hundred searches."""
        self._left = _SEARCHES

    def hint(self, wanted: object, known: Iterable[str]) -> str | None:
        """Return a question that suggests similar known words, or None without any, or after the last search."""
        self._left -= 1
        return did_you_mean(nearest(wanted, known)) if self._left >= 0 else None


def did_you_mean(names: Iterable[str]) -> str | None:
    """Turn suggestions into a question; None without any."""
    quoted = [repr(str(name)) for name in names]
    return f"did you mean {' or '.join(quoted)}?" if quoted else None


def printable(text: str) -> str:
    """Escape the characters that would control a terminal, or reorder or break a line."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        each.encode("unicode_escape").decode("ascii") if unicodedata.category(each) in _UNPRINTABLE else each
        for each in text
    )


def is_encodable(text: str) -> bool:
    """Whether a string can be encoded as UTF-8, that is, contains no lone surrogate (RFC 3629, section 3)."""
    # CPython stores whether a string is ASCII, so this test does not look at the characters.
    return text.isascii() or _LONE_SURROGATE.search(text) is None


def encodable(text: str) -> str:
    """Replace every lone surrogate by U+FFFD, the replacement character."""
    return _LONE_SURROGATE.sub("\ufffd", text)
