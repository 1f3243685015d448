"""Files and directories by path: reading within a limit, listing, replacing as a whole.

Here: the access to the file system that reading and writing articles share; the system's errors become the package's.
Not here: the content of the files (`loading.py`, `corpora/lines.py`), files inside the package (`resources.py`).
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
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path, PurePosixPath
from typing import IO, Final, NoReturn, TypeAlias, cast

from oped_dataset.errors import ArticleFileError, ArticleFileNotFound, OpedDatasetError
from oped_dataset.messages import quoted

PathLike: TypeAlias = str | os.PathLike[str]

_PIECE: Final = 16 * 1024 * 1024
"""The maximum number of bytes of one read."""

_SHOWN: Final = 1000
"""The maximum length of a path in a message, because somebody may pass a whole document as the path."""


@contextmanager
def file_errors(path: object) -> Iterator[None]:
    """Raise the package's exceptions for the system's errors.

    Args:
        path: The path that the message names.
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
"""The suffixes of compressed files and archives, in lower case."""


# Reading.


def read_bytes(path: PathLike, size_limit: int) -> bytes:
    """Read a file, but at most one byte beyond the limit.

    Raises:
        ArticleFileNotFound: The file does not exist.
        ArticleFileError: The file cannot be read.
    """
    with file_errors(path), open_regular(path, "rb") as stream:
        return read_within(stream, size_limit)


def read_within(stream: IO[bytes], size_limit: int) -> bytes:
    """Read a stream to its end, but at most one byte beyond the limit."""
    # One extra byte shows the caller that the limit is exceeded.
    pieces, left = [], size_limit + 1
    # It is read in pieces, because `read(n)` allocates n bytes before it reads any.
    while left > 0 and (piece := stream.read(min(left, _PIECE))):
        pieces.append(piece)
        left -= len(piece)
    return b"".join(pieces)


def open_regular(path: PathLike, mode: str) -> IO[bytes]:
    """Open a file in a binary mode; a file that exists must be a regular one.

    Raises:
        ArticleFileError: The file is a pipe or a device, or the path is not valid.
        OSError: The system cannot open the file; `file_errors` turns this into an exception of the package.
    """
    there = to_path(path)
    # A pipe or a device can block its reader permanently.
    if _is_irregular(there):
        raise ArticleFileError(f"{path} is not a regular file; open it and pass the stream or its content")
    return cast(IO[bytes], there.open(mode))


def to_path(path: PathLike) -> Path:
    """Convert an argument to a `Path`, whether or not the path exists.

    Raises:
        ArticleFileError: The path is empty, or contains a character that the system allows in no path.
    """
    there = Path(path)
    try:
        if not os.fspath(path):
            # `Path("")` is the current directory, which the caller did not ask for.
            raise ValueError("it is empty")
        # Only an invalid path is reported here; a missing or unreadable file is reported where it is opened.
        with suppress(OSError):
            os.lstat(there)
    except ValueError as error:
        raise ArticleFileError(f"{quoted(str(path))} cannot be a path: {error}") from error
    return there


def _is_irregular(there: Path) -> bool:
    return there.exists() and not (there.is_file() or there.is_dir())


# Directories.


def find_files(source: PathLike, endings: tuple[str, ...]) -> list[Path]:
    """Find the files in and below a directory whose names have one of the endings, sorted; a file is returned alone.

    Raises:
        ArticleFileNotFound: The path does not exist.
        ArticleFileError: The directory contains no such file, or a directory in it cannot be listed.
    """
    path = to_path(source)
    with file_errors(path):
        path.stat()
    if not path.is_dir():
        return [path]
    found = sorted((each for each in walk(path) if each.name.endswith(endings)), key=lambda each: each.parts)
    if not found:
        raise ArticleFileError(
            f"{path} contains no file that ends in {' or '.join(endings)}; give files of single articles by their names"
        )
    return found


def walk(directory: Path) -> Iterator[Path]:
    """Yield the files and directories below a directory, except those whose names begin with a dot or an underscore.

    Raises:
        ArticleFileError: A directory cannot be listed.
    """

    def reject(error: OSError) -> NoReturn:
        # `os.walk` skips the directory by default, and a part of the corpus would pass for the whole.
        raise ArticleFileError(f"{error.filename}: {error.strerror}") from error

    for place, directories, files in os.walk(directory, onerror=reject):
        # `os.walk` does not enter directories that are removed from this list.
        directories[:] = [name for name in directories if not name.startswith((".", "_"))]
        yield from (Path(place, name) for name in (*directories, *files) if not name.startswith((".", "_")))


# Writing.


