"""Blocks with colours and rules, over the library rich.

Here: which style is which colour, and blocks as what rich draws.
Not here: which of the two ways of showing is taken (`terminal.py`), and the other one (`plain.py`).

What rich gets are texts with styles, never a string it could take for markup. The colours say nothing that the words
do not.
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
"""Of the colours that can be read on a light and on a dark ground; a style that is not here is shown as it is."""


def rendered(blocks: Iterable[Block], width: int, prose: int) -> str:
    """Draw blocks for the terminal that is the output.

    Args:
        blocks: The blocks.
        width: How many places a line of a grid has.
        prose: How many a line of a paragraph has.

    Raises:
        MissingExtra: rich is not installed.
    """
    console = need("rich.console", _EXTRA).Console(
        file=sys.stdout, force_terminal=True, width=width, highlight=False, markup=False, emoji=False
    )
    with console.capture() as captured:
        for block in blocks:
            for drawn in _drawn(console, block, width, prose):
                console.print(drawn)
    text: str = captured.get()
    return text


def _drawn(console: Any, block: Block, width: int, prose: int) -> Iterator[Any]:
    if isinstance(block, Paragraph):
        yield from _paragraph(console, block, prose)
        return
    widths = block.widths(width)
    if widths is None:
        for paragraph in block.stacked():
            yield from _paragraph(console, paragraph, prose)
    else:
        yield _grid(block, widths)


def _paragraph(console: Any, paragraph: Paragraph, width: int) -> Iterator[Any]:
    text = need("rich.text", _EXTRA).Text
    first, others = paragraph.indents(width)
    whole = text()
    for piece in paragraph.pieces:
        whole.append(piece.text, _COLOURS.get(piece.style))
    # Every line is as long as the shortest may be, so that the indent of the first need not be known to rich.
    for number, line in enumerate(whole.wrap(console, width - len(others), overflow="fold")):
        line.rstrip()
        yield text(others if number else first) + line


def _grid(grid: Grid, widths: list[int]) -> Any:
    text = need("rich.text", _EXTRA).Text
    # Between two columns of this box stands a blank of its own.
    table = need("rich.table", _EXTRA).Table(
        box=need("rich.box", _EXTRA).SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, GAP - 1, 0, 0)
    )
    for index, (heading, width) in enumerate(zip(grid.columns, widths, strict=True)):
        style = _COLOURS["id"] if index == 0 else None
        table.add_column(text(heading), width=width, style=style, overflow="fold")
    for row in grid.rows:
        table.add_row(*(text("\n".join(cell)) for cell in row))
    return table
