"""The identifiers of entities lead to outside registers from every format that has a place for them."""

from __future__ import annotations

import json
from typing import Any

import attrs
import pytest
from judges import judge

from oped_dataset import Article, Identifier
from oped_dataset.exports import (
    from_brat,
    from_tables,
    from_web_annotation,
    to_brat,
    to_croissant,
    to_rdf,
    to_spacy,
    to_tables,
    to_web_annotation,
)
from oped_dataset.model.registers import addresses

ADDRESSES = ["http://www.wikidata.org/entity/Q7", "https://sws.geonames.org/4%207/"]


@pytest.fixture
def known(toll: Article) -> Article:
    """The small article, one entity of which stands in outside registers."""
    given = (("wikidata", "Q7"), ("geonames", "4 7"), ("iso3166-2", "XX-Y"))
    seen = tuple(Identifier(scheme=scheme, value=value, seen_in="a list") for scheme, value in given)
    maro = toll.entities["maro"]
    others = (each for each in toll.entities if each is not maro)
    return attrs.evolve(toll, entities=(attrs.evolve(maro, identifiers=seen), *others))


def _of_maro(rows: list[dict[str, Any]]) -> dict[str, Any]:
    return next(row for row in rows if row["id"].endswith("maro"))


def test_a_register_without_addresses_gives_none(known: Article) -> None:
    assert addresses(known.entities["maro"]) == ADDRESSES


def test_web_annotation_and_tables_name_the_addresses(known: Article) -> None:
    page, tables = to_web_annotation(known), to_tables(known)

    assert _of_maro(page["entities"])["sameAs"] == _of_maro(tables["entities"])["same_as"] == ADDRESSES
    assert from_web_annotation(page) == from_tables(tables) == known


def test_rdf_has_the_addresses_as_resources(known: Article) -> None:
    rdflib, _ = judge("rdflib"), judge("pyoxigraph")
    same = rdflib.URIRef("https://schema.org/sameAs")

    assert sorted(map(str, to_rdf(known).objects(predicate=same))) == ADDRESSES


def test_croissant_says_what_the_column_is(known: Article) -> None:
    judge("pyarrow")
    described = json.loads(to_croissant(known)["croissant.json"])

    fields = [field for records in described["recordSet"] for field in records["field"]]
    assert [field["name"] for field in fields if "equivalentProperty" in field] == ["entities/same_as"]


def test_named_entities_in_spacy_are_linked_by_wikidata(known: Article) -> None:
    judge("spacy")

    assert {"Q7", "sel"} <= {entity.kb_id_ for entity in to_spacy(known).ents}


def test_brat_normalises_mentions_and_reads_them_back(known: Article) -> None:
    files = to_brat(known)

    lines = [line for line in files["small.ann"].decode().splitlines() if line.startswith("N")]
    assert lines[0] == f"N1\tReference T1 Wikidata:Q7\t{known.entities['maro'].name}"
    assert len(lines) == len(known.mentions.where(entity="maro"))
    assert from_brat(files) == known
