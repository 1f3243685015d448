"""`oped-dataset new`: make a draft from a text, a project for an annotation tool, or a package of articles.

Not here: drafting from a text (`authoring/skeleton.py`), the file of a draft (`authoring/drafts.py`), the files of a
project (`authoring/projects.py`) and of a package (`authoring/package.py`).
"""

from __future__ import annotations

import datetime
from argparse import Namespace
from collections.abc import Iterable
from pathlib import Path

from oped_dataset.authoring.drafts import Draft, dumps_draft, load_draft
from oped_dataset.authoring.package import write_package
from oped_dataset.authoring.projects import TOOLS, read_project, write_project
from oped_dataset.authoring.skeleton import new_article
from oped_dataset.cli import asked, terminal
from oped_dataset.cli.blocks import line
from oped_dataset.cli.exits import OK
from oped_dataset.errors import ArticleFileError, InvalidDate, InvalidRecord
from oped_dataset.extraction.repairs import slug_for
from oped_dataset.loading import dumps, validate
from oped_dataset.messages import quoted
from oped_dataset.text.copies import read_copy


def run(arguments: Namespace) -> int:
    """Write a draft of a text or a project, a project around a draft, or a distribution around articles."""
    if arguments.package is not None:
        articles = [asked.article(each) for each in arguments.files]
        directory = arguments.output or arguments.package
        _list_files(write_package(articles, directory, name=arguments.package))
        return OK
    if len(arguments.files) > 1:
        raise InvalidRecord("new: takes one text; several files are for --package, which takes finished articles")
    if arguments.tool is not None:
        tool = asked.one_of("annotation tool", arguments.tool, TOOLS)
        if arguments.output is None:
            raise ArticleFileError(f"a project for {tool} has several files; give a directory for them: -o DIRECTORY")
        _list_files(_write_project(arguments, tool))
        return OK
    if arguments.source is not None:
        draft = read_project(arguments.files[0], asked.one_of("annotation tool", arguments.source, TOOLS), arguments.id)
        report = validate(draft.article)
        content = dumps(draft.article) if report.ok else dumps_draft(draft)
        summary = (
            "no problems" if report.ok else f"a draft; problems left: {len(report.problems)}; see validate and lint"
        )
    else:
        draft = _make_draft(arguments, read_copy(arguments.files[0], encoding=arguments.encoding))
        content = dumps_draft(draft)
        parts = {
            "sentence": draft.article.source.sentences,
            "heading": draft.article.headings,
            "proposal": draft.proposals,
        }
        summary = ", ".join(f"{len(made)} {noun}{'' if len(made) == 1 else 's'}" for noun, made in parts.items())
        summary += f"; not filled in: {', '.join(draft.missing)}" if draft.missing else ""
    terminal.write(content.decode(), arguments.output)
    if arguments.output is not None:
        terminal.show([line(f"{arguments.output}: {summary}")])
    return OK


def _list_files(paths: Iterable[Path]) -> None:
    terminal.show(line(f"wrote {path}") for path in paths)


def _write_project(arguments: Namespace, tool: str) -> tuple[Path, ...]:
    (file,) = arguments.files
    if file.endswith(".json"):
        text = None if arguments.text is None else read_copy(arguments.text, encoding=arguments.encoding)
        return write_project(load_draft(file), tool, arguments.output, text=text)
    text = read_copy(file, encoding=arguments.encoding)
    return write_project(_make_draft(arguments, text), tool, arguments.output, text=text)


def _make_draft(arguments: Namespace, text: str) -> Draft:
    return new_article(
        text,
        id=arguments.id or slug_for(Path(arguments.files[0]).stem) or "article",
        title=arguments.title,
        authors=arguments.author,
        contributors=arguments.contributor,
        publisher=arguments.publisher,
        published=_parse_day("--published", arguments.published),
        updated=_parse_day("--updated", arguments.updated),
        language=arguments.language,
        genre=arguments.genre,
        licence=arguments.licence,
        with_text=arguments.with_text,
        proposals=not arguments.no_proposals,
    )


def _parse_day(option: str, written: str | None) -> datetime.date | None:
    try:
        return None if written is None else datetime.date.fromisoformat(written)
    except ValueError:
        raise InvalidDate(f"{option}: {quoted(written)} is not a day; write it as 2019-07-13") from None
