"""The queries of tables and articles, which use indexes, give the same results as a search through all records."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from itertools import chain

from hypothesis import given
from hypothesis import strategies as st

from oped_dataset import (
    Article,
    Claim,
    Entity,
    Event,
    Quantity,
    Relation,
    Span,
)
from oped_dataset.model.records import (
    Mention,
    Quotation,
    TimeExpression,
    spans_of,
)
from oped_dataset.model.stretches import Stretches
from oped_dataset.model.tables import Record
from oped_dataset.testing import make_corpus, strategies

TIMES = ("2019", "1999/2019-03", "../2018", "2021/..", "20XX", "2019-07-13")


def ids(records: Iterable[Record]) -> list[str]:
    return [record.id for record in records]


def _everything(article: Article) -> list[Record]:
    return list(chain.from_iterable(article.tables.values()))


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 20))), st.integers(-5, 40), st.integers(1, 10))
def test_touching_stretches_are_found(drawn: list[tuple[int, int]], start: int, length: int) -> None:
    stretches = [(first, first + long) for first, long in drawn]
    touching = [at for at, (first, end) in enumerate(stretches) if first < start + length and start < end]

    assert Stretches(stretches).touching(start, start + length) == touching


@given(strategies.articles())
def test_claims_are_found_by_voice_and_carried_record(article: Article) -> None:
    for record in _everything(article):
        voiced = [claim for claim in article.claims if record.id in {voice.source for voice in claim.voices}]
        carrying = [claim for claim in article.claims if record.id in claim.carries]

        if isinstance(record, Entity):
            assert list(article.claims.voiced_by(record.id)) == voiced
        assert list(article.claims.carrying(record.id)) == carrying


@given(strategies.articles())
def test_records_are_found_by_offset(article: Article) -> None:
    for offset in range(-1, article.source.length + 2, 3):
        there = [record for record in _everything(article) if any(span.covers(offset) for span in spans_of(record))]

        assert article.records_at(offset) == tuple(there)


@given(strategies.articles())
def test_events_and_relations_are_found_by_date(article: Article) -> None:
    for time in TIMES:
        events = [event.id for event in article.events if event.when and event.when.overlaps(time)]
        relations = [each.id for each in article.relations if each.during and each.during.overlaps(time)]

        assert (ids(article.events.during(time)), ids(article.relations.during(time))) == (events, relations)


@given(strategies.articles())
def test_claims_for_a_record_are_found(article: Article) -> None:
    for record in _everything(article):
        answering = [claim for claim in article.claims if _answers_for(claim, record)]

        assert list(article.claims_for(record.id)) == answering


def _answers_for(claim: Claim, record: Record) -> bool:
    if isinstance(record, (Event, Relation, Quantity)):
        return record.id in claim.carries
    if isinstance(record, Quotation):
        return claim.id in record.claims
    if isinstance(record, (Mention, TimeExpression)):
        return any(span.overlaps(record.span) for span in claim.evidence)
    if isinstance(record, (Claim, Entity)):
        return record.id in claim.about or claim == record
    return claim.id in (getattr(record, "source", None), getattr(record, "target", None))


@given(strategies.articles())
def test_where_finds_by_ids_labels_and_other_values(article: Article) -> None:
    for mention in article.mentions:
        named = [one for one in article.mentions if one.entity == mention.entity and one.metonym is mention.metonym]

        assert list(article.mentions.where(metonym=mention.metonym, entity=mention.entity)) == named
        assert mention in article.mentions.where(span=Span(mention.span.start, mention.span.end))
    assert list(article.entities.where(kind="person")) == [one for one in article.entities if one.kind == "person"]


def test_an_index_is_not_part_of_the_value_of_a_table() -> None:
    asked, fresh = next(make_corpus(1)), next(make_corpus(1))
    asked.about(asked.publisher)

    assert asked == fresh
    assert hash(asked.claims) == hash(fresh.claims)
    assert pickle.dumps(asked) == pickle.dumps(fresh)
    assert copy.deepcopy(asked).about(asked.publisher) == fresh.about(asked.publisher)


def test_concurrent_queries_have_equal_answers() -> None:
    article, other = next(make_corpus(1)), next(make_corpus(1))
    questions = (lambda: article.about(article.publisher), lambda: article.records_at(0)) * 32

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda ask: ask(), questions))

    assert answers == [other.about(other.publisher), other.records_at(0)] * 32
