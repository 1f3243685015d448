"""One change to the small article for each rule: it breaks that rule and no other."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from small import TEXT, changed, place, voice

Change: TypeAlias = Callable[[dict[str, Any]], object]


def put(pointer: str, value: object) -> Change:
    return lambda article: changed(article, pointer, value)


def add(name: str, **record: Any) -> Change:
    return lambda article: article[name].append(article[name][0] | record)


def both(*changes: Change) -> Change:
    return lambda article: [change(article) for change in changes]


MUTATIONS: dict[str, tuple[Change, str, str, str | None]] = {
    "duplicate-id": (
        add("entities", id="sel"),
        "/entities/6/id",
        "the id 'sel' is already used at /entities/3/id",
        None,
    ),
    "reserved-id": (
        add("entities", id="publication-date"),
        "/entities/6/id",
        "'publication-date' is the name of an anchor and no id",
        None,
    ),
    "dangling-reference": (
        put("/mentions/0/entity", "mar"),
        "/mentions/0/entity",
        "no record has the id 'mar'",
        "did you mean 'maro'?",
    ),
    "wrong-kind-reference": (
        put("/mentions/0/entity", "c-rise"),
        "/mentions/0/entity",
        "'c-rise' is one of the claims, not of the entities",
        None,
    ),
    "span-outside-text": (
        put("/mentions/0/span", {"start": 10, "end": 999}),
        "/mentions/0/span",
        f"the span ends at 999, the text at {len(TEXT)}",
        None,
    ),
    "unordered-evidence": (
        put("/claims/0/evidence", [place("raised the toll"), place("Maro raised")]),
        "/claims/0/evidence/1",
        "the span does not begin after the one before it",
        None,
    ),
    "overlapping-sentences": (
        lambda article: article["source"]["sentences"].append(article["source"]["sentences"][4]),
        "/source/sentences/5/span",
        "the sentence does not begin after the one before it",
        None,
    ),
    "overlapping-paragraphs": (
        lambda article: article["source"]["paragraphs"].append(article["source"]["paragraphs"][-1]),
        "/source/paragraphs/4/span",
        "the paragraph does not begin after the one before it",
        None,
    ),
    "span-outside-sentences": (
        put("/events/0/evidence/0", {"start": 9, "end": 20}),
        "/events/0/evidence/0",
        "the evidence begins or ends outside every sentence and heading",
        None,
    ),
    "uncovered-sentence": (
        put("/source/sentences/2/no_claim", None),
        "/source/sentences/2",
        "no claim has evidence in this sentence, and no reason is given",
        "add a claim or `no_claim`",
    ),
    "contradictory-no-claim": (
        put("/source/sentences/0/no_claim", "says nothing"),
        "/source/sentences/0/no_claim",
        "the sentence is said to carry no claim, but a claim has evidence in it",
        None,
    ),
    "author-not-first": (
        put("/claims/0/voices/0/source", "leo"),
        "/claims/0/voices/0/source",
        "the outermost voice is 'leo', who is no author of the article",
        None,
    ),
    "repeated-voice": (
        lambda article: article["claims"][1]["voices"].insert(1, voice("gull", "say", "certain", "cited")),
        "/claims/1/voices/2/source",
        "'gull' relays itself",
        None,
    ),
    "missing-cue": (
        put("/claims/1/voices/1/cue", None),
        "/claims/1/voices/1/cue",
        "nothing in the text is given for attributing this to 'gull'",
        None,
    ),
    "hedged-certainty": (
        put("/claims/3/voices/0/commitment", "certain"),
        "/claims/3/voices/0/commitment",
        "'ines' has a hedge, but the commitment is certain",
        None,
    ),
    "misplaced-hedge": (
        put("/claims/3/voices/0/hedges", [place("She")]),
        "/claims/3/voices/0/hedges/0",
        "the hedge stands in no sentence with evidence of its claim",
        None,
    ),
    "unattributed-event": (
        put("/claims/0/events", []),
        "/events/0",
        "no claim carries 'e-rise', so nobody is said to say it",
        None,
    ),
    "unattributed-relation": (
        put("/claims/2/relations", []),
        "/relations/0",
        "no claim carries 'r-head', so nobody is said to say it",
        None,
    ),
    "unattributed-quantity": (
        put("/claims/1/quantities", []),
        "/quantities/0",
        "no claim carries 'q-loss', so nobody is said to say it",
        None,
    ),
    "speaker-not-voiced": (
        put("/quotations/0/speaker", "maro"),
        "/quotations/0/claims/0",
        "'maro' is no voice of the claim 'c-loss'",
        None,
    ),
    "quotation-without-speaker": (
        put("/quotations/0/speaker", None),
        "/quotations/0/speaker",
        "a direct quotation has a speaker, if only an unnamed one",
        None,
    ),
    "named-mention-of-unnamed": (
        put("/entities/2/named", False),
        "/mentions/0/form",
        "'maro' is unnamed, but this mention is a name",
        None,
    ),
    "metonym-of-person": (
        put("/mentions/0/metonym", True),
        "/mentions/0/metonym",
        "'maro' is a person, for whom no place name stands",
        None,
    ),
    "argument-self-loop": (
        put("/arguments/0/target", "c-loss"),
        "/arguments/0/target",
        "the argument bears on itself",
        None,
    ),
    "undercut-target": (
        put("/arguments/1/kind", "rebuts"),
        "/arguments/1/target",
        "the target 'a-loss' is an argument, which can only be undercut",
        None,
    ),
    "anchor-cycle": (
        put("/times/0/anchor", "t-may"),
        "/times/0/anchor",
        "the anchors lead back to 't-may'",
        None,
    ),
    "contradictory-end": (
        put("/relations/0/ended", True),
        "/relations/0/ended",
        "the interval 2018/.. has no end, but the relation is said to have ended",
        None,
    ),
    "updated-before-published": (
        put("/updated", "2019-07-12"),
        "/updated",
        "2019-07-12 is before 2019-07-13, the day of publication",
        None,
    ),
    "erratum-unknown-record": (
        put("/errata/0/change", "corrected"),
        "/errata/0/record",
        "no record has the id 'old-claim'",
        None,
    ),
    "withdrawn-id-present": (
        put("/errata/0/record", "c-rise"),
        "/errata/0/record",
        "'c-rise' is withdrawn, but a record has this id",
        None,
    ),
    "unknown-normal-form": (
        put("/source/canonicalisation", "oped-9"),
        "/source/canonicalisation",
        "'oped-9' is not known; this package knows 'oped-1'",
        None,
    ),
    "text-mismatch": (
        put("/source/length", len(TEXT) + 1),
        "/source/length",
        f"the text has {len(TEXT)} code points",
        None,
    ),
    "quotation-mismatch": (
        put("/quotations/0/text", "The ferry lost 41 crowns,"),
        "/quotations/0/text",
        "these words do not stand in the text at the span",
        None,
    ),
    "heading-mismatch": (
        put("/headings/1/text", "Who Paid?"),
        "/headings/1/text",
        "these words do not stand in the text at the span",
        None,
    ),
    "digest-mismatch": (
        put("/source/sentences/4/digest", "0" * 16),
        "/source/sentences/4/digest",
        "the text at the span has the digest '1bb0966f9e1e94a7'",
        None,
    ),
    "shifts-mismatch": (
        put("/source/sentences/4/shifts", [{"at": 3, "length": 1, "normal": 2}]),
        "/source/sentences/4/shifts",
        "the normal form of the sentence shifts elsewhere: nowhere",
        None,
    ),
    "text-outside-paragraphs": (
        lambda article: article["source"]["paragraphs"].pop(1),
        "/source/paragraphs",
        "there are words between 8 and 100, in no paragraph",
        None,
    ),
}
