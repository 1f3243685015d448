"""Imports follow the flow of the data: a module imports only from the layers to its left."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import oped_dataset

PACKAGE = Path(oped_dataset.__file__).parent
LAYERS = (
    {"errors"},
    {"codes", "vocabulary", "dates", "canonical", "places", "fields"},
    {"scanner", "tables", "values"},
    {"jsontext", "model"},
    {"migrations", "shape"},
    {"codec"},
    {"json_schema"},
    {"validation"},
    {"loading", "reporting"},
    {"cli"},
    {"__init__", "__main__"},
)
HOMES = {"cattrs": {"codec"}, "importlib_resources": {"loading"}, "hypothesis": set[str](), "argparse": {"cli"}}


def _trees() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(PACKAGE.glob("*.py")):
        yield path.stem, ast.parse(path.read_text(encoding="utf-8"))


def _imports(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are written out in full"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _ours(tree: ast.Module) -> set[str]:
    return {name.split(".")[1] for name in _imports(tree) if name.startswith("oped_dataset.")}


def _layer(module: str) -> int:
    return next(index for index, layer in enumerate(LAYERS) if module in layer)


MODULES = dict(_trees())


def test_every_module_has_a_layer() -> None:
    assert set(MODULES) == set().union(*LAYERS)


@pytest.mark.parametrize("module", sorted(MODULES))
def test_a_module_imports_only_from_its_left(module: str) -> None:
    imported = _ours(MODULES[module]) & set(MODULES)

    assert {name for name in imported if _layer(name) >= _layer(module)} == set()


@pytest.mark.parametrize("library", sorted(HOMES))
def test_a_library_is_imported_in_its_home_only(library: str) -> None:
    importers = {name for name, tree in MODULES.items() if any(i.split(".")[0] == library for i in _imports(tree))}

    assert importers <= HOMES[library]


@pytest.mark.parametrize("module", sorted(MODULES))
def test_a_module_says_what_lives_in_it(module: str) -> None:
    assert ast.get_docstring(MODULES[module])
