"""Blocks as plain text: for pipes, for terminals that know no more, and where rich is not installed.

Here: the wrapping of paragraphs and grids.
Not here: which of the two ways is taken (`terminal.py`), and the other one (`coloured.py`).
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from itertools import zip_longest

from oped_dataset.cli.blocks import (
    GAP,
    Block,
    Grid,
    Paragraph,
)


def rendered(blocks: Iterable[Block], width: int, prose: int) -> str:
    """Write blocks as lines.

    Args:
        blocks: The blocks.
        width: How many places a line of a grid has.
        prose: How many a line of a paragraph has.
    """
    return "".join(f"{line}\n" for block in blocks for line in _lines(block, width, prose))


def _lines(block: Block, width: int, prose: int) -> Iterator[str]:
    if isinstance(block, Paragraph):
        yield from _paragraph(block, prose)
        return
    widths = block.widths(width)
    if widths is None:
        for paragraph in block.stacked():
            yield from _paragraph(paragraph, prose)
    else:
        yield from _grid(block, widths)


def _paragraph(paragraph: Paragraph, width: int) -> list[str]:
    text = "".join(piece.text for piece in paragraph.pieces)
    return _wrapped(text, width, *paragraph.indents(width)) or [""]


def _wrapped(text: str, width: int, first: str = "", others: str = "") -> list[str]:
    return textwrap.wrap(text, width, initial_indent=first, subsequent_indent=others, break_on_hyphens=False)


def _grid(grid: Grid, widths: list[int]) -> Iterator[str]:
    yield _side_by_side(grid.columns, widths)
    yield _side_by_side(["-" * width for width in widths], widths)
    for row in grid.rows:
        cells = [
            [piece for text in cell for piece in _wrapped(text, width)] for cell, width in zip(row, widths, strict=True)
        ]
        for texts in zip_longest(*cells, fillvalue=""):
            yield _side_by_side(texts, widths)


def _side_by_side(texts: list[str] | tuple[str, ...], widths: list[int]) -> str:
    return (" " * GAP).join(text.ljust(width) for text, width in zip(texts, widths, strict=True)).rstrip()
