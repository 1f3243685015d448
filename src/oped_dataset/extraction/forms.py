"""The form of a record that a language model or a pipeline fills in: its keys, in order, and their contents.

Here: the description of that form, derived from the classes and read by the JSON Schema, the prompt and `to_records`.
Not here: the form of a document, which has offsets and digests (`codec/json_schema.py`), and reading records
(`from_records.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, Final, Literal, TypeAlias

import attrs

from oped_dataset.errors import InvalidRecord
from oped_dataset.messages import did_you_mean, nearest, quoted
from oped_dataset.model.article import TABLES, Article
from oped_dataset.model.layout import Slot, layout
from oped_dataset.model.records import Span
from oped_dataset.model.tables import Record
from oped_dataset.model.vocabulary import Vocabulary

KINDS: Final[Mapping[str, str]] = {
    "entity": "entities",
    "mention": "mentions",
    "time": "times",
    "quantity": "quantities",
    "quotation": "quotations",
    "event": "events",
    "relation": "relations",
    "claim": "claims",
    "argument": "arguments",
}
"""The possible values of the key `record`, each with the table to which its records belong."""

Holds: TypeAlias = Literal["piece", "entity", "record", "part", "value"]
"""The content of a key: a piece of the text, a reference to an entity or to a record, an object, or a plain value."""

_ENTITY: Final = frozenset(
    {
        "Mention.entity",
        "Quotation.speaker",
        "Event.place",
        "Participant.entity",
        "Relation.subject",
        "Relation.object",
        "Voice.source",
        "Claim.about",
    }
)
_RECORD: Final = frozenset(
    {
        "TimeExpression.anchor",
        "Quotation.claims",
        "Claim.events",
        "Claim.relations",
        "Claim.quantities",
        "Argument.source",
        "Argument.target",
    }
)
_LEFT_OUT: Final = frozenset({"Entity.identifiers", "Quotation.text"})
"""The fields without a key: models do not know identifiers, and a quotation's words are the piece that locates it."""

_NEEDED: Final[Mapping[str, tuple[str, ...]]] = {
    "mentions": ("entities",),
    "quotations": ("entities",),
    "events": ("entities",),
    "relations": ("entities",),
    "claims": ("entities",),
    "arguments": ("entities", "claims"),
}
"""The layers that the references of a layer require."""


@attrs.frozen
class Key:
    """A key of a record.

    Attributes:
        name: The key.
        holds: The sort of its content.
        slot: The field of the class that it becomes.
        description: Its description in schemas and prompts.
    """

    name: str
    holds: Holds
    slot: Slot
    description: str

    @property
    def is_list(self) -> bool:
        """Whether its value is a list."""
        return self.slot.container is not None

    @property
    def is_label(self) -> bool:
        """Whether its value is a label."""
        return issubclass(self.slot.kind, Vocabulary)


def layers_of(layers: Iterable[str] | None) -> tuple[str, ...]:
    """Return the given layers and those they require, in the order of the tables; all for None.

    Raises:
        InvalidRecord: A name is not that of a layer; the message suggests the closest one.
    """
    if layers is None:
        return TABLES
    if isinstance(layers, str):
        raise InvalidRecord(f"layers: must be several names of layers, not the string {quoted(layers)}", "layers")
    wanted: set[str] = set()
    for layer in layers:
        if layer not in TABLES:
            hint = did_you_mean(nearest(layer, TABLES)) or f"the layers are {', '.join(TABLES)}"
            raise InvalidRecord(f"layers: there is no layer {quoted(layer)}; {hint}", "layers")
        wanted.update((layer, *_NEEDED.get(layer, ())))
    if not wanted:
        raise InvalidRecord("layers: must name at least one layer", "layers")
    return tuple(table for table in TABLES if table in wanted)


def kinds_of(layers: Iterable[str]) -> tuple[str, ...]:
    """Return the values of the key `record` in records of these layers."""
    wanted = frozenset(layers)
    return tuple(kind for kind, table in KINDS.items() if table in wanted)


def class_of(kind: str) -> type[Record]:
    """Return the class of the records of a kind."""
    field: Any = attrs.fields_dict(Article)[KINDS[kind]]
    found: type[Record] = field.converter.record_type
    return found


def keys_of(cls: type, layers: tuple[str, ...] = TABLES) -> tuple[Key, ...]:
    """Return the keys of a record, or of a part of one, in the order in which they are to be filled in.

    References to records of other layers are left out. Pieces of the text come first and labels last, so that a model
    that writes in this order quotes before it judges.
    """
    return tuple(key for key in _all_keys(cls) if key.holds != "record" or not key.is_list or key.name in layers)


@cache
def _all_keys(cls: Any) -> list[Key]:
    keys: list[Key] = []
    for slot in layout(cls):
        field = f"{cls.__name__}.{slot.name}"
        if field not in _LEFT_OUT:
            holds: Holds = "entity" if field in _ENTITY else "record" if field in _RECORD else "value"
            if slot.kind is Span:
                holds = "piece"
            elif attrs.has(slot.kind):
                holds = "part"
            keys.append(Key("text" if slot.name == "span" else slot.name, holds, slot, DESCRIPTIONS[field]))
    # The sort is stable, so that keys of one sort keep the order of the class.
    return sorted(keys, key=lambda key: (key.name != "id", key.holds != "piece", key.is_label))


