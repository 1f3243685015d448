"""Draw the picture of the explorer's overview that stands in the README and on the site.

Needs Chromium, Playwright (dependency group `browser`) and Pillow, which comes with Matplotlib (extra `test`):
`python tools/build_pictures.py`, after the data or the page has changed. The file names, not the pixels, are checked by
the tests, because letters look different on every machine.
"""

from __future__ import annotations

import io
import shutil
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from oped_dataset import explore, load

PICTURES = Path(__file__).resolve().parent.parent / "docs" / "pictures"
COLOURS = 96
"""So many colours make the file a third as large, and no difference to the eye."""


def main() -> int:
    """Write the pictures; return the exit code."""
    chromium = shutil.which("chromium")
    if chromium is None:
        sys.stderr.write("there is no chromium on the path\n")
        return 1
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--headless", "--disable-gpu", "--no-sandbox"])
        for name, article in (("overview", "retired-officials-2019"), ("overview-harbour-toll", "harbour-toll")):
            file = Path(folder, f"{article}.html")
            file.write_text(explore(load(article)), encoding="utf-8")
            page = browser.new_page(viewport={"width": 1280, "height": 800}, color_scheme="light")
            page.goto(file.as_uri())
            drawn = page.screenshot()
            few = Image.open(io.BytesIO(drawn)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
            few.save(PICTURES / f"{name}.png", optimize=True)
            sys.stdout.write(f"wrote {name}.png, {(PICTURES / f'{name}.png').stat().st_size} bytes\n")
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
