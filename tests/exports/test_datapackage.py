"""The data package, judged by frictionless, and what spreadsheets would run."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import attrs
import pytest
from judges import judge

from oped_dataset import Article
from oped_dataset.errors import InvalidImport, NotExportable
from oped_dataset.exports import (
    Files,
    cell_content,
    from_tables,
    specs,
    to_datapackage,
    to_tables,
)
from oped_dataset.text.canonical import text_digest


def _report(files: Files, where: Path) -> Any:
    files.write(where)
    return judge("frictionless").Package(str(where / "datapackage.json")).validate()


def test_the_package_is_valid(toll: Article, tmp_path: Path) -> None:
    report = _report(to_datapackage(toll), tmp_path)

    assert report.valid, report.flatten(["type", "message"])


def test_the_package_of_the_bundled_article_is_valid(bundled: Article, tmp_path: Path) -> None:
    report = _report(to_datapackage(bundled), tmp_path)

    assert report.valid, report.flatten(["type", "message"])


def test_the_package_with_hostile_strings_is_valid(hostile: Article, tmp_path: Path) -> None:
    report = _report(to_datapackage(hostile), tmp_path)

    assert report.valid, report.flatten(["type", "message"])


def test_the_rows_are_those_of_the_tables(toll: Article, tmp_path: Path) -> None:
    to_datapackage(toll).write(tmp_path)
    package = judge("frictionless").Package(str(tmp_path / "datapackage.json"))

    for name, rows in to_tables(toll).items():
        found = [row.to_dict() for row in package.get_resource(name).read_rows()]
        if name == "article":
            # A text is a file of its own.
            found = [row | {"text": package.get_resource("text").read_text()} for row in found]
        if any("told_by" in row for row in rows):
            # The chains are in the table `claims`.
            rows = [row | {"told_by": [claim["claim"] for claim in row["told_by"]]} for row in rows]
        decimals = [column.name for column in specs()[name].columns if column.type.kind in ("decimal", "number")]
        assert [{k: str(v) if k in decimals else v for k, v in row.items()} for row in found] == [
            {k: str(v) if k in decimals else v for k, v in row.items()} for row in rows
        ]


def test_a_broken_reference_is_found(toll: Article, tmp_path: Path) -> None:
    files = to_datapackage(toll)
    broken = files["mentions.csv"].replace(b"m-she,maro", b"m-she,nobody")

    report = _report(Files({**files, "mentions.csv": broken}), tmp_path)

    assert ["foreign-key"] in report.flatten(["type"])


def test_a_changed_file_is_found(toll: Article, tmp_path: Path) -> None:
    files = to_datapackage(toll)

    report = _report(Files({**files, "claims.csv": files["claims.csv"] + b"\n"}), tmp_path)

    assert not report.valid


def _changed(files: Files, table: str, old: bytes, new: bytes) -> Files:
    """A package whose table somebody changed, without digests."""
    assert old in files[f"{table}.csv"]
    descriptor = json.loads(files["datapackage.json"])
    for resource in descriptor["resources"]:
        del resource["hash"], resource["bytes"]
    changed = {
        "datapackage.json": json.dumps(descriptor).encode(),
        f"{table}.csv": files[f"{table}.csv"].replace(old, new),
    }
    return Files({**files, **changed})


@pytest.mark.parametrize(
    ("table", "old", "new"),
    [
        ("voices", b",certain,", b",certian,"),
        ("voices", b",certain,", b",,"),
        ("events", b",economic-change,", b",weather,"),
        ("claims", b'"Ines (say, certain)"', b""),
        ("mentions", b",10,", b",-1,"),
    ],
)
def test_frictionless_finds_a_value_that_cannot_be(
    table: str, old: bytes, new: bytes, toll: Article, tmp_path: Path
) -> None:
    report = _report(_changed(to_datapackage(toll), table, old, new), tmp_path)

    assert {error for (error,) in report.flatten(["type"])} == {"constraint-error"}


def test_a_long_text_is_read_by_readers_of_csv(toll: Article, tmp_path: Path) -> None:
    text = (toll.source.text or "") + "So it goes.\n" * 12_000
    source = attrs.evolve(toll.source, text=text, length=len(text), sha256=text_digest(text), paragraphs=())
    report = _report(to_datapackage(attrs.evolve(toll, source=source)), tmp_path)

    assert report.valid, report.flatten(["type", "message"])
    assert (tmp_path / "text.txt").read_bytes().decode() == text


def test_a_cell_that_readers_of_csv_refuse_is_not_written(toll: Article) -> None:
    long = attrs.evolve(toll.entities["maro"], description="so " * 50_000)
    entities = [long if each.id == "maro" else each for each in toll.entities]

    with pytest.raises(NotExportable) as caught:
        to_datapackage(attrs.evolve(toll, entities=entities))

    assert str(caught.value) == (
        "a cell of the column 'description' of 'entities' would have 150000 characters, and CSV readers accept at "
        "most 131072; try parquet"
    )


def test_the_package_names_licence_version_and_citation(toll: Article) -> None:
    package = json.loads(to_datapackage(toll)["datapackage.json"])

    assert package["licenses"][0]["name"] == "CC0-1.0"
    assert package["licenses"][0]["path"] == "https://creativecommons.org/publicdomain/zero/1.0/"
    assert package["version"] == "1.0.0"
    assert package["citation"] == (
        "The oped-dataset authors. Annotation of “The Toll”, article small of oped-dataset, data version 1.0.0."
    )


def test_the_tables_are_read_back_with_ids_of_claims(toll: Article, tmp_path: Path) -> None:
    to_datapackage(toll).write(tmp_path)
    package = judge("frictionless").Package(str(tmp_path / "datapackage.json"))
    events = [row.to_dict() for row in package.get_resource("events").read_rows()]

    assert [row["told_by"] for row in events] == [["c-rise"], ["c-fall"]]
    assert from_tables({**to_tables(toll), "events": events}) == toll


def test_a_changed_id_of_a_claim_is_not_read_back(toll: Article) -> None:
    tables = to_tables(toll)
    tables["events"][0]["told_by"] = ["c-loss", "c-rise"]

    with pytest.raises(InvalidImport, match=r"^events/0/told_by: .* contradicts the records"):
        from_tables(tables)


def test_a_licence_without_a_known_page_has_no_path(toll: Article) -> None:
    package = json.loads(to_datapackage(attrs.evolve(toll, licence="MIT"))["datapackage.json"])

    assert package["licenses"] == [{"name": "MIT", "title": "MIT"}]


def _cells(article: Article, table: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(to_datapackage(article)[f"{table}.csv"].decode(), newline="")))


@pytest.mark.parametrize("table", list(specs()))
def test_no_text_is_run_by_a_spreadsheet(table: str, hostile: Article) -> None:
    numbers = {column.name for column in specs()[table].columns if column.type.kind in ("decimal", "number", "integer")}
    cells = [cell for row in _cells(hostile, table) for name, cell in row.items() if name not in numbers]

    assert [cell for cell in cells if re.match("[=+\\-@\t\r\n]", cell)] == []


def test_neutralised_texts_are_restored(hostile: Article) -> None:
    names = {row["id"]: row["name"] for row in _cells(hostile, "entities")}

    assert names["maro"] == "'=1+1"
    assert {key: cell_content(name) for key, name in names.items()} == {e.id: e.name for e in hostile.entities}
