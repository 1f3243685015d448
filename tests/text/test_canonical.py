"""The normalised form of a sentence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oped_dataset.text.canonical import is_blank, normalise, sentence_digest, text_digest


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("“a” ‘b’ «c»", '"a" \'b\' "c"'),
        ("a\u2013b\u2014c\u2212d", "a-b-c-d"),
        ("a\u00a0b\r\n\tc  ", "a b c"),
        ("a\u00adb\u200bc\ufeff", "abc"),
        ("e\u0301", "é"),
        ("ﬁn", "fin"),
    ],
)
def test_typography_and_whitespace_are_normalised(text: str, normal: str) -> None:
    assert normalise(text) == normal


def test_every_quotation_mark_and_dash_is_normalised() -> None:
    regex = pytest.importorskip("regex")
    marks = regex.compile(r"\p{Quotation_Mark}|\p{Dash}|\N{HEAVY DOUBLE COMMA QUOTATION MARK ORNAMENT}")
    found = "".join(each for each in map(chr, range(0x110000)) if marks.match(each))

    assert set(normalise(found)) == {"'", '"', "-"}


@given(st.text())
def test_normalising_twice_changes_nothing(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@pytest.mark.parametrize("marks", ["\u0301\u0327", "\uff9e\u0f73", "\u0301\u200b\u0327"])
def test_a_long_run_of_combining_marks_is_unchanged(marks: str) -> None:
    run = (marks * 31).replace("\u200b", "")

    assert normalise(f"ﬁ {marks * 31} ﬁ") == f"fi {run} fi"
    assert normalise("e" + "\u0301\u0327" * 15) == "ȩ" + "\u0327" * 14 + "\u0301" * 15
    assert normalise("！" * 40) == "!" * 40


def test_a_digest_ignores_typography() -> None:
    assert sentence_digest("“Ships first”") == sentence_digest(' "Ships\u00a0first"\n') == "f15e627035c1d226"


def test_a_lone_surrogate_has_a_digest() -> None:
    assert len(text_digest("\ud800")) == 64


@given(
    st.text(st.one_of(st.characters(), st.sampled_from(" \n\x1c\x85\u2028\u00ad\u200b\u3164\ufe0f"))), st.integers(0, 9)
)
def test_a_blank_part_of_a_text_has_an_empty_normal_form(text: str, start: int) -> None:
    assert is_blank(text, start, len(text)) == (not normalise(text[start:]))
