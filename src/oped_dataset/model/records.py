"""The records of an annotated op-ed: who says what, how surely, on whose word, and at which characters.

Here: the frozen classes, what one object alone may be, and the few questions an article answers.
Not here: the labels (`vocabulary.py`), dates (`dates.py`), the checks of single values (`fields.py`), the generic
table (`tables.py`), the file format (`codec/wire.py`) and the rules between records (`validation/rules.py`).

Nothing here is a fact about the world: an event or a relation is only what some voice says in the article.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

import attrs
from attrs import field

from oped_dataset.errors import InvalidDate, InvalidRecord
from oped_dataset.messages import printable, quoted
from oped_dataset.model import fields, vocabulary
from oped_dataset.model.dates import Edtf, is_duration
from oped_dataset.model.fields import (
    AtLeast,
    Each,
    Exactly,
    Matching,
    OrNone,
    slug,
    slugs,
)
from oped_dataset.model.tables import Record, Shown, repr_html

SCHEMA_VERSION: Final = 1
"""The version of the file format these classes are."""

PUBLICATION_DATE: Final = "publication-date"
"""The anchor of a time expression that is counted from the day of publication; no record may have it as id."""

_SHA256: Final = Matching("[0-9a-f]{64}", "a SHA-256 in lowercase hexadecimal")
_DIGEST: Final = Matching("[0-9a-f]{16}", "sixteen lowercase hexadecimal digits")
_TIME_OF_DAY: Final = re.compile(
    r"(?P<day>\d{4}-\d{2}-\d{2})?T(([01]\d|2[0-3])(:[0-5]\d){0,2}|MO|MI|AF|EV|NI)", re.ASCII
)


@attrs.frozen(order=True, repr=False)
class Span(Shown):
    """A place in the text, half-open.

    Attributes:
        start: Offset of the first character, in Unicode code points from the beginning of the source, from 0.
        end: Offset after the last character; greater than `start`.

    Example:
        >>> Span(0, 4).overlaps(Span(3, 9))
        True
    """

    start: int = field(validator=AtLeast(0))
    end: int = field(validator=AtLeast(1))

    def __attrs_post_init__(self) -> None:
        """Refuse an empty or backward span."""
        if self.end <= self.start:
            raise InvalidRecord(f"Span.end: must be greater than start ({self.start}), not {self.end}", "end")

    @property
    def length(self) -> int:
        """How many code points it covers."""
        return self.end - self.start

    def covers(self, offset: int) -> bool:
        """Whether the character at this offset belongs to it."""
        return self.start <= offset < self.end

    def contains(self, other: Span) -> bool:
        """Whether all of the other span lies in this one."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end


_span: Final = Exactly(Span)
_evidence: Final = Each(_span, minimum=1)


@attrs.frozen(kw_only=True, repr=False)
class Identifier(Shown):
    """An entity's name in an outside register, verified by whoever annotated it.

    Attributes:
        scheme: The register, such as `wikidata`.
        value: The identifier in that register.
        seen_in: Where the identity was checked: an address or a citation.
    """

    scheme: str = field(validator=slug)
    value: str = field(validator=fields.text)
    seen_in: str = field(validator=fields.text)


@attrs.frozen(kw_only=True, repr=False)
class Shift(Shown):
    """A place in a sentence where the normal form is not one character for one, such as a ligature.

    Attributes:
        at: Offset of its first character from the beginning of the sentence, in code points, from 0.
        length: How many code points stand there, at least 1.
        normal: How many code points of the normal form they become; 0 for characters the normal form leaves out.
    """

    at: int = field(validator=AtLeast(0))
    length: int = field(validator=AtLeast(1))
    normal: int = field(validator=AtLeast(0))


