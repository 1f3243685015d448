"""Files by path: opened, read within a limit, replaced as a whole; what the system says about a path, in our words.

What lives here: the access to the file system that reading and writing articles share.
What does not: what stands in the files (`loading.py`, `corpora/lines.py`), files inside the package
(`resources.py`).
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Final, TypeAlias

from oped_dataset.errors import ArticleFileError, ArticleFileNotFound, OpedDatasetError

PathLike: TypeAlias = str | os.PathLike[str]

_PIECE: Final = 16 * 1024 * 1024
"""So many bytes are read at a time."""

_SHOWN: Final = 1000
"""So much of a path stands in a message; a document given for a path would otherwise stand there as a whole."""


@contextmanager
def file_errors(path: object) -> Iterator[None]:
    """Turn what the system says about a path into our exceptions.

    Args:
        path: What the message names.
    """
    try:
        yield
    except OpedDatasetError:
        raise
    except FileNotFoundError as error:
        raise ArticleFileNotFound(error.errno, error.strerror, str(path)) from error
    except OSError as error:
        raise ArticleFileError(f"{str(path)[:_SHOWN]}: {error.strerror or error}") from error


def read_bytes(path: PathLike, size_limit: int) -> bytes:
    """Read a file, or of one that is longer than the limit one byte more than that.

    Raises:
        ArticleFileNotFound: There is no such file.
        ArticleFileError: It cannot be read.
    """
    with file_errors(path), opened(path, "rb") as stream:
        return read_within(stream, size_limit)


def read_within(stream: IO[bytes], size_limit: int) -> bytes:
    """Read a stream to its end, or of one that is longer than the limit one byte more than that."""
    # One byte more than allowed is enough to see that there is too much.
    pieces, left = [], size_limit + 1
    # In pieces, because a stream makes room for all it is asked for before it reads any.
    while left > 0 and (piece := stream.read(min(left, _PIECE))):
        pieces.append(piece)
        left -= len(piece)
    return b"".join(pieces)


def opened(path: PathLike, mode: str) -> IO[bytes]:
    """Open a file in a binary mode; one that is there must be a regular one.

    Raises:
        ArticleFileError: It is a pipe or a device, or the path is none.
        OSError: What the system says; `file_errors` turns it into an exception of ours.
    """
    there = located(path)
    # A pipe or a device may keep its reader waiting for ever.
    if _is_irregular(there):
        raise ArticleFileError(f"{path} is not a regular file; open it and give the stream or its content")
    stream: IO[bytes] = there.open(mode)
    return stream


def located(path: PathLike) -> Path:
    """Take what was given for a path, whether or not something is there.

    Raises:
        ArticleFileError: It is empty, or holds what the system allows in no path.
    """
    there = Path(path)
    try:
        if not os.fspath(path):
            # It would be the current directory, which nobody asked for.
            raise ValueError("it is empty")
        # What the system says about a path that is one is told where something is done with it.
        with suppress(OSError):
            os.lstat(there)
    except ValueError as error:
        raise ArticleFileError(f"{str(path)[:_SHOWN]!r} cannot be a path: {error}") from error
    return there


def _is_irregular(there: Path) -> bool:
    return there.exists() and not (there.is_file() or there.is_dir())


@contextmanager
def replacing(path: PathLike) -> Iterator[IO[bytes]]:
    """Give a stream whose content takes the place of the file only when all of it is written.

    Raises:
        ArticleFileNotFound: There is no such directory.
        ArticleFileError: The file cannot be written, or what is there is no regular file and no link to one; what stood
            there is left as it was.
    """
    target = replaceable(path)
    with file_errors(path):
        draft = target.with_name(f".{target.name}.{os.getpid()}.draft")
        try:
            with opened(draft, "xb") as stream:
                yield stream
                synced(stream)
            draft.replace(target)
        except BaseException:
            with suppress(OSError):
                draft.unlink()
            raise


def replaceable(path: PathLike) -> Path:
    """Take a path whose file may be replaced, or where none is.

    Raises:
        ArticleFileError: What is there is no regular file and no link to one, or the path is none.
    """
    target = located(path)
    with file_errors(path):
        if target.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        # Who writes to a pipe or a device means what is behind it; a file in its place would reach nobody, and a system
        # whose devices are files works no more.
        if _is_irregular(target) or _is_open_elsewhere(target):
            raise ArticleFileError(f"{path} is not a regular file; open it and write the content to it")
    return target


def _is_open_elsewhere(target: Path) -> bool:
    """Whether it is a link of the system to an open file, as `/dev/stdout` is, wherever the output goes."""
    return target.is_symlink() and target.readlink().is_relative_to("/proc")


def synced(stream: IO[bytes]) -> None:
    """Hand all that was written over to the disk, so that not even a loss of power takes it back."""
    stream.flush()
    os.fsync(stream.fileno())
