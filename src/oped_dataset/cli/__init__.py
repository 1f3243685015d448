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

import io
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Final

from oped_dataset.cli.arguments import parser
from oped_dataset.errors import InvalidArticle, OpedDatasetError, printable

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
    _never_fail_to_encode()
    try:
        arguments = parser().parse_args(argv)
        run = getattr(import_module(f"oped_dataset.cli.{arguments.home}"), arguments.does)
        code: int = run(arguments)
        print(end="", flush=True)
    except KeyboardInterrupt:
        return INTERRUPTED
    except OpedDatasetError as error:
        complain(error)
        return PROBLEMS if isinstance(error, InvalidArticle) else UNUSABLE
    except OSError as error:
        return _output_lost(error)
    return code


def complain(error: Exception) -> None:
    """Tell on the error stream what is wrong, each problem on a line of its own."""
    first, *rest = str(error).split("\n") if isinstance(error, InvalidArticle) else [str(error)]
    print(f"oped-dataset: {printable(first)}", *map(printable, rest), sep="\n", file=sys.stderr)


def _output_lost(error: OSError) -> int:
    # The interpreter flushes once more on its way out, which must not fail again.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    if isinstance(error, BrokenPipeError):
        return PIPE_CLOSED
    complain(error)
    return UNUSABLE


def _never_fail_to_encode() -> None:
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
