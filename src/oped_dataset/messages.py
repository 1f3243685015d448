"""Wording that every message shares: values cut to size, near misses, characters that cannot be shown or written.

Here: what is said alike wherever something is refused.
Not here: the exceptions themselves (`errors.py`).
"""

from __future__ import annotations

import re
import reprlib
import unicodedata
from collections.abc import Iterable
from heapq import nlargest
from itertools import islice
from typing import Final

_LONE_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_UNPRINTABLE: Final = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""The Unicode categories that steer a terminal, reorder a line or cannot be encoded."""

_LONGEST_VALUE: Final = 80
_LONGEST_WORD: Final = 64
_COMPARED: Final = 2_000
_LIKELY: Final = 10
_SEARCHES: Final = 100


def quoted(value: object) -> str:
    """Write a value for a message, as Python would; of a long one the beginning.

    Example:
        >>> quoted("a" * 1000) == repr("a" * 80 + "…")
        True
    """
    return _BRIEF.repr(value)


class _Brief(reprlib.Repr):
    """The representations of the standard library for values of any size."""

    def repr1(self, value: object, level: int) -> str:
        # Strings of every class, such as labels and dates, are shown by their text.
        if isinstance(value, str):
            return repr(str(cut(value)))
        return super().repr1(value, level)

    def repr_int(self, value: int, level: int) -> str:
        # Python refuses to write very long numbers.
        return repr(value) if value.bit_length() < 256 else f"a number of {value.bit_length()} bits"


_BRIEF: Final = _Brief()
_BRIEF.maxother = _LONGEST_VALUE


def cut(text: str, length: int = _LONGEST_VALUE) -> str:
    """Keep the beginning of a text that is longer than a message has room for."""
    return text if len(text) <= length else f"{text[:length]}…"


def nearest(wanted: object, known: Iterable[str]) -> tuple[str, ...]:
    """Name up to three known words that look like the wanted one, most similar first.

    Only words of up to 64 characters are compared, and the first 2,000 of them, so that a search takes milliseconds.
    """
    if not isinstance(wanted, str) or len(wanted) > _LONGEST_WORD:
        return ()
    # Only for speed: with `difflib`, `html` and `calendar`, `load()` took 5 % longer, and needs none of them.
    import difflib

    pairs = _pairs(wanted)
    words = islice((word for word in known if len(word) <= _LONGEST_WORD), _COMPARED)
    # To compare two words in full takes a thousand times as long as to count their common pairs of letters.
    likely = nlargest(_LIKELY, words, key=lambda word: len(pairs & _pairs(word)) / (len(pairs) + len(word)))
    return tuple(difflib.get_close_matches(wanted, likely, n=3, cutoff=0.6))


def _pairs(word: str) -> set[tuple[str, str]]:
    return set(zip(f" {word}", f"{word} ", strict=True))


class Suggestions:
    """The near misses that one report names: a flood of wrong words is not compared with all there are."""

    def __init__(self) -> None:
        """Begin with a hundred searches."""
        self._left = _SEARCHES

    def hint(self, wanted: object, known: Iterable[str]) -> str | None:
        """Ask whether one of the nearest known words was meant; None where there is none, or no search is left."""
        self._left -= 1
        return did_you_mean(nearest(wanted, known)) if self._left >= 0 else None


def did_you_mean(names: Iterable[str]) -> str | None:
    """Turn near misses into a question, or None when there are none."""
    quoted = [repr(str(name)) for name in names]
    return f"did you mean {' or '.join(quoted)}?" if quoted else None


def printable(text: str) -> str:
    """Write characters that would act on a terminal, reorder a line or break it as escapes."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_escaped(each) if unicodedata.category(each) in _UNPRINTABLE else each for each in text)


def _escaped(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")


def is_encodable(text: str) -> bool:
    """Whether a string can be written as UTF-8, that is, holds no lone surrogate."""
    # Whether all is ASCII is known without looking at the characters.
    return text.isascii() or _LONE_SURROGATE.search(text) is None


def encodable(text: str) -> str:
    """Put the replacement character where half of a surrogate pair stands."""
    return _LONE_SURROGATE.sub("\ufffd", text)
