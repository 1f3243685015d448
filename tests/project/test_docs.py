"""The pages are correct: examples print the output shown, links resolve, and the commands are those that are run."""

from __future__ import annotations

import contextlib
import doctest
import importlib
import io
import os
import pkgutil
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from judges import judge

import oped_dataset

ROOT = Path(__file__).parents[2]
PAGES = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]
README = (ROOT / "README.md").read_text(encoding="utf-8")
RECORDS = (ROOT / "docs" / "reference" / "index.md").read_text(encoding="utf-8")
# Pages whose examples run from top to bottom; other tests run those of the other pages.
RUN = (
    "README.md",
    "docs/corpora.md",
    "docs/index.md",
    "docs/tutorial.md",
    "docs/how-to-ask-a-model.md",
    "docs/how-to-attach-a-copy.md",
    "docs/how-to-plot.md",
    "docs/how-to-score-an-extraction.md",
    "docs/how-to-store-records.md",
)
# Libraries that the examples of a page need beyond the extra `test`; without them the page is skipped.
NEEDED = {"docs/corpora.md": ("pyarrow", "duckdb", "polars")}
MODULES = [module.name for module in pkgutil.walk_packages(oped_dataset.__path__, "oped_dataset.")]


def _blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


@pytest.mark.slow
@pytest.mark.parametrize("page", RUN)
def test_the_examples_of_a_page_print_the_output_shown(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in NEEDED.get(page, ()):
        judge(module)
    monkeypatch.chdir(tmp_path)
    text = (ROOT / page).read_text(encoding="utf-8")
    blocks = re.findall(r"^```(python|text)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    printed, names = io.StringIO(), dict[str, object]()

    with contextlib.redirect_stdout(printed):
        for language, block in blocks:
            if language == "python":
                exec(compile(block, page, "exec", dont_inherit=True), names)

    assert printed.getvalue() == "".join(block for language, block in blocks if language == "text")
    assert [file.name for file in tmp_path.iterdir() if not file.stat().st_size] == []


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("bash") is None, reason="this system has no bash")
def test_the_commands_print_the_output_shown(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "command-line.md").read_text(encoding="utf-8")
    examples = re.findall(r"^```sh\n(.*?)^```\n\n```text\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    command = f'oped-dataset() {{ {shlex.quote(sys.executable)} -m oped_dataset "$@"; }}'

    printed = [
        subprocess.run(
            ["bash", "-uc", f"{command}\n{script}"],
            cwd=tmp_path,
            env={**os.environ, "COLUMNS": "100", "PYTHONIOENCODING": "utf-8"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=True,
        ).stdout
        for script, _ in examples
    ]

    assert len(examples) == page.count("```sh\n")
    assert printed == [shown for _, shown in examples]


def test_the_commands_need_only_python_and_pip() -> None:
    programs = [part.split()[0] for block in _blocks("sh") for part in block.split(" && ")]

    assert len(_blocks("sh")) == 2
    assert set(programs) == {"python3", ".venv/bin/python"}
    assert all(shlex.split(block) for block in _blocks("sh"))


@pytest.mark.parametrize("module", MODULES)
def test_the_examples_in_docstrings_pass(module: str) -> None:
    found = importlib.import_module(module)

    assert doctest.testmod(found).failed == 0


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.name))
def test_relative_links_resolve(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8"))

    assert [link for link in links if not (page.parent / link).exists()] == []


def test_the_table_lists_every_record() -> None:
    for record in ("Article", "Source", "Entity", "Mention", "TimeExpression", "Quantity", "Quotation", "Event"):
        assert f"| `{record}` |" in RECORDS
    for record in ("Relation", "Claim", "Voice", "Argument"):
        assert f"| `{record}` |" in RECORDS


def test_the_fields_in_the_table_exist() -> None:
    for record, fields in re.findall(r"^\| `(\w+)` \| .+ \| (.+) \|$", RECORDS, re.MULTILINE):
        for field in re.findall(r"`(\w+)`", fields):
            assert hasattr(getattr(oped_dataset, record), field), (record, field)


def test_the_readme_is_short_and_begins_with_code() -> None:
    assert len(README.split()) < 600
    assert "```python\n" in "".join(README.splitlines(keepends=True)[:25])


def test_pictures_are_small() -> None:
    pictures = [*ROOT.glob("docs/pictures/*.png")]

    assert "docs/pictures/overview.png" in README
    assert all(picture.stat().st_size < 150_000 for picture in pictures)


@pytest.mark.parametrize("guide", sorted(ROOT.glob("docs/how-to-*.md")), ids=lambda guide: guide.stem)
def test_every_guide_has_a_picture_for_light_and_for_dark_pages(guide: Path) -> None:
    shown = re.findall(r'<img class="only-(light|dark)" src="([^"#]+)', guide.read_text("utf-8"))

    assert {theme for theme, _ in shown} == {"light", "dark"}
    # Charts are drawn while the site is built.
    assert all((ROOT / "docs" / path).is_file() for _, path in shown if path.endswith(".png"))


def test_the_readme_cites_this_version() -> None:
    assert f"Version {oped_dataset.__version__}," in README


def test_the_generated_pages_are_up_to_date() -> None:
    found = subprocess.run(
        [sys.executable, ROOT / "tools" / "build_pages.py", "--check"], capture_output=True, text=True
    )

    assert (found.stdout, found.returncode) == ("", 0)
