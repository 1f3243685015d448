"""Draw the pictures of the README and the how-to guides, for light and dark pages, in `docs/pictures/`.

Needs Chromium, Playwright (dependency group `browser`) and Pillow, which comes with Matplotlib (extra `test`):
`python tools/build_pictures.py`, after a change to the data, the explorer, the notebook views or a guide. The tests
check the names of the files and not the pixels, because fonts differ between machines.

A picture of a guide shows the page of the explorer, or the notebook view of an object from the guide's code.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shutil
import sys
import tempfile
from html import escape
from pathlib import Path
from typing import Any, Final

import attrs
from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from oped_dataset import Article, explore, load, load_path
from oped_dataset.testing import make_corpus

ROOT: Final = Path(__file__).resolve().parent.parent
PICTURES: Final = ROOT / "docs" / "pictures"
COLOURS: Final = 256
"""The size of a palette: it halves the file, and different commitments keep different colours."""


@attrs.frozen
class Explored:
    """The page of an article, opened at a fragment of its address.

    Attributes:
        article: The article.
        address: The fragment, or "" for the overview.
    """

    article: Article
    address: str = ""


@attrs.frozen
class Cell:
    """The notebook view of an expression, after the code of a guide has run.

    Attributes:
        page: The guide.
        expression: The expression.
    """

    page: str
    expression: str


def _subjects() -> dict[str, Explored | Cell]:
    toll = load("harbour-toll")
    deepest = max(toll.claims, key=lambda claim: len(claim.voices))
    return {
        "overview": Explored(load()),
        "how-to-annotate-an-article": Explored(load_path(ROOT / "tests/annotated/article.json")),
        "how-to-ask-a-model": Cell("how-to-ask-a-model", "extraction.article.claims"),
        "how-to-attach-a-copy": Cell("how-to-attach-a-copy", "attached"),
        "how-to-score-an-extraction": Cell("how-to-score-an-extraction", "scores"),
        "how-to-store-records": Cell("how-to-store-records", "event"),
        "how-to-test-with-the-kit": Explored(next(make_corpus(1, seed=3, max_claims=90))),
        "how-to-use-in-a-browser": Explored(toll, f"#claim/{deepest.id}"),
    }


def _cell(cell: Cell) -> str:
    """Return the page of a notebook cell: the expression and its view."""
    text = (ROOT / "docs" / f"{cell.page}.md").read_text(encoding="utf-8")
    names: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder), contextlib.redirect_stdout(io.StringIO()):
        for block in re.findall(r"^```python\n(.*?)^```$", text, re.MULTILINE | re.DOTALL):
            exec(compile(block, cell.page, "exec", dont_inherit=True), names)
        shown = eval(cell.expression, names)._repr_html_()
    style = "margin:0;width:720px;padding:12px;font:14px/1.4 system-ui,sans-serif"
    return (
        f'<!doctype html><meta charset="utf-8"><meta name="color-scheme" content="light dark"><body style="{style}">'
        f'<pre style="margin:0 0 8px">{escape(cell.expression)}</pre>{shown}'
    )


def _draw(browser: Browser, name: str, subject: Explored | Cell, file: Path) -> None:
    file.write_text(explore(subject.article) if isinstance(subject, Explored) else _cell(subject), encoding="utf-8")
    for suffix, scheme in (("", "light"), ("-dark", "dark")):
        page = browser.new_page(viewport={"width": 1280, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]
        page.goto(file.as_uri() + (subject.address if isinstance(subject, Explored) else ""))
        # The height of a picture is that of the content.
        foot = page.locator("footer" if isinstance(subject, Explored) else "body").bounding_box()
        assert foot is not None
        bottom = min(800, foot["y"] + foot["height"])
        width = 1280 if isinstance(subject, Explored) else foot["width"]
        drawn = page.screenshot(clip={"x": 0, "y": 0, "width": width, "height": bottom})
        few = (
            Image.open(io.BytesIO(drawn))
            .convert("RGB")
            .quantize(COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
        )
        target = PICTURES / f"{name}{suffix}.png"
        few.save(target, optimize=True)
        sys.stdout.write(f"wrote {target.name}, {target.stat().st_size} bytes\n")
        page.close()


def main() -> int:
    """Write the pictures; return the exit code."""
    chromium = shutil.which("chromium")
    if chromium is None:
        sys.stderr.write("there is no chromium on the path\n")
        return 1
    PICTURES.mkdir(exist_ok=True)
    flags = ["--headless", "--disable-gpu", *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=flags)
        for name, subject in _subjects().items():
            _draw(browser, name, subject, Path(folder, f"{name}.html"))
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
