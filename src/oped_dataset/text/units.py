"""Offsets for tools that do not count in code points: bytes of UTF-8, or 16-bit units of UTF-16.

Here: the conversion of spans in one text, in both directions.
Not here: transferring spans to another text (`attachment.py`).
"""

from __future__ import annotations

from bisect import bisect_right
from typing import Final, Literal

from oped_dataset.errors import InvalidRecord
from oped_dataset.messages import quoted
from oped_dataset.model.records import Span

_STRIDE: Final = 256
# Little-endian, because Python's codec utf-16 writes a byte order mark.
_ENCODINGS: Final = {"utf-8": ("utf-8", 1), "utf-16": ("utf-16-le", 2)}


class CodeUnits:
    """Converts spans of a text to and from the code units of an encoding: bytes of UTF-8, or 16-bit units of UTF-16.

    JavaScript, Java and UIMA count in UTF-16; Rust, Go and many file formats count in bytes of UTF-8.

    Example:
        >>> units = CodeUnits("🜂 fire", "utf-16")
        >>> units.from_span(Span(2, 6)), units.to_span(3, 7)
        ((3, 7), Span(start=2, end=6))
    """

    __slots__ = ("__weakref__", "_encoding", "_marks", "_size", "_text")

    def __init__(self, text: str, encoding: Literal["utf-8", "utf-16"]) -> None:
        """Measure the text once, so that each conversion is fast however long the text is.

        Args:
            text: The text to which the offsets refer.
            encoding: The encoding in whose units to count.

        Raises:
            InvalidRecord: The encoding is neither of the two.
        """
        if encoding not in _ENCODINGS:
            raise InvalidRecord(f"encoding: must be 'utf-8' or 'utf-16', not {quoted(encoding)}", "encoding")
        self._text = text
        self._encoding, self._size = _ENCODINGS[encoding]
        # The offset in units of every 256th character.
        self._marks = [0]
        for start in range(0, len(text) + 1, _STRIDE):
            self._marks.append(self._marks[-1] + self._length(start, start + _STRIDE))

    def _length(self, start: int, end: int) -> int:
        # A lone surrogate is invalid in both encodings, but still has a length.
        return len(self._text[start:end].encode(self._encoding, "surrogatepass")) // self._size

    def from_span(self, span: Span) -> tuple[int, int]:
        """Convert a span to a start and an end in code units.

        Raises:
            InvalidRecord: The span ends beyond the text.
        """
        if span.end > len(self._text):
            raise InvalidRecord(f"the span ends at {span.end}, the text at {len(self._text)}")
        return self._units_before(span.start), self._units_before(span.end)

    def _units_before(self, offset: int) -> int:
        mark = offset // _STRIDE
        return self._marks[mark] + self._length(mark * _STRIDE, offset)

    def to_span(self, start: int, end: int) -> Span:
        """Convert a start and an end in code units to a span.

        Raises:
            InvalidRecord: The span is empty, ends beyond the text, or an offset falls inside a character.
        """
        return Span(self._offset(start), self._offset(end))

    def _offset(self, units: int) -> int:
        if not 0 <= units <= self._marks[-1]:
            raise InvalidRecord(f"the offset {quoted(units)} is outside the text, which has {self._marks[-1]} units")
        mark = bisect_right(self._marks, units) - 1
        reached, offset = self._marks[mark], min(mark * _STRIDE, len(self._text))
        while reached < units:
            reached += self._length(offset, offset + 1)
            offset += 1
        if reached > units:
            raise InvalidRecord(f"the offset {units} falls inside the character at {offset - 1}")
        return offset
