"""The one property of all exports: what is told is never shown without those who tell it, and how surely.

`READERS` takes out of an export what it shows beside every claim, event and relation. A format without a reader fails
the tests, so that none can be added without being held to the property.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

import pytest
from hypothesis import given, settings
from judges import judge, need
from small import small

from oped_dataset import Article, InvalidArticle, export, exports, formats
from oped_dataset.codec import wire
from oped_dataset.errors import TextNeeded
from oped_dataset.exports.escaping import cell_content, original
from oped_dataset.exports.registry import Format
from oped_dataset.testing.strategies import articles

Shown: TypeAlias = Iterator[tuple[str, str]]
"""The id of a claim, event or relation, and the voices shown beside it, on one line."""


def _line(article: Article, voices: Any) -> str:
    parts = (f"{_name(article, v['source'])} ({v['act']}, {v['commitment']})" for v in voices)
    return " > ".join(parts)


def _name(article: Article, entity: str) -> str:
    return article.entities[entity].name


def _told(article: Article, told_by: Any) -> str:
    return " | ".join(_line(article, teller["voices"]) for teller in told_by)


def _expected(article: Article) -> dict[str, str]:
    plain = wire.to_data(article)
    lines = {row["id"]: _line(article, row["voices"]) for row in plain["claims"]}
    told = {
        row["id"]: " | ".join(lines[claim["id"]] for claim in plain["claims"] if row["id"] in claim[table])
        for table in ("events", "relations")
        for row in plain[table]
    }
    return lines | told


def _rows(article: Article, tables: dict[str, Any]) -> Shown:
    for row in tables["claims"]:
        assert row["voices_line"] == _line(article, row["voices"])
        yield row["id"], row["voices_line"]
    for row in (*tables["events"], *tables["relations"]):
        assert row["told_by_line"] == _told(article, row["told_by"])
        yield row["id"], row["told_by_line"]


def _tables(article: Article, made: Any) -> Shown:
    return _rows(article, made)


def _pandas(article: Article, made: Any) -> Shown:
    return _rows(article, {name: frame.to_dict("records") for name, frame in made.items()})


def _polars(article: Article, made: Any) -> Shown:
    return _rows(article, {name: frame.to_dicts() for name, frame in made.items()})


def _arrow(article: Article, made: Any) -> Shown:
    return _rows(article, {name: table.to_pylist() for name, table in made.items()})


def _parquet(article: Article, made: Any) -> Shown:
    parquet = judge("pyarrow.parquet")
    files = {name: content for name, content in made.items() if name.endswith(".parquet")}
    return _rows(
        article,
        {
            name.removesuffix(".parquet"): parquet.read_table(io.BytesIO(content)).to_pylist()
            for name, content in files.items()
        },
    )


def _datapackage(article: Article, made: Any) -> Shown:
    tables, voices = {}, dict[str, Any]()
    for table in ("claims", "events", "relations"):
        rows = list(csv.DictReader(io.StringIO(made[f"{table}.csv"].decode(), newline="")))
        for row in rows:
            row |= {name: json.loads(row[name]) for name in ("voices", "told_by") if name in row}
            if "told_by" in row:
                row["told_by"] = [{"claim": claim, "voices": voices[claim]} for claim in row["told_by"]]
            row |= {name: cell_content(row[name]) for name in ("voices_line", "told_by_line") if name in row}
        tables[table] = rows
        voices |= {row["id"]: row["voices"] for row in rows if table == "claims"}
    return _rows(article, tables)


def _networkx(article: Article, graph: Any) -> Shown:
    for node, attributes in graph.nodes(data=True):
        if attributes.get("node_kind") in ("claim", "event", "relation"):
            yield node, attributes.get("voices_line") or attributes.get("told_by_line")


def _graph_file(article: Article, graph: Any) -> Shown:
    return ((node, original(line)) for node, line in _networkx(article, graph))


def _graphml(article: Article, made: Any) -> Shown:
    return _graph_file(article, judge("networkx").read_graphml(io.BytesIO(made.encode()), force_multigraph=True))


def _gexf(article: Article, made: Any) -> Shown:
    return _graph_file(article, judge("networkx").read_gexf(io.BytesIO(made.encode())))


def _relations_graph(article: Article, graph: Any) -> Shown:
    lines: dict[str, list[str]] = {}
    for _, _, attributes in graph.edges(data=True):
        lines.setdefault(attributes["relation"], []).append(attributes["voices_line"])
    return iter((relation, " | ".join(found)) for relation, found in lines.items())


def _web_annotation(article: Article, made: Any) -> Shown:
    for item in made["items"]:
        body = item["body"]
        if "Claim" in body["type"]:
            voices = [voice | {"source": voice["voice"].removeprefix("rec:")} for voice in body["voices"]]
            yield body["id"].removeprefix("rec:"), _line(article, voices)
        elif {"Event", "Relation"} & set(body["type"]):
            yield body["id"].removeprefix("rec:"), body["toldByLine"]


_CHAINS = """
    PREFIX oped: <urn:oped-dataset:vocabulary:> PREFIX prov: <http://www.w3.org/ns/prov#>
    PREFIX schema: <https://schema.org/>
    SELECT ?claim ?voice ?name ?act ?commitment (COUNT(?outer) AS ?depth) WHERE {
        ?claim a schema:Claim ; prov:wasDerivedFrom+ ?outer . ?outer prov:wasDerivedFrom* ?voice .
        ?voice prov:wasAttributedTo/schema:name ?name ; oped:act ?act ; oped:commitment ?commitment .
    } GROUP BY ?claim ?voice ?name ?act ?commitment ORDER BY ?claim ?depth"""
_TELLERS = """
    PREFIX oped: <urn:oped-dataset:vocabulary:>
    SELECT ?record ?line WHERE {
        VALUES ?kind { oped:Event oped:Relation } ?record a ?kind ; oped:toldByLine ?line ; oped:toldBy [] . }"""


def _rdf(article: Article, graph: Any) -> Shown:
    lines: dict[str, list[str]] = {}
    for row in graph.query(_CHAINS):
        lines.setdefault(str(row.claim).rpartition(":")[2], []).append(f"{row.name} ({row.act}, {row.commitment})")
    yield from ((claim, " > ".join(parts)) for claim, parts in lines.items())
    for row in graph.query(_TELLERS):
        yield str(row.record).rpartition(":")[2], str(row.line)


def _turtle(article: Article, made: Any) -> Shown:
    return _rdf(article, judge("rdflib").Graph().parse(data=made, format="turtle"))


def _brat(article: Article, made: Any) -> Shown:
    lines = made[f"{article.id}.ann"].decode().split("\n")
    regions = dict(re.findall(r"^(T\d+)\t(\w+)", "\n".join(lines), re.MULTILINE))
    stored = {line.split()[2]: json.loads(line.split("\t")[2]) for line in lines if "\tStored " in line}
    labels = {
        (parts[2], parts[1]): parts[3] for line in lines if line.startswith("A") and len(parts := line.split()) == 4
    }
    links = [
        (parts[1], parts[2][5:], parts[3][5:]) for line in lines if line.startswith("R") and (parts := line.split())
    ]

    def drawn(key: str, source: str) -> Iterator[dict[str, str]]:
        # The chain as it is seen: the labels of the claim, then those of each cue that a link leads to.
        yield {"source": source, "act": labels[key, "Act"], "commitment": labels[key, "Commitment"]}
        for kind, start, end in links:
            if (kind, start) == ("voice", key):
                yield from drawn(end, stored[end]["source"])

    for key, label in regions.items():
        if label == "Claim":
            line = _line(article, drawn(key, stored[key]["author"]))
            assert stored[key]["voices_line"] == line
            yield stored[key]["id"], line
        elif label in ("Event", "Relation"):
            yield stored[key]["id"], stored[key]["told_by_line"]


def _label_studio(article: Article, made: Any) -> Shown:
    (task,) = json.loads(made["tasks.json"])
    for item in task["predictions"][0]["result"]:
        if item["type"] == "labels" and item["value"]["labels"][0] in ("Claim", "Event", "Relation"):
            (line,) = item["meta"]["text"]
            # A further place of a record shows its voices as the first does.
            yield item["id"].partition("/")[0], line


def _stam(article: Article, made: Any) -> Shown:
    for annotation in json.loads(made)["annotations"]:
        known = {each["key"]: each["value"]["value"] for each in annotation["data"]}
        if known["label"] in ("Claim", "Event", "Relation"):
            yield known["id"], known["told"]


def _cas(article: Article, cas: Any) -> Shown:
    for claim in cas.select("oped.Claim"):
        voices = [{name: voice[name] for name in ("source", "act", "commitment")} for voice in claim.voices.elements]
        assert original(claim.voices_line) == _line(article, voices)
        yield claim.identifier, original(claim.voices_line)
    for name in ("oped.Event", "oped.Relation"):
        yield from ((told.identifier, original(told.told_by_line)) for told in cas.select(name))


def _xmi(article: Article, made: Any) -> Shown:
    cassis = judge("cassis")
    types = cassis.load_typesystem(io.BytesIO(made["TypeSystem.xml"]))
    return _cas(article, cassis.load_cas_from_xmi(io.BytesIO(made[f"{article.id}.xmi"]), typesystem=types))


def _spacy(article: Article, doc: Any) -> Shown:
    for claim_id in {span.id_ for span in doc.spans["claims"]}:
        yield claim_id, _line(article, doc.user_data[claim_id]["voices"])
    for record_id in {span.id_ for group in ("events", "relations") for span in doc.spans[group]}:
        yield record_id, _told(article, doc.user_data[record_id]["told_by"])


def _docbin(article: Article, made: Any) -> Shown:
    spacy = judge("spacy")
    (doc,) = spacy.tokens.DocBin().from_bytes(made).get_docs(spacy.blank("en").vocab)
    return _spacy(article, doc)


READERS: dict[str, Callable[[Article, Any], Shown]] = {
    "arrow": _arrow,
    "brat": _brat,
    "cas": _cas,
    "croissant": _parquet,
    "datapackage": _datapackage,
    "docbin": _docbin,
    "gexf": _gexf,
    "graphml": _graphml,
    "huggingface": _parquet,
    "label-studio": _label_studio,
    "networkx": _networkx,
    "pandas": _pandas,
    "parquet": _parquet,
    "polars": _polars,
    "rdf": _rdf,
    "relations-graph": _relations_graph,
    "spacy": _spacy,
    "stam": _stam,
    "tables": _tables,
    "turtle": _turtle,
    "web-annotation": _web_annotation,
    "xmi": _xmi,
}
EVERY_FORMAT = pytest.mark.parametrize("found", formats(), ids=lambda found: str(found.name))


def _check(found: Format, article: Article) -> None:
    shown = dict(READERS[found.name](article, export(article, found.name)))
    expected = _expected(article)
    if found.name == "relations-graph":
        expected = {record_id: line for record_id, line in expected.items() if record_id in article.relations}

    assert shown == expected


def test_every_format_is_held_to_the_property() -> None:
    assert set(READERS) == {found.name for found in formats()}


def test_every_exporter_is_a_format() -> None:
    exporters = {name for name in exports.__all__ if name.startswith("to_")}

    assert exporters == {found.function for found in formats()}


@EVERY_FORMAT
def test_nothing_is_shown_without_its_voices(found: Format) -> None:
    need(found)

    @settings(max_examples=8)
    @given(article=articles())
    def check(article: Article) -> None:
        if article.source.text is not None or not found.needs_text:
            _check(found, article)

    check()


@EVERY_FORMAT
def test_nothing_hostile_hides_the_voices(found: Format, hostile: Article) -> None:
    need(found)

    _check(found, hostile)


# Turtle is left out because it is the graph of `rdf` written down, and large.
@pytest.mark.parametrize("name", [f.name for f in formats() if not f.needs_text and f.name != "turtle"])
def test_nothing_of_the_bundled_article_is_shown_without_its_voices(name: str, bundled: Article) -> None:
    (found,) = (known for known in formats() if known.name == name)
    need(found)

    _check(found, bundled)


@EVERY_FORMAT
def test_an_article_with_untold_events_is_not_exported(found: Format) -> None:
    need(found)
    document = small()
    document["claims"][0]["events"] = []

    with pytest.raises(InvalidArticle) as caught:
        export(wire.from_data(document), found.name)

    assert [problem.code for problem in caught.value.problems] == ["OPED-unattributed-event"]


@pytest.mark.parametrize("name", [found.name for found in formats() if found.needs_text])
def test_a_format_that_needs_the_text_says_how_to_attach_it(name: str, untold: Article) -> None:
    with pytest.raises(TextNeeded) as caught:
        export(untold, name)

    assert str(caught.value).endswith(
        " needs the text of 'small', which is not part of the data; attach your copy and export the result: "
        "article.attach(text).to_article()"
    )


@pytest.mark.parametrize("name", [found.name for found in formats() if found.needs_text])
def test_another_text_is_refused(name: str, untold: Article) -> None:
    with pytest.raises(TextNeeded) as caught:
        export(untold, name, text="Another text.")

    assert str(caught.value).endswith(
        " needs the text of 'small' exactly as annotated, but this copy has a different SHA-256; attach the annotation "
        "to it and export the result: article.attach(text).to_article()"
    )
