"""UIMA CAS: read back by cassis, with code points as they are."""

from __future__ import annotations

import io
from typing import Any

import attrs
import pytest
from hypothesis import assume, given, settings
from judges import judge

from oped_dataset import Article, load
from oped_dataset.errors import NotExportable
from oped_dataset.exports import (
    Files,
    original,
    to_cas,
    to_xmi,
)
from oped_dataset.testing.strategies import articles
from oped_dataset.text.canonical import text_digest

cassis = judge("cassis")


def _read(article: Article, files: Files) -> Any:
    types = cassis.load_typesystem(io.BytesIO(files["TypeSystem.xml"]))
    return cassis.load_cas_from_xmi(io.BytesIO(files[f"{article.id}.xmi"]), typesystem=types)


@settings(max_examples=10)
@given(articles())
def test_text_places_and_counts_come_back_from_xmi(article: Article) -> None:
    assume(article.source.text is not None)

    cas = _read(article, to_xmi(article))

    assert cas.sofa_string == article.source.text
    claims = {(found.identifier, found.begin, found.end) for found in cas.select("oped.Claim")}
    assert claims == {(claim.id, span.start, span.end) for claim in article.claims for span in claim.evidence}
    assert len(cas.select("oped.Entity")) == len(article.entities)
    assert len(cas.select("oped.Argument")) == len(article.arguments)


def test_the_json_form_comes_back_too(toll: Article) -> None:
    cas = cassis.load_cas_from_json(to_cas(toll).to_json())

    assert [found.identifier for found in cas.select("oped.Claim")] == ["c-rise", "c-loss", "c-head", "c-fall"]


def test_voices_and_their_cues_are_structures(toll: Article) -> None:
    (loss,) = (found for found in _read(toll, to_xmi(toll)).select("oped.Claim") if found.identifier == "c-loss")

    assert [voice.source for voice in loss.voices.elements] == ["ines", "gull", "sel"]
    assert [voice.cue and (voice.cue.begin, voice.cue.end) for voice in loss.voices.elements] == [
        None,
        (78, 83),
        (91, 97),
    ]


def test_participants_and_flags_are_kept(toll: Article) -> None:
    cas = _read(toll, to_xmi(toll))

    assert [(p.entity, p.role) for p in cas.select("oped.Event")[0].participants.elements] == [("maro", "agent")]
    assert [found.metonym for found in cas.select("oped.Mention")] == [False] * 5


def test_hostile_strings_are_written_out_and_restored(hostile: Article) -> None:
    names = {found.identifier: found.name for found in _read(hostile, to_xmi(hostile)).select("oped.Entity")}

    assert {key: original(name) for key, name in names.items()} == {e.id: e.name for e in hostile.entities}


def test_the_language_is_that_of_the_article(toll: Article) -> None:
    assert _read(toll, to_xmi(toll)).document_language == "en"


def test_a_text_that_xml_cannot_hold_is_refused(toll: Article) -> None:
    text = (toll.source.text or "").replace("\n\nWho", "\x0b\nWho")
    other = attrs.evolve(toll, source=attrs.evolve(toll.source, text=text, sha256=text_digest(text)))

    with pytest.raises(NotExportable) as caught:
        to_xmi(other)

    assert str(caught.value) == (
        "the text of 'small' contains a character that XML does not allow; try cas and its JSON"
    )
    assert to_cas(other).sofa_string == text


def test_control_characters_are_written_out_in_every_field() -> None:
    pytest.importorskip("cassis")
    article = attrs.evolve(load("harbour-toll"), data_version="1\x1b", licence="\x00")

    written = to_xmi(article)["harbour-toll.xmi"].decode()

    assert 'data_version="1_x001B_"' in written
    assert 'licence="_x0000_"' in written
