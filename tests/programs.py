"""Running a program as a user does, in a directory of their own."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

_OF_THE_OUTER_RUN = ("COV_", "MYPY", "PYTEST_")
"""Prefixes of environment variables that would pass the settings of this test run to the program."""


def run(
    folder: Path, *command: str, site: Path | None = None, variables: Mapping[str, str] | None = None
) -> tuple[int, str]:
    """Run a command and return its exit code and output.

    The directory of the installed package is not put on the path: other files in it, such as backports, would come
    before the standard library.

    Args:
        folder: The working directory.
        command: The program and its arguments.
        site: A directory of further packages.
        variables: Further environment variables.
    """
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_OF_THE_OUTER_RUN)}
    if site is not None:
        kept["PYTHONPATH"] = os.pathsep.join(filter(None, (str(site), os.environ.get("PYTHONPATH"))))
    environment = {**kept, "PYTHONIOENCODING": "utf-8", **(variables or {})}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False, encoding="utf-8")
    return done.returncode, f"{done.stdout}{done.stderr}".strip()
