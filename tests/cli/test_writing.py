"""Writing files on the command line: `export`, `explore`, `schema`."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from small import TEXT

from oped_dataset import (
    export,
    formats,
    load,
    load_path,
    schema,
)
from oped_dataset.cli import export as export_command
from oped_dataset.cli.main import main

MODULE = [sys.executable, "-m", "oped_dataset"]
Capture = pytest.CaptureFixture[str]


pytestmark = pytest.mark.usefixtures("a_hundred_places")


def _refused(capsys: Capture, *arguments: str) -> str:
    assert main(arguments) == 2
    return capsys.readouterr().err


def test_every_format_is_listed_as_a_file_or_as_python(capsys: Capture) -> None:
    assert main(["export"]) == 0

    lines = capsys.readouterr().out.splitlines()
    last = " ".join(lines[lines.index("") :])
    assert {each.name for each in formats()} == {
        *(line.split()[0] for line in lines[2 : lines.index("")] if not line.startswith(" ")),
        *last.strip().removesuffix(".").partition(": ")[2].split(", "),
    }


def test_each_format_without_files_is_answered_with_one_that_has_them(capsys: Capture) -> None:
    writable = {each.name for each in formats()} - set(export_command._INSTEAD)

    for name, instead in export_command._INSTEAD.items():
        assert f"which is not a file; export {instead}, or in Python" in _refused(capsys, "export", name)
        assert instead in writable


@pytest.mark.parametrize("name", ["tables", "web-annotation"])
def test_an_export_goes_to_the_output_as_it_is(file: str, name: str) -> None:
    output = subprocess.check_output([*MODULE, "export", name, "-a", file])

    assert json.loads(output) == json.loads(json.dumps(export(load_path(file), name), default=str))


def test_a_text_goes_into_a_file(tmp_path: Path, file: str) -> None:
    pytest.importorskip("networkx")

    assert main(["export", "graphml", "-a", file, "-o", str(tmp_path / "graph")]) == 0
    assert (tmp_path / "graph").read_text(encoding="utf-8") == export(load_path(file), "graphml")


def test_rows_go_into_a_file_as_json(tmp_path: Path, file: str) -> None:
    assert main(["export", "tables", "-a", file, "-o", str(tmp_path / "tables.json")]) == 0

    written = json.loads((tmp_path / "tables.json").read_text(encoding="utf-8"))
    assert [row["voices_line"] for row in written["claims"]][1].count(" > ") == 2


def test_several_files_go_into_a_directory(tmp_path: Path, file: str) -> None:
    assert main(["export", "datapackage", "-a", file, "-o", str(tmp_path / "there")]) == 0

    made = export(load_path(file), "datapackage")
    assert {path.name: path.read_bytes() for path in (tmp_path / "there").iterdir()} == dict(made)


def test_several_files_need_a_directory(capsys: Capture) -> None:
    message = "datapackage writes several files; give a directory for them: -o DIRECTORY"

    assert _refused(capsys, "export", "datapackage") == f"oped-dataset: {message}\n"


def test_a_format_that_needs_the_text_asks_for_a_copy(capsys: Capture, tmp_path: Path, file: str) -> None:
    message = "brat needs the text of 'small', which is not part of the data; give your copy: --text FILE"

    assert _refused(capsys, "export", "brat", "-a", file, "-o", str(tmp_path)) == f"oped-dataset: {message}\n"


@pytest.mark.parametrize("text", [TEXT, f"Read here:\n\n{TEXT}"])
def test_a_copy_of_the_text_can_be_given(capsys: Capture, tmp_path: Path, file: str, text: str) -> None:
    (tmp_path / "copy.txt").write_text(text, encoding="utf-8")

    copy, there = str(tmp_path / "copy.txt"), tmp_path / "brat"
    assert main(["export", "brat", "-a", file, "--text", copy, "-o", str(there)]) == 0
    assert (there / "small.txt").read_text(encoding="utf-8") == text
    assert ("differs from the annotated text" in capsys.readouterr().err) == (text != TEXT)


def test_the_text_of_an_article_that_has_one_is_used(tmp_path: Path) -> None:
    assert main(["export", "brat", "-a", "harbour-toll", "-o", str(tmp_path)]) == 0

    assert (tmp_path / "harbour-toll.txt").read_text(encoding="utf-8") == load("harbour-toll").source.text


def test_bytes_go_to_a_pipe_as_they_are() -> None:
    pytest.importorskip("spacy")

    output = subprocess.check_output([*MODULE, "export", "docbin", "-a", "harbour-toll"])

    assert output == export(load("harbour-toll"), "docbin")


def test_the_nearest_format_is_named(capsys: Capture) -> None:
    assert _refused(capsys, "export", "turtel") == "oped-dataset: no format 'turtel'; did you mean 'turtle'?\n"


def test_the_schema_goes_to_the_output_or_into_a_file(tmp_path: Path) -> None:
    output = subprocess.check_output([*MODULE, "schema"])

    assert main(["schema", "-o", str(tmp_path / "schema.json")]) == 0
    assert json.loads(output) == schema()
    assert (tmp_path / "schema.json").read_bytes() == output


def test_a_page_takes_the_place_of_the_old_one_only_when_it_is_whole(capsys: Capture, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("the old one", encoding="utf-8")

    assert _refused(capsys, "explore", "nosuch.json", "-o", str(page)) == "oped-dataset: no such file: nosuch.json\n"
    assert page.read_text(encoding="utf-8") == "the old one"
