"""Which record of one article answers to which of another.

Here: the ways to match, candidates and their weights, entities, and the pairs of every layer.
Not here: similarity itself (`similarity.py`), the assignment (`assignment.py`), and what is counted over the pairs
(`scores.py`).

Two records are a candidate pair where their similarity reaches the threshold. A pair weighs by how far its similarity
lies above the threshold, and the pairs of greatest total weight are formed. A pair that only just qualifies thus weighs
next to nothing, and never parts two records that fit well.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final, Literal, TypeAlias, get_args

import attrs

from oped_dataset.errors import NotComparable
from oped_dataset.messages import quoted
from oped_dataset.model.article import EVIDENCED, TABLES, Article
from oped_dataset.model.records import Argument, Entity, evidence_of
from oped_dataset.model.stretches import Stretches
from oped_dataset.model.tables import Record
from oped_dataset.scoring.assignment import assign
from oped_dataset.scoring.counts import STEPS, rounded
from oped_dataset.scoring.labels import Links, View, agreement, triple
from oped_dataset.scoring.similarity import (
    Place,
    Similarity,
    joined,
    least_place,
    matrix_of,
    place_of,
    place_similarity,
    set_similarity,
    trigrams,
)

Match: TypeAlias = Literal["graded", "exact", "overlap"]
"""By what records are paired: place and content, the same place only, or how much their places overlap."""

Align: TypeAlias = Literal["records", "sentences"]
"""Whether pairs are one to one, or several predicted records may answer to one gold record of the same sentences."""

MATCHES: Final[tuple[str, ...]] = get_args(Match)
ALIGNS: Final[tuple[str, ...]] = get_args(Align)

_GISTS: Final = frozenset({"events", "claims"})

_ORDER: Final = ("times", "quantities", "events", "relations", "claims", "quotations")
"""The layers after the mentions, in an order in which what a record refers to is paired before it."""

_CANDIDATES: Final = 100_000
_CANDIDATES_EACH: Final = 50
"""So many pairs of records of a layer are compared at most, and so many more for each record."""

_DEEPEST: Final = 100
"""Of a longer chain of arguments that undercut each other the first ones are compared."""

_LEVEL: Final = 2**40
"""One step of a similarity outweighs all agreement of all records, and that outweighs all equal ids."""


@attrs.frozen
class Pair:
    """A predicted record and the gold record it answers to.

    Attributes:
        predicted: The predicted record.
        gold: The gold record.
        similarity: How similar they are, from 0 to 1.
        first: Whether the gold record counts as found by this pair; not by the others that answer to it too.
    """

    predicted: Any
    gold: Any
    similarity: float
    first: bool = True


@attrs.frozen(kw_only=True)
class Way:
    """How two articles are matched.

    Attributes:
        match: By what records are paired.
        align: Whether several predicted records may answer to one gold record.
        threshold: The least similarity of a pair.
        similarity: Compares the records of a layer that have gists; None for the words of the gists.
    """

    match: Match = "graded"
    align: Align = "records"
    threshold: float = 0.5
    similarity: Similarity | None = None


@attrs.frozen
class Pairing:
    """How a predicted article answers to a gold one.

    Attributes:
        links: Which gold record each predicted one is.
        pairs: The pairs of each layer, in the order of the predicted records.
    """

    links: Links
    pairs: Mapping[str, tuple[Pair, ...]]


def pair(predicted: Article, gold: Article, way: Way, layers: Iterable[str]) -> Pairing:
    """Find the pairs of the given layers, and of those they depend on.

    Raises:
        NotComparable: Sentences are to be aligned, and the gold article has none; or so many records stand at the same
            places or are called alike that to pair them would take the square of their number.
        InvalidRecord: The similarity given is not a value from 0 to 1 for each pair.
    """
    if way.align == "sentences" and not gold.source.sentences:
        raise NotComparable(f"{quoted(gold.id)} has no sentences to align; make them with fingerprint(text)")
    wanted = {*layers, "mentions"} | ({"claims"} if "arguments" in layers else set())
    pairs: dict[str, tuple[Pair, ...]] = {}
    gold_of: dict[str, dict[str, str]] = {}

    def keep(layer: str, found: Sequence[Pair]) -> None:
        pairs[layer] = tuple(found)
        gold_of[layer] = _ids_of(found)

    # Mentions that share a place are told apart by the names of their entities, and entities by their mentions.
    named = Links({"entities": _ids_of(_entities(predicted, gold, ()))})
    mentions = _records("mentions", predicted, gold, way, named)
    keep("entities", _entities(predicted, gold, mentions))
    keep("mentions", mentions)
    for layer in _ORDER:
        keep(layer, _records(layer, predicted, gold, way, Links(gold_of)) if layer in wanted else ())
    keep("arguments", _arguments(predicted, gold, Links(gold_of)))
    return Pairing(Links(gold_of), {layer: pairs[layer] for layer in TABLES})


def identical(predicted: Article, gold: Article) -> Pairing:
    """Pair an article with the one it was made of, of which it has all records in the same order."""
    pairs = {
        layer: tuple(Pair(*both, 1.0) for both in zip(predicted.tables[layer], gold.tables[layer], strict=True))
        for layer in TABLES
    }
    return Pairing(Links({layer: _ids_of(found) for layer, found in pairs.items()}), pairs)


def _ids_of(pairs: Iterable[Pair]) -> dict[str, str]:
    return {each.predicted.id: each.gold.id for each in pairs}


# Records with places.


def _records(layer: str, predicted: Article, gold: Article, way: Way, links: Links) -> list[Pair]:
    ours, theirs = tuple(predicted.tables[layer]), tuple(gold.tables[layer])
    if not ours or not theirs:
        return []
    widen = _widening(gold) if way.align == "sentences" and layer in EVIDENCED else None
    places = [[_place(record, widen) for record in table] for table in (ours, theirs)]
    content = _content(layer, ours, theirs, way, links)
    similar = _candidates(layer, places[0], places[1], content, way)
    contenders = Counter(two for row in similar for two in row)

    def weight(one: int, two: int) -> int:
        """A pair without a rival is formed whatever it weighs."""
        if len(similar[one]) == contenders[two] == 1:
            return 1
        above = round((similar[one][two] - rounded(way.threshold)) * STEPS) + 1
        closeness = round(content(one, two) * STEPS) if content is not None else 0
        common = agreement(layer, ours[one], theirs[two], links)
        same_id = int(ours[one].id == theirs[two].id)
        return ((above * _LEVEL + closeness) * _LEVEL + common) * _LEVEL + same_id

    rows = [{two: weight(one, two) for two in row} for one, row in enumerate(similar)]
    chosen = {one: (two, True) for one, two in assign(rows)}
    if way.align == "sentences":
        # Whatever is left over answers to the gold record it is most similar to, which another answers to already.
        for one, row in enumerate(similar):
            if row and one not in chosen:
                chosen[one] = max(row, key=row.__getitem__), False
    return [Pair(ours[one], theirs[two], similar[one][two], first) for one, (two, first) in sorted(chosen.items())]


def _place(record: Record, widen: Callable[[Place], Place] | None) -> Place:
    place = place_of(evidence_of(record))
    return widen(place) if widen is not None else place


def _widening(gold: Article) -> Callable[[Place], Place]:
    spans = [sentence.span for sentence in gold.source.sentences]
    index = Stretches((span.start, span.end) for span in spans)

    def widen(place: Place) -> Place:
        touched = {number for start, end in place for number in index.touching(start, end)}
        return place_of(spans[number] for number in touched) or place

    return widen


Content: TypeAlias = Callable[[int, int], float]


def _content(layer: str, ours: Sequence[Any], theirs: Sequence[Any], way: Way, links: Links) -> Content | None:
    """The similarity of what records say, given their numbers; None for records that only stand somewhere."""
    if layer == "relations":
        parts = [triple(each, links.predicted) for each in ours], [triple(each, links.gold) for each in theirs]
        return lambda one, two: sum(map(_equal, parts[0][one], parts[1][two])) / 3
    if layer not in _GISTS:
        return None
    if way.similarity is not None:
        matrix = matrix_of(way.similarity, ours, theirs)
        return lambda one, two: matrix[one][two]
    words = [trigrams(each.gist) for each in ours], [trigrams(each.gist) for each in theirs]
    return lambda one, two: set_similarity(words[0][one], words[1][two])


def _equal(one: object, two: object) -> bool:
    return one == two


class _Limit:
    """Refuses what would take the square of the number of records, such as thousands at one place."""

    def __init__(self, layer: str, records: int) -> None:
        self._layer = layer
        self._left = _CANDIDATES + _CANDIDATES_EACH * records

    def take(self, number: int) -> None:
        """Count pairs that are to be compared."""
        self._left -= number
        if self._left < 0:
            message = f"too many {self._layer} stand at the same places or are called alike to be paired"
            raise NotComparable(f"{message}; there may be {_CANDIDATES} pairs and {_CANDIDATES_EACH} for each record")


def _candidates(
    layer: str, ours: Sequence[Place], theirs: Sequence[Place], content: Content | None, way: Way
) -> list[dict[int, float]]:
    """For each predicted record, the gold records whose similarity reaches the threshold, with that similarity."""
    stretches = [(start, end, number) for number, place in enumerate(theirs) for start, end in place]
    index = Stretches((start, end) for start, end, _ in stretches)
    least = least_place(way.threshold) if content is not None and way.match == "graded" else way.threshold
    found: list[dict[int, float]] = []
    limit = _Limit(layer, len(ours) + len(theirs))
    for one, place in enumerate(ours):
        touching = {stretches[at][2] for start, end in place for at in index.touching(start, end)}
        limit.take(len(touching))
        row: dict[int, float] = {}
        for two in sorted(touching):
            value = float(place == theirs[two]) if way.match == "exact" else place_similarity(place, theirs[two])
            if value < least or not value:
                continue
            if content is not None and way.match == "graded":
                value = joined(value, content(one, two))
            if value and rounded(value) >= rounded(way.threshold):
                row[two] = rounded(value)
        found.append(row)
    return found


# Entities.


def _entities(predicted: Article, gold: Article, mentions: Iterable[Pair]) -> list[Pair]:
    """Align the entities, one to one: by the mentions they share, and by their names."""
    ours, theirs = predicted.entities, gold.entities
    numbers = {entity.id: number for number, entity in reversed(list(enumerate(theirs)))}
    named: dict[str, list[int]] = defaultdict(list)
    for two, entity in enumerate(theirs):
        for name in _names(entity):
            named[name].append(two)
    shared: dict[str, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for each in mentions:
        if each.gold.entity in numbers:
            shared[each.predicted.entity][numbers[each.gold.entity]] += 1
    limit = _Limit("entities", len(ours) + len(theirs))
    rows = []
    for entity in ours:
        limit.take(sum(len(named.get(name, ())) for name in _names(entity)) + len(shared[entity.id]))
        rows.append(_entity_row(entity, theirs, named, shared[entity.id]))
    return [Pair(ours[one], theirs[two], 1.0) for one, two in assign(rows)]


def _entity_row(
    entity: Entity, theirs: Sequence[Entity], named: Mapping[str, Sequence[int]], shared: Mapping[int, int]
) -> dict[int, int]:
    called = {two for name in _names(entity) for two in named.get(name, ())}
    return {
        two: ((shared.get(two, 0) + (two in called)) * _LEVEL + (entity.kind is theirs[two].kind)) * _LEVEL
        + (entity.id == theirs[two].id)
        for two in sorted(called | shared.keys())
    }


def _names(entity: Entity) -> set[str]:
    return {" ".join(name.casefold().split()) for name in (entity.name, *entity.aliases)}


# Arguments.


def _arguments(predicted: Article, gold: Article, links: Links) -> list[Pair]:
    """Pair the links between the same claims or, where they undercut, from the same claim to the same link."""
    by_ends: dict[tuple[Any, ...], list[tuple[int, Argument]]] = defaultdict(list)
    for number, argument in enumerate(gold.arguments):
        by_ends[_ends(argument, gold, links.gold)].append((number, argument))
    rows: list[dict[int, int]] = []
    limit = _Limit("arguments", len(predicted.arguments) + len(gold.arguments))
    for argument in predicted.arguments:
        candidates = by_ends.get(_ends(argument, predicted, links.predicted), ())
        limit.take(len(candidates))
        rows.append(
            {two: _LEVEL + 2 * (argument.kind is other.kind) + (argument.id == other.id) for two, other in candidates}
        )
    return [Pair(predicted.arguments[one], gold.arguments[two], 1.0) for one, two in assign(rows)]


def _ends(argument: Argument, article: Article, view: View) -> tuple[Any, ...]:
    """The claims between which an argument is drawn; of one that undercuts, also those of the argument it attacks."""
    ends, passed = [view("claims", argument.source)], {argument.id}
    target = argument.target
    while target in article.arguments and target not in passed and len(ends) < _DEEPEST:
        passed.add(target)
        ends.append(view("claims", article.arguments[target].source))
        target = article.arguments[target].target
    return (*ends, None if target in passed else view("claims", target))
