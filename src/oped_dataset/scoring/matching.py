"""Which record of one article answers to which of another: optimal pairs, one to one.

What lives here: the one use of a solver (extra `score`), and what makes two records candidates and alike.
What does not: what is counted over the pairs (`scores.py`, `fidelity.py`).

A pair can only be formed by candidates: records of one kind at the same place (strict) or at places that share a
character (overlap). As many pairs as possible are formed; among as many, those that are most alike.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, Final, Literal, TypeAlias

import attrs

from oped_dataset.extras import need
from oped_dataset.model.article import Article
from oped_dataset.model.records import Claim, Entity, Span, evidence_of
from oped_dataset.model.tables import Record

Match: TypeAlias = Literal["strict", "overlap"]
"""Whether records are paired at the same place only, or wherever their places share a character."""

LABELS: Final[Mapping[str, tuple[str, ...]]] = {
    "mentions": ("entity", "form", "metonym"),
    "times": ("kind", "value"),
    "quantities": ("value", "unit", "comparator"),
    "quotations": ("kind", "speaker"),
    "events": ("kind", "status", "when"),
    "relations": ("predicate", "subject", "object"),
    "claims": ("kind", "ground"),
}
"""The layers that are scored and, of each, the fields that are compared on matched records."""

ENTITY_LABELS: Final = frozenset({"entity", "speaker", "subject", "object"})
"""The fields that hold the id of an entity and are compared through the alignment of entities."""

_Pair: TypeAlias = tuple[int, int]
_Weight: TypeAlias = tuple[float, float, float]
"""How alike two candidates are, from 0 to 1 each, and the earlier one before all later ones: place and content; the
chain of voices; the id."""


@attrs.frozen
class Pairing:
    """How a predicted article answers to a gold one.

    Attributes:
        entities: From the id of a predicted entity to that of the gold entity it is; without those that are none.
        pairs: For each layer, the matched records: predicted and gold.
    """

    entities: Mapping[str, str]
    pairs: Mapping[str, tuple[tuple[Any, Any], ...]]


def pair(predicted: Article, gold: Article, match: Match) -> Pairing:
    """Find the optimal pairs of two articles.

    Raises:
        MissingExtra: The extra `score` is not installed.
    """
    entities = _entities(predicted, gold)
    pairs: dict[str, tuple[tuple[Any, Any], ...]] = {}
    # Claims last, because what they carry is compared through the pairs of events, relations and quantities.
    for layer in LABELS:
        alike = _Likeness(layer, entities, pairs)
        pairs[layer] = tuple(_records(predicted.tables[layer], gold.tables[layer], match, alike))
    return Pairing(entities, pairs)


# Candidates.


def _records(
    predicted: Sequence[Record], gold: Sequence[Record], match: Match, alike: Callable[[Record, Record], _Weight]
) -> Iterator[tuple[Record, Record]]:
    # In the order of the text, so that the order and the ids of the records decide as little as possible.
    ours, theirs = sorted(predicted, key=_by_place), sorted(gold, key=_by_place)
    found = _at_one_place(ours, theirs) if match == "strict" else _overlapping(ours, theirs)
    weights = {(one, two): alike(ours[one], theirs[two]) for one, two in found}
    for one, two in _optimal(weights):
        yield ours[one], theirs[two]


def _by_place(record: Record) -> tuple[tuple[Span, ...], str]:
    return evidence_of(record), record.id


def _at_one_place(ours: Sequence[Record], theirs: Sequence[Record]) -> Iterator[_Pair]:
    at: dict[Hashable, list[int]] = defaultdict(list)
    for two, record in enumerate(theirs):
        at[evidence_of(record)].append(two)
    for one, record in enumerate(ours):
        yield from ((one, two) for two in at[evidence_of(record)])


def _overlapping(ours: Sequence[Record], theirs: Sequence[Record]) -> set[_Pair]:
    spans = sorted(chain(_spans(ours, 0), _spans(theirs, 1)))
    open_spans: tuple[list[tuple[int, int]], list[tuple[int, int]]] = ([], [])
    found: set[_Pair] = set()
    for start, end, side, index in spans:
        for other in (0, 1):
            open_spans[other][:] = [each for each in open_spans[other] if each[0] > start]
        found |= {(index, other) if side == 0 else (other, index) for _, other in open_spans[1 - side]}
        open_spans[side].append((end, index))
    return found


def _spans(records: Sequence[Record], side: int) -> Iterator[tuple[int, int, int, int]]:
    for index, record in enumerate(records):
        yield from ((span.start, span.end, side, index) for span in evidence_of(record))


def share_of_place(one: Sequence[Span], two: Sequence[Span]) -> float:
    """The characters two places have in common, as a share of those of either; from 0 to 1."""
    common = sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in one for b in two)
    return common / (sum(span.length for span in (*one, *two)) - common)


# Likeness.


@attrs.frozen
class _Likeness:
    """How alike two records of a layer are."""

    layer: str
    entities: Mapping[str, str]
    pairs: Mapping[str, tuple[tuple[Any, Any], ...]]

    def __call__(self, one: Any, two: Any) -> _Weight:
        place = share_of_place(evidence_of(one), evidence_of(two))
        labels = [agree(one, two, field, self.entities) for field in LABELS[self.layer]]
        parts = [place, sum(labels) / len(labels)]
        if hasattr(one, "gist"):
            parts.append(_words_in_common(one.gist, two.gist))
        voices = 0.0
        if isinstance(one, Claim):
            parts.append(self._carried_in_common(one, two))
            voices = _voices_in_common(one, two, self.entities)
        return sum(parts) / len(parts), voices, float(one.id == two.id)

    def _carried_in_common(self, one: Claim, two: Claim) -> float:
        layers = ("events", "relations", "quantities")
        known = {ours.id: theirs.id for layer in layers for ours, theirs in self.pairs[layer]}
        return _in_common([known.get(record_id) for record_id in one.carries], two.carries)


def agree(one: Any, two: Any, field: str, entities: Mapping[str, str]) -> bool:
    """Whether a predicted and a gold record have the same value in a field, entities being compared as aligned."""
    ours, theirs = getattr(one, field), getattr(two, field)
    if field in ENTITY_LABELS and ours is not None:
        ours = entities.get(ours)
        return ours is not None and bool(ours == theirs)
    return bool(ours == theirs)


def _words_in_common(one: str, two: str) -> float:
    return _in_common(set(one.casefold().split()), set(two.casefold().split()))


def _in_common(one: Iterable[Hashable], two: Iterable[Hashable]) -> float:
    ours, theirs = set(one), set(two)
    return len(ours & theirs) / len(ours | theirs) if ours | theirs else 1.0


def _voices_in_common(one: Claim, two: Claim, entities: Mapping[str, str]) -> float:
    ours = [(entities.get(voice.source), voice.commitment) for voice in one.voices]
    theirs = [(voice.source, voice.commitment) for voice in two.voices]
    sources = _in_common([source for source, _ in ours], [source for source, _ in theirs])
    return (9 * sources + _in_common(ours, theirs)) / 10


# Entities.


def _entities(predicted: Article, gold: Article) -> dict[str, str]:
    """Align the entities: by the places where they are mentioned, by their names, and last by their ids."""
    ours, theirs = sorted(predicted.entities, key=_by_id), sorted(gold.entities, key=_by_id)
    mentioned = _mentioned_together(predicted, gold)
    names: dict[str, list[int]] = defaultdict(list)
    for two, entity in enumerate(theirs):
        for name in _names(entity):
            names[name].append(two)
    weights: dict[_Pair, _Weight] = {}
    place_of = {entity.id: two for two, entity in enumerate(theirs)}
    for one, entity in enumerate(ours):
        named = {two for name in _names(entity) for two in names[name]}
        seen = {place_of[other] for other in mentioned[entity.id] if other in place_of}
        for two in named | seen:
            evidence = mentioned[entity.id].get(theirs[two].id, 0.0) + (two in named)
            weights[one, two] = evidence, 0.0, float(entity == theirs[two]) + float(entity.id == theirs[two].id)
    return {ours[one].id: theirs[two].id for one, two in _optimal(weights, most_pairs=False)}


def _by_id(entity: Entity) -> str:
    return entity.id


def _names(entity: Entity) -> set[str]:
    return {" ".join(name.casefold().split()) for name in (entity.name, *entity.aliases)}


def _mentioned_together(predicted: Article, gold: Article) -> dict[str, dict[str, float]]:
    """For each predicted and each gold entity, how many mentions they share, partly shared ones counting in part."""
    together: dict[str, dict[str, float]] = defaultdict(dict)
    for one, two in _overlapping(predicted.mentions, gold.mentions):
        ours, theirs = predicted.mentions[one], gold.mentions[two]
        shared = share_of_place((ours.span,), (theirs.span,))
        together[ours.entity][theirs.entity] = together[ours.entity].get(theirs.entity, 0.0) + shared
    return together


# The solver.

_STEP: Final = 1e-4
"""By how much less the second part of a weight counts than the first, and the third than the second."""


def _optimal(weights: Mapping[_Pair, _Weight], *, most_pairs: bool = True) -> list[_Pair]:
    """Choose pairs, one to one: as many as possible if asked for, and then of the greatest weight together."""
    single = {pair: first + _STEP * (second + _STEP * third) for pair, (first, second, third) in weights.items()}
    # One more pair is worth more than all that the others can weigh.
    bonus = (1 + sum(single.values())) if most_pairs else 0.0
    chosen: list[_Pair] = []
    for group in _connected(list(single)):
        chosen += _solved({pair: single[pair] + bonus for pair in group})
    return sorted(chosen)


def _connected(pairs: list[_Pair]) -> Iterable[list[_Pair]]:
    """Part the pairs into groups that share no record, so that each is a small problem."""
    if not pairs:
        return ()
    sparse, graphs = need("scipy.sparse", "score"), need("scipy.sparse.csgraph", "score")
    rows, columns = zip(*pairs, strict=True)
    first_column = max(rows) + 1
    size = first_column + max(columns) + 1
    links = sparse.coo_matrix(([1] * len(pairs), (rows, [first_column + column for column in columns])), (size, size))
    labels = graphs.connected_components(links, directed=False)[1].tolist()
    groups: dict[int, list[_Pair]] = defaultdict(list)
    for pair in pairs:
        groups[labels[pair[0]]].append(pair)
    return groups.values()


def _solved(weights: Mapping[_Pair, float]) -> list[_Pair]:
    if len(weights) == 1:
        return list(weights)
    rows, columns = sorted({one for one, _ in weights}), sorted({two for _, two in weights})
    matrix = [[weights.get((one, two), 0.0) for two in columns] for one in rows]
    solution = need("scipy.optimize", "score").linear_sum_assignment(matrix, maximize=True)
    pairs = [(rows[row], columns[column]) for row, column in zip(*solution, strict=True)]
    return [pair for pair in pairs if pair in weights]
