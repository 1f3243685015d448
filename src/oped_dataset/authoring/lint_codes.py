"""The codes of `lint`, each with its meaning and remedy.

Here: the texts, from which `docs/lint-codes.md` is generated.
Not here: the checks (`gaps.py`, `guidelines.py`), and the codes of `validate` (`validation/codes.py`).

A code is stable: it is never renamed, and its meaning does not change. Numbers such as M1 are rules of the annotation
guidelines.
"""

from __future__ import annotations

from typing import Final

import attrs


@attrs.frozen
class LintCode:
    """The description of a code of `lint`.

    Attributes:
        needs_text: Whether its check needs the text.
        meaning: The condition that it reports.
        remedy: The correction, and the cases in which the warning may be ignored.
    """

    needs_text: bool
    meaning: str
    remedy: str


LINT_CODES: Final[dict[str, LintCode]] = {
    "LINT-unfilled-head": LintCode(
        False,
        "The draft lacks a key of the head of the article, such as the day of publication.",
        "Fill it in.",
    ),
    "LINT-open-proposal": LintCode(
        False,
        "A proposal has been neither accepted nor deleted.",
        "Fill in its missing fields and accept it, or delete it.",
    ),
    "LINT-not-attachable": LintCode(
        False,
        "The source has no sentences, or a sentence has no shifts, so that the article cannot be attached completely "
        "to another copy of its text.",
        "Make the sentences with `new_article`, or the digests and shifts with `fingerprint`.",
    ),
    "LINT-uncovered-sentence": LintCode(
        False,
        "A sentence is not evidence of any claim and gives no reason.",
        "Annotate the claim in it, or give the reason in `no_claim`.",
    ),
    "LINT-missing-cue": LintCode(
        False,
        "An inner voice of a claim has no cue, so no words of the text attribute the claim to it.",
        "Add the span of the words of attribution as `cue`, or remove the voice.",
    ),
    "LINT-deep-event": LintCode(
        False,
        "All claims that carry the event relay somebody, but its evidence lies in a sentence that cites none of them, "
        "outside quotation marks.",
        "Add the claim by which the author reports the event. Ignore the warning if the voice of the previous sentence "
        "continues.",
    ),
    "LINT-unrecorded-quotation": LintCode(
        True,
        "A pair of quotation marks is not recorded as a quotation.",
        "Record it; if the marks do not quote anybody, choose `scare`, `title`, `term`, `motto` or `hypothetical`.",
    ),
    "LINT-unrecorded-name": LintCode(
        True,
        "Words that look like a name are not a mention (M1).",
        "Add the mention, and the entity if it is new. Ignore the warning if the words do not name an entity of the "
        "inventory.",
    ),
    "LINT-unrecorded-pronoun": LintCode(
        True,
        "A pronoun for a person or a group is not a mention (M1).",
        "Add the mention. Ignore the warning if the pronoun refers to anyone or to a thing (M10).",
    ),
    "LINT-loose-mention": LintCode(
        True,
        "A mention begins with a determiner or ends with a possessive or a punctuation mark (S1, S2).",
        "Shorten the span. Ignore the warning if the word belongs to the name.",
    ),
    "LINT-copied-words": LintCode(
        True,
        "A gist shares more than four consecutive words with the text (F1).",
        "Rephrase it.",
    ),
    "LINT-claim-id": LintCode(
        False,
        "The id of a claim does not begin with that of its innermost voice, as most ids of the article do (F6).",
        "Begin the id with that of the voice and `-on-`.",
    ),
    "LINT-relation-id": LintCode(
        False,
        "The id of a relation does not consist of those of its subject and object, as most ids of the article do (F6).",
        "Write `subject-and-object`, with a number if that is taken.",
    ),
    "LINT-argument-id": LintCode(
        False,
        "The id of an argument is not derived from that of its source, as most ids of the article are (F6).",
        "Write `source-link`, with a number if that is taken.",
    ),
    "LINT-charging-id": LintCode(
        False,
        "The id of an event that charges somebody does not end in `-matter`, as most such ids of the article do (F6).",
        "Name the affected thing and add `-matter`.",
    ),
    "LINT-accusing-id": LintCode(
        False,
        "An id names a wrong, and so accuses somebody wherever it appears without a voice (F6).",
        "Choose a neutral noun. Ignore the warning if the word is part of a name.",
    ),
    "LINT-absent-entity": LintCode(
        True,
        "An entity that a claim is about, or that a relation joins, does not occur in the evidence (S9).",
        "Add the span in which it occurs, or the mention there. Ignore the warning if other words refer to it.",
    ),
    "LINT-open-mark": LintCode(
        True,
        "A span of a claim, event or relation contains a quotation mark or bracket without its partner (S12).",
        "Include both marks or neither.",
    ),
    "LINT-loose-event": LintCode(
        True,
        "The evidence of an event begins or ends with an article, conjunction, relative pronoun or full stop (S14).",
        "Shorten the span.",
    ),
    "LINT-hedge-in-cue": LintCode(
        False,
        "A hedge overlaps the cue of its voice (V22).",
        "Put the words of attribution in the cue, and the words that weaken the commitment in the hedge.",
    ),
    "LINT-hedged-uncommitted": LintCode(
        False,
        "The innermost voice has a hedge and is uncommitted (V22).",
        "Choose a probable or possible commitment, or move the hedge to the voice that it weakens.",
    ),
    "LINT-unlisted-entity": LintCode(
        False,
        "The gist of a claim names an entity that `about` does not list (C4).",
        "Add it to `about`.",
    ),
    "LINT-unlisted-participant": LintCode(
        False,
        "The gist of an event names an entity that is neither a participant nor the place (C4).",
        "Add it to the participants.",
    ),
    "LINT-claim-without-event": LintCode(
        False,
        "A claim that something happens carries no event (E1).",
        "Add the event, or correct the kind of the claim.",
    ),
    "LINT-office-without-body": LintCode(
        False,
        "A change of office has no participant in the role `other`, which is the organisation (E7).",
        "Add the organisation. Ignore the warning if the text does not name one.",
    ),
    "LINT-firm-event": LintCode(
        False,
        "The status of an event is firmer than the voices of the claims that carry it (E12).",
        "Weaken the status, or correct the commitments.",
    ),
    "LINT-denied-event": LintCode(
        False,
        "The status of an event is `occurred`, but the author denies it in every claim that carries it (E12).",
        "Change the status to `negated`, or correct the commitments.",
    ),
}
"""All codes, in the order of the checks."""
