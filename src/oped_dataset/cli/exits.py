"""The end of a command: its exit code, and errors on the error stream.

Exit codes:

- 0: all is well; warnings do not count.
- 1: the data has problems: an article breaks rules, or the copy contains none of its sentences.
- 2: wrong usage, a name that does not exist, or a file that cannot be read or written.
- 3: `lint` has warnings; it does not look for problems, which `validate` reports.
- 130: interrupted from the keyboard.
- 141: the reader of the output closed it, as in `| head` (128 and the number of SIGPIPE).
"""

from __future__ import annotations

import sys
from contextlib import suppress
from typing import Final

from oped_dataset.errors import InvalidArticle
from oped_dataset.messages import printable

OK: Final = 0
PROBLEMS: Final = 1
UNUSABLE: Final = 2
WARNINGS: Final = 3
INTERRUPTED: Final = 130
PIPE_CLOSED: Final = 141


def complain(error: Exception | str) -> None:
    """Report an error on the error stream, each problem on a line of its own."""
    first, *rest = str(error).split("\n") if isinstance(error, InvalidArticle) else [str(error)]
    rest += getattr(error, "__notes__", [])
    # If nobody reads the error stream, the exit code still reports the failure.
    with suppress(OSError):
        print(f"oped-dataset: {printable(first)}", *map(printable, rest), sep="\n", file=sys.stderr)
