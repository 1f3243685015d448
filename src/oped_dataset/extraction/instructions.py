"""The instructions for a language model: what to annotate, how to write it down, and the closed lists.

Here: the short wording of the guidelines, the choice of their sections for the long one, and examples from
the bundled article whose text may be passed on.
Not here: the guidelines themselves (`docs/annotation-guidelines.md`, of which a copy comes with the package), the
meaning of the labels (`model/vocabulary.py`) and the schema of an answer (`schema.py`).
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
from oped_dataset.model.vocabulary import Vocabulary
from oped_dataset.resources import read_data

Form: TypeAlias = Literal["short", "long"]

FORMS: Final[tuple[Form, ...]] = get_args(Form)
"""How much the instructions say."""

EXAMPLES: Final = "harbour-toll"
"""The bundled article from which examples are taken."""

EXAMPLE_LIMIT: Final = 700
"""The passages of the examples have so many characters at most."""

_FRAME: Final = """\
Annotate an op-ed: who says what, how surely, and on whose word. Nothing in the text counts as a fact; what
counts is who says it, relayed by whom, and how far each of them commits to it.

Answer with one JSON object {"records": [...]} and nothing else. Each record has the key "record" and the keys
of its kind.
- A piece of the text is copied exactly, without ellipses. Where it stands more than once in the passage, give
  an object: "text" is the piece, "within" a longer piece around it that stands once; everything else is null.
- null stands for an absent value. Nothing is guessed: what the text leaves open stays open.
- Refer to entities by the name in their record, and to other records by their id. Each id is used once.
- The author is an entity like any other, called by name, and the first voice of every claim.
- Gists and descriptions are neutral, in your own words, and repeat no accusation as fact.
- Annotate the text of the passage only. The words given for reference show who is speaking."""

_SHORT: Final[Mapping[str, str]] = {
    "entities": (
        "Everyone and everything particular that the text refers to, each once, under its fullest name. An unnamed "
        "source (a clerk, observers, reportedly) is an entity of its own with named false. A country that acts is "
        "its government."
    ),
    "mentions": (
        "Every name, pronoun, adjective made of a name, and noun phrase that refers to an entity, in the order of "
        "the text. A name without title and determiner; a noun phrase without determiner."
    ),
    "times": (
        "Every expression of a time, as precise as the text and no more; relative ones with what they are counted from."
    ),
    "quantities": "Every number that says how much or how many, with its unit.",
    "quotations": (
        "Every pair of quotation marks, whatever the marks do. Only direct, mixed and nested ones have a speaker "
        "and claims."
    ),
    "events": (
        "Each distinct happening once, also planned, supposed, denied ones, with the status the text gives it. A "
        "status is never firmer than the voices that tell the event. Every event is in the events of a claim that "
        "tells it."
    ),
    "relations": (
        "Ties between two entities that the text asserts or presupposes: office, kinship, membership, control, "
        "authorship, ownership, place. Every relation is in the relations of a claim that asserts it."
    ),
    "claims": (
        "Every proposition of the text, one each: what can be accepted while its neighbour is rejected is a claim "
        "of its own. voices is the whole chain of attribution, outermost first: the author, then everyone the text "
        "puts between the author and the content. Never leave out a voice in the middle. Every inner voice has a "
        "cue. commitment is each voice's own: a reporter who passes something on without taking sides is "
        "uncommitted, whoever is quoted may be certain. A hedge stands with the voice that it softens. The gist of "
        "a denied or negated claim is the positive proposition, and the commitment carries the negation."
    ),
    "arguments": (
        "How one claim bears on another, from the reason to what it is a reason for, where the text presents it "
        "so. What merely follows in time, and a cause that is told, is no argument."
    ),
}
"""What is annotated in each layer, in short."""

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
    """Word the guidelines and the closed lists as a prompt; the text of a passage follows it.

    The first line names the release of the data whose guidelines these are.

    Args:
        layers: The layers, as for `extraction_schema`; all when None.
        form: "short" says in a few sentences what each layer holds, and what each label means. "long" holds the rules
            of the guidelines for these layers, and each label with an example and a near miss.
        examples: How many passages of `harbour-toll` to give with their records, those with the longest chains of
            voices first. A score on `harbour-toll` is worth nothing after that.

    Raises:
        InvalidRecord: There is no layer or form of this name, or `examples` is no number from 0.
    """
    if form not in FORMS:
        raise InvalidRecord(f"form: must be 'short' or 'long', not {quoted(form)}", "form")
    whole_number("examples", examples, 0)
    asked = layers_of(layers)
    article = load(EXAMPLES)
    parts = [f"Guidelines of oped-dataset, data version {article.data_version}, {form} form.", _FRAME]
    parts += _long(asked) if form == "long" else [f"{layer}: {_SHORT[layer]}" for layer in asked]
    parts += _lists(asked, form)
    parts += _examples(article, asked, examples)
    return "\n\n".join(parts) + "\n"


def _long(layers: tuple[str, ...]) -> Iterator[str]:
    """The sections of the guidelines for some layers, in the order of the page."""
    wanted = {"The frame", "Spans", *(name for layer in layers for name in _SECTIONS[layer].split("|"))}
    for section in re.split(r"^(?=## )", read_data("guidelines.md").decode(), flags=re.MULTILINE)[1:]:
        if section.partition("\n")[0].removeprefix("## ") in wanted:
            yield section.strip()


def _lists(layers: tuple[str, ...], form: Form) -> Iterator[str]:
    """The closed lists that records of some layers use."""
    for labels in dict.fromkeys(_labels_of(layers)):
        lines = legend(labels)
        if form == "long":
            lines = [
                f"{line} Example: {each.example} Not: {each.counter_example}"
                for line, each in zip(lines, members(labels), strict=True)
            ]
        yield "\n".join((f"Labels of {labels.__name__}:", *(f"- {line}" for line in lines)))


def _labels_of(layers: tuple[str, ...]) -> Iterator[type[Vocabulary]]:
    for kind in kinds_of(layers):
        for key in keys_of(class_of(kind), layers):
            for part in keys_of(key.slot.kind, layers) if key.holds == "part" else (key,):
                if part.is_label:
                    yield part.slot.kind


def _examples(article: Article, layers: tuple[str, ...], number: int) -> Iterator[str]:
    parts = passages(str(article.source.text), EXAMPLE_LIMIT, 0, like=article)
    deepest = sorted(parts, key=lambda passage: -_depth(article, passage))[:number]
    for passage in sorted(deepest, key=lambda each: each.number):
        answer: Any = to_records(article, layers, passage=passage)
        yield f"Example.\n\n{passage}\nRecords:\n\n{json.dumps(answer, ensure_ascii=False)}"


def _depth(article: Article, passage: Passage) -> int:
    """The most voices of a claim that stands in a passage."""
    inside = (claim for claim in article.claims if all(map(passage.span.contains, claim.evidence)))
    return max((len(claim.voices) for claim in inside), default=0)
