"""The DuckDB views of a corpus: they agree with the articles, and always show the voices."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import Any

import pytest
from judges import judge

from oped_dataset import Article, load, write_parquet
from oped_dataset.corpora.views import corpus_views
from oped_dataset.errors import ArticleFileError
from oped_dataset.testing import make_corpus

duckdb = judge("duckdb")
judge("pyarrow")

ARTICLES = [load("harbour-toll"), *make_corpus(30)]
CLAIMS = {(article.id, claim.id): claim for article in ARTICLES for claim in article.claims}
VIEWS = ["corpus_claims", "corpus_relays", "corpus_stances", "corpus_evaluations", "corpus_said_about"]


@pytest.fixture(scope="module")
def connection(tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder = tmp_path_factory.mktemp("o'clock") / "corpus"
    write_parquet(ARTICLES, folder, articles_per_file=10)
    made = duckdb.connect()
    made.sql(corpus_views(folder))
    return made


def _rows(connection: Any, query: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = connection.sql(query).to_arrow_table().to_pylist()
    return rows


def _name(article: str, entity: str) -> str:
    found: Article = next(each for each in ARTICLES if each.id == article)
    return found.entities[entity].name


@pytest.mark.parametrize("view", VIEWS)
def test_no_view_shows_a_claim_without_its_voices(connection: Any, view: str) -> None:
    rows = _rows(connection, f"FROM {view}")

    assert rows
    for row in rows:
        claim = CLAIMS[row["article"], row.get("claim") or row["id"]]
        assert row["gist"] == claim.gist
        assert [voice["source"] for voice in row["voices"]] == [voice.source for voice in claim.voices]
        assert [voice["commitment"] for voice in row["voices"]] == [voice.commitment for voice in claim.voices]
        assert all(f"({voice.act}, {voice.commitment})" in row["voices_line"] for voice in claim.voices)


def test_who_relays_whom(connection: Any) -> None:
    rows = _rows(connection, "FROM corpus_relays")

    pairs = [
        (article, claim.id, outer.source, inner.source, inner.act, outer.commitment, inner.commitment)
        for (article, _), claim in CLAIMS.items()
        for outer, inner in pairwise(claim.voices)
    ]
    columns = ("article", "claim", "relayed_by", "speaker", "act", "relayed_by_commitment", "speaker_commitment")
    assert sorted(tuple(row[name] for name in columns) for row in rows) == sorted(pairs)
    assert all(row["speaker_name"] == _name(row["article"], row["speaker"]) for row in rows)


def test_stances_between_neighbouring_voices(connection: Any) -> None:
    rows = _rows(connection, "SELECT * FROM corpus_stances WHERE stance = 'opposes'")

    pairs = [pair for claim in CLAIMS.values() for pair in pairwise(claim.voices)]
    sides = Counter((outer.commitment.side, inner.commitment.side) for outer, inner in pairs)
    assert len(rows) == sides["for", "against"] + sides["against", "for"] > 0
    assert {row["relayed_by_side"] for row in rows} == {"for", "against"}


def test_every_relay_has_one_stance(connection: Any) -> None:
    found = {row["stance"] for row in _rows(connection, "FROM corpus_stances")}

    assert found == {"leaves open", "decides", "agrees", "opposes"}


def test_evaluations_with_their_voices(connection: Any) -> None:
    rows = _rows(connection, "FROM corpus_evaluations")

    wanted = [
        (article, claim.id, entity, claim.voices[-1].source, _name(article, entity))
        for (article, _), claim in CLAIMS.items()
        if claim.kind == "evaluation"
        for entity in claim.about
    ]
    columns = ("article", "claim", "entity", "called_so_by", "entity_name")
    assert sorted(tuple(row[name] for name in columns) for row in rows) == sorted(wanted)


def test_entities_of_many_articles_are_joined_by_identifier(connection: Any) -> None:
    rows = _rows(connection, "FROM corpus_identities")

    members = Counter(
        (identifier.scheme, identifier.value)
        for article in ARTICLES
        for entity in article.entities
        for identifier in entity.identifiers
    )
    assert {(row["scheme"], row["value"]): len(row["members"]) for row in rows} == members
    assert max(row["articles"] for row in rows) > 1


def test_claims_about_one_entity_in_many_articles(connection: Any) -> None:
    rows = _rows(connection, "FROM corpus_said_about")

    wanted = [
        (identifier.value, article.id, entity.id, claim.id)
        for article in ARTICLES
        for entity in article.entities
        for identifier in entity.identifiers
        for claim in article.claims
        if entity.id in claim.about
    ]
    assert sorted((row["value"], row["article"], row["entity"], row["claim"]) for row in rows) == sorted(wanted)


def test_an_invalid_path_is_rejected() -> None:
    with pytest.raises(ArticleFileError):
        corpus_views("")