@contextmanager
def replacing(path: PathLike, *, is_packed: bool = False) -> Iterator[IO[bytes]]:
    """Open a stream whose content replaces the file when the block ends without an exception.

    If two writers replace one path, the content of the last one remains, complete. The new file gets the permissions of
    the old one.

    Args:
        path: The file.
        is_packed: Whether the content will be compressed as the name says.

    Raises:
        ArticleFileNotFound: The directory does not exist.
        ArticleFileError: The file cannot be written, or is neither a regular file nor a link to one; it stays
            unchanged. Or its name is that of a compressed file.
    """
    target = check_replaceable(path)
    if not is_packed and target.suffix.lower() in PACKED:
        raise ArticleFileError(f"{path}: this file would not be compressed; choose another name")
    with file_errors(path), _drafting(target) as draft, open_draft(draft, target, os.O_EXCL) as stream:
        yield stream
        sync(stream)


@contextmanager
def creating(path: PathLike) -> Iterator[Path]:
    """Make a directory that appears at the path when the block ends without an exception.

    Raises:
        ArticleFileNotFound: The parent directory does not exist.
        ArticleFileError: The directory cannot be written, or the path already exists.
    """
    target = to_path(path)
    with file_errors(path):
        check_free(target)
        with _drafting(target) as draft:
            draft.mkdir()
            yield draft


def check_free(target: Path) -> None:
    """Reject a path that exists where a new directory is wanted.

    Raises:
        ArticleFileError: The path exists.
    """
    if os.path.lexists(target):
        raise ArticleFileError(f"{target} already exists; remove it, or write to another directory")


def replace_in_folder(folder: PathLike, contents: Mapping[str, bytes], *, nested: bool = False) -> tuple[Path, ...]:
    """Write several files into a directory, all of them or none; a missing directory is made.

    A new directory is written beside the old one, with hard links to the other files, and the two are exchanged. Where
    this is not possible (the old one contains the working directory or is a mount point, or the system has no such
    call), each file is written beside the one that it replaces, and all of them are moved at the end; if a move fails,
    the earlier ones are undone.

    Args:
        folder: The directory.
        contents: The contents of the files by name.
        nested: Whether names are relative paths with slashes.

    Raises:
        ArticleFileError: A name is not safe, or a file cannot be written.
    """
    place = to_path(folder)
    for name in contents:
        if not all(map(is_safe_name, name.split("/") if nested else [name])):
            raise ArticleFileError(f"{place}: {name[:_SHOWN]!r} is not a safe name for a file in a directory")
    if len({unicodedata.normalize("NFC", name).casefold() for name in contents}) < len(contents):
        raise ArticleFileError(f"{place}: two files differ only in case, which some systems take for one name")
    targets = {place / name: content for name, content in contents.items()}
    with file_errors(place):
        if place.exists() and not place.is_dir():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))
        for target in targets:
            check_replaceable(target)
        real = Path(os.path.realpath(place))
        with _making(real.parent):
            if not (_is_exchangeable(real, contents) and _exchange(real, contents)):
                _replace_one_by_one(targets)
    return tuple(targets)


_UNSAFE: Final = re.compile(
    # Windows reserves separators, drives, streams and wildcards. Control characters and lone surrogates are not safe
    # anywhere. Windows removes a final dot or space.
    r'.*[/\\:*?"<>|\x00-\x1f\x7f\ud800-\udfff].*|.*[. ]|'
    # Windows reserves the names of devices, with any suffix.
    r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9\u00b9\u00b2\u00b3])(\..*)?",
    re.DOTALL | re.IGNORECASE,
)
LONGEST_NAME: Final = 255
"""The maximum length of the name of a file, in bytes (NAME_MAX of common file systems)."""


def is_safe_name(name: str) -> bool:
    """Whether every system keeps a file of this name directly in its directory."""
    return bool(name) and not _UNSAFE.fullmatch(name) and len(name.encode("utf-8")) <= LONGEST_NAME


def _is_exchangeable(place: Path, names: Iterable[str]) -> bool:
    directories = {place / each for name in names for each in PurePosixPath(name).parents}
    # A new directory would hide the files behind a link to a directory.
    if os.path.ismount(place) or any(os.path.lexists(each) and not _is_directory(each) for each in directories):
        return False
    # The working directory may have been removed. A process whose working directory is exchanged stays in the old one.
    with suppress(FileNotFoundError):
        return not Path(os.path.realpath(".")).is_relative_to(place)
    return True


_NOT_HERE: Final = (
    errno.EACCES,
    errno.EPERM,
    errno.EXDEV,
    errno.EROFS,
    errno.EMLINK,
    errno.ENOTSUP,
    errno.EOPNOTSUPP,
    errno.ENOSYS,
)
"""The errors of a directory whose parent is not writable, or whose content cannot be linked."""


