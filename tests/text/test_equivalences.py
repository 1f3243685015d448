"""Copies with the differences that the docs promise to ignore, in pairs, and with characters of every script."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from itertools import product
from typing import Final

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small import small

from oped_dataset import Article, Sentence, Source, Span, from_data, sentence_digest
from oped_dataset.text.attachment import attach
from oped_dataset.text.canonical import NORMAL_FORM, text_digest
from oped_dataset.text.characters import IGNORABLE, TERMINAL
from oped_dataset.text.fingerprints import shifts_of
from oped_dataset.text.sentences import sentences_of

SOURCE: Final = (
    "The harbour authority—led by “Zoë” Finch—said the toll rose… Nobody’s office confirmed the difficult progress of "
    "well-known plans. The Gull says the office’s fiscal report is wrong."
)

DIFFERENCES: Final[dict[str, Callable[[str], str]]] = {
    "white space": lambda text: text.replace(" ", "  \t"),
    "line ends": lambda text: text.replace("the ", "the\r\n"),
    "straight quotation marks": lambda text: re.sub("[“”]", '"', text).replace("’", "'"),
    "two hyphens": lambda text: text.replace("—", "--"),
    "two hyphens with spaces": lambda text: text.replace("—", " -- "),
    "corner brackets": lambda text: text.replace("“", "「").replace("”", "」"),
    "ornamental quotation marks": lambda text: text.translate(str.maketrans("“”’", "❝❞❜")),
    "dashes at line starts": lambda text: text.replace("—", "\n—"),
    "dashes with spaces": lambda text: text.replace("—", " – "),
    "three dots": lambda text: text.replace("…", "..."),
    "decomposed letters": lambda text: unicodedata.normalize("NFD", text),
    "ligatures": lambda text: text.replace("fi", "ﬁ"),
    "soft hyphens": lambda text: text.replace("progress", "pro\u00adgress").replace("toll", "to\u00adll"),
    "soft hyphens at line ends": lambda text: re.sub("con(?=f)|har|re(?=p)", r"\g<0>" + "\u00ad\n", text),
    "words divided": lambda text: re.sub("diffi(?=c)|author(?=i)|wro(?=n)", r"\g<0>-\n", text),
    "words divided at their hyphen": lambda text: text.replace("well-", "well-\n"),
    "both ways of division": lambda text: text.replace("difficult", "diffi-\ncult").replace("well-", "well-\n"),
    "directions": lambda text: text.replace("toll", "\u200etoll\u200f").replace("Gull", "\u2066Gull\u2069"),
    "quoted in an e-mail": lambda text: "> " + text.replace("wrong", "\n>> wrong"),
    "matter between": lambda text: text.replace(". The", ".\n\nAdvertisement\n\nThe"),
}


def article_of(source: str, spans: Iterable[tuple[int, int]] | None = None) -> Article:
    """Make an article of a text that it does not contain, with its sentences or those given."""
    sentences_found = sentences_of(source) if spans is None else [Span(*each) for each in spans]
    places = {each: source[each.start : each.end] for each in sentences_found}
    sentences = tuple(
        Sentence(span=place, digest=sentence_digest(words), shifts=shifts_of(words)) for place, words in places.items()
    )
    known = Source(sha256=text_digest(source), length=len(source), canonicalisation=NORMAL_FORM, sentences=sentences)
    return attrs.evolve(from_data(small()), source=known, headings=())


def lost(source: str, copy: str) -> list[str]:
    """Return the sentences of a source that are not found in a copy."""
    found = attach(article_of(source), copy).sentences
    lost = (each.sentence.span for each in found if each.span is None)
    return [source[each.start : each.end] for each in lost]


@pytest.mark.parametrize(("first", "second"), list(product(DIFFERENCES, repeat=2)))
def test_two_differences_together_lose_nothing(first: str, second: str) -> None:
    assert lost(SOURCE, DIFFERENCES[second](DIFFERENCES[first](SOURCE))) == []


def all_of(characters: str) -> list[str]:
    """Return the characters that match a character class."""
    pattern = re.compile(f"[{characters}]")
    return [each for each in map(chr, range(0x110000)) if pattern.match(each)]


@given(st.lists(st.sampled_from(all_of(IGNORABLE)), min_size=1, max_size=4).map("".join), st.integers(1, len(SOURCE)))
def test_invisible_characters_lose_nothing(hidden: str, place: int) -> None:
    assert lost(SOURCE, SOURCE[:place] + hidden + SOURCE[place:]) == []


@given(st.sampled_from([each for each in all_of(TERMINAL) if each not in ".!?\u2024\ufe52"]))
def test_a_short_sentence_is_found_between_the_full_stops_of_every_script(stop: str) -> None:
    source = f"税可能会在明年翻倍而且没有人知道为什么{stop}税翻倍{stop}海鸥报说这是真的{stop}"

    assert lost(source, f"改{source[1:]}") == [source[: source.index(stop) + 1]]


@pytest.mark.parametrize(
    "sentence",
    [
        "税可能会在明年翻倍，海鸥报说这并不是真的，两千年已经证明。",
        "カモメ新聞は税が二倍になると言ったが、港の責任者はそれを否定した。",
        "หนังสือพิมพ์นกนางนวลบอกว่าภาษีจะเพิ่มเป็นสองเท่าในปีหน้าแต่ไม่มีใครรู้ว่าทำไม",
        "ຫນັງສືພິມນົກນາງນວນເວົ້າວ່າພາສີຈະເພີ່ມຂຶ້ນໃນປີຫນ້າ",
        "កាសែតសត្វរំពេបាននិយាយថាពន្ធនឹងកើនឡើងនៅឆ្នាំក្រោយ។",
        "갈매기신문은 내년에 세금이 두 배로 오른다고 말했다고 한다.",
    ],
)
@pytest.mark.parametrize("width", [8, 12, 21])
def test_lines_may_end_inside_sentences_of_scripts_without_blanks(sentence: str, width: int) -> None:
    lines = re.findall(f".{{1,{width}}} ?", sentence)

    assert lost(sentence, "\r\n".join(lines)) == []


def test_a_line_may_end_beside_a_word_of_another_script() -> None:
    assert lost("他用Python写了2019年的税法，没有人知道。", "他用\nPython\n写了\n2019年的税法，\n没有人知道。") == []


def test_a_line_may_end_between_sentences_that_no_mark_ends() -> None:
    source = "หนังสือพิมพ์นกนางนวลบอกว่าภาษีจะเพิ่ม แต่ไม่มีใครรู้ว่าทำไมเจ้าหน้าที่ปฏิเสธ"
    places = [each.span() for each in re.finditer(r"\S+", source)]
    copy = source.replace(" ", "\n").replace("บอก", "\nบอก").replace("ทำไม", "ทำ\nไม")

    assert [each.span is None for each in attach(article_of(source, places), copy).sentences] == [False, False]


def test_a_quoted_line_is_adjacent_to_the_one_before() -> None:
    text = "The toll rose to four crowns. Why?"
    article = article_of(text)
    article = attrs.evolve(article, source=attrs.evolve(article.source, text=text))
    attached = attach(article, "> The toll rose\n> to four crowns.\n> Why?")

    assert attached.locate(Span(0, 34)) == Span(2, 40)


@pytest.mark.parametrize("copy", ["ภาษีจะ\nเพิ่มขึ้น ในปีหน้า\nแต่ไม่มีใครรู้", "ภาษีจะเพิ่มขึ้น\nในปีหน้า แต่ไม่\nมีใครรู้"])
def test_a_line_may_end_at_a_blank_and_inside_a_word_of_one_sentence(copy: str) -> None:
    assert lost("ภาษีจะเพิ่มขึ้น ในปีหน้า แต่ไม่มีใครรู้", copy) == []


def test_spans_are_transferred_into_words_divided_at_line_ends() -> None:
    source = "The office confirmed the difficult plans."
    attached = attach(article_of(source), "The office con\u00ad\nfirmed the diffi-\ncult plans.")

    assert attached.text_of(Span(11, 20)) == "con\u00ad\nfirmed"
    assert attached.text_of(Span(25, 34)) == "diffi-\ncult"
