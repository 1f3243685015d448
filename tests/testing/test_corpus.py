"""Synthetic corpora: the same on every machine."""

from __future__ import annotations

import hashlib
import io
from typing import Any

import pytest

from oped_dataset import validate, write_lines
from oped_dataset.errors import InvalidRecord
from oped_dataset.testing import make_corpus


def _digest(*arguments: Any, **more: Any) -> str:
    stream = io.BytesIO()
    write_lines(make_corpus(*arguments, **more), stream)
    return hashlib.sha256(stream.getvalue()).hexdigest()


@pytest.mark.parametrize(
    ("more", "digest"),
    [
        ({}, "f7543e05052e419e06b57205e46eb86b5a6c393d4e87c481ba6fa04f36543550"),
        (
            {"seed": 7, "with_text": False, "max_claims": 3},
            "de4f8c3a44bf7db052cfcc8a07902a1d9a15aa9f480fc9592498c8b99278cbec",
        ),
    ],
)
def test_the_bytes_never_change(more: dict[str, Any], digest: str) -> None:
    assert _digest(20, **more) == digest


def test_a_longer_corpus_begins_with_a_shorter_one() -> None:
    assert list(make_corpus(5, 3))[:2] == list(make_corpus(2, 3))


def test_a_different_seed_makes_different_articles() -> None:
    one, other = next(make_corpus(1, 1)), next(make_corpus(1, 2))

    assert (one.id, other.id) == ("synthetic-1-1", "synthetic-2-1")
    assert one.source.text != other.source.text


def test_the_articles_are_valid_and_as_asked_for() -> None:
    articles = list(make_corpus(50, seed=5, max_claims=3, kinds={"events"}))

    assert all(validate(article).problems == () for article in articles)
    assert {len(article.claims) for article in articles} == {1, 2, 3}
    assert not any(article.mentions for article in articles)


def test_a_corpus_may_be_empty() -> None:
    assert list(make_corpus(0)) == []


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((-1,), "n: must be a whole number from 0, not -1"),
        ((1, -1), "seed: must be a whole number from 0, not -1"),
        ((1, "a"), "seed: must be a whole number from 0, not 'a'"),
    ],
)
def test_impossible_arguments_are_rejected_immediately(arguments: Any, message: str) -> None:
    with pytest.raises(InvalidRecord) as caught:
        make_corpus(*arguments)

    assert str(caught.value) == message
