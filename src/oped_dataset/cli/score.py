"""`oped-dataset score`: score a predicted article against a gold one, or a corpus against a gold corpus.

Not here: the figures (`scoring/scores.py`), the errors (`scoring/mistakes.py`).
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator, Mapping
from typing import Any

from oped_dataset.cli import asked, terminal
from oped_dataset.cli.blocks import (
    EMPTY,
    Block,
    Grid,
    heading,
    line,
)
from oped_dataset.cli.corpora import engine, is_corpus
from oped_dataset.cli.exits import OK
from oped_dataset.cli.records import STEP
from oped_dataset.corpora.pieces import score_corpus
from oped_dataset.errors import InvalidRecord
from oped_dataset.explorer.errors import explore_errors
from oped_dataset.model.article import TABLES
from oped_dataset.scoring.matching import ALIGNS, MATCHES
from oped_dataset.scoring.mistakes import Mistake
from oped_dataset.scoring.resampling import Interval
from oped_dataset.scoring.scores import COLUMNS, Scores, cell, score, shown


def run(arguments: Namespace) -> int:
    """Score a predicted article or corpus: print the figures and, on request, each error."""
    for layer in arguments.layer or ():
        asked.one_of("scored layer", layer, TABLES)
    match: Any = asked.one_of("way to match", arguments.match, MATCHES)
    align: Any = asked.one_of("way to align", arguments.align, ALIGNS)
    options: Any = {} if arguments.threshold is None else {"threshold": arguments.threshold}
    options |= {"match": match, "align": align, "layers": arguments.layer}
    if is_corpus(arguments.gold) or is_corpus(arguments.predicted):
        scores = _score_corpora(arguments, options)
    else:
        scores = score(asked.draft(arguments.predicted), asked.article(arguments.gold), **options)
    intervals = {} if arguments.interval is None else scores.interval(seed=arguments.interval)
    if arguments.html is not None:
        terminal.write(explore_errors(scores), arguments.html)
    if arguments.json:
        terminal.show_json(_data(scores, intervals, errors=arguments.errors))
    else:
        terminal.show(_list_figures(scores, intervals))
        if arguments.errors:
            terminal.show(_list_errors(scores))
    return OK


def _score_corpora(arguments: Namespace, options: Any) -> Scores:
    if arguments.errors or arguments.html is not None:
        option = "--errors" if arguments.errors else "--html"
        raise InvalidRecord(f"{option}: shows the records of two articles; score a single article instead of corpora")
    with terminal.progress("scoring") as watch:
        return score_corpus(
            arguments.predicted, arguments.gold, engine=engine(arguments.jobs), progress=watch, **options
        )


def _data(scores: Scores, intervals: Mapping[str, Interval | None], *, errors: bool) -> dict[str, object]:
    return {
        "match": scores.match,
        "align": scores.align,
        "threshold": scores.threshold,
        "table": scores.rows(),
        "figures": scores.figures(),
        "outcomes": {
            "chains": scores.attribution.outcomes,
            "commitments": scores.commitment.outcomes,
        },
        "rejected": scores.rejected,
        **({"intervals": intervals} if intervals else {}),
        **(
            {"errors": {layer: [_error(each) for each in scores.errors(layer)] for layer in scores.scored}}
            if errors
            else {}
        ),
    }


def _error(mistake: Mistake) -> dict[str, object]:
    gold, predicted = mistake.words
    return {
        "fault": mistake.fault,
        "gold": gold,
        "predicted": predicted,
        "similarity": mistake.similarity,
        "lost": [
            {"what": loss.what, "gold": loss.gold, "predicted": loss.predicted, "outcome": loss.outcome}
            for loss in mistake.lost
        ],
    }


def _list_figures(scores: Scores, intervals: Mapping[str, Interval | None]) -> Iterator[Block]:
    columns = (*COLUMNS, "interval of f1") if intervals else COLUMNS
    rows = []
    for row in scores.rows():
        cells = [row["row"], *(cell(row, column) for column in COLUMNS)]
        if intervals:
            interval = intervals[f"{row['figure']}.f1"]
            cells.append(shown(None) if interval is None else f"{interval.low:.3f} to {interval.high:.3f}")
        rows.append(cells)
    yield Grid(("", *columns), rows)
    yield EMPTY
    for text in scores.notes():
        yield line(text, indent=STEP)


def _list_errors(scores: Scores) -> Iterator[Block]:
    for layer in scores.scored:
        mistakes = scores.errors(layer)
        yield EMPTY
        yield heading(f"{layer}: {len(mistakes)} errors")
        for each in mistakes:
            head, *details = str(each).splitlines()
            yield line(head, indent=STEP)
            for detail in details:
                yield line(detail.strip(), indent=2 * STEP, hang=STEP)
