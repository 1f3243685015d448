"""Files and folders by path: read within a limit, listed, replaced as a whole; the system's errors as the package's.

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
from typing import IO, Final, NoReturn, TypeAlias, cast

from oped_dataset.errors import ArticleFileError, ArticleFileNotFound, OpedDatasetError
from oped_dataset.messages import quoted

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


# Reading.


def read_bytes(path: PathLike, size_limit: int) -> bytes:
    """Read a file, or of one that is longer than the limit one byte more than that.

    Raises:
        ArticleFileNotFound: There is no such file.
        ArticleFileError: It cannot be read.
    """
    with file_errors(path), open_regular(path, "rb") as stream:
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


def open_regular(path: PathLike, mode: str) -> IO[bytes]:
    """Open a file in a binary mode; one that is there must be a regular one.

    Raises:
        ArticleFileError: It is a pipe or a device, or the path is none.
        OSError: What the system says; `file_errors` turns it into an exception of ours.
    """
    there = to_path(path)
    # A pipe or a device may keep its reader waiting for ever.
    if _is_irregular(there):
        raise ArticleFileError(f"{path} is not a regular file; open it and give the stream or its content")
    return cast(IO[bytes], there.open(mode))


def to_path(path: PathLike) -> Path:
    """Take what was given for a path, whether or not something is there.

    Raises:
        ArticleFileError: It is empty, or holds what the system allows in no path.
    """
    there = Path(path)
    try:
        if not os.fspath(path):
            # It would be the current directory, which nobody asked for.
            raise ValueError("it is empty")
        # Nothing is done with the file yet: that it is missing or closed is reported where something is.
        with suppress(OSError):
            os.lstat(there)
    except ValueError as error:
        raise ArticleFileError(f"{quoted(str(path))} cannot be a path: {error}") from error
    return there


def _is_irregular(there: Path) -> bool:
    return there.exists() and not (there.is_file() or there.is_dir())


# Folders.


def find_files(source: PathLike, endings: tuple[str, ...]) -> list[Path]:
    """A file alone, or the files in and below a folder whose names have an ending, in the order of their names.

    Raises:
        ArticleFileNotFound: There is no such file or folder.
        ArticleFileError: A folder holds none of these, or one in it cannot be listed.
    """
    path = to_path(source)
    with file_errors(path):
        path.stat()
    if not path.is_dir():
        return [path]
    found = sorted((each for each in walk(path) if each.name.endswith(endings)), key=lambda each: each.parts)
    if not found:
        raise ArticleFileError(f"{path} holds no file that ends in {' or '.join(endings)}")
    return found


def walk(folder: Path) -> Iterator[Path]:
    """All that lies in a folder and the folders in it, except what begins with a dot or an underscore.

    Raises:
        ArticleFileError: A folder cannot be listed.
    """

    def refuse(error: OSError) -> NoReturn:
        # To go on would be to read a part of the corpus for the whole.
        raise ArticleFileError(f"{error.filename}: {error.strerror}") from error

    for place, folders, files in os.walk(folder, onerror=refuse):
        # What is taken out here is not walked into.
        folders[:] = [name for name in folders if not name.startswith((".", "_"))]
        yield from (Path(place, name) for name in (*folders, *files) if not name.startswith((".", "_")))


# Writing.


@contextmanager
def replacing(path: PathLike) -> Iterator[IO[bytes]]:
    """Give a stream whose content takes the place of the file only when all of it is written.

    Raises:
        ArticleFileNotFound: There is no such directory.
        ArticleFileError: The file cannot be written, or what is there is no regular file and no link to one; what stood
            there is left as it was.
    """
    target = check_replaceable(path)
    with file_errors(path):
        draft = _draft_of(target)
        stream = open_regular(draft, "xb")
        with _publishing(draft, target), stream:
            yield stream
            sync(stream)


@contextmanager
def creating(path: PathLike) -> Iterator[Path]:
    """Give a folder that is found at the path only when all files in it are written.

    Raises:
        ArticleFileNotFound: There is no such directory for it to be in.
        ArticleFileError: It cannot be written, or something is there already.
    """
    target = to_path(path)
    with file_errors(path):
        check_free(target)
        draft = _draft_of(target)
        draft.mkdir()
        with _publishing(draft, target):
            yield draft


def check_free(target: Path) -> None:
    """Refuse a path for a new folder where something is already.

    Raises:
        ArticleFileError: Something is there.
    """
    if target.exists():
        raise ArticleFileError(f"{target} is there already; remove it, or write to another folder")


def _draft_of(target: Path) -> Path:
    # Beside the target, because nothing can be moved to another disk as a whole.
    return target.with_name(f".{target.name}.{os.getpid()}.draft")


@contextmanager
def _publishing(draft: Path, target: Path) -> Iterator[None]:
    """Put a draft in the place of the target at the end, or remove it after an error."""
    try:
        yield
        draft.replace(target)
    except BaseException:
        # Imported here, because it brings all compressions along, and readers need none.
        from shutil import rmtree

        rmtree(draft, ignore_errors=True)
        with suppress(OSError):
            draft.unlink()
        raise


def check_replaceable(path: PathLike) -> Path:
    """Take a path whose file may be replaced, or where none is.

    Raises:
        ArticleFileError: What is there is no regular file and no link to one, or the path is none.
    """
    target = to_path(path)
    with file_errors(path):
        if target.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        # The system's own links to open files lead here, as /dev/stdout does, wherever the output goes.
        is_open_elsewhere = target.is_symlink() and target.readlink().is_relative_to("/proc")
        # Whoever writes to a pipe or a device means the program behind it; a file in its place would reach nobody, and
        # a system whose devices are files no longer works.
        if _is_irregular(target) or is_open_elsewhere:
            raise ArticleFileError(f"{path} is not a regular file; open it and write the content to it")
    return target


def sync(stream: IO[bytes]) -> None:
    """Hand all that was written over to the disk, so that not even a loss of power takes it back."""
    stream.flush()
    os.fsync(stream.fileno())
