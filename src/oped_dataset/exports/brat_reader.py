"""Reading an article from brat, with the changes that annotators made there.

Here: the files and lines of brat; unknown lines are reported.
Not here: writing them (`brat.py`), and turning regions and links into records (`drawing_reader.py`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from oped_dataset.codec.jsontext import USUAL, Limits
from oped_dataset.errors import InvalidImport
from oped_dataset.exports.attribution import Data
from oped_dataset.exports.brat import STORED, fragments_of, joined
from oped_dataset.exports.drawing_reader import (
    Drawn,
    DrawnLink,
    DrawnRegion,
    Reference,
    are_places,
    article_of,
    unsealed,
)
from oped_dataset.exports.files import Folder, within
from oped_dataset.exports.texts import most_repeated
from oped_dataset.exports.unread import parse_json
from oped_dataset.filesystem import PathLike
from oped_dataset.messages import cut, did_you_mean, listed, nearest, quoted
from oped_dataset.model.article import Article
from oped_dataset.text.canonical import text_digest

# Fifteen digits are enough for every offset, and Python converts so many without a limit.
_TEXT_BOUND: Final = re.compile(r"(T\d+)\t(\S+) (\d{1,15} \d{1,15}(?:;\d{1,15} \d{1,15})*)\t([^\t]*)", re.ASCII)
_ATTRIBUTE: Final = re.compile(r"(A\d+)\t(\S+) ([TR]\d+)(?: (\S+))?", re.ASCII)
_RELATION: Final = re.compile(r"(R\d+)\t(\S+) Arg1:(T\d+) Arg2:(T\d+)\t?", re.ASCII)
_NORMALISATION: Final = re.compile(r"(N\d+)\tReference ([TR]\d+) ([^\s:]+):(\S+)(?:\t(.*))?", re.ASCII)
_NOTE: Final = re.compile(r"(#\d+)\t(\S+) ([TRAN]\d+)\t(.*)", re.ASCII)


def from_brat(source: Mapping[str, bytes] | PathLike, name: str | None = None, *, limits: Limits = USUAL) -> Article:
    """Read an article from brat; an unchanged one equals the article that was written.

    Annotations that were added become records whose ids are derived from the names of their lines; see
    `docs/exporting.md`.

    Args:
        source: The files, as `to_brat` returns them, or the directory that contains them; files whose names do not end
            in `.ann`, `.txt` or `.json` are ignored.
        name: The name of the article's files without their endings, if there are several articles.
        limits: How large each file may be, and how deep stored JSON may be nested.

    Raises:
        InvalidImport: A file is missing, the text or stored fields differ, or lines are unknown or incomplete; the
            message lists such lines.
        InvalidArticle: The records break the rules of an article; the messages name the lines.
        ArticleFileError: The directory cannot be read.
    """
    return _read(source, name, limits).article


def brat_notes(
    source: Mapping[str, bytes] | PathLike, name: str | None = None, *, limits: Limits = USUAL
) -> dict[str, tuple[str, ...]]:
    """The notes that annotators wrote in brat, by the id of the record.

    A note that became the value of a field, such as the gist of a new claim, is left out.

    Args:
        source: As for `from_brat`.
        name: As for `from_brat`.
        limits: As for `from_brat`.

    Raises:
        InvalidImport: As for `from_brat`.
        InvalidArticle: As for `from_brat`.
        ArticleFileError: As for `from_brat`.
    """
    return _read(source, name, limits).notes


def unfinished_brat(source: Mapping[str, bytes] | PathLike, name: str | None) -> Article:
    """Read an article as `from_brat` does, without checking the rules between records."""
    return _read(source, name, USUAL, unfinished=True).article


def _read(
    source: Mapping[str, bytes] | PathLike, name: str | None, limits: Limits, *, unfinished: bool = False
) -> Drawn:
    files = source if isinstance(source, Mapping) else Folder(source, ".ann", limits)
    stem = _find_stem(files, name)
    head = _json(_text(files, f"{stem}.json", limits), f"{stem}.json", limits)
    text = _annotated_text(_text(files, f"{stem}.txt", limits), f"{stem}.txt", head.get("source"))
    lines = _Lines(f"{stem}.ann", _text(files, f"{stem}.ann", limits), text, limits)
    return article_of(head, lines.regions.values(), lines.links.values(), unfinished=unfinished)


def _find_stem(files: Mapping[str, bytes], name: str | None) -> str:
    if name is not None and f"{name}.ann" in files:
        return name
    stems = sorted(file.removesuffix(".ann") for file in files if file.endswith(".ann"))
    if name is None:
        if len(stems) != 1:
            choice = f" ({listed(stems)}); choose one with `name`" if stems else ""
            raise InvalidImport(f"there must be one .ann file, not {len(stems)}{choice}")
        return stems[0]
    hint = did_you_mean(nearest(name, stems))
    raise InvalidImport(f"there is no file {quoted(f'{name}.ann')}" + (f"; {hint}" if hint else ""))


def _text(files: Mapping[str, bytes], name: str, limits: Limits) -> str:
    if name not in files:
        raise InvalidImport(f"there is no file {quoted(name)}")
    try:
        return within(files[name], name, limits).decode("utf-8")
    except UnicodeDecodeError as error:
        raise InvalidImport(f"{name} is not UTF-8: {error}") from error


def _annotated_text(text: str, name: str, source: Any) -> str:
    """Return the annotated text, without the line ends and the byte order mark that another program may have added."""
    wanted = source.get("sha256") if isinstance(source, dict) else None
    for candidate in (text, plain := text.removeprefix("\ufeff"), plain.replace("\r\n", "\n")):
        if text_digest(candidate) == wanted:
            return candidate
    raise InvalidImport(f"the SHA-256 of {name} differs from that in the .json file, so offsets would not fit")


def _json(written: str, place: str, limits: Limits) -> Data:
    found = parse_json(written, limits, place)
    if not isinstance(found, dict):
        raise InvalidImport(f"{place} must be a JSON object")
    return found


class _Lines:
    """The regions and links of one `.ann` file."""

    def __init__(self, name: str, document: str, text: str, limits: Limits) -> None:
        self.regions: dict[str, DrawnRegion] = {}
        self.links: dict[str, DrawnLink] = {}
        self._name, self._text, self._limits = name, text, limits
        # The number of characters that regions may still repeat.
        self._left = most_repeated(len(text))
        self._fragments: dict[str, list[Data]] = {}
        # The region or link to which an attribute or a normalisation belongs, and so do notes about these.
        self._owners: dict[str, str] = {}
        self._notes: dict[str, str] = {}
        # The line ends of every system; empty lines are skipped.
        lines = re.split("\r\n?|\n", document.removeprefix("\ufeff"))
        numbered = [(number, line) for number, line in enumerate(lines, 1) if line.strip(" \t")]
        reading = {
            "T": self._read_region,
            "R": self._read_link,
            "A": self._read_attribute,
            "N": self._read_normalisation,
            "#": self._read_note,
        }
        for number, line in numbered:
            if line[0] not in reading:
                raise self._problem(number, f"lines that begin with {quoted(line[0])} are not supported")
        # In the order of the letters, because a line may refer to one that comes later in the file.
        for letter, read in reading.items():
            for number, line in numbered:
                if line[0] == letter:
                    read(number, line)
        for region in self.regions.values():
            region.places = self._places(region)
            region.words = " ".join(text[place["start"] : place["end"]] for place in region.places)

    def _problem(self, number: int, message: str) -> InvalidImport:
        return InvalidImport(f"{self._name}, line {number}: {message}")

    def _match(self, pattern: re.Pattern[str], number: int, line: str) -> tuple[Any, ...]:
        match = pattern.fullmatch(line)
        if match is None:
            raise self._problem(number, f"{quoted(line)} does not have the form of a line of brat")
        return match.groups()

    def _place(self, number: int, key: str) -> str:
        return f"{self._name}, line {number}, {cut(key)}"

    def _enter(self, number: int, key: str, among: Mapping[str, Any]) -> str:
        if key in among:
            raise self._problem(number, f"another line has the name {cut(key)}")
        return self._place(number, key)

    def _read_region(self, number: int, line: str) -> None:
        key, label, offsets, shown = self._match(_TEXT_BOUND, number, line)
        pairs = [pair.split() for pair in offsets.split(";")]
        self._fragments[key] = [{"start": int(start), "end": int(end)} for start, end in pairs]
        self._left -= sum(max(0, min(each["end"], len(self._text)) - each["start"]) for each in self._fragments[key])
        if self._left < 0:
            raise self._problem(number, "the regions up to here repeat the text too often")
        words = " ".join(self._text[place["start"] : place["end"]] for place in self._fragments[key])
        place = self._enter(number, key, self.regions)
        # The whitespace that brat writes can differ from that in the text.
        if shown.split() != words.split():
            said = f"its words are {quoted(shown)}, but the text at its offsets is {quoted(words)}"
            raise InvalidImport(f"{place}: {said}")
        self.regions[key] = DrawnRegion(key=key, label=label, places=[], words="", place=place)

    def _read_link(self, number: int, line: str) -> None:
        key, kind, source, target = self._match(_RELATION, number, line)
        for end in (source, target):
            self._find(end, number)
        place = self._enter(number, key, self.links)
        self.links[key] = DrawnLink(key=key, kind=kind, source=source, target=target, place=place)

    def _read_attribute(self, number: int, line: str) -> None:
        key, name, target, value = self._match(_ATTRIBUTE, number, line)
        self._enter(number, key, self._owners)
        found = self._find(target, number)
        if not isinstance(found, DrawnRegion):
            raise self._problem(number, f"a relation cannot have the attribute {quoted(name)}")
        if name in found.attributes:
            raise self._problem(number, f"{target} has {quoted(name)} twice; remove one")
        found.attributes[name] = True if value is None else value
        self._owners[key] = target

    def _read_normalisation(self, number: int, line: str) -> None:
        key, target, scheme, value, name = self._match(_NORMALISATION, number, line)
        found = self._find(target, number)
        if not isinstance(found, DrawnRegion) or found.label != "Mention":
            raise self._problem(number, "only a Mention can be normalised")
        place = self._enter(number, key, self._owners)
        if any((each.scheme, each.value) == (scheme, value) for each in found.references):
            raise self._problem(number, f"{target} has the reference {quoted(f'{scheme}:{value}')} twice; remove one")
        found.references.append(Reference(scheme=scheme, value=value, name=name or "", place=place))
        self._owners[key] = target

    def _read_note(self, number: int, line: str) -> None:
        key, kind, target, written = self._match(_NOTE, number, line)
        self._enter(number, key, self._notes)
        self._notes[key] = target
        found = self._find(self._owners.get(target, target), number)
        if kind == STORED and isinstance(found, DrawnRegion):
            if found.stored:
                raise self._problem(number, f"{target} has two notes {STORED!r}; remove one")
            place = f"{self._place(number, target)}: the note"
            found.stored = unsealed(_json(written, place, self._limits), place)
        elif written.strip():
            found.notes.append(written.strip())

    def _find(self, key: str, number: int) -> DrawnRegion | DrawnLink:
        found = self.regions.get(key) or self.links.get(key)
        if found is None:
            raise self._problem(number, f"there is no line {quoted(key)}")
        return found

    def _places(self, region: DrawnRegion) -> list[Data]:
        # The stored spans show which line breaks end a span; they are used unless the line was moved.
        stored: Any = region.stored.pop("spans", None)
        fragments = self._fragments[region.key]
        if are_places(stored) and fragments_of(stored, self._text) == fragments:
            return list(stored)
        return joined(fragments, self._text)
