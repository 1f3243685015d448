"""An article as RDF: Web Annotation for places, PROV-O for chains of voices, schema.org for what is generally known.

What lives here: the graph made of the JSON-LD document, and the SHACL shapes that say what such a graph must hold.
What does not: the document (`web_annotation.py`) and what its keys mean (`jsonld_context.py`).
"""

from __future__ import annotations

import json
from typing import Any

from oped_dataset.exports.web_annotation import to_web_annotation
from oped_dataset.extras import need
from oped_dataset.model.article import Article
from oped_dataset.resources import read_data


def to_rdf(article: Article) -> Any:
    """Make the RDF graph of an article.

    Nothing the article tells becomes a bare triple: a relation is a node with subject, predicate and object, told by
    claims, each of which is derived (`prov:wasDerivedFrom`) from its outermost voice, which is derived from the next.

    Args:
        article: The article.

    Returns:
        An `rdflib.Graph` (typed `Any`, because rdflib is optional) that conforms to `shapes()`.

    Raises:
        MissingExtra: rdflib is not installed.
    """
    graph = need("rdflib", "rdf").Graph()
    return graph.parse(data=json.dumps(to_web_annotation(article)), format="json-ld")


def to_turtle(article: Article) -> str:
    """Write the RDF graph of an article as Turtle.

    Args:
        article: The article.

    Returns:
        The document.

    Raises:
        MissingExtra: rdflib is not installed.
    """
    return str(to_rdf(article).serialize(format="turtle"))


def shapes() -> str:
    """The SHACL shapes, as Turtle, to which every graph of `to_rdf` conforms."""
    return read_data("shapes.ttl").decode("utf-8")
