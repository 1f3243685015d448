"""Long chains of voices beside many events: exports grow with the article, or are refused."""

from __future__ import annotations

import pickle
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from judges import need
from small import small
from worst import many_sentences

from oped_dataset import Article, Span, export, formats
from oped_dataset.codec import wire
from oped_dataset.errors import InvalidImport, NotExportable
from oped_dataset.exports import from_tables, from_web_annotation, to_tables, to_web_annotation
from oped_dataset.exports.attribution import CHAINS, Attribution

SMALL = wire.from_data(small())
FREE = [each for each in formats() if each.name not in ("turtle", "rdf")]


def relayed(depth: int, number: int, claims: int = 1) -> Article:
    """The small article with events that are carried by claims whose chains have this depth."""
    author, *inner = SMALL.claims["c-loss"].voices
    voices = (author, *(inner[position % len(inner)] for position in range(depth - 1)))
    events = [attrs.evolve(SMALL.events[0], id=f"e-{position}") for position in range(number)]
    ids = tuple(event.id for event in events)
    loss = SMALL.claims["c-loss"]
    carriers = [
        attrs.evolve(loss, id=f"c-{position}", voices=voices, events=(*loss.events, *ids)) for position in range(claims)
    ]
    return attrs.evolve(SMALL, events=[*SMALL.events, *events], claims=[*SMALL.claims, *carriers])


def size_of(made: Any) -> int:
    """The size of an export in bytes, however it is represented."""
    if isinstance(made, bytes):
        return len(made)
    if isinstance(made, str):
        return len(made.encode())
    if hasattr(made, "to_json") and hasattr(made, "typesystem"):
        return len(made.to_json())
    if hasattr(made, "nbytes"):
        return int(made.nbytes)
    if hasattr(made, "estimated_size"):
        return int(made.estimated_size())
    if hasattr(made, "values") and not hasattr(made, "to_dict"):
        return sum(map(size_of, made.values()))
    # Voices that rows share are written once.
    return len(pickle.dumps(made))


def _size(name: str, depth: int, number: int) -> int | None:
    try:
        return size_of(export(relayed(depth, number), name))
    except NotExportable:
        return None


@pytest.mark.parametrize("found", FREE, ids=lambda found: str(found.name))
def test_a_long_chain_beside_many_events_is_not_written_as_often_as_there_are_events(found: Any) -> None:
    need(found)
    few, some, many = (_size(found.name, 15 * times, 25 * times) for times in (8, 16, 32))

    assert many is None or (few is not None and some is not None and many - some <= 2.4 * (some - few))


@pytest.mark.parametrize("name", ["arrow", "parquet", "polars", "docbin"])
def test_a_format_that_repeats_the_chains_refuses_them(name: str) -> None:
    need(next(found for found in formats() if found.name == name))

    with pytest.raises(NotExportable) as caught:
        export(relayed(120, 200), name)

    assert str(caught.value) == (
        "the 202 rows of 'events' would repeat 24002 voices of claims, and this format repeats at most 17024; try "
        "datapackage or web-annotation, which write every chain once"
    )


@pytest.mark.parametrize("name", ["brat", "label-studio", "web-annotation"])
def test_a_format_that_quotes_the_text_for_every_span_refuses_many_long_ones(name: str) -> None:
    article = many_sentences(60)

    with pytest.raises(NotExportable) as caught:
        export(article, name)

    number = 604440 if name == "web-annotation" else 705180
    assert str(caught.value) == (
        f"{name} would repeat {number} characters for the spans of records, and repeats at most 126864 here; "
        "try stam, which refers to the text by offsets"
    )


def test_a_page_without_the_quoted_words_is_refused_like_the_page_with_them() -> None:
    article = many_sentences(60)
    page = to_web_annotation(attrs.evolve(article, source=attrs.evolve(article.source, text=None)))
    page["article"]["annotatedText"]["text"] = article.source.text

    with pytest.raises(InvalidImport, match=r"^the page cannot be written again for comparison: web-annotation would"):
        from_web_annotation(page)


def test_a_cas_refuses_to_repeat_the_features_of_a_record_with_many_spans() -> None:
    need(next(found for found in formats() if found.name == "cas"))
    article = many_sentences(3)
    gist = attrs.evolve(article.claims[0], gist="Long " * 40_000, evidence=tuple(Span(at, at + 1) for at in range(27)))

    with pytest.raises(NotExportable, match=r"^cas would repeat \d+ characters for the spans of records"):
        export(attrs.evolve(article, claims=[gist, *article.claims[1:]]), "cas")


def test_the_middle_of_a_long_chain_is_counted_on_a_line() -> None:
    line = Attribution.of(relayed(19, 1)).line("c-0").split(" > ")

    assert len(line) == 17
    assert line[0] == "Ines (say, uncommitted)"
    assert line[8] == "… 3 more voices …"


def test_further_claims_are_counted_on_a_long_line() -> None:
    chains = Attribution.of(relayed(16, 1, claims=40)).told_by_line("e-0").split(CHAINS)

    assert len(set(chains[:-1])) == 1
    assert chains[-1] == f"… {41 - len(chains)} more claims"
    assert len(chains) < 20


def test_a_chain_of_sixteen_voices_is_shown_in_full() -> None:
    assert "more voices" not in Attribution.of(relayed(16, 1)).line("c-0")


@settings(max_examples=5)
@given(depth=st.integers(1, 40), number=st.integers(0, 5), claims=st.integers(1, 30))
def test_long_chains_come_back_from_the_tables(depth: int, number: int, claims: int) -> None:
    article = relayed(depth, number, claims)

    assert from_tables(to_tables(article)) == article
