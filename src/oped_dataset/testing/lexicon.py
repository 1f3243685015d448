"""The invented vocabulary of generated articles.

Here: names, verbs and phrases, the plainest first, among them words that break careless code: joined emoji, combining
marks, letters beyond the basic plane, right-to-left script, ligatures, no-break spaces.
Not here: the making of a text (`drafting.py`).
"""

from __future__ import annotations

from typing import Final

import attrs

from oped_dataset.model.vocabulary import (
    Act,
    Commitment,
    Comparator,
    EntityKind,
    EventKind,
    MentionForm,
    Predicate,
    TimeKind,
)


@attrs.frozen
class Figure:
    """A person or thing that occurs in generated articles.

    Attributes:
        id: Its id.
        kind: Its kind of entity.
        name: Its name or, if it has none, a description.
        named: Whether it has a name.
        aliases: Other names.
    """

    id: str
    kind: EntityKind
    name: str
    named: bool = True
    aliases: tuple[str, ...] = ()

    def referred_to(self, form: MentionForm) -> str:
        """Return the words that refer to it in a sentence."""
        noun, pronoun = NOUNS[self.kind]
        return {"name": self.name, "nominal": noun, "pronoun": pronoun}.get(form, f"the {self.name} camp")


AUTHOR: Final = Figure("ines", EntityKind.PERSON, "Ines Tann", aliases=("Ines",))
SECOND_AUTHOR: Final = Figure("leo", EntityKind.PERSON, "Leo Reed")
PUBLISHER: Final = Figure("gull", EntityKind.ORGANIZATION, "the Gull")

FIGURES: Final = (
    Figure("sel", EntityKind.PERSON, "Sel Varga", aliases=("Sel",)),
    Figure("maro", EntityKind.PERSON, "Maro Tann", aliases=("Mayor Tann",)),
    Figure("port", EntityKind.ORGANIZATION, "the port"),
    Figure("pilot", EntityKind.PERSON, "a pilot", named=False),
    Figure("captains", EntityKind.GROUP, "the captains"),
    Figure("ostmark", EntityKind.PLACE, "Ostmark", aliases=("the Mark",)),
    Figure("audit", EntityKind.WORK, "the audit"),
    Figure("summit", EntityKind.GATHERING, "the Reed Island summit"),
    Figure("toll-act", EntityKind.LAW, "the Toll Act"),
    Figure("ana", EntityKind.PERSON, "Ana Tann"),
    Figure("teo", EntityKind.PERSON, "Teo Varga"),
    Figure("council", EntityKind.ORGANIZATION, "the council"),
    Figure("rumour", EntityKind.GROUP, "nobody in particular", named=False),
    Figure("ete", EntityKind.PERSON, "E\u0301te\u0301 Zoë"),
    Figure("wang", EntityKind.PERSON, "王小明"),
    Figure("shalom", EntityKind.ORGANIZATION, "בית שלום"),
    Figure("marhaba", EntityKind.PLACE, "مرحبا"),
    Figure("chemist", EntityKind.PERSON, "👩\u200d🔬"),
    Figure("uni", EntityKind.ORGANIZATION, "𝔘𝔫𝔦"),
    Figure("fish", EntityKind.GROUP, "the\u00a0ﬁsh"),
)
"""The persons and things of articles; two pairs of people share a surname."""

TITLES: Final = ("The Toll", "Who Pays?", "Ferry & Co.", "Der Zoll — Maß für Maß", "王的港口", "Café 👩\u200d🔬")
QUESTIONS: Final = ("Where did it go?", "Really?", "And the fish?", "Pourquoi\u00a0?")
REASONS: Final = ("asks a question", "says nothing", "is a dateline")
THINGS: Final = ("toll", "ferry", "lantern fund", "e\u0301te\u0301 fe\u0301ria", "ﬂotilla", "𝔏𝔦𝔰𝔱")
UNITS: Final = ("crowns", "percent", "USD", None)
TITLES_OF_OFFICE: Final = ("warden", "deputy warden", "clerk of the port")
GLUES: Final = (" ", "\n", "\n\n", "\r\n", " \u2028")
"""The whitespace between two sentences."""

CUES: Final = {
    Act.SAY: "says that",
    Act.DENY: "denies that",
    Act.ASK: "asks whether",
    Act.BELIEVE: "believes that",
    Act.DOUBT: "doubts that",
    Act.KNOW: "knows that",
    Act.INTEND: "wants it so that",
    Act.PROMISE: "promises that",
    Act.ORDER: "demands that",
    Act.EVALUATE: "finds it good that",
    Act.DECLINE: "will not say whether",
    Act.SHOW: "shows that",
}
"""The words of attribution for each act."""

