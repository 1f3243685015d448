"""The rules that involve more than one record: one small generator and one problem code for each rule.

Here: the consistency of an article with itself and, where it contains its text, with the text.
Not here: the checks of a single record (`model/records.py`), the form of a document (`codec/shape.py`), reading files
(`loading.py`).

Where a part of a document cannot be read, every rule that can be decided without that part is still applied: `needs`
declares for each rule which parts must be complete. A rule that checks one record at a time needs none.

Not checked: whether an annotation is right, whether a gist agrees with the text, whether an identifier denotes the
entity.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from itertools import accumulate, chain, pairwise
from typing import Final, TypeAlias, TypeVar
from weakref import WeakValueDictionary

from oped_dataset.codec.shape import IDS, Draft
from oped_dataset.errors import (
    MOST_PROBLEMS,
    InvalidArticle,
    Problem,
    Report,
)
from oped_dataset.messages import Suggestions, quoted
from oped_dataset.model.article import EVIDENCED, SPANNED, Article
from oped_dataset.model.records import (
    PUBLICATION_DATE,
    Claim,
    Paragraph,
    Sentence,
    Span,
)
from oped_dataset.model.stretches import Cover
from oped_dataset.model.vocabulary import (
    ArgumentKind,
    Commitment,
    EntityKind,
    MentionForm,
    QuotationKind,
)
from oped_dataset.text.canonical import (
    NORMAL_FORM,
    normalise,
    sentence_digest,
    text_digest,
)
from oped_dataset.text.fingerprints import shifts_of

Rule: TypeAlias = Callable[[Article], Iterator[Problem]]
"""A rule yields one problem for every place where it is broken."""

Place: TypeAlias = tuple[str | int, ...]
"""The steps of a pointer. They are joined only for a problem: joining all took a third of the time of the rules."""

Reference: TypeAlias = tuple[Place, str, tuple[str, ...]]
"""The steps to an id, the id, and the tables whose records it may name."""

_Part = TypeVar("_Part", bound=Sentence | Paragraph)

_ENTITY: Final = ("entities",)
_TIME: Final = ("times",)
_CLAIM: Final = ("claims",)
_CLAIM_OR_ARGUMENT: Final = ("claims", "arguments")
_CLAIM_REFERENCES: Final = (
    ("about", _ENTITY),
    ("events", ("events",)),
    ("relations", ("relations",)),
    ("quantities", ("quantities",)),
)
_TARGETS: Final = (_TIME, _CLAIM, _CLAIM_OR_ARGUMENT, *(tables for _, tables in _CLAIM_REFERENCES))
"""The tables that references of one kind name, for each kind."""
_ANCHORS: Final = {"times": (PUBLICATION_DATE,)}
"""For a table, the names that a reference may use besides the ids of its records."""
_SHOWN: Final = 10
_NEEDS_SPEAKER: Final = (QuotationKind.DIRECT, QuotationKind.MIXED)
_WITHOUT_HEDGES: Final = (Commitment.CERTAIN, Commitment.CERTAINLY_NOT, Commitment.KNOWS_WHETHER)


def check(article: Article, *, limit: int = MOST_PROBLEMS) -> Report:
    """Apply every rule."""
    return Report.of((problem for rule in RULES for problem in rule(article)), limit=limit)


def sound(article: Article) -> Article:
    """Return the article if it follows all rules; one of them requires a claim for every event, relation and quantity.

    Raises:
        InvalidArticle: The article breaks rules; the exception lists all problems.
    """
    known = _SOUND.get(id(article))
    # The first condition rejects None in place of an article.
    if known is None or known is not article:
        report = check(article)
        if not report.ok:
            raise InvalidArticle(report.problems, report.omitted)
        keep_sound(article)
    return article


def keep_sound(article: Article) -> None:
    """Remember that an article follows all rules, so that `sound` does not apply them again."""
    _SOUND[id(article)] = article


_SOUND: Final[WeakValueDictionary[int, Article]] = WeakValueDictionary()
"""The articles known to follow all rules. They are immutable, and forgotten when nothing else refers to them."""


def decidable(draft: Draft) -> Iterator[Problem]:
    """Apply the rules to the readable part of a document, and yield the problems that remain whatever the rest is."""
    if draft.article is None:
        return
    for rule in RULES:
        needed = _NEEDS.get(rule)
        # A rule without a declaration may need every part.
        if not draft.lost or (needed is not None and draft.lost.isdisjoint(needed)):
            yield from (problem for problem in rule(draft.article) if not draft.hides(problem.pointer))


_NEEDS: Final[dict[Rule, frozenset[str]]] = {}


def needs(*parts: str) -> Callable[[Rule], Rule]:
    """Declare the parts of an article that must be complete for a rule: tables, fields, `source.length`, or the ids."""

    def keep(rule: Rule) -> Rule:
        _NEEDS[rule] = frozenset(parts)
        return rule

    return keep


def _problem(code: str, place: str | Place, message: str, hint: str | None = None) -> Problem:
    pointer = place if isinstance(place, str) else pointer_to(place)
    return Problem(code=f"OPED-{code}", pointer=pointer, message=message, hint=hint)


def pointer_to(place: Place) -> str:
    """Write steps as a JSON Pointer; names of fields contain no character that RFC 6901 section 3 escapes."""
    return "".join(f"/{step}" for step in place)


# Ids and references.


@needs()
def duplicate_id(article: Article) -> Iterator[Problem]:
    """An id is unique in the article across all kinds of records."""
    first: dict[str, Place] = {}
    for name, table in article.tables.items():
        for index, record_id in enumerate(table.ids):
            place = (name, index, "id")
            if first.setdefault(record_id, place) is not place:
                used = pointer_to(first[record_id])
                yield _problem("duplicate-id", place, f"the id {quoted(record_id)} is already used at {used}")


@needs()
def reserved_id(article: Article) -> Iterator[Problem]:
    """No record has the id that is reserved for the publication date."""
    for name, table in article.tables.items():
        for index, record_id in enumerate(table.ids if PUBLICATION_DATE in table else ()):
            if record_id == PUBLICATION_DATE:
                place = (name, index, "id")
                yield _problem("reserved-id", place, f"{quoted(record_id)} is reserved as the name of an anchor")


@needs(IDS)
def dangling_reference(article: Article) -> Iterator[Problem]:
    """A reference names an existing record."""
    suggestions = Suggestions()
    for place, record_id, tables in _unresolved(article):
        if not _tables_with(article, record_id):
            known = (other for name in tables for other in (*article.tables[name].ids, *_ANCHORS.get(name, ())))
            hint = suggestions.hint(record_id, known)
            yield _problem("dangling-reference", place, f"no record has the id {quoted(record_id)}", hint)


@needs(IDS)
def wrong_kind_reference(article: Article) -> Iterator[Problem]:
    """A reference names a record of the right kind."""
    for place, record_id, tables in _unresolved(article):
        if found := _tables_with(article, record_id):
            message = f"{quoted(record_id)} is one of the {', '.join(found)}, not one of the {' or '.join(tables)}"
            yield _problem("wrong-kind-reference", place, message)


def _unresolved(article: Article) -> Iterator[Reference]:
    """List the references whose id no record of the right kind has."""
    right = {tables: {each for name in tables for each in article.tables[name].ids} for tables in _TARGETS}
    return (each for each in references(article) if each[1] not in right[each[2]])


def _tables_with(article: Article, record_id: str) -> list[str]:
    return sorted(name for name, table in article.tables.items() if record_id in table)


def references(article: Article) -> Iterator[Reference]:
    """List every reference from one record to another."""
    yield ("publisher",), article.publisher, _ENTITY
    for name in ("authors", "contributors"):
        for index, record_id in enumerate(getattr(article, name)):
            yield (name, index), record_id, _ENTITY
    for index, mention in enumerate(article.mentions):
        yield ("mentions", index, "entity"), mention.entity, _ENTITY
    for index, time in enumerate(article.times):
        if time.anchor is not None and time.anchor != PUBLICATION_DATE:
            yield ("times", index, "anchor"), time.anchor, _TIME
    for index, quotation in enumerate(article.quotations):
        if quotation.speaker is not None:
            yield ("quotations", index, "speaker"), quotation.speaker, _ENTITY
        for part, claim_id in enumerate(quotation.claims):
            yield ("quotations", index, "claims", part), claim_id, _CLAIM
    for index, event in enumerate(article.events):
        if event.place is not None:
            yield ("events", index, "place"), event.place, _ENTITY
        for part, participant in enumerate(event.participants):
            yield ("events", index, "participants", part, "entity"), participant.entity, _ENTITY
    for index, relation in enumerate(article.relations):
        yield ("relations", index, "subject"), relation.subject, _ENTITY
        yield ("relations", index, "object"), relation.object, _ENTITY
    for index, claim in enumerate(article.claims):
        for link, voice in enumerate(claim.voices):
            yield ("claims", index, "voices", link, "source"), voice.source, _ENTITY
        for name, tables in _CLAIM_REFERENCES:
            for part, record_id in enumerate(getattr(claim, name)):
                yield ("claims", index, name, part), record_id, tables
    for index, argument in enumerate(article.arguments):
        yield ("arguments", index, "source"), argument.source, _CLAIM
        yield ("arguments", index, "target"), argument.target, _CLAIM_OR_ARGUMENT


# Places in the text.


@needs("source.length")
def span_outside_text(article: Article) -> Iterator[Problem]:
    """A span does not end after the end of the text."""
    length = article.source.length
    for place, span in _spans(article):
        if span.end > length:
            message = f"the span ends at {span.end}, the text at {length}"
            yield _problem("span-outside-text", place, message)


def _spans(article: Article) -> Iterator[tuple[Place, Span]]:
    for index, sentence in enumerate(article.source.sentences):
        yield ("source", "sentences", index, "span"), sentence.span
    for index, paragraph in enumerate(article.source.paragraphs):
        yield ("source", "paragraphs", index, "span"), paragraph.span
    for index, heading in enumerate(article.headings):
        yield ("headings", index, "span"), heading.span
    for name in SPANNED:
        for index, record in enumerate(article.tables[name]):
            yield (name, index, "span"), record.span
    for name, index, evidence in _evidence(article):
        for part, span in enumerate(evidence):
            yield (name, index, "evidence", part), span
    for index, claim in enumerate(article.claims):
        for link, voice in enumerate(claim.voices):
            if voice.cue is not None:
                yield ("claims", index, "voices", link, "cue"), voice.cue
        yield from _hedges(index, claim)


def _evidence(article: Article) -> Iterator[tuple[str, int, tuple[Span, ...]]]:
    for name in EVIDENCED:
        for index, record in enumerate(article.tables[name]):
            yield name, index, record.evidence


def _hedges(index: int, claim: Claim) -> Iterator[tuple[Place, Span]]:
    for link, voice in enumerate(claim.voices):
        for part, hedge in enumerate(voice.hedges):
            yield ("claims", index, "voices", link, "hedges", part), hedge


@needs()
def unordered_evidence(article: Article) -> Iterator[Problem]:
    """Evidence is sorted and does not overlap."""
    for name, index, evidence in _evidence(article):
        for part, (one, two) in enumerate(pairwise(evidence), start=1):
            if two.start < one.end:
                message = "the span begins before the previous one ends"
                yield _problem("unordered-evidence", (name, index, "evidence", part), message)


@needs("source.sentences")
def overlapping_sentences(article: Article) -> Iterator[Problem]:
    """Sentences come in the order of the text and do not overlap."""
    for index, (one, two) in enumerate(pairwise(article.source.sentences)):
        if two.span.start < one.span.end:
            pointer = f"/source/sentences/{index + 1}/span"
            yield _problem("overlapping-sentences", pointer, "the sentence begins before the previous one ends")


@needs("source.paragraphs")
def overlapping_paragraphs(article: Article) -> Iterator[Problem]:
    """Paragraphs come in the order of the text and do not overlap."""
    for index, (one, two) in enumerate(pairwise(article.source.paragraphs)):
        if two.span.start < one.span.end:
            pointer = f"/source/paragraphs/{index + 1}/span"
            yield _problem("overlapping-paragraphs", pointer, "the paragraph begins before the previous one ends")


@needs("source.sentences", "source.length", "headings")
def span_outside_sentences(article: Article) -> Iterator[Problem]:
    """If the source has sentences, evidence begins and ends inside a sentence or heading."""
    if not article.source.sentences:
        return
    sentences = (sentence.span for sentence in article.source.sentences)
    cover = Cover((span.start, span.end) for span in (*sentences, *(heading.span for heading in article.headings)))
    for name, index, evidence in _evidence(article):
        for part, span in enumerate(evidence):
            is_inside = cover.touches(span.start, span.start + 1) and cover.touches(span.end - 1, span.end)
            # A span beyond the end of the text breaks `span_outside_text` instead.
            if span.end <= article.source.length and not is_inside:
                message = "the evidence begins or ends outside every sentence and heading"
                yield _problem("span-outside-sentences", (name, index, "evidence", part), message)


@needs("claims")
def uncovered_sentence(article: Article) -> Iterator[Problem]:
    """A sentence is evidence for a claim or gives the reason why it makes none."""
    cover = _claim_cover(article)
    for index, sentence in enumerate(article.source.sentences):
        if sentence.no_claim is None and not cover.touches(sentence.span.start, sentence.span.end):
            message = "no claim has evidence in this sentence, and no reason is given"
            yield _problem("uncovered-sentence", f"/source/sentences/{index}", message, "add a claim or `no_claim`")


@needs()
def contradictory_no_claim(article: Article) -> Iterator[Problem]:
    """A sentence with `no_claim` is not evidence for a claim."""
    cover = _claim_cover(article)
    for index, sentence in enumerate(article.source.sentences):
        if sentence.no_claim is not None and cover.touches(sentence.span.start, sentence.span.end):
            message = "`no_claim` is set, but a claim has evidence in this sentence"
            yield _problem("contradictory-no-claim", f"/source/sentences/{index}/no_claim", message)


def _claim_cover(article: Article) -> Cover:
    return Cover((span.start, span.end) for claim in article.claims for span in claim.evidence)


# Voices.


@needs("authors")
def author_not_first(article: Article) -> Iterator[Problem]:
    """The first voice of a claim is an author of the article."""
    authors = frozenset(article.authors)
    for index, claim in enumerate(article.claims):
        if claim.voices[0].source not in authors:
            message = f"the outermost voice is {quoted(claim.voices[0].source)}, which is not an author of the article"
            yield _problem("author-not-first", f"/claims/{index}/voices/0/source", message)


@needs()
def repeated_voice(article: Article) -> Iterator[Problem]:
    """A chain does not have the same voice twice in a row."""
    for index, claim in enumerate(article.claims):
        for link, (outer, inner) in enumerate(pairwise(claim.voices), start=1):
            if outer.source == inner.source:
                message = f"the chain has the voice {quoted(inner.source)} twice in a row"
                yield _problem("repeated-voice", f"/claims/{index}/voices/{link}/source", message)


@needs()
def missing_cue(article: Article) -> Iterator[Problem]:
    """An inner voice has a cue."""
    for index, claim in enumerate(article.claims):
        for link, voice in enumerate(claim.voices[1:], start=1):
            if voice.cue is None:
                message = f"the inner voice {quoted(voice.source)} has no cue"
                yield _problem("missing-cue", f"/claims/{index}/voices/{link}/cue", message)


@needs()
def hedged_certainty(article: Article) -> Iterator[Problem]:
    """A voice with a hedge is not certain."""
    for index, claim in enumerate(article.claims):
        for link, voice in enumerate(claim.voices):
            if voice.hedges and voice.commitment in _WITHOUT_HEDGES:
                message = f"the voice {quoted(voice.source)} has a hedge, but its commitment is {voice.commitment}"
                yield _problem("hedged-certainty", f"/claims/{index}/voices/{link}/commitment", message)


@needs("source.sentences", "source.length", "headings")
def misplaced_hedge(article: Article) -> Iterator[Problem]:
    """If the source has sentences, a hedge is in a sentence or heading with evidence for its claim."""
    if not article.source.sentences:
        return
    sentences = (sentence.span.start for sentence in article.source.sentences)
    # Text between two sentences counts as part of the earlier one.
    starts = sorted([*sentences, *(heading.span.start for heading in article.headings)])
    ends = [*starts[1:], article.source.length]
    for index, claim in enumerate(article.claims):
        hedges = list(_hedges(index, claim))
        # For speed, because few claims have hedges.
        cover = Cover((span.start, span.end) for span in claim.evidence if hedges)
        for place, hedge in hedges:
            begin, end = (max(bisect_right(starts, offset) - 1, 0) for offset in (hedge.start, hedge.end - 1))
            if hedge.end <= article.source.length and not cover.touches(starts[begin], ends[end]):
                yield _problem(
                    "misplaced-hedge", place, "the hedge is outside the sentences with evidence for its claim"
                )


@needs("claims")
def unattributed_event(article: Article) -> Iterator[Problem]:
    """A claim carries the event."""
    carried = {event for claim in article.claims for event in claim.events}
    yield from _unattributed("unattributed-event", "events", article.events.ids, carried)


@needs("claims")
def unattributed_relation(article: Article) -> Iterator[Problem]:
    """A claim carries the relation."""
    carried = {relation for claim in article.claims for relation in claim.relations}
    yield from _unattributed("unattributed-relation", "relations", article.relations.ids, carried)


@needs("claims")
def unattributed_quantity(article: Article) -> Iterator[Problem]:
    """A claim carries the quantity."""
    carried = {quantity for claim in article.claims for quantity in claim.quantities}
    yield from _unattributed("unattributed-quantity", "quantities", article.quantities.ids, carried)


def _unattributed(code: str, name: str, ids: Iterable[str], carried: set[str]) -> Iterator[Problem]:
    for index, record_id in enumerate(ids):
        if record_id not in carried:
            message = f"no claim refers to {quoted(record_id)}, so it is attributed to nobody"
            yield _problem(code, f"/{name}/{index}", message)


@needs()
def speaker_not_voiced(article: Article) -> Iterator[Problem]:
    """The speaker of a quotation is a voice of every claim made in it."""
    voices: dict[str, frozenset[str]] = {}
    for index, quotation in enumerate(article.quotations):
        for part, claim_id in enumerate(quotation.claims):
            if quotation.speaker is None or claim_id not in article.claims:
                continue
            if claim_id not in voices:
                voices[claim_id] = frozenset(voice.source for voice in article.claims[claim_id].voices)
            if quotation.speaker not in voices[claim_id]:
                message = f"{quoted(quotation.speaker)} is not a voice of the claim {quoted(claim_id)}"
                yield _problem("speaker-not-voiced", f"/quotations/{index}/claims/{part}", message)


@needs()
def quotation_without_speaker(article: Article) -> Iterator[Problem]:
    """A direct or mixed quotation has a speaker."""
    for index, quotation in enumerate(article.quotations):
        if quotation.speaker is None and quotation.kind in _NEEDS_SPEAKER:
            message = f"a {quotation.kind} quotation needs a speaker, even if unnamed"
            yield _problem("quotation-without-speaker", f"/quotations/{index}/speaker", message)


# Entities and mentions.


@needs()
def named_mention_of_unnamed(article: Article) -> Iterator[Problem]:
    """An unnamed entity is not mentioned by name."""
    unnamed = {entity.id for entity in article.entities if not entity.named}
    for index, mention in enumerate(article.mentions):
        if mention.form is MentionForm.NAME and mention.entity in unnamed:
            message = f"{quoted(mention.entity)} is unnamed, but this mention is a name"
            yield _problem("named-mention-of-unnamed", f"/mentions/{index}/form", message)


@needs()
def metonym_of_person(article: Article) -> Iterator[Problem]:
    """A metonym denotes a government or organisation, never a person."""
    people = {entity.id for entity in article.entities if entity.kind is EntityKind.PERSON}
    for index, mention in enumerate(article.mentions):
        if mention.metonym and mention.entity in people:
            message = f"the mention is a metonym, but {quoted(mention.entity)} is a person"
            yield _problem("metonym-of-person", f"/mentions/{index}/metonym", message)


# Arguments and anchors.


@needs()
def argument_self_loop(article: Article) -> Iterator[Problem]:
    """An argument targets neither its own source nor itself."""
    for index, argument in enumerate(article.arguments):
        if argument.target in (argument.source, argument.id):
            yield _problem(
                "argument-self-loop", f"/arguments/{index}/target", "the argument targets itself or its own source"
            )


@needs(IDS)
def undercut_target(article: Article) -> Iterator[Problem]:
    """Only an undercut has an argument as its target."""
    # An id of both an argument and a claim is a duplicate, and the claim may be meant.
    arguments = set(article.arguments.ids) - set(article.claims.ids)
    for index, argument in enumerate(article.arguments):
        # An argument that targets itself breaks `argument_self_loop` instead.
        wrong = argument.target in arguments and argument.target != argument.id
        if wrong and argument.kind is not ArgumentKind.UNDERCUTS:
            message = f"the target {quoted(argument.target)} is an argument, which only an undercut can target"
            yield _problem("undercut-target", f"/arguments/{index}/target", message)


@needs()
def anchor_cycle(article: Article) -> Iterator[Problem]:
    """Anchors lead to a time without an anchor, or to the publication date."""
    # Reversed, so that the first of several times with one id counts.
    anchors = {time.id: time.anchor for time in reversed(article.times)}
    places = {time.id: index for index, time in reversed(list(enumerate(article.times)))}
    settled: set[str] = set()
    for time in article.times:
        path: dict[str, None] = {}
        place: str | None = time.id
        while place is not None and place not in path and place not in settled:
            path[place] = None
            place = anchors.get(place)
        if place is not None and place in path:
            # The path may enter the cycle from outside; the message names the first time of the cycle itself.
            way = list(path)
            first = min(way[way.index(place) :], key=places.__getitem__)
            yield _problem(
                "anchor-cycle", f"/times/{places[first]}/anchor", f"the anchors lead back to {quoted(first)}"
            )
        settled.update(path)


# Relations.


@needs("published")
def contradictory_end(article: Article) -> Iterator[Problem]:
    """A relation has ended if its interval ended before publication, and not if its interval is open."""
    for index, relation in enumerate(article.relations):
        during = relation.during
        # Only an interval has an end that `ended` could contradict.
        if during is None or not during.is_interval:
            continue
        if relation.ended and during.latest is None:
            message = f"the interval {during} has no end, but `ended` is true"
            yield _problem("contradictory-end", f"/relations/{index}/ended", message)
        elif not relation.ended and during.latest is not None and during.latest < article.published:
            message = f"the interval {during} ended before publication, but `ended` is false"
            yield _problem("contradictory-end", f"/relations/{index}/ended", message)


# The article as a whole.


@needs("published", "updated")
def updated_before_published(article: Article) -> Iterator[Problem]:
    """The last change does not precede publication."""
    if article.updated is not None and article.updated < article.published:
        message = f"{article.updated} is before {article.published}, the day of publication"
        yield _problem("updated-before-published", "/updated", message)


@needs(IDS)
def erratum_unknown_record(article: Article) -> Iterator[Problem]:
    """A corrected record exists."""
    suggestions = Suggestions()
    for index, erratum in enumerate(article.errata):
        if erratum.change == "corrected" and not _tables_with(article, erratum.record):
            message = f"no record has the id {quoted(erratum.record)}"
            known = chain.from_iterable(table.ids for table in article.tables.values())
            hint = suggestions.hint(erratum.record, known)
            yield _problem("erratum-unknown-record", f"/errata/{index}/record", message, hint)


@needs()
def withdrawn_id_present(article: Article) -> Iterator[Problem]:
    """The id of a withdrawn record is not reused."""
    for index, erratum in enumerate(article.errata):
        if erratum.change == "withdrawn" and _tables_with(article, erratum.record):
            message = f"{quoted(erratum.record)} is withdrawn, but a record has this id"
            yield _problem("withdrawn-id-present", f"/errata/{index}/record", message)


@needs("source.canonicalisation")
def unknown_normal_form(article: Article) -> Iterator[Problem]:
    """The sentence digests are computed from the normalised form that this package knows."""
    if article.source.canonicalisation != NORMAL_FORM:
        found = quoted(article.source.canonicalisation)
        message = f"the normalised form {found} is unknown; this package knows {NORMAL_FORM!r}"
        yield _problem("unknown-normal-form", "/source/canonicalisation", message)


# The text, where the article contains it.


@needs("source.text", "source.length", "source.sha256")
def text_mismatch(article: Article) -> Iterator[Problem]:
    """The text has the recorded length and SHA-256."""
    source = article.source
    if source.text is None:
        return
    if len(source.text) != source.length:
        yield _problem("text-mismatch", "/source/length", f"the text has {len(source.text)} code points")
    elif text_digest(source.text) != source.sha256:
        yield _problem(
            "text-mismatch", "/source/sha256", f"the text has a different SHA-256: {text_digest(source.text)}"
        )


@needs("source.text", "source.length", "source.sha256")
def quotation_mismatch(article: Article) -> Iterator[Problem]:
    """The words of a quotation are those of the text at its span."""
    text = _trusted_text(article)
    for index, quotation in enumerate(article.quotations if text is not None else ()):
        if _differs(text, quotation.span, quotation.text):
            message = "the text at this span reads differently"
            yield _problem("quotation-mismatch", f"/quotations/{index}/text", message)


@needs("source.text", "source.length", "source.sha256")
def heading_mismatch(article: Article) -> Iterator[Problem]:
    """The words of a heading are those of the text at its span."""
    text = _trusted_text(article)
    for index, heading in enumerate(article.headings if text is not None else ()):
        if _differs(text, heading.span, heading.text):
            message = "the text at this span reads differently"
            yield _problem("heading-mismatch", f"/headings/{index}/text", message)


@needs("source.text", "source.length", "source.sha256", "source.canonicalisation")
def digest_mismatch(article: Article) -> Iterator[Problem]:
    """The digest of a sentence or paragraph is that of the text at its span."""
    text = _trusted_text(article)
    if text is None or article.source.canonicalisation != NORMAL_FORM:
        return
    for name in ("sentences", "paragraphs"):
        parts: tuple[Sentence | Paragraph, ...] = getattr(article.source, name)
        for index, part in _without_overlaps(parts):
            found = sentence_digest(text[part.span.start : part.span.end])
            if part.span.end <= len(text) and found != part.digest:
                message = f"the text at the span has the digest {quoted(found)}"
                yield _problem("digest-mismatch", ("source", name, index, "digest"), message)


def _without_overlaps(parts: Iterable[_Part]) -> Iterator[tuple[int, _Part]]:
    """Number the sentences or paragraphs, and leave out those that begin inside an earlier one.

    Those break another rule, and reading the text again for each of them would take quadratic time.
    """
    reached = 0
    for index, part in enumerate(parts):
        if part.span.start >= reached:
            yield index, part
        reached = max(reached, part.span.end)


@needs("source.text", "source.length", "source.sha256", "source.canonicalisation")
def shifts_mismatch(article: Article) -> Iterator[Problem]:
    """The shifts of a sentence are those of its normalised form."""
    text = _trusted_text(article)
    if text is None or article.source.canonicalisation != NORMAL_FORM:
        return
    for index, sentence in _without_overlaps(article.source.sentences):
        if sentence.shifts is None or sentence.span.end > len(text):
            continue
        found = shifts_of(text[sentence.span.start : sentence.span.end])
        if found != sentence.shifts:
            places = ", ".join([str(shift.at) for shift in found[:_SHOWN]] + ["…"] * (len(found) > _SHOWN))
            message = f"the text yields shifts at {places}" if places else "the text yields no shifts"
            yield _problem("shifts-mismatch", f"/source/sentences/{index}/shifts", message)


@needs("source.text", "source.length", "source.sha256", "source.paragraphs")
def text_outside_paragraphs(article: Article) -> Iterator[Problem]:
    """If the source has paragraphs, they contain all of the text except whitespace."""
    text = _trusted_text(article)
    if text is None or not article.source.paragraphs:
        return
    spans = [paragraph.span for paragraph in article.source.paragraphs]
    # Where paragraphs overlap, a gap begins after the one that ends last.
    ends = accumulate((span.end for span in spans), max, initial=0)
    for end, start in zip(ends, [*(span.start for span in spans), len(text)], strict=True):
        if normalise(text[end:start]):
            message = f"the words between {end} and {start} are not in any paragraph"
            yield _problem("text-outside-paragraphs", "/source/paragraphs", message)


def _trusted_text(article: Article) -> str | None:
    """Return the text, unless `text_mismatch` reports it: the offsets then mean nothing in it."""
    return None if any(text_mismatch(article)) else article.source.text


def _differs(text: str | None, span: Span, words: str) -> bool:
    return text is not None and span.end <= len(text) and text[span.start : span.end] != words


RULES: Final[tuple[Rule, ...]] = (
    duplicate_id,
    reserved_id,
    dangling_reference,
    wrong_kind_reference,
    span_outside_text,
    unordered_evidence,
    overlapping_sentences,
    overlapping_paragraphs,
    span_outside_sentences,
    uncovered_sentence,
    contradictory_no_claim,
    author_not_first,
    repeated_voice,
    missing_cue,
    hedged_certainty,
    misplaced_hedge,
    unattributed_event,
    unattributed_relation,
    unattributed_quantity,
    speaker_not_voiced,
    quotation_without_speaker,
    named_mention_of_unnamed,
    metonym_of_person,
    argument_self_loop,
    undercut_target,
    anchor_cycle,
    contradictory_end,
    updated_before_published,
    erratum_unknown_record,
    withdrawn_id_present,
    unknown_normal_form,
    text_mismatch,
    quotation_mismatch,
    heading_mismatch,
    digest_mismatch,
    shifts_mismatch,
    text_outside_paragraphs,
)
"""Every rule; the name of a rule in kebab-case, after `OPED-`, is its code."""
