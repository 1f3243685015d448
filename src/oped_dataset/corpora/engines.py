"""Engines: the same work on many pieces, on the cores of this machine or on a cluster, in the order of the pieces.

Here: starting workers, handing pieces out, doing a piece again whose worker died.
Not here: what a piece is and what is done with it (`pieces.py`, `paths.py`).

Every engine is called as `map` is, with a function and the pieces, and gives the results in the order of the pieces. A
worker that dies takes no other piece along: its pieces are done again elsewhere. In place of the result of a piece over
which its workers die again and again there is a `WorkerDied`, a value that says why, and the work goes on.
"""

from __future__ import annotations

import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Final, TypeAlias

from oped_dataset.arguments import argument, whole_number
from oped_dataset.errors import WorkerDied
from oped_dataset.extras import need

Work: TypeAlias = Callable[[Any], Any]
"""The work with one piece; both can be pickled, and so can the result."""

Engine: TypeAlias = Callable[[Work, Sequence[Any]], Iterable[Any]]
"""Does the same work with each piece, somewhere, and gives the results in the order of the pieces, as `map` does."""

_AHEAD: Final = 8
"""How many pieces a process or thread is handed before the first of them is done, so that none waits for work."""


# The cores of this machine.


def on_cores(jobs: int | None = None) -> Callable[[Work, Iterable[Any]], Iterator[Any]]:
    """Let processes on this machine do the work of `validate_corpus` or `score_corpus`.

    A process that dies changes nothing: what it had is done again. No more pieces are held than are worked on. A script
    starts such work below `if __name__ == "__main__":`, as with everything of `multiprocessing`. Where the program has
    no file that a new process could read, as with a script on standard input, this process does the work.

    Args:
        jobs: How many processes work, from 1. None for as many as there are cores this process may use.

    Returns:
        The engine. While it runs it raises `WorkerDied` where no process can be started.

    Raises:
        InvalidRecord: `jobs` is out of bounds.
    """
    whole_number("jobs", jobs, 1, "one a core")
    return partial(_work_in_processes, jobs or _count_cores())


def _count_cores() -> int:
    available = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    # The executor takes no more than this on Windows.
    return min(available, 61)


def _work_in_processes(jobs: int, work: Work, pieces: Iterable[Any]) -> Iterator[Any]:
    if not _can_be_started_again():
        yield from map(work, pieces)
        return
    rest, waiting = iter(pieces), deque[tuple[Any, Future[Any]]]()
    pool = _start(jobs)
    try:
        while True:
            for piece in islice(rest, jobs * _AHEAD - len(waiting)):
                waiting.append((piece, _submit(pool, work, piece)))
            if not waiting:
                return
            piece, future = waiting.popleft()
            try:
                result = future.result()
            except BrokenProcessPool:
                # A process died, over this piece or one of those after it. This one is tried once more by itself, and
                # those after it in new processes: nothing is lost, and the piece that kills is found.
                pool.shutdown()
                result = _work_alone(work, piece)
                pool = _start(jobs)
                waiting = deque((later, _submit(pool, work, later)) for later, _ in waiting)
            yield result
    finally:
        pool.shutdown(cancel_futures=True)


def _can_be_started_again() -> bool:
    # A new process reads the file of the main module, unless it was found by a name or has none, as in a notebook.
    main = sys.modules["__main__"]
    file = getattr(main, "__file__", None)
    return file is None or getattr(main, "__spec__", None) is not None or Path(file).exists()


def _start(jobs: int) -> ProcessPoolExecutor:
    # Processes that start afresh: a copy of this one may hang where it has threads, as it has with pyarrow or polars.
    # Ctrl-C reaches them too; there they end at once and without a word, and this process says what was finished.
    return ProcessPoolExecutor(
        jobs, mp_context=get_context("spawn"), initializer=signal.signal, initargs=(signal.SIGINT, signal.SIG_DFL)
    )


def _submit(pool: ProcessPoolExecutor, work: Work, piece: Any) -> Future[Any]:
    try:
        return pool.submit(work, piece)
    except BrokenProcessPool as error:
        # A process died since the last result was taken; whoever asks for this one finds out.
        broken: Future[Any] = Future()
        broken.set_exception(error)
        return broken


def _work_alone(work: Work, piece: Any) -> Any:
    try:
        with _start(1) as pool:
            return pool.submit(work, piece).result()
    except BrokenProcessPool:
        died = WorkerDied("the process that worked on it died, twice; there may be too little memory for it")
    try:
        with _start(1) as pool:
            # A process that dies without any work would die over every piece, and none is to blame.
            pool.submit(os.getpid).result()
    except BrokenProcessPool as error:
        raise WorkerDied(
            "the processes die when they start; does this program start its work below `if __name__ == '__main__':`?"
        ) from error
    return died


# A cluster.


def on_dask(client: Any) -> Engine:
    """Let the workers of a Dask cluster do the work of `validate_corpus` or `score_corpus`.

    The scheduler of Dask gives a piece to another worker when one is lost, with what it had already done, as often as
    the cluster allows (`distributed.scheduler.allowed-failures`). Each worker reads the files itself: they lie where
    all can reach them under the same path, and this package is installed there with the extras that reading needs.

    Args:
        client: A `distributed.Client`, of a cluster or of a `distributed.LocalCluster`.

    Returns:
        The engine.

    Raises:
        InvalidRecord: It is no client.
        MissingExtra: The extra `dask` is not installed.
    """
    distributed = need("distributed", "dask")
    argument("client", client, distributed.Client, "a distributed.Client")
    return partial(_work_on_cluster, client)


def _work_on_cluster(client: Any, work: Work, pieces: Iterable[Any]) -> Iterator[Any]:
    rest, waiting = iter(pieces), deque[Any]()
    killed = need("distributed", "dask").scheduler.KilledWorker
    try:
        while True:
            # There may be no worker at this moment, or others than before.
            room = _AHEAD * max(1, sum(client.nthreads().values())) - len(waiting)
            # Not pure: a file may have changed since the same piece was worked on.
            waiting += [client.submit(work, piece, pure=False) for piece in islice(rest, max(0, room))]
            if not waiting:
                return
            # A result is taken from the cluster once and let go there, so that neither side holds more than what is
            # worked on.
            future = waiting.popleft()
            try:
                result = future.result()
            except killed as error:
                result = WorkerDied(f"the workers that had it died, one after the other: {error}")
            finally:
                future.release()
            yield result
    finally:
        client.cancel(list(waiting))
