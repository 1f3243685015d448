"""The public names of the package itself, and the metadata of the distribution."""

from __future__ import annotations

import inspect
import json
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest

import oped_dataset

PROMISED = {
    *("load", "names", "load_path", "loads", "dumps", "dump_path", "validate", "schema", "read_lines", "write_lines"),
    *("Article", "Source", "Sentence", "Heading", "Erratum", "Span", "Entity", "Identifier", "Mention"),
    *("TimeExpression", "Quantity", "Quotation", "Event", "Participant", "Relation", "Claim", "Voice", "Argument"),
    *("Act", "ArgumentKind", "Channel", "ClaimKind", "Commitment", "Comparator", "EntityKind", "EventKind"),
    *("EventStatus", "Ground", "MentionForm", "Mode", "Predicate", "QuotationKind", "Role", "TimeKind"),
    *("OpedDatasetError", "InvalidArticle", "Problem", "Report"),
    *("AttachedArticle", "CodeUnits", "Scores", "fingerprint", "from_records", "score"),
}


def test_the_promised_names_exist() -> None:
    assert set(oped_dataset.__all__) >= PROMISED


def test_the_public_names_are_sorted_and_listed() -> None:
    assert oped_dataset.__all__ == sorted(oped_dataset.__all__)
    assert set(dir(oped_dataset)) == {*oped_dataset.__all__, "__version__"}


@pytest.mark.parametrize("name", oped_dataset.__all__)
def test_every_public_name_has_a_docstring_of_its_own(name: str) -> None:
    assert inspect.getdoc(getattr(oped_dataset, name))


@pytest.mark.parametrize("name", oped_dataset.__all__)
def test_every_public_method_has_a_docstring(name: str) -> None:
    members = vars(getattr(oped_dataset, name)) if inspect.isclass(getattr(oped_dataset, name)) else {}
    methods = {key: value for key, value in members.items() if not key.startswith("_") and callable(value)}

    assert [key for key, value in methods.items() if not inspect.getdoc(value)] == []


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError) as caught:
        oped_dataset.frobnicate  # type: ignore[attr-defined]  # noqa: B018

    assert str(caught.value) == "module 'oped_dataset' has no attribute 'frobnicate'"


def test_importing_the_package_imports_nothing_else() -> None:
    # Without `site`, whose own imports would otherwise not be counted, but for `os`, which every interpreter has.
    code = "import os, sys; before = set(sys.modules); import oped_dataset; print(*sorted(set(sys.modules) - before))"
    path = str(Path(oped_dataset.__file__).parents[1])

    printed = subprocess.check_output([sys.executable, "-S", "-c", code], text=True, env={"PYTHONPATH": path})

    assert printed.split() == ["__future__", "oped_dataset", "oped_dataset.lazy"]


def test_the_version_is_that_of_the_distribution() -> None:
    assert oped_dataset.__version__ == metadata.version("oped-dataset")


def test_the_distribution_needs_three_libraries() -> None:
    needed = [need for need in metadata.requires("oped-dataset") or () if "extra ==" not in need]

    assert sorted(need.split(">")[0] for need in needed) == ["attrs", "cattrs", "importlib-resources"]


def test_the_distribution_states_all_licences() -> None:
    assert metadata.metadata("oped-dataset")["License-Expression"] == "MIT AND CC-BY-4.0 AND CC0-1.0"


@pytest.mark.parametrize(
    "name",
    [
        "py.typed",
        "data/manifest.json",
        "data/retired-officials-2019.json",
        "data/harbour-toll.json",
        "explorer/page.html",
        "data/card.json",
        "data/schema.json",
        "data/shapes.ttl",
    ],
)
def test_the_distribution_contains_its_data_files(name: str) -> None:
    distribution = metadata.distribution("oped-dataset")
    if json.loads(distribution.read_text("direct_url.json") or "{}").get("dir_info", {}).get("editable"):
        pytest.skip("an editable installation lists no files of the package")

    assert f"oped_dataset/{name}" in {str(file) for file in distribution.files or ()}
