"""Resolving one record: pieces become spans, names become ids, and every problem is noted.

Here: reading one record as far as possible, with all of its problems and repairs.
Not here: combining the records of one article (`from_records.py`), finding pieces (`pieces.py`) and names
(`naming.py`), and checking the form of the result (`codec/shape.py`).

A value that cannot be resolved does not hide the next one: the rest of the record is still read.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, Final, TypeAlias

import attrs

from oped_dataset.codec.scanner import UNREADABLE
from oped_dataset.codec.shape import read_part
from oped_dataset.errors import InvalidArticle, Problem
from oped_dataset.extraction.forms import Key, class_of, keys_of
from oped_dataset.extraction.naming import Names, name_key
from oped_dataset.extraction.pieces import Pieces, select_inside
from oped_dataset.extraction.repairs import label_for, tidy
from oped_dataset.messages import Suggestions, quoted
from oped_dataset.model.layout import layout
from oped_dataset.model.records import PUBLICATION_DATE, Span, Voice
from oped_dataset.model.vocabulary import Vocabulary
from oped_dataset.text.canonical import normalise

Data: TypeAlias = dict[str, Any]

SPANNED: Final = ("mention", "time", "quantity", "quotation")
"""The kinds of records with one span."""

EVIDENCED: Final = ("event", "relation", "claim")
"""The kinds of records with evidence, one span or more."""

_LOCATED: Final = (*SPANNED, *EVIDENCED)
_LOCATING: Final = frozenset({"text", "within", "occurrence"})
"""The keys of a piece, which can also be in the record itself."""

_PLACES: Final = frozenset({"span", "text", "evidence", "cue", "hedges", "within"})
_DROPPED: Final = frozenset({"hedges", "about", "participants", "place", "events", "relations", "quantities", "claims"})
"""The keys whose values a repair may leave out without changing what the record says; never a voice, a cue or a
commitment."""

_LEFT_OUT: Final = object()


@attrs.define
class Scope:
    """The records of one answer: about the whole text, or about one passage.

    Attributes:
        pointer: The pointer of the answer among the records given.
        span: The passage; None for the whole text.
        ids: The ids in the answer, each with the id of its record in the article.
        entities: The ids in the answer that belong to entities.
        names: The ids of the entities described in the answer, by name.
    """

    pointer: str = ""
    span: Span | None = None
    ids: dict[str, str] = attrs.field(factory=dict)
    entities: set[str] = attrs.field(factory=set)
    names: dict[str, str] = attrs.field(factory=dict)


@attrs.frozen
class Desk:
    """The tools for reading a record.

    Attributes:
        pieces: Finds pieces of the text.
        names: The entities known so far.
        defaults: Values for absent keys, by kind of record.
        repair: Whether to repair spelling.
        make_entity: Makes an entity for an unknown name; returns its id, or None if it has no kind.
        suggestions: Finds near misses.
    """

    pieces: Pieces
    names: Names
    defaults: Mapping[str, Mapping[str, Any]]
    repair: bool
    make_entity: Callable[[str, Resolving, str], str | None]
    suggestions: Suggestions = attrs.field(factory=Suggestions)


@attrs.frozen
class Wanted:
    """A span to find: given as offsets, or as words and the means to distinguish their occurrences.

    Attributes:
        span: The offsets.
        words: The words.
        scopes: The spans to search; None for the whole text.
        where: The description of these spans in messages.
        occurrence: The number of the occurrence, from 1.
        parts: Whether the inside of a longer word is accepted, because that word is given.
    """

    span: Span | None = None
    words: str = ""
    scopes: Sequence[Span] | None = None
    where: str = "in the text"
    occurrence: int | None = None
    parts: bool = False


class Resolving:
    """Resolves one record."""

    def __init__(self, desk: Desk, scope: Scope, pointer: str, *, ordered: Span | None = None) -> None:
        """Begin without problems or repairs.

        Args:
            desk: The tools.
            scope: The answer that contains the record.
            pointer: The pointer of the record.
            ordered: Its span, if the order of the records leaves one possibility.
        """
        self.problems: list[Problem] = []
        self.repairs: list[tuple[str, Any, Any, str]] = []
        self._desk = desk
        self._scope = scope
        self._pointer = pointer
        self._ordered = ordered
        self._whole = Wanted() if scope.span is None else Wanted(scopes=[scope.span], where="in the passage")
        self._near: Sequence[Span] = ()
        self._evidence_is_lost = False

    def note(self, code: str, pointer: str, message: str, hint: str | None = None) -> Any:
        """Note a problem; return a placeholder for the value."""
        self.problems.append(Problem(code=f"OPED-{code}", pointer=pointer, message=message, hint=hint))
        return UNREADABLE

    def record_repair(self, pointer: str, before: Any, after: Any, reason: str) -> Any:
        """Note a repair; return the repaired value."""
        self.repairs.append((pointer, before, after, reason))
        return after

    def read(self, data: Data, cls: type[Any], pointer: str) -> Any:
        """Read plain data as a record or a part of one, and note its problems."""
        try:
            return read_part(data, cls, pointer)
        except InvalidArticle as error:
            # The placeholder prevents further problems about the same value.
            self.problems += error.problems
            return UNREADABLE

    def keys(self, kind: str, given: Mapping[str, Any], part: type[Any] | None = None) -> Data:
        """Return the values of a record or of a part of one, with defaults for keys that are absent or null."""
        cls: Any = class_of(kind) if part is None else part
        known = {slot.name for slot in layout(cls)}
        if part is None:
            known |= _LOCATING
        return {**self._desk.defaults.get(kind, {}), **_drop_nulls(given, known)}

    def resolve(self, kind: str, data: Data) -> Data:
        """Replace the pieces and names in a record by spans and ids."""
        outer = self._outer(data, self._pointer) if kind in _LOCATED else self._whole
        around = outer.scopes if "within" in data else None
        # Beside offsets, `within` and `occurrence` have nothing to distinguish and are unknown keys.
        read = {"record", "within", "occurrence"} if kind in _LOCATED and "span" not in data else {"record"}
        data = {key: value for key, value in data.items() if key not in read}
        if kind in SPANNED:
            self._resolve_span(kind, data, outer)
        if kind in EVIDENCED:
            evidence = self._resolve_evidence(data, outer)
            self._evidence_is_lost = not evidence
            self._near = around or self._desk.pieces.sentences_of(evidence)
        return self._resolve_keys(class_of(kind), data, self._pointer)

    # Pieces.

    def find_candidates(self, kind: str, given: Any) -> tuple[str, Sequence[Span]] | None:
        """Return the words and occurrences of a record with one span; None if it has offsets or no words."""
        data = self.keys(kind, given)
        if "span" in data or "text" not in data:
            return None
        wanted = self._wanted(data["text"], self._pointer, self._outer(data, self._pointer))
        if not isinstance(wanted, Wanted) or wanted.span is not None:
            return None
        found = self._places(wanted)
        return wanted.words, found if wanted.occurrence is None else found[wanted.occurrence - 1 :][:1]

    def _outer(self, data: Mapping[str, Any], pointer: str) -> Wanted:
        """Read the keys `within` and `occurrence` of the record itself, which apply to its pieces."""
        inside = self._inside(self._whole, data.get("within"), f"{pointer}/within")
        return attrs.evolve(inside, occurrence=self._number(data.get("occurrence"), f"{pointer}/occurrence"))

    def _inside(self, outer: Wanted, within: Any, pointer: str) -> Wanted:
        """Limit the search to the longer piece around a piece."""
        if within is None:
            return outer
        holder = self._wanted(within, pointer, outer)
        if not isinstance(holder, Wanted):
            return outer
        scopes = [holder.span] if holder.span is not None else self._places(holder)
        if not scopes:
            self._report_missing(holder, pointer)
            return outer
        return attrs.evolve(outer, scopes=scopes, where="in the piece given as `within`", parts=True)

    def _number(self, value: Any, pointer: str) -> int | None:
        # bool is a subclass of int, and true is not the number of an occurrence.
        if value is None or (type(value) is int and value > 0):
            return value
        self.note("wrong-type", pointer, "must be a whole number from 1")
        return None

    def _wanted(self, value: Any, pointer: str, outer: Wanted) -> Any:
        if isinstance(value, Mapping) and "text" not in value:
            span = self.read(dict(value), Span, pointer)
            return Wanted(span=span) if span is not UNREADABLE else span
        piece = _drop_nulls(value, _LOCATING) if isinstance(value, Mapping) else {"text": value}
        words = piece.pop("text", None)
        if not isinstance(words, str) or not normalise(words):
            return self.note("wrong-type", pointer, "must be a piece of the text, or an object with start and end")
        inside = self._inside(outer, piece.pop("within", None), f"{pointer}/within")
        number = self._number(piece.pop("occurrence", None), f"{pointer}/occurrence")
        for key in piece:
            self.note(
                "unknown-key",
                f"{pointer}/{key}",
                f"there is no key {quoted(key)}",
                "a piece has text, within, occurrence",
            )
        return attrs.evolve(inside, words=words, occurrence=number or inside.occurrence)

    def _place(self, value: Any, pointer: str, outer: Wanted) -> Any:
        """Find the span of a piece; return it as plain data."""
        wanted = self._wanted(value, pointer, outer)
        if not isinstance(wanted, Wanted):
            return UNREADABLE
        span = self._locate(wanted, pointer) if wanted.span is None else wanted.span
        return {"start": span.start, "end": span.end} if isinstance(span, Span) else UNREADABLE

    def _locate(self, wanted: Wanted, pointer: str) -> Any:
        found = self._places(wanted)
        if not found:
            return self._report_missing(wanted, pointer)
        if wanted.occurrence is not None:
            return self._pick(found, wanted, pointer)
        possible = select_inside(found, self._near, lambda place: place) or found
        if len(possible) == 1:
            return possible[0]
        # The order of the records is weaker evidence than the sentences of the claim.
        if self._ordered is not None:
            return self._ordered
        if self._evidence_is_lost:
            # The problem is noted when the evidence is known, which may leave one occurrence.
            return UNREADABLE
        hint = "give a longer piece around it as `within`, or the number of the occurrence as `occurrence`"
        return self.note("snippet-ambiguous", pointer, f"{quoted(wanted.words)} occurs {len(possible)} times", hint)

    def _pick(self, found: Sequence[Span], wanted: Wanted, pointer: str) -> Any:
        number = wanted.occurrence or 1
        if number <= len(found):
            return found[number - 1]
        times = "once" if len(found) == 1 else f"{len(found)} times"
        return self.note(
            "snippet-missing", pointer, f"{quoted(wanted.words)} occurs {times} {wanted.where}, not {number} times"
        )

    def _places(self, wanted: Wanted) -> Sequence[Span]:
        return self._desk.pieces.places(wanted.words, wanted.scopes, parts=wanted.parts)

    def _report_missing(self, wanted: Wanted, pointer: str) -> Any:
        if self._desk.pieces.places(wanted.words, wanted.scopes, parts=True):
            message = f"{quoted(wanted.words)} occurs {wanted.where} only inside a longer word"
            return self.note("snippet-missing", pointer, message, "give that word, or give it as `within`")
        words = self._desk.pieces.nearest(wanted.words, wanted.scopes)
        hint = None if words is None else f"the closest words are {words!r}"
        return self.note("snippet-missing", pointer, f"{quoted(wanted.words)} does not occur {wanted.where}", hint)

    def _resolve_span(self, kind: str, data: Data, outer: Wanted) -> None:
        key = "span" if "span" in data else "text"
        if key not in data:
            self._report_no_place()
            data["span"] = UNREADABLE
        else:
            data["span"] = self._place(data[key], f"{self._pointer}/{key}", outer)
        words = data.pop("text", None)
        spelt = self._check_words(data["span"], words if key == "span" else None)
        if kind == "quotation":
            # The record stores the words as they are spelt in the text.
            data["text"] = spelt

    def _report_no_place(self) -> None:
        self.note("missing-key", self._pointer, "the key 'text' is missing, and there are no offsets either")

    def _check_words(self, place: Any, given: Any) -> Any:
        if place is UNREADABLE:
            return UNREADABLE
        words = self._desk.pieces.text[place["start"] : place["end"]]
        if given is not None and (not isinstance(given, str) or normalise(given) != normalise(words)):
            message = f"the text at the span is {quoted(words)}, not {quoted(given)}"
            return self.note("quotation-mismatch", f"{self._pointer}/text", message)
        return words

    def _resolve_evidence(self, data: Data, outer: Wanted) -> list[Span]:
        key = "evidence" if "evidence" in data else "text"
        # Of both keys, the other one is unknown.
        given = data.pop(key, None)
        if given is None:
            self._report_no_place()
            places: list[Any] = [UNREADABLE]
        elif isinstance(given, list | tuple):
            places = [self._place(each, f"{self._pointer}/{key}/{i}", outer) for i, each in enumerate(given)]
        else:
            places = [self._place(given, f"{self._pointer}/{key}", outer)]
        data["evidence"] = places
        if UNREADABLE in places:
            return []
        places.sort(key=lambda place: (place["start"], place["end"]))
        return [Span(place["start"], place["end"]) for place in places]

    # All other keys.

    def _resolve_keys(self, cls: type[Any], data: Data, pointer: str) -> Data:
        """Resolve the values of a record or of a part of one, except the span or evidence of a record."""
        data = dict(data)
        for key in keys_of(cls):
            if key.name in data and (key.holds != "piece" or cls is Voice):
                data[key.name] = self._resolve_key(key, data[key.name], f"{pointer}/{key.name}")
        data = {key: value for key, value in data.items() if value is not _LEFT_OUT}
        if self._desk.repair:
            data = {
                key: value if key in _PLACES else self._tidy(value, f"{pointer}/{key}") for key, value in data.items()
            }
        return data

    def _resolve_key(self, key: Key, value: Any, pointer: str) -> Any:
        if not key.is_list:
            return self._optional(key, value, pointer)
        if not isinstance(value, list | tuple):
            return value
        found = [self._optional(key, each, f"{pointer}/{index}") for index, each in enumerate(value)]
        return [each for each in found if each is not _LEFT_OUT]

    def _optional(self, key: Key, value: Any, pointer: str) -> Any:
        """Resolve a value; if that fails and the record does not need it, a repair leaves it out."""
        # Nested values note their own problems, which a repair withdraws.
        before = len(self.problems)
        found = self._value(key, value, pointer)
        if not (self._desk.repair and key.name in _DROPPED and len(self.problems) > before):
            return found
        reason = "; ".join(problem.message for problem in self.problems[before:])
        del self.problems[before:]
        self.record_repair(pointer, value, None, f"left out, because {reason}")
        return _LEFT_OUT

    def _value(self, key: Key, value: Any, pointer: str) -> Any:
        match key.holds:
            case "piece":
                return self._place(value, pointer, self._whole)
            case "entity":
                return self._entity(value, pointer)
            case "record":
                return self._reference(key, value, pointer)
            case "part":
                return self._part(key.slot.kind, value, pointer)
            case _:
                return self._label(key.slot.kind, value, pointer) if key.is_label else value

    def _part(self, cls: type[Any], value: Any, pointer: str) -> Any:
        if not isinstance(value, Mapping):
            return value
        return self._resolve_keys(cls, self.keys(cls.__name__.casefold(), value, cls), pointer)

    def _label(self, labels: type[Vocabulary], value: Any, pointer: str) -> Any:
        if not (self._desk.repair and isinstance(value, str)) or value in set(labels):
            return value
        label = label_for(value, labels)
        return value if label is None else self.record_repair(pointer, value, label, f"a label of {labels.__name__}")

    def _entity(self, name: Any, pointer: str) -> Any:
        if not isinstance(name, str):
            return name
        if name in self._scope.entities:
            return self._scope.ids[name]
        names = self._desk.names
        found = self._scope.names.get(name_key(name)) or names.find(name) or self._repair_name(name, pointer)
        if found is None and normalise(name) and not names.is_author(name):
            found = self._desk.make_entity(name, self, pointer)
        return found or self.note(
            "unknown-entity",
            pointer,
            f"no entity has the name {quoted(name)}",
            names.hint(name, self._desk.suggestions),
        )

    def _repair_name(self, name: str, pointer: str) -> str | None:
        """Find the entity that other words can only mean, if repairs are requested."""
        names = self._desk.names
        if not self._desk.repair:
            return None
        author = names.only_author() if names.is_author(name) else None
        found = author or names.person(name)
        if found is not None:
            reason = "the author" if author else "the one person of this name"
            self.record_repair(pointer, name, names.shown(found), reason)
        return found

    def _reference(self, key: Key, value: Any, pointer: str) -> Any:
        if not isinstance(value, str) or (key.name == "anchor" and value == PUBLICATION_DATE):
            return value
        if value in self._scope.ids:
            return self._scope.ids[value]
        hint = self._desk.suggestions.hint(value, self._scope.ids)
        return self.note("dangling-reference", pointer, f"no record has the id {quoted(value)}", hint)

    def _tidy(self, value: Any, pointer: str) -> Any:
        if isinstance(value, str) and tidy(value) != value:
            return self.record_repair(pointer, value, tidy(value), "superfluous whitespace")
        if isinstance(value, list):
            return [self._tidy(each, f"{pointer}/{index}") for index, each in enumerate(value)]
        return value


def _drop_nulls(given: Mapping[str, Any], known: Collection[str]) -> Data:
    """Leave out the known keys that are null; an unknown key is a problem whatever its value."""
    return {key: value for key, value in given.items() if value is not None or key not in known}
