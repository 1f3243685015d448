"""Hypothesis strategies that build small valid articles by construction, never by filtering.

An article is made from its text: words are drawn and joined, and every record takes the place of words that are there.
The words hold joined emoji, combining marks, astral characters and right-to-left script.
"""

from __future__ import annotations

import datetime
from decimal import Decimal

import attrs
from hypothesis import strategies as st

from oped_dataset import vocabulary as v
from oped_dataset.canonical import sentence_digest, text_digest
from oped_dataset.dates import Edtf
from oped_dataset.fingerprints import paragraphs_of, shifts_of
from oped_dataset.model import (
    Argument,
    Article,
    Claim,
    Entity,
    Event,
    Heading,
    Mention,
    Participant,
    Quantity,
    Quotation,
    Relation,
    Sentence,
    Source,
    Span,
    TimeExpression,
    Voice,
)

WORDS = ("toll", "Éa", "e\u0301te\u0301", "👩\u200d🔬", "𝔘𝔫𝔦", "שלום", "مرحبا", "王", "a\u00a0b", "ﬁn", "x")
AUTHOR = "author"
PUBLISHER = "publisher"


@attrs.frozen
class _Text:
    """A text in pieces: where each word, each sentence and each quotation stands."""

    text: str
    words: tuple[tuple[Span, ...], ...]
    sentences: tuple[Span, ...]
    quotations: tuple[Span, ...]


def dates() -> st.SearchStrategy[Edtf]:
    """Dates and intervals of every precision."""
    return st.one_of(_single_dates(), _intervals()).map(Edtf)


def _single_dates() -> st.SearchStrategy[str]:
    days = st.dates(datetime.date(1900, 1, 1), datetime.date(2099, 12, 31))
    shapes = st.sampled_from(["%Y-%m-%d", "%Y-%m", "%Y", "%Y-XX", "%Y-%m-XX", "%Y-21", "%Y-24", "20XX", "201X"])
    marks = st.sampled_from(["", "", "?", "~", "%"])
    return st.builds(lambda day, shape, mark: day.strftime(shape) + mark, days, shapes, marks)


def _intervals() -> st.SearchStrategy[str]:
    years = st.integers(1900, 2050)
    closed = st.builds(lambda year, more: f"{year}/{year + more}", years, st.integers(0, 40))
    return st.one_of(closed, years.map("{}/..".format), years.map("../{}".format))


def decimals() -> st.SearchStrategy[Decimal]:
    """Amounts with up to four places."""
    return st.builds(lambda digits, places: Decimal(digits).scaleb(-places), st.integers(1, 10**9), st.integers(0, 4))


@st.composite
def _texts(draw: st.DrawFn) -> _Text:
    text = "Heading\n\n"
    words: list[tuple[Span, ...]] = []
    sentences: list[Span] = []
    quotations: list[Span] = []
    for drawn in draw(st.lists(st.lists(st.sampled_from(WORDS), min_size=3, max_size=5), min_size=1, max_size=4)):
        quoted = draw(st.booleans())
        start = len(text)
        text += "“" if quoted else ""
        places = []
        for word in drawn:
            places.append(Span(len(text), len(text) + len(word)))
            text += f"{word} "
        text = f"{text.removesuffix(' ')}{'”' if quoted else '.'}"
        words.append(tuple(places))
        sentences.append(Span(start, len(text)))
        if quoted:
            quotations.append(Span(start + 1, len(text) - 1))
        text += draw(st.sampled_from([" ", "\n", "\n\n"]))
    return _Text(text, tuple(words), tuple(sentences), tuple(quotations))


