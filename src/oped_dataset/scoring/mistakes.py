"""The errors of a prediction one by one: what was missed, made up or mistaken, side by side with the gold.

Here: the errors of a layer, what was lost with each, and how a record is worded beside another.
Not here: what is counted of them (`layers.py`, `attribution.py`, `commitment.py`).

No claim, event or relation is worded without the voices that carry it, in the gold as in the prediction.
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
from oped_dataset.scoring.labels import DAYS, held, hits
from oped_dataset.scoring.matching import Pair, Pairing


class Fault(StrEnum):
    """What sort of error it is."""

    MISSED = "missed"
    """A gold record that nothing predicted answers to."""

    SPURIOUS = "spurious"
    """A predicted record that answers to no gold record."""

    MISTAKEN = "mistaken"
    """Two records that answer to each other and differ in more than their place."""

    REJECTED = "rejected"
    """A record that could not be resolved."""

    RIGHT = "right"
    """Two records that answer to each other and differ in nothing but their place, which is no error."""


@attrs.frozen(kw_only=True)
class Loss:
    """One way in which a predicted record differs from the gold record it answers to.

    Attributes:
        what: What differs: `voices`, `commitment of Sel`, or a label such as `kind`.
        gold: What it is in the gold.
        predicted: What was predicted.
        outcome: What became of it, for voices and commitments, such as `flattened` or `hardened`; else None.
    """

    what: str
    gold: str
    predicted: str
    outcome: str | None = None

    def __str__(self) -> str:
        """Say it on one line."""
        outcome = f" ({self.outcome})" if self.outcome else ""
        return f"{self.what}: {self.gold or 'none'} became {self.predicted or 'none'}{outcome}"


@attrs.frozen(kw_only=True)
class Mistake:
    """One error of a prediction.

    Attributes:
        fault: What sort of error.
        layer: In which layer.
        gold: The gold record; None where there is none.
        predicted: The predicted record; None where there is none.
        similarity: How similar the two are, from 0 to 1; None unless there are both.
        lost: In what they differ, in the order of importance.
        given: Of a record that could not be resolved, what was given.
        words: The gold and the predicted record in words, with the voices of what is said.
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
        """Show both sides one under the other."""
        head = f"{self.fault}" if self.similarity is None else f"{self.fault}, similarity {self.similarity:.2f}"
        sides = zip(("gold", "predicted"), self.words, strict=True)
        lines = [f"  {side:<10} {printable(words)}" for side, words in sides if words is not None]
        return "\n".join([head, *lines, *(f"  {'lost':<10} {printable(str(loss))}" for loss in self.lost)])


class Mistakes(tuple[Mistake, ...]):
    """The errors of a layer, in the order of the text; printed one after the other."""

    __slots__ = ()

    def __str__(self) -> str:
        """Show all."""
        return "\n\n".join(map(str, self)) or "no errors"


def mistakes_in(layer: str, predicted: Article, gold: Article, pairing: Pairing, rejected: tuple[Any, ...]) -> Mistakes:
    """List the errors of a layer; those records that could not be resolved last."""
    pairs = pairing.pairs[layer]
    found = [_mistaken(layer, predicted, gold, pairing, each) for each in pairs]
    ours, theirs = {each.predicted.id for each in pairs}, {each.gold.id for each in pairs}
    made_up = [each for each in predicted.tables[layer] if each.id not in ours]
    missed = [each for each in gold.tables[layer] if each.id not in theirs]
    found += [
        Mistake(fault=Fault.SPURIOUS, layer=layer, predicted=each, words=(None, worded(predicted, each)))
        for each in made_up
    ]
    found += [Mistake(fault=Fault.MISSED, layer=layer, gold=each, words=(worded(gold, each), None)) for each in missed]
    ordered = sorted((each for each in found if each is not None), key=_place)
    refused = [
        Mistake(fault=Fault.REJECTED, layer=layer, given=each, words=(None, printable(str(each)))) for each in rejected
    ]
    return Mistakes([*ordered, *refused])


