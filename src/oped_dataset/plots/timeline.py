"""The events an article tells, over time, each below the voices that tell it.

What lives here: the rows of the chart, grouped by their chains of voices, and how a date is drawn.
What does not: the widths of years (`years.py`), the sheet (`sheet.py`), and the words of a date (`model/when.py`).

A day is a point; a month, a season or a year is a hollow box, some time in which; an interval is a full box. What is
marked as about or perhaps is dashed, and says so. Nothing is drawn narrower than the text leaves it.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from typing import Any, Final, TypeAlias

import attrs

from oped_dataset.exports.attribution import CHAINS, Attribution
from oped_dataset.model.article import Article
from oped_dataset.model.dates import Edtf
from oped_dataset.model.records import Event
from oped_dataset.model.vocabulary import EventStatus
from oped_dataset.model.when import in_words, is_doubtful
from oped_dataset.model.wording import chain_of
from oped_dataset.plots.sheet import (
    DARK,
    GREY,
    PALE,
    WIDTH,
    Sheet,
    legible,
    wrapped,
)
from oped_dataset.plots.years import Stretch, Years

_LEFT: Final = 300
_ROOM: Final = 26
"""Room at each end of the scale, for what goes on beyond it."""

_TAKING_PLACE: Final = (EventStatus.OCCURRED, EventStatus.ONGOING)
_BLUE: Final = "#004488"
_YELLOW: Final = "#ddaa33"
_Told: TypeAlias = dict[str, Any]
"""What a mark tells when it is pointed at."""

_CHAINS_NAMED: Final = 6
_KEY: Final = (
    (-6, "a day"),
    (58, "some time within"),
    (172, "from end to end"),
    (270, "end open"),
    (350, "about, perhaps"),
    (456, "told as occurred, ongoing"),
    (608, "told as named beside it"),
)
"""How the marks are read, and where that stands."""

_SAID: Final = "Each event stands below the voices that tell it, outermost first, each with its act and commitment."
_TELLS: Final = {"event": "event", "status": "told as", "when": "when", "voices": "as told by"}


def plot_timeline(article: Article, *, during: str | None = None, even_years: bool = False) -> Any:
    """Draw the events over time, each below the chains of voices that tell it.

    A day is a point; a month or a year is a hollow box, some time in which; an interval is a full one. What is told
    as about or perhaps is dashed. Events without a time are counted in a note, with their voices.

    Args:
        article: The article.
        during: Show only events whose time overlaps this EDTF date or interval; how many are left out is told.
        even_years: Whether all years are equally wide; otherwise those about which more is told are wider.

    Returns:
        An `altair.LayerChart` (typed `Any`, because Altair is optional); its `save` writes PNG, SVG, HTML or JSON.
        Of an article without events it holds a note that says so.

    Raises:
        InvalidDate: `during` is no such date.
        InvalidArticle: The article breaks rules, so that nobody may answer for some of its events.
        MissingExtra: The extra `plot` is not installed.
    """
    wanted = None if during is None else Edtf(during)
    lanes = _lanes(article)
    dated = [event for events in lanes.values() for event in events if event.when is not None]
    shown = [event for event in dated if wanted is None or (event.when and event.when.overlaps(wanted))]
    sheet = Sheet()
    if shown:
        headings = _headings(article)
        _draw(sheet, _Scale.over(shown, even=even_years), lanes, {event.id for event in shown}, headings)
        _key(sheet)
    _notes(sheet, lanes, len(shown), len(dated))
    said = _SAID + ("" if even_years or not shown else " Years about which more is told are drawn wider.")
    return sheet.chart("Events", article, said, _TELLS)


def _lanes(article: Article) -> dict[str, list[Event]]:
    """The events by the chains that tell them, those told alike most often first."""
    attribution = Attribution.of(article)
    lanes: dict[str, list[Event]] = {}
    for event in article.events:
        chains = dict.fromkeys(attribution.line(claim) for claim in attribution.carriers[event.id])
        lanes.setdefault(legible(CHAINS.join(sorted(chains))), []).append(event)
    return dict(sorted(lanes.items(), key=lambda lane: -len(lane[1])))


def _headings(article: Article) -> dict[str, str]:
    """The sentence in which each chain is read, by the chain as marks tell it."""
    attribution = Attribution.of(article)
    return {
        legible(attribution.line(claim.id)): legible(chain_of(article, claim).replace(" > ", ": "))
        for claim in article.claims
    }


@attrs.frozen
class _Scale:
    """Where a day stands on the sheet."""

    years: Years
    left: float
    right: float

    @classmethod
    def over(cls, events: Iterable[Event], *, even: bool) -> _Scale:
        ends = [end for event in events if event.when for end in _ends(event.when) if end is not None]
        return cls(Years.over((day for end in ends for day in end), even=even), _LEFT + _ROOM, WIDTH - _ROOM)

    def at(self, part: float) -> float:
        return self.left + part * (self.right - self.left)

    def begin(self, day: datetime.date) -> float:
        return self.at(self.years.place(day))

    def end(self, day: datetime.date) -> float:
        return self.at(self.years.place(day, end_of_day=True))


_Days = tuple[datetime.date, datetime.date]


def _ends(when: Edtf) -> tuple[_Days | None, _Days | None]:
    """The first and last day that the beginning and the end of a date can be; None for an open end."""
    return _days(when.begin), _days(when.end)


def _days(date: Edtf | None) -> _Days | None:
    if date is None or date.earliest is None or date.latest is None:
        return None
    return date.earliest, date.latest


def _draw(
    sheet: Sheet, scale: _Scale, lanes: dict[str, list[Event]], shown: set[str], headings: dict[str, str]
) -> None:
    sheet.bottom = 22
    for voices, events in lanes.items():
        rows = sorted((event for event in events if event.id in shown), key=_in_time)
        if rows:
            _heading(sheet, "; ".join(headings.get(chain, chain) for chain in voices.split(CHAINS)))
        for event in rows:
            _row(sheet, scale, event, voices)
    sheet.bottom += 6
    for stretch in scale.years.stretches:
        _year(sheet, scale, stretch)
    _year_numbers(sheet, scale)


def _in_time(event: Event) -> tuple[datetime.date, datetime.date]:
    begin, end = _ends(event.when) if event.when else (None, None)
    return begin[0] if begin else datetime.date.min, end[1] if end else datetime.date.max


def _heading(sheet: Sheet, sentence: str) -> None:
    lines = wrapped(f"{sentence}:", WIDTH - 10, size=12, lines=4)
    top = sheet.bottom + 8
    sheet.bottom = top + 15 * len(lines) + 5
    sheet.draw("area", 0, top, x2=WIDTH, y2=sheet.bottom - 2, fill=PALE)
    sheet.write("heading", 5, top + 9, lines, leading=15, fill=DARK)


def _row(sheet: Sheet, scale: _Scale, event: Event, voices: str) -> None:
    lines = wrapped(legible(event.gist), _LEFT - 10)
    told: _Told = {"event": legible(event.gist), "status": event.status.value, "voices": voices}
    sheet.write("words", 5, sheet.bottom + 10, lines, fill=DARK, **told)
    below = _mark(sheet, scale, event, sheet.bottom + 10, told)
    sheet.bottom = max(sheet.bottom + 6 + 14 * len(lines), below + 8)
    sheet.draw("line", 0, sheet.bottom, x2=WIDTH, y2=sheet.bottom)


def _mark(sheet: Sheet, scale: _Scale, event: Event, y: float, told: _Told) -> float:
    """Draw when an event is told to be, in shapes and in words, and tell how far down that reaches."""
    assert event.when is not None
    taking_place = event.status in _TAKING_PLACE
    when = in_words(event.when)
    telling = told | {"when": when}
    reached = list(_shapes(sheet, scale, event.when, y, _BLUE if taking_place else _YELLOW, telling))
    words = when if taking_place else f"{when}, {event.status.value}"
    room = 8 + 5.2 * len(words)
    if max(reached) + room < WIDTH:
        sheet.draw("small", max(reached) + 8, y, words=words, fill=DARK, **telling)
    elif min(reached) - room > _LEFT:
        sheet.draw("small before", min(reached) - 8, y, words=words, fill=DARK, **telling)
    else:
        y += 14
        sheet.draw("small", min(reached), y, words=words, fill=DARK, **telling)
    return y


def _shapes(sheet: Sheet, scale: _Scale, when: Edtf, middle: float, colour: str, telling: _Told) -> Iterator[float]:
    """Draw a date, and yield how far left and right it reaches."""
    begin, end = _ends(when)
    doubt = is_doubtful(when)
    if when.precision == "day":
        assert begin is not None
        at = (scale.begin(begin[0]) + scale.end(begin[1])) / 2
        _point(sheet, at, middle, "circle", colour, telling, doubt=doubt)
        yield from (at - 3, at + 3)
        return
    first = scale.left - 10 if begin is None else scale.begin(begin[0])
    last = scale.right + 10 if end is None else scale.end(end[1])
    _box(sheet, first, last, middle, colour, telling, fill="white", doubt=doubt)
    if when.is_interval:
        # Between the last day it can begin and the first day it can end it lasts, whatever days are meant.
        inner_first = first if begin is None else scale.end(begin[1]) if begin[0] != begin[1] else first
        inner_last = last if end is None else scale.begin(end[0]) if end[0] != end[1] else last
        if inner_first < inner_last:
            _box(sheet, inner_first, inner_last, middle, colour, telling, fill=colour, doubt=doubt)
    if begin is None:
        _point(sheet, first, middle, "triangle-left", colour, telling)
    if end is None:
        _point(sheet, last, middle, "triangle-right", colour, telling)
    yield from (first - 4 * (begin is None), last + 4 * (end is None))


def _point(sheet: Sheet, x: float, y: float, shape: str, colour: str, telling: _Told, *, doubt: bool = False) -> None:
    kind, inside = ("doubtful point", "white") if doubt else ("point", colour)
    sheet.draw(kind, x, y, shape=shape, fill=inside, stroke=colour, **telling)


def _box(
    sheet: Sheet,
    first: float,
    last: float,
    y: float,
    colour: str,
    telling: _Told,
    *,
    fill: str,
    doubt: bool = False,
) -> None:
    kind = "dashed box" if doubt else "box"
    # A day in a narrow year would be thinner than a line.
    right = round(max(last, first + 1.5), 2)
    sheet.draw(kind, first, y - 4, x2=right, y2=round(y + 4, 2), fill=fill, stroke=colour, **telling)


def _year(sheet: Sheet, scale: _Scale, stretch: Stretch) -> None:
    left, right = scale.at(stretch.begin), scale.at(stretch.end)
    sheet.draw("grid", left, 18, x2=left, y2=sheet.bottom)
    if stretch is scale.years.stretches[-1]:
        sheet.draw("grid", right, 18, x2=right, y2=sheet.bottom)


def _year_numbers(sheet: Sheet, scale: _Scale) -> None:
    """Write the numbers of years; where two would overlap, that of the wider one."""
    told = [stretch for stretch in scale.years.stretches if stretch.first == stretch.last]
    placed: list[float] = []
    for stretch in sorted(told, key=lambda stretch: stretch.begin - stretch.end):
        middle = scale.at((stretch.begin + stretch.end) / 2)
        if all(abs(middle - other) >= 28 for other in placed):
            placed.append(middle)
            sheet.draw("centred", middle, 9, words=str(stretch.first), fill=GREY)


def _key(sheet: Sheet) -> None:
    sheet.bottom += 14
    for x, words in _KEY:
        sheet.draw("small", x + 27, sheet.bottom, words=words, fill=DARK)
    days, within, lasting, on, doubt, taking_place, otherwise = (x for x, _ in _KEY)
    _point(sheet, days + 16, sheet.bottom, "circle", GREY, {})
    _box(sheet, within, within + 20, sheet.bottom, GREY, {}, fill="white")
    _box(sheet, lasting, lasting + 20, sheet.bottom, GREY, {}, fill=GREY)
    _point(sheet, on + 16, sheet.bottom, "triangle-right", GREY, {})
    _box(sheet, doubt, doubt + 20, sheet.bottom, GREY, {}, fill="white", doubt=True)
    _box(sheet, taking_place, taking_place + 20, sheet.bottom, _BLUE, {}, fill=_BLUE)
    _box(sheet, otherwise, otherwise + 20, sheet.bottom, _YELLOW, {}, fill=_YELLOW)
    sheet.bottom += 6


def _notes(sheet: Sheet, lanes: dict[str, list[Event]], shown: int, dated: int) -> None:
    undated = {voices: sum(event.when is None for event in events) for voices, events in lanes.items()}
    total = sum(undated.values())
    if not dated + total:
        sheet.note("No events are told.")
    elif not shown:
        sheet.note("No event is told with a time that could be shown here.")
    if dated - shown:
        sheet.note(f"Told with other times and not shown: {_events(dated - shown)}.")
    if total:
        sheet.note(f"Told without a time: {_events(total)}, {_tellers(undated)}.")


def _tellers(counts: dict[str, int]) -> str:
    ranked = sorted(((number, voices) for voices, number in counts.items() if number), key=lambda one: -one[0])
    named = [f"{number} by {voices}" for number, voices in ranked[:_CHAINS_NAMED]]
    rest = ranked[_CHAINS_NAMED:]
    others = f"{sum(number for number, _ in rest)} by {len(rest)} other chains of voices"
    return "; ".join([*named, others] if rest else named)


def _events(number: int) -> str:
    return "1 event" if number == 1 else f"{number} events"
