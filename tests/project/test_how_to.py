"""The how-to pages work as described, and the tests on them catch the bugs that they are made for."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from oped_dataset import load_path
from oped_dataset.authoring.package import package_files

pytestmark = pytest.mark.slow

TESTS = Path(__file__).parents[1]


def _blocks(page: str, language: str) -> list[str]:
    text = (TESTS.parent / "docs" / page).read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def _run(code: str, folder: Path) -> str:
    """Run code in a separate process that can import the packages in the directory."""
    environment = {"PYTHONPATH": str(folder), "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8"
    )
    assert done.stderr == ""
    return done.stdout


# Publishing an article.

PUBLISH = "how-to-annotate-an-article.md"


def _install(folder: Path, name: str, points: dict[str, str], version: str = "1.0.0") -> None:
    info = folder / f"{name.replace('-', '_')}-{version}.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n", encoding="utf-8")
    lines = [f"{key} = {value}\n" for key, value in points.items()]
    (info / "entry_points.txt").write_text(f"[oped_dataset.articles]\n{''.join(lines)}", encoding="utf-8")


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """A directory with the package of the page, installed according to its pyproject.toml."""
    files = package_files([load_path(TESTS / "annotated" / "article.json")], "slates-article")
    project = tomllib.loads(files["pyproject.toml"].decode())["project"]
    package = tmp_path / "slates_article"
    package.mkdir()
    for path, content in files.items():
        if path.startswith("src/"):
            (package / Path(path).name).write_bytes(content)
    _install(tmp_path, project["name"], project["entry-points"]["oped_dataset.articles"], project["version"])
    return tmp_path


def test_the_installed_article_is_found(installed: Path) -> None:
    assert _run(_blocks(PUBLISH, "python")[-1], installed) == _blocks(PUBLISH, "text")[-1]


LOAD_ALL = """
import json, oped_dataset
found = {}
for name in ("slates", "no-module", "no-article", "renamed"):
    try:
        found[name] = repr(oped_dataset.load(name))
    except oped_dataset.errors.BrokenPlugin as error:
        found[name] = str(error)
print(json.dumps([found, "retired-officials-2019" in oped_dataset.names()]))
"""


def test_a_broken_distribution_is_named_and_does_not_affect_others(installed: Path) -> None:
    _install(installed, "bad-one", {"no-module": "nosuch:article", "no-article": "json:__doc__"})
    _install(installed, "bad-two", {"renamed": "slates_article:article_slates"})

    found, others = json.loads(_run(LOAD_ALL, installed))

    assert found.pop("no-article").startswith("bad-one offers the article 'no-article', which does not load: ")
    assert found == {
        "slates": "<Article slates: 14 claims, 1 events, 14 entities>",
        "no-module": (
            "bad-one offers the article 'no-module' but fails with ModuleNotFoundError: No module named 'nosuch'"
        ),
        "renamed": "bad-two offers the article 'renamed' but delivers 'slates'",
    }
    assert others is True


# Testing with the kit.

KIT = "how-to-test-with-the-kit.md"


def _files() -> dict[str, str]:
    """The blocks that are files, by the names in their first lines."""
    named = (re.match(r"# (\w+\.py)\n", block) for block in _blocks(KIT, "python"))
    return {match[1]: match.string for match in named if match}


QUICK = """
from hypothesis import Phase, settings

settings.register_profile("quick", phases=[Phase.generate], derandomize=True, database=None, max_examples=60)
"""
"""Failing examples need not be shrunk here, and must be the same on every run."""


def _outcomes(pytester: pytest.Pytester, project: str, old: str = "", new: str = "") -> tuple[int, int]:
    """Run the tests of a project of the page, after a replacement in its code."""
    code = _files()[f"{project}.py"]
    assert old in code
    pytester.makepyfile(**{project: code.replace(old, new), f"test_{project}": _files()[f"test_{project}.py"]})
    pytester.makeconftest(QUICK)
    counts = pytester.runpytest_subprocess("-q", "--hypothesis-profile", "quick").parseoutcomes()
    return counts.get("passed", 0), counts.get("failed", 0)


@pytest.mark.parametrize(("project", "passed"), [("linker", 1), ("digest", 5)])
def test_the_projects_of_the_page_pass(pytester: pytest.Pytester, project: str, passed: int) -> None:
    assert _outcomes(pytester, project) == (passed, 0)


@pytest.mark.parametrize(
    ("project", "old", "new"),
    [
        ("linker", "start, start + len(name)\n", 'len(text[:start].encode("utf-16-le")) // 2, start + len(name)\n'),
        ("linker", "start, start + len(name)\n", "start, start + len(name.encode())\n"),
        ("linker", "while start", "if start"),
        ("digest", "for voice in claim.voices", "for voice in claim.voices[:1]"),
        ("digest", "voice.commitment}", '"certain"}'),
    ],
)
def test_the_tests_of_the_page_catch_a_planted_bug(pytester: pytest.Pytester, project: str, old: str, new: str) -> None:
    assert _outcomes(pytester, project, old, new)[1] > 0


def test_the_notebook_cell_prints_the_output_shown(tmp_path: Path) -> None:
    (cell,) = [block for block in _blocks(KIT, "python") if not block.startswith("# ")]

    assert _blocks(KIT, "text") == [_run(cell, tmp_path)]
