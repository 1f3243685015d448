"""The site is built without a warning, lists every public name once, and shows the explorer and the charts."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

import oped_dataset
import oped_dataset.authoring
import oped_dataset.testing
from oped_dataset import errors

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
SITE_MAKERS = ("sphinx", "myst_parser", "furo", "altair", "vl_convert")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site as it is published."""
    missing = [name for name in SITE_MAKERS if importlib.util.find_spec(name) is None]
    if missing:
        pytest.skip(f"the site needs {', '.join(missing)}, of the dependency group docs")
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going", "-d", str(folder / "trees")]
    made = subprocess.run([*command, DOCS, folder / "html"], capture_output=True, text=True, encoding="utf-8")
    assert (made.stderr, made.returncode) == ("", 0)
    return folder / "html"


def test_every_public_name_is_in_the_reference_once() -> None:
    pages = "".join(page.read_text(encoding="utf-8") for page in sorted((DOCS / "reference").glob("*.md")))
    named = Counter(re.findall(r"^\.\. auto(?:class|exception|function|data):: (\S+)$", pages, re.MULTILINE))

    exceptions = set(errors.__all__) - set(oped_dataset.__all__)
    public = [f"oped_dataset.{name}" for name in oped_dataset.__all__]
    doors = (oped_dataset.authoring, oped_dataset.testing)
    kit = [f"{door.__name__}.{name}" for door in doors for name in door.__all__ if name not in oped_dataset.__all__]
    listed = [*public, *(f"oped_dataset.errors.{name}" for name in exceptions), *kit]
    assert {name for name in listed if named[name] != 1} == set()
    assert {name for name in named if named[name] != 1} == set()


def test_every_page_is_built(site: Path) -> None:
    pages = {page.relative_to(DOCS).with_suffix(".html") for page in DOCS.rglob("*.md")}

    assert {page for page in pages if not (site / page).is_file()} == set()


def test_the_page_of_the_explorer_is_shown(site: Path) -> None:
    shown = re.findall(r'<iframe[^>]* src="([^"]+)"', (site / "explorer.html").read_text(encoding="utf-8"))

    assert shown == ["harbour-toll.html"]
    assert (site / shown[0]).read_text(encoding="utf-8") == oped_dataset.explore(oped_dataset.load("harbour-toll"))


def test_the_front_page_opens_the_explorer_at_a_chain_of_four_voices_or_more(site: Path) -> None:
    (shown,) = re.findall(
        r'<iframe[^>]* src="harbour-toll.html#claim/([^"]+)"', (site / "index.html").read_text("utf-8")
    )

    assert len(oped_dataset.load("harbour-toll").claims[shown].voices) >= 4


@pytest.mark.parametrize("page", ["tutorial.html", "how-to-plot.html"])
def test_the_charts_are_shown(site: Path, page: str) -> None:
    shown = re.findall(r'<img[^>]* src="([^"]+\.svg)"', (site / page).read_text(encoding="utf-8"))

    assert shown
    assert all("according to Ines Obrecht" in (site / image).read_text(encoding="utf-8") for image in shown)


def test_nothing_is_loaded_from_elsewhere(site: Path) -> None:
    loaded = re.compile(r'<(?:script|img|iframe|link)[^>]*(?:src|href)="(https?:[^"]+)"')

    assert {
        found for page in site.rglob("*.html") for found in loaded.findall(page.read_text(encoding="utf-8"))
    } == set()
