"""The HTML with which a notebook shows articles, tables, records and reports.

Here: HTML without a script or a style sheet, whose inline styles are legible in light and dark notebooks; and the table
that other modules fill.
Not here: the words (`model/wording.py`, `model/when.py`) and the colours (`model/colours.py`).

The model comes before this module in the order of imports, so its classes import it only when they are shown. An event,
a relation or a quantity is shown with its voices. If its article is unknown, because nothing else refers to the article
any more, only the `repr` is shown, which has no content.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from html import escape
from typing import Any, Final

import attrs

from oped_dataset.errors import Report
from oped_dataset.messages import cut, printable
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

# Styles are inline, because a notebook may be shown where style elements are removed.
_ROWS: Final = 50
_LINE: Final = "border-top:1px solid rgba(128,128,128,.35)"
_CELL: Final = f"text-align:left;vertical-align:top;padding:3px 10px 4px 0;{_LINE}"
_SOFT: Final = "opacity:.75;font-size:90%"
_INNER: Final = "margin-left:.6em;padding-left:.8em;border-left:2px solid rgba(128,128,128,.35)"
_GIST: Final = "font-family:Charter,Georgia,serif;font-size:108%"


def html_of(shown: Article | Dossier | Table[Any] | Record | Voice) -> str:
    """Make the HTML of an object of the model, as a notebook shows it."""
    if isinstance(shown, Article):
        counts = grid([[escape(name), str(len(table))] for name, table in shown.tables.items()])
        return f"<div>{article_head(shown)}{counts}</div>"
    if isinstance(shown, Dossier):
        tables = "".join(_format_table(table) for table in (shown.claims, shown.events, shown.relations) if table)
        return f"<div>{_format_entity(None, shown.entity)}, {len(shown.mentions)} mentions{tables}</div>"
    if isinstance(shown, Table):
        return _format_table(shown)
    article = article_of(shown)
    if isinstance(shown, Voice):
        labels = ", ".join(map(escape, (shown.act, shown.commitment, shown.channel)))
        return f"<div>{_format_sign(shown)} {_format_name(article, shown.source)} {labels}</div>"
    return _format_record(article, shown)


def report_html(report: Report) -> str:
    """Make the HTML of a report, with a row for each problem."""
    if not report.problems:
        return "<div>no problems</div>"
    rows = []
    for each in report.problems:
        line = "" if each.line is None else f" (line {each.line}, column {each.column})"
        cells = (each.severity, each.code, f"{each.pointer}{line}", each.message, each.hint or "")
        rows.append([escape(printable(cell)) for cell in cells])
    more = [[f"… and {report.omitted} more"]] if report.omitted else []
    return grid([*rows, *more], head=("severity", "code", "place", "message", "hint"))


def grid(rows: Iterable[Iterable[str]], *, head: Iterable[str] = (), caption: str = "") -> str:
    """Make a table of cells that are already HTML."""
    heads = "".join(f'<th style="{_CELL};border-top:0;{_SOFT}">{escape(name)}</th>' for name in head)
    body = "".join("<tr>" + "".join(f'<td style="{_CELL}">{cell}</td>' for cell in row) + "</tr>" for row in rows)
    above = f'<caption style="text-align:left;caption-side:top;{_SOFT}">{escape(caption)}</caption>' if caption else ""
    top = f"<thead><tr>{heads}</tr></thead>" if heads else ""
    style = "border-collapse:collapse;text-align:left;color:inherit"
    return f'<table style="{style}">{above}{top}<tbody>{body}</tbody></table>'


def _soften(text: str) -> str:
    return f'<span style="{_SOFT}">{escape(text)}</span>'


def _format_name(article: Article | None, entity_id: str) -> str:
    return f'<strong title="{escape(entity_id)}">{escape(wording.name_of(article, entity_id))}</strong>'


def _format_sign(voice: Voice) -> str:
    label, sign = wording.COMMITMENTS[voice.commitment]
    fill, ink = colours.LIGHT[voice.commitment]
    style = f"background:{fill};color:{ink};border-radius:3px;padding:0 .35em;font-size:80%"
    return f'<span title="{escape(label)}" style="{style}">{escape(sign)}</span>'


def _format_voices(article: Article | None, voices: Sequence[Voice]) -> Iterator[str]:
    for voice, words in zip(voices, wording.voices_of(article, voices), strict=True):
        stance = f", {words.stance}" if words.stance else ""
        yield f"{_format_sign(voice)} {_format_name(article, voice.source)} {escape(words.verb + stance)}"


def _format_claim(article: Article | None, claim: Claim, *, sided: bool = False) -> str:
    """Format a claim as nested speech, with each voice indented under the one before."""
    side, gist, voices = "", claim.gist, claim.voices
    if sided:
        # Many arguments can repeat a claim.
        side, gist = f"{_soften(f'[{claim.side}]')} ", cut(gist, wording.LONGEST_GIST)
        voices = tuple(wording.ends_of(voices))
    inner = f'<div style="{_GIST}">{side}{escape(gist)}</div>'
    # Built from the innermost voice outwards.
    for spoken in reversed(wording.with_count(_format_voices(article, voices), len(claim.voices))):
        inner = f'<div>{spoken}:<div style="{_INNER}">{inner}</div></div>'
    return f'<div title="{escape(claim.id)}">{inner}</div>'


def _format_entity(_: Article | None, entity: Entity) -> str:
    known = [entity.kind.value, *([] if entity.named else ["unnamed"]), *filter(None, (entity.description,))]
    return f'<strong title="{escape(entity.id)}">{escape(entity.name)}</strong> {_soften(", ".join(known))}'


def _format_mention(article: Article | None, mention: Mention) -> str:
    how = [
        mention.form.value,
        *(["a place name that stands for it"] if mention.metonym else []),
        _format_span(mention.span),
    ]
    return (
        f'<span title="{escape(mention.id)}">{_format_name(article, mention.entity)} {_soften(", ".join(how))}</span>'
    )


def _format_time(_: Article | None, time: TimeExpression) -> str:
    how = _soften(f"{time.kind}, {_format_span(time.span)}")
    return f'<span title="{escape(time.id)}">{escape(time_in_words(time))} {how}</span>'


def _format_span(span: Span) -> str:
    return f"at {span.start}–{span.end}"


def _format_chains(article: Article, record: Event | Quantity) -> str:
    """Format the chains of voices that present a record, each once."""
    claims = article.claims_for(record.id)
    voices = ((_format_voices(article, wording.ends_of(claim.voices)), len(claim.voices)) for claim in claims)
    chains = dict.fromkeys(" › ".join(wording.with_count(ends, total)) for ends, total in voices)
    return "".join(f"<div>{chain}:</div>" for chain in chains)


def _format_quantity(article: Article | None, quantity: Quantity) -> str:
    # Without its article, the voices are unknown, and the `repr` has no content.
    if article is None:
        return escape(repr(quantity))
    comparator = "" if quantity.comparator is Comparator.EQUAL else f"{quantity.comparator.replace('-', ' ')} "
    unit = f" {quantity.unit}" if quantity.unit else ""
    of = f": {quantity.of}" if quantity.of else ""
    gist = f'<div style="{_GIST}">{escape(f"{comparator}{quantity.value}{unit}{of}")}</div>'
    return f'<div title="{escape(quantity.id)}">{_format_chains(article, quantity)}{gist}</div>'


def _format_event(article: Article | None, event: Event) -> str:
    if article is None:
        return escape(repr(event))
    chains = _format_chains(article, event)
    when = "undated" if event.when is None else in_words(event.when)
    labels = _soften(f"{when}, {event.kind}, presented as {event.status}")
    return f'<div title="{escape(event.id)}">{chains}<div style="{_GIST}">{escape(event.gist)}</div>{labels}</div>'


def _format_relation(article: Article | None, relation: Relation) -> str:
    if article is None:
        return escape(repr(relation))
    predicate = f" {escape(wording.tie_of(article, relation))} "
    ends = predicate.join(_format_name(article, each) for each in (relation.subject, relation.object))
    title = f" ({escape(relation.title)})" if relation.title is not None else ""
    claims = "".join(_format_claim(article, claim) for claim in article.claims_for(relation.id))
    return (
        f'<div title="{escape(relation.id)}">{ends}{title}{_soften(wording.lead_of(article, relation))}{claims}</div>'
    )


def _format_argument(article: Article | None, argument: Argument) -> str:
    if article is None:
        return escape(repr(argument))
    shown = ""
    for _ in range(wording.MOST_STEPS):
        word = f"<div><strong>{escape(wording.ARGUMENTS[argument.kind][0])}</strong></div>"
        shown += f"{_format_claim(article, article.claims[argument.source], sided=True)}{word}"
        if argument.target in article.claims:
            return f"{shown}{_format_claim(article, article.claims[argument.target], sided=True)}"
        shown += _soften("the step from")
        argument = article.arguments[argument.target]
    return f"{shown} …"


def _format_quotation(article: Article | None, quotation: Quotation) -> str:
    speaker = _format_name(article, quotation.speaker) if quotation.speaker is not None else _soften("nobody")
    return f'<span title="{escape(quotation.id)}">“{escape(quotation.text)}”</span> {speaker} {_soften(quotation.kind)}'


_FORMATTERS: Final[dict[type[Record], Callable[..., str]]] = {
    Argument: _format_argument,
    Claim: _format_claim,
    Entity: _format_entity,
    Event: _format_event,
    Mention: _format_mention,
    Quantity: _format_quantity,
    Quotation: _format_quotation,
    Relation: _format_relation,
    TimeExpression: _format_time,
}


_NAMES: Final[dict[Any, str]] = {each.converter: each.name for each in attrs.fields(Article) if each.name in TABLES}
"""The name of each kind of table in an article."""


def _format_record(article: Article | None, record: Record) -> str:
    own = _FORMATTERS.get(type(record))
    return escape(repr(record)) if own is None else own(article, record)


def _format_table(table: Table[Any]) -> str:
    rows = [[_format_record(table._article, record)] for record in table[:_ROWS]]
    more = len(table) - _ROWS
    caption = f"{_NAMES.get(type(table), 'records')}: {len(table)}"
    return grid([*rows, *([[f"… and {more} more"]] if more > 0 else [])], caption=caption)


def article_head(article: Article) -> str:
    """Make the HTML of the title and the byline of an article."""
    by = ", ".join(_format_name(article, author) for author in article.authors)
    head = f'<div style="{_GIST}"><strong title="{escape(article.id)}">{escape(article.title)}</strong></div>'
    byline = f"<div>{by}; {_format_name(article, article.publisher)}, {article.published.isoformat()}</div>"
    return f"{head}{byline}"
