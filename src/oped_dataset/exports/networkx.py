"""An article as a graph in networkx.

Here: the nodes and edges of the whole graph, and of the graph of entities and relations.
Not here: graph files (`graph_files.py`).

Node kinds: article, entity, claim, voice, event, relation, quantity, argument. Edge kinds: `says` (article to claim),
`voiced-by` (claim to its voices), `relays` (voice to the next inner voice), `speaks-as` (voice to entity), `tells`
(claim to a record that it carries), `about`, `participant`, `place`, `subject`, `object`, and `source` and `target` of
an argument. All attributes are strings and integers, which every graph file can represent; missing values are left
out.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from oped_dataset.codec import wire
from oped_dataset.exports.attribution import Attribution, Data, flat_voices
from oped_dataset.exports.description import versions
from oped_dataset.extras import need
from oped_dataset.model.article import CARRIED, Article
from oped_dataset.model.records import Claim

_NODE_FIELDS: Final = {
    "entities": ("entity", ("kind", "name", "description")),
    "events": ("event", ("kind", "gist", "status", "when")),
    "relations": ("relation", ("predicate", "during", "ended", "title")),
    "quantities": ("quantity", ("value", "unit", "comparator", "of")),
    "arguments": ("argument", ("kind",)),
    "claims": ("claim", ("kind", "gist", "ground")),
}


def to_networkx(article: Article) -> Any:
    """Make the graph of an article.

    Args:
        article: The article.

    Returns:
        A `networkx.MultiDiGraph` (typed `Any`, because networkx is optional) whose nodes are ids of records, with
        `claim-id/0` for the outermost voice of a claim and `article/article-id` for the article. `node_kind` and
        `edge_kind` distinguish the kinds. Claims have `voices_line` and the ends of their chain; arguments have the
        lines and sides of the claims that they join; events, relations and quantities have `told_by_line`.

    Raises:
        MissingExtra: networkx is not installed.
    """
    graph = _empty_graph(article)
    attribution = Attribution.of(article)
    published = article.published.isoformat()
    # On the node too, because GEXF does not store attributes of a graph.
    graph.add_node(
        _article_node(article), node_kind="article", label=article.title, published=published, **versions(article)
    )
    for node, attributes in _nodes(article, attribution):
        graph.add_node(node, **_without_missing(attributes))
    for start, end, kind, attributes in _edges(article):
        graph.add_edge(start, end, edge_kind=kind, **_without_missing(attributes))
    return graph


def _empty_graph(article: Article) -> Any:
    library = need("networkx", "networkx")
    return library.MultiDiGraph(article=article.id, licence=article.licence, **versions(article))


def _article_node(article: Article) -> str:
    # Ids do not contain slashes, and a record may have the id of the article. In edge lists, "#" would start a comment.
    return f"article/{article.id}"


def _voice_node(claim: Claim, position: int) -> str:
    return f"{claim.id}/{position}"


def _without_missing(attributes: Data) -> Data:
    return {name: value for name, value in attributes.items() if value is not None}


def _nodes(article: Article, attribution: Attribution) -> Iterator[tuple[str, Data]]:
    plain = wire.to_data(article)
    for table, (kind, names) in _NODE_FIELDS.items():
        for row in plain[table]:
            # Integers, because some graph files have no booleans.
            attributes = {name: int(row[name]) if isinstance(row[name], bool) else row[name] for name in names}
            if table in CARRIED:
                attributes["told_by_line"] = attribution.told_by_line(row["id"])
            yield row["id"], {"node_kind": kind, "label": row.get("name", row["id"]), **attributes}
    for argument in plain["arguments"]:
        ends = [end for end in ("source", "target") if argument[end] in attribution.claims]
        lines = {f"{end}_voices_line": attribution.line(argument[end]) for end in ends}
        yield argument["id"], lines | attribution.sides_in(argument)
    for claim in article.claims:
        yield claim.id, {"voices_line": attribution.line(claim.id), **flat_voices(claim)}
        for position, voice in enumerate(claim.voices):
            described: Data = {"node_kind": "voice", "label": attribution.name(voice.source), "position": position}
            labels = {name: str(getattr(voice, name)) for name in ("act", "channel", "commitment", "mode")}
            yield _voice_node(claim, position), {**described, "hedge_count": len(voice.hedges), **labels}


def _edges(article: Article) -> Iterator[tuple[str, str, str, Data]]:
    for claim in article.claims:
        yield _article_node(article), claim.id, "says", {}
        for position, voice in enumerate(claim.voices):
            node = _voice_node(claim, position)
            yield claim.id, node, "voiced-by", {"position": position, "commitment": str(voice.commitment)}
            yield node, voice.source, "speaks-as", {}
            if position:
                yield _voice_node(claim, position - 1), node, "relays", {}
        yield from ((claim.id, carried, "tells", {}) for carried in claim.carries)
        yield from ((claim.id, entity, "about", {}) for entity in claim.about)
    for event in article.events:
        if event.place is not None:
            yield event.id, event.place, "place", {}
        for participant in event.participants:
            yield event.id, participant.entity, "participant", {"role": str(participant.role)}
    for relation in article.relations:
        yield relation.id, relation.subject, "subject", {}
        yield relation.id, relation.object, "object", {}
    for argument in article.arguments:
        yield argument.id, argument.source, "source", {}
        yield argument.id, argument.target, "target", {}


def to_relations_graph(article: Article) -> Any:
    """Make the graph of entities joined by relations, each with its voices.

    Args:
        article: The article.

    Returns:
        A `networkx.MultiDiGraph` (typed `Any`, because networkx is optional) of the entities that have a relation. An
        edge leads from the subject to the object of a relation, once for each claim that carries it. Its key joins the
        ids of relation and claim; its attributes are the predicate and the claim's voices with their commitments.

    Raises:
        MissingExtra: networkx is not installed.
    """
    graph = _empty_graph(article)
    attribution = Attribution.of(article)
    for relation in article.relations:
        for end in (relation.subject, relation.object):
            graph.add_node(end, node_kind="entity", label=attribution.name(end))
        for claim_id in attribution.carriers.get(relation.id, ()):
            attributes = {
                "edge_kind": str(relation.predicate),
                "relation": relation.id,
                "title": relation.title,
                "during": None if relation.during is None else str(relation.during),
                "ended": int(relation.ended),
                "claim": claim_id,
                "voices_line": attribution.line(claim_id),
                **flat_voices(article.claims[claim_id]),
            }
            graph.add_edge(
                relation.subject, relation.object, f"{relation.id}/{claim_id}", **_without_missing(attributes)
            )
    return graph
