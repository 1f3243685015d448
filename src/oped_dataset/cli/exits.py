"""How a command ends: its exit code, and errors on the error stream.

Exit codes:

- 0: all is well; warnings do not count.
- 1: something is wrong with the data: an article breaks rules, or no sentence of it is in the copy.
- 2: wrong usage, something asked for that is not there, or a file that cannot be read or written.
- 3: `lint` has warnings; errors are looked for by `validate`.
- 130: interrupted from the keyboard.
- 141: the output is read by nobody any more.
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
    """Report on the error stream what is wrong, each problem on a line of its own."""
    first, *rest = str(error).split("\n") if isinstance(error, InvalidArticle) else [str(error)]
    rest += getattr(error, "__notes__", [])
    # Where nobody reads the error stream, the exit code still tells.
    with suppress(OSError):
        print(f"oped-dataset: {printable(first)}", *map(printable, rest), sep="\n", file=sys.stderr)
