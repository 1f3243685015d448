"""Comparing two annotations of one text: pairing their records, and listing the differences.

Here: `compare_annotations`, the list to adjudicate, and renaming the ids of the second annotation to those of the
first.
Not here: the figures (`agreement.py`) and applying decisions (`adjudicating.py`).

Annotators choose ids independently, for entities too. Entities are paired by the spans of their mentions or, without
mentions, by id or name; arguments by the records that they join; all other records by their spans. The second
annotation then receives the ids of the first, so that references can be compared.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from typing import Any, Final

import attrs

from oped_dataset.authoring.agreement import (
    LABELS,
    Figure,
    Row,
    argument_figures,
    layer_figures,
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
from oped_dataset.scoring.matching import Limit
from oped_dataset.text.canonical import normalise
from oped_dataset.validation.rules import references

LAYERS: Final = {
    "entities": "entity",
    "quantities": "quantity",
    **{table: table.removesuffix("s") for table in TABLES if not table.endswith("ies")},
}
"""The name of the layer of each table."""

_FREE: Final = frozenset({"id", "gist", "name", "aliases", "description", "of"})
"""Fields that two annotators always word differently, so that a difference in them alone is not a disagreement."""

_SETS: Final = frozenset({"about", "claims", "events", "relations", "quantities", "participants", "identifiers"})
"""Fields whose values have no order."""

_TOKEN: Final = re.compile(r"\w+|[^\w\s]")
_ID, _NAME, _MENTIONS = 4, 2, 12
"""The weights of an equal id, an equal name and equal mentions in pairing entities; mentions outweigh the others."""


@attrs.frozen(kw_only=True)
class Disagreement:
    """A record that only one annotator has, or that they label differently.

    Attributes:
        id: The id for the decision: that of the record in A or, for a record of B alone, one that A does not use.
        layer: The kind of record, such as `claim`.
        place: The span from its first to its last character in A, or else in B; None for an entity. The place of an
            argument is that of its source.
        a: A's record, or None.
        b: B's record, with the ids of A, or None.
        labels: The fields that differ, each with both values as in a file; empty if one annotator lacks the record.
    """

    id: str
    layer: str
    place: Span | None
    a: Record | None
    b: Record | None
    labels: dict[str, tuple[Any, Any]]

    @property
    def spots(self) -> list[int] | None:
        """The place as a list of two offsets, for a file."""
        return None if self.place is None else [self.place.start, self.place.end]

    @property
    def words(self) -> tuple[str, str]:
        """The versions of A and B, each on one line with the labels that differ, the record, or "none"."""
        return self._side(self.a, 0), self._side(self.b, 1)

    def _side(self, record: Record | None, side: int) -> str:
        if record is None:
            return "none"
        if self.labels:
            return "; ".join(f"{name} {_format_value(values[side])}" for name, values in self.labels.items())
        if isinstance(record, Argument):
            return f"{record.source} -> {record.target}: {record.kind}"
        if isinstance(record, (Mention, TimeExpression, Quantity, Quotation)):
            return "; ".join(f"{name} {_format_value(getattr(record, name))}" for name in LABELS[self.layer])
        return repr(record)


@attrs.frozen(kw_only=True, repr=False)
class AnnotationComparison:
    """The comparison of two annotations of one text.

    Attributes:
        a: The first.
        b: The second, with the ids of the first.
        disagreements: The disagreements, in the order of the tables and then of the text.
        agreement: The figures of agreement.
    """

    a: Article
    b: Article
    disagreements: tuple[Disagreement, ...]
    agreement: tuple[Figure, ...]

    def __repr__(self) -> str:
        """Show the number of disagreements."""
        return f"<AnnotationComparison of {self.a.id}: {len(self.disagreements)} disagreements>"

    def rows(self) -> list[dict[str, Any]]:
        """Return the disagreements for adjudication: layer, place, both versions, and empty fields for the decision."""
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
    """Compare two annotations of the same text, drafts included: list disagreements and compute agreement.

    Args:
        a: The first annotation, an article or a draft, which may break rules; proposals are ignored.
        b: The second.
        text: The text, if neither article contains it; only the figures by token need it.

    Returns:
        The disagreements and the figures of agreement, which are those of the data card.

    Raises:
        NotComparable: They are not of the same text, or one has an id twice; or so many records share a place or a
            name that pairing them would take quadratic time.
        MissingExtra: The extra `agreement` is not installed.
    """
    first, second, disagreements = compare_records(a, b)
    figures = tuple(_figures(first, second, text))
    return AnnotationComparison(a=first, b=second, disagreements=disagreements, agreement=figures)


def compare_records(a: Article | Draft, b: Article | Draft) -> tuple[Article, Article, tuple[Disagreement, ...]]:
    """Return both annotations, the second with the ids of the first, and their disagreements.

    Raises:
        NotComparable: They are not of the same text, or one has an id twice.
    """
    a, b = (_article(name, each) for name, each in (("a", a), ("b", b)))
    if a.source.sha256 != b.source.sha256:
        raise NotComparable(
            f"{quoted(a.id)} and {quoted(b.id)} are not annotations of one text: the SHA-256 of their texts differ"
        )
    # References to entities can be compared only after both annotations use the same ids for entities.
    named = _rename(b, _choose_ids(a, b, _pair_entities(_rows(a), _rows(b))))
    renamed = _rename(named, _choose_ids(a, named, _pair_records(a, named)))
    return a, renamed, tuple(_find_disagreements(a, renamed))


def _article(name: str, given: Article | Draft) -> Article:
    article = given.article if isinstance(given, Draft) else given
    ids = [record for table in article.tables.values() for record in table.ids]
    if len(set(ids)) != len(ids):
        raise NotComparable(f"{name} has an id twice; `validate` lists such ids")
    return article


def _choose_ids(a: Article, b: Article, pairs: Mapping[str, str]) -> dict[str, str]:
    """Choose an id for every record of B: that of its partner in A, or else one that A does not use."""
    ids = dict(pairs)
    taken = {*pairs.values(), *(record for table in a.tables.values() for record in table.ids)}
    for record in (record for table in b.tables.values() for record in table.ids if record not in pairs):
        number, ids[record] = 2, record
        while ids[record] in taken:
            ids[record], number = f"{record}-b" if number == 2 else f"{record}-b-{number - 1}", number + 1
        taken.add(ids[record])
    return ids


def _rename(article: Article, ids: Mapping[str, str]) -> Article:
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


# Pairing records.


def _pair_records(a: Article, b: Article) -> dict[str, str]:
    """Return the ids of A by those of the same records of B, which already has A's ids of entities."""
    one, two = _rows(a), _rows(b)
    ids = {entity: entity for entity in b.entities.ids}
    for table in PLACED:
        layer = LAYERS[table]
        ids |= {second["id"]: first["id"] for first, second in match(one[layer], two[layer])}
    return ids | _pair_arguments(a, b, ids)


