"""Stand-off annotation for brat.

What lives here: writing the `.ann` file, and the `annotation.conf` that lets brat show and edit it.
What does not: reading it back (`brat_reader.py`) and which text is meant (`texts.py`).

Places are text-bound lines (`T`), so that they can be moved in the tool; labels are attributes (`A`); arguments between
claims are relations (`R`). What brat has no notion of stands in the note (`#`) of its line, as JSON on one line with
all other characters than ASCII escaped: ids, references, and the voices of a claim, whose cues and hedges are lines of
their own. What has no place in the text, such as entities, is in a `.json` file beside it.

brat fragments end at line breaks, so a span over several lines has several fragments; they are joined again on the way
back. Knowledge-base lines (`N`) are not used, because some readers drop them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from oped_dataset.codec import wire
from oped_dataset.errors import NotExportable
from oped_dataset.exports.attribution import Attribution, Data
from oped_dataset.exports.files import Files
from oped_dataset.exports.texts import text_for
from oped_dataset.model.article import CARRIED, PLACED, Article
from oped_dataset.model.layout import Slot, layout
from oped_dataset.model.vocabulary import ArgumentKind, Vocabulary
from oped_dataset.version import __version__

CODE_VERSION: Final = "code_version"
"""The key of the `.json` file that is not the article's; its data version is."""

_LINE: Final = re.compile(r"[^\r\n]+")


@cache
def record_type(table: str) -> type:
    """The class of the records of a table."""
    found: type = next(slot.kind for slot in layout(Article) if slot.name == table)
    return found


@cache
def attributes_of(table: str) -> dict[str, Slot]:
    """The fields of a kind of record that are attributes in brat, labels and flags, by the names they have there."""
    single = [slot for slot in layout(record_type(table)) if slot.container is None and not slot.is_optional]
    labels = {slot.kind.__name__: slot for slot in single if issubclass(slot.kind, Vocabulary)}
    return labels | {slot.name: slot for slot in single if slot.kind is bool}


# From an article.


def to_brat(article: Article, *, text: str | None = None) -> Files:
    """Write an article for brat.

    Args:
        article: The article.
        text: Its text as annotated; not needed when the article holds it.

    Returns:
        `ID.txt`, `ID.ann`, `ID.json` and `annotation.conf`, where ID is the id of the article.

    Raises:
        TextNeeded: There is no text, or not the annotated one.
        NotExportable: A record stands at nothing but line breaks, which brat cannot show.
    """
    words = text_for(article, text, "brat")
    head = {key: value for key, value in wire.to_data(article).items() if key not in (*PLACED, "arguments")}
    head[CODE_VERSION] = __version__
    contents = {
        f"{article.id}.txt": words,
        f"{article.id}.ann": _Writer(article, words).document(),
        f"{article.id}.json": json.dumps(head, ensure_ascii=False, indent=1) + "\n",
        "annotation.conf": "\n".join(_configuration()) + "\n",
    }
    return Files({name: content.encode("utf-8") for name, content in contents.items()})


