"""The classes of records: claims with their voices, and the entities, events, relations and spans that claims refer to.

Here: the frozen classes and the checks of single objects.
Not here: articles and their tables (`article.py`), vocabularies (`vocabulary.py`), dates (`dates.py`), the checks of
single values (`fields.py`), the file format (`codec/wire.py`) and the rules between records (`validation/rules.py`).

No record states a fact about the world: some voice in the article asserts every event and relation.
"""

from __future__ import annotations

import re
from decimal import Decimal
from operator import index
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
"""The version of the file format that these classes represent."""

PUBLICATION_DATE: Final = "publication-date"
"""The anchor of a time expression that is relative to the day of publication; no record may have this id."""

_SHA256: Final = Matching("[0-9a-f]{64}", "a SHA-256 in lowercase hexadecimal")
_DIGEST: Final = Matching("[0-9a-f]{16}", "sixteen lowercase hexadecimal digits")
# TIMEX3 (TimeML 1.2.1, attribute `value`) takes the clock of ISO 8601 and adds parts of the day: MO, MI, AF, EV, NI.
_TIME_OF_DAY: Final = re.compile(
    r"(?P<day>\d{4}-\d{2}-\d{2})?T(([01]\d|2[0-3])(:[0-5]\d){0,2}|MO|MI|AF|EV|NI)", re.ASCII
)


@attrs.frozen(order=True, repr=False)
class Span(Shown):
    """A stretch of the text, as half-open offsets.

    Attributes:
        start: The offset of the first character, in Unicode code points from the beginning of the text, from 0.
        end: The offset after the last character; greater than `start`.

    Example:
        >>> Span(0, 4).overlaps(Span(3, 9))
        True
    """

    start: int = field(validator=AtLeast(0))
    end: int = field(validator=AtLeast(1))

    def __attrs_post_init__(self) -> None:
        """Reject an empty or reversed span."""
        if self.end <= self.start:
            raise InvalidRecord(f"Span.end: must be greater than start ({self.start}), not {self.end}", "end")

    @property
    def length(self) -> int:
        """The number of code points in the span."""
        return self.end - self.start

    def covers(self, offset: int) -> bool:
        """Whether the span contains the character at this offset."""
        return self.start <= index(offset) < self.end

    def contains(self, other: Span) -> bool:
        """Whether this span contains all of the other."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two spans share a character."""
        return self.start < other.end and other.start < self.end


_span: Final = Exactly(Span)
_evidence: Final = Each(_span, minimum=1)


@attrs.frozen(kw_only=True, repr=False)
class Identifier(Shown):
    """The identifier of an entity in an outside register, verified by the annotator.

    Attributes:
        scheme: The register, such as `wikidata`.
        value: The identifier in that register.
        seen_in: The address or citation where the annotator checked the identity.
    """

    scheme: str = field(validator=slug)
    value: str = field(validator=fields.text)
    seen_in: str = field(validator=fields.text)


@attrs.frozen(kw_only=True, repr=False)
class Shift(Shown):
    """A part of a sentence that is not normalised character by character, such as a ligature.

    Attributes:
        at: The offset of its first character from the beginning of the sentence, in code points, from 0.
        length: The number of its code points in the sentence, at least 1.
        normal: The number of its code points in the normalised form; 0 if the normalisation removes them.
    """

    at: int = field(validator=AtLeast(0))
    length: int = field(validator=AtLeast(1))
    normal: int = field(validator=AtLeast(0))