@attrs.frozen(kw_only=True, repr=False)
class Sentence(Shown):
    """A sentence of the source, without its words.

    Attributes:
        span: Where it stands.
        digest: The first sixteen hexadecimal digits of the SHA-256 of its normal form (`canonical.sentence_digest`).
        no_claim: Why no claim rests on it, or None when one does.
        shifts: Where its normal form is not one character for one, in order, so that places in it can be carried
            over to a copy; empty when it is one for one throughout. None when unknown: then only the sentence as a
            whole can be carried over.
    """

    span: Span = field(validator=_span)
    digest: str = field(validator=_DIGEST)
    no_claim: str | None = field(default=None, validator=OrNone(fields.text))
    shifts: tuple[Shift, ...] | None = field(default=None, validator=OrNone(Each(Exactly(Shift))))

    def __attrs_post_init__(self) -> None:
        """Refuse shifts that overlap, are out of order or leave the sentence."""
        reached = 0
        for shift in self.shifts or ():
            if shift.at < reached or shift.at + shift.length > self.span.length:
                message = f"the shift at {shift.at} overlaps the one before it or leaves the sentence"
                raise InvalidRecord(f"Sentence.shifts: {message}", "shifts")
            reached = shift.at + shift.length


@attrs.frozen(kw_only=True, repr=False)
class Paragraph(Shown):
    """A paragraph of the source, without its words.

    Attributes:
        span: Where it stands, without white space at its ends.
        digest: Of its normal form, made like that of a sentence.
    """

    span: Span = field(validator=_span)
    digest: str = field(validator=_DIGEST)


def _brief(value: str) -> str:
    return repr(value[:8] + "…")


def _count(values: tuple[object, ...]) -> str:
    return f"<{len(values)}>"


@attrs.frozen(kw_only=True, repr=False)
class Source(Shown):
    """The text all offsets count in.

    Attributes:
        sha256: SHA-256 of the text in UTF-8, lowercase hexadecimal.
        length: Length in Unicode code points, at least 1.
        sentences: Its sentences in order; headings, datelines and notes count as sentences.
        canonicalisation: Name of the normal form behind the sentence digests.
        text: The text itself, or None when it may not be redistributed.
        paragraphs: Its paragraphs in order, which together hold all of the text but white space; empty when unknown.
    """

    sha256: str = field(validator=_SHA256, repr=_brief)
    length: int = field(validator=AtLeast(1))
    sentences: tuple[Sentence, ...] = field(default=(), validator=Each(Exactly(Sentence)), repr=_count)
    canonicalisation: str = field(default="oped-1", validator=slug)
    text: str | None = field(default=None, validator=OrNone(fields.text), repr=False)
    paragraphs: tuple[Paragraph, ...] = field(default=(), validator=Each(Exactly(Paragraph)), repr=_count)


@attrs.frozen(kw_only=True, repr=False)
class Heading(Shown):
    """A heading inside the article; its words are part of the dataset.

    Attributes:
        span: Where it stands.
        text: Its words as printed.
    """

    span: Span = field(validator=_span)
    text: str = field(validator=fields.text)


@attrs.frozen(kw_only=True, repr=False)
class Erratum(Shown):
    """A change to a record that an earlier data release had otherwise.

    Attributes:
        record: The id of the record.
        data_version: The data release that made the change.
        change: "corrected" or "withdrawn".
        note: What was wrong.
    """

    record: str = field(validator=slug)
    data_version: str = field(validator=fields.text)
    change: str = field(validator=Matching("corrected|withdrawn", "'corrected' or 'withdrawn'"))
    note: str = field(validator=fields.text)


