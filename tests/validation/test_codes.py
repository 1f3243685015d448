"""The codes, the invalid documents and the page that explains them agree."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import oped_dataset
from oped_dataset import USUAL, Limits, validate_path
from oped_dataset.validation.codes import CODES
from oped_dataset.validation.rules import RULES

ROOT = Path(__file__).parents[2]
INVALID = ROOT / "tests" / "invalid"
PAGE = (ROOT / "docs" / "problem-codes.md").read_text(encoding="utf-8")
NO_DOCUMENT = {"OPED-manifest-mismatch"}
"""This code concerns an installed file; tests/test_library.py installs one."""
LIMITS = {"OPED-too-large": Limits(size=64)}
SHORT = {"_problem", "_unattributed", "_report", "Finding"}
"""The functions that take a code without `OPED-`."""


def _codes_in(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from re.findall(r"^OPED-[a-z0-9-]+$", node.value)
        if isinstance(node, ast.Call) and isinstance(node.func, (ast.Name, ast.Attribute)):
            name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
            first = node.args[0] if node.args else None
            if name in SHORT and isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield f"OPED-{first.value.removeprefix('OPED-')}"


def test_every_reported_code_is_explained() -> None:
    package = Path(oped_dataset.__file__).parent
    files = (*package.glob("*.py"), *package.glob("codec/*.py"), *package.glob("validation/*.py"))
    sources = [path for path in files if path.stem != "codes"]
    reported = {code for path in sources for code in _codes_in(ast.parse(path.read_text(encoding="utf-8")))}

    assert reported | {"OPED-invalid-date", "OPED-invalid-value"} == set(CODES)


def test_every_rule_has_a_code() -> None:
    rules = {f"OPED-{rule.__name__.replace('_', '-')}" for rule in RULES}

    assert rules == {code for code, words in CODES.items() if words.kind == "rule"}


def test_every_code_has_an_invalid_document() -> None:
    assert {path.stem for path in INVALID.iterdir()} == set(CODES) - NO_DOCUMENT


@pytest.mark.parametrize("code", sorted(set(CODES) - NO_DOCUMENT))
def test_a_document_has_only_the_problem_in_its_name(code: str) -> None:
    report = validate_path(INVALID / f"{code}.json", limits=LIMITS.get(code, USUAL))

    assert [problem.code for problem in report.problems] == [code]


@pytest.mark.parametrize("code", sorted(CODES))
def test_the_page_explains_the_code(code: str) -> None:
    entry = PAGE.partition(f"\n### `{code}`\n")[2].partition("\n### ")[0]

    assert f"**Meaning:** {CODES[code].meaning}\n" in entry
    assert f"**Remedy:** {CODES[code].remedy}\n" in entry
    assert code in NO_DOCUMENT or f"{code}.json:" in entry


@pytest.mark.parametrize("words", CODES.values(), ids=list(CODES))
def test_a_code_is_explained_in_sentences(words: object) -> None:
    for text in (getattr(words, "meaning", ""), getattr(words, "remedy", "")):
        assert re.fullmatch(r"[A-Z`].*\.", text)
