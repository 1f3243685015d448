"""Results as a plot: a panel for each task, a row for each contender, the median as a dot with its quartiles.

Here: the plot as SVG, drawn by Altair and vl-convert, with its text alternative inside.
Not here: the figures (`results.py`) and the words (`page.py`).
"""

from __future__ import annotations

import re
from html import escape
from typing import Any, Final

from benchmarks.entrants import ENTRANTS
from benchmarks.page import PANELS, TITLES, alternative
from benchmarks.pairing import spread
from benchmarks.results import Results, digest
from oped_dataset.extras import need

_COLUMNS: Final = 2
_MARK: Final = "made from results "


def svg(results: Results) -> str:
    """Draw the plot as SVG.

    Raises:
        MissingExtra: Altair or vl-convert is not installed.
    """
    altair, convert = need("altair", "plot"), need("vl_convert", "plot")
    panels = [_panel(altair, results, task) for task in PANELS if results.cell(task)]
    chart = (
        altair.concat(*panels, columns=_COLUMNS)
        .configure_view(stroke=None)
        .configure(background="white")
        .configure_axis(labelLimit=260)
    )
    drawn: str = convert.vegalite_to_svg(chart.to_json())
    words = f"<title>Benchmarks</title><desc>{escape(alternative(results))}</desc>"
    mark = f"<!-- {_MARK}{digest(results)} -->"
    opening, rest = re.split("(?<=>)", drawn, maxsplit=1)
    return f"{opening}{words}{mark}{rest}\n"


def is_of(drawn: str, results: Results) -> bool:
    """Return whether a plot was made from these results, whatever versions of the libraries drew it."""
    return f"{_MARK}{digest(results)}" in drawn


def _panel(altair: Any, results: Results, task: str) -> Any:
    cell = results.cell(task)
    assert cell is not None
    divisor, unit = (1e6, "ms") if cell.unit == "ns" else (2**20, "MiB")
    rows = []
    for entrant in ENTRANTS:
        if entrant.name in cell.figures:
            found = spread(cell.figures[entrant.name])
            values = {"low": found.low / divisor, "median": found.median / divisor, "high": found.high / divisor}
            rows.append({"contender": entrant.title, "ours": entrant.module == "with_ours", **values})
    scale = altair.Scale(type="log", nice=True, zero=False)
    base = altair.Chart(altair.Data(values=rows), title=f"{TITLES[task]} ({unit})").encode(
        y=altair.Y("contender:N", sort=[entrant.title for entrant in ENTRANTS], title=None),
        color=altair.Color(
            "ours:N", legend=None, scale=altair.Scale(domain=[True, False], range=["#b3400a", "#33507a"])
        ),
        shape=altair.Shape(
            "ours:N", legend=None, scale=altair.Scale(domain=[True, False], range=["diamond", "circle"])
        ),
    )
    axis = altair.Axis(tickCount=5, format="~g")
    spans = base.mark_rule(strokeWidth=2).encode(x=altair.X("low:Q", scale=scale, title=None, axis=axis), x2="high:Q")
    dots = base.mark_point(filled=True, size=70, opacity=1).encode(x=altair.X("median:Q", scale=scale, title=None))
    return (spans + dots).properties(width=300, height=24 * len(rows))
