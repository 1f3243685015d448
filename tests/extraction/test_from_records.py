"""Articles from dicts with pieces of text."""

from __future__ import annotations

import copy
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from small import TEXT, place

from oped_dataset import Article, ClaimKind, Extraction, Span, from_records, score, validate
from oped_dataset.codec import wire
from oped_dataset.errors import NotComparable
from oped_dataset.extraction.from_records import KINDS
from oped_dataset.model.records import spans_of
from oped_dataset.testing import strategies
from oped_dataset.text.canonical import text_digest

DEFAULTS = {
    "mention": {"form": "name"},
    "voice": {"act": "say", "channel": "unspecified", "mode": "indirect"},
}
MARO = {"record": "entity", "name": "Maro", "kind": "person"}
LOSS: dict[str, Any] = {
    "record": "claim",
    "gist": "The ferry is short of money.",
    "kind": "quantity",
    "ground": "testimony",
    "text": "The ferry lost 40 crowns",
    "voices": [
        {"source": "Ines", "commitment": "uncommitted"},
        {"source": "the Gull", "commitment": "certain", "cue": "cited"},
    ],
}

RISE: dict[str, Any] = {
    "record": "event",
    "id": "e",
    "kind": "governing",
    "gist": "Maro makes the toll higher.",
    "status": "occurred",
    "participants": [{"entity": "Maro", "role": "agent"}],
    "place": "the port",
    "text": ["on May 3", "Maro raised the toll"],
}


@pytest.fixture
def article(small: dict[str, Any]) -> Article:
    return wire.from_data(small)


def made(article: Article, *records: Any, **options: Any) -> Extraction:
    return from_records(records, like=article, **{"defaults": DEFAULTS, **options})


def problems(article: Article, *records: Any, **options: Any) -> list[str]:
    return [str(problem) for problem in made(article, *records, **options).problems]


def test_a_record_of_each_kind(article: Article) -> None:
    records = [
        {"record": "mention", "text": "Maro", "entity": "Maro"},
        {"record": "time", "id": "t", "text": "May 3", "kind": "date", "value": "2019-05-03"},
        {"record": "quantity", "id": "q", "text": "40 crowns", "value": "40", "unit": "crowns"},
        {"record": "quotation", "text": "The ferry lost 40 crowns,", "kind": "direct", "speaker": "gull"},
        RISE,
        {"record": "relation", "id": "r", "subject": "maro", "predicate": "leads", "object": "the port"}
        | {"text": "She leads the port"},
        LOSS | {"id": "c", "quantities": ["q"], "events": ["e"], "relations": ["r"], "about": ["Maro"]},
        LOSS | {"id": "d", "text": "the port may fall", "voices": [LOSS["voices"][0] | {"hedges": ["may"]}]},
        {"record": "argument", "source": "c", "target": "d", "kind": "supports"},
        MARO,
        {"record": "entity", "id": "the-port", "name": "the port", "kind": "place"},
    ]

    extraction = made(article, *records)

    assert extraction.ok
    assert validate(extraction.article).problems == ()
    assert {name: len(table) for name, table in extraction.article.tables.items()} == {
        **dict.fromkeys(article.tables, 1),
        "entities": 5,
        "claims": 2,
    }
    assert extraction.article.events["e"].evidence == (Span(**place("Maro raised the toll")), Span(**place("on May 3")))


def test_the_article_is_otherwise_like_the_other(article: Article) -> None:
    extraction = made(article)

    assert extraction.article.title == article.title
    assert extraction.article.entities.ids == ("gull", "ines", "leo")
    assert extraction.article.source.text == TEXT
    assert validate(extraction.article).ok


def test_authors_that_are_no_entities_are_not_made_up(article: Article) -> None:
    assert made(attrs.evolve(article, entities=())).article.entities.ids == ()


def test_pieces_are_compared_in_the_normal_form(article: Article) -> None:
    extraction = made(article, {"record": "mention", "text": '"The  ferry', "entity": "the gull"})

    assert extraction.article.mentions[0].span == Span(**place("“The ferry"))


def test_a_cue_is_looked_for_near_the_evidence(article: Article) -> None:
    text = f"{TEXT}It cited no one.\n"
    source = attrs.evolve(article.source, text=text, length=len(text), sha256=text_digest(text))

    extraction = made(attrs.evolve(article, source=source), LOSS)

    assert extraction.article.claims[0].voices[1].cue == Span(**place("cited"))


def test_a_cue_may_stand_elsewhere_when_it_stands_once(article: Article) -> None:
    extraction = made(article, LOSS | {"text": "Maro raised the toll"})

    assert extraction.article.claims[0].voices[1].cue == Span(**place("cited"))


