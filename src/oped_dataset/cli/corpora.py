"""Corpora on the command line: recognising their paths, and the processes that work on them.

Here: the parts that `validate`, `score`, `list` and `export` share.
Not here: single articles (`asked.py`), the progress of long work (`terminal.py`).
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from oped_dataset import library
from oped_dataset.arguments import whole_number
from oped_dataset.corpora.engines import Engine, on_cores
from oped_dataset.corpora.pieces import ENDINGS
from oped_dataset.errors import InvalidRecord


def is_corpus(wanted: str) -> bool:
    """Whether this is a directory or a file name of a corpus, and not the name of an article."""
    return wanted not in library.names() and (wanted.endswith(ENDINGS) or Path(wanted).is_dir())


def engine(jobs: int) -> Engine:
    """Return an engine that works in this process, or in this many others."""
    return map if jobs == 1 else on_cores(jobs)


def check_start(arguments: Namespace, paths: Sequence[str]) -> None:
    """Reject `--start` unless there is a single corpus.

    Raises:
        InvalidRecord: It is negative, or the paths are not exactly one corpus.
    """
    whole_number("--start", arguments.start, 0)
    if arguments.start and not (len(paths) == 1 and is_corpus(paths[0])):
        raise InvalidRecord("--start: skips the first articles of a corpus; give one corpus and no other path")


def go_on(done: int) -> str:
    """Say how to go on after this many articles."""
    return f"go on with --start {done}"
