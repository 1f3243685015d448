"""The examples in the docstrings of the kit."""

from __future__ import annotations

import doctest
import importlib
import inspect
import pkgutil

import pytest

import oped_dataset.testing as kit

MODULES = [f"{kit.__name__}.{module.name}" for module in pkgutil.iter_modules(kit.__path__)]


@pytest.mark.parametrize("module", MODULES)
def test_the_examples_in_docstrings_hold(module: str) -> None:
    assert doctest.testmod(importlib.import_module(module)).failed == 0


@pytest.mark.parametrize("module", MODULES)
def test_every_public_function_and_class_has_a_docstring(module: str) -> None:
    found = vars(importlib.import_module(module))
    public = {name: value for name, value in found.items() if not name.startswith("_") and callable(value)}

    ours = {name: value for name, value in public.items() if getattr(value, "__module__", None) == module}
    assert [name for name, value in ours.items() if not inspect.getdoc(value)] == []
