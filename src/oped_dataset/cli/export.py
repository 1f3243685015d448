"""`oped-dataset export`: an article or a corpus in another format, or which formats there are.

Here: what of an export can be a file, and where it goes.
Not here: the formats (`exports/registry.py`) and the replacing of files (`terminal.py`).
"""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from typing import Any, Final

from oped_dataset.cli import asked, terminal
from oped_dataset.cli.blocks import EMPTY, Grid, line
from oped_dataset.cli.corpora import check_start, go_on, is_corpus
from oped_dataset.cli.exits import OK
from oped_dataset.corpora.parquet import SUFFIX, rows_written, write_parquet
from oped_dataset.corpora.pieces import read_corpus
from oped_dataset.errors import ArticleFileError, InvalidRecord, NotExportable, TextNeeded
from oped_dataset.exports.files import Files
from oped_dataset.exports.registry import Format, export, formats
from oped_dataset.filesystem import file_errors, to_path
from oped_dataset.messages import printable, quoted
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


_ENDINGS: Final = {
    "docbin": ".spacy",
    "gexf": ".gexf",
    "graphml": ".graphml",
    "stam": ".stam.json",
    "tables": ".json",
    "turtle": ".ttl",
    "web-annotation": ".jsonld",
}
"""How the file of an article ends where a corpus is exported."""


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
    check_start(arguments, [arguments.article])
    if is_corpus(arguments.article):
        _put_corpus(wanted, arguments)
        return OK
    _check_place(wanted, arguments.output)
    _put(export(_with_text(asked.article(arguments.article), wanted, arguments.text), wanted.name), arguments.output)
    return OK


def _put_corpus(wanted: Format, arguments: Namespace) -> None:
    if arguments.output is None:
        raise ArticleFileError("a corpus is many articles; name a directory for them: -o DIRECTORY")
    if arguments.text is not None:
        raise InvalidRecord("--text: is the text of one article, and a corpus has many; they need texts of their own")
    if wanted.name == "parquet" and arguments.output.endswith(SUFFIX):
        before = rows_written(arguments.output)

        def kept(_: int) -> str:
            return f"{rows_written(arguments.output):,} are kept, and the same command goes on after them"

        with terminal.progress("writing", start=before, go_on=kept) as watch:
            articles = read_corpus(arguments.article, start=before, progress=watch)
            write_parquet(articles, arguments.output, resume=True)
        return
    folder, seen = to_path(arguments.output), set[str]()
    with file_errors(folder):
        folder.mkdir(exist_ok=True)
    with terminal.progress("writing", start=arguments.start, go_on=go_on) as watch:
        for article in read_corpus(arguments.article, start=arguments.start, progress=watch):
            if article.id in seen:
                raise NotExportable(
                    f"two articles of {arguments.article} have the id {quoted(article.id)}, and so one file"
                )
            seen.add(article.id)
            made = export(_with_text(article, wanted, None), wanted.name)
            place = folder / article.id
            _put(made, str(place if isinstance(made, Files) else place.with_name(article.id + _ENDINGS[wanted.name])))


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
            f"{wanted.name} needs the text of {quoted(article.id)}, which is not part of the data; "
            "give a copy of yours: --text FILE"
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
