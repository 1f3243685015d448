"""Who speaks how often, at which place of the chain, and with which commitment.

Here: the counting, and the columns and rows of the chart.
Not here: the sheet it is drawn on (`sheet.py`), and what the commitments mean (`model/vocabulary.py`).

Numbers stand in a grid and not as bars, because the author speaks in every claim and would make all other bars too
short to be seen.
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

_LEFT: Final = 210
_SHOWN: Final = 40
_TOP: Final = 100
_ROW: Final = 20
_WIDEST: Final = 44
_SHADES: Final = 6

_SUFFIXES: Final = {1: "st", 2: "nd", 3: "rd"}
_ORDINALS: Final = ("outermost voice", "second voice", "third voice")
_SAID: Final = (
    "In how many claims each speaks, at which place of the chain, and how committed it is. "
    "All but the outermost are heard only through those before them."
)
_TELLS: Final = {"voice": "voice", "place": "place in the chain", "commitment": "commitment", "claims": "claims"}

_Column = tuple[int, Commitment]
"""A place in the chain, from 0, and a commitment."""


def plot_voices(article: Article, *, theme: Theme = "light") -> Any:
    """Draw who speaks in how many claims, at which place of the chain, and with which commitment.

    Args:
        article: The article.
        theme: `"light"` or `"dark"`, after the paper it stands on.

    Returns:
        An `altair.LayerChart` (typed `Any`, because Altair is optional); its `save` writes PNG, SVG, HTML or JSON.
        Of an article without claims it holds a note that says so.

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
        _draw(sheet, article, counts, columns)
    else:
        sheet.note("Nobody says anything: there are no claims.")
    return sheet.chart("Voices", article, _SAID, _TELLS)


def _draw(sheet: Sheet, article: Article, counts: Counter[tuple[str, _Column]], columns: list[_Column]) -> None:
    claims = Counter(source for claim in article.claims for source in {voice.source for voice in claim.voices})
    voices = sorted(claims, key=lambda source: (-claims[source], legible(article.entities[source].name)))
    width = min(_WIDEST, (WIDTH - _LEFT - 40) / len(columns))
    lefts = {column: _LEFT + 40 + number * width for number, column in enumerate(columns)}
    sheet.bottom = _TOP
    for source in voices[:_SHOWN]:
        _row(sheet, legible(article.entities[source].name), claims[source], _cells(source, counts, lefts), width)
    _heads(sheet, lefts, width)
    _notes(sheet, voices, claims)


def _cells(
    source: str, counts: Counter[tuple[str, _Column]], lefts: dict[_Column, float]
) -> list[tuple[_Column, float, int]]:
    return [(column, left, counts[source, column]) for column, left in lefts.items() if (source, column) in counts]


def _row(sheet: Sheet, name: str, claims: int, cells: list[tuple[_Column, float, int]], width: float) -> None:
    lines = wrapped(name, _LEFT - 10)
    middle = sheet.bottom + _ROW / 2 + 7 * (len(lines) - 1)
    sheet.write("words", 5, sheet.bottom + _ROW / 2, lines, fill="ink", voice=name)
    sheet.draw("centred", _LEFT + 12, middle, words=str(claims), fill="ink", voice=name)
    for (place, commitment), left, number in cells:
        told = {"voice": name, "place": _ordinal(place), "commitment": commitment.value, "claims": number}
        shade = min(_SHADES - 1, int(math.log(number, 2.6)))
        corner = {"x2": round(left + width - 1, 2), "y2": middle + _ROW / 2 - 1}
        sheet.draw("area", left + 1, middle - _ROW / 2 + 1, fill=f"count {shade}", **corner, **told)
        ink = "ink on many" if shade >= _SHADES - 2 else "ink"
        sheet.draw("centred", left + width / 2, middle, words=str(number), fill=ink, **told)
    sheet.bottom += _ROW + 14 * (len(lines) - 1)
    sheet.draw("line", 0, sheet.bottom, x2=WIDTH, y2=sheet.bottom, stroke="line")


def _ordinal(place: int) -> str:
    if place < len(_ORDINALS):
        return _ORDINALS[place]
    number = place + 1
    teen = number % 100 in (11, 12, 13)
    return f"{number}{'th' if teen else _SUFFIXES.get(number % 10, 'th')} voice"


def _heads(sheet: Sheet, lefts: dict[_Column, float], width: float) -> None:
    sheet.draw("upright", _LEFT + 12, _TOP - 8, words="claims in all", fill="soft")
    for (_, commitment), left in lefts.items():
        sheet.draw("upright", left + width / 2, _TOP - 8, words=COMMITMENTS[commitment][0], fill="ink")
    for place in sorted({place for place, _ in lefts}):
        inside = [left for (other, _), left in lefts.items() if other == place]
        sheet.draw("grid", inside[0], 4, x2=inside[0], y2=sheet.bottom, stroke="grid")
        sheet.draw("heading", inside[0] + 4, 10, words=str(place + 1), fill="ink")


def _notes(sheet: Sheet, voices: list[str], claims: Counter[str]) -> None:
    rest = voices[_SHOWN:]
    sheet.note("1: outermost voice; 2: whom it relays; and so on. Columns in which nobody speaks are left out.")
    if rest:
        most = claims[rest[0]]
        sheet.note(f"Not shown: {len(rest)} more voices, each in no more than {most} claim{'s' * (most != 1)}.")
