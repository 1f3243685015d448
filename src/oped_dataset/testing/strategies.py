"""Hypothesis strategies for articles and all records: valid by construction, shrinking to plain examples.

    @given(strategies.articles(with_text=True))
    def test_offsets_survive(article): ...

Here: the strategies, in which Hypothesis makes the choices of the generators.
Not here: the generators (`records.py`, `drafting.py`) and the registration for `st.from_type` (`registration.py`).

The records of an article agree with each other. A record drawn alone is valid on its own; pass the ids of your entities
and the length of your text to make it fit. Examples are never filtered out, so no health check fails.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Collection, Sequence
from decimal import Decimal
from typing import Any, Final, TypeVar, get_type_hints

import attrs

from oped_dataset.authoring.adjudicating import Adjudication, adjudicate
from oped_dataset.authoring.comparing import AnnotationComparison, Disagreement, compare_records
from oped_dataset.authoring.drafts import Draft, Proposal
from oped_dataset.codec.jsontext import Limits
from oped_dataset.corpora.lines import LineReader, read_lines, write_lines
from oped_dataset.errors import InvalidRecord, MissingExtra, Problem, Report
from oped_dataset.extraction.from_records import from_records
from oped_dataset.extraction.results import Extraction, Rejection, Repair
from oped_dataset.extraction.to_records import to_records
from oped_dataset.model import vocabulary as v
from oped_dataset.model.article import Article
from oped_dataset.model.dates import Edtf
from oped_dataset.model.records import (
    Argument,
    Claim,
    Entity,
    Erratum,
    Event,
    Heading,
    Identifier,
    Mention,
    Paragraph,
    Participant,
    Quantity,
    Quotation,
    Relation,
    Sentence,
    Shift,
    Source,
    Span,
    TimeExpression,
    Voice,
)
from oped_dataset.scoring.scores import Scores, score
from oped_dataset.testing import lexicon, records
from oped_dataset.testing.choices import (
    Choices,
    pick,
    pick_each,
    pick_some,
)
from oped_dataset.testing.drafting import Plan, draft
from oped_dataset.testing.lexicon import AUTHOR, FIGURES
from oped_dataset.testing.mutants import COUNT, Mutation, mutations_from
from oped_dataset.text.attachment import AttachedArticle
from oped_dataset.text.fingerprints import paragraphs_of
from oped_dataset.validation.codes import CODES

try:
    from hypothesis import strategies as st
except ModuleNotFoundError:
    raise MissingExtra("hypothesis", "testing") from None

T = TypeVar("T")

ENTITIES: Final = tuple(figure.id for figure in FIGURES)
"""The ids to which a record drawn alone refers by default."""

MOST_CLAIMS: Final = 100
"""The greatest number of claims in a drawn article."""

LENGTH: Final = 200
"""The default length of the text of a record drawn alone, in code points."""


@attrs.frozen
class _Drawn:
    """Choices made by Hypothesis."""

    draw: st.DrawFn

    def below(self, bound: int) -> int:
        return self.draw(st.integers(0, bound - 1))

    def together(self, make: Callable[[], T]) -> T:
        # Hypothesis shrinks by removing everything that one strategy drew.
        return self.draw(st.builds(make))


def _strategy(make: Callable[[Choices], T]) -> st.SearchStrategy[T]:
    @st.composite
    def draw_choices(draw: st.DrawFn) -> T:
        return make(_Drawn(draw))

    return draw_choices()


# Whole articles.


def articles(
    *, with_text: bool | None = None, max_claims: int = 4, kinds: Collection[str] | None = None
) -> st.SearchStrategy[Article]:
    """Generate small valid articles about invented people.

    Args:
        with_text: Whether the source contains the text; None for either.
        max_claims: The greatest number of claims, from 1 to 100; an article has at least one. Hypothesis gives up on
            larger examples; `make_corpus` has no such limit.
        kinds: The names of the tables that may have records, such as `{"events", "mentions"}`; None for all. There are
            always entities and claims, because the other records need them.

    Raises:
        InvalidRecord: `max_claims` is out of bounds, or `kinds` has an unknown name.
    """
    plan = Plan.of(with_text=with_text, max_claims=max_claims, most=MOST_CLAIMS, kinds=kinds)
    return _strategy(lambda choices: draft(choices, plan))


def texts() -> st.SearchStrategy[str]:
    """Generate texts of articles: several scripts, combining marks, joined emoji, letters beyond the basic plane."""
    return articles(with_text=True).map(lambda article: str(article.source.text))


def mutations() -> st.SearchStrategy[Mutation]:
    """Generate documents with one error, each with the code of the problem that a validator must report."""
    return _strategy(lambda choices: next(mutations_from(draft(choices, Plan()), choices.below(COUNT))))


# Spans, dates, numbers, ids.


def spans(text: str) -> st.SearchStrategy[Span]:
    """Generate spans in a text.

    Raises:
        InvalidRecord: The text is empty and so has no spans.
    """
    return places(length=len(text))


def places(*, length: int = LENGTH) -> st.SearchStrategy[Span]:
    """Generate spans in any text of this length."""
    _check_length(length)
    return _strategy(lambda choices: records.span(choices, length))


def _check_length(length: int) -> None:
    if length < 1:
        raise InvalidRecord("an empty text has no spans")


def dates() -> st.SearchStrategy[Edtf]:
    """Generate dates and intervals of every precision, from 1900 to 2129."""
    return _strategy(records.edtf)


def decimals() -> st.SearchStrategy[Decimal]:
    """Generate amounts with up to four decimal places."""
    return _strategy(records.decimal)


def slugs() -> st.SearchStrategy[str]:
    """Generate ids: lowercase ASCII words joined by single hyphens."""
    words = ("maro", "a", "1", "toll-act", "x2", "0-0")
    return _strategy(lambda choices: "-".join(pick_some(choices, words, least=1, most=3)))


# Records, one strategy for each kind.


def identifiers() -> st.SearchStrategy[Identifier]:
    """Generate identifiers in an invented register."""
    return _strategy(records.identifier)


def entities() -> st.SearchStrategy[Entity]:
    """Generate entities of every kind, named and unnamed."""
    return _strategy(lambda choices: records.entity(choices, pick(choices, FIGURES)))


def mentions(*, entities: Sequence[str] = ENTITIES, length: int = LENGTH) -> st.SearchStrategy[Mention]:
    """Generate mentions of one of the entities in a text of this length."""
    _check_entities(entities)
    _check_length(length)

    def make(choices: Choices) -> Mention:
        figure = attrs.evolve(pick(choices, FIGURES), id=pick(choices, entities))
        how, metonym = pick_each(choices, records.forms(named=figure.named), (False, True))
        return records.mention("m-1", figure, how, records.span(choices, length), metonym=metonym)

    return _strategy(make)


def _check_entities(entities: Sequence[str], least: int = 1) -> None:
    if len(set(entities)) < least:
        raise InvalidRecord(f"entities: must have at least {least} different ids, not {len(set(entities))}", "entities")


def times(*, length: int = LENGTH) -> st.SearchStrategy[TimeExpression]:
    """Generate time expressions of every kind in a text of this length."""
    _check_length(length)

    def make(choices: Choices) -> TimeExpression:
        kind, _, value = pick(choices, ((v.TimeKind.DATE, "", str(records.edtf(choices))), *lexicon.TIMES))
        return records.time(choices, "t-1", kind, value, records.span(choices, length), ())

    return _strategy(make)


def quantities(*, length: int = LENGTH) -> st.SearchStrategy[Quantity]:
    """Generate amounts in a text of this length."""
    _check_length(length)
    return _strategy(lambda choices: records.quantity(choices, "q-1", records.span(choices, length)))


def quotations(*, entities: Sequence[str] = ENTITIES, length: int = LENGTH) -> st.SearchStrategy[Quotation]:
    """Generate quotations of every kind, without claims, in a text of this length."""
    _check_entities(entities)
    _check_length(length)

    def make(choices: Choices) -> Quotation:
        words, place = pick(choices, lexicon.THINGS), records.span(choices, length)
        if pick(choices, (False, True)):
            return records.voiceless_quotation(choices, "said-1", words, place)
        return records.quotation(choices, "said-1", words, place, pick(choices, entities), None)

    return _strategy(make)


def participants(*, entities: Sequence[str] = ENTITIES) -> st.SearchStrategy[Participant]:
    """Generate participants of events."""
    _check_entities(entities)
    return _strategy(lambda choices: Participant(entity=pick(choices, entities), role=pick(choices, tuple(v.Role))))


def events(*, entities: Sequence[str] = ENTITIES, length: int = LENGTH) -> st.SearchStrategy[Event]:
    """Generate events between two of the entities, in a text of this length."""
    _check_entities(entities)
    _check_length(length)

    def make(choices: Choices) -> Event:
        kind, both = pick(choices, tuple(v.EventKind)), (pick(choices, entities), pick(choices, entities))
        gist = f"Somebody {lexicon.HAPPENINGS[kind]} somebody."
        return records.event(choices, "e-1", kind, gist, both, records.evidence(choices, length))

    return _strategy(make)


def relations(*, entities: Sequence[str] = ENTITIES, length: int = LENGTH) -> st.SearchStrategy[Relation]:
    """Generate relations between two of the entities, in a text of this length."""
    _check_entities(entities)
    _check_length(length)

    def make(choices: Choices) -> Relation:
        predicate, both = pick(choices, tuple(v.Predicate)), (pick(choices, entities), pick(choices, entities))
        return records.relation(choices, "r-1", predicate, both, records.evidence(choices, length))

    return _strategy(make)


def voices(*, entities: Sequence[str] = ENTITIES, length: int = LENGTH) -> st.SearchStrategy[Voice]:
    """Generate single inner voices, with words of attribution in a text of this length."""
    _check_entities(entities)
    _check_length(length)

    def make(choices: Choices) -> Voice:
        source, cue = pick(choices, entities), records.span(choices, length)
        return _voice(choices, source, cue, length)

    return _strategy(make)


def _voice(choices: Choices, source: str, cue: Span | None, length: int) -> Voice:
    voice = records.voice(source, cue, records.manner(choices))
    hedges = (records.span(choices, length),) if voice.commitment in lexicon.HEDGES else ()
    return attrs.evolve(voice, hedges=hedges)


def chains_of_voices(
    *,
    author: str = AUTHOR.id,
    entities: Sequence[str] = ENTITIES,
    length: int = LENGTH,
    max_depth: int = records.LONGEST_CHAIN,
) -> st.SearchStrategy[tuple[Voice, ...]]:
    """Generate chains of 1 to `max_depth` voices, the author's outermost; no voice relays itself.

    Raises:
        InvalidRecord: `max_depth` or `length` is below 1, or a chain of that length needs more entities.
    """
    _check_length(length)
    if max_depth < 1:
        raise InvalidRecord(f"max_depth: must be at least 1, not {max_depth}", "max_depth")
    _check_entities([entity for entity in entities if entity != author], min(max_depth - 1, 2))
    return _strategy(lambda choices: _chain(choices, author, entities, length, max_depth))


def _chain(choices: Choices, author: str, entities: Sequence[str], length: int, depth: int) -> tuple[Voice, ...]:
    inner = records.inner_sources(choices, author, entities, depth - 1)
    links = ((author, None), *((source, records.span(choices, length)) for source in inner))
    return tuple(_voice(choices, source, cue, length) for source, cue in links)


def claims(
    *, author: str = AUTHOR.id, entities: Sequence[str] = ENTITIES, length: int = LENGTH
) -> st.SearchStrategy[Claim]:
    """Generate claims with their chains in a text of this length, without events, relations and quantities."""
    _check_entities([entity for entity in entities if entity != author], 2)
    _check_length(length)

    def make(choices: Choices) -> Claim:
        chain = _chain(choices, author, entities, length, records.LONGEST_CHAIN)
        evidence = records.evidence(choices, length)
        return records.claim(choices, "c-1", "Something is said.", chain, tuple(entities), ((), (), ()), evidence)

    return _strategy(make)


def arguments(*, claims: Sequence[str] = ("c-2", "c-1")) -> st.SearchStrategy[Argument]:
    """Generate arguments from the first claim to one of the others, or against the argument `a-0`.

    Raises:
        InvalidRecord: There are fewer than two claims.
    """
    if len(set(claims)) < 2:
        raise InvalidRecord(f"claims: must have at least 2 different ids, not {len(set(claims))}", "claims")
    source, *targets = claims
    others = [target for target in targets if target != source]
    return _strategy(lambda choices: records.argument(choices, "a-1", source, others, ("a-0",)))


def sentences() -> st.SearchStrategy[Sentence]:
    """Generate sentences, with and without a reason why they carry no claim."""
    plan = Plan(sentences=True)
    return _strategy(lambda choices: pick(choices, draft(choices, plan).source.sentences))


def shifts() -> st.SearchStrategy[Shift]:
    """Generate positions in a sentence where the normal form changes the number of characters."""
    return _strategy(records.shift)


def paragraphs() -> st.SearchStrategy[Paragraph]:
    """Generate paragraphs of articles."""
    return texts().flatmap(lambda text: st.sampled_from(paragraphs_of(text)))


def headings() -> st.SearchStrategy[Heading]:
    """Generate headings at the beginning of a text."""
    titles = _strategy(lambda choices: pick(choices, lexicon.TITLES))
    return titles.map(lambda title: Heading(span=Span(0, len(title)), text=title))


def errata(*, known: Sequence[str] = ("c-1",), withdrawn: str = "c-0") -> st.SearchStrategy[Erratum]:
    """Generate corrections of one of the known records, or the withdrawal of one that no longer exists."""
    _check_entities(known)
    return _strategy(lambda choices: records.erratum(choices, known, withdrawn))


def sources() -> st.SearchStrategy[Source]:
    """Generate sources of articles, with and without their text."""
    return articles().map(lambda article: article.source)


# Subclasses of records, reports and limits.


def extended(base: type[Any], cls: type[Any]) -> st.SearchStrategy[Any]:
    """Generate a subclass of a record: inherited fields as for the record, new ones by their types.

    Args:
        base: The record.
        cls: Its subclass.
    """
    known = {each.name for each in attrs.fields(base)}
    types = get_type_hints(cls)
    new = [each for each in attrs.fields(cls) if each.init and each.name not in known]
    needed = {str(each.alias): st.from_type(types[each.name]) for each in new if each.default is attrs.NOTHING}

    def extend(record: object, more: dict[str, Any]) -> Any:
        given = {str(each.alias): getattr(record, each.name) for each in attrs.fields(base) if each.init}
        return cls(**given, **more)

    return st.builds(extend, st.from_type(base), st.fixed_dictionaries(needed))


def problems() -> st.SearchStrategy[Problem]:
    """Generate problems of a document, with or without line and column."""
    words = st.text(min_size=1, max_size=40)
    place = st.none() | st.tuples(st.integers(1, 10_000), st.integers(1, 1_000))
    return st.builds(
        lambda place, **known: Problem(line=place and place[0], column=place and place[1], **known),
        place,
        code=st.sampled_from(sorted(CODES)),
        severity=st.sampled_from(["error", "warning"]),
        pointer=st.sampled_from(["", "/title", "/claims/0/voices/1/cue"]),
        message=words,
        hint=st.none() | words,
    )


def reports() -> st.SearchStrategy[Report]:
    """Generate reports of a validation, with and without problems."""
    return st.builds(Report, st.lists(problems(), max_size=5).map(tuple), st.integers(0, 10))


def limits() -> st.SearchStrategy[Limits]:
    """Generate the limits of a reader."""
    return st.builds(Limits, size=st.integers(0, 2**40), depth=st.integers(0, 1_000), problems=st.integers(1, 10_000))


# Results of functions.


def attached_articles() -> st.SearchStrategy[AttachedArticle]:
    """Generate articles attached to their own text."""
    return articles(with_text=True).map(lambda article: article.attach(str(article.source.text)))


def readers() -> st.SearchStrategy[LineReader]:
    """Generate readers of JSON Lines with one article."""

    def read(article: Article) -> LineReader:
        lines = io.BytesIO()
        write_lines([article], lines)
        return read_lines(io.BytesIO(lines.getvalue()))

    return articles().map(read)


def extractions() -> st.SearchStrategy[Extraction]:
    """Generate extractions in which one record is rejected."""

    def extract(article: Article) -> Extraction:
        return from_records([*to_records(article)["records"], {"record": "rumour"}], like=article)

    return articles(with_text=True).map(extract)


def rejections() -> st.SearchStrategy[Rejection]:
    """Generate rejected records."""
    return extractions().map(lambda extraction: extraction.rejections[0])


def repairs() -> st.SearchStrategy[Repair]:
    """Generate repairs of values."""
    words = st.text(min_size=1, max_size=40)
    return st.builds(
        Repair, pointer=st.just("/0/id"), record=slugs(), before=words, after=st.none() | words, reason=words
    )


def scores() -> st.SearchStrategy[Scores]:
    """Generate the scores of articles compared with themselves."""
    return articles().map(lambda article: score(article, article))


def proposals() -> st.SearchStrategy[Proposal]:
    """Generate proposals of time expressions."""
    given = st.fixed_dictionaries(
        {"id": slugs(), "span": places().map(attrs.asdict), "kind": st.none() | st.just("date")}
    )
    return st.builds(Proposal, layer=st.just("times"), record=given, by=slugs())


def drafts() -> st.SearchStrategy[Draft]:
    """Generate drafts, with and without a proposal."""
    return st.builds(Draft, article=articles(), proposals=st.lists(proposals(), max_size=1).map(tuple))


def _pairs() -> st.SearchStrategy[tuple[Article, Article]]:
    return articles().map(lambda article: (article, attrs.evolve(article, claims=tuple(article.claims)[1:])))


def comparisons() -> st.SearchStrategy[AnnotationComparison]:
    """Generate comparisons of two annotations, one of which lacks a claim."""

    def compare(both: tuple[Article, Article]) -> AnnotationComparison:
        # The figures are left out, because the libraries that compute them use `random`.
        a, b, found = compare_records(*both)
        return AnnotationComparison(a=a, b=b, disagreements=found, agreement=())

    return _pairs().map(compare)


def disagreements() -> st.SearchStrategy[Disagreement]:
    """Generate disagreements on a claim that one annotation lacks."""
    return comparisons().map(lambda comparison: comparison.disagreements[0])


def adjudications() -> st.SearchStrategy[Adjudication]:
    """Generate adjudications of two annotations."""
    return _pairs().map(lambda both: adjudicate(*both, {}, rest="a"))
