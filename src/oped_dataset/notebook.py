"""What a notebook shows of articles, tables, records and reports: names and nested speech, in the explorer's colours.

Here: HTML without a script, a style sheet or the network, whose styles stand at each element, so that it is
legible on light and on dark paper wherever it is shown; and the table that other modules fill.
Not here: the words (`model/wording.py`, `model/when.py`) and the colours (`model/colours.py`).

The classes of the model call it by name when they are shown, because it stands above them. An event and a relation are
shown with the voices that tell them, or without what they tell where the article is not known. A record alone is shown
with the names of its article as long as somebody holds that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from html import escape
from typing import Any, Final

import attrs

from oped_dataset.errors import Problem, Report
from oped_dataset.messages import printable
from oped_dataset.model import colours, wording
from oped_dataset.model.article import TABLES, Article, Dossier, article_of
from oped_dataset.model.records import (
    Argument,
    Claim,
    Entity,
    Event,
    Mention,
    Quantity,
    Quotation,
    Relation,
    Span,
    TimeExpression,
    Voice,
)
from oped_dataset.model.tables import Record, Table
from oped_dataset.model.vocabulary import Comparator
from oped_dataset.model.when import in_words, time_in_words

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
        return f"<div>{_voice(article_of(shown), shown)}</div>"
    return _record(article_of(shown), shown)


def report_html(report: Report) -> str:
    """Make the HTML of a report, a row for each problem."""
    if not report.problems:
        return "<div>no problems</div>"
    rows = [
        [escape(printable(cell)) for cell in (each.severity, each.code, _place(each), each.message, each.hint or "")]
        for each in report.problems
    ]
    more = [[f"… and {report.omitted} more"]] if report.omitted else []
    return grid([*rows, *more], head=("severity", "code", "place", "message", "hint"))


def _place(problem: Problem) -> str:
    line = "" if problem.line is None else f" (line {problem.line}, column {problem.column})"
    return f"{problem.pointer}{line}"


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


def _mention(article: Article | None, mention: Mention) -> str:
    how = [mention.form.value, *(["a place name that stands for it"] if mention.metonym else []), _span(mention.span)]
    return f'<span title="{escape(mention.id)}">{_name(article, mention.entity)} {_soft(", ".join(how))}</span>'


def _time(_: Article | None, time: TimeExpression) -> str:
    how = _soft(f"{time.kind}, {_span(time.span)}")
    return f'<span title="{escape(time.id)}">{escape(time_in_words(time))} {how}</span>'


def _span(span: Span) -> str:
    return f"at {span.start}–{span.end}"


def _told(article: Article, record: Event | Quantity) -> str:
    """The chains of voices that put a record forward, equal ones once."""
    chains = dict.fromkeys(_chain(article, claim) for claim in article.claims_for(record.id))
    return "".join(f"<div>{chain}:</div>" for chain in chains)


def _quantity(article: Article | None, quantity: Quantity) -> str:
    if article is None:
        return escape(repr(quantity))
    comparator = "" if quantity.comparator is Comparator.EQUAL else f"{quantity.comparator.replace('-', ' ')} "
    unit = f" {quantity.unit}" if quantity.unit else ""
    of = f": {quantity.of}" if quantity.of else ""
    gist = f'<div style="{_GIST}">{escape(f"{comparator}{quantity.value}{unit}{of}")}</div>'
    return f'<div title="{escape(quantity.id)}">{_told(article, quantity)}{gist}</div>'


def _event(article: Article | None, event: Event) -> str:
    if article is None:
        return escape(repr(event))
    told = _told(article, event)
    when = "undated" if event.when is None else in_words(event.when)
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
    Mention: _mention,
    Quantity: _quantity,
    Quotation: _quotation,
    Relation: _relation,
    TimeExpression: _time,
}


_NAMES: Final[dict[Any, str]] = {each.converter: each.name for each in attrs.fields(Article) if each.name in TABLES}
"""What each kind of table is called in an article."""


def _record(article: Article | None, record: Record) -> str:
    own = _ROW.get(type(record))
    return escape(repr(record)) if own is None else own(article, record)


def _table(table: Table[Any]) -> str:
    rows = [[_record(table._article, record)] for record in table[:_ROWS]]
    more = len(table) - _ROWS
    caption = f"{_NAMES.get(type(table), 'records')}: {len(table)}"
    return grid([*rows, *([[f"… and {more} more"]] if more > 0 else [])], caption=caption)


def article_head(article: Article) -> str:
    """Make the title of an article and its byline."""
    by = ", ".join(_name(article, author) for author in article.authors)
    head = f'<div style="{_GIST}"><strong title="{escape(article.id)}">{escape(article.title)}</strong></div>'
    byline = f"<div>{by}; {_name(article, article.publisher)}, {article.published.isoformat()}</div>"
    return f"{head}{byline}"


def _article(article: Article) -> str:
    counts = grid([[escape(name), str(len(table))] for name, table in article.tables.items()])
    return f"<div>{article_head(article)}{counts}</div>"


def _dossier(dossier: Dossier) -> str:
    shown = "".join(_table(table) for table in (dossier.claims, dossier.events, dossier.relations) if table)
    return f"<div>{_entity(None, dossier.entity)}, {len(dossier.mentions)} mentions{shown}</div>"
