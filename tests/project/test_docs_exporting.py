"""The examples on the page about exporting print the output shown."""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path
from typing import Any

import pytest
from judges import judge

from oped_dataset import Article, formats

PAGE = (Path(__file__).parents[2] / "docs" / "exporting.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```python\n(.*?)^```\n\n^```text\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


def _run(code: str, article: Article) -> tuple[str, dict[str, Any]]:
    for module in ("pandas", "pyarrow", "duckdb", "networkx", "rdflib", "spacy"):
        judge(module)
    printed = io.StringIO()
    names: dict[str, Any] = {}
    exec("from oped_dataset import export", names)
    names["article"] = article
    with contextlib.redirect_stdout(printed):
        exec(compile(code, "exporting.md", "exec"), names)
    return printed.getvalue(), names


def _example(word: str) -> str:
    (code,) = [str(code) for code, _ in EXAMPLES if word in code]
    return code


@pytest.mark.parametrize(("code", "shown"), EXAMPLES, ids=[str(number) for number in range(len(EXAMPLES))])
def test_an_example_prints_the_output_shown(code: str, shown: str, toll: Article) -> None:
    printed, _ = _run(code, toll)

    assert printed == shown


def test_every_example_is_shown_with_its_output() -> None:
    assert len(EXAMPLES) == PAGE.count("```python") == 7


def test_every_format_is_in_the_table_with_its_extra() -> None:
    listed, _ = PAGE.split("| format | opened in |")
    for found in formats():
        (row,) = re.findall(rf"^\|[^|]*`{found.name}`[^|]*\|.*$", listed, re.MULTILINE)
        assert ("needed" in row) == found.needs_text
        assert f"`{found.extra}`" in row or "same name" in row or found.extra is None


def test_every_format_for_a_program_names_the_program() -> None:
    _, opened = PAGE.split("| format | opened in |")
    named = set(re.findall(r"`([\w-]+)`", " ".join(re.findall(r"^\|[^|]+\|", opened, re.MULTILINE))))

    # The others are objects of the libraries that name them, or plain Python.
    assert {found.name for found in formats()} - named == {
        *("arrow", "networkx", "pandas", "polars", "relations-graph", "tables"),
    }


def test_prodigy_spans_are_whole_tokens(toll: Article) -> None:
    _, names = _run(_example("prodigy ="), toll)
    task = names["prodigy"]

    for span in task["spans"]:
        assert task["tokens"][span["token_start"]]["start"] == span["start"]
        assert task["tokens"][span["token_end"]]["end"] == span["end"]


def test_conllu_is_read_by_the_library_conllu(toll: Article) -> None:
    (sentence,) = judge("conllu").parse(_run(_example("conllu ="), toll)[1]["conllu"])

    entities = [(token["form"], token["misc"]["Entity"]) for token in sentence if "Entity" in (token["misc"] or {})]
    assert entities == [(m, f"({e})") for m, e in (("Maro", "maro"), ("Gull", "gull"), ("Sel", "sel"))] + [
        ("She", "(maro)"),
        ("port", "(port)"),
    ]
