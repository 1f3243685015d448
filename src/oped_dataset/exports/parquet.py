"""Parquet files of an article, one for each table, and the way back; a round trip loses nothing.

Here: writing and reading the files.
Not here: columns and types (`tables.py`, `arrow.py`), and metadata that describes the files (`croissant.py`).
"""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import Final

from oped_dataset.codec.jsontext import USUAL, Limits
from oped_dataset.errors import InvalidImport
from oped_dataset.exports.arrow import stated, to_arrow
from oped_dataset.exports.files import Files, Folder, within
from oped_dataset.exports.parquet_pages import row_groups
from oped_dataset.exports.tables import Rows, from_tables
from oped_dataset.extras import need
from oped_dataset.filesystem import PathLike
from oped_dataset.messages import cut, quoted, reason
from oped_dataset.model.article import Article

SUFFIX: Final = ".parquet"


def to_parquet(article: Article) -> Files:
    """Write each table of an article as a Parquet file, `claims.parquet` and so on.

    Args:
        article: The article.

    Returns:
        The files, one for each table of `tables.specs`.

    Raises:
        MissingExtra: pyarrow is not installed.
        NotExportable: `told_by` would repeat far more voices than the article has rows.
    """
    parquet, arrow = need("pyarrow.parquet", "arrow"), need("pyarrow", "arrow")
    contents: dict[str, bytes] = {}
    for name, table in to_arrow(article, categories=False).items():
        sink = arrow.BufferOutputStream()
        parquet.write_table(table, sink, write_page_checksum=True)
        contents[name + SUFFIX] = sink.getvalue().to_pybytes()
    return Files(contents)


def from_parquet(source: Mapping[str, bytes] | PathLike, *, limits: Limits = USUAL) -> Article:
    """Read an article back from its Parquet files; the result equals the article that was written.

    Args:
        source: The files as `to_parquet` returns them, or the directory that contains them; files whose names do not
            end in `.parquet` are ignored.
        limits: How large each file may be; it may unpack to four times as many bytes, and contain a quarter as many
            values.

    Raises:
        MissingExtra: pyarrow is not installed.
        InvalidImport: A table or column is missing or unknown, metadata contradict the article, or a file is not
            Parquet, is too large, or has a number of rows that differs from its footer.
        InvalidArticle: The rows break the rules of an article.
        ArticleFileError: The directory cannot be read.
    """
    files = source if isinstance(source, Mapping) else Folder(source, SUFFIX, limits)
    tables = {name: _read_table(cut(name), files[name], limits) for name in files if name.endswith(SUFFIX)}
    rows = {name.removesuffix(SUFFIX): found for name, (found, _) in tables.items()}
    article = from_tables(rows, limits=limits)
    for name, (_, metadata) in tables.items():
        for key, value in stated(article).items():
            given = metadata.get(key.encode(), value.encode())
            if key != "code_version" and given != value.encode():
                shown = quoted(given.decode(errors="replace"))
                raise InvalidImport(
                    f"{name}: the metadata {key!r} is {shown}, but the article has {quoted(value)}; "
                    "remove it, or correct the article"
                )
    return article


_UNPACKED: Final = 4
_EXPANDED: Final = 64
"""Multiples of the limit of a document to which a table may unpack, without and with its dictionaries expanded."""


def _read_table(name: str, content: bytes, limits: Limits) -> tuple[Rows, dict[bytes, bytes]]:
    """Read the rows and the metadata of a file."""
    parquet, arrow = need("pyarrow.parquet", "arrow"), need("pyarrow", "arrow")
    chunks = [chunk for group in row_groups(BytesIO(within(content, name, limits)), name) for chunk in group.chunks]
    unpacked = sum(chunk.unpacked for chunk in chunks)
    expanded = max((chunk.values * chunk.dictionary for chunk in chunks), default=0)
    values = sum(chunk.values for chunk in chunks)
    if max(unpacked // _UNPACKED, expanded // _EXPANDED, values * _UNPACKED) > limits.size:
        raise InvalidImport(f"{name} unpacks to too much; raise limits.size if it can be trusted")
    try:
        table = parquet.read_table(arrow.BufferReader(content), page_checksum_verification=True)
        rows: Rows = table.to_pylist()
    except Exception as error:
        # pyarrow raises errors of its own, and Python's for a day beyond its calendar, an unknown time zone or a struct
        # with two fields of the same name.
        raise InvalidImport(f"{name} cannot be read as a table of Parquet: {reason(error)}") from error
    return rows, table.schema.metadata or {}
