"""Chains of voices, relations and arguments in words.

Here: the phrase for each label, the sign of each commitment, and the number of the verb after a name.
Not here: the meaning of labels (`vocabulary.py`), dates (`when.py`), and the layout of sentences, which each view has
for itself.

All commitments of a chain refer to the same content. An outer voice that doubts the content agrees with an inner voice
that doubts it, and the words show this: *too*.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple, TypeVar

from oped_dataset.messages import cut
from oped_dataset.model.article import Article
from oped_dataset.model.records import Claim, Entity, Relation, Voice
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
"""The verb of each act, in the singular and in the plural."""

RELAYS: Final = ("relays", "relay")
"""The verb of an outer voice whose act is *say*, in the singular and in the plural."""

_OTHER_VERBS: Final[dict[tuple[Act, Commitment], tuple[str, str]]] = {
    (Act.SAY, Commitment.PROBABLE): ("says it is likely", "say it is likely"),
    (Act.SAY, Commitment.POSSIBLE): ("says it is possible", "say it is possible"),
    (Act.SAY, Commitment.POSSIBLY_NOT): ("says it may not be so", "say it may not be so"),
    (Act.SAY, Commitment.PROBABLY_NOT): ("doubts", "doubt"),
    (Act.SAY, Commitment.CERTAINLY_NOT): ("denies", "deny"),
    (Act.BELIEVE, Commitment.PROBABLE): ("believes it likely", "believe it likely"),
    (Act.BELIEVE, Commitment.POSSIBLE): ("believes it possible", "believe it possible"),
    (Act.KNOW, Commitment.KNOWS_WHETHER): ("knows whether it is so", "know whether it is so"),
}
"""Verbs of innermost voices that depend on the commitment, because the gist does not contain it."""

_WITHOUT_STANCE: Final = {
    *_OTHER_VERBS,
    (Act.DENY, Commitment.CERTAINLY_NOT),
    (Act.DOUBT, Commitment.PROBABLY_NOT),
    (Act.ASK, Commitment.UNCOMMITTED),
    (Act.DECLINE, Commitment.UNCOMMITTED),
}
"""Innermost voices whose verb expresses the commitment."""

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

STANCES: Final[dict[Commitment, str]] = {
    Commitment.CERTAIN: "certain",
    Commitment.PROBABLE: "thinking it likely",
    Commitment.POSSIBLE: "thinking it possible",
    Commitment.UNCOMMITTED: "taking no side",
    Commitment.KNOWS_WHETHER: "knowing whether it is so",
    Commitment.POSSIBLY_NOT: "thinking it may not be so",
    Commitment.PROBABLY_NOT: "thinking it unlikely",
    Commitment.CERTAINLY_NOT: "denying it",
}
"""The phrase for a commitment after a verb: `relays, taking no side`."""

PREDICATES: Final[dict[Predicate, tuple[str, str, str, str]]] = {
    Predicate.MEMBER_OF: ("is a member of", "are members of", "was a member of", "were members of"),
    Predicate.LEADS: ("leads", "lead", "led", "led"),
    Predicate.HOLDS_OFFICE: (
        "holds an office in or for",
        "hold an office in or for",
        "held an office in or for",
        "held an office in or for",
    ),
    Predicate.PARENT_OF: ("is a parent of", "are parents of", "was a parent of", "were parents of"),
    Predicate.RELATIVE_OF: ("is a relative of", "are relatives of", "was a relative of", "were relatives of"),
    Predicate.AIDE_TO: ("is an aide to", "are aides to", "was an aide to", "were aides to"),
    Predicate.ALLIED_WITH: ("is allied with", "are allied with", "was allied with", "were allied with"),
    Predicate.ASSOCIATED_WITH: (
        "is associated with",
        "are associated with",
        "was associated with",
        "were associated with",
    ),
    Predicate.OPPOSED_TO: ("is opposed to", "are opposed to", "was opposed to", "were opposed to"),
    Predicate.CONTROLS: ("controls", "control", "controlled", "controlled"),
    Predicate.PROTECTS: ("protects", "protect", "protected", "protected"),
    Predicate.PART_OF: ("is part of", "are part of", "was part of", "were part of"),
    Predicate.LOCATED_IN: ("is located in", "are located in", "was located in", "were located in"),
    Predicate.FOUNDED: ("founded", "founded", "founded", "founded"),
    Predicate.EDUCATED_AT: ("was educated at", "were educated at", "was educated at", "were educated at"),
    Predicate.EMPLOYED_BY: ("works for", "work for", "worked for", "worked for"),
    Predicate.PUBLISHES: ("publishes", "publish", "published", "published"),
    Predicate.AUTHOR_OF: ("is an author of", "are authors of", "was an author of", "were authors of"),
    Predicate.OWNS: ("owns", "own", "owned", "owned"),
}
"""The phrase between subject and object: present singular and plural, past singular and plural."""

ARGUMENTS: Final[dict[ArgumentKind, tuple[str, str]]] = {
    ArgumentKind.SUPPORTS: ("supports", "supported by"),
    ArgumentKind.EXEMPLIFIES: ("is an example of", "for example"),
    ArgumentKind.RESTATES: ("restates", "restated by"),
    ArgumentKind.REBUTS: ("rebuts", "rebutted by"),
    ArgumentKind.UNDERCUTS: ("undercuts", "undercut by"),
    ArgumentKind.CONCEDES: ("is conceded against", "against it is conceded"),
}
"""The phrase between premise and conclusion, and between conclusion and premise."""

_PLURAL: Final = re.compile(r"([^s]s|people|media|police|men|children)$")
_SINGULAR: Final = re.compile(r"(no|some|any|every)\s?(body|one)\b", re.IGNORECASE)
_AFTER_HEAD: Final = re.compile(
    r",| (of|on|in|at|for|from|by|to|with|against|about|under|behind|close|who|whom|whose|that|which|said|cited) ",
    re.IGNORECASE,
)
"""The end of the noun that decides between singular and plural: `rivals | of Maro`, `people | said to resist`."""


LONGEST_NAME: Final = 200
"""The number of characters of a name that are repeated beside other records."""

LONGEST_GIST: Final = 1_000
"""The number of characters of a gist that are repeated beside other records."""

MOST_STEPS: Final = 20
"""The number of arguments, each of which undercuts the next one, that are shown together."""

_SHOWN_AT_EACH_END: Final = 8
"""The number of outermost and of innermost voices on a line; those between them are counted."""

VoiceT = TypeVar("VoiceT")


class Spoken(NamedTuple):
    """A voice in words.

    Attributes:
        name: The name of the voice.
        verb: The verb of its act, in the number of the name.
        stance: The phrase for its commitment; empty if the verb expresses it.
        commitment: The commitment.
    """

    name: str
    verb: str
    stance: str
    commitment: Commitment


def name_of(article: Article | None, entity_id: str) -> str:
    """Return the name of an entity, or its id if the article is unknown or does not contain the entity.

    Of a very long name, it is the beginning, because many records may repeat it.
    """
    if article is None or entity_id not in article.entities:
        return entity_id
    return cut(article.entities[entity_id].name, LONGEST_NAME)


def is_plural(entity: Entity) -> bool:
    """Whether the name of an entity takes a plural verb: *the pilots say*, but *the crew says*, *nobody says*.

    The last noun before an *of*, *who* or *said to* decides. Proper names are singular, except those of groups.
    """
    if _SINGULAR.match(entity.name) or (entity.named and entity.kind is not EntityKind.GROUP):
        return False
    head = _AFTER_HEAD.split(cut(entity.name, LONGEST_NAME))[0]
    return " and " in head or _PLURAL.search(head) is not None


def voices_of(article: Article | None, voices: Sequence[Voice]) -> list[Spoken]:
    """Word the voices of a claim, or those that `ends_of` returns, outermost first.

    The verb of outer voices is *relays* for *says*. If the innermost voice denies or doubts the content, outer voices
    that deny or doubt it do so *too*.
    """
    *outer, innermost = voices
    is_against = innermost.commitment.side == "against"
    words = []
    for voice in outer:
        forms = RELAYS if voice.act is Act.SAY else ACTS[voice.act]
        too = " too" if is_against and voice.commitment.side == "against" else ""
        stance = STANCES[voice.commitment] + too
        words.append(_word_voice(article, voice.source, forms, stance, voice.commitment))
    decided = (innermost.act, innermost.commitment)
    stance = "" if decided in _WITHOUT_STANCE else STANCES[innermost.commitment]
    forms = _OTHER_VERBS.get(decided, ACTS[innermost.act])
    return [*words, _word_voice(article, innermost.source, forms, stance, innermost.commitment)]


def _word_voice(
    article: Article | None, source: str, forms: tuple[str, str], stance: str, commitment: Commitment
) -> Spoken:
    return Spoken(name_of(article, source), forms[_takes_plural(article, source)], stance, commitment)


def _takes_plural(article: Article | None, entity_id: str) -> bool:
    return article is not None and entity_id in article.entities and is_plural(article.entities[entity_id])


def chain_of(article: Article, claim: Claim) -> str:
    """Word the voices of a claim on one line: `Ines relays, taking no side > the Gull denies`.

    In a chain of more than 16 voices, those between the first eight and the last eight are counted.
    """
    spoken = (
        f"{each.name} {each.verb}, {each.stance}" if each.stance else f"{each.name} {each.verb}"
        for each in voices_of(article, ends_of(claim.voices))
    )
    return " > ".join(with_count(spoken, len(claim.voices)))


def ends_of(voices: Sequence[VoiceT]) -> Sequence[VoiceT]:
    """Return the voices that are shown beside other records; of a long chain, the first and the last ones.

    A claim can carry many records, and each of them would repeat the chain.
    """
    is_long = len(voices) > 2 * _SHOWN_AT_EACH_END
    return [*voices[:_SHOWN_AT_EACH_END], *voices[-_SHOWN_AT_EACH_END:]] if is_long else voices


def with_count(ends: Iterable[str], total: int) -> list[str]:
    """List the voices that `ends_of` returns, in words, with the number of those between them."""
    shown = list(ends)
    if len(shown) < total:
        shown.insert(_SHOWN_AT_EACH_END, f"… {total - len(shown)} more voices …")
    return shown


def lead_of(article: Article, relation: Relation) -> str:
    """Word the transition from a relation to the claims below it, which affirm, deny or dispute it."""
    sides = {claim.side for claim in article.claims_for(relation.id)}
    if sides == {"for"}:
        return " according to"
    return ", which is denied here:" if sides == {"against"} else ", which is disputed or left open here:"


def tie_of(article: Article, relation: Relation) -> str:
    """Word the predicate of a relation, in the number of its subject, and in the past tense if the relation is over."""
    return PREDICATES[relation.predicate][2 * relation.ended + _takes_plural(article, relation.subject)]
