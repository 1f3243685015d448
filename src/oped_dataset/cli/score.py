"""`oped-dataset score`: a predicted article judged by a gold one.

What does not live here: the figures (`scoring/scores.py`).
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator

from oped_dataset.cli import asked, terminal
from oped_dataset.cli.blocks import (
    EMPTY,
    Block,
    Grid,
    line,
)
from oped_dataset.cli.exits import OK
from oped_dataset.cli.records import STEP
from oped_dataset.scoring.matching import LABELS
from oped_dataset.scoring.scores import Scores, score


def run(arguments: Namespace) -> int:
    """A predicted article against a gold one."""
    for layer in arguments.layer or ():
        asked.one_of("layer that is scored", layer, tuple(LABELS))
    match = asked.one_of("way to match", arguments.match, ("strict", "overlap"))
    gold, predicted = asked.article(arguments.gold), asked.draft(arguments.predicted)
    scores = score(predicted, gold, match=match, layers=arguments.layer)  # type: ignore[arg-type]  # It is one of both.
    if arguments.json:
        terminal.show_json(_scores(scores))
    else:
        terminal.show(_scored(scores))
    return OK


def _scores(scores: Scores) -> dict[str, object]:
    return {
        "match": scores.match,
        "layers": scores.rows(),
        "attribution": {"kept": scores.attribution.kept, "outcomes": scores.attribution.outcomes},
        "commitment": {"kept": scores.commitment.kept, "outcomes": scores.commitment.outcomes},
    }


def _scored(scores: Scores) -> Iterator[Block]:
    figures = ("precision", "recall", "f1")
    counts = ("matched", "predicted", "gold")
    rows = [
        (row["layer"], *(f"{row[name]:.3f}" for name in figures), *(f"{row[name]}" for name in counts))
        for row in scores.rows()
    ]
    yield Grid(("layer", *figures, *counts), rows)
    yield EMPTY
    for text in scores.fidelity_lines():
        yield line(text, indent=STEP)
