"""Compare this package with other libraries on the same documents, and write a page and a plot of the results.

    python -m benchmarks [--quick] [--only NAME ...]    measure; write figures, tables and plot to build/benchmarks
    python -m benchmarks --output docs                  measure, and publish on the site
    python -m benchmarks --render --output docs         write page and plot again from the existing figures
    python -m benchmarks --check --output docs          check that page and plot were made from the figures

Here: arguments, messages and exit codes. Not here: anything about the figures.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from benchmarks import measuring, page, plot, results
from benchmarks.entrants import ENTRANTS
from benchmarks.results import Results
from oped_dataset.errors import MissingExtra


def main(arguments: list[str]) -> int:
    """Run the command; return the exit code."""
    options = _build_parser().parse_args(arguments)
    output: Path = options.output
    if options.check:
        stale = _find_stale(output)
        _report(f"{output}: {', '.join(stale)} not made from benchmarks.json" if stale else f"{output}: up to date")
        return 1 if stale else 0
    if not options.render:
        found = _measure(options.only, quick=options.quick)
        output.mkdir(parents=True, exist_ok=True)
        (output / "benchmarks.json").write_text(results.spelled(found), encoding="utf-8")
    _render(output)
    return 0


def _measure(names: list[str] | None, *, quick: bool) -> Results:
    begun = time.monotonic()
    entrants = [each for each in ENTRANTS if not names or each.name in names]
    with tempfile.TemporaryDirectory() as work:
        return measuring.run(
            measuring.QUICK if quick else measuring.WHOLE,
            entrants,
            Path(work),
            lambda step: _report(f"{time.monotonic() - begun:5.0f} s  {step}"),
        )


def _render(output: Path) -> None:
    found = results.read(output / "benchmarks.json")
    target = output / "benchmarks.md"
    target.write_text(page.page(_read(target), found), encoding="utf-8")
    try:
        (output / "benchmarks.svg").write_text(plot.svg(found), encoding="utf-8")
    except MissingExtra as error:
        _report(f"no plot: {error}")
    _report(f"written: {target}")


def _find_stale(output: Path) -> list[str]:
    found = results.read(output / "benchmarks.json")
    written, drawn = _read(output / "benchmarks.md"), _read(output / "benchmarks.svg")
    stale = [] if page.page(written, found) == written else ["benchmarks.md"]
    return stale if plot.is_of(drawn, found) else [*stale, "benchmarks.svg"]


def _read(path: Path) -> str:
    return path.read_text("utf-8") if path.exists() else ""


def _report(message: str) -> None:
    sys.stderr.write(f"{message}\n")


def _build_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks", description="Compare oped-dataset with other libraries on the same documents."
    )
    names = [each.name for each in ENTRANTS]
    parser.add_argument("--quick", action="store_true", help="measure little: only show that everything works")
    parser.add_argument("--only", nargs="+", metavar="NAME", choices=names, help=f"of {', '.join(names)}")
    parser.add_argument("--output", type=Path, default=Path("build/benchmarks"), metavar="DIR", help="%(default)s")
    mode = parser.add_mutually_exclusive_group()
    mode.add_argument("--render", action="store_true", help="measure nothing: write page and plot from the figures")
    mode.add_argument("--check", action="store_true", help="measure nothing: check that page and plot are up to date")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