@attrs.frozen(kw_only=True, repr=False)
class Sentence(Shown):
    """A sentence of the text, without its words.

    Attributes:
        span: The span of the sentence.
        digest: The first sixteen hexadecimal digits of the SHA-256 of its normalised form (`sentence_digest`).
        no_claim: The reason why the sentence is not evidence for any claim, or None if it is evidence for one.
        shifts: The parts that are not normalised character by character, in order; attaching needs them to transfer
            spans inside the sentence. None if unknown: only the sentence as a whole can then be transferred to a copy.
    """

    span: Span = field(validator=_span)
    digest: str = field(validator=_DIGEST)
    no_claim: str | None = field(default=None, validator=OrNone(fields.text))
    shifts: tuple[Shift, ...] | None = field(default=None, validator=OrNone(Each(Exactly(Shift))))

    def __attrs_post_init__(self) -> None:
        """Reject shifts that overlap, are out of order or exceed the sentence."""
        reached = 0
        for shift in self.shifts or ():
            if shift.at < reached or shift.at + shift.length > self.span.length:
                message = f"the shift at {shift.at} overlaps the previous one or exceeds the sentence"
                raise InvalidRecord(f"Sentence.shifts: {message}", "shifts")
            reached = shift.at + shift.length


@attrs.frozen(kw_only=True, repr=False)
class Paragraph(Shown):
    """A paragraph of the text, without its words.

    Attributes:
        span: The span of the paragraph, without whitespace at its ends.
        digest: The digest of its normalised form, like that of a sentence.
    """

    span: Span = field(validator=_span)
    digest: str = field(validator=_DIGEST)


def _count(values: tuple[object, ...]) -> str:
    return f"<{len(values)}>"


@attrs.frozen(kw_only=True, repr=False)
class Source(Shown):
    """The text to which all offsets refer.

    Attributes:
        sha256: The SHA-256 of the text in UTF-8, in lowercase hexadecimal.
        length: The length in Unicode code points, at least 1.
        sentences: The sentences in order; headings, datelines and notes count as sentences.
        canonicalisation: The name of the normalised form of which the digests are made.
        text: The text itself, or None if it must not be redistributed.
        paragraphs: The paragraphs in order, which cover all of the text except whitespace; empty if unknown.
    """

    sha256: str = field(validator=_SHA256, repr=lambda value: repr(value[:8] + "…"))
    length: int = field(validator=AtLeast(1))
    sentences: tuple[Sentence, ...] = field(default=(), validator=Each(Exactly(Sentence)), repr=_count)
    canonicalisation: str = field(default="oped-1", validator=slug)
    text: str | None = field(default=None, validator=OrNone(fields.text), repr=False)
    paragraphs: tuple[Paragraph, ...] = field(default=(), validator=Each(Exactly(Paragraph)), repr=_count)


@attrs.frozen(kw_only=True, repr=False)
class Heading(Shown):
    """A heading inside the article; its words are part of the dataset.

    Attributes:
        span: The span of the heading.
        text: Its words as printed.
    """

    span: Span = field(validator=_span)
    text: str = field(validator=fields.text)


@attrs.frozen(kw_only=True, repr=False)
class Erratum(Shown):
    """A correction or withdrawal of a record of an earlier data release.

    Attributes:
        record: The id of the record.
        data_version: The data release that made the change.
        change: "corrected" or "withdrawn".
        note: The error in the earlier release.
    """

    record: str = field(validator=slug)
    data_version: str = field(validator=fields.text)
    change: str = field(validator=Matching("corrected|withdrawn", "'corrected' or 'withdrawn'"))
    note: str = field(validator=fields.text)


@attrs.frozen(kw_only=True, repr=False)
class Entity(Record):
    """Someone or something that the article refers to, unnamed sources included.

    Attributes:
        kind: The kind of entity.
        name: The name of the entity in this dataset; for an unnamed entity, a description.
        aliases: Other names of the entity.
        named: Whether the article gives it a name.
        description: A description in our words, or None.
        identifiers: Verified identifiers in outside registers.
    """

    kind: vocabulary.EntityKind = field(validator=Exactly(vocabulary.EntityKind))
    name: str = field(validator=fields.text)
    aliases: tuple[str, ...] = field(default=(), validator=Each(fields.text))
    named: bool = field(default=True, validator=Exactly(bool))
    description: str | None = field(default=None, validator=OrNone(fields.text))
    identifiers: tuple[Identifier, ...] = field(default=(), validator=Each(Exactly(Identifier)))

    def __repr__(self) -> str:
        """Return id, name and kind."""
        unnamed = "" if self.named else ", unnamed"
        return f"<Entity {self.id}: {printable(self.name)} ({self.kind}{unnamed})>"