def members(labels: type[Vocabulary]) -> tuple[Vocabulary, ...]:
    """Return the labels of a vocabulary, in order."""
    return tuple(iter(labels))


def legend(labels: type[Vocabulary]) -> list[str]:
    """Return a line for each label of a vocabulary: the label and its meaning."""
    return [f"{label}: {label.meaning}" for label in members(labels)]


ID: Final = "An id for this record, such as c3: lowercase letters and digits, used once in the answer."
_EVIDENCE: Final = "The clauses that express it, one piece for each."

DESCRIPTIONS: Final[Mapping[str, str]] = {
    "Entity.id": ID,
    "Entity.kind": "The kind of entity.",
    "Entity.name": "Its fullest name in the text, by which other records refer to it; a description if it is unnamed.",
    "Entity.aliases": "Other names that the text uses for it.",
    "Entity.named": "Whether the text names it. An unnamed source is an entity too.",
    "Entity.description": "A few neutral words from the text that say who or what it is.",
    "Mention.id": ID,
    "Mention.entity": "The name of the entity to which the words refer.",
    "Mention.span": "The words that refer to the entity.",
    "Mention.form": "The form of the words: name, noun phrase, pronoun or adjective.",
    "Mention.metonym": "Whether the name of a place stands for the government or body that sits there.",
    "TimeExpression.id": ID,
    "TimeExpression.span": "The words that denote a time.",
    "TimeExpression.kind": "Whether they denote a date, a time of day, a duration or a set of times.",
    "TimeExpression.value": "A date as 2019-07-13, 2019-07, 2019, 201X or an interval 2018/2019; a duration or set as"
    " P2M; a time of day as T18:30. null where the text leaves it open.",
    "TimeExpression.anchor": "The time from which a relative expression is counted: the id of another time record, or"
    " publication-date.",
    "Quantity.id": ID,
    "Quantity.span": "The number with its unit or currency, without words such as about or more than.",
    "Quantity.value": "The number in digits, such as 3000000 or 12.5.",
    "Quantity.unit": "The unit of measure, such as percent, or an ISO 4217 currency; null for things counted.",
    "Quantity.comparator": "Whether the amount equals the number, or lies above, below or near it.",
    "Quantity.of": "The thing measured or counted; null where the unit names it.",
    "Quotation.id": ID,
    "Quotation.span": "The words between a pair of quotation marks, without the marks.",
    "Quotation.speaker": "The name of the entity whose words they are; null where nobody is quoted.",
    "Quotation.kind": "The function of the quotation marks.",
    "Quotation.claims": "The ids of the claims made in these words.",
    "Participant.entity": "The name of the entity.",
    "Participant.role": "Its role in the event.",
    "Event.id": ID,
    "Event.kind": "The kind of event.",
    "Event.gist": "The event as a neutral noun phrase in your own words, such as: rise of the toll.",
    "Event.status": "The reality that the text gives it, never firmer than the voices that report it.",
    "Event.when": "Its date as 2019-07-13, 2019-07 or 2019, or an interval 2018/2019 or 2018/..; no more precise"
    " than the text.",
    "Event.place": "The name of the entity where it is said to happen.",
    "Event.participants": "The entities that take part.",
    "Event.evidence": _EVIDENCE,
    "Relation.id": ID,
    "Relation.subject": "The name of the first entity.",
    "Relation.predicate": "The relation of the subject to the object.",
    "Relation.object": "The name of the second entity.",
    "Relation.during": "The date or interval in which it is true.",
    "Relation.ended": "Whether the text presents it as over, with or without a date (former).",
    "Relation.title": "The office, where there is one.",
    "Relation.evidence": _EVIDENCE,
    "Voice.source": "The name of the entity that speaks.",
    "Voice.act": "The stance of this voice: whether it says, denies, asks, believes and so on.",
    "Voice.channel": "The medium by which its words reach the voice before it.",
    "Voice.commitment": "How sure this voice is of the gist. Each voice has its own.",
    "Voice.cue": "The words of attribution, such as said or according to; null for the author's plain statements.",
    "Voice.hedges": "The words that soften the commitment of this voice, such as may have.",
    "Voice.mode": "Whether its words are quoted, reported or both.",
    "Claim.id": ID,
    "Claim.gist": "The bare proposition in your own words, as a that-clause without hedges and voices, such as: that"
    " the toll rose.",
    "Claim.kind": "The kind of claim.",
    "Claim.ground": "The support that the innermost voice offers for it in the text.",
    "Claim.voices": "The chain of those on whose word it rests, outermost first: the author, then whoever the author"
    " relays, and so on.",
    "Claim.about": "The names of the entities that the gist names.",
    "Claim.events": "The ids of the events that it reports or is about.",
    "Claim.relations": "The ids of the relations that it asserts or is about.",
    "Claim.quantities": "The ids of the quantities that it states.",
    "Claim.evidence": "The smallest clauses that express it, without the words of attribution.",
    "Argument.id": ID,
    "Argument.source": "The id of the premise, a claim.",
    "Argument.target": "The id of the conclusion, a claim; for an undercut, the id of the argument it attacks.",
    "Argument.kind": "How the premise bears on the conclusion.",
}
"""The description of each field of a record, written for language models."""
