"""Dataclasses and the module json: a reader and writer with only the standard library.

Here: the use of functions that read and write each class, written out as by hand.
Not here: the classes and those functions (`models.py`).
"""

from __future__ import annotations

import json

import peer_dataclasses  # type: ignore[import-not-found]

TYPE_CHECKING = False  # As in `by_line.py`.
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path
    from typing import IO, Any

    from benchmarks.documents import Document


def cold(stream: IO[bytes]) -> Any:
    """Read the file in one piece."""
    return peer_dataclasses.load(stream.read())


def load(document: Document) -> Any:
    """Parse, and build the objects."""
    return peer_dataclasses.load(document.content)


def dump(article: Any) -> bytes:
    """Make plain data, and write JSON."""
    spelled: bytes = peer_dataclasses.dump(article)
    return spelled


def problems(document: Document) -> int:
    """It stops at the first mistake."""
    try:
        load(document)
    except (KeyError, ValueError, TypeError):
        return 1
    return 0


def arrow(document: Document) -> dict[str, Any]:
    """Through plain data, which a function makes."""
    from benchmarks.models import arrow_tables

    return arrow_tables(peer_dataclasses.write_Article(load(document)))


def read_lines(path: Path) -> Iterator[Any]:
    """Line by line."""
    from benchmarks.contenders.by_line import read

    return read(peer_dataclasses.load, path)


def write_lines(articles: Iterable[Any], path: Path) -> None:
    """Line by line."""
    from benchmarks.contenders.by_line import write

    write(peer_dataclasses.dump, articles, path)


def plain(article: Any) -> Any:
    """Return the data that it would write."""
    return json.loads(dump(article))