@attrs.frozen(kw_only=True, repr=False)
class Mention(Record):
    """A span of the text that refers to an entity.

    Attributes:
        entity: The id of the entity.
        span: The span of the referring words.
        form: The grammatical form of these words.
        metonym: Whether a place name refers to the government or organisation that has its seat there.
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
        span: The span of the words.
        kind: The kind of time expression.
        value: For a date, EDTF; for a duration or set, an ISO 8601 duration; for a time of day, `T18:30` or a TIMEX3
            part of the day, with or without a day before it. None if the text does not determine it.
        anchor: The reference point of a relative expression: the id of another time expression, `publication-date`, or
            None.
    """

    span: Span = field(validator=_span)
    kind: vocabulary.TimeKind = field(validator=Exactly(vocabulary.TimeKind))
    value: str | None = field(default=None, validator=OrNone(fields.text))
    anchor: str | None = field(default=None, validator=OrNone(slug))

    def __attrs_post_init__(self) -> None:
        """Reject a value that does not have the form of its kind."""
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
        """The value as a date; None if it is unresolved or not a date."""
        is_date = self.kind is vocabulary.TimeKind.DATE
        return Edtf(self.value) if is_date and self.value is not None else None


@attrs.frozen(kw_only=True, repr=False)
class Quantity(Record):
    """An amount in the text.

    Attributes:
        span: The span of the words.
        value: The number, with the precision of the text.
        unit: The unit, such as `USD` or `percent`, or None for a bare number.
        comparator: The relation of the amount to the number, such as `at-least`.
        of: A description of the measured thing in our words, or None if the unit is sufficient.
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
        span: The span between the marks.
        text: The words between the marks.
        speaker: The id of the quoted entity, or None if nobody is quoted.
        kind: The function of the marks.
        claims: The ids of the claims made in these words.
    """

    span: Span = field(validator=_span)
    text: str = field(validator=fields.text)
    speaker: str | None = field(default=None, validator=OrNone(slug))
    kind: vocabulary.QuotationKind = field(validator=Exactly(vocabulary.QuotationKind))
    claims: tuple[str, ...] = field(default=(), validator=slugs)


@attrs.frozen(kw_only=True, repr=False)
class Participant(Shown):
    """An entity that takes part in an event.

    Attributes:
        entity: The id of the entity.
        role: Its role in the event.
    """

    entity: str = field(validator=slug)
    role: vocabulary.Role = field(validator=Exactly(vocabulary.Role))


@attrs.frozen(kw_only=True, repr=False)
class Event(Record):
    """An event that, according to some voice in the article, happened, did not happen or might happen.

    Attributes:
        kind: The kind of event.
        gist: A paraphrase of the event, in the bundled articles a noun phrase. It does not state a fact: the claims
            that carry the event contain its voices.
        status: The reality of the event as the text presents it.
        when: The time, as precise as the text, or None.
        place: The id of the entity where the event happens, or None.
        participants: The entities that take part, with their roles.
        evidence: The spans that express the event; sorted, not overlapping, not empty.
    """

    kind: vocabulary.EventKind = field(validator=Exactly(vocabulary.EventKind))
    gist: str = field(validator=fields.text)
    status: vocabulary.EventStatus = field(validator=Exactly(vocabulary.EventStatus))
    when: Edtf | None = field(default=None, validator=OrNone(Exactly(Edtf)))
    place: str | None = field(default=None, validator=OrNone(slug))
    participants: tuple[Participant, ...] = field(default=(), validator=Each(Exactly(Participant)))
    evidence: tuple[Span, ...] = field(validator=_evidence)

    def __repr__(self) -> str:
        """Return id, kind and time; only claims show the gist, with its voices."""
        return f"<Event {self.id}: {self.kind}, {self.when or 'undated'}, as presented>"


