"""Writing an article as records, and the round trip."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small import TEXT

from oped_dataset import Article, Span, from_records, load, passages, to_records
from oped_dataset.codec import wire
from oped_dataset.errors import InvalidRecord, NotComparable
from oped_dataset.extraction.forms import KINDS, layers_of
from oped_dataset.extraction.pieces import Pieces
from oped_dataset.model.article import TABLES
from oped_dataset.testing import strategies


@pytest.fixture
def article(small: dict[str, Any]) -> Article:
    return wire.from_data(small)


def with_text(article: Article, text: str) -> Article:
    return attrs.evolve(article, source=attrs.evolve(article.source, text=text))


def expected(article: Article, layers: Iterable[str] = TABLES) -> Article:
    """Remove from an article everything that records are documented to lose."""
    pieces = Pieces(str(article.source.text))
    own = dict.fromkeys((article.publisher, *article.authors, *article.contributors))
    tables: dict[str, Any] = {name: [*table] if name in layers else [] for name, table in article.tables.items()}
    entities = article.entities if "entities" in layers else [article.entities[each] for each in own]
    tables["entities"] = [each if each.id in own else attrs.evolve(each, identifiers=()) for each in entities]
    for name in {"events", "relations", "claims"} & set(layers):
        spans = [sorted(filter(None, map(pieces.trimmed, each.evidence))) for each in tables[name]]
        tables[name] = [attrs.evolve(each, evidence=tuple(s)) for each, s in zip(tables[name], spans, strict=True)]
    unknown = {name: () for name in ("events", "relations", "quantities") if name not in layers}
    tables["claims"] = [attrs.evolve(each, **unknown) for each in tables["claims"]]
    if "claims" not in layers:
        tables["quotations"] = [attrs.evolve(each, claims=()) for each in tables["quotations"]]
    return attrs.evolve(article, errata=(), **tables)


def test_a_record_has_all_keys_of_its_kind(article: Article) -> None:
    claims = to_records(article, ["claims"])["records"]

    assert claims[-1] == {
        "record": "claim",
        "id": "c-fall",
        "evidence": ["the port may fall"],
        "gist": "The port goes under.",
        "voices": [
            {
                "cue": None,
                "hedges": ["may"],
                "source": "Ines",
                "act": "say",
                "channel": "published-work",
                "commitment": "possible",
                "mode": "direct",
            }
        ],
        "about": [],
        "kind": "happening",
        "ground": "bare",
    }
    assert [each["record"] for each in claims] == ["entity"] * 6 + ["claim"] * 4


def test_equal_pieces_are_distinguished(article: Article) -> None:
    records = to_records(article, ["mentions"])["records"]
    mentions = {each["id"]: each["text"] for each in records if each["record"] == "mention"}

    assert mentions["m-maro"] == "Maro"
    assert mentions["m-port"] == {"text": "port", "within": "port. So", "occurrence": None}


def test_an_entity_with_a_shared_name_is_referred_to_by_its_id(article: Article) -> None:
    namesakes = [attrs.evolve(each, aliases=("maro",)) if each.id == "sel" else each for each in article.entities]

    records = to_records(attrs.evolve(article, entities=namesakes), ["mentions"])["records"]

    assert {each["entity"] for each in records[6:]} == {"maro", "the Gull", "Sel", "the port"}


@pytest.mark.parametrize("name", ["harbour-toll", "retired-officials-2019"])
def test_a_bundled_article_survives_a_round_trip(name: str, request: pytest.FixtureRequest) -> None:
    article = load(name)
    if article.source.text is None:
        article = with_text(article, request.getfixturevalue("article_text"))

    extraction = from_records(to_records(article), like=article)

    assert extraction.problems == ()
    assert extraction.article == expected(article)


@given(strategies.articles(with_text=True), st.sets(st.sampled_from(TABLES), min_size=1))
def test_a_generated_article_survives_a_round_trip(article: Article, layers: set[str]) -> None:
    extraction = from_records(to_records(article, layers), like=article)

    assert extraction.problems == ()
    assert extraction.article == expected(article, layers_of(layers))


def test_a_span_without_words_is_left_out(article: Article) -> None:
    spaces, whole = Span(8, 10), Span(0, 8)
    mention = attrs.evolve(article.mentions[0], span=spaces)
    claims = [
        attrs.evolve(article.claims[0], evidence=(whole, spaces)),
        attrs.evolve(article.claims[1], evidence=(spaces,)),
        attrs.evolve(article.claims[2], voices=(attrs.evolve(article.claims[2].voices[0], hedges=(spaces,)),)),
    ]

    records = to_records(attrs.evolve(article, mentions=[mention], claims=claims))["records"]

    assert TEXT[:10] == "The Toll\n\n"
    assert [each["evidence"] for each in records if each["record"] == "claim"] == [["The Toll"]]
    assert not [each for each in records if each["record"] in ("mention", "argument")]


def test_the_records_of_a_passage_lie_inside_it(article: Article) -> None:
    text = article.source.text or ""
    (passage,) = [each for each in passages(text, 75, 0, like=article) if "leads the port" in each.text]

    records = to_records(article, passage=passage)["records"]

    assert {(each["record"], each["id"]) for each in records} == {
        ("entity", "ines"),
        ("entity", "maro"),
        ("entity", "port"),
        ("mention", "m-she"),
        ("mention", "m-port"),
        ("relation", "r-head"),
        ("claim", "c-head"),
        ("event", "e-fall"),
        ("claim", "c-fall"),
    }
    assert from_records([to_records(article, passage=passage)], like=article, passages=[passage]).ok


def test_references_out_of_a_passage_are_left_out(article: Article) -> None:
    passage = next(each for each in passages(TEXT, 60, 0) if "Maro raised" in each.text)
    late = attrs.evolve(article.claims[0], events=("e-rise", "e-fall"))

    records = to_records(attrs.evolve(article, claims=[late, *article.claims[1:]]), passage=passage)["records"]

    assert [each["events"] for each in records if each["record"] == "claim"] == [["e-rise"]]
    assert [each["anchor"] for each in records if each["record"] == "time"] == ["publication-date"]


@pytest.mark.parametrize(
    ("layers", "asked"),
    [
        (["arguments"], ("entities", "claims", "arguments")),
        (["mentions"], ("entities", "mentions")),
        (["times", "entities"], ("entities", "times")),
        (None, TABLES),
    ],
)
def test_layers_include_those_they_refer_to(article: Article, layers: list[str] | None, asked: tuple[str, ...]) -> None:
    found = {KINDS[each["record"]] for each in to_records(article, layers)["records"]}

    assert tuple(layer for layer in TABLES if layer in found) == asked


@pytest.mark.parametrize(
    ("layers", "message"),
    [
        ("claims", "layers: must be several names of layers, not the string 'claims'"),
        (["claim"], "layers: there is no layer 'claim'; did you mean 'claims'?"),
        (["x"], f"layers: there is no layer 'x'; the layers are {', '.join(TABLES)}"),
        ([], "layers: must name at least one layer"),
    ],
)
def test_unknown_layers_are_rejected(article: Article, layers: Any, message: str) -> None:
    with pytest.raises(InvalidRecord) as caught:
        to_records(article, layers)

    assert str(caught.value) == message


def test_an_article_without_its_text_is_rejected(article: Article) -> None:
    with pytest.raises(NotComparable) as caught:
        to_records(attrs.evolve(article, source=attrs.evolve(article.source, text=None)))

    assert (
        str(caught.value) == "'small' does not contain its text; attach a copy first: article.attach(text).to_article()"
    )
