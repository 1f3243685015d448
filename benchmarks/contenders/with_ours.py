"""This package, through its public functions and nothing else.

Here: which of our functions answers each question.
Not here: how they are measured (`worker.py`, `fresh.py`).
"""

from __future__ import annotations

import oped_dataset

TYPE_CHECKING = False  # As in `by_line.py`.
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path
    from typing import IO, Any

    from benchmarks.documents import Document

_SIZE_LIMIT = 1 << 30
"""In bytes; the largest document is longer than the default limit."""


def cold(stream: IO[bytes]) -> Any:
    """Load the bundled article, which is the content of the file."""
    return oped_dataset.load()


def load(document: Document) -> Any:
    """As an untrusted document, with all rules."""
    return oped_dataset.loads(document.content, limits=oped_dataset.Limits(size=_SIZE_LIMIT))


def dump(article: Any) -> bytes:
    """With all rules, in canonical form."""
    return oped_dataset.dumps(article)


def problems(document: Document) -> int:
    """All mistakes, each with its position."""
    return len(oped_dataset.validate(document.content, limits=oped_dataset.Limits(size=_SIZE_LIMIT)).problems)


def arrow(document: Document) -> dict[str, Any]:
    """The export, which adds columns for reading: voices on one line, earliest and latest days, names."""
    from oped_dataset.exports import to_arrow

    return to_arrow(load(document))


def read_lines(path: Path) -> Iterator[Any]:
    """As untrusted documents, with all rules."""
    return oped_dataset.read_lines(path)


def write_lines(articles: Iterable[Any], path: Path) -> None:
    """With all rules; the file is replaced once it is complete."""
    oped_dataset.write_lines(articles, path)


def plain(article: Any) -> Any:
    """Return the data that it would write."""
    from oped_dataset.codec import wire

    return wire.to_data(article)