@attrs.frozen(kw_only=True, repr=False)
class Entity(Record):
    """Someone or something the article refers to, unnamed sources included.

    Attributes:
        kind: What sort of thing it is.
        name: How this dataset calls it; for an unnamed one, a description.
        aliases: Other names used for it.
        named: Whether the article gives it a name.
        description: Who or what it is, in our words, or None.
        identifiers: Its names in outside registers, only where verified.
    """

    kind: vocabulary.EntityKind = field(validator=Exactly(vocabulary.EntityKind))
    name: str = field(validator=fields.text)
    aliases: tuple[str, ...] = field(default=(), validator=Each(fields.text))
    named: bool = field(default=True, validator=Exactly(bool))
    description: str | None = field(default=None, validator=OrNone(fields.text))
    identifiers: tuple[Identifier, ...] = field(default=(), validator=Each(Exactly(Identifier)))

    def __repr__(self) -> str:
        """Show id, kind and name."""
        unnamed = "" if self.named else ", unnamed"
        return f"<Entity {self.id}: {printable(self.name)} ({self.kind}{unnamed})>"


@attrs.frozen(kw_only=True, repr=False)
class Mention(Record):
    """A place in the text that refers to an entity.

    Attributes:
        entity: The id of the one entity it refers to.
        span: Where it stands.
        form: By what sort of words it refers.
        metonym: Whether a place name stands for the government or body that sits there.
    """

    entity: str = field(validator=slug)
    span: Span = field(validator=_span)
    form: vocabulary.MentionForm = field(validator=Exactly(vocabulary.MentionForm))
    metonym: bool = field(default=False, validator=Exactly(bool))


def _is_time_of_day(value: str) -> bool:
    match = _TIME_OF_DAY.fullmatch(value)
    try:
        return match is not None and (match["day"] is None or bool(Edtf(match["day"])))
    except InvalidDate:
        return False


@attrs.frozen(kw_only=True, repr=False)
class TimeExpression(Record):
    """Words that denote a time (after TIMEX3 of TimeML).

    Attributes:
        span: Where it stands.
        kind: What it denotes.
        value: For a date, EDTF; for a duration or set, an ISO 8601 duration; for a time of day, `T18:30` or a TIMEX3
            part of the day, with or without a day before it. None when the text does not settle it.
        anchor: What a relative expression hangs on: the id of another time expression, `publication-date`, or None.
    """

    span: Span = field(validator=_span)
    kind: vocabulary.TimeKind = field(validator=Exactly(vocabulary.TimeKind))
    value: str | None = field(default=None, validator=OrNone(fields.text))
    anchor: str | None = field(default=None, validator=OrNone(slug))

    def __attrs_post_init__(self) -> None:
        """Refuse a value that is not of its kind."""
        if self.value is None:
            return
        if self.kind is vocabulary.TimeKind.DATE:
            try:
                Edtf(self.value)
            except InvalidDate as error:
                raise InvalidDate(str(error), "value") from None
        elif self.kind is vocabulary.TimeKind.TIME:
            if not _is_time_of_day(self.value):
                raise InvalidDate(f"{quoted(self.value)} is not a time of day", "value")
        elif not is_duration(self.value):
            raise InvalidDate(f"{quoted(self.value)} is not an ISO 8601 duration", "value")

    @property
    def edtf(self) -> Edtf | None:
        """The value as a date; None when it is unresolved or not a date."""
        is_date = self.kind is vocabulary.TimeKind.DATE
        return Edtf(self.value) if is_date and self.value is not None else None


@attrs.frozen(kw_only=True, repr=False)
class Quantity(Record):
    """An amount the text gives.

    Attributes:
        span: Where it stands.
        value: The number, with the precision of the text.
        unit: What is counted or measured in, such as `USD` or `percent`, or None for a bare number.
        comparator: How the number bounds the amount meant.
        of: What it is the amount of, in our words, or None when the unit says it all.
    """

    span: Span = field(validator=_span)
    value: Decimal = field(validator=fields.decimal)
    unit: str | None = field(default=None, validator=OrNone(fields.text))
    comparator: vocabulary.Comparator = field(
        default=vocabulary.Comparator.EQUAL, validator=Exactly(vocabulary.Comparator)
    )
    of: str | None = field(default=None, validator=OrNone(fields.text))


