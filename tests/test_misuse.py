"""Arguments of a wrong type that Python would process without an error."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from oped_dataset import from_records, load, render, score, validate_paths, write_lines
from oped_dataset.errors import InvalidRecord, RecordNotFound
from oped_dataset.testing import assert_attributed

TOLL = load("harbour-toll")
RECORDS = "records: must be a list of dicts, or an object with a list of them under 'records', not"


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (lambda: from_records("[]", like=TOLL), f"{RECORDS} str; read JSON with json.loads first"),  # type: ignore[arg-type]
        (lambda: from_records(b"[]", like=TOLL), f"{RECORDS} bytes; read JSON with json.loads first"),  # type: ignore[arg-type]
        (
            lambda: validate_paths("article.json"),
            "paths: must be several paths, not str; one file is validated by validate_path",
        ),
        (
            lambda: write_lines("", Path("x.jsonl")),  # type: ignore[arg-type]
            "articles: must be several articles, not str; read them first with read_lines",
        ),
        (
            lambda: score(TOLL, TOLL, layers=b"claims"),  # type: ignore[arg-type]
            "layers: must be a list of names, such as [b'claims']",
        ),
        (
            lambda: score(TOLL, TOLL, layers=["claims"]).interval(seed=None),  # type: ignore[arg-type]
            "seed: must be a whole number, not None",
        ),
        (
            lambda: TOLL.attach("The toll.").text_of(0),  # type: ignore[arg-type]
            "record: must be a record or a Span, not int",
        ),
        (
            lambda: assert_attributed([b"{}"]),
            "$[0]: bytes cannot be searched; decode them first, JSON with json.loads",
        ),
    ],
    ids=[
        "a text",
        "bytes",
        "one path",
        "no articles",
        "bytes of a layer",
        "no seed",
        "no record",
        "bytes inside",
    ],
)
def test_arguments_that_python_would_misread_are_rejected(ask: Callable[[], object], message: str) -> None:
    with pytest.raises(InvalidRecord) as caught:
        ask()

    assert str(caught.value) == message


@pytest.mark.parametrize("position", [0, True, -1])
def test_a_position_is_not_an_entity(position: Any) -> None:
    with pytest.raises(RecordNotFound):
        TOLL.about(position)


@pytest.mark.parametrize("unread", [0, [], b""])
def test_unread_must_be_a_list_of_files(unread: Any) -> None:
    with pytest.raises(AttributeError):
        render({}, unread=unread)