def _exchange(place: Path, contents: Mapping[str, bytes]) -> bool:
    """Write a new directory beside the old one and exchange the two; return whether the system can."""
    draft = _name_draft(place)
    try:
        draft.mkdir()
        for name, content in contents.items():
            (draft / name).parent.mkdir(parents=True, exist_ok=True)
            with open_draft(draft / name, place / name, os.O_EXCL) as stream:
                stream.write(content)
                sync(stream)
        if not place.exists():
            # If another process makes the directory in the meantime, the two are exchanged.
            with suppress(OSError):
                draft.rename(place)
                return True
        _link_missing(place, draft)
        if not swap(draft, place):
            return False
        # The draft is now the old directory. A file that appeared there in the meantime belongs to the new one.
        _move_late(draft, place, {place / name for name in contents})
        return True
    except (OSError, NotImplementedError) as error:
        if getattr(error, "errno", errno.ENOSYS) in _NOT_HERE:
            return False
        raise
    finally:
        _remove(draft)


def _link_missing(old: Path, new: Path) -> None:
    """Link everything in and below a directory that a new version of it lacks."""
    for each in old.iterdir():
        if _is_directory(each):
            (new / each.name).mkdir(exist_ok=True)
            _link_missing(each, new / each.name)
        elif not os.path.lexists(new / each.name):
            os.link(each, new / each.name, follow_symlinks=False)
    keep_mode(old, new)


def _move_late(old: Path, new: Path, written: Set[Path]) -> None:
    """Move everything in and below the old directory that is neither linked to the new one nor replaced in it."""
    for each in list(old.iterdir()):
        there = new / each.name
        if _is_directory(each) and _is_directory(there):
            _move_late(each, there, written)
        elif not (there in written or (os.path.lexists(there) and os.path.samestat(each.lstat(), there.lstat()))):
            each.replace(there)


