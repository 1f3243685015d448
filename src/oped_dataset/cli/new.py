"""`oped-dataset new`: a draft to annotate, made from a text; a project for an annotation tool; a package of articles.

Not here: what a program can know of a text (`authoring/skeleton.py`), the file of a draft
(`authoring/drafts.py`), the files of a project (`authoring/projects.py`) and of a package (`authoring/package.py`).
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
    """A draft of a text or of a project, a project around a draft, or a distribution around articles."""
    if arguments.package is not None:
        articles = [asked.article(each) for each in arguments.files]
        folder = arguments.output or arguments.package
        _list(write_package(articles, folder, name=arguments.package))
        return OK
    if len(arguments.files) > 1:
        raise InvalidRecord("new: takes one text; several files are for --package, which takes finished articles")
    if arguments.tool is not None:
        tool = asked.one_of("annotation tool", arguments.tool, TOOLS)
        if arguments.output is None:
            raise ArticleFileError(f"a project for {tool} is several files; name a folder for them: -o FOLDER")
        _list(_write_project(arguments, tool))
        return OK
    if arguments.source is not None:
        draft = read_project(arguments.files[0], asked.one_of("annotation tool", arguments.source, TOOLS), arguments.id)
        report = validate(draft.article)
        content = dumps(draft.article) if report.ok else dumps_draft(draft)
        summary = (
            "no problems" if report.ok else f"a draft; problems left: {len(report.problems)}; see validate and lint"
        )
    else:
        draft = _drafted(arguments, read_copy(arguments.files[0], encoding=arguments.encoding))
        content, summary = dumps_draft(draft), _summary(draft)
    terminal.write(content.decode(), arguments.output)
    if arguments.output is not None:
        terminal.show([line(f"{arguments.output}: {summary}")])
    return OK


def _list(paths: Iterable[Path]) -> None:
    terminal.show(line(f"wrote {path}") for path in paths)


def _write_project(arguments: Namespace, tool: str) -> tuple[Path, ...]:
    (file,) = arguments.files
    if file.endswith(".json"):
        text = None if arguments.text is None else read_copy(arguments.text, encoding=arguments.encoding)
        return write_project(load_draft(file), tool, arguments.output, text=text)
    text = read_copy(file, encoding=arguments.encoding)
    return write_project(_drafted(arguments, text), tool, arguments.output, text=text)


def _drafted(arguments: Namespace, text: str) -> Draft:
    return new_article(
        text,
        id=arguments.id or slug_for(Path(arguments.files[0]).stem) or "article",
        title=arguments.title,
        authors=arguments.author,
        contributors=arguments.contributor,
        publisher=arguments.publisher,
        published=_day("--published", arguments.published),
        updated=_day("--updated", arguments.updated),
        language=arguments.language,
        genre=arguments.genre,
        licence=arguments.licence,
        with_text=arguments.with_text,
        proposals=not arguments.no_proposals,
    )


def _day(option: str, written: str | None) -> datetime.date | None:
    try:
        return None if written is None else datetime.date.fromisoformat(written)
    except ValueError:
        raise InvalidDate(f"{option}: {quoted(written)} is not a day; write it as 2019-07-13") from None


def _summary(draft: Draft) -> str:
    article = draft.article
    parts = {"sentence": article.source.sentences, "heading": article.headings, "proposal": draft.proposals}
    counts = ", ".join(f"{len(found)} {noun}{'' if len(found) == 1 else 's'}" for noun, found in parts.items())
    return f"{counts}; not filled in: {', '.join(draft.missing)}" if draft.missing else counts
