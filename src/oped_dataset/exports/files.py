"""The files an exporter makes, in memory until they are written.

What lives here: `Files`, a mapping from file name to content, written to and read from a directory.
What does not: what stands in the files (the module of each format).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Self

from oped_dataset.filesystem import (
    PathLike,
    file_errors,
    replace_in_folder,
    to_path,
)
from oped_dataset.messages import printable


class Files(Mapping[str, bytes]):
    """Files by name, with their content as bytes; nothing touches the disk until `write` is called.

    Example:
        >>> Files({"a.txt": b"toll"})["a.txt"]
        b'toll'
    """

    __slots__ = ("_contents",)

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
    def read(cls, directory: PathLike) -> Self:
        """Read all files that lie directly in a directory, by name.

        Raises:
            ArticleFileNotFound: There is no such directory.
            ArticleFileError: The directory or a file cannot be read.
        """
        place = to_path(directory)
        with file_errors(directory):
            paths = sorted(path for path in place.iterdir() if path.is_file())
            return cls({path.name: path.read_bytes() for path in paths})
