"""`oped-dataset attach`: how much of the annotation is found in a copy of the text.

Not here: finding it (`text/attachment.py`).
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
from oped_dataset.text.attachment import AttachedArticle, Share


def run(arguments: Namespace) -> int:
    """A copy of the text: how much of the annotation was found in it, and the article in its offsets."""
    article = asked.article(arguments.article)
    attached = article.attach_path(arguments.file, encoding=arguments.encoding)
    if arguments.output is not None:
        loading.dump_path(attached.to_article(with_text=arguments.with_text), arguments.output)
    if arguments.json:
        terminal.show_json(_coverage(attached))
    else:
        terminal.show(_found(attached, listed=arguments.lost))
    return OK if attached.exact or attached.coverage.sentences.found else PROBLEMS


def _coverage(attached: AttachedArticle) -> dict[str, object]:
    return {
        "article": attached.article.id,
        "exact": attached.exact,
        "coverage": attrs.asdict(attached.coverage),
        "lost": [attrs.asdict(each) for each in attached.lost],
    }


def _found(attached: AttachedArticle, *, listed: bool) -> Iterator[Block]:
    coverage, lost = attached.coverage, attached.lost
    yield line(f"{attached.article.id}: {_how(attached)}")
    yield EMPTY
    shares = {"sentences": coverage.sentences, "paragraphs, intact": coverage.paragraphs}
    shares |= {f"places of {name}": share for name, share in coverage.spans.items()}
    yield Grid(("part", "found", "of", "share"), [_row(name, share) for name, share in shares.items()])
    if lost and not listed:
        yield EMPTY
        yield line(f"{len(lost)} places of records are not carried over; --lost lists them.")
    elif lost:
        yield EMPTY
        yield heading("Not carried over")
        yield from _lost(attached)


def _lost(attached: AttachedArticle) -> Iterator[Block]:
    rows = [(each.record, f"{each.span.start}–{each.span.end}", each.reason) for each in attached.lost]
    yield Grid(("record", "characters", "because"), rows)


def _how(attached: AttachedArticle) -> str:
    if attached.exact:
        return "this is the text that was annotated, character for character."
    if not attached.coverage.sentences.total:
        return "its sentences are unknown, so only the very text that was annotated can be attached."
    if not attached.coverage.sentences.found:
        return "no sentence of it is in this copy; is it another text?"
    return "this is another copy; its sentences were found by their digests, and nothing was guessed."


def _row(name: str, share: Share) -> tuple[str, ...]:
    return name, f"{share.found}", f"{share.total}", share.percentage
