"""DataFrames of an article in pandas, with the types of `tables.py`.

Here: the translation of column types into pandas' types.
Not here: the choice of columns (`tables.py`).
"""

from __future__ import annotations

from typing import Any, Final

from oped_dataset.exports.description import versions
from oped_dataset.exports.tables import specs, to_tables
from oped_dataset.extras import need
from oped_dataset.model.article import Article

# Days use a resolution of seconds, because nanoseconds only cover the years 1677 to 2262.
_TYPES: Final = {
    "string": "string",
    "decimal": "string",
    "integer": "Int64",
    "number": "Float64",
    "boolean": "boolean",
    "date": "datetime64[s]",
    "list": "object",
    "struct": "object",
}


def to_pandas(article: Article) -> dict[str, Any]:
    """Lay out an article as `pandas.DataFrame`s.

    Args:
        article: The article.

    Returns:
        A `pandas.DataFrame` for each table of `tables.specs` (typed `Any`, because pandas is optional). Nested values
        are lists and dicts; a column of labels is an ordered category of the whole vocabulary. `attrs` has the data
        version and the code version.

    Raises:
        MissingExtra: pandas is not installed.
    """
    pandas = need("pandas", "pandas")
    frames = dict[str, Any]()
    for name, rows in to_tables(article).items():
        columns = {
            column.name: pandas.Series(
                [row[column.name] for row in rows],
                dtype=pandas.CategoricalDtype(column.type.labels, ordered=True)
                if column.type.labels
                else _TYPES[column.type.kind],
            )
            for column in specs()[name].columns
        }
        frames[name] = pandas.DataFrame(columns)
        frames[name].attrs.update(versions(article))
    return frames
