"""What is to be shown, before it is known on what: paragraphs of pieces, and grids.

Here: the two kinds of blocks, and how a grid is fitted into a width.
Not here: which words stand in them (`records.py`, `summary.py`, `show.py`), and writing them as plain text
(`plain.py`) or with colours (`coloured.py`).

Every text is made printable when it is put into a block, so that no way of showing it can forget to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, TypeAlias

import attrs

from oped_dataset.messages import printable

GAP: Final = 2
"""So many blanks stand between two columns."""

_NARROWEST: Final = 14
"""A column that wraps is not made narrower than this; the grid is then shown a record at a time."""


@attrs.frozen
class Piece:
    """Some words of a paragraph.

    Attributes:
        text: The words.
        style: What they are, such as `id` or `heading`, for those who show it by colour; "" for nothing special.
    """

    text: str = attrs.field(converter=printable)
    style: str = ""


@attrs.frozen
class Paragraph:
    """Words that are wrapped together; an empty one is an empty line.

    Attributes:
        pieces: The words.
        indent: How many blanks stand before each line.
        hang: How many more before all lines but the first.
    """

    pieces: tuple[Piece, ...] = ()
    indent: int = 0
    hang: int = 0

    def indents(self, width: int) -> tuple[str, str]:
        """The blanks before the first and the other lines that have so many places: never more than a third of them."""
        return " " * min(self.indent, width // 3), " " * min(self.indent + self.hang, width // 3)


Cell: TypeAlias = tuple[str, ...]
"""The paragraphs of a cell."""


def _cells(rows: Iterable[Iterable[str | Iterable[str]]]) -> tuple[tuple[Cell, ...], ...]:
    return tuple(tuple(_cell(value) for value in row) for row in rows)


def _cell(value: str | Iterable[str]) -> Cell:
    return tuple(printable(line) for line in ((value,) if isinstance(value, str) else value))


@attrs.frozen
class Grid:
    """Rows under headings. The first column is never broken, because it holds what one would copy.

    Attributes:
        columns: The headings.
        rows: The cells of each row.
    """

    columns: tuple[str, ...] = attrs.field(converter=_cell)
    rows: tuple[tuple[Cell, ...], ...] = attrs.field(converter=_cells)

    def widths(self, width: int) -> list[int] | None:
        """The widths of the columns where a line has so many places; None when it cannot be shown side by side."""
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
        """The rows one under the other: the first column, and under it the others with their headings."""
        for row in self.rows:
            yield Paragraph((Piece(" ".join(row[0]), "id"),))
            for heading, cell in zip(self.columns[1:], row[1:], strict=True):
                for line in filter(None, cell):
                    yield Paragraph((Piece(f"{heading}: ", "heading"), Piece(line)), indent=2, hang=2)


Block: TypeAlias = Paragraph | Grid


def line(*texts: str | Piece, indent: int = 0, hang: int = 0) -> Paragraph:
    """A paragraph of texts, some of which may be pieces with a style."""
    return Paragraph(tuple(text if isinstance(text, Piece) else Piece(text) for text in texts), indent, hang)


def heading(text: str) -> Paragraph:
    """A paragraph that says what follows."""
    return Paragraph((Piece(text, "heading"),))


EMPTY: Final = Paragraph()