class _Writer:
    """The lines of one `.ann` file while it is written."""

    def __init__(self, article: Article, text: str) -> None:
        self.article = article
        self.text = text
        self.attribution = Attribution.of(article)
        self.wire = wire.to_data(article)
        self.lines: list[str] = []
        self.counts: dict[str, int] = {}
        self.claims: dict[str, str] = {}

    def document(self) -> str:
        for table in PLACED:
            for row in self.wire[table]:
                self._record(table, row)
        for position, argument in enumerate(self.wire["arguments"], 1):
            if argument["target"] in self.claims:
                ends = f"Arg1:{self.claims[argument['source']]} Arg2:{self.claims[argument['target']]}"
                self.lines.append(f"R{position}\t{argument['kind']} {ends}\t")
                self._note(f"R{position}", {"id": argument["id"], **self.attribution.sides_in(argument)})
        return "".join(f"{line}\n" for line in self.lines)

    def _next(self, letter: str) -> str:
        self.counts[letter] = self.counts.get(letter, 0) + 1
        return f"{letter}{self.counts[letter]}"

    def _record(self, table: str, row: Data) -> None:
        attributes = {slot.name: name for name, slot in attributes_of(table).items()}
        note = {key: value for key, value in row.items() if key not in ("span", "evidence", *attributes)}
        if table == "claims":
            note |= self._claim(row)
        if table in CARRIED:
            note["told_by_line"] = self.attribution.told_by_line(row["id"])
        if table == "quotations":
            note |= self._quotation(row)
        places = row.get("evidence") or [row["span"]]
        fragments = self._fragments(places, row["id"])
        if joined(fragments, self.text) != places:
            note["spans"] = places
        line = self._bound(record_type(table).__name__, fragments)
        self.claims[row["id"]] = line
        for field, name in attributes.items():
            if row[field] is not False:
                self.lines.append(
                    f"{self._next('A')}\t{name} {line}" + ("" if row[field] is True else f" {row[field]}")
                )
        self._note(line, {key: value for key, value in note.items() if value is not None})

    def _quotation(self, row: Data) -> Data:
        # The words are those of the text, unless the annotation spells them otherwise.
        same = row["text"] == self.text[row["span"]["start"] : row["span"]["end"]]
        return {"text": None if same else row["text"], "told_by_line": self.attribution.lines(row["claims"])}

    def _claim(self, row: Data) -> Data:
        voices = []
        for voice in row["voices"]:
            cue = None if voice["cue"] is None else self._place("Cue", voice["cue"], row["id"])
            hedges = [self._place("Hedge", place, row["id"]) for place in voice["hedges"]] or None
            written = voice | {"cue": cue, "hedges": hedges}
            voices.append({key: value for key, value in written.items() if value is not None})
        attacks = [
            {"position": position, **{key: argument[key] for key in ("id", "target", "kind")}}
            | self.attribution.sides_in(argument)
            for position, argument in enumerate(self.wire["arguments"], 1)
            if argument["source"] == row["id"] and argument["target"] in self.article.arguments
        ]
        return {"voices": voices, "arguments": attacks or None}

    def _place(self, label: str, place: Data, record_id: str) -> str:
        fragments = self._fragments([place], record_id)
        line = self._bound(label, fragments)
        if joined(fragments, self.text) != [place]:
            self._note(line, {"spans": [place]})
        return line

    def _fragments(self, places: list[Data], record_id: str) -> list[Data]:
        found = fragments_of(places, self.text)
        if not found:
            raise NotExportable(f"brat cannot show {record_id}, which stands at nothing but line breaks; try xmi")
        return found

    def _bound(self, label: str, fragments: list[Data]) -> str:
        line = self._next("T")
        offsets = ";".join(f"{place['start']} {place['end']}" for place in fragments)
        words = " ".join(self.text[place["start"] : place["end"]] for place in fragments)
        # Readers may take any of these for the end of the line or of the column.
        self.lines.append(f"{line}\t{label} {offsets}\t" + re.sub("[\t\v\f\x1c-\x1e\x85\u2028\u2029]", " ", words))
        return line

    def _note(self, line: str, note: Data) -> None:
        # Escaped so that no reader takes any of it for the end of a line, and no page for markup.
        written = json.dumps(note).replace("<", "\\u003c").replace("&", "\\u0026")
        self.lines.append(f"{self._next('#')}\tAnnotatorNotes {line}\t{written}")


def fragments_of(places: list[Data], text: str) -> list[Data]:
    """Cut places at line breaks."""
    return [
        {"start": place["start"] + match.start(), "end": place["start"] + match.end()}
        for place in places
        for match in _LINE.finditer(text[place["start"] : place["end"]])
    ]


def joined(fragments: list[Data], text: str) -> list[Data]:
    """Join fragments between which there are only line breaks."""
    whole: list[Data] = []
    for fragment in fragments:
        if whole and re.fullmatch("[\r\n]+", text[whole[-1]["end"] : fragment["start"]]):
            whole[-1] = {"start": whole[-1]["start"], "end": fragment["end"]}
        else:
            whole.append(fragment)
    return whole


def _configuration() -> Iterator[str]:
    yield from ("[entities]", *(record_type(table).__name__ for table in PLACED), "Cue", "Hedge", "", "[relations]")
    yield from (f"{kind.value}\tArg1:Claim, Arg2:Claim" for kind in ArgumentKind)
    yield from ("", "[events]", "", "[attributes]")
    for table in PLACED:
        for name, slot in attributes_of(table).items():
            labels = "" if slot.kind is bool else f", Value:{'|'.join(label.value for label in slot.kind)}"
            yield f"{name}\tArg:{record_type(table).__name__}{labels}"
