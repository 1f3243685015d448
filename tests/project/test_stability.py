"""The promises of the last release are kept: public names, and the records of the data."""

from __future__ import annotations

import json
import re
from importlib import import_module, metadata
from pathlib import Path
from typing import Any

import attrs
import pytest

import oped_dataset
from oped_dataset import Article, Erratum, load
from oped_dataset.model.records import SCHEMA_VERSION

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "stability.md").read_text(encoding="utf-8")
RELEASED = ROOT / "tests" / "released"
SURFACE: dict[str, Any] = json.loads((RELEASED / "surface.json").read_text(encoding="utf-8"))
RECORDS: dict[str, Any] = json.loads((RELEASED / "records.json").read_text(encoding="utf-8"))


@pytest.fixture
def tool(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The tool that recorded the release."""
    monkeypatch.syspath_prepend(ROOT / "tools")
    return import_module("record_release")


def find_removals(before: Any, now: Any) -> list[str]:
    """List what is missing or different now."""
    if isinstance(before, dict):
        return [f"{key}: {each}" for key in before for each in find_removals(before[key], now.get(key))]
    if isinstance(before, list):
        return [each for each in before if each not in (now or ())]
    return [] if before == now else [f"{before}, now {now}"]


def find_silent_changes(before: dict[str, Any], now: dict[str, Any]) -> list[str]:
    """List records changed or removed without a new erratum, and `data_version` if the article changed without one."""
    listed = [
        (record, change)
        for record, version, change in now["errata"]
        if [record, version, change] not in before["errata"]
    ]
    found = [
        record
        for record, digest in before["digests"].items()
        if now["digests"].get(record) != digest
        and (record, "corrected" if record in now["digests"] else "withdrawn") not in listed
    ]
    same_version = before["sha256"] != now["sha256"] and before["data_version"] == now["data_version"]
    return [*found, *["data_version"] * same_version]


@pytest.mark.parametrize("part", SURFACE)
def test_everything_released_still_exists(part: str, tool: Any) -> None:
    assert find_removals({part: SURFACE[part]}, tool.surface()) == []


@pytest.mark.parametrize("name", RECORDS)
def test_no_released_article_has_changed_silently(name: str, tool: Any) -> None:
    assert find_silent_changes(RECORDS[name], tool.state(load(name))) == []


def test_a_removal_is_found() -> None:
    before = {"names": ["load", "loads"], "columns": {"claims": {"depth": "integer", "id": "string"}}}

    assert find_removals(before, {"names": ["load"], "columns": {"claims": {"depth": "string"}}}) == [
        "names: loads",
        "columns: claims: depth: integer, now string",
        "columns: claims: id: string, now None",
    ]


def _erratum(record: str, change: str) -> Erratum:
    return Erratum(record=record, data_version="1.1.0", change=change, note="It was misread.")


def test_a_silent_change_is_found(toll: Article, tool: Any) -> None:
    maro = attrs.evolve(toll.entities[2], name="Mara")
    changed = attrs.evolve(toll, entities=[*toll.entities[:2], maro, *toll.entities[3:]], arguments=toll.arguments[:1])

    assert find_silent_changes(tool.state(toll), tool.state(toll)) == []
    assert find_silent_changes(tool.state(toll), tool.state(changed)) == ["maro", "a-head", "data_version"]


def test_a_change_with_an_erratum_is_not_silent(toll: Article, tool: Any) -> None:
    errata = (*toll.errata, _erratum("a-head", "withdrawn"))
    changed = attrs.evolve(toll, arguments=toll.arguments[:1], errata=errata, data_version="1.1.0")

    assert find_silent_changes(tool.state(toll), tool.state(changed)) == []


def test_an_erratum_of_an_earlier_change_does_not_count(toll: Article, tool: Any) -> None:
    before = attrs.evolve(toll, errata=(_erratum("maro", "corrected"),), data_version="1.1.0")
    maro = attrs.evolve(toll.entities[2], name="Mara")
    again = attrs.evolve(before, entities=[*toll.entities[:2], maro, *toll.entities[3:]], data_version="1.2.0")

    assert find_silent_changes(tool.state(before), tool.state(again)) == ["maro"]


def test_data_versions_have_three_numbers() -> None:
    versions = [load(name).data_version for name in RECORDS]

    assert [version for version in versions if not re.fullmatch(r"\d+\.\d+\.\d+", version)] == []


def test_the_page_names_the_current_versions() -> None:
    assert f"of the code, `{oped_dataset.__version__}`" in PAGE
    assert f"of the file format, `{SCHEMA_VERSION}`" in PAGE
    assert f"of the data, `{load().data_version}`" in PAGE


def test_the_readme_cites_the_current_version() -> None:
    assert f" Version {oped_dataset.__version__},\n" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_page_names_the_lowest_supported_python() -> None:
    (lowest,) = re.findall(r"Every CPython from (\S+) on", PAGE)
    classified = re.findall(
        r"^Classifier: Programming Language :: Python :: (3\.\d+)$", str(metadata.metadata("oped-dataset")), re.M
    )

    assert metadata.metadata("oped-dataset")["Requires-Python"] == f">={lowest}"
    assert min(classified, key=lambda version: int(version[2:])) == lowest


def test_the_tests_named_on_the_page_exist() -> None:
    named = re.findall(r"`(tests/[\w./]+)`", PAGE)

    assert len(named) > 8
    assert [path for path in named if not (ROOT / path).exists()] == []
