"""Older versions of the file format, brought up to the present one.

Here: the table of migrations, which versions can be read, and the way through them.
Not here: reading the present version (`fastpath.py`, `shape.py`).

A migration is a pure function from the plain data of one version to that of the next: it makes a new document,
changes nothing in the old one, and needs nothing but it. `tests/golden/` holds a document of every version ever
released, byte for byte as it was written.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, TypeAlias

from oped_dataset.errors import Problem
from oped_dataset.model.records import SCHEMA_VERSION

Migration: TypeAlias = Callable[[dict[str, Any]], dict[str, Any]]
"""Makes a document of the next version; `schema_version` is raised for it."""

MIGRATIONS: Final[Mapping[int, Migration]] = {}
"""For each older version the way to the next one; version 1 is the first and still the present one."""

SUPPORTED_VERSIONS: Final = (*sorted(MIGRATIONS), SCHEMA_VERSION)
"""The versions of the file format this package reads."""


def unsupported(data: object, versions: tuple[int, ...] = SUPPORTED_VERSIONS) -> Problem | None:
    """Refuse a document whose version is a whole number but none of these; one of another kind is a problem of form."""
    version = _version_of(data)
    if version is None or version in versions:
        return None
    return Problem(
        code="OPED-unsupported-schema-version",
        pointer="/schema_version",
        message=f"schema version {version} is not supported; this package reads {', '.join(map(str, versions))}",
        hint="upgrade oped-dataset" if version > versions[-1] else None,
    )


def upgraded(data: object, migrations: Mapping[int, Migration] = MIGRATIONS) -> object:
    """Bring a document of an older version to the present one, step by step; any other is returned as it is."""
    version = _version_of(data)
    if not isinstance(data, dict) or version is None:
        return data
    for older in range(version, max(migrations, default=0) + 1):
        data = migrations[older](data) | {"schema_version": older + 1}
    return data


def _version_of(data: object) -> int | None:
    version = data.get("schema_version") if isinstance(data, dict) else None
    # One that is out of bounds is a problem of form too.
    return version if type(version) is int and abs(version) < 2**53 else None