def _rows(article: Article) -> dict[str, list[Row]]:
    """Return the records as plain data by layer, those with spans prepared for the figures."""
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


def _pair_entities(one: Mapping[str, list[Row]], two: Mapping[str, list[Row]]) -> dict[str, str]:
    common: dict[tuple[str, str], int] = defaultdict(int)
    mentions = [[{**row, "entity": None} for row in side["mention"]] for side in (one, two)]
    owners = [{row["id"]: row["entity"] for row in side["mention"]} for side in (one, two)]
    for first, second in match(*mentions):
        common[owners[0][first["id"]], owners[1][second["id"]]] += 1
    counts = [Counter(owner.values()) for owner in owners]
    numbers = {second["id"]: column for column, second in enumerate(two["entity"])}
    partners: dict[str, list[int]] = defaultdict(list)
    for mine, other in common:
        if other in numbers:
            partners[mine].append(numbers[other])
    named: dict[str, list[int]] = defaultdict(list)
    for column, second in enumerate(two["entity"]):
        named[_name(second)].append(column)
    edges, limit = [], Limit("entities", len(one["entity"]) + len(two["entity"]))
    for first in one["entity"]:
        own, namesakes = first["id"], named[_name(first)]
        limit.take(len(namesakes))
        likely = {*namesakes, *partners[own], *([numbers[own]] if own in numbers else [])}
        weights = {}
        for column in sorted(likely):
            second = two["entity"][column]
            # The share of their mentions that they have in common (Dice coefficient).
            shared = 2 * common.get((own, second["id"]), 0) / max(1, counts[0][own] + counts[1][second["id"]])
            alike = _ID * (own == second["id"]) + _NAME * (_name(first) == _name(second))
            weights[column] = round(1000 * (_MENTIONS * shared + alike))
        edges.append(weights)
    return {two["entity"][column]["id"]: one["entity"][row]["id"] for row, column in assign(edges)}


