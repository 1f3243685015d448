"""Correcting the spelling of values that can have only one meaning.

Here: finding the label for a word, removing superfluous whitespace, making a slug of an id.
Not here: deciding whether to repair a value, and listing repairs (`resolving.py`).

Only spelling is repaired, never a judgement: no voice, commitment, place or piece of text is invented.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
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
"""Words that models write instead of a label, where only one label of the vocabulary can be meant."""

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
    """Find the label that a word can only mean, or None.

    Case, spaces, underscores, the endings of verbs and the plural are ignored. A word that is a part of exactly one
    label means that label.

    Example:
        >>> label_for("Certainly not", v.Commitment), label_for("said", v.Act), label_for("report", v.Channel)
        ('certainly-not', 'say', 'press-report')
    """
    known = [str(label) for label in labels]
    word = re.sub(r"[\s_-]+", "-", normalise(value)).strip("-.").casefold()
    synonyms = _SYNONYMS.get(labels, {})
    stems = [word.removesuffix(ending) + stem for ending, stem in _ENDINGS if word.endswith(ending)]
    for candidate in (word, _IRREGULAR.get(word, word), *stems):
        if candidate in known:
            return candidate
        if candidate in synonyms:
            return synonyms[candidate]
    # A word such as "report" that two labels share is ambiguous.
    parts = [label for label in known if word in label.split("-")]
    return parts[0] if len(parts) == 1 else None


def tidy(value: str) -> str:
    """Remove whitespace at the ends and reduce runs of whitespace to one space."""
    return " ".join(value.split())


def slug_for(value: str) -> str | None:
    """Make a slug of an id; None if it has no ASCII letter or digit."""
    return "-".join(re.findall("[a-z0-9]+", value.casefold())) or None
