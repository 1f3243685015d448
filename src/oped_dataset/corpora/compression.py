"""Compression of files, chosen by the ending of the name: none, gzip (`.gz`) or Zstandard (`.zst`).

Here: a stream that compresses or decompresses another one, the frames of a compressed file, and the exceptions that a
damaged stream raises.
Not here: the lines in the files (`lines.py`).

Both formats allow a sequence of frames (in gzip: members), which readers treat as one file. The package ends a frame
with the line that brings it to four megabytes, and marks it with its sizes and its number of lines where other readers
skip the mark: in an extra field of a gzip member (RFC 1952 section 2.3.1.1), in a skippable frame of Zstandard (RFC
8878 section 3.1.2). So a reader reaches the middle of a file without decompressing the part before it. In Zstandard,
the mark follows its frame, because some readers detect the format by the first bytes of a file.
"""

from __future__ import annotations

import gzip
import os
import struct
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, Final, NamedTuple, cast

from oped_dataset.errors import ArticleFileError
from oped_dataset.extras import need
from oped_dataset.filesystem import PACKED, PathLike

_ZSTD: Final = "compression.zstd" if sys.version_info >= (3, 14) else "backports.zstd"

_OURS: Final = (".gz", ".zst")

_FRAME: Final = 4 << 20
"""A frame ends with the line that brings it to this number of uncompressed bytes."""

_MARK: Final = struct.Struct("<QQQ")
"""The mark of a frame: its compressed size, its uncompressed size and its number of lines."""

_FIELD: Final = struct.pack("<2sH", b"OD", _MARK.size)
# RFC 1952 section 2.3: deflate with an extra field. Without name and time, the bytes are the same on every day and
# system.
_GZIP: Final = struct.pack("<4BIBBH", 0x1F, 0x8B, 8, 4, 0, 0, 255, len(_FIELD) + _MARK.size) + _FIELD
_SKIPPABLE: Final = struct.pack("<II4s", 0x184D2A5D, 4 + _MARK.size, b"OPED")


class Place(NamedTuple):
    """A boundary between two frames.

    Attributes:
        lines: The number of lines before it.
        offset: The number of bytes before it in the uncompressed file.
        packed: The number of bytes before it in the file.
    """

    lines: int
    offset: int
    packed: int


def is_compressed(path: PathLike) -> bool:
    """Whether a file of this name is compressed.

    Raises:
        ArticleFileError: The ending denotes another compression or Parquet, or is written in capitals.
    """
    suffix = Path(path).suffix
    if suffix.lower() in PACKED and suffix not in _OURS:
        raise ArticleFileError(
            f"{path}: files are compressed with gzip (.gz) or Zstandard (.zst), not as {suffix}; choose another name"
        )
    if suffix.lower() == ".parquet":
        raise ArticleFileError(f"{path}: is named as Parquet, not JSON Lines; use read_parquet or write_parquet")
    return suffix in _OURS


def unpack(raw: IO[bytes], path: PathLike) -> IO[bytes]:
    """Return a stream of the uncompressed bytes of a file; closing it leaves the file open.

    Args:
        raw: The open file.
        path: Its name, whose ending determines the compression.

    Raises:
        MissingExtra: The file is compressed with Zstandard, and this Python cannot read it without the extra `zstd`.
        EOFError: A compressed file is empty.
    """
    if not is_compressed(path):
        return raw
    is_gzip = Path(path).suffix == ".gz"
    stream: Any = gzip.GzipFile(fileobj=raw, mode="rb") if is_gzip else _zstd().ZstdFile(raw, "rb")
    # The module gzip accepts an empty file. RFC 1952 section 2.2 defines a file as a series of members, each with a
    # header, so an empty file is a truncated one.
    if os.fstat(raw.fileno()).st_size == 0:
        raise EOFError("the compressed file is empty")
    return cast(IO[bytes], stream)


def places(raw: IO[bytes], path: PathLike) -> list[Place]:
    """List the beginnings of the frames of a file, and its end; empty unless all frames have the package's marks.

    Nothing is decompressed: the marks are trusted here, and checked when the lines are read.

    Args:
        raw: The open file; it is left at its beginning.
        path: Its name, whose ending determines the compression.
    """
    size = os.fstat(raw.fileno()).st_size
    is_gzip = Path(path).suffix == ".gz"
    marks = (_read_gzip_marks(raw, size) if is_gzip else _read_zstd_marks(raw, size)) if is_compressed(path) else []
    raw.seek(0)
    found = [Place(0, 0, 0)] if marks else []
    for packed, unpacked, lines in marks:
        last = found[-1]
        found.append(Place(last.lines + lines, last.offset + unpacked, last.packed + packed))
    return found


