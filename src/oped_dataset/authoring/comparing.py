"""Two annotations of one text side by side: which records of theirs are the same, and in what they differ.

Here: `compare_annotations`, the list to adjudicate, and giving the second annotation the ids of the first.
Not here: the figures (`agreement.py`) and applying decisions (`adjudicating.py`).

Two annotators give their own ids, to entities too. Entities are paired by the places of their mentions, and without
mentions by id or name; all other records by their places, and arguments by what they join. From then on the second
annotation speaks in the ids of the first, so that references can be compared.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any, Final

import attrs

from oped_dataset.arguments import argument
from oped_dataset.authoring.agreement import (
    LABELS,
    Figure,
    Place,
    Row,
    layer_figures,
    link_figures,
    match,
    token_figures,
    with_labels,
)
from oped_dataset.authoring.drafts import Draft
from oped_dataset.codec import wire
from oped_dataset.errors import NotComparable
from oped_dataset.messages import quoted
from oped_dataset.model.article import PLACED, TABLES, Article
from oped_dataset.model.records import (
    Argument,
    Mention,
    Quantity,
    Quotation,
    Span,
    TimeExpression,
    evidence_of,
)
from oped_dataset.model.tables import Record
from oped_dataset.scoring.assignment import assign
from oped_dataset.text.canonical import normalise
from oped_dataset.validation.rules import references

LAYERS: Final = {
    "entities": "entity",
    "quantities": "quantity",
    **{table: table.removesuffix("s") for table in TABLES if not table.endswith("ies")},
}
"""The name of a layer by its table."""

_FREE: Final = frozenset({"id", "gist", "name", "aliases", "description", "of"})
"""Fields in which two annotators never have the same words, so that a difference in them is not listed by itself."""

_SETS: Final = frozenset({"about", "claims", "events", "relations", "quantities", "participants", "identifiers"})
"""Fields whose values have no order."""

_TOKEN: Final = re.compile(r"\w+|[^\w\s]")
_ID, _NAME, _MENTIONS = 4, 2, 12
"""What an equal id, an equal name and equal mentions weigh where entities are paired: mentions outweigh the others."""


@attrs.frozen(kw_only=True)
class Disagreement:
    """A record that only one annotator has, or that they label differently.

    Attributes:
        id: By which a decision is given: the id A gave the record, or for one of B alone the id it gets beside A's.
        layer: The kind of record, such as `claim`.
        place: From its first to its last character in A, or else in B; None for an entity. An argument stands where
            its source stands.
        a: A's record, or None.
        b: B's record, in the ids of A, or None.
        labels: The fields that differ, each with both values as in a file; empty where one has no record.
    """

    id: str
    layer: str
    place: Span | None
    a: Record | None
    b: Record | None
    labels: dict[str, tuple[Any, Any]]

    @property
    def spots(self) -> list[int] | None:
        """The place as two numbers for a file."""
        return None if self.place is None else [self.place.start, self.place.end]

    @property
    def words(self) -> tuple[str, str]:
        """A's side and B's side, each on one line, as the labels that differ, the record, or "none"."""
        return self._side(self.a, 0), self._side(self.b, 1)

    def _side(self, record: Record | None, side: int) -> str:
        if record is None:
            return "none"
        if self.labels:
            return "; ".join(f"{name} {_shown(values[side])}" for name, values in self.labels.items())
        if isinstance(record, Argument):
            return f"{record.source} -> {record.target}: {record.kind}"
        if isinstance(record, (Mention, TimeExpression, Quantity, Quotation)):
            return "; ".join(f"{name} {_shown(getattr(record, name))}" for name in LABELS[self.layer])
        return repr(record)


@attrs.frozen(kw_only=True, repr=False)
class AnnotationComparison:
    """Two annotations of one text.

    Attributes:
        a: The first.
        b: The second, in the ids of the first.
        disagreements: What is to be adjudicated, in the order of the tables and then of the text.
        agreement: The figures of agreement.
    """

    a: Article
    b: Article
    disagreements: tuple[Disagreement, ...]
    agreement: tuple[Figure, ...]

    def __repr__(self) -> str:
        """Show how much is to be adjudicated."""
        return f"<AnnotationComparison of {self.a.id}: {len(self.disagreements)} disagreements>"

    def rows(self) -> list[dict[str, Any]]:
        """The disagreements for a team to decide: layer, place, both sides, and room for decision, reason and rule."""
        return [
            {
                "id": each.id,
                "layer": each.layer,
                "place": each.spots,
                **dict(zip("ab", each.words, strict=True)),
                "decision": None,
                "reason": None,
                "rule": None,
            }
            for each in self.disagreements
        ]


def compare_annotations(a: Article | Draft, b: Article | Draft, *, text: str | None = None) -> AnnotationComparison:
    """Compare two annotations of the same text, drafts included: what to adjudicate, and how far the two agree.

    Args:
        a: The first annotation, an article or a draft, which may break rules; proposals do not count.
        b: The second.
        text: The text, where neither article holds it; it is needed for the figures of tokens alone.

    Returns:
        The list to adjudicate and the figures of agreement, those of the data card.

    Raises:
        NotComparable: They are not of one text, or one has an id twice.
        MissingExtra: The extra `agreement` is not installed.
        InvalidRecord: One of them is neither an article nor a draft.
    """
    first, second, disagreements = compare_records(a, b)
    figures = tuple(_figures(first, second, text))
    return AnnotationComparison(a=first, b=second, disagreements=disagreements, agreement=figures)


def compare_records(a: Article | Draft, b: Article | Draft) -> tuple[Article, Article, tuple[Disagreement, ...]]:
    """Both annotations, the second in the ids of the first, and what they disagree about.

    Raises:
        NotComparable: They are not of one text, or one has an id twice.
        InvalidRecord: One of them is neither an article nor a draft.
    """
    a, b = (_article(name, each) for name, each in (("a", a), ("b", b)))
    if a.source.sha256 != b.source.sha256:
        raise NotComparable(
            f"{quoted(a.id)} and {quoted(b.id)} are not annotations of one text: the SHA-256 of their texts differ"
        )
    # Whatever refers to entities can only be compared once both call them the same.
    named = _renamed(b, _ids(a, b, _entity_pairs(_rows(a), _rows(b))))
    renamed = _renamed(named, _ids(a, named, _pairs(a, named)))
    return a, renamed, tuple(_disagreements(a, renamed))


def _article(name: str, given: Article | Draft) -> Article:
    argument(name, given, (Article, Draft), "an Article or a Draft")
    article = given.article if isinstance(given, Draft) else given
    ids = [record for table in article.tables.values() for record in table.ids]
    if len(set(ids)) != len(ids):
        raise NotComparable(f"{name} has an id twice; `validate` lists such ids")
    return article


def _ids(a: Article, b: Article, pairs: Mapping[str, str]) -> dict[str, str]:
    """An id beside those of A for every record of B: that of its partner, else its own where A has no such id."""
    ids = dict(pairs)
    taken = {*pairs.values(), *(record for table in a.tables.values() for record in table.ids)}
    for record in (record for table in b.tables.values() for record in table.ids if record not in pairs):
        number, ids[record] = 2, record
        while ids[record] in taken:
            ids[record], number = f"{record}-b" if number == 2 else f"{record}-b-{number - 1}", number + 1
        taken.add(ids[record])
    return ids


def _renamed(article: Article, ids: Mapping[str, str]) -> Article:
    data = wire.to_data(article)
    for place, _, _ in references(article):
        *path, last = place
        holder: Any = data
        for step in path:
            holder = holder[step]
        holder[last] = ids.get(holder[last], holder[last])
    for table in TABLES:
        for row in data[table]:
            row["id"] = ids[row["id"]]
    return wire.from_data(data)


# Which records are the same.


def _pairs(a: Article, b: Article) -> dict[str, str]:
    """The ids of A by those of the same records of B, which calls the entities as A does."""
    one, two = _rows(a), _rows(b)
    ids = {entity: entity for entity in b.entities.ids}
    for table in PLACED:
        layer = LAYERS[table]
        ids |= {second["id"]: first["id"] for first, second in match(one[layer], two[layer])}
    return ids | _argument_pairs(a, b, ids)


def _rows(article: Article) -> dict[str, list[Row]]:
    """The records as plain data by layer, those with a place with what figures are made of."""
    data = wire.to_data(article)
    found = {LAYERS[table]: data[table] for table in ("entities", "arguments")}
    for table in PLACED:
        layer = LAYERS[table]
        found[layer] = [
            with_labels(row, layer, ((span["start"], span["end"]) for span in row.get("evidence") or [row["span"]]))
            for row in data[table]
        ]
    for voice in (voice for claim in found["claim"] for voice in claim["voices"]):
        voice["cue"] = voice["cue"] and (voice["cue"]["start"], voice["cue"]["end"])
    return found


def _entity_pairs(one: Mapping[str, list[Row]], two: Mapping[str, list[Row]]) -> dict[str, str]:
    common: dict[tuple[str, str], int] = defaultdict(int)
    mentions = [[{**row, "entity": None} for row in side["mention"]] for side in (one, two)]
    owners = [{row["id"]: row["entity"] for row in side["mention"]} for side in (one, two)]
    for first, second in match(*mentions):
        common[owners[0][first["id"]], owners[1][second["id"]]] += 1
    counts = [
        [list(owner.values()).count(row["id"]) for row in side["entity"]]
        for owner, side in zip(owners, (one, two), strict=True)
    ]
    edges = []
    for row, first in enumerate(one["entity"]):
        weights = {}
        for column, second in enumerate(two["entity"]):
            # The share of their mentions that they have in common (Dice).
            shared = 2 * common[first["id"], second["id"]] / max(1, counts[0][row] + counts[1][column])
            alike = _ID * (first["id"] == second["id"]) + _NAME * (_name(first) == _name(second))
            if shared or alike:
                weights[column] = round(1000 * (_MENTIONS * shared + alike))
        edges.append(weights)
    return {two["entity"][column]["id"]: one["entity"][row]["id"] for row, column in assign(edges)}


def _name(entity: Row) -> str:
    return normalise(entity["name"]).casefold()


def _argument_pairs(a: Article, b: Article, ids: Mapping[str, str]) -> dict[str, str]:
    """Arguments are the same that join the same records; what undercuts joins one to another argument."""
    known, found = dict(ids), dict[str, str]()
    waiting = list(b.arguments)
    while True:
        ends: dict[tuple[str, str], list[Any]] = defaultdict(list)
        for each in a.arguments:
            if each.id not in found.values():
                ends[each.source, each.target].append(each)
        new = {}
        for each in waiting:
            alike = ends[known.get(each.source, ""), known.get(each.target, "")]
            if alike:
                best = min(alike, key=lambda other: other.kind != each.kind)
                alike.remove(best)
                new[each.id] = best.id
        if not new:
            return found
        found |= new
        known |= new
        waiting = [each for each in waiting if each.id not in new]


# In what they differ.


def _disagreements(a: Article, b: Article) -> Iterator[Disagreement]:
    one, two = wire.to_data(a), wire.to_data(b)
    for table, layer in ((table, LAYERS[table]) for table in TABLES):
        sides = [{row["id"]: row for row in data[table]} for data in (one, two)]
        found = []
        for record in dict.fromkeys((*sides[0], *sides[1])):
            first, second = (side.get(record) for side in sides)
            labels = dict(_labels(first, second)) if first is not None and second is not None else {}
            if labels or first is None or second is None:
                records = [article.tables[table][record] if row else None for article, row in ((a, first), (b, second))]
                owner, kept = (a, records[0]) if records[0] is not None else (b, records[1])
                place = _place(owner, kept)
                found.append(
                    Disagreement(id=record, layer=layer, place=place, a=records[0], b=records[1], labels=labels)
                )
        yield from sorted(found, key=lambda each: (each.place is not None, each.place or Span(0, 1)))


def _labels(one: Row, two: Row) -> Iterator[tuple[str, tuple[Any, Any]]]:
    for name in one:
        first, second = (_plain(name, row[name]) for row in (one, two))
        # The words of a quotation follow from its place.
        if name in _FREE or first == second or (name == "text" and one["span"] != two["span"]):
            continue
        if name == "voices" and [each["source"] for each in first] == [each["source"] for each in second]:
            for depth, voices in enumerate(zip(first, second, strict=True)):
                for part, (left, right) in _labels(*voices):
                    yield f"voices.{depth}.{part}", (left, right)
        else:
            yield name, (first, second)


def _plain(name: str, value: Any) -> Any:
    return sorted(value, key=str) if name in _SETS else value


def _shown(value: Any) -> str:
    """A value of a file in a few words: a place as two numbers, a chain by its sources."""
    if isinstance(value, list):
        return ", ".join(map(_shown, value)) or "none"
    if isinstance(value, dict):
        if "start" in value:
            return f"{value['start']}–{value['end']}"
        return (
            f"{value['source']} ({value['commitment']})"
            if "commitment" in value
            else " ".join(map(str, value.values()))
        )
    return "none" if value is None else str(value)


def _place(article: Article, record: Any) -> Span | None:
    if record.id in article.arguments:
        record = next((claim for claim in article.claims if claim.id == record.source), record)
    spans = evidence_of(record)
    return Span(spans[0].start, spans[-1].end) if spans else None


# How far they agree.


def _figures(a: Article, b: Article, text: str | None) -> Iterator[Figure]:
    one, two = _rows(a), _rows(b)
    sentences = [_pair(each.span) for each in a.source.sentences or b.source.sentences] or [(0, a.source.length)]
    words = text or a.source.text or b.source.text or ""
    tokens = [found.span() for found in _TOKEN.finditer(words)]
    for layer in LABELS:
        yield from layer_figures(layer, one[layer], two[layer], sentences)
    yield from token_figures(one["claim"], two["claim"], sentences, tokens)
    yield from link_figures(
        *({(row["source"], row["target"]): row["kind"] for row in side["argument"]} for side in (one, two))
    )


def _pair(span: Span) -> Place:
    return span.start, span.end