@attrs.frozen(kw_only=True, repr=False)
class Relation(Record):
    """A relation between two entities that some voice in the article asserts.

    Attributes:
        subject: The id of the subject, an entity.
        predicate: The predicate, read subject, predicate, object.
        object: The id of the object, an entity.
        during: The time of the relation, as precise as the text, or None.
        ended: Whether the text presents the relation as over at publication, with or without a date (*former*).
        title: The office, for predicates that need one, or None.
        evidence: The spans that express the relation; sorted, not overlapping, not empty.
    """

    subject: str = field(validator=slug)
    predicate: vocabulary.Predicate = field(validator=Exactly(vocabulary.Predicate))
    object: str = field(validator=slug)
    during: Edtf | None = field(default=None, validator=OrNone(Exactly(Edtf)))
    ended: bool = field(default=False, validator=Exactly(bool))
    title: str | None = field(default=None, validator=OrNone(fields.text))
    evidence: tuple[Span, ...] = field(validator=_evidence)

    def __repr__(self) -> str:
        """Return id, predicate and time; only claims show subject and object, with the voices."""
        presented = "presented as over" if self.ended else "as presented"
        return f"<Relation {self.id}: {self.predicate}, {self.during or 'undated'}, {presented}>"


@attrs.frozen(kw_only=True, repr=False)
class Voice(Shown):
    """One link in the chain of voices through which a claim reaches the reader.

    Attributes:
        source: The id of the entity that is the voice.
        act: The act by which it takes a stance on the content.
        channel: The medium by which it reaches the enclosing voice.
        commitment: Its commitment to the content; each voice has its own (after FactBank).
        cue: The span of the attributing words; None only for the outermost voice.
        hedges: The spans of words that soften the commitment of this voice.
        mode: The form in which the content is given.
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
    """A claim of the article, attributed to a chain of voices.

    Attributes:
        gist: A paraphrase of the content, in the bundled articles a that-clause. It does not state a fact.
        kind: The kind of claim.
        ground: The ground on which the claim rests in the text.
        voices: The voices, outermost first: the author, then the voice that the author relays, and so on; not empty.
        about: The ids of the entities that the claim is about.
        events: The ids of the events that the claim refers to.
        relations: The ids of the relations that the claim refers to.
        quantities: The ids of the quantities that the claim refers to.
        evidence: The spans that express the claim; sorted, not overlapping, not empty.
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
        """The ids of the events, relations and quantities that the claim refers to."""
        return self.events + self.relations + self.quantities

    @property
    def side(self) -> vocabulary.Side:
        """The side that the innermost voice takes on the content, which counts in arguments."""
        return self.voices[-1].commitment.side

    def __repr__(self) -> str:
        """Return id, the chain of voices with their commitments, and the gist."""
        voices = " > ".join(f"{voice.source} ({voice.commitment})" for voice in self.voices)
        return f"<Claim {self.id}: {voices}: {printable(self.gist)}>"


@attrs.frozen(kw_only=True, repr=False)
class Argument(Record):
    """A premise that bears on a conclusion (after the argument graphs of ArgMicro).

    Attributes:
        source: The id of the premise, a claim.
        target: The id of the conclusion, a claim; for an undercut, the id of the attacked argument.
        kind: The relation of the premise to the conclusion.
    """

    source: str = field(validator=slug)
    target: str = field(validator=slug)
    kind: vocabulary.ArgumentKind = field(validator=Exactly(vocabulary.ArgumentKind))


def spans_of(record: Record) -> tuple[Span, ...]:
    """Return every span of a record: its span, evidence, cues and hedges."""
    if isinstance(record, (Mention, TimeExpression, Quantity, Quotation)):
        return (record.span,)
    if isinstance(record, Claim):
        cues = (voice.cue for voice in record.voices if voice.cue is not None)
        hedges = (hedge for voice in record.voices for hedge in voice.hedges)
        return (*record.evidence, *cues, *hedges)
    return record.evidence if isinstance(record, (Event, Relation)) else ()


def evidence_of(record: Record) -> tuple[Span, ...]:
    """Return the spans that express a record: its span or evidence, without cues and hedges."""
    return record.evidence if isinstance(record, Claim) else spans_of(record)
