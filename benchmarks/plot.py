"""Results as a plot: a panel for each task, a row for each contender, the median as a dot with its quartiles.

Here: the plot as SVG, drawn by Altair and vl-convert, with its text alternative inside.
Not here: the figures (`results.py`) and the words (`page.py`).
"""

from __future__ import annotations

import re
from html import escape
from typing import Any, Final

from benchmarks.page import NAMES, PANELS, describe_plot
from benchmarks.results import Results, digest, spread
from benchmarks.tasks import BARE, CONTESTS
from oped_dataset.extras import need

_MARK: Final = "made from results "


def draw(results: Results) -> str:
    """Draw the plot as SVG.

    Raises:
        MissingExtra: Altair or vl-convert is not installed.
    """
    altair, convert = need("altair", "plot"), need("vl_convert", "plot")
    panels = [_draw_panel(altair, results, task.title, task.name) for task in CONTESTS if task.name in PANELS]
    chart = (
        altair.concat(*filter(None, panels), columns=2)
        .configure_view(stroke=None)
        .configure(background="white")
        .configure_axis(labelLimit=260)
    )
    words = f"<title>Benchmarks</title><desc>{escape(describe_plot(results))}</desc>"
    opening, rest = re.split("(?<=>)", convert.vegalite_to_svg(chart.to_json()), maxsplit=1)
    return f"{opening}{words}<!-- {_MARK}{digest(results)} -->{rest}\n"


def is_of(drawn: str, results: Results) -> bool:
    """Return whether a plot was made from these results, whatever versions of the libraries drew it."""
    return f"{_MARK}{digest(results)}" in drawn


def _draw_panel(altair: Any, results: Results, title: str, task: str) -> Any:
    cell = results.cell(task)
    if cell is None:
        return None
    divisor, unit = (1e6, "ms") if cell.unit == "ns" else (2**20, "MiB")
    rows = []
    for name, figures in cell.figures.items():
        if name != BARE:
            low, median, high = (figure / divisor for figure in spread(figures))
            rows.append({"contender": NAMES[name], "ours": name == "ours", "low": low, "median": median, "high": high})
    scale = altair.Scale(type="log", nice=True, zero=False)
    colours = altair.Scale(domain=[True, False], range=["#b3400a", "#33507a"])
    shapes = altair.Scale(domain=[True, False], range=["diamond", "circle"])
    base = altair.Chart(altair.Data(values=rows), title=f"{title} ({unit})").encode(
        y=altair.Y("contender:N", sort=list(NAMES.values()), title=None),
        color=altair.Color("ours:N", legend=None, scale=colours),
        shape=altair.Shape("ours:N", legend=None, scale=shapes),
    )
    axis = altair.Axis(tickCount=5, format="~g")
    spans = base.mark_rule(strokeWidth=2).encode(x=altair.X("low:Q", scale=scale, title=None, axis=axis), x2="high:Q")
    dots = base.mark_point(filled=True, size=70, opacity=1).encode(x=altair.X("median:Q", scale=scale, title=None))
    return (spans + dots).properties(width=300, height=24 * len(rows))
