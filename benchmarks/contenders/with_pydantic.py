"""pydantic v2: its own classes, generated from the package's, with its defaults.

Here: pydantic in the way of its manual: JSON is read by the model itself, not by the module json.
Not here: the classes (`models.py`).
"""

from __future__ import annotations

import json

import peer_pydantic  # type: ignore[import-not-found]

TYPE_CHECKING = False  # As in `by_line.py`.
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path
    from typing import IO, Any

    from benchmarks.documents import Document


def cold(stream: IO[bytes]) -> Any:
    """Read the file in one piece."""
    return peer_pydantic.load(stream.read())


def load(document: Document) -> Any:
    """Validate JSON."""
    return peer_pydantic.load(document.content)


def dump(article: Any) -> bytes:
    """Dump JSON."""
    spelled: bytes = peer_pydantic.dump(article)
    return spelled


def problems(document: Document) -> int:
    """All mistakes are in the exception."""
    try:
        load(document)
    except peer_pydantic.pydantic.ValidationError as error:
        return len(error.errors())
    return 0


def arrow(document: Document) -> dict[str, Any]:
    """Through plain data, which it makes itself."""
    from benchmarks.models import arrow_tables

    return arrow_tables(load(document).model_dump(mode="json"))


def read_lines(path: Path) -> Iterator[Any]:
    """Line by line."""
    from benchmarks.contenders.by_line import read

    return read(peer_pydantic.load, path)


def write_lines(articles: Iterable[Any], path: Path) -> None:
    """Line by line."""
    from benchmarks.contenders.by_line import write

    write(peer_pydantic.dump, articles, path)


def plain(article: Any) -> Any:
    """Return the data that it would write."""
    return json.loads(dump(article))
