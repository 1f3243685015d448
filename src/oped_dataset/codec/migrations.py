"""Migrations from older versions of the file format to the current one.

Here: the table of migrations, the supported versions, and the upgrade of a document.
Not here: reading the current version (`fastpath.py`, `shape.py`).

A migration is a pure function from the plain data of one version to that of the next: it makes a new document from the
old one alone, and leaves the old one unchanged. `tests/golden/` contains a document of every released version, byte for
byte as it was written.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, TypeAlias

from oped_dataset.errors import Problem
from oped_dataset.model.records import SCHEMA_VERSION

Migration: TypeAlias = Callable[[dict[str, Any]], dict[str, Any]]
"""Makes a document of the next version; its caller raises `schema_version`."""

MIGRATIONS: Final[Mapping[int, Migration]] = {}
"""The migration from each older version to the next; version 1 is the first and still the current one."""

SUPPORTED_VERSIONS: Final = (*sorted(MIGRATIONS), SCHEMA_VERSION)
"""The versions of the file format that this package reads."""


def unsupported(data: object, versions: tuple[int, ...] = SUPPORTED_VERSIONS) -> Problem | None:
    """Report an integer version that is not supported; a version of another type is a problem of form."""
    version = _version_of(data)
    if version is None or version in versions:
        return None
    return Problem(
        code="OPED-unsupported-schema-version",
        pointer="/schema_version",
        message=f"schema version {version} is not supported; this package reads {', '.join(map(str, versions))}",
        hint="upgrade oped-dataset" if version > versions[-1] else None,
    )


def upgrade(data: object, migrations: Mapping[int, Migration] = MIGRATIONS) -> object:
    """Migrate a document of an older version step by step; return any other document unchanged."""
    version = _version_of(data)
    if not isinstance(data, dict) or version is None:
        return data
    for older in range(version, max(migrations, default=0) + 1):
        data = migrations[older](data) | {"schema_version": older + 1}
    return data


def _version_of(data: object) -> int | None:
    version = data.get("schema_version") if isinstance(data, dict) else None
    # An integer beyond 2**53 is a problem of form too.
    return version if type(version) is int and abs(version) < 2**53 else None
