"""Wording that every message shares: near misses of a name, and characters that cannot be shown or written.

What lives here: what is said alike wherever something is refused.
What does not: the exceptions themselves (`errors.py`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from itertools import islice
from typing import Final

_LONE_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_UNPRINTABLE: Final = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""The Unicode categories that steer a terminal, reorder a line or cannot be encoded."""


def nearest(wanted: object, known: Iterable[str]) -> tuple[str, ...]:
    """Name up to three known words that look like the wanted one, most similar first."""
    if not isinstance(wanted, str) or len(wanted) > 200:
        return ()
    # Only for speed: with `difflib`, `html` and `calendar`, `load()` took 5 % longer, and needs none of them.
    import difflib

    return tuple(difflib.get_close_matches(wanted, list(islice(known, 20_000)), n=3, cutoff=0.6))


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
