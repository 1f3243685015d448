"""Blocks with colours and rules, drawn by the library rich.

Here: the colour of each style, and the conversion of blocks to renderables of rich.
Not here: the choice between colours and plain text (`terminal.py`), and plain text (`plain.py`).

rich receives texts with styles, never a string that it could parse as markup. Colours repeat what the words say.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import Any, Final

from oped_dataset.cli.blocks import (
    GAP,
    Block,
    Grid,
    Paragraph,
)
from oped_dataset.extras import need

_EXTRA: Final = "cli"
_COLOURS: Final = {
    "title": "bold",
    "heading": "bold",
    "id": "cyan",
    "name": "bold",
    "certain": "green",
    "probable": "green",
    "possible": "green",
    "possibly not": "red",
    "probably not": "red",
    "certainly not": "red",
}
"""Colours that are legible on a light and on a dark background; other styles are not coloured."""


def render(blocks: Iterable[Block], width: int, prose: int) -> str:
    """Draw blocks for a terminal.

    Args:
        blocks: The blocks.
        width: The width of a grid, in columns of the terminal.
        prose: The width of a paragraph.

    Raises:
        MissingExtra: rich is not installed.
    """
    console = need("rich.console", _EXTRA).Console(
        file=sys.stdout, force_terminal=True, width=width, highlight=False, markup=False, emoji=False
    )
    with console.capture() as captured:
        for block in blocks:
            for renderable in _draw_block(console, block, width, prose):
                console.print(renderable)
    text: str = captured.get()
    return text


def _draw_block(console: Any, block: Block, width: int, prose: int) -> Iterator[Any]:
    if isinstance(block, Paragraph):
        yield from _draw_paragraph(console, block, prose)
        return
    widths = block.widths(width)
    if widths is None:
        for paragraph in block.stacked():
            yield from _draw_paragraph(console, paragraph, prose)
    else:
        yield _draw_grid(block, widths)


def _draw_paragraph(console: Any, paragraph: Paragraph, width: int) -> Iterator[Any]:
    text = need("rich.text", _EXTRA).Text
    first, others = paragraph.indents(width)
    whole = text()
    for piece in paragraph.pieces:
        whole.append(piece.text, _COLOURS.get(piece.style))
    # rich wraps all lines to one width, so every line gets that of the most indented ones.
    for number, line in enumerate(whole.wrap(console, width - len(others), overflow="fold")):
        line.rstrip()
        yield text(others if number else first) + line


def _draw_grid(grid: Grid, widths: list[int]) -> Any:
    text = need("rich.text", _EXTRA).Text
    # This box puts one blank between two columns by itself, which the padding leaves out.
    table = need("rich.table", _EXTRA).Table(
        box=need("rich.box", _EXTRA).SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, GAP - 1, 0, 0)
    )
    for index, (heading, width) in enumerate(zip(grid.columns, widths, strict=True)):
        style = _COLOURS["id"] if index == 0 else None
        table.add_column(text(heading), width=width, style=style, overflow="fold")
    for row in grid.rows:
        table.add_row(*(text("\n".join(cell)) for cell in row))
    return table
