"""A user's typed project: mypy and pyright find only its deliberate mistakes, and it runs."""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path

import pytest
from programs import run

import oped_dataset

pytestmark = pytest.mark.slow

SAMPLE = Path(__file__).parents[1] / "downstream" / "reading.py"
HOME = Path(oped_dataset.__file__).parent.parent


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The project, in a directory outside the configuration of this one."""
    shutil.copy(SAMPLE, tmp_path)
    return tmp_path


def test_mypy_finds_only_the_deliberate_mistakes(project: Path) -> None:
    pytest.importorskip("mypy", reason="mypy is missing; run: pip install mypy")
    # mypy rejects the directory of installed packages in MYPYPATH, but needs that of a checkout.
    path = {} if HOME.name == "site-packages" else {"MYPYPATH": str(HOME)}

    code, said = run(project, sys.executable, "-m", "mypy", "--strict", "--config-file=", SAMPLE.name, variables=path)

    assert (code, said) == (0, "Success: no issues found in 1 source file")


def test_pyright_finds_only_the_deliberate_mistakes(project: Path) -> None:
    program = shutil.which("pyright", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}")
    if program is None:
        pytest.skip("pyright is missing; run: pip install pyright")
    settings = {"typeCheckingMode": "strict", "reportUnnecessaryTypeIgnoreComment": "error", "extraPaths": [str(HOME)]}
    (project / "pyrightconfig.json").write_text(json.dumps(settings), encoding="utf-8")

    code, said = run(project, program, "--pythonpath", sys.executable)

    assert code == 0, said
    assert "0 errors, 0 warnings" in said


def test_the_project_runs(project: Path) -> None:
    code, said = run(project, sys.executable, SAMPLE.name, str(project))

    assert (code, said) == (0, "")
