"""A tag is released only if all files that name a version name the same one."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def tool(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The tool that compares a tag with the tree."""
    monkeypatch.syspath_prepend(ROOT / "tools")
    return import_module("check_release")


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A tree that is ready for the release of 2.1.0."""
    package = tmp_path / "src" / "oped_dataset"
    package.mkdir(parents=True)
    (package / "version.py").write_text('__version__ = "2.1.0"\n', "utf-8")
    (tmp_path / "CHANGELOG.md").write_text("# Changelog\n\n## Unreleased\n\n## 2.1.0 - 2027-01-02\n\n- New.\n", "utf-8")
    (tmp_path / "CITATION.cff").write_text('title: T\nversion: 2.1.0\ndate-released: "2027-01-02"\n', "utf-8")
    return tmp_path


def test_a_tree_ready_for_release_has_no_problem(tree: Path, tool: Any) -> None:
    assert list(tool.problems("v2.1.0", tree)) == []


def test_a_tag_of_another_version_is_reported_for_every_file(tree: Path, tool: Any) -> None:
    assert list(tool.problems("v2.2.0", tree)) == [
        "the tag is v2.2.0, and version.py has the version 2.1.0",
        "CHANGELOG.md has no section “## 2.2.0 - YYYY-MM-DD”",
        "CITATION.cff does not name the version 2.2.0",
    ]


def test_unreleased_entries_and_another_date_are_reported(tree: Path, tool: Any) -> None:
    (tree / "CHANGELOG.md").write_text("## Unreleased\n\n- Later.\n\n## 2.1.0 - 2027-01-03\n\n- New.\n", "utf-8")

    assert list(tool.problems("v2.1.0", tree)) == [
        "CHANGELOG.md still has something under “## Unreleased”",
        "CITATION.cff does not name the date 2027-01-03",
    ]


def test_the_command_fails_for_a_tag_of_another_version() -> None:
    command = [sys.executable, str(ROOT / "tools" / "check_release.py"), "v0.0.0"]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)

    assert done.returncode == 1
    assert done.stdout.startswith("the tag is v0.0.0, and version.py has the version ")


def test_every_action_is_pinned_and_every_session_exists() -> None:
    workflows = "".join(file.read_text(encoding="utf-8") for file in ROOT.glob(".github/workflows/*.yml"))
    if not workflows:
        pytest.skip("the source distribution has no workflows")
    sessions = set(re.findall(r"^def (\w+)\(session", (ROOT / "noxfile.py").read_text(encoding="utf-8"), re.MULTILINE))
    called = re.findall(r"nox -s ([\w ]+)$", workflows, re.MULTILINE)
    named = {name for names in re.findall(r"session: \[(.*)\]", workflows) for name in names.split(", ")}

    assert re.findall(r"uses: (?!\S+@[0-9a-f]{40} # v[\d.]+$).*", workflows, re.MULTILINE) == []
    assert {*" ".join(called).split(), *named} <= sessions
