"""The page of a prediction's errors in a browser: its filters, its marks and its accessibility."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from degraded import flattened
from small import small

from oped_dataset import explore_errors, score
from oped_dataset.codec.wire import from_data

pytestmark = pytest.mark.slow

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


@pytest.fixture
def page(browser: Browser, tmp_path: Path) -> Iterator[Page]:
    """A page with one claim flattened and one with longer evidence; the test fails if it logs or requests anything."""
    gold = from_data(small())
    document: dict[str, Any] = small()
    document["claims"][3]["evidence"][0]["start"] -= 3
    document["claims"][3]["kind"] = "state"
    predicted = flattened(from_data(document))
    file = tmp_path / "errors.html"
    file.write_text(explore_errors(score(predicted, gold)), encoding="utf-8", newline="\n")
    noticed: list[str] = []
    context = browser.new_context()
    opened = context.new_page()
    opened.on("console", lambda message: noticed.append(message.text))
    opened.on("pageerror", lambda error: noticed.append(str(error)))
    opened.on("request", lambda request: None if request.url == file.as_uri() else noticed.append(request.url))
    opened.goto(file.as_uri())
    yield opened
    context.close()
    assert noticed == []


def count(page: Page) -> str:
    return page.locator("#count").inner_text()


def test_the_errors_of_claims_are_shown_first(page: Page) -> None:
    assert count(page) == "2 shown"
    assert page.locator(".block:visible").count() == 2


def test_errors_are_filtered_by_loss_words_fault_and_layer(page: Page) -> None:
    page.select_option("#lost", "flattened")
    assert count(page) == "1 shown"
    page.select_option("#lost", "")
    page.fill("#words", "GOES UNDER")
    assert count(page) == "1 shown"
    page.fill("#words", "")
    page.uncheck("[value=mistaken]")
    assert count(page) == "0 shown"
    page.check("[value=right]")
    assert count(page) == "2 shown"
    page.select_option("#layer", "times")
    assert count(page) == "1 shown"


def test_evidence_is_marked_in_the_text(page: Page) -> None:
    marks = page.locator(".block:visible mark").evaluate_all(
        "all => all.map(each => [each.className, each.textContent])"
    )

    assert marks == [
        ["both", "The ferry lost 40 crowns"],
        ["predicted", "So "],
        ["both", "the port may fall"],
    ]
    page.uncheck("[value=mistaken]")
    page.check("[value=right]")
    assert page.locator(".block:visible .text").first.inner_text() == "Maro raised the toll on May 3."


def test_axe_finds_no_barrier_on_the_errors_page(page: Page) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()

    assert [each["id"] for each in axe.run(page).response["violations"]] == []
