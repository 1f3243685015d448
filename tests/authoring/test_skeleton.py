"""A draft made from a text: its head, sentences, headings and proposals."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from oped_dataset import Span, load, new_article
from oped_dataset.authoring import Draft, dumps_draft, loads_draft
from oped_dataset.authoring.splitting import blocks_of, ends_sentence, sentence_places
from oped_dataset.errors import InvalidRecord
from oped_dataset.text.sentences import sentences_of

TEXT = (
    "The Toll\n\nBy Ines Maro\n\nMaro raised the toll on 3 May 2019. “The ferry lost 40 crowns,” she said.\n\n"
    "Who Pays for It\n\nNobody knows. It is 12% more."
)


def _split(text: str) -> list[tuple[int, int]]:
    return [(span.start, span.end) for span in sentences_of(text)]


def _draft(text: str = TEXT, **options: Any) -> Draft:
    return new_article(text, id="toll", **{"splitter": _split, "proposals": False, **options})


def _words(text: str, spans: Any) -> list[str]:
    return [text[span.start : span.end] for span in spans]


def test_the_head_has_the_given_values() -> None:
    day = datetime.date(2019, 7, 13)
    draft = _draft(authors=["Ines Maro"], contributors=["李明"], publisher="the Gull", published=day, licence="MIT")

    found = draft.article
    assert (draft.missing, found.title, found.published) == ((), "The Toll", day)
    assert [found.entities[each].name for each in (*found.authors, *found.contributors)] == ["Ines Maro", "李明"]
    assert found.entities.ids == ("the-gull", "ines-maro", "person")


def test_one_name_is_one_entity_and_two_names_have_two_ids() -> None:
    found = _draft(authors=["Ines Maro", "Ines-Maro"], contributors=["Ines Maro"]).article

    assert (found.authors, found.contributors) == (("ines-maro", "ines-maro-2"), ("ines-maro",))


def test_a_head_that_is_not_given_is_left_out_of_the_file() -> None:
    draft = _draft("Maro raised the toll.")

    assert draft.missing == ("title", "published", "publisher", "authors", "licence")
    assert loads_draft(dumps_draft(draft)) == draft
    assert b"0001-01-01" not in dumps_draft(draft)


def test_the_source_can_be_attached_to_a_copy_with_other_quotes() -> None:
    attached = _draft().article.attach(TEXT.replace("“", '"').replace("”", '"').replace("\n", "\r\n"))

    assert {str(attached.coverage.sentences), str(attached.coverage.paragraphs)} == {
        "7 of 7 (100.0%)",
        "5 of 5 (100.0%)",
    }


def test_the_text_is_held_only_when_asked_for() -> None:
    assert _draft().article.source.text is None
    assert _draft(with_text=True).article.source.text == TEXT


def test_headings_are_lines_without_the_end_of_a_sentence_that_name_no_author() -> None:
    text = TEXT + "\n\nInes Maro is a pilot\n\nShe sails.\n\n* * *\n\nShe rows.\n\n10 May\n"
    headings = _draft(text, authors=["Ines Maro"]).article.headings

    assert [heading.text for heading in headings] == ["The Toll", "Who Pays for It"]


def test_questions_with_capitals_are_headings() -> None:
    text = TEXT.replace("Who Pays for It", "Who Pays?") + "\n\nWhy not?\n\nWhy?\n\nEnough!\n\nShe said so.\n"

    assert [heading.text for heading in _draft(text).article.headings] == ["The Toll", "Who Pays?"]


def test_a_given_title_is_found_in_the_text() -> None:
    text = "Opinion.\n\nDid She Pay?\n\nShe paid."

    assert [heading.text for heading in _draft(text, title="Did  She Pay?").article.headings] == ["Did She Pay?"]


def test_quotation_marks_are_proposals() -> None:
    (proposal,) = _draft().proposals

    assert (proposal.layer, proposal.by, _words(TEXT, proposal.spans)) == (
        "quotations",
        "oped-dataset",
        ["The ferry lost 40 crowns,"],
    )
    assert proposal.unfilled == ("kind",)


def test_dates_and_amounts_are_proposals() -> None:
    pytest.importorskip("dateparser")
    pytest.importorskip("spacy")
    found = [(each.by, *_words(TEXT, each.spans)) for each in _draft(proposals=True).proposals[1:]]

    assert found == [("dateparser", "on 3 May 2019"), ("spaCy", "40"), ("spaCy", "12%")]


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("fi", "Hän maksoi 40 €.", ["40 €"]),
        ("hi", "उसने पाँच सौ दिए।", ["पाँच सौ"]),
        ("el", "Στις 13 Ιουλίου 2019 ήρθε.", ["13 Ιουλίου 2019"]),
        ("qq", "A 12 b.", ["12"]),
    ],
)
def test_amounts_and_dates_are_found_in_other_languages(language: str, text: str, words: list[str]) -> None:
    pytest.importorskip("dateparser")
    pytest.importorskip("spacy")
    found = _draft(text, language=language, proposals=True).proposals

    assert [word for each in found for word in _words(text, each.spans)] == words


def test_a_date_that_the_finder_spells_differently_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    search = pytest.importorskip("dateparser.search")
    pytest.importorskip("spacy")
    monkeypatch.setattr(search, "search_dates", lambda *_, **__: [("3rd May", None)])

    assert [each.layer for each in _draft(proposals=True).proposals] == ["quotations", *["quantities"] * 4]


@pytest.mark.parametrize("text", ["", " \n", "\u200b", "a\ud800"])
def test_a_text_without_words_is_rejected(text: str) -> None:
    with pytest.raises(InvalidRecord) as caught:
        _draft(text)

    assert str(caught.value) == "text: must not be blank or contain a lone surrogate"


def test_a_language_with_a_lone_surrogate_is_rejected() -> None:
    pytest.importorskip("sentencex")
    with pytest.raises(InvalidRecord) as caught:
        new_article("Maro left.", id="x", language="\ud800", proposals=False)

    assert str(caught.value) == r"Article.language: '\ud800' is not a BCP 47 language tag; it contains U+D800"


# Blocks and sentences.


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("One\r\n\r\nTwo three\r\nfour.\r\nFive.", ["One", "Two three\r\nfour.", "Five."]),
        ("\ufeffOne\n\u00a0\nTwo\u00a0", ["One", "Two"]),
        ("短い\n長い長い長い長い。", ["短い", "長い長い長い長い。"]),
        ("長い長い長い長\nい。", ["長い長い長い長\nい。"]),
        ("", []),
    ],
)
def test_lines_are_joined_where_they_were_only_wrapped(text: str, blocks: list[str]) -> None:
    assert _words(text, blocks_of(text)) == blocks


@pytest.mark.parametrize("words", ["a.", "a?”", 'a!"', "好。」", "क्या।", "نعم۔", "Ποιος;", "a:", "ሰላም።", "a.) "])
def test_the_end_of_a_sentence_is_known_in_any_script(words: str) -> None:
    assert ends_sentence(words)


@pytest.mark.parametrize("words", ["a", "12%", "A & B", "”", "", "Nº 5 #"])
def test_what_has_no_end_of_a_sentence_is_known(words: str) -> None:
    assert not ends_sentence(words)


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        (
            "en-GB",
            ["Ms. Roe left the Sino-U.S. talks at 5.30 p.m. on May 3.", "“Where?” she asked.", "Nobody 😀 knows!"],
        ),
        ("zh", ["他走了！", "真的吗？", "“不行。”", "好。"]),
        ("ja", ["彼は行った。", "本当？", "はい！"]),
        ("ar", ["ذهب الرجل؟ ", "نعم. ", "انتهى۔ ", "تم"]),
        ("hi", ["वह गया। ", "क्या? ", "हाँ॥ ", "ठीक।"]),
        ("el", ["Ποιος είναι; ", "Ναι. ", "Έφυγε· τέλος!"]),
    ],
)
def test_sentences_are_found_in_other_scripts(language: str, sentences: list[str]) -> None:
    pytest.importorskip("sentencex")
    text = ("" if language in ("zh", "ja") else "\u00a0").join(map(str.strip, sentences))

    assert _words(text, sentence_places(text, language, None)) == [each.strip() for each in sentences]


def test_a_byte_order_mark_and_line_ends_keep_the_offsets() -> None:
    pytest.importorskip("sentencex")
    text = "\ufeffTitle\r\n\r\nOne 😀\u00a0wrapped\r\nline. Two.\r\n"

    assert _words(text, sentence_places(text, "en", None)) == ["Title", "One 😀\u00a0wrapped\r\nline.", "Two."]


def test_the_sentences_of_an_annotated_article_are_found_again() -> None:
    pytest.importorskip("sentencex")
    source = load("harbour-toll").source
    found = set(sentence_places(str(source.text), "en", None))

    # One sentence ends inside quotation marks, where sentencex does not end it.
    assert len({sentence.span for sentence in source.sentences} - found) == 2


@pytest.mark.parametrize(
    ("places", "message"),
    [
        ([(0, 5), (3, 8)], "splitter: the span (3, 8) is out of order or exceeds the text"),
        ([(0, 9)], "splitter: the span (0, 9) is out of order or exceeds the text"),
        ([(0, 4)], "splitter: no sentence contains the words from 4 to 8"),
        ([(5, 8)], "splitter: no sentence contains the words from 0 to 5"),
    ],
)
def test_a_splitter_leaves_nothing_out(places: list[tuple[int, int]], message: str) -> None:
    with pytest.raises(InvalidRecord) as caught:
        sentence_places("One. Two", "en", lambda _: places)

    assert str(caught.value) == message


def test_a_splitter_may_give_white_space_and_nothing() -> None:
    assert sentence_places(" One. ", "en", lambda _: [(0, 6), (6, 6)]) == (Span(1, 5),)
