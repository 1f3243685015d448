"""What the programs need: node with the packages of `package.json`, and files written by the exports.

`nox -s consumers` installs them and says in OPED_DATASET_CONSUMERS where; without it nothing here is run. A test whose
program is absent is skipped and says which.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

import oped_dataset
from oped_dataset import Article

HERE = Path(__file__).parent
PLACE = os.environ.get("OPED_DATASET_CONSUMERS")
"""The folder with `node_modules` and `wheels`."""


@pytest.fixture(scope="session")
def harbour() -> Article:
    """The bundled article that holds its text."""
    return oped_dataset.load("harbour-toll")


@pytest.fixture(scope="session")
def node_modules() -> Path:
    """The folder with the packages of `package.json`."""
    place = Path(PLACE or "") / "node_modules"
    if not place.is_dir():
        pytest.skip("the packages of tests/consumers/package.json are not installed; npm is missing")
    return place


@pytest.fixture(scope="session")
def node(node_modules: Path) -> Callable[..., str]:
    """Runs a script of this folder with node and gives what it prints."""
    program = shutil.which("node")
    if program is None:
        pytest.skip("there is no node on the path; on Debian: apt-get install nodejs")

    def run(script: str, *arguments: Path | str) -> str:
        return output(program, HERE / script, *arguments, NODE_PATH=str(node_modules))

    return run


def output(program: str, *arguments: Path | str, expected: int = 0, **environment: str) -> str:
    """What a program prints; one that ends with another exit code, or does not end, fails the test."""
    done = subprocess.run(
        [program, *map(str, arguments)],
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    assert done.returncode == expected, done.stdout
    return done.stdout
