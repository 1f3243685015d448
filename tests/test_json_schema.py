"""The JSON Schema says what the codec does."""

from __future__ import annotations

import json
from typing import Any

import attrs
import pytest
from hypothesis import given
from jsonschema import Draft202012Validator
from small import changed

from oped_dataset import Article, codec, schema
from oped_dataset.model import Claim
from oped_dataset.tables import Record
from oped_dataset.testing import strategies

VALIDATOR = Draft202012Validator(schema())


def test_it_is_a_schema() -> None:
    Draft202012Validator.check_schema(schema())
    assert schema()["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert json.loads(json.dumps(schema())) == schema()


def test_each_call_makes_a_new_one() -> None:
    schema()["properties"].clear()

    assert schema()["properties"]


@given(strategies.articles())
def test_it_accepts_what_is_written(article: Article) -> None:
    assert [error.message for error in VALIDATOR.iter_errors(codec.to_data(article))] == []


def test_it_accepts_the_bundled_article(bundled: Article) -> None:
    VALIDATOR.validate(codec.to_data(bundled))


@pytest.mark.parametrize(
    ("pointer", "value"),
    [
        ("/title", 1),
        ("/title", " "),
        ("/titel", "x"),
        ("/schema_version", 2),
        ("/published", "13 July"),
        ("/id", "No Slug"),
        ("/mentions/0/span/start", -1),
        ("/mentions/0/form", "verb"),
        ("/claims/0/voices", []),
        ("/claims/0/evidence", []),
        ("/quantities/0/value", "4e1"),
        ("/quantities/0/value", 4),
        ("/events/0/when", "soon"),
        ("/entities/0/named", 1),
        ("/source/sha256", "ab"),
    ],
)
def test_it_refuses_what_is_refused(small: dict[str, Any], pointer: str, value: object) -> None:
    changed(small, pointer, value)

    assert not VALIDATOR.is_valid(small)


def test_it_requires_what_has_no_default(small: dict[str, Any]) -> None:
    del small["claims"][0]["voices"]

    assert not VALIDATOR.is_valid(small)


def test_it_describes_every_field_of_a_claim() -> None:
    properties = schema()["$defs"]["Claim"]["properties"]

    assert list(properties) == [attribute.name for attribute in attrs.fields(Claim)]
    assert all(field["description"] for field in properties.values())


def test_it_does_without_docstrings(monkeypatch: pytest.MonkeyPatch) -> None:
    for cls in (Claim, Record):
        monkeypatch.setattr(cls, "__doc__", None)

    claim = schema()["$defs"]["Claim"]

    assert claim["description"] == ""
    assert "description" not in claim["properties"]["gist"]


def test_it_explains_every_label() -> None:
    commitment = schema()["$defs"]["Commitment"]

    assert all(f"{label}: " in commitment["description"] for label in commitment["enum"])