def _is_directory(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()


def _replace_one_by_one(contents: Mapping[Path, bytes]) -> None:
    with ExitStack() as stack:
        for target in contents:
            stack.enter_context(_making(target.parent))
            stack.enter_context(_restoring(target))
        # A full disk fails here; leaving the stack moves the drafts, after the last of them is written.
        for target, content in contents.items():
            stream = stack.enter_context(replacing(target))
            stream.write(content)
            sync(stream)


@contextmanager
def _making(directory: Path) -> Iterator[None]:
    """Make a directory and its parents; after an exception, remove those that were missing."""
    missing = [each for each in (directory, *directory.parents) if not each.exists()]
    try:
        directory.mkdir(parents=True, exist_ok=True)
        yield
    except BaseException:
        for each in missing:
            # Another process may already have written to it.
            with suppress(OSError):
                each.rmdir()
        raise


@contextmanager
def _restoring(target: Path) -> Iterator[None]:
    """Restore a file, or its absence, after an exception, on systems with hard links."""
    is_new, kept = not os.path.lexists(target), _name_draft(target)
    try:
        with suppress(OSError, NotImplementedError):
            os.link(target, kept, follow_symlinks=False)
        yield
    except BaseException:
        with suppress(OSError):
            target.unlink() if is_new else kept.replace(target)
        raise
    finally:
        # If the two are the same file, moving one to the other has left both (POSIX, rename).
        _remove(kept)


def swap(one: Path, other: Path) -> bool:
    """Exchange two directories atomically; return whether the system did."""
    # Linux has renameat2(2), where flag 2 is RENAME_EXCHANGE; macOS has renameatx_np(2), where it is RENAME_SWAP.
    name, here = {"linux": ("renameat2", -100), "darwin": ("renameatx_np", -2)}.get(sys.platform, ("", 0))
    if not name:
        return False
    # Imported here, because only this function needs it, and not every build of Python has it.
    try:
        import ctypes
    except ImportError:
        return False
    call = getattr(ctypes.CDLL(None), name, None)
    return call is not None and call(here, os.fsencode(one), here, os.fsencode(other), 2) == 0


def open_draft(draft: Path, target: Path, flag: int = 0) -> IO[bytes]:
    """Open the draft of a file for appending; a link is never followed.

    Args:
        draft: The draft, which is made if it is missing.
        target: The file that the draft will replace, whose permissions it gets.
        flag: `os.O_EXCL` if the draft must not exist yet.
    """
    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | flag
    # Not every system has these flags.
    flags |= sum(getattr(os, each, 0) for each in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY", "O_CLOEXEC"))
    try:
        usual = stat.S_IMODE(target.stat().st_mode)
    except OSError:
        usual = 0o666
    stream = os.fdopen(os.open(draft, flags, usual), "ab")
    keep_mode(target, draft)
    return stream


def keep_mode(target: Path, draft: Path) -> None:
    """Copy the permissions and the owner of an existing target to its draft.

    Raises:
        OSError: The permissions cannot be read or changed; others could read the content of a private file.
    """
    if not target.exists():
        return
    found = target.stat()
    # Only root may change the owner of a file, and not every system has owners. A group can be changed alone.
    for owner in (found.st_uid, -1):
        with suppress(OSError, AttributeError):
            os.chown(draft, owner, found.st_gid)
            break
    # File systems without permissions reject changes; there, both have the same.
    if stat.S_IMODE(draft.stat().st_mode) != stat.S_IMODE(found.st_mode):
        draft.chmod(stat.S_IMODE(found.st_mode))


def kept_draft(target: Path, is_kind: Callable[[int], bool] = stat.S_ISREG) -> Path:
    """Return the path of a draft that outlives an interruption: beside the target, under a name that is found again.

    Raises:
        ArticleFileError: Somebody else may have put the draft there: it is a link, of another kind or of another user;
            or it cannot be reached, or the target has no name, as the root.
    """
    if not target.name:
        raise ArticleFileError(f"{target} is a directory; add the name of the target")
    name = f".{target.name}.draft"
    if len(os.fsencode(name)) > LONGEST_NAME:
        name = f".{hashlib.sha256(os.fsencode(target.name)).hexdigest()}.draft"
    draft = target.with_name(name)
    with file_errors(draft), suppress(FileNotFoundError):
        found = draft.lstat()
        # Every directory has several hard links.
        is_alone = is_kind(found.st_mode) and (found.st_nlink == 1 or stat.S_ISDIR(found.st_mode))
        # The owner of the directory could replace everything in it, and a draft gets the owner of its target.
        owners = [each.stat().st_uid for each in (draft.parent, target) if each.exists()]
        # Windows has no owners.
        if not is_alone or (os.name == "posix" and found.st_uid not in (os.geteuid(), *owners)):
            raise ArticleFileError(f"{draft} is not an unfinished draft, but a link or something else; remove it")
    return draft


@contextmanager
def holding(draft: Path, stream: IO[bytes] | None = None) -> Iterator[None]:
    """Lock a draft, a file or a directory, against other processes and threads, on systems with `flock`.

    Args:
        draft: The draft.
        stream: The draft, if it is open; the lock outlives the stream.

    Raises:
        ArticleFileError: Another process or thread has locked the draft, or has just moved it to its target.
    """
    try:
        import fcntl
    except ImportError:
        # Windows has no flock, and refuses to move an open file.
        yield
        return
    # Closing the descriptor releases the lock.
    with ExitStack() as stack:
        held = os.open(draft, os.O_RDONLY | os.O_NOFOLLOW) if stream is None else os.dup(stream.fileno())
        stack.callback(os.close, held)
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise ArticleFileError(f"{draft} is already being written; wait until that ends") from error
        # The lock belongs to the file, which a writer that has ended in the meantime has moved.
        if not (os.path.lexists(draft) and os.path.samestat(os.fstat(held), draft.lstat())):
            raise ArticleFileError(f"{draft} was moved by another writer; write again")
        yield


def _name_draft(target: Path) -> Path:
    # A move is atomic only within one file system, so the draft is beside the target. Nobody can predict its name,
    # whose length does not depend on that of the target.
    return target.with_name(f".{secrets.token_hex(16)}.draft")


@contextmanager
def _drafting(target: Path) -> Iterator[Path]:
    """Name a draft, and move it to its target at the end, or remove it after an exception."""
    draft = _name_draft(target)
    try:
        yield draft
        draft.replace(target)
    except BaseException:
        _remove(draft)
        raise


def remove_kept(draft: Path) -> None:
    """Remove the draft of a target that is written; half of it would pass for a shorter draft."""
    nameless = _name_draft(draft)
    draft.rename(nameless)
    _remove(nameless)


def _remove(draft: Path) -> None:
    # Imported here, because `shutil` imports all compression modules, which readers do not need.
    from shutil import rmtree

    try:
        with suppress(OSError):
            rmtree(draft, ignore_errors=True)
        with suppress(OSError):
            draft.unlink()
    except KeyboardInterrupt:
        _remove(draft)
        raise


def check_replaceable(path: PathLike) -> Path:
    """Convert an argument to a path whose file can be replaced, or does not exist.

    Raises:
        ArticleFileError: The path is not valid, or is neither a regular file nor a link to one.
    """
    target = to_path(path)
    with file_errors(path):
        if target.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        # Links to open files, such as /dev/stdout, point into /proc, wherever the output goes.
        is_open_elsewhere = target.is_symlink() and target.readlink().is_relative_to("/proc")
        # A pipe or a device passes its input to a program; a file in its place would reach nobody, and replacing
        # devices breaks the system.
        if _is_irregular(target) or is_open_elsewhere:
            raise ArticleFileError(f"{path} is not a regular file; open it and write the content to it")
    return target


def sync(stream: IO[bytes]) -> None:
    """Flush a stream to the disk, so that its content survives a loss of power."""
    stream.flush()
    os.fsync(stream.fileno())
