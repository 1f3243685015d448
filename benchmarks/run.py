"""A whole run: every task in all its ways, in turn, round after round.

Here: the order of measuring, when to stop, and the conditions of the run.
Not here: the tasks (`tasks.py`), single measurements (`worker.py`) and the form of the results (`results.py`).

Other work and heat make a machine drift, so no way is measured to its end before another begins. pyperf does just that,
and is therefore not used. A ratio is taken between two figures of one round.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import os
import platform
import time
import traceback
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from importlib.metadata import version
from pathlib import Path
from typing import Final

import attrs

from benchmarks import peers, worker
from benchmarks.contenders import CONTENDERS, Unable
from benchmarks.documents import Inputs
from benchmarks.results import Cell, Input, Results
from benchmarks.tasks import Task
from benchmarks.worker import Worker
from oped_dataset.model.article import TABLES


@attrs.frozen
class Effort:
    """The effort spent on one comparison.

    Attributes:
        rounds: The largest number of rounds.
        seconds: The time after which no round begins, except the second and third.
        patience: The time after which no round begins in any case.
    """

    rounds: int
    seconds: float
    patience: float = 6


START: Final = Effort(rounds=21, seconds=20, patience=20)
MEMORY: Final = Effort(rounds=3, seconds=3, patience=3)
CALL: Final = Effort(rounds=40, seconds=3)
GROWTH: Final = Effort(rounds=3, seconds=3, patience=3)
QUICK: Final = Effort(rounds=1, seconds=1)

SLOW: Final = 3
"""The rounds of a slow task."""

LONGEST: Final = 14 * 60
"""The seconds after which the remaining tasks about growth are left out."""

MODERATE: Final = 10
"""The largest size at which a call is not slow."""


def interleave(names: Sequence[str], measure: Callable[[str], int], effort: Effort) -> dict[str, list[int]]:
    """Measure each way once a round; a different one begins each round, and every second round goes backwards.

    Returns:
        For each way its figures, one a round, in the order of the rounds.
    """
    figures: dict[str, list[int]] = {name: [] for name in names}
    begun = time.monotonic()
    for number in range(effort.rounds if names else 0):
        passed = time.monotonic() - begun
        if number and passed > (effort.patience if number < 3 else effort.seconds):
            break
        step = -1 if number % 2 else 1
        for place in range(len(names)):
            name = names[(number + step * place) % len(names)]
            figures[name].append(measure(name))
    return figures


def run(
    tasks: Sequence[Task], names: Sequence[str], work: Path, report: Callable[[str], None], *, quick: bool
) -> Results:
    """Measure tasks.

    Args:
        tasks: The tasks.
        names: The names of contenders; those that are not installed are listed as absent.
        work: An empty directory for documents and modules.
        report: Called with the name of each step before it begins.
        quick: Whether the run only shows that everything works.

    Raises:
        RuntimeError: A way failed, or its result differs from the document.
    """
    absent = {name: reason for name in names if (reason := CONTENDERS[name].find_absence())}
    present = [name for name in names if name not in absent]
    conditions = describe_machine() | worker.CONDITIONS
    worker.settle(work)
    peers.write_modules(work)
    inputs = Inputs(work)
    excluded = CONTENDERS.keys() - present
    cells = []
    begun = time.monotonic()
    for task in tasks:
        if task.section == "growth" and time.monotonic() - begun > LONGEST and not quick:
            report(f"left out, since the run took long: {task.title}")
            continue
        sizes = task.sizes if not quick else [2] if task.section == "growth" else [1]
        for size in sizes:
            report(f"{task.title}, {size}×")
            try:
                cells.append(_measure(task, inputs, size, excluded, quick=quick))
            except ImportError as error:
                # The library that writes its input is missing.
                report(f"not measured: {error}")
            except Exception as error:
                error.add_note(f"during {task.title}, {size}×")
                if task.section == "contests":
                    raise
                # A failed job does not discard the figures of all others.
                report("".join(traceback.format_exception(error)))
    files = [*work.glob("document-*.json"), *work.glob("corpus-*.jsonl")]
    distributions = {name for each in present for name in CONTENDERS[each].needs}
    return Results(
        quick=quick,
        day=datetime.datetime.now(datetime.UTC).date().isoformat(),
        conditions=conditions,
        versions={name: version(name) for name in sorted(distributions)},
        present=present,
        absent=absent,
        inputs=[_describe_input(path) for path in sorted(files, key=lambda path: (path.suffix, path.stat().st_size))],
        cells=cells,
    )


def _measure(task: Task, inputs: Inputs, size: int, excluded: set[str], *, quick: bool) -> Cell:
    ways = {name: way for name, way in task.ways(inputs, size).items() if name not in excluded}
    programs = {name: way for name, way in ways.items() if isinstance(way, str)}
    cell = Cell(task=task.name, size=size, unit=task.unit, figures={})
    if programs:
        measure, effort = (worker.run_program, START) if task.unit == "ns" else (worker.measure_memory, MEMORY)
        for program in programs.values() if task.unit == "ns" else ():
            # On the first run, files are read from the disk and compiled.
            measure(program)
        found = interleave(list(programs), lambda name: measure(programs[name]), QUICK if quick else effort)
        return attrs.evolve(cell, figures=found)
    with ExitStack() as stack:
        workers = {name: stack.enter_context(Worker(way)) for name, way in ways.items() if callable(way)}
        for name in list(workers):
            try:
                # The result of a slow task is checked after the first round, and not again for the largest documents.
                is_slow = task.rounds <= SLOW
                workers[name].ask("prepare" if is_slow else "check" if size <= MODERATE else "trust")
            except (ImportError, Unable) as error:
                cell.unable[name] = str(error)
                del workers[name]
        effort = QUICK if quick else GROWTH if task.section == "growth" else attrs.evolve(CALL, rounds=task.rounds)
        cell.figures.update(interleave(list(workers), lambda name: int(workers[name].ask("time")), effort))
        cell.notes.update({name: note for name, each in workers.items() if (note := each.ask("note"))})
        cell.peaks.update({name: each.ask("peak") for name, each in workers.items() if task.section == "growth"})
    # A time that was measured earlier is compared with every round.
    rounds = max(map(len, cell.figures.values()), default=0)
    cell.figures.update({name: [way] * rounds for name, way in ways.items() if isinstance(way, int)})
    if task.section != "growth":
        return cell
    lengths = [inputs.grown(each, task.packing).stat().st_size for each in (size, 1)]
    return attrs.evolve(cell, scale=lengths[0] / lengths[1])


def _describe_input(path: Path) -> Input:
    content = path.read_bytes()
    articles = [json.loads(line) for line in ([content] if path.suffix == ".json" else content.splitlines())]
    return Input(
        name=f"{path.stem.replace('-', ' ')}×",
        articles=len(articles),
        records=sum(len(article[name]) for article in articles for name in TABLES),
        bytes=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
    )


def describe_machine() -> dict[str, str]:
    """Describe the machine, as far as the system allows, without user, host and path."""
    processor, memory = platform.processor(), "unknown"
    if Path("/proc/cpuinfo").exists():
        names = [
            line for line in Path("/proc/cpuinfo").read_text("utf-8").splitlines() if line.startswith("model name")
        ]
        processor = names[0].partition(":")[2].strip() if names else processor
        memory = f"{os.sysconf('SC_PHYS_PAGES') * os.sysconf('SC_PAGE_SIZE') / 2**30:.0f} GiB"
    return {
        "processor": processor or "unknown",
        "cores": str(len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()),
        "memory": memory,
        "system": f"{platform.system()} {platform.release()}, {platform.machine()}",
        "python": f"{platform.python_implementation()} {platform.python_version()}, {platform.python_compiler()}",
        "load before the run": f"{os.getloadavg()[0]:.2f}" if hasattr(os, "getloadavg") else "unknown",
    }
