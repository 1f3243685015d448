"""Repairing the spelling of values, and listing the repairs."""

from __future__ import annotations

from typing import Any

import pytest
from small import TEXT

from oped_dataset import (
    Act,
    Article,
    Channel,
    Commitment,
    EntityKind,
    EventKind,
    Extraction,
    Passage,
    Span,
    from_records,
    score,
)
from oped_dataset.codec import wire
from oped_dataset.extraction.repairs import label_for, slug_for, tidy
from oped_dataset.model.vocabulary import Vocabulary

MARO = {"record": "entity", "name": "Lydia Maro", "kind": "person"}
SEL = {"record": "entity", "name": "Sel Maro", "kind": "person"}
VOICE = {"source": "Ines", "act": "say", "channel": "published-work", "commitment": "certain", "mode": "direct"}
RISE: dict[str, Any] = {
    "record": "claim",
    "gist": "that the toll rose",
    "kind": "happening",
    "ground": "bare",
    "evidence": ["Maro raised the toll"],
    "voices": [VOICE],
}


@pytest.fixture
def article(small: dict[str, Any]) -> Article:
    return wire.from_data(small)


def made(article: Article, *records: Any, repair: bool = True) -> Extraction:
    return from_records(records, like=article, repair=repair)


def listed(article: Article, *records: Any) -> list[str]:
    return [str(each) for each in made(article, *records).repairs]


@pytest.mark.parametrize(
    ("value", "labels", "label"),
    [
        ("certainly not", Commitment, "certainly-not"),
        ("Certainly_Not", Commitment, "certainly-not"),
        ("PROBABLE.", Commitment, "probable"),
        ("likely", Commitment, "probable"),
        ("report", Act, "say"),
        ("reported", Act, "say"),
        ("said", Act, "say"),
        ("denies", Act, "deny"),
        ("promising", Act, "promise"),
        ("report", Channel, "press-report"),
        ("persons", EntityKind, "person"),
        ("legal", EventKind, "legal-process"),
        ("not", Commitment, None),
        ("perhaps", Commitment, None),
        ("", Commitment, None),
    ],
)
def test_a_word_is_a_label_if_it_can_mean_only_one(value: str, labels: type[Vocabulary], label: str | None) -> None:
    assert label_for(value, labels) == label


def test_slugs_and_whitespace() -> None:
    assert (slug_for("Claim 1_b"), slug_for("王")) == ("claim-1-b", None)
    assert tidy(" a\n b ") == "a b"


def test_labels_are_repaired_and_listed(article: Article) -> None:
    voices = [VOICE | {"commitment": "certainly not", "act": "Report"}]

    extraction = made(article, RISE | {"kind": "Happening", "voices": voices})

    assert extraction.ok
    assert [(each.pointer, each.record, each.before, each.after) for each in extraction.repairs] == [
        ("/0/voices/0/act", "claim", "Report", "say"),
        ("/0/voices/0/commitment", "claim", "certainly not", "certainly-not"),
        ("/0/kind", "claim", "Happening", "happening"),
    ]
    assert str(extraction.repairs[0]) == "/0/voices/0/act: 'Report' read as 'say', a label of Act"


def test_repaired_records_can_be_counted_as_wrong(article: Article) -> None:
    repaired = RISE | {"id": "c1", "kind": "Happening"}
    extraction = made(article, MARO, repaired, RISE | {"id": "c2"}, {"record": "clam"})

    strict = extraction.without_repairs()

    assert strict.article.claims.ids == ("c2",)
    assert strict.rejected == ({"record": "clam"}, repaired)
    assert strict.rejected_counts["claims"] == 1
    assert strict.repairs == ()
    found = [score(each, article, layers=["claims"])["claims"].spans.predicted for each in (extraction, strict)]
    assert found == [2, 2]


def test_nothing_is_repaired_by_default(article: Article) -> None:
    extraction = made(article, RISE | {"kind": "Happening"}, repair=False)

    assert (extraction.repairs, len(extraction.rejections)) == ((), 1)


def test_a_rejected_record_lists_no_repairs(article: Article) -> None:
    assert listed(article, RISE | {"kind": "Happening", "ground": "guess"}) == []


@pytest.mark.parametrize("words", ["the author", "Author", "the writer"])
def test_words_for_the_author_are_repaired(article: Article, words: str) -> None:
    extraction = made(article, RISE | {"voices": [VOICE | {"source": words}]})

    assert extraction.article.claims[0].voices[0].source == "ines"
    assert [str(each) for each in extraction.repairs] == [f"/0/voices/0/source: {words!r} read as 'Ines', the author"]


def test_words_for_the_author_are_ambiguous_with_two_authors(small: dict[str, Any]) -> None:
    article = wire.from_data(small | {"authors": ["ines", "leo"]})

    extraction = made(article, RISE | {"voices": [VOICE | {"source": "the author"}]})

    assert [each.hint for each in extraction.problems] == ["the author is called 'Ines' or 'Leo'"]


def test_an_author_without_an_entity_is_hinted_at_by_id(small: dict[str, Any]) -> None:
    article = wire.from_data(small | {"authors": ["zed"], "contributors": []})

    extraction = made(article, RISE | {"voices": [VOICE | {"source": "the author"}]}, repair=False)

    assert [each.hint for each in extraction.problems] == ["the author is called 'zed'"]


