"""The article, its tables and its queries.

Here: `Article`, the table of each kind of record, and the indexes that answer queries.
Not here: the classes of records (`records.py`), the generic table (`tables.py`), the file format (`codec/wire.py`) and
the rules between records (`validation/rules.py`).
"""

from __future__ import annotations

import datetime
import os
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from operator import attrgetter, index
from typing import TYPE_CHECKING, Any, ClassVar, Final, TypeAlias, TypeVar
from weakref import WeakValueDictionary

import attrs
from attrs import field

from oped_dataset.errors import InvalidRecord, RecordNotFound
from oped_dataset.messages import nearest
from oped_dataset.model import fields
from oped_dataset.model.citation import Style, cite
from oped_dataset.model.dates import Edtf
from oped_dataset.model.fields import (
    AtLeast,
    Each,
    Exactly,
    OrNone,
    slug,
    slugs,
)
from oped_dataset.model.languages import LanguageTag
from oped_dataset.model.records import (
    SCHEMA_VERSION,
    Argument,
    Claim,
    Entity,
    Erratum,
    Event,
    Heading,
    Mention,
    Quantity,
    Quotation,
    Relation,
    Source,
    Span,
    TimeExpression,
    Voice,
    spans_of,
)
from oped_dataset.model.stretches import Stretch, Stretches
from oped_dataset.model.tables import Record, RecordT, Table, repr_html  # noqa: F401, for annotations of converters

if TYPE_CHECKING:
    from typing import Self, Unpack

    from oped_dataset.model import filters
    from oped_dataset.text.attachment import AttachedArticle
else:
    # `typing.get_type_hints` needs the name; the later layer that defines it is imported when an article is attached.
    AttachedArticle = Any


class EntityTable(Table[Entity]):
    """The entities of an article."""

    __slots__ = ()
    record_type: ClassVar[type[Record]] = Entity

    if TYPE_CHECKING:

        def where(self, **wanted: Unpack[filters.EntityFields]) -> Self: ...  # type: ignore[override]  # noqa: D102

    def find(self, wanted: str) -> Entity:
        """Find an entity by its id, an identifier in an outside register, its name or an alias.

        They are tried in this order, so that a name is preferred to an equal alias of another entity. Ids and
        identifiers are compared exactly, names and aliases without regard to case.

        Raises:
            RecordNotFound: No entity is found, or several are; the message suggests similar names, or lists their ids.
        """
        if wanted in self:
            return self[wanted]
        folded = wanted.casefold()
        ways = (
            [each for each in self if any(wanted == identifier.value for identifier in each.identifiers)],
            [each for each in self if each.name.casefold() == folded],
            [each for each in self if folded in map(str.casefold, each.aliases)],
        )
        found = next(filter(None, ways), [])
        if len(found) == 1:
            return found[0]
        called = {name.casefold(): each for each in reversed(self) for name in (*each.aliases, each.name)}
        near = [each.id for each in found] or nearest(wanted, self.ids)
        raise RecordNotFound(wanted, near or [called[name].id for name in nearest(folded, called)])


class MentionTable(Table[Mention]):
    """The mentions of an article."""

    __slots__ = ()
    record_type: ClassVar[type[Record]] = Mention

    if TYPE_CHECKING:

        def where(self, **wanted: Unpack[filters.MentionFields]) -> Self: ...  # type: ignore[override]  # noqa: D102


class TimeTable(Table[TimeExpression]):
    """The time expressions of an article."""

    __slots__ = ()
    record_type: ClassVar[type[Record]] = TimeExpression

    if TYPE_CHECKING:

        def where(self, **wanted: Unpack[filters.TimeFields]) -> Self: ...  # type: ignore[override]  # noqa: D102


class QuantityTable(Table[Quantity]):
    """The quantities of an article."""

    __slots__ = ()
    record_type: ClassVar[type[Record]] = Quantity

    if TYPE_CHECKING:

        def where(self, **wanted: Unpack[filters.QuantityFields]) -> Self: ...  # type: ignore[override]  # noqa: D102


