"""The sets of characters are those of Unicode."""

from __future__ import annotations

import runpy
from importlib.metadata import version
from pathlib import Path

import pytest

from oped_dataset.text import characters

TOOL = Path(__file__).parents[2] / "tools" / "build_characters.py"


def test_the_tool_generates_the_module() -> None:
    pytest.importorskip("regex")
    made = runpy.run_path(str(TOOL))["module"]()

    assert made == Path(characters.__file__).read_text(encoding="utf-8")


def test_the_module_names_the_version_of_regex() -> None:
    pytest.importorskip("regex")

    assert f"regex {version('regex')};" in str(characters.__doc__)
