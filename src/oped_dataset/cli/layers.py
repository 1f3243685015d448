"""The layers of an article as tables, for people and for programs.

Here: the columns of a layer that people see, and the rows for programs.
Not here: the content of these rows, which are those of the exports (`exports/tables.py`), and single records in words
(`records.py`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, TypeAlias

from oped_dataset.cli.blocks import Grid
from oped_dataset.cli.records import chains_of, content, when, with_side
from oped_dataset.exports.tables import to_tables
from oped_dataset.model.article import Article
from oped_dataset.model.tables import Record
from oped_dataset.model.wording import name_of

Column: TypeAlias = tuple[str, Callable[[Article, Any], str | tuple[str, ...] | None]]
"""A heading, and the function that makes the cell of a record."""

_VOICES: Final[Column] = ("who says it", chains_of)
_CONTENT: Final[Column] = ("what is said", content)
_COLUMNS: Final[dict[str, tuple[Column, ...]]] = {
    "entities": (
        ("name", lambda _, each: each.name),
        ("kind", lambda _, each: each.kind if each.named else f"{each.kind}, unnamed"),
        ("who or what", lambda _, each: each.description),
    ),
    "mentions": (
        ("refers to", lambda article, each: name_of(article, each.entity)),
        ("form", lambda _, each: each.form),
        ("characters", lambda _, each: f"{each.span.start}–{each.span.end}"),
    ),
    "times": (
        ("kind", lambda _, each: each.kind),
        ("value", lambda _, each: each.value or "not settled"),
        ("counted from", lambda _, each: each.anchor),
        ("characters", lambda _, each: f"{each.span.start}–{each.span.end}"),
    ),
    "quantities": (_VOICES, _CONTENT),
    "quotations": (
        ("speaker", lambda article, each: "nobody" if each.speaker is None else name_of(article, each.speaker)),
        ("kind", lambda _, each: each.kind),
        _VOICES,
        ("words between the marks", lambda _, each: each.text),
    ),
    "events": (("when", lambda _, each: when(each.when)), ("status", lambda _, each: each.status), _VOICES, _CONTENT),
    "relations": (
        ("when", lambda _, each: f"{when(each.during)}{', over' if each.ended else ''}"),
        _VOICES,
        _CONTENT,
    ),
    "claims": (_VOICES, ("what is said", lambda _, each: each.gist)),
    "arguments": (
        ("claim", lambda article, each: _describe_claim(article, each.source)),
        ("bearing", lambda _, each: each.kind),
        ("on", lambda article, each: _describe_claim(article, each.target)),
    ),
}


def _describe_claim(article: Article, record_id: str) -> tuple[str, ...]:
    if record_id not in article.claims:
        return (f"the step {record_id}",)
    return (*chains_of(article, article.claims[record_id]), with_side(article.claims[record_id]))


def grid(article: Article, layer: str) -> Grid:
    """Make the table of a layer for people; who says something comes before what is said."""
    columns = _COLUMNS[layer]
    rows = [(record.id, *(show(article, record) or "" for _, show in columns)) for record in article.tables[layer]]
    return Grid(("id", *(heading for heading, _ in columns)), rows)


def rows(article: Article, layer: str) -> list[dict[str, Any]]:
    """Return a layer for programs, as in the export `tables`: claims with `voices`, other records with `told_by`."""
    return to_tables(article)[layer]


def record_and_all(article: Article, layer: str, record: Record) -> dict[str, Any]:
    """Return a record for programs with its claims and, for an entity, the events and relations it takes part in."""
    tables = to_tables(article)
    wanted = {"claims": article.claims_for(record.id).ids}
    if layer == "entities":
        dossier = article.about(record.id)
        wanted |= {"events": dossier.events.ids, "relations": dossier.relations.ids}
    return {
        "article": article.id,
        "layer": layer,
        "record": next(row for row in tables[layer] if row["id"] == record.id),
        **{name: [row for row in tables[name] if row["id"] in ids] for name, ids in wanted.items()},
    }
