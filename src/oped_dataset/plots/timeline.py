"""The events of an article over time, grouped by the voices that present them.

Here: the rows of the chart, and the drawing of a date.
Not here: the time scale (`years.py`), the sheet (`sheet.py`), and the words for a date (`model/when.py`).

A day is a point. A month, a season or a year is a hollow box: some time within it. An interval is a full box. An
approximate or uncertain date is dashed, and worded with "about" or "perhaps". No date is drawn more precisely than the
text gives it.
"""

from __future__ import annotations

import datetime
from collections import Counter
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

# Lengths are in pixels.
_LEFT: Final = 300
_TOP: Final = 32
_MARGIN: Final = 26
"""Space at each end of the scale, for intervals with an open end."""

_TAKING_PLACE: Final = (EventStatus.OCCURRED, EventStatus.ONGOING)
_Data: TypeAlias = dict[str, Any]
"""The data of a mark, shown in its tooltip."""

_CHAINS_NAMED: Final = 6
_KEY: Final = (
    (-6, "a day"),
    (58, "some time within"),
    (172, "from end to end"),
    (270, "end open"),
    (350, "about, perhaps"),
    (456, "occurred or ongoing"),
    (608, "other status, in words"),
)
"""The horizontal position and the label of each mark in the key."""

_READING: Final = "Each event is listed under its voices, outermost first."
_WIDER: Final = " Years with more dates are wider."
_SHADED: Final = " Shaded years have no dates."
_TOOLTIPS: Final = {"event": "event", "status": "presented as", "when": "when", "voices": "according to"}


def plot_timeline(
    article: Article, *, during: str | None = None, even_years: bool = False, theme: Theme = "light"
) -> Any:
    """Draw the events over time, grouped by their chains of voices.

    A day is a point; a month or a year is a hollow box, some time within it; an interval is a full box. Approximate
    and uncertain dates are dashed. A note counts the events without a time, with their voices.

    Args:
        article: The article.
        during: An EDTF date or interval; only events whose time overlaps it are drawn, and a note counts the others.
        even_years: Whether all years are equally wide; by default, years with more dates are wider.
        theme: `"light"` or `"dark"`, for the page on which the chart is shown.

    Returns:
        An `altair.LayerChart` (typed `Any`, because Altair is optional); its `save` writes PNG, SVG, HTML or JSON.
        If the article has no events, the chart contains only a note.

    Raises:
        InvalidDate: `during` is not an EDTF date or interval.
        InvalidRecord: There is no such theme.
        InvalidArticle: The article breaks rules, so that some of its events may have no voices.
        MissingExtra: The extra `plot` is not installed.
    """
    period = None if during is None else Edtf(during)
    attribution = Attribution.of(article)
    groups: dict[str, list[Event]] = {}
    for event in article.events:
        chains = dict.fromkeys(attribution.line(claim) for claim in attribution.carriers[event.id])
        groups.setdefault(legible(CHAINS.join(sorted(chains))), []).append(event)
    # The groups with the most events come first.
    groups = dict(sorted(groups.items(), key=lambda group: -len(group[1])))
    sentences = {
        legible(attribution.line(claim.id)): legible(chain_of(article, claim).replace(" > ", ": "))
        for claim in article.claims
    }
    headings = {voices: "; ".join(sentences.get(chain, chain) for chain in voices.split(CHAINS)) for voices in groups}
    dated = [event for event in article.events if event.when is not None]
    shown = [event for event in dated if period is None or (event.when and event.when.overlaps(period))]
    sheet = Sheet(theme)
    if shown:
        scale = _Scale.over(shown, even=even_years)
        _draw_groups(sheet, scale, groups, {event.id for event in shown}, headings)
        _draw_years(sheet, scale)
        _draw_key(sheet)
    _write_notes(sheet, groups, len(shown), len(dated), headings)
    reading = _READING + ("" if not shown else _SHADED if even_years else f"{_WIDER}{_SHADED}")
    return sheet.chart("Events", article, reading, _TOOLTIPS)


