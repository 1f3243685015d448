"""Croissant metadata, judged by mlcroissant, offline."""

from __future__ import annotations

import datetime
import json
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest
from judges import judge
from small import small

import oped_dataset
from oped_dataset import Article
from oped_dataset.codec import wire
from oped_dataset.exports import (
    Files,
    from_parquet,
    specs,
    to_croissant,
    to_tables,
)
from oped_dataset.exports.description import KEYWORDS

judge("pyarrow")
PUBLISHED = datetime.date(2026, 1, 2)


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data set of the small article, written and described."""
    directory = tmp_path_factory.mktemp("toll")
    to_croissant(wire.from_data(small()), url="https://example.org/toll", published=PUBLISHED).write(directory)
    return directory


@pytest.fixture
def dataset(directory: Path) -> Any:
    """The data set, opened for each test: mlcroissant gives the records of a set with references once."""
    return judge("mlcroissant").Dataset(jsonld=str(directory / "croissant.json"))


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
    described = json.loads(to_croissant(toll)["croissant.json"])

    assert {key for key in described if key.startswith("rai:") or key == "datePublished"} == set()
    assert (described["license"], described["url"]) == ("CC0-1.0", "urn:oped-dataset:article:small")
    assert described["prov:wasDerivedFrom"]["publisher"]["name"] == "the Gull"


@pytest.mark.slow
def test_a_bundled_article_has_the_statements_of_the_data_card(bundled: Article, tmp_path: Path) -> None:
    to_croissant(bundled).write(tmp_path)
    described = judge("mlcroissant").Dataset(jsonld=str(tmp_path / "croissant.json")).metadata

    assert described.issues.report() == ""
    assert described.data_limitations[0].startswith(
        "One text. Nothing here supports statements about op-eds in general"
    )
    assert described.personal_sensitive_information[0].startswith("The article is polemical")
    for name in ("annotation_protocol", "annotation_analysis", "biases", "collection", "social_impact", "use_cases"):
        assert getattr(described, f"data_{name}")
    assert "factuality" in described.keywords


@pytest.mark.parametrize("name", oped_dataset.names())
def test_the_properties_that_conferences_ask_for_are_there(name: str) -> None:
    described = json.loads(to_croissant(oped_dataset.load(name))["croissant.json"])

    asked = ("dataLimitations", "dataBiases", "personalSensitiveInformation", "dataUseCases", "dataSocialImpact")
    assert all(described[f"rai:{key}"] for key in (*asked, "hasSyntheticData"))
    assert described["prov:wasDerivedFrom"]
    assert described["prov:wasGeneratedBy"]
    assert described["conformsTo"][0] == "http://mlcommons.org/croissant/1.1"
    assert described["datePublished"] in (Path(__file__).parents[2] / "CITATION.cff").read_text(encoding="utf-8")


def test_the_keywords_are_those_of_the_distribution() -> None:
    keywords = metadata.metadata("oped-dataset")["Keywords"].split(",")

    assert [keyword for keyword in keywords if keyword != "dataset"] == list(KEYWORDS)


def test_references_lead_to_the_files_of_other_record_sets(toll: Article) -> None:
    record_sets = json.loads(to_croissant(toll)["croissant.json"])["recordSet"]
    references = {
        field["@id"]: field["references"]["fileObject"]["@id"]
        for record_set in record_sets
        for field in record_set["field"]
        if "references" in field
    }

    assert references["mentions/entity"] == references["voices/entity"] == "entities.parquet"
    assert references["voices/claim"] == references["arguments/source"] == "claims.parquet"


def test_the_files_are_those_of_parquet(toll: Article) -> None:
    assert from_parquet(to_croissant(toll)) == toll