def test_within_tells_two_places_apart(article: Article) -> None:
    record = {"record": "mention", "text": "port", "within": "the port may", "entity": "the gull"}

    assert made(article, record).article.mentions[0].span == Span(166 - len("port may fall.") + 3, 166 - 7)


def test_offsets_will_do(article: Article) -> None:
    extraction = made(
        article,
        {"record": "mention", "span": {"start": 10, "end": 14}, "entity": "the gull"},
        {"record": "mention", "text": {"start": 10, "end": 14}, "entity": "the gull"},
        LOSS | {"evidence": [place("She leads")], "text": "is not looked at"},
        {"record": "quotation", "span": place("May 3"), "text": "May 3", "kind": "term"},
    )

    assert [each.span for each in extraction.article.mentions] == [Span(10, 14)] * 2
    assert extraction.article.claims[0].evidence == (Span(**place("She leads")),)


def test_ids_are_made_and_given_ones_kept(article: Article) -> None:
    mention = {"record": "mention", "text": "Maro", "entity": "Ines"}

    extraction = made(
        article, mention, mention, mention | {"id": "mention"}, {"record": "entity", "name": "王", "kind": "person"}
    )

    assert extraction.article.mentions.ids == ("mention-2", "mention-3", "mention")
    assert "entity" in extraction.article.entities


def test_names_make_entities_where_a_kind_is_given(article: Article) -> None:
    defaults = {**DEFAULTS, "entity": {"kind": "person"}}
    records = [{"record": "mention", "text": "Maro", "entity": name} for name in ("Maro", " MARO ", "maro")]

    extraction = made(article, *records, defaults=defaults)

    assert extraction.article.entities.ids == ("gull", "ines", "leo", "maro")
    assert extraction.article.entities["maro"].name == "Maro"


def test_an_entity_that_is_described_again_joins_its_aliases(article: Article) -> None:
    mention = {"record": "mention", "text": "Maro", "entity": "Zed"}

    extraction = made(article, MARO | {"aliases": ["The warden"]}, MARO | {"aliases": ["Zed", "The warden"]}, mention)

    assert extraction.problems == ()
    assert extraction.article.entities["maro"].aliases == ("The warden", "Zed")
    assert extraction.article.mentions[0].entity == "maro"


def test_an_entity_that_is_described_differently_is_refused(article: Article) -> None:
    assert problems(article, MARO, MARO | {"kind": "place", "aliases": ["Zed"]}) == [
        (
            "error OPED-conflicting-entity at /1/kind: 'Maro' has been described before, with another kind; "
            "give the same values, or an id if it is another entity"
        )
    ]
    assert problems(article, MARO, MARO | {"kind": "plaice"}) == [
        "error OPED-unknown-label at /1/kind: 'plaice' is no EntityKind; did you mean 'place'?"
    ]


def test_an_entity_without_a_name_is_reported_whatever_others_are_called(article: Article) -> None:
    nameless = {"record": "entity", "kind": "person"}

    found = problems(article, MARO | {"name": "None"}, nameless)

    assert found == ["error OPED-missing-key at /1: the key 'name' is missing"]


def test_an_entity_that_is_known_is_not_made_again(article: Article) -> None:
    extraction = made(article, MARO, MARO, {"record": "entity", "name": "ines", "kind": "person"})

    assert extraction.article.entities.ids == ("gull", "ines", "leo", "maro")


