"""The files that an exporter returns, in memory until they are written.

Here: `Files`, a mapping from file names to contents, which is written to and read from a directory; and `Folder`, a
directory whose files are read one at a time.
Not here: the contents of the files (the module of each format).
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Final, Self

from oped_dataset.codec.jsontext import USUAL, Limits
from oped_dataset.errors import ArticleFileError, InvalidImport
from oped_dataset.filesystem import (
    PathLike,
    file_errors,
    is_safe_name,
    read_bytes,
    replace_in_folder,
    to_path,
)
from oped_dataset.messages import printable

_MOST_FILES: Final = 10_000
"""The largest number of files in a directory."""


class Files(Mapping[str, bytes]):
    """Files by name, with their content as bytes; only `write` touches the disk.

    Example:
        >>> Files({"a.txt": b"toll"})["a.txt"]
        b'toll'
    """

    __slots__ = ("__weakref__", "_contents")

    def __init__(self, contents: Mapping[str, bytes]) -> None:
        """Copy the contents, in their order."""
        self._contents = {**contents}

    def __getitem__(self, name: str) -> bytes:
        """Return the content of a file.

        Raises:
            KeyError: There is no file of this name.
        """
        return self._contents[name]

    def __iter__(self) -> Iterator[str]:
        """Iterate over the names in order."""
        return iter(self._contents)

    def __len__(self) -> int:
        """Count the files."""
        return len(self._contents)

    def __repr__(self) -> str:
        """Show the names."""
        return f"<Files: {printable(', '.join(self))}>"

    def write(self, directory: PathLike) -> tuple[Path, ...]:
        """Write all files into a directory, which is created if it is missing; files of the same names are replaced.

        Afterwards the directory contains all of the files or is unchanged: a new directory is written beside it, with
        links to its other files, and the two are exchanged in one step. If the system cannot do that, or the directory
        is or contains the working directory, the files are written first and then replaced one by one.

        Args:
            directory: The directory to write to.

        Returns:
            The paths, in the order of the files.

        Raises:
            ArticleFileError: The directory or a file cannot be written, a path to replace is not a regular file, or a
                name leads out of the directory or is invalid on some system.
        """
        return replace_in_folder(directory, self)

    @classmethod
    def read(cls, directory: PathLike, *, limits: Limits = USUAL) -> Self:
        """Read the files in a directory, but not in its subdirectories.

        Args:
            directory: The directory to read.
            limits: How large each file may be.

        Raises:
            ArticleFileNotFound: There is no such directory.
            ArticleFileError: The directory or a file cannot be read, or it contains more than 10,000 files.
            InvalidImport: A file is too large.
        """
        return cls(dict(Folder(directory, "", limits)))


class Folder(Mapping[str, bytes]):
    """The files in a directory whose names have a given ending, each read when it is accessed."""

    def __init__(self, directory: PathLike, ending: str, limits: Limits) -> None:
        """Check that the directory can be listed; no file is read yet."""
        self._place = to_path(directory)
        self._ending = ending
        self._limits = limits
        with file_errors(directory), os.scandir(self._place):
            pass

    def __getitem__(self, name: str) -> bytes:
        """Read a file.

        Raises:
            KeyError: There is no file of this name.
            ArticleFileError: The file cannot be read.
            InvalidImport: The file is too large.
        """
        if not is_safe_name(name) or not (self._place / name).exists():
            raise KeyError(name)
        return within(read_bytes(self._place / name, self._limits.size), name, self._limits)

    def __iter__(self) -> Iterator[str]:
        """Iterate over the names in alphabetical order.

        Raises:
            ArticleFileError: There are more than 10,000 files.
        """
        with file_errors(self._place), os.scandir(self._place) as listed:
            names = (each.name for each in listed if each.name.endswith(self._ending) and each.is_file())
            found = list(islice(names, _MOST_FILES + 1))
        if len(found) > _MOST_FILES:
            ending = f" that end in {self._ending}" if self._ending else ""
            raise ArticleFileError(
                f"{self._place} contains more than {_MOST_FILES} files{ending}; read a smaller directory"
            )
        return iter(sorted(found))

    def __len__(self) -> int:
        """Count the files."""
        return sum(1 for _ in self)


def within(content: bytes, name: str, limits: Limits) -> bytes:
    """Return the content of a file if it is within the size limit.

    Raises:
        InvalidImport: It is longer than that.
    """
    if len(content) > limits.size:
        raise InvalidImport(f"{name} is longer than {limits.size} bytes; raise limits.size if it can be trusted")
    return content