@attrs.frozen(kw_only=True, repr=False)
class Quotation(Record):
    """A pair of quotation marks in the article.

    Attributes:
        span: Where it stands; the marks themselves are outside.
        text: The words between the marks.
        speaker: The id of the entity whose words they are, or None where nobody is quoted.
        kind: What the marks do.
        claims: The ids of the claims made in these words.
    """

    span: Span = field(validator=_span)
    text: str = field(validator=fields.text)
    speaker: str | None = field(default=None, validator=OrNone(slug))
    kind: vocabulary.QuotationKind = field(validator=Exactly(vocabulary.QuotationKind))
    claims: tuple[str, ...] = field(default=(), validator=slugs)


@attrs.frozen(kw_only=True, repr=False)
class Participant(Shown):
    """An entity's part in an event.

    Attributes:
        entity: The id of the entity.
        role: The part it has.
    """

    entity: str = field(validator=slug)
    role: vocabulary.Role = field(validator=Exactly(vocabulary.Role))


@attrs.frozen(kw_only=True, repr=False)
class Event(Record):
    """Something some voice in the article says happened, or did not, or might.

    Attributes:
        kind: What sort of event.
        gist: What is told, in our words; in the bundled articles a noun phrase. It is no fact: who tells it is in the
            claims that carry the event.
        status: How the text presents its reality.
        when: When, as precisely as the text gives it, or None.
        place: The id of the entity where it is set, or None.
        participants: Who or what takes part.
        evidence: Where it is told; sorted, not overlapping, not empty.
    """

    kind: vocabulary.EventKind = field(validator=Exactly(vocabulary.EventKind))
    gist: str = field(validator=fields.text)
    status: vocabulary.EventStatus = field(validator=Exactly(vocabulary.EventStatus))
    when: Edtf | None = field(default=None, validator=OrNone(Exactly(Edtf)))
    place: str | None = field(default=None, validator=OrNone(slug))
    participants: tuple[Participant, ...] = field(default=(), validator=Each(Exactly(Participant)))
    evidence: tuple[Span, ...] = field(validator=_evidence)

    def __repr__(self) -> str:
        """Show id, kind and time, and leave the gist to the claims, where its voices are."""
        return f"<Event {self.id}: {self.kind}, {self.when or 'undated'}, as told>"


@attrs.frozen(kw_only=True, repr=False)
class Relation(Record):
    """A tie between two entities that some voice in the article asserts.

    Attributes:
        subject: The id of the entity the predicate is said of.
        predicate: What tie.
        object: The id of the other entity.
        during: When it holds, or None when the text does not tell.
        ended: Whether the text presents it as over when it is published, with a date or without (*former*); False where
            it does not say so.
        title: The office, where the predicate needs one, or None.
        evidence: Where it is told; sorted, not overlapping, not empty.
    """

    subject: str = field(validator=slug)
    predicate: vocabulary.Predicate = field(validator=Exactly(vocabulary.Predicate))
    object: str = field(validator=slug)
    during: Edtf | None = field(default=None, validator=OrNone(Exactly(Edtf)))
    ended: bool = field(default=False, validator=Exactly(bool))
    title: str | None = field(default=None, validator=OrNone(fields.text))
    evidence: tuple[Span, ...] = field(validator=_evidence)

    def __repr__(self) -> str:
        """Show id, predicate and time, and leave who is tied to whom to the claims."""
        as_told = "told as over" if self.ended else "as told"
        return f"<Relation {self.id}: {self.predicate}, {self.during or 'undated'}, {as_told}>"