class QuotationTable(Table[Quotation]):
    """The quotations of an article."""

    __slots__ = ()
    record_type: ClassVar[type[Record]] = Quotation

    if TYPE_CHECKING:

        def where(self, **wanted: Unpack[filters.QuotationFields]) -> Self: ...  # type: ignore[override]  # noqa: D102


class EventTable(Table[Event]):
    """The events of an article, as its voices present them."""

    __slots__ = ()
    record_type: ClassVar[type[Record]] = Event

    if TYPE_CHECKING:

        def where(self, **wanted: Unpack[filters.EventFields]) -> Self: ...  # type: ignore[override]  # noqa: D102

    def during(self, time: str) -> EventTable:
        """Keep the events whose time overlaps an EDTF date or interval; undated events are left out.

        Raises:
            InvalidDate: `time` is not a supported date.
        """
        return _find_during(self, "when", time)


class RelationTable(Table[Relation]):
    """The relations of an article, as its voices present them."""

    __slots__ = ()
    record_type: ClassVar[type[Record]] = Relation

    if TYPE_CHECKING:

        def where(self, **wanted: Unpack[filters.RelationFields]) -> Self: ...  # type: ignore[override]  # noqa: D102

    def during(self, time: str) -> RelationTable:
        """Keep the relations whose time overlaps an EDTF date or interval; undated relations are left out.

        Raises:
            InvalidDate: `time` is not a supported date.
        """
        return _find_during(self, "during", time)


class ClaimTable(Table[Claim]):
    """The claims of an article."""

    __slots__ = ()
    record_type: ClassVar[type[Record]] = Claim

    if TYPE_CHECKING:

        def where(self, **wanted: Unpack[filters.ClaimFields]) -> Self: ...  # type: ignore[override]  # noqa: D102

    def voiced_by(self, entity: str | Entity) -> ClaimTable:
        """Keep the claims whose chain contains this entity as a voice, at any depth.

        Raises:
            RecordNotFound: The article has no entity with this id; the message suggests similar ids.
        """
        wanted = entity if isinstance(entity, str) else entity.id
        if self._article is not None:
            self._article.entities[wanted]
        return _find_by_key(self, "voices", lambda claim: (voice.source for voice in claim.voices), wanted)

    def carrying(self, record_id: str) -> ClaimTable:
        """Keep the claims that carry this event, relation or quantity.

        Raises:
            RecordNotFound: The article has no record with this id; the message suggests similar ids.
        """
        if self._article is not None:
            self._article.record(record_id)
        return _find_by_key(self, "carries", attrgetter("carries"), record_id)


class ArgumentTable(Table[Argument]):
    """The arguments of an article."""

    __slots__ = ()
    record_type: ClassVar[type[Record]] = Argument

    if TYPE_CHECKING:

        def where(self, **wanted: Unpack[filters.ArgumentFields]) -> Self: ...  # type: ignore[override]  # noqa: D102


AnyTable: TypeAlias = Table[Any]
TableT = TypeVar("TableT", bound=AnyTable)


@attrs.frozen(kw_only=True)
class Dossier:
    """The records of an article about one entity.

    Attributes:
        entity: The entity.
        claims: The claims about the entity.
        events: The events in which the entity takes part, or of which it is the place.
        relations: The relations of which the entity is subject or object.
        mentions: The mentions of the entity.
    """

    entity: Entity
    claims: ClaimTable
    events: EventTable
    relations: RelationTable
    mentions: MentionTable

    _repr_html_ = repr_html


