"""Hostile data on the page, its content security policy and its accessibility."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from browser_page import Opened
from small import TEXT, small, text_of

from oped_dataset import Article, explore, loads

pytestmark = pytest.mark.slow

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

HOSTILE = (
    '</script><script>window.pwned=1</script><img src=x onerror="window.pwned=1">\'"`<!--\u2028\u2029'
    "\u202e\u2066 javascript:window.pwned=1 {{data}} ${window.pwned=1} &lt;b&gt; \U0001f469\u200d\U0001f52c"
)
ADDRESSES = ("overview", "claims", "claims?order=time", "claims?order=relations", "arguments", "text", "claim/c-loss")
FREE_WORDS = {"title", "gist", "name", "aliases", "description", "note", "unit", "of", "no_claim", "text"}


def _poisoned(value: Any, key: str = "") -> Any:
    """Replace every free text by the hostile string."""
    if isinstance(value, dict):
        return {name: _poisoned(entry, name) for name, entry in value.items()}
    if isinstance(value, list):
        return [_poisoned(entry, key) for entry in value]
    return HOSTILE if isinstance(value, str) and key in FREE_WORDS else value


@pytest.fixture
def hostile() -> Article:
    document = _poisoned(small())
    document["source"]["text"] = None
    document["entities"][0]["aliases"] = [HOSTILE]
    document["entities"][0]["description"] = HOSTILE
    document["relations"][0]["title"] = HOSTILE
    document["events"][0]["place"] = "port"
    return loads(text_of(document))


def test_hostile_strings_are_shown_and_never_run(opened: Opened, hostile: Article) -> None:
    page = opened(hostile)

    for address in (*ADDRESSES, "entity/ines", "event/e-rise", "relation/r-head", "quotation/said-sel"):
        page.evaluate("address => { location.hash = address; }", address)
        view = address.split("?")[0]
        page.wait_for_selector(f"[aria-current][data-view='{view}'], #record:not([hidden]) .record-box")
        assert page.evaluate("window.pwned") is None
        assert page.locator("img, iframe, object, embed, link, base").count() == 0
        assert page.locator("script").count() == 2


def test_a_chain_of_thousands_of_voices_is_shown_whole(opened: Opened) -> None:
    document = small()
    [claim] = [claim for claim in document["claims"] if claim["id"] == "c-loss"]
    inner = next(voice for each in document["claims"] for voice in each["voices"][1:])
    claim["voices"] = claim["voices"][:1] + [{**inner, "source": ("sel", "maro")[n % 2]} for n in range(3000)]
    page = opened(loads(text_of(document)), "#overview")

    for address in ("claims", "arguments", "text"):
        page.evaluate("address => { location.hash = address; }", address)
        page.wait_for_selector(f"[aria-current][data-view='{address}']")
    page.evaluate("() => { location.hash = 'claim/c-loss'; }")
    page.wait_for_selector("#record .voices")

    assert page.locator("#record .voices li").count() == 3001


def test_a_hostile_title_is_shown_unchanged(opened: Opened, hostile: Article) -> None:
    page = opened(hostile)

    assert page.locator("h1").text_content() == HOSTILE
    assert page.title().startswith("</script><script>")


def test_a_hostile_gist_is_shown_unchanged(opened: Opened, hostile: Article) -> None:
    page = opened(hostile, "#claims")

    assert page.locator(".speech .gist").first.text_content() == HOSTILE


def test_text_from_the_data_is_isolated_in_direction(opened: Opened, hostile: Article) -> None:
    page = opened(hostile)

    isolated = "element => getComputedStyle(element).unicodeBidi"
    assert {each.evaluate(isolated) for each in page.locator("bdi").all()} == {"isolate"}


def test_a_hostile_copy_is_shown_and_never_run(opened: Opened, textless: Article) -> None:
    page = opened(textless, "#text")

    page.fill("#own-copy", f"{HOSTILE}\nShe leads the port.")
    page.click("#align")
    page.wait_for_selector(".text")
    assert page.evaluate("window.pwned") is None
    assert "<img src=x" in page.locator(".text").inner_text()
    assert page.locator("#count").inner_text().startswith("1 of 5")


@pytest.mark.parametrize("address", ["#claims?q=%3Cimg%20onerror%3D1%3E", "#claim/<img>", "#%E0%A4%A", "#__proto__/x"])
def test_hostile_addresses_are_ignored(opened: Opened, article: Article, address: str) -> None:
    page = opened(article, address)

    assert page.locator("img").count() == 0
    assert page.locator("#view-title").text_content() in ("Overview", "Claims", "Text")


def _attempt(page: Page, code: str) -> str:
    result: str = page.evaluate(
        f"async () => {{ try {{ {code}; return 'done' }} catch (error) {{ return error.name }} }}"
    )
    return result


def test_a_string_cannot_become_markup(browser: Browser, article: Article, tmp_path: Path) -> None:
    page = _bare(browser, article, tmp_path)

    assert _attempt(page, "document.body.innerHTML = '<b>x</b>'") == "TypeError"


def test_nothing_can_be_requested(browser: Browser, article: Article, tmp_path: Path) -> None:
    page = _bare(browser, article, tmp_path)

    assert _attempt(page, "await fetch('http://127.0.0.1:9/')") == "TypeError"
    assert _attempt(page, "await fetch(location.href)") == "TypeError"


def _bare(browser: Browser, article: Article, tmp_path: Path) -> Page:
    # The fixture `opened` would fail, because the browser logs the blocked requests.
    (tmp_path / "page.html").write_text(explore(article), encoding="utf-8")
    page = browser.new_page()
    page.goto((tmp_path / "page.html").as_uri())
    return page


@pytest.mark.parametrize("address", ADDRESSES)
def test_axe_finds_no_barrier_in_light_and_dark(opened: Opened, article: Article, address: str) -> None:
    axe = pytest.importorskip(
        "axe_playwright_python.sync_playwright", reason="pip install --group browser brings axe-core"
    )
    page = opened(article, f"#{address}", bypass_csp=True)

    assert _barriers(page, axe.Axe()) == []


def test_axe_finds_no_barrier_in_a_copy_with_losses(opened: Opened, textless: Article) -> None:
    axe = pytest.importorskip(
        "axe_playwright_python.sync_playwright", reason="pip install --group browser brings axe-core"
    )
    page = opened(textless, "#text", bypass_csp=True)

    page.fill("#own-copy", TEXT.replace("raised", "lowered"))
    page.click("#align")
    page.wait_for_selector(".lost")
    assert _barriers(page, axe.Axe()) == []


def _barriers(page: Page, axe: Any) -> list[str]:
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    found = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        found += [each["id"] for each in axe.run(page).response["violations"]]
    return found
