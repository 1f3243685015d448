"""The colours of commitments, the same in the explorer, in notebooks and in charts.

Here: for each commitment the colour of its marks and of letters on it, on light and on dark paper.
Not here: its words and its sign (`wording.py`), without which no colour is used alone.

Green to white is for what is said, brown to white against it; the two differ for colour-blind eyes too, and the surer
a voice is, the more its colour differs from the paper.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from oped_dataset.model.vocabulary import Commitment


class Colours(NamedTuple):
    """Two colours that are used together.

    Attributes:
        fill: Of a mark, or of the ground of words.
        ink: Of words on that ground.
    """

    fill: str
    ink: str


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
"""On light paper."""

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
"""On dark paper."""
