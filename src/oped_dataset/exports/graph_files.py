"""The graph of an article as files for graph programs: GraphML, and GEXF for Gephi.

Here: writing the files, with characters that XML does not allow escaped.
Not here: the nodes and edges (`networkx.py`).
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
    graph = _escape(to_networkx(article))
    # By default, networkx assigns the id 0 to every edge of a multigraph, and readers keep only one.
    for number, (_, _, attributes) in enumerate(graph.edges(data=True)):
        attributes[_EDGE_ID] = f"edge-{number}"
    lines = need("networkx", "networkx").generate_graphml(graph, edge_id_from_attribute=_EDGE_ID)
    return "\n".join(lines) + "\n"


def to_gexf(article: Article) -> str:
    """Write the whole graph of an article as GEXF 1.2; control characters are written as `_xHHHH_`.

    Args:
        article: The article.

    Returns:
        The document, without a date of creation, so that equal articles give equal documents.

    Raises:
        MissingExtra: networkx is not installed.
    """
    lines = need("networkx", "networkx").generate_gexf(_escape(to_networkx(article)))
    # networkx writes the current date.
    return re.sub(r' lastmodifieddate="[^"]*"', "", "\n".join(lines) + "\n", count=1)


def _escape(graph: Any) -> Any:
    for attributes in (graph.graph, *(found for _, found in graph.nodes(data=True))):
        attributes.update({name: harmless(value) for name, value in attributes.items() if isinstance(value, str)})
    return graph
