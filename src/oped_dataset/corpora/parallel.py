"""Many article files validated on all cores of one machine.

What lives here: the worker processes, the order of what they find, and what becomes of files that cannot be read.
What does not: validating one file (`loading.validate`).
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sized
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing
from functools import partial
from itertools import islice
from multiprocessing import get_context
from typing import Final, Literal, TypeAlias, TypeVar

from oped_dataset.arguments import argument
from oped_dataset.codec.jsontext import USUAL, Limits
from oped_dataset.corpora.progress import Progress, Watch, check_policy
from oped_dataset.errors import (
    ArticleFileError,
    InvalidRecord,
    OpedDatasetError,
    Report,
)
from oped_dataset.filesystem import PathLike
from oped_dataset.loading import validate_path

PathT = TypeVar("PathT", bound=PathLike)

Work: TypeAlias = Callable[[PathLike], Report]
Outcomes: TypeAlias = Generator[tuple[PathT, Report | OpedDatasetError], None, None]

_AHEAD: Final = 8
"""So many files a worker are handed out before the first of them is done, so that none waits for work."""


def validate_paths(
    paths: Iterable[PathT],
    *,
    jobs: int | None = None,
    on_error: Literal["raise"] | Callable[[PathT, OpedDatasetError], object] = "raise",
    progress: Watch | None = None,
    limits: Limits = USUAL,
) -> Iterator[tuple[PathT, Report]]:
    """Validate many article files, as `validate_path` does one, on all cores.

    What is found is the same, and in the same order, whatever the number of jobs. No more files are held than are
    worked on, so that `paths` may be endless. A script that uses more than one job starts its work below
    `if __name__ == "__main__":`, as with everything of `multiprocessing`.

    Args:
        paths: The files, each with one article.
        jobs: How many processes validate, from 1; with 1 it is done in this one. None for as many as there are cores
            this process may use.
        on_error: "raise" ends with the first file that cannot be read. A function is told of the file and the error,
            and the next file is validated.
        progress: Is told after each file how many are done, and of how many where `paths` has a length.
        limits: The largest size and nesting of a document, and how many of its problems are kept.

    Returns:
        An iterator of each path with the report on its file, in the order of the paths.

    Raises:
        ArticleFileNotFound: There is no file at a path.
        ArticleFileError: A file cannot be read, or the process that validated it died, twice.
        InvalidRecord: An argument is out of bounds; raised at once.
    """
    check_policy(on_error)
    if jobs is not None and (type(jobs) is not int or jobs < 1):
        raise InvalidRecord(f"jobs: must be a whole number from 1, or None for one a core, not {jobs!r}", "jobs")
    argument("limits", limits, Limits, "Limits")
    work = partial(validate_path, limits=limits)
    return _reports(paths, jobs or _cores(), work, on_error, progress)


def _cores() -> int:
    available = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    # The executor takes no more than this on Windows.
    return min(available, 61)


def _reports(
    paths: Iterable[PathT],
    jobs: int,
    work: Work,
    on_error: Literal["raise"] | Callable[[PathT, OpedDatasetError], object],
    progress: Watch | None,
) -> Generator[tuple[PathT, Report], None, None]:
    total = len(paths) if isinstance(paths, Sized) else None
    most = jobs if total is None else min(jobs, total)
    with closing(_in_processes(paths, most, work) if most > 1 else _here(paths, work)) as outcomes:
        for done, (path, outcome) in enumerate(outcomes, 1):
            if progress is not None:
                progress(Progress(done=done, total=total, unit="files"))
            if isinstance(outcome, Report):
                yield path, outcome
            elif on_error == "raise":
                raise outcome
            else:
                on_error(path, outcome)


def _here(paths: Iterable[PathT], work: Work) -> Outcomes[PathT]:
    for path in paths:
        yield path, _outcome(partial(work, path))


def _outcome(work: Callable[[], Report]) -> Report | OpedDatasetError:
    try:
        return work()
    except OpedDatasetError as error:
        return error


def _in_processes(paths: Iterable[PathT], jobs: int, work: Work) -> Outcomes[PathT]:
    rest = iter(paths)
    waiting: deque[tuple[PathT, Future[Report]]] = deque()
    pool = _pool(jobs)
    try:
        while True:
            for path in islice(rest, jobs * _AHEAD - len(waiting)):
                waiting.append((path, _handed_out(path, work, pool)))
            if not waiting:
                return
            path, found = waiting.popleft()
            try:
                outcome = _outcome(found.result)
            except BrokenProcessPool:
                # A process died, over this file or one of those after it. This one is tried once more by itself, and
                # those after it in new processes: nothing is lost, and the file that kills is found.
                pool.shutdown()
                outcome = _outcome(partial(_alone, path, work))
                pool = _pool(jobs)
                waiting = deque((later, _handed_out(later, work, pool)) for later, _ in waiting)
            yield path, outcome
    finally:
        pool.shutdown(cancel_futures=True)


def _pool(jobs: int) -> ProcessPoolExecutor:
    # Processes that start afresh: a copy of this one may hang where it has threads, as it has with pyarrow or polars.
    return ProcessPoolExecutor(jobs, mp_context=get_context("spawn"))


def _handed_out(path: PathLike, work: Work, pool: ProcessPoolExecutor) -> Future[Report]:
    try:
        return pool.submit(work, path)
    except BrokenProcessPool as error:
        broken: Future[Report] = Future()
        broken.set_exception(error)
        return broken


def _alone(path: PathLike, work: Work) -> Report:
    with _pool(1) as pool:
        try:
            return pool.submit(work, path).result()
        except BrokenProcessPool as error:
            raise ArticleFileError(
                f"{os.fspath(path)}: the process that validated it died, twice; there may be too little memory for it, "
                "or this program does not start its work below `if __name__ == '__main__':`"
            ) from error
