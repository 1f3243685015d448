"""The files an exporter makes, in memory until they are written.

Here: `Files`, a mapping from file name to content, written to and read from a directory.
Not here: what stands in the files (the module of each format).
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
"""So many names of files in a directory are looked at."""


class Files(Mapping[str, bytes]):
    """Files by name, with their content as bytes; nothing touches the disk until `write` is called.

    Example:
        >>> Files({"a.txt": b"toll"})["a.txt"]
        b'toll'
    """

    __slots__ = ("__weakref__", "_contents")

    def __init__(self, contents: Mapping[str, bytes]) -> None:
        """Keep the contents in their order."""
        self._contents = dict(contents)

    def __getitem__(self, name: str) -> bytes:
        """Find the content of a file.

        Raises:
            KeyError: There is no file of this name.
        """
        return self._contents[name]

    def __iter__(self) -> Iterator[str]:
        """Go through the names in order."""
        return iter(self._contents)

    def __len__(self) -> int:
        """Count the files."""
        return len(self._contents)

    def __repr__(self) -> str:
        """Show the names."""
        return f"<Files: {printable(', '.join(self))}>"

    def write(self, directory: PathLike) -> tuple[Path, ...]:
        """Write every file into a directory, which is made where it is missing; files of the same names are replaced.

        The directory has all of the files afterwards, or is left as it was: it is written anew beside the old one, with
        what else lies in it, and the two are exchanged in one step. Where the system cannot do that, or the directory
        is the working directory or holds it, each file is replaced as a whole, when all of them are written.

        Args:
            directory: Where to write.

        Returns:
            The paths, in the order of the files.

        Raises:
            ArticleFileError: The directory or a file cannot be written, one is there that is not a regular file, or a
                name leads out of the directory or is not allowed on every system.
        """
        return replace_in_folder(directory, self)

    @classmethod
    def read(cls, directory: PathLike, *, limits: Limits = USUAL) -> Self:
        """Read all files that lie directly in a directory, by name.

        Args:
            directory: Where they lie.
            limits: How large each file may be.

        Raises:
            ArticleFileNotFound: There is no such directory.
            ArticleFileError: The directory or a file cannot be read, there are more than 10,000 files, or one is too
                large.
        """
        return cls(dict(Folder(directory, "", limits)))


class Folder(Mapping[str, bytes]):
    """The files that lie directly in a directory and have an ending, each read when it is asked for."""

    def __init__(self, directory: PathLike, ending: str, limits: Limits) -> None:
        """Keep where they lie; nothing but the directory is looked at yet."""
        self._place = to_path(directory)
        self._ending = ending
        self._limits = limits
        with file_errors(directory), os.scandir(self._place):
            pass

    def __getitem__(self, name: str) -> bytes:
        """Read a file.

        Raises:
            KeyError: There is no file of this name.
            ArticleFileError: It cannot be read, or is too large.
        """
        if not is_safe_name(name) or not (self._place / name).exists():
            raise KeyError(name)
        return within(read_bytes(self._place / name, self._limits.size), name, self._limits)

    def __iter__(self) -> Iterator[str]:
        """Go through the names in order.

        Raises:
            ArticleFileError: There are too many.
        """
        with file_errors(self._place), os.scandir(self._place) as listed:
            names = (each.name for each in listed if each.name.endswith(self._ending) and each.is_file())
            found = list(islice(names, _MOST_FILES + 1))
        if len(found) > _MOST_FILES:
            ending = f" that end in {self._ending}" if self._ending else ""
            raise ArticleFileError(f"{self._place} holds more than {_MOST_FILES} files{ending}; name the one you mean")
        return iter(sorted(found))

    def __len__(self) -> int:
        """Count the files."""
        return sum(1 for _ in self)


def within(content: bytes, name: str, limits: Limits) -> bytes:
    """Accept the content of a file that is as long as is allowed.

    Raises:
        InvalidImport: It is longer.
    """
    if len(content) > limits.size:
        raise InvalidImport(f"{name} is longer than {limits.size} bytes; raise limits.size if it can be trusted")
    return content
