"""JSON Lines for libraries that read one document: a loop over the lines of a file, as a user would write it.

Here: the loop; opening a file by its suffix, packed as by `write_lines`; and the check for Zstandard.
Not here: reading a line (the other files here).
"""

from __future__ import annotations

import gzip
import sys
from importlib import import_module

TYPE_CHECKING = False  # The module typing would cost a process that has just begun as much as some contenders do.
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path
    from typing import IO, Any


def read(load: Callable[[bytes], Any], path: Path) -> Iterator[Any]:
    """Read each line with a function."""
    with opened(path, "rb") as stream:
        for line in stream:
            yield load(line)


def write(dump: Callable[[Any], bytes], articles: Iterable[Any], path: Path) -> None:
    """Write each article on a line with a function."""
    with opened(path, "wb") as stream:
        for article in articles:
            stream.write(dump(article))
            stream.write(b"\n")


def opened(path: Path, mode: str) -> IO[bytes]:
    """Open a file, compressed if its suffix says so."""
    stream: Any
    if path.suffix == ".gz":
        stream = gzip.open(path, mode)  # noqa: SIM115 (the caller closes it)
    elif path.suffix == ".zst":
        stream = import_module("compression.zstd" if sys.version_info >= (3, 14) else "backports.zstd").open(path, mode)
    else:
        stream = path.open(mode)
    opened: IO[bytes] = stream
    return opened


def need_zstandard(path: Path) -> None:
    """Raise if a library with an opener of its own cannot open this file.

    Raises:
        Unable: The file is packed with Zstandard, and the library zstandard is not installed.
    """
    from importlib.util import find_spec

    if path.suffix == ".zst" and find_spec("zstandard") is None:
        from benchmarks.contest import Unable

        raise Unable("needs the library zstandard for this, which is not installed")
