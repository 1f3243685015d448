"""Cutting a text into passages with headings."""

from __future__ import annotations

from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small import TEXT

from oped_dataset import Passage, Span, load, passages
from oped_dataset.codec import wire
from oped_dataset.errors import InvalidRecord
from oped_dataset.extraction.passages import quotations_in
from oped_dataset.model.records import spans_of
from oped_dataset.testing import strategies
from oped_dataset.text.fingerprints import paragraphs_of

REPORT = (
    "A line.\nRadio Reed said the port is shut. It said ships wait. It called the toll unfair. Nobody paid. He left."
)
SPEECH = "She told us: “One. Two. Three,” and left. Four."


def texts(found: tuple[Passage, ...]) -> list[str]:
    return [each.text for each in found]


def test_a_text_that_fits_is_one_passage() -> None:
    (passage,) = passages(TEXT)

    assert (passage.number, passage.text, passage.new) == (1, TEXT.strip(), passage.span)
    assert str(passage) == f"Passage 1 of 1.\n\nText of the passage:\n\n{TEXT.strip()}\n"


def test_passages_are_cut_at_sentences() -> None:
    assert texts(passages(SPEECH, 20, 0)) == ["She told us: “One.", "Two.", "Three,” and left.", "Four."]


def test_passages_are_cut_at_a_paragraph_in_their_second_half() -> None:
    assert texts(passages("One two. Three four.\nFive. Six. Seven.", 28, 0)) == [
        "One two. Three four.",
        "Five. Six. Seven.",
    ]
    assert texts(passages("One.\nTwo three. Four five. Six.", 23, 0)) == ["One.\nTwo three.", "Four five. Six."]


def test_passages_repeat_sentences_that_fit() -> None:
    found = passages("One. Two. Three. Four.", 12, 2)

    assert texts(found) == ["One. Two.", "Two. Three.", "Three. Four."]
    assert [each.new.start for each in found] == [0, 10, 17]
    assert texts(passages("One. Two. Three. Four.", 4, 2)) == ["One.", "Two.", "Three.", "Four."]


def test_passages_are_measured_with_the_given_function() -> None:
    assert texts(passages("One two. Three four.", 2, 0, measure=lambda words: len(words.split()))) == [
        "One two.",
        "Three four.",
    ]


def test_the_heading_names_the_author(small: dict[str, Any]) -> None:
    article = wire.from_data(small)

    assert passages(TEXT, like=article)[0].heading == (
        "Passage 1 of 1 of “The Toll” (the Gull, 2019-07-13). The author, the first voice of every claim, is Ines."
    )
    unknown = attrs.evolve(article, entities=(), authors=("ines", "leo"))
    assert passages(TEXT, like=unknown)[0].heading.endswith("is ines and leo.")


def test_the_heading_has_the_preceding_words_of_the_paragraph() -> None:
    found = passages(REPORT, 20, 0)

    assert [each.heading.partition("\n")[2] for each in found] == [
        "",
        "",
        "The words before it, for reference only: Radio Reed said the port is shut.",
        "The words before it, for reference only: Radio Reed said the port is shut. It said ships wait.",
        (
            "The words before it, for reference only: "
            "Radio Reed said the port is shut. It said ships wait. It called the toll unfair."
        ),
        "The words before it, for reference only: It said ships wait. It called the toll unfair. Nobody paid.",
    ]


def test_the_heading_reports_a_quotation_across_a_border() -> None:
    found = passages(f"{SPEECH}\n“Five. Six,” he said.", 20, 0)

    assert [each.heading.split("\n")[1:] for each in found] == [
        ["It ends inside a quotation, which ends in: Three,” and left."],
        [
            "The words before it, for reference only: She told us: “One.",
            "It begins inside a quotation, where the person quoted is still speaking.",
            "It ends inside a quotation, which ends in: Three,” and left.",
        ],
        [
            "The words before it, for reference only: She told us: “One. Two.",
            "It begins inside a quotation, where the person quoted is still speaking.",
        ],
        [
            "The words before it, for reference only: She told us: “One. Two. Three,” and left.",
            "It ends inside a quotation, which ends in: Six,” he said.",
        ],
        [
            "The words before it, for reference only: Four. “Five.",
            "It begins inside a quotation, where the person quoted is still speaking.",
        ],
    ]


