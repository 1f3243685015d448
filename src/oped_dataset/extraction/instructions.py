"""The instructions for a language model: the guidelines, the form of an answer, and the vocabularies.

Here: the short wording of the guidelines, the selection of their sections for the long one, and examples from
the bundled article whose text may be redistributed.
Not here: the guidelines themselves (`docs/annotation-guidelines.md`, with a copy in the package), the meaning of the
labels (`model/vocabulary.py`) and the schema of an answer (`schema.py`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, Literal, TypeAlias, get_args

from oped_dataset.arguments import whole_number
from oped_dataset.errors import InvalidRecord
from oped_dataset.extraction.forms import class_of, keys_of, kinds_of, layers_of, legend, members
from oped_dataset.extraction.passages import Passage, passages
from oped_dataset.extraction.to_records import to_records
from oped_dataset.library import load
from oped_dataset.messages import quoted
from oped_dataset.model.article import Article
from oped_dataset.resources import read_data

Form: TypeAlias = Literal["short", "long"]

FORMS: Final[tuple[Form, ...]] = get_args(Form)
"""The lengths of the instructions."""

EXAMPLES: Final = "harbour-toll"
"""The bundled article that supplies the examples."""

EXAMPLE_LIMIT: Final = 700
"""The most characters of a passage in an example."""

_FRAME: Final = """\
Annotate an op-ed: who says what, how surely, and on whose word. Nothing in the text counts as a fact. Record
who says it, who relays it, and how far each of them commits to it.

Answer with one JSON object {"records": [...]} and nothing else. Each record has the key "record" and the keys
of its kind.
- Copy a piece of the text exactly, without ellipses. If it occurs more than once in the passage, give an object:
  "text" is the piece, "within" a longer piece around it that occurs once; everything else is null.
