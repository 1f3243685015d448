"""`oped-dataset new`: a draft to annotate, made from a text.

What does not live here: what a program can know of a text (`authoring/skeleton.py`) and the file of a draft
(`authoring/drafts.py`).
"""

from __future__ import annotations

import datetime
from argparse import Namespace
from pathlib import Path

from oped_dataset.authoring.drafts import Draft, dumps_draft
from oped_dataset.authoring.skeleton import new_article
from oped_dataset.cli import terminal
from oped_dataset.cli.blocks import line
from oped_dataset.cli.exits import OK
from oped_dataset.errors import InvalidDate
from oped_dataset.extraction.repairs import slug_for
from oped_dataset.messages import quoted
from oped_dataset.text.copies import read_copy


def run(arguments: Namespace) -> int:
    """A draft, in a file or on the output."""
    draft = new_article(
        read_copy(arguments.text, encoding=arguments.encoding),
        id=arguments.id or slug_for(Path(arguments.text).stem) or "article",
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
    terminal.write(dumps_draft(draft).decode(), arguments.output)
    if arguments.output is not None:
        terminal.show([line(f"{arguments.output}: {_summary(draft)}")])
    return OK


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
