"""Every problem code: what it means and how to mend what it is about.

Here: the words; `docs/problem-codes.md` is made from them and from the documents in `tests/invalid/`.
Not here: finding problems (`codec/scanner.py`, `codec/jsontext.py`, `codec/shape.py`, `rules.py`, `loading.py`).

A code is stable: it is neither renamed nor given another meaning.
"""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

import attrs

Kind: TypeAlias = Literal["text", "form", "rule", "installation"]
"""What a code is about: the JSON text, the form of a record, a rule between records, or an installed file."""


@attrs.frozen
class Code:
    """What a problem code means.

    Attributes:
        kind: What it is about.
        meaning: What is the case where it is reported.
        remedy: How to mend it.
    """

    kind: Kind
    meaning: str
    remedy: str


CODES: Final[dict[str, Code]] = {
    "OPED-too-large": Code(
        "text",
        "The document is longer than the limit, 16 MiB unless asked otherwise, and is not read.",
        "Split it, or raise `limits.size` if it can be trusted.",
    ),
    "OPED-not-utf-8": Code(
        "text",
        "The bytes are no UTF-8, so they are no text that could be read.",
        "Save the file as UTF-8; unpack it first if it is compressed.",
    ),
    "OPED-byte-order-mark": Code(
        "text",
        "The document begins with a byte order mark, which JSON does not allow.",
        "Save the file as UTF-8 without one.",
    ),
    "OPED-invalid-json": Code(
        "text",
        "At this place the text stops being JSON, and nothing after it can be read.",
        "Look for a missing comma, quotation mark or bracket at or just before the place, or for a file cut short.",
    ),
    "OPED-trailing-data": Code(
        "text",
        "Something follows after the end of the document.",
        "Remove it, or the bracket before it that closes the document too early; for several articles in one file use "
        "`read_lines`, with one on each line.",
    ),
    "OPED-too-deep": Code(
        "text",
        "Arrays and objects are nested deeper than the limit, 64 unless asked otherwise; an article needs 6.",
        "Remove what is nested there, or raise `limits.depth` if the file can be trusted.",
    ),
    "OPED-duplicate-key": Code(
        "text",
        "An object has the same key twice, and readers disagree about which counts; here neither does.",
        "Keep one of the two.",
    ),
    "OPED-not-a-number": Code(
        "text",
        "`NaN` or `Infinity` stands where a value should be; neither is JSON.",
        "Write a number, or null where the key allows it.",
    ),
    "OPED-number-out-of-range": Code(
        "text",
        "A number cannot be kept exactly by every JSON reader: a whole one from 2^53 on, or one that is infinite.",
        "Write the number that is meant; amounts are strings, which keep every digit.",
    ),
    "OPED-lone-surrogate": Code(
        "text",
        "A string holds half of a surrogate pair, which is no character.",
        "Write both halves, or the character itself.",
    ),
    "OPED-unsupported-schema-version": Code(
        "form",
        "The document says that it is of a version of the format this package does not read.",
        "Install a newer oped-dataset, or correct `schema_version`.",
    ),
    "OPED-missing-key": Code(
        "form",
        "An object lacks a key that has no default.",
        "Add it; look for a misspelt one beside it.",
    ),
    "OPED-unknown-key": Code(
        "form",
        "An object has a key its record does not have.",
        "Correct its spelling, or remove it.",
    ),
    "OPED-unfinished-draft": Code(
        "form",
        "The document is a draft: it holds the key `draft`, and with it proposals that nobody has accepted or deleted.",
        "Move the `record` of each right proposal to its table, fill in what is null, and delete the others; then "
        "remove the key `draft`. `accept`, `reject` and `finish` of `oped_dataset.authoring` do the same.",
    ),
    "OPED-wrong-type": Code(
        "form",
        "A value is of another JSON type than the key wants; nothing is converted.",
        "Write it in the type the message names: a string in quotation marks, a number without, a list in brackets.",
    ),
    "OPED-unknown-label": Code(
        "form",
        "A value is none of those in its closed list.",
        "Choose one from the list; what each means is told on the page of the closed lists.",
    ),
    "OPED-invalid-date": Code(
        "form",
        "A text is no day, no date or interval in the known part of EDTF, or no time of its kind.",
        "Write `2019-07-13`, `2019-07`, `2018/2019-03`, `201X` and the like; a duration is `P2M`.",
    ),
    "OPED-invalid-decimal": Code(
        "form",
        "An amount is not written as a plain decimal.",
        "Write digits with at most one point, in at most 40 characters: no exponent, no plus sign, no leading zero, no "
        "thousands separator, no minus before zero.",
    ),
    "OPED-invalid-value": Code(
        "form",
        "A value has the right type, but no record can hold it: an empty span, a blank text, an id that is no slug.",
        "Do as the message says. Ids are lowercase ASCII, so a letter that only looks like one of them is refused.",
    ),
    "OPED-duplicate-id": Code(
        "rule",
        "Two records have the same id; ids are unique in the article across all kinds of records.",
        "Give the later record an id of its own, and follow the references to it.",
    ),
    "OPED-reserved-id": Code(
        "rule",
        "A record has the id `publication-date`, which as an anchor stands for the day of publication.",
        "Give the record another id.",
    ),
    "OPED-dangling-reference": Code(
        "rule",
        "A reference names a record that is not there.",
        "Correct the id, or add the record.",
    ),
    "OPED-wrong-kind-reference": Code(
        "rule",
        "A reference names a record of a kind that does not belong there.",
        "Name a record of the kind the message asks for.",
    ),
    "OPED-span-outside-text": Code(
        "rule",
        "A span ends after the end of the text.",
        "Correct the offsets; they count Unicode code points, not bytes and not UTF-16 units.",
    ),
    "OPED-unordered-evidence": Code(
        "rule",
        "The spans of a record's evidence overlap or are not in the order of the text.",
        "Sort them, and join those that overlap.",
    ),
    "OPED-overlapping-sentences": Code(
        "rule",
        "The sentences of the source overlap or are not in the order of the text.",
        "Sort them, and correct the offsets of those that overlap.",
    ),
    "OPED-overlapping-paragraphs": Code(
        "rule",
        "The paragraphs of the source overlap or are not in the order of the text.",
        "Make them anew from the text with `fingerprint`.",
    ),
    "OPED-span-outside-sentences": Code(
        "rule",
        "Evidence begins or ends where there is neither a sentence nor a heading.",
        "Correct the span, or list the sentence that is missing.",
    ),
    "OPED-uncovered-sentence": Code(
        "rule",
        "A sentence is no claim's evidence and does not say why.",
        "Annotate the claim that is made in it, or say in `no_claim` why there is none.",
    ),
    "OPED-contradictory-no-claim": Code(
        "rule",
        "A sentence says why it carries no claim, and a claim has evidence in it all the same.",
        "Remove `no_claim`, or correct the evidence.",
    ),
    "OPED-author-not-first": Code(
        "rule",
        "The outermost voice of a claim is not an author of the article, through whom all of it reaches the reader.",
        "Put the author's voice first, with the commitment the author shows.",
    ),
    "OPED-repeated-voice": Code(
        "rule",
        "A chain has the same voice twice in a row.",
        "Join the two, or add the voice that stands between them.",
    ),
    "OPED-missing-cue": Code(
        "rule",
        "An inner voice has no words in the text that attribute the claim to it.",
        "Give the span of those words as `cue`, or remove the voice.",
    ),
    "OPED-hedged-certainty": Code(
        "rule",
        "A voice has a hedge and is certain, certain of the contrary, or knows the answer.",
        "Correct the commitment, or give the hedge to the voice whose commitment it softens.",
    ),
    "OPED-misplaced-hedge": Code(
        "rule",
        "A hedge stands in no sentence that holds evidence of its claim.",
        "Correct the span, or add the words that the hedge softens to the evidence.",
    ),
    "OPED-unattributed-event": Code(
        "rule",
        "No claim carries the event, so nobody is said to say it.",
        "Name the event in the `events` of the claim that tells it, or add that claim with its voices.",
    ),
    "OPED-unattributed-relation": Code(
        "rule",
        "No claim carries the relation, so nobody is said to say it.",
        "Name the relation in the `relations` of the claim that asserts it, or add that claim with its voices.",
    ),
    "OPED-unattributed-quantity": Code(
        "rule",
        "No claim carries the quantity, so nobody is said to say it.",
        "Name the quantity in the `quantities` of the claim that gives it, or add that claim with its voices.",
    ),
    "OPED-speaker-not-voiced": Code(
        "rule",
        "The speaker of a quotation is no voice of a claim made in it.",
        "Add the speaker to the claim's voices, or correct the speaker or the claims of the quotation.",
    ),
    "OPED-quotation-without-speaker": Code(
        "rule",
        "A direct or mixed quotation has no speaker.",
        "Name one; where the text does not tell who speaks, an entity with `named` false.",
    ),
    "OPED-named-mention-of-unnamed": Code(
        "rule",
        "An entity said to be unnamed is mentioned by name.",
        "Correct `named` of the entity, or the `form` or `entity` of the mention.",
    ),
    "OPED-metonym-of-person": Code(
        "rule",
        "A mention is said to be the name of a place that stands for a person.",
        "Correct `metonym`, or name the government or body that is meant.",
    ),
    "OPED-argument-self-loop": Code(
        "rule",
        "An argument leads from a claim to itself, or attacks itself.",
        "Correct its source or its target.",
    ),
    "OPED-undercut-target": Code(
        "rule",
        "An argument that does not undercut has another argument for its target.",
        "Name a claim as the target, or make the argument one that undercuts.",
    ),
    "OPED-anchor-cycle": Code(
        "rule",
        "The anchors of time expressions lead round in a circle, so that none of them can be settled.",
        "Anchor one of them to the publication date or to nothing.",
    ),
    "OPED-contradictory-end": Code(
        "rule",
        "`ended` of a relation contradicts the interval in which the relation holds.",
        "Correct `during` or `ended`: an interval without an end is not over, one that ended before publication is.",
    ),
    "OPED-updated-before-published": Code(
        "rule",
        "The article was last changed before it was published.",
        "Correct one of the two days.",
    ),
    "OPED-erratum-unknown-record": Code(
        "rule",
        "An erratum speaks of a corrected record that is not there.",
        "Correct the id, or say that the record was withdrawn.",
    ),
    "OPED-withdrawn-id-present": Code(
        "rule",
        "A record has the id of one that was withdrawn; an id is never used again.",
        "Give the record a new id.",
    ),
    "OPED-unknown-normal-form": Code(
        "rule",
        "The sentence digests are made of a normal form this package does not know.",
        "Make them anew with `sentence_digest`, and name its normal form.",
    ),
    "OPED-text-mismatch": Code(
        "rule",
        "The text that the article holds has not the length or the SHA-256 the article gives.",
        "Correct the text, or, when it is the right one, its length and digest and with them every offset.",
    ),
    "OPED-quotation-mismatch": Code(
        "rule",
        "The words of a quotation are not those in the text at its span.",
        "Correct the span or the words; the quotation marks stand outside.",
    ),
    "OPED-heading-mismatch": Code(
        "rule",
        "The words of a heading are not those in the text at its span.",
        "Correct the span or the words.",
    ),
    "OPED-digest-mismatch": Code(
        "rule",
        "The digest of a sentence or paragraph is not that of the text at its span.",
        "Correct the span, or make the digests anew with `fingerprint`.",
    ),
    "OPED-shifts-mismatch": Code(
        "rule",
        "The normal form of a sentence is not one character for one at other places than its shifts say.",
        "Make the shifts anew from the text with `fingerprint`.",
    ),
    "OPED-text-outside-paragraphs": Code(
        "rule",
        "The text has words that stand in none of the paragraphs of the source.",
        "Make the paragraphs anew from the text with `fingerprint`, or leave them all out.",
    ),
    "OPED-manifest-mismatch": Code(
        "installation",
        "A bundled file is not the one that was released, or the manifest says something else of it.",
        "Install oped-dataset again; after a change of the data run `tools/build_manifest.py`.",
    ),
}
"""Every code a report can hold, in the order in which a document is looked at."""
