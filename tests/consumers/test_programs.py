"""Each export, opened in the program people open it in."""

from __future__ import annotations

import functools
import json
import re
import shutil
import sys
import threading
from collections.abc import Callable, Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from oped_dataset import Article, export
from oped_dataset.exports import specs, to_networkx, to_tables

from .conftest import HERE, PLACE, output

pytestmark = pytest.mark.skipif(PLACE is None, reason="nox -s consumers runs these")
Node = Callable[..., str]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """A browser."""
    playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    program = _program("chromium", "chromium")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


def _program(name: str, package: str) -> str:
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"there is no program {name}; install {package}")
    return found


# Graphs.


def test_graphology_reads_every_node_edge_and_voice(harbour: Article, node: Node, tmp_path: Path) -> None:
    graph, claim = to_networkx(harbour), max(harbour.claims, key=lambda claim: len(claim.voices)).id
    for name in ("graphml", "gexf"):
        (tmp_path / f"toll.{name}").write_text(export(harbour, name), encoding="utf-8")

    printed = node("graphs.cjs", tmp_path / "toll.graphml", tmp_path / "toll.gexf", claim)

    size = graph.number_of_edges()
    expected = [len(graph), size, size, graph.nodes[claim]["voices_line"]]
    assert [json.loads(line) for line in printed.splitlines()] == [expected, expected]


def test_igraph_reads_every_node_and_edge(harbour: Article, tmp_path: Path) -> None:
    igraph = pytest.importorskip("igraph", reason="igraph is not installed")
    (tmp_path / "toll.graphml").write_text(export(harbour, "graphml"), encoding="utf-8")

    graph = igraph.Graph.Read_GraphML(str(tmp_path / "toll.graphml"))

    assert (graph.vcount(), graph.ecount()) == (len(to_networkx(harbour)), to_networkx(harbour).number_of_edges())


# Annotation.


def test_label_studio_accepts_the_configuration_and_the_prediction(harbour: Article) -> None:
    interface = pytest.importorskip("label_studio_sdk.label_interface", reason="label-studio-sdk is not installed")
    files = export(harbour, "label-studio")
    (task,) = json.loads(files["tasks.json"])
    studio = interface.LabelInterface(files["labels.xml"].decode())

    studio.validate()

    assert studio.validate_task({"data": task["data"]})
    assert studio.validate_prediction(task["predictions"][0], return_errors=True) == []


def test_recogito_marks_the_words_of_every_annotation(harbour: Article, node_modules: Path, chromium: Any) -> None:
    script = node_modules / "@recogito" / "text-annotator" / "dist" / "text-annotator.umd.js"
    document = export(harbour, "web-annotation", units="utf-16")
    marked = """([text, items]) => {
        const container = document.getElementById("text");
        container.textContent = text;
        const adapter = RecogitoJS.W3CTextFormat("toll", container);
        const annotator = RecogitoJS.createTextAnnotator(container, { adapter });
        annotator.setAnnotations(items);
        const places = annotator.state.store.all().flatMap((each) => each.target.selector);
        return places.map((place) => [place.quote, place.range.toString()]);
    }"""

    page = chromium.new_page()
    page.goto((HERE / "annotate.html").as_uri())
    # Its file for browsers asks for a variable of node's.
    page.evaluate("globalThis.process = { env: {} }")
    page.add_script_tag(path=str(script))
    found = page.evaluate(marked, [harbour.source.text, document["items"]])

    targets = [target for item in document["items"] for target in item["target"]]
    assert len(found) == len(targets)
    assert [place for place in found if place[0] != place[1]] == []


def test_uima_finds_the_words_of_every_mention(harbour: Article, tmp_path: Path) -> None:
    java, jar = _program("java", "default-jdk-headless"), Path("/usr/share/java/uimaj-core.jar")
    if not jar.is_file():
        pytest.skip("there is no uimaj-core.jar; on Debian: apt-get install libuima-core-java")
    export(harbour, "xmi").write(tmp_path)

    files = (tmp_path / "TypeSystem.xml", tmp_path / f"{harbour.id}.xmi")
    printed = output(java, "-cp", jar, HERE / "Reader.java", *files)

    text = harbour.source.text or ""
    words = [text[each.span.start : each.span.end].replace("\n", " ") for each in harbour.mentions]
    assert sorted(printed.splitlines()) == sorted(words)


def test_gatenlp_reads_sentences_and_entities(harbour: Article) -> None:
    converter = pytest.importorskip("gatenlp.lib_spacy", reason="gatenlp is not installed")
    made = export(harbour, "spacy")

    # It has no parse to take noun chunks or dependencies from.
    document = converter.spacy2gatenlp(made, add_nounchunks=False, add_dep=False)

    assert document.text == harbour.source.text
    assert len(document.annset().with_type("Sentence")) == len(harbour.source.sentences)
    assert len(document.annset().with_type("person")) == sum(entity.label_ == "person" for entity in made.ents)


