"""The Text view, with the text of the article or a reader's copy, which the page attaches by digests."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from browser_page import Opened
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from small import TEXT

from oped_dataset import Article, normalise, sentence_digest
from oped_dataset.text.search import EDITED, NOT_FREE

pytestmark = pytest.mark.slow

if TYPE_CHECKING:
    from playwright.sync_api import Page

EXACT = "The copy is the annotated text, character for character. 5 of 5 sentences found."
DROP = """([text, name]) => {
  const data = new DataTransfer();
  if (name) data.items.add(new File([text], name, { type: "text/plain" }));
  else data.setData("text/plain", text);
  document.getElementById("drop").dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true }));
}"""


def _paste(page: Page, text: str) -> None:
    page.fill("#own-copy", text)
    page.click("#align")
    page.wait_for_selector(".text")


def _marked(page: Page, record: str) -> str:
    pieces = page.locator(".text [data-refs]").all()
    return "".join(piece.inner_text() for piece in pieces if record in (piece.get_attribute("data-refs") or "").split())


def test_an_article_with_text_shows_it(opened: Opened, article: Article) -> None:
    page = opened(article, "#text")

    assert page.locator(".text").text_content() == TEXT
    assert page.locator("#count").inner_text() == EXACT
    assert _marked(page, "mention/m-she") == "She"
    assert _marked(page, "time/t-may") == "May 3"


@pytest.mark.parametrize("name", ["copy.txt", ""])
def test_a_dropped_text_is_attached(opened: Opened, textless: Article, name: str) -> None:
    page = opened(textless, "#text")

    page.evaluate(DROP, [TEXT, name])
    page.wait_for_selector(".text")
    assert page.locator("#count").inner_text() == EXACT
    assert _marked(page, "quotation/said-sel") == "The ferry lost 40 crowns,"


def test_a_selected_file_is_attached(opened: Opened, textless: Article, tmp_path: Path) -> None:
    copy = tmp_path / "copy.txt"
    copy.write_text(TEXT, encoding="utf-8")
    page = opened(textless, "#text")

    page.set_input_files("#own-file", copy)
    page.wait_for_selector(".text")
    assert page.locator("#count").inner_text() == EXACT


def test_a_copy_with_other_quotation_marks_and_whitespace_is_attached(opened: Opened, textless: Article) -> None:
    page = opened(textless, "#text")

    other = TEXT.replace("“", '"').replace("”", '"').replace(" the ", " \u00a0the\n").replace("\n\n", "\n\n\n")
    _paste(page, f"Home | News\n{other}\nRead more: 😀")
    assert page.locator("#count").inner_text() == "5 of 5 sentences found."
    assert _marked(page, "quotation/said-sel") == "The ferry lost 40 crowns,"
    assert _marked(page, "mention/m-gull") == "Gull"


def test_sentences_in_another_order_are_found(opened: Opened, textless: Article) -> None:
    page = opened(textless, "#text")

    _paste(page, "So the port may fall.\nShe leads the port.")
    assert _marked(page, "mention/m-she") == "She"
    assert page.locator(".sentence").count() == 2


def test_an_edited_sentence_is_reported_as_lost(opened: Opened, textless: Article) -> None:
    page = opened(textless, "#text")

    _paste(page, TEXT.replace("raised", "lowered"))
    assert page.locator("#count").inner_text() == (
        "4 of 5 sentences found. 1 is lost; records in lost sentences are not marked in the text. "
        "3 spans could not be placed with certainty and are left out."
    )
    assert _marked(page, "mention/m-maro") == ""


def test_losses_are_listed_with_their_reasons(opened: Opened, textless: Article) -> None:
    page = opened(textless, "#text")

    _paste(page, TEXT.replace("raised", "lowered").replace("She", "Then She").replace("Sel", "Sel\n"))
    page.click("text=Losses and their reasons")
    assert page.locator(".lost dl").inner_text().splitlines() == [
        EDITED,
        "sentence 1, claim/c-rise, mention/m-maro, time/t-may",
        NOT_FREE,
        "sentence 4, claim/c-head, mention/m-she, mention/m-port",
    ]


def test_a_copy_without_losses_has_no_list_of_losses(opened: Opened, textless: Article) -> None:
    page = opened(textless, "#text")

    _paste(page, f"Home\n{TEXT}")
    assert page.locator(".lost").count() == 0


def test_a_copy_with_divided_words_is_attached(opened: Opened, textless: Article) -> None:
    page = opened(textless, "#text")

    _paste(page, TEXT.replace("ferry", "fer-\nry").replace("leads", "le-\nads").replace("Who Pays", "Who Pa-\nys"))
    assert page.locator("#count").inner_text() == "5 of 5 sentences found."
    assert _marked(page, "quotation/said-sel") == "The fer-\nry lost 40 crowns,"


@pytest.mark.parametrize(("copy", "found"), [(TEXT, ["The Toll", "Who Pays?"]), (f"Home\n{TEXT[9:]}", ["Who Pays?"])])
def test_headings_are_marked_in_the_text(opened: Opened, textless: Article, copy: str, found: list[str]) -> None:
    page = opened(textless, "#text")

    _paste(page, copy)
    assert page.locator(".text .l-heading").all_inner_texts() == found


def test_a_blank_copy_is_rejected(opened: Opened, textless: Article) -> None:
    page = opened(textless, "#text")

    page.fill("#own-copy", " \n\u2028")
    page.click("#align")
    assert page.locator("#copy-problem").inner_text() == "This copy is blank."


def test_no_sentence_is_found_in_an_unrelated_text(opened: Opened, textless: Article) -> None:
    page = opened(textless, "#text")

    _paste(page, "Something else altogether. " * 200)
    assert page.locator("#count").inner_text().startswith("0 of 5 sentences found.")


def test_the_focus_moves_to_the_text(opened: Opened, textless: Article) -> None:
    page = opened(textless, "#text")

    _paste(page, TEXT)
    assert page.evaluate("document.activeElement.id") == "main"


def test_a_copy_can_be_forgotten(opened: Opened, textless: Article) -> None:
    page = opened(textless, "#text")

    _paste(page, TEXT)
    page.click("text=Forget this copy")
    assert page.locator("#count").inner_text() == "No text yet"
    assert page.input_value("#own-copy") == ""


def test_a_sentence_opens_the_records_in_it(opened: Opened, article: Article) -> None:
    page = opened(article, "#text")

    page.click(".sentence:has-text('ferry')")
    shown = [card.get_attribute("data-record") for card in page.locator("#record .card").all()]
    assert "ferry" in page.locator(".sentence.chosen").inner_text()
    assert {"claim/c-loss", "mention/m-gull", "mention/m-sel", "quantity/q-loss", "quotation/said-sel"} == set(shown)


def test_a_sentence_without_a_claim_shows_the_reason(opened: Opened, article: Article) -> None:
    page = opened(article, "#text")

    page.click(".sentence:has-text('Where')")
    assert page.locator("#record-body").inner_text().startswith("Expresses no claim: asks a question")


def test_sentences_are_selected_and_opened_by_keyboard(opened: Opened, article: Article) -> None:
    page = opened(article, "#text")

    page.focus(".sentence[tabindex='0']")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert page.locator("#record-title").inner_text() == "In this sentence"
    page.keyboard.press("Escape")
    assert "ferry" in page.evaluate("document.activeElement.textContent")


def test_the_spans_of_a_record_in_the_address_are_marked(opened: Opened, article: Article) -> None:
    page = opened(article, "#claim/c-head")

    assert page.locator(".text .at").all_inner_texts() == ["She", " leads the ", "port"]


def test_without_a_text_a_record_in_the_address_is_shown_beside_the_claims(opened: Opened, textless: Article) -> None:
    page = opened(textless, "#claim/c-head")

    assert page.locator("#view .card.opened").get_attribute("data-record") == "claim/c-head"


def test_a_record_can_be_shown_in_the_text(opened: Opened, article: Article) -> None:
    page = opened(article)

    page.click("nav >> text=Claims")
    page.click("a:text('c-head')")
    page.click("text=Show in the text")
    assert page.locator(".text .at").all_inner_texts() == ["She", " leads the ", "port"]


def test_kinds_of_spans_can_be_hidden(opened: Opened, article: Article) -> None:
    page = opened(article, "#text")

    page.uncheck("label:has-text('Mentions') input")
    assert "show-mention" not in (page.get_attribute(".text", "class") or "")


WORDS = ("toll", "Éa", "e\u0301te\u0301", "👩\u200d🔬", "𝔘𝔫𝔦", "שלום", "مرحبا", "王", "a\u00a0b", "ﬁn", "x")
"""Words that normalisation may change, and words that it must leave unchanged."""

pieces = st.one_of(
    st.sampled_from(
        [*WORDS, "“", "’", "—", "…", "½", "\u00b4", "\u00ad", "\u200b", "\x1c", "\x85", "\u3000", "각", "\u1100\u1161"]
    ),
    st.characters(exclude_categories=["Cs", "Cn"]),
)


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(pieces, max_size=12).map(" ".join) | st.lists(pieces, max_size=12).map("".join))
def test_the_page_normalises_and_digests_as_python_does(functions: Page, text: str) -> None:
    made: Any = functions.evaluate("text => [opedExplorer.normalise(text), opedExplorer.sentenceDigest(text)]", text)

    assert made == [normalise(text), sentence_digest(text)]


def test_long_texts_are_digested_alike(functions: Page) -> None:
    lengths = [0, 1, 27, 28, 31, 32, 54, 55, 56, 63, 64, 65, 119, 120, 1000]

    made = functions.evaluate("lengths => lengths.map((n) => opedExplorer.sentenceDigest('é'.repeat(n)))", lengths)
    assert made == [sentence_digest("é" * length) for length in lengths]


def test_the_copyrighted_article_is_attached_to_its_text(opened: Opened, bundled: Article, article_text: str) -> None:
    page = opened(bundled, "#text")

    page.evaluate(DROP, [article_text.replace("“", '"').replace("\n\n", "\r\n"), "copy.txt"])
    page.wait_for_selector(".text")
    total = len(bundled.source.sentences)
    assert page.locator("#count").inner_text() == f"{total} of {total} sentences found."


# Saved web pages.

SAVED = """<!DOCTYPE html><html><head><meta charset="windows-1252"><title>The Gull</title>
<script>alert(1)</script></head><body onload="alert(2)"><nav>Home</nav><img src="http://example.com/x.png">
<h1>The Toll</h1><p>Maro raised the <b>toll</b> on May&nbsp;3.
\u201cThe ferry lost 40&#32;crowns,\u201d the <a href="x">Gull</a> cited Sel as saying.</p>
<style>p { color: red }</style><!-- a <p> that is none -->
<h2>Who Pays?</h2><p>Where did it go? She leads the port.<br>So the port may fall.</p></body></html>"""
FOUND = "5 of 5 sentences found."


@pytest.mark.parametrize("name", ["page.html", "page.htm", "page"])
def test_a_saved_page_is_read_as_text_and_not_run(opened: Opened, textless: Article, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(SAVED.encode("cp1252"))
    page = opened(textless, "#text")

    page.set_input_files("#own-file", tmp_path / name)
    page.wait_for_selector(".text")
    assert page.locator("#count").inner_text() == FOUND
    assert _marked(page, "quotation/said-sel") == "The ferry lost 40 crowns,"
    assert page.locator(".text img, .text script, .text a").count() == 0


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_byte_order_mark_determines_the_encoding(
    opened: Opened, textless: Article, tmp_path: Path, encoding: str
) -> None:
    (tmp_path / "copy.txt").write_bytes(f"Printed\n{TEXT}".encode(encoding))
    page = opened(textless, "#text")

    page.set_input_files("#own-file", tmp_path / "copy.txt")
    page.wait_for_selector(".text")
    assert page.locator("#count").inner_text() == FOUND


def test_a_file_with_invalid_bytes_is_rejected(opened: Opened, textless: Article, tmp_path: Path) -> None:
    (tmp_path / "copy.txt").write_bytes(TEXT.encode("cp1252"))
    page = opened(textless, "#text")

    page.set_input_files("#own-file", tmp_path / "copy.txt")
    problem = "This file could not be read as text; paste the text instead."
    page.wait_for_function("wanted => document.getElementById('copy-problem').textContent === wanted", arg=problem)


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>a<b>b</b> c<br>d</p><div title='>'>e</div>", "ab c\nd\ne"),
        ("&lt;b&gt; &amp;lt; &eacute;&#233;&#xe9; &#147;x&#148; &nosuch; &amp", "<b> &lt; ééé “x” &nosuch; &amp"),
        ("a<script>b</script>c<!-- d -->e<STYLE>f</STYLE >g<title>h", "aceg"),
        ("1 < 2 &#0; &#xd800; &#1114112;", "1 < 2 \ufffd \ufffd \ufffd"),
        ("<!-- never closed <p>a", ""),
    ],
)
def test_the_text_of_a_page_is_extracted(functions: Page, markup: str, text: str) -> None:
    assert functions.evaluate("markup => opedExplorer.textOfPage(markup)", markup) == text
