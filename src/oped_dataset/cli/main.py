"""The command line: `main`, which runs the command that is asked for (the file of its name) and gives its exit code.

Here: the streams a run needs, and how it ends when they fail.
Not here: the commands and options there are (`parser.py`), exit codes (`exits.py`), output (`terminal.py`).
"""

from __future__ import annotations

import errno
import io
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from importlib import import_module
from typing import TextIO

from oped_dataset.cli.exits import INTERRUPTED, PIPE_CLOSED, PROBLEMS, UNUSABLE, complain
from oped_dataset.cli.parser import parser
from oped_dataset.errors import ArticleFileError, InvalidArticle, OpedDatasetError


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code.

    Args:
        argv: The arguments after the program's name; those of the process when None.
    """
    with _usable_streams():
        try:
            try:
                return _answer(argv)
            finally:
                # However the run ends, with `--help` too: what is lost only when the process ends is lost unseen.
                print(end="", flush=True)
        except KeyboardInterrupt:
            return INTERRUPTED
        except OSError as error:
            return _output_lost(error)


def _answer(argv: Sequence[str] | None) -> int:
    try:
        arguments = parser().parse_args(argv)
        code: int = import_module(f"oped_dataset.cli.{arguments.command}").run(arguments)
    except OpedDatasetError as error:
        complain(error)
        return PROBLEMS if isinstance(error, InvalidArticle) else UNUSABLE
    return code


def _output_lost(error: OSError) -> int:
    # The interpreter flushes once more on its way out, which must not fail again.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    if isinstance(error, BrokenPipeError):
        return PIPE_CLOSED
    complain(ArticleFileError("the output is closed") if error.errno == errno.EBADF else error)
    return UNUSABLE


@contextmanager
def _usable_streams() -> Iterator[None]:
    """For the time of a run, give an output that takes all or says that it cannot, and some error stream."""
    given = sys.stdout, sys.stderr
    with ExitStack() as opened:
        opened.callback(_put_back, *given)
        # A stream that was closed before the start is None.
        sys.stdout = opened.enter_context(_nowhere(os.O_RDONLY) if sys.stdout is None else _buffered(sys.stdout))
        if sys.stderr is None:
            sys.stderr = opened.enter_context(_nowhere(os.O_WRONLY))
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(errors="backslashreplace")
        yield


def _put_back(output: TextIO, errors: TextIO) -> None:
    sys.stdout, sys.stderr = output, errors


def _nowhere(flags: int) -> TextIO:
    # What is open for reading only lets a run without output pass, and fails where something is written.
    return os.fdopen(os.open(os.devnull, flags), "w", encoding="utf-8")


@contextmanager
def _buffered(output: TextIO) -> Iterator[TextIO]:
    if not isinstance(getattr(output, "buffer", None), io.RawIOBase):
        yield output
        return
    # With PYTHONUNBUFFERED the system may take a part of what is written, and nothing would look at how much it took.
    with os.fdopen(output.fileno(), "w", encoding=output.encoding, closefd=False) as buffered:
        yield buffered
