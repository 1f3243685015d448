"""Values that are spelled otherwise than the form wants, and what they can only mean.

Here: the label a word stands for, white space that does not belong, an id that is not a slug.
Not here: when a value is repaired at all, and how that is listed (`resolving.py`).

Only the spelling of a value is repaired, never a judgement: no voice, commitment, place or piece of text is made up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from oped_dataset.model import vocabulary as v
from oped_dataset.model.vocabulary import Vocabulary
from oped_dataset.text.canonical import normalise

_SYNONYMS: Final[Mapping[type[Vocabulary], Mapping[str, str]]] = {
    v.Act: {
        "announce": "say",
        "assert": "say",
        "claim": "say",
        "criticise": "evaluate",
        "criticize": "evaluate",
        "demand": "order",
        "plan": "intend",
        "praise": "evaluate",
        "report": "say",
        "state": "say",
        "tell": "say",
        "think": "believe",
        "threaten": "promise",
        "vow": "promise",
        "write": "say",
    },
    v.Channel: {
        "article": "published-work",
        "book": "published-work",
        "newspaper": "press-report",
        "none": "unspecified",
        "op-ed": "published-work",
        "post": "tweet",
        "radio": "broadcast",
        "television": "broadcast",
        "unknown": "unspecified",
    },
    v.Commitment: {"likely": "probable", "unlikely": "probably-not"},
    v.EntityKind: {"company": "organization"},
    v.EventStatus: {"happened": "occurred"},
    v.Mode: {"paraphrase": "indirect"},
}
"""Words that models write for a label, where the list has one label for them."""

_IRREGULAR: Final = {
    "said": "say",
    "told": "tell",
    "thought": "think",
    "wrote": "write",
    "knew": "know",
    "shown": "show",
}
_ENDINGS: Final = (
    ("ies", "y"),
    ("ied", "y"),
    ("ing", ""),
    ("ing", "e"),
    ("ed", ""),
    ("ed", "e"),
    ("es", ""),
    ("s", ""),
)


def label_for(value: str, labels: type[Vocabulary]) -> str | None:
    """Find the label that a word stands for, or None where that is not certain.

    Case, spaces and underscores are left aside; so are the endings of verbs and of the plural. A word that is a part of
    one label only stands for that label.

    Example:
        >>> label_for("Certainly not", v.Commitment), label_for("said", v.Act), label_for("report", v.Channel)
        ('certainly-not', 'say', 'press-report')
    """
    known = [str(label) for label in labels]
    word = re.sub(r"[\s_-]+", "-", normalise(value)).strip("-.").casefold()
    synonyms = _SYNONYMS.get(labels, {})
    for candidate in (word, *_stems(word)):
        if candidate in known:
            return candidate
        if candidate in synonyms:
            return synonyms[candidate]
    parts = [label for label in known if word in label.split("-")]
    return parts[0] if len(parts) == 1 else None


def _stems(word: str) -> Iterator[str]:
    if word in _IRREGULAR:
        yield _IRREGULAR[word]
    for ending, stem in _ENDINGS:
        if word.endswith(ending):
            yield word.removesuffix(ending) + stem


def tidy(value: str) -> str:
    """Leave out white space that does not belong: at the ends, and more than one space in a row."""
    return " ".join(value.split())


def slug_for(value: str) -> str | None:
    """Find the slug that an id stands for; None where it has no letter or digit of ASCII."""
    return "-".join(re.findall("[a-z0-9]+", value.casefold())) or None
