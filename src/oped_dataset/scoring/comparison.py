"""Comparing two systems on the same gold: their differences, with bootstrap intervals.

Here: `compare`, and its result.
Not here: the scores of one system (`scores.py`) and the bootstrap (`resampling.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import reduce
from html import escape
from operator import add
from typing import Any, NamedTuple

import attrs

from oped_dataset.errors import InvalidRecord, NotComparable
from oped_dataset.extraction.results import Extraction
from oped_dataset.messages import did_you_mean, nearest, quoted
from oped_dataset.model.article import Article
from oped_dataset.notebook import grid
from oped_dataset.scoring.figures import HEADLINES
from oped_dataset.scoring.matching import Align, Match
from oped_dataset.scoring.resampling import Bounds, Interval, check, intervals
from oped_dataset.scoring.scores import Scores, score, score_of_nothing, shown
from oped_dataset.scoring.similarity import Similarity


class Difference(NamedTuple):
    """One figure of two systems.

    Attributes:
        first: The figure of the first system; None if it cannot be measured.
        second: The figure of the second system.
        difference: The second minus the first; None unless both figures are numbers.
        interval: The interval of the difference in the given share of the resamples; None if it cannot be determined.
    """

    first: float | None
    second: float | None
    difference: float | None
    interval: Interval | None


@attrs.frozen(kw_only=True, repr=False)
class Comparison:
    """The comparison of two systems, figure by figure.

    Attributes:
        first: The scores of the first system.
        second: The scores of the second.
        differences: Each figure of both, by its name, such as `attribution.chains.f1`.
        level: The share of the resamples inside an interval.
    """

    first: Scores
    second: Scores
    differences: dict[str, Difference]
    level: float

    def __getitem__(self, figure: str) -> Difference:
        """Return a figure of both systems.

        Raises:
            InvalidRecord: The figure does not exist; the message suggests the closest name.
        """
        if figure not in self.differences:
            hint = did_you_mean(nearest(figure, self.differences)) or "`figures` of a score lists them"
            raise InvalidRecord(f"{quoted(figure)} is not a figure; {hint}")
        return self.differences[figure]

    def rows(self) -> list[dict[str, Any]]:
        """Return the F1 of each row of the printed table of scores, for a data frame."""
        names = {head: name for head, name in HEADLINES.items() if f"{name}.f1" in self.differences}
        names |= {layer: f"{layer}.spans" for layer in self.first.scored}
        return [{"row": head, "figure": name, **self[f"{name}.f1"]._asdict()} for head, name in names.items()]

    def __repr__(self) -> str:
        """Return the number of figures."""
        return f"<Comparison of {len(self.differences)} figures>"

    def __str__(self) -> str:
        """Return a table with the F1 of both systems, the difference and its interval."""
        lines = [f"{'F1':<19}{'first':>8}{'second':>8}{'difference':>12}  {self.level:.0%} interval"]
        for row in self.rows():
            difference = row["difference"]
            change = shown(None) if difference is None else f"{difference:+.3f}"
            lines.append(f"{row['row']:<19}{shown(row['first']):>8}{shown(row['second']):>8}{change:>12}  {_ends(row)}")
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        columns = ("first", "second", "difference")
        rows = ([escape(row["row"]), *(shown(row[each]) for each in columns), _ends(row)] for row in self.rows())
        return grid(rows, head=("F1", *columns, f"{self.level:.0%} interval"))


def _ends(row: dict[str, Any]) -> str:
    interval: Interval | None = row["interval"]
    return shown(None) if interval is None else f"{interval.low:+.3f} to {interval.high:+.3f}"


def compare(
    a: Article | Extraction | Sequence[Article | Extraction],
    b: Article | Extraction | Sequence[Article | Extraction],
    gold: Article | Sequence[Article],
    *,
    match: Match = "graded",
    similarity: Similarity | None = None,
    threshold: float = 0.5,
    layers: Iterable[str] | None = None,
    align: Align = "records",
    seed: int = 0,
    level: float = 0.95,
    resamples: int = 1000,
) -> Comparison:
    """Compare two systems on the same articles with a paired bootstrap.

    The sentences of one article, or the documents if there are several, are resampled with replacement, alike for both
    systems. If the interval of a difference contains 0, the difference may be due to the choice of sentences.

    Args:
        a: The predictions of the first system: for one article, or a sequence for several.
        b: The predictions of the second system.
        gold: The gold article, or a sequence of the same length.
        match: As for `score`.
        similarity: As for `score`.
        threshold: As for `score`.
        layers: As for `score`.
        align: As for `score`.
        seed: The seed of the random draws; equal seeds give equal intervals.
        level: The share of the resamples inside an interval.
        resamples: The number of resamples.

    Raises:
        NotComparable: The numbers of predictions and gold articles differ, or as for `score`.
        InvalidRecord: As for `score`; or `level` or `resamples` is out of bounds.
    """
    bounds = check(Bounds(seed, level, resamples))
    # This checks the options once, before any article is scored.
    nothing = score_of_nothing(match=match, similarity=similarity, threshold=threshold, layers=layers, align=align)
    ways: Any = {"match": match, "similarity": similarity, "threshold": threshold, "align": align}
    first, second = (_score_all(system, gold, ways | {"layers": nothing.scored}) for system in (a, b))
    found = dict(intervals([first._units, second._units], first.scored, bounds))
    figures = first.figures(), second.figures()
    return Comparison(
        first=first,
        second=second,
        differences={
            name: Difference(one, two, None if one is None or two is None else two - one, found.get(name))
            for name in figures[0] | figures[1]
            for one, two in [(figures[0].get(name), figures[1].get(name))]
        },
        level=level,
    )


def _score_all(predicted: Any, gold: Any, ways: dict[str, Any]) -> Scores:
    if isinstance(gold, Article):
        return score(predicted, gold, **ways)
    if isinstance(predicted, Article | Extraction) or len(predicted) != len(gold) or not gold:
        number = 1 if isinstance(predicted, Article | Extraction) else len(predicted)
        raise NotComparable(f"there are {number} predicted articles and {len(gold)} gold ones")
    return reduce(add, [score(ours, theirs, **ways) for ours, theirs in zip(predicted, gold, strict=True)])
