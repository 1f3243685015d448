"""`oped-dataset attach`: attach the annotation to a copy of the text, and report how much of it was found.

Not here: the attachment itself (`text/attachment.py`).
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator

import attrs

from oped_dataset import loading
from oped_dataset.cli import asked, terminal
from oped_dataset.cli.blocks import (
    EMPTY,
    Block,
    Grid,
    heading,
    line,
)
from oped_dataset.cli.exits import OK, PROBLEMS
from oped_dataset.text.attachment import AttachedArticle


def run(arguments: Namespace) -> int:
    """Report how much of the annotation was found in a copy of the text; write the article in the copy's offsets."""
    article = asked.article(arguments.article)
    attached = article.attach_path(arguments.file, encoding=arguments.encoding)
    if arguments.output is not None:
        loading.dump_path(attached.to_article(with_text=arguments.with_text), arguments.output)
    if arguments.json:
        terminal.show_json(
            {
                "article": attached.article.id,
                "exact": attached.exact,
                "coverage": attrs.asdict(attached.coverage),
                "lost": [attrs.asdict(each) for each in attached.lost],
            }
        )
    else:
        terminal.show(_report(attached, list_lost=arguments.lost))
    return OK if attached.exact or attached.coverage.sentences.found else PROBLEMS


def _report(attached: AttachedArticle, *, list_lost: bool) -> Iterator[Block]:
    coverage, lost = attached.coverage, attached.lost
    yield line(f"{attached.article.id}: {_describe_match(attached)}")
    yield EMPTY
    shares = {"sentences": coverage.sentences, "paragraphs, intact": coverage.paragraphs}
    shares |= {f"spans of {name}": share for name, share in coverage.spans.items()}
    rows = [(name, f"{share.found}", f"{share.total}", share.percentage) for name, share in shares.items()]
    yield Grid(("part", "found", "of", "share"), rows)
    if lost and not list_lost:
        yield EMPTY
        yield line(f"{len(lost)} spans of records were not transferred; --lost lists them.")
    elif lost:
        yield EMPTY
        yield heading("Not transferred")
        losses = [(each.record, f"{each.span.start}–{each.span.end}", each.reason) for each in lost]
        yield Grid(("record", "characters", "because"), losses)


def _describe_match(attached: AttachedArticle) -> str:
    if attached.exact:
        return "this copy is identical to the annotated text."
    if not attached.coverage.sentences.total:
        return "its sentences are unknown, so only an identical copy of the annotated text can be attached."
    if not attached.coverage.sentences.found:
        return "this copy contains none of its sentences; is it a different text?"
    return "this copy differs; its sentences were found by their digests, and nothing was guessed."
