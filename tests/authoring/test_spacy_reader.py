"""Drafts made from a spaCy Doc."""

from __future__ import annotations

from typing import Any

import pytest

from oped_dataset import Span, lint, load
from oped_dataset.authoring import Draft, from_spacy, loads_draft
from oped_dataset.authoring.drafts import dumps_draft
from oped_dataset.exports import to_spacy
from oped_dataset.model.vocabulary import EntityKind

spacy = pytest.importorskip("spacy")

NO_KIND = "does not denote a kind of entity, date or amount; add its kind to `labels`"
NO_MENTION = "is not a form, or its kb_id is not an entity"

TEXT = "Maro raised 😀 the toll in May. Sel of Halm said “no” to 40 Halmers. Halm fell."


def _doc(*ents: tuple[str, str], sentences: bool = True, **options: Any) -> Any:
    """A Doc with one entity for each word and label."""
    nlp = spacy.blank("en")
    if sentences:
        nlp.add_pipe("sentencizer")
    doc = nlp(TEXT)
    doc.ents = [_span(doc, words, label, **options) for words, label in ents]
    return doc


def _span(doc: Any, words: str, label: str, **options: Any) -> Any:
    start = TEXT.index(words)
    return doc.char_span(start, start + len(words), label=label, **options)


def _draft(doc: Any, **options: Any) -> Draft:
    return from_spacy(doc, id="toll", **options)


def _problems(draft: Draft) -> list[str]:
    return [str(each).removeprefix("error ") for each in draft.problems]


def test_sentences_and_text_are_those_of_the_doc() -> None:
    article = _draft(_doc(), with_text=True).article

    assert article.source.text == TEXT
    assert [TEXT[each.span.start : each.span.end][-6:] for each in article.source.sentences] == [
        "n May.",
        "lmers.",
        " fell.",
    ]
    assert article.attach(TEXT.replace("“", '"').replace("”", '"')).coverage.sentences.share == 1


def test_a_doc_without_sentences_is_split() -> None:
    draft = _draft(_doc(sentences=False), splitter=lambda text: [(0, len(text))])

    assert [each.span for each in draft.article.source.sentences] == [Span(0, len(TEXT))]


def test_names_become_entities_and_mentions() -> None:
    draft = _draft(_doc(("Maro", "PERSON"), ("Halm", "GPE"), ("Halmers", "NORP")), authors=["Maro"])

    assert [(each.id, each.kind) for each in draft.article.entities] == [
        ("maro", "person"),
        ("halm", "place"),
        ("halmers", "group"),
    ]
    assert [
        (each.id, each.entity, TEXT[each.span.start : each.span.end], each.form) for each in draft.article.mentions
    ] == [
        ("mention-1", "maro", "Maro", "name"),
        ("mention-2", "halm", "Halm", "name"),
        ("mention-3", "halmers", "Halmers", "adjectival"),
    ]
    assert draft.problems == ()


def test_dates_and_amounts_become_proposals() -> None:
    draft = _draft(_doc(("May", "DATE"), ("40", "CARDINAL")))

    assert [(each.id, each.spans, each.unfilled) for each in draft.proposals if each.by == "spaCy"] == [
        ("time-1", (Span(26, 29),), ("kind",)),
        ("quantity-1", (Span(56, 58),), ("value",)),
    ]


def test_names_of_one_kb_id_are_one_entity_with_an_identifier() -> None:
    draft = _draft(_doc(("Maro", "PERSON"), ("Sel", "PERSON"), kb_id="Q42"))

    (entity,) = draft.article.entities
    assert (entity.id, entity.name, entity.aliases) == ("maro", "Maro", ("Sel",))
    (identifier,) = entity.identifiers
    assert (identifier.scheme, identifier.value, identifier.seen_in) == ("wikidata", "Q42", "kb_id of spaCy at 0–4")


def test_a_kb_id_may_be_of_a_named_register_or_the_id_of_an_entity() -> None:
    named = _draft(_doc(("Maro", "PERSON"), kb_id="0042"), scheme="viaf").article.entities[0]
    own = _draft(_doc(("Maro", "PERSON"), kb_id="ines-maro")).article.entities[0]

    assert (named.id, named.identifiers[0].scheme) == ("maro", "viaf")
    assert (own.id, own.identifiers) == ("ines-maro", ())


