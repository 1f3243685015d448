"""Each rule broken in the small article by the kit, and changes for tests of single rules."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from small import changed

Change: TypeAlias = Callable[[dict[str, Any]], object]


def put(pointer: str, value: object) -> Change:
    return lambda article: changed(article, pointer, value)


def add(name: str, **record: Any) -> Change:
    return lambda article: article[name].append(article[name][0] | record)


def both(*changes: Change) -> Change:
    return lambda article: [change(article) for change in changes]


EXPECTED: dict[str, tuple[tuple[str, ...], str, str | None]] = {
    "duplicate-id": (
        ("/entities/6/id",),
        "the id 'ines' is already used at /entities/0/id",
        None,
    ),
    "reserved-id": (
        ("/entities/6/id",),
        "'publication-date' is the name of an anchor and no id",
        None,
    ),
    "dangling-reference": (
        ("/publisher",),
        "no record has the id 'nobody'",
        None,
    ),
    "wrong-kind-reference": (
        ("/publisher",),
        "'m-maro' is one of the mentions, not of the entities",
        None,
    ),
    "span-outside-text": (
        ("/mentions/0/span",),
        "the span ends at 171, the text at 170",
        None,
    ),
    "unordered-evidence": (
        ("/claims/0/evidence/1",),
        "the span does not begin after the one before it",
        None,
    ),
    "overlapping-sentences": (
        ("/source/sentences/5/span",),
        "the sentence does not begin after the one before it",
        None,
    ),
    "overlapping-paragraphs": (
        ("/source/paragraphs/4/span",),
        "the paragraph does not begin after the one before it",
        None,
    ),
    "span-outside-sentences": (
        ("/events/0/evidence/0",),
        "the evidence begins or ends outside every sentence and heading",
        None,
    ),
    "uncovered-sentence": (
        ("/source/sentences/2",),
        "no claim has evidence in this sentence, and no reason is given",
        "add a claim or `no_claim`",
    ),
    "contradictory-no-claim": (
        ("/source/sentences/0/no_claim",),
        "the sentence is said to carry no claim, but a claim has evidence in it",
        None,
    ),
    "author-not-first": (
        (
            "/claims/0/voices/0/source",
            "/claims/1/voices/0/source",
            "/claims/2/voices/0/source",
            "/claims/3/voices/0/source",
        ),
        "the outermost voice is 'ines', who is no author of the article",
        None,
    ),
    "repeated-voice": (
        ("/claims/0/voices/1/source",),
        "'ines' relays itself",
        None,
    ),
    "missing-cue": (
        ("/claims/1/voices/1/cue",),
        "nothing in the text is given for attributing this to 'gull'",
        None,
    ),
    "hedged-certainty": (
        ("/claims/3/voices/0/commitment",),
        "'ines' has a hedge, but the commitment is certain",
        None,
    ),
    "misplaced-hedge": (
        ("/claims/3/voices/0/hedges/0",),
        "the hedge stands in no sentence with evidence of its claim",
        None,
    ),
    "unattributed-event": (
        ("/events/0",),
        "no claim carries 'e-rise', so nobody is said to say it",
        None,
    ),
    "unattributed-relation": (
        ("/relations/0",),
        "no claim carries 'r-head', so nobody is said to say it",
        None,
    ),
    "unattributed-quantity": (
        ("/quantities/0",),
        "no claim carries 'q-loss', so nobody is said to say it",
        None,
    ),
    "speaker-not-voiced": (
        ("/quotations/0/claims/0",),
        "'leo' is no voice of the claim 'c-loss'",
        None,
    ),
    "quotation-without-speaker": (
        ("/quotations/0/speaker",),
        "a direct quotation has a speaker, if only an unnamed one",
        None,
    ),
    "named-mention-of-unnamed": (
        ("/mentions/0/form",),
        "'maro' is unnamed, but this mention is a name",
        None,
    ),
    "metonym-of-person": (
        ("/mentions/0/metonym",),
        "'maro' is a person, for whom no place name stands",
        None,
    ),
    "argument-self-loop": (
        ("/arguments/2/target",),
        "the argument bears on itself",
        None,
    ),
    "undercut-target": (
        ("/arguments/2/target",),
        "the target 'a-loss' is an argument, which can only be undercut",
        None,
    ),
    "anchor-cycle": (
        ("/times/0/anchor",),
        "the anchors lead back to 't-may'",
        None,
    ),
    "contradictory-end": (
        ("/relations/0/ended",),
        "the interval 2018/.. has no end, but the relation is said to have ended",
        None,
    ),
    "updated-before-published": (
        ("/updated",),
        "2019-07-12 is before 2019-07-13, the day of publication",
        None,
    ),
    "erratum-unknown-record": (
        ("/errata/1/record",),
        "no record has the id 'nobody'",
        None,
    ),
    "withdrawn-id-present": (
        ("/errata/1/record",),
        "'ines' is withdrawn, but a record has this id",
        None,
    ),
    "unknown-normal-form": (
        ("/source/canonicalisation",),
        "'oped-0' is not known; this package knows 'oped-1'",
        None,
    ),
    "text-mismatch": (
        ("/source/sha256",),
        "the text has another SHA-256: c12a3166bd74cbf00f2b15bbbb575c0948390ec266e683b8d05c807d0b49b5cb",
        None,
    ),
    "quotation-mismatch": (
        ("/quotations/0/text",),
        "these words do not stand in the text at the span",
        None,
    ),
    "heading-mismatch": (
        ("/headings/0/text",),
        "these words do not stand in the text at the span",
        None,
    ),
    "digest-mismatch": (
        ("/source/sentences/0/digest",),
        "the text at the span has the digest '0ee7800c2642d280'",
        None,
    ),
    "shifts-mismatch": (
        ("/source/sentences/0/shifts",),
        "the normal form of the sentence shifts elsewhere: nowhere",
        None,
    ),
    "text-outside-paragraphs": (
        ("/source/paragraphs",),
        "there are words between 0 and 10, in no paragraph",
        None,
    ),
}
"""Where in the small article each rule is reported when the kit breaks it, with message and hint."""
