"""Which mentions are put together as one entity: MUC, B³, CEAF-e and LEA.

Here: the four measures over two partitions of mentions, as sums that add up over documents.
Not here: which mention answers to which (`matching.py`).

Sources: MUC, Vilain et al. 1995; B³, Bagga and Baldwin 1998; CEAF-e, Luo 2005, with the similarity 2|K∩R|/(|K|+|R|);
LEA, Moosavi and Strube 2016. The mean of the first three is what the CoNLL-2012 shared task reports. Entities with one
mention count, as in Luo's and in Moosavi and Strube's definitions.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Final, TypeAlias

import attrs

from oped_dataset.model.article import Article
from oped_dataset.scoring.assignment import assign
from oped_dataset.scoring.counts import Counts, Ledger, Tally, rounded
from oped_dataset.scoring.matching import Pairing

Entities: TypeAlias = Sequence[frozenset[Hashable]]
"""The mentions of each entity; no mention belongs to two."""

MEASURES: Final = ("muc", "b3", "ceaf_e", "lea")

_STEPS: Final = 2**40


@attrs.frozen(kw_only=True)
class Coreference:
    """How well the mentions were put together.

    Attributes:
        muc: By links between mentions; blind to entities with one mention.
        b3: By mention: how much of its entity each mention is put together with.
        ceaf_e: By entity, each paired with the one most like it.
        lea: By entity, each weighted by its size and judged by its links.
    """

    muc: Counts
    b3: Counts
    ceaf_e: Counts
    lea: Counts

    @property
    def conll(self) -> float | None:
        """The mean F1 of MUC, B³ and CEAF-e; None where one of them cannot be measured."""
        figures = [each.f1 for each in (self.muc, self.b3, self.ceaf_e)]
        known = [figure for figure in figures if figure is not None]
        return sum(known) / 3 if len(known) == 3 else None

    @classmethod
    def of(cls, tally: Tally) -> Coreference:
        """Look the measures up in a tally."""
        return cls(**{measure: Counts.of(tally, f"coreference.{measure}") for measure in MEASURES})


def count_coreference(predicted: Article, gold: Article, pairing: Pairing, ledger: Ledger) -> None:
    """Count the entities of two articles, a pair of mentions being one mention; each where it is mentioned first."""
    gold_of = pairing.links.gold_of["mentions"]
    starts: dict[Hashable, int] = {each.id: each.span.start for each in gold.mentions}
    ours, theirs = defaultdict[str, set[Hashable]](set), defaultdict[str, set[Hashable]](set)
    for each in predicted.mentions:
        name: Hashable = gold_of.get(each.id, (each.id,))
        starts.setdefault(name, each.span.start)
        ours[each.entity].add(name)
    for each in gold.mentions:
        theirs[each.entity].add(each.id)
    for measure, side, amount, entity in measured(_frozen(ours), _frozen(theirs)):
        ledger.add(f"coreference.{measure}", side, amount, min(starts[mention] for mention in entity))


def _frozen(entities: Mapping[str, set[Hashable]]) -> list[frozenset[Hashable]]:
    return [frozenset(mentions) for mentions in entities.values()]


def measured(predicted: Entities, gold: Entities) -> Iterator[tuple[str, str, float, frozenset[Hashable]]]:
    """Say what each entity adds to each side of each measure."""
    yield from _one_side("matched", "predicted", predicted, gold)
    yield from _one_side("found", "gold", gold, predicted)
    similarity = [
        {two: round(Fraction(2 * common * _STEPS, len(entity) + len(gold[two]))) for two, common in row.items()}
        for entity, row in zip(predicted, _overlaps(predicted, gold), strict=True)
    ]
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
        yield "muc", right, size - len(row) - alone, entity
        yield "muc", whole, size - 1, entity
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
    """For each entity, how many mentions it shares with which of the others."""
    belongs = {mention: two for two, other in enumerate(others) for mention in other}
    return [dict(Counter(belongs[mention] for mention in entity if mention in belongs)) for entity in entities]


def _links_resolved(size: int, parts: Sequence[tuple[int, int]]) -> float:
    """The size of an entity times the share of its links that are kept; a single mention is linked to itself."""
    if size == 1:
        return float(parts == [(1, 1)])
    return sum(common * (common - 1) for common, _ in parts) / (size - 1)
