"""Charts: the shapes and words they contain, the notes on what they leave out, and the voices of every event."""

from __future__ import annotations

import datetime
import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

import attrs
import pytest
from small import small as small_data

from oped_dataset import Article, InvalidArticle, load, names, plot_relays, plot_timeline, plot_voices
from oped_dataset.codec import wire
from oped_dataset.errors import InvalidDate, InvalidRecord, MissingExtra
from oped_dataset.exports.attribution import CHAINS, Attribution
from oped_dataset.plots.sheet import legible, wrapped
from oped_dataset.plots.years import Years
from oped_dataset.testing import assert_attributed, make_corpus

pytest.importorskip("altair", reason="the extra plot is not installed")
pytest.importorskip("vl_convert", reason="the extra plot is not installed")

Plot: TypeAlias = Callable[[Article], Any]
BOTH: tuple[Plot, ...] = (plot_timeline, plot_voices, plot_relays)


def rows(chart: Any) -> list[dict[str, Any]]:
    """The data of every shape of a chart."""
    # Altair moves the data of a single layer to the chart.
    spec = chart.to_dict()
    return [row for layer in spec["layer"] for row in layer.get("data", spec.get("data"))["values"]]


def words(chart: Any) -> list[str]:
    return [row["words"] for row in rows(chart) if "words" in row]


def dated(when: str | None, status: str = "occurred") -> Article:
    """The small article; its first event has this time, the second one none."""
    document = small_data()
    document["events"][0] |= {"when": when, "status": status}
    return wire.from_data(document)


def boxes(article: Article) -> list[dict[str, Any]]:
    """The shapes of the event that has a time."""
    drawn = [row for row in rows(plot_timeline(article, even_years=True)) if "when" in row and "words" not in row]
    return sorted(drawn, key=lambda row: float(row["x"]))


def empty(article: Article) -> Article:
    silent = attrs.evolve(article.source, sentences=())
    return attrs.evolve(
        article, source=silent, events=[], claims=[], relations=[], arguments=[], quotations=[], quantities=[]
    )


# The timeline.


@pytest.mark.parametrize("name", names())
def test_every_event_is_drawn_or_counted_in_the_note(name: str) -> None:
    article = load(name)

    shown = {row["event"] for row in rows(plot_timeline(article)) if "when" in row}

    assert shown == {legible(event.gist) for event in article.timeline()}
    without = sum(event.when is None for event in article.events)
    assert any(f"Undated: {without} events. " in line for line in words(plot_timeline(article)))


@pytest.mark.parametrize("name", names())
def test_every_mark_has_the_voices_of_its_event(name: str) -> None:
    article = load(name)
    attribution = Attribution.of(article)
    chains = {legible(event.gist): attribution.told_by_line(event.id).split(CHAINS) for event in article.events}

    for row in rows(plot_timeline(article)):
        if "event" in row:
            assert set(row["voices"].split(CHAINS)) == {legible(chain) for chain in chains[row["event"]]}


def test_an_event_is_listed_under_its_voices(toll: Article) -> None:
    shown = words(plot_timeline(toll))

    assert "Ines says, certain:" in shown
    assert "Undated: 1 event. Ines says it is possible: 1." in shown


def test_a_day_is_a_point_and_a_month_is_as_wide_as_a_month() -> None:
    (day,), (month,), (year,) = boxes(dated("2019-05-03")), boxes(dated("2019-05")), boxes(dated("2019"))

    assert day["shape"] == "circle"
    assert month["x2"] - month["x"] == pytest.approx((year["x2"] - year["x"]) * 31 / 365, abs=0.1)
    assert (month["fill"], year["fill"]) == ("#ffffff", "#ffffff")


def test_an_interval_is_full_only_on_the_days_it_certainly_covers() -> None:
    around, inside = boxes(dated("2019-03/2019-06"))
    (exact,) = [box for box in boxes(dated("2019-03-01/2019-06-30")) if box["fill"] != "#ffffff"]

    assert (around["fill"], around["stroke"] == inside["fill"]) == ("#ffffff", True)
    assert (exact["x"], exact["x2"]) == (around["x"], around["x2"])
    assert around["x"] < inside["x"] < inside["x2"] < around["x2"]


def test_an_interval_that_certainly_covers_no_day_is_hollow() -> None:
    assert [box["fill"] for box in boxes(dated("2019/2019"))] == ["#ffffff"]


