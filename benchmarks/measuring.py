"""A whole run: write the documents, check that all contenders read the same data, and measure them in turn.

Here: the tasks, their sizes and the effort spent on them.
Not here: single measurements (`worker.py`, `fresh.py`) and the form of the results (`results.py`).
"""

from __future__ import annotations

import datetime
import hashlib
import importlib.util
import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any, Final

import attrs

from benchmarks import capped, documents, fresh, jobs, machine, models
from benchmarks.contest import Unable
from benchmarks.entrants import Entrant
from benchmarks.pairing import Effort, interleaved
from benchmarks.results import Capped, Cell, Input, Results, Unit
from benchmarks.worker import GARBAGE_COLLECTOR, Request, Task, Worker, digest
from oped_dataset.model.article import TABLES

BARE: Final = "bare"
"""The name, among the figures of an import, of the interpreter that imports nothing."""

MISTAKES: Final = 3


@attrs.frozen(kw_only=True)
class Extent:
    """The extent of a run.

    Attributes:
        quick: Whether it only shows that everything works.
        sizes: The sizes of the documents and corpora, as multiples of the smallest.
        lines: The number of articles in the smallest corpus.
        starts: The effort for new processes.
        memory: The effort for memory, which hardly varies.
        calls: The effort for calls in long-lived processes.
    """

    quick: bool
    sizes: tuple[int, ...]
    lines: int
    starts: Effort
    memory: Effort
    calls: Effort


WHOLE: Final = Extent(
    quick=False,
    sizes=(1, 10, 100),
    lines=20,
    starts=Effort(rounds=21, seconds=40),
    memory=Effort(rounds=3, seconds=5, fewest=1),
    calls=Effort(rounds=40, seconds=5),
)
QUICK: Final = Extent(
    quick=True,
    sizes=(1, 2),
    lines=20,
    starts=Effort(rounds=1, seconds=1, fewest=1),
    memory=Effort(rounds=1, seconds=1, fewest=1),
    calls=Effort(rounds=1, seconds=1, fewest=1),
)

MODERATE: Final = 10
"""The largest size at which Arrow tables and lines are written; larger ones take time and show nothing more."""


def run(extent: Extent, entrants: Sequence[Entrant], work: Path, report: Callable[[str], None]) -> Results:
    """Compare contenders.

    Args:
        extent: The extent of the run.
        entrants: All contenders; those that are not installed are listed as absent.
        work: An empty directory for documents and modules.
        report: Called with the name of each step before it begins.

    Raises:
        RuntimeError: A contender failed, or read data that differ from the document.
    """
    described = machine.description()
    absent = {entrant.name: entrant.absence for entrant in entrants if entrant.absence}
    present = [entrant for entrant in entrants if entrant.name not in absent]
    fresh.settle(work)
    models.write_modules(work)
    report("writing documents")
    made = {size: documents.write_document(documents.enlarged(size), work / f"{size}.json") for size in extent.sizes}
    mistaken = {
        size: documents.write_document(documents.damaged(each.content), work / f"{size}-damaged.json")
        for size, each in made.items()
    }
    corpora = {
        size: documents.write_corpora(work / f"corpus-{size}", size * extent.lines, packings()) for size in extent.sizes
    }
    # First, because a failure here would discard all measurements made before.
    copied = list(_copy_under_limit(corpora[max(corpora)], work, report))
    with ExitStack() as stack:
        field = _Field(
            extent, work, report, present, {each.name: stack.enter_context(Worker(each)) for each in present}
        )
        cells = [*field.starts(made[1])]
        for size in extent.sizes:
            # All tasks of a size come before the next size, so that mistakes show early.
            cells += field.calls_on_document(size, made[size], mistaken[size])
            cells += field.calls_on_corpus(size, corpora[size])
    cells += field.memory(made, corpora)
    return Results(
        quick=extent.quick,
        day=datetime.datetime.now(datetime.UTC).date().isoformat(),
        machine=described,
        process={
            "flags of every new process": " ".join(fresh.FLAGS),
            "settings of every process": " ".join(f"{name}={value}" for name, value in fresh.SETTINGS.items()),
            "modules": fresh.compilation(),
            "garbage collector": GARBAGE_COLLECTOR,
        },
        versions=dict(sorted(chain.from_iterable(each.versions.items() for each in present))),
        present=[each.name for each in present],
        absent=absent,
        documents=[_document_input(size, document) for size, document in made.items()],
        corpora=[_corpus_input(size, files["plain"]) for size, files in corpora.items()],
        mistakes=MISTAKES,
        told=field.told,
        cells=cells,
        capped=copied,
        pairs=jobs.measure(work, attrs.evolve(extent.calls, seconds=3), report, quick=extent.quick),
    )


