"""A date as the page draws and words it.

What lives here: the stretch of days a date may mean, told apart from the stretch an interval lasts, and its words.
What does not: the date itself (`dates.py`) and the drawing (`scripts/timeline.js`).

The difference is the point: `2019-03` is some time in March, drawn as a month of doubt; `2019-03-01/2019-03-31` lasted
all of March; an end that nobody told stays open.
"""

from __future__ import annotations

import calendar
from typing import Any, Final

from oped_dataset.model.dates import Edtf

_OPEN: Final = ".."
_SEASONS: Final = {"21": "spring", "22": "summer", "23": "autumn", "24": "winter"}
_DOUBTS: Final = {"?": "perhaps ", "~": "about ", "%": "perhaps about "}


def drawn(date: Edtf) -> dict[str, Any]:
    """Describe a date for the page.

    The keys are `words`; `precision`; `interval`, whether it lasts from a beginning to an end; `doubtful`, whether it
    is marked uncertain or approximate; and `begin` and `end`, each the first and last day it can mean, or None where
    an interval is open. For a date that is no interval both are the same.
    """
    begin, _, end = date.partition("/")
    end = end or begin
    return {
        "words": _interval_words(begin, end) if date.is_interval else _words(begin),
        "precision": date.precision,
        "interval": date.is_interval,
        "doubtful": any(mark in date for mark in _DOUBTS),
        "begin": _days(begin),
        "end": _days(end),
    }


def _days(part: str) -> list[str] | None:
    if part == _OPEN:
        return None
    date = Edtf(part)
    return [str(date.earliest), str(date.latest)]


def _interval_words(begin: str, end: str) -> str:
    if begin == _OPEN:
        return f"until {_words(end)}, beginning open"
    if begin == end:
        return _words(begin)
    if end == _OPEN:
        return f"from {_words(begin)} on, end open"
    return f"from {_words(begin)} to {_words(end)}"


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
