"""What is compared of two records besides their place: each label as the values it holds.

Here: the labels of every layer, and the values of each in terms of the gold article.
Not here: which records are compared (`matching.py`).

A label holds any number of values: none where the record leaves it open, as a rule one, several for participants. So a
label that is open on both sides is no hit, and one that names an entity the gold does not have is predicted and wrong.
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
"""Given a table and an id in it, what the id stands for in the gold article."""


@attrs.frozen
class Links:
    """Which gold record each predicted one is, as far as it is known.

    Attributes:
        gold_of: For each table, from the id of a predicted record to that of the gold record.
    """

    gold_of: Mapping[str, Mapping[str, str]]

    def predicted(self, table: str, record_id: str) -> Hashable:
        """What an id in the predicted article stands for; one that is none of the gold equals nothing there."""
        return self.gold_of.get(table, {}).get(record_id, (record_id,))

    @staticmethod
    def gold(table: str, record_id: str) -> Hashable:
        """What an id in the gold article stands for: itself."""
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


def _value(time: TimeExpression, view: View) -> Values:
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
    """The three parts of a relation."""
    return view("entities", relation.subject), relation.predicate, view("entities", relation.object)


def _triple(relation: Relation, view: View) -> Values:
    return (triple(relation, view),)


LABELS: Final[Mapping[str, Mapping[str, Callable[[Any, View], Values]]]] = {
    "entities": {"kind": _field("kind"), "named": _field("named")},
    "mentions": {"entity": _entity("entity"), "form": _field("form"), "metonym": _field("metonym")},
    "times": {"kind": _field("kind"), "value": _value, "anchor": _anchor},
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
        "triple": _triple,
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
"""In which attribute the records of a layer have a date."""


_NEEDED: Final = {("quotations", "claims"): {"claims"}, ("claims", "carries"): {"events", "relations", "quantities"}}
"""The layers that have to be scored too, for a label that refers to their records."""


def label_names(layer: str, scored: Iterable[str]) -> tuple[str, ...]:
    """The labels of a layer in the order in which they are shown, where these layers are scored."""
    names = (*LABELS[layer], *((DAYS,) if layer in _DATES else ()))
    return tuple(name for name in names if _NEEDED.get((layer, name), set()) <= set(scored))


def held(layer: str, record: Any, view: View) -> Iterator[tuple[str, int]]:
    """How many values each label of a record holds."""
    for label, values in LABELS[layer].items():
        yield label, len(tuple(values(record, view)))
    if layer in _DATES:
        yield DAYS, int(_date_of(layer, record) is not None)


def hits(layer: str, predicted: Any, gold: Any, links: Links) -> Iterator[tuple[str, float]]:
    """How many values of each label two records have in common; of their days, the share."""
    for label, values in LABELS[layer].items():
        ours, theirs = Counter(values(predicted, links.predicted)), Counter(values(gold, links.gold))
        yield label, (ours & theirs).total()
    if layer in _DATES:
        one, two = _date_of(layer, predicted), _date_of(layer, gold)
        yield DAYS, days_in_common(one, two) if one is not None and two is not None else 0


def agreement(layer: str, predicted: Any, gold: Any, links: Links) -> int:
    """How many values two records have in common, for a choice between pairs that are equally similar."""
    common = sum(int(count) for label, count in hits(layer, predicted, gold, links) if label != DAYS)
    return common + (_voices_in_common(predicted, gold, links) if isinstance(gold, Claim) else 0)


def _voices_in_common(predicted: Claim, gold: Claim, links: Links) -> int:
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
    """F1 of the days that two dates can mean; an open end reaches to the end of the calendar.

    Example:
        >>> round(days_in_common(Edtf("2019"), Edtf("2019-07")), 2)
        0.16
    """
    (first, last), (start, end) = _days(one), _days(two)
    common = max(0, (min(last, end) - max(first, start)).days + 1)
    share = 2 * common / ((last - first).days + 1 + (end - start).days + 1)
    return rounded(share)
