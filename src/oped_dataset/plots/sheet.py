"""The sheet on which all charts are drawn, and its conversion to an Altair chart.

Here: shapes at pixels, fonts, the colours of both themes, line wrapping, and the display of invisible characters.
Not here: the contents of the charts (`timeline.py`, `voices.py`, `relays.py`).

Shapes have pixel coordinates instead of Altair scales, because the height of a row depends on the lines of its text.
Every shape keeps its data, so that the chart can be restyled and read by programs like any other Altair chart.
"""

from __future__ import annotations

import re
import textwrap
from typing import Any, Final, Literal, TypeAlias

import attrs
from attrs import field

from oped_dataset.errors import InvalidRecord
from oped_dataset.extras import need
from oped_dataset.messages import quoted
from oped_dataset.model.article import Article

WIDTH: Final = 760
"""Width of all charts in pixels, which fits a page or a slide."""

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
"""Each colour by its use, in the light and in the dark theme.

`count 0` to `count 5` are the shades of cells with few to many claims.
"""

_FONT: Final = "Liberation Sans, Arial, Helvetica, DejaVu Sans, sans-serif"
_LETTER: Final = 0.5
"""Average width of a letter, as a fraction of the font size."""

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
"""The style of each kind of shape; later kinds are drawn over earlier ones."""


def legible(text: str) -> str:
    """Replace characters that a picture cannot show, and markup that would break an HTML page.

    Line breaks become spaces, and characters without a visible form become signs.
    """
    # A control character has its picture 0x2400 above it, in the Unicode block Control Pictures.
    shown = "".join(
        character
        if character.isprintable() or character in _JOINERS
        else chr(0x2400 + ord(character))
        if character < " "
        else "\ufffd"
        for character in " ".join(text.split())
    )
    # Altair writes data into HTML unescaped, where `</script` would end the script; an invisible character after the
    # angle bracket prevents that.
    return re.sub(r"<(?=[/!sS])", "<\u200c", shown)


def wrapped(text: str, pixels: float, *, size: float = 11, lines: int = 3) -> list[str]:
    """Break a text into lines of a width; text beyond the last line is replaced by an ellipsis."""
    return textwrap.wrap(text, max(8, int(pixels / (size * _LETTER))), max_lines=lines, placeholder=" …")


@attrs.define
class Sheet:
    """The shapes drawn so far.

    Attributes:
        theme: The theme, `"light"` or `"dark"`.
        shapes: The shapes by kind.
        bottom: The lower end of the drawing, in pixels.
    """

    theme: Theme = field()
    shapes: dict[str, list[dict[str, Any]]] = field(factory=lambda: {kind: [] for kind in _STYLES})
    bottom: float = 0

    @theme.validator
    def _check_theme(self, _: object, theme: object) -> None:
        if theme not in ("light", "dark"):
            raise InvalidRecord(f"theme: must be 'light' or 'dark', not {quoted(theme)}", "theme")

    def colour(self, name: str) -> str:
        """Look up the colour of a use in the theme."""
        return _COLOURS[name][self.theme == "dark"]

    def draw(self, kind: str, x: float, y: float, **more: Any) -> None:
        """Add a shape.

        Args:
            kind: Its kind, which decides the style.
            x: Its left edge or its centre.
            y: Its upper edge or its centre.
            **more: Its other corner (`x2`, `y2`), its `words`, `shape`, and `fill` and `stroke` by their uses; anything
                else is data for the tooltip.
        """
        colours = {name: self.colour(more[name]) for name in ("fill", "stroke") if name in more}
        self.shapes[kind].append({"x": round(x, 2), "y": round(y, 2)} | more | colours)

    def write(self, kind: str, x: float, y: float, lines: list[str], *, leading: float = 14, **more: Any) -> None:
        """Write lines, one below the other."""
        for number, line in enumerate(lines):
            self.draw(kind, x, y + number * leading, words=line, **more)

    def note(self, text: str) -> None:
        """Add a paragraph of the full width at the bottom."""
        lines = wrapped(text, WIDTH, size=10, lines=12)
        self.write("small", 0, self.bottom + 16, lines, fill="soft")
        self.bottom += 10 + 14 * len(lines)

    def chart(self, subject: str, article: Article, reading: str, tooltips: dict[str, str]) -> Any:
        """Make the chart.

        Args:
            subject: The first word of the title, which goes on with the authors of the article.
            article: The article whose records are drawn.
            reading: How to read the chart; the end of the subtitle.
            tooltips: The fields in the tooltip of a shape, each with its label.

        Raises:
            MissingExtra: Altair is not installed.
        """
        altair = need("altair", "plot")
        authors = ", ".join(legible(article.entities[author].name) for author in article.authors)
        title = wrapped(f"{subject} according to {authors}", WIDTH, size=15)
        where = f"In “{legible(article.title)}”, {legible(article.genre)}, {article.published.isoformat()}."
        subtitle = [*wrapped(where, WIDTH), *wrapped(reading, WIDTH)]
        layers = [_encode_layer(altair, kind, rows, tooltips) for kind, rows in self.shapes.items() if rows]
        return (
            _show_as_svg(altair.LayerChart)(layer=layers)
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


def _show_as_svg(chart: Any) -> Any:
    """Derive a chart class that a notebook shows as SVG; Altair's own output loads a script from the network."""

    def show(self: Any, include: object = None, exclude: object = None, **more: object) -> dict[str, str]:
        svg = need("vl_convert", "plot").vegalite_to_svg(self.to_dict())
        return {"image/svg+xml": svg, "text/plain": repr(self)}

    return type(chart.__name__, (chart,), {"_repr_mimebundle_": show})


def _encode_layer(altair: Any, kind: str, rows: list[dict[str, Any]], tooltips: dict[str, str]) -> Any:
    # Without a scale, Vega-Lite takes the values as pixels.
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
    fields = [
        altair.Tooltip(field=name, type="nominal", title=label) for name, label in tooltips.items() if name in names
    ]
    # Without a value, Altair would list the coordinates of the shape.
    channels["tooltip"] = fields or altair.value(None)
    style = {"baseline": "middle"} if _STYLES[kind]["type"] == "text" else {}
    return altair.Chart(altair.Data(values=rows), mark=altair.MarkDef(**_STYLES[kind], **style)).encode(**channels)
