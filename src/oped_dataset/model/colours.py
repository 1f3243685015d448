"""The colours of commitments, which the explorer, notebooks and charts share.

Here: for each commitment the colours of marks and of words on them, on light and on dark backgrounds.
Not here: its words and its sign (`wording.py`), which every view shows with the colour.

Green marks the side for a content, brown the side against it; colour-blind readers can distinguish them. The stronger
a commitment, the more its colour differs from the background.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from oped_dataset.model.vocabulary import Commitment


class Colours(NamedTuple):
    """Two colours that are used together.

    Attributes:
        fill: The colour of a mark, or of the background of words.
        ink: The colour of words on that background.
    """

    fill: str
    ink: str


# The contrast of ink and fill is at least 4.5 to 1 in every pair (WCAG 2.2, success criterion 1.4.3).
LIGHT: Final[dict[Commitment, Colours]] = {
    Commitment.CERTAIN: Colours("#0f5b56", "#ffffff"),
    Commitment.PROBABLE: Colours("#3d8078", "#ffffff"),
    Commitment.POSSIBLE: Colours("#a9d5ce", "#10302d"),
    Commitment.UNCOMMITTED: Colours("#dcd8ce", "#303338"),
    Commitment.KNOWS_WHETHER: Colours("#cfc2e6", "#38274f"),
    Commitment.POSSIBLY_NOT: Colours("#f2c594", "#482a06"),
    Commitment.PROBABLY_NOT: Colours("#b25e17", "#ffffff"),
    Commitment.CERTAINLY_NOT: Colours("#82300a", "#ffffff"),
}
"""The colours on a light background."""

DARK: Final[dict[Commitment, Colours]] = {
    Commitment.CERTAIN: Colours("#5cc4b7", "#06211f"),
    Commitment.PROBABLE: Colours("#318077", "#ffffff"),
    Commitment.POSSIBLE: Colours("#235a54", "#e2f4f1"),
    Commitment.UNCOMMITTED: Colours("#4a4e54", "#f0efec"),
    Commitment.KNOWS_WHETHER: Colours("#64548a", "#f3edff"),
    Commitment.POSSIBLY_NOT: Colours("#71481a", "#fdeedb"),
    Commitment.PROBABLY_NOT: Colours("#c8752c", "#1d0f02"),
    Commitment.CERTAINLY_NOT: Colours("#f0995a", "#2b1103"),
}
"""The colours on a dark background."""
