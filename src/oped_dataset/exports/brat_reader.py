"""An article read back from brat's stand-off annotation, changed there or not.

What lives here: the reading of the form that `brat.py` writes; a line that has no meaning in it is refused.
What does not: the form itself, which is described there.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

import attrs

from oped_dataset.errors import InvalidImport
from oped_dataset.exports.attribution import Data
from oped_dataset.exports.brat import (
    CODE_VERSION,
    attributes_of,
    fragments_of,
    joined,
    record_type,
)
from oped_dataset.exports.files import Files
from oped_dataset.filesystem import PathLike
from oped_dataset.loading import from_data
from oped_dataset.model.article import PLACED, Article
from oped_dataset.text.canonical import text_digest

# At most fifteen digits, which every offset fits in and every reader of whole numbers takes.
_TEXT_BOUND: Final = re.compile(r"(T\d+)\t(\w+) (\d{1,15} \d{1,15}(?:;\d{1,15} \d{1,15})*)\t[^\t]*", re.ASCII)
_ATTRIBUTE: Final = re.compile(r"A\d+\t(\w+) (T\d+)(?: (\S+))?", re.ASCII)
_RELATION: Final = re.compile(r"R(\d{1,15})\t(\S+) Arg1:(T\d+) Arg2:(T\d+)\t?", re.ASCII)
_NOTE: Final = re.compile(r"#\d+\tAnnotatorNotes ([TR]\d+)\t(.*)", re.ASCII)


@attrs.define
class _Bound:
    """A text-bound line with what hangs on it."""

    number: int
    label: str
    fragments: list[Data]
    attributes: Data = attrs.field(factory=dict[str, Any])
    note: Data = attrs.field(factory=dict[str, Any])


@attrs.define
class _Link:
    """A relation line: an argument between two claims."""

    position: int
    kind: str
    source: str
    target: str
    note: Data = attrs.field(factory=dict[str, Any])


def from_brat(source: Mapping[str, bytes] | PathLike) -> Article:
    """Read an article back from brat; one that was not changed equals the article that was written.

    Args:
        source: The files, as `to_brat` makes them, or the directory they lie in; files with other endings than
            `.ann`, `.txt` and `.json` are passed over.

    Raises:
        InvalidImport: A file is missing, the text is another one, or a line has not our form; the line is named.
        InvalidArticle: The records break the rules of an article.
        ArticleFileError: The directory cannot be read.
    """
    files = source if isinstance(source, Mapping) else Files.read(source)
    head, text = _json(_one(files, ".json"), "the .json file"), _one(files, ".txt")
    held = head.get("source")
    if not isinstance(held, dict) or held.get("sha256") != text_digest(text):
        raise InvalidImport("the .txt file has not the SHA-256 in the .json file, so that offsets would not fit")
    head.pop(CODE_VERSION, None)
    return from_data({**head, **_Reader(_one(files, ".ann"), text).rows()})


def _one(files: Mapping[str, bytes], ending: str) -> str:
    names = [name for name in files if name.endswith(ending)]
    if len(names) != 1:
        raise InvalidImport(f"there must be one {ending} file, not {len(names)}")
    try:
        return files[names[0]].decode("utf-8")
    except UnicodeDecodeError as error:
        raise InvalidImport(f"{names[0]} is not UTF-8: {error}") from error


def _json(written: str, place: str) -> Data:
    try:
        found = json.loads(written)
    except (ValueError, RecursionError) as error:
        raise InvalidImport(f"{place} is no JSON: {error}") from error
    if not isinstance(found, dict):
        raise InvalidImport(f"{place} must be a JSON object")
    return found


class _Reader:
    """The lines of one `.ann` file, and the records they make."""

    def __init__(self, document: str, text: str) -> None:
        self.text = text
        self.bound: dict[str, _Bound] = {}
        self.links: dict[str, _Link] = {}
        numbered = [(number, line) for number, line in enumerate(document.split("\n"), 1) if line]
        reading = {"T": self._bound, "R": self._link, "A": self._attribute, "#": self._note}
        for number, line in numbered:
            if line[0] not in reading:
                raise InvalidImport(f"line {number}: lines that begin with {line[0]!r} have no meaning here")
        # In this order, because a line may hang on one that comes later in the file.
        for letter, read in reading.items():
            for number, line in numbered:
                if line[0] == letter:
                    read(number, line)

    def _bound(self, number: int, line: str) -> None:
        name, label, offsets = _match(_TEXT_BOUND, number, line)
        if name in self.bound:
            raise InvalidImport(f"line {number}: there is another line {name}")
        pairs = [pair.split() for pair in offsets.split(";")]
        self.bound[name] = _Bound(number, label, [{"start": int(start), "end": int(end)} for start, end in pairs])

    def _link(self, number: int, line: str) -> None:
        position, kind, source, target = _match(_RELATION, number, line)
        self._find(source, f"line {number}")
        self._find(target, f"line {number}")
        self.links[f"R{position}"] = _Link(int(position), kind, source, target)

    def _attribute(self, number: int, line: str) -> None:
        name, target, value = _match(_ATTRIBUTE, number, line)
        self._find(target, f"line {number}").attributes[name] = value

    def _note(self, number: int, line: str) -> None:
        target, written = _match(_NOTE, number, line)
        holder = self.links[target] if target in self.links else self._find(target, f"line {number}")
        holder.note = _json(written, f"line {number}: the note")

    def _find(self, name: object, place: str) -> _Bound:
        if not isinstance(name, str) or name not in self.bound:
            raise InvalidImport(f"{place}: there is no line {name!r}")
        return self.bound[name]

    def rows(self) -> dict[str, list[Data]]:
        """The records of each table."""
        tables = {record_type(table).__name__: table for table in PLACED}
        rows: dict[str, list[Data]] = {table: [] for table in PLACED}
        for found in self.bound.values():
            if found.label in tables:
                rows[tables[found.label]].append(self._row(tables[found.label], found))
            elif found.label not in ("Cue", "Hedge"):
                raise InvalidImport(f"line {found.number}: {found.label!r} is no kind of record")
        arguments = [*self._linked(), *self._undercutting(rows["claims"])]
        return rows | {"arguments": [row for _, row in sorted(arguments, key=lambda argument: argument[0])]}

    def _row(self, table: str, found: _Bound) -> Data:
        places = self._places(found)
        row = {key: value for key, value in found.note.items() if key not in ("spans", "told_by_line")}
        row |= self._labels(table, found)
        if table in ("claims", "events", "relations"):
            return (self._claim(row, found) if table == "claims" else row) | {"evidence": places}
        row["span"] = self._single(found)
        if table == "quotations":
            row.setdefault("text", self.text[row["span"]["start"] : row["span"]["end"]])
        return row

    def _places(self, found: _Bound) -> list[Data]:
        # The note knows where line breaks end a span and where they do not, as long as the line was not moved.
        noted: Any = found.note.get("spans")
        if _are_places(noted) and fragments_of(noted, self.text) == found.fragments:
            return list(noted)
        return joined(found.fragments, self.text)

    def _single(self, found: _Bound) -> Data:
        places = self._places(found)
        if len(places) != 1:
            raise InvalidImport(f"line {found.number}: a {found.label} stands at one place, not at {len(places)}")
        return places[0]

    def _labels(self, table: str, found: _Bound) -> Data:
        slots = attributes_of(table)
        for name in found.attributes:
            if name not in slots:
                raise InvalidImport(f"line {found.number}: a {found.label} has no attribute {name!r}")
        flags: Data = {slot.name: False for slot in slots.values() if slot.kind is bool}
        return flags | {slots[name].name: True if value is None else value for name, value in found.attributes.items()}

    def _claim(self, row: Data, found: _Bound) -> Data:
        place = f"line {found.number}"
        voices = _objects(row.get("voices"), f"{place}: the voices in the note")
        return row | {"voices": [self._voice(voice, place) for voice in voices]}

    def _voice(self, voice: Data, place: str) -> Data:
        hedges = voice.get("hedges", [])
        if not isinstance(hedges, list):
            raise InvalidImport(f"{place}: the hedges of a voice must be a list")
        cue = {"cue": self._single(self._find(voice["cue"], place))} if "cue" in voice else {}
        return voice | cue | {"hedges": [self._single(self._find(hedge, place)) for hedge in hedges]}

    def _linked(self) -> Iterator[tuple[int, Data]]:
        for link in self.links.values():
            ends = {"source": self.bound[link.source].note.get("id"), "target": self.bound[link.target].note.get("id")}
            yield link.position, {**_without_sides(link.note), "kind": link.kind, **ends}

    def _undercutting(self, claims: list[Data]) -> Iterator[tuple[int, Data]]:
        for claim in claims:
            for argument in _objects(claim.pop("arguments", []), f"the arguments in the note of {claim.get('id')}"):
                position = argument.pop("position", None)
                yield (
                    position if isinstance(position, int) else len(self.links),
                    {**_without_sides(argument), "source": claim.get("id")},
                )


def _without_sides(argument: Data) -> Data:
    """An argument without the sides of its claims, which are written for those who read the note."""
    return {key: value for key, value in argument.items() if key not in ("source_side", "target_side")}


def _match(pattern: re.Pattern[str], number: int, line: str) -> tuple[str, ...]:
    match = pattern.fullmatch(line)
    if match is None:
        raise InvalidImport(f"line {number}: {line[:80]!r} is not in our form")
    return match.groups()


def _are_places(value: Any) -> bool:
    return isinstance(value, list) and all(
        isinstance(place, dict) and set(place) == {"start", "end"} and all(type(end) is int for end in place.values())
        for place in value
    )


def _objects(value: Any, place: str) -> list[Data]:
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise InvalidImport(f"{place} must be a list of objects")
    return value
