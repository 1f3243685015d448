"""A partial date or interval as a value: EDTF level 0 and what op-eds need of level 1.

Here: parsing, the earliest and latest day, precision, overlap; the check for ISO 8601 durations.
Not here: what a date belongs to (`records.py`) and how it is written in a file (`codec/wire.py`).

Known: `2019`, `2019-07`, `2019-07-13`; `201X`, `20XX`, `2019-XX`, `2019-XX-XX`, `2019-07-XX`; seasons `2019-21`
(spring) to `2019-24` (winter); one of `?`, `~`, `%` after a whole date; `A/B`, `A/..`, `../B`. Refused: times of day,
years outside 0001 to 9999, parts qualified singly, sets.
Source: Extended Date/Time Format, Library of Congress, 2019; ISO 8601-2:2019.
"""

from __future__ import annotations

import datetime
import re
from functools import lru_cache
from typing import Final, Literal, Self, TypeAlias

from oped_dataset.errors import InvalidDate
from oped_dataset.messages import quoted

Precision: TypeAlias = Literal["day", "month", "season", "year", "decade", "century", "interval"]
"""How finely a date is known; `2019-07-XX` is known to the month."""

_Bounds: TypeAlias = tuple[datetime.date | None, datetime.date | None, Precision]

_DATE: Final = re.compile(
    r"(?P<year>[0-9]{4}|[0-9]{3}X|[0-9]{2}XX)(-(?P<month>[0-9]{2}|XX)(-(?P<day>[0-9]{2}|XX))?)?[?~%]?"
)
_DAY: Final = "(?:XX|0[1-9]|[12][0-9]|3[01])"
_ONE: Final = f"(?:[0-9]{{2}}XX|[0-9]{{3}}X|[0-9]{{4}}(?:-XX(?:-XX)?|-2[1-4]|-(?:0[1-9]|1[0-2])(?:-{_DAY})?)?)[?~%]?"
PATTERN: Final = rf"(?:{_ONE}|{_ONE}/(?:{_ONE}|\.\.)|\.\./{_ONE})"
"""What every date or interval of ours looks like, for checkers without a calendar; some that look so are none."""

_DURATION: Final = re.compile(
    r"P(?=.)(?:[0-9]+W|(?:[0-9]+Y)?(?:[0-9]+M)?(?:[0-9]+D)?(?:T(?=.)(?:[0-9]+H)?(?:[0-9]+M)?(?:[0-9]+S)?)?)"
)
_SEASONS: Final = {21: 3, 22: 6, 23: 9, 24: 12}


class Edtf(str):
    """A calendar date known as precisely as the text gives it, or an interval between two.

    It is the text itself, checked on construction, so it compares, hashes, sorts and prints as a string.
    Seasons are those of the northern hemisphere by whole months; winter runs into the next year.

    Example:
        >>> Edtf("2018-12").latest
        datetime.date(2018, 12, 31)
        >>> Edtf("2018/2019-03").overlaps("2019")
        True
    """

    __slots__ = ("__weakref__",)

    def __new__(cls, value: str) -> Self:
        """Check the text.

        Raises:
            InvalidDate: It is not in the known part of EDTF, names no real day, or runs backwards.
        """
        if not isinstance(value, str):
            raise InvalidDate(f"{quoted(value)} is not a string")
        _bounds(str(value))
        return super().__new__(cls, value)

    def __repr__(self) -> str:
        """Show the class and the text."""
        return f"Edtf({str(self)!r})"

    @property
    def earliest(self) -> datetime.date | None:
        """The first day it can mean; None for an interval without a beginning."""
        return _bounds(str(self))[0]

    @property
    def latest(self) -> datetime.date | None:
        """The last day it can mean; None for an interval without an end."""
        return _bounds(str(self))[1]

    @property
    def precision(self) -> Precision:
        """How finely it is known."""
        return _bounds(str(self))[2]

    @property
    def is_interval(self) -> bool:
        """Whether it is written as a beginning and an end."""
        return "/" in self

    @property
    def begin(self) -> Edtf | None:
        """The beginning of an interval, None where it is open; a date that is not an interval is its own beginning."""
        return _end_of_interval(self.partition("/")[0])

    @property
    def end(self) -> Edtf | None:
        """The end of an interval, or None where it is open; a date that is not an interval is its own end."""
        return _end_of_interval(self.rpartition("/")[2])

    def overlaps(self, other: str) -> bool:
        """Whether some day can belong to both.

        Raises:
            InvalidDate: `other` is not a date of ours.
        """
        that = Edtf(other)
        return _not_after(self.earliest, that.latest) and _not_after(that.earliest, self.latest)


