"""The errors of a prediction as a page: the text, both annotations, and what was lost.

Here: `explore_errors` and the making of its page, which is there without a script; the script only filters.
Not here: which errors there are (`scoring/mistakes.py`), the figures (`scoring/scores.py`), and the frame, style
and script (`errors.html`, `errors.css`, `errors.js`).

A claim stands on the page inside its voices, an event and a relation inside the voices of the claims that carry them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from html import escape
from typing import Final

from oped_dataset.explorer.policy import policy
from oped_dataset.model.article import Article
from oped_dataset.model.records import Claim, Event, Relation, evidence_of
from oped_dataset.model.tables import Record
from oped_dataset.model.wording import voices_of
from oped_dataset.resources import read_part
from oped_dataset.scoring.layers import Starts
from oped_dataset.scoring.mistakes import Fault, Mistake, bare
from oped_dataset.scoring.scores import COLUMNS, Scores, cell
from oped_dataset.version import DISTRIBUTION, __version__

_SLOT: Final = re.compile(r"\{\{([a-z-]+)\}\}")


def explore_errors(scores: Scores) -> str:
    """Make one self-contained HTML page with the errors of a prediction, side by side with the gold.

    Sentence by sentence it shows what was missed, made up or mistaken, what of it was lost, and on demand what was
    right. Where one of the articles has its text, the places of both are marked in it. The page needs no network and no
    server, and shows no claim, event or relation without its voices.

    Args:
        scores: The scores of one article.

    Raises:
        NotComparable: The scores are of more than one article.
    """
    predicted, gold = scores.articles()
    style, script = read_part("explorer", "errors.css"), f'"use strict";\n{read_part("explorer", "errors.js")}'
    shown = [each for layer in scores.scored for each in (*scores.errors(layer), *_right(scores, layer))]
    outcomes = sorted({name for each in shown for name in _lost(each)})
    slots = {
        "policy": policy(script, style),
        "versions": escape(f"{DISTRIBUTION} {__version__}, data version {gold.data_version}"),
        "language": escape(gold.language),
        "title": escape(gold.title),
        "style": style,
        "table": _table(scores),
        "notes": "".join(f'<p class="count">{escape(note)}</p>' for note in scores.notes()),
        "layers": "".join(_option(layer, selected=layer == "claims") for layer in scores.scored),
        "losses": "".join(map(_option, outcomes)),
        "blocks": "".join(_blocks(predicted, gold, shown)),
        "script": script,
    }
    return _SLOT.sub(lambda slot: slots[slot[1]], read_part("explorer", "errors.html"))


def _option(value: str, *, selected: bool = False) -> str:
    return f"<option{' selected' if selected else ''}>{escape(value)}</option>"


def _table(scores: Scores) -> str:
    head = "<td></td>" + "".join(f'<th scope="col">{name}</th>' for name in COLUMNS)
    rows = "".join(
        f'<tr><th scope="row">{row["row"]}</th>' + "".join(f"<td>{cell(row, each)}</td>" for each in COLUMNS) + "</tr>"
        for row in scores.rows()
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _right(scores: Scores, layer: str) -> Iterator[Mistake]:
    """The pairs of a layer without an error, in the form of errors."""
    predicted, gold = scores.articles()
    mistaken = {each.gold.id for each in scores.errors(layer) if each.gold is not None}
    for ours, theirs in scores[layer].pairs:
        if theirs not in mistaken:
            tables = predicted.tables[layer], gold.tables[layer]
            yield Mistake(fault=Fault.RIGHT, layer=layer, predicted=tables[0][ours], gold=tables[1][theirs])


def _blocks(predicted: Article, gold: Article, shown: Sequence[Mistake]) -> Iterator[str]:
    """The sentences with what begins in them, and last what begins in none."""
    starts = Starts(predicted), Starts(gold)
    sentences = sorted(sentence.span for sentence in gold.source.sentences)
    cards: dict[int | None, list[str]] = defaultdict(list)
    for each in shown:
        record, side = (each.gold, starts[1]) if each.gold is not None else (each.predicted, starts[0])
        offset = None if record is None else side.of(record)
        inside = (number for number, span in enumerate(sentences) if offset is not None and span.covers(offset))
        cards[next(inside, None)].append(_card(predicted, gold, each))
    text = gold.source.text or predicted.source.text
    for number, span in enumerate(sentences):
        words = f'<p class="text" data-start="{span.start}">{escape(text[span.start : span.end])}</p>' if text else ""
        place = f'<h2 class="place">characters {span.start} to {span.end}</h2>'
        yield f'<section class="block">{place}{words}{"".join(cards[number])}</section>'
    yield f'<section class="block"><h2 class="place">outside the sentences</h2>{"".join(cards[None])}</section>'


def _lost(mistake: Mistake) -> list[str]:
    """By which words an error is found: what became of its voices and commitments, and the labels that differ."""
    return list(dict.fromkeys(loss.outcome or loss.what.partition(" ")[0] for loss in mistake.lost))


def _card(predicted: Article, gold: Article, mistake: Mistake) -> str:
    lost = _lost(mistake)
    similarity = "" if mistake.similarity is None else f"<span>similarity {mistake.similarity:.2f}</span>"
    tags = "".join(f'<span class="tag">{escape(each)}</span>' for each in lost)
    losses = "".join(f"<li>{escape(str(loss))}</li>" for loss in mistake.lost)
    sides = _side("gold", gold, mistake.gold) + (
        f'<div class="side predicted">{escape(str(mistake.given))}</div>'
        if mistake.fault is Fault.REJECTED
        else _side("predicted", predicted, mistake.predicted)
    )
    return (
        f'<article class="card {mistake.fault}" data-layer="{mistake.layer}" data-fault="{mistake.fault}"'
        f' data-lost="{escape(" ".join(lost))}" data-gold="{_offsets(mistake.gold)}"'
        f' data-predicted="{_offsets(mistake.predicted)}"><p class="head"><span class="fault">{mistake.fault}</span>'
        f'{similarity}{tags}</p><div class="sides">{sides}</div>'
        + (f'<ul class="lost">{losses}</ul>' if losses else "")
        + "</article>"
    )


def _offsets(record: Record | None) -> str:
    return "" if record is None else " ".join(f"{span.start}-{span.end}" for span in evidence_of(record))


def _side(name: str, article: Article, record: Record | None) -> str:
    if record is None:
        return f'<div class="side {name} none">nothing</div>'
    carriers: Sequence[Claim] = ()
    if isinstance(record, Claim):
        carriers = (record,)
    elif isinstance(record, Event | Relation):
        carriers = tuple(article.claims.carrying(record.id))
    chains = "".join(f'<p class="chain">{_chain(article, claim)}</p>' for claim in carriers)
    if isinstance(record, Event | Relation) and not carriers:
        chains = '<p class="chain">told by nobody</p>'
    return (
        f'<div class="side {name}">{chains}<p class="gist">{escape(bare(article, record))}</p>'
        f"<code>{escape(record.id)}</code></div>"
    )


def _chain(article: Article, claim: Claim) -> str:
    return " › ".join(
        f"<b>{escape(each.name)}</b> {escape(each.verb)}{escape(f', {each.stance}') if each.stance else ''}"
        for each in voices_of(article, claim)
    )
