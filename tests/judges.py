"""The libraries that check exports, or a skip that names the command to install them."""

from __future__ import annotations

from typing import Any

import pytest

from oped_dataset.exports.registry import Format

LIBRARIES = {"arrow": "pyarrow", "cas": "cassis", "rdf": "pyoxigraph"}
"""The modules of extras with another name."""


def judge(module: str, group: str = "exports") -> Any:
    """Import a library of a dependency group, or skip the test."""
    return pytest.importorskip(module, reason=f"{module} is missing; run: pip install --group {group}")


def need(found: Format) -> None:
    """Skip the test if the extra of a format is not installed."""
    if found.extra is not None:
        judge(LIBRARIES.get(found.extra, found.extra))
