"""The form of a record that a language model or a pipeline fills: its keys, in order, and what each of them holds.

Here: the one description of that form, made from the classes; the JSON Schema, the prompt and the way from
an article to records read it.
Not here: the form of a file, which has offsets and digests (`codec/json_schema.py`), and the way from records to
an article (`from_records.py`).
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
"""What the key `record` may say, and the table each kind goes to."""

Holds: TypeAlias = Literal["piece", "entity", "record", "part", "value"]
"""What a key holds: a place in the text, a reference to an entity or to another record, an object, or a plain value."""

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
"""No model knows a register, and the words between quotation marks are the piece that gives their place."""

_NEEDED: Final[Mapping[str, tuple[str, ...]]] = {
    "mentions": ("entities",),
    "quotations": ("entities",),
    "events": ("entities",),
    "relations": ("entities",),
    "claims": ("entities",),
    "arguments": ("entities", "claims"),
}
"""The layers without which records of a layer refer to nothing."""


@attrs.frozen
class Key:
    """A key of a record.

    Attributes:
        name: The key.
        holds: What it holds.
        slot: The field of the class that it becomes.
        description: What a model reads about it.
    """

    name: str
    holds: Holds
    slot: Slot
    description: str

    @property
    def is_list(self) -> bool:
        """Whether it holds several of them."""
        return self.slot.container is not None

    @property
    def is_label(self) -> bool:
        """Whether it holds a value of a closed list."""
        return issubclass(self.slot.kind, Vocabulary)


def layers_of(layers: Iterable[str] | None) -> tuple[str, ...]:
    """The layers asked for and those they cannot stand without, in the order of the tables; all for None.

    Raises:
        InvalidRecord: One of them is none; the message names the nearest.
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
    """What `record` says in records of these layers."""
    wanted = frozenset(layers)
    return tuple(kind for kind, table in KINDS.items() if table in wanted)


def class_of(kind: str) -> type[Record]:
    """The class of the records of a kind."""
    field: Any = attrs.fields_dict(Article)[KINDS[kind]]
    found: type[Record] = field.converter.record_type
    return found


def keys_of(cls: type, layers: tuple[str, ...] = TABLES) -> tuple[Key, ...]:
    """The keys of a record, or of a part of one, in the order in which they are filled.

    References to records of layers that are not asked for are left out. What stands in the text comes first and labels
    come last, so that a model that writes in this order looks before it judges.
    """
    return tuple(key for key in _keys(cls) if key.holds != "record" or not key.is_list or key.name in layers)


@cache
def _keys(cls: Any) -> list[Key]:
    keys = [_key(cls, slot) for slot in layout(cls) if f"{cls.__name__}.{slot.name}" not in _LEFT_OUT]
    return sorted(keys, key=lambda key: (key.name != "id", key.holds != "piece", key.is_label))


def _key(cls: type, slot: Slot) -> Key:
    full = f"{cls.__name__}.{slot.name}"
    holds: Holds = "entity" if full in _ENTITY else "record" if full in _RECORD else "value"
    if slot.kind is Span:
        holds = "piece"
    elif attrs.has(slot.kind):
        holds = "part"
    name = "text" if slot.name == "span" else slot.name
    return Key(name, holds, slot, DESCRIPTIONS[full])


def members(labels: type[Vocabulary]) -> tuple[Vocabulary, ...]:
    """The labels of a closed list, in order."""
    return tuple(iter(labels))


def legend(labels: type[Vocabulary]) -> list[str]:
    """One line for each label of a closed list: the label, and the test by which it is given."""
    return [f"{label}: {label.meaning}" for label in members(labels)]


ID: Final = "A label for this record, such as c3: lowercase letters and digits, unlike all others in the answer."
_EVIDENCE: Final = "The clauses in which it is told, one piece for each."

