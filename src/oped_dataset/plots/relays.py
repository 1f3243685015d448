"""Who relays whom, in how many claims, and with which stance.

Here: counting the relays, and drawing their bars.
Not here: the sheet (`sheet.py`), and the side of a commitment (`model/vocabulary.py`).
"""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import Any, Final, TypeAlias

from oped_dataset.model.article import Article
from oped_dataset.model.records import Claim, Voice
from oped_dataset.plots.sheet import WIDTH, Sheet, Theme, legible, wrapped
from oped_dataset.validation import rules

# Lengths are in pixels.
_LEFT: Final = 330
_ROW: Final = 20
_SHOWN: Final = 40
_SHARES, _LEAVES_OPEN, _DOUBTS = _STANCES = ("shares", "leaves open", "doubts or denies")
_READING: Final = (
    "Bars count the claims in which one voice relays another; colours show the stance of the relaying voice."
)
_TOOLTIPS: Final = {"outer": "relaying voice", "inner": "relayed voice", "stance": "stance", "claims": "claims"}

_Pair: TypeAlias = tuple[str, str]


def plot_relays(article: Article, *, theme: Theme = "light") -> Any:
    """Draw who relays whom, in how many claims, and whether the relaying voice shares, leaves open or denies them.

    A voice shares a claim if it takes the side of the innermost voice.

    Args:
        article: The article.
        theme: `"light"` or `"dark"`, for the page on which the chart is shown.

    Returns:
        An `altair.LayerChart` (typed `Any`, because Altair is optional); its `save` writes PNG, SVG, HTML or JSON.
        If nobody is relayed, the chart contains only a note.

    Raises:
        InvalidArticle: The article breaks rules.
        InvalidRecord: There is no such theme.
        MissingExtra: The extra `plot` is not installed.
    """
    rules.sound(article)
    counts: dict[_Pair, Counter[str]] = {}
    for claim in article.claims:
        for outer, inner in pairwise(claim.voices):
            counts.setdefault((outer.source, inner.source), Counter())[_classify_stance(outer, claim)] += 1
    sheet = Sheet(theme)
    if counts:
        _draw_bars(sheet, article, counts)
    else:
        sheet.note("Nobody is relayed.")
    return sheet.chart("Relays", article, _READING, _TOOLTIPS)


def _classify_stance(voice: Voice, claim: Claim) -> str:
    side = voice.commitment.side
    # A voice that affirms an open content, such as a question, shares it.
    if side == "open":
        return _LEAVES_OPEN
    return _SHARES if side == claim.side or (side == "for" and claim.side == "open") else _DOUBTS


def _draw_bars(sheet: Sheet, article: Article, counts: dict[_Pair, Counter[str]]) -> None:
    x = float(_LEFT)
    for stance in _STANCES:
        sheet.draw("area", x, 4, x2=x + 12, y2=16, fill=stance)
        sheet.draw("small", x + 17, 10, words=stance, fill="soft")
        x += 40 + 6 * len(stance)
    sheet.bottom = 22
    pairs = sorted(counts, key=lambda pair: (-counts[pair].total(), pair))
    # The length of one claim, such that the longest bar fits.
    unit = min(24.0, (WIDTH - _LEFT - 50) / counts[pairs[0]].total())
    for pair in pairs[:_SHOWN]:
        outer, inner = (legible(article.entities[source].name) for source in pair)
        lines = wrapped(f"{outer} › {inner}", _LEFT - 10)
        middle = sheet.bottom + _ROW / 2
        sheet.write("words", 5, middle, lines, fill="ink", outer=outer, inner=inner)
        x = float(_LEFT)
        for stance in _STANCES:
            claims = counts[pair][stance]
            if claims:
                data = {"outer": outer, "inner": inner, "stance": stance, "claims": claims}
                end = round(x + claims * unit, 2)
                sheet.draw("area", x, middle - 6, x2=end - 1, y2=middle + 6, fill=stance, **data)
                x = end
        sheet.draw("small", x + 5, middle, words=str(counts[pair].total()), fill="ink", outer=outer, inner=inner)
        sheet.bottom += _ROW + 14 * (len(lines) - 1)
        sheet.draw("line", 0, sheet.bottom, x2=WIDTH, y2=sheet.bottom, stroke="line")
    rest = pairs[_SHOWN:]
    if rest:
        most = counts[rest[0]].total()
        sheet.note(f"Not shown: {len(rest)} more pairs, each in no more than {most} claim{'s' * (most != 1)}.")
