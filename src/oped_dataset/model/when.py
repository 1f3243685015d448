"""Dates, times of day and durations in words.

Here: the wording that the command line, the charts, notebooks and the explorer share.
Not here: the date itself (`dates.py`).

A date and an interval are worded differently: `2019-03` is some time in March, `2019-03-01/2019-03-31` lasted all of
March. An end that the text leaves open stays open.
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
# EDTF level 1, "Qualification of a date (complete)": uncertain, approximate, both.
_DOUBTS: Final = {"?": "perhaps ", "~": "about ", "%": "perhaps about "}


def in_words(date: Edtf) -> str:
    """Word a date or an interval: `about May 2019`, `from 1990 to 1994`."""
    begin, end = date.begin, date.end
    if begin is None:
        return f"until {_word_date(str(end))}, beginning open"
    if begin == end:
        return _word_date(begin)
    return f"from {_word_date(begin)} on, end open" if end is None else f"from {_word_date(begin)} to {_word_date(end)}"


def time_in_words(time: TimeExpression) -> str:
    """Word the value of a time expression: `May 2019`, `3 May 2019, evening`, `6 weeks`, `every year`, `unresolved`."""
    if time.value is None:
        return "unresolved"
    if time.kind is TimeKind.DATE:
        return in_words(Edtf(time.value))
    if time.kind is TimeKind.TIME:
        day, _, clock = time.value.partition("T")
        words = _PARTS_OF_DAY.get(clock, clock)
        return f"{in_words(Edtf(day))}, {words}" if day else words
    # ISO 8601-1:2019, section 5.5.2: in a duration, M before the T means months, and after it minutes.
    days, _, clock = time.value.partition("T")
    counts = re.findall(r"(\d+)(T?[A-Z])", days + re.sub(r"(?=[HMS])", "T", clock))
    words = " ".join(f"{count} {_UNITS[unit]}{'s' * (int(count) != 1)}" for count, unit in counts)
    return f"every {words.removeprefix('1 ')}" if time.kind is TimeKind.SET else words


def is_doubtful(date: Edtf) -> bool:
    """Whether a date is marked uncertain or approximate."""
    return any(mark in date for mark in _DOUBTS)


def _word_date(part: str) -> str:
    doubt = _DOUBTS.get(part[-1], "")
    year, *rest = part.rstrip("?~%").split("-")
    if year.endswith("XX"):
        year = f"{year.replace('X', '0')}–{year.replace('X', '9')}"
    elif year.endswith("X"):
        year = f"the {year.replace('X', '0')}s"
    # `XX` is an unspecified month or day. A season has the place of the month.
    known = [piece for piece in rest if piece != "XX"]
    months = [_SEASONS.get(piece) or calendar.month_name[int(piece)] for piece in known[:1]]
    days = [str(int(piece)) for piece in known[1:]]
    return doubt + " ".join([*days, *months, year])
