"""The normal form of a sentence, and the digest by which a sentence is known without its words.

Here: the normal form `oped-1` and the digests made of it.
Not here: the way back from the normal form (`alignment.py`) and finding sentences in a copy (`search.py`).
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
"""The name of the normal form, as it stands in `Source.canonicalisation`."""

_STRAIGHT: Final = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u2039\u203a\u00b4\u0060\u02bc", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb", '"'),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
    }
)
_IGNORABLE: Final = re.compile(f"[{IGNORABLE}]+")

LONGEST_RUN: Final = 30
"""Runs of more combining marks stay as they are; no language has so many (UAX 15, Stream-Safe Text Format)."""

_HALFWIDTH_MARKS: Final = "\uff9e\uff9f"
"""The two letters that unfold into combining marks."""
# No mark is ASCII, white space or part of a word, so that most texts are passed over quickly.
_MAYBE_MARKS: Final = re.compile(rf"(?:[^\x00-\x7f\w\s]|[{_HALFWIDTH_MARKS}]){{{LONGEST_RUN + 1},}}+")


def normalise(text: str) -> str:
    r"""Bring a text into the normal form `oped-1`.

    Quotation marks and dashes become straight, default-ignorable characters (UAX 44) go, Unicode becomes NFKC (but for
    runs of more than thirty combining marks, which stay), every run of white space becomes one space, and none stays at
    the ends.

    Example:
        >>> normalise(" “Ships\n first” — always ")
        '"Ships first" - always'
    """
    return " ".join(fold(text).split())


def fold(text: str) -> str:
    """Take the step of the normal form that looks at characters, and leave white space as it is.

    For one character this may give none or several. Nothing combines across an ASCII character or white space, so
    a text may be cut before either and folded in parts.
    """
    # Twice, because some compatibility forms unfold into the very marks that are straightened: the first pass
    # keeps the acute accent from unfolding into a space and a combining mark.
    return _straightened(_straightened(text))


def _straightened(text: str) -> str:
    return _compatible(_IGNORABLE.sub("", text.translate(_STRAIGHT)))


def _compatible(text: str) -> str:
    """Take NFKC of a text but for its long runs of combining marks: to order one takes the square of its length."""
    parts = enumerate(_cut_at_long_runs(text))
    return "".join(part if number % 2 else unicodedata.normalize("NFKC", part) for number, part in parts)


def _cut_at_long_runs(text: str) -> Iterator[str]:
    """Cut a text into what stands before, in and after each long run of combining marks."""
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
    """The first sixteen hexadecimal digits of the SHA-256 of a text's normal form in UTF-8."""
    return normal_digest(normalise(text))


def normal_digest(normal: str) -> str:
    """The same for a text that is in the normal form already."""
    return text_digest(normal)[:16]


def text_digest(text: str) -> str:
    """The SHA-256 of a text in UTF-8, lowercase hexadecimal.

    A lone surrogate, which no UTF-8 text holds, is hashed as its three-byte form instead of raising.
    """
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
