"""A draft made from a spaCy Doc: its sentences, entities and groups of spans.

Here: the correspondence of labels, and the problems of spans that cannot be converted.
Not here: the export to spaCy (`exports/spacy.py`), and a draft of a text alone (`skeleton.py`).

Names become entities and mentions. All other records need more than a span, so that they become proposals. Each span
that cannot be converted is a problem of the draft.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import count
from typing import Any, Final

import attrs

from oped_dataset.authoring.drafts import Draft, Proposal
from oped_dataset.authoring.skeleton import Entities, new_article
from oped_dataset.errors import Problem
from oped_dataset.model.article import EVIDENCED, SPANNED
from oped_dataset.model.fields import SLUG
from oped_dataset.model.records import Identifier, Mention, Span
from oped_dataset.model.vocabulary import (
    ClaimKind,
    Comparator,
    EntityKind,
    EventKind,
    MentionForm,
    Predicate,
    QuotationKind,
    TimeKind,
)

_NAMES: Final = {
    **{kind.value: kind for kind in EntityKind},
    **dict.fromkeys(("PERSON", "PER"), EntityKind.PERSON),
    **dict.fromkeys(("ORG",), EntityKind.ORGANIZATION),
    **dict.fromkeys(("NORP",), EntityKind.GROUP),
    **dict.fromkeys(("GPE", "LOC", "FAC"), EntityKind.PLACE),
    **dict.fromkeys(("EVENT",), EntityKind.GATHERING),
    **dict.fromkeys(("WORK_OF_ART",), EntityKind.WORK),
    **dict.fromkeys(("LAW",), EntityKind.LAW),
}
"""The kinds of entities, by the labels of OntoNotes and CoNLL in spaCy's models, and by those of this library."""
_PROPOSED: Final = {
    **dict.fromkeys(("DATE", "TIME"), "times"),
    **dict.fromkeys(("MONEY", "PERCENT", "QUANTITY", "CARDINAL"), "quantities"),
}
_KINDS: Final[dict[str, tuple[str, Any]]] = {
    "times": ("kind", TimeKind),
    "quantities": ("comparator", Comparator),
    "quotations": ("kind", QuotationKind),
    "events": ("kind", EventKind),
    "relations": ("predicate", Predicate),
    "claims": ("kind", ClaimKind),
}
"""The field of each layer that the label of a span fills in, and its vocabulary."""
_LAYERS: Final = tuple(name for name in (*SPANNED, *EVIDENCED) if name != "mentions")
_BY: Final = "spaCy"


def from_spacy(
    doc: Any,
    *,
    id: str,  # noqa: A002
    labels: Mapping[str, EntityKind] | None = None,
    scheme: str | None = None,
    **head: Any,
) -> Draft:
    """Begin an annotation with the findings of a spaCy pipeline or the spans of an annotator.

    `doc.ents` become entities and mentions by name; spans of one kind with equal names, equal `kb_id_` or equal `id_`
    are one entity. Dates and amounts among them become proposals, as do the spans of a group named after a table, such
    as `claims` or `quotations`; spans with the same `id_` are the evidence of one record. The spans of a group
    `mentions`, as made by `to_spacy`, become mentions. Any other group is read like `doc.ents`.

    Tokens, categories, `user_data` and attributes of spans are not read.

    Args:
        doc: A `spacy.tokens.Doc`. Its text becomes the text of the article, and its sentences, if any, those of the
            article.
        id: The name of the article; a lowercase slug.
        labels: The kinds of entities for further labels of your pipeline, besides those of OntoNotes and CoNLL.
        scheme: The register of `kb_id_`. Without it, values such as `Q42` are ids of `wikidata`, and a slug is the id
            of an entity.
        **head: The other arguments of `new_article`, such as `title`, `authors` and `published`.

    Returns:
        A draft; `problems` has one problem for each span that could not be converted.

    Raises:
        InvalidRecord: An argument is invalid; the message names it.
        MissingExtra: The Doc has no sentences and the extra `authoring` is not installed.
    """
    if doc.has_annotation("SENT_START"):
        head = {"splitter": lambda _: [(sentence.start_char, sentence.end_char) for sentence in doc.sents], **head}
    draft = new_article(doc.text, **{"proposals": False, **head, "id": id})
    reader = _Reader(draft, {**_NAMES, **({} if labels is None else labels)}, scheme)
    reader.read_names(doc.ents, "/ents")
    for name, group in doc.spans.items():
        reader.read_group(name, list(group))
    return reader.draft()


