"""Blocks of output, independent of the terminal: paragraphs of pieces, and grids.

Here: the two kinds of blocks, and how a grid is fitted into a width.
Not here: the words in them (`records.py`, `summary.py`, `show.py`), and writing them as plain text (`plain.py`) or
with colours (`coloured.py`).

Every text is made printable when it is put into a block, so that no renderer can forget to do so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, TypeAlias

import attrs

from oped_dataset.messages import printable

GAP: Final = 2
"""The number of blanks between two columns."""

_NARROWEST: Final = 14
"""The least width of a wrapped column. If the columns do not fit even so, the rows are stacked."""


@attrs.frozen
class Piece:
    """Some words of a paragraph.

    Attributes:
        text: The words.
        style: Their role, such as `id` or `heading`, which may be shown by a colour; "" for none.
    """

    text: str = attrs.field(converter=printable)
    style: str = ""


@attrs.frozen
class Paragraph:
    """Words that are wrapped together; an empty one is an empty line.

    Attributes:
        pieces: The words.
        indent: The number of blanks before each line.
        hang: The number of further blanks before all lines but the first.
    """

    pieces: tuple[Piece, ...] = ()
    indent: int = 0
    hang: int = 0

    def indents(self, width: int) -> tuple[str, str]:
        """Return the blanks before the first line and before the others, at most a third of the line's width."""
        return " " * min(self.indent, width // 3), " " * min(self.indent + self.hang, width // 3)


Cell: TypeAlias = tuple[str, ...]
"""The paragraphs of a cell."""


def _to_rows(rows: Iterable[Iterable[str | Iterable[str]]]) -> tuple[tuple[Cell, ...], ...]:
    return tuple(tuple(_to_cell(value) for value in row) for row in rows)


def _to_cell(value: str | Iterable[str]) -> Cell:
    return tuple(printable(line) for line in ((value,) if isinstance(value, str) else value))


@attrs.frozen
class Grid:
    """Rows under headings. The first column is never wrapped, because users copy from it.

    Attributes:
        columns: The headings.
        rows: The cells of each row.
    """

    columns: tuple[str, ...] = attrs.field(converter=_to_cell)
    rows: tuple[tuple[Cell, ...], ...] = attrs.field(converter=_to_rows)

    def widths(self, width: int) -> list[int] | None:
        """Return the widths of the columns in a line of this width; None if they do not fit side by side."""
        widths = [self._widest(index) for index in range(len(self.columns))]
        least = [widths[0], *(min(each, _NARROWEST) for each in widths[1:])]
        spare = width - GAP * (len(widths) - 1)
        if sum(least) > spare:
            return None
        while sum(widths) > spare:
            widest = max(range(1, len(widths)), key=lambda index: widths[index] - least[index])
            widths[widest] -= 1
        return widths

    def _widest(self, index: int) -> int:
        lines = (line for row in self.rows for line in row[index])
        return max([len(self.columns[index]), *map(len, lines)])

    def stacked(self) -> Iterator[Paragraph]:
        """Yield each row as paragraphs: its first cell, and under it the others with their headings."""
        for row in self.rows:
            yield Paragraph((Piece(" ".join(row[0]), "id"),))
            for heading, cell in zip(self.columns[1:], row[1:], strict=True):
                for line in filter(None, cell):
                    yield Paragraph((Piece(f"{heading}: ", "heading"), Piece(line)), indent=2, hang=2)


Block: TypeAlias = Paragraph | Grid


def line(*texts: str | Piece, indent: int = 0, hang: int = 0) -> Paragraph:
    """Make a paragraph of texts, some of which may be pieces with a style."""
    return Paragraph(tuple(text if isinstance(text, Piece) else Piece(text) for text in texts), indent, hang)


def heading(text: str) -> Paragraph:
    """Make the heading of a section."""
    return Paragraph((Piece(text, "heading"),))


EMPTY: Final = Paragraph()
