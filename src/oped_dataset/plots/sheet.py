"""The sheet all charts are drawn on: its letters, colours and shapes, and how it becomes a chart of Altair.

Here: shapes at pixels, the colours of both themes, wrapping of words, and what is shown of characters that
cannot be.
Not here: what is drawn where (`timeline.py`, `voices.py`, `relays.py`).

Shapes are placed by us and not by scales, because a row is as high as its words need. Every shape keeps its data, so
that the chart can be restyled and read by programs like any other of Altair.
"""

from __future__ import annotations

import re
import textwrap
from typing import Any, Final, Literal, TypeAlias

import attrs
from attrs import field

from oped_dataset.errors import InvalidRecord
from oped_dataset.extras import need
from oped_dataset.model.article import Article

WIDTH: Final = 760
"""Width of all charts in pixels, which is that of a page or a slide at usual sizes."""

Theme: TypeAlias = Literal["light", "dark"]

_COLOURS: Final[dict[str, tuple[str, str]]] = {
    "paper": ("#ffffff", "#16181b"),
    "ink": ("#222222", "#e9e7e2"),
    "soft": ("#666666", "#adb1b6"),
    "line": ("#c8c8c8", "#3d4248"),
    "grid": ("#e6e6e6", "#2d3136"),
    "band": ("#e6e6e6", "#2d3136"),
    "quiet": ("#f3f3f3", "#1f2226"),
    "taking place": ("#004488", "#6ea8e0"),
    "other status": ("#ddaa33", "#e0b04a"),
    "shares": ("#0f5b56", "#5cc4b7"),
    "leaves open": ("#a9a598", "#7b8088"),
    "doubts or denies": ("#b25e17", "#e08f45"),
    "count 0": ("#eaf1f7", "#22303c"),
    "count 1": ("#cfdfec", "#29435a"),
    "count 2": ("#a9c6dd", "#31587a"),
    "count 3": ("#7ba7ca", "#3d6f9b"),
    "count 4": ("#4a81b0", "#6aa5db"),
    "count 5": ("#004488", "#a5d0f7"),
    "ink on many": ("#ffffff", "#10202e"),
}
"""Each colour by its use, on light and on dark paper.

Counts go from few to many, each more than twice the one before.
"""

_FONT: Final = "Liberation Sans, Arial, Helvetica, DejaVu Sans, sans-serif"
_LETTER: Final = 0.5
"""Average width of a letter, in parts of its size."""

_JOINERS: Final = "\u200c\u200d"
_STYLES: Final[dict[str, dict[str, Any]]] = {
    "quiet": {"type": "rect"},
    "grid": {"type": "rule", "strokeWidth": 1.5},
    "area": {"type": "rect"},
    "line": {"type": "rule", "strokeWidth": 0.7},
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
        theme: On light or on dark paper.
        shapes: The shapes by kind.
        bottom: How far down it reaches, in pixels.
    """

    theme: Theme = field()
    shapes: dict[str, list[dict[str, Any]]] = field(factory=lambda: {kind: [] for kind in _STYLES})
    bottom: float = 0

    @theme.validator
    def _has_theme(self, _: object, theme: object) -> None:
        if theme not in ("light", "dark"):
            raise InvalidRecord(f"theme: must be 'light' or 'dark', not {theme!r}", "theme")

    def colour(self, name: str) -> str:
        """The colour for a use, in the theme."""
        return _COLOURS[name][self.theme == "dark"]

    def draw(self, kind: str, x: float, y: float, **more: Any) -> None:
        """Add a shape: `x2` and `y2` for its other corner, `words`, `fill`, `stroke`, `shape`, and what it tells.

        Fills and strokes are named by their use.
        """
        colours = {name: self.colour(more[name]) for name in ("fill", "stroke") if name in more}
        self.shapes[kind].append({"x": round(x, 2), "y": round(y, 2)} | more | colours)

    def write(self, kind: str, x: float, y: float, lines: list[str], *, leading: float = 14, **more: Any) -> None:
        """Write lines below each other."""
        for number, line in enumerate(lines):
            self.draw(kind, x, y + number * leading, words=line, **more)

    def note(self, text: str) -> None:
        """Write a paragraph at the bottom, over the whole width."""
        lines = wrapped(text, WIDTH, size=10, lines=12)
        self.write("small", 0, self.bottom + 16, lines, fill="soft")
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
                background=self.colour("paper"),
                padding=12,
            )
            .configure(font=_FONT)
            .configure_view(stroke=None)
            .configure_title(
                fontSize=15,
                subtitleFontSize=11,
                subtitlePadding=5,
                color=self.colour("ink"),
                subtitleColor=self.colour("soft"),
            )
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
