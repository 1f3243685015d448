"""Every export and every page says of which version the data and the code are.

`READERS` takes both out of an export, read as others read it. A format without a reader fails the tests, so that none
can be added that does not say it.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Mapping
from importlib import metadata
from typing import Any, TypeAlias

import attrs
import pytest
from judges import judge, need

import oped_dataset
from oped_dataset import (
    Article,
    explore,
    export,
    exports,
    formats,
)
from oped_dataset.exports.registry import Format

Versions: TypeAlias = tuple[str, str]
"""That of the data, and that of the code."""

CODE = metadata.version("oped-dataset")
DATA = "7.8.9"


def _both(found: Mapping[Any, Any]) -> Versions:
    return found["data_version"], found["code_version"]


def _row(row: Mapping[str, Any]) -> set[Versions]:
    return {_both(row)}


def _tables(made: Any) -> set[Versions]:
    return _row(made["article"][0])


def _pandas(made: Any) -> set[Versions]:
    return _row(made["article"].to_dict("records")[0]) | {_both(frame.attrs) for frame in made.values()}


def _polars(made: Any) -> set[Versions]:
    return _row(made["article"].to_dicts()[0])


def _schema(table: Any) -> Versions:
    return _both({name.decode(): value.decode() for name, value in table.schema.metadata.items()})


def _arrow(made: Any) -> set[Versions]:
    return _row(made["article"].to_pylist()[0]) | {_schema(table) for table in made.values()}


def _parquet(made: Any) -> set[Versions]:
    parquet = judge("pyarrow.parquet")
    files = {name: content for name, content in made.items() if name.endswith(".parquet")}
    return _arrow({name[:-8]: parquet.read_table(io.BytesIO(content)) for name, content in files.items()})


def _croissant(made: Any) -> set[Versions]:
    document = json.loads(made["croissant.json"])
    (described,) = re.findall(r"Data version (\S+), written by oped-dataset (\S+)\.$", document["description"])
    return {described, (document["version"], CODE)} | _parquet(made)


def _huggingface(made: Any) -> set[Versions]:
    header = judge("yaml").safe_load(made["README.md"].decode().split("---\n")[1])
    return {_both(header)} | _parquet(made)


def _datapackage(made: Any) -> set[Versions]:
    document = json.loads(made["datapackage.json"])
    (row,) = csv.DictReader(io.StringIO(made["article.csv"].decode(), newline=""))
    return {(document["version"], document["codeVersion"])} | _row(row)


def _networkx(graph: Any) -> set[Versions]:
    return {_both(graph.graph), _article_node(graph)}


def _article_node(graph: Any) -> Versions:
    (found,) = (node for _, node in graph.nodes(data=True) if node["node_kind"] == "article")
    return _both(found)


def _relations_graph(graph: Any) -> set[Versions]:
    return _row(graph.graph)


def _graphml(made: Any) -> set[Versions]:
    return _networkx(judge("networkx").read_graphml(io.BytesIO(made.encode()), force_multigraph=True))


def _gexf(made: Any) -> set[Versions]:
    return {_article_node(judge("networkx").read_gexf(io.BytesIO(made.encode())))}


def _web_annotation(made: Any) -> set[Versions]:
    return {(made["article"]["data_version"], made["generator"]["softwareVersion"])}


_QUERY = """
    PREFIX as: <http://www.w3.org/ns/activitystreams#> PREFIX schema: <https://schema.org/>
    SELECT ?data ?code WHERE {
        ?page as:generator/schema:softwareVersion ?code ; <urn:oped-dataset:vocabulary:article> ?article .
        ?article <urn:oped-dataset:vocabulary:data_version> ?data }"""


def _rdf(graph: Any) -> set[Versions]:
    return {(str(row.data), str(row.code)) for row in graph.query(_QUERY)}


def _turtle(made: Any) -> set[Versions]:
    return _rdf(judge("rdflib").Graph().parse(data=made, format="turtle"))


def _brat(made: Any) -> set[Versions]:
    return _row(json.loads(made["small.json"]))


def _label_studio(made: Any) -> set[Versions]:
    (task,) = json.loads(made["tasks.json"])
    (made_by,) = re.findall(r"^oped-dataset (\S+), data (\S+)$", task["predictions"][0]["model_version"])
    return {_both(task["data"]["article"]), made_by[::-1]}


def _stam(made: Any) -> set[Versions]:
    described = json.loads(made)["annotations"][0]
    return _row({each["key"]: each["value"]["value"] for each in described["data"]})


def _cas(cas: Any) -> set[Versions]:
    (found,) = cas.select("oped.Article")
    return {(found.data_version, found.code_version)}


def _xmi(made: Any) -> set[Versions]:
    cassis = judge("cassis")
    types = cassis.load_typesystem(io.BytesIO(made["TypeSystem.xml"]))
    return _cas(cassis.load_cas_from_xmi(io.BytesIO(made["small.xmi"]), typesystem=types))


def _spacy(doc: Any) -> set[Versions]:
    return _row(doc.user_data)


def _docbin(made: Any) -> set[Versions]:
    spacy = judge("spacy")
    (doc,) = spacy.tokens.DocBin().from_bytes(made).get_docs(spacy.blank("en").vocab)
    return _spacy(doc)


READERS: dict[str, Callable[[Any], set[Versions]]] = {
    "arrow": _arrow,
    "brat": _brat,
    "cas": _cas,
    "croissant": _croissant,
    "datapackage": _datapackage,
    "docbin": _docbin,
    "gexf": _gexf,
    "graphml": _graphml,
    "huggingface": _huggingface,
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


@pytest.fixture
def another(toll: Article) -> Article:
    """An article whose data version differs from every version of the code."""
    return attrs.evolve(toll, data_version=DATA)


def test_every_format_has_a_reader() -> None:
    assert set(READERS) == {found.name for found in formats()}


@pytest.mark.parametrize("found", formats(), ids=lambda found: str(found.name))
def test_every_format_says_both_versions(found: Format, another: Article) -> None:
    need(found)

    assert READERS[found.name](export(another, found.name)) == {(DATA, CODE)}


def test_the_page_says_both_versions(another: Article) -> None:
    page = explore(another)
    (data,) = re.findall(r'<script type="application/json" id="data">(.*?)</script>', page)

    assert f'<meta name="generator" content="oped-dataset {CODE}, data version {DATA}">' in page
    assert json.loads(data)["code_version"] == CODE
    assert json.loads(data)["article"]["data_version"] == DATA


def test_both_versions_are_there_at_run_time(another: Article) -> None:
    assert (another.data_version, oped_dataset.__version__) == (DATA, CODE)


@pytest.mark.parametrize("code", ["0.0.1", "99.0"])
def test_what_another_version_of_the_code_wrote_in_brat_comes_back(code: str, another: Article) -> None:
    files = dict(exports.to_brat(another))
    head = json.loads(files["small.json"]) | {"code_version": code}

    assert exports.from_brat({**files, "small.json": json.dumps(head).encode()}) == another
