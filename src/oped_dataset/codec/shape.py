"""The careful reader: it reports the problems of the shape of a document and reads the rest.

Here: a reader that continues after every problem, reports it with its pointer, and replaces each unreadable record by
an inert one, so that the rules between the other records can still be applied. Records without problems are read by
the fast reader.
Not here: the reader of well-formed documents (`fastpath.py`), single values (`values.py`), rules
(`validation/rules.py`).

For example, the third claim of a document has the commitment `certan` in a voice. The reader reports this at
`/claims/2/voices/0/commitment`, and the claim becomes unreadable. An inert claim with the same id takes its place in
the table, and `claims` counts as lost: rules that need all claims are not applied, and problems that other rules find
in this claim are hidden until it can be read.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from contextlib import suppress
from decimal import Decimal
from functools import cache, partial
from typing import Any, Final, TypeAlias, TypeVar

import attrs

from oped_dataset.codec import fastpath
from oped_dataset.codec.pointers import step
from oped_dataset.codec.scanner import UNREADABLE
from oped_dataset.codec.values import (
    READERS,
    Finding,
    read_label,
    wrong_type,
)
from oped_dataset.errors import (
    MOST_PROBLEMS,
    InvalidArticle,
    InvalidDate,
    InvalidRecord,
    Problem,
    Report,
)
from oped_dataset.messages import did_you_mean, is_encodable, nearest, quoted
from oped_dataset.model import vocabulary
from oped_dataset.model.article import Article
from oped_dataset.model.fields import Exactly
from oped_dataset.model.layout import Slot, layout
from oped_dataset.model.records import (
    Argument,
    Claim,
    Entity,
    Erratum,
    Event,
    Heading,
    Mention,
    Paragraph,
    Quantity,
    Quotation,
    Relation,
    Sentence,
    Source,
    Span,
    TimeExpression,
    Voice,
)
from oped_dataset.model.tables import Record, Table

IDS: Final = "ids"
"""The part of a draft that is lost when the id of any record cannot be read."""

DRAFT_KEY: Final = "draft"
"""The key that marks a file as a draft (`authoring/drafts.py`), which is never an article."""

_DRAFT_HINT: Final = "accept or delete its proposals, then remove the key 'draft'; oped_dataset.authoring has `finish`"

_Part = TypeVar("_Part")

_NOBODY: Final = "unreadable"
_NOWHERE: Final = Span(2**53 - 2, 2**53 - 1)
_PARTS: Final = (Article, Source)
"""The classes that are kept although some of their parts are lost."""


@attrs.frozen(kw_only=True)
class Draft:
    """The readable part of a document.

    Attributes:
        article: The article, with inert records and values in place of unreadable ones; None when too little can be
            read to apply rules.
        report: The problems of the shape.
        lost: The incomplete parts: `claims`, `published`, `source.length` …, and `ids`.
        unreadable: The pointers of unreadable records and fields, each with its id, or None where the id is lost too.
        data: The document in plain types.
    """

    article: Article | None
    report: Report
    lost: frozenset[str] = frozenset()
    unreadable: dict[str, str | None] = attrs.field(factory=dict)
    data: Any = None

    def hides(self, pointer: str) -> bool:
        """Whether a problem at this pointer depends on an unreadable record, so that it is not reported yet."""
        steps = pointer.split("/")
        around = ["/".join(steps[:length]) for length in range(2, len(steps) + 1)]
        lost = next((place for place in around if place in self.unreadable), None)
        if pointer.endswith("/id"):
            return lost is not None and self.unreadable[lost] is None
        if lost is not None:
            return True
        value = self._value_at(pointer)
        return value is not None and value in self.unreadable.values()

    def _value_at(self, pointer: str) -> str | None:
        value = self.data
        for name in pointer.split("/")[1:]:
            if isinstance(value, list):
                value = value[int(name)]
            else:
                value = value.get(name) if isinstance(value, dict) else None
        return value if isinstance(value, str) else None


def examine(data: object, *, limit: int, is_scanned: bool = False) -> Draft:
    """Read plain data as an article, and continue after every problem.

    Args:
        data: The article as plain data.
        limit: How many problems are kept.
        is_scanned: Whether the data comes from JSON text, so that keys that UTF-8 cannot encode have been reported.
    """
    reader = _Reader(limit, is_scanned=is_scanned)
    article = reader.read(Article, data, "")
    fastpath.forget()
    report = Report(tuple(reader.problems), reader.omitted)
    # If there are already too many problems, rules would only add more.
    usable = article if isinstance(article, Article) and not reader.omitted else None
    return Draft(article=usable, report=report, lost=frozenset(reader.lost), unreadable=reader.unreadable, data=data)


def read_part(data: object, kind: type[_Part], pointer: str) -> _Part:
    """Read plain data as a part of an article, such as a record, a table or a label.

    Args:
        data: The part as plain data.
        kind: Its class.
        pointer: The pointer to the data, for the problems.

    Raises:
        InvalidArticle: The data does not have the form of such a part; the exception lists all problems.
    """
    reader = _Reader(MOST_PROBLEMS, is_scanned=False)
    part = reader.read(kind, data, pointer)
    fastpath.forget()
    if reader.problems:
        raise InvalidArticle(reader.problems, reader.omitted)
    made: _Part = part
    return made


class _Reader:
    """Reads one document. Every method returns a value, or reports a problem and returns `UNREADABLE`."""

    def __init__(self, limit: int, *, is_scanned: bool) -> None:
        self.problems: list[Problem] = []
        self.omitted = 0
        self.lost: set[str] = set()
        self.unreadable: dict[str, str | None] = {}
        self._limit = limit
        self._is_scanned = is_scanned

    def read(self, kind: Any, raw: object, pointer: str) -> Any:
        if issubclass(kind, Table):
            return self._list(kind.record_type, kind, raw, pointer)
        return self._value(kind, raw, pointer)

    def _report(self, code: str, pointer: str, message: str, hint: Callable[[], str | None] = lambda: None) -> Any:
        if len(self.problems) < self._limit:
            problem = Problem(code=f"OPED-{code}", pointer=pointer, message=message, hint=hint())
            self.problems.append(problem)
        else:
            self.omitted += 1
        return UNREADABLE

    def _report_error(self, error: Finding | InvalidDate | InvalidRecord, pointer: str) -> Any:
        if isinstance(error, Finding):
            return self._report(error.code, pointer, error.message, lambda: error.hint)
        place = f"{pointer}/{error.field}" if error.field else pointer
        code = "invalid-date" if isinstance(error, InvalidDate) else "invalid-value"
        return self._report(code, place, str(error))

    # A value of any kind.

    def _content(self, slot: Slot, raw: Any, pointer: str) -> Any:
        """Read the content of a field."""
        if raw is UNREADABLE or (raw is None and slot.is_optional):
            return raw
        if slot.container is None:
            return self._value(slot.kind, raw, pointer)
        return self._list(slot.kind, slot.container, raw, pointer)

    def _value(self, kind: Any, raw: Any, pointer: str) -> Any:
        if raw is UNREADABLE:
            return UNREADABLE
        if _is_record(kind):
            return self._object(kind, raw, pointer)
        try:
            return read_label(raw, kind) if issubclass(kind, vocabulary.Vocabulary) else READERS[kind](raw)
        except (Finding, InvalidDate) as error:
            return self._report_error(error, pointer)

    def _list(self, kind: Any, make: Callable[[list[Any]], Any], raw: Any, pointer: str) -> Any:
        if type(raw) is not list:
            return self._report_error(wrong_type("a list", raw), pointer)
        items = [self._value(kind, item, f"{pointer}/{index}") for index, item in enumerate(raw)]
        if UNREADABLE in items and pointer in _part_lists():
            self._mark_lost(pointer)
            items = [
                self._replace_record(kind, raw[index], f"{pointer}/{index}") if item is UNREADABLE else item
                for index, item in enumerate(items)
            ]
        return UNREADABLE if UNREADABLE in items else make(items)

    # An object and its fields.

    def _object(self, cls: Any, raw: Any, pointer: str) -> Any:
        if cls not in _PARTS and (made := fastpath.read_record(cls, raw)) is not None:
            return made
        if type(raw) is not dict:
            return UNREADABLE if raw is UNREADABLE else self._report_error(wrong_type("an object", raw), pointer)
        values = {slot.name: self._field(cls, slot, raw, pointer) for slot in layout(cls)}
        self._check_keys(cls, raw, pointer)
        if cls in _PARTS:
            for slot in layout(cls):
                if values[slot.name] is UNREADABLE:
                    values[slot.name] = self._replace_part(cls, slot, pointer)
        try:
            return self._check_incomplete(cls, values) if UNREADABLE in values.values() else cls(**values)
        except (InvalidRecord, InvalidDate) as error:
            return self._report_error(error, pointer)

    def _check_incomplete(self, cls: Any, values: dict[str, Any]) -> Any:
        """Check the fields of an object against each other, as far as they can be read."""
        made = object.__new__(cls)
        for name, value in values.items():
            if value is not UNREADABLE:
                object.__setattr__(made, name, value)
        if hasattr(cls, "__attrs_post_init__"):
            # Reading a missing field ends the check with an AttributeError.
            with suppress(AttributeError):
                made.__attrs_post_init__()
        return UNREADABLE

    def _check_keys(self, cls: Any, raw: dict[Any, Any], pointer: str) -> None:
        names = [slot.name for slot in layout(cls)]
        for key in raw:
            if key in names or key is UNREADABLE:
                continue
            if not isinstance(key, str):
                self._report("wrong-type", pointer, f"each key {wrong_type('a string', key).message}")
            elif cls is Article and key == DRAFT_KEY:
                message = "the document is a draft, not an article"
                self._report("unfinished-draft", step(key), message, lambda: _DRAFT_HINT)
            elif is_encodable(key) or not self._is_scanned:
                message = f"there is no key {quoted(key)}"
                self._report("unknown-key", pointer + step(key), message, partial(_key_hint, key, cls, names))

    def _field(self, cls: Any, slot: Slot, raw: dict[Any, Any], pointer: str) -> Any:
        if slot.name not in raw:
            return self._default(cls, slot, raw, pointer)
        place = f"{pointer}/{slot.name}"
        value = self._content(slot, raw[slot.name], place)
        if value is UNREADABLE:
            return UNREADABLE
        accepted = [self._passes(check, item, slot, cls, at) for check, item, at in _list_checks(slot, value, place)]
        return value if all(accepted) else UNREADABLE

    def _default(self, cls: Any, slot: Slot, raw: dict[Any, Any], pointer: str) -> Any:
        if UNREADABLE in raw:
            # The document breaks off in this object; the missing part may contain the key.
            return UNREADABLE
        if not slot.may_be_left_out:
            return self._report("missing-key", pointer, f"the key {slot.name!r} is missing")
        if not raw.keys() <= {each.name for each in layout(cls)}:
            # The unknown key may be a misspelling of this one; then the default would be wrong.
            return UNREADABLE
        return slot.default()

    def _passes(self, check: Any, value: Any, slot: Slot, cls: Any, pointer: str) -> bool:
        try:
            # A validator takes an object, to name its class; an empty one is enough.
            check(object.__new__(cls), slot.attribute, value)
        except InvalidRecord as error:
            self._report("invalid-value", pointer, str(error))
            return False
        return True

    # Replacements for lost parts.

    def _mark_lost(self, pointer: str) -> None:
        self.lost.add(pointer[1:].replace("/", "."))

    def _replace_part(self, cls: Any, slot: Slot, pointer: str) -> Any:
        self._mark_lost(f"{pointer}/{slot.name}")
        self.unreadable[f"{pointer}/{slot.name}"] = None
        if slot.kind is Source:
            self.lost.update(f"source.{part.name}" for part in layout(Source))
        if issubclass(slot.kind, Record):
            self.lost.add(IDS)
        return getattr(_ARTICLE if cls is Article else _SOURCE, slot.name)

    def _replace_record(self, kind: Any, raw: Any, pointer: str) -> Any:
        inert = _INERT[kind]
        if not issubclass(kind, Record):
            self.unreadable[pointer] = None
            return inert
        try:
            made = attrs.evolve(inert, id=raw.get("id") if type(raw) is dict else None)
        except InvalidRecord:
            self.unreadable[pointer] = None
            self.lost.add(IDS)
            return inert
        self.unreadable[pointer] = made.id
        return made


def _key_hint(key: str, cls: Any, names: list[str]) -> str:
    return did_you_mean(nearest(key, names)) or f"{cls.__name__} has {', '.join(names)}"


_is_record: Final = cache(attrs.has)

_Checked: TypeAlias = tuple[Any, Any, str]
"""A validator, its value, and the pointer of the value."""


def _list_checks(slot: Slot, value: Any, pointer: str) -> Iterator[_Checked]:
    """List the checks of a field, one for each item of a list, so that each problem has the pointer of its item."""
    check = slot.attribute.validator
    if check is None:
        # A table checks its records itself.
        return
    if isinstance(slot.check, Exactly) and (slot.container is None or value):
        # The reader for this kind has already checked the type.
        return
    if slot.container is None or not value:
        # The validator of the whole field decides about None and empty lists.
        yield check, value, pointer
    else:
        yield from ((slot.check, item, f"{pointer}/{index}") for index, item in enumerate(value))


@cache
def _part_lists() -> frozenset[str]:
    """The pointers of the lists that are kept although some of their items are lost."""
    places = {Article: "", Source: "/source"}
    return frozenset(
        f"{places[cls]}/{slot.name}"
        for cls in _PARTS
        for slot in layout(cls)
        if slot.container is not None and slot.kind in _INERT
    )


# Inert records neither break a rule nor satisfy one: their spans are outside the text, and their entity accepts every
# form of mention.

_SOURCE: Final = Source(sha256="0" * 64, length=2**53 - 1)
_ARTICLE: Final = Article(
    id=_NOBODY,
    title=_NOBODY,
    language="und",
    genre=_NOBODY,
    published=datetime.date.min,
    publisher=_NOBODY,
    authors=(_NOBODY,),
    licence=_NOBODY,
    data_version=_NOBODY,
    source=_SOURCE,
)
_VOICE: Final = Voice(
    source=_NOBODY,
    act=vocabulary.Act.SAY,
    channel=vocabulary.Channel.UNSPECIFIED,
    commitment=vocabulary.Commitment.UNCOMMITTED,
    mode=vocabulary.Mode.INDIRECT,
)
_INERT: Final[dict[Any, Any]] = {
    type(record): record
    for record in (
        Sentence(span=_NOWHERE, digest="0" * 16),
        Paragraph(span=_NOWHERE, digest="0" * 16),
        Heading(span=_NOWHERE, text=_NOBODY),
        Erratum(record=_NOBODY, data_version=_NOBODY, change="withdrawn", note=_NOBODY),
        Entity(id=_NOBODY, kind=vocabulary.EntityKind.GROUP, name=_NOBODY),
        Mention(id=_NOBODY, entity=_NOBODY, span=_NOWHERE, form=vocabulary.MentionForm.NOMINAL),
        TimeExpression(id=_NOBODY, span=_NOWHERE, kind=vocabulary.TimeKind.DATE),
        Quantity(id=_NOBODY, span=_NOWHERE, value=Decimal(0)),
        Quotation(id=_NOBODY, span=_NOWHERE, text=_NOBODY, kind=vocabulary.QuotationKind.TERM),
        Event(
            id=_NOBODY,
            kind=vocabulary.EventKind.CONSULT,
            gist=_NOBODY,
            status=vocabulary.EventStatus.OCCURRED,
            evidence=(_NOWHERE,),
        ),
        Relation(
            id=_NOBODY,
            subject=_NOBODY,
            predicate=vocabulary.Predicate.MEMBER_OF,
            object=_NOBODY,
            evidence=(_NOWHERE,),
        ),
        Claim(
            id=_NOBODY,
            gist=_NOBODY,
            kind=vocabulary.ClaimKind.STATE,
            ground=vocabulary.Ground.BARE,
            voices=(_VOICE,),
            evidence=(_NOWHERE,),
        ),
        Argument(id=_NOBODY, source=_NOBODY, target=_NOBODY, kind=vocabulary.ArgumentKind.SUPPORTS),
    )
}
