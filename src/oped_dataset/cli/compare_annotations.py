"""`oped-dataset compare-annotations`: how far two annotators agree, and the list of what is to be adjudicated.

Not here: the comparison (`authoring/comparing.py`) and the figures (`authoring/agreement.py`).
"""

from __future__ import annotations

from argparse import Namespace
from collections import Counter
from collections.abc import Iterator
from typing import Any

from oped_dataset.authoring.agreement import Figure
from oped_dataset.authoring.comparing import AnnotationComparison, compare_annotations
from oped_dataset.cli import asked, terminal
from oped_dataset.cli.blocks import EMPTY, Block, Grid, line
from oped_dataset.cli.exits import OK
from oped_dataset.codec import jsontext
from oped_dataset.scoring.scores import shown
from oped_dataset.text.copies import read_copy


def run(arguments: Namespace) -> int:
    """Two annotations of one text: figures of agreement, and what is to be adjudicated."""
    a, b = asked.draft(arguments.a), asked.draft(arguments.b)
    text = None if arguments.text is None else read_copy(arguments.text)
    comparison = compare_annotations(a, b, text=text)
    if arguments.output is not None:
        rows = b"".join(jsontext.write_line(row) for row in comparison.rows())
        terminal.write(rows, arguments.output)
    if arguments.json:
        figures = [_figure(each) for each in comparison.agreement]
        terminal.show_json({"agreement": figures, "disagreements": comparison.rows()})
    else:
        terminal.show(_blocks(comparison, arguments.output))
    return OK


def _figure(figure: Figure) -> dict[str, Any]:
    return figure._asdict() | {"interval": figure.interval and list(figure.interval)}


def _blocks(comparison: AnnotationComparison, output: str | None) -> Iterator[Block]:
    rows = [(each.layer, each.name, shown(each.value), _ends(each), each.items) for each in comparison.agreement]
    yield Grid(("layer", "figure", "value", "95 % interval", "items"), rows)
    yield EMPTY
    counts = Counter(each.layer for each in comparison.disagreements)
    listed = ", ".join(f"{layer} {count}" for layer, count in counts.items())
    yield line(f"{counts.total()} disagreements" + (f": {listed}" if counts else ""))
    if counts and output is None:
        yield line("-o FILE writes the list to decide on.")


def _ends(figure: Figure) -> str:
    return shown(None) if figure.interval is None else " to ".join(map(shown, figure.interval))
