"""Files and folders by path: read within a limit, listed, replaced as a whole; the system's errors as the package's.

Here: the access to the file system that reading and writing articles share.
Not here: what stands in the files (`loading.py`, `corpora/lines.py`), files inside the package
(`resources.py`).
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import secrets
import stat
import sys
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
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


PACKED: Final = frozenset(
    f".{each}"
    for each in [
        "7z",
        "br",
        "bz2",
        "gz",
        "gzip",
        "lz",
        "lz4",
        "lzma",
        "lzo",
        "rar",
        "snappy",
        "sz",
        "tar",
        "tbz",
        "tgz",
        "txz",
        "xz",
        "z",
        "zip",
        "zlib",
        "zst",
        "zstd",
    ]
)
"""The endings of the names of packed files and archives, in small letters."""


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

    Of two writers of one path, the one that ends last wins, whole. The new file has the permissions of the one it
    replaces.

    Raises:
        ArticleFileNotFound: There is no such directory.
        ArticleFileError: The file cannot be written, or the file there is neither a regular one nor a link to one; the
            file there is left as it was.
    """
    target = check_replaceable(path)
    with file_errors(path):
        draft = _draft_beside(target)
        stream = open_draft(draft, target, os.O_EXCL)
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
        draft = _draft_beside(target)
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


def replace_in_folder(folder: PathLike, contents: Mapping[str, bytes]) -> tuple[Path, ...]:
    """Put files into a folder, which is made where it is missing, so that it has all of them or is as it was.

    The folder is written anew beside the old one, with hard links to the other files that lie in it, and the two are
    exchanged. Where they cannot be (the working directory lies in the folder, it is another file system, or the system
    has no such call), the files are written beside those they replace, and take their places when all are written.

    Raises:
        ArticleFileError: A name is not safe in a folder, or a file cannot be written.
    """
    place = to_path(folder)
    for name in contents:
        if not is_safe_name(name):
            raise ArticleFileError(f"{place}: {name[:_SHOWN]!r} is not a safe name for a file in a folder")
    if len({unicodedata.normalize("NFC", name).casefold() for name in contents}) < len(contents):
        raise ArticleFileError(f"{place}: two files differ only in case, which some systems take for one name")
    with file_errors(place):
        if place.exists() and not place.is_dir():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))
        place.parent.mkdir(parents=True, exist_ok=True)
        for name in contents:
            check_replaceable(place / name)
        if not (_is_exchangeable(place) and _exchange(place.resolve(), contents)):
            _replace_one_by_one(place, contents)
    return tuple(place / name for name in contents)


_UNSAFE: Final = re.compile(
    # Separators, drives, streams and wildcards of Windows, control characters, and halves of surrogate pairs.
    r'.*[/\\:*?"<>|\x00-\x1f\x7f\ud800-\udfff].*|.*[. ]|'
    # The names of devices, with any ending.
    r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9\u00b9\u00b2\u00b3])(\..*)?",
    re.DOTALL | re.IGNORECASE,
)
LONGEST_NAME: Final = 255
"""So many bytes the name of a file may have."""


def is_safe_name(name: str) -> bool:
    """Whether a file of this name lies directly in its folder, on every system."""
    return bool(name) and not _UNSAFE.fullmatch(name) and len(name.encode("utf-8")) <= LONGEST_NAME


def _is_exchangeable(place: Path) -> bool:
    real = place.resolve()
    # A process whose working directory is exchanged would be left in the old folder.
    return not (os.path.ismount(real) or Path(os.path.realpath(".")).is_relative_to(real))


_NOT_HERE: Final = (errno.EACCES, errno.EPERM, errno.EXDEV, errno.EROFS, errno.EMLINK, errno.ENOTSUP)
"""Errors of a folder whose parent may not be written to, or whose content cannot be linked."""


def _exchange(place: Path, contents: Mapping[str, bytes]) -> bool:
    """Write a folder anew beside the old one and exchange the two; return whether the system can."""
    draft = _draft_beside(place)
    try:
        draft.mkdir()
        for name, content in contents.items():
            with open_draft(draft / name, place / name, os.O_EXCL) as stream:
                stream.write(content)
                sync(stream)
        if not place.exists():
            # Where another process has made it in the meantime, it is exchanged like any other.
            with suppress(OSError):
                draft.rename(place)
                return True
        for each in place.iterdir():
            if each.name not in contents:
                _link_tree(each, draft / each.name)
        keep_mode(place, draft)
        if not swap(draft, place):
            return False
        # The draft is now the old folder. A file that was put there in the meantime belongs in the new one.
        for each in list(draft.iterdir()):
            if each.name not in contents and not _is_same(each, place / each.name):
                each.replace(place / each.name)
        return True
    except OSError as error:
        if error.errno in _NOT_HERE:
            return False
        raise
    finally:
        _remove(draft)