def test_open_ends_are_arrows() -> None:
    from_then_on, until_then = boxes(dated("2019-05-03/..")), boxes(dated("../2019-05-03"))

    assert [box.get("shape") for box in from_then_on][-1] == "triangle-right"
    assert [box.get("shape") for box in until_then if "shape" in box] == ["triangle-left"]


@pytest.mark.parametrize(("when", "kind"), [("2019-05-03?", "point"), ("2019-05~", "rect")])
def test_doubt_is_drawn_and_worded(when: str, kind: str) -> None:
    chart = plot_timeline(dated(when)).to_dict()

    styles = [layer["mark"] for layer in chart["layer"] if layer["mark"]["type"] == kind]
    assert any("strokeDash" in style or style.get("filled") is False for style in styles)
    assert {"perhaps 3 May 2019", "about May 2019"} & set(words(plot_timeline(dated(when))))


def test_a_status_other_than_taking_place_is_worded_and_coloured() -> None:
    colours = {boxes(dated("2019", status))[0]["stroke"] for status in ("occurred", "ongoing")}

    assert "2019, negated" in words(plot_timeline(dated("2019", "negated")))
    assert colours.isdisjoint({boxes(dated("2019", "negated"))[0]["stroke"]})


def test_events_outside_the_period_are_left_out_and_counted() -> None:
    toll = load("harbour-toll")

    shown = {row["when"] for row in rows(plot_timeline(toll, during="2023")) if "when" in row}

    assert shown == {"September 2023", "November 2023", "winter 2023"}
    assert "Not shown: 22 events at other times." in words(plot_timeline(toll, during="2023"))


def test_a_period_that_is_not_a_date_is_rejected(toll: Article) -> None:
    with pytest.raises(InvalidDate) as caught:
        plot_timeline(toll, during="last year")

    assert str(caught.value) == "'last year' is not a date in the supported part of EDTF"


def test_a_chart_without_data_has_a_note(toll: Article) -> None:
    assert words(plot_timeline(empty(toll))) == ["The article has no events."]
    assert words(plot_timeline(dated(None)))[0] == "No event has a time that can be shown here."
    assert words(plot_voices(empty(toll))) == ["The article has no claims."]


# The scale.


def test_years_with_more_dates_are_wider() -> None:
    days = [datetime.date(1931, 5, 1), *(datetime.date(2019, month, 1) for month in range(1, 13))]

    first, quiet, last = Years.over(days, even=False).stretches

    assert (first.first, quiet.first, quiet.last, last.last) == (1931, 1932, 2018, 2019)
    assert quiet.end - quiet.begin < first.end < last.end - last.begin


def test_on_an_even_scale_all_years_are_equally_wide() -> None:
    years = Years.over([datetime.date(2000, 1, 1), datetime.date(2009, 12, 31)], even=True)

    assert [round(stretch.begin, 6) for stretch in years.stretches] == [0, 0.1, 0.9]
    assert years.place(datetime.date(2009, 12, 31), end_of_day=True) == pytest.approx(1)


def test_there_is_no_quiet_year_between_neighbouring_years() -> None:
    years = Years.over([datetime.date(2000, 1, 1), datetime.date(2001, 1, 1)], even=False)

    assert [stretch.first for stretch in years.stretches] == [2000, 2001]


def year_marks(chart: Any) -> tuple[set[float], list[str]]:
    """The positions of the lines of years, and the numbers of years."""
    (lines,) = [layer for layer in chart.to_dict()["layer"] if layer["mark"].get("strokeWidth") == 1.5]
    numbers = [row["words"] for row in rows(chart) if "event" not in row and row.get("words", "").isdigit()]
    return {row["x"] for row in lines["data"]["values"]}, numbers


@pytest.mark.parametrize("name", names())
def test_every_year_with_a_date_has_its_number(name: str) -> None:
    days = [day for event in load(name).timeline() if event.when for day in (event.when.earliest, event.when.latest)]

    _, numbers = year_marks(plot_timeline(load(name)))

    assert {str(day.year) for day in days if day} <= set(numbers)


def test_a_year_too_narrow_for_its_number_has_no_line() -> None:
    lines, numbers = year_marks(plot_timeline(load("retired-officials-2019"), even_years=True))

    assert 1 < len(numbers) < 14
    assert len(lines) <= 2 * len(numbers)


@pytest.mark.parametrize("when", ["0001/9999", "9999-12-31", "01XX", "../0001"])
def test_dates_at_the_ends_of_the_calendar_are_drawn(when: str) -> None:
    assert boxes(dated(when))


# The voices.


