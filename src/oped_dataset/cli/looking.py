"""Looking at articles: the summary, `list`, `show`, `voices` and `timeline`.

What lives here: what each of these commands shows, in which order.
What does not: the words of records (`records.py`), tables of layers (`layers.py`), and what was asked for (`asked.py`).
"""

from __future__ import annotations

from argparse import Namespace
from collections import Counter
from collections.abc import Iterable, Iterator

from oped_dataset import cli, library, loading
from oped_dataset.cli import asked, layers, terminal
from oped_dataset.cli.blocks import (
    EMPTY,
    Block,
    Grid,
    Piece,
    heading,
    line,
)
from oped_dataset.cli.records import (
    STEP,
    claims_in_words,
    in_full,
    told,
)
from oped_dataset.cli.summary import summary
from oped_dataset.errors import OpedDatasetError, RecordNotFound
from oped_dataset.messages import nearest
from oped_dataset.model.article import TABLES, Article
from oped_dataset.model.records import Claim, Event
from oped_dataset.model.vocabulary import Commitment
from oped_dataset.model.wording import COMMITMENTS, name_of


def summarise(_: Namespace) -> int:
    """The bundled article on one screen."""
    terminal.show(summary(library.load()))
    return cli.OK


# list


def list_articles(arguments: Namespace) -> int:
    """Every article that has a name; one that does not load is told of and is no reason not to list the others."""
    found, code = [], cli.OK
    for name in library.names():
        try:
            found.append(library.load(name))
        except OpedDatasetError as error:
            cli.complain(error)
            code = cli.UNUSABLE
    if arguments.json:
        terminal.show_json([_entry(article) for article in found])
        return code
    rows = [
        (each.id, each.title, each.data_version, each.licence, f"{len(each.claims)}", f"{len(each.events)}")
        for each in found
    ]
    columns = ("article", "title", "data", "licence", "claims", "events")
    terminal.show([Grid(columns, rows)])
    return code


def _entry(article: Article) -> dict[str, object]:
    entry: dict[str, object] = {name: getattr(article, name) for name in ("id", "title", "data_version", "licence")}
    entry["counts"] = {name: len(table) for name, table in article.tables.items()}
    return entry


# show


def show(arguments: Namespace) -> int:
    """A record, a layer, or which layers there are."""
    article, what = asked.article(arguments.article), arguments.what
    if what is None:
        if arguments.json:
            terminal.write(loading.dumps(article).decode(), None)
        else:
            terminal.show(_overview(article))
    elif what in TABLES:
        if arguments.json:
            terminal.show_json(layers.rows(article, what))
        else:
            terminal.show([layers.grid(article, what)])
    else:
        _show_record(article, what, as_json=arguments.json)
    return cli.OK


def _show_record(article: Article, what: str, *, as_json: bool) -> None:
    layer = next((name for name, table in article.tables.items() if what in table), None)
    if layer is None:
        known = (record_id for table in article.tables.values() for record_id in table.ids)
        raise RecordNotFound(what, nearest(what, (*TABLES, *known)) or TABLES)
    record = article.record(what)
    if as_json:
        terminal.show_json(layers.record_and_all(article, layer, record))
    else:
        terminal.show(in_full(article, record))


def _overview(article: Article) -> Iterator[Block]:
    yield line(Piece(article.title, "title"))
    yield line(f"{article.id}, data {article.data_version}, {article.licence}")
    yield EMPTY
    rows = [(name, f"{len(table)}", "".join(table.ids[:1])) for name, table in article.tables.items()]
    yield Grid(("layer", "records", "such as"), rows)


# voices


def voices(arguments: Namespace) -> int:
    """Who speaks inside whom, or the claims inside their voices."""
    article = asked.article(arguments.article)
    claims = asked.claims(article, arguments)
    if arguments.json:
        wanted = set(claims.ids)
        terminal.show_json([row for row in layers.rows(article, "claims") if row["id"] in wanted])
        return cli.OK
    yielded = claims_in_words(article, claims) if arguments.claims else _tree(article, claims, 0, 0)
    counted = f"{len(claims)} of {len(article.claims)} claims"
    more = "" if arguments.claims or not claims else "; --claims shows each inside its voices"
    terminal.show([line(f"{counted}{more}"), EMPTY, *yielded])
    return cli.OK


def _tree(article: Article, claims: Iterable[Claim], depth: int, indent: int) -> Iterator[Block]:
    """Group claims by the voice at a depth, the most frequent first, and those that go deeper inside it."""
    groups: dict[str, list[Claim]] = {}
    for claim in claims:
        groups.setdefault(claim.voices[depth].source, []).append(claim)
    for source, group in sorted(groups.items(), key=lambda item: -len(item[1])):
        heard = Counter(claim.voices[depth].commitment for claim in group)
        yield line(*_counted(article, source, heard), indent=indent)
        yield from _tree(article, [each for each in group if len(each.voices) > depth + 1], depth + 1, indent + STEP)


def _counted(article: Article, source: str, heard: Counter[Commitment]) -> Iterator[str | Piece]:
    yield Piece(name_of(article, source), "name")
    yield Piece(f" [{source}] ", "id")
    shown = [label for label in COMMITMENTS if heard[label]]
    for label in shown:
        words = COMMITMENTS[label][0]
        yield Piece(words, words)
        yield f" {heard[label]}{'' if label is shown[-1] else ', '}"


# timeline


def timeline(arguments: Namespace) -> int:
    """The dated events in their order, then the others."""
    article = asked.article(arguments.article)
    by = asked.entity(article, arguments.by).id if arguments.by is not None else None
    time = asked.time(arguments.during) if arguments.during is not None else None
    timed = article.timeline()
    dated = list(timed if time is None else timed.during(time))
    undated = [each for each in article.events if each.when is None and time is None]
    dated, undated = ([each for each in events if _is_told_by(article, each, by)] for events in (dated, undated))
    if arguments.json:
        rows = {row["id"]: row for row in layers.rows(article, "events")}
        sections = {"dated": dated, "undated": undated}
        terminal.show_json({name: [rows[each.id] for each in events] for name, events in sections.items()})
    else:
        terminal.show(_timeline(article, dated, undated))
    return cli.OK


def _is_told_by(article: Article, event: Event, by: str | None) -> bool:
    return any(asked.is_voiced_by(claim, by) for claim in article.claims_for(event.id))


def _timeline(article: Article, dated: list[Event], undated: list[Event]) -> Iterator[Block]:
    yield line("Each event as it is told, under those who tell it. None of it is a fact.")
    for title, events in (("Dated", dated), ("Undated", undated)):
        if events:
            yield EMPTY
            yield heading(f"{title}, {len(events)}")
        for event in events:
            yield from told(article, event, STEP)
    if not dated and not undated:
        yield line("No event is told so.")