@attrs.frozen(kw_only=True, repr=False)
class Article:
    """One annotated op-ed.

    Attributes:
        schema_version: The version of the file format; a whole number.
        id: The name of the article in `load`; a lowercase slug.
        title: The headline as printed.
        language: The BCP 47 tag of the text (RFC 5646), in canonical case.
        genre: The genre that the publisher declares, such as `op-ed`.
        published: The day of publication.
        updated: The day of the publisher's last change, or None.
        publisher: The id of the entity that published the text.
        authors: The ids of the entities that wrote the text; not empty.
        contributors: The ids of the entities that the text names as helpers.
        licence: The licence of the annotation, as an SPDX expression.
        data_version: The release of the annotation.
        source: The text to which all offsets refer, with its sentences and paragraphs.
        headings: The headings inside the article.
        errata: The changes since earlier releases of the annotation.
        entities: The people, organisations, places and other entities that the text refers to.
        mentions: The spans that refer to entities.
        times: The time expressions.
        quantities: The amounts.
        quotations: The pairs of quotation marks.
        events: The events, which claims carry.
        relations: The relations between entities, which claims carry.
        claims: The claims, with their voices.
        arguments: The arguments, each of which joins two claims.
    """

    schema_version: int = field(default=SCHEMA_VERSION, validator=AtLeast(1))
    id: str = field(validator=slug)
    title: str = field(validator=fields.text)
    language: str = field(validator=LanguageTag())
    genre: str = field(validator=fields.text)
    published: datetime.date = field(validator=Exactly(datetime.date))
    updated: datetime.date | None = field(default=None, validator=OrNone(Exactly(datetime.date)))
    publisher: str = field(validator=slug)
    authors: tuple[str, ...] = field(validator=Each(slug, minimum=1))
    contributors: tuple[str, ...] = field(default=(), validator=slugs)
    licence: str = field(validator=fields.text)
    data_version: str = field(validator=fields.text)
    source: Source = field(validator=Exactly(Source))
    headings: tuple[Heading, ...] = field(default=(), validator=Each(Exactly(Heading)))
    errata: tuple[Erratum, ...] = field(default=(), validator=Each(Exactly(Erratum)))
    entities: EntityTable = field(factory=EntityTable, converter=EntityTable)
    mentions: MentionTable = field(factory=MentionTable, converter=MentionTable)
    times: TimeTable = field(factory=TimeTable, converter=TimeTable)
    quantities: QuantityTable = field(factory=QuantityTable, converter=QuantityTable)
    quotations: QuotationTable = field(factory=QuotationTable, converter=QuotationTable)
    events: EventTable = field(factory=EventTable, converter=EventTable)
    relations: RelationTable = field(factory=RelationTable, converter=RelationTable)
    claims: ClaimTable = field(factory=ClaimTable, converter=ClaimTable)
    arguments: ArgumentTable = field(factory=ArgumentTable, converter=ArgumentTable)

    def __attrs_post_init__(self) -> None:
        """Link the tables, which the converters made for this article, to the article."""
        if more := fields.added_fields(self, Article):
            raise InvalidRecord(f"{type(self).__name__} is an Article{more}; keep it outside the article")
        own_tables(self)

    def __reduce__(self) -> tuple[Callable[..., Article], tuple[object, ...]]:
        """Pickle and copy as the class and its values."""
        # The methods that attrs generates would restore the fields without linking the tables to the new article.
        return _make_article, (type(self), tuple(getattr(self, each.name) for each in attrs.fields(type(self))))

    @property
    def tables(self) -> dict[str, AnyTable]:
        """The tables by field name, in the order of the file."""
        return {name: getattr(self, name) for name in TABLES}

    def record(self, record_id: str) -> Record:
        """Find a record of any kind by id.

        Raises:
            RecordNotFound: No record has this id; the message suggests similar ids.
        """
        for table in self.tables.values():
            if record_id in table:
                found: Record = table[record_id]
                return found
        known = chain.from_iterable(table.ids for table in self.tables.values())
        raise RecordNotFound(record_id, nearest(record_id, known))

    def timeline(self) -> EventTable:
        """The dated events, earliest first; intervals without a beginning precede all others."""
        times = [(_days(event.when), at) for at, event in enumerate(self.events) if event.when is not None]
        return self.events._of_same_article(self.events[at] for _, at in sorted(times))

    def records_at(self, offset: int) -> tuple[Record, ...]:
        """The records with a span that contains this offset, in the order of the tables."""
        touching = (
            _find_touching(table, "spans", lambda record: _stretches(spans_of(record)), (index(offset), offset + 1))
            for table in self.tables.values()
        )
        return tuple(chain.from_iterable(touching))

    def about(self, entity_id: str) -> Dossier:
        """The records about one entity.

        Raises:
            RecordNotFound: No entity has this id; the message suggests similar ids.
        """
        return Dossier(
            # Subscripting would also accept a position, for which the other tables have no records.
            entity=self.entities._find(entity_id),
            claims=_find_by_key(self.claims, "about", attrgetter("about"), entity_id),
            events=_find_by_key(
                self.events,
                "entities",
                lambda event: (event.place, *(each.entity for each in event.participants)),
                entity_id,
            ),
            relations=_find_by_key(self.relations, "entities", attrgetter("subject", "object"), entity_id),
            mentions=self.mentions.where(entity=entity_id),
        )

    def claims_for(self, record_id: str) -> ClaimTable:
        """The claims that give a record its voices.

        For an event, a relation or a quantity these are the claims that carry it; for a quotation, the claims made in
        it; for an entity, the claims about it; for an argument, its premise and conclusion; for a claim, the claim
        itself. For a mention or a time expression, these are the claims with evidence that overlaps its span.

        Raises:
            RecordNotFound: No record has this id; the message suggests similar ids.
        """
        record = self.record(record_id)
        if isinstance(record, (Event, Relation, Quantity)):
            return self.claims.carrying(record_id)
        if isinstance(record, Quotation):
            return _find_by_ids(self.claims, record.claims)
        if isinstance(record, Argument):
            return _find_by_ids(self.claims, (record.source, record.target))
        if isinstance(record, (Mention, TimeExpression)):
            (place,) = _stretches([record.span])
            return _find_touching(self.claims, "evidence", lambda claim: _stretches(claim.evidence), place)
        about = self.claims._positions("about", attrgetter("about")).get(record_id, ())
        same_id = self.claims._positions("by id", _key_by_id).get(record_id, ())
        return self.claims._at((*about, *(position for position in same_id if self.claims[position] == record)))

    def citation(self, style: Style = "text") -> str:
        """Return a citation of the annotation, with its data version.

        Args:
            style: "text" for a sentence, "bibtex" for a BibTeX entry, "csl" for CSL-JSON.

        Raises:
            InvalidRecord: The style is unknown.
        """
        return cite(
            self.id,
            style=style,
            title=self.title,
            authors=tuple(self.entities[author].name for author in self.authors),
            publisher=self.entities[self.publisher].name,
            published=self.published,
            data_version=self.data_version,
        )

    def attach(self, text: str) -> AttachedArticle:
        """Attach the annotation to a copy of the text.

        An exact copy is recognised by its SHA-256. In any other copy, sentences are found by their digests, and the
        spans inside them are transferred; spans that are not found are listed, never guessed.

        Raises:
            NotAttachable: `text` is not a str or is blank, or the digests are of an unknown normal form.
        """
        # Attaching belongs to a later layer. Imported here, it is available as a method, where readers look for it.
        from oped_dataset.text.attachment import attach

        return attach(self, text)

    def attach_path(
        self, path: str | os.PathLike[str], *, encoding: str | None = None, html: bool | None = None
    ) -> AttachedArticle:
        """Attach the annotation to a copy in a file, plain text or a saved web page.

        Args:
            path: The path of the file. The main text of a web page is extracted first, and the offsets refer to it.
            encoding: The encoding of the file; if None, that of its byte order mark, else the one that a web page
                declares, else UTF-8.
            html: Whether the file is a web page; if None, its name or its first characters decide.

        Raises:
            ArticleFileNotFound: The file does not exist.
            ArticleFileError: The file cannot be read.
            NotAttachable: The file cannot be decoded, or is a web page without text.
            MissingExtra: The file is a web page and the extra `html` is not installed.
        """
        from oped_dataset.text.attachment import attach_path

        return attach_path(self, path, encoding=encoding, html=html)

    def __repr__(self) -> str:
        """Return the id and the number of claims, events and entities."""
        return (
            f"<Article {self.id}: {len(self.claims)} claims, {len(self.events)} events, {len(self.entities)} entities>"
        )

    _repr_html_ = repr_html


