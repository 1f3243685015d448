"""Stand-off annotation for brat.

Here: writing the drawing of an article as an `.ann` file, and the configuration of the collection.
Not here: the drawing (`drawing.py`), reading it back (`brat_reader.py`) and the choice of the text (`texts.py`).

Regions are text-bound lines (`T`), attributes are `A` lines and links are relations (`R`). Fields that brat cannot
represent are in a note of the type `Stored`, as JSON on one line with non-ASCII characters escaped; the notes that
people write in brat have a different type. Records without a place in the text, such as entities, are in a `.json` file
beside it.

brat fragments end at line breaks, so a span over several lines has several fragments, which are joined on the way back.
A mention whose entity has a Wikidata identifier has a normalisation line (`N`); the stored note also names the entity,
because some readers drop these lines.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import count
from typing import Final

from oped_dataset.errors import NotExportable
from oped_dataset.exports.attribution import Data
from oped_dataset.exports.drawing import COLOURS, LABELS, LINKS, Drawing, draw, head_of, hot_keys, sealed, values_of
from oped_dataset.exports.files import Files
from oped_dataset.exports.texts import check_repeated, text_for
from oped_dataset.model.article import Article
from oped_dataset.model.vocabulary import ArgumentKind, Commitment
from oped_dataset.model.wording import COMMITMENTS

STORED: Final = "Stored"
"""The type of the notes with fields that brat cannot represent."""

_LINE: Final = re.compile(r"[^\r\n]+")


def to_brat(article: Article, *, text: str | None = None) -> Files:
    """Write an article for brat.

    Args:
        article: The article.
        text: Its text as annotated; not needed if the article contains it.

    Returns:
        `ID.txt`, `ID.ann` and `ID.json`, where ID is the id of the article, and the configuration of brat:
        `annotation.conf`, `visual.conf`, `tools.conf` and `kb_shortcuts.conf`.

    Raises:
        TextNeeded: The text is missing or is not the annotated one.
        NotExportable: The spans of a record contain only line breaks, which brat cannot show, or the spans overlap so
            often that the file would repeat the text many times.
    """
    words = text_for(article, text, "brat")
    return brat_files(article, words, draw(article, words))


def brat_files(article: Article, words: str, drawing: Drawing) -> Files:
    """Make the files of a collection with one drawing.

    Raises:
        NotExportable: As for `to_brat`.
    """
    check_repeated(drawing.quoted, len(words), "brat")
    contents = {
        f"{article.id}.txt": words,
        f"{article.id}.ann": _write_annotation(drawing, words, _normalisations(article)),
        f"{article.id}.json": json.dumps(head_of(article), ensure_ascii=False, indent=1) + "\n",
        "annotation.conf": "\n".join(_write_annotation_conf()) + "\n",
        "visual.conf": "\n".join(_write_visual_conf()) + "\n",
        "tools.conf": _TOOLS_CONF,
        "kb_shortcuts.conf": "".join(f"{key.upper()}\t{name}\n" for name, key in hot_keys((*LABELS, *LINKS)).items()),
    }
    return Files({name: content.encode("utf-8") for name, content in contents.items()})


# The annotation.


def _normalisations(article: Article) -> dict[str, str]:
    """The Wikidata identifier and name of the entity of each mention, by the id of the mention."""
    known = {
        entity.id: f"Wikidata:{identifier.value}\t{_on_one_line(entity.name)}"
        for entity in article.entities
        for identifier in entity.identifiers
        if identifier.scheme == "wikidata" and re.fullmatch(r"Q\d+", identifier.value, re.ASCII)
    }
    return {mention.id: known[mention.entity] for mention in article.mentions if mention.entity in known}


def _write_annotation(drawing: Drawing, text: str, normalisations: dict[str, str]) -> str:
    lines = list[str]()
    names = {region.key: f"T{number}" for number, region in enumerate(drawing.regions, 1)}
    attributes, notes, references = count(1), count(1), count(1)
    for region in drawing.regions:
        name, fragments = names[region.key], fragments_of(region.places, text)
        if not fragments:
            record_id = region.key.partition("/")[0]
            raise NotExportable(f"brat cannot show {record_id}, whose spans contain only line breaks; try xmi")
        offsets = ";".join(f"{place['start']} {place['end']}" for place in fragments)
        words = " ".join(text[place["start"] : place["end"]] for place in fragments)
        lines.append(f"{name}\t{region.label} {offsets}\t{_on_one_line(words)}")
        for attribute, value in region.attributes.items():
            lines.append(f"A{next(attributes)}\t{attribute} {name}" + ("" if value is True else f" {value}"))
        if region.key in normalisations:
            lines.append(f"N{next(references)}\tReference {name} {normalisations[region.key]}")
        stored = region.described
        if joined(fragments, text) != region.places:
            stored |= {"spans": region.places}
        if stored:
            # Escaped, so that no reader sees the end of a line and no page sees markup in it.
            written = json.dumps(sealed(stored)).replace("<", "\\u003c").replace("&", "\\u0026")
            lines.append(f"#{next(notes)}\t{STORED} {name}\t{written}")
        if region.note:
            lines.append(f"#{next(notes)}\tAnnotatorNotes {name}\t{region.note}")
    for number, link in enumerate(drawing.links, 1):
        lines.append(f"R{number}\t{link.kind} Arg1:{names[link.source]} Arg2:{names[link.target]}\t")
    return "".join(f"{line}\n" for line in lines)


def _on_one_line(words: str) -> str:
    # Some readers treat these characters as the end of a line or column.
    return re.sub("[\t\n\v\f\r\x1c-\x1e\x85\u2028\u2029]", " ", words)


def fragments_of(places: list[Data], text: str) -> list[Data]:
    """Split spans at line breaks."""
    return [
        {"start": place["start"] + match.start(), "end": place["start"] + match.end()}
        for place in places
        for match in _LINE.finditer(text[place["start"] : place["end"]])
    ]


def joined(fragments: list[Data], text: str) -> list[Data]:
    """Join fragments that are separated only by line breaks."""
    whole: list[Data] = []
    for fragment in fragments:
        if whole and re.fullmatch("[\r\n]+", text[whole[-1]["end"] : fragment["start"]]):
            whole[-1] = {"start": whole[-1]["start"], "end": fragment["end"]}
        else:
            whole.append(fragment)
    return whole


# The configuration of the collection.


def _write_annotation_conf() -> Iterator[str]:
    yield from ("[entities]", *LABELS, "", "[relations]")
    # Without this line, brat reports records that overlap as errors.
    yield "<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>"
    for kind, (sources, targets) in LINKS.items():
        yield f"{kind}\tArg1:{'|'.join(sources)}, Arg2:{'|'.join(targets)}"
    yield from ("", "[events]", "", "[attributes]")
    owners: dict[str, list[str]] = {}
    for label in LABELS:
        for name in values_of(label):
            owners.setdefault(name, []).append(label)
    for name, labels in owners.items():
        values = values_of(labels[0])[name]
        yield f"{name}\tArg:{'|'.join(labels)}" + (f", Value:{'|'.join(values)}" if values else "")


_SHORT: Final = {"Mention": "M", "TimeExpression": "Time", "Quantity": "Qty", "Quotation": "Quote", "Relation": "Rel"}
_HIDDEN: Final = ("Ground", "Act", "Channel", "Mode", "MentionForm")
"""Attributes shown only when the mouse pointer is on their region, since showing all of them hides the text."""


def _write_visual_conf() -> Iterator[str]:
    yield "[labels]"
    yield from (f"{label} | {label} | {short}" for label, short in _SHORT.items())
    yield from ("", "[drawing]", "SPAN_DEFAULT\tfgColor:black, bgColor:#d9d9d9, borderColor:darken")
    yield "ARC_DEFAULT\tcolor:#8c8c8c, dashArray:-, arrowHead:triangle-5, labelArrow:none"
    yield "ATTRIBUTE_DEFAULT\tglyph:<NONE>"
    yield from (f"{label}\tbgColor:{colour}" for label, colour in COLOURS.items())
    yield from (f"{kind}\tcolor:#c04c9d" for kind in ("voice", "cue", "speaker", "hedge"))
    yield from (f"{kind.value}\tcolor:#00553d" for kind in ArgumentKind)
    commitments = {str(commitment): sign for commitment, (_, sign) in COMMITMENTS.items()}
    for name, values in {name: values for label in LABELS for name, values in values_of(label).items()}.items():
        # brat turns a hyphen in a glyph into a comma.
        signs = [
            commitments[value] if name == Commitment.__name__ else value.replace("-", "\u2011") for value in values
        ]
        glyphs = "|".join(f"[{sign}]" for sign in signs or [name])
        yield f"{name}\tglyph:{'<NONE>' if name in _HIDDEN else glyphs}"


_TOOLS_CONF: Final = """[options]
Tokens\ttokenizer:whitespace
Sentences\tsplitter:newline
Validation\tvalidate:all
Annotation-log\tlogfile:<NONE>

[search]

[annotators]

[disambiguators]

[normalization]
Wikidata\t<URL>:https://www.wikidata.org, <URLBASE>:http://www.wikidata.org/entity/%s
"""
