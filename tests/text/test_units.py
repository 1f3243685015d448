"""Spans in the code units of UTF-8 and UTF-16."""

from __future__ import annotations

from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oped_dataset import CodeUnits, Span
from oped_dataset.errors import InvalidRecord

TEXTS = st.one_of(st.text(min_size=1), st.text("a\u00e9王\U0001f702", min_size=1).map(lambda text: text * 100))
ENCODINGS: st.SearchStrategy[Literal["utf-8", "utf-16"]] = st.sampled_from(["utf-8", "utf-16"])


@given(TEXTS, ENCODINGS, st.data())
def test_a_span_cuts_out_the_same_words(text: str, encoding: Literal["utf-8", "utf-16"], data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(text))))
    size, codec = (1, "utf-8") if encoding == "utf-8" else (2, "utf-16-le")

    first, last = CodeUnits(text, encoding).from_span(span)

    assert text.encode(codec)[first * size : last * size].decode(codec) == text[span.start : span.end]


@given(TEXTS, ENCODINGS, st.data())
def test_converting_there_and_back_changes_nothing(
    text: str, encoding: Literal["utf-8", "utf-16"], data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(text))))
    units = CodeUnits(text, encoding)

    assert units.to_span(*units.from_span(span)) == span


def test_a_lone_surrogate_has_a_length() -> None:
    assert CodeUnits("\ud800a", "utf-8").from_span(Span(1, 2)) == (3, 4)


@pytest.mark.parametrize(
    ("start", "end", "message"),
    [
        (0, 1, "the offset 1 falls inside the character at 0"),
        (0, 9, "the offset 9 is outside the text, which has 3 units"),
        (-1, 2, "the offset -1 is outside the text, which has 3 units"),
        (2, 2, "Span.end: must be greater than start (1), not 1"),
    ],
)
def test_impossible_offsets_are_rejected(start: int, end: int, message: str) -> None:
    with pytest.raises(InvalidRecord) as caught:
        CodeUnits("\U0001f702a", "utf-16").to_span(start, end)

    assert str(caught.value) == message


def test_a_span_beyond_the_text_is_rejected() -> None:
    with pytest.raises(InvalidRecord) as caught:
        CodeUnits("a", "utf-8").from_span(Span(0, 2))

    assert str(caught.value) == "the span ends at 2, the text at 1"


def test_an_unknown_encoding_is_rejected() -> None:
    with pytest.raises(InvalidRecord) as caught:
        CodeUnits("a", "latin-1")  # type: ignore[arg-type]

    assert str(caught.value) == "encoding: must be 'utf-8' or 'utf-16', not 'latin-1'"