def test_the_sentence_that_opens_a_quotation_is_given_at_any_distance() -> None:
    text = f"He said: “{'It rains. ' * 20}It pours,” and left."

    heading = passages(text, 60, 0)[-1].heading

    assert "He said: “It rains. […] It rains." in heading


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("He said “no” and “yes”.", ["“no”", "“yes”"]),
        (
            "“My pilots said ‘never’,” and „gut“, «bien», »godt«, 「好」",
            ["“My pilots said ‘never’,”", "„gut“", "«bien»", "»godt«", "「好」"],
        ),
        ('He said "no".', ['"no"']),
        ("Han sa ”nej”.", ["”nej”"]),
        ("«Il a dit “non”.»", ["«Il a dit “non”.»", "“non”"]),
        ("“One.\n“Two,” he said.", ["“One.\n“Two,”"]),
        ("“One.\nTwo.", ["“One."]),
        ("“One.", ["“One."]),
        ("5” of rain", []),
    ],
)
def test_quotations_are_found_by_their_marks(text: str, quoted: list[str]) -> None:
    found = quotations_in(text, [each.span for each in paragraphs_of(text)])

    assert [text[start:end] for start, end in found] == quoted


def _chains() -> list[str]:
    return [claim.id for claim in load("harbour-toll").claims if len(claim.voices) > 1]


def test_all_words_of_a_chain_are_in_the_passage_or_its_heading() -> None:
    article = load("harbour-toll")
    text = str(article.source.text)
    # Every sentence is a passage of its own, so that every chain across sentences is cut.
    found = passages(text, 1, 0, like=article)
    cut = 0
    for claim in article.claims:
        spans = sorted(spans_of(claim))
        touched = [each for each in found if any(each.span.overlaps(span) for span in spans)]
        if len(claim.voices) > 1:
            cut += len(touched) > 1
            for words in (text[span.start : span.end] for span in spans):
                assert words in str(touched[-1]), claim.id

    assert cut


def test_the_name_of_a_speaker_is_near_a_pronoun() -> None:
    article = load("harbour-toll")
    text = str(article.source.text)
    paragraphs = [each.span for each in article.source.paragraphs]
    found = passages(text, 1, 0, like=article)
    for claim in article.claims:
        for voice in claim.voices[1:]:
            cue = voice.cue
            assert cue is not None
            (paragraph,) = [each for each in paragraphs if each.contains(cue)]
            named = [
                mention.span
                for mention in article.mentions.where(entity=voice.source)
                if mention.form == "name" and paragraph.contains(mention.span) and mention.span.start < cue.start
            ]
            (passage,) = [each for each in found if each.span.contains(cue)]
            # The heading has every name from the three preceding sentences.
            near = [span for span in named if sum(span.end < each.span.start <= cue.start for each in found) <= 4]
            assert all(text[span.start : span.end] in str(passage) for span in near[-1:]), (claim.id, voice.source)


@given(strategies.texts(), st.integers(1, 200), st.integers(0, 3))
def test_the_new_parts_of_passages_cover_a_text(text: str, limit: int, overlap: int) -> None:
    found = passages(text, limit, overlap)

    assert "".join("".join(text[each.new.start : each.new.end].split()) for each in found) == "".join(text.split())
    assert all(text[each.span.start : each.span.end] == each.text for each in found)
    assert [each.number for each in found] == list(range(1, len(found) + 1))


@pytest.mark.parametrize(("end", "number"), [(len(TEXT), 1), (len(TEXT) - 5, 7)])
def test_the_sentences_of_the_article_are_used_if_they_cover_the_text(
    small: dict[str, Any], end: int, number: int
) -> None:
    article = wire.from_data(small)
    sentence = attrs.evolve(article.source.sentences[0], span=Span(0, end), shifts=None)
    like = attrs.evolve(article, source=attrs.evolve(article.source, sentences=(sentence,)))

    assert len(passages(TEXT, 1, 0, like=like)) == number


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("x", 0), "limit: must be a whole number from 1, not 0"),
        (("x", 5, -1), "overlap: must be a whole number from 0, not -1"),
    ],
)
def test_invalid_options_of_passages_are_rejected(arguments: Any, message: str) -> None:
    with pytest.raises(InvalidRecord) as caught:
        passages(*arguments)

    assert str(caught.value) == message
