"""The way back from a derived text to the original."""

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
def test_aligning_gives_the_normal_form(text: str) -> None:
    assert align(text)[0] == normalise(text)


@given(TEXTS, st.data())
def test_a_place_of_the_normal_form_leads_back_to_the_same_words(text: str, data: st.DataObject) -> None:
    normal, alignment = align(text)
    start, end = sorted(data.draw(st.tuples(*[st.integers(0, len(normal))] * 2)))

    place = alignment.back(start, end)

    assert place is None or normalise(text[slice(*place)]) == normal[start:end].strip()


@given(TEXTS, st.data())
def test_a_place_of_the_text_leads_to_its_own_normal_form(text: str, data: st.DataObject) -> None:
    normal, alignment = align(text)
    start, end = sorted(data.draw(st.tuples(*[st.integers(0, len(text))] * 2)))

    place = alignment.forward(start, end)

    assert place is None or normal[slice(*place)].strip() == normalise(text[start:end])


@given(TEXTS)
def test_every_character_of_an_ascii_text_has_its_own_place(text: str) -> None:
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
def test_the_places_that_are_not_one_for_one(text: str, blocks: tuple[tuple[int, int, int], ...]) -> None:
    assert align(text)[1].blocks == blocks


def test_a_border_inside_a_ligature_has_no_place() -> None:
    alignment = align("ﬁn")[1]

    assert (alignment.back(1, 3), alignment.back(0, 1), alignment.back(0, 2)) == (None, None, (0, 1))


def test_a_border_inside_joined_characters_has_no_place() -> None:
    alignment = align("e\u0301t")[1]

    assert (alignment.forward(1, 3), alignment.forward(0, 1), alignment.forward(0, 2)) == (None, None, (0, 1))


def test_nothing_is_left_of_invisible_characters() -> None:
    assert align("a\u200bb")[1].forward(1, 2) is None


def test_white_space_at_the_border_is_left_out() -> None:
    assert align("a   b")[1].forward(2, 5) == (2, 3)


def test_the_growth() -> None:
    assert Alignment([(0, 1, 3), (5, 4, 0)]).growth == -2


def test_replacing_keeps_the_way_back() -> None:
    text, alignment = replaced("of- ficials of- ten", re.compile("- "), ("",))

    assert (text, alignment.back(0, 9)) == ("officials often", (0, 11))
