"""The walk-throughs, followed to the letter in a copy of the tree, produce the output shown."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import attrs
import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
PAGES = sorted((ROOT / "docs").glob("walk-through-*.md"))
SHELL = shutil.which("bash")
NOT_COPIED = shutil.ignore_patterns(".*_cache", ".git", ".hypothesis", ".nox", ".venv", "__pycache__", "build", "dist")
BLOCK = re.compile(r"^(`{3,})(\w+)\n(.*?)^\1$", re.MULTILINE | re.DOTALL)
OF_THE_OUTER_RUN = ("COV_", "COVERAGE_", "PYTEST_")
"""Prefixes of environment variables that would pass the settings of this test run to the runs in the copy."""


@attrs.frozen
class Step:
    """A block of a page.

    Attributes:
        language: Its language.
        content: Its text.
        file: The last file named before it.
        creates: Whether it is a whole new file, according to the paragraph before it.
    """

    language: str
    content: str
    file: str
    creates: bool


def steps(page: str) -> Iterator[Step]:
    """Yield the blocks of a page in order."""
    blocks = list(BLOCK.finditer(page))
    for before, block in pairwise([None, *blocks]):
        assert block is not None
        said = page[before.end() if before else 0 : block.start()].strip().rpartition("\n\n")[2]
        named = re.findall(r"`([\w./-]+\.(?:json|md|py|toml|txt))`", said) or [""]
        yield Step(block[2], block[3], named[-1], creates="Create" in said)


def changed(content: str, change: str) -> str:
    """Apply a change to the content of a file; each part of the change must match exactly one place."""
    for part in change.split("@@\n"):
        lines = part.splitlines(keepends=True)
        old = "".join(line[1:] or line for line in lines if not line.startswith("+"))
        new = "".join(line[1:] or line for line in lines if not line.startswith("-"))
        assert content.count(old) == 1, f"{content.count(old)} places fit:\n{old}"
        content = content.replace(old, new)
    return content


def run(script: str, tree: Path) -> str:
    """Run commands at the root of a tree, and return their output."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(OF_THE_OUTER_RUN)}
    environment = {**kept, "OPED_DATASET_PROFILE": "quick", "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        [str(SHELL), "-euo", "pipefail", "-c", script],
        cwd=tree,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, f"{script}\n{done.stdout}"
    return done.stdout


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A copy of the tree, whose `.venv` is the environment of these tests."""
    copy = tmp_path / "tree"
    shutil.copytree(ROOT, copy, ignore=NOT_COPIED)
    programs = copy / ".venv" / "bin"
    programs.mkdir(parents=True)
    for program, options in (("python", ""), ("ruff", "-m ruff ")):
        (programs / program).write_text(f'#!/bin/sh\nexec "{sys.executable}" {options}"$@"\n', encoding="utf-8")
        (programs / program).chmod(0o755)
    return copy


@pytest.mark.skipif(SHELL is None or os.name == "nt", reason="the commands on the pages are for a POSIX shell")
@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.stem))
def test_following_a_walk_through_yields_the_output_shown(page: Path, tree: Path) -> None:
    pytest.importorskip("ruff", reason="ruff, which the walk-throughs run at their end, is not installed")
    exports, printed = "", ""

    for step in steps(page.read_text(encoding="utf-8")):
        if step.language == "sh":
            printed = run(exports + step.content, tree)
            exports += "".join(re.findall(r"^export .*\n", step.content, re.MULTILINE))
        elif step.language == "text":
            assert printed == step.content
        elif step.creates:
            assert not (tree / step.file).exists()
            (tree / step.file).write_text(step.content, encoding="utf-8")
        else:
            assert step.language == "diff"
            content = (tree / step.file).read_text(encoding="utf-8")
            (tree / step.file).write_text(changed(content, step.content), encoding="utf-8")


def test_there_are_four_walk_throughs() -> None:
    assert [page.stem.removeprefix("walk-through-") for page in PAGES] == ["article", "format", "label", "rule"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.stem))
def test_a_walk_through_ends_with_the_projects_own_checks(page: Path) -> None:
    commands = [step.content for step in steps(page.read_text(encoding="utf-8")) if step.language == "sh"]

    for check in (
        "pytest -q",
        "tests/project/test_imports.py",
        "build_pages.py --check",
        "ruff check",
        "ruff format --check",
    ):
        assert check in commands[-1]


def test_a_change_that_matches_no_place_is_rejected() -> None:
    with pytest.raises(AssertionError, match="0 places fit"):
        changed("one\ntwo\n", " one\n+more\n three\n")
