"""`oped-dataset compare-annotations`: the agreement of two annotators, and the list to adjudicate.

Not here: the comparison (`authoring/comparing.py`) and the figures (`authoring/agreement.py`).
"""

from __future__ import annotations

from argparse import Namespace
from collections import Counter
from collections.abc import Iterator

from oped_dataset.authoring.comparing import AnnotationComparison, compare_annotations
from oped_dataset.cli import asked, terminal
from oped_dataset.cli.blocks import EMPTY, Block, Grid, line
from oped_dataset.cli.exits import OK
from oped_dataset.codec import jsontext
from oped_dataset.scoring.scores import shown
from oped_dataset.text.copies import read_copy


def run(arguments: Namespace) -> int:
    """Show the figures of agreement and the disagreements of two annotations of one text."""
    a, b = asked.draft(arguments.a), asked.draft(arguments.b)
    text = None if arguments.text is None else read_copy(arguments.text)
    comparison = compare_annotations(a, b, text=text)
    if arguments.output is not None:
        rows = b"".join(jsontext.write_line(row) for row in comparison.rows())
        terminal.write(rows, arguments.output)
    if arguments.json:
        figures = [each._asdict() | {"interval": each.interval and [*each.interval]} for each in comparison.agreement]
        terminal.show_json({"agreement": figures, "disagreements": comparison.rows()})
    else:
        terminal.show(_report(comparison, arguments.output))
    return OK


def _report(comparison: AnnotationComparison, output: str | None) -> Iterator[Block]:
    rows = []
    for each in comparison.agreement:
        interval = shown(None) if each.interval is None else " to ".join(map(shown, each.interval))
        rows.append((each.layer, each.name, shown(each.value), interval, each.items))
    yield Grid(("layer", "figure", "value", "95 % interval", "items"), rows)
    yield EMPTY
    counts = Counter(each.layer for each in comparison.disagreements)
    listed = ", ".join(f"{layer} {count}" for layer, count in counts.items())
    yield line(f"{counts.total()} disagreements" + (f": {listed}" if counts else ""))
    if counts and output is None:
        yield line("-o FILE writes the list to adjudicate.")