class _Reader:
    def __init__(self, draft: Draft, labels: Mapping[str, EntityKind], scheme: str | None) -> None:
        self._draft = draft
        self._labels = labels
        self._scheme = scheme
        self._entities = Entities(draft.article.entities)
        self._identifiers: dict[str, dict[tuple[str, str], Identifier]] = {}
        self._names: dict[str, dict[str, None]] = {}
        self._mentions: list[Mention] = []
        self._proposals = list(draft.proposals)
        self._problems: list[Problem] = []
        self._taken = {each.id for each in draft.proposals}

    def draft(self) -> Draft:
        """Return the draft with everything read."""
        entities = [
            attrs.evolve(
                each,
                aliases=tuple(name for name in self._names.get(each.id, ()) if name != each.name),
                identifiers=tuple(self._identifiers.get(each.id, {}).values()),
            )
            for each in self._entities.made
        ]
        article = attrs.evolve(self._draft.article, entities=entities, mentions=self._mentions)
        return attrs.evolve(
            self._draft, article=article, proposals=tuple(self._proposals), problems=tuple(self._problems)
        )

    def read_group(self, name: str, spans: list[Any]) -> None:
        """Read the spans of a group."""
        # RFC 6901, section 3: `~` and `/` are escaped in a pointer.
        place = f"/spans/{name.replace('~', '~0').replace('/', '~1')}"
        if name == "mentions":
            self._read_mentions(spans, place)
        elif name in _LAYERS:
            self._read_records(name, spans, place)
        else:
            self.read_names(spans, place)

    def read_names(self, spans: Any, place: str) -> None:
        """Read entities, dates and amounts."""
        for index, span in enumerate(spans):
            layer, kind = _PROPOSED.get(span.label_), self._labels.get(span.label_)
            if not span.text.strip():
                self._reject(f"{place}/{index}", "invalid-value", "the span contains no words")
            elif kind is not None:
                entity_id = self._entity(span, kind, f"{place}/{index}")
                self._names.setdefault(entity_id, {})[span.text] = None
                form = MentionForm.ADJECTIVAL if span.label_ == "NORP" else MentionForm.NAME
                self._mention(entity_id, span, form)
            elif layer is not None:
                self._propose(layer, [span])
            else:
                message = f"the label {span.label_!r} at {_at(span)} does not denote a kind of entity, date or amount"
                self._reject(f"{place}/{index}", "unknown-label", message, "add its kind to `labels`")

    def _entity(self, span: Any, kind: EntityKind, pointer: str) -> str:
        known = span.kb_id_
        if not known:
            return self._entities.add(span.text, kind, span.id_ if re.fullmatch(SLUG, span.id_) else None)
        scheme = self._scheme
        if scheme is None and re.fullmatch(r"Q[1-9][0-9]*", known):
            scheme = "wikidata"
        if scheme is None and re.fullmatch(SLUG, known):
            return self._entities.add(span.text, kind, known)
        if scheme is None:
            message = f"the register of the kb_id {known!r} at {_at(span)} is unknown"
            self._reject(pointer, "invalid-value", message, "pass it as `scheme`")
            return self._entities.add(span.text, kind)
        key = (scheme, known)
        same = next((entity_id for entity_id, found in self._identifiers.items() if key in found), None)
        entity_id = self._entities.add(span.text, kind) if same is None else same
        identifier = Identifier(scheme=scheme, value=known, seen_in=f"kb_id of spaCy at {_at(span)}")
        self._identifiers.setdefault(entity_id, {}).setdefault(key, identifier)
        return entity_id

    def _mention(self, entity_id: str, span: Any, form: MentionForm) -> None:
        place = Span(span.start_char, span.end_char)
        if not any((each.entity, each.span) == (entity_id, place) for each in self._mentions):
            mention_id = self._new_id("mention")
            self._mentions.append(Mention(id=mention_id, entity=entity_id, span=place, form=form))

    def _read_mentions(self, spans: list[Any], place: str) -> None:
        known = {each.id for each in self._entities.made}
        for index, span in enumerate(spans):
            if span.kb_id_ in known and span.label_ in set(MentionForm):
                self._mention(span.kb_id_, span, MentionForm[span.label_.upper()])
            else:
                message = f"the label of the mention at {_at(span)} is not a form, or its kb_id is not an entity"
                self._reject(f"{place}/{index}", "dangling-reference", message)

    def _read_records(self, layer: str, spans: list[Any], place: str) -> None:
        grouped: dict[object, list[Any]] = {}
        field, labels = _KINDS[layer]
        for index, span in enumerate(spans):
            if not span.text.strip():
                self._reject(f"{place}/{index}", "invalid-value", "the span contains no words")
                continue
            if span.label_ and span.label_ not in set(labels):
                message = f"the label {span.label_!r} at {_at(span)} is not in {labels.__name__}"
                self._reject(f"{place}/{index}", "unknown-label", message, f"its {field!r} is left open")
            if span.kb_id_:
                message = f"the kb_id {span.kb_id_!r} at {_at(span)} cannot be kept"
                self._reject(f"{place}/{index}", "invalid-value", message, "only entities have identifiers")
            grouped.setdefault(span.id_ if layer in EVIDENCED and span.id_ else index, []).append(span)
        for parts in grouped.values():
            self._propose(layer, sorted(parts, key=lambda part: (part.start_char, part.end_char)))

    def _propose(self, layer: str, spans: list[Any]) -> None:
        places = [{"start": span.start_char, "end": span.end_char} for span in spans]
        given, (field, labels) = spans[0].id_, _KINDS[layer]
        stem = "quantity" if layer == "quantities" else layer.removesuffix("s")
        record: dict[str, Any] = {"id": given if self._is_free(given) else self._new_id(stem)}
        self._taken.add(record["id"])
        record |= {"evidence": places} if layer in EVIDENCED else {"span": places[0]}
        if layer == "quotations":
            record["text"] = spans[0].text
        record[field] = next((span.label_ for span in spans if span.label_ in set(labels)), None)
        self._proposals.append(Proposal(layer=layer, record=record, by=_BY))

    def _is_free(self, given: str) -> bool:
        return re.fullmatch(SLUG, given) is not None and given not in self._taken

    def _new_id(self, stem: str) -> str:
        found = next(each for n in count(1) if (each := f"{stem}-{n}") not in self._taken)
        self._taken.add(found)
        return found

    def _reject(self, pointer: str, code: str, message: str, hint: str | None = None) -> None:
        self._problems.append(Problem(code=f"OPED-{code}", pointer=pointer, message=message, hint=hint))


def _at(span: Any) -> str:
    return f"{span.start_char}–{span.end_char}"
