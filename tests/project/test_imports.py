"""Each third-party library is imported in one place, and every module has a docstring with true pointers.

The direction of imports between the packages is a contract in `pyproject.toml`, which `lint-imports` checks.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import oped_dataset

PACKAGE = Path(oped_dataset.__file__).parent


def _trees() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        name = ".".join(path.relative_to(PACKAGE).with_suffix("").parts)
        yield name, ast.parse(path.read_text(encoding="utf-8"))


def _imports(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are written out in full"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


MODULES = dict(_trees())

OPTIONAL = (
    "altair",
    "backports",
    "cassis",
    "dask",
    "dateparser",
    "distributed",
    "networkx",
    "nltk",
    "pandas",
    "polars",
    "pyarrow",
    "pyoxigraph",
    "quantulum3",
    "rdflib",
    "rich",
    "scipy",
    "sentencex",
    "shtab",
    "spacy",
    "trafilatura",
    "vl_convert",
    "webencodings",
)
HOMES = {
    "cattrs": {"codec.wire"},
    "importlib_resources": {"resources"},
    "hypothesis": {"testing.strategies", "testing.registration"},
    "pytest": {"testing.plugin"},
    "argparse": {module for module in MODULES if module.startswith("cli.")},
    # Optional libraries are imported only by `extras.need`.
    **{library: set[str]() for library in OPTIONAL},
}


@pytest.mark.parametrize("library", sorted(HOMES))
def test_a_library_is_imported_only_in_its_home(library: str) -> None:
    importers = {name for name, tree in MODULES.items() if any(i.split(".")[0] == library for i in _imports(tree))}

    assert importers <= HOMES[library]


@pytest.mark.parametrize("module", sorted(MODULES))
def test_a_module_has_a_docstring(module: str) -> None:
    assert ast.get_docstring(MODULES[module])


@pytest.mark.parametrize("module", sorted(MODULES))
def test_a_module_points_to_existing_files(module: str) -> None:
    named = re.findall(r"`([\w/]+)\.py`", ast.get_docstring(MODULES[module]) or "")
    named = [path for path in named if not path.startswith(("tests/", "tools/"))]
    beside = f"{module.rpartition('.')[0]}.".lstrip(".")

    assert [path for path in named if not {path.replace("/", "."), f"{beside}{path}"} & set(MODULES)] == []