def _name(entity: Row) -> str:
    return normalise(entity["name"]).casefold()


def _pair_arguments(a: Article, b: Article, ids: Mapping[str, str]) -> dict[str, str]:
    """Pair arguments that join the same records; undercuts come after the arguments to which they refer."""
    ends: dict[tuple[str, str], list[Argument]] = defaultdict(list)
    for each in a.arguments:
        ends[each.source, each.target].append(each)
    undercuts: dict[str, list[Argument]] = defaultdict(list)
    for each in b.arguments:
        undercuts[each.target].append(each)
    known, found = dict(ids), dict[str, str]()
    limit = Limit("arguments", len(a.arguments) + len(b.arguments))
    waiting = [each for each in b.arguments if each.target in known]
    for each in waiting:
        alike = ends[known.get(each.source, ""), known[each.target]]
        limit.take(len(alike))
        if alike:
            best = min(alike, key=lambda other: other.kind != each.kind)
            alike.remove(best)
            known[each.id] = found[each.id] = best.id
            waiting += undercuts[each.id]
    return found


# Finding differences.


def _find_disagreements(a: Article, b: Article) -> Iterator[Disagreement]:
    one, two = wire.to_data(a), wire.to_data(b)
    for table, layer in ((table, LAYERS[table]) for table in TABLES):
        sides = [{row["id"]: row for row in data[table]} for data in (one, two)]
        found = []
        for record in dict.fromkeys((*sides[0], *sides[1])):
            first, second = (side.get(record) for side in sides)
            labels = dict(_compare_labels(first, second)) if first is not None and second is not None else {}
            if labels or first is None or second is None:
                records = [article.tables[table][record] if row else None for article, row in ((a, first), (b, second))]
                owner, kept = (a, records[0]) if records[0] is not None else (b, records[1])
                place = _place(owner, kept)
                found.append(
                    Disagreement(id=record, layer=layer, place=place, a=records[0], b=records[1], labels=labels)
                )
        yield from sorted(found, key=lambda each: (each.place is not None, each.place or Span(0, 1)))


def _compare_labels(one: Row, two: Row) -> Iterator[tuple[str, tuple[Any, Any]]]:
    for name in one:
        first, second = (sorted(row[name], key=str) if name in _SETS else row[name] for row in (one, two))
        # The words of a quotation follow from its span.
        if name in _FREE or first == second or (name == "text" and one["span"] != two["span"]):
            continue
        if name == "voices" and [each["source"] for each in first] == [each["source"] for each in second]:
            for depth, voices in enumerate(zip(first, second, strict=True)):
                for part, (left, right) in _compare_labels(*voices):
                    yield f"voices.{depth}.{part}", (left, right)
        else:
            yield name, (first, second)


def _format_value(value: Any) -> str:
    """Format a value of a file briefly: a span as two numbers, a chain by its sources."""
    if isinstance(value, list):
        return ", ".join(map(_format_value, value)) or "none"
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
    if isinstance(record, Argument) and record.source in article.claims:
        record = article.claims[record.source]
    spans = evidence_of(record)
    return Span(spans[0].start, spans[-1].end) if spans else None


# Computing agreement.


def _figures(a: Article, b: Article, text: str | None) -> Iterator[Figure]:
    one, two = _rows(a), _rows(b)
    known = a.source.sentences or b.source.sentences
    sentences = [(each.span.start, each.span.end) for each in known] or [(0, a.source.length)]
    words = a.source.text or b.source.text or "" if text is None else text
    tokens = [found.span() for found in _TOKEN.finditer(words)]
    for layer in LABELS:
        yield from layer_figures(layer, one[layer], two[layer], sentences)
    yield from token_figures(one["claim"], two["claim"], sentences, tokens)
    yield from argument_figures(
        *({(row["source"], row["target"]): row["kind"] for row in side["argument"]} for side in (one, two))
    )
