"""Hugging Face datasets: the document as one row of an Arrow table with nested columns.

Here: its reader of JSON, with the types of the columns and an empty cache each time.
Not here: the types, which are made from our classes (`models.py`).
"""

from __future__ import annotations

from importlib import import_module

TYPE_CHECKING = False  # As in `by_line.py`.
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path
    from typing import IO, Any

    from benchmarks.documents import Document

datasets: Any = import_module("datasets")


_DAYS = ("published", "updated")
"""The columns of days."""


def cold(stream: IO[bytes]) -> Any:
    """Read the document on one line, with guessed types: giving them would need this package."""
    return _read(stream.name.removesuffix(".json") + ".jsonl", None)


def load(document: Document) -> Any:
    """Read the document on one line."""
    return _read(str(document.line), _features())


def dump(article: Any) -> bytes:
    """Write one line of JSON."""
    import io

    stream = io.BytesIO()
    _format_days(article).to_json(stream, lines=True, force_ascii=False)
    return stream.getvalue()


def problems(document: Document) -> int:
    """A value that does not fit the type of its column ends it."""
    try:
        load(document)
    except datasets.exceptions.DatasetGenerationError:
        return 1
    return 0


def arrow(document: Document) -> dict[str, Any]:
    """It is Arrow already; the nested columns become tables."""
    from oped_dataset.extras import need
    from oped_dataset.model.article import TABLES

    arrow = need("pyarrow", "arrow")
    table = load(document).data.table
    return {name: arrow.Table.from_struct_array(table[name].combine_chunks().flatten()) for name in TABLES}


def read_lines(path: Path) -> Iterator[Any]:
    """As it streams."""
    from benchmarks.contenders.by_line import need_zstandard

    need_zstandard(path)
    return iter(_stream(path))


def write_lines(articles: Iterable[Any], path: Path) -> None:
    """Arrow rows from plain dicts, then lines; it writes no Zstandard."""
    from benchmarks.contest import Unable

    if path.suffix == ".zst":
        raise Unable("writes no Zstandard")
    rows = datasets.Dataset.from_list(list(articles), features=_features())
    packing = "gzip" if path.suffix == ".gz" else None
    _format_days(rows).to_json(path, lines=True, force_ascii=False, compression=packing)


def plain(article: Any) -> Any:
    """Return the row, with its two dates written as in the file."""
    row = dict(article if isinstance(article, dict) else article[0])
    return {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in row.items()}


def _features() -> Any:
    from benchmarks.models import arrow_schema
    from oped_dataset.extras import need
    from oped_dataset.model.article import Article

    arrow = need("pyarrow", "arrow")
    # Its reader converts days to times, and writing those as text would add hours.
    schema = arrow_schema(Article)
    for name in _DAYS:
        schema = schema.set(schema.get_field_index(name), arrow.field(name, arrow.date32()))
    return datasets.Features.from_arrow_schema(schema)


def _format_days(rows: Any) -> Any:
    # Without this, they are written as milliseconds since 1970.
    for name in _DAYS:
        rows = rows.cast_column(name, datasets.Value("string"))
    return rows


def _read(path: str, features: Any) -> Any:
    import tempfile

    with tempfile.TemporaryDirectory() as cache:
        return datasets.load_dataset(
            "json", data_files=path, split="train", features=features, cache_dir=cache, keep_in_memory=True
        )


def _stream(path: Path) -> Any:
    return datasets.load_dataset("json", data_files=str(path), split="train", features=_features(), streaming=True)
