"""The tasks of all contenders, as ways to be measured, whose results are compared with the document first.

Here: preparing them in the process of a contender. Not here: the table of tasks (`tasks.py`).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any, Final

from benchmarks.contenders import CONTENDERS, Library
from benchmarks.worker import Way

MISTAKES: Final = 3
"""The number of mistakes in a damaged document."""


def prepare(name: str, task: str, path: Path, source: Path, target: str) -> Way:
    """Prepare a task of a contender.

    Args:
        name: The contender.
        task: The task.
        path: The document, or the file of lines.
        source: The same data as plain JSON or JSON Lines.
        target: The file to write lines to.
    """
    library, file = CONTENDERS[name].make(), str(path)
    content = path.read_bytes()
    if task == "load":
        return Way(partial(library.load, content, file), lambda article: _compare(library.plain(article), source))
    if task == "dump":
        article = library.load(content, file)
        return Way(lambda: library.write(article), lambda written: _compare(json.loads(written), source))
    if task == "problems":
        return Way(partial(library.problems, content, file), lambda count: f"{count} of {MISTAKES}")
    if task == "arrow":
        return Way(partial(library.arrow, content, file), lambda tables: _compare_tables(tables, source))
    if task == "read":
        return Way(lambda: _exhaust(library.read_lines(file)), lambda _: _compare_lines(library, file, source))
    articles = list(library.read_lines(file))
    return Way(lambda: library.write_lines(articles, target), lambda _: _compare_lines(library, target, source))


def _compare(found: Any, source: Path) -> str:
    content = source.read_bytes()
    expected = list(map(json.loads, content.splitlines())) if source.suffix == ".jsonl" else json.loads(content)
    # Some libraries return tuples, which JSON does not distinguish from lists.
    if json.loads(json.dumps(found)) != expected:
        raise ValueError(f"the data differ from {source.name}")
    return ""


def _compare_tables(tables: dict[str, Any], source: Path) -> str:
    from oped_dataset.model.article import TABLES

    data = json.loads(source.read_bytes())
    # The package's tables have further columns, for reading.
    rows = {name: tables[name].select(list(data[name][0])).to_pylist() for name in TABLES}
    return _compare(data | rows, source)


def _compare_lines(library: Library, file: str, source: Path) -> str:
    return _compare([library.plain(article) for article in library.read_lines(file)], source)


def _exhaust(articles: Iterator[Any]) -> None:
    for _ in articles:
        pass
