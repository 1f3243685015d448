"""Parquet files of an article, one a table, and the way back.

Here: writing and reading the files; both ways lose nothing.
Not here: columns and types (`tables.py`, `arrow.py`) and a description of the files (`croissant.py`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from oped_dataset.errors import InvalidImport
from oped_dataset.exports.arrow import to_arrow
from oped_dataset.exports.files import Files
from oped_dataset.exports.tables import Rows, from_tables
from oped_dataset.extras import need
from oped_dataset.filesystem import PathLike
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
    """
    parquet, arrow = need("pyarrow.parquet", "arrow"), need("pyarrow", "arrow")
    contents: dict[str, bytes] = {}
    for name, table in to_arrow(article, categories=False).items():
        sink = arrow.BufferOutputStream()
        parquet.write_table(table, sink)
        contents[name + SUFFIX] = sink.getvalue().to_pybytes()
    return Files(contents)


def from_parquet(source: Mapping[str, bytes] | PathLike) -> Article:
    """Read an article back from its Parquet files; the result equals the article that was written.

    Args:
        source: The files as `to_parquet` made them, or the directory they lie in; other files are passed over.

    Raises:
        MissingExtra: pyarrow is not installed.
        InvalidImport: A table or column is missing, or a file is no Parquet.
        InvalidArticle: The rows break the rules of an article.
        ArticleFileError: The directory cannot be read.
    """
    files = source if isinstance(source, Mapping) else Files.read(source)
    return from_tables(
        {name.removesuffix(SUFFIX): _rows(name, content) for name, content in files.items() if name.endswith(SUFFIX)}
    )


def _rows(name: str, content: bytes) -> Rows:
    parquet, arrow = need("pyarrow.parquet", "arrow"), need("pyarrow", "arrow")
    try:
        rows: Rows = parquet.read_table(arrow.BufferReader(content)).to_pylist()
    except Exception as error:
        # Whatever stands in the file: pyarrow has errors of its own, and Python's for a day beyond its calendar, an
        # unknown time zone or a struct with two fields of one name.
        raise InvalidImport(f"{name} cannot be read as a table of Parquet: {error}") from error
    return rows
