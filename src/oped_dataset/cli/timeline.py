"""`oped-dataset timeline`: show the events in order of time, each with the voices that report it."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator

from oped_dataset.cli import asked, layers, terminal
from oped_dataset.cli.blocks import (
    EMPTY,
    Block,
    heading,
    line,
)
from oped_dataset.cli.exits import OK
from oped_dataset.cli.records import (
    STEP,
    under_voices,
)
from oped_dataset.model.article import Article
from oped_dataset.model.records import Event


def run(arguments: Namespace) -> int:
    """Show the dated events in their order, then the others."""
    article = asked.article(arguments.article)
    by = asked.entity(article, arguments.by).id if arguments.by is not None else None
    time = asked.time(arguments.during) if arguments.during is not None else None
    timed = article.timeline()
    dated = list(timed if time is None else timed.during(time))
    undated = [each for each in article.events if each.when is None and time is None]
    heard = {claim.id for claim in article.claims if asked.is_voiced_by(claim, by)}
    dated, undated = (
        [each for each in events if any(claim.id in heard for claim in article.claims_for(each.id))]
        for events in (dated, undated)
    )
    if arguments.json:
        rows = {row["id"]: row for row in layers.rows(article, "events")}
        sections = {"dated": dated, "undated": undated}
        terminal.show_json({name: [rows[each.id] for each in events] for name, events in sections.items()})
    else:
        terminal.show(blocks(article, dated, undated))
    return OK


def blocks(article: Article, dated: list[Event], undated: list[Event]) -> Iterator[Block]:
    """Show the events under the voices that report them."""
    yield line("Each event as presented, under the voices that report it. None of this is a fact.")
    for title, events in (("Dated", dated), ("Undated", undated)):
        if events:
            yield EMPTY
            yield heading(f"{title}, {len(events)}")
        for event in events:
            yield from under_voices(article, event, STEP)
    if not dated and not undated:
        yield line("No event matches.")
