"""The normal form of a sentence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oped_dataset.text.canonical import normalise, sentence_digest, text_digest


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
def test_the_normal_form(text: str, normal: str) -> None:
    assert normalise(text) == normal


@given(st.text())
def test_the_normal_form_is_a_fixed_point(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@pytest.mark.parametrize("marks", ["\u0301\u0327", "\uff9e\u0f73", "\u0301\u200b\u0327"])
def test_a_long_run_of_combining_marks_stays_as_it_is(marks: str) -> None:
    run = (marks * 31).replace("\u200b", "")

    assert normalise(f"ﬁ {marks * 31} ﬁ") == f"fi {run} fi"
    assert normalise("e" + "\u0301\u0327" * 15) == "ȩ" + "\u0327" * 14 + "\u0301" * 15
    assert normalise("！" * 40) == "!" * 40


def test_a_digest_does_not_see_typography() -> None:
    assert sentence_digest("“Ships first”") == sentence_digest(' "Ships\u00a0first"\n') == "f15e627035c1d226"


def test_a_digest_of_a_lone_surrogate() -> None:
    assert len(text_digest("\ud800")) == 64
