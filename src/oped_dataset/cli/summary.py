"""The summary of an article, shown without a command.

Here: one screen with the byline, the main voices, one claim, the first and the last event, and commands to try next.
Not here: records in words (`records.py`).
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator, Sequence
from typing import Final

from oped_dataset import library
from oped_dataset.cli import terminal
from oped_dataset.cli.blocks import (
    EMPTY,
    Block,
    Piece,
    heading,
    line,
)
from oped_dataset.cli.exits import OK
from oped_dataset.cli.records import STEP, speech, under_voices
from oped_dataset.model.article import Article
from oped_dataset.model.wording import name_of

_MOST_VOICES: Final = 5
_NEXT: Final = (
    ("oped-dataset voices", "who speaks inside whom"),
    ("oped-dataset timeline", "the events in order, with their voices"),
    ("oped-dataset show", "the layers; then show claims, show ID"),
    ("oped-dataset explore -o page.html", "the article as a page for the browser"),
    ("oped-dataset export", "the formats for other tools"),
    ("oped-dataset validate FILE", "check your own file"),
    ("oped-dataset --help", "all commands"),
)


def run(_: Namespace) -> int:
    """Show the bundled article on one screen."""
    terminal.show(summary(library.load()))
    return OK


def summary(article: Article) -> Iterator[Block]:
    """Summarise an article on one screen."""
    yield line(Piece(article.title, "title"))
    yield line(_byline(article))
    yield EMPTY
    yield line("An opinion piece, annotated: who says what, how surely, and on whose word. None of it is a fact.")
    yield EMPTY
    yield line("Annotated: " + ", ".join(f"{len(table)} {name}" for name, table in article.tables.items()))
    yield from _list_main_voices(article)
    if article.claims:
        deepest = max(article.claims, key=lambda claim: len(claim.voices))
        yield EMPTY
        yield line(Piece("One claim inside its voices  ", "heading"), Piece(f"[{deepest.id}]", "id"))
        yield from speech(article, deepest, STEP)
    timeline = article.timeline()
    for title, event in zip(("First", "Last"), (*timeline[:1], *timeline[-1:]), strict=False):
        yield EMPTY
        yield heading(f"{title} dated event, as presented")
        yield from under_voices(article, event, STEP)
    yield from _list_next_steps(article)


def _byline(article: Article) -> str:
    people = _names(article, article.authors)
    if article.contributors:
        people += f" with {_names(article, article.contributors)}"
    updated = f", updated {article.updated}" if article.updated is not None else ""
    return f"{article.genre} by {people}; {name_of(article, article.publisher)}, {article.published}{updated}"


def _names(article: Article, entity_ids: Sequence[str]) -> str:
    return ", ".join(name_of(article, entity_id) for entity_id in entity_ids)


def _list_main_voices(article: Article) -> Iterator[Block]:
    heard = {entity: len(article.claims.voiced_by(entity)) for entity in article.entities}
    most = sorted((entity for entity in heard if heard[entity]), key=lambda entity: -heard[entity])
    if most:
        yield EMPTY
        yield heading("Voices with the most claims")
    for entity in most[:_MOST_VOICES]:
        yield line(f"{heard[entity]:4}  ", Piece(entity.name, "name"), "  ", Piece(f"[{entity.id}]", "id"), indent=STEP)


def _list_next_steps(article: Article) -> Iterator[Block]:
    yield EMPTY
    yield heading("Commands to try next")
    longest = max(len(command) for command, _ in _NEXT)
    for command, purpose in _NEXT:
        yield line(Piece(command.ljust(longest), "name"), f"  {purpose}", indent=STEP)
    yield EMPTY
    yield heading("Or in Python")
    yield line("from oped_dataset import load", indent=STEP)
    yield line("article = load()", indent=STEP)
    yield line(f'article.claims.voiced_by("{article.authors[0]}")', indent=STEP)
