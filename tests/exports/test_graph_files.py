"""GraphML and GEXF, read by networkx and by an XML parser."""

from __future__ import annotations

import io
import xml.etree.ElementTree as ElementTree
from typing import Any

import pytest
from judges import judge

from oped_dataset import Article
from oped_dataset.exports import (
    original,
    to_gexf,
    to_graphml,
    to_networkx,
)

networkx = judge("networkx")


def _graphml(written: str) -> Any:
    return networkx.read_graphml(io.BytesIO(written.encode()), force_multigraph=True)


def _gexf(written: str) -> Any:
    return networkx.read_gexf(io.BytesIO(written.encode()))


BOTH = pytest.mark.parametrize(("write", "read"), [(to_graphml, _graphml), (to_gexf, _gexf)], ids=["graphml", "gexf"])


@BOTH
def test_nodes_edges_and_attributes_are_read_back(write: Any, read: Any, toll: Article) -> None:
    graph, found = to_networkx(toll), read(write(toll))

    assert set(found) == set(graph)
    assert found.number_of_edges() == graph.number_of_edges()
    assert found.nodes["c-loss"]["voices_line"] == graph.nodes["c-loss"]["voices_line"]
    assert found.nodes["c-loss"]["depth"] == 3


@BOTH
def test_the_graph_of_the_bundled_article_is_read_back(write: Any, read: Any, bundled: Article) -> None:
    graph, found = to_networkx(bundled), read(write(bundled))

    assert (len(found), found.number_of_edges()) == (len(graph), graph.number_of_edges())


@BOTH
def test_every_edge_has_an_id_of_its_own(write: Any, read: Any, toll: Article) -> None:
    edges = [element for element in ElementTree.fromstring(write(toll)).iter() if element.tag.endswith("}edge")]

    assert len({edge.get("id") for edge in edges}) == len(edges) == to_networkx(toll).number_of_edges()


@BOTH
def test_what_xml_cannot_hold_is_written_out(write: Any, read: Any, hostile: Article) -> None:
    label = read(write(hostile)).nodes["sel"]["label"]

    assert label == "'-cmd\t_x0000__x001F__x005F_x0041_"
    assert original(label) == hostile.entities["sel"].name


@BOTH
def test_markup_in_a_name_stays_text(write: Any, read: Any, hostile: Article) -> None:
    tags = {element.tag.rpartition("}")[2] for element in ElementTree.fromstring(write(hostile)).iter()}

    assert "script" not in tags


@BOTH
def test_equal_articles_give_equal_files(write: Any, read: Any, toll: Article) -> None:
    assert write(toll) == write(toll)
    assert "lastmodifieddate" not in write(toll)
