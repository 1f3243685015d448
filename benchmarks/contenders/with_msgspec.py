"""msgspec: its own classes, generated from the package's, decoded straight from bytes to objects.

Here: msgspec in the way of its manual: a decoder made once.
Not here: the classes (`models.py`).
"""

from __future__ import annotations

import json

import peer_msgspec  # type: ignore[import-not-found]

TYPE_CHECKING = False  # As in `by_line.py`.
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path
    from typing import IO, Any

    from benchmarks.documents import Document


def cold(stream: IO[bytes]) -> Any:
    """Read the file in one piece."""
    return peer_msgspec.load(stream.read())


def load(document: Document) -> Any:
    """Decode."""
    return peer_msgspec.load(document.content)


def dump(article: Any) -> bytes:
    """Encode."""
    spelled: bytes = peer_msgspec.dump(article)
    return spelled


def problems(document: Document) -> int:
    """It stops at the first mistake."""
    try:
        load(document)
    except peer_msgspec.msgspec.ValidationError:
        return 1
    return 0


def arrow(document: Document) -> dict[str, Any]:
    """Through plain data, which it makes itself."""
    from benchmarks.models import arrow_tables

    return arrow_tables(peer_msgspec.msgspec.to_builtins(load(document)))


def read_lines(path: Path) -> Iterator[Any]:
    """Line by line."""
    from benchmarks.contenders.by_line import read

    return read(peer_msgspec.load, path)


def write_lines(articles: Iterable[Any], path: Path) -> None:
    """Line by line."""
    from benchmarks.contenders.by_line import write

    write(peer_msgspec.dump, articles, path)


def plain(article: Any) -> Any:
    """Return the data that it would write."""
    return json.loads(dump(article))
