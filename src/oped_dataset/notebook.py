"""What a notebook shows of articles, tables and records: names and nested speech, in the colours of the explorer.

What lives here: HTML without a script, a style sheet or the network, whose styles stand at each element, so that it is
legible on light and on dark paper wherever it is shown; and the table that other modules fill.
What does not: the words (`model/wording.py`, `model/when.py`) and the colours (`model/colours.py`).

The classes of the model call it by name when they are shown, because it stands above them. An event and a relation are
shown with the voices that tell them, or without what they tell where the article is not known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from html import escape
from typing import Any, Final

from oped_dataset.model import colours, wording
from oped_dataset.model.article import Article, Dossier
from oped_dataset.model.records import Argument, Claim, Entity, Event, Quotation, Relation, Voice
from oped_dataset.model.tables import Record, Table
from oped_dataset.model.when import in_words

_ROWS: Final = 50
_LINE: Final = "border-top:1px solid rgba(128,128,128,.35)"
_CELL: Final = f"text-align:left;vertical-align:top;padding:3px 10px 4px 0;{_LINE}"
_SOFT: Final = "opacity:.75;font-size:90%"
_INNER: Final = "margin-left:.6em;padding-left:.8em;border-left:2px solid rgba(128,128,128,.35)"
_GIST: Final = "font-family:Charter,Georgia,serif;font-size:108%"


def html_of(shown: Article | Dossier | Table[Any] | Record | Voice) -> str:
    """Make the HTML of an object of the model, as a notebook shows it."""
    if isinstance(shown, Article):
        return _article(shown)
    if isinstance(shown, Dossier):
        return _dossier(shown)
    if isinstance(shown, Table):
        return _table(shown)
    if isinstance(shown, Voice):
        return f"<div>{_voice(None, shown)}</div>"
    return _record(None, shown)


def grid(rows: Iterable[Iterable[str]], *, head: Iterable[str] = (), caption: str = "") -> str:
    """Make a table of cells that are HTML already."""
    heads = "".join(f'<th style="{_CELL};border-top:0;{_SOFT}">{escape(name)}</th>' for name in head)
    body = "".join("<tr>" + "".join(f'<td style="{_CELL}">{cell}</td>' for cell in row) + "</tr>" for row in rows)
    above = f'<caption style="text-align:left;caption-side:top;{_SOFT}">{escape(caption)}</caption>' if caption else ""
    top = f"<thead><tr>{heads}</tr></thead>" if heads else ""
    style = "border-collapse:collapse;text-align:left;color:inherit"
    return f'<table style="{style}">{above}{top}<tbody>{body}</tbody></table>'


def _soft(text: str) -> str:
    return f'<span style="{_SOFT}">{escape(text)}</span>'


def _name(article: Article | None, entity_id: str) -> str:
    return f'<strong title="{escape(entity_id)}">{escape(wording.name_of(article, entity_id))}</strong>'


def _sign(voice: Voice) -> str:
    label, sign = wording.COMMITMENTS[voice.commitment]
    fill, ink = colours.LIGHT[voice.commitment]
    style = f"background:{fill};color:{ink};border-radius:3px;padding:0 .35em;font-size:80%"
    return f'<span title="{escape(label)}" style="{style}">{escape(sign)}</span>'


def _voice(article: Article | None, voice: Voice) -> str:
    act, commitment = escape(voice.act), escape(voice.commitment)
    return f"{_sign(voice)} {_name(article, voice.source)} {act}, {commitment}, {escape(voice.channel)}"


def _spoken(article: Article | None, claim: Claim) -> Iterator[str]:
    for voice, words in zip(claim.voices, wording.voices_of(article, claim), strict=True):
        stance = f", {words.stance}" if words.stance else ""
        yield f"{_sign(voice)} {_name(article, voice.source)} {escape(words.verb + stance)}"


def _chain(article: Article, claim: Claim) -> str:
    return " › ".join(_spoken(article, claim))


def _claim(article: Article | None, claim: Claim, *, sided: bool = False) -> str:
    """A claim as nested speech, each voice a step further in."""
    side = f"{_soft(f'[{claim.side}]')} " if sided else ""
    inner = f'<div style="{_GIST}">{side}{escape(claim.gist)}</div>'
    for spoken in reversed(list(_spoken(article, claim))):
        inner = f'<div>{spoken}:<div style="{_INNER}">{inner}</div></div>'
    return f'<div title="{escape(claim.id)}">{inner}</div>'


def _entity(_: Article | None, entity: Entity) -> str:
    known = [entity.kind.value, *([] if entity.named else ["unnamed"]), *filter(None, (entity.description,))]
    return f'<strong title="{escape(entity.id)}">{escape(entity.name)}</strong> {_soft(", ".join(known))}'


def _event(article: Article | None, event: Event) -> str:
    if article is None:
        return escape(repr(event))
    chains = dict.fromkeys(_chain(article, claim) for claim in article.claims_for(event.id))
    when = "undated" if event.when is None else in_words(event.when)
    told = "".join(f"<div>{chain}:</div>" for chain in chains)
    how = _soft(f"{when}, {event.kind}, told as {event.status}")
    return f'<div title="{escape(event.id)}">{told}<div style="{_GIST}">{escape(event.gist)}</div>{how}</div>'


def _relation(article: Article | None, relation: Relation) -> str:
    if article is None:
        return escape(repr(relation))
    tie = f" {escape(wording.tie_of(article, relation))} "
    ends = tie.join(_name(article, each) for each in (relation.subject, relation.object))
    title = f" ({escape(relation.title)})" if relation.title is not None else ""
    claims = "".join(_claim(article, claim) for claim in article.claims_for(relation.id))
    return f'<div title="{escape(relation.id)}">{ends}{title}{_soft(wording.lead_of(article, relation))}{claims}</div>'


def _argument(article: Article | None, argument: Argument) -> str:
    if article is None:
        return escape(repr(argument))
    word = f"<div><strong>{escape(wording.ARGUMENTS[argument.kind][0])}</strong></div>"
    source = _claim(article, article.claims[argument.source], sided=True)
    if argument.target in article.claims:
        return f"{source}{word}{_claim(article, article.claims[argument.target], sided=True)}"
    return f"{source}{word}{_soft('the step from')}{_argument(article, article.arguments[argument.target])}"


def _quotation(article: Article | None, quotation: Quotation) -> str:
    speaker = _name(article, quotation.speaker) if quotation.speaker is not None else _soft("nobody")
    return f'<span title="{escape(quotation.id)}">“{escape(quotation.text)}”</span> {speaker} {_soft(quotation.kind)}'


_ROW: Final[dict[type[Record], Callable[..., str]]] = {
    Argument: _argument,
    Claim: _claim,
    Entity: _entity,
    Event: _event,
    Quotation: _quotation,
    Relation: _relation,
}


def _record(article: Article | None, record: Record) -> str:
    own = _ROW.get(type(record))
    return escape(repr(record)) if own is None else own(article, record)


def _table(table: Table[Any]) -> str:
    rows = [[_record(table._article, record)] for record in table[:_ROWS]]
    more = len(table) - _ROWS
    return grid(
        [*rows, *([[f"… and {more} more"]] if more > 0 else [])], caption=f"{len(table)} {type(table).__name__}"
    )


def _article(article: Article) -> str:
    by = ", ".join(_name(article, author) for author in article.authors)
    head = f'<div style="{_GIST}"><strong title="{escape(article.id)}">{escape(article.title)}</strong></div>'
    byline = f"<div>{by}; {_name(article, article.publisher)}, {article.published.isoformat()}</div>"
    counts = grid([[escape(name), str(len(table))] for name, table in article.tables.items()])
    return f"<div>{head}{byline}{counts}</div>"


def _dossier(dossier: Dossier) -> str:
    shown = "".join(_table(table) for table in (dossier.claims, dossier.events, dossier.relations) if table)
    return f"<div>{_entity(None, dossier.entity)}, {len(dossier.mentions)} mentions{shown}</div>"
