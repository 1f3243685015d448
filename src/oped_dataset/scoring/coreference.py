"""Scoring coreference: MUC, B³, CEAF-e and LEA.

Here: the four measures over two partitions of mentions, as sums that add up over documents.
Not here: pairing mentions (`matching.py`).

Sources: MUC, Vilain et al. 1995; B³, Bagga and Baldwin 1998; CEAF-e, Luo 2005, with the similarity 2|K∩R|/(|K|+|R|);
LEA, Moosavi and Strube 2016. The CoNLL-2012 shared task reports the mean of the first three. Entities with one mention
count, as in Luo's and in Moosavi and Strube's definitions.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Sequence
from fractions import Fraction
from typing import Final, TypeAlias

import attrs

from oped_dataset.model.article import Article
from oped_dataset.scoring.assignment import assign
from oped_dataset.scoring.counts import Counts, Ledger, Tally, rounded
from oped_dataset.scoring.matching import Pairing

Entities: TypeAlias = Sequence[frozenset[Hashable]]
"""The mentions of each entity; every mention belongs to one entity."""

MEASURES: Final = ("muc", "b3", "ceaf_e", "lea")

_STEPS: Final = 2**40
"""The precision to which similarities are converted to integers for the assignment."""


@attrs.frozen(kw_only=True)
class Coreference:
    """The score of coreference.

    Attributes:
        muc: MUC, by links between mentions; ignores entities with one mention.
        b3: B³, by mention: the share of its entity with which each mention is grouped.
        ceaf_e: CEAF-e, by entity, each aligned with a similar one.
        lea: LEA, by entity, each weighted by its size and scored by its links.
    """

    muc: Counts
    b3: Counts
    ceaf_e: Counts
    lea: Counts

    @property
    def conll(self) -> float | None:
        """The mean F1 of MUC, B³ and CEAF-e; None if one of them cannot be measured."""
        figures = [each.f1 for each in (self.muc, self.b3, self.ceaf_e)]
        known = [figure for figure in figures if figure is not None]
        return sum(known) / 3 if len(known) == 3 else None

    @classmethod
    def of(cls, tally: Tally) -> Coreference:
        """Compute the measures from a tally."""
        return cls(**{measure: Counts.of(tally, f"coreference.{measure}") for measure in MEASURES})


def count_coreference(predicted: Article, gold: Article, pairing: Pairing, ledger: Ledger) -> None:
    """Count the entities of two articles, each at its first mention; paired mentions count as the same mention."""
    gold_of = pairing.links.gold_of["mentions"]
    starts: dict[Hashable, int] = {each.id: each.span.start for each in gold.mentions}
    ours, theirs = defaultdict[str, set[Hashable]](set), defaultdict[str, set[Hashable]](set)
    for each in predicted.mentions:
        name: Hashable = gold_of.get(each.id, (each.id,))
        starts.setdefault(name, each.span.start)
        ours[each.entity].add(name)
    for each in gold.mentions:
        theirs[each.entity].add(each.id)
    partitions = [[frozenset(mentions) for mentions in entities.values()] for entities in (ours, theirs)]
    for measure, side, amount, entity in contributions(*partitions):
        ledger.add(f"coreference.{measure}", side, amount, min(starts[mention] for mention in entity))


def contributions(predicted: Entities, gold: Entities) -> Iterator[tuple[str, str, float, frozenset[Hashable]]]:
    """Yield the amount that each entity adds to each side of each measure."""
    yield from _one_side("matched", "predicted", predicted, gold)
    yield from _one_side("found", "gold", gold, predicted)
    similarity = [
        {two: round(Fraction(2 * common * _STEPS, len(entity) + len(gold[two]))) for two, common in row.items()}
        for entity, row in zip(predicted, _overlaps(predicted, gold), strict=True)
    ]
    # CEAF-e aligns entities for the greatest total similarity (Luo 2005).
    for one, two in assign(similarity):
        share = rounded(similarity[one][two] / _STEPS)
        yield "ceaf_e", "matched", share, predicted[one]
        yield "ceaf_e", "found", share, gold[two]


def _one_side(
    right: str, whole: str, entities: Entities, others: Entities
) -> Iterator[tuple[str, str, float, frozenset[Hashable]]]:
    for entity, row in zip(entities, _overlaps(entities, others), strict=True):
        size, common = len(entity), row.values()
        alone = size - sum(common)
        # MUC counts the links that remain when the other partition splits the entity (Vilain et al. 1995).
        yield "muc", right, size - len(row) - alone, entity
        yield "muc", whole, size - 1, entity
        # In B³, each mention adds the share of its entity that it keeps (Bagga and Baldwin 1998).
        yield "b3", right, rounded(sum(each * each for each in common) / size), entity
        yield "b3", whole, size, entity
        yield (
            "lea",
            right,
            rounded(_links_resolved(size, [(each, len(others[two])) for two, each in row.items()])),
            entity,
        )
        yield "lea", whole, size, entity
        yield "ceaf_e", whole, 1, entity


def _overlaps(entities: Entities, others: Entities) -> list[dict[int, int]]:
    """Return for each entity the number of mentions that it shares with each of the others."""
    belongs = {mention: two for two, other in enumerate(others) for mention in other}
    return [dict(Counter(belongs[mention] for mention in entity if mention in belongs)) for entity in entities]


def _links_resolved(size: int, parts: Sequence[tuple[int, int]]) -> float:
    """Return the size of an entity times the share of its links that are found.

    A single mention has a link to itself (Moosavi and Strube 2016).
    """
    if size == 1:
        return float(parts == [(1, 1)])
    return sum(common * (common - 1) for common, _ in parts) / (size - 1)
