"""A whole run: documents are made, contenders shown to hold the same data, and then measured in turn.

Here: which tasks are compared at which sizes, and with how much effort.
Not here: how one figure is taken (`worker.py`, `fresh.py`) and what becomes of the figures (`results.py`).
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
"""In the figures of an import, the interpreter that imports nothing."""

MISTAKES: Final = 3


@attrs.frozen(kw_only=True)
class Extent:
    """How much a run does.

    Attributes:
        quick: Whether it only shows that everything works.
        sizes: How many times the smallest document and corpus.
        lines: How many articles the smallest corpus has.
        starts: The effort for processes that have just begun.
        memory: The effort for memory, which hardly varies.
        calls: The effort for calls in processes that live on.
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
"""Arrow tables are made, and lines written, up to this size; beyond it only time passes."""


def run(extent: Extent, entrants: Sequence[Entrant], work: Path, tell: Callable[[str], None]) -> Results:
    """Compare contenders.

    Args:
        extent: How much to do.
        entrants: All contenders; those that are not installed are named as absent.
        work: An empty directory for documents and modules.
        tell: Is told what comes next.

    Raises:
        RuntimeError: A contender failed, or holds other data than the document.
    """
    described = machine.description()
    absent = {entrant.name: entrant.absence for entrant in entrants if entrant.absence}
    present = [entrant for entrant in entrants if entrant.name not in absent]
    fresh.settle(work)
    models.write_modules(work)
    tell("making documents")
    made = {size: documents.write_document(documents.enlarged(size), work / f"{size}.json") for size in extent.sizes}
    mistaken = {
        size: documents.write_document(documents.damaged(each.content), work / f"{size}-damaged.json")
        for size, each in made.items()
    }
    corpora = {
        size: documents.write_corpora(work / f"corpus-{size}", size * extent.lines, packings()) for size in extent.sizes
    }
    # First, because what fails here would be lost with all that was measured before.
    held = list(_capped(corpora[max(corpora)], work, tell))
    with ExitStack() as stack:
        field = _Field(extent, work, tell, present, {each.name: stack.enter_context(Worker(each)) for each in present})
        cells = [*field.starts(made[1])]
        for size in extent.sizes:
            # All tasks of a size before the next, so that what is wrong shows early.
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
        capped=held,
        pairs=jobs.measured(work, attrs.evolve(extent.calls, seconds=3), tell, quick=extent.quick),
    )


@attrs.define
class _Field:
    """All contenders that are there, and what each has been found to tell of mistakes."""

    extent: Extent
    work: Path
    tell: Callable[[str], None]
    entrants: list[Entrant]
    workers: dict[str, Worker]
    told: dict[str, int] = attrs.field(factory=dict[str, int])

    def starts(self, document: documents.Document) -> Iterator[Cell]:
        """New processes: nothing, an import, a first load."""
        yield self._fresh("import", 1, "ns", fresh.importing)
        yield self._fresh("cold", 1, "ns", partial(fresh.first_load, document=document.path))

    def calls_on_document(
        self, size: int, document: documents.Document, mistaken: documents.Document
    ) -> Iterator[Cell]:
        """Calls on one document."""
        data = json.loads(document.content)
        yield self._call("load", size, document.path, digest(data))
        yield self._call("dump", size, document.path, digest(data))
        yield self._call("problems", size, mistaken.path, None)
        if size <= MODERATE and importlib.util.find_spec("pyarrow"):
            yield self._call("arrow", size, document.path, digest({name: data[name] for name in TABLES}))

    def calls_on_corpus(self, size: int, files: dict[str, Path]) -> Iterator[Cell]:
        """Calls on files of lines, packed each way."""
        with files["plain"].open("rb") as stream:
            expected = digest([json.loads(line) for line in stream])
        for packing, file in files.items():
            yield self._call("read", size, file, expected, packing=packing)
            if size <= MODERATE:
                yield self._call("write", size, files["plain"], expected, packing=packing)

    def _call(self, task: Task, size: int, file: Path, expected: str | None, *, packing: str | None = None) -> Cell:
        name = f"{task}-{packing}" if packing else task
        self.tell(f"{name}, {size}×")
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
                raise RuntimeError(f"{entrant} holds other data than the others after {name}, {size}×")
        able = [each.name for each in self.entrants if each.name not in unable]
        figures = interleaved(able, lambda entrant: self._timed(entrant, requests), self.extent.calls)
        return Cell(task=name, size=size, unit="ns", figures=figures, unable=unable)

    def _timed(self, entrant: str, requests: dict[str, Request]) -> int:
        return int(self.workers[entrant].ask(requests[entrant]))

    def _target(self, task: Task, entrant: Entrant, packing: str | None) -> Path | None:
        return self.work / f"{entrant.name}-{documents.NAMES[packing]}" if task == "write" and packing else None

    def memory(self, made: dict[int, documents.Document], corpora: dict[int, dict[str, Path]]) -> Iterator[Cell]:
        """The most memory of processes that keep a document, and of those that pass over a corpus."""
        for size, document in made.items():
            yield self._fresh("memory", size, "bytes", partial(fresh.loading, document=document.path))
        for size, files in corpora.items():
            yield self._fresh("memory-lines", size, "bytes", partial(fresh.streaming, lines=files["plain"]))

    def _fresh(self, task: str, size: int, unit: Unit, program: Callable[[Entrant], str]) -> Cell:
        self.tell(f"{task}, {size}×")
        programs = {BARE: "", **{each.name: program(each) for each in self.entrants}}
        measure, effort = _MEASURES[unit], self.extent.starts if unit == "ns" else self.extent.memory
        for each in programs.values():
            # The first time, files are read from the disk and compiled.
            if unit == "ns":
                measure(each)
        figures = interleaved(list(programs), lambda name: measure(programs[name]), effort)
        return Cell(task=task, size=size, unit=unit, figures=figures)


_MEASURES: Final[dict[Unit, Callable[[str], int]]] = {"ns": fresh.duration, "bytes": fresh.peak_memory}


def packings() -> list[str]:
    """The ways in which the package can pack a corpus here."""
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


def _capped(files: dict[str, Path], work: Path, tell: Callable[[str], None]) -> Iterator[Capped]:
    """Copy the longest corpus under a limit of memory, packed each way."""
    if not Path("/proc/self/statm").exists():
        return
    for packing, file in files.items():
        tell(f"under a limit of memory, {packing}")
        outcome = {how: _copied(file, work / f"copy-{file.name}", how) for how in ("stream", "keep")}
        if outcome["stream"] is None:
            raise RuntimeError(f"{packing}: a corpus is not copied in constant memory")
        yield Capped(
            packing=packing,
            lines=outcome["stream"],
            bytes=files["plain"].stat().st_size,
            allowed=capped.ALLOWED,
            held=outcome["keep"] is not None,
        )


def _copied(source: Path, target: Path, how: str) -> int | None:
    """How many articles were copied; None when the memory was not enough.

    Who keeps all may end in any way, since even telling of the want takes memory; who streams may not.
    """
    command = [sys.executable, *fresh.FLAGS, "-m", "benchmarks.capped", str(source), str(target), how]
    done = subprocess.run(command, capture_output=True, text=True, cwd=fresh.ROOT.anchor)
    if done.returncode == capped.OUT_OF_MEMORY or (done.returncode and how == "keep"):
        return None
    if done.returncode:
        raise RuntimeError(f"the copy of {source.name} ended with {done.returncode}: {done.stderr}")
    return int(done.stdout)
