"""An article as RDF: Web Annotation for spans, PROV-O for chains of voices, schema.org for general terms.

Here: the triples of the JSON-LD document, as an rdflib graph and as Turtle, and the SHACL shapes of such a graph.
Not here: the document (`web_annotation.py`) and the meaning of its keys (`jsonld_context.py`).

pyoxigraph converts the document into triples, in a tenth of the time that rdflib takes. Blank nodes are numbered in the
order of the document, so that equal articles give equal files.
"""

from __future__ import annotations

import json
import re
from functools import cache
from itertools import count
from operator import itemgetter
from typing import Any

from oped_dataset.exports.jsonld_context import context, prefixes
from oped_dataset.exports.web_annotation import to_web_annotation
from oped_dataset.extras import need
from oped_dataset.model.article import Article
from oped_dataset.resources import read_data


def to_rdf(article: Article) -> Any:
    """Make the RDF graph of an article.

    Nothing in the article becomes a bare triple: a relation is a node with subject, predicate and object, carried by
    claims, each of which is derived (`prov:wasDerivedFrom`) from its outermost voice, which is derived from the next.

    Args:
        article: The article.

    Returns:
        An `rdflib.Graph` (typed `Any`, because rdflib is optional) that conforms to `shapes()`.

    Raises:
        MissingExtra: rdflib or pyoxigraph is not installed.
        NotExportable: Spans overlap so often that the graph would repeat the text many times.
    """
    rdflib = need("rdflib", "rdf")
    graph = rdflib.Graph()
    for prefix, namespace in prefixes(article.id).items():
        graph.bind(prefix, namespace)
    numbers = count()

    @cache
    def convert(term: Any) -> Any:
        kind = type(term).__name__
        if kind == "NamedNode":
            return rdflib.URIRef(term.value)
        if kind == "BlankNode":
            return rdflib.BNode(f"b{next(numbers)}")
        # RDF 1.1 Concepts, section 3.3: a literal with a language has its own datatype, and a plain one xsd:string.
        datatype = None if term.language is not None else rdflib.URIRef(term.datatype.value)
        return rdflib.Literal(
            term.value, lang=term.language, datatype=None if datatype == rdflib.XSD.string else datatype
        )

    for triple in _list_triples(article):
        graph.add(tuple(map(convert, triple)))
    return graph


def to_turtle(article: Article) -> str:
    """Write the RDF graph of an article as Turtle.

    Args:
        article: The article.

    Returns:
        The document.

    Raises:
        MissingExtra: pyoxigraph is not installed.
        NotExportable: Spans overlap so often that the graph would repeat the text many times.
    """
    oxigraph = need("pyoxigraph", "rdf")
    triples = _list_triples(article)
    written: bytes = oxigraph.serialize(triples, format=oxigraph.RdfFormat.TURTLE, prefixes=prefixes(article.id))
    # Blank nodes have random names, which no text of the article can contain; every blank node is a subject.
    blank = {str(triple.subject) for triple in triples if isinstance(triple.subject, oxigraph.BlankNode)}
    numbers: dict[str, str] = {}

    def number(match: re.Match[str]) -> str:
        return numbers.setdefault(match[0], f"_:b{len(numbers)}") if match[0] in blank else match[0]

    return re.sub("_:[0-9a-z]+", number, written.decode("utf-8"))


def _list_triples(article: Article) -> list[Any]:
    oxigraph = need("pyoxigraph", "rdf")
    # The package's own context defines every key, so that none has to be fetched.
    document = json.dumps({**to_web_annotation(article), "@context": context(article.id)})
    order: dict[Any, int] = {}
    # A subject is written once, where it first occurs.
    triples = [
        (order.setdefault(each.subject, len(order)), each.triple)
        for each in oxigraph.parse(document, format=oxigraph.RdfFormat.JSON_LD)
    ]
    triples.sort(key=itemgetter(0))
    return [triple for _, triple in triples]


def shapes() -> str:
    """The SHACL shapes, in Turtle, to which every graph of `to_rdf` conforms."""
    return read_data("shapes.ttl").decode("utf-8")
