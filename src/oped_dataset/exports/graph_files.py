"""The graph of an article as files for graph programs: GraphML, and GEXF for Gephi.

Here: the writing, and what XML cannot hold made harmless.
Not here: which nodes and edges there are (`networkx.py`).
"""

from __future__ import annotations

import re
from typing import Any, Final

from oped_dataset.exports.escaping import harmless
from oped_dataset.exports.networkx import to_networkx
from oped_dataset.extras import need
from oped_dataset.model.article import Article

_EDGE_ID: Final = "edge_id"


def to_graphml(article: Article) -> str:
    """Write the whole graph of an article as GraphML; control characters are written as `_xHHHH_`.

    Args:
        article: The article.

    Returns:
        The document.

    Raises:
        MissingExtra: networkx is not installed.
    """
    graph = _writable(to_networkx(article))
    # Without ids of their own, networkx gives every edge of a multigraph the id 0, and readers keep one edge.
    for number, (_, _, attributes) in enumerate(graph.edges(data=True)):
        attributes[_EDGE_ID] = f"edge-{number}"
    lines = need("networkx", "networkx").generate_graphml(graph, edge_id_from_attribute=_EDGE_ID)
    return "\n".join(lines) + "\n"


def to_gexf(article: Article) -> str:
    """Write the whole graph of an article as GEXF 1.2; control characters are written as `_xHHHH_`.

    Args:
        article: The article.

    Returns:
        The document, which is the same on every day: it carries no date of its making.

    Raises:
        MissingExtra: networkx is not installed.
    """
    lines = need("networkx", "networkx").generate_gexf(_writable(to_networkx(article)))
    # networkx writes the day it runs on, which would make equal articles give different files.
    return re.sub(r' lastmodifieddate="[^"]*"', "", "\n".join(lines) + "\n", count=1)


def _writable(graph: Any) -> Any:
    for attributes in (graph.graph, *(found for _, found in graph.nodes(data=True))):
        attributes.update({name: harmless(value) for name, value in attributes.items() if isinstance(value, str)})
    return graph
