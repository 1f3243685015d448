"""The page about real systems is made from its results, and the systems with installed libraries run."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from oped_dataset import load, score

ROOT = Path(__file__).parents[2]


@pytest.fixture
def extractors(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The tool that scores the systems."""
    monkeypatch.syspath_prepend(ROOT / "tools")
    return import_module("extractors")


def test_the_page_is_made_from_its_results(extractors: Any) -> None:
    assert extractors.main(["--check"]) == 0


def test_a_page_that_differs_from_its_results_is_reported(extractors: Any, tmp_path: Path) -> None:
    (tmp_path / extractors.RESULTS).write_bytes((ROOT / "docs" / extractors.RESULTS).read_bytes())
    page = (ROOT / "docs" / extractors.PAGE).read_text(encoding="utf-8")
    (tmp_path / extractors.PAGE).write_text(page.replace("| flattened |", "| kept |"), encoding="utf-8")

    assert extractors.main(["--check", "--output", str(tmp_path)]) == 1


@pytest.mark.slow
def test_systems_and_articles_that_are_missing_are_skipped_by_name(
    extractors: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(extractors, "find_spec", lambda module: None)
    monkeypatch.delenv("OPED_DATASET_ARTICLE", raising=False)

    assert extractors.main(["--output", str(tmp_path), "--resamples", "2"]) == 0

    messages = capsys.readouterr().err.splitlines()
    assert [line.partition(":")[0] for line in messages] == [
        "skipped names",
        "skipped dates",
        "skipped frames",
        "skipped retired-officials-2019",
    ]
    found = json.loads((tmp_path / extractors.RESULTS).read_text(encoding="utf-8"))
    assert list(found["articles"]["harbour-toll"]["scores"]) == ["sentences", "flattened"]
    assert "| claims |" in (tmp_path / extractors.PAGE).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["names", "dates", "frames", "sentences", "flattened"])
def test_a_system_annotates_its_text(extractors: Any, name: str) -> None:
    make, modules = extractors.SYSTEMS[name]
    for module in modules:
        pytest.importorskip(module, reason=f"{module} is missing; run: pip install --group extractors")
    gold = load("harbour-toll")

    made = make(gold, str(gold.source.text))

    layer = {"names": "mentions", "dates": "times"}.get(name, "claims")
    assert (score(made, gold)[layer].spans.matched or 0) > 0


@pytest.mark.slow
def test_the_script_has_a_help_text() -> None:
    done: Any = subprocess.run(
        [sys.executable, "tools/extractors.py", "--help"], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert "--check" in done.stdout
