"""Tidy tables, one a kind of record: their columns, types and rows, defined once for every library of tables.

Here: the columns, made from the record classes; the reading columns that are computed besides; the rows as
plain Python values; and the way back from rows to an article.
Not here: any library (`arrow.py`, `pandas.py`, `polars.py`) and any file (`parquet.py`, `datapackage.py`).

A row never shows a claim, event, relation or quantity without its voices and commitments: nested in `voices` or
`told_by`, and on one line in `voices_line` or `told_by_line`.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from functools import cache, partial
from typing import Any, Final, Literal, TypeAlias, get_args

import attrs

from oped_dataset.codec import wire
from oped_dataset.codec.json_schema import schema
from oped_dataset.codec.jsontext import USUAL, Limits
from oped_dataset.errors import InvalidImport
from oped_dataset.exports.attribution import Attribution, Data, flat_voices
from oped_dataset.exports.description import versions
from oped_dataset.exports.unread import check_all_read, check_limits
from oped_dataset.loading import from_data
from oped_dataset.messages import did_you_mean, nearest, quoted
from oped_dataset.model.article import Article
from oped_dataset.model.dates import Edtf
from oped_dataset.model.layout import Slot, layout
from oped_dataset.model.records import Quotation, Source, Span, Voice
from oped_dataset.model.registers import addresses
from oped_dataset.model.vocabulary import Act, Channel, Commitment, Mode, Side, Vocabulary

Scalar: TypeAlias = Literal["string", "integer", "number", "decimal", "boolean", "date", "list", "struct"]
"""What sort of value a column holds; a decimal is written as a string, so that nothing rounds it."""

Rows: TypeAlias = list[Data]


@attrs.frozen
class ColumnType:
    """The type of a column.

    Attributes:
        kind: What sort of value it holds.
        item: For a list, the type of its items.
        fields: For a struct, the types of its fields by name.
        labels: For a string out of a closed list, the values of the list in order; else empty.
    """

    kind: Scalar
    item: ColumnType | None = None
    fields: Mapping[str, ColumnType] = attrs.field(factory=dict[str, "ColumnType"])
    labels: tuple[str, ...] = ()

    @property
    def is_nested(self) -> bool:
        """Whether it is a list or a struct."""
        return self.kind in ("list", "struct")


# attrs makes `__init__` before the class has its name; for `typing.get_type_hints`.
ColumnType.__init__.__globals__["ColumnType"] = ColumnType


@attrs.frozen(kw_only=True)
class Column:
    """One column of a table.

    Attributes:
        name: Its name; for what is annotated, the name of the field in the file format.
        type: What it holds.
        description: What it means.
        is_derived: Whether it is computed for reading, and passed over on the way back.
        is_optional: Whether it may hold null, or for a reading column of strings the empty string.
        refers_to: The table whose `id` its values name, or None.
    """

    name: str
    type: ColumnType
    description: str
    is_derived: bool = False
    is_optional: bool = False
    refers_to: str | None = None


@attrs.frozen(kw_only=True)
class TableSpec:
    """The columns of one table.

    Attributes:
        name: The table's name.
        description: What a row is.
        columns: The columns in order.
    """

    name: str
    description: str
    columns: tuple[Column, ...]


STRING: Final = ColumnType("string")
INTEGER: Final = ColumnType("integer")
NUMBER: Final = ColumnType("number")
DATE: Final = ColumnType("date")
_PLAIN: Final[dict[Any, ColumnType]] = {
    str: STRING,
    Edtf: STRING,
    int: INTEGER,
    bool: ColumnType("boolean"),
    datetime.date: DATE,
    Decimal: ColumnType("decimal"),
}


def _lists_of_records(cls: type) -> dict[str, type]:
    return {slot.name: slot.kind for slot in layout(cls) if slot.container is not None and attrs.has(slot.kind)}


_OF_SOURCE: Final = _lists_of_records(Source)
_ROW_KINDS: Final = _OF_SOURCE | _lists_of_records(Article)
"""The tables with one row a record, each with the class of the records."""

_ARTICLE_SLOTS: Final = tuple(slot for slot in layout(Article) if slot.name not in {*_ROW_KINDS, "source"})
_SOURCE_SLOTS: Final = tuple(slot for slot in layout(Source) if slot.name not in _ROW_KINDS)
_REFERENCES: Final = {
    **dict.fromkeys(("publisher", "place", "subject", "object", "speaker", "outermost", "innermost"), "entities"),
    "entity": "entities",
    "claim": "claims",
}


# The types, from the classes.


@cache
def column_type(kind: Any) -> ColumnType:
    """The type of a column that holds values of a class: a kind of plain value, a closed list or a record."""
    if kind in _PLAIN:
        return _PLAIN[kind]
    if issubclass(kind, Vocabulary):
        return ColumnType("string", labels=tuple(label.value for label in kind))
    return ColumnType("struct", fields={slot.name: _slot_type(slot) for slot in layout(kind)})


def _slot_type(slot: Slot) -> ColumnType:
    held = column_type(slot.kind)
    return held if slot.container is None else ColumnType("list", item=held)


_VOICES: Final = ColumnType("list", item=column_type(Voice))
_TOLD_BY: Final = ColumnType("list", item=ColumnType("struct", fields={"claim": STRING, "voices": _VOICES}))


def _derived(name: str, kind: ColumnType, description: str, *, optional: bool = False) -> Column:
    return Column(
        name=name,
        type=kind,
        description=description,
        is_derived=True,
        is_optional=optional,
        refers_to=_REFERENCES.get(name),
    )


_ARTICLE: Final = _derived("article", STRING, "The id of the article.")
_PLACE: Final = (
    _derived("start", INTEGER, "Offset of the first character, in Unicode code points."),
    _derived("end", INTEGER, "Offset after the last character, in Unicode code points."),
)
_TOLD: Final = (
    _derived("told_by", _TOLD_BY, "The claims that put it forward, each with its voices, outermost first."),
    _derived("told_by_line", STRING, "The same on one line: voices joined by “ > ”, claims by “ | ”."),
)
# Only a quotation may be put forward by no claim.
_TOLD_IF_CLAIMED: Final = tuple(attrs.evolve(column, is_optional=True) for column in _TOLD)
_BOUNDS: Final = tuple(
    _derived(
        name, DATE, f"The {day} day the time can mean; null where it has no {end} or none is given.", optional=True
    )
    for name, day, end in (("earliest", "first", "beginning"), ("latest", "last", "end"))
)
_COMMITMENT: Final = column_type(Commitment)
_SIDE: Final = ColumnType("string", labels=get_args(Side))
_FLAT_VOICES: Final = (
    _derived("voices_line", STRING, "The voices on one line, outermost first, with act and commitment."),
    _derived("depth", INTEGER, "How many voices the chain has."),
    _derived("outermost", STRING, "The id of the outermost voice, the article's author."),
    _derived("outermost_commitment", _COMMITMENT, "How far the outermost voice commits itself."),
    _derived("innermost", STRING, "The id of the innermost voice, on whose word the claim stands."),
    _derived("innermost_commitment", _COMMITMENT, "How far the innermost voice commits itself."),
    _derived("innermost_side", _SIDE, "On which side of it the innermost voice stands: for, against or open."),
)
_READING: Final[dict[str, tuple[Column, ...]]] = {
    "entities": (
        _derived("same_as", ColumnType("list", item=STRING), "The addresses of its identifiers in outside registers."),
    ),
    "mentions": (*_PLACE, _derived("entity_name", STRING, "The name of the entity.")),
    "times": (*_PLACE, *_BOUNDS),
    "quantities": (*_PLACE, _derived("value_number", NUMBER, "The value as a binary number, rounded."), *_TOLD),
    "quotations": (*_PLACE, *_TOLD_IF_CLAIMED),
    "events": (*_PLACE, *_BOUNDS, *_TOLD),
    "relations": (
        *_PLACE,
        *_BOUNDS,
        _derived("subject_name", STRING, "The name of the subject."),
        _derived("object_name", STRING, "The name of the object."),
        *_TOLD,
    ),
    "article": (_derived("code_version", STRING, "The version of oped-dataset that made the table."),),
    "claims": (*_PLACE, *_FLAT_VOICES),
    "arguments": (
        _derived("source_voices_line", STRING, "The voices of the claim that bears on something."),
        _derived(
            "target_voices_line",
            STRING,
            "The voices of the claim it bears on; null where that is an argument.",
            optional=True,
        ),
        _derived("source_side", _SIDE, "On which side of its claim the innermost voice of the source stands."),
        _derived("target_side", _SIDE, "The same for the target; null where that is an argument.", optional=True),
    ),
    "sentences": _PLACE,
    "paragraphs": _PLACE,
    "headings": _PLACE,
}
_VOICE_COLUMNS: Final = (
    _derived("claim", STRING, "The id of the claim."),
    _derived("position", INTEGER, "The place in the chain; 0 is the outermost voice."),
    _derived("entity", STRING, "The id of the entity that speaks."),
    _derived("entity_name", STRING, "Its name."),
    _derived("act", column_type(Act), "What it does with the content."),
    _derived("channel", column_type(Channel), "By what medium it reaches the voice outside it."),
    _derived("commitment", column_type(Commitment), "How far it commits itself."),
    _derived("mode", column_type(Mode), "In what form the content is given."),
    _derived("cue_start", INTEGER, "Where the words of attribution begin, or null.", optional=True),
    _derived("cue_end", INTEGER, "Where the words of attribution end, or null.", optional=True),
    _derived("hedge_count", INTEGER, "How many places have words that soften its commitment."),
    _derived("gist", STRING, "What the claim says, in our words."),
    _derived("voices_line", STRING, "The whole chain on one line."),
)


# The tables.


@cache
def specs() -> dict[str, TableSpec]:
    """The tables by name.

    They are `article`, its `sentences`, `paragraphs`, `headings` and `errata`, one a kind of record, and `voices`.
    `voices` has one row a link of a chain, for readers who want no nested values.
    """
    definitions = schema()["$defs"]
    made = [_article_spec(), *(_spec(name, kind, definitions) for name, kind in _ROW_KINDS.items())]
    voices = TableSpec(
        name="voices", description="One voice of one claim’s chain.", columns=(_ARTICLE, *_VOICE_COLUMNS)
    )
    return {spec.name: spec for spec in (*made, voices)}


def _spec(name: str, kind: type, definitions: Data) -> TableSpec:
    described = definitions[kind.__name__]
    own = tuple(_annotated(slot, kind, described["properties"]) for slot in layout(kind))
    return TableSpec(name=name, description=described["description"], columns=(_ARTICLE, *own, *_READING.get(name, ())))


def _annotated(slot: Slot, cls: type, properties: Data) -> Column:
    return Column(
        name=slot.name,
        type=_slot_type(slot),
        description=properties[slot.name].get("description", ""),
        is_optional=slot.is_optional,
        refers_to=_refers_to(slot.name, cls),
    )


def _refers_to(name: str, kind: type) -> str | None:
    # The source of an argument is a claim; its target may also be an argument, so that it refers to no one table.
    return "claims" if (name, kind.__name__) == ("source", "Argument") else _REFERENCES.get(name)


def _article_spec() -> TableSpec:
    whole = schema()
    source = whole["$defs"]["Source"]["properties"]
    columns = [_annotated(slot, Article, whole["properties"]) for slot in _ARTICLE_SLOTS]
    columns += [_annotated(slot, Source, source) for slot in _SOURCE_SLOTS]
    return TableSpec(name="article", description=whole["description"], columns=(*columns, *_READING["article"]))


# From an article to rows.


def to_tables(article: Article) -> dict[str, Rows]:
    """Lay an article out as tables of plain Python values.

    Args:
        article: The article.

    Returns:
        For each table of `specs` its rows in order; a row holds strings, whole numbers, floats, booleans, dates,
        lists, dicts and None under the names of the columns.

    Example:
        >>> import oped_dataset
        >>> rows = to_tables(oped_dataset.load())["entities"]
        >>> next(row["name"] for row in rows if row["id"] == "liu-he")
        'Liu He'
    """
    return tables_of(article, wire.to_data(article))


def tables_of(article: Article, plain: Data) -> dict[str, Rows]:
    """The same for an article of which the caller has the plain data already."""
    attribution = Attribution.of(article, plain)
    parts = {**plain["source"], **plain}
    made: dict[str, Rows] = {"article": [_article_row(plain) | versions(article)]}
    for name in _ROW_KINDS:
        records = _records(article, name)
        made[name] = [
            {"article": article.id, **row, **_reading(name, record, attribution)}
            for row, record in zip(parts[name], records, strict=True)
        ]
    made["voices"] = list(_voice_rows(article, attribution))
    return made


def _records(article: Article, name: str) -> tuple[Any, ...]:
    return tuple(getattr(article.source if name in _OF_SOURCE else article, name))


def _article_row(plain: Data) -> Data:
    row = {slot.name: plain[slot.name] for slot in _ARTICLE_SLOTS}
    row |= {slot.name: plain["source"][slot.name] for slot in _SOURCE_SLOTS}
    return row | {name: _day(row[name]) for name in ("published", "updated")}


def _day(written: str | None) -> datetime.date | None:
    return None if written is None else datetime.date.fromisoformat(written)


def _reading(name: str, record: Any, attribution: Attribution) -> Data:
    wanted = _READING.get(name, ())
    return {column.name: _COMPUTED[column.name](record, attribution) for column in wanted}


def _start(record: Any, _: Attribution) -> int:
    spans: tuple[Span, ...] = getattr(record, "evidence", ()) or (record.span,)
    return min(span.start for span in spans)


def _end(record: Any, _: Attribution) -> int:
    spans: tuple[Span, ...] = getattr(record, "evidence", ()) or (record.span,)
    return max(span.end for span in spans)


def _time(record: Any) -> Edtf | None:
    found: Edtf | None = next(
        (getattr(record, name) for name in ("edtf", "when", "during") if hasattr(record, name)), None
    )
    return found


def _earliest(record: Any, _: Attribution) -> datetime.date | None:
    time = _time(record)
    return None if time is None else time.earliest


def _latest(record: Any, _: Attribution) -> datetime.date | None:
    time = _time(record)
    return None if time is None else time.latest


def _carriers(record: Any, attribution: Attribution) -> tuple[str, ...]:
    # A quotation names the claims made in it; all else is named by the claims that carry it.
    found = record.claims if isinstance(record, Quotation) else attribution.carriers.get(record.id, ())
    return tuple(found)


def _flat(name: str, record: Any, _: Attribution) -> Any:
    return flat_voices(record)[name]


def _line_of(claim_id: str, attribution: Attribution) -> str | None:
    return attribution.line(claim_id) if claim_id in attribution.claims else None


def _side_of(claim_id: str, attribution: Attribution) -> str | None:
    return attribution.sides.get(claim_id)


_COMPUTED: Final[dict[str, Callable[[Any, Attribution], Any]]] = {
    "start": _start,
    "end": _end,
    "earliest": _earliest,
    "latest": _latest,
    "entity_name": lambda record, attribution: attribution.name(record.entity),
    "subject_name": lambda record, attribution: attribution.name(record.subject),
    "object_name": lambda record, attribution: attribution.name(record.object),
    "same_as": lambda record, _: addresses(record),
    "value_number": lambda record, _: float(record.value),
    "told_by": lambda record, attribution: attribution.claims_with_voices(_carriers(record, attribution)),
    "told_by_line": lambda record, attribution: attribution.lines(_carriers(record, attribution)),
    "voices_line": lambda record, attribution: attribution.line(record.id),
    "source_voices_line": lambda record, attribution: _line_of(record.source, attribution),
    "target_voices_line": lambda record, attribution: _line_of(record.target, attribution),
    "source_side": lambda record, attribution: attribution.sides[record.source],
    "target_side": lambda record, attribution: _side_of(record.target, attribution),
    **{column.name: partial(_flat, column.name) for column in _FLAT_VOICES if column.name != "voices_line"},
}


def _voice_rows(article: Article, attribution: Attribution) -> Iterator[Data]:
    for claim in article.claims:
        for position, voice in enumerate(claim.voices):
            yield {
                "article": article.id,
                "claim": claim.id,
                "position": position,
                "entity": voice.source,
                "entity_name": attribution.name(voice.source),
                **{name: str(getattr(voice, name)) for name in ("act", "channel", "commitment", "mode")},
                "cue_start": None if voice.cue is None else voice.cue.start,
                "cue_end": None if voice.cue is None else voice.cue.end,
                "hedge_count": len(voice.hedges),
                "gist": claim.gist,
                "voices_line": attribution.line(claim.id),
            }


# And back.


def from_tables(tables: Mapping[str, Rows], *, limits: Limits = USUAL) -> Article:
    """Put an article together from its tables, as `to_tables` makes them; reading columns are not needed.

    Reading columns that are there, and the table `voices`, must agree with the records: a value that somebody changed
    in one of them would otherwise be lost.

    What libraries of tables make of the values is undone where nothing is lost: whole numbers that became floats beside
    a missing one, NaN and NaT for a missing value, arrays for lists, and midnight for a day.

    Args:
        tables: The rows of each table by name; `voices` is not needed either, since claims hold their voices.
        limits: How many characters and values the tables may hold, and how deep they may be nested.

    Raises:
        InvalidImport: A table or a column is missing, unknown, or contradicts the records, or `article` has not exactly
            one row.
        InvalidArticle: The rows break the rules of an article; all problems are in it.
    """
    check_limits(tables, limits, "the tables")
    original = {_known(name): _rows(rows, name) for name, rows in tables.items()}
    rows = {spec.name: _own_rows(original, spec) for spec in specs().values() if spec.name != "voices"}
    if len(rows["article"]) != 1:
        raise InvalidImport(f"the table 'article' must have one row, not {len(rows['article'])}")
    head = rows.pop("article")[0]
    source = {slot.name: head.pop(slot.name) for slot in _SOURCE_SLOTS} | {name: rows.pop(name) for name in _OF_SOURCE}
    # What is no day stays as it is, for the rules to refuse.
    days = {name: str(day) for name in ("published", "updated") if isinstance(day := head[name], datetime.date)}
    article = from_data({**rows, **head, **days, "source": source})
    _check_all_read(original, article)
    return article


def _check_all_read(given: Mapping[str, Rows], article: Article) -> None:
    written = to_tables(article)
    # The order of this table has no meaning, since each row has the claim and the position.
    chains = {(row["claim"], row["position"]): row for row in written["voices"]}
    for table, rows in given.items():
        for number, row in enumerate(rows):
            again = written[table][number] if table != "voices" else _voice_row(chains, row, number)
            version = {"code_version": row["code_version"]} if "code_version" in row and table == "article" else {}
            check_all_read(row, {**again, **version}, f"{table}/{number}", "remove the column, or correct the record")


def _voice_row(chains: dict[Any, Data], row: Data, number: int) -> Data:
    key = row.get("claim"), row.get("position")
    if not (isinstance(key[0], str) and isinstance(key[1], int) and key in chains):
        raise InvalidImport(f"voices/{number}: there is no such voice, or it stands there twice; correct the claims")
    return chains.pop(key)


def _known(name: Any) -> str:
    if name not in specs():
        hint = did_you_mean(nearest(name, specs()))
        raise InvalidImport(f"there is no table {quoted(name)} in the format" + (f"; {hint}" if hint else ""))
    known: str = name
    return known


def _rows(rows: Any, name: str) -> Rows:
    types = {column.name: column.type for column in specs()[name].columns}
    if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
        raise InvalidImport(f"the table {name!r} must be a list of dicts, one a row")
    return [{key: _original(value, types.get(key, STRING)) for key, value in row.items()} for row in rows]


def _own_rows(tables: Mapping[str, Rows], spec: TableSpec) -> Rows:
    if spec.name not in tables:
        hint = did_you_mean(nearest(spec.name, tables))
        raise InvalidImport(f"there is no table {spec.name!r}" + (f"; {hint}" if hint else ""))
    wanted = [column.name for column in spec.columns if not column.is_derived]
    for row in tables[spec.name]:
        missing = [name for name in wanted if name not in row]
        if missing:
            raise InvalidImport(f"the table {spec.name!r} has no column {quoted(missing[0])}")
    return [{name: row[name] for name in wanted} for row in tables[spec.name]]


def _original(value: Any, kind: ColumnType) -> Any:
    """Undo what a library of tables made of a value; what is of no such form is left for the rules to refuse."""
    if hasattr(value, "tolist"):
        # An array or a scalar of numpy.
        value = value.tolist()
    if (isinstance(value, float) and value != value) or type(value).__name__ in ("NaTType", "NAType"):
        return None
    if kind.item is not None and isinstance(value, (list, tuple)):
        return [_original(item, kind.item) for item in value]
    if kind.fields and isinstance(value, Mapping):
        return {name: _original(item, kind.fields.get(name, STRING)) for name, item in value.items()}
    if kind.kind == "integer" and isinstance(value, float) and value.is_integer():
        return int(value)
    if kind.kind == "date" and isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return value.date()
    return value
