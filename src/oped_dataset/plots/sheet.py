"""The sheet both charts are drawn on: its letters, colours and shapes, and how it becomes a chart of Altair.

What lives here: shapes at pixels, wrapping of words, and what is shown of characters that cannot be.
What does not: what is drawn where (`timeline.py`, `voices.py`).

Shapes are placed by us and not by scales, because a row is as high as its words need. Every shape keeps its data, so
that the chart can be restyled and read by programs like any other of Altair.
"""

from __future__ import annotations

import re
import textwrap
from typing import Any, Final

import attrs
from attrs import field

from oped_dataset.extras import need
from oped_dataset.model.article import Article

WIDTH: Final = 760
"""Width of all charts in pixels, which is that of a page or a slide at usual sizes."""

DARK: Final = "#222222"
GREY: Final = "#666666"
PALE: Final = "#e6e6e6"
LINE: Final = "#c8c8c8"

_FONT: Final = "Liberation Sans, Arial, Helvetica, DejaVu Sans, sans-serif"
_LETTER: Final = 0.46
"""Average width of a letter, in parts of its size."""

_JOINERS: Final = "\u200c\u200d"
_STYLES: Final[dict[str, dict[str, Any]]] = {
    "grid": {"type": "rule", "stroke": PALE, "strokeWidth": 1.5},
    "area": {"type": "rect"},
    "line": {"type": "rule", "stroke": LINE, "strokeWidth": 0.7},
    "box": {"type": "rect", "strokeWidth": 1.2},
    "dashed box": {"type": "rect", "strokeWidth": 1.2, "strokeDash": [3, 2]},
    "point": {"type": "point", "filled": True, "size": 60, "opacity": 1},
    "doubtful point": {"type": "point", "filled": False, "size": 60, "strokeWidth": 1.6, "opacity": 1},
    "words": {"type": "text", "align": "left", "fontSize": 11, "limit": 296},
    "heading": {"type": "text", "align": "left", "fontSize": 11.5, "fontWeight": "bold", "limit": WIDTH - 5},
    "small": {"type": "text", "align": "left", "fontSize": 10, "limit": WIDTH},
    "small before": {"type": "text", "align": "right", "fontSize": 10},
    "centred": {"type": "text", "align": "center", "fontSize": 10},
    "upright": {"type": "text", "align": "left", "fontSize": 10, "angle": 270},
}
"""What a shape of each kind looks like, in the order in which they are laid over each other."""


def legible(text: str) -> str:
    """Show what a picture or the page around it cannot hold.

    Line breaks become spaces and characters without a look of their own become signs. Altair writes data into pages
    as it is, so that `</script` would end the script: there an invisible character parts the angle from what follows.
    """
    shown = "".join(_shown(character) for character in " ".join(text.split()))
    return re.sub(r"<(?=[/!sS])", "<\u200c", shown)


def _shown(character: str) -> str:
    if character.isprintable() or character in _JOINERS:
        return character
    return chr(0x2400 + ord(character)) if character < " " else "\ufffd"


def wrapped(text: str, pixels: float, *, size: float = 11, lines: int = 3) -> list[str]:
    """Break words into lines that fit; what does not fit into so many lines ends in an ellipsis."""
    return textwrap.wrap(text, max(8, int(pixels / (size * _LETTER))), max_lines=lines, placeholder=" …")


@attrs.define
class Sheet:
    """What has been drawn so far.

    Attributes:
        shapes: The shapes by kind.
        bottom: How far down it reaches, in pixels.
    """

    shapes: dict[str, list[dict[str, Any]]] = field(factory=lambda: {kind: [] for kind in _STYLES})
    bottom: float = 0

    def draw(self, kind: str, x: float, y: float, **more: Any) -> None:
        """Add a shape: `x2` and `y2` for its other corner, `words`, `fill`, `stroke`, `shape`, and what it tells."""
        self.shapes[kind].append({"x": round(x, 2), "y": round(y, 2)} | more)

    def write(self, kind: str, x: float, y: float, lines: list[str], *, leading: float = 14, **more: Any) -> None:
        """Write lines below each other."""
        for number, line in enumerate(lines):
            self.draw(kind, x, y + number * leading, words=line, **more)

    def note(self, text: str) -> None:
        """Write a paragraph at the bottom, over the whole width."""
        lines = wrapped(text, WIDTH, size=10, lines=12)
        self.write("small", 0, self.bottom + 16, lines, fill=GREY)
        self.bottom += 10 + 14 * len(lines)

    def chart(self, what: str, article: Article, said: str, tells: dict[str, str]) -> Any:
        """Make the chart.

        Args:
            what: Of what it is; the title goes on with whose article tells it.
            article: Out of which article.
            said: How it is read, in the subtitle.
            tells: The fields a shape tells when pointed at, each with its label.

        Raises:
            MissingExtra: Altair is not installed.
        """
        altair = need("altair", "plot")
        authors = ", ".join(legible(article.entities[author].name) for author in article.authors)
        title = wrapped(f"{what} as told by {authors}", WIDTH, size=15)
        where = f"In “{legible(article.title)}”, {legible(article.genre)}, {article.published.isoformat()}."
        subtitle = [*wrapped(where, WIDTH), *wrapped(said, WIDTH)]
        layers = [_layer(altair, kind, rows, tells) for kind, rows in self.shapes.items() if rows]
        return (
            _shown_as_svg(altair.LayerChart)(layer=layers)
            .properties(
                width=WIDTH,
                height=round(self.bottom + 8),
                title=altair.TitleParams(title, subtitle=subtitle, anchor="start", frame="group", offset=14),
                description=" ".join([*title, *subtitle]),
                background="white",
                padding=12,
            )
            .configure(font=_FONT)
            .configure_view(stroke=None)
            .configure_title(fontSize=15, subtitleFontSize=11, subtitleColor=GREY, subtitlePadding=5, color=DARK)
        )


def _shown_as_svg(chart: Any) -> Any:
    """A kind of chart that a notebook shows as a picture; Altair's own needs the network for that."""

    def show(self: Any, include: object = None, exclude: object = None, **more: object) -> dict[str, str]:
        svg = need("vl_convert", "plot").vegalite_to_svg(self.to_dict())
        return {"image/svg+xml": svg, "text/plain": repr(self)}

    return type(chart.__name__, (chart,), {"_repr_mimebundle_": show})


def _layer(altair: Any, kind: str, rows: list[dict[str, Any]], tells: dict[str, str]) -> Any:
    place = {"type": "quantitative", "scale": None, "axis": None}
    channels: dict[str, Any] = {"x": altair.X(field="x", **place), "y": altair.Y(field="y", **place)}
    names = {name for row in rows for name in row}
    for name, channel in (("x2", altair.X2), ("y2", altair.Y2)):
        if name in names:
            channels[name] = channel(field=name)
    for name, channel in (("fill", altair.Fill), ("stroke", altair.Stroke), ("shape", altair.Shape)):
        if name in names:
            channels[name] = channel(field=name, type="nominal", scale=None)
    if "words" in names:
        channels["text"] = altair.Text(field="words", type="nominal")
    told = [altair.Tooltip(field=name, type="nominal", title=label) for name, label in tells.items() if name in names]
    # Where nothing is told, pointing at a shape must not show the numbers it is drawn from.
    channels["tooltip"] = told or altair.value(None)
    style = {"baseline": "middle"} if _STYLES[kind]["type"] == "text" else {}
    return altair.Chart(altair.Data(values=rows), mark=altair.MarkDef(**_STYLES[kind], **style)).encode(**channels)
