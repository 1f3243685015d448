"""Blocks as plain text: for pipes, for dumb terminals, and without rich.

Here: the wrapping of paragraphs and grids.
Not here: the choice between colours and plain text (`terminal.py`), and colours (`coloured.py`).
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


def render(blocks: Iterable[Block], width: int, prose: int) -> str:
    """Format blocks as lines.

    Args:
        blocks: The blocks.
        width: The width of a grid, in columns of the terminal.
        prose: The width of a paragraph.
    """
    return "".join(f"{line}\n" for block in blocks for line in _format_block(block, width, prose))


def _format_block(block: Block, width: int, prose: int) -> Iterator[str]:
    if isinstance(block, Paragraph):
        yield from _format_paragraph(block, prose)
        return
    widths = block.widths(width)
    if widths is None:
        for paragraph in block.stacked():
            yield from _format_paragraph(paragraph, prose)
    else:
        yield from _format_grid(block, widths)


def _format_paragraph(paragraph: Paragraph, width: int) -> list[str]:
    text = "".join(piece.text for piece in paragraph.pieces)
    return _wrap(text, width, *paragraph.indents(width)) or [""]


def _wrap(text: str, width: int, first: str = "", others: str = "") -> list[str]:
    return textwrap.wrap(text, width, initial_indent=first, subsequent_indent=others, break_on_hyphens=False)


def _format_grid(grid: Grid, widths: list[int]) -> Iterator[str]:
    yield _join_columns(grid.columns, widths)
    yield _join_columns(["-" * width for width in widths], widths)
    for row in grid.rows:
        cells = [
            [piece for text in cell for piece in _wrap(text, width)] for cell, width in zip(row, widths, strict=True)
        ]
        for texts in zip_longest(*cells, fillvalue=""):
            yield _join_columns(texts, widths)


def _join_columns(texts: list[str] | tuple[str, ...], widths: list[int]) -> str:
    return (" " * GAP).join(text.ljust(width) for text, width in zip(texts, widths, strict=True)).rstrip()
