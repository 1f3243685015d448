"""The check that an article can be attached to other copies of its text."""

from __future__ import annotations

from typing import Any

import attrs
import pytest
from small import TEXT, place

from oped_dataset import Article, Span, fingerprint, load
from oped_dataset.codec import wire
from oped_dataset.testing import assert_attachable


def failure(article: Article, text: str | None = None) -> str:
    with pytest.raises(AssertionError) as caught:
        assert_attachable(article, text)
    return str(caught.value)


@pytest.fixture
def sourced(article: Article) -> Article:
    """The small article without its text, fingerprinted."""
    return attrs.evolve(article, source=attrs.evolve(fingerprint(article, TEXT).source, text=None))


def test_an_article_with_sentences_passes_with_its_text_and_without(sourced: Article) -> None:
    assert_attachable(sourced)
    assert_attachable(sourced, TEXT)
    assert_attachable(load())


def test_a_text_with_straight_quotes_is_given_others() -> None:
    article = load("harbour-toll")
    text = str(article.source.text).replace("“", '"').replace("”", '"').replace("’", "'")

    attached = article.attach(text).to_article()

    assert_attachable(attached)


def test_an_article_without_sentences_fails(sourced: Article) -> None:
    bare = attrs.evolve(sourced, source=attrs.evolve(sourced.source, sentences=()))

    assert failure(bare) == (
        "'small' cannot be attached to another copy of its text: its source has no sentences; "
        "begin the annotation with oped_dataset.new_article, or add sentences and run oped_dataset.fingerprint"
    )


def test_unknown_shifts_fail(sourced: Article) -> None:
    sentences = tuple(attrs.evolve(each, shifts=None) for each in sourced.source.sentences)
    unknown = attrs.evolve(sourced, source=attrs.evolve(sourced.source, sentences=sentences))

    assert failure(unknown) == (
        "'small' cannot be attached completely: the shifts of 5 sentences are unknown, the first at 10–40; "
        "run oped_dataset.fingerprint(article, text)"
    )


def test_records_outside_all_sentences_fail(small: dict[str, Any]) -> None:
    del small["source"]["sentences"][1]
    small["mentions"].insert(0, small["mentions"][0] | {"id": "m-title", "span": place("Toll")})

    assert failure(wire.from_data(small)) == (
        "'small' has records outside all sentences, which are lost: m-title at 4–8; m-gull at 73–77; "
        "m-sel at 84–87; q-loss at 57–66; said-sel at 42–67; and 3 more"
    )


def test_a_different_text_fails(sourced: Article) -> None:
    assert failure(sourced, TEXT.replace("fall", "rise")) == (
        "'small': 1 of 5 sentences were not found in a copy with different quotation marks: 148–169; "
        "check that it is the annotated text, or run oped_dataset.fingerprint"
    )


def test_lost_spans_fail(article: Article) -> None:
    first, *_, last = fingerprint(article, TEXT).source.sentences
    whole = attrs.evolve(article.mentions[0], span=Span(first.span.start, last.span.end))
    empty: dict[str, Any] = {table: () for table in article.tables if table not in ("entities", "mentions")}
    source = attrs.evolve(article.source, sentences=(first, last))

    assert failure(attrs.evolve(article, **empty, mentions=[whole], source=source)) == (
        "'small': spans are lost in a copy with different quotation marks: m-maro at 10–169 (it runs over sentences "
        "that are not adjacent in the copy)"
    )
