"""The interface of a contender, the same for all.

Here: the functions of each file in `contenders/`, and the exception for a function that a contender does not support.
Not here: the functions themselves (`contenders/`) and the list of contenders (`entrants.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    # A process that measures another library does not import the package.
    from benchmarks.documents import Document


class Unable(Exception):
    """A contender cannot do this here; the results contain the message, with the reason, in place of a figure."""


class Contender(Protocol):
    """The functions of a file in `contenders/`. The type of an article differs between them."""

    def cold(self, stream: IO[bytes]) -> Any:
        """Read a document in a new process."""
        ...

    def load(self, document: Document) -> Any:
        """Read a document into an article."""
        ...

    def dump(self, article: Any) -> bytes:
        """Write an article as JSON."""
        ...

    def problems(self, document: Document) -> int:
        """Read a document with mistakes and count the mistakes that are reported."""
        ...

    def arrow(self, document: Document) -> dict[str, Any]:
        """Read a document and convert each table of the article to a `pyarrow.Table`."""
        ...

    def read_lines(self, path: Path) -> Iterator[Any]:
        """Read the articles of a file of JSON Lines one at a time."""
        ...

    def write_lines(self, articles: Iterable[Any], path: Path) -> None:
        """Write articles to a file of JSON Lines one at a time."""
        ...

    def plain(self, article: Any) -> Any:
        """Return the plain data of an article, to compare with that of others; never measured."""
        ...
