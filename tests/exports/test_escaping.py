"""Strings made harmless and restored."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oped_dataset.exports.escaping import (
    cell,
    cell_content,
    harmless,
    is_xml,
    json_cell,
    original,
)

TEXTS = st.text(st.characters(exclude_categories=[])) | st.from_regex(r"(_x[0-9A-F]{4}_|_|x|\x00){0,5}", fullmatch=True)


@given(TEXTS)
def test_a_harmless_text_is_restored(text: str) -> None:
    assert original(harmless(text)) == text


@given(TEXTS)
def test_a_harmless_text_can_stand_in_xml(text: str) -> None:
    assert is_xml(harmless(text))


@given(TEXTS)
def test_a_cell_is_restored(text: str) -> None:
    assert cell_content(cell(text)) == text


SIGNS = tuple("=+-@＝＋－＠")


@given(st.lists(st.sampled_from([*SIGNS, *",;:\t|\n\u2028\"' \u00a0\u200bab"]), max_size=12).map("".join))
def test_no_separator_makes_a_formula_of_a_part_of_a_cell(text: str) -> None:
    written = (cell(text), json_cell(json.dumps(["a", text, {"b": text}], ensure_ascii=False)))
    parts = [part for each in written for part in re.split("[,;:\t|\n\u2028]", each)]

    assert [each for each in parts if each.strip('"\u200b \u00a0').startswith(SIGNS)] == []
    assert json.loads(json_cell(json.dumps(["a", text]))) == ["a", text]
    assert cell_content(cell(text)) == text


@given(st.from_regex(r"[=+\-@\t\r\n ＝＋－＠]", fullmatch=True), TEXTS)
def test_a_cell_never_begins_like_a_formula(sign: str, text: str) -> None:
    assert re.match("['_]", cell(sign + text))


@pytest.mark.parametrize("text", ["Maro", "a=b", "“Ships first”", "王", "a\tb\nc"])
def test_what_nobody_would_run_stays_as_it_is(text: str) -> None:
    assert cell(text) == text


@pytest.mark.parametrize(("text", "wanted"), [("\x00", "_x0000_"), ("_x0000_", "_x005F_x0000_"), ("\r", "_x000D_")])
def test_control_characters_are_written_out(text: str, wanted: str) -> None:
    assert harmless(text) == wanted