@attrs.define
class _Field:
    """The available contenders, and how many mistakes each reports."""

    extent: Extent
    work: Path
    report: Callable[[str], None]
    entrants: list[Entrant]
    workers: dict[str, Worker]
    told: dict[str, int] = attrs.field(factory=dict[str, int])

    def starts(self, document: documents.Document) -> Iterator[Cell]:
        """Measure new processes: nothing, an import, a first load."""
        yield self._fresh("import", 1, "ns", fresh.importing)
        yield self._fresh("cold", 1, "ns", partial(fresh.first_load, document=document.path))

    def calls_on_document(
        self, size: int, document: documents.Document, mistaken: documents.Document
    ) -> Iterator[Cell]:
        """Measure calls on one document."""
        data = json.loads(document.content)
        yield self._call("load", size, document.path, digest(data))
        yield self._call("dump", size, document.path, digest(data))
        yield self._call("problems", size, mistaken.path, None)
        if size <= MODERATE and importlib.util.find_spec("pyarrow"):
            yield self._call("arrow", size, document.path, digest({name: data[name] for name in TABLES}))

    def calls_on_corpus(self, size: int, files: dict[str, Path]) -> Iterator[Cell]:
        """Measure calls on files of lines, in each packing."""
        with files["plain"].open("rb") as stream:
            expected = digest([json.loads(line) for line in stream])
        for packing, file in files.items():
            yield self._call("read", size, file, expected, packing=packing)
            if size <= MODERATE:
                yield self._call("write", size, files["plain"], expected, packing=packing)

    def _call(self, task: Task, size: int, file: Path, expected: str | None, *, packing: str | None = None) -> Cell:
        name = f"{task}-{packing}" if packing else task
        self.report(f"{name}, {size}×")
        requests = {
            each.name: Request(task=task, file=file, target=self._target(task, each, packing)) for each in self.entrants
        }
        unable = {}
        for entrant, request in requests.items():
            try:
                answer = self.workers[entrant].ask(attrs.evolve(request, check=True))
            except Unable as error:
                unable[entrant] = str(error)
                continue
            if expected is None:
                self.told[entrant] = int(answer)
            elif answer != expected:
                raise RuntimeError(f"{entrant} has different data after {name}, {size}×")
        able = [each.name for each in self.entrants if each.name not in unable]
        figures = interleaved(able, lambda entrant: self._time(entrant, requests), self.extent.calls)
        return Cell(task=name, size=size, unit="ns", figures=figures, unable=unable)

    def _time(self, entrant: str, requests: dict[str, Request]) -> int:
        return int(self.workers[entrant].ask(requests[entrant]))

    def _target(self, task: Task, entrant: Entrant, packing: str | None) -> Path | None:
        return self.work / f"{entrant.name}-{documents.NAMES[packing]}" if task == "write" and packing else None

    def memory(self, made: dict[int, documents.Document], corpora: dict[int, dict[str, Path]]) -> Iterator[Cell]:
        """Measure the peak memory of processes that keep a document, and of those that read through a corpus."""
        for size, document in made.items():
            yield self._fresh("memory", size, "bytes", partial(fresh.loading, document=document.path))
        for size, files in corpora.items():
            yield self._fresh("memory-lines", size, "bytes", partial(fresh.streaming, lines=files["plain"]))

    def _fresh(self, task: str, size: int, unit: Unit, program: Callable[[Entrant], str]) -> Cell:
        self.report(f"{task}, {size}×")
        programs = {BARE: "", **{each.name: program(each) for each in self.entrants}}
        measure, effort = _MEASURES[unit], self.extent.starts if unit == "ns" else self.extent.memory
        for each in programs.values():
            # On the first run, files are read from the disk and compiled.
            if unit == "ns":
                measure(each)
        figures = interleaved(list(programs), lambda name: measure(programs[name]), effort)
        return Cell(task=task, size=size, unit=unit, figures=figures)


_MEASURES: Final[dict[Unit, Callable[[str], int]]] = {"ns": fresh.duration, "bytes": fresh.peak_memory}


def packings() -> list[str]:
    """Return the packings that are available here."""
    try:
        found = importlib.util.find_spec("compression.zstd" if sys.version_info >= (3, 14) else "backports.zstd")
    except ModuleNotFoundError:
        found = None
    return [name for name in documents.NAMES if name != "zstd" or found is not None]


def _document_input(size: int, document: documents.Document) -> Input:
    return _input(size, [json.loads(document.content)], document.content)


def _corpus_input(size: int, file: Path) -> Input:
    content = file.read_bytes()
    return _input(size, [json.loads(line) for line in content.splitlines()], content)


def _input(size: int, articles: Sequence[Any], content: bytes) -> Input:
    return Input(
        size=size,
        lines=len(articles),
        bytes=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        records=sum(len(article[name]) for article in articles for name in TABLES),
    )


def _copy_under_limit(files: dict[str, Path], work: Path, report: Callable[[str], None]) -> Iterator[Capped]:
    """Copy the longest corpus under a memory limit, in each packing."""
    if not Path("/proc/self/statm").exists():
        return
    for packing, file in files.items():
        report(f"under a memory limit, {packing}")
        outcome = {how: _copy(file, work / f"copy-{file.name}", how) for how in ("stream", "keep")}
        if outcome["stream"] is None:
            raise RuntimeError(f"{packing}: copying a corpus needs more than constant memory")
        yield Capped(
            packing=packing,
            lines=outcome["stream"],
            bytes=files["plain"].stat().st_size,
            allowed=capped.ALLOWED,
            held=outcome["keep"] is not None,
        )


def _copy(source: Path, target: Path, how: str) -> int | None:
    """Return the number of copied articles; None when the memory was not enough.

    A process that keeps all articles may end in any way, since even reporting takes memory; one that streams may not.
    """
    command = [sys.executable, *fresh.FLAGS, "-m", "benchmarks.capped", str(source), str(target), how]
    done = subprocess.run(command, capture_output=True, text=True, cwd=fresh.ROOT.anchor)
    if done.returncode == capped.OUT_OF_MEMORY or (done.returncode and how == "keep"):
        return None
    if done.returncode:
        raise RuntimeError(f"the copy of {source.name} ended with {done.returncode}: {done.stderr}")
    return int(done.stdout)
