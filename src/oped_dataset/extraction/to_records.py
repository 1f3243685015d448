"""Writing an article as records with pieces of text: the answer that a language model should give.

Here: `to_records`, the inverse of `from_records`.
Not here: the form of a record (`forms.py`) and the piece for a span (`pieces.py`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache, partial
from typing import Any

import attrs

from oped_dataset.errors import NotComparable
from oped_dataset.extraction.forms import KINDS, Key, keys_of, kinds_of, layers_of
from oped_dataset.extraction.naming import name_key
from oped_dataset.extraction.passages import Passage
from oped_dataset.extraction.pieces import Pieces
from oped_dataset.messages import quoted
from oped_dataset.model.article import Article
from oped_dataset.model.records import (
    PUBLICATION_DATE,
    Span,
    evidence_of,
    spans_of,
)


def to_records(
    article: Article, layers: Iterable[str] | None = None, *, passage: Passage | None = None
) -> dict[str, list[dict[str, Any]]]:
    """Write an article as records for `from_records`, such as for examples in a prompt or for fine-tuning.

    Every record has all keys of its kind, with null for absent values, so that the result matches `extraction_schema`
    in every dialect. Entities are referred to by name where only one entity has it.

    `from_records(to_records(article), like=article).article` equals the article, except for values that records
    cannot express: errata, identifiers of entities to which `like` itself does not refer, whitespace and incomplete
    characters at the ends of a span, spans of whitespace alone, and dangling references. With `layers`, only records
    of these layers remain, without references to others.

    Args:
        article: The article; its source must contain the text.
        layers: The layers, by the names of their tables; those they require are added. All when None.
        passage: Limits the records to this passage and the entities to which they refer. Pieces are unambiguous
            inside it.

    Raises:
        NotComparable: The article does not contain its text.
        InvalidRecord: A layer does not exist.
    """
    text = article.source.text
    if text is None:
        raise NotComparable(
            f"{quoted(article.id)} does not contain its text; attach a copy first: article.attach(text).to_article()"
        )
    writer = _Writer(article, Pieces(text), layers_of(layers), passage)
    return {"records": writer.records()}


class _Writer:
    """Writes the records of one article."""

    def __init__(self, article: Article, pieces: Pieces, layers: tuple[str, ...], passage: Passage | None) -> None:
        # Finding a piece takes several searches, and records often share a span.
        self._piece = lru_cache(maxsize=None)(partial(pieces.piece_of, scope=None if passage is None else passage.span))
        self._layers = layers
        self._scope = None if passage is None else passage.span
        self._entities = article.entities
        calls = Counter(
            key
            for entity in self._entities
            for key in {name_key(name) for name in (entity.id, entity.name, *entity.aliases)}
        )
        self._names = {each.id: each.name if calls[name_key(each.name)] == 1 else each.id for each in self._entities}
        self._referred = set(article.authors)
        self._kept = {
            layer: [kept for record in article.tables[layer] if (kept := self._placed(record)) is not None]
            for layer in layers
            if layer != "entities"
        }
        self._ids = {record.id for records in self._kept.values() for record in records}
        self._drop_loose_arguments()

    def records(self) -> list[dict[str, Any]]:
        """Return the records in the order of the tables."""
        others = [self._record(kind, each) for kind in kinds_of(self._kept) for each in self._kept[KINDS[kind]]]
        entities = self._entities if "entities" in self._layers else ()
        wanted = [each for each in entities if self._scope is None or each.id in self._referred]
        return [*(self._record("entity", each) for each in wanted), *others]

    # Selection.

    def _placed(self, record: Any) -> Any:
        """Limit the evidence of a record to the passage and to spans with words; None if nothing remains."""
        evidence = evidence_of(record)
        named = tuple(span for span in evidence if self._has_words(span))
        if len(named) < len(evidence):
            record = attrs.evolve(record, evidence=named) if named and hasattr(record, "evidence") else None
        # A claim is dropped with its cue, because it must not lose the voice that says it.
        return record if record is not None and all(map(self._has_words, spans_of(record))) else None

    def _has_words(self, span: Span) -> bool:
        return (self._scope is None or self._scope.contains(span)) and self._piece(span) is not None

    def _drop_loose_arguments(self) -> None:
        """Drop arguments without their premise or conclusion, and the undercuts of these."""
        loose: list[Any] = [None]
        while loose:
            arguments = self._kept.get("arguments", [])
            loose = [each for each in arguments if not {each.source, each.target} <= self._ids]
            self._ids -= {each.id for each in loose}
            self._kept |= {"arguments": [each for each in arguments if each not in loose]} if loose else {}

    # Format.

    def _record(self, kind: str, record: Any) -> dict[str, Any]:
        return {"record": kind, **self._part(record)}

    def _part(self, part: Any) -> dict[str, Any]:
        return {key.name: self._value(key, getattr(part, key.slot.name)) for key in keys_of(type(part), self._layers)}

    def _value(self, key: Key, value: Any) -> Any:
        if not key.is_list:
            return self._single(key, value)
        return [each for each in (self._single(key, item) for item in value) if each is not None]

    def _single(self, key: Key, value: Any) -> Any:
        if value is None:
            return None
        match key.holds:
            case "piece":
                return self._piece(value)
            case "entity":
                self._referred.add(value)
                return self._names.get(value, value)
            case "record":
                return value if value in self._ids or value == PUBLICATION_DATE else None
            case "part":
                return self._part(value)
            case _ if isinstance(value, bool):
                return value
            case _:
                # Decimal would write large amounts with an exponent.
                return format(value, "f") if isinstance(value, Decimal) else str(value)
