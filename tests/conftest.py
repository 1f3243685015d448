"""Fixtures that more than one file of tests asks for, and the profile of the property tests."""

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

# The kit's own fixtures are loaded here and not through their entry point (see `addopts`), after coverage has begun to
# measure.
pytest_plugins = ["pytester", "oped_dataset.testing.plugin"]

# Without a deadline, because the first example also pays for imports; without randomness in continuous integration.
settings.register_profile("default", deadline=None, derandomize="CI" in os.environ)
# For changes of the code by the hundred (tools/mutation.py), of which nobody reads the smallest example that fails; and
# for a night (tools/fuzz.py).
settings.register_profile(
    "quick",
    settings.get_profile("default"),
    max_examples=5,
    derandomize=True,
    database=None,
    phases=(Phase.explicit, Phase.generate),
    # On a busy machine a slow test would pass for one that found a change.
    suppress_health_check=(HealthCheck.too_slow,),
)
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


@pytest.fixture
def article(small: dict[str, Any]) -> Article:
    """The small article."""
    return wire.from_data(small)


@pytest.fixture
def file(tmp_path: Path, small: dict[str, Any]) -> str:
    """The path of a file with the small article, without its text."""
    small["source"]["text"] = None
    path = tmp_path / "small.json"
    path.write_text(text_of(small), encoding="utf-8")
    return str(path)


@pytest.fixture
def a_hundred_places(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the terminal a hundred places wide."""
    monkeypatch.setenv("COLUMNS", "100")


@pytest.fixture
def toll() -> Article:
    """A small valid article, with its text."""
    return wire.from_data(_small())


@pytest.fixture
def untold() -> Article:
    """The same without its text."""
    document = _small()
    document["source"]["text"] = None
    return wire.from_data(document)


@pytest.fixture
def hostile() -> Article:
    """The same with names and gists that readers of some formats would run, cut short or choke on."""
    document: dict[str, Any] = _small()
    document["entities"][2]["name"] = "=1+1"
    document["entities"][3]["name"] = "'-cmd\t\x00\x1f_x0041_"
    document["entities"][4]["name"] = "<script>&amp;\r\nT1\tClaim 0 1\u2028x\ufffe"
    document["events"][0]["gist"] = "+SUM(A1)\x85\n#1"
    document["claims"][0]["gist"] = "@here </script> > | \x07"
    return wire.from_data(document)