def _read_gzip_marks(raw: IO[bytes], size: int) -> list[tuple[int, int, int]]:
    found, at = list[tuple[int, int, int]](), 0
    while at < size:
        mark = _mark_at(raw, at, _GZIP)
        # A size smaller than the header would make this loop endless.
        if mark is None or mark[0] <= len(_GZIP):
            return []
        found.append(mark)
        at += mark[0]
    return found if at == size else []


def _read_zstd_marks(raw: IO[bytes], size: int) -> list[tuple[int, int, int]]:
    found, at, length = list[tuple[int, int, int]](), size, len(_SKIPPABLE) + _MARK.size
    while at > 0:
        mark = _mark_at(raw, at - length, _SKIPPABLE) if at >= length else None
        if mark is None:
            return []
        packed, unpacked, lines = mark
        found.append((packed + length, unpacked, lines))
        at -= packed + length
    return found[::-1] if at == 0 else []


def _mark_at(raw: IO[bytes], at: int, head: bytes) -> tuple[int, int, int] | None:
    raw.seek(at)
    found = raw.read(len(head) + _MARK.size)
    if not found.startswith(head) or len(found) < len(head) + _MARK.size:
        return None
    packed, unpacked, lines = _MARK.unpack_from(found, len(head))
    return packed, unpacked, lines


@contextmanager
def packing(raw: IO[bytes], path: PathLike) -> Iterator[IO[bytes]]:
    """Open a stream that compresses each line written to it into a file, which stays open.

    The compressed bytes depend only on the lines and the version of the compression library.

    Args:
        raw: The open file.
        path: Its future name, whose ending determines the compression.

    Raises:
        MissingExtra: The ending is `.zst`, and this Python cannot write Zstandard without the extra `zstd`.
    """
    if not is_compressed(path):
        yield raw
        return
    frames = (_GzipFrames if Path(path).suffix == ".gz" else _ZstdFrames)(raw)
    yield cast(IO[bytes], frames)
    # A file without lines is one frame without lines.
    if frames.lines or not raw.tell():
        frames.end()


class _GzipFrames:
    """Compresses lines to gzip members."""

    def __init__(self, raw: IO[bytes]) -> None:
        self.raw = raw
        self.begin()

    def begin(self) -> None:
        self.lines = self.size = self.sum = 0
        self.packer = self.new_packer()
        self.packed = list[bytes]()

    def write(self, line: bytes) -> None:
        self.packed.append(self.packer.compress(line))
        self.lines += 1
        self.size += len(line)
        self.sum = zlib.crc32(line, self.sum)
        if self.size >= _FRAME:
            self.end()

    def end(self) -> None:
        self.packed.append(self.packer.flush())
        self.put(b"".join(self.packed))
        self.begin()

    def new_packer(self) -> Any:
        # The default level of the program gzip; the highest takes three times as long and saves a few percent.
        return zlib.compressobj(6, wbits=-zlib.MAX_WBITS)

    def put(self, body: bytes) -> None:
        tail = struct.pack("<II", self.sum, self.size & 0xFFFFFFFF)
        length = len(_GZIP) + _MARK.size + len(body) + len(tail)
        self.raw.write(_GZIP + _MARK.pack(length, self.size, self.lines) + body + tail)


class _ZstdFrames(_GzipFrames):
    """Compresses lines to Zstandard frames."""

    def new_packer(self) -> Any:
        # With a checksum (RFC 8878 section 3.1.1), like the program zstd; by default, the library omits it.
        return _zstd().ZstdCompressor(options={_zstd().CompressionParameter.checksum_flag: 1})

    def put(self, body: bytes) -> None:
        self.raw.write(body + _SKIPPABLE + _MARK.pack(len(body), self.size, self.lines))


def damage() -> tuple[type[Exception], ...]:
    """List the exceptions that reading a damaged stream may raise."""
    # If the library is not loaded, no stream is one of its own.
    zstd: Any = sys.modules.get(_ZSTD)
    return (OSError, EOFError, zlib.error, *([zstd.ZstdError] if zstd is not None else []))


def _zstd() -> Any:
    return need(_ZSTD, "zstd")
