"""A spaCy Doc of an article, with one span group for each kind of record.

Here: tokens that end wherever a record begins or ends, the span groups, and the attributes.
Not here: the choice of the text (`texts.py`) and statistical models; the tokenizer is that of `spacy.blank("en")`.

A span's `label_` is its kind, its `id_` the id of its record. Its `kb_id_` is the chain of voices on one line or, for a
mention, the entity; displaCy shows it beside the label, and it is kept when documents are joined. Attributes are in
`doc.user_data` by the id of the record, because two spans with equal bounds would share `span._.` values.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import Any, Final, NamedTuple

from oped_dataset.codec import wire
from oped_dataset.exports.attribution import Attribution, check_repeated_voices
from oped_dataset.exports.description import versions
from oped_dataset.exports.texts import text_for
from oped_dataset.extras import need
from oped_dataset.model.article import CARRIED, PLACED, Article
from oped_dataset.model.records import Claim, Mention, Quotation, Span, spans_of
from oped_dataset.model.vocabulary import MentionForm

_LABELS: Final = {"mentions": "form", "relations": "predicate", "quantities": "comparator"}


class _Place(NamedTuple):
    """A spaCy span to be made: its place, label, record, and the text of its `kb_id_`."""

    span: Span
    label: str
    record: str
    linked: str = ""


def to_spacy(article: Article, *, text: str | None = None) -> Any:
    """Make a spaCy Doc of an article.

    `doc.sents` are the sentences of the article, if it has any. `doc.ents` are the mentions by name, with the kind of
    their entity as label and its Wikidata identifier, or else its id, as `kb_id_`; of two that overlap, the longer one
    is kept. `doc.spans` has a group for each kind of record, with a span for each of its places, and the groups `cues`
    and `hedges`, whose spans have the id of their claim and the commitment of their voice as label. `doc.user_data` has
    every record by id as plain data, with `voices` in claims, `told_by` in the records that claims carry and in
    quotations, and the sides of their claims in arguments; it also has `data_version` and `code_version`, which cannot
    be ids. All exports of a process share one `Vocab`, so that `Doc.from_docs` can join them.

    Args:
        article: The article.
        text: Its text as annotated; not needed if the article contains it.

    Returns:
        A `spacy.tokens.Doc` (typed `Any`, because spaCy is optional) whose text equals that of the article.

    Raises:
        MissingExtra: spaCy is not installed.
        TextNeeded: The text is missing or is not the annotated one.
    """
    words = text_for(article, text, "spacy")
    attribution = Attribution.of(article)
    doc = _make_doc(_language(), words, article)
    for group, found in _places(article, attribution).items():
        doc.spans[group] = [_span(doc, place) for place in found]
    named = [_span(doc, place) for place in _named_entities(article)]
    doc.ents = need("spacy.util", "spacy").filter_spans(named)
    plain = wire.to_data(article)
    for name in CARRIED:
        for row in plain[name]:
            row["told_by"] = attribution.told_by(row["id"])
    for row in plain["quotations"]:
        row["told_by"] = attribution.claims_with_voices(row["claims"])
    for row in plain["arguments"]:
        row |= attribution.sides_in(row)
    doc.user_data.update({row["id"]: row for name in article.tables for row in plain[name]})
    doc.user_data.update(versions(article))
    return doc


def to_docbin(article: Article, *, text: str | None = None) -> bytes:
    """Write the spaCy Doc of an article as a DocBin with its user data.

    Args:
        article: The article.
        text: Its text as annotated; not needed if the article contains it.

    Returns:
        The bytes, which `spacy.tokens.DocBin().from_bytes` reads.

    Raises:
        MissingExtra: spaCy is not installed.
        TextNeeded: The text is missing or is not the annotated one.
        NotExportable: `told_by` would repeat far more voices than the article has records.
    """
    doc = to_spacy(article, text=text)
    for name in (*CARRIED, "quotations"):
        # The Doc shares the voices of a claim; its bytes repeat them.
        check_repeated_voices([doc.user_data[record.id] for record in article.tables[name]], name)
    written: bytes = need("spacy.tokens", "spacy").DocBin(docs=[doc], store_user_data=True).to_bytes()
    return written


# Tokens.


@cache
def _language() -> Any:
    return need("spacy", "spacy").blank("en")


def _make_doc(language: Any, text: str, article: Article) -> Any:
    """Tokenise, and also cut tokens wherever a record begins or ends, so that every place consists of whole tokens."""
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
        # spaCy stores one space with the word before it, unless a record begins or ends with this space.
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
    found: dict[str, list[_Place]] = {group: [] for group in (*PLACED, "cues", "hedges")}
    for group in PLACED:
        for record in article.tables[group]:
            label, linked = str(getattr(record, _LABELS.get(group, "kind"))), _linked_text(record, attribution)
            spans = getattr(record, "evidence", ()) or (record.span,)
            found[group] += [_Place(span, label, record.id, linked) for span in spans]
    for claim in article.claims:
        for voice in claim.voices:
            label = str(voice.commitment)
            found["cues"] += [] if voice.cue is None else [_Place(voice.cue, label, claim.id)]
            found["hedges"] += [_Place(hedge, label, claim.id) for hedge in voice.hedges]
    return found


def _linked_text(record: Any, attribution: Attribution) -> str:
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


def _named_entities(article: Article) -> Iterator[_Place]:
    for mention in article.mentions.where(form=MentionForm.NAME):
        entity = article.entities[mention.entity]
        known = {identifier.scheme: identifier.value for identifier in entity.identifiers}
        yield _Place(mention.span, str(entity.kind), mention.id, known.get("wikidata", entity.id))
