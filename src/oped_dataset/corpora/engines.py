"""Engines: the same work on many pieces, on the cores of this machine or on a cluster, in the order of the pieces.

Here: starting workers, distributing pieces, repeating a piece whose worker died.
Not here: the pieces and the work on them (`pieces.py`, `paths.py`).

An engine is called like `map`, with a function and the pieces, and yields the results in the order of the pieces. When
a worker dies, its pieces are repeated elsewhere, and no result is lost. If the workers of a piece die repeatedly, its
result is a `WorkerDied`, a value that gives the reason, and the work continues.
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

from oped_dataset.arguments import whole_number
from oped_dataset.errors import WorkerDied
from oped_dataset.extras import need

Work: TypeAlias = Callable[[Any], Any]
"""The work on one piece. The function, the piece and the result must be picklable."""

Engine: TypeAlias = Callable[[Work, Sequence[Any]], Iterable[Any]]
"""Applies a function to each piece, on any machine, and yields the results in the order of the pieces, like `map`."""

_AHEAD: Final = 8
"""The number of pieces queued for each process or thread, so that none waits for work."""


# The cores of this machine.


def on_cores(jobs: int | None = None) -> Callable[[Work, Iterable[Any]], Iterator[Any]]:
    """Make an engine that runs `validate_corpus` or `score_corpus` in processes on this machine.

    The pieces of a process that dies are repeated. Only the pieces in work are in memory. As always with
    `multiprocessing`, a script must start the work below `if __name__ == "__main__":`. If the program has no file that
    a new process could read, as with a script on standard input, the work runs in this process.

    Args:
        jobs: The number of processes, from 1. None for one for each core that this process may use.

    Returns:
        The engine. It raises `WorkerDied` while it runs if no process can be started.

    Raises:
        InvalidRecord: `jobs` is out of bounds.
    """
    whole_number("jobs", jobs, 1, "one a core")
    available = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    # On Windows, ProcessPoolExecutor allows at most 61 workers.
    return partial(_work_in_processes, jobs or min(available, 61))


def _work_in_processes(jobs: int, work: Work, pieces: Iterable[Any]) -> Iterator[Any]:
    # A new process runs the file of the main module again, unless the module was found by its name or has no file, as
    # in a notebook. A pipe cannot be read again.
    main = sys.modules["__main__"]
    file = getattr(main, "__file__", None)
    if file is not None and getattr(main, "__spec__", None) is None and not Path(file).is_file():
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
                # A process died on this piece or on a later one. This piece is tried once more on its own, and the
                # later ones in new processes, so that no result is lost and the piece that kills is found.
                pool.shutdown()
                result = _work_alone(work, piece)
                pool = _start(jobs)
                waiting = deque((later, _submit(pool, work, later)) for later, _ in waiting)
            yield result
    finally:
        pool.shutdown(cancel_futures=True)


def _start(jobs: int) -> ProcessPoolExecutor:
    # With "spawn", because a forked process may hang if this one has threads, as it has with pyarrow or polars. Ctrl-C
    # reaches the processes too; they end silently, and this process reports the finished work.
    return ProcessPoolExecutor(
        jobs, mp_context=get_context("spawn"), initializer=signal.signal, initargs=(signal.SIGINT, signal.SIG_DFL)
    )


def _submit(pool: ProcessPoolExecutor, work: Work, piece: Any) -> Future[Any]:
    try:
        return pool.submit(work, piece)
    except BrokenProcessPool as error:
        # A process died after the last result was taken; the caller learns this from the future.
        broken: Future[Any] = Future()
        broken.set_exception(error)
        return broken


def _work_alone(work: Work, piece: Any) -> Any:
    try:
        with _start(1) as pool:
            return pool.submit(work, piece).result()
    except BrokenProcessPool:
        died = WorkerDied("the process that worked on it died twice; there may be too little memory for it")
    try:
        with _start(1) as pool:
            # If a process dies without any work, no piece is the cause.
            pool.submit(os.getpid).result()
    except BrokenProcessPool as error:
        raise WorkerDied(
            "the processes die when they start; does this program start its work below `if __name__ == '__main__':`?"
        ) from error
    return died


# A cluster.


def on_dask(client: Any) -> Engine:
    """Make an engine that runs `validate_corpus` or `score_corpus` on the workers of a Dask cluster.

    When a worker is lost, the scheduler of Dask repeats its pieces on another one, as often as the cluster allows
    (`distributed.scheduler.allowed-failures`). Each worker reads the files itself: all workers need them under the same
    path, and this package with the extras for reading them.

    Args:
        client: A `distributed.Client`, of a cluster or of a `distributed.LocalCluster`.

    Returns:
        The engine.

    Raises:
        MissingExtra: The extra `dask` is not installed.
    """
    need("distributed", "dask")
    return partial(_work_on_cluster, client)


def _work_on_cluster(client: Any, work: Work, pieces: Iterable[Any]) -> Iterator[Any]:
    rest, waiting = iter(pieces), deque[Any]()
    killed = need("distributed", "dask").scheduler.KilledWorker
    try:
        while True:
            # Workers may come and go, and there may be none at the moment.
            room = _AHEAD * max(1, sum(client.nthreads().values())) - len(waiting)
            # Not pure: a file may have changed since the last work on the same piece.
            waiting += [client.submit(work, piece, pure=False) for piece in islice(rest, max(0, room))]
            if not waiting:
                return
            # Releasing each result keeps only the pieces in work in memory, here and on the cluster.
            future = waiting.popleft()
            try:
                result = future.result()
            except killed as error:
                result = WorkerDied(f"the workers that had it died one after another: {error}")
            finally:
                future.release()
            yield result
    finally:
        client.cancel(list(waiting))
