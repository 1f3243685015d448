"""Listing the errors of a prediction: missed, spurious and mistaken records beside the gold.

Here: the errors of a layer, the differences of paired records, and the wording of records.
Not here: counting them (`layers.py`, `attribution.py`, `commitment.py`).

Every claim, event and relation is worded with its voices, in the gold and in the prediction.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import StrEnum
from typing import Any, Final

import attrs

from oped_dataset.messages import printable
from oped_dataset.model.article import Article
from oped_dataset.model.records import (
    Argument,
    Claim,
    Entity,
    Event,
    Mention,
    Quantity,
    Quotation,
    Relation,
    Span,
    TimeExpression,
    evidence_of,
)
from oped_dataset.model.tables import Record
from oped_dataset.model.wording import ARGUMENTS, chain_of, name_of, tie_of
from oped_dataset.scoring.attribution import VOICE_LABELS, ChainOutcome, Chains, aligned_voices, chain_outcome
from oped_dataset.scoring.commitment import CommitmentOutcome, commitment_outcome
from oped_dataset.scoring.labels import DAYS, hits, label_sizes
from oped_dataset.scoring.matching import Pair, Pairing


class Fault(StrEnum):
    """The kind of an error."""

    MISSED = "missed"
    """A gold record without a predicted one."""

    SPURIOUS = "spurious"
    """A predicted record without a gold one."""

    MISTAKEN = "mistaken"
    """Two paired records that differ in more than their place."""

    REJECTED = "rejected"
    """A record that could not be resolved."""

    RIGHT = "right"
    """Two paired records that differ at most in their place, which is not an error."""


@attrs.frozen(kw_only=True)
class Loss:
    """One difference between a predicted record and the gold record with which it is paired.

    Attributes:
        what: The part that differs: `voices`, `commitment of Sel`, or a label such as `kind`.
        gold: The gold value.
        predicted: The predicted value.
        outcome: The outcome for voices and commitments, such as `flattened` or `hardened`; otherwise None.
    """

    what: str
    gold: str
    predicted: str
    outcome: str | None = None

    def __str__(self) -> str:
        """Return the difference on one line."""
        outcome = f" ({self.outcome})" if self.outcome else ""
        return f"{self.what}: {self.gold or 'none'} became {self.predicted or 'none'}{outcome}"


@attrs.frozen(kw_only=True)
class Mistake:
    """One error of a prediction.

    Attributes:
        fault: The kind of error.
        layer: The layer.
        gold: The gold record, or None.
        predicted: The predicted record, or None.
        similarity: The similarity of the two records, from 0 to 1; None unless both exist.
        lost: Their differences, in order of importance.
        given: The data given for a rejected record.
        words: The gold and the predicted record in words, with the voices of claims, events and relations.
    """

    fault: Fault
    layer: str
    gold: Record | None = None
    predicted: Record | None = None
    similarity: float | None = None
    lost: tuple[Loss, ...] = ()
    given: Any = None
    words: tuple[str | None, str | None] = (None, None)

    def __str__(self) -> str:
        """Return both sides, one below the other."""
        head = f"{self.fault}" if self.similarity is None else f"{self.fault}, similarity {self.similarity:.2f}"
        sides = zip(("gold", "predicted"), self.words, strict=True)
        lines = [f"  {side:<10} {printable(words)}" for side, words in sides if words is not None]
        return "\n".join([head, *lines, *(f"  {'lost':<10} {printable(str(loss))}" for loss in self.lost)])


class Mistakes(tuple[Mistake, ...]):
    """The errors of a layer, in the order of the text."""

    __slots__ = ()

    def __str__(self) -> str:
        """Return all errors, separated by blank lines."""
        return "\n\n".join(map(str, self)) or "no errors"


def mistakes_in(layer: str, predicted: Article, gold: Article, pairing: Pairing, rejected: tuple[Any, ...]) -> Mistakes:
    """List the errors of a layer, with rejected records last."""
    pairs = pairing.pairs[layer]
    found = [
        Mistake(
            fault=Fault.MISTAKEN,
            layer=layer,
            gold=each.gold,
            predicted=each.predicted,
            similarity=each.similarity,
            lost=lost,
            words=(worded(gold, each.gold), worded(predicted, each.predicted)),
        )
        for each in pairs
        if (lost := tuple(_find_losses(layer, predicted, gold, pairing, each)))
    ]
    ours, theirs = {each.predicted.id for each in pairs}, {each.gold.id for each in pairs}
    spurious = [each for each in predicted.tables[layer] if each.id not in ours]
    missed = [each for each in gold.tables[layer] if each.id not in theirs]
    found += [
        Mistake(fault=Fault.SPURIOUS, layer=layer, predicted=each, words=(None, worded(predicted, each)))
        for each in spurious
    ]
    found += [Mistake(fault=Fault.MISSED, layer=layer, gold=each, words=(worded(gold, each), None)) for each in missed]
    ordered = sorted(found, key=_position)
    # Rejected data may contain control characters, which could act on a terminal.
    refused = [
        Mistake(fault=Fault.REJECTED, layer=layer, given=each, words=(None, printable(str(each)))) for each in rejected
    ]
    return Mistakes([*ordered, *refused])


def _position(mistake: Mistake) -> tuple[tuple[Span, ...], str]:
    record = mistake.gold or mistake.predicted
    assert record is not None
    return evidence_of(record), record.id


def _find_losses(layer: str, predicted: Article, gold: Article, pairing: Pairing, pair: Pair) -> Iterator[Loss]:
    if layer == "claims":
        yield from _find_lost_voices(predicted, gold, pairing, pair)
    ours = dict(label_sizes(layer, pair.predicted, pairing.links.predicted))
    theirs = dict(label_sizes(layer, pair.gold, pairing.links.gold))
    for label, common in hits(layer, pair.predicted, pair.gold, pairing.links):
        if label != DAYS and not common == ours[label] == theirs[label]:
            word = _WORDINGS.get(label, _value(label))
            loss = Loss(what=label, gold=word(gold, pair.gold), predicted=word(predicted, pair.predicted))
            # References to unpaired records can read alike on both sides; the error is then listed in their layer.
            if loss.gold != loss.predicted:
                yield loss


def _find_lost_voices(predicted: Article, gold: Article, pairing: Pairing, pair: Pair) -> Iterator[Loss]:
    chains = Chains(gold, pairing)
    ours, theirs = chains.predicted(pair.predicted).sources, chains.gold(pair.gold).sources
    outcome = chain_outcome(ours, theirs)
    if outcome is not ChainOutcome.KEPT:
        sides = [
            " > ".join(name_of(article, voice.source) for voice in claim.voices)
            for article, claim in ((gold, pair.gold), (predicted, pair.predicted))
        ]
        yield Loss(what="voices", gold=sides[0], predicted=sides[1], outcome=outcome)
    for one, two in aligned_voices(ours, theirs):
        found, wanted = pair.predicted.voices[one], pair.gold.voices[two]
        name = name_of(gold, wanted.source)
        change = commitment_outcome(found.commitment, wanted.commitment)
        if change is not CommitmentOutcome.KEPT:
            yield Loss(what=f"commitment of {name}", gold=wanted.commitment, predicted=found.commitment, outcome=change)
        for label in VOICE_LABELS:
            if getattr(found, label) is not getattr(wanted, label):
                yield Loss(what=f"{label} of {name}", gold=getattr(wanted, label), predicted=getattr(found, label))


# Records in words.


def worded(article: Article, record: Record) -> str:
    """Word a record on one line, with its place; a claim, an event or a relation also with its voices."""
    places = ", ".join(f"{span.start}–{span.end}" for span in evidence_of(record))
    voices = ""
    if isinstance(record, Claim):
        voices = f"{chain_of(article, record)}: "
    elif isinstance(record, Event | Relation):
        chains = [chain_of(article, claim) for claim in article.claims.carrying(record.id)]
        voices = f"{' | '.join(chains) or 'carried by no claim'}: "
    return f"{record.id}{f' at {places}' if places else ''}: {voices}{bare(article, record)}"


def bare(article: Article, record: Record) -> str:
    """Word a record without its voices, for a view that shows them beside it."""
    if isinstance(record, Claim):
        return record.gist
    if isinstance(record, Event):
        return f"{record.gist} ({record.kind}, {record.status}, {record.when or 'undated'})"
    if isinstance(record, Relation):
        return _triple(article, record)
    if isinstance(record, Entity):
        return f"{record.name} ({record.kind})"
    if isinstance(record, Mention):
        return f"{name_of(article, record.entity)} ({record.form})"
    if isinstance(record, Quotation):
        return f"“{record.text}” ({record.kind}, {_name('speaker')(article, record) or 'nobody'})"
    if isinstance(record, Argument):
        return f"{record.source} {ARGUMENTS[record.kind][0]} {record.target}"
    if isinstance(record, Quantity):
        parts = (record.comparator, f"{record.value}", record.unit, record.of and f"of {record.of}")
        return " ".join(filter(None, parts))
    assert isinstance(record, TimeExpression)
    return f"{record.value or 'unresolved'} ({record.kind})"


Wording = Callable[[Article, Any], str]


def _value(label: str) -> Wording:
    return lambda article, record: str("" if getattr(record, label) is None else getattr(record, label))


def _name(label: str) -> Wording:
    def name(article: Article, record: Any) -> str:
        entity = getattr(record, label)
        return "" if entity is None else name_of(article, entity)

    return name


def _ids(label: str) -> Wording:
    return lambda article, record: ", ".join(getattr(record, label))


def _triple(article: Article, relation: Relation) -> str:
    subject, other = name_of(article, relation.subject), name_of(article, relation.object)
    return f"{subject} {tie_of(article, relation)} {other}"


_WORDINGS: Final[dict[str, Wording]] = {
    "entity": _name("entity"),
    "speaker": _name("speaker"),
    "place": _name("place"),
    "subject": _name("subject"),
    "object": _name("object"),
    "about": lambda article, claim: ", ".join(name_of(article, each) for each in claim.about),
    "claims": _ids("claims"),
    "carries": _ids("carries"),
    "participants": lambda article, event: ", ".join(
        f"{name_of(article, each.entity)} ({each.role})" for each in event.participants
    ),
    "triple": _triple,
}
"""The wording of labels whose values are references."""
