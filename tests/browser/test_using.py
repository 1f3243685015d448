"""The page under the hands of a reader: search, filters, addresses, keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from browser_page import Opened

from oped_dataset import Article

pytestmark = pytest.mark.slow

if TYPE_CHECKING:
    from playwright.sync_api import Page


def _claims(page: Page) -> list[str | None]:
    return [card.get_attribute("data-record") for card in page.locator("#view .card").all()]


def test_all_claims_in_the_order_of_the_text(opened: Opened, article: Article) -> None:
    page = opened(article)

    assert _claims(page) == ["claim/c-rise", "claim/c-loss", "claim/c-head", "claim/c-fall"]
    assert page.locator("#view h3").all_inner_texts() == ["The Toll", "Who Pays?"]
    assert page.locator("#count").inner_text() == "4 claims of 4"


@pytest.mark.parametrize(
    ("control", "value", "left"),
    [
        ("voice", "sel", ["claim/c-loss"]),
        ("commitment", "possible", ["claim/c-fall"]),
        ("entity", "port", ["claim/c-rise", "claim/c-head", "claim/c-fall"]),
    ],
)
def test_choosing_filters_the_claims(
    opened: Opened, article: Article, control: str, value: str, left: list[str]
) -> None:
    page = opened(article)

    page.select_option(f"#filter-{control}", value)
    assert _claims(page) == left
    assert page.evaluate("location.hash") == f"#claims?{control}={value}"


@pytest.mark.parametrize(
    ("control", "text", "left"),
    [
        ("q", "SHORT crowns", ["claim/c-loss"]),
        ("q", "relays gull", ["claim/c-loss"]),
        ("q", "nothing like it", []),
        ("from", "2019-05", ["claim/c-rise", "claim/c-head"]),
        ("to", "2018", ["claim/c-head"]),
        ("to", "2017", []),
    ],
)
def test_typing_filters_the_claims(opened: Opened, article: Article, control: str, text: str, left: list[str]) -> None:
    page = opened(article)

    page.fill(f"#filter-{control}", text)
    assert _claims(page) == left


def test_a_commitment_is_that_of_the_chosen_voice(opened: Opened, article: Article) -> None:
    page = opened(article, "#claims?voice=ines&commitment=certain")

    assert page.input_value("#filter-voice") == "ines"
    assert _claims(page) == ["claim/c-rise", "claim/c-head"]


def test_a_time_that_is_none_is_marked_and_filters_nothing(opened: Opened, article: Article) -> None:
    page = opened(article)

    page.fill("#filter-from", "May")
    assert page.get_attribute("#filter-from", "aria-invalid") == "true"
    assert page.locator("#count").inner_text() == "4 claims of 4"


def test_unknown_values_in_an_address_filter_nothing(opened: Opened, article: Article) -> None:
    page = opened(article, "#claims?voice=nobody&commitment=__proto__&from=x&q=%")

    assert page.input_value("#filter-voice") == ""
    assert page.evaluate("document.getElementById('filter-q').value") == "%"


def test_filters_go_with_the_reader_and_can_be_cleared(opened: Opened, article: Article) -> None:
    page = opened(article, "#claims?voice=sel")

    page.click("nav >> text=Arguments")
    assert page.locator("#count").inner_text() == "2 of 2 arguments under 1 conclusion"
    page.click("#filter-clear")
    assert page.evaluate("location.hash") == "#arguments"
    assert page.locator("#count").inner_text() == "2 arguments under 1 conclusion"


def test_a_voice_in_the_tree_leads_to_its_claims(opened: Opened, article: Article) -> None:
    page = opened(article, "#voices")

    page.click("button:has-text('in whose chain Sel speaks')")
    assert _claims(page) == ["claim/c-loss"]


def test_back_closes_a_record(opened: Opened, article: Article) -> None:
    page = opened(article)

    page.click("a:text('c-loss')")
    assert page.evaluate("location.hash") == "#claim/c-loss"
    page.go_back()
    assert not page.locator("#record").is_visible()


def test_a_record_opens_and_closes_by_keyboard(opened: Opened, article: Article) -> None:
    page = opened(article)

    page.focus("#view [data-step]:text('c-rise')")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "record-title"
    assert page.locator("#record-title").inner_text() == "claim c-loss"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.textContent") == "c-loss"
    assert page.evaluate("location.hash") == "#claims"


def test_a_slash_goes_to_the_search_unless_switched_off(opened: Opened, article: Article) -> None:
    page = opened(article)

    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "filter-q"
    page.keyboard.type("a/b")
    assert page.input_value("#filter-q") == "a/b"
    page.uncheck("#single-keys")
    page.focus("#main")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "main"


def test_the_first_stop_skips_to_the_view(opened: Opened, article: Article) -> None:
    page = opened(article)

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_arrows_go_from_name_to_name_in_the_graph(opened: Opened, article: Article) -> None:
    page = opened(article, "#relations")

    first, second = page.locator(".node").all()
    boxes = [node.locator("circle").bounding_box() for node in (first, second)]
    assert boxes[0] is not None
    assert boxes[1] is not None
    first.focus()
    page.keyboard.press("ArrowRight" if boxes[1]["x"] > boxes[0]["x"] else "ArrowLeft")
    assert second.evaluate("node => node === document.activeElement")
    page.keyboard.press("Enter")
    assert page.locator("#record-title").inner_text() == f"entity {second.get_attribute('data-node')}"


def test_the_timeline_can_be_evened_and_thinned(opened: Opened, article: Article) -> None:
    page = opened(article, "#timeline")

    page.check("#even")
    page.uncheck("#ties")
    assert page.locator("#count").inner_text() == "1 dated record, 1 undated"
    assert page.evaluate("document.activeElement.id") == "ties"