TABLES: Final = (
    "entities",
    "mentions",
    "times",
    "quantities",
    "quotations",
    "events",
    "relations",
    "claims",
    "arguments",
)
"""The names of the article's tables, in the order of the file."""

SPANNED: Final = ("mentions", "times", "quantities", "quotations")
"""The tables whose records have one span, `span`."""

EVIDENCED: Final = ("events", "relations", "claims")
"""The tables whose records have one span or several, `evidence`."""

PLACED: Final = (*SPANNED, *EVIDENCED)
"""The tables whose records have spans, in the order of the file."""

CARRIED: Final = ("events", "relations", "quantities")
"""The tables whose records claims carry, so that their voices are those of the claims."""


_IN_USE: Final[WeakValueDictionary[int, Article]] = WeakValueDictionary()
"""The articles that are still referenced, so that a single record can be shown with the names of its article."""


def own_tables(article: Article) -> None:
    """Link the tables of an article to it; called once, when the article is made."""
    for name in TABLES:
        # Tables are immutable, so their own `__setattr__` is bypassed.
        object.__setattr__(getattr(article, name), "_article", article)
    _IN_USE[id(article)] = article


def article_of(shown: Record | Voice) -> Article | None:
    """Find the article that contains this object itself, not an equal one; None if no such article is in use."""

    def contains(article: Article) -> bool:
        if isinstance(shown, Voice):
            return any(voice is shown for claim in article.claims for voice in claim.voices)
        return any(record is shown for table in article.tables.values() for record in table)

    return next(filter(contains, [*_IN_USE.values()]), None)


