"""STAM JSON, read and asked by stam."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from judges import judge

from oped_dataset import Article
from oped_dataset.exports import to_stam

stam = judge("stam")


@pytest.fixture
def store(toll: Article, tmp_path: Path) -> Any:
    """The small article, read by stam."""
    place = tmp_path / "toll.store.stam.json"
    place.write_text(to_stam(toll), encoding="utf-8")
    return stam.AnnotationStore(file=str(place))


def _known(annotation: Any) -> dict[str, str]:
    return {data.key().id(): str(data.value()) for data in annotation.data()}


def test_a_query_finds_the_claims_with_their_words_and_voices(store: Any, toll: Article) -> None:
    found = [each["c"] for each in store.query('SELECT ANNOTATION ?c WHERE DATA "oped" "label" = "Claim";')]

    assert sorted(claim.id() for claim in found) == sorted(toll.claims.ids)
    assert store.annotation("c-loss").text() == ["The ferry lost 40 crowns"]
    assert _known(store.annotation("c-loss"))["told"] == (
        "Ines (say, uncommitted) > the Gull (say, certain) > Sel (say, certain)"
    )


def test_links_lead_along_the_chain_of_voices(store: Any) -> None:
    links = [each for each in store.annotations() if _known(each).get("kind") == "voice"]

    ends = [[end.id() for end in link.annotations_in_targets()] for link in links]
    assert ends == [["c-loss", "c-loss/cue/1"], ["c-loss/cue/1", "c-loss/cue/2"]]
    assert _known(store.annotation("c-loss/cue/2"))["source"] == "sel"


def test_hostile_strings_are_read(hostile: Article, tmp_path: Path) -> None:
    place = tmp_path / "hostile.store.stam.json"
    place.write_text(to_stam(hostile), encoding="utf-8")

    read = stam.AnnotationStore(file=str(place))

    assert _known(read.annotation("c-rise"))["gist"] == hostile.claims["c-rise"].gist
