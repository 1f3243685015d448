"""Imports follow the flow of the data: a module imports only from the layers to its left."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import oped_dataset

PACKAGE = Path(oped_dataset.__file__).parent
LAYERS = (
    {"errors"},
    {"codes", "vocabulary", "dates", "canonical", "places", "fields"},
    {"scanner", "stretches", "tables", "values", "alignment", "extras", "filesystem", "progress"},
    {"jsontext", "model", "search", "compression"},
    {"fastpath", "migrations", "native", "shape", "fingerprints", "units", "wording"},
    {"rebasing", "fidelity"},
    {"codec", "mappings"},
    {"json_schema"},
    {"validation"},
    {"loading", "reporting"},
    {"copies", "library", "lines", "matching", "parallel"},
    {"attachment", "scoring", "extraction"},
    {
        "exports.description",
        "exports.escaping",
        "exports.files",
        "exports.jsonld_context",
        "exports.plain",
        "exports.texts",
    },
    {"exports.attribution"},
    {"exports.tables"},
    {
        "exports.arrow",
        "exports.brat",
        "exports.cas",
        "exports.datapackage",
        "exports.networkx",
        "exports.pandas",
        "exports.polars",
        "exports.spacy",
        "exports.web_annotation",
    },
    {"exports.brat_reader", "exports.graph_files", "exports.parquet", "exports.rdf", "parquet_corpus"},
    {"corpora"},
    {"dask_engine"},
    {"exports.croissant"},
    {"exports.registry"},
    {"exports.__init__"},
    {"explorer.when"},
    {"explorer.payload"},
    {"explorer.page"},
    {"explorer.__init__"},
    {"plots.sheet", "plots.years"},
    {"plots.timeline", "plots.voices"},
    {"plots.__init__"},
    {"cli.arguments", "cli.blocks"},
    {"cli.__init__", "cli.asked", "cli.coloured", "cli.plain", "cli.records"},
    {"cli.about", "cli.layers", "cli.summary", "cli.terminal"},
    {"cli.judging", "cli.looking", "cli.writing"},
    {"testing.choices", "testing.lexicon"},
    {"testing.records"},
    {"testing.drafting"},
    {"testing.corpus", "testing.mutants", "testing.twins", "testing.attribution"},
    {"testing.strategies"},
    {"testing.registration", "testing.plugin", "testing.__init__"},
    {"__init__", "__main__"},
)
OPTIONAL = (
    "altair",
    "backports",
    "cassis",
    "dask",
    "distributed",
    "msgspec",
    "networkx",
    "pandas",
    "polars",
    "pyarrow",
    "rdflib",
    "rich",
    "scipy",
    "shtab",
    "spacy",
    "trafilatura",
    "vl_convert",
)
HOMES = {
    "cattrs": {"codec"},
    # The explorer reads the parts of its page, which are no data: nothing in them needs finding or verifying.
    "importlib_resources": {"explorer.page"},
    "hypothesis": {"testing.strategies", "testing.registration"},
    "pytest": {"testing.plugin"},
    "argparse": {f"cli.{module}" for module in ("about", "arguments", "asked", "judging", "looking", "writing")},
    # Optional libraries are reached through `extras.need` alone.
    **{library: set[str]() for library in OPTIONAL},
}
EXCEPTIONS = {
    # `article.attach(text)` is where a reader looks for it; the method holds nothing but a late import of its layer.
    ("model", "attachment"),
    # So are `article.plot_timeline()` and `article.plot_voices()`.
    ("model", "plots.timeline"),
    ("model", "plots.voices"),
}


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


def _ours(tree: ast.Module) -> set[str]:
    found = {name.removeprefix("oped_dataset.") for name in _imports(tree) if name.startswith("oped_dataset.")}
    return {module for name in found if (module := _module_of(name)) is not None}


def _module_of(name: str) -> str | None:
    # The longest match: an import from `exports.tables` is not one from `exports` itself.
    fitting = (module for module in MODULES if f"{name}.".startswith(f"{module.removesuffix('.__init__')}."))
    return max(fitting, key=lambda module: len(module.removesuffix(".__init__")), default=None)


def _layer(module: str) -> int:
    return next(index for index, layer in enumerate(LAYERS) if module in layer)


MODULES = dict(_trees())


def test_every_module_has_a_layer() -> None:
    assert set(MODULES) == set().union(*LAYERS)


@pytest.mark.parametrize("module", sorted(MODULES))
def test_a_module_imports_only_from_its_left(module: str) -> None:
    imported = _ours(MODULES[module])

    against = {(module, name) for name in imported if _layer(name) >= _layer(module)}

    assert against <= EXCEPTIONS


@pytest.mark.parametrize("library", sorted(HOMES))
def test_a_library_is_imported_in_its_home_only(library: str) -> None:
    importers = {name for name, tree in MODULES.items() if any(i.split(".")[0] == library for i in _imports(tree))}

    assert importers <= HOMES[library]


@pytest.mark.parametrize("module", sorted(MODULES))
def test_a_module_says_what_lives_in_it(module: str) -> None:
    assert ast.get_docstring(MODULES[module])


@pytest.mark.parametrize("module", sorted(MODULES))
def test_a_module_sends_its_reader_to_files_that_are_there(module: str) -> None:
    named = re.findall(r"`([\w/]+)\.py`", ast.get_docstring(MODULES[module]) or "")
    beside = f"{module.rpartition('.')[0]}.".lstrip(".")

    assert [path for path in named if not {path.replace("/", "."), f"{beside}{path}"} & set(MODULES)] == []


def test_nothing_outside_the_kit_for_tests_imports_it() -> None:
    others = {name: tree for name, tree in MODULES.items() if not name.startswith("testing.")}
    importers = [name for name, tree in others.items() if any(part.startswith("testing.") for part in _ours(tree))]

    assert importers == []