def test_spacy_finds_nothing_wrong_with_the_documents(harbour: Article, tmp_path: Path) -> None:
    pytest.importorskip("spacy", reason="spaCy is not installed")
    for name in ("train", "dev"):
        (tmp_path / f"{name}.spacy").write_bytes(export(harbour, "docbin"))
    config, spacy = str(tmp_path / "config.cfg"), ("-m", "spacy")
    output(sys.executable, *spacy, "init", "config", config, "--pipeline", "spancat")
    files = ("--paths.train", str(tmp_path / "train.spacy"), "--paths.dev", str(tmp_path / "dev.spacy"))
    options = (*files, "--components.spancat.spans_key", "claims")

    # What is wrong with it is that one document is not enough to train with.
    said = output(sys.executable, *spacy, "debug", "data", config, *options, expected=1)

    assert "Corpus is loadable" in said
    assert "Low number of examples to train a new pipeline" in said
    assert "1 error" in said


# Tables.


def test_the_command_of_mlcroissant_accepts_the_metadata(harbour: Article, tmp_path: Path) -> None:
    export(harbour, "croissant").write(tmp_path)
    program = _program("mlcroissant", "mlcroissant")

    assert "Done." in output(program, "validate", "--jsonld", str(tmp_path / "croissant.json"))


def test_the_command_of_frictionless_accepts_the_package(harbour: Article, tmp_path: Path) -> None:
    export(harbour, "datapackage").write(tmp_path)
    program = _program("frictionless", "frictionless")

    report = json.loads(output(program, "validate", str(tmp_path / "datapackage.json"), "--json"))

    assert report["valid"]
    assert len(report["tasks"]) == len(specs()) + 1


def test_duckdb_reads_the_same_rows_from_csv_and_parquet(harbour: Article, tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb", reason="duckdb is not installed")
    export(harbour, "parquet").write(tmp_path)
    export(harbour, "datapackage").write(tmp_path)

    def lines(file: str) -> Any:
        return duckdb.sql(f"SELECT id, voices_line FROM '{tmp_path / file}'").fetchall()

    expected = [(row["id"], row["voices_line"]) for row in to_tables(harbour)["claims"]]
    assert lines("claims.parquet") == lines("claims.csv") == expected


def test_sqlite_imports_the_csv_files(harbour: Article, tmp_path: Path) -> None:
    program = _program("sqlite3", "sqlite3")
    export(harbour, "datapackage").write(tmp_path)
    query = "SELECT count(*) FROM voices WHERE commitment = 'certain'"

    printed = output(program, ":memory:", ".mode csv", f".import {tmp_path / 'voices.csv'} voices", query)

    rows = to_tables(harbour)["voices"]
    assert int(printed) == sum(row["commitment"] == "certain" for row in rows)


# The package itself, in a browser's Python.


def _served(folder: Path) -> Iterator[str]:
    """The address under which a server on this machine gives a folder away."""
    handler = functools.partial(SimpleHTTPRequestHandler, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture
def page(node_modules: Path, tmp_path: Path) -> Iterator[str]:
    """The page of the how-to guide, with Pyodide and the wheels of this version beside it."""
    guide = (HERE.parents[1] / "docs" / "how-to-use-in-a-browser.md").read_text(encoding="utf-8")
    (written,) = re.findall(r"^```html\n(.*?)^```$", guide, re.MULTILINE | re.DOTALL)
    wheels = Path(PLACE or "") / "wheels"
    names = "".join(f'  "{wheel.name}",\n' for wheel in sorted(wheels.iterdir()))
    (tmp_path / "index.html").write_text(
        re.sub(r"(const wheels = \[\n).*?(\];)", rf"\1{names}\2", written, flags=re.DOTALL), encoding="utf-8"
    )
    shutil.copytree(wheels, tmp_path / "wheels")
    shutil.copytree(node_modules / "pyodide", tmp_path / "pyodide")
    yield from _served(tmp_path)


def test_the_page_of_the_guide_runs_the_package_in_pyodide(harbour: Article, page: str, chromium: Any) -> None:
    opened = chromium.new_page()
    opened.goto(f"{page}/index.html")
    opened.wait_for_function("document.getElementById('shown').textContent !== 'Loading …'", timeout=120_000)

    deepest = max(harbour.claims, key=lambda claim: len(claim.voices))
    sentences = len(harbour.source.sentences)
    assert opened.text_content("#shown").splitlines() == [
        str(deepest),
        "valid: True",
        f"sentences found in a copy: {sentences} of {sentences} (100.0%)",
    ]
