"""Equal results in any surroundings: from a zip, read-only, optimised, in other locales, time zones and hash orders."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import oped_dataset

PACKAGE = Path(oped_dataset.__file__).parent
PROBE = """
import hashlib, json, sys
import oped_dataset
from oped_dataset import dumps, load, loads, names, render, schema, validate
article = load()
content = dumps(article)
assert loads(content) == article or sys.exit("not equal")
found = validate(b'{"schema_version": 1, "id": "x", "titel": "\\xc3\\xa9", "claims": 3, "entities": [7]}')
parts = (content.decode(), json.dumps(schema()["required"]), *names(), article.timeline().ids, render({"x": found}))
print(hashlib.sha256(repr(parts).encode()).hexdigest(), len(found.problems))
print(oped_dataset.__file__)
"""


def run(*options: str, **environment: str) -> list[str]:
    settings = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", **environment}
    command = [sys.executable, "-W", "error", *options, "-c", PROBE]
    return subprocess.check_output(command, env=settings, text=True).splitlines()


@pytest.fixture(scope="module")
def usual() -> str:
    """The output in ordinary surroundings."""
    return run()[0]


def _copy_package(target: Path) -> None:
    shutil.copytree(PACKAGE, target / "oped_dataset", ignore=shutil.ignore_patterns("__pycache__"))


@pytest.mark.parametrize("option", ["-O", "-OO", "-B", "-Xutf8=0", "-Xdev"])
def test_an_option_of_the_interpreter_changes_nothing(usual: str, option: str) -> None:
    assert run(option)[0] == usual


@pytest.mark.parametrize(
    "environment",
    [
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"TZ": "Pacific/Kiritimati"},
        {"TZ": "America/Adak"},
        *({"PYTHONHASHSEED": str(seed)} for seed in range(10)),
    ],
    ids=str,
)
def test_another_environment_changes_nothing(usual: str, environment: dict[str, str]) -> None:
    assert run(**environment)[0] == usual


def test_the_package_works_from_a_zip(usual: str, tmp_path: Path) -> None:
    _copy_package(tmp_path)
    archive = tmp_path / "package.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        for path in sorted((tmp_path / "oped_dataset").rglob("*")):
            packed.write(path, path.relative_to(tmp_path))

    printed, place = run(PYTHONPATH=str(archive))

    assert printed == usual
    assert place.startswith(str(archive))


def test_the_package_works_from_a_read_only_directory(usual: str, tmp_path: Path) -> None:
    _copy_package(tmp_path)
    for path in (*tmp_path.rglob("*"), tmp_path):
        path.chmod(0o555 if path.is_dir() else 0o444)
    before = sorted(tmp_path.rglob("*"))

    printed, place = run(PYTHONPATH=str(tmp_path), PYTHONDONTWRITEBYTECODE="")

    made = {path for path in set(tmp_path.rglob("*")) - set(before) if "__pycache__" not in path.parts}
    for path in (tmp_path, *tmp_path.rglob("*")):
        path.chmod(0o755)
    assert (printed, made) == (usual, set())
    assert place.startswith(str(tmp_path))
