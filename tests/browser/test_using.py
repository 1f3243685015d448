"""Using the page: search, filters, addresses and the keyboard."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browser_page import Opened
from small import changed, small, text_of

from oped_dataset import Article, explore, loads

pytestmark = pytest.mark.slow

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


def _claims(page: Page) -> list[str | None]:
    return [card.get_attribute("data-record") for card in page.locator("#view .card").all()]


def test_claims_are_listed_in_the_order_of_the_text(opened: Opened, article: Article) -> None:
    page = opened(article, "#claims")

    assert _claims(page) == ["claim/c-rise", "claim/c-loss", "claim/c-head", "claim/c-fall"]
    assert page.locator("#view h3").all_inner_texts() == ["The Toll", "Who Pays?"]
    assert page.locator("#count").inner_text() == "4 claims of 4"


@pytest.mark.parametrize(
    ("control", "value", "left"),
    [
        ("voice", "sel", ["claim/c-loss"]),
        ("commitment", "possible", ["claim/c-fall"]),
        ("commitment", "against", []),
        ("stance", "open", ["claim/c-loss"]),
        ("stance", "rejects", []),
        ("source", "unnamed", []),
        ("source", "named", ["claim/c-rise", "claim/c-loss", "claim/c-head", "claim/c-fall"]),
        ("depth", "3", ["claim/c-loss"]),
        ("depth", "more", ["claim/c-loss"]),
        ("depth", "1", ["claim/c-rise", "claim/c-head", "claim/c-fall"]),
        ("entity", "port", ["claim/c-rise", "claim/c-head", "claim/c-fall"]),
        ("predicate", "leads", ["claim/c-head"]),
    ],
)
def test_selecting_a_value_filters_the_claims(
    opened: Opened, article: Article, control: str, value: str, left: list[str]
) -> None:
    page = opened(article, "#claims")

    page.select_option(f"#filter-{control}", value)
    assert _claims(page) == left
    assert page.evaluate("location.hash") == f"#claims?{control}={value}"


@pytest.mark.parametrize(
    ("address", "left"),
    [
        ("chain=gull.sel", ["claim/c-loss"]),
        ("chain=gull", ["claim/c-rise", "claim/c-loss", "claim/c-head", "claim/c-fall"]),
        ("under=c-fall", ["claim/c-loss", "claim/c-head"]),
        ("under=c-fall&base=named", ["claim/c-loss"]),
        ("under=c-fall&base=own", []),
        ("dated=undated", ["claim/c-fall"]),
        ("dated=stretch", ["claim/c-head"]),
        ("commitment=against", []),
    ],
)
def test_an_address_filters_the_claims(opened: Opened, article: Article, address: str, left: list[str]) -> None:
    page = opened(article, f"#claims?{address}")

    assert _claims(page) == left


@pytest.mark.parametrize(
    ("control", "text", "left"),
    [
        ("q", "SHORT crowns", ["claim/c-loss"]),
        ("q", "relays gull", ["claim/c-loss"]),
        ("q", "leads", ["claim/c-head"]),
        ("q", "nothing like it", []),
        ("from", "2019-05", ["claim/c-rise", "claim/c-head"]),
        ("to", "2018", ["claim/c-head"]),
        ("to", "2017", []),
    ],
)
def test_typing_a_value_filters_the_claims(
    opened: Opened, article: Article, control: str, text: str, left: list[str]
) -> None:
    page = opened(article, "#claims")

    page.fill(f"#filter-{control}", text)
    assert _claims(page) == left


@pytest.mark.parametrize(
    ("pointer", "value", "words"),
    [
        ("/claims/1/voices/0/commitment", "probably-not", "doubts"),
        ("/claims/1/voices/2/commitment", "certainly-not", "denies"),
        ("/claims/1/voices/0/commitment", "certain", "shares"),
    ],
)
def test_a_search_finds_claims_by_words_for_their_stances(opened: Opened, pointer: str, value: str, words: str) -> None:
    page = opened(loads(text_of(changed(small(), pointer, value))), "#claims")

    page.fill("#filter-q", words)
    assert _claims(page) == ["claim/c-loss"]


def test_a_search_finds_claims_of_unnamed_sources_and_entities(opened: Opened) -> None:
    document = small()
    document["entities"][3] |= {"named": False}
    document["mentions"][2] |= {"form": "nominal"}
    page = opened(loads(text_of(document)), "#claims")

    page.fill("#filter-q", "unnamed")
    assert _claims(page) == ["claim/c-loss"]
    assert page.locator(".found").inner_text() == "1 entity: Sel"


def test_a_commitment_filter_applies_to_the_selected_voice(opened: Opened, article: Article) -> None:
    page = opened(article, "#claims?voice=ines&commitment=certain")

    assert page.input_value("#filter-voice") == "ines"
    assert _claims(page) == ["claim/c-rise", "claim/c-head"]


def test_an_invalid_time_is_marked_and_filters_nothing(opened: Opened, article: Article) -> None:
    page = opened(article, "#claims")

    page.fill("#filter-from", "May")
    assert page.get_attribute("#filter-from", "aria-invalid") == "true"
    assert page.locator("#count").inner_text() == "4 claims of 4"


def test_unknown_values_in_an_address_filter_nothing(opened: Opened, article: Article) -> None:
    page = opened(
        article, "#claims?voice=nobody&commitment=__proto__&from=x&q=%&under=c-none&base=own&order=constructor"
    )

    assert page.input_value("#filter-voice") == ""
    assert page.evaluate("document.getElementById('filter-q').value") == "%"
    assert page.locator("#asked .chip").all_inner_texts() == ["“%” ×"]


def test_filters_apply_to_all_views_and_can_be_removed(opened: Opened, article: Article) -> None:
    page = opened(article, "#claims?voice=sel&commitment=certain&depth=3")

    page.click("nav >> text=Arguments")
    assert page.locator("#count").inner_text() == "2 of 2 arguments under 1 conclusion"
    assert page.locator("#asked [data-filter]").all_inner_texts() == [
        "Voice in the chain: Sel ×",
        "Commitment of that voice: certain ×",
        "Voices in the chain: 3 voices ×",
    ]
    page.click("[data-filter='commitment']")
    assert page.evaluate("location.hash") == "#arguments?voice=sel&depth=3"
    page.click("text=Clear all")
    assert page.evaluate("location.hash") == "#arguments"
    assert not page.locator("#asked").is_visible()


def test_removing_the_filter_by_conclusion_removes_the_one_by_base(opened: Opened, article: Article) -> None:
    page = opened(article, "#claims?under=c-fall&base=named")

    page.click("[data-filter='under']")
    assert page.evaluate("location.hash") == "#claims"


# From the overview.


@pytest.mark.parametrize(
    ("mark", "address", "left"),
    [
        (".heard th:has-text('Sel') a", "#claims?chain=gull.sel", ["claim/c-loss"]),
        (".heard thead a", "#claims?stance=open", ["claim/c-loss"]),
        (".heard .stack a.c-possible", "#claims?commitment=possible&depth=1", ["claim/c-fall"]),
        (".argued .stack a", "#claims?under=c-fall&base=named", ["claim/c-loss"]),
        (".columns a", "#claims?from=2019-05&to=2019-05&order=time", ["event/e-rise", "relation/r-head"]),
        ("#p-time .chip:text('undated')", "#claims?dated=undated&order=time", ["event/e-fall"]),
        (".p-relations .chip", "#claims?predicate=leads&order=relations", ["relation/r-head"]),
    ],
)
def test_a_mark_links_to_its_records(
    opened: Opened, article: Article, mark: str, address: str, left: list[str]
) -> None:
    page = opened(article)

    page.click(mark)
    assert page.evaluate("location.hash") == address
    assert _claims(page) == left
    assert page.evaluate("document.activeElement.id") == "main"


def test_a_thesis_links_to_its_arguments(opened: Opened, article: Article) -> None:
    page = opened(article)

    page.click(".argued a.gist")
    assert page.evaluate("location.hash") == "#arguments?under=c-fall"
    assert page.locator(".argument-map .branch[open] > ul > li").count() == 1


def test_a_square_opens_its_claim_beside_the_overview(opened: Opened, article: Article) -> None:
    page = opened(article)

    page.click(".heard .mark")
    assert page.locator("#record-title").inner_text() == "claim c-loss"
    assert page.locator("#views [aria-current]").inner_text() == "Overview"
    assert page.locator(".mark.opened, .tick.opened").count() == 2


def test_records_within_a_period_come_before_those_that_overlap_it(opened: Opened) -> None:
    document = changed(small(), "/relations/0/during", "2000/..")
    page = opened(loads(text_of(document)), "#claims?order=time&from=2019&to=2019")

    assert _claims(page) == ["event/e-rise", "relation/r-head"]
    assert page.locator("#view h3").all_inner_texts() == ["3 May 2019", "from 2000 on, end open"]


def test_undated_records_and_unresolved_times_are_listed_apart(opened: Opened) -> None:
    document = changed(changed(small(), "/times/0/value", None), "/times/0/anchor", None)
    page = opened(loads(text_of(document)), "#claims?order=time")

    apart = page.locator(".apart")
    assert apart.locator("summary").all_inner_texts() == ["Undated (1)", "Time expressions left unresolved (1)"]
    assert apart.locator("[data-record='event/e-fall']").count() == 1


# Records.


def test_an_entity_lists_who_speaks_about_it(opened: Opened, article: Article) -> None:
    page = opened(article, "#entity/maro")

    page.click("text=1 claim >> nth=0")
    assert page.evaluate("location.hash") == "#claims?voice=ines&entity=maro"
    assert _claims(page) == ["claim/c-rise", "claim/c-head"]


def test_words_in_brackets_are_marked_as_the_articles(opened: Opened) -> None:
    document = small()
    words = "“The ferry [Nixe] lost 40 crowns,”"
    document["source"]["text"] = None
    document["quotations"][0] |= {"text": words[1:-1]}
    page = opened(loads(text_of(document)), "#claim/c-loss")

    assert page.locator("#record .quoted").first.inner_text() == f"{words} words in brackets are the article’s"
    assert page.locator("#record .inserted").first.inner_text() == "[Nixe]"


def test_back_closes_a_record(opened: Opened, article: Article) -> None:
    page = opened(article, "#claims")

    page.click("a:text('c-loss')")
    assert page.evaluate("location.hash") == "#claim/c-loss"
    page.go_back()
    assert not page.locator("#record-box").is_visible()


def test_a_record_opens_and_closes_by_keyboard(opened: Opened, article: Article) -> None:
    page = opened(article, "#claims")

    page.focus("#view [data-step]:text('c-rise')")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "record-title"
    assert page.locator("#record-title").inner_text() == "claim c-loss"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.textContent") == "c-loss"
    assert page.evaluate("location.hash") == "#claims"


def test_a_slash_focuses_the_search_unless_switched_off(opened: Opened, article: Article) -> None:
    page = opened(article, "#claims")

    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "filter-q"
    page.keyboard.type("a/b")
    assert page.input_value("#filter-q") == "a/b"
    page.uncheck("#single-keys")
    page.focus("#main")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "main"


def test_the_first_tab_stop_skips_to_the_view(opened: Opened, article: Article) -> None:
    page = opened(article)

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_every_panel_is_one_tab_stop_and_arrows_move_between_marks(opened: Opened, article: Article) -> None:
    page = opened(article)

    stops = page.locator("#view a[tabindex='0']")
    assert stops.evaluate_all(
        "links => links.map((link) => link.closest('.panel').getAttribute('aria-labelledby'))"
    ) == [*("p-voices", "p-argued", "p-time", "p-relations", "p-text")]
    page.focus(".strip a")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#claim/c-loss"
    page.keyboard.press("Enter")
    assert page.locator("#record-title").inner_text() == "claim c-loss"


def test_arrows_reach_every_mark_of_the_overview(opened: Opened, article: Article) -> None:
    page = opened(article)

    for panel in page.locator(".panel").all():
        marks = panel.locator("a[tabindex]")
        panel.locator("a[tabindex='0']").focus()
        reached = {page.evaluate("document.activeElement.outerHTML.replace(/tabindex=.-?\\d./, '')")}
        for _ in range(3):
            for key in ("ArrowDown", "ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp"):
                for _ in range(marks.count()):
                    page.keyboard.press(key)
                    reached.add(page.evaluate("document.activeElement.outerHTML.replace(/tabindex=.-?\\d./, '')"))
        assert len(reached) == marks.count()


# Frames.

AROUND = """(async ([page, sandbox]) => {
  const frame = document.createElement("iframe");
  if (sandbox) frame.setAttribute("sandbox", sandbox);
  frame.style = "width: 900px; height: 600px";
  const loaded = new Promise((resolve) => { frame.onload = resolve; });
  frame.srcdoc = page;
  document.body.append(frame);
  await loaded;
})"""


@pytest.mark.parametrize("sandbox", ["", "allow-scripts"])
def test_links_and_search_work_in_a_frame_without_an_address(
    browser: Browser, article: Article, tmp_path: Path, sandbox: str
) -> None:
    around = tmp_path / "around.html"
    around.write_text("<!doctype html><title>around</title><body>around", encoding="utf-8")
    page = browser.new_page()
    page.goto(around.as_uri())

    page.evaluate(AROUND, [explore(article), sandbox])
    frame = page.frames[1]
    frame.click("nav >> text=Claims")
    frame.fill("#filter-q", "ferry")
    frame.click("a:text('c-loss')")
    assert frame.locator("#record-title").inner_text() == "claim c-loss"
    assert frame.locator("#count").inner_text() == "1 claim of 4"
    frame.click("#record-close")
    frame.click("[data-filter='q']")
    assert frame.locator("#count").inner_text() == "4 claims of 4"
    assert page.url == around.as_uri()
    page.close()