@pytest.mark.parametrize("name", names())
def test_every_voice_of_every_claim_is_counted(name: str) -> None:
    article = load(name)

    cells = [row for row in rows(plot_voices(article)) if "commitment" in row and "words" not in row]

    assert sum(cell["claims"] for cell in cells) == sum(len(claim.voices) for claim in article.claims)
    assert {cell["voice"] for cell in cells} == {
        legible(article.entities[voice.source].name) for claim in article.claims for voice in claim.voices
    }


def test_a_cell_has_a_voice_a_place_a_commitment_and_a_count(toll: Article) -> None:
    cells = [row for row in rows(plot_voices(toll)) if "commitment" in row and "words" not in row]

    sel = [{name: cell[name] for name in ("place", "commitment", "claims")} for cell in cells if cell["voice"] == "Sel"]
    assert sel == [{"place": "third voice", "commitment": "certain", "claims": 1}]


def test_places_in_a_long_chain_are_named_by_ordinals(small: dict[str, Any]) -> None:
    claim = small["claims"][0]
    author, other = claim["voices"][0], {**claim["voices"][0], "source": "sel", "cue": claim["evidence"][0]}
    claim["voices"] = [author if number % 2 == 0 else other for number in range(24)]
    claim["voices"][2::2] = [{**author, "cue": claim["evidence"][0]}] * 11

    places = {row["place"] for row in rows(plot_voices(wire.from_data(small))) if "place" in row}

    assert {"11th voice", "12th voice", "13th voice", "21st voice", "22nd voice", "23rd voice", "24th voice"} <= places


def test_every_place_of_a_long_chain_has_columns() -> None:
    places = {row["place"] for row in rows(plot_voices(load("harbour-toll"))) if "place" in row}

    assert places == {"outermost voice", "second voice", "third voice", "4th voice", "5th voice"}


def test_a_note_counts_the_voices_beyond_the_last_row(toll: Article) -> None:
    crowd = [attrs.evolve(toll.entities["maro"], id=f"one-{number}", name=f"One {number}") for number in range(45)]
    claim = toll.claims["c-rise"]
    inner = attrs.evolve(toll.claims["c-loss"].voices[1])
    more = [
        attrs.evolve(claim, id=f"c-{one.id}", voices=(claim.voices[0], attrs.evolve(inner, source=one.id)))
        for one in crowd
    ]
    crowded = attrs.evolve(toll, entities=[*toll.entities, *crowd], claims=[*toll.claims, *more])

    assert "Not shown: 8 more voices, each in no more than 1 claim." in words(plot_voices(crowded))


# The relays.


def relays(article: Article) -> list[tuple[str, str, str, int]]:
    shown = [row for row in rows(plot_relays(article)) if "stance" in row]
    return [(row["outer"], row["inner"], row["stance"], row["claims"]) for row in shown]


@pytest.mark.parametrize("name", names())
def test_every_relay_is_counted_or_mentioned_as_not_shown(name: str) -> None:
    article = load(name)
    chart = plot_relays(article)

    shown = sum(row["claims"] for row in rows(chart) if "stance" in row)
    relayed = sum(len(claim.voices) - 1 for claim in article.claims)
    assert shown == relayed or any(line.startswith("Not shown: ") for line in words(chart))


@pytest.mark.parametrize(
    ("author", "innermost", "stance"),
    [
        ("certain", "possible", "shares"),
        ("possible", "uncommitted", "shares"),
        ("uncommitted", "certain", "leaves open"),
        ("probably-not", "certain", "doubts or denies"),
    ],
)
def test_a_relay_has_the_stance_of_the_relaying_voice(
    small: dict[str, Any], author: str, innermost: str, stance: str
) -> None:
    voices = small["claims"][1]["voices"]
    voices[0]["commitment"], voices[2]["commitment"] = author, innermost

    assert ("Ines", "the Gull", stance, 1) in relays(wire.from_data(small))


def test_a_note_counts_the_relays_beyond_the_last_row(toll: Article) -> None:
    crowd = [attrs.evolve(toll.entities["maro"], id=f"one-{number}", name=f"One {number}") for number in range(45)]
    claim = toll.claims["c-rise"]
    inner = toll.claims["c-loss"].voices[1]
    more = [
        attrs.evolve(claim, id=f"c-{one.id}", voices=(claim.voices[0], attrs.evolve(inner, source=one.id)))
        for one in crowd
    ]
    crowded = attrs.evolve(toll, entities=[*toll.entities, *crowd], claims=[*toll.claims, *more])

    assert "Not shown: 7 more pairs, each in no more than 1 claim." in words(plot_relays(crowded))


