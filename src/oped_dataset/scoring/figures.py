"""The names of all figures, and the rows of the printed table.

Here: the figures by name, where a name is the path of attributes from a `Scores`, and the selection for the table.
Not here: the formulas (`counts.py`, `attribution.py`, `commitment.py`, `coreference.py`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from oped_dataset.scoring.attribution import PLACES, AttributionScore
from oped_dataset.scoring.commitment import CommitmentScore
from oped_dataset.scoring.coreference import MEASURES
from oped_dataset.scoring.counts import Counts, Tally
from oped_dataset.scoring.layers import EntityScore, layer_score

SHARES: Final = ("precision", "recall", "f1")

MEASURES_OF_COMMITMENT: Final = {"macro_f1": "macro F1", "kappa": "kappa", "mae": "MAE", "pearson": "Pearson's r"}

HEADLINES: Final = {
    "attributed claims": "attribution.claims",
    "whole chains": "attribution.chains",
    "single voices": "attribution.detection",
    "unsure voices": "commitment.uncertain.voices",
    "all commitments": "commitment.voices",
}
"""The first rows of a table, with the names of their figures."""


def figures_of(tally: Tally, scored: Sequence[str]) -> dict[str, float | None]:
    """Return every figure of a tally by its name; None for those that cannot be measured."""
    found: dict[str, float | None] = {}
    for name, counts in counts_of(tally, scored):
        found |= {f"{name}.{share}": getattr(counts, share) for share in SHARES}
    for layer in scored:
        score = layer_score(layer, scored, tally, None)
        found[f"{layer}.similarity"] = score.similarity
        if isinstance(score, EntityScore):
            found["entities.coreference.conll"] = score.coreference.conll
    if "claims" in scored:
        commitment = CommitmentScore.of(tally)
        for name, each in (("commitment", commitment), ("commitment.uncertain", commitment.uncertain)):
            found |= {f"{name}.{measure}": getattr(each, measure) for measure in MEASURES_OF_COMMITMENT}
    return found


def counts_of(tally: Tally, scored: Sequence[str]) -> Iterator[tuple[str, Counts]]:
    """Yield all counts by name: attribution and commitment first, then the layers."""
    if "claims" in scored:
        yield from _voice_counts(AttributionScore.of(tally), CommitmentScore.of(tally))
    for layer in scored:
        score = layer_score(layer, scored, tally, None)
        yield f"{layer}.spans", score.spans
        yield from ((f"{layer}.labels.{label}", counts) for label, counts in score.labels.items())
        if isinstance(score, EntityScore):
            yield from ((f"entities.coreference.{each}", getattr(score.coreference, each)) for each in MEASURES)


def _voice_counts(attribution: AttributionScore, commitment: CommitmentScore) -> Iterator[tuple[str, Counts]]:
    for name in ("claims", "chains", "detection", *PLACES):
        yield f"attribution.{name}", getattr(attribution, name)
    yield from ((f"attribution.by_depth.{depth}", counts) for depth, counts in attribution.by_depth.items())
    yield from ((f"attribution.labels.{label}", counts) for label, counts in attribution.labels.items())
    yield "commitment.voices", commitment.voices
    yield "commitment.hedges", commitment.hedges
    yield "commitment.uncertain.voices", commitment.uncertain.voices
    yield from ((f"commitment.labels.{label}", counts) for label, counts in commitment.labels.items())


def rows_of(tally: Tally, scored: Sequence[str]) -> Iterator[tuple[str, str, Counts]]:
    """Yield the rows of a table: the heading, the name of the figure, and its counts."""
    known = dict(counts_of(tally, scored))
    yield from ((head, name, known[name]) for head, name in HEADLINES.items() if name in known)
    yield from ((layer, f"{layer}.spans", known[f"{layer}.spans"]) for layer in scored)
