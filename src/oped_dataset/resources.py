"""Files that come with the package: data, parts of the explorer page, views of a corpus, the template of a package.

Here: the only access to these files.
Not here: interpreting them (`library.py`, `explorer/page.py`, `authoring/package.py`).
"""

from __future__ import annotations

from pkgutil import get_data

from oped_dataset.errors import ArticleFileNotFound


def read_data(file: str) -> bytes:
    """Read a file in `data/`.

    Args:
        file: The name of the file.

    Raises:
        ArticleFileNotFound: This installation lacks the file.
    """
    try:
        # The package's own loader reads it: importing importlib-resources takes 10 of the 85 ms of a first `load()`.
        content = get_data("oped_dataset", f"data/{file}")
    except OSError:
        content = None
    if content is None:
        raise ArticleFileNotFound(2, "this installation lacks a data file", f"oped_dataset/data/{file}")
    return content


def read_part(package: str, path: str) -> str:
    """Read a text file outside `data/`, by its path in a package, such as a part of the explorer page."""
    from importlib_resources import files

    part: str = files("oped_dataset").joinpath(package, *path.split("/")).read_text(encoding="utf-8")
    return part
