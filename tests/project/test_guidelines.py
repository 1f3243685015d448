"""The bundled articles keep the rules of the annotation guidelines that a program can check.

Here: the warnings of `lint` that remain, each with its reason. The text of `retired-officials-2019` is not
redistributable; without a copy, its test is skipped.
Not here: the checks themselves (`authoring/guidelines.py`, `authoring/gaps.py`).
"""

from __future__ import annotations

import json
from importlib.resources import files

import pytest

from oped_dataset import lint, load

EVERY = tuple(json.loads(files("oped_dataset").joinpath("data/manifest.json").read_bytes())["articles"])
REMAINING = {
    # Entities expressed by an adjective, a word of a title or *anyone*, which are not mentions (S9).
    ("LINT-absent-entity", "china-daily-on-trade-dispute-cause"),
    ("LINT-absent-entity", "wang-youqun-on-inspection-office"),
    ("LINT-absent-entity", "wang-youqun-on-observers-view"),
    ("LINT-absent-entity", "wang-youqun-on-zhao-office"),
    ("LINT-absent-entity", "shaanxi-inspection-office-and-shaanxi-government"),
    # Changes of office without a named body (E7).
    ("LINT-office-without-body", "xi-accession"),
    ("LINT-office-without-body", "xi-office-change"),
    ("LINT-office-without-body", "zhou-tenure"),
    # An order to investigate is relayed, and the author describes how it was carried out.
    ("LINT-deep-event", "villa-inquiry"),
    # The name of a subject that the author studied, twice.
    ("LINT-unrecorded-name", "82"),
    ("LINT-unrecorded-name", "88"),
}
"""The remaining warnings, by code and record or sentence."""


@pytest.mark.parametrize("name", EVERY)
def test_every_remaining_warning_has_a_reason(name: str, request: pytest.FixtureRequest) -> None:
    article = load(name)
    text = article.source.text or request.getfixturevalue("article_text")

    found = set()
    for warning in lint(article, text).problems:
        table, index = warning.pointer.removeprefix("/source").split("/")[1:3]
        found.add((warning.code, index if table == "sentences" else article.tables[table][int(index)].id))
    assert found == (REMAINING if name == "retired-officials-2019" else set())
