"""The score of one layer: the records found, and their labels.

Here: `LayerScore`, `EntityScore` with coreference, and counting for both.
Not here: the labels of each layer (`labels.py`), and attribution and commitment, which are not layers
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
from oped_dataset.scoring.labels import hits, label_names, label_sizes
from oped_dataset.scoring.matching import Pairing

_COMMITMENTS: Final = tuple(each.value for each in Commitment)


@attrs.frozen(kw_only=True)
class LayerScore:
    """The score of one layer.

    Attributes:
        spans: Paired records, whatever their labels; for arguments, pairs between the same claims.
        labels: Equal values of each label on paired records. An absent value does not count, so two absent values are
            not a hit. `days` counts the share of days that two dates have in common.
        similarity: The mean similarity of paired records, from 0 to 1; None without pairs.
        pairs: The ids of paired records, predicted and gold; empty for more than one article.
    """

    spans: Counts
    labels: Mapping[str, Counts]
    similarity: float | None
    pairs: tuple[tuple[str, str], ...]


@attrs.frozen(kw_only=True)
class EntityScore(LayerScore):
    """The score of entities and of the coreference of their mentions.

    Attributes:
        coreference: MUC, B³, CEAF-e and LEA over the mentions.
    """

    coreference: Coreference


def layer_score(layer: str, scored: Iterable[str], tally: Tally, pairing: Pairing | None) -> LayerScore:
    """Compute the score of a layer from a tally."""
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
    """The offset of each record of an article: of an entity its first mention, of an argument its premise."""

    def __init__(self, article: Article) -> None:
        """Find the first mentions."""
        self._claims = article.claims
        self._first: dict[str, int] = {}
        for mention in article.mentions:
            start = mention.span.start
            self._first[mention.entity] = min(start, self._first.get(mention.entity, start))

    def of(self, record: Record) -> int | None:
        """Return the offset of a record; None for an entity without mentions or an argument without its premise."""
        if isinstance(record, Entity):
            return self._first.get(record.id)
        if isinstance(record, Argument):
            return self.of(self._claims[record.source]) if record.source in self._claims else None
        return min(span.start for span in evidence_of(record))


def count_layer(
    layer: str, scored: Iterable[str], predicted: Article, gold: Article, pairing: Pairing, ledger: Ledger
) -> None:
    """Count the records of a layer, the pairs, and their labels."""
    # A label that refers to an unscored layer would count as wrong.
    names = label_names(layer, scored)
    starts = Starts(predicted), Starts(gold)
    sides = (("predicted", predicted, pairing.links.predicted), ("gold", gold, pairing.links.gold))
    for (side, article, view), start in zip(sides, starts, strict=True):
        for record in article.tables[layer]:
            offset = start.of(record)
            ledger.add(f"{layer}.spans", side, 1, offset)
            for label, size in label_sizes(layer, record, view):
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
    """Count rejected records as predicted and wrong."""
    for record in rejected:
        layer = layer_of(record)
        if layer is not None and layer in scored:
            ledger.add("rejected", layer, 1)
            ledger.add(f"{layer}.spans", "predicted", 1)
            if layer == "claims":
                _count_rejected_voices(record.get("voices"), ledger)


def _count_rejected_voices(voices: Any, ledger: Ledger) -> None:
    # A rejected record is unchecked data, so that its voices can be anything.
    given = [each for each in voices if isinstance(each, Mapping)] if isinstance(voices, list | tuple) else []
    for each in given:
        if each.get("commitment") in _COMMITMENTS:
            ledger.add(f"commitment.labels.{each['commitment']}", "predicted", 1)
    # A chain of one voice has no inner voice to score.
    if len(given) > 1:
        counted = (("claims", 1), ("chains", 1), (f"by_depth.{len(given)}", 1), ("detection", len(given) - 1))
        for name, amount in counted:
            ledger.add(f"attribution.{name}", "predicted", amount)
