"""Every problem code, with its meaning and its remedy.

Here: the texts; `docs/problem-codes.md` is generated from them and from the documents in `tests/invalid/`.
Not here: finding problems (`codec/scanner.py`, `codec/jsontext.py`, `codec/shape.py`, `rules.py`, `loading.py`).

A code is stable: it is never renamed, and its meaning never changes.
"""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

import attrs

Kind: TypeAlias = Literal["text", "form", "rule", "installation"]
"""The subject of a code: the JSON text, the form of a record, a rule between records, or an installed file."""


@attrs.frozen
class Code:
    """The meaning of a problem code.

    Attributes:
        kind: The subject of the code.
        meaning: The condition under which the code is reported.
        remedy: The way to correct the document.
    """

    kind: Kind
    meaning: str
    remedy: str


CODES: Final[dict[str, Code]] = {
    "OPED-too-large": Code(
        "text",
        "The document is longer than the limit (16 MiB by default), or consists of so many lists and objects that "
        "they would fill the memory, and is not read.",
        "Split the document, or raise `limits.size` if its origin can be trusted. No limit allows more than one "
        "opening bracket for each 16 characters.",
    ),
    "OPED-not-utf-8": Code(
        "text",
        "The bytes are not valid UTF-8.",
        "Save the file as UTF-8; decompress it first if it is compressed.",
    ),
    "OPED-byte-order-mark": Code(
        "text",
        "The document begins with a byte order mark, which JSON does not allow.",
        "Save the file as UTF-8 without a byte order mark.",
    ),
    "OPED-invalid-json": Code(
        "text",
        "The text is not JSON from this position on, and nothing after it can be read.",
        "Look for a missing comma, quotation mark or bracket at or just before the position, or for a truncated file.",
    ),
    "OPED-trailing-data": Code(
        "text",
        "The document ends, and more text follows.",
        "Remove the text that follows, or the bracket that closes the document too early; to store several articles in "
        "one file, write one on each line and use `read_lines`.",
    ),
    "OPED-too-deep": Code(
        "text",
        "Arrays and objects are nested deeper than the limit (64 by default); an article needs 6 levels.",
        "Remove the nested values, or raise `limits.depth` if the origin of the file can be trusted.",
    ),
    "OPED-duplicate-key": Code(
        "text",
        "An object has the same key twice. JSON readers disagree about which one counts; this package uses neither.",
        "Remove one of the two.",
    ),
    "OPED-not-a-number": Code(
        "text",
        "A value is written `NaN` or `Infinity`, which JSON does not allow.",
        "Write a number, or null where the key allows it.",
    ),
    "OPED-number-out-of-range": Code(
        "text",
        "Not every JSON reader can represent the number exactly: an integer of 2^53 or more, or an infinite value.",
        "Write the intended number; amounts are stored as strings, which keep every digit.",
    ),
    "OPED-lone-surrogate": Code(
        "text",
        "A string contains half of a surrogate pair, which is not a character.",
        "Write both halves, or the character itself.",
    ),
    "OPED-unsupported-schema-version": Code(
        "form",
        "The document declares a version of the format that this package does not read.",
        "Install a newer oped-dataset, or correct `schema_version`.",
    ),
    "OPED-missing-key": Code(
        "form",
        "An object lacks a required key.",
        "Add the key; a misspelt one may be next to it.",
    ),
    "OPED-unknown-key": Code(
        "form",
        "An object has a key that its record does not define.",
        "Correct the spelling of the key, or remove it.",
    ),
    "OPED-unfinished-draft": Code(
        "form",
        "The document is a draft: its key `draft` contains proposals that nobody has accepted or deleted.",
        "Move the `record` of each correct proposal to its table, replace its null values, and delete the "
        "other proposals; then remove the key `draft`. `accept`, `reject` and `finish` of `oped_dataset.authoring` do "
        "the same.",
    ),
    "OPED-wrong-type": Code(
        "form",
        "A value does not have the JSON type that the key requires; values are never converted.",
        "Write the value in the type that the message names: a string in quotation marks, a number without "
        "them, a list in brackets.",
    ),
    "OPED-unknown-label": Code(
        "form",
        "A value is not a label of its vocabulary.",
        "Choose a label from the list; the vocabulary page defines each of them.",
    ),
    "OPED-invalid-date": Code(
        "form",
        "A string is not a day, not a date or interval in the supported part of EDTF, or not a time of the given kind.",
        "Write `2019-07-13`, `2019-07`, `2018/2019-03`, `201X` and the like; a duration is `P2M`.",
    ),
    "OPED-invalid-decimal": Code(
        "form",
        "An amount is not written as a plain decimal number.",
        "Write digits with at most one point, in at most 40 characters: no exponent, no plus sign, no leading zero, no "
        "thousands separator, no minus before zero.",
    ),
    "OPED-invalid-value": Code(
        "form",
        "A value has the right type, but no record accepts it: an empty span, a blank text, an id that is not a slug.",
        "Follow the message. Ids are lowercase ASCII; a similar-looking letter of another script is rejected.",
    ),
    "OPED-duplicate-id": Code(
        "rule",
        "Two records have the same id; ids are unique in the article across all kinds of records.",
        "Give the later record a different id, and update the references to it.",
    ),
    "OPED-reserved-id": Code(
        "rule",
        "A record has the id `publication-date`, which is reserved: as an anchor, it denotes the day of publication.",
        "Give the record a different id.",
    ),
    "OPED-dangling-reference": Code(
        "rule",
        "A reference points to a record that does not exist.",
        "Correct the id, or add the record.",
    ),
    "OPED-wrong-kind-reference": Code(
        "rule",
        "A reference points to a record of the wrong kind.",
        "Refer to a record of the kind that the message names.",
    ),
    "OPED-span-outside-text": Code(
        "rule",
        "A span ends after the end of the text.",
        "Correct the offsets; they count Unicode code points, not bytes or UTF-16 code units.",
    ),
    "OPED-unordered-evidence": Code(
        "rule",
        "The spans of a record's evidence overlap or are not in the order of the text.",
        "Sort the spans, and merge those that overlap.",
    ),
    "OPED-overlapping-sentences": Code(
        "rule",
        "The sentences of the source overlap or are not in the order of the text.",
        "Sort the sentences, and correct the offsets of those that overlap.",
    ),
    "OPED-overlapping-paragraphs": Code(
        "rule",
        "The paragraphs of the source overlap or are not in the order of the text.",
        "Recompute the paragraphs from the text with `fingerprint`.",
    ),
    "OPED-span-outside-sentences": Code(
        "rule",
        "Evidence begins or ends outside every sentence and heading.",
        "Correct the span, or add the missing sentence.",
    ),
    "OPED-uncovered-sentence": Code(
        "rule",
        "A sentence is not evidence for any claim, and no reason is given.",
        "Annotate the claim that is made in the sentence, or give the reason in `no_claim`.",
    ),
    "OPED-contradictory-no-claim": Code(
        "rule",
        "A sentence has a reason for carrying no claim, but a claim has evidence in it.",
        "Remove `no_claim`, or correct the evidence.",
    ),
    "OPED-author-not-first": Code(
        "rule",
        "The outermost voice of a claim is not an author of the article, through whom every claim reaches the reader.",
        "Put the author's voice first, with the author's own commitment.",
    ),
    "OPED-repeated-voice": Code(
        "rule",
        "A chain has the same voice twice in a row.",
        "Merge the two, or add the voice between them.",
    ),
    "OPED-missing-cue": Code(
        "rule",
        "An inner voice has no cue: no words in the text attribute the claim to it.",
        "Add the span of the attributing words as `cue`, or remove the voice.",
    ),
    "OPED-hedged-certainty": Code(
        "rule",
        "A voice has a hedge, but its commitment is certain, certainly-not or knows-whether.",
        "Correct the commitment, or give the hedge to the voice whose commitment it softens.",
    ),
    "OPED-misplaced-hedge": Code(
        "rule",
        "A hedge is outside the sentences that contain evidence for its claim.",
        "Correct the span of the hedge, or add the words it softens to the evidence.",
    ),
    "OPED-unattributed-event": Code(
        "rule",
        "No claim refers to the event, so it is attributed to nobody.",
        "Add the event to the `events` of the claim that mentions it, or add that claim with its voices.",
    ),
    "OPED-unattributed-relation": Code(
        "rule",
        "No claim refers to the relation, so it is attributed to nobody.",
        "Add the relation to the `relations` of the claim that mentions it, or add that claim with its voices.",
    ),
    "OPED-unattributed-quantity": Code(
        "rule",
        "No claim refers to the quantity, so it is attributed to nobody.",
        "Add the quantity to the `quantities` of the claim that mentions it, or add that claim with its voices.",
    ),
    "OPED-speaker-not-voiced": Code(
        "rule",
        "The speaker of a quotation is not a voice of a claim made in it.",
        "Add the speaker to the voices of the claim, or correct the speaker or the claims of the quotation.",
    ),
    "OPED-quotation-without-speaker": Code(
        "rule",
        "A direct or mixed quotation has no speaker.",
        "Add the speaker; where the text does not name one, refer to an entity with `named` false.",
    ),
    "OPED-named-mention-of-unnamed": Code(
        "rule",
        "An entity with `named` false is mentioned by name.",
        "Correct `named` of the entity, or the `form` or `entity` of the mention.",
    ),
    "OPED-metonym-of-person": Code(
        "rule",
        "A mention of a person is marked as a metonym, a place name that stands for the government or organisation "
        "there.",
        "Correct `metonym`, or refer to the government or organisation that is meant.",
    ),
    "OPED-argument-self-loop": Code(
        "rule",
        "An argument has the same claim as source and target, or targets itself.",
        "Correct the source or the target.",
    ),
    "OPED-undercut-target": Code(
        "rule",
        "An argument that is not an undercut targets another argument.",
        "Make a claim the target, or change the kind of the argument to `undercuts`.",
    ),
    "OPED-anchor-cycle": Code(
        "rule",
        "The anchors of time expressions form a cycle, so none of them can be resolved.",
        "Anchor one of them to the publication date, or remove its anchor.",
    ),
    "OPED-contradictory-end": Code(
        "rule",
        "`ended` of a relation contradicts the interval in `during`.",
        "Correct `during` or `ended`: a relation whose interval is open has not ended; one whose interval ended before "
        "publication has.",
    ),
    "OPED-updated-before-published": Code(
        "rule",
        "The day of the last change to the article precedes the day of publication.",
        "Correct one of the two days.",
    ),
    "OPED-erratum-unknown-record": Code(
        "rule",
        "An erratum with the change `corrected` refers to a record that does not exist.",
        "Correct the id, or change `corrected` to `withdrawn`.",
    ),
    "OPED-withdrawn-id-present": Code(
        "rule",
        "A record has the id of a withdrawn record; ids are never reused.",
        "Give the record a new id.",
    ),
    "OPED-unknown-normal-form": Code(
        "rule",
        "The sentence digests are computed from a normalised form that this package does not know.",
        "Recompute them with `sentence_digest`, and set `canonicalisation` to its normalised form.",
    ),
    "OPED-text-mismatch": Code(
        "rule",
        "The article contains its text, whose length or SHA-256 differs from the recorded one.",
        "Correct the text; if the text is right, correct its length, its SHA-256 and all offsets.",
    ),
    "OPED-quotation-mismatch": Code(
        "rule",
        "The words of a quotation differ from the text at its span.",
        "Correct the span or the words; a quotation excludes its quotation marks.",
    ),
    "OPED-heading-mismatch": Code(
        "rule",
        "The words of a heading differ from the text at its span.",
        "Correct the span or the words.",
    ),
    "OPED-digest-mismatch": Code(
        "rule",
        "The digest of a sentence or paragraph differs from the digest of the text at its span.",
        "Correct the span, or recompute the digests with `fingerprint`.",
    ),
    "OPED-shifts-mismatch": Code(
        "rule",
        "The shifts of a sentence differ from those computed from the text.",
        "Recompute the shifts from the text with `fingerprint`.",
    ),
    "OPED-text-outside-paragraphs": Code(
        "rule",
        "The text has words outside the paragraphs of the source.",
        "Recompute the paragraphs from the text with `fingerprint`, or leave them all out.",
    ),
    "OPED-manifest-mismatch": Code(
        "installation",
        "A bundled file differs from the released one, or from its entry in the manifest.",
        "Reinstall oped-dataset; after a change of the data run `tools/build_manifest.py`.",
    ),
}
"""Every code that a report can contain, in the order of the checks."""
