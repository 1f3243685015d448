"""The report for each rule that the testing kit breaks in the small article, and changes for tests of single rules."""

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
        "'publication-date' is reserved as the name of an anchor",
        None,
    ),
    "dangling-reference": (
        ("/publisher",),
        "no record has the id 'nobody'",
        None,
    ),
    "wrong-kind-reference": (
        ("/publisher",),
        "'m-maro' is one of the mentions, not one of the entities",
        None,
    ),
    "span-outside-text": (
        ("/mentions/0/span",),
        "the span ends at 171, the text at 170",
        None,
    ),
    "unordered-evidence": (
        ("/claims/0/evidence/1",),
        "the span begins before the previous one ends",
        None,
    ),
    "overlapping-sentences": (
        ("/source/sentences/5/span",),
        "the sentence begins before the previous one ends",
        None,
    ),
    "overlapping-paragraphs": (
        ("/source/paragraphs/4/span",),
        "the paragraph begins before the previous one ends",
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
        "`no_claim` is set, but a claim has evidence in this sentence",
        None,
    ),
    "author-not-first": (
        (
            "/claims/0/voices/0/source",
            "/claims/1/voices/0/source",
            "/claims/2/voices/0/source",
            "/claims/3/voices/0/source",
        ),
        "the outermost voice is 'ines', which is not an author of the article",
        None,
    ),
    "repeated-voice": (
        ("/claims/0/voices/1/source",),
        "the chain has the voice 'ines' twice in a row",
        None,
    ),
    "missing-cue": (
        ("/claims/1/voices/1/cue",),
        "the inner voice 'gull' has no cue",
        None,
    ),
    "hedged-certainty": (
        ("/claims/3/voices/0/commitment",),
        "the voice 'ines' has a hedge, but its commitment is certain",
        None,
    ),
    "misplaced-hedge": (
        ("/claims/3/voices/0/hedges/0",),
        "the hedge is outside the sentences with evidence for its claim",
        None,
    ),
    "unattributed-event": (
        ("/events/0",),
        "no claim refers to 'e-rise', so it is attributed to nobody",
        None,
    ),
    "unattributed-relation": (
        ("/relations/0",),
        "no claim refers to 'r-head', so it is attributed to nobody",
        None,
    ),
    "unattributed-quantity": (
        ("/quantities/0",),
        "no claim refers to 'q-loss', so it is attributed to nobody",
        None,
    ),
    "speaker-not-voiced": (
        ("/quotations/0/claims/0",),
        "'leo' is not a voice of the claim 'c-loss'",
        None,
    ),
    "quotation-without-speaker": (
        ("/quotations/0/speaker",),
        "a direct quotation needs a speaker, even if unnamed",
        None,
    ),
    "named-mention-of-unnamed": (
        ("/mentions/0/form",),
        "'maro' is unnamed, but this mention is a name",
        None,
    ),
    "metonym-of-person": (
        ("/mentions/0/metonym",),
        "the mention is a metonym, but 'maro' is a person",
        None,
    ),
    "argument-self-loop": (
        ("/arguments/2/target",),
        "the argument targets itself or its own source",
        None,
    ),
    "undercut-target": (
        ("/arguments/2/target",),
        "the target 'a-loss' is an argument, which only an undercut can target",
        None,
    ),
    "anchor-cycle": (
        ("/times/0/anchor",),
        "the anchors lead back to 't-may'",
        None,
    ),
    "contradictory-end": (
        ("/relations/0/ended",),
        "the interval 2018/.. has no end, but `ended` is true",
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
        "the normalised form 'oped-0' is unknown; this package knows 'oped-1'",
        None,
    ),
    "text-mismatch": (
        ("/source/sha256",),
        "the text has a different SHA-256: c12a3166bd74cbf00f2b15bbbb575c0948390ec266e683b8d05c807d0b49b5cb",
        None,
    ),
    "quotation-mismatch": (
        ("/quotations/0/text",),
        "the text at this span reads differently",
        None,
    ),
    "heading-mismatch": (
        ("/headings/0/text",),
        "the text at this span reads differently",
        None,
    ),
    "digest-mismatch": (
        ("/source/sentences/0/digest",),
        "the text at the span has the digest '0ee7800c2642d280'",
        None,
    ),
    "shifts-mismatch": (
        ("/source/sentences/0/shifts",),
        "the text yields no shifts",
        None,
    ),
    "text-outside-paragraphs": (
        ("/source/paragraphs",),
        "the words between 0 and 10 are not in any paragraph",
        None,
    ),
}
"""The pointers, the message and the hint for each rule that the kit breaks in the small article."""
