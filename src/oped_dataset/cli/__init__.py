"""The command line: what was asked, how it is answered, and with what exit code.

What lives here: `main` and the exit codes.
What does not: the commands there are (`arguments.py`), their work (`looking.py`, `judging.py`, `writing.py`), and how
it is shown (`terminal.py`). Nothing here decides anything about the data.

Exit codes:

- 0: all is well; warnings do not count.
- 1: something is wrong with the data: an article breaks rules, or no sentence of it is in the copy.
- 2: wrong usage, something asked for that is not there, or a file that cannot be read or written.
- 130: interrupted from the keyboard.
- 141: the output is read by nobody any more.

Nothing from a document reaches the terminal as a control character, as a mark that reorders a line, or as markup.
What a command does not need is not imported for it, so that `--help` and completion are there at once.
"""

from __future__ import annotations

import errno
import io
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from importlib import import_module
from typing import Final, TextIO

from oped_dataset.cli.arguments import parser
from oped_dataset.errors import ArticleFileError, InvalidArticle, OpedDatasetError
from oped_dataset.messages import printable

OK: Final = 0
PROBLEMS: Final = 1
UNUSABLE: Final = 2
INTERRUPTED: Final = 130
PIPE_CLOSED: Final = 141


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
        run = getattr(import_module(f"oped_dataset.cli.{arguments.home}"), arguments.does)
        code: int = run(arguments)
    except OpedDatasetError as error:
        complain(error)
        return PROBLEMS if isinstance(error, InvalidArticle) else UNUSABLE
    return code


def complain(error: Exception) -> None:
    """Tell on the error stream what is wrong, each problem on a line of its own."""
    first, *rest = str(error).split("\n") if isinstance(error, InvalidArticle) else [str(error)]
    # Where nobody reads the error stream, the exit code still tells.
    with suppress(OSError):
        print(f"oped-dataset: {printable(first)}", *map(printable, rest), sep="\n", file=sys.stderr)


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
