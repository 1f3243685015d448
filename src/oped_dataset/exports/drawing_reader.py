"""Records from a drawing: from the regions and links that people made in an annotation tool.

Here: turning regions and links into records with ids, entities and chains of voices, and reporting missing parts.
Not here: the labels, attributes and links (`drawing.py`) and the files of a tool (`brat_reader.py`,
`label_studio_reader.py`).

Fields that the exporter stored with a region are used unchanged. A region without them is new: its id is derived from
its name in the tool, and its note and its links give the other fields. Nothing is guessed: whatever is missing is
reported with the file, the line and the region.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from itertools import chain
from typing import Any, Final

import attrs

from oped_dataset.codec import wire
from oped_dataset.errors import MOST_PROBLEMS, InvalidArticle, InvalidImport, list_problems
from oped_dataset.exports.attribution import Data
from oped_dataset.exports.drawing import (
    CODE_VERSION,
    CUE,
    HEDGE,
    LABELS,
    LINKS,
    NO_CLAIM,
    SEAL,
    TABLES_BY_LABEL,
    TOLD,
    attributes_of,
    sealed,
    values_of,
)
from oped_dataset.loading import from_data
from oped_dataset.messages import cut, did_you_mean, nearest, quoted
from oped_dataset.model.article import EVIDENCED, PLACED, TABLES, Article
from oped_dataset.model.stretches import Stretches
from oped_dataset.model.vocabulary import ArgumentKind, Channel, EntityKind, MentionForm, Mode, Role
from oped_dataset.text.canonical import normalise

_AMOUNT: Final = re.compile(r"([-+]?\d+(?:,\d{3})*(?:\.\d+)?)(?:\s+(\S.*))?")
_CARRIED: Final = {"Event": "events", "Relation": "relations", "Quantity": "quantities"}
_STEMS: Final = {"TimeExpression": "time"}
_SIDES: Final = ("source_side", "target_side")


@attrs.frozen(kw_only=True)
class Reference:
    """A reference from a region to an entity, of the article or of another register.

    Attributes:
        scheme: The register.
        value: The identifier in the register.
        name: The name given with it, or "".
        place: Where it occurs, for messages.
    """

    scheme: str
    value: str
    name: str
    place: str


@attrs.define(kw_only=True)
class DrawnRegion:
    """A region as it was read.

    Attributes:
        key: Its name in the tool.
        label: Its label.
        places: Its spans.
        words: The words at its spans.
        place: Where it occurs, for messages.
        attributes: Its attributes by name; None or True for a flag.
        stored: The fields that the exporter stored with it.
        notes: The notes of annotators.
        references: Its references to entities.
    """

    key: str
    label: str
    places: list[Data]
    words: str
    place: str
    attributes: Data = attrs.field(factory=dict[str, Any])
    stored: Data = attrs.field(factory=dict[str, Any])
    notes: list[str] = attrs.field(factory=list[str])
    references: list[Reference] = attrs.field(factory=list[Reference])

    @property
    def is_new(self) -> bool:
        """Whether it was added in the tool."""
        return "id" not in self.stored


@attrs.define(kw_only=True)
class DrawnLink:
    """A link as it was read.

    Attributes:
        key: Its name in the tool.
        kind: Its kind.
        source: The key of the region where it starts.
        target: The key of the region where it ends.
        place: Where it occurs, for messages.
        notes: The notes of annotators.
    """

    key: str
    kind: str
    source: str
    target: str
    place: str
    notes: list[str] = attrs.field(factory=list[str])


@attrs.frozen(kw_only=True)
class Drawn:
    """The result of reading a drawing.

    Attributes:
        article: The article.
        notes: The notes of annotators, by the id of the record.
    """

    article: Article
    notes: dict[str, tuple[str, ...]]


def article_of(
    head: Data, regions: Iterable[DrawnRegion], links: Iterable[DrawnLink], *, unfinished: bool = False
) -> Drawn:
    """Make an article from a drawing.

    Args:
        head: The article without the records that are drawn, with the keys of the file format.
        regions: The regions, in the order of the records.
        links: The links; links `voice` from one region are in the order of the voices.
        unfinished: Whether the rules between records are left unchecked.

    Raises:
        InvalidImport: Something is missing or unknown; the message lists the first thousand places.
        InvalidArticle: The records break the rules of an article; the messages name the places.
    """
    # The reasons of sentences without claims are written into the head, which may belong to the caller.
    head = deepcopy(head)
    version = head.pop(CODE_VERSION, "")
    if not isinstance(version, str):
        raise InvalidImport(f"{CODE_VERSION}: {quoted(version)} is not a string")
    reader = _Reader(head, list(regions), list(links))
    rows = reader.rows()
    if reader.problems:
        raise InvalidImport(list_problems(reader.problems, reader.omitted))
    try:
        article = (wire.from_data if unfinished else from_data)({**head, **rows})
    except InvalidArticle as error:
        placed = (attrs.evolve(each, message=reader.add_place(each.pointer, each.message)) for each in error.problems)
        raise InvalidArticle(placed, error.omitted) from None
    return Drawn(article=article, notes={key: tuple(notes) for key, notes in reader.notes.items()})


class _Reader:
    """The records of one drawing while they are being made."""

    def __init__(self, head: Data, regions: list[DrawnRegion], links: list[DrawnLink]) -> None:
        self.problems: list[str] = []
        self.omitted = 0
        self.notes: dict[str, list[str]] = defaultdict(list)
        self._head = head
        # An item that is not a sentence is left for the rules of an article to reject.
        source = head.get("source")
        listed = source.get("sentences") if isinstance(source, dict) else None
        sentences = listed if isinstance(listed, list) else []
        self._sentences = [each for each in sentences if isinstance(each, dict) and are_places([each.get("span")])]
        self._by_place = Stretches((each["span"]["start"], each["span"]["end"]) for each in self._sentences)
        self._places: dict[str, list[str]] = {table: [] for table in (*PLACED, "arguments")}
        self._regions = {region.key: region for region in regions if self._is_known(region)}
        self._links = [link for link in links if self._fits(link)]
        self._outgoing: dict[tuple[str, str], list[DrawnLink]] = defaultdict(list)
        drawn = set[tuple[str, str, str]]()
        for link in self._links:
            if (link.source, link.kind, link.target) in drawn:
                self._report(f"{link.place}: another {link.kind!r} joins the same two regions; remove one")
            drawn.add((link.source, link.kind, link.target))
            self._outgoing[link.source, link.kind].append(link)
        self._entities = _Entities(head.get("entities"))
        stored = (row.get("id") for region in regions for row in (region.stored, *_stored_arguments(region)))
        self._taken = {*self._entities.ids, *(each for each in stored if isinstance(each, str))}
        # The last number tried after each stem of an id.
        self._numbers: dict[str, int] = defaultdict(lambda: 1)
        # A stored id can be any value; the rules of an article check it.
        self._ids: dict[str, Any] = {
            region.key: self._new_id(f"{_STEMS.get(region.label, region.label)} {region.key}")
            if region.is_new
            else region.stored["id"]
            for region in self._regions.values()
            if region.label in TABLES_BY_LABEL
        }
        # The regions whose first note became the value of a field and is not kept as a note.
        self._said: set[str] = set()
        # The reasons given for sentences without claims, by their numbers.
        self._reasons: dict[int, str] = {}
        self._in_chains: set[str] = set()

    def _is_known(self, region: DrawnRegion) -> bool:
        if region.label not in LABELS:
            self._miss(
                region, f"{quoted(region.label)} is not a known label", did_you_mean(nearest(region.label, LABELS))
            )
            return False
        values = values_of(region.label)
        for name in region.attributes:
            if name not in values:
                hint = did_you_mean(nearest(name, values))
                self._miss(region, f"a {region.label} has no attribute {quoted(name)}", hint)
        region.attributes = {name: value for name, value in region.attributes.items() if name in values}
        return True

    def _fits(self, link: DrawnLink) -> bool:
        missing = [key for key in (link.source, link.target) if key not in self._regions]
        if missing:
            # A region with an unknown label is reported elsewhere.
            return False
        ends = self._regions[link.source].label, self._regions[link.target].label
        if link.kind not in LINKS:
            hint = did_you_mean(nearest(link.kind, LINKS))
            self._report(
                f"{link.place}: {quoted(link.kind)} is not a known kind of link" + (f"; {hint}" if hint else "")
            )
            return False
        sources, targets = LINKS[link.kind]
        if ends[0] in sources and ends[1] in targets:
            return True
        wanted = f"from a {' or '.join(sources)} to a {' or '.join(targets)}"
        self._report(f"{link.place}: {quoted(link.kind)} leads {wanted}, not from a {ends[0]} to a {ends[1]}")
        return False

    def _miss(self, region: DrawnRegion, message: str, hint: str | None = None) -> None:
        self._report(f"{region.place}: {message}" + (f"; {hint}" if hint else ""))

    def _report(self, problem: str) -> None:
        """Keep a problem, as far as a message can list it."""
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(cut(problem, MOST_PROBLEMS))
        else:
            self.omitted += 1

    def _new_id(self, words: str) -> str:
        slug = "-".join(re.findall("[a-z0-9]+", words.casefold())) or "entity"
        made = slug
        while made in self._taken:
            self._numbers[slug] += 1
            made = f"{slug}-{self._numbers[slug]}"
        self._taken.add(made)
        return made

    def add_place(self, pointer: str, message: str) -> str:
        """Add to a message the place of the region to which a pointer leads."""
        _, table, position, *_ = (*pointer.split("/"), "", "")
        places = self._places.get(table, [])
        return f"{places[int(position)]}: {message}" if position.isdigit() and int(position) < len(places) else message

    def _add_reason(self, region: DrawnRegion) -> None:
        """Write the note of a region as the reason of the sentences that it overlaps."""
        if len(region.notes) != 1:
            self._miss(region, "a NoClaim needs one reason", "write as its note why the sentence carries no claim")
            return
        self._said.add(region.key)
        (reason,) = region.notes
        touched = [self._by_place.touching(place["start"], place["end"]) for place in region.places]
        for number in dict.fromkeys(chain.from_iterable(touched)):
            if self._reasons.setdefault(number, reason) != reason:
                self._miss(region, "the sentence has another NoClaim with a different reason", "remove one of them")
            self._sentences[number]["no_claim"] = reason
        if not any(touched):
            self._miss(region, "this NoClaim is in no sentence", "remove it")

    # Regions.

    def rows(self) -> dict[str, list[Data]]:
        """The records of each table."""
        for region in self._regions.values():
            if region.label == "Mention":
                self._name_entity(region)
        self._join_mentions()
        rows: dict[str, list[Data]] = {table: [] for table in TABLES}
        for region in self._regions.values():
            if region.label in TABLES_BY_LABEL:
                table = TABLES_BY_LABEL[region.label]
                rows[table].append(self._row(table, region))
                self._places[table].append(region.place)
        rows["arguments"] = self._arguments()
        rows["entities"] = self._entities.rows
        for region in self._regions.values():
            if region.label == NO_CLAIM:
                self._add_reason(region)
        self._report_without_voice()
        self._keep_notes()
        return rows

    def _row(self, table: str, region: DrawnRegion) -> Data:
        row = {key: value for key, value in region.stored.items() if key not in ("author", "arguments", *_SIDES)}
        row |= {"id": self._ids[region.key], **self._labels(region)}
        if table in EVIDENCED:
            row["evidence"] = region.places
        else:
            row["span"] = self._only_span(region)
        made = getattr(self, f"_{table}")(region, row)
        return {**row, **made}

    def _only_span(self, region: DrawnRegion) -> Data:
        if len(region.places) != 1:
            self._miss(region, f"a {region.label} has one span, not {len(region.places)}")
        return region.places[0]

    def _labels(self, region: DrawnRegion) -> Data:
        """The values of the attributes that are fields of the record itself."""
        found: Data = {}
        voice = attributes_of(CUE)
        for name, slot in attributes_of(region.label).items():
            if name in voice:
                continue
            if name in region.attributes or slot.kind is bool:
                found[slot.name] = region.attributes.get(name, False)
            elif not (slot.may_be_left_out or self._may_do_without(region, name)):
                self._miss(region, f"a {region.label} needs the attribute {name}")
        return found

    def _may_do_without(self, region: DrawnRegion, name: str) -> bool:
        return name == MentionForm.__name__ and self._entities.is_name(region.words)

    def _mentions(self, region: DrawnRegion, _: Data) -> Data:
        entity = self._entities.of.get(region.key)
        if entity is None:
            message = f"the entity of {quoted(region.words)} is unknown"
            self._miss(region, message, "name it in the note, or set EntityKind if it is not in the article yet")
            return {}
        form = {} if MentionForm.__name__ in region.attributes else {"form": MentionForm.NAME.value}
        return {"entity": entity, **form}

    def _times(self, region: DrawnRegion, _: Data) -> Data:
        anchors = [self._ids[link.target] for link in self._only(region, "anchor")]
        return {**self._first_note(region, "value"), **({"anchor": anchors[-1]} if anchors else {})}

    def _quantities(self, region: DrawnRegion, _: Data) -> Data:
        if not region.is_new:
            return {}
        said = self._first_note(region, "value").get("value", region.words)
        match = _AMOUNT.fullmatch(said.strip())
        if match is None:
            self._miss(region, f"{quoted(said)} is not an amount", "write it as the note, such as '5000000 USD'")
            return {}
        return {"value": match[1].replace(",", "").lstrip("+"), "unit": match[2]}

    def _quotations(self, region: DrawnRegion, row: Data) -> Data:
        speakers = [self._speaker(link) for link in self._only(region, "speaker")]
        claims = [self._ids[link.target] for link in self._from(region, "quotes")]
        made: Data = {"text": row.get("text", region.words), "claims": _merge(row.get("claims"), claims)}
        return made | ({"speaker": speakers[-1]} if speakers else {})

    def _events(self, region: DrawnRegion, row: Data) -> Data:
        parts = [
            {"entity": self._speaker(link), "role": link.kind}
            for role in Role
            for link in self._from(region, role.value)
        ]
        made = {
            "participants": _merge(row.get("participants"), parts),
            **self._gist(region),
            **self._dated(region, "when"),
        }
        places = [self._speaker(link) for link in self._only(region, "set-in")]
        return made | ({"place": places[-1]} if places else {})

    def _relations(self, region: DrawnRegion, row: Data) -> Data:
        made = self._dated(region, "during")
        for end in ("subject", "object"):
            found = [self._speaker(link) for link in self._only(region, end)]
            if found:
                made[end] = found[-1]
            elif end not in row:
                self._miss(region, f"a Relation needs a link {end!r} to a Mention")
        return made

    def _claims(self, region: DrawnRegion, row: Data) -> Data:
        carried = {table: list[str]() for table in _CARRIED.values()}
        for link in self._from(region, "tells"):
            carried[_CARRIED[self._regions[link.target].label]].append(self._ids[link.target])
        about = [self._speaker(link) for link in self._from(region, "about")]
        made: Data = {table: _merge(row.get(table), ids) for table, ids in carried.items()}
        return {**made, "about": _merge(row.get("about"), about), **self._gist(region), "voices": self._voices(region)}

    def _gist(self, region: DrawnRegion) -> Data:
        if not region.is_new:
            return {}
        told = self._first_note(region, "gist")
        if not told:
            self._miss(region, f"a {region.label} needs a gist", "write it as its note, in your own words")
        return told

    def _dated(self, region: DrawnRegion, field: str) -> Data:
        found = self._only(region, "dated")
        if not found:
            return {}
        time = self._regions[found[-1].target]
        return {field: time.stored.get("value", time.notes[0] if time.is_new and time.notes else None)}

    def _first_note(self, region: DrawnRegion, field: str) -> Data:
        """The first note of a new region as the value of a field."""
        if not (region.is_new and region.notes):
            return {}
        self._said.add(region.key)
        return {field: region.notes[0]}

    # Voices.

    def _voices(self, claim: DrawnRegion) -> list[Data]:
        inner = list(self._inner(claim))
        authors = self._head.get("authors")
        author = claim.stored.get("author", authors[0] if isinstance(authors, list) and authors else None)
        cues = [self._regions[link.target] for link in self._only(claim, "cue")]
        self._in_chains |= {cue.key for cue in cues}
        mode = Mode.INDIRECT if inner else Mode.DIRECT
        outermost = self._voice(claim, author, cues[-1] if cues else None, Channel.PUBLISHED_WORK, mode, act="say")
        return [outermost, *inner]

    def _inner(self, claim: DrawnRegion) -> Iterator[Data]:
        seen, waiting = set[str](), self._from(claim, "voice")[::-1]
        while waiting:
            link = waiting.pop()
            cue = self._regions[link.target]
            if cue.key in seen:
                self._report(f"{link.place}: {quoted(link.kind)} leads to a voice that the chain already contains")
                continue
            seen.add(cue.key)
            self._in_chains.add(cue.key)
            yield self._voice(cue, self._source(cue), cue, Channel.UNSPECIFIED, Mode.INDIRECT)
            waiting += self._from(cue, "voice")[::-1]

    def _voice(
        self,
        region: DrawnRegion,
        source: Any,
        cue: DrawnRegion | None,
        channel: Channel,
        mode: Mode,
        **usual: str,
    ) -> Data:
        labels: Data = {"channel": channel.value, "mode": mode.value, **usual}
        for name, slot in attributes_of(CUE).items():
            if name in region.attributes:
                labels[slot.name] = region.attributes[name]
            elif slot.name not in labels:
                self._miss(region, f"a {region.label} needs the attribute {name}")
        hedges = [self._regions[link.target] for link in self._from(region, "hedge")]
        self._in_chains |= {hedge.key for hedge in hedges}
        places = [self._only_span(hedge) for hedge in hedges]
        return {**labels, "source": source, "cue": None if cue is None else self._only_span(cue), "hedges": places}

    def _source(self, cue: DrawnRegion) -> Any:
        speakers = [self._speaker(link) for link in self._only(cue, "speaker")]
        if speakers:
            return speakers[-1]
        if "source" in cue.stored:
            return cue.stored["source"]
        named = self._entities.named(cue.notes[0]) if cue.notes else []
        if len(named) == 1:
            self._said.add(cue.key)
            return named[0]
        hint = "draw a link 'speaker' to a Mention of the speaker, or name the entity in the note"
        self._miss(cue, "the voice of this Cue is unknown", hint)
        return None

    def _report_without_voice(self) -> None:
        """Report cues and hedges without a voice, which would be lost."""
        remedies = {CUE: "draw a link 'voice' to it from a Claim or a Cue", HEDGE: "draw a link 'hedge' to it"}
        for region in self._regions.values():
            if region.label in remedies and region.key not in self._in_chains:
                self._miss(region, f"this {region.label} belongs to no voice", remedies[region.label])

    # Entities.

    def _name_entity(self, region: DrawnRegion) -> None:
        self._find_entity(region)
        for reference in region.references:
            if not self._entities.confirm(reference, self._entities.of.get(region.key)):
                region.notes.append(f"{reference.scheme}:{reference.value} {reference.name}".strip())

    def _find_entity(self, region: DrawnRegion) -> None:
        for reference in region.references:
            named = self._entities.referred(reference)
            if len(named) == 1:
                self._entities.of[region.key] = named[0]
                return
        if "entity" in region.stored:
            self._entities.of[region.key] = region.stored["entity"]
            return
        references = [reference.name for reference in region.references]
        for words in (*region.notes[:1], *references, region.words):
            named = self._entities.named(words)
            if len(named) > 1:
                self._miss(region, f"{quoted(words)} is a name of {' and '.join(named)}", "write the id as its note")
            if named:
                self._entities.of[region.key] = named[0]
                self._said |= {region.key} if words in region.notes else set()
                return
        if EntityKind.__name__ in region.attributes:
            self._add_entity(region)

    def _add_entity(self, region: DrawnRegion) -> None:
        reference = region.references[0] if region.references else None
        name = region.notes[0] if region.notes else (reference.name if reference else "") or region.words
        self._said |= {region.key} if region.notes else set()
        entity: Data = {"id": self._new_id(name), "kind": region.attributes[EntityKind.__name__], "name": name}
        if reference is not None:
            seen = {"scheme": _scheme_key(reference.scheme), "value": reference.value, "seen_in": reference.place}
            entity["identifiers"] = [seen]
        self._entities.add(entity)
        self._entities.of[region.key] = entity["id"]

    def _join_mentions(self) -> None:
        """Assign the same entity to mentions that are linked directly or through others."""
        known, joined = self._entities.of, defaultdict[str, list[str]](list)
        links = [link for link in self._links if link.kind == "same-entity"]
        for link in links:
            joined[link.source].append(link.target)
            joined[link.target].append(link.source)
        waiting = list(known)
        # The list grows while it is read.
        for one in waiting:
            for other in joined[one]:
                if other not in known:
                    known[other] = known[one]
                    waiting.append(other)
        for link in links:
            one, two = (quoted(known.get(key)) for key in (link.source, link.target))
            if one != two:
                self._report(f"{link.place}: joins mentions of {one} and {two}; remove it, or correct a mention")

    def _speaker(self, link: DrawnLink) -> Any:
        return self._entities.of.get(link.target)

    # Arguments.

    def _arguments(self) -> list[Data]:
        found: list[tuple[int, str, Data]] = []
        for region in self._regions.values():
            attacks = _stored_arguments(region)
            drawn = defaultdict[str, list[Data]](list)
            for row in attacks:
                if row.get("kind") != ArgumentKind.UNDERCUTS:
                    drawn[repr(row.get("target"))].append(row)
            for kind in ArgumentKind:
                for link in self._from(region, kind.value):
                    ends = {"source": self._ids[region.key], "target": self._ids[link.target]}
                    row = _take_argument(drawn[repr(ends["target"])], kind.value)
                    row.setdefault("id", self._new_id(f"argument {link.key}"))
                    self._ids[link.key] = row["id"]
                    found.append(_with_position({**row, "kind": kind.value, **ends}, link.place))
            # Only undercuts are stored without being drawn; any other argument left here was removed in the tool.
            for row in attacks:
                if row.get("kind") == ArgumentKind.UNDERCUTS:
                    found.append(_with_position({**row, "source": self._ids[region.key]}, region.place))
        found.sort(key=lambda numbered: numbered[0])
        self._places["arguments"] = [place for _, place, _ in found]
        return [row for _, _, row in found]

    def _from(self, region: DrawnRegion, kind: str) -> list[DrawnLink]:
        return self._outgoing.get((region.key, kind), [])

    def _only(self, region: DrawnRegion, kind: str) -> list[DrawnLink]:
        """The link of a kind that a region may have only once."""
        found = self._from(region, kind)
        for link in found[1:]:
            self._report(f"{link.place}: another {kind!r} starts at the same {region.label}; remove one")
        return found[:1]

    # Notes.

    def _keep_notes(self) -> None:
        owners = dict(self._ids)
        for link in self._links:
            # Cues, hedges and links are parts of the record where they start.
            owners.setdefault(link.key, owners.get(link.source))
            owners.setdefault(link.target, owners.get(link.source))
        drawn: tuple[DrawnRegion | DrawnLink, ...] = (*self._regions.values(), *self._links)
        for each in drawn:
            free = each.notes[1:] if each.key in self._said else each.notes
            if free:
                self.notes[str(owners.get(each.key))] += free


class _Entities:
    """The entities of an article, found by id, name, alias or outside identifier."""

    def __init__(self, rows: Any) -> None:
        self.rows: list[Any] = list(rows) if isinstance(rows, list) else []
        self.ids = set[str]()
        self.of: dict[str, Any] = {}
        """The ids of the entities by the keys of their mentions."""
        self._by_name: dict[str, dict[str, None]] = defaultdict(dict)
        self._by_identifier: dict[tuple[str, str], str] = {}
        for row in self.rows:
            self._enter(row)

    def add(self, row: Data) -> None:
        """Add an entity that is not in the article yet."""
        self.rows.append(row)
        self._enter(row)

    def _enter(self, row: Any) -> None:
        # An item that is not an entity stays in its position, for the rules of an article to report.
        if not (isinstance(row, Mapping) and isinstance(row.get("id"), str)):
            return
        self.ids.add(row["id"])
        aliases = row.get("aliases", [])
        for name in (row["id"], row.get("name"), *(aliases if isinstance(aliases, list) else [])):
            self._by_name[_key(name)][row["id"]] = None
        identifiers = row.get("identifiers", [])
        for each in identifiers if isinstance(identifiers, list) else []:
            if isinstance(each, Mapping):
                self._by_identifier[_scheme_key(each.get("scheme")), str(each.get("value"))] = row["id"]

    def named(self, words: str) -> list[str]:
        """The entities with this id, or else with this name or alias."""
        return [words] if words in self.ids else list(self._by_name.get(_key(words), ()))

    def is_name(self, words: str) -> bool:
        """Whether any entity has this id, name or alias."""
        return bool(self.named(words))

    def referred(self, reference: Reference) -> list[str]:
        """The entities of a reference: by their id here, or by their identifier in its register."""
        if reference.value in self.ids:
            return [reference.value]
        found = self._by_identifier.get((_scheme_key(reference.scheme), reference.value))
        return [] if found is None else [found]

    def confirm(self, reference: Reference, entity_id: Any) -> bool:
        """Whether the entity with this id has the identifier and the name of a reference."""
        return self.referred(reference) == [entity_id] and (
            not reference.name or entity_id in self.named(reference.name)
        )


def unsealed(stored: Any, place: str, key: str = "") -> Data:
    """Return stored fields without the seal and the lines of voices.

    Raises:
        InvalidImport: They are not those of the exporter.
    """
    fields = {name: value for name, value in stored.items() if name != SEAL} if isinstance(stored, dict) else {}
    try:
        is_intact = stored == sealed(fields, key)
    except TypeError:
        # Data from Python may contain more than JSON can.
        is_intact = False
    if not is_intact:
        raise InvalidImport(f"{place}: the stored fields were changed; restore them from the export")
    return {name: value for name, value in fields.items() if name not in TOLD}


def are_places(value: Any) -> bool:
    """Whether plain data is a list of spans."""
    return isinstance(value, list) and all(
        isinstance(place, dict) and set(place) == {"start", "end"} and all(type(end) is int for end in place.values())
        for place in value
    )


def _key(name: Any) -> str:
    return normalise(str(name)).casefold()


def _scheme_key(scheme: Any) -> str:
    return "-".join(re.findall("[a-z0-9]+", str(scheme).casefold()))


def _merge(stored: Any, drawn: list[Any]) -> Any:
    """The stored items, followed by those that were only drawn."""
    if not isinstance(stored, list):
        return drawn if stored is None else stored
    known = set(map(_key_of, stored))
    return stored + [each for each in drawn if _key_of(each) not in known]


def _key_of(value: Any) -> str:
    """A key that equal items of the records have in common, as stored data may contain anything."""
    return repr(sorted(value.items(), key=repr) if isinstance(value, dict) else value)


def _stored_arguments(region: DrawnRegion) -> list[Data]:
    """The arguments that are stored with a claim."""
    stored = region.stored.get("arguments") if region.label == "Claim" else None
    if stored is None:
        return []
    if not isinstance(stored, list) or not all(isinstance(row, dict) for row in stored):
        raise InvalidImport(f"{region.place}: the stored arguments must be a list of objects")
    return list(stored)


def _take_argument(alike: list[Data], kind: str) -> Data:
    """Take the stored fields of a drawn argument: of one of its kind, or else of one whose kind was changed."""
    if not alike:
        return {}
    best = min(range(len(alike)), key=lambda index: alike[index].get("kind") != kind)
    return dict(alike.pop(best))


def _with_position(argument: Data, place: str) -> tuple[int, str, Data]:
    position = argument.pop("position", None)
    row = {key: value for key, value in argument.items() if key not in _SIDES}
    # New arguments come last.
    return position if type(position) is int else 1 << 62, place, row
