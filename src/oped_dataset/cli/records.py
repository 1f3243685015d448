"""Records in words: a claim inside its voices, and every other record with the voices that report it.

Here: each kind of record as blocks. Only these functions and those of `summary.py` show a gist or a relation, and each
shows the voices and their commitments before it.
Not here: the words themselves (`model/wording.py`), and the tables of layers (`layers.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final, TypeAlias

from oped_dataset.cli.blocks import (
    EMPTY,
    Block,
    Piece,
    heading,
    line,
)
from oped_dataset.messages import cut
from oped_dataset.model.article import Article
from oped_dataset.model.dates import Edtf
from oped_dataset.model.records import (
    Argument,
    Claim,
    Entity,
    Event,
    Mention,
    Quantity,
    Quotation,
    Relation,
    TimeExpression,
    spans_of,
)
from oped_dataset.model.tables import Record
from oped_dataset.model.vocabulary import Comparator
from oped_dataset.model.when import in_words
from oped_dataset.model.wording import (
    ARGUMENTS,
    COMMITMENTS,
    LONGEST_GIST,
    MOST_STEPS,
    Spoken,
    chain_of,
    ends_of,
    name_of,
    tie_of,
    voices_of,
)

STEP: Final = 2
"""The indent, in blanks, of a voice inside the one that relays it."""

Blocks: TypeAlias = Iterator[Block]


# Inside its voices.


def speech(article: Article, claim: Claim, indent: int = 0) -> Blocks:
    """Show a claim as nested speech: each voice one step further in, and the gist inside the innermost."""
    yield from _voices(voices_of(article, claim.voices), indent)
    yield line(claim.gist, indent=indent + STEP * len(claim.voices))


def _voices(voices: Iterable[Spoken], indent: int) -> Blocks:
    for depth, voice in enumerate(voices):
        # The styles have the names of the commitments.
        stance = (", ", Piece(voice.stance, COMMITMENTS[voice.commitment][0])) if voice.stance else ()
        yield line(Piece(voice.name, "name"), f" {voice.verb}", *stance, ":", indent=indent + STEP * depth)


def _end(article: Article, claim: Claim, indent: int) -> Blocks:
    """Show a claim at an end of an argument, with the side of its innermost voice; shorten what many would repeat."""
    spoken = voices_of(article, ends_of(claim.voices))
    left_out, half = len(claim.voices) - len(spoken), len(spoken) // 2
    if left_out:
        yield from _voices(spoken[:half], indent)
        indent += STEP * half
        yield line(f"… {left_out} more voices …", indent=indent)
        spoken = spoken[half:]
    yield from _voices(spoken, indent)
    yield line(with_side(claim), indent=indent + STEP * len(spoken))


def with_side(claim: Claim) -> str:
    """Return the gist of a claim, or the beginning of a very long one, after the side of its innermost voice."""
    return f"[{claim.side}] {cut(claim.gist, LONGEST_GIST)}"


def claims_in_words(article: Article, claims: Iterable[Claim], indent: int = 0) -> Blocks:
    """Show claims one after the other, each under its id."""
    for claim in claims:
        yield line(Piece(claim.id, "id"), indent=indent)
        yield from speech(article, claim, indent + STEP)


def chains_of(article: Article, record: Record) -> tuple[str, ...]:
    """Return the chains of voices that report a record, equal ones once."""
    return tuple(dict.fromkeys(chain_of(article, claim) for claim in article.claims_for(record.id)))


def under_voices(article: Article, record: Event | Relation | Quantity, indent: int = 0) -> Blocks:
    """Show an event, a relation or an amount under its id and the chains of voices that report it."""
    if isinstance(record, Event):
        time, status = when(record.when), f"presented as {record.status}"
    elif isinstance(record, Relation):
        time, status = when(record.during), "presented as over" if record.ended else "as presented"
    else:
        time, status = "amount", "as presented"
    yield line(Piece(f"{time}  ", "heading"), Piece(f"[{record.id}]", "id"), f"  {status}", indent=indent)
    *others, last = chains_of(article, record)
    yield from (line(f"{chain};", indent=indent + STEP, hang=2 * STEP) for chain in others)
    yield line(f"{last}:", indent=indent + STEP, hang=2 * STEP)
    yield line(content(article, record), indent=indent + 2 * STEP)


def content(article: Article, record: Event | Relation | Quantity) -> str:
    """Return the wording of an event, a relation or an amount, to be shown only beside its voices."""
    if isinstance(record, Event):
        return record.gist
    if isinstance(record, Relation):
        title = f" ({record.title})" if record.title is not None else ""
        ends = name_of(article, record.subject), name_of(article, record.object)
        return f"{ends[0]} {tie_of(article, record)} {ends[1]}{title}"
    bound = None if record.comparator is Comparator.EQUAL else record.comparator.replace("-", " ")
    parts = (bound, str(record.value), record.unit)
    of = f", {record.of}" if record.of is not None else ""
    return " ".join(part for part in parts if part is not None) + of


def when(time: Edtf | None) -> str:
    """Return a date in words, or `undated` for None."""
    return "undated" if time is None else in_words(time)


# A record with everything related to it.


def in_full(article: Article, record: Record) -> Blocks:
    """Show a record with everything related to it."""
    yield line(Piece(record.id, "id"), f"  {type(record).__name__} in {article.id}")
    yield EMPTY
    show: Callable[[Article, Any], Blocks] = _IN_FULL[type(record)]
    yield from show(article, record)
    text, places = article.source.text, []
    for span in sorted(set(spans_of(record))):
        words = f"  {' '.join(text[span.start : span.end].split())}" if text is not None else ""
        places.append(line(f"characters {span.start} to {span.end}{words}", indent=STEP))
    yield from _section("Spans in the text", places)


def _field(name: str, value: str | None) -> Blocks:
    if value:
        yield line(Piece(f"{name}: ", "heading"), value)


def _section(title: str, blocks: Iterable[Block]) -> Blocks:
    shown = list(blocks)
    if shown:
        yield EMPTY
        yield heading(title)
        yield from shown


def _name_and_id(article: Article, entity_id: str | None) -> str | None:
    return None if entity_id is None else f"{name_of(article, entity_id)} [{entity_id}]"


def _claims(article: Article, title: str, claims: Iterable[Claim]) -> Blocks:
    yield from _section(title, claims_in_words(article, claims, STEP))


def _carried(article: Article, title: str, records: Iterable[Event | Relation | Quantity]) -> Blocks:
    yield from _section(title, (block for record in records for block in under_voices(article, record, STEP)))


def _claim(article: Article, claim: Claim) -> Blocks:
    yield from speech(article, claim)
    yield EMPTY
    yield from _field("kind", claim.kind)
    yield from _field("ground", claim.ground)
    yield from _field("by way of", ", ".join(dict.fromkeys(voice.channel for voice in claim.voices)))
    yield from _field("about", ", ".join(f"{_name_and_id(article, entity_id)}" for entity_id in claim.about))
    yield from _carried(article, "Events in it", (article.events[each] for each in claim.events))
    yield from _carried(article, "Relations in it", (article.relations[each] for each in claim.relations))
    yield from _carried(article, "Amounts in it", (article.quantities[each] for each in claim.quantities))
    joined = [each for each in article.arguments if claim.id in (each.source, each.target)]
    yield from _section("Arguments", (block for each in joined for block in argument_in_words(article, each, STEP)))
    quoted = (each for each in article.quotations if claim.id in each.claims)
    words = (line(f"“{each.text}” ", Piece(f"[{each.id}]", "id"), indent=STEP) for each in quoted)
    yield from _section("Quoted", words)


def argument_in_words(article: Article, argument: Argument, indent: int = 0) -> Blocks:
    """Show an argument: its premise, the kind, and its conclusion or the argument that it attacks."""
    for _ in range(MOST_STEPS):
        yield line(Piece(argument.id, "id"), indent=indent)
        yield from _end(article, article.claims[argument.source], indent + STEP)
        words = ARGUMENTS[argument.kind][0]
        if argument.target in article.claims:
            yield line(Piece(words, "heading"), indent=indent + STEP)
            yield from _end(article, article.claims[argument.target], indent + STEP)
            return
        yield line(Piece(f"{words} the step from", "heading"), indent=indent + STEP)
        argument, indent = article.arguments[argument.target], indent + STEP
    yield line(Piece(argument.id, "id"), " …", indent=indent)


def _entity(article: Article, entity: Entity) -> Blocks:
    dossier = article.about(entity.id)
    yield line(Piece(entity.name, "title"))
    yield from _field("kind", f"{entity.kind}{'' if entity.named else ', unnamed in the article'}")
    yield from _field("who or what", entity.description)
    yield from _field("also called", ", ".join(entity.aliases))
    for identifier in entity.identifiers:
        yield from _field(identifier.scheme, f"{identifier.value} (seen in {identifier.seen_in})")
    yield from _field("speaks in", f"{len(article.claims.voiced_by(entity))} claims")
    yield from _field("mentioned", f"{len(dossier.mentions)} times")
    yield from _claims(article, "Claims about it", dossier.claims)
    yield from _carried(article, "Events with it", dossier.events)
    yield from _carried(article, "Relations it is said to have", dossier.relations)


def _carried_record(article: Article, record: Event | Relation | Quantity) -> Blocks:
    yield from under_voices(article, record)
    if isinstance(record, Event):
        yield EMPTY
        yield from _field("kind", record.kind)
        yield from _field("place", _name_and_id(article, record.place))
        for participant in record.participants:
            yield from _field(participant.role, _name_and_id(article, participant.entity))
    yield from _claims(article, "Claims that carry it", article.claims_for(record.id))


def _mention(article: Article, mention: Mention) -> Blocks:
    yield from _field("refers to", _name_and_id(article, mention.entity))
    yield from _field("form", f"{mention.form}{', for who sits there' if mention.metonym else ''}")
    yield from _claims(article, "Claims at its span", article.claims_for(mention.id))


def _time(article: Article, time: TimeExpression) -> Blocks:
    yield from _field("kind", time.kind)
    yield from _field("value", time.value or "not settled by the text")
    yield from _field("counted from", time.anchor)
    yield from _claims(article, "Claims at its span", article.claims_for(time.id))


def _quotation(article: Article, quotation: Quotation) -> Blocks:
    yield from _field("speaker", _name_and_id(article, quotation.speaker) or "nobody")
    yield from _field("kind", quotation.kind)
    yield line(f"“{quotation.text}”")
    yield from _claims(article, "Claims made in it", article.claims_for(quotation.id))


_IN_FULL: Final[dict[type[Record], Callable[..., Blocks]]] = {
    Claim: _claim,
    Entity: _entity,
    Event: _carried_record,
    Relation: _carried_record,
    Quantity: _carried_record,
    Mention: _mention,
    TimeExpression: _time,
    Quotation: _quotation,
    Argument: argument_in_words,
}
