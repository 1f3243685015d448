"""Corpora on the command line: which paths are some, and the processes that work on them.

Here: what `validate`, `score`, `list` and `export` share.
Not here: articles alone (`asked.py`), the progress of long work (`terminal.py`).
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
    """Whether this is a folder or has the name of a file of a corpus, and is not the name of an article."""
    return wanted not in library.names() and (wanted.endswith(ENDINGS) or Path(wanted).is_dir())


def engine(jobs: int) -> Engine:
    """This process, or so many others."""
    return map if jobs == 1 else on_cores(jobs)


def check_start(arguments: Namespace, paths: Sequence[str]) -> None:
    """Refuse `--start` where it does not mean the articles of one corpus.

    Raises:
        InvalidRecord: It is out of bounds, or there is not one corpus and nothing else.
    """
    whole_number("--start", arguments.start, 0)
    if arguments.start and not (len(paths) == 1 and is_corpus(paths[0])):
        raise InvalidRecord("--start: passes over articles of a corpus; give one corpus, and nothing else")


def go_on(done: int) -> str:
    """How to go on after so many articles."""
    return f"go on with --start {done}"
