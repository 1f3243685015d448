"""pandas.read_json: any JSON, and everything deeper than one level stays lists and dicts.

Here: one article as a Series of its fields, many as a DataFrame in chunks.
Not here: types, of which pandas knows none for nested data.
"""

from __future__ import annotations

import json

import pandas

TYPE_CHECKING = False  # As in `by_line.py`.
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path
    from typing import IO, Any

    from benchmarks.documents import Document

_CHUNK = 100
"""The number of lines read or written together."""


def cold(stream: IO[bytes]) -> Any:
    """Read the file."""
    return pandas.read_json(stream, typ="series", dtype=False)


def load(document: Document) -> Any:
    """Read the bytes; nothing is converted, so that dates stay as they are."""
    import io

    return pandas.read_json(io.BytesIO(document.content), typ="series", dtype=False)


def dump(article: Any) -> bytes:
    """Write JSON."""
    spelled: str = article.to_json(force_ascii=False)
    return spelled.encode()


def problems(document: Document) -> int:
    """No mistake is reported."""
    load(document)
    return 0


def arrow(document: Document) -> dict[str, Any]:
    """A frame for each table, and from that Arrow's."""
    from oped_dataset.extras import need
    from oped_dataset.model.article import TABLES

    arrow = need("pyarrow", "arrow")
    article = load(document)
    return {name: arrow.Table.from_pandas(pandas.DataFrame(article[name]), preserve_index=False) for name in TABLES}


def read_lines(path: Path) -> Iterator[Any]:
    """In chunks, for constant memory."""
    from benchmarks.contenders.by_line import need_zstandard

    need_zstandard(path)
    with pandas.read_json(path, lines=True, chunksize=_CHUNK, dtype=False) as frames:
        for frame in frames:
            yield from frame.to_dict("records")


def write_lines(articles: Iterable[Any], path: Path) -> None:
    """In one frame, since it cannot append to a packed file."""
    from benchmarks.contenders.by_line import need_zstandard

    need_zstandard(path)
    pandas.DataFrame(articles).to_json(path, orient="records", lines=True, force_ascii=False)


def plain(article: Any) -> Any:
    """Return the data that it would write; among other values, missing ones are NaN."""
    if not isinstance(article, dict):
        return json.loads(dump(article))
    return {name: None if isinstance(value, float) else value for name, value in article.items()}
