"""The page of a prediction's errors: the text, the gold and the prediction side by side, and the losses.

Here: `explore_errors`, which writes the whole page as HTML; its script only filters and marks.
Not here: finding the errors (`scoring/mistakes.py`), the figures (`scoring/scores.py`), the head of the page
(`frame.py`), and its template, style and script (`errors.html`, `errors.css`, `errors.js`).

A claim is shown with its chain of voices, an event or a relation with the chains of the claims that carry it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from html import escape

from oped_dataset.explorer.frame import fill_page
from oped_dataset.model.article import Article
from oped_dataset.model.records import Claim, Event, Relation, evidence_of
from oped_dataset.model.stretches import Stretches
from oped_dataset.model.tables import Record
from oped_dataset.model.wording import ends_of, voices_of, with_count
from oped_dataset.resources import read_part
from oped_dataset.scoring.layers import Starts
from oped_dataset.scoring.mistakes import Fault, Mistake, bare
from oped_dataset.scoring.scores import COLUMNS, Scores, cell


def explore_errors(scores: Scores) -> str:
    """Make one self-contained HTML page with the errors of a prediction, side by side with the gold.

    Sentence by sentence, it lists the missed, spurious and mistaken records with their losses and, on demand, the right
    ones. If one of the articles includes its text, the evidence of both is marked in it. The page needs no network and
    no server, and shows no claim, event or relation without its voices.

    Args:
        scores: The scores of one article.

    Raises:
        NotComparable: The scores are of more than one article.
    """
    predicted, gold = scores.articles()
    # Without the script, the page shows all errors.
    style, script = read_part("explorer", "errors.css"), f'"use strict";\n{read_part("explorer", "errors.js")}'
    shown = [each for layer in scores.scored for each in (*scores.errors(layer), *_find_right(scores, layer))]
    losses = sorted({name for each in shown for name in _name_losses(each)})
    return fill_page(
        "errors.html",
        gold,
        subject="errors of a prediction",
        script=script,
        style=style,
        table=_format_table(scores),
        notes="".join(f'<p class="count">{escape(note)}</p>' for note in scores.notes()),
        layers="".join(_format_option(layer, selected=layer == "claims") for layer in scores.scored),
        losses="".join(map(_format_option, losses)),
        blocks="".join(_format_blocks(predicted, gold, shown)),
    )


def _format_option(value: str, *, selected: bool = False) -> str:
    return f"<option{' selected' if selected else ''}>{escape(value)}</option>"


def _format_table(scores: Scores) -> str:
    head = "<td></td>" + "".join(f'<th scope="col">{name}</th>' for name in COLUMNS)
    rows = "".join(
        f'<tr><th scope="row">{row["row"]}</th>' + "".join(f"<td>{cell(row, each)}</td>" for each in COLUMNS) + "</tr>"
        for row in scores.rows()
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _find_right(scores: Scores, layer: str) -> Iterator[Mistake]:
    """Find the pairs of a layer without an error, and shape them as errors."""
    predicted, gold = scores.articles()
    mistaken = {each.gold.id for each in scores.errors(layer) if each.gold is not None}
    for ours, theirs in scores[layer].pairs:
        if theirs not in mistaken:
            tables = predicted.tables[layer], gold.tables[layer]
            yield Mistake(fault=Fault.RIGHT, layer=layer, predicted=tables[0][ours], gold=tables[1][theirs])


def _format_blocks(predicted: Article, gold: Article, shown: Sequence[Mistake]) -> Iterator[str]:
    """Format each sentence with the errors that begin in it, then the errors outside the sentences."""
    starts = Starts(predicted), Starts(gold)
    sentences = sorted(sentence.span for sentence in gold.source.sentences)
    index = Stretches((span.start, span.end) for span in sentences)
    cards: dict[int | None, list[str]] = defaultdict(list)
    for each in shown:
        # An error belongs to the sentence in which the gold record begins or, without one, the predicted record.
        record, side = (each.gold, starts[1]) if each.gold is not None else (each.predicted, starts[0])
        offset = None if record is None else side.of(record)
        inside = [] if offset is None else index.touching(offset, offset + 1)
        cards[inside[0] if inside else None].append(_format_card(predicted, gold, each))
    # Both articles have the same text, so either can provide it.
    text = gold.source.text or predicted.source.text
    for number, span in enumerate(sentences):
        words = f'<p class="text" data-start="{span.start}">{escape(text[span.start : span.end])}</p>' if text else ""
        place = f'<h2 class="place">characters {span.start} to {span.end}</h2>'
        yield f'<section class="block">{place}{words}{"".join(cards[number])}</section>'
    yield f'<section class="block"><h2 class="place">outside the sentences</h2>{"".join(cards[None])}</section>'


def _name_losses(mistake: Mistake) -> list[str]:
    """Name the losses of an error for the filter: outcomes of voices and commitments, and fields that differ."""
    return list(dict.fromkeys(loss.outcome or loss.what.partition(" ")[0] for loss in mistake.lost))


def _format_card(predicted: Article, gold: Article, mistake: Mistake) -> str:
    lost = _name_losses(mistake)
    similarity = "" if mistake.similarity is None else f"<span>similarity {mistake.similarity:.2f}</span>"
    tags = "".join(f'<span class="tag">{escape(each)}</span>' for each in lost)
    losses = "".join(f"<li>{escape(str(loss))}</li>" for loss in mistake.lost)
    sides = _format_side("gold", gold, mistake.gold) + (
        f'<div class="side predicted">{escape(str(mistake.given))}</div>'
        if mistake.fault is Fault.REJECTED
        else _format_side("predicted", predicted, mistake.predicted)
    )
    return (
        f'<article class="card {mistake.fault}" data-layer="{mistake.layer}" data-fault="{mistake.fault}"'
        f' data-lost="{escape(" ".join(lost))}" data-gold="{_format_offsets(mistake.gold)}"'
        f' data-predicted="{_format_offsets(mistake.predicted)}"><p class="head">'
        f'<span class="fault">{mistake.fault}</span>{similarity}{tags}</p><div class="sides">{sides}</div>'
        + (f'<ul class="lost">{losses}</ul>' if losses else "")
        + "</article>"
    )


def _format_offsets(record: Record | None) -> str:
    return "" if record is None else " ".join(f"{span.start}-{span.end}" for span in evidence_of(record))


def _format_side(name: str, article: Article, record: Record | None) -> str:
    if record is None:
        return f'<div class="side {name} none">nothing</div>'
    carriers: Sequence[Claim] = ()
    if isinstance(record, Claim):
        carriers = (record,)
    elif isinstance(record, Event | Relation):
        # In an extraction, an event or a relation may lack a claim that carries it.
        carriers = tuple(article.claims.carrying(record.id))
    chains = "".join(f'<p class="chain">{_format_chain(article, claim)}</p>' for claim in carriers)
    if isinstance(record, Event | Relation) and not carriers:
        chains = '<p class="chain">attributed to nobody</p>'
    return (
        f'<div class="side {name}">{chains}<p class="gist">{escape(bare(article, record))}</p>'
        f"<code>{escape(record.id)}</code></div>"
    )


def _format_chain(article: Article, claim: Claim) -> str:
    spoken = (
        f"<b>{escape(each.name)}</b> {escape(each.verb)}{escape(f', {each.stance}') if each.stance else ''}"
        for each in voices_of(article, ends_of(claim.voices))
    )
    return " › ".join(with_count(spoken, len(claim.voices)))