@st.composite
def articles(draw: st.DrawFn, *, with_text: bool | None = None) -> Article:
    """Small articles without a problem, with every kind of record; with their text always, never, or as it falls."""
    texts = st.booleans() if with_text is None else st.just(with_text)
    text = draw(_texts())
    entities = draw(_entities())
    events, relations, quantities, claims = [], [], [], []
    for index, places in enumerate(text.words):
        carried = draw(st.sampled_from(["events", "relations", "quantities", "none"]))
        ids: tuple[str, ...] = (f"{carried[:-1]}-{index}",)
        if carried == "events":
            events.append(draw(_events(ids[0], entities, places)))
        elif carried == "relations":
            relations.append(draw(_relations(ids[0], entities, places)))
        elif carried == "quantities":
            quantities.append(draw(_quantities(ids[0], places)))
        claims.append(draw(_claims(f"claim-{index}", entities, places, {carried: ids} if carried != "none" else {})))
    return Article(
        id=draw(st.sampled_from(["small", "a-1", "x"])),
        title="Heading",
        language=draw(st.sampled_from(["en", "zh-Hant", "he"])),
        genre="op-ed",
        published=datetime.date(2019, 7, 13),
        updated=draw(st.sampled_from([None, datetime.date(2019, 7, 31)])),
        publisher=PUBLISHER,
        authors=(AUTHOR,),
        licence="CC0-1.0",
        data_version="1.0.0",
        source=_source(text, with_text=draw(texts), with_shifts=draw(st.booleans())),
        headings=(Heading(span=Span(0, 7), text="Heading"),),
        entities=entities,
        mentions=draw(_mentions(entities, text)),
        times=draw(_times(text)),
        quantities=quantities,
        quotations=_quotations(text, claims),
        events=events,
        relations=relations,
        claims=claims,
        arguments=draw(_arguments(claims)),
    )


def _source(text: _Text, *, with_text: bool, with_shifts: bool) -> Source:
    return Source(
        sha256=text_digest(text.text),
        length=len(text.text),
        sentences=tuple(_sentence(text.text[span.start : span.end], span, with_shifts) for span in text.sentences),
        text=text.text if with_text else None,
        paragraphs=paragraphs_of(text.text, text.sentences) if with_shifts else (),
    )


def _sentence(words: str, span: Span, with_shifts: bool) -> Sentence:
    return Sentence(span=span, digest=sentence_digest(words), shifts=shifts_of(words) if with_shifts else None)


@st.composite
def _entities(draw: st.DrawFn) -> tuple[Entity, ...]:
    others = draw(st.integers(1, 3))
    names = draw(st.lists(st.sampled_from(WORDS), min_size=others, max_size=others))
    kinds = st.sampled_from(v.EntityKind)
    return (
        Entity(id=AUTHOR, kind=v.EntityKind.PERSON, name="Ines"),
        Entity(id=PUBLISHER, kind=v.EntityKind.ORGANIZATION, name="The Gull"),
        *(Entity(id=f"entity-{index}", kind=draw(kinds), name=name) for index, name in enumerate(names)),
    )


def _ids(entities: tuple[Entity, ...]) -> st.SearchStrategy[str]:
    return st.sampled_from([entity.id for entity in entities])


@st.composite
def _mentions(draw: st.DrawFn, entities: tuple[Entity, ...], text: _Text) -> tuple[Mention, ...]:
    forms = st.sampled_from(v.MentionForm)
    return tuple(
        Mention(id=f"mention-{index}", entity=draw(_ids(entities)), span=places[0], form=draw(forms))
        for index, places in enumerate(text.words)
        if draw(st.booleans())
    )


@st.composite
def _times(draw: st.DrawFn, text: _Text) -> tuple[TimeExpression, ...]:
    return tuple(
        TimeExpression(id=f"time-{index}", span=places[1], kind=v.TimeKind.DATE, value=str(draw(dates())))
        for index, places in enumerate(text.words)
        if draw(st.booleans())
    )


@st.composite
def _quantities(draw: st.DrawFn, record_id: str, places: tuple[Span, ...]) -> Quantity:
    comparator = draw(st.sampled_from(v.Comparator))
    return Quantity(id=record_id, span=places[2], value=draw(decimals()), unit="crowns", comparator=comparator)


