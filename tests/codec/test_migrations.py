"""Documents of every released version load permanently."""

from __future__ import annotations

import copy
import hashlib
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from small import text_of

from oped_dataset import (
    Problem,
    dumps,
    load_path,
    validate,
)
from oped_dataset.codec.migrations import (
    MIGRATIONS,
    SUPPORTED_VERSIONS,
    Migration,
    unsupported,
    upgrade,
)
from oped_dataset.model.records import SCHEMA_VERSION

GOLDEN = Path(__file__).parents[1] / "golden"
RELEASED = {1: "552a324b98e7c419890aedb5846245bbf6dc8b07c6aa9ceeaac20adb754983f3"}
"""The SHA-256 of the document of each version, as its first release wrote it."""


@pytest.mark.parametrize("version", SUPPORTED_VERSIONS)
def test_the_document_of_a_version_is_unchanged(version: int) -> None:
    content = (GOLDEN / f"version-{version}.json").read_bytes()

    assert hashlib.sha256(content).hexdigest() == RELEASED[version]
    assert content.startswith(b'{\n"schema_version": %d,\n' % version)


@pytest.mark.parametrize("version", SUPPORTED_VERSIONS)
def test_a_document_of_any_version_loads_and_is_written_in_the_current_one(version: int) -> None:
    article = load_path(GOLDEN / f"version-{version}.json")

    # The documents of all versions contain the same article.
    assert dumps(article) == (GOLDEN / f"version-{SCHEMA_VERSION}.json").read_bytes()


def test_every_older_version_has_a_migration() -> None:
    assert tuple(range(1, SCHEMA_VERSION + 1)) == SUPPORTED_VERSIONS
    assert set(MIGRATIONS) == set(SUPPORTED_VERSIONS) - {SCHEMA_VERSION}
    assert {path.name for path in GOLDEN.iterdir()} == {f"version-{version}.json" for version in SUPPORTED_VERSIONS}


def _renamed(old: str, new: str) -> Migration:
    return lambda data: {new if key == old else key: value for key, value in data.items()}


STEPS = MappingProxyType({1: _renamed("a", "b"), 2: _renamed("b", "c")})


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ({"schema_version": 1, "a": 0}, {"schema_version": 3, "c": 0}),
        ({"schema_version": 2, "b": 0}, {"schema_version": 3, "c": 0}),
        ({"schema_version": 3, "c": 0}, {"schema_version": 3, "c": 0}),
        ({"schema_version": "1", "a": 0}, {"schema_version": "1", "a": 0}),
        ({"schema_version": True, "a": 0}, {"schema_version": True, "a": 0}),
        ({"a": 0}, {"a": 0}),
        ([], []),
    ],
)
def test_migrations_run_in_order_and_leave_the_old_document_unchanged(data: Any, expected: object) -> None:
    before = copy.deepcopy(data)

    made = upgrade(data, STEPS)

    assert made == expected
    assert data == before
    assert not isinstance(made, dict) or list(made) == list(expected)  # type: ignore[call-overload]


@pytest.mark.parametrize(("version", "hint"), [(0, None), (4, "upgrade oped-dataset")])
def test_an_unknown_version_is_reported_with_the_known_ones(version: int, hint: str | None) -> None:
    assert unsupported({"schema_version": version}, (1, 2, 3)) == Problem(
        code="OPED-unsupported-schema-version",
        pointer="/schema_version",
        message=f"schema version {version} is not supported; this package reads 1, 2, 3",
        hint=hint,
    )


def test_the_version_is_checked_first(small: dict[str, Any]) -> None:
    report = validate(text_of({"nonsense": 1} | small | {"schema_version": 99}))

    assert [problem.code for problem in report.problems] == ["OPED-unsupported-schema-version"]
