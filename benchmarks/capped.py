"""Copy a corpus line by line under a memory limit that is too small for it, in a process of its own.

Here: the limit, the copy, and its counterpart, which keeps all articles and must fail.
Not here: how memory grows without a limit (`fresh.py`).

    python -m benchmarks.capped FROM TO stream|keep
"""

from __future__ import annotations

import os
import resource
import sys
from pathlib import Path
from typing import Final

from oped_dataset import read_lines, write_lines

ALLOWED: Final = 24_000_000
"""Bytes that may be used beyond the memory that one article took."""

OUT_OF_MEMORY: Final = 3
"""The exit code when the limit is reached."""


def main(source: str, target: str, how: str) -> int:
    """Copy or keep; print the number of articles; return the exit code."""
    # Everything that is imported or built once must exist before the limit is set.
    write_lines([next(read_lines(source))], target)
    pages = int(Path("/proc/self/statm").read_text("utf-8").split()[0])
    limit = pages * os.sysconf("SC_PAGE_SIZE") + ALLOWED
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    articles = read_lines(source)
    try:
        count = len(list(articles)) if how == "keep" else write_lines(articles, target)
    except MemoryError:
        return OUT_OF_MEMORY
    sys.stdout.write(f"{count}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
