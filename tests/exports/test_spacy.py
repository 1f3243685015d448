"""spaCy: the text is exact, every place is whole tokens, and DocBin keeps it all."""

from __future__ import annotations

import json
from typing import Any

import attrs
from hypothesis import assume, given, settings
from judges import judge

from oped_dataset import Article, Span
from oped_dataset.codec import wire
from oped_dataset.exports import to_docbin, to_spacy
from oped_dataset.testing.strategies import articles

spacy = judge("spacy")


def _read(written: bytes) -> Any:
    (doc,) = spacy.tokens.DocBin().from_bytes(written).get_docs(spacy.blank("en").vocab)
    return doc


def _places(group: Any) -> list[tuple[str, int, int]]:
    return [(span.id_, span.start_char, span.end_char) for span in group]


@settings(max_examples=10)
@given(articles())
def test_text_and_places_come_back_from_a_docbin(article: Article) -> None:
    assume(article.source.text is not None)

    doc = _read(to_docbin(article))

    assert doc.text == article.source.text
    for group in ("claims", "events", "relations"):
        records = article.tables[group]
        assert _places(doc.spans[group]) == [(r.id, span.start, span.end) for r in records for span in r.evidence]
    for group in ("mentions", "times", "quantities", "quotations"):
        records = article.tables[group]
        assert _places(doc.spans[group]) == [(r.id, r.span.start, r.span.end) for r in records]


def test_attributes_are_found_by_id(toll: Article) -> None:
    doc = _read(to_docbin(toll))
    plain = wire.to_data(toll)

    # DocBin gives lists back as tuples.
    kept = json.loads(json.dumps([doc.user_data[claim["id"]] for claim in plain["claims"]]))
    assert kept == plain["claims"]
    assert to_spacy(toll).user_data["maro"] == plain["entities"][2]


def test_what_a_claim_carries_names_its_voices(toll: Article) -> None:
    doc = to_spacy(toll)

    assert doc.user_data["r-head"]["told_by"] == [
        {"claim": "c-head", "voices": wire.to_data(toll)["claims"][2]["voices"]}
    ]
    assert [teller["claim"] for teller in doc.user_data["said-sel"]["told_by"]] == ["c-loss"]


def test_cues_have_the_commitment_as_label_and_the_claim_as_id(toll: Article) -> None:
    doc = to_spacy(toll)

    assert [(cue.text, cue.label_, cue.id_) for cue in doc.spans["cues"]] == [
        ("cited", "certain", "c-loss"),
        ("saying", "certain", "c-loss"),
    ]


def test_hedges_have_the_commitment_as_label_and_the_claim_as_id(toll: Article) -> None:
    doc = to_spacy(toll)

    assert [(hedge.text, hedge.label_, hedge.id_) for hedge in doc.spans["hedges"]] == [("may", "possible", "c-fall")]


def test_spans_that_cut_words_and_blanks_are_whole_tokens(toll: Article) -> None:
    places = (Span(149, 150), Span(150, 151), Span(153, 156), Span(158, 160))
    voice = attrs.evolve(toll.claims["c-fall"].voices[0], hedges=places)
    claim = attrs.evolve(toll.claims["c-fall"], voices=(voice,))
    doc = to_spacy(attrs.evolve(toll, claims=(*toll.claims[:3], claim)))

    assert doc.text == toll.source.text
    assert [(h.start_char, h.end_char) for h in doc.spans["hedges"]][:4] == [(s.start, s.end) for s in places]


def test_sentences_are_those_of_the_article(toll: Article) -> None:
    doc = to_spacy(toll)

    # What stands before the first sentence is one of its own: a document begins with a sentence.
    starts = [0, *(sentence.span.start for sentence in toll.source.sentences)]
    assert [sentence.start_char for sentence in doc.sents] == starts


def test_sentences_that_are_not_known_are_not_guessed(toll: Article) -> None:
    source = attrs.evolve(toll.source, sentences=())

    assert not to_spacy(attrs.evolve(toll, source=source)).has_annotation("SENT_START")


def test_mentions_by_name_are_entities_and_displacy_shows_them(toll: Article) -> None:
    doc = to_spacy(toll)

    assert [(e.text, e.label_, e.kb_id_, e.id_) for e in doc.ents] == [
        ("Maro", "person", "maro", "m-maro"),
        ("Gull", "organization", "gull", "m-gull"),
        ("Sel", "person", "sel", "m-sel"),
    ]
    assert "organization" in spacy.displacy.render(doc, style="ent", jupyter=False)


def test_displacy_shows_the_voices_beside_a_claim(toll: Article) -> None:
    shown = spacy.displacy.render(to_spacy(toll), style="span", jupyter=False, options={"spans_key": "claims"})

    assert "Ines (say, uncommitted) > the Gull (say, certain) > Sel (say, certain)" in shown


def test_joined_documents_keep_sentences_entities_and_voices(toll: Article) -> None:
    both = spacy.tokens.Doc.from_docs([to_spacy(toll), to_spacy(toll)], exclude=["user_data"])

    assert (len(list(both.sents)), len(both.ents)) == (12, 6)
    assert [span.kb_id_ for span in both.spans["relations"]] == ["Ines (say, certain)"] * 2


def test_the_text_can_be_given(untold: Article, toll: Article) -> None:
    assert to_spacy(untold, text=toll.source.text).text == toll.source.text
