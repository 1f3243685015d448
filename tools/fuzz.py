"""Run all fuzzers: damaged files through every reader, `loads` under atheris, then the property tests.

    python tools/fuzz.py                  # a million inputs, then the property tests with 20,000 examples each
    python tools/fuzz.py --runs 100000 --only loads

Needs `pip install --group proof`. Prints the number of inputs. The first input that raises an undocumented exception
is written to `crash-…` in the current directory, and the exit code is not 0.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROPERTIES = ("test_jsontext", "test_places", "test_shape", "test_json_schema", "test_differential", "test_reporting")


def main(arguments: list[str]) -> int:
    """Run the requested fuzzers; return the exit code."""
    parser = argparse.ArgumentParser(description="Put many inputs through the reader.")
    parser.add_argument("--runs", type=int, default=1_000_000, help="inputs for the fuzzer (default: %(default)s)")
    parser.add_argument("--only", choices=("loads", "doors", "properties"), help="one of the three")
    asked = parser.parse_args(arguments)
    codes = []
    if asked.only in (None, "doors"):
        # Without a fuzzer, since most of their work is done by other libraries.
        command = [sys.executable, str(ROOT / "tools" / "fuzz_doors.py"), str(max(1, asked.runs // 100))]
        codes.append(subprocess.call(command))
    if asked.only in (None, "loads"):
        codes.append(subprocess.call([sys.executable, ROOT / "tools" / "fuzz_loads.py", str(asked.runs)]))
    if asked.only in (None, "properties"):
        codes.append(_properties())
    return max(codes)


def _properties() -> int:
    tests = [str(ROOT / "tests" / f"{name}.py") for name in PROPERTIES]
    command = [sys.executable, "-m", "pytest", "-q", "--hypothesis-show-statistics", *tests]
    # The statistics of Hypothesis report the number of examples of every property.
    return subprocess.call(command, cwd=ROOT, env={**os.environ, "OPED_DATASET_PROFILE": "thorough"})


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
