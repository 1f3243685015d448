"""Fixtures that more than one file of tests asks for, and the profile of the property tests."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from small import small as _small

import oped_dataset
from oped_dataset import Article

# Without a deadline, because the first example also pays for imports; without randomness in continuous integration.
settings.register_profile(
    "default", deadline=None, derandomize="CI" in os.environ, suppress_health_check=[HealthCheck.too_slow]
)
# For changes of the code by the hundred (tools/mutation.py), and for a night (tools/fuzz.py).
settings.register_profile("quick", settings.get_profile("default"), max_examples=5, derandomize=True, database=None)
settings.register_profile("thorough", settings.get_profile("default"), max_examples=20_000, derandomize=False)
settings.load_profile(os.environ.get("OPED_DATASET_PROFILE", "default"))


@pytest.fixture(scope="session")
def bundled() -> Article:
    """The bundled article."""
    return oped_dataset.load()


@pytest.fixture(scope="session")
def article_text() -> str:
    """The text of the bundled article, for those who have it."""
    path = os.environ.get("OPED_DATASET_ARTICLE")
    if not path:
        pytest.skip("OPED_DATASET_ARTICLE names no file with the article's text, which is not redistributable")
    return Path(path).read_bytes().decode("utf-8")


@pytest.fixture
def small() -> dict[str, Any]:
    """A small valid article as plain data, to be changed at will."""
    return _small()
