"""A real browser for the pages: the system's Chromium, driven by Playwright, without a network.

Without Chromium or Playwright, the tests of this directory are skipped with a reason.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import pytest
from browser_page import Opened
from small import small, text_of

from oped_dataset import Article, explore, loads

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

# Chromium refuses to run as root with its sandbox; the other flags stop it from contacting its maker's hosts.
FLAGS = (
    *("--headless", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    *(("--no-sandbox",) if hasattr(os, "geteuid") and os.geteuid() == 0 else ()),
)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all tests; each page has its own context."""
    playwright = pytest.importorskip(
        "playwright.sync_api", reason="Playwright is not installed; pip install --group browser"
    )
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("there is no chromium on the path; on Debian: apt-get install chromium")
    with playwright.sync_playwright() as driver:
        launched = driver.chromium.launch(executable_path=chromium, args=FLAGS)
        yield launched
        launched.close()


@pytest.fixture
def article() -> Article:
    """The small article, with its text."""
    return loads(text_of(small()))


@pytest.fixture
def textless(article: Article) -> Article:
    """The small article without its text, as if that must not be redistributed."""
    return attrs.evolve(article, source=attrs.evolve(article.source, text=None))


@pytest.fixture
def opened(browser: Browser, tmp_path: Path) -> Iterator[Opened]:
    """Open an article's page from a file; the test fails if the page logs, requests or opens anything."""
    noticed: list[str] = []
    contexts = []

    def open_page(shown: Article, address: str = "", **options: Any) -> Page:
        file = tmp_path / f"{shown.id}.html"
        file.write_text(explore(shown), encoding="utf-8", newline="\n")
        contexts.append(browser.new_context(**options))
        page = contexts[-1].new_page()
        page.on("console", lambda message: noticed.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: noticed.append(f"error: {error}"))
        page.on("dialog", lambda dialog: noticed.append(f"dialog: {dialog.message}"))
        page.on("request", lambda request: None if _is_page(request.url, file) else noticed.append(request.url))
        page.goto(file.as_uri() + address)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert noticed == []


@pytest.fixture
def functions(opened: Opened, article: Article) -> Page:
    """A page whose functions are compared with those of the package."""
    return opened(article)


def _is_page(url: str, file: Path) -> bool:
    return url.split("#")[0] == file.as_uri()
