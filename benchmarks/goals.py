"""The goals for the speed of the package, as ratios inside one run, and whether a run reaches them.

Here: the goals. Not here: the figures (`results.py`) and the table of goals (`page.py`).
"""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

import attrs

from benchmarks.measuring import BARE
from benchmarks.pairing import Spread, ratio
from benchmarks.results import Results

Verdict: TypeAlias = Literal["met", "met by the median", "missed", "not measured"]


@attrs.frozen
class Goal:
    """The largest wanted ratio between the figures of two contenders.

    Attributes:
        task: The task, at the smallest size.
        contender: The contender that is to reach the goal.
        other: The contender it is compared with.
        most: The largest wanted ratio.
    """

    task: str
    contender: str
    other: str
    most: float

    def reached(self, results: Results) -> Spread | None:
        """Return the ratio in a run; None when one of the two was not measured."""
        cell = results.cell(self.task)
        if cell is None or not {self.contender, self.other} <= set(cell.figures):
            return None
        return ratio(cell.figures[self.contender], cell.figures[self.other])

    def verdict(self, results: Results) -> Verdict:
        """Return whether a run reaches the goal: clearly, if three quarters of the rounds do."""
        reached = self.reached(results)
        return "not measured" if reached is None else verdict_of(reached, self.most)


def verdict_of(reached: Spread, most: float) -> Verdict:
    """Return whether a ratio is at most `most`: clearly, if it is in three quarters of the rounds."""
    if reached.high <= most:
        return "met"
    return "met by the median" if reached.median <= most else "missed"


GOALS: Final = (
    Goal("import", "ours", BARE, 1.15),
    Goal("cold", "ours", "pydantic", 0.55),
    Goal("load", "ours", "pydantic", 0.5),
    Goal("load", "ours", "msgspec", 2.5),
    Goal("load", "ours", "cattrs", 1.0),
    Goal("cold", "ours", "cattrs", 1.0),
    Goal("read-plain", "ours", "cattrs", 1.0),
)
"""All goals."""
