"""DuckDB views with ready-made queries for a corpus of Parquet.

Here: the views of `views.sql`, applied to the files of one corpus.
Not here: the columns of the files (`parquet.py`); running the queries, which DuckDB does.
"""

from __future__ import annotations

from oped_dataset.corpora.parquet import SUFFIX
from oped_dataset.filesystem import PathLike, to_path
from oped_dataset.model.vocabulary import Commitment
from oped_dataset.resources import read_part


def corpus_views(source: PathLike) -> str:
    """Return the SQL that creates the views of a corpus, for `duckdb.sql`.

    Args:
        source: A file of `write_parquet`, or a directory with such files, also in subdirectories.

    Raises:
        ArticleFileError: `source` cannot be a path.

    Example:
        >>> corpus_views("corpus.parquet").splitlines()[0]
        "CREATE OR REPLACE VIEW corpus AS FROM read_parquet('corpus.parquet');"
    """
    path = to_path(source)
    pattern = path / "**" / f"*{SUFFIX}" if path.is_dir() else path
    quoted = str(pattern).replace("'", "''")
    sides = " ".join(f"WHEN '{value.value}' THEN '{value.side}'" for value in Commitment)
    return (
        f"CREATE OR REPLACE VIEW corpus AS FROM read_parquet('{quoted}');\n"
        f"CREATE OR REPLACE MACRO commitment_side(commitment) AS CASE commitment {sides} END;\n"
        f"{read_part('corpora', 'views.sql')}"
    )
