"""The public API compared with the last release by griffe: the changelog lists every incompatible change."""

from __future__ import annotations

import shutil
import subprocess
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

import oped_dataset
from oped_dataset import authoring, errors, exports, testing

pytest.importorskip("griffe", reason='griffe is missing; run: pip install "griffe>=2"')

ROOT = Path(__file__).parents[2]
BEFORE = (
    "# p\nclass A():\n    def __init__(*, size: int = ...): ...\n    size: int\ndef f(x: int, y: int = 1) -> int: ...\n"
)


@pytest.fixture
def tool(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The tool that compares the two."""
    monkeypatch.syspath_prepend(ROOT / "tools")
    return import_module("check_api")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with a release of a package `oped_dataset` that has one function."""
    git = shutil.which("git")
    if git is None:
        pytest.skip("there is no git to make a release with")
    package = tmp_path / "src" / "oped_dataset"
    for part, content in (
        ("", "from oped_dataset.exports import f\n__all__ = ['f']\n"),
        ("authoring", "__all__ = []\n"),
        ("errors", "__all__ = []\n"),
        ("exports", "__all__ = ['f']\ndef f(x: int) -> int: ...\n"),
        ("testing", "__all__ = []\n"),
    ):
        (package / part).mkdir(parents=True, exist_ok=True)
        (package / part / "__init__.py").write_text(content, encoding="utf-8")
    identity = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    commits = (["init", "-q"], ["add", "."], [*identity, "commit", "-qm", "One"])
    for command in (
        *commits,
        ["tag", "v0.9.0"],
        ["tag", "v0.10.0"],
        [*identity, "commit", "-q", "--allow-empty", "-m", "Two"],
    ):
        subprocess.run([git, *command], cwd=tmp_path, check=True)
    return tmp_path


def test_every_incompatible_change_is_in_the_changelog(tool: Any, capfd: pytest.CaptureFixture[str]) -> None:
    assert tool.main([]) == 0, capfd.readouterr().out


def test_every_public_name_is_compared(tool: Any) -> None:
    compared = {name: set(module.members) for name, module in tool.modules(tool.present()).items()}

    assert compared == {
        "oped_dataset": set(oped_dataset.__all__),
        "oped_dataset.authoring": set(authoring.__all__),
        "oped_dataset.errors": set(errors.__all__),
        "oped_dataset.exports": set(exports.__all__),
        "oped_dataset.testing": set(testing.__all__),
    }


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("def f(x: int, y: int = 1) -> int: ...\n", "", "f (p): public object was removed"),
        ("y: int = 1", "y: int", "f (p): parameter is now required"),
        ("y: int = 1", "*, y: int = 1", "f (p): parameter kind was changed"),
        ("x: int, ", "", "f (p): parameter was removed"),
        ("    size: int\n", "", "A.size (p): public object was removed"),
        ("size: int = ...", "size: int", "A.__init__ (p): parameter is now required"),
        ("# p\n", "# q\n", "p: package was removed"),
    ],
)
def test_an_incompatible_change_is_found(old: str, new: str, found: str, tool: Any) -> None:
    assert found in list(tool.broken(BEFORE, BEFORE.replace(old, new), ""))


def test_an_addition_is_compatible(tool: Any) -> None:
    now = BEFORE.replace("y: int = 1", "y: int = 1, z: int = 2") + "def g() -> None: ...\n"

    assert list(tool.broken(BEFORE, now, "")) == []


def test_a_change_in_the_changelog_is_not_reported(tool: Any) -> None:
    changelog = "# Changelog\n\n## Unreleased\n\n### Removed\n\n- `f`.\n\n## 0.1.0\n\n- `A`.\n"
    now = "# p\n"

    assert list(tool.broken(BEFORE, now, tool.told_since(None, changelog))) == ["A (p): public object was removed"]


def test_a_release_is_read_from_its_tag(tool: Any, repository: Path) -> None:
    tag, stubs = tool.released(repository)

    assert tag == "v0.10.0"
    assert stubs.split("# ") == [
        "",
        "oped_dataset\ndef f(x: int) -> int: ...\n",
        "oped_dataset.authoring\n",
        "oped_dataset.errors\n",
        "oped_dataset.exports\ndef f(x: int) -> int: ...\n",
        "oped_dataset.testing\n",
    ]


def test_a_name_whose_import_does_not_resolve_is_reported_as_removed(tool: Any, repository: Path) -> None:
    (repository / "src" / "oped_dataset" / "__init__.py").write_text(
        "from oped_dataset.exports import gone\n__all__ = ['gone']\n", encoding="utf-8"
    )
    _, before = tool.released(repository)

    assert list(tool.broken(before, tool.present(repository), "")) == ["f (oped_dataset): public object was removed"]


def test_a_release_is_compared_with_the_previous_one(tool: Any, repository: Path) -> None:
    subprocess.run([str(shutil.which("git")), "tag", "v0.11.0"], cwd=repository, check=True)

    assert tool.last_tag(repository) == "v0.10.0"


def test_the_constructors_written_by_attrs_are_compared(tool: Any) -> None:
    recorded = tool.RECORDED.read_text("utf-8")

    assert "class Span(Shown):\n    def __init__(start: int, end: int): ...\n" in recorded


def test_tags_of_a_repository_around_the_tree_are_ignored(tool: Any, repository: Path) -> None:
    assert tool.last_tag(repository) == "v0.10.0"
    assert tool.last_tag(repository / "src") is None


def test_before_the_first_release_the_recorded_api_is_compared(tool: Any, tmp_path: Path) -> None:
    assert tool.released(tmp_path) == ("tests/released/api.txt", tool.RECORDED.read_text("utf-8"))
