"""The graph and the view of relations."""

from __future__ import annotations

import io
from typing import Any

import pytest
from judges import judge

from oped_dataset import Article
from oped_dataset.exports import to_networkx, to_relations_graph

networkx = judge("networkx")


def _edges(graph: Any, kind: str) -> set[tuple[str, str]]:
    return {(start, end) for start, end, found in graph.edges(data="edge_kind") if found == kind}


def test_every_record_that_is_a_node_is_one(toll: Article) -> None:
    kinds = [kind for _, kind in to_networkx(toll).nodes(data="node_kind")]

    assert {kind: kinds.count(kind) for kind in kinds} == {
        "article": 1,
        "entity": 6,
        "event": 2,
        "relation": 1,
        "quantity": 1,
        "argument": 2,
        "claim": 4,
        "voice": 6,
    }


def test_the_voices_of_a_claim_are_a_path(toll: Article) -> None:
    graph = to_networkx(toll)

    assert _edges(graph, "relays") == {("c-loss/0", "c-loss/1"), ("c-loss/1", "c-loss/2")}
    assert {("c-loss/0", "ines"), ("c-loss/1", "gull"), ("c-loss/2", "sel")} <= _edges(graph, "speaks-as")


def test_claims_tell_events_relations_and_quantities(toll: Article) -> None:
    told = {("c-rise", "e-rise"), ("c-fall", "e-fall"), ("c-head", "r-head"), ("c-loss", "q-loss")}

    assert _edges(to_networkx(toll), "tells") == told


def test_events_and_relations_reach_their_entities(toll: Article) -> None:
    graph = to_networkx(toll)

    assert _edges(graph, "participant") == {("e-rise", "maro"), ("e-fall", "port")}
    assert _edges(graph, "place") == {("e-rise", "port")}
    assert _edges(graph, "subject") | _edges(graph, "object") == {("r-head", "maro"), ("r-head", "port")}


def test_an_argument_can_attack_an_argument(toll: Article) -> None:
    graph = to_networkx(toll)

    assert {("a-head", "a-loss"), ("a-loss", "c-fall")} == _edges(graph, "target")
    assert graph.nodes["a-head"]["source_voices_line"] == "Ines (say, certain)"
    assert (graph.nodes["a-head"]["source_side"], "target_side" in graph.nodes["a-head"]) == ("for", False)


def test_every_edge_of_the_relations_names_who_asserts_it(toll: Article) -> None:
    ((start, end, key, attributes),) = to_relations_graph(toll).edges(keys=True, data=True)

    assert (start, end, key) == ("maro", "port", "r-head/c-head")
    assert attributes["edge_kind"] == "leads"
    assert attributes["voices_line"] == "Ines (say, certain)"
    assert (attributes["innermost"], attributes["innermost_commitment"]) == ("ines", "certain")
    assert attributes["ended"] == to_networkx(toll).nodes["r-head"]["ended"] == 0
    assert "title" not in attributes


def test_the_relations_of_the_bundled_article_have_an_edge_for_each_claim(bundled: Article) -> None:
    edges = to_relations_graph(bundled).number_of_edges()

    assert edges == sum(len(claim.relations) for claim in bundled.claims)


def test_the_graph_in_memory_holds_strings_as_they_are(hostile: Article) -> None:
    assert to_networkx(hostile).nodes["sel"]["label"] == hostile.entities["sel"].name


@pytest.mark.parametrize("form", ["adjlist", "multiline_adjlist", "edgelist"])
def test_lists_of_edges_written_by_networkx_keep_every_edge(form: str, toll: Article) -> None:
    graph, written = to_networkx(toll), io.BytesIO()

    getattr(networkx, f"write_{form}")(graph, written)

    read = getattr(networkx, f"read_{form}")(io.BytesIO(written.getvalue()), create_using=networkx.MultiDiGraph)
    assert sorted(read.edges()) == sorted(graph.edges())
