"""A complete valid article, written sentence by sentence from decisions.

Here: the text, and the records in it, made together so that they agree by construction and nothing is discarded.
Not here: a single record (`records.py`), the words (`lexicon.py`), the decisions (`strategies.py`, `corpus.py`).

Every claim is a sentence: its voices with their words of attribution, perhaps a hedge, and the content.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection
from functools import partial
from typing import Final

import attrs

from oped_dataset.errors import InvalidRecord
from oped_dataset.messages import did_you_mean, nearest, quoted
from oped_dataset.model import vocabulary as v
from oped_dataset.model.article import TABLES, Article
from oped_dataset.model.records import (
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
    Sentence,
    Source,
    Span,
    TimeExpression,
    Voice,
)
from oped_dataset.testing import lexicon, records
from oped_dataset.testing.choices import (
    Choices,
    pick,
    pick_each,
    pick_some,
    rarely,
)
from oped_dataset.testing.lexicon import (
    AUTHOR,
    FIGURES,
    PUBLISHER,
    SECOND_AUTHOR,
    Figure,
)
from oped_dataset.text.canonical import sentence_digest, text_digest
from oped_dataset.text.fingerprints import paragraphs_of, shifts_of

IDS: Final = ("synthetic", "a-1", "x")


@attrs.frozen(kw_only=True)
class Plan:
    """The requested properties of an article.

    Attributes:
        id: Its id, or None for any.
        with_text: Whether its source contains the text, or None for either.
        max_claims: The greatest number of its claims; it has at least one.
        kinds: The tables that may have records; there are always entities and claims.
        sentences: Whether the source lists its sentences, or None for most articles.
    """

    id: str | None = None
    with_text: bool | None = None
    max_claims: int = 4
    kinds: frozenset[str] = frozenset(TABLES)
    sentences: bool | None = None

    @classmethod
    def of(cls, *, with_text: bool | None, max_claims: int, most: int, kinds: Collection[str] | None) -> Plan:
        """Make a plan of a caller's arguments; an article can have at most `most` claims.

        Raises:
            InvalidRecord: An argument is out of bounds, or names an unknown table.
        """
        if type(max_claims) is not int or not 1 <= max_claims <= most:
            raise InvalidRecord(f"max_claims: must be from 1 to {most}, not {quoted(max_claims)}", "max_claims")
        if isinstance(kinds, str):
            raise InvalidRecord(f"kinds: must be several names of tables, not the string {quoted(kinds)}", "kinds")
        for kind in kinds or ():
            if kind not in TABLES:
                hint = did_you_mean(nearest(kind, TABLES)) or f"the tables are {', '.join(TABLES)}"
                raise InvalidRecord(f"kinds: no table is named {quoted(kind)}; {hint}", "kinds")
        return cls(with_text=with_text, max_claims=max_claims, kinds=frozenset(TABLES if kinds is None else kinds))


@attrs.define
class _Tables:
    mentions: list[Mention] = attrs.field(factory=list)
    times: list[TimeExpression] = attrs.field(factory=list)
    quantities: list[Quantity] = attrs.field(factory=list)
    quotations: list[Quotation] = attrs.field(factory=list)
    events: list[Event] = attrs.field(factory=list)
    relations: list[Relation] = attrs.field(factory=list)
    claims: list[Claim] = attrs.field(factory=list)
    arguments: list[Argument] = attrs.field(factory=list)


@attrs.define
class _Core:
    """The content of a sentence after its voices: its spans, its gist, and the records it carries."""

    span: Span
    subject: Span
    gist: str
    about: tuple[str, str]
    hedges: tuple[Span, ...]
    carried: tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]


def draft(choices: Choices, plan: Plan) -> Article:
    """Write an article that keeps all rules."""
    return _Draft(choices, plan).article()


class _Draft:
    def __init__(self, choices: Choices, plan: Plan) -> None:
        self._choices = choices
        self._plan = plan
        self._text = ""
        self._tables = _Tables()
        self._sentences: list[Sentence] = []
        self._headings: list[Heading] = []
        others = pick_some(choices, FIGURES, least=1, most=4)
        self._authors = pick(choices, (*((AUTHOR,),) * 5, (AUTHOR, SECOND_AUTHOR)))
        self._cast = (*others, PUBLISHER, *self._authors)

    def article(self) -> Article:
        choices = self._choices
        title = pick(choices, lexicon.TITLES)
        self._heading(title)
        for number in range(1, 2 + choices.below(self._plan.max_claims)):
            choices.together(partial(self._passage, number))
        return self._bind(title)

    def _passage(self, number: int) -> None:
        """Write a claim, perhaps after a heading or a question."""
        choices = self._choices
        headed, asked = pick_each(choices, rarely(5), rarely(4))
        if headed:
            self._heading(pick(choices, lexicon.TITLES))
        if asked:
            self._question()
        self._claim(number)
        self._write(pick(choices, lexicon.GLUES))

    def _bind(self, title: str) -> Article:
        choices = self._choices
        published = records.day(choices)
        languages, genres, days = ("en", "zh-Hant", "he"), ("op-ed", "column"), (None, *range(30))
        helpers = ((), *((figure.id,) for figure in self._cast))
        language, genre, later, contributors = pick_each(choices, languages, genres, days, helpers)
        entities = tuple(records.entity(choices, figure) for figure in self._cast)
        tables = attrs.asdict(self._tables, recurse=False)
        return Article(
            id=self._plan.id or pick(choices, IDS),
            title=title,
            language=language,
            genre=genre,
            published=published,
            updated=None if later is None else published + datetime.timedelta(days=later),
            publisher=PUBLISHER.id,
            authors=tuple(author.id for author in self._authors),
            contributors=contributors,
            licence="CC0-1.0",
            data_version="1.0.0",
            source=self._source(),
            headings=tuple(self._headings),
            errata=self._errata(entities),
            entities=entities,
            **tables | {"relations": [records.dated(relation, published) for relation in self._tables.relations]},
        )

    def _source(self) -> Source:
        plan = self._plan
        with_text, listed, findable = pick_each(
            self._choices,
            (False, True) if plan.with_text is None else (plan.with_text,),
            (*(True,) * 7, False) if plan.sentences is None else (plan.sentences,),
            (*(True,) * 7, False),
        )
        sentences = tuple(self._sentences) if listed else ()
        if not findable:
            sentences = tuple(attrs.evolve(sentence, shifts=None) for sentence in sentences)
        places = [sentence.span for sentence in self._sentences]
        return Source(
            sha256=text_digest(self._text),
            length=len(self._text),
            sentences=sentences,
            text=self._text if with_text else None,
            paragraphs=paragraphs_of(self._text, places) if findable else (),
        )

    def _errata(self, entities: tuple[Entity, ...]) -> tuple[Erratum, ...]:
        if not pick(self._choices, rarely(4)):
            return ()
        known = [record.id for record in (*self._tables.claims, *entities)]
        return (records.erratum(self._choices, known, withdrawn="c-0"),)

    # The text.

    def _write(self, words: str) -> Span:
        start = len(self._text)
        self._text += words
        return Span(start, len(self._text))

    def _heading(self, words: str) -> None:
        place = self._write(words)
        self._write("\n\n")
        if not pick(self._choices, rarely(5)):
            self._headings.append(Heading(span=place, text=words))

    def _question(self) -> None:
        words = pick(self._choices, lexicon.QUESTIONS)
        self._sentences.append(records.sentence(self._choices, words, self._write(words)))
        self._write(pick(self._choices, lexicon.GLUES))

    def _refer(self, figure: Figure) -> Span:
        """Write words that refer to a figure, with a mention or, by name only, without one."""
        if "mentions" not in self._plan.kinds:
            return self._write(figure.name)
        forms = records.forms(named=figure.named)
        how, metonym = pick_each(self._choices, (None, None, *forms), rarely(3))
        if how is None:
            return self._write(figure.name)
        place = self._write(figure.referred_to(how))
        mentions = self._tables.mentions
        mentions.append(records.mention(f"m-{len(mentions) + 1}", figure, how, place, metonym=metonym))
        return place

    # A claim.

    def _claim(self, number: int) -> None:
        choices, claim_id = self._choices, f"c-{number}"
        start = len(self._text)
        voices = self._voices()
        core = self._quoted_core(claim_id, voices) if self._may("quotations", 3) else self._core(voices)
        evidence = self._evidence(Span(start, core.span.end), core)
        self._write(".")
        self._sentences.append(self._sentence(start))
        claims = self._tables.claims
        voices = (*voices[:-1], attrs.evolve(voices[-1], hedges=core.hedges))
        claims.append(records.claim(choices, claim_id, core.gist, voices, core.about, core.carried, evidence))
        self._argue(claim_id)

    def _sentence(self, start: int) -> Sentence:
        words = self._text[start:]
        return Sentence(span=Span(start, len(self._text)), digest=sentence_digest(words), shifts=shifts_of(words))

    def _may(self, kind: str, chances: int) -> bool:
        return kind in self._plan.kinds and pick(self._choices, rarely(chances))

    def _voices(self) -> tuple[Voice, ...]:
        choices = self._choices
        author, openly = pick_each(choices, self._authors, rarely(6))
        own = self._write("In my view") if openly else None
        if own is not None:
            self._write(", ")
        voices = [records.voice(author.id, own, records.manner(choices))]
        figures = {figure.id: figure for figure in self._cast}
        for source in records.inner_sources(choices, author.id, tuple(figures), records.LONGEST_CHAIN - 1):
            manner = records.manner(choices)
            self._refer(figures[source])
            self._write(" ")
            if voices[-1].commitment in lexicon.HEDGES and pick(choices, rarely(2)):
                voices[-1] = attrs.evolve(voices[-1], hedges=self._hedge(voices[-1].commitment))
            voices.append(records.voice(source, self._write(lexicon.CUES[manner[0]]), manner))
            self._write(" ")
        return tuple(voices)

    def _quoted_core(self, claim_id: str, voices: tuple[Voice, ...]) -> _Core:
        self._write("“")
        core = self._core(voices, quotable=False)
        self._write("”")
        claim = pick(self._choices, (*(claim_id,) * 4, None))
        words = self._text[core.span.start : core.span.end]
        self._quote(words, core.span, voices[-1].source, claim)
        return core

    def _quote(self, words: str, place: Span, speaker: str | None, claim: str | None) -> None:
        quotations = self._tables.quotations
        record_id = f"said-{len(quotations) + 1}"
        if speaker is None:
            quotations.append(records.voiceless_quotation(self._choices, record_id, words, place))
        else:
            quotations.append(records.quotation(self._choices, record_id, words, place, speaker, claim))

    def _core(self, voices: tuple[Voice, ...], *, quotable: bool = True) -> _Core:
        choices = self._choices
        place, further = pick_each(choices, range(len(self._cast)), range(1, len(self._cast)))
        subject, target = self._cast[place], self._cast[(place + further) % len(self._cast)]
        event, predicate = self._content()
        verb = "is no match for"
        if event:
            verb = lexicon.HAPPENINGS[event]
        elif predicate:
            verb = lexicon.RELATIONS[predicate]
        start = len(self._text)
        subject_span = self._refer(subject)
        self._write(" ")
        hedges = self._hedge(voices[-1].commitment)
        self._write(f"{verb} ")
        self._refer(target)
        quantities = self._rest(quotable=quotable)
        span = Span(start, len(self._text))
        gist, ids = f"{subject.name} {verb} {target.name}.", (subject.id, target.id)
        events = (self._event(event, gist, ids, span),) if event else ()
        relations = (self._relation(predicate, ids, span),) if predicate else ()
        return _Core(span, subject_span, gist, ids, hedges, (events + self._again(), relations, quantities))

    def _content(self) -> tuple[v.EventKind | None, v.Predicate | None]:
        """Decide whether the sentence reports an event, a relation, or both."""
        kinds, predicates = tuple(v.EventKind), tuple(v.Predicate)
        return pick_each(
            self._choices,
            (*(None,) * len(kinds), *kinds) if "events" in self._plan.kinds else (None,),
            (*(None,) * 2 * len(predicates), *predicates) if "relations" in self._plan.kinds else (None,),
        )

    def _hedge(self, commitment: v.Commitment) -> tuple[Span, ...]:
        words = lexicon.HEDGES.get(commitment)
        if words is None:
            return ()
        place = self._write(words)
        self._write(" ")
        return (place,)

    def _rest(self, *, quotable: bool) -> tuple[str, ...]:
        """Write the optional end of a sentence, and return the ids of the quantities in it."""
        quantities = (self._quantity(),) if self._may("quantities", 4) else ()
        if self._may("times", 3):
            self._time()
        if quotable and self._may("quotations", 6):
            words = pick(self._choices, lexicon.THINGS)
            self._write(" for the “")
            self._quote(words, self._write(words), None, None)
            self._write("”")
        return quantities

    def _quantity(self) -> str:
        quantities = self._tables.quantities
        drawn = records.quantity(self._choices, f"q-{len(quantities) + 1}", Span(0, 1))
        self._write(" by ")
        number = f"{lexicon.COMPARATORS[drawn.comparator]}{drawn.value:f}"
        place = self._write(f"{number} {drawn.unit}" if drawn.unit else number)
        quantities.append(attrs.evolve(drawn, span=place))
        return drawn.id

    def _time(self) -> None:
        choices, times = self._choices, self._tables.times
        date = str(records.edtf(choices))
        kind, words, value = pick(choices, ((v.TimeKind.DATE, f"in {date}", date), *lexicon.TIMES))
        self._write(" ")
        earlier = [time.id for time in times]
        times.append(records.time(choices, f"t-{len(times) + 1}", kind, value, self._write(words), earlier))

    def _event(self, kind: v.EventKind, gist: str, entities: tuple[str, str], place: Span) -> str:
        events = self._tables.events
        events.append(records.event(self._choices, f"e-{len(events) + 1}", kind, gist, entities, (place,)))
        return events[-1].id

    def _relation(self, predicate: v.Predicate, entities: tuple[str, str], place: Span) -> str:
        relations = self._tables.relations
        relations.append(records.relation(self._choices, f"r-{len(relations) + 1}", predicate, entities, (place,)))
        return relations[-1].id

    def _again(self) -> tuple[str, ...]:
        """Decide whether the sentence repeats an event of an earlier one."""
        repeats = pick(self._choices, rarely(6))
        earlier = [event_id for claim in self._tables.claims for event_id in claim.events]
        return (pick(self._choices, earlier),) if repeats and earlier else ()

    def _evidence(self, whole: Span, core: _Core) -> tuple[Span, ...]:
        pieces = (core.subject, Span(core.subject.end, core.span.end))
        return pick(self._choices, ((core.span,), (whole,), pieces))

    def _argue(self, claim_id: str) -> None:
        argues = pick(self._choices, (False, True, True))
        earlier = [claim.id for claim in self._tables.claims if claim.id != claim_id]
        if not (argues and earlier and "arguments" in self._plan.kinds):
            return
        arguments = self._tables.arguments
        attacked = [argument.id for argument in arguments]
        arguments.append(records.argument(self._choices, f"a-{len(arguments) + 1}", claim_id, earlier, attacked))