def test_a_chart_without_relays_has_a_note(toll: Article) -> None:
    assert words(plot_relays(empty(toll))) == ["Nobody is relayed."]


# All charts.


@pytest.mark.parametrize("plot", BOTH)
def test_the_themes_have_no_colour_in_common(plot: Callable[..., Any], toll: Article) -> None:
    light, dark = plot(toll).to_dict(), plot(toll, theme="dark").to_dict()

    def colours(chart: dict[str, Any]) -> set[str]:
        return set(re.findall("#[0-9a-f]{6}", json.dumps(chart)))

    assert (light["background"], dark["background"]) == ("#ffffff", "#16181b")
    assert colours(light).isdisjoint(colours(dark))


def test_an_unknown_theme_is_rejected(toll: Article) -> None:
    with pytest.raises(InvalidRecord) as caught:
        plot_voices(toll, theme="sepia")  # type: ignore[arg-type]

    assert str(caught.value) == "theme: must be 'light' or 'dark', not 'sepia'"


@pytest.mark.parametrize("plot", BOTH)
@pytest.mark.parametrize("name", names())
def test_a_chart_is_saved_as_png_and_svg(plot: Plot, name: str, tmp_path: Path) -> None:
    chart = plot(load(name))
    for ending in ("png", "svg"):
        chart.save(str(tmp_path / f"chart.{ending}"))

    assert (tmp_path / "chart.png").read_bytes().startswith(b"\x89PNG")
    assert "according to" in (tmp_path / "chart.svg").read_text(encoding="utf-8")


@pytest.mark.parametrize("plot", BOTH)
def test_a_notebook_shows_a_chart_as_svg(plot: Plot, toll: Article) -> None:
    shown = plot(toll).properties(title="another")._repr_mimebundle_()

    assert set(shown) == {"image/svg+xml", "text/plain"}
    assert shown["image/svg+xml"].startswith("<svg")


@pytest.mark.parametrize("plot", BOTH)
def test_generated_articles_are_drawn(plot: Plot, tmp_path: Path) -> None:
    for number, article in enumerate(make_corpus(8, seed=7)):
        plot(article).save(str(tmp_path / f"{number}.svg"))

    assert len(list(tmp_path.iterdir())) == 8


@pytest.mark.parametrize("plot", BOTH)
def test_no_event_is_drawn_without_its_voices(plot: Plot) -> None:
    article = load("harbour-toll")

    events = [row for row in rows(plot(article)) if "event" in row]

    assert_attributed([{"gist": row["event"], "voices": row["voices"]} for row in events], article)


@pytest.mark.parametrize("plot", BOTH)
def test_markup_in_the_data_is_shown_and_not_run(plot: Plot, hostile: Article, tmp_path: Path) -> None:
    title = attrs.evolve(hostile, title="</title></script><script>alert(1)</script><!--")

    chart = plot(title)
    chart.save(str(tmp_path / "chart.svg"))

    assert "alert(1)</script" not in chart.to_html()
    assert "<script>alert" not in chart.to_html()
    assert "<script" not in (tmp_path / "chart.svg").read_text(encoding="utf-8")


@pytest.mark.parametrize("plot", BOTH)
def test_an_article_that_breaks_rules_is_not_drawn(plot: Plot, toll: Article) -> None:
    with pytest.raises(InvalidArticle):
        plot(attrs.evolve(toll, claims=[]))


@pytest.mark.parametrize("plot", BOTH)
def test_a_missing_library_is_reported_with_its_extra(
    plot: Plot, toll: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "altair", None)

    with pytest.raises(MissingExtra) as caught:
        plot(toll)

    assert str(caught.value) == 'altair is not installed; run: pip install "oped-dataset[plot]"'


def test_invisible_characters_become_signs() -> None:
    assert legible("a\x00b\u202ec\nd\u2028e") == "a␀b�c d e"
    assert legible("👩\u200d🚀 می\u200cخواهم") == "👩\u200d🚀 می\u200cخواهم"
    assert legible("2 < 3 </b <Script") == "2 < 3 <\u200c/b <\u200cScript"


def test_a_text_that_does_not_fit_ends_in_an_ellipsis() -> None:
    assert wrapped("one two three four five six", 50, lines=2) == ["one two", "three …"]
    assert wrapped("x" * 20, 50, lines=3) == ["x" * 9, "x" * 9, "xx"]
