"""The mapping of offsets between a text and a form derived from it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oped_dataset.text.alignment import Alignment, align, replaced
from oped_dataset.text.canonical import normalise

WORDS = ("toll", "Éa", "e\u0301te\u0301", "👩\u200d🔬", "𝔘𝔫𝔦", "שלום", "مرحبا", "王", "a\u00a0b", "ﬁn", "x")
ODD = "ab `´¨“”—…ﬁ\u00ad\u200b\u200d\u0301\u0323\u00a0\u2028\n\t\x1cÅ\u212b\ufdfaｶﾞ각\u1100\u1161\u11a8王𝔘\U0001f469"
TEXTS = st.one_of(st.text(), st.text(st.sampled_from(ODD)), st.lists(st.sampled_from(WORDS)).map(" ".join))


@given(TEXTS)
def test_aligning_returns_the_normalised_form(text: str) -> None:
    assert align(text)[0] == normalise(text)


@given(TEXTS, st.data())
def test_a_stretch_of_the_normalised_form_maps_back_to_the_same_words(text: str, data: st.DataObject) -> None:
    normal, alignment = align(text)
    start, end = sorted(data.draw(st.tuples(*[st.integers(0, len(normal))] * 2)))

    place = alignment.back(start, end)

    assert place is None or normalise(text[slice(*place)]) == normal[start:end].strip()


@given(TEXTS, st.data())
def test_a_stretch_of_the_text_maps_to_its_own_normalised_form(text: str, data: st.DataObject) -> None:
    normal, alignment = align(text)
    start, end = sorted(data.draw(st.tuples(*[st.integers(0, len(text))] * 2)))

    place = alignment.forward(start, end)

    assert place is None or normal[slice(*place)].strip() == normalise(text[start:end])


@given(TEXTS)
def test_normalised_ascii_corresponds_character_by_character(text: str) -> None:
    words = " ".join(re.findall("[a-z]+", text))

    assert align(words)[1].blocks == ()


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("two words", ()),
        ("ﬁn", ((0, 1, 2),)),
        ("e\u0301te\u0301", ((0, 2, 1), (3, 2, 1))),
        (" a \n b ", ((0, 1, 0), (3, 2, 0), (6, 1, 0))),
        ("co\u00adop", ((2, 1, 0),)),
        ("a\u0301\u0323", ((0, 3, 2),)),
        ("‘a’ — b", ()),
        ("ｶﾞ", ((0, 2, 1),)),
    ],
)
def test_the_stretches_that_do_not_correspond_character_by_character(
    text: str, blocks: tuple[tuple[int, int, int], ...]
) -> None:
    assert align(text)[1].blocks == blocks


def test_a_border_inside_a_ligature_maps_to_nothing() -> None:
    alignment = align("ﬁn")[1]

    assert (alignment.back(1, 3), alignment.back(0, 1), alignment.back(0, 2)) == (None, None, (0, 1))


def test_a_border_inside_joined_characters_maps_to_nothing() -> None:
    alignment = align("e\u0301t")[1]

    assert (alignment.forward(1, 3), alignment.forward(0, 1), alignment.forward(0, 2)) == (None, None, (0, 1))


def test_an_invisible_character_maps_to_nothing() -> None:
    assert align("a\u200bb")[1].forward(1, 2) is None


def test_whitespace_at_the_border_is_dropped() -> None:
    assert align("a   b")[1].forward(2, 5) == (2, 3)


def test_the_growth_is_the_difference_in_length() -> None:
    assert Alignment([(0, 1, 3), (5, 4, 0)]).growth == -2


def test_replacing_keeps_an_alignment() -> None:
    text, alignment = replaced("of- ficials of- ten", re.compile("- "), ("",))

    assert (text, alignment.back(0, 9)) == ("officials often", (0, 11))
