"""The libraries that read our exports back, or a skip that says how to get them."""

from __future__ import annotations

from typing import Any

import pytest


def judge(module: str) -> Any:
    """Import a library of the dependency group `exports`, or skip the test."""
    return pytest.importorskip(module, reason=f"{module} is missing; run: pip install --group exports")
