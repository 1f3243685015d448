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

TYPE_CHECKING = False  # The processes of contenders import this module, and need nothing of it.
if TYPE_CHECKING or __name__ == "__main__":
    from benchmarks import page, plot, results
    from benchmarks.contenders import CONTENDERS
    from benchmarks.run import run
    from benchmarks.tasks import TASKS
    from oped_dataset.errors import MissingExtra


def main(arguments: list[str]) -> int:
    """Run the command; return the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks", description="Compare oped-dataset with other libraries on the same documents."
    )
    parser.add_argument("--quick", action="store_true", help="measure little: only show that everything works")
    parser.add_argument("--only", nargs="+", metavar="NAME", help="contenders, parts of the run, words of titles")
    parser.add_argument("--output", type=Path, default=Path("build/benchmarks"), metavar="DIR", help="%(default)s")
    mode = parser.add_mutually_exclusive_group()
    mode.add_argument("--render", action="store_true", help="measure nothing: write page and plot from the figures")
    mode.add_argument("--check", action="store_true", help="measure nothing: check that page and plot are up to date")
    options = parser.parse_args(arguments)
    figures = options.output / "benchmarks.json"
    if options.check:
        return _check(options.output, results.read(figures))
    if not options.render:
        found = _measure(options.only or [], quick=options.quick)
        options.output.mkdir(parents=True, exist_ok=True)
        figures.write_text(results.write(found), encoding="utf-8")
    _render(options.output, results.read(figures))
    return 0


def _measure(only: list[str], *, quick: bool) -> results.Results:
    begun = time.monotonic()
    names = [name for name in CONTENDERS if name in only]
    parts = [part for part in only if part not in CONTENDERS]
    tasks = [task for task in TASKS if any(part in (task.name, task.section) or part in task.title for part in parts)]
    with tempfile.TemporaryDirectory() as work:
        return run(
            tasks if parts else TASKS,
            names or list(CONTENDERS),
            Path(work),
            lambda step: _report(f"{time.monotonic() - begun:5.0f} s  {step}"),
            quick=quick,
        )


def _render(output: Path, found: results.Results) -> None:
    target = output / "benchmarks.md"
    target.write_text(page.fill(_read(target), found), encoding="utf-8")
    try:
        (output / "benchmarks.svg").write_text(plot.draw(found), encoding="utf-8")
    except MissingExtra as error:
        _report(f"no plot: {error}")
    _report(f"written: {target}")


def _check(output: Path, found: results.Results) -> int:
    written = _read(output / "benchmarks.md")
    stale = [] if page.fill(written, found) == written else ["benchmarks.md"]
    stale += [] if plot.is_of(_read(output / "benchmarks.svg"), found) else ["benchmarks.svg"]
    _report(f"{output}: {', '.join(stale)} not made from benchmarks.json" if stale else f"{output}: up to date")
    return 1 if stale else 0


def _read(path: Path) -> str:
    return path.read_text("utf-8") if path.exists() else ""


def _report(message: str) -> None:
    sys.stderr.write(f"{message}\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
