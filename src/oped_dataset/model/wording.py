"""The words in which a chain of voices, a relation and an argument are read as a sentence.

What lives here: for each label the phrase that stands between its two names, the sign of each commitment, and a voice
put together of them.
What does not: what the labels mean (`vocabulary.py`), and the putting together in a browser
(`explorer/scripts/sentence.js`).
"""

from __future__ import annotations

from typing import Final

from oped_dataset.model.article import Article
from oped_dataset.model.records import Claim
from oped_dataset.model.vocabulary import (
    Act,
    ArgumentKind,
    Commitment,
    EntityKind,
    Predicate,
)

ACTS: Final[dict[Act, tuple[str, str]]] = {
    Act.SAY: ("says", "say"),
    Act.DENY: ("denies", "deny"),
    Act.ASK: ("asks", "ask"),
    Act.BELIEVE: ("believes", "believe"),
    Act.DOUBT: ("doubts", "doubt"),
    Act.KNOW: ("knows", "know"),
    Act.INTEND: ("intends", "intend"),
    Act.PROMISE: ("promises", "promise"),
    Act.ORDER: ("demands", "demand"),
    Act.EVALUATE: ("judges", "judge"),
    Act.DECLINE: ("declines to say", "decline to say"),
    Act.SHOW: ("shows", "show"),
}
"""What a voice does: of one voice, and of a group."""

RELAYS: Final = ("relays", "relay")
"""What a voice does that says what another voice says."""

COMMITMENTS: Final[dict[Commitment, tuple[str, str]]] = {
    Commitment.CERTAIN: ("certain", "+++"),
    Commitment.PROBABLE: ("probable", "++"),
    Commitment.POSSIBLE: ("possible", "+"),
    Commitment.UNCOMMITTED: ("uncommitted", "0"),
    Commitment.KNOWS_WHETHER: ("knows whether", "?"),
    Commitment.POSSIBLY_NOT: ("possibly not", "−"),
    Commitment.PROBABLY_NOT: ("probably not", "−−"),
    Commitment.CERTAINLY_NOT: ("certainly not", "−−−"),
}
"""The words and the sign of a commitment, from one end of the scale to the other."""

PREDICATES: Final[dict[Predicate, tuple[str, str]]] = {
    Predicate.MEMBER_OF: ("is a member of", "was a member of"),
    Predicate.LEADS: ("leads", "led"),
    Predicate.HOLDS_OFFICE: ("holds an office in or for", "held an office in or for"),
    Predicate.PARENT_OF: ("is a parent of", "was a parent of"),
    Predicate.RELATIVE_OF: ("is a relative of", "was a relative of"),
    Predicate.AIDE_TO: ("is an aide to", "was an aide to"),
    Predicate.ALLIED_WITH: ("is allied with", "was allied with"),
    Predicate.ASSOCIATED_WITH: ("is associated with", "was associated with"),
    Predicate.OPPOSED_TO: ("is opposed to", "was opposed to"),
    Predicate.CONTROLS: ("controls", "controlled"),
    Predicate.PROTECTS: ("protects", "protected"),
    Predicate.PART_OF: ("is part of", "was part of"),
    Predicate.LOCATED_IN: ("is located in", "was located in"),
    Predicate.FOUNDED: ("founded", "founded"),
    Predicate.EDUCATED_AT: ("was educated at", "was educated at"),
    Predicate.EMPLOYED_BY: ("works for", "worked for"),
    Predicate.PUBLISHES: ("publishes", "published"),
    Predicate.AUTHOR_OF: ("is an author of", "was an author of"),
    Predicate.OWNS: ("owns", "owned"),
}
"""What stands between the subject and the object of a relation: of one that has not ended, and of one that has."""

ARGUMENTS: Final[dict[ArgumentKind, str]] = {
    ArgumentKind.SUPPORTS: "supports",
    ArgumentKind.EXEMPLIFIES: "is an example of",
    ArgumentKind.RESTATES: "restates",
    ArgumentKind.REBUTS: "rebuts",
    ArgumentKind.UNDERCUTS: "undercuts",
    ArgumentKind.CONCEDES: "is conceded against",
}
"""What stands between a claim and what it bears on."""


def name_of(article: Article, entity_id: str) -> str:
    """The name of an entity, or its id where the article has no such entity."""
    return article.entities[entity_id].name if entity_id in article.entities else entity_id


def voices_of(article: Article, claim: Claim) -> list[tuple[str, str, str]]:
    """Word the voices of a claim, outermost first: who, does what, how committed.

    Each is a name, a verb and a commitment, such as `the Gull`, `denies`, `probable`. Who says what another voice says
    relays it.
    """
    innermost = len(claim.voices) - 1
    return [
        (
            name_of(article, voice.source),
            _verb(article, voice.source, RELAYS if depth < innermost and voice.act is Act.SAY else ACTS[voice.act]),
            COMMITMENTS[voice.commitment][0],
        )
        for depth, voice in enumerate(claim.voices)
    ]


def _verb(article: Article, entity_id: str, forms: tuple[str, str]) -> str:
    is_group = entity_id in article.entities and article.entities[entity_id].kind is EntityKind.GROUP
    return forms[is_group]


def chain_of(article: Article, claim: Claim) -> str:
    """Word the voices of a claim on one line: `Ines relays, uncommitted > the Gull denies, probable`."""
    return " > ".join(f"{name} {verb}, {commitment}" for name, verb, commitment in voices_of(article, claim))
