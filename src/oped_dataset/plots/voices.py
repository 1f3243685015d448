"""Who speaks in how many claims, at which place in the chain, and with which commitment.

Here: counting the voices, and drawing the grid.
Not here: the sheet (`sheet.py`), and the meaning of the commitments (`model/vocabulary.py`).

The chart is a grid of numbers instead of bars, because the author speaks in every claim: beside that bar, all others
would be too short to see.
"""

from __future__ import annotations

import math
from collections import Counter
from typing import Any, Final

from oped_dataset.model.article import Article
from oped_dataset.model.vocabulary import Commitment
from oped_dataset.model.wording import COMMITMENTS
from oped_dataset.plots.sheet import WIDTH, Sheet, Theme, legible, wrapped
from oped_dataset.validation import rules

# Lengths are in pixels.
_LEFT: Final = 210
_SHOWN: Final = 40
_TOP: Final = 100
_ROW: Final = 20
_WIDEST: Final = 44
_SHADES: Final = 6

_SUFFIXES: Final = {1: "st", 2: "nd", 3: "rd"}
_ORDINALS: Final = ("outermost voice", "second voice", "third voice")
_READING: Final = (
    "Numbers of claims, by the place of the voice in the chain and its commitment. "
    "Inner voices are heard only through the voices before them."
)
_TOOLTIPS: Final = {"voice": "voice", "place": "place in the chain", "commitment": "commitment", "claims": "claims"}

_Column = tuple[int, Commitment]
"""A place in the chain, from 0, and a commitment."""


def plot_voices(article: Article, *, theme: Theme = "light") -> Any:
    """Draw who speaks in how many claims, at which place in the chain, and with which commitment.

    Args:
        article: The article.
        theme: `"light"` or `"dark"`, for the page on which the chart is shown.

    Returns:
        An `altair.LayerChart` (typed `Any`, because Altair is optional); its `save` writes PNG, SVG, HTML or JSON.
        If the article has no claims, the chart contains only a note.

    Raises:
        InvalidArticle: The article breaks rules.
        InvalidRecord: There is no such theme.
        MissingExtra: The extra `plot` is not installed.
    """
    rules.sound(article)
    counts = Counter(
        (voice.source, (place, voice.commitment))
        for claim in article.claims
        for place, voice in enumerate(claim.voices)
    )
    scale = list(COMMITMENTS)
    columns = sorted({column for _, column in counts}, key=lambda column: (column[0], scale.index(column[1])))
    sheet = Sheet(theme)
    if counts:
        _draw_grid(sheet, article, counts, columns)
    else:
        sheet.note("The article has no claims.")
    return sheet.chart("Voices", article, _READING, _TOOLTIPS)


def _draw_grid(sheet: Sheet, article: Article, counts: Counter[tuple[str, _Column]], columns: list[_Column]) -> None:
    claims = Counter(source for claim in article.claims for source in {voice.source for voice in claim.voices})
    voices = sorted(claims, key=lambda source: (-claims[source], legible(article.entities[source].name)))
    width = min(_WIDEST, (WIDTH - _LEFT - 40) / len(columns))
    lefts = {column: _LEFT + 40 + number * width for number, column in enumerate(columns)}
    sheet.bottom = _TOP
    for source in voices[:_SHOWN]:
        cells = {column: counts[source, column] for column in columns if (source, column) in counts}
        _draw_row(sheet, legible(article.entities[source].name), claims[source], cells, lefts, width)
    _draw_heads(sheet, lefts, width)
    sheet.note("1: outermost voice; 2: the voice it relays; and so on. Empty columns are left out.")
    rest = voices[_SHOWN:]
    if rest:
        most = claims[rest[0]]
        sheet.note(f"Not shown: {len(rest)} more voices, each in no more than {most} claim{'s' * (most != 1)}.")


def _draw_row(
    sheet: Sheet, name: str, claims: int, cells: dict[_Column, int], lefts: dict[_Column, float], width: float
) -> None:
    lines = wrapped(name, _LEFT - 10)
    middle = sheet.bottom + _ROW / 2 + 7 * (len(lines) - 1)
    sheet.write("words", 5, sheet.bottom + _ROW / 2, lines, fill="ink", voice=name)
    sheet.draw("centred", _LEFT + 12, middle, words=str(claims), fill="ink", voice=name)
    for column, number in cells.items():
        left, (place, commitment) = lefts[column], column
        data = {"voice": name, "place": _name_place(place), "commitment": commitment.value, "claims": number}
        # Each shade covers counts up to 2.6 times those of the one before.
        shade = min(_SHADES - 1, int(math.log(number, 2.6)))
        corner = {"x2": round(left + width - 1, 2), "y2": middle + _ROW / 2 - 1}
        sheet.draw("area", left + 1, middle - _ROW / 2 + 1, fill=f"count {shade}", **corner, **data)
        ink = "ink on many" if shade >= _SHADES - 2 else "ink"
        sheet.draw("centred", left + width / 2, middle, words=str(number), fill=ink, **data)
    sheet.bottom += _ROW + 14 * (len(lines) - 1)
    sheet.draw("line", 0, sheet.bottom, x2=WIDTH, y2=sheet.bottom, stroke="line")


def _name_place(place: int) -> str:
    if place < len(_ORDINALS):
        return _ORDINALS[place]
    number = place + 1
    teen = number % 100 in (11, 12, 13)
    return f"{number}{'th' if teen else _SUFFIXES.get(number % 10, 'th')} voice"


def _draw_heads(sheet: Sheet, lefts: dict[_Column, float], width: float) -> None:
    sheet.draw("upright", _LEFT + 12, _TOP - 8, words="all claims", fill="soft")
    for (_, commitment), left in lefts.items():
        sheet.draw("upright", left + width / 2, _TOP - 8, words=COMMITMENTS[commitment][0], fill="ink")
    # The columns are sorted by place, so the last one kept here is the first of its place.
    firsts = {place: left for (place, _), left in reversed(lefts.items())}
    for place, left in sorted(firsts.items()):
        sheet.draw("grid", left, 4, x2=left, y2=sheet.bottom, stroke="grid")
        sheet.draw("heading", left + 4, 10, words=str(place + 1), fill="ink")
