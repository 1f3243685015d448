"""A time scale on which years with more dates are wider.

Here: the widths of years, and the position of a day.
Not here: the meaning of a date (`model/when.py`), and the drawing (`timeline.py`).

An op-ed may describe a few months day by day and also mention a year of the last century. On an even scale the months
would be too narrow to read, so the scale is even only within a year, and the chart shows the borders of the years.
"""

from __future__ import annotations

import datetime
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from typing import Final

import attrs

# The width of a year with few dates is 1. A year grows with each beginning or end of a date in it, up to a limit.
_WIDEST: Final = 16.0
_PER_END: Final = 0.5
_QUIET_YEAR: Final = 0.25


@attrs.frozen
class Stretch:
    """One or more consecutive years, drawn evenly.

    Attributes:
        first: The first year.
        last: The last year, which may be the first one.
        begin: The position of its beginning, from 0 to 1.
        end: The position of its end, from 0 to 1.
        is_quiet: Whether no date begins or ends in it.
    """

    first: int
    last: int
    begin: float
    end: float
    is_quiet: bool = False

    def place(self, day: datetime.date, *, end_of_day: bool) -> float:
        """Calculate the position at which one of its days begins or ends."""
        start = datetime.date(self.first, 1, 1).toordinal()
        length = datetime.date(self.last, 12, 31).toordinal() + 1 - start
        passed = day.toordinal() - start + end_of_day
        return self.begin + (self.end - self.begin) * passed / length


@attrs.frozen
class Years:
    """A scale of years.

    Attributes:
        stretches: Its parts in order: each year in which a date begins or ends, and each run of quiet years between.
    """

    stretches: tuple[Stretch, ...]

    @classmethod
    def over(cls, days: Iterable[datetime.date], *, even: bool) -> Years:
        """Make the scale for the days on which dates begin or end.

        Args:
            days: The days, at least one.
            even: Whether all years are equally wide.
        """
        counts = Counter(day.year for day in days)
        weights: list[tuple[int, int, float]] = []
        for year, count in sorted(counts.items()):
            quiet = year - weights[-1][1] - 1 if weights else 0
            if quiet:
                # A run of quiet years is no wider than one year with few dates.
                weights.append((year - quiet, year - 1, float(quiet) if even else min(1.0, _QUIET_YEAR * quiet)))
            weights.append((year, year, 1.0 if even else min(_WIDEST, 1 + _PER_END * count)))
        total = sum(weight for _, _, weight in weights)
        stretches, begin = [], 0.0
        for first, last, weight in weights:
            stretches.append(Stretch(first, last, begin, begin + weight / total, is_quiet=first not in counts))
            begin += weight / total
        return cls(tuple(stretches))

    def place(self, day: datetime.date, *, end_of_day: bool = False) -> float:
        """Calculate the position at which a day begins or, with `end_of_day`, ends."""
        found = bisect_right(self.stretches, day.year, key=lambda stretch: stretch.first) - 1
        return self.stretches[found].place(day, end_of_day=end_of_day)