def _link_tree(source: Path, target: Path) -> None:
    if source.is_dir() and not source.is_symlink():
        target.mkdir()
        for each in source.iterdir():
            _link_tree(each, target / each.name)
        keep_mode(source, target)
    else:
        os.link(source, target, follow_symlinks=False)


def _is_same(one: Path, other: Path) -> bool:
    with suppress(FileNotFoundError):
        ours, theirs = one.lstat(), other.lstat()
        # Folders are not linked, but made anew.
        return stat.S_ISDIR(ours.st_mode) or os.path.samestat(ours, theirs)
    return False


def _replace_one_by_one(place: Path, contents: Mapping[str, bytes]) -> None:
    place.mkdir(exist_ok=True)
    with ExitStack() as stack:
        # A full disk is noticed here; the drafts take their places only when the last of them is written.
        for name, content in contents.items():
            stream = stack.enter_context(replacing(place / name))
            stream.write(content)
            sync(stream)


def swap(one: Path, other: Path) -> bool:
    """Exchange two folders in one step, as only the system can; return whether it did."""
    # renameat2(2) of Linux, whose flag 2 is RENAME_EXCHANGE, and renameatx_np(2) of macOS, where it is RENAME_SWAP.
    name, here = {"linux": ("renameat2", -100), "darwin": ("renameatx_np", -2)}.get(sys.platform, ("", 0))
    if not name:
        return False
    # Imported here, because only this needs it, and not every Python has it.
    import ctypes

    call = getattr(ctypes.CDLL(None), name, None)
    return call is not None and call(here, os.fsencode(one), here, os.fsencode(other), 2) == 0


def open_draft(draft: Path, target: Path, flag: int = 0) -> IO[bytes]:
    """Open the draft of a file to write at its end; a link is never followed.

    Args:
        draft: The draft, which is made where it is missing.
        target: The file whose place it is to take; it gets its permissions.
        flag: `os.O_EXCL` where the draft must not be there yet.
    """
    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | flag
    # Not every system has these.
    flags |= sum(getattr(os, each, 0) for each in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY", "O_CLOEXEC"))
    try:
        usual = stat.S_IMODE(target.stat().st_mode)
    except OSError:
        usual = 0o666
    stream = os.fdopen(os.open(draft, flags, usual), "ab")
    keep_mode(target, draft)
    return stream


def keep_mode(target: Path, draft: Path) -> None:
    """Give a draft the permissions and the owner of what it replaces, where something is there."""
    with suppress(OSError):
        found = target.stat()
        # Only the administrator may give a file to its owner, and not every system has owners.
        with suppress(OSError, AttributeError):
            os.chown(draft, found.st_uid, found.st_gid)
        draft.chmod(stat.S_IMODE(found.st_mode))


def kept_draft(target: Path) -> Path:
    """The draft beside a target that outlives an interruption, under a name that is found again."""
    name = f".{target.name}.draft"
    if len(os.fsencode(name)) > LONGEST_NAME:
        name = f".{hashlib.sha256(os.fsencode(target.name)).hexdigest()}.draft"
    return target.with_name(name)


def check_kept(draft: Path, is_kind: Callable[[int], bool] = stat.S_ISREG) -> None:
    """Accept a draft that is not there, or is of this kind and has no other name, so that it is nobody else's.

    Raises:
        ArticleFileError: It is a link, or something else.
    """
    with suppress(FileNotFoundError):
        found = draft.lstat()
        # Folders have several links of their own.
        if not is_kind(found.st_mode) or (found.st_nlink > 1 and not draft.is_dir()):
            raise ArticleFileError(f"{draft} is a link or of another kind, and not an unfinished draft; remove it")


@contextmanager
def holding(draft: Path) -> Iterator[None]:
    """Keep other processes and threads from a draft, a file or a folder, on systems with such locks.

    Raises:
        ArticleFileError: Another one holds it.
    """
    try:
        import fcntl
    except ImportError:
        # On Windows, an open file could not be moved either.
        yield
        return
    # Closing it gives the lock back.
    with ExitStack() as stack:
        held = os.open(draft, os.O_RDONLY | os.O_NOFOLLOW)
        stack.callback(os.close, held)
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise ArticleFileError(f"{draft} is being written to elsewhere; wait until that has ended") from error
        yield


def _draft_beside(target: Path) -> Path:
    # Beside the target, because nothing can be moved to another disk as a whole; with a name that nobody can foresee
    # and that does not grow with that of the target.
    return target.with_name(f".{secrets.token_hex(16)}.draft")


@contextmanager
def _publishing(draft: Path, target: Path) -> Iterator[None]:
    """Put a draft in the place of the target at the end, or remove it after an error."""
    try:
        yield
        draft.replace(target)
    except BaseException:
        _remove(draft)
        raise


def _remove(draft: Path) -> None:
    # Imported here, because it brings all compressions along, and readers need none.
    from shutil import rmtree

    rmtree(draft, ignore_errors=True)
    with suppress(OSError):
        draft.unlink()


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
