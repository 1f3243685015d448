"""Tables in other libraries and notebooks, and queries with unknown values."""

from __future__ import annotations

import copy
import pickle
import typing
import weakref
from typing import Any

import attrs
import pytest

from oped_dataset import Article, ClaimTable, EventTable, load
from oped_dataset.errors import LabelNotFound, NotExportable, RecordNotFound
from oped_dataset.exports import to_tables
from oped_dataset.model import filters
from oped_dataset.model.records import Entity, Identifier
from oped_dataset.testing import assert_attributed


@pytest.fixture(scope="module")
def toll() -> Article:
    return load("harbour-toll")


TABLES = ("entities", "mentions", "times", "quantities", "quotations", "events", "relations", "claims", "arguments")


@pytest.mark.parametrize("name", TABLES)
def test_polars_accepts_a_table(toll: Article, name: str) -> None:
    polars = pytest.importorskip("polars", reason="the extra polars is not installed")
    pytest.importorskip("pyarrow", reason="the extra arrow is not installed")

    frame = polars.DataFrame(toll.tables[name])

    assert frame["id"].to_list() == list(toll.tables[name].ids)
    assert frame.columns == list(to_tables(toll)[name][0])


@pytest.mark.parametrize("name", ["events", "relations", "claims", "quantities"])
def test_pyarrow_receives_the_voices_of_every_record(toll: Article, name: str) -> None:
    arrow = pytest.importorskip("pyarrow", reason="the extra arrow is not installed")

    rows = arrow.table(toll.tables[name]).to_pylist()

    assert_attributed(rows, toll)
    assert all(row.get("told_by_line") or row.get("voices") for row in rows)


def test_duckdb_queries_a_table_by_its_name(toll: Article) -> None:
    duckdb = pytest.importorskip("duckdb", reason="duckdb is not installed")
    claims = toll.claims

    found = duckdb.sql("select count(*) from claims where len(voices) > 2").fetchall()

    assert found == [(sum(len(claim.voices) > 2 for claim in claims),)]


def test_pandas_accepts_a_table_through_arrow(toll: Article) -> None:
    pandas: Any = pytest.importorskip("pandas", reason="the extra pandas is not installed")
    pytest.importorskip("pyarrow", reason="the extra arrow is not installed")
    if not hasattr(pandas.DataFrame, "from_arrow"):
        pytest.skip("this pandas does not read the Arrow PyCapsule interface")

    assert list(pandas.DataFrame.from_arrow(toll.claims[:3])["id"]) == list(toll.claims[:3].ids)


@pytest.mark.parametrize(
    "part",
    [
        lambda article: article.claims[2:5],
        lambda article: article.claims.where(kind="happening"),
        lambda article: article.timeline(),
        lambda article: article.about(article.authors[0]).claims,
        lambda article: copy.deepcopy(article).claims,
        lambda article: pickle.loads(pickle.dumps(article)).claims,
        lambda article: attrs.evolve(article, title="Another").claims,
    ],
)
def test_a_part_of_a_table_belongs_to_the_article(toll: Article, part: Any) -> None:
    arrow = pytest.importorskip("pyarrow", reason="the extra arrow is not installed")

    assert arrow.table(part(toll)).column("id").to_pylist() == list(part(toll).ids)


def test_a_table_without_an_article_is_not_exported(toll: Article) -> None:
    with pytest.raises(NotExportable) as caught:
        EventTable(toll.events).__arrow_c_stream__()

    assert str(caught.value) == (
        "this EventTable does not belong to an article; use the table of an article, or a part of it"
    )


def test_a_table_has_the_methods_of_a_sequence(toll: Article) -> None:
    claims = toll.claims

    assert list(reversed(claims)) == list(claims)[::-1]
    assert claims.index(claims[3]) == 3
    assert claims.count(claims[3]) == 1
    with pytest.raises(ValueError, match="not in tuple"):
        claims.index("nobody")


def test_a_notebook_completes_ids(toll: Article) -> None:
    assert toll.entities._ipython_key_completions_() == list(dict.fromkeys(reversed(toll.entities.ids)))


def test_a_table_supports_weak_references(toll: Article) -> None:
    assert weakref.ref(toll.claims)() is toll.claims


@pytest.mark.parametrize(
    ("ask", "error", "message"),
    [
        (lambda a: a.entities.where(kind="persn"), LabelNotFound, "no label 'persn'; did you mean 'person'?"),
        (lambda a: a.mentions.where(entity="mar"), RecordNotFound, "no record 'mar'; did you mean 'maro'?"),
        (lambda a: a.quotations.where(speaker="sell"), RecordNotFound, "no record 'sell'; did you mean 'sel'?"),
        (lambda a: a.claims.voiced_by("gul"), RecordNotFound, "no record 'gul'; did you mean 'gull'?"),
        (lambda a: a.claims.carrying("e-ris"), RecordNotFound, "no record 'e-ris'; did you mean 'e-rise' or 'c-rise'?"),
        (lambda a: a.entities.find("Marro"), RecordNotFound, "no record 'Marro'; did you mean 'maro'?"),
    ],
)
def test_an_unknown_value_suggests_similar_ones(
    article: Article, ask: Any, error: type[Exception], message: str
) -> None:
    with pytest.raises(error) as caught:
        ask(article)

    assert str(caught.value) == message


def test_a_known_value_without_matches_gives_an_empty_table(article: Article) -> None:
    assert len(article.entities.where(kind="law")) == 0
    assert len(article.claims.voiced_by("port")) == 0
    assert len(article.quotations.where(speaker=None, text="Never said.")) == 0


def test_a_table_without_an_article_does_not_check_ids(article: Article) -> None:
    claims = ClaimTable(article.claims)

    assert len(claims.voiced_by("nobody")) == len(claims.carrying("nothing")) == len(claims.where(id="no-claim")) == 0


def test_an_entity_is_found_by_id_name_alias_or_identifier(article: Article) -> None:
    known = Identifier(scheme="wikidata", value="Q1", seen_in="https://example.org")
    sel = attrs.evolve(article.entities["sel"], aliases=("The Envoy",), identifiers=(known,))
    article = attrs.evolve(article, entities=[sel if each.id == "sel" else each for each in article.entities])

    assert {article.entities.find(wanted) for wanted in ("sel", sel.name.upper(), "the envoy", "Q1")} == {sel}


def test_a_name_is_preferred_to_an_alias_of_another_entity(article: Article) -> None:
    sel = attrs.evolve(article.entities["sel"], aliases=(article.entities["maro"].name,))
    article = attrs.evolve(article, entities=[sel, *(each for each in article.entities if each.id != "sel")])

    assert article.entities.find(article.entities["maro"].name).id == "maro"


def test_an_ambiguous_name_is_rejected_with_the_ids(article: Article) -> None:
    twin = Entity(id="maro-2", kind=article.entities["maro"].kind, name=article.entities["maro"].name)
    twins = attrs.evolve(article, entities=[*article.entities, twin])

    with pytest.raises(RecordNotFound) as caught:
        twins.entities.find(twin.name)

    assert caught.value.nearest == ("maro", "maro-2")


@pytest.mark.parametrize("name", TABLES)
def test_the_types_of_where_list_all_fields(toll: Article, name: str) -> None:
    record = toll.tables[name].record_type
    typed = getattr(filters, f"{record.__name__.removesuffix('Expression')}Fields")

    assert list(typing.get_type_hints(typed)) == [each.name for each in attrs.fields(record)]
