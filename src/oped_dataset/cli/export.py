"""`oped-dataset export`: an article in another format, or which formats there are.

What lives here: what of an export can be a file, and where it goes.
What does not: the formats (`exports/registry.py`) and the replacing of files (`terminal.py`).
"""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from typing import Any, Final

from oped_dataset.cli import asked, terminal
from oped_dataset.cli.blocks import EMPTY, Grid, line
from oped_dataset.cli.exits import OK
from oped_dataset.errors import ArticleFileError, NotExportable, TextNeeded
from oped_dataset.exports.files import Files
from oped_dataset.exports.registry import Format, export, formats
from oped_dataset.messages import printable
from oped_dataset.model.article import Article

_INSTEAD: Final = {
    "arrow": "parquet",
    "cas": "xmi",
    "networkx": "graphml",
    "pandas": "parquet",
    "polars": "parquet",
    "rdf": "turtle",
    "relations-graph": "graphml",
    "spacy": "docbin",
}
"""For a format that lives in Python only, the one that puts the same into files."""


def run(arguments: Namespace) -> int:
    """An article in another format; or, of none is named, which formats there are."""
    if arguments.format is None:
        terminal.show(_formats())
        return OK
    names = tuple(each.name for each in formats())
    wanted = {each.name: each for each in formats()}[asked.one_of("format", arguments.format, names)]
    if wanted.name in _INSTEAD:
        raise NotExportable(
            f"{wanted.name} gives {wanted.gives}, which is no file; export {_INSTEAD[wanted.name]}, or in Python: "
            f'export(load(), "{wanted.name}")'
        )
    _check_place(wanted, arguments.output)
    _put(export(_with_text(asked.article(arguments.article), wanted, arguments.text), wanted.name), arguments.output)
    return OK


def _formats() -> list[Any]:
    files = [each for each in formats() if each.name not in _INSTEAD]
    python = [each for each in formats() if each.name in _INSTEAD]
    columns = ("format", "what it is for", "needs")
    return [
        Grid(columns, [(each.name, each.summary, _needs(each)) for each in files]),
        EMPTY,
        line("In Python only, as export(article, FORMAT): " + ", ".join(each.name for each in python) + "."),
    ]


def _needs(wanted: Format) -> str:
    extra = f"the extra {wanted.extra}" if wanted.extra is not None else ""
    text = "the text" if wanted.needs_text else ""
    return " and ".join(filter(None, (extra, text)))


def _check_place(wanted: Format, output: str | None) -> None:
    if output is None and wanted.gives == "Files":
        raise ArticleFileError(f"{wanted.name} is several files; name a directory for them: -o DIRECTORY")
    if output is None and wanted.gives == "bytes" and sys.stdout.isatty():
        raise ArticleFileError(f"{wanted.name} is no text for a terminal; name a file for it: -o FILE")


def _with_text(article: Article, wanted: Format, copy: str | None) -> Article:
    if copy is not None:
        attached = article.attach_path(copy)
        if not attached.exact:
            message = f"{copy} is not the text that was annotated; what is not found in it is left out: {attached!r}"
            print(f"oped-dataset: {printable(message)}", file=sys.stderr)
        return attached.to_article()
    if wanted.needs_text and article.source.text is None:
        raise TextNeeded(
            f"{wanted.name} needs the text of {article.id!r}, which is not part of the data; give a copy of yours: "
            "--text FILE"
        )
    return article


def _put(made: Any, output: str | None) -> None:
    if isinstance(made, Files):
        # Only `_check_place` lets several files pass, and only with a directory.
        made.write(str(output))
    elif isinstance(made, (str, bytes)):
        terminal.write(made, output)
    else:
        terminal.write(json.dumps(made, ensure_ascii=False, indent=2, default=str) + "\n", output)
