"""The libraries that judge what is made here, or a skip that says how to get them."""

from __future__ import annotations

from typing import Any

import pytest

from oped_dataset.exports.registry import Format

LIBRARIES = {"arrow": "pyarrow", "cas": "cassis", "rdf": "pyoxigraph"}
"""The module of an extra that is not called like it."""


def judge(module: str, group: str = "exports") -> Any:
    """Import a library of a dependency group, or skip the test."""
    return pytest.importorskip(module, reason=f"{module} is missing; run: pip install --group {group}")


def need(found: Format) -> None:
    """Skip the test where the extra of a format is not installed."""
    if found.extra is not None:
        judge(LIBRARIES.get(found.extra, found.extra))