def _make_article(cls: type[Article], values: tuple[Any, ...]) -> Article:
    return cls(**{each.name: value for each, value in zip(attrs.fields(cls), values, strict=True)})


# Queries use indexes, which a table makes on first use.


def _find_by_key(table: TableT, name: str, keys: Callable[[Any], Iterable[object]], key: str) -> TableT:
    return table._at(table._positions(name, keys).get(key, ()))


def _key_by_id(record: Record) -> tuple[str]:
    return (record.id,)


def _find_by_ids(claims: ClaimTable, ids: Iterable[str]) -> ClaimTable:
    by_id = claims._positions("by id", _key_by_id)
    return claims._at(chain.from_iterable(by_id.get(record_id, ()) for record_id in ids))


def _find_touching(table: TableT, name: str, stretches: Callable[[Any], Iterable[Stretch]], wanted: Stretch) -> TableT:
    """Keep the records of which a stretch touches the wanted one."""

    def index() -> tuple[Stretches, tuple[int, ...]]:
        owned = [(stretch, position) for position, record in enumerate(table) for stretch in stretches(record)]
        return Stretches(stretch for stretch, _ in owned), tuple(position for _, position in owned)

    found, owners = table._once(name, index)
    return table._at(owners[each] for each in found.touching(*wanted))


def _stretches(spans: Iterable[Span]) -> list[Stretch]:
    return [(span.start, span.end) for span in spans]


def _find_during(table: TableT, name: str, time: str) -> TableT:
    def stretches(record: Any) -> Iterator[Stretch]:
        if (when := getattr(record, name)) is not None:
            yield _days(when)

    return _find_touching(table, name, stretches, _days(Edtf(time)))


def _days(when: Edtf) -> Stretch:
    first, last = when.earliest or datetime.date.min, when.latest or datetime.date.max
    return first.toordinal(), last.toordinal() + 1
