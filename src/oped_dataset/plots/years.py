"""Where on a line a day stands, when years about which more is told are drawn wider.

Here: the widths of years, and the place of a day.
Not here: what a date means (`model/when.py`) and what is drawn at its place (`timeline.py`).

Op-eds tell a few months day by day and name a year of the last century beside them. On an even scale the months would
be too narrow to be read, so that the scale is even within a year only, and the years are drawn for all to see.
"""

from __future__ import annotations

import datetime
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Final

import attrs

_WIDEST: Final = 16.0
_PER_END: Final = 0.5
_QUIET_YEAR: Final = 0.25


@attrs.frozen
class Stretch:
    """Some years in a row that are drawn evenly.

    Attributes:
        first: The first year.
        last: The last year, the same when it is one.
        begin: Where it begins, in parts of the whole from 0 to 1.
        end: Where it ends.
        is_quiet: Whether nothing is told to begin or end in it.
    """

    first: int
    last: int
    begin: float
    end: float
    is_quiet: bool = False

    def place(self, day: datetime.date, *, end_of_day: bool) -> float:
        """Where a day of it begins or ends."""
        start = datetime.date(self.first, 1, 1).toordinal()
        length = datetime.date(self.last, 12, 31).toordinal() + 1 - start
        passed = day.toordinal() - start + end_of_day
        return self.begin + (self.end - self.begin) * passed / length


@attrs.frozen
class Years:
    """A scale of years.

    Attributes:
        stretches: Its parts in order: each year in which something begins or ends, and the quiet ones between.
    """

    stretches: tuple[Stretch, ...]

    @classmethod
    def over(cls, days: Iterable[datetime.date], *, even: bool) -> Years:
        """Make the scale for the days on which something told begins or ends.

        Args:
            days: The days, at least one.
            even: Whether all years are equally wide.
        """
        told = Counter(day.year for day in days)
        weights = list(_weights(told, even=even))
        total = sum(weight for _, _, weight in weights)
        stretches, begin = [], 0.0
        for first, last, weight in weights:
            stretches.append(Stretch(first, last, begin, begin + weight / total, is_quiet=first not in told))
            begin += weight / total
        return cls(tuple(stretches))

    def place(self, day: datetime.date, *, end_of_day: bool = False) -> float:
        """Where a day begins or, when asked so, ends, in parts of the whole."""
        found = bisect_right(self.stretches, day.year, key=lambda stretch: stretch.first) - 1
        return self.stretches[found].place(day, end_of_day=end_of_day)


def _weights(told: Counter[int], *, even: bool) -> Iterator[tuple[int, int, float]]:
    years = sorted(told)
    yield years[0], years[0], _weight(told[years[0]], even=even)
    for before, year in pairwise(years):
        quiet = year - before - 1
        if quiet:
            # A run of years about which nothing is told takes no more room than one year about which little is.
            yield before + 1, year - 1, float(quiet) if even else min(1.0, _QUIET_YEAR * quiet)
        yield year, year, _weight(told[year], even=even)


def _weight(ends: int, *, even: bool) -> float:
    return 1.0 if even else min(_WIDEST, 1 + _PER_END * ends)
