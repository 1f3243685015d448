"""Every code of `lint`: what it means and what to do about it.

Here: the words, from which `docs/lint-codes.md` is made.
Not here: finding the warnings (`gaps.py`, `guidelines.py`), and the codes of `validate` (`validation/codes.py`),
which say what no article may have.

A code is stable: it is neither renamed nor given another meaning. The numbers are those of the annotation guidelines.
"""

from __future__ import annotations

from typing import Final

import attrs


@attrs.frozen
class LintCode:
    """What a code of `lint` means.

    Attributes:
        needs_text: Whether it is looked for only where the text is at hand.
        meaning: What is the case where it is reported.
        remedy: What to do about it, and when to leave it.
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
        "Accept it with what is missing filled in, or delete it.",
    ),
    "LINT-not-attachable": LintCode(
        False,
        "The source has no sentences, or not the shifts of one, so that the article cannot be attached as a whole to "
        "another copy of its text.",
        "Make the sentences with `new_article`, or the digests and shifts with `fingerprint`.",
    ),
    "LINT-uncovered-sentence": LintCode(
        False,
        "A sentence is no claim's evidence and does not say why.",
        "Annotate the claim that is made in it, or say in `no_claim` why there is none.",
    ),
    "LINT-missing-cue": LintCode(
        False,
        "An inner voice of a claim has no cue: nothing in the text is said to attribute the claim to it.",
        "Give the span of the words of attribution as `cue`, or remove the voice.",
    ),
    "LINT-deep-event": LintCode(
        False,
        "Every claim that carries the event relays somebody, but the event is told in a sentence where none of them is "
        "cited, outside quotation marks.",
        "Add the claim by which the author tells the event; leave it where the voice of the sentence before goes on.",
    ),
    "LINT-unrecorded-quotation": LintCode(
        True,
        "A pair of quotation marks is not recorded as a quotation.",
        "Record it; marks that quote nobody are `scare`, `title`, `term`, `motto` or `hypothetical`.",
    ),
    "LINT-unrecorded-name": LintCode(
        True,
        "Words that look like a name are no mention (M1).",
        "Add the mention, and the entity where it is new. Leave it where the words name nothing of the inventory.",
    ),
    "LINT-unrecorded-pronoun": LintCode(
        True,
        "A pronoun for a person or a group is no mention (M1).",
        "Add the mention. Leave it where the pronoun stands for anyone or for a thing (M10).",
    ),
    "LINT-loose-mention": LintCode(
        True,
        "A mention begins with a determiner or ends with a possessive or a punctuation mark (S1, S2).",
        "Shorten the span; leave it where the word belongs to the name.",
    ),
    "LINT-copied-words": LintCode(
        True,
        "A gist shares more than four words in a row with the text (F1).",
        "Word it anew.",
    ),
    "LINT-claim-id": LintCode(
        False,
        "The id of a claim does not begin with that of its innermost voice, as most ids of the article do (F6).",
        "Begin it with that id and `-on-`.",
    ),
    "LINT-relation-id": LintCode(
        False,
        "The id of a relation is not made of those of its subject and object, as most ids of the article are (F6).",
        "Write `subject-and-object`, with a number where that is taken.",
    ),
    "LINT-argument-id": LintCode(
        False,
        "The id of an argument is not made of that of its source, as most ids of the article are (F6).",
        "Write `source-link`, with a number where that is taken.",
    ),
    "LINT-charging-id": LintCode(
        False,
        "The id of an event that charges somebody does not end in `-matter`, as most such ids of the article do (F6).",
        "Name the thing acted on and add `-matter`.",
    ),
    "LINT-accusing-id": LintCode(
        False,
        "An id names a wrong, so that it accuses somebody where no voice stands beside it (F6).",
        "Choose a neutral noun; leave it where the word is part of a name.",
    ),
    "LINT-absent-entity": LintCode(
        True,
        "An entity that a claim is about, or that a relation ties, stands nowhere in the evidence (S9).",
        "Add the span in which it stands, or the mention there; leave it where other words stand for it.",
    ),
    "LINT-open-mark": LintCode(
        True,
        "A place of a claim, event or relation holds a quotation mark or bracket without its partner (S12).",
        "Take in both marks or neither.",
    ),
    "LINT-loose-event": LintCode(
        True,
        "The evidence of an event begins or ends with a article, conjunction, relative pronoun or full stop (S14).",
        "Shorten the span.",
    ),
    "LINT-hedge-in-cue": LintCode(
        False,
        "A hedge overlaps the cue of its voice (V22).",
        "Keep the words of attribution in the cue and those that soften it in the hedge.",
    ),
    "LINT-hedged-uncommitted": LintCode(
        False,
        "The innermost voice has a hedge and is uncommitted (V22).",
        "Choose a probable or possible commitment, or give the hedge to the voice it softens.",
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
        "A change of office has no participant in the role `other`, which is the body (E7).",
        "Add the body; leave it where no telling names one.",
    ),
    "LINT-firm-event": LintCode(
        False,
        "The status of an event is firmer than the voices of the claims that carry it (E12).",
        "Weaken the status, or correct the commitments.",
    ),
    "LINT-denied-event": LintCode(
        False,
        "An event is told as having occurred, and in every claim that carries it the author denies it (E12).",
        "Make the status `negated`, or correct the commitments.",
    ),
}
"""Every code, in the order in which an article is looked at."""
