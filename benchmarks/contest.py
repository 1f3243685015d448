"""What a contender does, and that all of them do it with the same data.

Here: the list of functions in each file of `contenders/`, and what keeps one from doing one of them.
Not here: the functions themselves (`contenders/`) and who takes part (`entrants.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    # A process that measures another library does not import the package.
    from benchmarks.documents import Document


class Unable(Exception):
    """A contender cannot do this here; the message tells why, and stands in the results in place of a figure."""


class Contender(Protocol):
    """The functions of a file in `contenders/`. What an article is differs from one to the other."""

    def cold(self, stream: IO[bytes]) -> Any:
        """Read a document in a process that has just begun."""
        ...

    def load(self, document: Document) -> Any:
        """Read a document into an article."""
        ...

    def dump(self, article: Any) -> bytes:
        """Spell an article as JSON."""
        ...

    def problems(self, document: Document) -> int:
        """Read a document with mistakes and count what is told of them."""
        ...

    def arrow(self, document: Document) -> dict[str, Any]:
        """Read a document and lay each table of the article out as a `pyarrow.Table`."""
        ...

    def read_lines(self, path: Path) -> Iterator[Any]:
        """Read the articles of a file of JSON Lines one at a time."""
        ...

    def write_lines(self, articles: Iterable[Any], path: Path) -> None:
        """Write articles to a file of JSON Lines one at a time."""
        ...

    def plain(self, article: Any) -> Any:
        """The plain data of an article, to see that it is the same as that of others; never measured."""
        ...
