"""`oped-dataset export`: write an article or a corpus in another format, or list the formats.

Here: which exports can be files, and where they are written.
Not here: the formats (`exports/registry.py`) and the replacing of files (`terminal.py`).
"""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from typing import Any, Final

from oped_dataset.cli import asked, terminal
from oped_dataset.cli.blocks import EMPTY, Block, Grid, line
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
"""For each format that exists only in Python, the one that writes the same to files."""

_ENDINGS: Final = {
    "docbin": ".spacy",
    "gexf": ".gexf",
    "graphml": ".graphml",
    "stam": ".stam.json",
    "tables": ".json",
    "turtle": ".ttl",
    "web-annotation": ".jsonld",
}
"""The suffix of each article's file when a corpus is exported."""


def run(arguments: Namespace) -> int:
    """Write an article or a corpus in another format or, without a format, list the formats."""
    if arguments.format is None:
        terminal.show(_list_formats())
        return OK
    names = tuple(each.name for each in formats())
    wanted = {each.name: each for each in formats()}[asked.one_of("format", arguments.format, names)]
    if wanted.name in _INSTEAD:
        raise NotExportable(
            f"{wanted.name} is {wanted.gives}, which is not a file; export {_INSTEAD[wanted.name]}, or in Python: "
            f'export(load(), "{wanted.name}")'
        )
    check_start(arguments, [arguments.article])
    if is_corpus(arguments.article):
        _write_corpus(wanted, arguments)
        return OK
    _check_output(wanted, arguments.output)
    _write(export(_with_text(asked.article(arguments.article), wanted, arguments.text), wanted.name), arguments.output)
    return OK


def _write_corpus(wanted: Format, arguments: Namespace) -> None:
    if arguments.output is None:
        raise ArticleFileError("a corpus has many articles; give a directory for them: -o DIRECTORY")
    if arguments.text is not None:
        raise InvalidRecord("--text: is the text of one article, and a corpus has many; export the articles one by one")
    if wanted.name == "parquet" and arguments.output.endswith(SUFFIX):
        before = rows_written(arguments.output)

        def kept(_: int) -> str:
            return f"{rows_written(arguments.output):,} are kept, and the same command goes on after them"

        with terminal.progress("writing", start=before, go_on=kept) as watch:
            articles = read_corpus(arguments.article, start=before, progress=watch)
            write_parquet(articles, arguments.output, resume=True)
        return
    directory, seen = to_path(arguments.output), set[str]()
    with file_errors(directory):
        directory.mkdir(exist_ok=True)
    with terminal.progress("writing", start=arguments.start, go_on=go_on) as watch:
        for article in read_corpus(arguments.article, start=arguments.start, progress=watch):
            if article.id in seen:
                raise NotExportable(
                    f"two articles of {arguments.article} have the id {quoted(article.id)}, "
                    "and so would be written to the same file"
                )
            seen.add(article.id)
            made = export(_with_text(article, wanted, None), wanted.name)
            name = article.id if isinstance(made, Files) else article.id + _ENDINGS[wanted.name]
            _write(made, str(directory / name))


def _list_formats() -> list[Block]:
    files = [each for each in formats() if each.name not in _INSTEAD]
    python = [each for each in formats() if each.name in _INSTEAD]
    rows = []
    for each in files:
        extra = f"the extra {each.extra}" if each.extra is not None else ""
        text = "the text" if each.needs_text else ""
        rows.append((each.name, each.summary, " and ".join(filter(None, (extra, text)))))
    return [
        Grid(("format", "purpose", "needs"), rows),
        EMPTY,
        line("In Python only, as export(article, FORMAT): " + ", ".join(each.name for each in python) + "."),
    ]


def _check_output(wanted: Format, output: str | None) -> None:
    if output is None and wanted.gives == "Files":
        raise ArticleFileError(f"{wanted.name} writes several files; give a directory for them: -o DIRECTORY")
    if output is None and wanted.gives == "bytes" and sys.stdout.isatty():
        raise ArticleFileError(f"{wanted.name} is binary; give a file for it: -o FILE")


def _with_text(article: Article, wanted: Format, copy: str | None) -> Article:
    if copy is not None:
        attached = article.attach_path(copy)
        if not attached.exact:
            message = f"{copy} differs from the annotated text; records not found in it are left out: {attached!r}"
            print(f"oped-dataset: {printable(message)}", file=sys.stderr)
        return attached.to_article()
    if wanted.needs_text and article.source.text is None:
        raise TextNeeded(
            f"{wanted.name} needs the text of {quoted(article.id)}, which is not part of the data; "
            "give your copy: --text FILE"
        )
    return article


def _write(made: Any, output: str | None) -> None:
    if isinstance(made, Files):
        # `_check_output` has rejected several files without a directory.
        made.write(str(output))
    elif isinstance(made, (str, bytes)):
        terminal.write(made, output)
    else:
        terminal.write(json.dumps(made, ensure_ascii=False, indent=2, default=str) + "\n", output)
