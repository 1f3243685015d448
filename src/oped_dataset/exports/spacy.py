"""A spaCy Doc of an article, with one span group a kind of record.

What lives here: tokens that end wherever a record begins or ends, the span groups, and the attributes.
What does not: which text is meant (`texts.py`) and any statistical model; the tokenizer is that of `spacy.blank("en")`.

A span's `label_` is its kind, its `id_` the id of its record. Attributes are in `doc.user_data` by id of the record,
because two spans with equal bounds would share `span._.` values.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any, Final

from oped_dataset.codec import wire
from oped_dataset.exports.attribution import Attribution, Data
from oped_dataset.exports.description import versions
from oped_dataset.exports.texts import text_for
from oped_dataset.extras import need
from oped_dataset.model.article import CARRIED, PLACED, Article
from oped_dataset.model.records import Span, spans_of

_LABELS: Final = {"mentions": "form", "relations": "predicate", "quantities": "comparator"}


def to_spacy(article: Article, *, text: str | None = None) -> Any:
    """Make a spaCy Doc of an article.

    Args:
        article: The article.
        text: Its text as annotated; not needed when the article holds it.

    Returns:
        A `spacy.tokens.Doc` (typed `Any`, because spaCy is optional) whose text is exactly that of the article.
        `doc.spans` has a group a kind of record, with a span for each of its places, and the groups `cues` and
        `hedges`, whose spans have the id of their claim and as label the commitment of their voice. `doc.user_data` has
        every record by id, as plain data; claims have `voices` there, and what they carry has `told_by`; `data_version`
        and `code_version` there, which no id can be, are those of the article and of this library.

    Raises:
        MissingExtra: spaCy is not installed.
        TextNeeded: There is no text, or not the annotated one.
    """
    words = text_for(article, text, "spacy")
    spacy = need("spacy", "spacy")
    attribution = Attribution.of(article)
    doc = _tokens(spacy.blank("en"), words, article)
    for group, found in _places(article).items():
        doc.spans[group] = [_span(doc, place, label, record_id) for place, label, record_id in found]
    doc.user_data.update(_attributes(article, attribution))
    doc.user_data.update(versions(article))
    return doc


def to_docbin(article: Article, *, text: str | None = None) -> bytes:
    """Write the spaCy Doc of an article as a DocBin with its user data.

    Args:
        article: The article.
        text: Its text as annotated; not needed when the article holds it.

    Returns:
        The bytes, which `spacy.tokens.DocBin().from_bytes` reads.

    Raises:
        MissingExtra: spaCy is not installed.
        TextNeeded: There is no text, or not the annotated one.
    """
    doc = to_spacy(article, text=text)
    written: bytes = need("spacy.tokens", "spacy").DocBin(docs=[doc], store_user_data=True).to_bytes()
    return written


# Tokens.


def _tokens(language: Any, text: str, article: Article) -> Any:
    """Tokenise, and cut tokens further wherever a record begins or ends, so that every place is whole tokens."""
    spans = [span for table in article.tables.values() for record in table for span in spans_of(record)]
    starts, ends = {span.start for span in spans}, {span.end for span in spans}
    cuts = {0, len(text)} | starts | ends
    for token in language.make_doc(text):
        cuts |= {token.idx, token.idx + len(token)}
    words: list[str] = []
    spaces: list[bool] = []
    for start, end in pairwise(sorted(cuts)):
        # spaCy keeps one blank after a word with the word, unless a record begins or ends with this blank.
        if text[start:end] == " " and words and not spaces[-1] and start not in starts and end not in ends:
            spaces[-1] = True
        else:
            words.append(text[start:end])
            spaces.append(False)
    return need("spacy.tokens", "spacy").Doc(language.vocab, words=words, spaces=spaces)


# Spans.


def _places(article: Article) -> dict[str, list[tuple[Span, str, str]]]:
    found = {
        group: [(place, label, record.id) for record, label in _labelled(article, group) for place in _own(record)]
        for group in PLACED
    }
    cues = [(v.cue, str(v.commitment), c.id) for c in article.claims for v in c.voices if v.cue is not None]
    hedges = [(hedge, str(v.commitment), c.id) for c in article.claims for v in c.voices for hedge in v.hedges]
    return {**found, "cues": cues, "hedges": hedges}


def _labelled(article: Article, group: str) -> Iterator[tuple[Any, str]]:
    for record in article.tables[group]:
        yield record, str(getattr(record, _LABELS.get(group, "kind")))


def _own(record: Any) -> tuple[Span, ...]:
    evidence: tuple[Span, ...] = getattr(record, "evidence", ())
    return evidence or (record.span,)


def _span(doc: Any, place: Span, label: str, record_id: str) -> Any:
    return doc.char_span(place.start, place.end, label=label, span_id=record_id)


def _attributes(article: Article, attribution: Attribution) -> dict[str, Data]:
    plain = wire.to_data(article)
    found: dict[str, Data] = {row["id"]: row for name in article.tables for row in plain[name]}
    for name in CARRIED:
        for row in plain[name]:
            row["told_by"] = attribution.told_by(row["id"])
    for row in plain["quotations"]:
        row["told_by"] = attribution.claims_with_voices(row["claims"])
    return found
