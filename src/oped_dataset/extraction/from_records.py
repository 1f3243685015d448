"""Making articles from the output of pipelines and language models: dicts with pieces of text instead of offsets.

Here: `from_records`, which combines the records of a text, or of its passages, in one article.
Not here: resolving one record (`resolving.py`), recognising equal records (`merging.py`), the form of a record
(`forms.py`), the rules between records (`validation/rules.py`), scoring (`scoring/scores.py`).

A record that cannot be resolved is left out and reported with all of its problems.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import Any, Final, TypeAlias

import attrs

from oped_dataset.arguments import several
from oped_dataset.codec.jsontext import USUAL, Limits, check_limits
from oped_dataset.errors import InvalidRecord, NotComparable
from oped_dataset.extraction.forms import KINDS, class_of, keys_of
from oped_dataset.extraction.merging import Twins
from oped_dataset.extraction.naming import Names, name_key
from oped_dataset.extraction.passages import Passage
from oped_dataset.extraction.pieces import Pieces, in_order
from oped_dataset.extraction.repairs import slug_for
from oped_dataset.extraction.resolving import SPANNED, Desk, Resolving, Scope
from oped_dataset.extraction.results import Extraction, Rejection, Repair
from oped_dataset.messages import did_you_mean, nearest, quoted
from oped_dataset.model.article import TABLES, Article
from oped_dataset.model.fields import SLUG
from oped_dataset.model.records import Entity, Sentence, Span
from oped_dataset.model.stretches import Cover
from oped_dataset.model.tables import Record
from oped_dataset.text.canonical import text_digest
from oped_dataset.text.sentences import sentences_of

Records: TypeAlias = Mapping[str, Any] | Iterable[Mapping[str, Any]]
"""Dicts, or an object with a list of them under `records`, as `extraction_schema` describes."""

_DEFAULTED: Final = (*KINDS, "voice", "participant")
"""The kinds of records and of their parts that can have defaults."""
_MERGED: Final = frozenset({"name", "aliases"})
"""The keys in which two descriptions of an entity may differ."""
_MERGED_ACROSS: Final = _MERGED | {"id", "description"}
"""The keys in which descriptions of an entity in two passages may differ."""

_MOST_NAMESAKES: Final = 100
"""How many entities of one name are compared with a further one, so that many take linear time."""


def from_records(
    records: Records | Sequence[Records],
    *,
    like: Article,
    text: str | None = None,
    defaults: Mapping[str, Mapping[str, Any]] | None = None,
    passages: Sequence[Passage] | None = None,
    after: Extraction | None = None,
    repair: bool = False,
    limits: Limits = USUAL,
) -> Extraction:
    """Make an article from dicts with pieces of text instead of offsets.

    Each dict has the key `record`, one of `entity`, `mention`, `time`, `quantity`, `quotation`, `event`, `relation`,
    `claim`, `argument`, and the keys of that record in a document, with these exceptions:

    - `text` replaces the span, and `evidence` is a list of pieces. A piece is a string, compared in the normalised
      form, so that the style of quotation marks and whitespace make no difference. It never begins or ends inside a
      character, nor inside a longer word unless that word is given as `within`.
    - A piece that occurs more than once can be an object: `text`, with `within`, a longer piece around it, or
      `occurrence`, the number of the occurrence, from 1. Both keys can also be in the record itself. Without them,
      equal pieces of mentions, times, quantities or quotations that are listed in the order of the text are located by
      that order where it leaves one possibility.
    - The `cue` and the `hedges` of a voice are pieces too, searched for first in the sentences with the evidence.
    - `{"start": …, "end": …}` is accepted in place of any piece.
    - References to entities are ids or names. `defaults` with a `kind` for entities creates an entity for an unknown
      name.
    - An entity may be described more than once: its aliases are merged, and all other values must be equal.
    - `id` can be left out where nothing refers to the record. null means that a key is left out.

    Args:
        records: The dicts, or an object with `records`. With `passages`, one of these for each passage.
        like: An article of the same text, such as the gold one. Its title, dates, authors, source and headings are
            copied; of its annotation, only the reasons why sentences make no claim, unless a claim is found there.
        text: The text. None uses the text in `like`.
        defaults: Values for absent keys, by kind of record; those of `voice` apply to each voice.
        passages: The passages that the answers annotate, in order. Pieces are searched for inside the passage, ids
            are local to it, and records of two passages about their common sentences are merged.
        after: The extraction of the previous round, with the same `like` and `passages`. Its article is extended. A
            record with the id of an earlier one replaces it; a rejected record that is not given again is withdrawn.
        repair: Whether to repair spelling with only one possible meaning: labels, "the author", a form of address with
            the surname of one person, whitespace, ids; and to leave out a hedge, an entity of `about`, a participant,
            a place or a reference that cannot be resolved. Every repair is listed.
        limits: How many characters and values the records may contain, and how deep they may be nested.

    Raises:
        NotComparable: The text is not that of `like`, or there is no text.
        InvalidRecord: The number of answers differs from that of the passages, an answer has another key beside
            `records`, or `defaults` has an unknown kind of record.
        InvalidImport: The records exceed the limits.
    """
    scopes = [Scope()] if passages is None else [Scope(f"/{i}", each.span) for i, each in enumerate(passages)]
    given = [records] if passages is None else list(records)
    if len(given) != len(scopes):
        message = f"records: must be one answer for each of the {len(scopes)} passages, not {len(given)}"
        raise InvalidRecord(message, "records")
    defaults = {} if defaults is None else defaults
    for kind in defaults:
        if kind not in _DEFAULTED:
            hint = did_you_mean(nearest(kind, _DEFAULTED)) or f"these are: {', '.join(_DEFAULTED)}"
            raise InvalidRecord(f"defaults: {quoted(kind)} is not a kind of record; {hint}", "defaults")
    words = _choose_text(like, text)
    pieces = Pieces(words, [each.span for each in like.source.sentences] or sentences_of(words))
    maker = _Maker(like, pieces, defaults, scopes, repair=repair)
    if after is None:
        maker.begin()
    else:
        maker.go_on(after)
    answers = [_as_list(f"records{scope.pointer}", each) for scope, each in zip(scopes, given, strict=True)]
    check_limits(answers, limits, "the list of records")
    return maker.make(answers)


def _as_list(place: str, records: Any) -> list[Any]:
    wanted = "a list of dicts, or an object with a list of them under 'records'"
    if isinstance(records, Mapping):
        for key in records:
            if key != "records":
                raise InvalidRecord(f"{place}: the key {quoted(key)} is unknown; give {wanted}", "records")
        records = records.get("records", ())
    several(place, records, wanted, "read JSON with json.loads first")
    return list(records)


def _choose_text(like: Article, text: str | None) -> str:
    found = like.source.text if text is None else text
    if found is None:
        raise NotComparable(f"{quoted(like.id)} does not contain its text; pass it as `text`")
    if text_digest(found) != like.source.sha256:
        raise NotComparable(
            f"the text is not the source of {quoted(like.id)}; attach the article to it first: "
            "like=like.attach(text).to_article()"
        )
    return found


@attrs.frozen
class _Given:
    """A record as it was given."""

    place: tuple[int, int]
    pointer: str
    kind: str
    record: Mapping[str, Any]

    @property
    def label(self) -> str | None:
        """Its id as it was given, if that is a string."""
        found = self.record.get("id")
        return found if isinstance(found, str) else None


class _Maker:
    """Makes one article from the records given."""

    def __init__(
        self,
        like: Article,
        pieces: Pieces,
        defaults: Mapping[str, Mapping[str, Any]],
        scopes: list[Scope],
        *,
        repair: bool,
    ) -> None:
        self._like = like
        self._scopes = scopes
        self._tables: dict[str, dict[str, Any]] = {name: {} for name in TABLES}
        self._names = Names(like.authors)
        self._desk = Desk(pieces, self._names, defaults, repair, self._make_entity)
        self._ids: set[str] = set()
        # The last number tried after each stem of an id.
        self._numbers: dict[str, int] = {}
        # The entities of `like` that no record has described yet; for all others, the scope that described them first.
        self._undescribed: set[str] = set()
        self._origins: dict[str, int] = {}
        self._corrected: set[str] = set()
        self._twins = Twins()
        self._same: dict[str, str] = {}
        self._rejections: dict[tuple[int, int], Rejection] = {}
        self._repairs: dict[tuple[int, int], list[Repair]] = {}
        self._repaired: dict[str, Rejection] = {}
        self._repeated: dict[tuple[int, int], str] = {}
        self._respelled: dict[tuple[int, int], str] = {}
        self._doubled: set[tuple[int, int]] = set()

    # The starting point.

    def begin(self) -> None:
        """Add the publisher, authors and contributors of `like`."""
        like = self._like
        for entity_id in dict.fromkeys((like.publisher, *like.authors, *like.contributors)):
            if entity_id in like.entities:
                self._keep(like.entities[entity_id])
                self._undescribed.add(entity_id)

    def go_on(self, after: Extraction) -> None:
        """Add everything from the previous round."""
        if len(after._scopes) != len(self._scopes):
            raise InvalidRecord("after: must be an extraction of as many passages", "after")
        for table in after.article.tables.values():
            for record in table:
                self._keep(record)
                self._twins.add(record, -1)
        for scope, known in zip(self._scopes, after._scopes, strict=True):
            scope.ids |= known
            scope.entities |= {label for label, final in known.items() if final in self._tables["entities"]}
            self._ids |= set(known.values())
        self._corrected = set(self._ids)

    # All records.

    def make(self, answers: Iterable[Iterable[Any]]) -> Extraction:
        """Read all records and make the article."""
        given = [each for number, answer in enumerate(answers) for each in self._recognise(number, answer)]
        self._assign_ids(given)
        # Entities come first because other records refer to them by name, and arguments last because merging a claim
        # changes the ids they refer to.
        for each in given:
            if each.kind == "entity":
                self._add_entity(each)
        ordered = self._locate_by_order(given)
        for arguments in (False, True):
            for each in given:
                if each.kind != "entity" and (each.kind == "argument") is arguments:
                    self._add(each, ordered.get(each.place))
        return self._finish()

    def _recognise(self, scope: int, answer: Iterable[Any]) -> Iterator[_Given]:
        for number, record in enumerate(answer):
            place, pointer = (scope, number), f"{self._scopes[scope].pointer}/{number}"
            wrong = Resolving(self._desk, self._scopes[scope], pointer)
            if not isinstance(record, Mapping) or not all(isinstance(key, str) for key in record):
                wrong.note("wrong-type", pointer, "must be a dict whose keys are str")
            elif not isinstance(kind := record.get("record"), str) or kind not in KINDS:
                hint = did_you_mean(nearest(kind, KINDS)) or f"use one of {', '.join(KINDS)}"
                wrong.note("unknown-record", f"{pointer}/record", f"{quoted(kind)} is not a kind of record", hint)
            else:
                yield _Given(place, pointer, kind, record)
                continue
            self._reject(place, record, wrong)

    def _assign_ids(self, given: Iterable[_Given]) -> None:
        """Assign each id given the id of its record in the article, so that references can point forward."""
        seen: dict[tuple[int, str], str] = {}
        for each in given:
            label, scope = each.label, self._scopes[each.place[0]]
            if label is None:
                continue
            if (each.place[0], label) in seen:
                # An entity may be described again, but two other records must not share an id.
                if {each.kind, seen[each.place[0], label]} != {"entity"}:
                    self._doubled.add(each.place)
                continue
            seen[each.place[0], label] = each.kind
            if label not in scope.ids:
                scope.ids[label] = self._final_id(each, label)
                self._ids.add(scope.ids[label])
            if each.kind == "entity":
                scope.entities.add(label)

    def _final_id(self, given: _Given, label: str) -> str:
        wanted = label
        if self._desk.repair and not re.fullmatch(SLUG, label):
            wanted = slug_for(label) or given.kind
            self._respelled[given.place] = wanted
        if given.kind == "entity" and wanted in self._undescribed:
            return wanted
        return wanted if wanted not in self._ids else self._new_id(wanted)

    def _new_id(self, words: str) -> str:
        slug = slug_for(words) or "entity"
        while (candidate := f"{slug}-{self._numbers[slug]}" if slug in self._numbers else slug) in self._ids:
            self._numbers[slug] = self._numbers.get(slug, 1) + 1
        return candidate

    def _locate_by_order(self, given: Iterable[_Given]) -> dict[tuple[int, int], Span]:
        """Find the spans of records with equal pieces that are listed in the order of the text."""
        asked: defaultdict[tuple[int, str], list[tuple[tuple[int, int], tuple[str, Sequence[Span]]]]] = defaultdict(
            list
        )
        for each in given:
            if each.kind in SPANNED:
                scope = self._scopes[each.place[0]]
                found = Resolving(self._desk, scope, each.pointer).find_candidates(each.kind, each.record)
                if found is not None:
                    asked[each.place[0], each.kind].append((each.place, found))
        places: dict[tuple[int, int], Span] = {}
        for group in asked.values():
            if any(len(found) > 1 for _, (_, found) in group):
                chosen = in_order([words for _, (words, _) in group], [found for _, (_, found) in group])
                places |= {place: span for (place, _), span in zip(group, chosen, strict=True) if span is not None}
        return places

    # One record.

    def _add(self, given: _Given, ordered: Span | None) -> None:
        attempt = self._attempt(given, ordered)
        scope = self._scopes[given.place[0]]
        data = attempt.resolve(given.kind, attempt.keys(given.kind, given.record))
        data["id"] = self._id_of(given, data)
        record = attempt.read(data, class_of(given.kind), given.pointer)
        if attempt.problems:
            self._reject(given.place, given.record, attempt)
            return
        twin = None if record.id in self._corrected else self._twins.find(record, given.place[0])
        if twin is not None:
            self._repeated[given.place] = given.pointer
            self._same[record.id] = twin.id
            if given.label is not None:
                scope.ids[given.label] = twin.id
            return
        self._keep(record)
        self._twins.add(record, given.place[0])
        self._list_repairs(given, record.id, attempt)

    def _attempt(self, given: _Given, ordered: Span | None = None) -> Resolving:
        attempt = Resolving(self._desk, self._scopes[given.place[0]], given.pointer, ordered=ordered)
        if given.place in self._doubled:
            message = f"two records have the id {quoted(given.label)}"
            attempt.note("duplicate-id", f"{given.pointer}/id", message, "give each an id of its own")
        if given.place in self._respelled:
            attempt.record_repair(f"{given.pointer}/id", given.label, self._respelled[given.place], "a slug")
        return attempt

    def _id_of(self, given: _Given, data: Mapping[str, Any]) -> Any:
        if "id" not in data:
            words = data.get("name") if given.kind == "entity" else None
            return self._new_id(words if isinstance(words, str) else given.kind)
        return self._scopes[given.place[0]].ids.get(given.label or "", data["id"])

    def _keep(self, record: Record) -> None:
        self._tables[_TABLES[type(record)]][record.id] = record
        self._ids.add(record.id)
        if isinstance(record, Entity):
            self._names.add(record)

    def _reject(self, place: tuple[int, int], record: Any, attempt: Resolving) -> None:
        pointer = f"{self._scopes[place[0]].pointer}/{place[1]}"
        self._rejections[place] = Rejection(pointer=pointer, record=record, problems=tuple(attempt.problems))

    def _list_repairs(self, given: _Given, record_id: str, attempt: Resolving) -> None:
        if attempt.repairs:
            self._repaired[record_id] = Rejection(pointer=given.pointer, record=given.record, problems=())
        self._repairs[given.place] = [
            Repair(pointer=pointer, record=record_id, before=before, after=after, reason=reason)
            for pointer, before, after, reason in attempt.repairs
        ]

    # Entities.

    def _make_entity(self, name: str, attempt: Resolving, pointer: str) -> str | None:
        """Make an entity that is known only by a name, if `defaults` gives entities a kind."""
        given = self._desk.defaults.get("entity", {})
        if "kind" not in given:
            return None
        entity = attempt.read({**given, "name": name, "id": self._new_id(name)}, Entity, pointer)
        if not isinstance(entity, Entity):
            return None
        self._keep(entity)
        return entity.id

    def _add_entity(self, given: _Given) -> None:
        attempt = self._attempt(given)
        data = attempt.resolve("entity", attempt.keys("entity", given.record))
        known = self._known_entity(given, data, attempt)
        if known is not None:
            # The first description has the defaults already. A value that is None belongs to an unknown key.
            values = {key: value for key, value in data.items() if value is None or given.record.get(key) is not None}
            if given.label is not None and (self._desk.repair or re.fullmatch(SLUG, given.label)):
                del values["id"]
            entity = self._merge(self._tables["entities"][known], values, given, attempt)
        else:
            data["id"] = self._id_of(given, data)
            entity = attempt.read(data, Entity, given.pointer)
        if attempt.problems:
            self._reject(given.place, given.record, attempt)
            return
        if entity.id in self._undescribed:
            # The entity moves to the position of its record.
            self._undescribed.remove(entity.id)
            del self._tables["entities"][entity.id]
        self._keep(entity)
        self._origins.setdefault(entity.id, given.place[0])
        scope = self._scopes[given.place[0]]
        for name in (entity.name, *entity.aliases):
            scope.names.setdefault(name_key(name), entity.id)
        if given.label is not None:
            scope.ids[given.label] = entity.id
        self._list_repairs(given, entity.id, attempt)

    def _known_entity(self, given: _Given, data: Mapping[str, Any], attempt: Resolving) -> str | None:
        """Return the id of the entity that a record describes again; None where it describes a new one."""
        final = self._scopes[given.place[0]].ids.get(given.label or "")
        if final in self._tables["entities"]:
            # The first description of this round replaces that of the previous round.
            return None if final in self._corrected and final not in self._origins else final
        name, scope = data.get("name"), given.place[0]
        if not isinstance(name, str):
            return None
        called = list(islice(self._names.all(name), _MOST_NAMESAKES))
        aliases = data.get("aliases")
        others = [each for each in aliases if isinstance(each, str)] if isinstance(aliases, list) else []
        also = chain.from_iterable(islice(self._names.all(each), _MOST_NAMESAKES) for each in others)
        # A government and its country may share a name, so the kind must agree across passages.
        alike = [
            each for each in (*called, *also) if self._is_from_elsewhere(each, scope) and self._is_of_kind(each, data)
        ]
        here = [each for each in called if each in self._undescribed and self._is_from_elsewhere(each, scope)]
        if given.label is None:
            here += [each for each in called if self._origins.get(each) == scope]
        if alike or here:
            return (alike or here)[0]
        found = self._names.person(name) if self._desk.repair else None
        if found is not None and self._is_from_elsewhere(found, scope) and self._is_of_kind(found, data):
            reason = "the one person of this name"
            attempt.record_repair(f"{given.pointer}/name", name, self._names.shown(found), reason)
            return found
        return None

    def _is_from_elsewhere(self, entity_id: str, scope: int) -> bool:
        """Whether an entity was described for another passage, or comes from `like` without a record of its own."""
        if entity_id in self._undescribed:
            return not any(each.ids[label] == entity_id for each in self._scopes for label in each.entities)
        return self._origins.get(entity_id, -1) != scope

    def _is_of_kind(self, entity_id: str, data: Mapping[str, Any]) -> bool:
        return bool(self._tables["entities"][entity_id].kind == data.get("kind"))

    def _merge(self, first: Entity, values: dict[str, Any], given: _Given, attempt: Resolving) -> Entity:
        """Add the names from another description of an entity; reject other values that differ from the first."""
        needed = {"id": first.id, "kind": first.kind.value, "name": first.name, "named": first.named}
        again = attempt.read({**needed, "description": first.description, **values}, Entity, given.pointer)
        if not isinstance(again, Entity):
            return first
        may_differ = _MERGED_ACROSS if self._origins.get(first.id, -1) != given.place[0] else _MERGED
        differing = [key for key in values if key not in may_differ and getattr(again, key) != getattr(first, key)]
        if differing:
            message = f"{quoted(first.name)} was described before with a different {' and '.join(differing)}"
            hint = "give the same values, or an id if it is another entity"
            attempt.note("conflicting-entity", f"{given.pointer}/{differing[0]}", message, hint)
        names = {name_key(each): each for each in (again.name, *again.aliases)}
        for name in (first.name, *first.aliases):
            names.pop(name_key(name), None)
        return attrs.evolve(
            first,
            aliases=(*first.aliases, *names.values()),
            description=first.description if first.description is not None else again.description,
        )

    # The article.

    def _finish(self) -> Extraction:
        """Make the article, with the rejections, repairs and repetitions in the order of the records."""
        tables: dict[str, Any] = {
            name: [self._redirect(record) for record in table.values()] for name, table in self._tables.items()
        }
        source = attrs.evolve(self._like.source, sentences=self._sentences())
        repairs = [self._repairs[place] for place in sorted(self._repairs)]
        return Extraction(
            article=attrs.evolve(self._like, source=source, errata=(), **tables),
            rejections=tuple(self._rejections[place] for place in sorted(self._rejections)),
            repairs=tuple(chain.from_iterable(repairs)),
            repeated=tuple(self._repeated[place] for place in sorted(self._repeated)),
            scopes=tuple(each.ids for each in self._scopes),
            repaired=self._repaired,
        )

    def _redirect(self, record: Record) -> Record:
        """Replace references to merged records by references to the records that were kept."""
        if not self._same:
            return record
        changed: dict[str, Any] = {}
        for key in keys_of(type(record)):
            if key.holds == "record":
                value = getattr(record, key.name)
                ids = [self._same.get(each, each) for each in (value if key.is_list else (value,))]
                changed[key.name] = tuple(dict.fromkeys(ids)) if key.is_list else ids[0]
        return attrs.evolve(record, **changed)

    def _sentences(self) -> tuple[Sentence, ...]:
        """Return the sentences of `like`, without the reason for making no claim where a claim was found."""
        claims = self._tables["claims"].values()
        evidence = Cover((span.start, span.end) for claim in claims for span in claim.evidence)
        return tuple(
            attrs.evolve(each, no_claim=None)
            if each.no_claim is not None and evidence.touches(each.span.start, each.span.end)
            else each
            for each in self._like.source.sentences
        )


_TABLES: Final[Mapping[type[Record], str]] = {class_of(kind): table for kind, table in KINDS.items()}
