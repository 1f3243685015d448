"""The fuzzer works, and its first inputs reveal no fault."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

TOOL = Path(__file__).parents[2] / "tools" / "fuzz.py"


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="the fuzzer forks a process for each door")
def test_the_first_inputs_of_each_door_reveal_no_fault() -> None:
    done = subprocess.run([sys.executable, TOOL, "--runs", "20"], capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith(" inputs in all, 0 faults\n")
