"""A partial date or interval as a value: EDTF level 0, and the part of level 1 that op-eds need.

Here: parsing, the earliest and latest day, precision, overlap; the check of ISO 8601 durations.
Not here: the fields with dates (`records.py`), dates in files (`codec/wire.py`) and in words (`when.py`).

Supported: `2019`, `2019-07`, `2019-07-13`; `201X`, `20XX`, `2019-XX`, `2019-XX-XX`, `2019-07-XX`; seasons `2019-21`
(spring) to `2019-24` (winter); one of `?`, `~`, `%` after a whole date; `A/B`, `A/..`, `../B`. Rejected: times of day,
years outside 0001 to 9999, qualified parts of dates, sets.
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
"""The precision of a date; that of `2019-07-XX` is the month."""

_Bounds: TypeAlias = tuple[datetime.date | None, datetime.date | None, Precision]

# EDTF level 0, "Date"; level 1, "Qualification of a date (complete)" and "Unspecified digit(s) from the right".
_DATE: Final = re.compile(
    r"(?P<year>[0-9]{4}|[0-9]{3}X|[0-9]{2}XX)(-(?P<month>[0-9]{2}|XX)(-(?P<day>[0-9]{2}|XX))?)?[?~%]?"
)
_DAY: Final = "(?:XX|0[1-9]|[12][0-9]|3[01])"
_ONE: Final = f"(?:[0-9]{{2}}XX|[0-9]{{3}}X|[0-9]{{4}}(?:-XX(?:-XX)?|-2[1-4]|-(?:0[1-9]|1[0-2])(?:-{_DAY})?)?)[?~%]?"
PATTERN: Final = rf"(?:{_ONE}|{_ONE}/(?:{_ONE}|\.\.)|\.\./{_ONE})"
"""The form of every supported date or interval, for checkers without a calendar; it also matches some invalid dates."""

# ISO 8601-1:2019, section 5.5.2: a number of weeks, or at least one number of years to seconds.
_DURATION: Final = re.compile(
    r"P(?=.)(?:[0-9]+W|(?:[0-9]+Y)?(?:[0-9]+M)?(?:[0-9]+D)?(?:T(?=.)(?:[0-9]+H)?(?:[0-9]+M)?(?:[0-9]+S)?)?)"
)
# EDTF level 1, "Seasons": spring, summer, autumn and winter are 21 to 24. The months of each are this package's choice.
_SEASONS: Final = {21: 3, 22: 6, 23: 9, 24: 12}


class Edtf(str):
    """A calendar date as precise as the text, or an interval between two such dates.

    The string is checked on construction, and is compared, hashed, sorted and printed like any other. Seasons are those
    of the northern hemisphere in whole months; winter extends into the next year.

    Example:
        >>> Edtf("2018-12").latest
        datetime.date(2018, 12, 31)
        >>> Edtf("2018/2019-03").overlaps("2019")
        True
    """

    __slots__ = ("__weakref__",)

    def __new__(cls, value: str) -> Self:
        """Check the string.

        Raises:
            InvalidDate: The string is not in the supported part of EDTF, its day does not exist, or it ends before it
                begins.
        """
        if not isinstance(value, str):
            raise InvalidDate(f"{quoted(value)} is not a string")
        _parse(str(value))
        return super().__new__(cls, value)

    def __repr__(self) -> str:
        """Return the class and the string."""
        return f"Edtf({str(self)!r})"

    @property
    def earliest(self) -> datetime.date | None:
        """The first possible day; None for an interval without a beginning."""
        return _parse(str(self))[0]

    @property
    def latest(self) -> datetime.date | None:
        """The last possible day; None for an interval without an end."""
        return _parse(str(self))[1]

    @property
    def precision(self) -> Precision:
        """The precision, from "day" to "century", or "interval"."""
        return _parse(str(self))[2]

    @property
    def is_interval(self) -> bool:
        """Whether this is an interval."""
        return "/" in self

    @property
    def begin(self) -> Edtf | None:
        """The beginning of an interval, or None if it is open; a date that is not an interval is its own beginning."""
        return _parse_end(self.partition("/")[0])

    @property
    def end(self) -> Edtf | None:
        """The end of an interval, or None if it is open; a date that is not an interval is its own end."""
        return _parse_end(self.rpartition("/")[2])

    def overlaps(self, other: str) -> bool:
        """Whether a day can belong to both.

        Raises:
            InvalidDate: `other` is not a supported date.
        """
        that = Edtf(other)
        return _is_not_after(self.earliest, that.latest) and _is_not_after(that.earliest, self.latest)


def _parse_end(part: str) -> Edtf | None:
    # EDTF level 1, "Extended Interval (L1)": two dots are an open end.
    return None if part == ".." else Edtf(part)


def is_duration(text: str) -> bool:
    """Whether a string is an ISO 8601 duration in whole numbers, such as `P2M`, `P1W` or `PT36H`."""
    return len(text) <= 64 and _DURATION.fullmatch(text) is not None


def _is_not_after(first: datetime.date | None, second: datetime.date | None) -> bool:
    return first is None or second is None or first <= second


# An `Edtf` is only its string, so that it pickles and compares like one. Its bounds are cached here.
@lru_cache(maxsize=4096)
def _parse(text: str) -> _Bounds:
    try:
        return _parse_interval(text) if "/" in text else _parse_date(text)
    except ValueError as error:
        reason = (
            error if isinstance(error, InvalidDate) else InvalidDate(f"{quoted(text)} is not a day in the calendar")
        )
        raise reason from None


def _parse_interval(text: str) -> _Bounds:
    start, _, end = text.partition("/")
    if start == end == "..":
        raise InvalidDate(f"{quoted(text)} is open at both ends")
    first = (None, None) if start == ".." else _parse_date(start)
    last = (None, None) if end == ".." else _parse_date(end)
    if not (_is_not_after(first[0], last[0]) and _is_not_after(first[1], last[1])):
        raise InvalidDate(f"{quoted(text)} runs backwards")
    return first[0], last[1], "interval"


def _parse_date(text: str) -> _Bounds:
    match = _DATE.fullmatch(text)
    if match is None:
        raise InvalidDate(f"{quoted(text)} is not a date in the supported part of EDTF")
    year, month, day = match["year"], match["month"], match["day"]
    if "X" in year:
        return _parse_years(text, year, alone=month is None)
    if month is None:
        return _parse_years(text, year, alone=True)
    if month == "XX":
        return _parse_years(text, year, alone=day in (None, "XX"))
    if int(month) in _SEASONS:
        return _parse_season(text, int(year), int(month), alone=day is None)
    if day is None or day == "XX":
        return datetime.date(int(year), int(month), 1), _last_day(int(year), int(month)), "month"
    exact = datetime.date(int(year), int(month), int(day))
    return exact, exact, "day"


def _parse_years(text: str, year: str, *, alone: bool) -> _Bounds:
    if not alone:
        raise InvalidDate(f"{quoted(text)} specifies a part of a date whose larger part is unspecified")
    precision: dict[int, Precision] = {0: "year", 1: "decade", 2: "century"}
    first = datetime.date(int(year.replace("X", "0")), 1, 1)
    last = datetime.date(int(year.replace("X", "9")), 12, 31)
    return first, last, precision[year.count("X")]


def _parse_season(text: str, year: int, season: int, *, alone: bool) -> _Bounds:
    if not alone:
        raise InvalidDate(f"{quoted(text)} specifies a day within a season")
    first = datetime.date(year, _SEASONS[season], 1)
    last = _last_day(year + 1, 2) if season == 24 else _last_day(year, _SEASONS[season] + 2)
    return first, last, "season"


def _last_day(year: int, month: int) -> datetime.date:
    # `calendar.monthrange` has the number of days too, but importing `calendar` makes a first `load()` slower.
    if month == 12:
        return datetime.date(year, 12, 31)
    return datetime.date(year, month + 1, 1) - datetime.timedelta(days=1)
