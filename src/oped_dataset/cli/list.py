"""`oped-dataset list`: the bundled and installed articles."""

from __future__ import annotations

from argparse import Namespace

from oped_dataset import library
from oped_dataset.cli import terminal
from oped_dataset.cli.blocks import (
    Grid,
)
from oped_dataset.cli.exits import OK, UNUSABLE, complain
from oped_dataset.errors import OpedDatasetError
from oped_dataset.model.article import Article


def run(arguments: Namespace) -> int:
    """Every article that has a name; one that does not load is told of and is no reason not to list the others."""
    found, code = [], OK
    for name in library.names():
        try:
            found.append(library.load(name))
        except OpedDatasetError as error:
            complain(error)
            code = UNUSABLE
    if arguments.json:
        terminal.show_json([_entry(article) for article in found])
        return code
    rows = [
        (each.id, each.title, each.data_version, each.licence, f"{len(each.claims)}", f"{len(each.events)}")
        for each in found
    ]
    columns = ("article", "title", "data", "licence", "claims", "events")
    terminal.show([Grid(columns, rows)])
    return code


def _entry(article: Article) -> dict[str, object]:
    entry: dict[str, object] = {name: getattr(article, name) for name in ("id", "title", "data_version", "licence")}
    entry["counts"] = {name: len(table) for name, table in article.tables.items()}
    return entry
