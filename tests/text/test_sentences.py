"""Splitting a text into sentences."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oped_dataset import Article, load
from oped_dataset.text.sentences import sentences_of


def split(text: str) -> list[str]:
    return [text[place.start : place.end] for place in sentences_of(text)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("", []),
        ("One. Two", ["One.", "Two"]),
        ("He said “No.” She left.", ["He said “No.”", "She left."]),
        ("Why? Because! Well…", ["Why?", "Because!", "Well…"]),
        ("At 5.30 it rained. ", ["At 5.30 it rained."]),
        ("Mr. Tann met J. Roe of the U.S. Navy.", ["Mr. Tann met J. Roe of the U.S. Navy."]),
        ("It rose to 40 p.c. in May. Then it fell.", ["It rose to 40 p.c. in May.", "Then it fell."]),
        ("They don’t. But we do, don't we? I won't. No", ["They don’t.", "But we do, don't we?", "I won't.", "No"]),
        ("A line\nAnother line", ["A line", "Another line"]),
        ("港口关闭了。他说:“好!”她走了。", ["港口关闭了。", "他说:“好!”她走了。"]),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, wanted: list[str]) -> None:
    assert split(text) == wanted


def test_the_sentences_of_the_bundled_article_are_the_annotated_ones(article_text: str, bundled: Article) -> None:
    assert list(sentences_of(article_text)) == [each.span for each in bundled.source.sentences]


def test_most_sentences_of_the_other_article_are_the_annotated_ones() -> None:
    source = load("harbour-toll").source
    annotated = {each.span for each in source.sentences}

    assert len(annotated & set(sentences_of(str(source.text)))) > 0.9 * len(annotated)


@given(st.text(alphabet="aB .?!“”\n\t。", max_size=40))
def test_the_sentences_cover_a_text_except_whitespace(text: str) -> None:
    left, reached = "", 0
    for place in sentences_of(text):
        left += text[reached : place.start]
        reached = place.end

    assert (left + text[reached:]).strip() == ""
