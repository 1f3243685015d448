"""Who relays whom, in how many claims, and what the relaying voice makes of what is said.

Here: the counting, and the rows of the chart.
Not here: the sheet it is drawn on (`sheet.py`), and on which side a commitment is (`model/vocabulary.py`).
"""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import Any, Final, TypeAlias

from oped_dataset.model.article import Article
from oped_dataset.model.records import Claim, Voice
from oped_dataset.plots.sheet import WIDTH, Sheet, Theme, legible, wrapped
from oped_dataset.validation import rules

_LEFT: Final = 330
_ROW: Final = 20
_SHOWN: Final = 40
_STANCES: Final = ("shares", "leaves open", "doubts or denies")
_SAID: Final = "In how many claims one voice relays another, and what the relaying voice makes of what is said."
_TELLS: Final = {"outer": "relays", "inner": "whom", "stance": "and", "claims": "claims"}

_Pair: TypeAlias = tuple[str, str]


def plot_relays(article: Article, *, theme: Theme = "light") -> Any:
    """Draw who relays whom, in how many claims, and whether the relaying voice shares, leaves open or denies them.

    A voice shares what is said when it stands on the side of the innermost voice.

    Args:
        article: The article.
        theme: `"light"` or `"dark"`, after the paper it stands on.

    Returns:
        An `altair.LayerChart` (typed `Any`, because Altair is optional); its `save` writes PNG, SVG, HTML or JSON.
        Of an article in which nobody is relayed it holds a note that says so.

    Raises:
        InvalidArticle: The article breaks rules.
        InvalidRecord: There is no such theme.
        MissingExtra: The extra `plot` is not installed.
    """
    rules.sound(article)
    counts: dict[_Pair, Counter[int]] = {}
    for claim in article.claims:
        for outer, inner in pairwise(claim.voices):
            counts.setdefault((outer.source, inner.source), Counter())[_stance(outer, claim)] += 1
    sheet = Sheet(theme)
    if counts:
        _draw(sheet, article, counts)
    else:
        sheet.note("Nobody is relayed.")
    return sheet.chart("Relays", article, _SAID, _TELLS)


def _stance(voice: Voice, claim: Claim) -> int:
    """Which of the stances a voice has to what the innermost one says."""
    side = voice.commitment.side
    if side == "open":
        return 1
    return 0 if side == claim.side or (side == "for" and claim.side == "open") else 2


def _draw(sheet: Sheet, article: Article, counts: dict[_Pair, Counter[int]]) -> None:
    pairs = sorted(counts, key=lambda pair: (-counts[pair].total(), pair))
    unit = min(24.0, (WIDTH - _LEFT - 50) / counts[pairs[0]].total())
    _key(sheet)
    for pair in pairs[:_SHOWN]:
        outer, inner = (legible(article.entities[source].name) for source in pair)
        lines = wrapped(f"{outer} › {inner}", _LEFT - 10)
        middle = sheet.bottom + _ROW / 2
        sheet.write("words", 5, middle, lines, fill="ink", outer=outer, inner=inner)
        x = float(_LEFT)
        for number, stance in enumerate(_STANCES):
            claims = counts[pair][number]
            told = {"outer": outer, "inner": inner, "stance": stance, "claims": claims}
            if claims:
                end = round(x + claims * unit, 2)
                sheet.draw("area", x, middle - 6, x2=end - 1, y2=middle + 6, fill=stance, **told)
                x = end
        sheet.draw("small", x + 5, middle, words=str(counts[pair].total()), fill="ink", outer=outer, inner=inner)
        sheet.bottom += _ROW + 14 * (len(lines) - 1)
        sheet.draw("line", 0, sheet.bottom, x2=WIDTH, y2=sheet.bottom, stroke="line")
    rest = pairs[_SHOWN:]
    if rest:
        most = counts[rest[0]].total()
        sheet.note(f"Not shown: {len(rest)} more pairs, each in no more than {most} claim{'s' * (most != 1)}.")


def _key(sheet: Sheet) -> None:
    x = float(_LEFT)
    for stance in _STANCES:
        sheet.draw("area", x, 4, x2=x + 12, y2=16, fill=stance)
        sheet.draw("small", x + 17, 10, words=stance, fill="soft")
        x += 40 + 6 * len(stance)
    sheet.bottom = 22
