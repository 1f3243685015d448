"""The entry point of the command line: `main` runs the requested command, the module of its name.

Here: the streams that a run needs, and the end of a run when they fail.
Not here: the commands and options (`parser.py`), exit codes (`exits.py`), output (`terminal.py`).
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
        argv: The arguments after the program's name; None for those of the process.
    """
    with _usable_streams():
        try:
            try:
                return _run(argv)
            finally:
                # Flush however the run ends, `--help` included: at exit, the interpreter would fail after this function
                # has returned its code.
                print(end="", flush=True)
        except KeyboardInterrupt:
            return INTERRUPTED
        except OSError as error:
            return _report_lost_output(error)


def _run(argv: Sequence[str] | None) -> int:
    try:
        arguments = parser().parse_args(argv)
        code: int = import_module(f"oped_dataset.cli.{arguments.command}").run(arguments)
    except OpedDatasetError as error:
        complain(error)
        return PROBLEMS if isinstance(error, InvalidArticle) else UNUSABLE
    return code


def _report_lost_output(error: OSError) -> int:
    # The interpreter flushes once more at exit, which must not fail again.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    if isinstance(error, BrokenPipeError):
        return PIPE_CLOSED
    complain(ArticleFileError("the output is closed") if error.errno == errno.EBADF else error)
    return UNUSABLE


@contextmanager
def _usable_streams() -> Iterator[None]:
    """Replace, during a run, an output that could lose a part unnoticed, and streams that are closed."""
    given = sys.stdout, sys.stderr
    try:
        with ExitStack() as opened:
            # A stream that was closed before the start is None. A file open for reading only lets a run without output
            # succeed, and fails as soon as something is written.
            sys.stdout = opened.enter_context(_open_null(os.O_RDONLY) if sys.stdout is None else _buffer(sys.stdout))
            if sys.stderr is None:
                sys.stderr = opened.enter_context(_open_null(os.O_WRONLY))
            for stream in (sys.stdout, sys.stderr):
                if isinstance(stream, io.TextIOWrapper):
                    stream.reconfigure(errors="backslashreplace")
            yield
    finally:
        sys.stdout, sys.stderr = given


def _open_null(flags: int) -> TextIO:
    return os.fdopen(os.open(os.devnull, flags), "w", encoding="utf-8")


@contextmanager
def _buffer(output: TextIO) -> Iterator[TextIO]:
    if not isinstance(getattr(output, "buffer", None), io.RawIOBase):
        yield output
        return
    # With PYTHONUNBUFFERED the output is a raw stream: write(2) may accept only a part, and nothing checks how much.
    with os.fdopen(output.fileno(), "w", encoding=output.encoding, closefd=False) as buffered:
        yield buffered
