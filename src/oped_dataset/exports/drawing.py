"""An article as an annotation tool represents it: regions of the text with attributes, and links between them.

Here: the labels, attributes and links, and the drawing of an article.
Not here: the way back (`drawing_reader.py`) and the formats of the tools (`brat.py`, `label_studio.py`, `stam.py`).

A record with spans in the text is a region. The chain of voices of a claim is drawn as links: the claim has the
attributes of its outermost voice, the author, and a link `voice` to the cue of the next voice, which has a link to the
cue of the voice that it relays, and so on. Fields that a tool cannot represent, such as ids and references to entities,
are stored with the region.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import cache
from string import ascii_lowercase, digits
from typing import Any, Final

import attrs

from oped_dataset.codec import wire
from oped_dataset.exports.attribution import Attribution, Data
from oped_dataset.model.article import CARRIED, PLACED, Article
from oped_dataset.model.layout import Slot, layout
from oped_dataset.model.records import Voice
from oped_dataset.model.vocabulary import ArgumentKind, EntityKind, Role, Vocabulary
from oped_dataset.text.canonical import text_digest
from oped_dataset.version import __version__

CODE_VERSION: Final = "code_version"
"""The key of the code version in `head_of`; it is not a field of an article, as `data_version` is."""

TOLD: Final = ("voices_line", "told_by_line")
"""The stored keys that are only for reading and are left out on the way back."""

SEAL: Final = "seal"
"""The stored key with the digest of the other ones."""

CUE: Final = "Cue"
HEDGE: Final = "Hedge"
NO_CLAIM: Final = "NoClaim"
"""The label of a region for sentences that carry no claim; its note is the reason."""


@cache
def record_type(table: str) -> type:
    """The class of the records of a table."""
    found: type = next(slot.kind for slot in layout(Article) if slot.name == table)
    return found


TABLES_BY_LABEL: Final = {record_type(table).__name__: table for table in PLACED}
"""The tables whose records are regions, by the label of the regions."""

LABELS: Final = (*TABLES_BY_LABEL, CUE, HEDGE, NO_CLAIM)
"""The labels of regions."""

COLOURS: Final = {
    "Mention": "#d9d9d9",
    "TimeExpression": "#fee8a8",
    "Quantity": "#fdd0a2",
    "Quotation": "#e5d8bd",
    "Event": "#b8e0b9",
    "Relation": "#a9d8e0",
    "Claim": "#b3cde3",
    CUE: "#e7c6e8",
    HEDGE: "#f7c1cf",
    NO_CLAIM: "#ffffff",
}
"""The background colour of a region by its label."""

LINKS: Final[dict[str, tuple[tuple[str, ...], tuple[str, ...]]]] = {
    "voice": (("Claim", CUE), (CUE,)),
    "cue": (("Claim",), (CUE,)),
    "hedge": (("Claim", CUE), (HEDGE,)),
    "speaker": ((CUE, "Quotation"), ("Mention",)),
    "about": (("Claim",), ("Mention",)),
    "tells": (("Claim",), ("Event", "Relation", "Quantity")),
    "quotes": (("Quotation",), ("Claim",)),
    "subject": (("Relation",), ("Mention",)),
    "object": (("Relation",), ("Mention",)),
    "set-in": (("Event",), ("Mention",)),
    "dated": (("Event", "Relation"), ("TimeExpression",)),
    "anchor": (("TimeExpression",), ("TimeExpression",)),
    "same-entity": (("Mention",), ("Mention",)),
    # An undercut targets an argument, and tools cannot draw links to links.
    **{kind.value: (("Claim",), ("Claim",)) for kind in ArgumentKind if kind is not ArgumentKind.UNDERCUTS},
    **{role.value: (("Event",), ("Mention",)) for role in Role},
}
"""The kinds of links, with the labels of the regions where they start and end."""


@cache
def attributes_of(label: str) -> dict[str, Slot]:
    """The fields that are attributes of a region, namely labels and flags, by the name of the attribute.

    A claim also has those of its outermost voice, and a cue those of its voice.

    Args:
        label: The label of the region.
    """
    kinds = [record_type(TABLES_BY_LABEL[label])] if label in TABLES_BY_LABEL else []
    kinds += [Voice] if label in ("Claim", CUE) else []
    single = [slot for kind in kinds for slot in layout(kind) if slot.container is None and not slot.is_optional]
    labels = {slot.kind.__name__: slot for slot in single if issubclass(slot.kind, Vocabulary)}
    return labels | {slot.name: slot for slot in single if slot.kind is bool}


def values_of(label: str) -> dict[str, tuple[str, ...]]:
    """The attributes of a region with their possible values; a flag has none.

    A mention also has the kind of its entity, for an entity that is not in the article yet.

    Args:
        label: The label of the region.
    """
    found = {
        name: () if slot.kind is bool else tuple(value.value for value in slot.kind)
        for name, slot in attributes_of(label).items()
    }
    return found | ({EntityKind.__name__: tuple(kind.value for kind in EntityKind)} if label == "Mention" else {})


def hot_keys(names: Iterable[str]) -> dict[str, str]:
    """Assign a key to each name while keys remain: a letter of the name, else any letter or digit.

    Example:
        >>> hot_keys(["Claim", "Cue", "Mention"])
        {'Claim': 'c', 'Cue': 'u', 'Mention': 'm'}
    """
    free = dict.fromkeys(ascii_lowercase + digits)
    found = dict[str, str]()
    for name in names:
        key = next((each for each in (*name.lower(), *free) if each in free), None)
        if key is not None:
            del free[key]
            found[name] = key
    return found


def head_of(article: Article) -> Data:
    """An article as plain data without the records that are drawn, and with the code version.

    Args:
        article: The article.
    """
    head = {key: value for key, value in wire.to_data(article).items() if key not in (*PLACED, "arguments")}
    return head | {CODE_VERSION: __version__}


@attrs.frozen(kw_only=True)
class Region:
    """A region of the text.

    Attributes:
        key: Its name in the drawing.
        label: Its label, one of `LABELS`.
        places: Its spans, as plain data.
        attributes: The values of its attributes by name; True for a flag.
        stored: The fields that the tool cannot represent.
        told: Its voices on one line; "" for a record without voices.
        note: Its note for annotators, or "".
    """

    key: str
    label: str
    places: list[Data]
    attributes: Data = attrs.field(factory=dict[str, Any])
    stored: Data = attrs.field(factory=dict[str, Any])
    told: str = ""
    note: str = ""

    @property
    def described(self) -> Data:
        """The stored fields, and the voices on one line."""
        return self.stored | ({TOLD[self.label != "Claim"]: self.told} if self.told else {})


def sealed(stored: Data, key: str = "") -> Data:
    """Add the digest by which a reader recognises that stored fields are those of the exporter.

    Voices that an annotator changes contradict the stored line of voices, so it cannot be compared with the records.

    Args:
        stored: The fields.
        key: The name of their region, if they are stored by it.
    """
    return {**stored, SEAL: text_digest(json.dumps([key, stored], sort_keys=True))[:16]}


@attrs.frozen(kw_only=True)
class Link:
    """A link between two regions.

    Attributes:
        kind: Its kind, one of `LINKS`.
        source: The key of the region where it starts.
        target: The key of the region where it ends.
    """

    kind: str
    source: str
    target: str


@attrs.frozen
class Drawing:
    """The regions and links of an article.

    Attributes:
        regions: A region for each record, and after each claim those of the cues and hedges of its voices.
        links: The links, in the order of their sources.
    """

    regions: list[Region]
    links: list[Link]

    @property
    def quoted(self) -> int:
        """The number of characters of the text in all regions."""
        return sum(place["end"] - place["start"] for region in self.regions for place in region.places)


def draw(article: Article, text: str) -> Drawing:
    """Draw an article.

    Args:
        article: The article.
        text: Its text as annotated.

    Raises:
        InvalidArticle: It breaks rules, so that some of its records might have no voices.
    """
    attribution, plain = Attribution.of(article), wire.to_data(article)
    regions: list[Region] = []
    links: list[Link] = []
    for label, table in TABLES_BY_LABEL.items():
        for row in plain[table]:
            regions.append(_draw_record(label, row, text, attribution))
            if table == "claims":
                regions += _draw_cues_and_hedges(row)
                links += _draw_chain(row)
    owners = {region.key: region for region in regions}
    for position, argument in enumerate(plain["arguments"], 1):
        # Tools do not store ids of links and cannot draw links to links.
        stored = {"position": position, **argument, **attribution.sides_in(argument)}
        owners[stored.pop("source")].stored.setdefault("arguments", []).append(stored)
        if argument["target"] in owners:
            links.append(Link(kind=argument["kind"], source=argument["source"], target=argument["target"]))
    return Drawing(regions, links)


def _draw_record(label: str, row: Data, text: str, attribution: Attribution) -> Region:
    attributes = {name: slot.name for name, slot in attributes_of(label).items()}
    outermost = row["voices"][0] if label == "Claim" else {}
    given = row | {slot.name: outermost[slot.name] for slot in attributes_of(CUE).values() if outermost}
    left_out = {"span", "evidence", "voices", *attributes.values()}
    stored = {key: value for key, value in row.items() if key not in left_out and value is not None}
    told = ""
    if label == "Claim":
        stored["author"] = outermost["source"]
        told = attribution.line(row["id"])
    elif TABLES_BY_LABEL[label] in CARRIED:
        told = attribution.told_by_line(row["id"])
    elif label == "Quotation":
        told = attribution.lines(row["claims"])
        if row["text"] == text[row["span"]["start"] : row["span"]["end"]]:
            # The words are stored only if the annotation spells them differently from the text.
            del stored["text"]
    return Region(
        key=row["id"],
        label=label,
        places=row.get("evidence") or [row["span"]],
        attributes={name: given[field] for name, field in attributes.items() if given[field] is not False},
        stored=stored,
        told=told,
    )


def _draw_cues_and_hedges(claim: Data) -> Iterator[Region]:
    """The regions of the cues and hedges of a claim's voices."""
    for position, voice in enumerate(claim["voices"]):
        if voice["cue"] is not None:
            labels = {name: voice[slot.name] for name, slot in attributes_of(CUE).items()} if position else {}
            source = {"source": voice["source"]} if position else {}
            yield Region(
                key=_cue_key(claim, position), label=CUE, places=[voice["cue"]], attributes=labels, stored=source
            )
        for number, place in enumerate(voice["hedges"]):
            yield Region(key=_hedge_key(claim, position, number), label=HEDGE, places=[place])


def _draw_chain(claim: Data) -> Iterator[Link]:
    """The links from a claim to the cues and hedges of its voices, and from voice to voice."""
    for position, voice in enumerate(claim["voices"]):
        speaker = _cue_key(claim, position) if position else claim["id"]
        if position:
            outside = _cue_key(claim, position - 1) if position > 1 else claim["id"]
            yield Link(kind="voice", source=outside, target=speaker)
        elif voice["cue"] is not None:
            yield Link(kind="cue", source=speaker, target=_cue_key(claim, position))
        for number, _ in enumerate(voice["hedges"]):
            yield Link(kind="hedge", source=speaker, target=_hedge_key(claim, position, number))


def _cue_key(claim: Data, position: int) -> str:
    # Ids do not contain slashes.
    return f"{claim['id']}/cue/{position}"


def _hedge_key(claim: Data, position: int, number: int) -> str:
    return f"{claim['id']}/hedge/{position}/{number}"