HEDGES: Final = {
    Commitment.PROBABLE: "probably",
    Commitment.POSSIBLE: "perhaps",
    Commitment.PROBABLY_NOT: "hardly",
    Commitment.POSSIBLY_NOT: "perhaps never",
}
"""The hedges for each commitment."""

NOUNS: Final = {
    EntityKind.PERSON: ("this captain", "she"),
    EntityKind.ORGANIZATION: ("this body", "it"),
    EntityKind.GROUP: ("this crowd", "each of them"),
    EntityKind.PLACE: ("this town", "it"),
    EntityKind.WORK: ("this paper", "it"),
    EntityKind.GATHERING: ("this meeting", "it"),
    EntityKind.LAW: ("this rule", "it"),
}
"""The noun and the pronoun that refer to an entity of each kind."""

TIMES: Final = (
    (TimeKind.DATE, "last spring", None),
    (TimeKind.DURATION, "for two months", "P2M"),
    (TimeKind.SET, "every year", "P1Y"),
    (TimeKind.TIME, "at half past six", "T18:30"),
    (TimeKind.DATE, "once", None),
    (TimeKind.DURATION, "for a day and a half", "PT36H"),
    (TimeKind.TIME, "in the evening", "TEV"),
)
"""Expressions of time that are not dates, each with its kind and value."""

COMPARATORS: Final = {
    Comparator.EQUAL: "",
    Comparator.MORE_THAN: "more than ",
    Comparator.LESS_THAN: "less than ",
    Comparator.AT_LEAST: "at least ",
    Comparator.AT_MOST: "up to ",
    Comparator.ABOUT: "about ",
}

HAPPENINGS: Final = {
    EventKind.AGREE: "agreed with",
    EventKind.CONSULT: "met",
    EventKind.SUPPORT: "praised",
    EventKind.CONCEDE: "gave in to",
    EventKind.COOPERATE: "worked with",
    EventKind.AID: "sheltered",
    EventKind.RETREAT: "withdrew from",
    EventKind.REQUEST: "asked a favour of",
    EventKind.ACCUSE: "blamed",
    EventKind.REJECT: "turned down",
    EventKind.THREATEN: "threatened",
    EventKind.PROTEST: "jeered at",
    EventKind.SANCTION: "put a levy on",
    EventKind.MOBILIZE: "readied cutters against",
    EventKind.COERCE: "robbed",
    EventKind.ASSAULT: "fired on",
    EventKind.INVESTIGATE: "looked into",
    EventKind.LEGAL_PROCESS: "sued",
    EventKind.PERSONNEL: "took office at",
    EventKind.ELECTION: "voted for",
    EventKind.GOVERNING: "passed a rule on",
    EventKind.TRANSFER: "sold a boat to",
    EventKind.ORGANIZATION: "merged with",
    EventKind.MOVEMENT: "sailed to",
    EventKind.LIFE: "married into",
    EventKind.PUBLISH: "wrote a post on",
    EventKind.HARM: "cheated",
    EventKind.ECONOMIC_CHANGE: "lost trade to",
    EventKind.STATE: "was at odds with",
    EventKind.OTHER: "built a pier by",
}

RELATIONS: Final = {
    Predicate.MEMBER_OF: "belongs to",
    Predicate.LEADS: "heads",
    Predicate.HOLDS_OFFICE: "holds an office in",
    Predicate.PARENT_OF: "is a parent of",
    Predicate.RELATIVE_OF: "is a cousin of",
    Predicate.AIDE_TO: "writes the speeches of",
    Predicate.ALLIED_WITH: "sides with",
    Predicate.ASSOCIATED_WITH: "has ties to",
    Predicate.OPPOSED_TO: "resists",
    Predicate.CONTROLS: "holds the strings of",
    Predicate.PROTECTS: "shields",
    Predicate.PART_OF: "is part of",
    Predicate.LOCATED_IN: "lies in",
    Predicate.FOUNDED: "founded",
    Predicate.EDUCATED_AT: "studied at",
    Predicate.EMPLOYED_BY: "works for",
    Predicate.PUBLISHES: "prints",
    Predicate.AUTHOR_OF: "wrote",
    Predicate.OWNS: "owns",
}
