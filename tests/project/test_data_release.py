"""Data that differs from the last release has a higher data version and an entry in the changelog."""

from __future__ import annotations

import json
import shutil
import subprocess
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
CHANGELOG = """# Changelog

## Unreleased

### Added

- `other` 9.9.9, which is not data.

### Data

- `toll` {version}: a name is spelt differently.

### Fixed

- `third` 9.9.9, which is not data either.

## 0.1.0

### Data

- `toll` 1.0.0, a first article.
"""


@pytest.fixture
def tool(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The tool that compares the two."""
    monkeypatch.syspath_prepend(ROOT / "tools")
    return import_module("check_data_release")


def _tree(root: Path, tool: Any, version: str, *, words: str, entry: str) -> Path:
    """Make a tree with one article."""
    for folder in (tool.DATA, "tests/released"):
        (root / folder).mkdir(parents=True, exist_ok=True)
    (root / tool.DATA / "toll.json").write_text(json.dumps({"data_version": version, "w": words}), encoding="utf-8")
    (root / "CHANGELOG.md").write_text(CHANGELOG.format(version=entry), encoding="utf-8")
    return root


def _record(root: Path, tool: Any) -> None:
    recorded = json.dumps(tool.present(root / tool.DATA))
    (root / tool.RECORDED).write_text(recorded, encoding="utf-8")


@pytest.fixture
def before(tmp_path: Path, tool: Any) -> Path:
    """A tree just after its first release."""
    _record(_tree(tmp_path, tool, "1.0.0", words="Mara", entry="1.0.0"), tool)
    return tmp_path


def test_the_bundled_data_is_released_or_in_the_changelog(tool: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert tool.main() == 0, capsys.readouterr().out


def test_the_bundled_articles_are_compared(tool: Any) -> None:
    manifest = json.loads((ROOT / tool.DATA / "manifest.json").read_text(encoding="utf-8"))["articles"]

    assert tool.present(ROOT / tool.DATA) == {
        name: {key: entry[key] for key in ("sha256", "data_version")} for name, entry in manifest.items()
    }


def test_unchanged_data_needs_no_entry(before: Path, tool: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert tool.main(before) == 0
    assert capsys.readouterr().out == "compared with tests/released/records.json: 0 problems\n"


def test_a_change_with_a_higher_version_and_an_entry_passes(before: Path, tool: Any) -> None:
    assert tool.main(_tree(before, tool, "1.10.0", words="Maro", entry="1.10.0")) == 0


@pytest.mark.parametrize("version", ["1.0.0", "0.9.9"])
def test_a_change_needs_a_higher_version(
    version: str, before: Path, tool: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    assert tool.main(_tree(before, tool, version, words="Maro", entry=version)) == 1
    assert capsys.readouterr().out == (
        f"toll: differs from release 1.0.0, and its data version {version} is not higher\n"
        "compared with tests/released/records.json: 1 problems\n"
    )


def test_versions_are_compared_as_numbers(tool: Any) -> None:
    old = {"toll": {"sha256": "a", "data_version": "1.9.0"}}

    assert list(tool.problems(old, {"toll": {"sha256": "b", "data_version": "1.10.0"}}, {("toll", "1.10.0")})) == []


def test_a_change_needs_an_entry_of_its_version(before: Path, tool: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert tool.main(_tree(before, tool, "1.1.0", words="Maro", entry="1.0.1")) == 1
    assert capsys.readouterr().out.splitlines()[0] == ("toll: the changelog has no entry - `toll` 1.1.0 under Data")


def test_a_new_article_needs_an_entry(tool: Any) -> None:
    now = {"ferry": {"sha256": "b", "data_version": "1.0.0"}}

    assert list(tool.problems({}, now, {("ferry", "1.0.0")})) == []
    assert list(tool.problems({}, now, set())) == ["ferry: the changelog has no entry - `ferry` 1.0.0 under Data"]


def test_a_released_article_must_not_be_removed(tool: Any) -> None:
    gone = list(tool.problems({"toll": {"sha256": "a", "data_version": "1.0.0"}}, {}, set()))

    assert gone == ["toll: was released and is gone"]


@pytest.mark.parametrize("tag", [None, "v0.1.0"])
def test_only_unreleased_entries_under_data_count(tag: str | None, tool: Any) -> None:
    assert tool.entries(tool.told_since(tag, CHANGELOG.format(version="1.1.0"))) == {("toll", "1.1.0")}


def test_entries_of_a_release_in_preparation_count(tool: Any) -> None:
    prepared = CHANGELOG.format(version="1.1.0").replace("## Unreleased\n", "## Unreleased\n\n## 0.1.1 - 2027-01-02\n")

    assert tool.entries(tool.told_since("v0.1.0", prepared)) == {("toll", "1.1.0")}
    assert tool.entries(tool.told_since(None, prepared)) == set()


def test_digests_recorded_after_the_tag_are_ignored(
    before: Path, tool: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    git = shutil.which("git")
    if git is None:
        pytest.skip("there is no git to make a release with")
    identity = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    more = [*identity, "commit", "-q", "--allow-empty", "-m", "Two"]
    for command in (["init", "-q"], ["add", "."], [*identity, "commit", "-qm", "One"], ["tag", "v0.1.0"], more):
        subprocess.run([git, *command], cwd=before, check=True)
    _record(_tree(before, tool, "1.0.0", words="Maro", entry="1.0.0"), tool)

    assert tool.main(before) == 1
    assert capsys.readouterr().out.splitlines()[-1] == "compared with tests/released/records.json of v0.1.0: 1 problems"
