"""Pairing the records of a predicted article with those of a gold article.

Here: the options of matching, candidates and their weights, entities, and the pairs of every layer.
Not here: similarity itself (`similarity.py`), the assignment (`assignment.py`), and counting (`scores.py`).

Two records are a candidate pair if their similarity reaches the threshold. The weight of a pair is the distance of its
similarity from the threshold, and the pairs with the greatest total weight are chosen. A pair that barely qualifies has
almost no weight, so it never separates two records that match well.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import eq
from typing import Any, Final, Literal, TypeAlias, get_args

import attrs

from oped_dataset.errors import NotComparable
from oped_dataset.messages import quoted
from oped_dataset.model.article import EVIDENCED, TABLES, Article
from oped_dataset.model.records import Argument, Entity, evidence_of
from oped_dataset.model.stretches import Stretches
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
"""The criterion for pairs: place and content, equal places, or overlap of places."""

Align: TypeAlias = Literal["records", "sentences"]
"""Whether pairs are one to one, or several predicted records can match one gold record of the same sentences."""

MATCHES: Final[tuple[str, ...]] = get_args(Match)
ALIGNS: Final[tuple[str, ...]] = get_args(Align)

_GISTS: Final = frozenset({"events", "claims"})

_ORDER: Final = ("times", "quantities", "events", "relations", "claims", "quotations")
"""The layers after the mentions, ordered so that records are paired after those to which they refer."""

_CANDIDATES: Final = 100_000
_CANDIDATES_EACH: Final = 50
"""The most pairs of records of a layer that are compared, and the number added for each record."""

_DEEPEST: Final = 100
"""The most arguments of a chain of undercuts that are compared."""

_LEVEL: Final = 2**40
"""The factor by which one step of similarity outweighs all equal labels, and these outweigh all equal ids."""


@attrs.frozen
class Pair:
    """A predicted record and the gold record that it matches.

    Attributes:
        predicted: The predicted record.
        gold: The gold record.
        similarity: Their similarity, from 0 to 1.
        first: Whether this pair counts the gold record as found; False for further records that match it.
    """

    predicted: Any
    gold: Any
    similarity: float
    first: bool = True


@attrs.frozen(kw_only=True)
class Way:
    """The options of matching.

    Attributes:
        match: The criterion for pairs.
        align: Whether several predicted records can match one gold record.
        threshold: The least similarity of a pair.
        similarity: Compares claims and events; None for the trigrams of their gists.
    """

    match: Match = "graded"
    align: Align = "records"
    threshold: float = 0.5
    similarity: Similarity | None = None


@attrs.frozen
class Pairing:
    """The pairs of a predicted article and a gold article.

    Attributes:
        links: The gold ids for the predicted ones.
        pairs: The pairs of each layer, in the order of the predicted records.
    """

    links: Links
    pairs: Mapping[str, tuple[Pair, ...]]


def pair(predicted: Article, gold: Article, way: Way, layers: Iterable[str]) -> Pairing:
    """Find the pairs of the given layers and of those on which they depend.

    Raises:
        NotComparable: Sentences are to be aligned, and the gold article has none; or so many records share a place or a
            name that pairing them would take quadratic time.
        InvalidRecord: The given similarity does not return a value from 0 to 1 for each pair.
    """
    if way.align == "sentences" and not gold.source.sentences:
        raise NotComparable(f"{quoted(gold.id)} has no sentences to align; add them with fingerprint(text)")
    wanted = {*layers, "mentions"} | ({"claims"} if "arguments" in layers else set())
    pairs: dict[str, tuple[Pair, ...]] = {}
    gold_of: dict[str, dict[str, str]] = {}

    def keep(layer: str, found: Sequence[Pair]) -> None:
        pairs[layer] = tuple(found)
        gold_of[layer] = _ids_of(found)

    # Names distinguish mentions with the same place, and mentions then align the entities.
    named = Links({"entities": _ids_of(_pair_entities(predicted, gold, ()))})
    mentions = _pair_records("mentions", predicted, gold, way, named)
    keep("entities", _pair_entities(predicted, gold, mentions))
    keep("mentions", mentions)
    for layer in _ORDER:
        keep(layer, _pair_records(layer, predicted, gold, way, Links(gold_of)) if layer in wanted else ())
    keep("arguments", _pair_arguments(predicted, gold, Links(gold_of)))
    return Pairing(Links(gold_of), {layer: pairs[layer] for layer in TABLES})


def identical(predicted: Article, gold: Article) -> Pairing:
    """Pair an article with the one from which it was made, with the same records in the same order."""
    pairs = {
        layer: tuple(Pair(*both, 1.0) for both in zip(predicted.tables[layer], gold.tables[layer], strict=True))
        for layer in TABLES
    }
    return Pairing(Links({layer: _ids_of(found) for layer, found in pairs.items()}), pairs)


def _ids_of(pairs: Iterable[Pair]) -> dict[str, str]:
    return {each.predicted.id: each.gold.id for each in pairs}


# Records with spans.


def _pair_records(layer: str, predicted: Article, gold: Article, way: Way, links: Links) -> list[Pair]:
    ours, theirs = tuple(predicted.tables[layer]), tuple(gold.tables[layer])
    if not ours or not theirs:
        return []
    places = [[place_of(evidence_of(record)) for record in table] for table in (ours, theirs)]
    if way.align == "sentences" and layer in EVIDENCED:
        limit = Limit(layer, len(ours) + len(theirs))
        places = [_widen(table, gold, limit) for table in places]
    content = _choose_content(layer, ours, theirs, way, links)
    similar = _find_candidates(layer, places[0], places[1], content, way)
    contenders = Counter(two for row in similar for two in row)

    def weight(one: int, two: int) -> int:
        """Weigh a pair. A pair without a rival is chosen at any weight."""
        if len(similar[one]) == contenders[two] == 1:
            return 1
        # Weights are integers, so that ties are exact on every machine.
        above = round((similar[one][two] - rounded(way.threshold)) * STEPS) + 1
        closeness = round(content(one, two) * STEPS) if content is not None else 0
        common = agreement(layer, ours[one], theirs[two], links)
        same_id = int(ours[one].id == theirs[two].id)
        return ((above * _LEVEL + closeness) * _LEVEL + common) * _LEVEL + same_id

    rows = [{two: weight(one, two) for two in row} for one, row in enumerate(similar)]
    chosen = {one: (two, True) for one, two in assign(rows)}
    if way.align == "sentences":
        # An unpaired record matches the most similar gold record, which is already paired with another.
        for one, row in enumerate(similar):
            if row and one not in chosen:
                chosen[one] = max(row, key=row.__getitem__), False
    return [Pair(ours[one], theirs[two], similar[one][two], first) for one, (two, first) in sorted(chosen.items())]


def _widen(places: Iterable[Place], gold: Article, limit: Limit) -> list[Place]:
    """Extend places to the whole sentences of the gold article; a place outside all sentences is unchanged."""
    spans = [sentence.span for sentence in gold.source.sentences]
    index = Stretches((span.start, span.end) for span in spans)
    widened = []
    for place in places:
        numbers = {number for start, end in place for number in index.touching(start, end)}
        limit.take(len(numbers))
        widened.append(place_of(spans[number] for number in numbers) or place)
    return widened


Content: TypeAlias = Callable[[int, int], float]
"""Takes the numbers of a predicted and a gold record, and returns the similarity of their content."""


def _choose_content(layer: str, ours: Sequence[Any], theirs: Sequence[Any], way: Way, links: Links) -> Content | None:
    """Return the similarity of content in a layer; None for layers that are compared by place only."""
    if layer == "relations":
        parts = [triple(each, links.predicted) for each in ours], [triple(each, links.gold) for each in theirs]
        return lambda one, two: sum(map(eq, parts[0][one], parts[1][two])) / 3
    if layer not in _GISTS:
        return None
    if way.similarity is not None:
        matrix = matrix_of(way.similarity, ours, theirs)
        return lambda one, two: matrix[one][two]
    words = [trigrams(each.gist) for each in ours], [trigrams(each.gist) for each in theirs]
    return lambda one, two: set_similarity(words[0][one], words[1][two])


class Limit:
    """Rejects articles that would take quadratic time, such as those with thousands of records at one place."""

    def __init__(self, layer: str, records: int) -> None:
        self._layer = layer
        self._left = _CANDIDATES + _CANDIDATES_EACH * records

    def take(self, number: int) -> None:
        """Count pairs to be compared."""
        self._left -= number
        if self._left < 0:
            message = f"too many {self._layer} share a place or a name to be paired"
            raise NotComparable(f"{message}; the limit is {_CANDIDATES} pairs plus {_CANDIDATES_EACH} for each record")


def _find_candidates(
    layer: str, ours: Sequence[Place], theirs: Sequence[Place], content: Content | None, way: Way
) -> list[dict[int, float]]:
    """Find for each predicted record the gold records whose similarity reaches the threshold."""
    stretches = [(start, end, number) for number, place in enumerate(theirs) for start, end in place]
    index = Stretches((start, end) for start, end, _ in stretches)
    least = least_place(way.threshold) if content is not None and way.match == "graded" else way.threshold
    found: list[dict[int, float]] = []
    limit = Limit(layer, len(ours) + len(theirs))
    for one, place in enumerate(ours):
        # Records without a common character have similarity 0, so only touching ones are compared.
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


def _pair_entities(predicted: Article, gold: Article, mentions: Iterable[Pair]) -> list[Pair]:
    """Pair the entities, one to one, by common mentions and names."""
    ours, theirs = predicted.entities, gold.entities
    # An article that breaks the rules may repeat an id, and the first entity counts.
    numbers = {entity.id: number for number, entity in reversed(list(enumerate(theirs)))}
    named: dict[str, list[int]] = defaultdict(list)
    for two, entity in enumerate(theirs):
        for name in _names(entity):
            named[name].append(two)
    shared: dict[str, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for each in mentions:
        if each.gold.entity in numbers:
            shared[each.predicted.entity][numbers[each.gold.entity]] += 1
    limit = Limit("entities", len(ours) + len(theirs))
    rows = []
    for entity in ours:
        limit.take(sum(len(named.get(name, ())) for name in _names(entity)) + len(shared[entity.id]))
        namesakes = {two for name in _names(entity) for two in named.get(name, ())}
        common = shared[entity.id]
        rows.append(
            {
                two: ((common.get(two, 0) + (two in namesakes)) * _LEVEL + (entity.kind is theirs[two].kind)) * _LEVEL
                + (entity.id == theirs[two].id)
                for two in sorted(namesakes | common.keys())
            }
        )
    return [Pair(ours[one], theirs[two], 1.0) for one, two in assign(rows)]


def _names(entity: Entity) -> set[str]:
    return {" ".join(name.casefold().split()) for name in (entity.name, *entity.aliases)}


# Arguments.


def _pair_arguments(predicted: Article, gold: Article, links: Links) -> list[Pair]:
    """Pair the arguments with the same premise and conclusion, and the undercuts of such arguments."""
    by_ends: dict[tuple[Any, ...], list[tuple[int, Argument]]] = defaultdict(list)
    for number, argument in enumerate(gold.arguments):
        by_ends[_ends(argument, gold, links.gold)].append((number, argument))
    rows: list[dict[int, int]] = []
    limit = Limit("arguments", len(predicted.arguments) + len(gold.arguments))
    for argument in predicted.arguments:
        candidates = by_ends.get(_ends(argument, predicted, links.predicted), ())
        limit.take(len(candidates))
        rows.append(
            {two: _LEVEL + 2 * (argument.kind is other.kind) + (argument.id == other.id) for two, other in candidates}
        )
    return [Pair(predicted.arguments[one], gold.arguments[two], 1.0) for one, two in assign(rows)]


def _ends(argument: Argument, article: Article, view: View) -> tuple[Any, ...]:
    """Return the premise and conclusion of an argument; of an undercut, also those of the argument it attacks."""
    # Undercuts in an article that breaks the rules can attack each other in a circle.
    ends, passed = [view("claims", argument.source)], {argument.id}
    target = argument.target
    while target in article.arguments and target not in passed and len(ends) < _DEEPEST:
        passed.add(target)
        ends.append(view("claims", article.arguments[target].source))
        target = article.arguments[target].target
    return (*ends, None if target in passed else view("claims", target))
