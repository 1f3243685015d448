"""`oped-dataset compare-annotations`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from small import TEXT, text_of

from oped_dataset.cli.main import main

Capture = pytest.CaptureFixture[str]

pytestmark = pytest.mark.usefixtures("a_hundred_places")


@pytest.fixture
def second(tmp_path: Path, small: dict[str, Any]) -> str:
    """The path of a second annotation, with one mention less."""
    small["source"]["text"] = None
    del small["mentions"][4]
    path = tmp_path / "second.json"
    path.write_text(text_of(small), encoding="utf-8")
    return str(path)


def test_the_table_and_the_number_of_disagreements_are_printed(capsys: Capture, file: str, second: str) -> None:
    assert main(["compare-annotations", file, second]) == 0

    head, _, first, *_, count, hint = capsys.readouterr().out.splitlines()
    assert head.split("  ")[0] == "layer"
    assert first == "mention      extent F1, exact    0.889  0.667 to 1.000  5 / 4"
    assert (count, hint) == ("1 disagreements: mention 1", "-o FILE writes the list to adjudicate.")


def test_two_that_agree_have_nothing_to_decide(capsys: Capture, file: str) -> None:
    assert main(["compare-annotations", file, file]) == 0

    assert capsys.readouterr().out.splitlines()[-1] == "0 disagreements"


def test_the_list_is_written_with_room_for_decisions(capsys: Capture, tmp_path: Path, file: str, second: str) -> None:
    listed = tmp_path / "list.jsonl"

    assert main(["compare-annotations", file, second, "-o", str(listed)]) == 0

    row = json.loads(listed.read_text("utf-8"))
    assert (row["id"], row["layer"], row["place"]) == ("m-port", "mention", [142, 146])
    assert (row["b"], row["decision"], row["reason"], row["rule"]) == ("none", None, None, None)
    assert capsys.readouterr().out.splitlines()[-1] == "1 disagreements: mention 1"


def test_programs_get_figures_and_disagreements(capsys: Capture, tmp_path: Path, file: str, second: str) -> None:
    copy = tmp_path / "small.txt"
    copy.write_text(TEXT, encoding="utf-8")

    assert main(["compare-annotations", file, second, "--text", str(copy), "--json"]) == 0

    found = json.loads(capsys.readouterr().out)
    tokens = next(each for each in found["agreement"] if each["layer"] == "attribution")
    assert tokens == {
        "layer": "attribution",
        "name": "source, token α",
        "value": 1.0,
        "interval": [1.0, 1.0],
        "items": "44",
    }
    assert [each["id"] for each in found["disagreements"]] == ["m-port"]
