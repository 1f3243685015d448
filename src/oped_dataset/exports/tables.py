"""Tidy tables, one for each kind of record: their columns, types and rows, defined once for every table library.

Here: the columns, derived from the record classes; the computed reading columns; the rows as plain Python values; and
the way back from rows to an article.
Not here: table libraries (`arrow.py`, `pandas.py`, `polars.py`) and files (`parquet.py`, `datapackage.py`).

A row never shows a claim, event, relation or quantity without its voices and commitments: nested in `voices` or
`told_by`, and on one line in `voices_line` or `told_by_line`.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import cache, partial
from typing import Any, Final, Literal, TypeAlias, get_args

import attrs

from oped_dataset.codec import wire
from oped_dataset.codec.json_schema import schema
from oped_dataset.codec.jsontext import USUAL, Limits, check_limits
from oped_dataset.errors import InvalidImport
from oped_dataset.exports.attribution import Attribution, Data, flat_voices
from oped_dataset.exports.description import versions
from oped_dataset.exports.unread import check_all_read
from oped_dataset.loading import from_data
from oped_dataset.messages import cut, did_you_mean, nearest, quoted
from oped_dataset.model.article import Article
from oped_dataset.model.dates import Edtf
from oped_dataset.model.layout import Slot, layout
from oped_dataset.model.records import Argument, Quotation, Source, Span, Voice
from oped_dataset.model.registers import addresses
from oped_dataset.model.vocabulary import Act, Channel, Commitment, Mode, Side, Vocabulary
from oped_dataset.model.wording import LONGEST_GIST

Scalar: TypeAlias = Literal["string", "integer", "number", "decimal", "boolean", "date", "list", "struct"]
"""The kind of value in a column; a decimal is written as a string, so that it is not rounded."""

Rows: TypeAlias = list[Data]


@attrs.frozen
class ColumnType:
    """The type of a column.

    Attributes:
        kind: The kind of value.
        item: The type of the items of a list, else None.
        fields: The types of the fields of a struct by name, else empty.
        labels: The labels of a vocabulary in order, for a column of labels; else empty.
    """

    kind: Scalar
    item: ColumnType | None = None
    fields: Mapping[str, ColumnType] = attrs.field(factory=dict[str, "ColumnType"])
    labels: tuple[str, ...] = ()

    @property
    def is_nested(self) -> bool:
        """Whether the values are lists or structs."""
        return self.kind in ("list", "struct")


# attrs creates `__init__` before the name of the class is bound, and `typing.get_type_hints` looks it up there.
ColumnType.__init__.__globals__["ColumnType"] = ColumnType


@attrs.frozen(kw_only=True)
class Column:
    """One column of a table.

    Attributes:
        name: The name; an annotated column has the name of its field in the file format.
        type: The type of its values.
        description: The meaning of its values.
        is_derived: Whether it is computed for reading; `from_tables` only compares it with the records.
        is_optional: Whether a value may be null or, in a reading column of strings, the empty string.
        refers_to: The table whose ids its values are, or None.
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
        name: The name of the table.
        description: The meaning of a row.
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
"""The tables with one row for each record, with the class of the records."""

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
    """The type of a column whose values are of a class: a plain value, a label of a vocabulary or a record."""
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
    _derived("told_by", _TOLD_BY, "The claims that carry it, each with its voices, outermost first."),
    _derived(
        "told_by_line",
        STRING,
        "The same on one line, shortened if it is long: voices joined by “ > ”, claims by “ | ”.",
    ),
)
# Only a quotation may belong to no claim.
_TOLD_IF_CLAIMED: Final = tuple(attrs.evolve(column, is_optional=True) for column in _TOLD)
_BOUNDS: Final = tuple(
    _derived(
        name, DATE, f"The {day} day the time can mean; null if it has no {end} or no time is given.", optional=True
    )
    for name, day, end in (("earliest", "first", "beginning"), ("latest", "last", "end"))
)
_COMMITMENT: Final = column_type(Commitment)
_SIDE: Final = ColumnType("string", labels=get_args(Side))
_FLAT_VOICES: Final = (
    _derived(
        "voices_line",
        STRING,
        "The voices on one line, outermost first, with act and commitment; shortened if it is long.",
    ),
    _derived("depth", INTEGER, "The number of voices in the chain."),
    _derived("outermost", STRING, "The id of the outermost voice, the article's author."),
    _derived("outermost_commitment", _COMMITMENT, "The commitment of the outermost voice."),
    _derived("innermost", STRING, "The id of the innermost voice, on whose word the claim rests."),
    _derived("innermost_commitment", _COMMITMENT, "The commitment of the innermost voice."),
    _derived("innermost_side", _SIDE, "The side of the innermost voice on the claim: for, against or open."),
)
_READING: Final[dict[str, tuple[Column, ...]]] = {
    "entities": (
        _derived("same_as", ColumnType("list", item=STRING), "The addresses of its identifiers in other registers."),
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
    "article": (_derived("code_version", STRING, "The version of oped-dataset that wrote the table."),),
    "claims": (*_PLACE, *_FLAT_VOICES),
    "arguments": (
        _derived("source_voices_line", STRING, "The voices of the source claim on one line."),
        _derived(
            "target_voices_line",
            STRING,
            "The voices of the target claim on one line; null if the target is an argument.",
            optional=True,
        ),
        _derived("source_side", _SIDE, "The side of the innermost voice of the source on its claim."),
        _derived("target_side", _SIDE, "The same for the target; null if the target is an argument.", optional=True),
    ),
    "sentences": _PLACE,
    "paragraphs": _PLACE,
    "headings": _PLACE,
}
_VOICE_COLUMNS: Final = (
    _derived("claim", STRING, "The id of the claim."),
    _derived("position", INTEGER, "The position in the chain; 0 is the outermost voice."),
    _derived("entity", STRING, "The id of the entity that speaks as this voice."),
    _derived("entity_name", STRING, "Its name."),
    _derived("act", column_type(Act), "The act by which it puts the content forward."),
    _derived("channel", column_type(Channel), "The medium by which it reaches the enclosing voice."),
    _derived("commitment", column_type(Commitment), "Its commitment to the content."),
    _derived("mode", column_type(Mode), "The form in which its words are reported."),
    _derived("cue_start", INTEGER, "Offset of the first character of its cue, or null.", optional=True),
    _derived("cue_end", INTEGER, "Offset after the last character of its cue, or null.", optional=True),
    _derived("hedge_count", INTEGER, "The number of its hedges."),
    _derived("gist", STRING, "The gist of the claim; of a very long one, the beginning."),
    _derived("voices_line", STRING, "The whole chain on one line, shortened if it is long."),
)


# The tables.


@cache
def specs() -> dict[str, TableSpec]:
    """The tables by name.

    They are `article`, its `sentences`, `paragraphs`, `headings` and `errata`, one table for each kind of record, and
    `voices`, which has one row for each voice of each chain, for readers who avoid nested values.
    """
    whole = schema()
    definitions = whole["$defs"]
    head = [_annotated(slot, Article, whole["properties"]) for slot in _ARTICLE_SLOTS]
    head += [_annotated(slot, Source, definitions["Source"]["properties"]) for slot in _SOURCE_SLOTS]
    columns = {"article": (*head, *_READING["article"])}
    for name, kind in _ROW_KINDS.items():
        own = [_annotated(slot, kind, definitions[kind.__name__]["properties"]) for slot in layout(kind)]
        columns[name] = (_ARTICLE, *own, *_READING.get(name, ()))
    columns["voices"] = (_ARTICLE, *_VOICE_COLUMNS)
    described = {name: definitions[kind.__name__]["description"] for name, kind in _ROW_KINDS.items()}
    described |= {"article": whole["description"], "voices": "A voice in the chain of a claim."}
    return {name: TableSpec(name=name, description=described[name], columns=found) for name, found in columns.items()}


def _annotated(slot: Slot, cls: type, properties: Data) -> Column:
    # The source of an argument is a claim; its target may also be an argument, so that it refers to no single table.
    is_source_claim = cls is Argument and slot.name == "source"
    return Column(
        name=slot.name,
        type=_slot_type(slot),
        description=properties[slot.name].get("description", ""),
        is_optional=slot.is_optional,
        refers_to="claims" if is_source_claim else _REFERENCES.get(slot.name),
    )


# From an article to rows.


def to_tables(article: Article) -> dict[str, Rows]:
    """Lay an article out as tables of plain Python values.

    Args:
        article: The article.

    Returns:
        The rows of each table of `specs`, in order. A row maps the names of the columns to strings, integers, floats,
        booleans, dates, lists, dicts and None. Rows share the voices of a claim.

    Example:
        >>> import oped_dataset
        >>> rows = to_tables(oped_dataset.load())["entities"]
        >>> next(row["name"] for row in rows if row["id"] == "liu-he")
        'Liu He'
    """
    return tables_of(article, wire.to_data(article))


def tables_of(article: Article, plain: Data) -> dict[str, Rows]:
    """Lay out an article whose plain data the caller has already."""
    attribution = Attribution.of(article, plain)
    parts = {**plain["source"], **plain}
    head = {slot.name: plain[slot.name] for slot in _ARTICLE_SLOTS}
    head |= {slot.name: plain["source"][slot.name] for slot in _SOURCE_SLOTS}
    head |= {"published": article.published, "updated": article.updated, **versions(article)}
    made: dict[str, Rows] = {"article": [head]}
    for name in _ROW_KINDS:
        records = getattr(article.source if name in _OF_SOURCE else article, name)
        reading = [(column.name, _COMPUTED[column.name]) for column in _READING.get(name, ())]
        made[name] = [
            {"article": article.id, **row, **{column: compute(record, attribution) for column, compute in reading}}
            for row, record in zip(parts[name], records, strict=True)
        ]
    made["voices"] = [
        {
            "article": article.id,
            "claim": claim.id,
            "position": position,
            "entity": voice.source,
            "entity_name": attribution.name(voice.source),
            **{name: str(getattr(voice, name)) for name in ("act", "channel", "commitment", "mode")},
            "cue_start": None if voice.cue is None else voice.cue.start,
            "cue_end": None if voice.cue is None else voice.cue.end,
            "hedge_count": len(voice.hedges),
            # A long gist or chain would be repeated for each of its voices.
            "gist": cut(claim.gist, LONGEST_GIST),
            "voices_line": attribution.line(claim.id),
        }
        for claim in article.claims
        for position, voice in enumerate(claim.voices)
    ]
    return made


def _spans(record: Any) -> tuple[Span, ...]:
    return getattr(record, "evidence", ()) or (record.span,)


def _time(record: Any) -> Edtf | None:
    found: Edtf | None = next(
        (getattr(record, name) for name in ("edtf", "when", "during") if hasattr(record, name)), None
    )
    return found


def _carriers(record: Any, attribution: Attribution) -> Sequence[str]:
    # A quotation names its claims; events, relations and quantities are named by the claims that carry them.
    return record.claims if isinstance(record, Quotation) else attribution.carriers.get(record.id, ())


def _flat(name: str, record: Any, _: Attribution) -> Any:
    return flat_voices(record)[name]


def _line_of(claim_id: str, attribution: Attribution) -> str | None:
    return attribution.line(claim_id) if claim_id in attribution.claims else None


_COMPUTED: Final[dict[str, Callable[[Any, Attribution], Any]]] = {
    "start": lambda record, _: min(span.start for span in _spans(record)),
    "end": lambda record, _: max(span.end for span in _spans(record)),
    "earliest": lambda record, _: getattr(_time(record), "earliest", None),
    "latest": lambda record, _: getattr(_time(record), "latest", None),
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
    "target_side": lambda record, attribution: attribution.sides.get(record.target),
    **{column.name: partial(_flat, column.name) for column in _FLAT_VOICES if column.name != "voices_line"},
}


# And back.


def from_tables(tables: Mapping[str, Rows], *, limits: Limits = USUAL) -> Article:
    """Assemble an article from its tables, as `to_tables` returns them.

    Reading columns and the table `voices` may be left out as a whole. Where they are present they must agree with the
    records, because a value changed there would otherwise be lost. `told_by` may also list only the ids of the claims.

    Conversions by table libraries are undone where nothing is lost: integers that became floats beside a missing value,
    NaN and NaT for a missing value, arrays for lists, and midnight for a day.

    Args:
        tables: The rows of each table by name.
        limits: How many characters and values the tables may contain, and how deep they may be nested.

    Raises:
        InvalidImport: A table or column is missing or unknown, a value contradicts the records, or `article` does not
            have exactly one row.
        InvalidArticle: The rows break the rules of an article; the exception lists all problems.
    """
    check_limits(tables, limits, "the tables")
    for name in tables:
        if name not in specs():
            hint = did_you_mean(nearest(name, specs()))
            raise InvalidImport(f"there is no table {quoted(name)} in the format" + (f"; {hint}" if hint else ""))
    original = {name: _restore_rows(rows, name) for name, rows in tables.items()}
    rows = {spec.name: _own_rows(original, spec) for spec in specs().values() if spec.name != "voices"}
    if len(rows["article"]) != 1:
        raise InvalidImport(f"the table 'article' must have one row, not {len(rows['article'])}")
    head = rows.pop("article")[0]
    source = {slot.name: head.pop(slot.name) for slot in _SOURCE_SLOTS} | {name: rows.pop(name) for name in _OF_SOURCE}
    # A value that is not a day is left for the rules to reject.
    days = {name: str(day) for name in ("published", "updated") if isinstance(day := head[name], datetime.date)}
    article = from_data({**rows, **head, **days, "source": source})
    _check_all_read(original, article)
    return article


def _check_all_read(given: Mapping[str, Rows], article: Article) -> None:
    written = to_tables(article)
    # The order of the rows of `voices` has no meaning, since each row names its claim and position.
    chains = {(row["claim"], row["position"]): row for row in written.pop("voices")}
    for table, rows in given.items():
        for number, row in enumerate(rows):
            if row.keys() != rows[0].keys():
                raise InvalidImport(
                    f"{table}/{number}: the columns differ from those of the first row; give all rows the same"
                )
            if table == "voices":
                key = row.get("claim"), row.get("position")
                if not (isinstance(key[0], str) and type(key[1]) is int and key in chains):
                    raise InvalidImport(
                        f"voices/{number}: this voice does not exist or is repeated; correct the claims"
                    )
                again = chains.pop(key)
            else:
                again = written[table][number]
            if table == "article" and isinstance(row.get("code_version"), str):
                again |= {"code_version": row["code_version"]}
            told_by = row.get("told_by")
            if isinstance(told_by, list) and told_by and all(isinstance(each, str) for each in told_by):
                again |= {"told_by": [each["claim"] for each in again["told_by"]]}
            check_all_read(row, again, f"{table}/{number}", "remove the column, or correct the record")
    if "voices" in given and chains:
        claim, position = next(iter(chains))
        lacks = f"the table 'voices' has no row for position {position} of the claim {claim!r}"
        raise InvalidImport(f"{lacks}; restore it, or leave the table out")


def _restore_rows(rows: Any, name: str) -> Rows:
    types = {column.name: column.type for column in specs()[name].columns}
    if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
        raise InvalidImport(f"the table {name!r} must be a list of dicts, one for each row")
    return [{key: _restore(value, types.get(key, STRING)) for key, value in row.items()} for row in rows]


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


def _restore(value: Any, kind: ColumnType) -> Any:
    """Undo the conversion of a value by a table library; any other value is left for the rules to reject."""
    if hasattr(value, "tolist"):
        # Arrays and scalars of numpy have this method.
        value = value.tolist()
    if (isinstance(value, float) and value != value) or type(value).__name__ in ("NaTType", "NAType"):
        return None
    if kind.item is not None and isinstance(value, (list, tuple)):
        return [_restore(item, kind.item) for item in value]
    if kind.fields and isinstance(value, Mapping):
        return {name: _restore(item, kind.fields.get(name, STRING)) for name, item in value.items()}
    if kind.kind == "integer" and isinstance(value, float) and value.is_integer():
        return int(value)
    if kind.kind == "date" and isinstance(value, datetime.datetime):
        # A time with a zone or with nanoseconds, which pandas has, differs from midnight.
        day = value.date()
        return day if value == datetime.datetime.combine(day, datetime.time()) else value
    return value
