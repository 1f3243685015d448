"""`oped-dataset show`: show a record with everything related to it, a layer, or a list of the layers.

Not here: the words of records (`records.py`) and the tables of layers (`layers.py`).
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator

from oped_dataset import loading
from oped_dataset.cli import asked, layers, terminal
from oped_dataset.cli.blocks import (
    EMPTY,
    Block,
    Grid,
    Piece,
    line,
)
from oped_dataset.cli.exits import OK
from oped_dataset.cli.records import (
    in_full,
)
from oped_dataset.errors import RecordNotFound
from oped_dataset.messages import nearest
from oped_dataset.model.article import TABLES, Article


def run(arguments: Namespace) -> int:
    """Show a record, a layer, or a list of the layers."""
    article, what = asked.article(arguments.article), arguments.what
    if what is None:
        if arguments.json:
            terminal.write(loading.dumps(article).decode(), None)
        else:
            terminal.show(_overview(article))
    elif what in TABLES:
        if arguments.json:
            terminal.show_json(layers.rows(article, what))
        else:
            terminal.show([layers.grid(article, what)])
    else:
        _show_record(article, what, as_json=arguments.json)
    return OK


def _show_record(article: Article, what: str, *, as_json: bool) -> None:
    layer = next((name for name, table in article.tables.items() if what in table), None)
    if layer is None:
        known = (record_id for table in article.tables.values() for record_id in table.ids)
        raise RecordNotFound(what, nearest(what, (*TABLES, *known)) or TABLES)
    record = article.record(what)
    if as_json:
        terminal.show_json(layers.record_and_all(article, layer, record))
    else:
        terminal.show(in_full(article, record))


def _overview(article: Article) -> Iterator[Block]:
    yield line(Piece(article.title, "title"))
    yield line(f"{article.id}, data {article.data_version}, {article.licence}")
    yield EMPTY
    rows = [(name, f"{len(table)}", "".join(table.ids[:1])) for name, table in article.tables.items()]
    yield Grid(("layer", "records", "such as"), rows)