def _quotations(text: _Text, claims: list[Claim]) -> tuple[Quotation, ...]:
    return tuple(
        Quotation(
            id=f"quotation-{index}",
            span=span,
            text=text.text[span.start : span.end],
            speaker=_claim_at(span, claims).voices[-1].source,
            kind=v.QuotationKind.DIRECT,
            claims=(_claim_at(span, claims).id,),
        )
        for index, span in enumerate(text.quotations)
    )


def _claim_at(span: Span, claims: list[Claim]) -> Claim:
    return next(claim for claim in claims if claim.evidence[0].overlaps(span))


def _all_of(places: tuple[Span, ...]) -> tuple[Span, ...]:
    return (Span(places[0].start, places[-1].end),)


@st.composite
def _events(draw: st.DrawFn, record_id: str, entities: tuple[Entity, ...], places: tuple[Span, ...]) -> Event:
    return Event(
        id=record_id,
        kind=draw(st.sampled_from(v.EventKind)),
        gist="Something is told.",
        status=draw(st.sampled_from(v.EventStatus)),
        when=draw(st.none() | dates()),
        participants=(Participant(entity=draw(_ids(entities)), role=draw(st.sampled_from(v.Role))),),
        evidence=_all_of(places),
    )


@st.composite
def _relations(draw: st.DrawFn, record_id: str, entities: tuple[Entity, ...], places: tuple[Span, ...]) -> Relation:
    return Relation(
        id=record_id,
        subject=AUTHOR,
        predicate=draw(st.sampled_from(v.Predicate)),
        object=draw(_ids(entities[1:])),
        during=draw(st.none() | dates()),
        title="warden",
        evidence=_all_of(places),
    )


@st.composite
def _claims(
    draw: st.DrawFn,
    record_id: str,
    entities: tuple[Entity, ...],
    places: tuple[Span, ...],
    carried: dict[str, tuple[str, ...]],
) -> Claim:
    return Claim(
        id=record_id,
        gist="Something is said.",
        kind=draw(st.sampled_from(v.ClaimKind)),
        ground=draw(st.sampled_from(v.Ground)),
        voices=draw(_chains(entities, places)),
        about=(draw(_ids(entities)),),
        events=carried.get("events", ()),
        relations=carried.get("relations", ()),
        quantities=carried.get("quantities", ()),
        evidence=_all_of(places),
    )


@st.composite
def _chains(draw: st.DrawFn, entities: tuple[Entity, ...], places: tuple[Span, ...]) -> tuple[Voice, ...]:
    inner = draw(st.lists(_ids(entities[1:]), max_size=3, unique=True))
    return (draw(_voices(AUTHOR, None)), *(draw(_voices(source, places[1])) for source in inner))


def _voices(source: str, cue: Span | None) -> st.SearchStrategy[Voice]:
    return st.builds(
        Voice,
        source=st.just(source),
        act=st.sampled_from(v.Act),
        channel=st.sampled_from(v.Channel),
        commitment=st.sampled_from(v.Commitment),
        cue=st.just(cue),
        mode=st.sampled_from(v.Mode),
    )


@st.composite
def _arguments(draw: st.DrawFn, claims: list[Claim]) -> tuple[Argument, ...]:
    kinds = st.sampled_from([kind for kind in v.ArgumentKind if kind is not v.ArgumentKind.UNDERCUTS])
    links = tuple(
        Argument(id=f"argument-{index}", source=claim.id, target=claims[0].id, kind=draw(kinds))
        for index, claim in enumerate(claims[1:])
    )
    undercut = Argument(id="undercut", source=claims[0].id, target="argument-0", kind=v.ArgumentKind.UNDERCUTS)
    attacked: bool = bool(links) and draw(st.booleans())
    return (*links, undercut) if attacked else links
