"""A spaCy Doc of an article, with one span group a kind of record.

Here: tokens that end wherever a record begins or ends, the span groups, and the attributes.
Not here: which text is meant (`texts.py`) and any statistical model; the tokenizer is that of `spacy.blank("en")`.

A span's `label_` is its kind, its `id_` the id of its record. Its `kb_id_` is the chain of voices on one line, or for a
mention the entity; displaCy shows it beside the label, and it stays when documents are joined. Attributes are in
`doc.user_data` by id of the record, because two spans with equal bounds would share `span._.` values.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import Any, Final, NamedTuple

from oped_dataset.codec import wire
from oped_dataset.exports.attribution import Attribution, Data
from oped_dataset.exports.description import versions
from oped_dataset.exports.texts import text_for
from oped_dataset.extras import need
from oped_dataset.model.article import CARRIED, PLACED, Article
from oped_dataset.model.records import Claim, Mention, Quotation, Span, spans_of
from oped_dataset.model.vocabulary import MentionForm

_LABELS: Final = {"mentions": "form", "relations": "predicate", "quantities": "comparator"}


class _Place(NamedTuple):
    """A span to be made: where, with which label, of which record, and what it is linked to."""

    span: Span
    label: str
    record: str
    linked: str = ""


def to_spacy(article: Article, *, text: str | None = None) -> Any:
    """Make a spaCy Doc of an article.

    Args:
        article: The article.
        text: Its text as annotated; not needed when the article holds it.

    Returns:
        A `spacy.tokens.Doc` (typed `Any`, because spaCy is optional) whose text is exactly that of the article.
        `doc.sents` are the sentences of the article, where it has any. `doc.ents` are the mentions by name, the longer
        one where two overlap, with the kind of their entity as label and as `kb_id_` its identifier in Wikidata, or
        its id where it has none. `doc.spans` has a group a
        kind of record, with a span for each of its places, and the groups `cues` and `hedges`, whose spans have the id
        of their claim and as label the commitment of their voice. `doc.user_data` has every record by id, as plain
        data; claims have `voices` there, what they carry has `told_by`, and arguments the sides on which the voices of
        their claims stand; `data_version` and `code_version` there, which no id can be, are those of the article and of
        this library. All exports of a process share one `Vocab`, so that `Doc.from_docs` can join them.

    Raises:
        MissingExtra: spaCy is not installed.
        TextNeeded: There is no text, or not the annotated one.
    """
    words = text_for(article, text, "spacy")
    attribution = Attribution.of(article)
    doc = _tokens(_language(), words, article)
    for group, found in _places(article, attribution).items():
        doc.spans[group] = [_span(doc, place) for place in found]
    doc.ents = need("spacy.util", "spacy").filter_spans([_span(doc, place) for place in _named(article)])
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


@cache
def _language() -> Any:
    return need("spacy", "spacy").blank("en")


def _tokens(language: Any, text: str, article: Article) -> Any:
    """Tokenise, and cut tokens further wherever a record begins or ends, so that every place is whole tokens."""
    spans = [span for table in article.tables.values() for record in table for span in spans_of(record)]
    sentences = {sentence.span.start for sentence in article.source.sentences}
    starts, ends = {span.start for span in spans} | sentences, {span.end for span in spans}
    cuts = {0, len(text)} | starts | ends
    for token in language.make_doc(text):
        cuts |= {token.idx, token.idx + len(token)}
    words: list[str] = []
    spaces: list[bool] = []
    sent_starts: list[bool] = []
    for start, end in pairwise(sorted(cuts)):
        # spaCy keeps one blank after a word with the word, unless a record begins or ends with this blank.
        if text[start:end] == " " and words and not spaces[-1] and start not in starts and end not in ends:
            spaces[-1] = True
        else:
            words.append(text[start:end])
            spaces.append(False)
            sent_starts.append(start == 0 or start in sentences)
    known = {"sent_starts": sent_starts} if sentences else {}
    return need("spacy.tokens", "spacy").Doc(language.vocab, words=words, spaces=spaces, **known)


# Spans.


def _places(article: Article, attribution: Attribution) -> dict[str, list[_Place]]:
    found = {group: list(_of_group(article, group, attribution)) for group in PLACED}
    cues = [_Place(v.cue, str(v.commitment), c.id) for c in article.claims for v in c.voices if v.cue is not None]
    hedges = [_Place(hedge, str(v.commitment), c.id) for c in article.claims for v in c.voices for hedge in v.hedges]
    return {**found, "cues": cues, "hedges": hedges}


def _of_group(article: Article, group: str, attribution: Attribution) -> Iterator[_Place]:
    for record in article.tables[group]:
        label, linked = str(getattr(record, _LABELS.get(group, "kind"))), _linked(record, attribution)
        for span in getattr(record, "evidence", ()) or (record.span,):
            yield _Place(span, label, record.id, linked)


def _linked(record: Any, attribution: Attribution) -> str:
    if isinstance(record, Mention):
        return record.entity
    if isinstance(record, Claim):
        return attribution.line(record.id)
    if isinstance(record, Quotation):
        return attribution.lines(record.claims)
    return attribution.told_by_line(record.id)


def _span(doc: Any, place: _Place) -> Any:
    span = place.span
    return doc.char_span(span.start, span.end, label=place.label, kb_id=place.linked, span_id=place.record)


def _named(article: Article) -> Iterator[_Place]:
    for mention in article.mentions.where(form=MentionForm.NAME):
        entity = article.entities[mention.entity]
        known = {identifier.scheme: identifier.value for identifier in entity.identifiers}
        yield _Place(mention.span, str(entity.kind), mention.id, known.get("wikidata", entity.id))


def _attributes(article: Article, attribution: Attribution) -> dict[str, Data]:
    plain = wire.to_data(article)
    found: dict[str, Data] = {row["id"]: row for name in article.tables for row in plain[name]}
    for name in CARRIED:
        for row in plain[name]:
            row["told_by"] = attribution.told_by(row["id"])
    for row in plain["arguments"]:
        row |= attribution.sides_in(row)
    for row in plain["quotations"]:
        row["told_by"] = attribution.claims_with_voices(row["claims"])
    return found