@attrs.frozen
class _Scale:
    """The horizontal position of each day on the sheet."""

    years: Years
    left: float
    right: float

    @classmethod
    def over(cls, events: Iterable[Event], *, even: bool) -> _Scale:
        ends = [end for event in events if event.when for end in _find_ends(event.when) if end is not None]
        return cls(Years.over((day for end in ends for day in end), even=even), _LEFT + _MARGIN, WIDTH - _MARGIN)

    def at(self, part: float) -> float:
        return self.left + part * (self.right - self.left)

    def begin(self, day: datetime.date) -> float:
        return self.at(self.years.place(day))

    def end(self, day: datetime.date) -> float:
        return self.at(self.years.place(day, end_of_day=True))


_Days = tuple[datetime.date, datetime.date]


def _find_ends(when: Edtf) -> tuple[_Days | None, _Days | None]:
    """Find the first and last day on which a date can begin, and those on which it can end; None for an open end."""
    return _find_days(when.begin), _find_days(when.end)


def _find_days(date: Edtf | None) -> _Days | None:
    if date is None or date.earliest is None or date.latest is None:
        # A side of an interval can be open or unknown (EDTF level 1).
        return None
    return date.earliest, date.latest


def _draw_groups(
    sheet: Sheet, scale: _Scale, groups: dict[str, list[Event]], shown: set[str], headings: dict[str, str]
) -> None:
    def order_in_time(event: Event) -> tuple[datetime.date, datetime.date]:
        begin, end = _find_ends(event.when) if event.when else (None, None)
        return begin[0] if begin else datetime.date.min, end[1] if end else datetime.date.max

    sheet.bottom = _TOP
    for voices, events in groups.items():
        rows = sorted((event for event in events if event.id in shown), key=order_in_time)
        if rows:
            lines = wrapped(f"{headings[voices]}:", WIDTH - 10, size=12, lines=4)
            top = sheet.bottom + 8
            sheet.bottom = top + 15 * len(lines) + 5
            sheet.draw("area", 0, top, x2=WIDTH, y2=sheet.bottom - 2, fill="band")
            sheet.write("heading", 5, top + 9, lines, leading=15, fill="ink")
        for event in rows:
            lines = wrapped(legible(event.gist), _LEFT - 10)
            data: _Data = {"event": legible(event.gist), "status": event.status.value, "voices": voices}
            sheet.write("words", 5, sheet.bottom + 10, lines, fill="ink", **data)
            below = _draw_time(sheet, scale, event, sheet.bottom + 10, data)
            sheet.bottom = max(sheet.bottom + 6 + 14 * len(lines), below + 8)
            sheet.draw("line", 0, sheet.bottom, x2=WIDTH, y2=sheet.bottom, stroke="line")
    sheet.bottom += 6


def _draw_time(sheet: Sheet, scale: _Scale, event: Event, y: float, data: _Data) -> float:
    """Draw the time of an event as shapes and in words, and return the height of the words on the sheet."""
    assert event.when is not None
    taking_place = event.status in _TAKING_PLACE
    when = in_words(event.when)
    data = data | {"when": when}
    reached = list(_draw_date(sheet, scale, event.when, y, "taking place" if taking_place else "other status", data))
    words = when if taking_place else f"{when}, {event.status.value}"
    # The words go right of the shapes, else left, else below; a letter is on average 5.2 pixels wide.
    room = 8 + 5.2 * len(words)
    if max(reached) + room < WIDTH:
        sheet.draw("small", max(reached) + 8, y, words=words, fill="ink", **data)
    elif min(reached) - room > _LEFT:
        sheet.draw("small before", min(reached) - 8, y, words=words, fill="ink", **data)
    else:
        y += 14
        sheet.draw("small", min(reached), y, words=words, fill="ink", **data)
    return y


def _draw_date(sheet: Sheet, scale: _Scale, when: Edtf, middle: float, colour: str, data: _Data) -> Iterator[float]:
    """Draw the shapes of a date, and yield their left and right ends."""
    begin, end = _find_ends(when)
    doubt = is_doubtful(when)
    if when.precision == "day":
        assert begin is not None
        at = (scale.begin(begin[0]) + scale.end(begin[1])) / 2
        _draw_point(sheet, at, middle, "circle", colour, data, doubt=doubt)
        yield from (at - 3, at + 3)
        return
    first = scale.left - 10 if begin is None else scale.begin(begin[0])
    last = scale.right + 10 if end is None else scale.end(end[1])
    _draw_box(sheet, first, last, middle, colour, data, fill="paper", doubt=doubt)
    if when.is_interval:
        # From the last day on which it can begin to the first on which it can end, the interval lasts in any case.
        inner_first = first if begin is None else scale.end(begin[1]) if begin[0] != begin[1] else first
        inner_last = last if end is None else scale.begin(end[0]) if end[0] != end[1] else last
        if inner_first < inner_last:
            _draw_box(sheet, inner_first, inner_last, middle, colour, data, fill=colour, doubt=doubt)
    if begin is None:
        _draw_point(sheet, first, middle, "triangle-left", colour, data)
    if end is None:
        _draw_point(sheet, last, middle, "triangle-right", colour, data)
    yield from (first - 4 * (begin is None), last + 4 * (end is None))


