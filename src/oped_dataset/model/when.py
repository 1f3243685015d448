"""A date in words.

What lives here: the one wording of a date, for the command line, the charts and the explorer.
What does not: the date itself (`dates.py`).

The difference between a date and an interval is kept: `2019-03` is some time in March, `2019-03-01/2019-03-31` lasted
all of March, and an end that the text leaves open stays open.
"""

from __future__ import annotations

import calendar
from typing import Final

from oped_dataset.model.dates import Edtf

_SEASONS: Final = {"21": "spring", "22": "summer", "23": "autumn", "24": "winter"}
_DOUBTS: Final = {"?": "perhaps ", "~": "about ", "%": "perhaps about "}


def in_words(date: Edtf) -> str:
    """Word a date or an interval: `about May 2019`, `from 1990 to 1994`."""
    begin, end = date.begin, date.end
    if begin is None:
        return f"until {_words(str(end))}, beginning open"
    if begin == end:
        return _words(begin)
    return f"from {_words(begin)} on, end open" if end is None else f"from {_words(begin)} to {_words(end)}"


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