- null means that a value is absent. Never guess: leave open whatever the text leaves open.
- Refer to entities by the name in their record, and to other records by their id. Use each id once.
- The author is an entity like any other, referred to by name, and the first voice of every claim.
- Write gists and descriptions neutrally and in your own words. Never repeat an accusation as a fact.
- Annotate only the text of the passage. The words given for reference show who is speaking."""

_SHORT: Final[Mapping[str, str]] = {
    "entities": (
        "Everyone and everything particular that the text refers to, each once, under its fullest name. An unnamed "
        "source (a clerk, observers, reportedly) is an entity of its own with named false. A country that acts is "
        "its government."
    ),
    "mentions": (
        "Every name, pronoun, adjective formed from a name, and noun phrase that refers to an entity, in the order "
        "of the text. Leave titles and determiners out of names, and determiners out of noun phrases."
    ),
    "times": (
        "Every time expression, exactly as precise as the text; for a relative one, also the time from which it is "
        "counted."
    ),
    "quantities": "Every number that says how much or how many, with its unit.",
    "quotations": (
        "Every pair of quotation marks, whatever its function. Only direct, mixed and nested quotations have a "
        "speaker and claims."
    ),
    "events": (
        "Each distinct happening once, including planned, supposed and denied ones, with the status that the text "
        "gives it. A status is never firmer than the voices that report the event. List every event in the events "
        "of a claim that reports it."
    ),
    "relations": (
        "Relations between two entities that the text asserts or presupposes: office, kinship, membership, control, "
        "authorship, ownership, place. List every relation in the relations of a claim that asserts it."
    ),
    "claims": (
        "Every proposition of the text, each in a claim of its own: if a reader can accept one and reject its "
        "neighbour, they are two claims. voices is the whole chain of attribution, outermost first: the author, then "
        "everyone whom the text puts between the author and the content. Never leave out a voice in the middle. "
        "Every inner voice has a cue. Each voice has its own commitment: a reporter who relays something without "
        "taking sides is uncommitted, while the person quoted may be certain. Give a hedge to the voice that it "
        "softens. The gist of a denied or negated claim is the positive proposition, and the commitment expresses "
        "the negation."
    ),
    "arguments": (
        "How one claim bears on another, from premise to conclusion, where the text presents it so. A mere sequence "
        "in time or a reported cause is not an argument."
    ),
}
"""The instructions for each layer in the short form."""

_SECTIONS: Final[Mapping[str, str]] = {
    "entities": "Mentions and entities",
    "mentions": "Mentions and entities",
    "times": "Times",
    "quantities": "Quantities",
    "quotations": "Quotation marks",
    "events": "Events and relations",
    "relations": "Events and relations",
    "claims": "Voices|Claims",
    "arguments": "Arguments",
}
"""The sections of the guidelines that decide each layer."""


def instructions(layers: Iterable[str] | None = None, form: Form = "short", *, examples: int = 0) -> str:
    """Return the guidelines and vocabularies as a prompt, to be followed by the text of a passage.

    The first line names the release of the data to which the guidelines belong.

    Args:
        layers: The layers, as for `extraction_schema`; all when None.
        form: "short" describes each layer in a few sentences and each label by its meaning. "long" contains the rules
            of the guidelines for these layers, and each label with an example and a counter-example.
        examples: The number of passages of `harbour-toll` to include with their records, those with the longest chains
            of voices first. Scores on `harbour-toll` are meaningless after that.

    Raises:
        InvalidRecord: A layer or form does not exist, or `examples` is not a whole number from 0.
    """
    if form not in FORMS:
        raise InvalidRecord(f"form: must be 'short' or 'long', not {quoted(form)}", "form")
    whole_number("examples", examples, 0)
    asked = layers_of(layers)
    article = load(EXAMPLES)
    parts = [f"Guidelines of oped-dataset, data version {article.data_version}, {form} form.", _FRAME]
    parts += _select_sections(asked) if form == "long" else [f"{layer}: {_SHORT[layer]}" for layer in asked]
    parts += _format_vocabularies(asked, form)
    parts += _format_examples(article, asked, examples)
    return "\n\n".join(parts) + "\n"


def _select_sections(layers: tuple[str, ...]) -> Iterator[str]:
    """Yield the sections of the guidelines for the given layers, in the order of the page."""
    wanted = {"The frame", "Spans", *(name for layer in layers for name in _SECTIONS[layer].split("|"))}
    for section in re.split(r"^(?=## )", read_data("guidelines.md").decode(), flags=re.MULTILINE)[1:]:
        if section.partition("\n")[0].removeprefix("## ") in wanted:
            yield section.strip()


def _format_vocabularies(layers: tuple[str, ...], form: Form) -> Iterator[str]:
    """Yield the vocabularies that records of the given layers use."""
    keys = [key for kind in kinds_of(layers) for key in keys_of(class_of(kind), layers)]
    flat = [part for key in keys for part in (keys_of(key.slot.kind, layers) if key.holds == "part" else (key,))]
    for labels in dict.fromkeys(part.slot.kind for part in flat if part.is_label):
        lines = legend(labels)
        if form == "long":
            lines = [
                f"{line} Example: {each.example} Not: {each.counter_example}"
                for line, each in zip(lines, members(labels), strict=True)
            ]
        yield "\n".join((f"Labels of {labels.__name__}:", *(f"- {line}" for line in lines)))


def _format_examples(article: Article, layers: tuple[str, ...], number: int) -> Iterator[str]:
    parts = passages(str(article.source.text), EXAMPLE_LIMIT, 0, like=article)
    # The records of the longest chains show the most about voices.
    deepest = sorted(parts, key=lambda passage: -_measure_depth(article, passage))[:number]
    for passage in sorted(deepest, key=lambda each: each.number):
        answer: Any = to_records(article, layers, passage=passage)
        yield f"Example.\n\n{passage}\nRecords:\n\n{json.dumps(answer, ensure_ascii=False)}"


def _measure_depth(article: Article, passage: Passage) -> int:
    """Return the number of voices in the longest chain of a claim in a passage."""
    inside = (claim for claim in article.claims if all(map(passage.span.contains, claim.evidence)))
    return max((len(claim.voices) for claim in inside), default=0)
