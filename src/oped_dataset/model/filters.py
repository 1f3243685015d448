"""The fields by which the records of each kind can be filtered, with the types of their values.

Here: the keyword arguments of `Table.where`, for type checkers; a label may be a plain string.
Not here: the filter itself (`tables.py`). `tests/model/test_table_protocols.py` compares these fields with the records.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TypedDict

from oped_dataset.model import vocabulary
from oped_dataset.model.records import Identifier, Participant, Span, Voice


class EntityFields(TypedDict, total=False):
    """The fields of `Entity`."""

    id: str
    kind: vocabulary.EntityKind | str
    name: str
    aliases: tuple[str, ...]
    named: bool
    description: str | None
    identifiers: tuple[Identifier, ...]


class MentionFields(TypedDict, total=False):
    """The fields of `Mention`."""

    id: str
    entity: str
    span: Span
    form: vocabulary.MentionForm | str
    metonym: bool


class TimeFields(TypedDict, total=False):
    """The fields of `TimeExpression`."""

    id: str
    span: Span
    kind: vocabulary.TimeKind | str
    value: str | None
    anchor: str | None


class QuantityFields(TypedDict, total=False):
    """The fields of `Quantity`."""

    id: str
    span: Span
    value: Decimal
    unit: str | None
    comparator: vocabulary.Comparator | str
    of: str | None


class QuotationFields(TypedDict, total=False):
    """The fields of `Quotation`."""

    id: str
    span: Span
    text: str
    speaker: str | None
    kind: vocabulary.QuotationKind | str
    claims: tuple[str, ...]


class EventFields(TypedDict, total=False):
    """The fields of `Event`."""

    id: str
    kind: vocabulary.EventKind | str
    gist: str
    status: vocabulary.EventStatus | str
    when: str | None
    place: str | None
    participants: tuple[Participant, ...]
    evidence: tuple[Span, ...]


class RelationFields(TypedDict, total=False):
    """The fields of `Relation`."""

    id: str
    subject: str
    predicate: vocabulary.Predicate | str
    object: str
    during: str | None
    ended: bool
    title: str | None
    evidence: tuple[Span, ...]


class ClaimFields(TypedDict, total=False):
    """The fields of `Claim`."""

    id: str
    gist: str
    kind: vocabulary.ClaimKind | str
    ground: vocabulary.Ground | str
    voices: tuple[Voice, ...]
    about: tuple[str, ...]
    events: tuple[str, ...]
    relations: tuple[str, ...]
    quantities: tuple[str, ...]
    evidence: tuple[Span, ...]


class ArgumentFields(TypedDict, total=False):
    """The fields of `Argument`."""

    id: str
    source: str
    target: str
    kind: vocabulary.ArgumentKind | str
