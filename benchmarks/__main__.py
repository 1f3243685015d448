"""The command: run, write the figures, and make the page and the plot of them.

What lives here: arguments, messages and exit codes. What does not: anything about the figures.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from benchmarks import measuring, results
from benchmarks.entrants import ENTRANTS


def main(arguments: list[str]) -> int:
    """Do what is asked for; return the exit code."""
    options = _parser().parse_args(arguments)
    output: Path = options.output
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as work:
        extent = measuring.QUICK if options.quick else measuring.WHOLE
        entrants = [each for each in ENTRANTS if not options.only or each.name in options.only]
        found = measuring.run(
            extent, entrants, Path(work), lambda what: _tell(f"{time.monotonic() - begun:5.0f} s  {what}")
        )
    output.mkdir(parents=True, exist_ok=True)
    results.write(found, output / "benchmarks.json")
    return 0


def _tell(what: str) -> None:
    sys.stderr.write(f"{what}\n")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="only show that everything works")
    parser.add_argument("--only", nargs="+", metavar="NAME", choices=[each.name for each in ENTRANTS])
    parser.add_argument("--output", type=Path, default=Path("build/benchmarks"), metavar="DIR")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
