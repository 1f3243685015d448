"""The fuzz target: whatever bytes arrive, `loads` gives an article or `InvalidArticle`, and a report can be written.

    python tools/fuzz_loads.py 1000000

The inputs grow out of `tests/invalid/` and `tests/golden/`, steered by the branches they reach; `tools/fuzz.py` starts
it.
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
    """Read one input; any exception but ours ends the run."""
    tried["taken" if is_taken(data) else "refused"] += 1
    if sum(tried.values()) % STEP == 0:
        # The fuzzer ends the process without coming back, so the last of these lines is the result.
        sys.stdout.write(f"{sum(tried.values())} inputs tried: {tried['refused']} refused, {tried['taken']} taken\n")
        sys.stdout.flush()


def main(runs: int) -> None:
    """Try so many inputs, and print how many there were."""
    with tempfile.TemporaryDirectory() as corpus:
        for path in (*ROOT.glob("tests/invalid/*.json"), *ROOT.glob("tests/golden/*.json")):
            shutil.copy(path, corpus)
        atheris.Setup([sys.argv[0], f"-runs={runs}", "-max_len=8192", "-verbosity=0", corpus], one_input)
        atheris.Fuzz()


if __name__ == "__main__":
    main(int(sys.argv[1]))