@pytest.mark.parametrize("words", ["Ms. Maro", "Maro", "Lydia", "President Maro"])
def test_a_unique_surname_is_repaired(article: Article, words: str) -> None:
    assert listed(article, MARO, RISE | {"about": [words]}) == [
        f"/1/about/0: {words!r} read as 'Lydia Maro', the one person of this name"
    ]


@pytest.mark.parametrize("words", ["Ms. Maro", "Zoe Maro"])
def test_a_shared_surname_or_another_first_name_is_not_repaired(article: Article, words: str) -> None:
    mention = {"record": "mention", "text": "Maro", "form": "name", "entity": words}
    records = [MARO, SEL, mention] if words == "Ms. Maro" else [MARO, mention]

    assert [each.code for each in made(article, *records).problems] == ["OPED-unknown-entity"]


def test_without_repair_a_surname_yields_a_hint(article: Article) -> None:
    extraction = made(article, MARO, RISE | {"about": ["Ms. Maro"]}, repair=False)

    assert [each.hint for each in extraction.problems] == ["did you mean 'Lydia Maro'?"]


def test_whitespace_is_repaired(article: Article) -> None:
    extraction = made(article, RISE | {"gist": " that the\ntoll rose"}, MARO | {"aliases": [" Lydia", "Lyd"]})

    assert extraction.article.claims[0].gist == "that the toll rose"
    assert extraction.article.entities["lydia-maro"].aliases == ("Lydia", "Lyd")
    assert [each.pointer for each in extraction.repairs] == ["/0/gist", "/1/aliases/0"]


def test_ids_are_repaired_together_with_references(article: Article) -> None:
    link = {"record": "argument", "id": "A", "source": "C 1", "target": "王", "kind": "supports"}

    extraction = made(article, RISE | {"id": "C 1"}, RISE | {"id": "王"}, link)

    assert extraction.ok
    assert (extraction.article.claims.ids, extraction.article.arguments.ids) == (("c-1", "claim"), ("a",))
    assert extraction.article.arguments[0].target == "claim"
    assert [(each.before, each.after) for each in extraction.repairs] == [("C 1", "c-1"), ("王", "claim"), ("A", "a")]


def test_unresolvable_optional_parts_are_left_out(article: Article) -> None:
    claim = RISE | {"voices": [VOICE | {"hedges": ["perhaps", "toll"]}], "about": ["Zed", "Ines"], "events": ["e-9"]}
    event: dict[str, Any] = {
        "record": "event",
        "id": "e",
        "kind": "governing",
        "gist": "rise",
        "status": "occurred",
        "place": "Reed",
    }
    event |= {"evidence": ["Maro raised"], "participants": [{"entity": "Zed", "role": "agent"}]}

    extraction = made(article, claim, event)

    assert extraction.ok
    assert [str(each) for each in extraction.repairs] == [
        ("/0/voices/0/hedges/0: 'perhaps' read as None, left out, because 'perhaps' does not occur in the text"),
        "/0/about/0: 'Zed' read as None, left out, because no entity has the name 'Zed'",
        "/0/events/0: 'e-9' read as None, left out, because no record has the id 'e-9'",
        "/1/place: 'Reed' read as None, left out, because no entity has the name 'Reed'",
        (
            "/1/participants/0: {'entity': 'Zed', 'role': 'agent'} read as None, "
            "left out, because no entity has the name 'Zed'"
        ),
    ]
    assert len(extraction.article.claims[0].voices[0].hedges) == 1
    assert extraction.article.claims[0].about == ("ines",)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"voices": [VOICE, VOICE | {"source": "Zed"}]}, "OPED-unknown-entity"),
        ({"voices": [VOICE | {"cue": "as Zed said"}]}, "OPED-snippet-missing"),
        ({"voices": [VOICE | {"commitment": "perhaps"}]}, "OPED-unknown-label"),
        ({"evidence": ["Maro raised the toll", "Zed"]}, "OPED-snippet-missing"),
        ({"voices": [VOICE | {"commitment": 5}]}, "OPED-wrong-type"),
    ],
)
def test_judgements_are_not_repaired(article: Article, changed: dict[str, Any], code: str) -> None:
    assert [each.code for each in made(article, RISE | changed).problems] == [code]


def test_a_form_of_address_in_another_passage_is_the_same_person(article: Article) -> None:
    spans = (Span(0, 60), Span(60, len(TEXT)))
    parts = [
        Passage(number=number, span=span, new=span, text=TEXT[span.start : span.end], heading="")
        for number, span in enumerate(spans, start=1)
    ]
    address = {"record": "entity", "id": "p2", "name": "Ms. Maro", "kind": "person"}

    extraction = from_records([[MARO], [address]], like=article, passages=parts, repair=True)

    assert extraction.article.entities["lydia-maro"].aliases == ("Ms. Maro",)
    assert [str(each) for each in extraction.repairs] == [
        "/1/0/name: 'Ms. Maro' read as 'Lydia Maro', the one person of this name"
    ]
    group = address | {"kind": "group"}
    assert len(from_records([[MARO], [group]], like=article, passages=parts, repair=True).article.entities) == 5
