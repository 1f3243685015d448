"""Two systems against the same gold: how far apart they are, and whether other sentences could turn it around.

Here: `compare` and what it returns.
Not here: the scores of one system (`scores.py`) and the drawing of sentences or documents (`resampling.py`).
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
        first: The figure of the first system; None where there is nothing to measure.
        second: The figure of the second.
        difference: The second less the first; None unless there are both.
        interval: Where the difference lies in the given share of the resamples; None where it cannot be told.
    """

    first: float | None
    second: float | None
    difference: float | None
    interval: Interval | None


@attrs.frozen(kw_only=True, repr=False)
class Comparison:
    """Two systems, figure by figure.

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
        """One figure of both systems, by its name.

        Raises:
            InvalidRecord: There is no such figure; the message names the nearest.
        """
        if figure not in self.differences:
            hint = did_you_mean(nearest(figure, self.differences)) or "`figures` of a score lists them"
            raise InvalidRecord(f"{quoted(figure)} is not a figure; {hint}")
        return self.differences[figure]

    def rows(self) -> list[dict[str, Any]]:
        """The F1 of each row of the printed table of scores, ready for a data frame."""
        names = {head: name for head, name in HEADLINES.items() if f"{name}.f1" in self.differences}
        names |= {layer: f"{layer}.spans" for layer in self.first.scored}
        return [{"row": head, "figure": name, **self[f"{name}.f1"]._asdict()} for head, name in names.items()]

    def __repr__(self) -> str:
        """Show how many figures there are."""
        return f"<Comparison of {len(self.differences)} figures>"

    def __str__(self) -> str:
        """Print the F1 of both systems, the difference, and the interval it lies in."""
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
    """Compare two systems on the same articles, by a paired bootstrap.

    The sentences of the one article, or the documents where there are several, are drawn again with replacement, the
    same for both systems. Where the interval of a difference holds 0, other sentences of the same articles could have
    turned it around.

    Args:
        a: What the first system predicts: of one article, or of each of several.
        b: What the second system predicts.
        gold: The gold article, or as many.
        match: As for `score`.
        similarity: As for `score`.
        threshold: As for `score`.
        layers: As for `score`.
        align: As for `score`.
        seed: Equal seeds give equal intervals.
        level: The share of the resamples inside an interval.
        resamples: How often all units are drawn.

    Raises:
        NotComparable: There are not as many predictions as gold articles, or as for `score`.
        InvalidRecord: As for `score`; or `level` or `resamples` is out of bounds.
    """
    bounds = check(Bounds(seed, level, resamples))
    nothing = score_of_nothing(match=match, similarity=similarity, threshold=threshold, layers=layers, align=align)
    ways: Any = {"match": match, "similarity": similarity, "threshold": threshold, "align": align}
    first, second = (_scores(system, gold, ways | {"layers": nothing.scored}) for system in (a, b))
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


def _scores(predicted: Any, gold: Any, ways: dict[str, Any]) -> Scores:
    if isinstance(gold, Article):
        return score(predicted, gold, **ways)
    if isinstance(predicted, Article | Extraction) or len(predicted) != len(gold) or not gold:
        number = 1 if isinstance(predicted, Article | Extraction) else len(predicted)
        raise NotComparable(f"there are {number} predicted articles and {len(gold)} gold ones")
    return reduce(add, [score(ours, theirs, **ways) for ours, theirs in zip(predicted, gold, strict=True)])
