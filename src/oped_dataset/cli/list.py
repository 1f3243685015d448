"""`oped-dataset list`: list the bundled and installed articles, or those of files and corpora."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from typing import Any, Final

from oped_dataset import library, loading
from oped_dataset.cli import terminal
from oped_dataset.cli.blocks import (
    Grid,
)
from oped_dataset.cli.corpora import check_start, go_on, is_corpus
from oped_dataset.cli.exits import INTERRUPTED, OK, UNUSABLE, complain
from oped_dataset.corpora.pieces import read_corpus
from oped_dataset.corpora.progress import BadArticle
from oped_dataset.errors import InvalidImport, OpedDatasetError
from oped_dataset.model.article import Article

_COLUMNS: Final = {"article": "id", "title": "title", "data": "data_version", "licence": "licence"}
"""The headings, and the key of the entry in each column."""


def run(arguments: Namespace) -> int:
    """List the articles at the given paths, or all articles with a name; report and skip those that do not load."""
    check_start(arguments, arguments.paths)
    entries, code = list[dict[str, Any]](), OK
    try:
        for found in _load_paths(arguments) if arguments.paths else _load_names():
            if isinstance(found, Article):
                entry: dict[str, Any] = {name: getattr(found, name) for name in _COLUMNS.values()}
                entries.append(entry | {"counts": {name: len(table) for name, table in found.tables.items()}})
            else:
                complain(found)
                code = UNUSABLE
    except KeyboardInterrupt:
        code = INTERRUPTED
    if arguments.json:
        terminal.show_json(entries)
        return code
    rows = [
        (*(each[name] for name in _COLUMNS.values()), f"{each['counts']['claims']}", f"{each['counts']['events']}")
        for each in entries
    ]
    terminal.show([Grid((*_COLUMNS, "claims", "events"), rows)])
    return code


def _load_names() -> Iterator[Article | Exception]:
    for name in library.names():
        try:
            yield library.load(name)
        except OpedDatasetError as error:
            yield error


def _load_paths(arguments: Namespace) -> Iterator[Article | Exception]:
    for path in arguments.paths:
        try:
            if is_corpus(path):
                yield from _load_corpus(path, arguments.start)
            else:
                yield loading.load_path(path)
        except OpedDatasetError as error:
            yield error


def _load_corpus(path: str, start: int) -> Iterator[Article | Exception]:
    bad = list[BadArticle]()
    with terminal.progress("reading", start=start, go_on=go_on) as watch:
        yield from read_corpus(path, start=start, on_error=bad.append, progress=watch)
    for each in bad:
        first, *more = each.report.problems
        others = f", and {len(more) + each.report.omitted} more" if more else ""
        yield InvalidImport(f"{each.file or path}, article {each.number}: {first}{others}")