def _place(mistake: Mistake) -> tuple[tuple[Span, ...], str]:
    record = mistake.gold or mistake.predicted
    assert record is not None
    return evidence_of(record), record.id


def _mistaken(layer: str, predicted: Article, gold: Article, pairing: Pairing, pair: Pair) -> Mistake | None:
    lost = tuple(_losses(layer, predicted, gold, pairing, pair))
    if not lost:
        return None
    return Mistake(
        fault=Fault.MISTAKEN,
        layer=layer,
        gold=pair.gold,
        predicted=pair.predicted,
        similarity=pair.similarity,
        lost=lost,
        words=(worded(gold, pair.gold), worded(predicted, pair.predicted)),
    )


def _losses(layer: str, predicted: Article, gold: Article, pairing: Pairing, pair: Pair) -> Iterator[Loss]:
    if layer == "claims":
        yield from _voices_lost(predicted, gold, pairing, pair)
    sizes = dict(held(layer, pair.predicted, pairing.links.predicted)), dict(held(layer, pair.gold, pairing.links.gold))
    for label, common in hits(layer, pair.predicted, pair.gold, pairing.links):
        if label != DAYS and not common == sizes[0][label] == sizes[1][label]:
            word = _WORDINGS.get(label, _plain(label))
            loss = Loss(what=label, gold=word(gold, pair.gold), predicted=word(predicted, pair.predicted))
            # What refers to records that are themselves wrong may read the same; those are listed in their layer.
            if loss.gold != loss.predicted:
                yield loss


def _voices_lost(predicted: Article, gold: Article, pairing: Pairing, pair: Pair) -> Iterator[Loss]:
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
    """Word a record on one line, with its place and, of what is said, with its voices."""
    places = ", ".join(f"{span.start}–{span.end}" for span in evidence_of(record))
    return f"{record.id}{f' at {places}' if places else ''}: {_said(article, record)}"


def _said(article: Article, record: Record) -> str:
    if isinstance(record, Claim):
        return f"{chain_of(article, record)}: {bare(article, record)}"
    if isinstance(record, Event | Relation):
        return f"{_tellers(article, record)}: {bare(article, record)}"
    return bare(article, record)


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


def _tellers(article: Article, record: Record) -> str:
    """Who tells an event or a relation: the chains of the claims that carry it."""
    return " | ".join(chain_of(article, claim) for claim in article.claims.carrying(record.id)) or "told by nobody"


Wording = Callable[[Article, Any], str]


def _plain(label: str) -> Wording:
    return lambda article, record: str("" if getattr(record, label) is None else getattr(record, label))


def _name(label: str) -> Wording:
    def name(article: Article, record: Any) -> str:
        entity = getattr(record, label)
        return "" if entity is None else name_of(article, entity)

    return name


def _names(label: str) -> Wording:
    return lambda article, record: ", ".join(name_of(article, each) for each in getattr(record, label))


def _ids(label: str) -> Wording:
    return lambda article, record: ", ".join(getattr(record, label))


def _participants(article: Article, event: Event) -> str:
    return ", ".join(f"{name_of(article, each.entity)} ({each.role})" for each in event.participants)


def _triple(article: Article, relation: Relation) -> str:
    subject, other = name_of(article, relation.subject), name_of(article, relation.object)
    return f"{subject} {tie_of(article, relation)} {other}"


_WORDINGS: Final[dict[str, Wording]] = {
    "entity": _name("entity"),
    "speaker": _name("speaker"),
    "place": _name("place"),
    "subject": _name("subject"),
    "object": _name("object"),
    "about": _names("about"),
    "claims": _ids("claims"),
    "carries": _ids("carries"),
    "participants": _participants,
    "triple": _triple,
}
"""How labels are worded that are not a value of their own."""
