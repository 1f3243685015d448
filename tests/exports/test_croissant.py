"""Croissant metadata, judged by mlcroissant, offline."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

import pytest
from judges import judge
from small import small

from oped_dataset import Article
from oped_dataset.codec import wire
from oped_dataset.exports import (
    Files,
    from_parquet,
    specs,
    to_croissant,
    to_tables,
)

judge("pyarrow")
PUBLISHED = datetime.date(2026, 1, 2)


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The data set of the small article, written, described and opened."""
    croissant, directory = judge("mlcroissant"), tmp_path_factory.mktemp("toll")
    article = wire.from_data(small())
    to_croissant(article, url="https://example.org/toll", published=PUBLISHED).write(directory)
    return croissant.Dataset(jsonld=str(directory / "croissant.json"))


def test_the_metadata_has_neither_errors_nor_warnings(dataset: Any) -> None:
    assert dataset.metadata.issues.report() == ""
    assert dataset.metadata.version == "1.0.0"


@pytest.mark.parametrize("name", list(specs()))
def test_every_table_is_read(name: str, dataset: Any, toll: Article) -> None:
    rows = list(dataset.records(name))

    assert len(rows) == len(to_tables(toll)[name])


def test_claims_are_read_with_their_voices(dataset: Any) -> None:
    loss = list(dataset.records("claims"))[1]

    # mlcroissant gives texts as bytes.
    assert loss["claims/id"] == b"c-loss"
    assert [voice["claims/voices/source"] for voice in loss["claims/voices"]] == [b"ines", b"gull", b"sel"]
    assert [voice["claims/voices/cue_start"] for voice in loss["claims/voices"]] == [None, 78, 91]


def test_relations_are_read_with_their_voices(dataset: Any) -> None:
    (head,) = dataset.records("relations")

    assert head["relations/told_by_line"] == b"Ines (say, certain)"


def test_another_file_is_found(toll: Article, tmp_path: Path) -> None:
    croissant = judge("mlcroissant")
    files = to_croissant(toll)
    Files({**files, "claims.parquet": files["voices.parquet"]}).write(tmp_path)

    with pytest.raises(croissant.GenerationError, match=r"Download\(claims\.parquet\)"):
        list(croissant.Dataset(jsonld=str(tmp_path / "croissant.json")).records("claims"))


def test_what_is_not_known_is_not_said(toll: Article) -> None:
    metadata = json.loads(to_croissant(toll)["croissant.json"])

    assert {"url", "datePublished"} & set(metadata) == set()
    assert metadata["license"] == "CC0-1.0"


def test_the_files_are_those_of_parquet(toll: Article) -> None:
    assert from_parquet(to_croissant(toll)) == toll
