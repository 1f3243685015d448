"""Validation of many files with one article each, on all cores of one machine.

Here: the order of the reports, and the treatment of unreadable files.
Not here: validating one file (`loading.validate_path`), the processes (`engines.py`).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterable, Iterator, Sized
from functools import partial
from itertools import tee
from typing import Literal, TypeAlias, TypeVar

from oped_dataset.arguments import several
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
    """Validate many files with one article each, as `validate_path` validates one, on all cores.

    The reports and their order do not depend on the number of jobs. Only the files in work are in memory, so `paths`
    may be endless. As always with `multiprocessing`, a script with more than one job must start the work below
    `if __name__ == "__main__":`; a script on standard input works in this process.

    Args:
        paths: The files, each with one article.
        jobs: The number of processes, from 1; with 1, this process does the work. None for one for each core that this
            process may use.
        on_error: "raise" ends with the first file that cannot be read. A function is called with the file and the
            error, and validation continues with the next file.
        progress: Called after each file with the number of files done, and the total if `paths` has a length.
        limits: The largest size and nesting of a document, and how many of its problems are kept.

    Returns:
        An iterator of pairs of a path and the report on its file, in the order of the paths.

    Raises:
        ArticleFileNotFound: There is no file at a path.
        ArticleFileError: A file cannot be read.
        WorkerDied: The process that validated a file died twice, or no process can be started.
        InvalidRecord: An argument is out of bounds; raised immediately.
    """
    several("paths", paths, "several paths", "one file is validated by validate_path")
    check_policy(on_error)
    engine = on_cores(jobs)
    total = len(paths) if isinstance(paths, Sized) else None
    # A single job, or a single file, needs no other process.
    work = partial(map if 1 in (jobs, total) else engine, partial(_try_to_validate, limits=limits))
    return _yield_reports(paths, work, on_error, progress, total)


def _try_to_validate(path: PathLike, limits: Limits) -> Report | OpedDatasetError:
    try:
        return validate_path(path, limits=limits)
    except OpedDatasetError as error:
        return error


def _yield_reports(
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
