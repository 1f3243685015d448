"""Mutation testing: make small changes to the code, and check that a test fails for each.

    python tools/mutation.py model.dates validation.rules
    python tools/mutation.py --minutes 10 model.article
    python tools/mutation.py --rules

The changes are those of cosmic-ray (`pip install --group proof`). Starting pytest for each change would take hours, so
one process imports everything except the package, and forks a child for every change, which imports the package with
the changed module and runs the tests of that module, listed in `TESTS`. For every module, the number of detected
changes and each surviving one are printed. With `--rules`, each rule of `validation/rules.py` is disabled instead.
`docs/mutation-testing.md` discusses the survivors. Needs a system that can fork.
"""

from __future__ import annotations

import argparse
import ast
import difflib
import importlib
import importlib.abc
import importlib.util
import os
import resource
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from importlib.machinery import ModuleSpec, SourceFileLoader
from pathlib import Path
from types import CodeType
from typing import NamedTuple

# Hypothesis and pytest would import the package by their entry points.
os.environ |= {"HYPOTHESIS_NO_PLUGINS": "1", "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "OPED_DATASET_PROFILE": "quick"}

import attrs  # noqa: F401 - it is there when the children begin, as are the others.
import cattrs  # noqa: F401
import cosmic_ray.plugins  # type: ignore[import-not-found,import-untyped,unused-ignore]
import hypothesis.strategies  # noqa: F401
import pytest
from cosmic_ray.ast import ast_nodes, get_ast  # type: ignore[import-not-found,import-untyped,unused-ignore]
from cosmic_ray.mutating import mutate_code  # type: ignore[import-not-found,import-untyped,unused-ignore]
from hypothesis import is_hypothesis_test

# Imports of the tests are done before forking, as far as they are installed.
for _name in ("jsonschema", "nervaluate", "scipy.optimize", "scipy.sparse.csgraph"):
    with suppress(ImportError):
        importlib.import_module(_name)

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "oped_dataset"
TESTS = {
    "text.alignment": ("text/test_alignment", "scoring/test_scores"),
    "text.attachment": ("text/test_attachment", "project/test_notebooks"),
    "codec.wire": ("codec/test_fastpath", "codec/test_wire", "codec/test_shape", "text/test_canonical"),
    "codec.fastwriter": ("codec/test_fastwriter",),
    "codec.jsontext": ("codec/test_jsontext", "codec/test_hostile"),
    "codec.pointers": ("codec/test_pointers", "codec/test_shape"),
    "codec.scanner": ("codec/test_jsontext", "codec/test_shape", "codec/test_hostile"),
    "codec.shape": ("codec/test_shape", "codec/test_wire", "codec/test_hostile"),
    "model.layout": ("model/test_layout", "codec/test_fastpath"),
    "model.article": ("model/test_article", "codec/test_wire"),
    "model.dates": ("model/test_dates",),
    "model.records": ("model/test_article", "codec/test_wire"),
    "scoring.matching": ("scoring/test_gaming", "scoring/test_layers"),
    "validation.rules": ("validation/test_rules", "codec/test_shape"),
}
"""The tests of each module, fastest first."""

# Most of these change an annotation, which is never evaluated.
UNEVALUATED = "core/ReplaceBinaryOperator_BitOr_"
OPTIONS = ("-x", "-q", "-p", "no:cacheprovider", "--assert=plain")
"""Options that avoid preparing the details of a failed assertion, which are not shown."""

CPU_SECONDS = 40
"""The seconds of computing after which a child is in an infinite loop; its change counts as detected."""
WALL_SECONDS = 900


class Mutant(NamedTuple):
    """One change: its operator, and the number of its occurrence."""

    operator: str
    occurrence: int

    def applied(self, source: str) -> str:
        """Return the source with the change."""
        changed: str = mutate_code(source, cosmic_ray.plugins.get_operator(self.operator)(), self.occurrence)
        return changed


def module_path(module: str) -> Path:
    """Return the file of a module, given by its path inside the package, such as `codec.shape`."""
    return PACKAGE / f"{module.replace('.', '/')}.py"


class Overlay(importlib.abc.MetaPathFinder, SourceFileLoader):  # type: ignore[misc]
    """Imports one module from changed source instead of its file."""

    def __init__(self, module: str, source: str) -> None:
        """Prepare to import `oped_dataset.module`."""
        super().__init__(f"oped_dataset.{module}", str(module_path(module)))
        self._source = source

    def find_spec(self, fullname: str, path: object, target: object = None) -> ModuleSpec | None:
        """Find the one module."""
        if fullname != self.name:
            return None
        return importlib.util.spec_from_file_location(fullname, self.path, loader=self)

    def get_code(self, fullname: str) -> CodeType:
        """Compile the changed source, without writing to the disk."""
        return compile(self._source, self.path, "exec", dont_inherit=True)


class Order:
    """Runs recently failing tests first, and reports the failing test."""

    def __init__(self, first: list[str], report: int) -> None:
        """Store the tests to run first, and the output."""
        self._first = first
        self._report = report

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Move recently failing tests to the front, and property tests to the back."""
        ranks = {name: rank for rank, name in enumerate(self._first)}
        items.sort(
            key=lambda item: (ranks.get(item.nodeid, len(ranks)), is_hypothesis_test(getattr(item, "obj", None)))
        )

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Report a failure."""
        if report.failed:
            os.write(self._report, report.nodeid.encode()[:4000])


def main(arguments: list[str]) -> int:
    """Test every requested module; return 1 if a mutant survives."""
    parser = argparse.ArgumentParser(description="Change the code in small ways and see whether a test fails.")
    parser.add_argument("modules", nargs="*", metavar="MODULE")
    parser.add_argument("--rules", action="store_true", help="silence the rules of validation one at a time")
    parser.add_argument("--minutes", type=float, help="stop a module after so long and count what was tried")
    asked = parser.parse_args(arguments)
    os.chdir(ROOT)
    os.nice(15)
    sys.path[:0] = [str(PACKAGE.parent), str(ROOT / "tests")]
    with tempfile.TemporaryDirectory() as compiled:
        # Otherwise each child would compile the package and the tests again.
        sys.dont_write_bytecode, sys.pycache_prefix = False, compiled
        return _all_tried(asked)


def _all_tried(asked: argparse.Namespace) -> int:
    scores = [_tried(module, asked.minutes and asked.minutes * 60) for module in asked.modules]
    if asked.rules:
        scores.append(_rules_tried())
    return 0 if all(scores) else 1


def _tried(module: str, seconds: float | None) -> bool:
    source = module_path(module).read_text(encoding="utf-8")
    began = time.monotonic()
    killers: list[str] = []
    if _is_found(module, source, killers):
        raise SystemExit(f"{module}: its tests fail without a change: {killers}")
    mutants = list(_mutants(source))
    tried = found = 0
    for mutant in mutants:
        if seconds and time.monotonic() - began > seconds:
            break
        changed = mutant.applied(source)
        tried += 1
        if _is_found(module, changed, killers):
            found += 1
        else:
            _show(mutant, source, changed)
    minutes = (time.monotonic() - began) / 60
    sys.stdout.write(
        f"{module}: {found} of {tried} mutants found, {found / max(1, tried):.1%};"
        f" {len(mutants)} in all, {tried / minutes:.0f} a minute\n"
    )
    sys.stdout.flush()
    return found == len(mutants)


def _rules_tried() -> bool:
    """Disable each rule, and print the first test that fails without it."""
    source = (PACKAGE / "validation" / "rules.py").read_text(encoding="utf-8")
    missed = []
    for name, silenced in _silenced_rules(source):
        killers: list[str] = []
        if not _is_found("validation.rules", silenced, killers):
            missed.append(name)
        sys.stdout.write(f"{name}: {', '.join(killers) or 'no test fails without it'}\n")
        sys.stdout.flush()
    sys.stdout.write(f"rules without which no test fails: {', '.join(missed) or 'none'}\n")
    return not missed


def _silenced_rules(source: str) -> Iterator[tuple[str, str]]:
    """Yield the module with one rule disabled, for each rule; it remains in the list, which tests compare."""
    rules = [
        node
        for node in ast.parse(source).body
        if isinstance(node, ast.FunctionDef)
        and any(ast.unparse(each).startswith("needs(") for each in node.decorator_list)
    ]
    lines = source.splitlines(keepends=True)
    for rule in rules:
        # The return comes after the docstring; the yield behind it still makes the function a generator.
        at = rule.body[1].lineno - 1
        yield rule.name, "".join([*lines[:at], "    return\n", *lines[at:]])


def _show(mutant: Mutant, source: str, changed: str) -> None:
    _, _, *difference = difflib.unified_diff(source.splitlines(), changed.splitlines(), n=0, lineterm="")
    sys.stdout.write("\n".join((mutant.operator, *difference, "\n")))
    sys.stdout.flush()


def _mutants(source: str) -> Iterator[Mutant]:
    nodes = list(ast_nodes(get_ast(source)))
    for name in sorted(cosmic_ray.plugins.operator_names()):
        if name.startswith(UNEVALUATED):
            continue
        operator = cosmic_ray.plugins.get_operator(name)
        # A few operators take arguments: the name of the variable to replace.
        if not operator.arguments():
            places = sum(1 for node in nodes for _ in operator().mutation_positions(node))
            yield from (Mutant(name, occurrence) for occurrence in range(places))


def _is_found(module: str, source: str, killers: list[str]) -> bool:
    """Run the tests of a module in a child with changed source; a failing test moves to the front of the list."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        _run_tests(module, source, killers, writing)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        killer = pipe.read().decode()
    _, status = os.waitpid(child, 0)
    if killer:
        killers[:] = [killer, *(name for name in killers if name != killer)]
    return status != 0


def _run_tests(module: str, source: str, killers: list[str], report: int) -> None:
    code = 1
    try:
        resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
        signal.alarm(WALL_SECONDS)
        silence = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silence, 1)
        os.dup2(silence, 2)
        sys.meta_path.insert(0, Overlay(module, source))
        tests = [f"tests/{name}.py" for name in TESTS[module]]
        code = pytest.main([*OPTIONS, *tests], plugins=[Order(killers, report)])
    finally:
        os._exit(code)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