DESCRIPTIONS: Final[Mapping[str, str]] = {
    "Entity.id": ID,
    "Entity.kind": "What sort of thing it is.",
    "Entity.name": "Its fullest name in the text, by which other records refer to it; of an unnamed one a description.",
    "Entity.aliases": "Other names that the text uses for it.",
    "Entity.named": "Whether the text names it. An unnamed source is an entity too.",
    "Entity.description": "Who or what it is, from the text, in a few neutral words.",
    "Mention.id": ID,
    "Mention.entity": "The name of the entity that the words refer to.",
    "Mention.span": "The words that refer to the entity.",
    "Mention.form": "By what sort of words it refers.",
    "Mention.metonym": "Whether the name of a place stands for the government or body that sits there.",
    "TimeExpression.id": ID,
    "TimeExpression.span": "The words that denote a time.",
    "TimeExpression.kind": "What they denote.",
    "TimeExpression.value": "A date as 2019-07-13, 2019-07, 2019, 201X or an interval 2018/2019; a duration or set as"
    " P2M; a time of day as T18:30. null where the text does not settle it.",
    "TimeExpression.anchor": "What a relative expression is counted from: the id of another time record, or"
    " publication-date.",
    "Quantity.id": ID,
    "Quantity.span": "The number with its unit or currency, without about or more than.",
    "Quantity.value": "The number in digits, such as 3000000 or 12.5.",
    "Quantity.unit": "The unit of measure, such as percent, or an ISO 4217 currency; null for things counted.",
    "Quantity.comparator": "How the number bounds the amount meant.",
    "Quantity.of": "What it is the amount of; null where the unit says it all.",
    "Quotation.id": ID,
    "Quotation.span": "The words between a pair of quotation marks, without the marks.",
    "Quotation.speaker": "The name of the entity whose words they are; null where nobody is quoted.",
    "Quotation.kind": "What the marks do.",
    "Quotation.claims": "The ids of the claims made in these words.",
    "Participant.entity": "The name of the entity.",
    "Participant.role": "The part it has.",
    "Event.id": ID,
    "Event.kind": "What sort of event.",
    "Event.gist": "What is told, as a neutral noun phrase in your own words: rise of the toll.",
    "Event.status": "How the text presents its reality. Never firmer than the voices that tell it.",
    "Event.when": "When, as a date 2019-07-13, 2019-07 or 2019, or an interval 2018/2019 or 2018/..; no more precise"
    " than the text.",
    "Event.place": "The name of the entity where it is told to have happened.",
    "Event.participants": "Who or what takes part.",
    "Event.evidence": _EVIDENCE,
    "Relation.id": ID,
    "Relation.subject": "The name of the entity of which it is said.",
    "Relation.predicate": "What tie.",
    "Relation.object": "The name of the other entity.",
    "Relation.during": "When it holds, as a date or an interval.",
    "Relation.ended": "Whether the text presents it as over, with a date or without (former).",
    "Relation.title": "The office, where one is held.",
    "Relation.evidence": _EVIDENCE,
    "Voice.source": "The name of the entity that speaks.",
    "Voice.act": "What it does with the content.",
    "Voice.channel": "By what medium it reaches the voice before it.",
    "Voice.commitment": "How sure this voice is of the gist. Each voice has its own.",
    "Voice.cue": "The words of attribution, such as said or according to; null for the author's plain statements.",
    "Voice.hedges": "The words that soften the commitment of this voice, such as may have.",
    "Voice.mode": "In what form it gives the content.",
    "Claim.id": ID,
    "Claim.gist": "The bare proposition in your own words, as a that-clause, without its hedges and voices: that the"
    " toll rose.",
    "Claim.kind": "What sort of thing is said.",
    "Claim.ground": "What it rests on in the text.",
    "Claim.voices": "Everyone on whose word it stands, outermost first: the author, then whoever the author relays, and"
    " so on.",
    "Claim.about": "The names of the entities that the gist names.",
    "Claim.events": "The ids of the events it tells or is about.",
    "Claim.relations": "The ids of the relations it asserts or is about.",
    "Claim.quantities": "The ids of the quantities it gives.",
    "Claim.evidence": "The smallest clauses from which it can be read, without the words of attribution.",
    "Argument.id": ID,
    "Argument.source": "The id of the claim that bears on something.",
    "Argument.target": "The id of the claim it bears on or, where it undercuts, of the argument it attacks.",
    "Argument.kind": "How it bears on it.",
}
"""What a model reads about each field of a record."""
