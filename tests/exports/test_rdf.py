"""RDF: parsed by rdflib, judged by pyshacl against the shapes that come with the package."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from judges import judge

from oped_dataset import Article
from oped_dataset.exports import shapes, to_rdf, to_turtle, to_web_annotation
from oped_dataset.exports.jsonld_context import EDTF, VOCABULARY, context
from oped_dataset.testing.strategies import articles

rdflib = judge("rdflib")
judge("pyoxigraph")
RECORD = "urn:oped-dataset:article:small:"


def _report(graph: Any) -> tuple[bool, str]:
    conforms, _, said = judge("pyshacl").validate(graph, shacl_graph=shapes(), shacl_graph_format="turtle")
    return conforms, said


@settings(max_examples=8)
@given(articles())
def test_every_article_conforms_to_the_shapes(article: Article) -> None:
    conforms, said = _report(to_rdf(article))

    assert conforms, said


@pytest.mark.slow
def test_the_bundled_article_conforms_to_the_shapes(bundled: Article) -> None:
    conforms, said = _report(to_rdf(bundled))

    assert conforms, said


@pytest.mark.parametrize(
    ("subject", "predicate", "message"),
    [
        ("c-loss", f"{VOCABULARY}voices", "A claim has a chain of voices"),
        ("c-loss", "http://www.w3.org/ns/prov#wasDerivedFrom", "A claim is derived from its outermost voice."),
        ("c-loss", "https://schema.org/text", "A claim says one thing."),
        ("c-loss", "https://schema.org/appearance", "A claim appears in an article."),
        ("c-loss", f"{VOCABULARY}side", "A claim has the side on which its innermost voice stands."),
        (
            "a-loss",
            f"{VOCABULARY}premiseSide",
            "An argument has the side on which the innermost voice",
        ),
        ("c-loss#2", "http://www.w3.org/ns/prov#wasAttributedTo", "A voice is somebody's."),
        ("c-loss#2", f"{VOCABULARY}commitment", "A voice has one commitment."),
        ("e-rise", f"{VOCABULARY}toldBy", "An event, relation or quantity is carried by a claim."),
        ("r-head", f"{VOCABULARY}toldByLine", "An event, relation or quantity names its voices."),
        ("m-she#annotation", "http://www.w3.org/ns/oa#hasTarget", "An annotation has a place."),
        ("m-she#annotation", "http://www.w3.org/ns/oa#hasBody", "An annotation has one record as body."),
    ],
)
def test_a_graph_that_lacks_something_does_not_conform(
    subject: str, predicate: str, message: str, toll: Article
) -> None:
    graph = to_rdf(toll)
    graph.remove((rdflib.URIRef(RECORD + subject), rdflib.URIRef(predicate), None))

    conforms, said = _report(graph)

    assert not conforms
    assert message in said


@pytest.mark.parametrize("commitment", ["sure", "certain"])
def test_a_commitment_is_one_of_the_closed_list(commitment: str, toll: Article) -> None:
    graph = to_rdf(toll)
    voice, predicate = rdflib.URIRef(f"{RECORD}c-fall#0"), rdflib.URIRef(f"{VOCABULARY}commitment")
    graph.set((voice, predicate, rdflib.Literal(commitment)))

    assert _report(graph)[0] == (commitment == "certain")


def test_a_place_that_ends_before_it_begins_does_not_conform(toll: Article) -> None:
    graph, oa = to_rdf(toll), rdflib.Namespace("http://www.w3.org/ns/oa#")
    selector = next(graph.subjects(oa.end, None))
    graph.set((selector, oa.end, rdflib.Literal("0", datatype=rdflib.XSD.nonNegativeInteger)))

    assert "A place begins before it ends." in _report(graph)[1]


def test_the_chain_of_voices_is_one_of_derivations(toll: Article) -> None:
    graph, prov = to_rdf(toll), rdflib.PROV

    chain = list(graph.transitive_objects(rdflib.URIRef(f"{RECORD}c-loss"), prov.wasDerivedFrom))[1:]

    speakers = [graph.value(voice, prov.wasAttributedTo) for voice in chain]
    assert speakers == [rdflib.URIRef(RECORD + name) for name in ("ines", "gull", "sel")]


def test_dates_are_edtf(toll: Article) -> None:
    graph = to_rdf(toll)
    relation = graph.value(rdflib.URIRef(f"{RECORD}r-head"), rdflib.URIRef(f"{VOCABULARY}during"))
    time = graph.value(rdflib.URIRef(f"{RECORD}t-may"), rdflib.URIRef(f"{VOCABULARY}date"))

    assert (str(relation), str(relation.datatype)) == ("2018/..", EDTF)
    assert (str(time), str(time.datatype)) == ("2019-05-03", EDTF)


def test_nothing_told_is_a_bare_triple(toll: Article) -> None:
    graph = to_rdf(toll)

    assert not list(graph.triples((rdflib.URIRef(f"{RECORD}maro"), None, rdflib.URIRef(f"{RECORD}port"))))


def test_the_terms_of_schema_org_and_prov_exist(toll: Article) -> None:
    used = {str(term) for triple in to_rdf(toll) for term in triple}
    for namespace in (rdflib.SDO, rdflib.PROV):
        known = {str(term) for term in dir(namespace)}

        assert {term for term in used if term.startswith(str(namespace))} - known == set()


def test_every_key_of_ours_is_a_term_of_ours_or_of_others() -> None:
    values = [term if isinstance(term, str) else term["@id"] for term in context("x").values() if term != 1.1]

    assert all(":" in value or value.startswith("@") for value in values)


def test_equal_articles_give_equal_turtle(toll: Article) -> None:
    assert to_turtle(toll) == to_turtle(toll)


def test_the_graph_is_the_one_that_rdflib_makes_of_the_document(toll: Article) -> None:
    document = to_web_annotation(toll) | {"@context": context("small")}
    graph = rdflib.Graph().parse(data=json.dumps(document), format="json-ld")

    assert judge("rdflib.compare").isomorphic(to_rdf(toll), graph)


def test_turtle_holds_the_same_graph(toll: Article) -> None:
    compare = judge("rdflib.compare")
    graph, parsed = to_rdf(toll), rdflib.Graph().parse(data=to_turtle(toll), format="turtle")
    # Turtle has a short form for decimals, in which rdflib writes 40 as 40.0.
    amounts = [next(found.objects(None, rdflib.URIRef(f"{VOCABULARY}amount"))) for found in (graph, parsed)]
    for found in (graph, parsed):
        found.remove((None, rdflib.URIRef(f"{VOCABULARY}amount"), None))

    assert amounts[0].eq(amounts[1])
    assert compare.isomorphic(parsed, graph)


def test_offsets_in_the_graph_are_those_of_the_article(toll: Article) -> None:
    query = """
        PREFIX oa: <http://www.w3.org/ns/oa#> PREFIX schema: <https://schema.org/>
        SELECT ?claim ?start ?end WHERE {
            ?claim a schema:Claim . [] oa:hasBody ?claim ; oa:hasTarget/oa:hasSelector ?place .
            ?place oa:start ?start ; oa:end ?end .
        }"""

    found = {(str(c).removeprefix(RECORD), int(start), int(end)) for c, start, end in to_rdf(toll).query(query)}

    assert found == {(claim.id, span.start, span.end) for claim in toll.claims for span in claim.evidence}
