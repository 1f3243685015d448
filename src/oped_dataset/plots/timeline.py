"""The events an article tells, over time, each below the voices that tell it.

Here: the rows of the chart, grouped by their chains of voices, and how a date is drawn.
Not here: the widths of years (`years.py`), the sheet (`sheet.py`), and the words of a date (`model/when.py`).

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
from oped_dataset.plots.sheet import WIDTH, Sheet, Theme, legible, wrapped
from oped_dataset.plots.years import Years

_LEFT: Final = 300
_TOP: Final = 32
_ROOM: Final = 26
"""Room at each end of the scale, for what goes on beyond it."""

_TAKING_PLACE: Final = (EventStatus.OCCURRED, EventStatus.ONGOING)
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

_SAID: Final = "Each event stands below the voices that tell it, outermost first."
_WIDER: Final = " Years with more dates are wider."
_SHADED: Final = " Shaded years have no dates."
_TELLS: Final = {"event": "event", "status": "told as", "when": "when", "voices": "as told by"}


def plot_timeline(
    article: Article, *, during: str | None = None, even_years: bool = False, theme: Theme = "light"
) -> Any:
    """Draw the events over time, each below the chains of voices that tell it.

    A day is a point; a month or a year is a hollow box, some time in which; an interval is a full one. What is told
    as about or perhaps is dashed. Events without a time are counted in a note, with their voices.

    Args:
        article: The article.
        during: Show only events whose time overlaps this EDTF date or interval; how many are left out is told.
        even_years: Whether all years are equally wide; otherwise those about which more is told are wider.
        theme: `"light"` or `"dark"`, after the paper it stands on.

    Returns:
        An `altair.LayerChart` (typed `Any`, because Altair is optional); its `save` writes PNG, SVG, HTML or JSON.
        Of an article without events it holds a note that says so.

    Raises:
        InvalidDate: `during` is not such a date.
        InvalidRecord: There is no such theme.
        InvalidArticle: The article breaks rules, so that nobody may answer for some of its events.
        MissingExtra: The extra `plot` is not installed.
    """
    wanted = None if during is None else Edtf(during)
    lanes = _lanes(article)
    dated = [event for events in lanes.values() for event in events if event.when is not None]
    shown = [event for event in dated if wanted is None or (event.when and event.when.overlaps(wanted))]
    sheet = Sheet(theme)
    headings = _headings(article)
    if shown:
        _draw(sheet, _Scale.over(shown, even=even_years), lanes, {event.id for event in shown}, headings)
        _key(sheet)
    _notes(sheet, lanes, len(shown), len(dated), headings)
    said = _SAID + ("" if not shown else _SHADED if even_years else f"{_WIDER}{_SHADED}")
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
    sheet.bottom = _TOP
    for voices, events in lanes.items():
        rows = sorted((event for event in events if event.id in shown), key=_in_time)
        if rows:
            _heading(sheet, _sentence(voices, headings))
        for event in rows:
            _row(sheet, scale, event, voices)
    sheet.bottom += 6
    _years(sheet, scale)


def _in_time(event: Event) -> tuple[datetime.date, datetime.date]:
    begin, end = _ends(event.when) if event.when else (None, None)
    return begin[0] if begin else datetime.date.min, end[1] if end else datetime.date.max


def _sentence(voices: str, headings: dict[str, str]) -> str:
    return "; ".join(headings.get(chain, chain) for chain in voices.split(CHAINS))


def _heading(sheet: Sheet, sentence: str) -> None:
    lines = wrapped(f"{sentence}:", WIDTH - 10, size=12, lines=4)
    top = sheet.bottom + 8
    sheet.bottom = top + 15 * len(lines) + 5
    sheet.draw("area", 0, top, x2=WIDTH, y2=sheet.bottom - 2, fill="band")
    sheet.write("heading", 5, top + 9, lines, leading=15, fill="ink")


def _row(sheet: Sheet, scale: _Scale, event: Event, voices: str) -> None:
    lines = wrapped(legible(event.gist), _LEFT - 10)
    told: _Told = {"event": legible(event.gist), "status": event.status.value, "voices": voices}
    sheet.write("words", 5, sheet.bottom + 10, lines, fill="ink", **told)
    below = _mark(sheet, scale, event, sheet.bottom + 10, told)
    sheet.bottom = max(sheet.bottom + 6 + 14 * len(lines), below + 8)
    sheet.draw("line", 0, sheet.bottom, x2=WIDTH, y2=sheet.bottom, stroke="line")


def _mark(sheet: Sheet, scale: _Scale, event: Event, y: float, told: _Told) -> float:
    """Draw when an event is told to be, in shapes and in words, and tell how far down that reaches."""
    assert event.when is not None
    taking_place = event.status in _TAKING_PLACE
    when = in_words(event.when)
    telling = told | {"when": when}
    reached = list(_shapes(sheet, scale, event.when, y, "taking place" if taking_place else "other status", telling))
    words = when if taking_place else f"{when}, {event.status.value}"
    room = 8 + 5.2 * len(words)
    if max(reached) + room < WIDTH:
        sheet.draw("small", max(reached) + 8, y, words=words, fill="ink", **telling)
    elif min(reached) - room > _LEFT:
        sheet.draw("small before", min(reached) - 8, y, words=words, fill="ink", **telling)
    else:
        y += 14
        sheet.draw("small", min(reached), y, words=words, fill="ink", **telling)
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
    _box(sheet, first, last, middle, colour, telling, fill="paper", doubt=doubt)
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
    kind, inside = ("doubtful point", "paper") if doubt else ("point", colour)
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


def _years(sheet: Sheet, scale: _Scale) -> None:
    """Draw and number the years, upright where they are narrow; those too close to others have neither line nor number.

    The wider ones come first. Years in which nothing is dated are shaded.
    """
    placed: list[tuple[float, float]] = []
    for stretch in sorted(scale.years.stretches, key=lambda stretch: stretch.begin - stretch.end):
        left, right = scale.at(stretch.begin), scale.at(stretch.end)
        middle, width = (left + right) / 2, right - left
        if stretch.is_quiet:
            sheet.draw("quiet", left, _TOP - 4, x2=round(right, 2), y2=sheet.bottom, fill="quiet")
            continue
        half = 14 if width >= 28 else 6
        if any(abs(middle - other) < half + taken for other, taken in placed):
            continue
        placed.append((middle, half))
        for edge in (left, right):
            sheet.draw("grid", edge, _TOP - 4, x2=round(edge, 2), y2=sheet.bottom, stroke="grid")
        if width >= 28:
            sheet.draw("centred", middle, _TOP - 13, words=str(stretch.first), fill="soft")
        else:
            sheet.draw("upright", middle, _TOP - 7, words=str(stretch.first), fill="soft")


def _key(sheet: Sheet) -> None:
    sheet.bottom += 14
    for x, words in _KEY:
        sheet.draw("small", x + 27, sheet.bottom, words=words, fill="ink")
    days, within, lasting, on, doubt, taking_place, otherwise = (x for x, _ in _KEY)
    _point(sheet, days + 16, sheet.bottom, "circle", "soft", {})
    _box(sheet, within, within + 20, sheet.bottom, "soft", {}, fill="paper")
    _box(sheet, lasting, lasting + 20, sheet.bottom, "soft", {}, fill="soft")
    _point(sheet, on + 16, sheet.bottom, "triangle-right", "soft", {})
    _box(sheet, doubt, doubt + 20, sheet.bottom, "soft", {}, fill="paper", doubt=True)
    _box(sheet, taking_place, taking_place + 20, sheet.bottom, "taking place", {}, fill="taking place")
    _box(sheet, otherwise, otherwise + 20, sheet.bottom, "other status", {}, fill="other status")
    sheet.bottom += 6


def _notes(sheet: Sheet, lanes: dict[str, list[Event]], shown: int, dated: int, headings: dict[str, str]) -> None:
    undated = {
        _sentence(voices, headings): sum(event.when is None for event in events) for voices, events in lanes.items()
    }
    total = sum(undated.values())
    if not dated + total:
        sheet.note("No events are told.")
    elif not shown:
        sheet.note("No event has a time that could be shown here.")
    if dated - shown:
        sheet.note(f"Not shown, because they have other times: {_events(dated - shown)}.")
    if total:
        sheet.note(f"Undated: {_events(total)}. {_tellers(undated)}.")


def _tellers(counts: dict[str, int]) -> str:
    ranked = sorted(((number, voices) for voices, number in counts.items() if number), key=lambda one: -one[0])
    named = [f"{voices}: {number}" for number, voices in ranked[:_CHAINS_NAMED]]
    rest = ranked[_CHAINS_NAMED:]
    others = f"{len(rest)} other chains of voices: {sum(number for number, _ in rest)}"
    return "; ".join([*named, others] if rest else named)


def _events(number: int) -> str:
    return "1 event" if number == 1 else f"{number} events"
