"""The records of an annotated op-ed: who says what, how surely, on whose word, and at which characters.

Here: the frozen classes, what one object alone may be, and the few questions an article answers.
Not here: the labels (`vocabulary.py`), dates (`dates.py`), the checks of single values (`fields.py`), the generic
table (`tables.py`), the file format (`codec/wire.py`) and the rules between records (`validation/rules.py`).

Nothing here is a fact about the world: an event or a relation is only what some voice says in the article.
"""

from __future__ import annotations

import datetime
import os
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING, Any, ClassVar, Final, TypeAlias, TypeVar
from weakref import WeakValueDictionary

import attrs
from attrs import field

from oped_dataset.errors import RecordNotFound
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
from oped_dataset.model.stretches import Stretches
from oped_dataset.model.tables import Record, RecordT, Table, repr_html  # noqa: F401, for annotations of converters

if TYPE_CHECKING:
    from typing import Self, Unpack

    from oped_dataset.model import filters
    from oped_dataset.text.attachment import AttachedArticle
else:
    # For `typing.get_type_hints`: the package behind this one is imported when something is attached.
    AttachedArticle = Any


class EntityTable(Table[Entity]):
    """The entities of an article."""

    __slots__ = ()
    record_type: ClassVar[type[Record]] = Entity

    if TYPE_CHECKING:

        def where(self, **wanted: Unpack[filters.EntityFields]) -> Self: ...  # type: ignore[override]  # noqa: D102

    def find(self, wanted: str) -> Entity:
        """Find an entity by its id, its name, an alias, or an identifier of an outside register.

        They are tried in this order, so that a name is preferred to an equal alias of another entity. Ids and
        identifiers are compared exactly, names and aliases without regard to case.

        Raises:
            RecordNotFound: None is called so, or several in the same way; the message names the nearest, or those.
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
    """The events of an article, each only as told."""

    __slots__ = ()
    record_type: ClassVar[type[Record]] = Event

    if TYPE_CHECKING:

        def where(self, **wanted: Unpack[filters.EventFields]) -> Self: ...  # type: ignore[override]  # noqa: D102

    def during(self, time: str) -> EventTable:
        """Keep the events whose time overlaps an EDTF date or interval; undated ones are left out.

        Raises:
            InvalidDate: `time` is no such date.
        """
        return _overlapping(self, "when", time)


class RelationTable(Table[Relation]):
    """The relations of an article, each only as told."""

    __slots__ = ()
    record_type: ClassVar[type[Record]] = Relation

    if TYPE_CHECKING:

        def where(self, **wanted: Unpack[filters.RelationFields]) -> Self: ...  # type: ignore[override]  # noqa: D102

    def during(self, time: str) -> RelationTable:
        """Keep the relations whose time overlaps an EDTF date or interval; undated ones are left out.

        Raises:
            InvalidDate: `time` is no such date.
        """
        return _overlapping(self, "during", time)


class ClaimTable(Table[Claim]):
    """The claims of an article."""

    __slots__ = ()
    record_type: ClassVar[type[Record]] = Claim

    if TYPE_CHECKING:

        def where(self, **wanted: Unpack[filters.ClaimFields]) -> Self: ...  # type: ignore[override]  # noqa: D102

    def voiced_by(self, entity: str | Entity) -> ClaimTable:
        """Keep the claims in whose chain of voices this entity speaks, at any depth.

        Raises:
            RecordNotFound: The article has no entity with this id; the message names the nearest.
        """
        wanted = entity if isinstance(entity, str) else entity.id
        if self._article is not None:
            self._article.entities[wanted]
        return _having(self, "voices", _voices, wanted)

    def carrying(self, record_id: str) -> ClaimTable:
        """Keep the claims that put forward this event, relation or quantity.

        Raises:
            RecordNotFound: The article has no record with this id; the message names the nearest.
        """
        if self._article is not None:
            self._article.record(record_id)
        return _having(self, "carries", _carries, record_id)


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
    """What an article holds about one entity.

    Attributes:
        entity: The entity.
        claims: The claims about it.
        events: The events it takes part in or is the place of.
        relations: The relations it is subject or object of.
        mentions: Its mentions.
    """

    entity: Entity
    claims: ClaimTable
    events: EventTable
    relations: RelationTable
    mentions: MentionTable

    _repr_html_ = repr_html


@attrs.frozen(kw_only=True, repr=False)
class Article:
    """One op-ed, annotated.

    Attributes:
        schema_version: The version of the file format; a whole number.
        id: The name `load` knows the article by; a lowercase slug.
        title: The headline as printed.
        language: BCP 47 tag of the text (RFC 5646), in canonical case.
        genre: What the publisher declares it to be, such as `op-ed`.
        published: The day of publication.
        updated: The day of the last change by the publisher, or None.
        publisher: The id of the entity that published it.
        authors: The ids of the entities that wrote it; not empty.
        contributors: The ids of the entities named as having helped.
        licence: SPDX expression for the annotation.
        data_version: The release of the annotation.
        source: The text the offsets count in.
        headings: The headings inside the article.
        errata: What changed since earlier releases of the annotation.
        entities: Who and what the article refers to.
        mentions: Where it refers to them.
        times: Its time expressions.
        quantities: Its amounts.
        quotations: Its pairs of quotation marks.
        events: What it tells as happening.
        relations: What ties it asserts.
        claims: What is said in it, and by whom.
        arguments: How the claims bear on each other.
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
        """Tell the tables, which are made for this article alone, whose they are."""
        own_tables(self)

    def __reduce__(self) -> tuple[Callable[..., Article], tuple[object, ...]]:
        """Pickle and copy as the class and its values."""
        return _article_of, (type(self), tuple(getattr(self, each.name) for each in attrs.fields(type(self))))

    @property
    def tables(self) -> dict[str, AnyTable]:
        """The tables by field name, in the order of the file."""
        return {name: getattr(self, name) for name in TABLES}

    def record(self, record_id: str) -> Record:
        """Find a record of any kind by id.

        Raises:
            RecordNotFound: No record has this id; the message names the nearest.
        """
        for table in self.tables.values():
            if record_id in table:
                found: Record = table[record_id]
                return found
        known = chain.from_iterable(table.ids for table in self.tables.values())
        raise RecordNotFound(record_id, nearest(record_id, known))

    def timeline(self) -> EventTable:
        """The dated events, earliest first; an interval without a beginning comes before all others."""
        dated = [event for event in self.events if event.when is not None]
        return self.events._of_same_article(sorted(dated, key=_time_order))

    def records_at(self, offset: int) -> tuple[Record, ...]:
        """Everything annotated at the character at this offset, in the order of the tables."""
        return tuple(chain.from_iterable(_touching(table, offset, offset + 1) for table in self.tables.values()))

    def about(self, entity_id: str) -> Dossier:
        """Everything that is about one entity.

        Raises:
            RecordNotFound: No entity has this id; the message names the nearest.
        """
        return Dossier(
            # A position, which a table takes too, would find an entity and nothing about it.
            entity=self.entities._find(entity_id),
            claims=_having(self.claims, "about", _about, entity_id),
            events=_having(self.events, "entities", _entities_in, entity_id),
            relations=_having(self.relations, "entities", _tied, entity_id),
            mentions=self.mentions.where(entity=entity_id),
        )

    def claims_for(self, record_id: str) -> ClaimTable:
        """The claims that answer for a record, that is, through which anyone says it.

        For an event, a relation or a quantity these are the claims that carry it; for a quotation, the claims made
        in it; for an entity, the claims about it; for an argument, the claims it joins; for a claim, itself. For a
        mention or a time expression they are the claims with evidence at its place.

        Raises:
            RecordNotFound: No record has this id; the message names the nearest.
        """
        record = self.record(record_id)
        if isinstance(record, (Event, Relation, Quantity)):
            return self.claims.carrying(record_id)
        if isinstance(record, Quotation):
            return _with_ids(self.claims, record.claims)
        if isinstance(record, Argument):
            return _with_ids(self.claims, (record.source, record.target))
        if isinstance(record, (Mention, TimeExpression)):
            return _evidenced_at(self.claims, record.span)
        about = self.claims._positions("about", _about).get(record_id, ())
        alike = self.claims._positions("by id", _id).get(record_id, ())
        return self.claims._at((*about, *(position for position in alike if self.claims[position] == record)))

    def citation(self, style: Style = "text") -> str:
        """Cite the annotation, data version included.

        Args:
            style: "text" for a sentence, "bibtex" for an entry of BibTeX, "csl" for CSL-JSON.

        Raises:
            InvalidRecord: There is no such style.
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
        """Carry the annotation over to a copy of the text.

        An exact copy is known by its digest. In any other, sentences are found by the digests of their normal forms,
        and every span inside them is carried over; what is not found is listed, never guessed.

        Raises:
            NotAttachable: `text` is no str or blank, or the digests are of a normal form this package does not know.
        """
        # Attaching is a layer above the records; imported here, it is a method where readers look for it.
        from oped_dataset.text.attachment import attach

        return attach(self, text)

    def attach_path(
        self, path: str | os.PathLike[str], *, encoding: str | None = None, html: bool | None = None
    ) -> AttachedArticle:
        """Carry the annotation over to a copy in a file, plain text or a saved web page.

        Args:
            path: The file. Of a web page, the main text is taken out first, and the offsets count in that.
            encoding: Its encoding; when None, that of its byte order mark, else for a web page the one it declares,
                else UTF-8.
            html: Whether it is a web page; when None, told by the file's name or its first characters.

        Raises:
            ArticleFileNotFound: There is no such file.
            ArticleFileError: It cannot be read.
            NotAttachable: It cannot be decoded, or is a web page without text.
            MissingExtra: It is a web page and the extra `html` is not installed.
        """
        from oped_dataset.text.attachment import attach_path

        return attach_path(self, path, encoding=encoding, html=html)

    def __repr__(self) -> str:
        """Show the id and how much there is of the main kinds."""
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
"""The tables whose records have one place in the text, `span`."""

EVIDENCED: Final = ("events", "relations", "claims")
"""The tables whose records have one place or more, `evidence`."""

PLACED: Final = (*SPANNED, *EVIDENCED)
"""The tables whose records have a place in the text, in the order of the file."""

CARRIED: Final = ("events", "relations", "quantities")
"""The tables whose records only claims put forward, so that their voices are those of the claims."""


_IN_USE: Final[WeakValueDictionary[int, Article]] = WeakValueDictionary()
"""The articles that somebody holds, so that a record alone can be shown with the names of its article."""


def own_tables(article: Article) -> None:
    """Tell the tables of an article whose they are; called once when it is made."""
    for name in TABLES:
        object.__setattr__(getattr(article, name), "_article", article)
    _IN_USE[id(article)] = article


def article_of(shown: Record | Voice) -> Article | None:
    """Find the article that holds this very object, while somebody holds the article; None where there is none."""

    def holds(article: Article) -> bool:
        if isinstance(shown, Voice):
            return any(voice is shown for claim in article.claims for voice in claim.voices)
        return any(record is shown for table in article.tables.values() for record in table)

    return next(filter(holds, [*_IN_USE.values()]), None)


def _article_of(cls: type[Article], values: tuple[Any, ...]) -> Article:
    return cls(**{each.name: value for each, value in zip(attrs.fields(cls), values, strict=True)})


def _time_order(event: Event) -> tuple[datetime.date, datetime.date]:
    when = event.when
    first, last = (when.earliest, when.latest) if when is not None else (None, None)
    return first or datetime.date.min, last or datetime.date.max


def _entities_in(event: Event) -> Iterator[str | None]:
    yield event.place
    for participant in event.participants:
        yield participant.entity


def _tied(relation: Relation) -> tuple[str, str]:
    return relation.subject, relation.object


def _voices(claim: Claim) -> Iterator[str]:
    return (voice.source for voice in claim.voices)


def _about(claim: Claim) -> tuple[str, ...]:
    return claim.about


def _carries(claim: Claim) -> tuple[str, ...]:
    return claim.carries


def _id(record: Record) -> tuple[str]:
    return (record.id,)


# Queries look things up in indexes, each of which a table makes when it is first asked for it.


def _having(table: TableT, name: str, keys: Callable[[Any], Iterable[object]], key: str) -> TableT:
    return table._at(table._positions(name, keys).get(key, ()))


def _with_ids(claims: ClaimTable, ids: Iterable[str]) -> ClaimTable:
    by_id = claims._positions("by id", _id)
    return claims._at(chain.from_iterable(by_id.get(record_id, ()) for record_id in ids))


def _touching(table: AnyTable, start: int, end: int) -> AnyTable:
    places, owners = table._once("places", lambda: _places(table, spans_of))
    return table._at(owners[place] for place in places.touching(start, end))


def _evidenced_at(claims: ClaimTable, span: Span) -> ClaimTable:
    places, owners = claims._once("evidence", lambda: _places(claims, lambda claim: claim.evidence))
    return claims._at(owners[place] for place in places.touching(span.start, span.end))


def _places(table: AnyTable, spans: Callable[[Any], Iterable[Span]]) -> tuple[Stretches, tuple[int, ...]]:
    """The spans of all records, and for each the position of the record whose it is."""
    owned = [(span, position) for position, record in enumerate(table) for span in spans(record)]
    return Stretches((span.start, span.end) for span, _ in owned), tuple(position for _, position in owned)


def _overlapping(table: TableT, name: str, time: str) -> TableT:
    wanted = Edtf(time)
    times, owners = table._once(name, lambda: _times(table, name))
    return table._at(owners[place] for place in times.touching(*_days(wanted)))


def _times(table: AnyTable, name: str) -> tuple[Stretches, tuple[int, ...]]:
    """The times of the records that have one, and for each the position of the record whose it is."""
    owned = [(when, position) for position, record in enumerate(table) if (when := getattr(record, name)) is not None]
    return Stretches(_days(when) for when, _ in owned), tuple(position for _, position in owned)


def _days(when: Edtf) -> tuple[int, int]:
    first, last = when.earliest or datetime.date.min, when.latest or datetime.date.max
    return first.toordinal(), last.toordinal() + 1