def _draw_point(sheet: Sheet, x: float, y: float, shape: str, colour: str, data: _Data, *, doubt: bool = False) -> None:
    kind, inside = ("doubtful point", "paper") if doubt else ("point", colour)
    sheet.draw(kind, x, y, shape=shape, fill=inside, stroke=colour, **data)


def _draw_box(
    sheet: Sheet,
    first: float,
    last: float,
    y: float,
    colour: str,
    data: _Data,
    *,
    fill: str,
    doubt: bool = False,
) -> None:
    kind = "dashed box" if doubt else "box"
    # A day in a narrow year would be thinner than a line.
    right = round(max(last, first + 1.5), 2)
    sheet.draw(kind, first, y - 4, x2=right, y2=round(y + 4, 2), fill=fill, stroke=colour, **data)


def _draw_years(sheet: Sheet, scale: _Scale) -> None:
    """Draw and number the years, with upright numbers in narrow ones; a year too close to a wider one has neither.

    Quiet years are shaded.
    """
    placed: list[tuple[float, float]] = []
    # Wide years come first, so that they keep their numbers.
    for stretch in sorted(scale.years.stretches, key=lambda stretch: stretch.begin - stretch.end):
        left, right = scale.at(stretch.begin), scale.at(stretch.end)
        middle, width = (left + right) / 2, right - left
        if stretch.is_quiet:
            sheet.draw("quiet", left, _TOP - 4, x2=round(right, 2), y2=sheet.bottom, fill="quiet")
            continue
        # A number needs 28 pixels, or 12 if it is upright.
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


def _draw_key(sheet: Sheet) -> None:
    sheet.bottom += 14
    for x, words in _KEY:
        sheet.draw("small", x + 27, sheet.bottom, words=words, fill="ink")
    day, within, lasting, open_end, doubt, taking_place, other = (x for x, _ in _KEY)
    _draw_point(sheet, day + 16, sheet.bottom, "circle", "soft", {})
    _draw_box(sheet, within, within + 20, sheet.bottom, "soft", {}, fill="paper")
    _draw_box(sheet, lasting, lasting + 20, sheet.bottom, "soft", {}, fill="soft")
    _draw_point(sheet, open_end + 16, sheet.bottom, "triangle-right", "soft", {})
    _draw_box(sheet, doubt, doubt + 20, sheet.bottom, "soft", {}, fill="paper", doubt=True)
    _draw_box(sheet, taking_place, taking_place + 20, sheet.bottom, "taking place", {}, fill="taking place")
    _draw_box(sheet, other, other + 20, sheet.bottom, "other status", {}, fill="other status")
    sheet.bottom += 6


def _write_notes(
    sheet: Sheet, groups: dict[str, list[Event]], shown: int, dated: int, headings: dict[str, str]
) -> None:
    undated: Counter[str] = Counter()
    for voices, events in groups.items():
        undated[headings[voices]] += sum(event.when is None for event in events)
    total = undated.total()
    if not dated + total:
        sheet.note("The article has no events.")
    elif not shown:
        sheet.note("No event has a time that can be shown here.")
    if dated - shown:
        sheet.note(f"Not shown: {_count_events(dated - shown)} at other times.")
    if total:
        ranked = [(voices, number) for voices, number in undated.most_common() if number]
        named = [f"{voices}: {number}" for voices, number in ranked[:_CHAINS_NAMED]]
        rest = ranked[_CHAINS_NAMED:]
        if rest:
            named.append(f"{len(rest)} other chains of voices: {sum(number for _, number in rest)}")
        sheet.note(f"Undated: {_count_events(total)}. {'; '.join(named)}.")


def _count_events(number: int) -> str:
    return "1 event" if number == 1 else f"{number} events"