def test_names_of_one_id_are_one_entity() -> None:
    draft = _draft(_doc(("Maro", "PERSON"), ("Sel", "PERSON"), span_id="the-mayor"))

    assert [(each.id, each.aliases) for each in draft.article.entities] == [("the-mayor", ("Sel",))]


def test_a_kb_id_of_an_unknown_register_is_a_problem() -> None:
    draft = _draft(_doc(("Maro", "PERSON"), kb_id="X 42"))

    assert draft.article.entities.ids == ("maro",)
    assert _problems(draft) == [
        "OPED-invalid-value at /ents/0: the register of the kb_id 'X 42' at 0–4 is unknown; pass it as `scheme`"
    ]


def test_a_label_of_a_different_pipeline_is_mapped_or_is_a_problem() -> None:
    doc = _doc(("Maro", "MAYOR"), ("May", "DATE"))

    assert _problems(_draft(doc)) == [
        f"OPED-unknown-label at /ents/0: the label 'MAYOR' at 0–4 {NO_KIND}",
    ]
    labels = {"MAYOR": EntityKind.PERSON, "DATE": EntityKind.GATHERING}
    assert _draft(doc, labels=labels).article.entities.ids == ("maro", "may")


def test_groups_named_after_tables_are_proposals() -> None:
    doc = _doc()
    doc.spans["quotations"] = [_span(doc, "no", "mixed", span_id="q-no")]
    doc.spans["claims"] = [_span(doc, each, "", span_id="c-rise") for each in ("the toll", "Maro raised")]
    doc.spans["events"] = [_span(doc, "raised", "RISE", span_id="Not A Slug"), _span(doc, "fell", "", kb_id="Q1")]
    doc.spans["a/b~"] = [_span(doc, "Halm", "LOC"), _span(doc, "Halm", "LOC"), _span(doc, "toll", "")]
    draft = _draft(doc)

    assert [(each.id, each.layer, len(each.spans), each.unfilled) for each in draft.proposals[1:]] == [
        ("q-no", "quotations", 1, ()),
        ("c-rise", "claims", 2, ("gist", "kind", "ground", "voices")),
        ("event-1", "events", 1, ("kind", "gist", "status")),
        ("event-2", "events", 1, ("kind", "gist", "status")),
    ]
    assert draft.article.mentions.ids == ("mention-1",)
    assert _problems(draft) == [
        "OPED-unknown-label at /spans/events/0: the label 'RISE' at 5–11 is not in EventKind; its 'kind' is left open",
        "OPED-invalid-value at /spans/events/1: the kb_id 'Q1' at 73–77 cannot be kept; only entities have identifiers",
        f"OPED-unknown-label at /spans/a~1b~0/2: the label '' at 18–22 {NO_KIND}",
    ]


def test_a_span_without_words_is_a_problem() -> None:
    doc = _doc()
    doc.spans["claims"] = doc.spans["sc"] = [doc[3:3]]

    assert _problems(_draft(doc)) == [
        "OPED-invalid-value at /spans/claims/0: the span contains no words",
        "OPED-invalid-value at /spans/sc/0: the span contains no words",
    ]


def test_a_mention_group_has_forms_and_entities() -> None:
    doc = _doc(("Sel", "PERSON"))
    doc.spans["mentions"] = [_span(doc, "Maro", "name", kb_id="sel"), _span(doc, "Halm", "name", kb_id="halm")]
    draft = _draft(doc)

    assert [each.entity for each in draft.article.mentions] == ["sel", "sel"]
    assert _problems(draft) == [
        f"OPED-dangling-reference at /spans/mentions/1: the label of the mention at 38–42 {NO_MENTION}",
    ]


def test_an_article_of_the_package_goes_to_spacy_and_back() -> None:
    article = load("harbour-toll")
    draft = _draft(to_spacy(article))

    names = {(each.entity, each.span) for each in article.mentions if each.form == "name"}
    assert names <= {(each.entity, each.span) for each in draft.article.mentions}
    assert {each.id for each in draft.proposals} > {each.id for each in article.claims}
    assert [each.span for each in draft.article.source.sentences] == [each.span for each in article.source.sentences]


def test_the_draft_is_written_and_linted() -> None:
    draft = _draft(_doc(("Sel", "PERSON")))

    assert loads_draft(dumps_draft(draft)).article == draft.article
    assert {each.code for each in lint(draft, TEXT).problems} == {
        "LINT-unfilled-head",
        "LINT-open-proposal",
        "LINT-uncovered-sentence",
        "LINT-unrecorded-name",
    }
