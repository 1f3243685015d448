"""The score of one layer: which of its records were found, and how their labels fared.

Here: `LayerScore`, that of entities with their coreference, and what is counted for them.
Not here: which labels there are (`labels.py`), and attribution and commitment, which are no layers
(`attribution.py`, `commitment.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

import attrs

from oped_dataset.extraction.results import layer_of
from oped_dataset.model.article import Article
from oped_dataset.model.records import Argument, Entity, evidence_of
from oped_dataset.model.tables import Record
from oped_dataset.model.vocabulary import Commitment
from oped_dataset.scoring.coreference import Coreference
from oped_dataset.scoring.counts import Counts, Ledger, Tally
from oped_dataset.scoring.labels import held, hits, label_names
from oped_dataset.scoring.matching import Pairing

_COMMITMENTS: Final = tuple(each.value for each in Commitment)


@attrs.frozen(kw_only=True)
class LayerScore:
    """How well one layer was predicted.

    Attributes:
        spans: Records that answer to each other, whatever their labels; of arguments, links between the same claims.
        labels: For each label, its values on records that answer to each other. Only values count that are there, so
            what is open on both sides is no hit. `days` counts for two dates the share of days in common.
        similarity: How similar the records that answer to each other are, on the mean, from 0 to 1; None without any.
        pairs: The ids of the records that answer to each other, predicted and gold; empty for more than one article.
    """

    spans: Counts
    labels: Mapping[str, Counts]
    similarity: float | None
    pairs: tuple[tuple[str, str], ...]


@attrs.frozen(kw_only=True)
class EntityScore(LayerScore):
    """How well the entities were predicted, and their mentions put together.

    Attributes:
        coreference: MUC, B³, CEAF-e and LEA over the mentions.
    """

    coreference: Coreference


def layer_score(layer: str, scored: Iterable[str], tally: Tally, pairing: Pairing | None) -> LayerScore:
    """Look the score of a layer up in a tally."""
    spans = Counts.of(tally, f"{layer}.spans")
    similarity = tally.get((f"{layer}.similarity", "matched"), 0.0)
    common: Any = {
        "spans": spans,
        "labels": {label: Counts.of(tally, f"{layer}.labels.{label}") for label in label_names(layer, scored)},
        "similarity": similarity / spans.matched if spans.matched else None,
        "pairs": () if pairing is None else tuple((e.predicted.id, e.gold.id) for e in pairing.pairs[layer]),
    }
    if layer == "entities":
        return EntityScore(**common, coreference=Coreference.of(tally))
    return LayerScore(**common)


class Starts:
    """Where each record of an article begins: an entity where it is mentioned first, an argument with its claim."""

    def __init__(self, article: Article) -> None:
        """Look the first mentions up."""
        self._claims = article.claims
        self._first: dict[str, int] = {}
        for mention in article.mentions:
            start = mention.span.start
            self._first[mention.entity] = min(start, self._first.get(mention.entity, start))

    def of(self, record: Record) -> int | None:
        """The offset of a record, or None for an entity that is mentioned nowhere and what points at nothing."""
        if isinstance(record, Entity):
            return self._first.get(record.id)
        if isinstance(record, Argument):
            return self.of(self._claims[record.source]) if record.source in self._claims else None
        return min(span.start for span in evidence_of(record))


def count_layer(
    layer: str, scored: Iterable[str], predicted: Article, gold: Article, pairing: Pairing, ledger: Ledger
) -> None:
    """Count the records of a layer, those that answer to each other, and their labels."""
    names = label_names(layer, scored)
    starts = Starts(predicted), Starts(gold)
    sides = (("predicted", predicted, pairing.links.predicted), ("gold", gold, pairing.links.gold))
    for (side, article, view), start in zip(sides, starts, strict=True):
        for record in article.tables[layer]:
            offset = start.of(record)
            ledger.add(f"{layer}.spans", side, 1, offset)
            for label, size in held(layer, record, view):
                if label in names:
                    ledger.add(f"{layer}.labels.{label}", side, size, offset)
    for each in pairing.pairs[layer]:
        offsets = starts[0].of(each.predicted), starts[1].of(each.gold)
        ledger.add(f"{layer}.similarity", "matched", each.similarity, offsets[0])
        ledger.add_right(f"{layer}.spans", 1, offsets, first=each.first)
        for label, amount in hits(layer, each.predicted, each.gold, pairing.links):
            if label in names:
                ledger.add_right(f"{layer}.labels.{label}", amount, offsets, first=each.first)


def count_rejected(rejected: Iterable[Any], scored: Iterable[str], ledger: Ledger) -> None:
    """Count the records that could not be resolved: as predicted, and as nothing that was found."""
    for record in rejected:
        layer = layer_of(record)
        if layer is not None and layer in scored:
            ledger.add("rejected", layer, 1)
            ledger.add(f"{layer}.spans", "predicted", 1)
            if layer == "claims":
                _count_rejected_voices(record.get("voices"), ledger)


def _count_rejected_voices(voices: Any, ledger: Ledger) -> None:
    given = [each for each in voices if isinstance(each, Mapping)] if isinstance(voices, list | tuple) else []
    for each in given:
        if each.get("commitment") in _COMMITMENTS:
            ledger.add(f"commitment.labels.{each['commitment']}", "predicted", 1)
    if len(given) > 1:
        counted = (("claims", 1), ("chains", 1), (f"by_depth.{len(given)}", 1), ("detection", len(given) - 1))
        for name, amount in counted:
            ledger.add(f"attribution.{name}", "predicted", amount)
