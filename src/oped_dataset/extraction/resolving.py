"""One record on its way to an article: pieces become places, names become ids, and every mistake is noted.

Here: reading one record as far as it can be read, with all that is wrong with it and all that was repaired.
Not here: the records of one article together (`from_records.py`), finding a piece (`pieces.py`) and a name
(`naming.py`), and the form of what comes out (`codec/shape.py`).

A value that cannot be resolved does not hide the next: it is noted, and the rest of the record is still read.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, TypeAlias

import attrs

from oped_dataset.codec.scanner import UNREADABLE
from oped_dataset.codec.shape import read_part
from oped_dataset.errors import InvalidArticle, Problem
from oped_dataset.extraction.forms import Key, class_of, keys_of
from oped_dataset.extraction.naming import Names, name_key
from oped_dataset.extraction.pieces import Pieces
from oped_dataset.extraction.repairs import label_for, tidy
from oped_dataset.messages import Suggestions, quoted
from oped_dataset.model.records import PUBLICATION_DATE, Span, Voice
from oped_dataset.model.vocabulary import Vocabulary
from oped_dataset.text.canonical import normalise

Data: TypeAlias = dict[str, Any]

SPANNED: Final = ("mention", "time", "quantity", "quotation")
"""The kinds of records that have one place."""

EVIDENCED: Final = ("event", "relation", "claim")
"""The kinds of records that have one place or more."""

_PLACES: Final = frozenset({"span", "text", "evidence", "cue", "hedges", "within"})
_DROPPED: Final = frozenset({"hedges", "about", "participants", "place", "events", "relations", "quantities", "claims"})
"""What a record can be without and say nothing else. A voice, a cue or a commitment is none of it."""

_LEFT_OUT: Final = object()


@attrs.define
class Scope:
    """The records that were given together: all of them, or those about one passage.

    Attributes:
        pointer: Where they stand in what was given.
        span: The passage, or None for the whole text.
        ids: The ids they use, each with the one it has in the article.
        entities: Those of them that are ids of entities.
        names: The entities described in them, by name.
    """

    pointer: str = ""
    span: Span | None = None
    ids: dict[str, str] = attrs.field(factory=dict)
    entities: set[str] = attrs.field(factory=set)
    names: dict[str, str] = attrs.field(factory=dict)


@attrs.frozen
class Desk:
    """What is needed to read a record.

    Attributes:
        pieces: The places in the text.
        names: The entities known so far.
        defaults: Values for keys that are left out.
        repair: Whether to repair spelling.
        make_entity: Makes an entity that is only named; returns its id, or None where no kind is given for it.
        suggestions: The near misses that are named.
    """

    pieces: Pieces
    names: Names
    defaults: Mapping[str, Mapping[str, Any]]
    repair: bool
    make_entity: Callable[[str, Resolving, str], str | None]
    suggestions: Suggestions = attrs.field(factory=Suggestions)


@attrs.frozen
class Wanted:
    """A place that a record asks for: offsets, or words and what tells their place apart.

    Attributes:
        span: The offsets.
        words: The words.
        scopes: The places inside which they must stand; None for the whole text.
        where: How a message calls those.
        occurrence: Which of several places, from 1.
        parts: Whether a part of a word may be meant, because the piece around it is given.
    """

    span: Span | None = None
    words: str = ""
    scopes: Sequence[Span] | None = None
    where: str = "in the text"
    occurrence: int | None = None
    parts: bool = False


class Resolving:
    """One record."""

    def __init__(self, desk: Desk, scope: Scope, pointer: str, *, ordered: Span | None = None) -> None:
        """Begin with nothing noted.

        Args:
            desk: What is needed.
            scope: The records it was given with.
            pointer: Where it stands in what was given.
            ordered: Its place, where the order of the records leaves one.
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
        """Note a mistake; returns what stands in the place of the value."""
        self.problems.append(Problem(code=f"OPED-{code}", pointer=pointer, message=message, hint=hint))
        return UNREADABLE

    def repaired(self, pointer: str, before: Any, after: Any, reason: str) -> Any:
        """Note a repair; returns the value after it."""
        self.repairs.append((pointer, before, after, reason))
        return after

    def read(self, data: Data, cls: type[Any], pointer: str) -> Any:
        """Read plain data as a record or a part of one, and note what is wrong with it."""
        try:
            return read_part(data, cls, pointer)
        except InvalidArticle as error:
            self.problems += error.problems
            return UNREADABLE

    def keys(self, kind: str, given: Mapping[str, Any]) -> Data:
        """The keys that hold something, with the defaults for the others; null stands for an absent one."""
        return {**self._desk.defaults.get(kind, {}), **_filled(given)}

    def resolve(self, kind: str, data: Data) -> Data:
        """Put places and ids into a record."""
        outer = self._outer(data, self._pointer)
        around = outer.scopes if "within" in data else None
        data = {key: value for key, value in data.items() if key not in {"record", "within", "occurrence"}}
        if kind in SPANNED:
            self._resolve_span(kind, data, outer)
        if kind in EVIDENCED:
            evidence = self._resolve_evidence(data, outer)
            self._evidence_is_lost = not evidence
            self._near = around or self._desk.pieces.sentences_of(evidence)
        return self._resolve_keys(class_of(kind), data, self._pointer)

    # Places.

    def asked(self, kind: str, given: Any) -> tuple[str, list[Span]] | None:
        """The words of a record that has one place, and where they stand; None where it gives offsets or no words."""
        data = self.keys(kind, given)
        if "span" in data or "text" not in data:
            return None
        wanted = self._wanted(data["text"], self._pointer, self._outer(data, self._pointer))
        if not isinstance(wanted, Wanted) or wanted.span is not None:
            return None
        found = self._places(wanted)
        return wanted.words, found if wanted.occurrence is None else found[wanted.occurrence - 1 :][:1]

    def _outer(self, data: Mapping[str, Any], pointer: str) -> Wanted:
        """What the record as a whole says about its pieces."""
        inside = self._inside(self._whole, data.get("within"), f"{pointer}/within")
        return attrs.evolve(inside, occurrence=self._number(data.get("occurrence"), f"{pointer}/occurrence"))

    def _inside(self, outer: Wanted, within: Any, pointer: str) -> Wanted:
        """Look no further than the longer piece around a piece."""
        if within is None:
            return outer
        holder = self._wanted(within, pointer, outer)
        if not isinstance(holder, Wanted):
            return outer
        scopes = [holder.span] if holder.span is not None else self._places(holder)
        if not scopes:
            self._missing(holder, pointer)
            return outer
        return attrs.evolve(outer, scopes=scopes, where="within the piece given", parts=True)

    def _number(self, value: Any, pointer: str) -> int | None:
        if value is None or (type(value) is int and value > 0):
            return value
        self.note("wrong-type", pointer, "must be a whole number from 1")
        return None

    def _wanted(self, value: Any, pointer: str, outer: Wanted) -> Any:
        if isinstance(value, Mapping) and "text" not in value:
            span = self.read(dict(value), Span, pointer)
            return Wanted(span=span) if span is not UNREADABLE else span
        piece = _filled(value) if isinstance(value, Mapping) else {"text": value}
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
        """Find a place; returns plain data."""
        wanted = self._wanted(value, pointer, outer)
        if not isinstance(wanted, Wanted):
            return UNREADABLE
        span = self._found(wanted, pointer) if wanted.span is None else wanted.span
        return {"start": span.start, "end": span.end} if isinstance(span, Span) else UNREADABLE

    def _found(self, wanted: Wanted, pointer: str) -> Any:
        found = self._places(wanted)
        if not found:
            return self._missing(wanted, pointer)
        if wanted.occurrence is not None:
            return self._numbered(found, wanted, pointer)
        possible = [each for each in found if any(span.contains(each) for span in self._near)] or found
        if len(possible) == 1:
            return possible[0]
        if self._ordered is not None:
            return self._ordered
        if self._evidence_is_lost:
            # Which of them is near the evidence cannot be known yet.
            return UNREADABLE
        hint = "give a longer piece around it as `within`, or the number of the place as `occurrence`"
        return self.note("snippet-ambiguous", pointer, f"{quoted(wanted.words)} stands in {len(possible)} places", hint)

    def _numbered(self, found: list[Span], wanted: Wanted, pointer: str) -> Any:
        number = wanted.occurrence or 1
        if number <= len(found):
            return found[number - 1]
        places = "once" if len(found) == 1 else f"{len(found)} times"
        return self.note(
            "snippet-missing", pointer, f"{quoted(wanted.words)} stands {wanted.where} {places}, not {number}"
        )

    def _places(self, wanted: Wanted) -> list[Span]:
        return self._desk.pieces.places(wanted.words, wanted.scopes, parts=wanted.parts)

    def _missing(self, wanted: Wanted, pointer: str) -> Any:
        if self._desk.pieces.places(wanted.words, wanted.scopes, parts=True):
            message = f"{quoted(wanted.words)} stands {wanted.where} only inside a longer word"
            return self.note("snippet-missing", pointer, message, "give that word, or give it as `within`")
        words = self._desk.pieces.nearest(wanted.words, wanted.scopes)
        hint = None if words is None else f"the nearest words are {words!r}"
        return self.note("snippet-missing", pointer, f"{quoted(wanted.words)} does not stand {wanted.where}", hint)

    def _resolve_span(self, kind: str, data: Data, outer: Wanted) -> None:
        key = "span" if "span" in data else "text"
        if key not in data:
            self._no_place()
            data["span"] = UNREADABLE
        else:
            data["span"] = self._place(data[key], f"{self._pointer}/{key}", outer)
        words = data.pop("text", None)
        if kind == "quotation":
            # The words are kept as they stand in the text.
            data["text"] = self._quoted(data["span"], words if key == "span" else None)

    def _no_place(self) -> None:
        self.note("missing-key", self._pointer, "the key 'text' is missing, and no place is given either")

    def _quoted(self, place: Any, given: Any) -> Any:
        if place is UNREADABLE:
            return UNREADABLE
        words = self._desk.pieces.text[place["start"] : place["end"]]
        if given is not None and (not isinstance(given, str) or normalise(given) != normalise(words)):
            message = f"{quoted(given)} is not what stands at the span, which is {quoted(words)}"
            return self.note("quotation-mismatch", f"{self._pointer}/text", message)
        return words

    def _resolve_evidence(self, data: Data, outer: Wanted) -> list[Span]:
        key = "evidence" if "evidence" in data else "text"
        given = data.pop(key, None)
        data.pop("text", None)
        if given is None:
            self._no_place()
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
        """Resolve what the keys of a record or of a part of one hold, but the place of a record."""
        for key in keys_of(cls):
            if key.name in data and (key.holds != "piece" or cls is Voice):
                found = self._resolve_key(key, data[key.name], f"{pointer}/{key.name}")
                data = {**data, key.name: found} if found is not _LEFT_OUT else _without(data, key.name)
        if self._desk.repair:
            data = {
                key: value if key in _PLACES else self._tidied(value, f"{pointer}/{key}") for key, value in data.items()
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
        """Resolve a value; where it cannot be and the record can be without it, a repair leaves it out."""
        before = len(self.problems)
        found = self._value(key, value, pointer)
        if not (self._desk.repair and key.name in _DROPPED and len(self.problems) > before):
            return found
        reason = "; ".join(problem.message for problem in self.problems[before:])
        del self.problems[before:]
        self.repaired(pointer, value, None, f"left out, because {reason}")
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
        return self._resolve_keys(cls, self.keys(cls.__name__.casefold(), value), pointer)

    def _label(self, labels: type[Vocabulary], value: Any, pointer: str) -> Any:
        if not (self._desk.repair and isinstance(value, str)) or value in set(labels):
            return value
        label = label_for(value, labels)
        return value if label is None else self.repaired(pointer, value, label, f"a label of {labels.__name__}")

    def _entity(self, name: Any, pointer: str) -> Any:
        if not isinstance(name, str):
            return name
        if name in self._scope.entities:
            return self._scope.ids[name]
        names = self._desk.names
        found = self._scope.names.get(name_key(name)) or names.find(name) or self._meant(name, pointer)
        if found is None and normalise(name) and not names.is_author(name):
            found = self._desk.make_entity(name, self, pointer)
        return found or self.note(
            "unknown-entity", pointer, f"no entity is called {quoted(name)}", names.hint(name, self._desk.suggestions)
        )

    def _meant(self, name: str, pointer: str) -> str | None:
        """The entity that other words can only mean; only when repairs are asked for."""
        names = self._desk.names
        if not self._desk.repair:
            return None
        author = names.only_author() if names.is_author(name) else None
        found = author or names.person(name)
        if found is not None:
            self.repaired(pointer, name, names.shown(found), "the author" if author else "the one person of this name")
        return found

    def _reference(self, key: Key, value: Any, pointer: str) -> Any:
        if not isinstance(value, str) or (key.name == "anchor" and value == PUBLICATION_DATE):
            return value
        if value in self._scope.ids:
            return self._scope.ids[value]
        hint = self._desk.suggestions.hint(value, self._scope.ids)
        return self.note("dangling-reference", pointer, f"no record has the id {quoted(value)}", hint)

    def _tidied(self, value: Any, pointer: str) -> Any:
        if isinstance(value, str) and tidy(value) != value:
            return self.repaired(pointer, value, tidy(value), "white space that does not belong")
        if isinstance(value, list):
            return [self._tidied(each, f"{pointer}/{index}") for index, each in enumerate(value)]
        return value


def _filled(given: Mapping[str, Any]) -> Data:
    return {key: value for key, value in given.items() if value is not None}


def _without(data: Data, key: str) -> Data:
    return {name: value for name, value in data.items() if name != key}
