"""The sets of characters are those of the standard."""

from __future__ import annotations

import runpy
from importlib.metadata import version
from pathlib import Path

import pytest

from oped_dataset.text import characters

TOOL = Path(__file__).parents[2] / "tools" / "build_characters.py"


def test_the_sets_are_made_by_the_tool() -> None:
    pytest.importorskip("regex")
    made = runpy.run_path(str(TOOL))["module"]()

    assert made == Path(characters.__file__).read_text(encoding="utf-8")


def test_the_tool_is_named_with_its_version() -> None:
    pytest.importorskip("regex")

    assert f"regex {version('regex')};" in str(characters.__doc__)
