"""The fuzz target of atheris: for any bytes, `loads` returns an article or raises `InvalidArticle` with a report.

    python tools/fuzz_loads.py 1000000

The inputs are mutated from `tests/invalid/` and `tests/golden/`, guided by coverage. `tools/fuzz.py` starts it.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

import atheris  # type: ignore[import-not-found,import-untyped,unused-ignore]

with atheris.instrument_imports(include=["oped_dataset"]):
    from fuzz_plain import is_taken

ROOT = Path(__file__).resolve().parent.parent
STEP = 10_000
tried = {"refused": 0, "taken": 0}


def one_input(data: bytes) -> None:
    """Read one input; an undocumented exception ends the run."""
    tried["taken" if is_taken(data) else "refused"] += 1
    if sum(tried.values()) % STEP == 0:
        # The fuzzer ends the process without returning, so the last of these lines is the result.
        sys.stdout.write(f"{sum(tried.values())} inputs tried: {tried['refused']} refused, {tried['taken']} taken\n")
        sys.stdout.flush()


def main(runs: int) -> None:
    """Run the requested number of inputs, and print the counts."""
    with tempfile.TemporaryDirectory() as corpus:
        for path in (*ROOT.glob("tests/invalid/*.json"), *ROOT.glob("tests/golden/*.json")):
            shutil.copy(path, corpus)
        atheris.Setup([sys.argv[0], f"-runs={runs}", "-max_len=8192", "-verbosity=0", corpus], one_input)
        atheris.Fuzz()


if __name__ == "__main__":
    main(int(sys.argv[1]))
