"""The fast way gives what the careful way gives, or leaves the document to it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from small import changed, text_of

from oped_dataset import codec, fastpath, loads
from oped_dataset.library import resource


@pytest.mark.parametrize("name", ["harbour-toll", "retired-officials-2019"])
def test_a_bundled_article_goes_the_fast_way(name: str) -> None:
    content = resource(f"{name}.json")

    assert fastpath.read(content) == codec.decode(content).article


def test_the_records_are_of_the_same_classes_all_the_way(small: dict[str, Any]) -> None:
    text = text_of(codec.to_data(loads(text_of(small))))
    article = fastpath.read(text)

    assert article is not None
    assert repr(article.claims[0].voices) == repr(loads(text).claims[0].voices)
    assert type(article.claims) is type(loads(text).claims)
    assert type(article.entities[0].kind) is type(loads(text).entities[0].kind)


@pytest.mark.parametrize(
    ("pointer", "value"),
    [
        ("/schema_version", 2),
        ("/schema_version", True),
        ("/claims", ""),
        ("/claims", {}),
        ("/entities/0/aliases", "ab"),
        ("/entities/0/named", 1),
        ("/mentions/0/span/start", 0.0),
        ("/mentions/0/span/end", 2**53),
        ("/mentions/0/span/end", 0),
        ("/claims/0/voices", []),
        ("/claims/0/voices/0/commitment", ["certain"]),
        ("/claims/0/gist", " "),
        ("/claims/0/gist", "\ud800"),
        ("/publisher", "Not a slug"),
        ("/published", "20190713"),
        ("/title", None),
        ("/novel", 1),
    ],
)
def test_what_is_wrong_is_left_to_the_careful_way(small: dict[str, Any], pointer: str, value: object) -> None:
    whole = codec.to_data(loads(text_of(small)))

    assert fastpath.read(json.dumps(whole)) is not None
    assert fastpath.read(json.dumps(changed(whole, pointer, value))) is None


@pytest.mark.parametrize("text", ["", "{", "[]", "NaN", "[" * 100_000, '{"id": 1, "id": 1}', "\ufeff{}", b"\xff"])
def test_what_is_no_article_is_left_to_the_careful_way(text: str | bytes) -> None:
    assert fastpath.read(text) is None


def test_a_key_that_comes_twice_is_left_to_the_careful_way(small: dict[str, Any]) -> None:
    text = text_of(codec.to_data(loads(text_of(small))))

    assert fastpath.read(text.replace('"language":', '"language": "de", "language":', 1)) is None
