"""What the package wants to be as fast as, as ratios inside one run, and whether a run shows it to be.

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
    """One contender is to need at most so many times what another needs.

    Attributes:
        task: For which task, at the smallest size.
        contender: The one of ours.
        other: The one it is compared with.
        most: The largest ratio wanted.
    """

    task: str
    contender: str
    other: str
    most: float

    def reached(self, results: Results) -> Spread | None:
        """The ratio in a run; None when one of the two was not measured."""
        cell = results.cell(self.task)
        if cell is None or not {self.contender, self.other} <= set(cell.figures):
            return None
        return ratio(cell.figures[self.contender], cell.figures[self.other])

    def verdict(self, results: Results) -> Verdict:
        """Whether a run shows it to be reached: clearly, when three quarters of the rounds do."""
        reached = self.reached(results)
        return "not measured" if reached is None else verdict_of(reached, self.most)


def verdict_of(reached: Spread, most: float) -> Verdict:
    """Whether a ratio is at most this one: clearly, when three quarters of the rounds are."""
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
"""All of them."""
