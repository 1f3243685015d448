"""A process for each contender that lives through all rounds and measures one call at a time.

Here: the calls, the process, and the communication with it.
Not here: the order of contenders (`pairing.py`), and measurements in new processes (`fresh.py`).

With a process each, no contender pays for the objects of another. The garbage collector is on, as in any program;
it is run before each call, and all objects older than the first call are frozen.
"""

from __future__ import annotations

import gc
import hashlib
import json
import multiprocessing
import time
import traceback
from collections.abc import Callable
from importlib import import_module
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Final, Literal, Self, TypeAlias

import attrs

from benchmarks.contest import Unable
from benchmarks.entrants import Entrant

Task: TypeAlias = Literal["load", "dump", "problems", "arrow", "read", "write"]

GARBAGE_COLLECTOR: Final = "on; run before each call and frozen before the first, outside the measured time"


@attrs.frozen(kw_only=True)
class Request:
    """One task for a worker.

    Attributes:
        task: The function of the contender.
        file: The document or the file of lines; for writing, the plain file whose articles are written.
        target: The file to write lines to, or None.
        check: Whether to return a digest of the data instead of measuring.
    """

    task: Task
    file: Path
    target: Path | None = None
    check: bool = False


class Worker:
    """The process of one contender."""

    def __init__(self, entrant: Entrant) -> None:
        """Start the process."""
        context = multiprocessing.get_context("spawn")
        self._entrant = entrant
        self._connection, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, entrant.module), daemon=True)
        self._process.start()
        theirs.close()

    def ask(self, request: Request) -> Any:
        """Send a task and wait for the answer.

        Raises:
            Unable: The contender cannot do this here.
            RuntimeError: It failed; the message is its traceback.
        """
        try:
            self._connection.send(request)
            kind, answer = self._connection.recv()
        except (EOFError, OSError):
            raise RuntimeError(f"the process of {self._entrant.name} died at {request}") from None
        if kind == "unable":
            raise Unable(answer)
        if kind == "failed":
            raise RuntimeError(f"{self._entrant.name} failed at {request}:\n{answer}")
        return answer

    def __enter__(self) -> Self:
        """Return the worker."""
        return self

    def __exit__(self, *_: object) -> None:
        """End the process."""
        self._connection.close()
        self._process.join(timeout=10)
        if self._process.is_alive():
            self._process.kill()


# In the process.


def _serve(connection: Connection, module: str) -> None:
    bench = _Bench(import_module(f"benchmarks.contenders.{module}"))
    while True:
        try:
            request = connection.recv()
        except EOFError:
            return
        try:
            connection.send(("done", bench.check(request) if request.check else bench.time(request)))
        except Unable as error:
            connection.send(("unable", str(error)))
        except Exception:
            connection.send(("failed", traceback.format_exc()))


class _Bench:
    """Measures a contender; keeps the last document and its article."""

    def __init__(self, contender: Any) -> None:
        self._contender = contender
        self._file: Path | None = None
        self._document: Any = None
        self._article: Any = None
        self._frozen = False

    def check(self, request: Request) -> str:
        """Run a task and return the digest of its result, as plain data."""
        contender = self._contender
        self._open(request)
        if request.task == "load":
            return digest(contender.plain(contender.load(self._document)))
        if request.task == "dump":
            return digest(json.loads(contender.dump(self._article)))
        if request.task == "problems":
            return str(contender.problems(self._document))
        if request.task == "arrow":
            return digest(_plain_tables(contender.arrow(self._document)))
        if request.task == "read":
            return digest([contender.plain(article) for article in contender.read_lines(request.file)])
        assert request.target is not None
        contender.write_lines(self._article, request.target)
        return digest([contender.plain(article) for article in contender.read_lines(request.target)])

    def time(self, request: Request) -> int:
        """Measure one call in nanoseconds; its result is released after the clock is read."""
        self._open(request)
        call = self._call(request)
        if not self._frozen:
            gc.collect()
            gc.freeze()
            self._frozen = True
        gc.collect()
        begun = time.perf_counter_ns()
        result = call()
        ended = time.perf_counter_ns()
        del result
        return ended - begun

    def _call(self, request: Request) -> Callable[[], Any]:
        contender = self._contender
        if request.task == "dump":
            return lambda: contender.dump(self._article)
        if request.task == "read":
            return lambda: _exhaust(contender.read_lines(request.file))
        if request.task == "write":
            return lambda: contender.write_lines(self._article, request.target)
        function = getattr(contender, request.task)
        return lambda: function(self._document)

    def _open(self, request: Request) -> None:
        if request.file == self._file and (self._article is not None or request.task not in ("dump", "write")):
            return
        from benchmarks.documents import Document

        self._file, self._article, self._document = request.file, None, None
        if request.task == "write":
            self._article = list(self._contender.read_lines(request.file))
        elif request.task != "read":
            self._document = Document.at(request.file)
            self._article = self._contender.load(self._document) if request.task == "dump" else None


def _exhaust(articles: Any) -> int:
    count = 0
    for _ in articles:
        count += 1
    return count


def _plain_tables(tables: dict[str, Any]) -> dict[str, Any]:
    """Return the rows of each table, with only the columns that the file has."""
    from benchmarks.models import table_schema
    from oped_dataset.model.article import TABLES

    return {name: tables[name].select(table_schema(name).names).to_pylist() for name in TABLES}


def digest(data: Any) -> str:
    """Return the SHA-256 of plain data, whatever the order of keys."""
    return hashlib.sha256(json.dumps(data, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