def test_the_text_can_be_given(article: Article) -> None:
    textless = attrs.evolve(article, source=attrs.evolve(article.source, text=None))

    assert made(textless, {"record": "mention", "text": "Maro", "entity": "Ines"}, text=TEXT).ok


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (None, "'small' does not hold its text; give it as `text`"),
        (
            "The Toll",
            "the text is not the one 'small' counts in; carry it over first: like=like.attach(text).to_article()",
        ),
    ],
)
def test_a_text_that_is_not_there_is_missed(article: Article, text: str | None, message: str) -> None:
    textless = attrs.evolve(article, source=attrs.evolve(article.source, text=None))

    with pytest.raises(NotComparable) as caught:
        from_records([], like=textless, text=text)

    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("record", "message"),
    [
        (5, "OPED-wrong-type at /0: must be a dict whose keys are str"),
        ({5: 5}, "OPED-wrong-type at /0: must be a dict whose keys are str"),
        (LOSS | {"text": {"start": 5}}, "OPED-missing-key at /0/text: the key 'end' is missing"),
        (
            LOSS | {"text": ["May 3", 5]},
            "OPED-wrong-type at /0/text/1: must be a piece of the text, or an object with start and end",
        ),
        (
            {"record": "quotation", "kind": "term", "span": place("May")},
            "OPED-missing-key at /0: the key 'text' is missing",
        ),
        ({}, "OPED-unknown-record at /0/record: None is no kind of record; it is one of " + ", ".join(KINDS)),
        ({"record": "clam"}, "OPED-unknown-record at /0/record: 'clam' is no kind of record; did you mean 'claim'?"),
        (
            {"record": "mention", "entity": "Ines"},
            "OPED-missing-key at /0: the key 'text' is missing, and no place is given either",
        ),
        (
            {"record": "mention", "text": " ", "entity": "Ines"},
            "OPED-wrong-type at /0/text: must be a piece of the text, or an object with start and end",
        ),
        (
            {"record": "mention", "text": "Mar", "entity": "Ines"},
            "OPED-snippet-missing at /0/text: 'Mar' does not stand in the text",
        ),
        (
            {"record": "mention", "text": "x" * 61, "entity": "Ines"},
            f"OPED-snippet-missing at /0/text: '{'x' * 60}…' does not stand in the text",
        ),
        (
            {"record": "mention", "text": "Sel", "within": "Maro raised", "entity": "Ines"},
            "OPED-snippet-missing at /0/text: 'Sel' does not stand within the piece given",
        ),
        (
            {"record": "mention", "text": "the", "entity": "Ines"},
            "OPED-snippet-ambiguous at /0/text: 'the' stands in 4 places; give a longer piece around it as `within`",
        ),
        (
            {"record": "mention", "text": "Sel", "entity": "Inez"},
            "OPED-unknown-entity at /0/entity: no entity is called 'Inez'; did you mean 'ines'?",
        ),
        (
            LOSS | {"voices": [{"source": "Ulf", "commitment": "certain"}]},
            "OPED-unknown-entity at /0/voices/0/source: no entity is called 'Ulf'; add an entity of this name",
        ),
        (LOSS | {"voices": []}, "OPED-invalid-value at /0/voices: Claim.voices: must not be empty"),
        (LOSS | {"voices": ["Ines"]}, "OPED-wrong-type at /0/voices/0: must be an object, not a string"),
        (LOSS | {"voices": "Ines"}, "OPED-wrong-type at /0/voices: must be a list, not a string"),
        (
            LOSS | {"voices": [LOSS["voices"][0] | {"hedges": "may"}]},
            "OPED-wrong-type at /0/voices/0/hedges: must be a list, not a string",
        ),
        (LOSS | {"about": [5]}, "OPED-wrong-type at /0/about/0: must be a string, not a whole number"),
        (
            LOSS | {"kind": "guess"},
            f"OPED-unknown-label at /0/kind: 'guess' is no ClaimKind; ClaimKind has {', '.join(ClaimKind)}",
        ),
    ],
)
def test_a_record_that_cannot_be_made_is_reported(article: Article, record: Any, message: str) -> None:
    assert problems(article, record) == [f"error {message}"]


def test_participants_that_are_none_are_reported(article: Article) -> None:
    event = {"record": "event", "kind": "governing", "gist": "x", "status": "occurred", "text": "She leads"}

    assert problems(article, event | {"participants": ["Ines"]}) == [
        "error OPED-wrong-type at /0/participants/0: must be an object, not a string"
    ]


def test_problems_come_in_the_order_of_the_records(article: Article) -> None:
    found = problems(article, {"record": "mention", "text": "Mar"}, {"record": "entity"}, MARO)

    assert [problem.split()[3].rstrip(":") for problem in found] == ["/0/text", "/1", "/1"]


def test_records_that_cannot_be_resolved_are_kept_as_they_were_given(article: Article) -> None:
    wrong = [{"record": "mention", "text": "Mar", "entity": "Maro"}, "no dict", {"record": "entity"}]

    extraction = made(article, wrong[0], MARO, wrong[1], wrong[2])

    assert extraction.rejected == tuple(wrong)
    assert made(article, MARO).rejected == ()


def test_what_is_given_is_not_changed(article: Article) -> None:
    records = copy.deepcopy([LOSS, RISE, MARO])

    made(article, *records)

    assert records == [LOSS, RISE, MARO]


def test_a_place_inside_a_character_is_none(article: Article) -> None:
    text = "They wait… no."
    source = attrs.evolve(article.source, text=text, length=len(text), sha256=text_digest(text), sentences=())

    found = problems(
        attrs.evolve(article, source=source, headings=()), {"record": "mention", "text": "wait.", "entity": "Ines"}
    )

    assert found == ["error OPED-snippet-missing at /0/text: 'wait.' does not stand in the text"]


@settings(max_examples=30)
@given(strategies.articles(with_text=True))
def test_an_article_written_in_pieces_is_made_again(article: Article) -> None:
    text = str(article.source.text)
    records = [{"record": kind, **row} for kind, table in KINDS.items() for row in wire.to_data(article)[table]]

    extraction = from_records(records, like=article, text=text)

    assert [spans_of(each) for each in extraction.article.claims] == [spans_of(each) for each in article.claims]
    assert {layer.spans.f1 for layer in score(extraction, article).layers.values()} <= {1, None}
