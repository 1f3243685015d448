"""Fixtures that several test files use, and the profiles of the property tests."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from small import small as _small
from small import text_of

import oped_dataset
from oped_dataset import Article
from oped_dataset.codec import wire

# The kit's own fixtures are loaded here and not through their entry point (see `addopts`), because coverage starts
# after entry points are loaded.
pytest_plugins = ["pytester", "oped_dataset.testing.plugin"]

# There is no deadline, because the first example also imports modules. Continuous integration uses no randomness.
settings.register_profile("default", deadline=None, derandomize="CI" in os.environ)
# The profile "quick" is for tools/mutation.py, which makes hundreds of changes and needs no minimal failing example;
# "thorough" is for a night: OPED_DATASET_PROFILE=thorough pytest tests/codec.
settings.register_profile(
    "quick",
    settings.get_profile("default"),
    max_examples=5,
    derandomize=True,
    database=None,
    phases=(Phase.explicit, Phase.generate),
    # On a busy machine, a test that is too slow would count as one that detects the change.
    suppress_health_check=(HealthCheck.too_slow,),
)
settings.register_profile("thorough", settings.get_profile("default"), max_examples=20_000, derandomize=False)
settings.load_profile(os.environ.get("OPED_DATASET_PROFILE", "default"))


@pytest.fixture(scope="session")
def bundled() -> Article:
    """Load the bundled article."""
    return oped_dataset.load()


@pytest.fixture(scope="session")
def article_text() -> str:
    """Read the text of the bundled article, or skip the test without it."""
    path = os.environ.get("OPED_DATASET_ARTICLE")
    if not path:
        pytest.skip("OPED_DATASET_ARTICLE names no file with the article's text, which is not redistributable")
    return Path(path).read_bytes().decode("utf-8")


@pytest.fixture
def small() -> dict[str, Any]:
    """Make a small valid article as plain data, which tests can change."""
    return _small()


@pytest.fixture
def article(small: dict[str, Any]) -> Article:
    """Make the small article."""
    return wire.from_data(small)


@pytest.fixture
def file(tmp_path: Path, small: dict[str, Any]) -> str:
    """Write the small article without its text to a file, and return the path."""
    small["source"]["text"] = None
    path = tmp_path / "small.json"
    path.write_text(text_of(small), encoding="utf-8")
    return str(path)


@pytest.fixture
def a_hundred_places(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the terminal a hundred columns wide."""
    monkeypatch.setenv("COLUMNS", "100")


@pytest.fixture
def toll() -> Article:
    """Load a small valid article with its text."""
    return wire.from_data(_small())


@pytest.fixture
def untold() -> Article:
    """Make the same article without its text."""
    document = _small()
    document["source"]["text"] = None
    return wire.from_data(document)


@pytest.fixture
def hostile() -> Article:
    """Make the same article with names and gists that readers of some formats would execute, truncate or reject."""
    document: dict[str, Any] = _small()
    document["entities"][2]["name"] = "=1+1"
    document["entities"][3]["name"] = "'-cmd\t\x00\x1f_x0041_"
    document["entities"][4]["name"] = "<script>&amp;\r\nT1\tClaim 0 1\u2028x\ufffe"
    document["events"][0]["gist"] = "+SUM(A1)\x85\n#1"
    document["claims"][0]["gist"] = "@here </script> > | \x07"
    return wire.from_data(document)
