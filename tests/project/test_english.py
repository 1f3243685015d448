"""The prose keeps to plain English: two words are counted, and wordings that have a plainer form are rejected."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = [*(ROOT / "docs").rglob("*.md"), ROOT / "README.md", ROOT / "CHANGELOG.md"]
SOURCES = [path for name in ("src", "tests", "tools", "benchmarks") for path in (ROOT / name).rglob("*.py")]
CODE = re.compile(r"^(`{3,}).*?^\1$|`[^`]*`|<!--.*?-->", re.MULTILINE | re.DOTALL)
PER_TEN_THOUSAND = {"what": (r"\bwhat\b", 25), "tell": (r"\b(?:tells?|told|telling)\b", 5)}
PLAINER = {
    r"\botherwise than\b": "differently from",
    r"\bfor ever\b": "permanently",
    r"\bmend(?:s|ed|ing)?\b": "fix, correct",
    r"\b(?:has|have) not (?:the|a)\b": "does not have",
    r"(?<!there )\b(?:is|are) no (?!longer|more|fewer|less|doubt)": "is not a",
    r"\b(?:is|are) (?-i:none)\b": "is not",
}


def _docstrings(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            yield node.value.value


def _prose(path: Path) -> str:
    whole = "\n".join(_docstrings(path)) if path.suffix == ".py" else path.read_text(encoding="utf-8")
    return CODE.sub(" ", whole)


@pytest.mark.parametrize("word", PER_TEN_THOUSAND)
def test_a_word_that_marks_roundabout_sentences_is_rare(word: str) -> None:
    pattern, limit = PER_TEN_THOUSAND[word]
    prose = "\n".join(map(_prose, [*PAGES, *SOURCES]))

    found = len(re.findall(pattern, prose, re.IGNORECASE)) * 10_000 / len(re.findall(r"[^\W\d_]+", prose))

    assert found < limit


def test_no_wording_has_a_plainer_form() -> None:
    found = {
        str(path.relative_to(ROOT)): [
            match[0] for pattern in PLAINER for match in re.finditer(pattern, prose, re.IGNORECASE)
        ]
        for path in (*PAGES, *SOURCES)
        if (prose := _prose(path))
    }

    assert {path: words for path, words in found.items() if words} == {}
