"""The base of all records, and the immutable sequence of the records of one kind.

Here: `Record`, its display, and the generic `Table`.
Not here: the kinds of records (`records.py`), and their tables with further methods (`article.py`).
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from importlib import import_module
from operator import attrgetter
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar, Final, Generic, NoReturn, Self, TypeVar, overload

import attrs
from attrs import field

from oped_dataset.errors import InvalidRecord, LabelNotFound, NotExportable, RecordNotFound, UnknownField
from oped_dataset.messages import did_you_mean, nearest, quoted
from oped_dataset.model import fields
from oped_dataset.model.layout import layout
from oped_dataset.model.vocabulary import Vocabulary

_SHOWN: Final = 5


def repr_html(self: Any) -> str:
    """Return the HTML for a notebook; the later layer that makes it is imported only here."""
    shown: str = import_module("oped_dataset.notebook").html_of(self)
    return shown


class Shown:
    """Has a `repr` with the class and its fields, like the one that attrs generates.

    For speed: attrs would compile this method for each class, which takes 3 % of a first `load()`.
    """

    __slots__ = ()

    def __repr__(self) -> str:
        """Return the class and the fields, each according to the `repr` argument of `attrs.field`."""
        cls: Any = type(self)
        shown = [(each.name, repr if each.repr is True else each.repr) for each in attrs.fields(cls) if each.repr]
        return f"{cls.__qualname__}({', '.join(f'{name}={show(getattr(self, name))}' for name, show in shown)})"


@attrs.frozen(kw_only=True, repr=False)
class Record(Shown):
    """Base of all records with an id.

    Attributes:
        id: A lowercase slug, unique in the article across all kinds of records and never reused.
    """

    id: str = field(validator=fields.slug)

    _repr_html_ = repr_html

    if TYPE_CHECKING:
        # attrs adds this method. Declared here, it makes strict type checkers accept `"an-id" in table`.
        def __eq__(self, other: object) -> bool: ...


RecordT = TypeVar("RecordT", bound=Record)
MadeT = TypeVar("MadeT")

_id_of: Final = attrgetter("id")
_ENTITY_REFERENCES: Final = frozenset({"entity", "speaker", "place", "subject", "object"})
"""The fields that contain the id of an entity."""
_REFERENCES: Final = frozenset({"id", "source", "target"})
"""The fields that contain the id of a record of any kind."""
_NOTHING_MADE: Final[Mapping[str, Any]] = MappingProxyType({})


if TYPE_CHECKING:
    _Base = Sequence
else:
    # At runtime, the base is not `collections.abc.Sequence`: polars treats sequences as lists of objects and looks for
    # `__arrow_c_stream__` only on other classes.
    _Base = Generic


class Table(_Base[RecordT]):
    """An immutable sequence of records, which are also found by id.

    Tables are compared and hashed by value. If two records share an id (which `validate` reports), the id finds the
    first.

    Data frame libraries accept the table of an article through the Arrow PyCapsule interface:
    `polars.DataFrame(table)`, `pyarrow.table(table)`, `pandas.DataFrame.from_arrow(table)`, or the name of the variable
    in a DuckDB query. The columns are those of `exports.to_tables`, voices included.

    Example:
        >>> from oped_dataset.model.article import EntityTable
        >>> EntityTable().ids
        ()
    """

    __slots__ = ("__weakref__", "_article", "_by_id", "_made", "_records")

    record_type: ClassVar[type[Record]] = Record
    _records: tuple[RecordT, ...]
    _by_id: Mapping[str, RecordT]
    _made: Mapping[str, Any]
    _article: Any

    def __init__(self, records: Iterable[RecordT] = ()) -> None:
        """Keep the records in the given order.

        Raises:
            InvalidRecord: A record is not of the kind of this table.
        """
        kept = tuple(records)
        for record in kept:
            if not isinstance(record, self.record_type):
                raise InvalidRecord(
                    f"{type(self).__name__}: must contain {self.record_type.__name__}, not {type(record).__name__}"
                )
            if (
                type(record) is not self.record_type
                and type(self) is not Table
                and (more := fields.added_fields(record, self.record_type))
            ):
                raise InvalidRecord(
                    f"{type(self).__name__}: must contain {self.record_type.__name__}, "
                    f"not {type(record).__name__}{more}; keep it outside the article, by the id {record.id!r}"
                )
        object.__setattr__(self, "_records", kept)
        # The dict is filled from the end, so that an id finds the first of two records. The proxy makes it immutable.
        object.__setattr__(self, "_by_id", MappingProxyType({record.id: record for record in reversed(kept)}))
        object.__setattr__(self, "_made", _NOTHING_MADE)
        object.__setattr__(self, "_article", None)

    def __setattr__(self, name: str, value: object) -> NoReturn:
        """Raise, because tables are immutable."""
        raise attrs.exceptions.FrozenInstanceError

    def __delattr__(self, name: str) -> NoReturn:
        """Raise, because tables are immutable."""
        raise attrs.exceptions.FrozenInstanceError

    def __reduce__(self) -> tuple[type[Self], tuple[tuple[RecordT, ...]]]:
        """Pickle and copy as the class and its records."""
        return type(self), (self._records,)

    @overload
    def __getitem__(self, key: str | int) -> RecordT: ...
    @overload
    def __getitem__(self, key: slice) -> Self: ...
    def __getitem__(self, key: str | int | slice) -> RecordT | Self:
        """Return the record with an id or at a position, or the table of a slice.

        Raises:
            RecordNotFound: No record has this id; the message suggests similar ids.
            IndexError: The position is out of range.
        """
        if isinstance(key, slice):
            return self._of_same_article(self._records[key])
        if isinstance(key, str):
            return self._find(key)
        return self._records[key]

    def _find(self, record_id: str) -> RecordT:
        try:
            return self._by_id[record_id]
        except KeyError:
            raise RecordNotFound(record_id, nearest(record_id, self._by_id)) from None

    def _of_same_article(self, records: Iterable[RecordT]) -> Self:
        """Make a table of other records of the same article."""
        made = type(self)(records)
        object.__setattr__(made, "_article", self._article)
        return made

    def __len__(self) -> int:
        """Return the number of records."""
        return len(self._records)

    def __reversed__(self) -> Iterator[RecordT]:
        """Iterate over the records from the last to the first."""
        return reversed(self._records)

    def index(self, value: object, start: int = 0, stop: int = sys.maxsize) -> int:
        """Return the first position of a record.

        Raises:
            ValueError: The table does not contain the record.
        """
        return self._records.index(value, start, stop)

    def count(self, value: object) -> int:
        """Return how often the table contains a record."""
        return self._records.count(value)

    def _ipython_key_completions_(self) -> list[str]:
        return list(self._by_id)

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """Export the rows of `exports.to_tables` through the Arrow PyCapsule interface.

        Raises:
            NotExportable: The table does not belong to an article, so that the voices are unknown.
            InvalidArticle: The article breaks rules.
            MissingExtra: pyarrow is not installed.
        """
        if self._article is None:
            message = "does not belong to an article; use the table of an article, or a part of it"
            raise NotExportable(f"this {type(self).__name__} {message}")
        # Imported by its public name, because exports are a later layer.
        stream = import_module("oped_dataset.exports").arrow_rows(self._article, self)
        return stream.__arrow_c_stream__(requested_schema)

    def __iter__(self) -> Iterator[RecordT]:
        """Iterate over the records in order."""
        return iter(self._records)

    def __contains__(self, value: object) -> bool:
        """Whether the table contains a record with this id, or an equal record."""
        if isinstance(value, str):
            return value in self._by_id
        return value in self._records

    def __eq__(self, other: object) -> bool:
        """Whether both tables contain equal records in the same order."""
        if not isinstance(other, Table):
            return NotImplemented
        return self._records == other._records

    def __hash__(self) -> int:
        """Hash by value."""
        return hash(self._records)

    def _once(self, name: str, make: Callable[[], MadeT]) -> MadeT:
        """Make an index of the records on first use, and keep it.

        Indexes are not part of the value, so a copy makes its own. Two threads can both make one, with equal results.
        """
        made: MadeT | None = self._made.get(name)
        if made is None:
            made = make()
            object.__setattr__(self, "_made", MappingProxyType({**self._made, name: made}))
        return made

    def _positions(self, name: str, keys: Callable[[RecordT], Iterable[object]]) -> Mapping[object, tuple[int, ...]]:
        """Return the positions of the records by key; the index is kept under its name."""

        def index() -> Mapping[object, tuple[int, ...]]:
            positions: dict[object, dict[int, None]] = {}
            for position, record in enumerate(self._records):
                for key in keys(record):
                    positions.setdefault(key, {})[position] = None
            return MappingProxyType({key: tuple(found) for key, found in positions.items()})

        return self._once(name, index)

    def _at(self, positions: Iterable[int]) -> Self:
        """Make a table of the records at some positions, in the order of this table."""
        return self._of_same_article(self._records[position] for position in sorted(set(positions)))

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids in order."""
        return tuple(map(_id_of, self._records))

    def where(self, **wanted: object) -> Self:
        """Keep the records whose fields equal all given values.

        Raises:
            UnknownField: This kind of record has no such field; the message suggests similar names.
            LabelNotFound: The vocabulary of a field does not contain the label; the message suggests similar labels.
            RecordNotFound: The article has no record with this id; the message suggests similar ids.
        """
        self._check_fields(wanted)
        return self._of_same_article(
            record
            for record in self._likely(wanted)
            if all(getattr(record, name) == value for name, value in wanted.items())
        )

    def _likely(self, wanted: dict[str, object]) -> Iterable[RecordT]:
        """Return the records that match the first wanted string, by an index; all records without a string."""
        name = next((name for name, value in wanted.items() if isinstance(value, str)), None)
        if name is None:
            return self._records
        found = self._positions(f"by {name}", lambda record: (getattr(record, name),))
        return [self._records[position] for position in found.get(wanted[name], ())]

    def _check_fields(self, wanted: dict[str, object]) -> None:
        cls: Any = self.record_type
        known = {slot.name: slot.kind for slot in layout(cls)}
        for name in wanted:
            if name not in known:
                hint = did_you_mean(nearest(name, sorted(known)))
                has = hint or f"it has {', '.join(sorted(known))}"
                raise UnknownField(f"{self.record_type.__name__} has no field {quoted(name)}; {has}")
        for name, value in wanted.items():
            if isinstance(value, str):
                self._check_value(name, known[name], value)

    def _check_value(self, name: str, kind: Any, value: str) -> None:
        if issubclass(kind, Vocabulary) and value not in (labels := tuple(kind)):
            raise LabelNotFound(value, nearest(value, labels))
        if name in _ENTITY_REFERENCES and self._article is not None:
            self._article.entities[value]
        if name in _REFERENCES and self._article is not None:
            self._article.record(value)

    def __repr__(self) -> str:
        """Return the class, the number of records and the first ids."""
        shown = ", ".join(self.ids[:_SHOWN]) + (", …" if len(self) > _SHOWN else "")
        return f"<{type(self).__name__} of {len(self)}: {shown}>" if self._records else f"<{type(self).__name__} of 0>"

    _repr_html_ = repr_html
