"""The raw passes and logs behind the bundled articles: complete, within the text, and every decision with a rule."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attrs
import pytest

from oped_dataset import Article, dumps, load, loads

ROOT = Path(__file__).parents[2]
RAW = ROOT / "annotation"
LAYERS = {"mention", "time", "quantity", "quotation", "event", "relation", "claim", "argument"}
RULES = set(
    re.findall(
        r"\*\*([A-Z][0-9]+)\.|^\| ([A-Z][0-9]+) \|", (ROOT / "docs/annotation-guidelines.md").read_text("utf-8"), re.M
    )
)
IDS: dict[str, dict[str, str | None]] = json.loads((RAW / "ids.json").read_text("utf-8"))
KNOWN_RULES = {number for pair in RULES for number in pair if number}


def _rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (RAW / name).read_text("utf-8").splitlines()]


def _places(row: dict[str, Any]) -> Iterator[list[int]]:
    yield from (row[key] for key in ("span", "place") if isinstance(row.get(key), list))
    for key in ("evidence", "hedges", "quantities"):
        yield from (place for place in row.get(key, ()) if isinstance(place, list))
    yield from (voice["cue"] for voice in row.get("voices", ()) if voice["cue"])


@pytest.mark.parametrize(
    "name", ["passes/a.jsonl", "passes/b.jsonl", "adjudication.jsonl", "third-reading.jsonl", "second-edition.jsonl"]
)
def test_spans_are_offsets_within_the_text(name: str, bundled: Article) -> None:
    places = [place for row in _rows(name) for place in _places(row)]

    assert places
    assert [place for place in places if not 0 <= place[0] < place[1] <= bundled.source.length] == []


@pytest.mark.parametrize("name", ["passes/a.jsonl", "passes/b.jsonl"])
def test_a_pass_covers_every_layer(name: str) -> None:
    assert LAYERS - {"argument"} <= {row["layer"] for row in _rows(name)}


def test_every_decision_names_its_layer_and_rule() -> None:
    decisions = _rows("adjudication.jsonl")

    assert len(decisions) > 100
    assert [row for row in decisions if row["layer"] not in LAYERS] == []
    assert {row["rule"] for row in decisions} - KNOWN_RULES == set()
    assert [row for row in decisions if not (row["decision"] and "a" in row and "b" in row)] == []


def test_every_decision_of_the_second_edition_names_its_layer_and_rules() -> None:
    decisions = _rows("second-edition.jsonl")
    rules = {rule for row in decisions for rule in row["rule"].split(", ") if not rule.startswith("vocabulary ")}

    assert len(decisions) > 400
    assert {row["layer"] for row in decisions} - LAYERS - {"entity", "sentence"} == set()
    assert rules - KNOWN_RULES == set()
    assert [row for row in decisions if not (row["decision"] and "a" in row and "b" in row)] == []


@pytest.mark.parametrize("name", ["harbour-toll/a.json", "harbour-toll/b.json"])
def test_a_pass_over_the_toll_is_a_canonical_document_of_its_text(name: str) -> None:
    content = (RAW / name).read_bytes()
    annotated = loads(content)

    assert dumps(annotated) == content
    assert annotated.source == attrs.evolve(load("harbour-toll").source, sentences=annotated.source.sentences)
    assert [table for table, records in annotated.tables.items() if not records] == []


def test_every_decision_on_the_toll_names_its_layer_and_rule() -> None:
    decisions = _rows("harbour-toll/adjudication.jsonl")
    length = load("harbour-toll").source.length

    assert len(decisions) > 300
    assert {row["layer"] for row in decisions} - LAYERS - {"entity"} == set()
    assert {row["rule"] for row in decisions} - KNOWN_RULES == set()
    assert [row for row in decisions if not (row["decision"] and row["a"] and row["b"])] == []
    assert [row for row in decisions if not 0 <= row["place"][0] < row["place"][1] <= length] == []


def test_ids_of_the_first_edition_map_to_records(bundled: Article) -> None:
    lost = [
        (old, new)
        for table, ids in IDS.items()
        for old, new in ids.items()
        if new is not None and new not in bundled.tables[table]
    ]

    assert list(IDS) == list(bundled.tables)
    assert lost == []


def test_no_two_ids_of_the_first_edition_map_to_one_record() -> None:
    present = [new for ids in IDS.values() for new in ids.values() if new is not None]

    assert len(present) == len(set(present))


@pytest.mark.parametrize("name", ["arguments/a.jsonl", "arguments/b.jsonl"])
def test_a_pass_over_the_arguments_names_claims_of_the_first_edition(name: str) -> None:
    rows = _rows(name)
    own = {row["id"] for row in rows}
    # Duplicate claims that the third reading merged.
    joined = {row["record"] for row in _rows("third-reading.jsonl") if row["problem"] == "duplicate"}

    named = {end for row in rows for end in (row["source"], row["target"])}
    assert named - own - joined - IDS["claims"].keys() == set()


@pytest.mark.parametrize("name", ["second-round/a.jsonl", "second-round/b.jsonl"])
def test_the_second_round_names_records_of_the_first_edition(name: str) -> None:
    tables = {"event": "events", "quantity": "quantities", "relation": "relations"}

    assert [row for row in _rows(name) if row["id"] not in IDS[tables[row["layer"]]]] == []


def test_every_rule_number_is_used_once() -> None:
    numbers = re.findall(r"^- \*\*([A-Z][0-9]+)\.", (ROOT / "docs/annotation-guidelines.md").read_text("utf-8"), re.M)

    assert len(numbers) == len(set(numbers))
    assert len(numbers) > 40


def test_the_package_does_not_contain_the_passes() -> None:
    package = Path(__import__("oped_dataset").__file__ or "").parent

    assert [path.name for path in package.rglob("*.jsonl")] == []
