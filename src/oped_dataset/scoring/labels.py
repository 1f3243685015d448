"""The labels of two paired records, compared as sets of values.

Here: the labels of every layer, and their values in terms of the gold article.
Not here: pairing records (`matching.py`).

A label has any number of values: usually one, none if it is absent, several for participants. So a label that is absent
on both sides is not a hit, and an entity that the gold does not have counts as predicted and wrong.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from typing import Any, Final, TypeAlias

import attrs

from oped_dataset.model.dates import Edtf
from oped_dataset.model.records import (
    PUBLICATION_DATE,
    Claim,
    Event,
    Relation,
    TimeExpression,
)
from oped_dataset.scoring.counts import rounded

Values: TypeAlias = Iterable[Hashable]
View: TypeAlias = Callable[[str, str], Hashable]
"""Takes a table and an id, and returns the corresponding id in the gold article."""


@attrs.frozen
class Links:
    """The gold records that correspond to predicted ones, as far as they are known.

    Attributes:
        gold_of: For each table, the ids of gold records by those of predicted records.
    """

    gold_of: Mapping[str, Mapping[str, str]]

    def predicted(self, table: str, record_id: str) -> Hashable:
        """Return the gold id for a predicted one; without a gold record, a value that equals no gold id."""
        return self.gold_of.get(table, {}).get(record_id, (record_id,))

    @staticmethod
    def gold(table: str, record_id: str) -> Hashable:
        """Return a gold id unchanged."""
        return record_id


def _field(name: str) -> Callable[[Any, View], Values]:
    def values(record: Any, view: View) -> Values:
        value = getattr(record, name)
        return () if value is None else (value,)

    return values


def _entity(name: str) -> Callable[[Any, View], Values]:
    def values(record: Any, view: View) -> Values:
        value = getattr(record, name)
        return () if value is None else (view("entities", value),)

    return values


def _references(**tables: str) -> Callable[[Any, View], Values]:
    def values(record: Any, view: View) -> Values:
        return tuple(view(table, each) for name, table in tables.items() for each in getattr(record, name))

    return values


def _time_value(time: TimeExpression, view: View) -> Values:
    # Dates in different spellings that mean the same days are equal; durations and sets have no days.
    if time.edtf is not None:
        return (_days(time.edtf),)
    return () if time.value is None else (time.value,)


def _anchor(time: TimeExpression, view: View) -> Values:
    if time.anchor is None or time.anchor == PUBLICATION_DATE:
        return () if time.anchor is None else (time.anchor,)
    return (view("times", time.anchor),)


def _date(name: str) -> Callable[[Any, View], Values]:
    def values(record: Any, view: View) -> Values:
        date = getattr(record, name)
        return () if date is None else (_days(date),)

    return values


def _participants(event: Event, view: View) -> Values:
    return tuple((view("entities", each.entity), each.role) for each in event.participants)


def triple(relation: Relation, view: View) -> tuple[Hashable, ...]:
    """Return the subject, predicate and object of a relation."""
    return view("entities", relation.subject), relation.predicate, view("entities", relation.object)


LABELS: Final[Mapping[str, Mapping[str, Callable[[Any, View], Values]]]] = {
    "entities": {"kind": _field("kind"), "named": _field("named")},
    "mentions": {"entity": _entity("entity"), "form": _field("form"), "metonym": _field("metonym")},
    "times": {"kind": _field("kind"), "value": _time_value, "anchor": _anchor},
    "quantities": {"value": _field("value"), "unit": _field("unit"), "comparator": _field("comparator")},
    "quotations": {"kind": _field("kind"), "speaker": _entity("speaker"), "claims": _references(claims="claims")},
    "events": {
        "kind": _field("kind"),
        "status": _field("status"),
        "when": _date("when"),
        "place": _entity("place"),
        "participants": _participants,
    },
    "relations": {
        "subject": _entity("subject"),
        "predicate": _field("predicate"),
        "object": _entity("object"),
        "triple": lambda relation, view: (triple(relation, view),),
        "during": _date("during"),
        "ended": _field("ended"),
    },
    "claims": {
        "kind": _field("kind"),
        "ground": _field("ground"),
        "about": _references(about="entities"),
        "carries": _references(events="events", relations="relations", quantities="quantities"),
    },
    "arguments": {"kind": _field("kind")},
}
"""The layers that are scored, each with its labels."""

DAYS: Final = "days"
"""The label for the days that two dates have in common, in each layer that has a date."""

_DATES: Final[Mapping[str, str]] = {"times": "edtf", "events": "when", "relations": "during"}
"""The attribute with the date, in the layers that have one."""


_NEEDED: Final = {("quotations", "claims"): {"claims"}, ("claims", "carries"): {"events", "relations", "quantities"}}
"""The layers to which a label refers, without which it is not scored."""


def label_names(layer: str, scored: Iterable[str]) -> tuple[str, ...]:
    """Return the labels of a layer in display order, given the layers that are scored."""
    names = (*LABELS[layer], *((DAYS,) if layer in _DATES else ()))
    return tuple(name for name in names if _NEEDED.get((layer, name), set()) <= set(scored))


def label_sizes(layer: str, record: Any, view: View) -> Iterator[tuple[str, int]]:
    """Yield the number of values of each label of a record."""
    for label, values in LABELS[layer].items():
        yield label, len(tuple(values(record, view)))
    if layer in _DATES:
        yield DAYS, int(_date_of(layer, record) is not None)


def hits(layer: str, predicted: Any, gold: Any, links: Links) -> Iterator[tuple[str, float]]:
    """Yield for each label the number of values that two records have in common; for `days`, the share."""
    for label, values in LABELS[layer].items():
        # Multisets, so that a repeated value counts only as often as both records have it.
        ours, theirs = Counter(values(predicted, links.predicted)), Counter(values(gold, links.gold))
        yield label, (ours & theirs).total()
    if layer in _DATES:
        one, two = _date_of(layer, predicted), _date_of(layer, gold)
        yield DAYS, days_in_common(one, two) if one is not None and two is not None else 0


def agreement(layer: str, predicted: Any, gold: Any, links: Links) -> int:
    """Count the values that two records have in common, to choose between equally similar pairs."""
    common = sum(int(count) for label, count in hits(layer, predicted, gold, links) if label != DAYS)
    return common + (_count_common_voices(predicted, gold, links) if isinstance(gold, Claim) else 0)


def _count_common_voices(predicted: Claim, gold: Claim, links: Links) -> int:
    ours = [(links.predicted("entities", voice.source), voice.commitment) for voice in predicted.voices]
    theirs = [(links.gold("entities", voice.source), voice.commitment) for voice in gold.voices]
    sources = Counter(source for source, _ in ours) & Counter(source for source, _ in theirs)
    return sources.total() + (Counter(ours) & Counter(theirs)).total()


def _date_of(layer: str, record: Any) -> Edtf | None:
    date: Edtf | None = getattr(record, _DATES[layer])
    return date


def _days(date: Edtf) -> tuple[datetime.date, datetime.date]:
    return date.earliest or datetime.date.min, date.latest or datetime.date.max


def days_in_common(one: Edtf, two: Edtf) -> float:
    """Return the F1 of the days that two dates can mean; an open end extends to the end of the calendar.

    Example:
        >>> round(days_in_common(Edtf("2019"), Edtf("2019-07")), 2)
        0.16
    """
    (first, last), (start, end) = _days(one), _days(two)
    common = max(0, (min(last, end) - max(first, start)).days + 1)
    share = 2 * common / ((last - first).days + 1 + (end - start).days + 1)
    return rounded(share)
