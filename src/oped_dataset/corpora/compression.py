"""Which compressions a file may have, by the end of its name: none, gzip (`.gz`) and Zstandard (`.zst`).

What lives here: a stream over another that packs or unpacks, and what a damaged stream raises.
What does not: what stands in the files (`lines.py`).

Files of several members (gzip) or frames (Zstandard), put one after the other, are read as one.
"""

from __future__ import annotations

import gzip
import os
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, Final, cast

from oped_dataset.extras import need
from oped_dataset.filesystem import PathLike

_ZSTD: Final = "compression.zstd" if sys.version_info >= (3, 14) else "backports.zstd"


def is_compressed(path: PathLike) -> bool:
    """Whether a file of this name is compressed."""
    return Path(path).suffix in (".gz", ".zst")


def unpack(raw: IO[bytes], path: PathLike) -> IO[bytes]:
    """Give a stream of the unpacked bytes of a file; closing it leaves the file open.

    Args:
        raw: The open file.
        path: Its name, of which the end tells the compression.

    Raises:
        MissingExtra: It is Zstandard, and this Python cannot read it without the extra `zstd`.
        EOFError: A compressed file is empty.
    """
    if not is_compressed(path):
        return raw
    is_gzip = Path(path).suffix == ".gz"
    stream: Any = gzip.GzipFile(fileobj=raw, mode="rb") if is_gzip else _zstd().ZstdFile(raw, "rb")
    # The module gzip takes an empty file for an empty stream, which RFC 1952 does not know: a file has members, and
    # each begins with a header. Such a file was cut short at its beginning.
    if os.fstat(raw.fileno()).st_size == 0:
        raise EOFError("the compressed file is empty")
    return cast(IO[bytes], stream)


@contextmanager
def packing(raw: IO[bytes], path: PathLike) -> Iterator[IO[bytes]]:
    """Give a stream that packs what is written to it into a file, which stays open.

    The packed bytes depend on nothing but what is written and the version of the library that packs.

    Args:
        raw: The open file.
        path: The name it is to have, of which the end tells the compression.

    Raises:
        MissingExtra: It is Zstandard, and this Python cannot write it without the extra `zstd`.
    """
    if not is_compressed(path):
        yield raw
        return
    if Path(path).suffix == ".gz":
        # Without a name and a time in it the compressed file is the same on every day.
        stream: Any = gzip.GzipFile(filename="", mode="wb", fileobj=raw, mtime=0)
    else:
        # With a checksum, as the program zstd writes it; the library leaves it out unless asked.
        stream = _zstd().ZstdFile(raw, "wb", options={_zstd().CompressionParameter.checksum_flag: 1})
    with stream:
        yield stream


def damage() -> tuple[type[Exception], ...]:
    """What reading a damaged stream may raise, whoever opened it."""
    # Where the library is not loaded, no stream of it can be at hand.
    zstd: Any = sys.modules.get(_ZSTD)
    return (OSError, EOFError, zlib.error, *([zstd.ZstdError] if zstd is not None else []))


def _zstd() -> Any:
    return need(_ZSTD, "zstd")
