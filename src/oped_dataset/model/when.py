"""Dates, times of day and durations in words.

Here: their one wording, for the command line, the charts, notebooks and the explorer.
Not here: the date itself (`dates.py`).

The difference between a date and an interval is kept: `2019-03` is some time in March, `2019-03-01/2019-03-31` lasted
all of March, and an end that the text leaves open stays open.
"""

from __future__ import annotations

import calendar
import re
from typing import Final

from oped_dataset.model.dates import Edtf
from oped_dataset.model.records import TimeExpression
from oped_dataset.model.vocabulary import TimeKind

_SEASONS: Final = {"21": "spring", "22": "summer", "23": "autumn", "24": "winter"}
_PARTS_OF_DAY: Final = {"MO": "morning", "MI": "midday", "AF": "afternoon", "EV": "evening", "NI": "night"}
_UNITS: Final = {"Y": "year", "M": "month", "W": "week", "D": "day", "TH": "hour", "TM": "minute", "TS": "second"}
_DOUBTS: Final = {"?": "perhaps ", "~": "about ", "%": "perhaps about "}


def in_words(date: Edtf) -> str:
    """Word a date or an interval: `about May 2019`, `from 1990 to 1994`."""
    begin, end = date.begin, date.end
    if begin is None:
        return f"until {_words(str(end))}, beginning open"
    if begin == end:
        return _words(begin)
    return f"from {_words(begin)} on, end open" if end is None else f"from {_words(begin)} to {_words(end)}"


def time_in_words(time: TimeExpression) -> str:
    """Word what a time expression denotes: `May 2019`, `3 May 2019, evening`, `6 weeks`, `every year`, `unresolved`."""
    if time.value is None:
        return "unresolved"
    if time.kind is TimeKind.DATE:
        return in_words(Edtf(time.value))
    if time.kind is TimeKind.TIME:
        day, _, clock = time.value.partition("T")
        words = _PARTS_OF_DAY.get(clock, clock)
        return f"{in_words(Edtf(day))}, {words}" if day else words
    # In an ISO 8601 duration an M before the T stands for months, one behind it for minutes.
    days, _, clock = time.value.partition("T")
    counts = re.findall(r"(\d+)(T?[A-Z])", days + re.sub(r"(?=[HMS])", "T", clock))
    words = " ".join(f"{count} {_UNITS[unit]}{'s' * (int(count) != 1)}" for count, unit in counts)
    return f"every {words.removeprefix('1 ')}" if time.kind is TimeKind.SET else words


def is_doubtful(date: Edtf) -> bool:
    """Whether a date is marked uncertain or approximate."""
    return any(mark in date for mark in _DOUBTS)


def _words(part: str) -> str:
    doubt = _DOUBTS.get(part[-1], "")
    year, *rest = part.rstrip("?~%").split("-")
    known = [piece for piece in rest if piece != "XX"]
    return doubt + " ".join([*reversed(_piece_words(known)), _year_words(year)])


def _piece_words(pieces: list[str]) -> list[str]:
    """Word what is known of month or season, and of the day."""
    return [
        *(_SEASONS.get(piece) or calendar.month_name[int(piece)] for piece in pieces[:1]),
        *(str(int(piece)) for piece in pieces[1:]),
    ]


def _year_words(year: str) -> str:
    if year.endswith("XX"):
        return f"{year.replace('X', '0')}–{year.replace('X', '9')}"
    return f"the {year.replace('X', '0')}s" if year.endswith("X") else year
