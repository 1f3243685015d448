"""Many article files, each with one article, validated on all cores of one machine.

Here: the order of the reports, and what becomes of files that cannot be read.
Not here: validating one file (`loading.validate_path`), the processes that do it (`engines.py`).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterable, Iterator, Sized
from functools import partial
from itertools import tee
from typing import Literal, TypeAlias, TypeVar

from oped_dataset.arguments import argument, several
from oped_dataset.codec.jsontext import USUAL, Limits
from oped_dataset.corpora.engines import on_cores
from oped_dataset.corpora.progress import Progress, Watch, check_policy
from oped_dataset.errors import OpedDatasetError, Report, WorkerDied
from oped_dataset.filesystem import PathLike
from oped_dataset.loading import validate_path

PathT = TypeVar("PathT", bound=PathLike)

Policy: TypeAlias = Literal["raise"] | Callable[[PathT, OpedDatasetError], object]


def validate_paths(
    paths: Iterable[PathT],
    *,
    jobs: int | None = None,
    on_error: Policy[PathT] = "raise",
    progress: Watch | None = None,
    limits: Limits = USUAL,
) -> Iterator[tuple[PathT, Report]]:
    """Validate many article files, as `validate_path` does one, on all cores.

    What is found is the same, and in the same order, whatever the number of jobs. No more files are held than are
    worked on, so that `paths` may be endless. A script that uses more than one job starts its work below
    `if __name__ == "__main__":`, as with everything of `multiprocessing`; one on standard input works in this process.

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
        ArticleFileError: A file cannot be read.
        WorkerDied: The process that validated a file died, twice, or no process can be started.
        InvalidRecord: An argument is out of bounds; raised at once.
    """
    several("paths", paths, "several paths", "one file is validated by validate_path")
    check_policy(on_error)
    argument("limits", limits, Limits, "Limits")
    engine = on_cores(jobs)
    total = len(paths) if isinstance(paths, Sized) else None
    # What one process can do alone needs no other.
    work = partial(map if 1 in (jobs, total) else engine, partial(_attempt, limits=limits))
    return _report(paths, work, on_error, progress, total)


def _attempt(path: PathLike, limits: Limits) -> Report | OpedDatasetError:
    try:
        return validate_path(path, limits=limits)
    except OpedDatasetError as error:
        return error


def _report(
    paths: Iterable[PathT],
    work: Callable[[Iterable[PathT]], Iterable[Report | OpedDatasetError]],
    on_error: Policy[PathT],
    progress: Watch | None,
    total: int | None,
) -> Generator[tuple[PathT, Report], None, None]:
    ours, theirs = tee(paths)
    for done, (outcome, path) in enumerate(zip(work(theirs), ours, strict=True), 1):
        if progress is not None:
            progress(Progress(done=done, total=total, unit="files"))
        if isinstance(outcome, Report):
            yield path, outcome
            continue
        if isinstance(outcome, WorkerDied):
            file: PathLike = path
            outcome = WorkerDied(f"{os.fspath(file)}: {outcome}")
        if on_error == "raise":
            raise outcome
        on_error(path, outcome)