def _end_of_interval(part: str) -> Edtf | None:
    return None if part == ".." else Edtf(part)


def is_duration(text: str) -> bool:
    """Whether a text is an ISO 8601 duration in whole numbers, such as `P2M`, `P1W` or `PT36H`."""
    return len(text) <= 64 and _DURATION.fullmatch(text) is not None


def _not_after(first: datetime.date | None, second: datetime.date | None) -> bool:
    return first is None or second is None or first <= second


@lru_cache(maxsize=4096)
def _bounds(text: str) -> _Bounds:
    try:
        return _interval(text) if "/" in text else _date(text)
    except ValueError as error:
        reason = (
            error if isinstance(error, InvalidDate) else InvalidDate(f"{quoted(text)} names no day in the calendar")
        )
        raise reason from None


def _interval(text: str) -> _Bounds:
    start, _, end = text.partition("/")
    if start == end == "..":
        raise InvalidDate(f"{quoted(text)} is open at both ends and says nothing")
    first = (None, None) if start == ".." else _date(start)
    last = (None, None) if end == ".." else _date(end)
    if not (_not_after(first[0], last[0]) and _not_after(first[1], last[1])):
        raise InvalidDate(f"{quoted(text)} runs backwards")
    return first[0], last[1], "interval"


def _date(text: str) -> _Bounds:
    match = _DATE.fullmatch(text)
    if match is None:
        raise InvalidDate(f"{quoted(text)} is not a date in the known part of EDTF")
    year, month, day = match["year"], match["month"], match["day"]
    if "X" in year:
        return _years(text, year, alone=month is None)
    if month is None:
        return _years(text, year, alone=True)
    if month == "XX":
        return _years(text, year, alone=day in (None, "XX"))
    if int(month) in _SEASONS:
        return _season(text, int(year), int(month), alone=day is None)
    return _month_or_day(int(year), int(month), day)


def _years(text: str, year: str, *, alone: bool) -> _Bounds:
    if not alone:
        raise InvalidDate(f"{quoted(text)} gives a part of a date whose larger part is unspecified")
    precision: dict[int, Precision] = {0: "year", 1: "decade", 2: "century"}
    first = datetime.date(int(year.replace("X", "0")), 1, 1)
    last = datetime.date(int(year.replace("X", "9")), 12, 31)
    return first, last, precision[year.count("X")]


def _season(text: str, year: int, season: int, *, alone: bool) -> _Bounds:
    if not alone:
        raise InvalidDate(f"{quoted(text)} gives a day within a season")
    first = datetime.date(year, _SEASONS[season], 1)
    last = _last_day(year + 1, 2) if season == 24 else _last_day(year, _SEASONS[season] + 2)
    return first, last, "season"


def _month_or_day(year: int, month: int, day: str | None) -> _Bounds:
    if day is None or day == "XX":
        return datetime.date(year, month, 1), _last_day(year, month), "month"
    exact = datetime.date(year, month, int(day))
    return exact, exact, "day"


def _last_day(year: int, month: int) -> datetime.date:
    # `calendar` knows it too, but is slow to import (see `errors.nearest`).
    if month == 12:
        return datetime.date(year, 12, 31)
    return datetime.date(year, month + 1, 1) - datetime.timedelta(days=1)