@attrs.frozen(kw_only=True, repr=False)
class Voice(Shown):
    """One link in the chain by which a claim reaches the reader.

    Attributes:
        source: The id of the entity that speaks.
        act: What it does with the content.
        channel: By what medium it reaches the voice outside it.
        commitment: How far it commits itself; each voice has its own (after FactBank).
        cue: Where the words of attribution stand; None only for the outermost voice.
        hedges: Where words stand that soften this voice's commitment; empty when none do.
        mode: In what form the content is given.
    """

    source: str = field(validator=slug)
    act: vocabulary.Act = field(validator=Exactly(vocabulary.Act))
    channel: vocabulary.Channel = field(validator=Exactly(vocabulary.Channel))
    commitment: vocabulary.Commitment = field(validator=Exactly(vocabulary.Commitment))
    cue: Span | None = field(default=None, validator=OrNone(_span))
    hedges: tuple[Span, ...] = field(default=(), validator=Each(_span))
    mode: vocabulary.Mode = field(validator=Exactly(vocabulary.Mode))

    _repr_html_ = repr_html


@attrs.frozen(kw_only=True, repr=False)
class Claim(Record):
    """Something said in the article, with everyone on whose word it stands.

    Attributes:
        gist: What is said, in our words; in the bundled articles a that-clause, which is no statement of ours.
        kind: What sort of thing is said.
        ground: What it rests on in the text.
        voices: Who says it, outermost first: the author, then whoever the author relays, and so on; not empty.
        about: The ids of the entities it is about.
        events: The ids of the events it tells or is about.
        relations: The ids of the relations it asserts or is about.
        quantities: The ids of the quantities it gives.
        evidence: Where it is said; sorted, not overlapping, not empty.
    """

    gist: str = field(validator=fields.text)
    kind: vocabulary.ClaimKind = field(validator=Exactly(vocabulary.ClaimKind))
    ground: vocabulary.Ground = field(validator=Exactly(vocabulary.Ground))
    voices: tuple[Voice, ...] = field(validator=Each(Exactly(Voice), minimum=1))
    about: tuple[str, ...] = field(default=(), validator=slugs)
    events: tuple[str, ...] = field(default=(), validator=slugs)
    relations: tuple[str, ...] = field(default=(), validator=slugs)
    quantities: tuple[str, ...] = field(default=(), validator=slugs)
    evidence: tuple[Span, ...] = field(validator=_evidence)

    @property
    def carries(self) -> tuple[str, ...]:
        """The ids of the events, relations and quantities it puts forward."""
        return self.events + self.relations + self.quantities

    @property
    def side(self) -> vocabulary.Side:
        """On which side of what is said its innermost voice stands; as such it enters an argument."""
        return self.voices[-1].commitment.side

    def __repr__(self) -> str:
        """Show the chain of voices with their commitments, then the gist."""
        voices = " > ".join(f"{voice.source} ({voice.commitment})" for voice in self.voices)
        return f"<Claim {self.id}: {voices}: {printable(self.gist)}>"


@attrs.frozen(kw_only=True, repr=False)
class Argument(Record):
    """How one claim bears on another (after the argument graphs of ArgMicro).

    Attributes:
        source: The id of the claim that bears on something.
        target: The id of the claim it bears on or, when it undercuts, of the argument it attacks.
        kind: How it bears on it.
    """

    source: str = field(validator=slug)
    target: str = field(validator=slug)
    kind: vocabulary.ArgumentKind = field(validator=Exactly(vocabulary.ArgumentKind))


def spans_of(record: Record) -> tuple[Span, ...]:
    """Every place in the text a record points at: span, evidence, cues, hedges."""
    if isinstance(record, (Mention, TimeExpression, Quantity, Quotation)):
        return (record.span,)
    if isinstance(record, Claim):
        cues = (voice.cue for voice in record.voices if voice.cue is not None)
        hedges = (hedge for voice in record.voices for hedge in voice.hedges)
        return (*record.evidence, *cues, *hedges)
    return record.evidence if isinstance(record, (Event, Relation)) else ()


def evidence_of(record: Record) -> tuple[Span, ...]:
    """Where a record's own words stand: its span or evidence, without cues and hedges."""
    return record.evidence if isinstance(record, Claim) else spans_of(record)
