"""`lint`: planted gaps are found at their spans, without false alarms."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import attrs
import pytest

from oped_dataset import Article, Entity, Mention, Span, lint, load, new_article, validate
from oped_dataset.authoring import Draft, LintWarning, Proposal, guidelines
from oped_dataset.authoring.gaps import GAPS
from oped_dataset.authoring.guidelines import GUIDELINES
from oped_dataset.authoring.lint_codes import LINT_CODES
from oped_dataset.authoring.sheet import Sheet
from oped_dataset.errors import InvalidRecord
from oped_dataset.model.vocabulary import ClaimKind, Commitment, EntityKind, EventStatus, MentionForm

ARTICLE = load("harbour-toll")
TEXT = str(ARTICLE.source.text)
Planted = tuple[Article | Draft, str, Span | None]
"""Return the damaged article, and the pointer and span of its only warning."""


def _found(article: Article | Draft, text: str | None = None) -> list[tuple[str, str, Any]]:
    return [(each.code, each.pointer, getattr(each, "span", None)) for each in lint(article, text).problems]


def _without(table: str, record_id: str) -> Article:
    changed: dict[str, Any] = {table: [each for each in ARTICLE.tables[table] if each.id != record_id]}
    return attrs.evolve(ARTICLE, **changed)


def _with(table: str, record_id: str, **fields: Any) -> tuple[Article, str]:
    """Return the article with changed fields of one record, and the pointer to it."""
    records = list(ARTICLE.tables[table])
    index = ARTICLE.tables[table].ids.index(record_id)
    records[index] = attrs.evolve(records[index], **fields)
    changed: dict[str, Any] = {table: records}
    return attrs.evolve(ARTICLE, **changed), f"/{table}/{index}"


def _sentence_of(span: Span) -> str:
    spans = [sentence.span for sentence in ARTICLE.source.sentences]
    return f"/source/sentences/{next(index for index, each in enumerate(spans) if each.contains(span))}"


def _first(table: str, wanted: Callable[[Any], object]) -> Any:
    return next(each for each in ARTICLE.tables[table] if wanted(each))


# One gap of each kind.


def unfilled_head() -> Planted:
    return Draft(article=ARTICLE, missing=("licence",)), "", None


def open_proposal() -> Planted:
    record = {"id": "time-1", "span": {"start": 4, "end": 9}}
    proposals = (Proposal(layer="times", record=record, by="a finder"),)
    return Draft(article=ARTICLE, proposals=proposals), "/draft/0", Span(4, 9)


def not_attachable() -> Planted:
    first, *others = ARTICLE.source.sentences
    source = attrs.evolve(ARTICLE.source, text=None, sentences=(attrs.evolve(first, shifts=None), *others))
    return attrs.evolve(ARTICLE, source=source), "/source/sentences/0", first.span


def uncovered_sentence() -> Planted:
    index = next(i for i, each in enumerate(ARTICLE.source.sentences) if each.no_claim is not None)
    sentences = list(ARTICLE.source.sentences)
    sentences[index] = attrs.evolve(sentences[index], no_claim=None)
    source = attrs.evolve(ARTICLE.source, sentences=tuple(sentences), text=None)
    return attrs.evolve(ARTICLE, source=source), f"/source/sentences/{index}", sentences[index].span


def missing_cue() -> Planted:
    claim = _first("claims", lambda each: len(each.voices) == 3)
    outer, middle, inner = claim.voices
    article, pointer = _with("claims", claim.id, voices=(outer, middle, attrs.evolve(inner, cue=None, hedges=())))
    return article, f"{pointer}/voices/2", claim.evidence[0]


def deep_event() -> Planted:
    event = _first("events", lambda each: all(len(claim.voices) > 1 for claim in ARTICLE.claims_for(each.id)))
    cues = [voice.cue for claim in ARTICLE.claims_for(event.id) for voice in claim.voices if voice.cue]
    sentence = next(each.span for each in ARTICLE.source.sentences if not any(each.span.contains(cue) for cue in cues))
    place = Span(sentence.start, sentence.start + 3)
    article, pointer = _with("events", event.id, evidence=(place,))
    return attrs.evolve(article, source=attrs.evolve(article.source, text=None)), f"{pointer}/evidence/0", place


def unrecorded_quotation() -> Planted:
    quotation = ARTICLE.quotations[4]
    return _without("quotations", quotation.id), _sentence_of(quotation.span), quotation.span


def unrecorded_name() -> Planted:
    mention = _first("mentions", lambda each: TEXT[each.span.start - 7 : each.span.end] == "to Ms. He")
    return _without("mentions", mention.id), _sentence_of(mention.span), mention.span


def unrecorded_pronoun() -> Planted:
    mention = _first("mentions", lambda each: TEXT[each.span.start : each.span.end + 6] == "She might")
    return _without("mentions", mention.id), _sentence_of(mention.span), mention.span


def loose_mention() -> Planted:
    mention = _first("mentions", lambda each: TEXT[each.span.end : each.span.end + 2] == "’s")
    longer = Span(mention.span.start, mention.span.end + 2)
    article, pointer = _with("mentions", mention.id, span=longer)
    return article, f"{pointer}/span", longer


def copied_words() -> Planted:
    claim = ARTICLE.claims[0]
    article, pointer = _with("claims", claim.id, gist="that at least two of the rivals left")
    return article, f"{pointer}/gist", None


def claim_id() -> Planted:
    return *_at_id(*_with("claims", ARTICLE.claims[-1].id, id="some-claim")), None


def relation_id() -> Planted:
    return *_at_id(*_with("relations", ARTICLE.relations[0].id, id="some-tie")), None


def argument_id() -> Planted:
    return *_at_id(*_with("arguments", ARTICLE.arguments[0].id, id="some-link")), None


def charging_id() -> Planted:
    event = _first("events", lambda each: each.id.endswith("-matter"))
    return *_at_id(*_with("events", event.id, id="some-event")), None


def accusing_id() -> Planted:
    return *_at_id(*_with("times", ARTICLE.times[0].id, id="theft-day")), None


def _at_id(article: Article, pointer: str) -> tuple[Article, str]:
    return article, f"{pointer}/id"


def absent_entity() -> Planted:
    relation = ARTICLE.relations[0]
    mention = _first("mentions", lambda each: each.entity == relation.subject)
    article, pointer = _with("relations", relation.id, evidence=(mention.span,))
    return article, f"{pointer}/evidence", mention.span


def open_mark() -> Planted:
    quotation = ARTICLE.quotations[4].span
    claim = _first(
        "claims", lambda each: quotation.end + 1 <= each.evidence[-1].end and each.evidence[0].start < quotation.start
    )
    place = Span(claim.evidence[0].start, quotation.end)
    article, pointer = _with("claims", claim.id, evidence=(place,))
    return article, pointer, place


def loose_event() -> Planted:
    event = _first("events", lambda each: TEXT[each.evidence[0].start - 4 : each.evidence[0].start] == "the ")
    first, *others = event.evidence
    longer = Span(first.start - 4, first.end)
    article, pointer = _with("events", event.id, evidence=(longer, *others))
    return article, f"{pointer}/evidence/0", longer


def _changed_voice(claim: Any, depth: int, **fields: Any) -> tuple[Article, str]:
    voices = list(claim.voices)
    voices[depth] = attrs.evolve(voices[depth], **fields)
    article, pointer = _with("claims", claim.id, voices=tuple(voices))
    return article, f"{pointer}/voices/{depth}"


def hedge_in_cue() -> Planted:
    claim = _first("claims", lambda each: len(each.voices) == 2 and each.voices[1].cue and not each.voices[1].hedges)
    article, pointer = _changed_voice(claim, 1, hedges=(claim.voices[1].cue,), commitment=Commitment.PROBABLE)
    return article, f"{pointer}/hedges/0", claim.voices[1].cue


def hedged_uncommitted() -> Planted:
    claim = _first("claims", lambda each: len(each.voices) == 1 and each.voices[0].hedges and not each.events)
    article, pointer = _changed_voice(claim, 0, commitment=Commitment.UNCOMMITTED)
    return article, pointer, claim.voices[0].hedges[0]


def unlisted_entity() -> Planted:
    claim = _first("claims", lambda each: "Sand" in each.gist and each.about)
    article, pointer = _with("claims", claim.id, about=tuple(each for each in claim.about if each != "wim-sand"))
    return article, f"{pointer}/about", claim.evidence[0]


def unlisted_participant() -> Planted:
    event = _first("events", lambda each: any(f" {word}" in each.gist for word in ("Halm", "Osk", "Sand")))
    article, pointer = _with("events", event.id, participants=(), place=None)
    return article, f"{pointer}/participants", event.evidence[0]


def claim_without_event() -> Planted:
    claim = _first("claims", lambda each: each.kind is ClaimKind.STATE and not each.events)
    article, pointer = _with("claims", claim.id, kind=ClaimKind.HAPPENING)
    return article, pointer, claim.evidence[0]


def office_without_body() -> Planted:
    event = _first("events", lambda each: each.kind == "personnel" and len(each.participants) > 1)
    kept = tuple(each for each in event.participants if each.role != "other")
    article, pointer = _with("events", event.id, participants=kept, gist="change")
    return article, f"{pointer}/participants", event.evidence[0]


def firm_event() -> Planted:
    event = _first("events", lambda each: each.status is EventStatus.SPECULATED)
    article, pointer = _with("events", event.id, status=EventStatus.OCCURRED)
    return article, f"{pointer}/status", event.evidence[0]


def denied_event() -> Planted:
    event = _first("events", lambda each: each.status is EventStatus.OCCURRED and len(ARTICLE.claims_for(each.id)) == 1)
    (claim,) = ARTICLE.claims_for(event.id)
    article, _ = _changed_voice(claim, 0, commitment=Commitment.CERTAINLY_NOT, hedges=())
    return article, f"/events/{ARTICLE.events.ids.index(event.id)}/status", event.evidence[0]


PLANTS = (
    *(unfilled_head, open_proposal, not_attachable, uncovered_sentence, missing_cue, deep_event, unrecorded_quotation),
    *(
        unrecorded_name,
        unrecorded_pronoun,
        loose_mention,
        copied_words,
        claim_id,
        relation_id,
        argument_id,
        charging_id,
    ),
    *(accusing_id, absent_entity, open_mark, loose_event, hedge_in_cue, hedged_uncommitted, unlisted_entity),
    *(unlisted_participant, claim_without_event, office_without_body, firm_event, denied_event),
)


def test_every_code_has_a_check_and_a_planted_gap() -> None:
    names = [f"LINT-{each.__name__.replace('_', '-')}" for each in (*GAPS, *GUIDELINES)]

    assert sorted(names) == sorted(LINT_CODES)
    assert [each.__name__ for each in PLANTS] == [each.__name__ for each in (*GAPS, *GUIDELINES)]


@pytest.mark.parametrize("plant", PLANTS)
def test_a_planted_gap_is_found_at_its_place(plant: Callable[[], Planted]) -> None:
    article, pointer, span = plant()

    found = _found(article)
    assert [each[:2] for each in found] == [(f"LINT-{plant.__name__.replace('_', '-')}", pointer)]
    assert span is None or found[0][2] == span


# Many gaps of one kind.


def test_every_quotation_that_is_left_out_is_missed() -> None:
    missed = [_found(_without("quotations", each.id))[0][::2] for each in ARTICLE.quotations]

    assert missed == [("LINT-unrecorded-quotation", each.span) for each in ARTICLE.quotations]


def _missed(words: str) -> set[str]:
    """Remove the mentions of these words one at a time, and return the codes reported at their spans."""
    found = set()
    for each in ARTICLE.mentions:
        alone = not any(each is not other and each.span.overlaps(other.span) for other in ARTICLE.mentions)
        if alone and TEXT[each.span.start : each.span.end] in words.split():
            codes = {code for code, _, span in _found(_without("mentions", each.id)) if span == each.span}
            found |= codes - {"LINT-absent-entity"} or {str(each.span)}
    return found


def test_every_pronoun_for_a_person_that_is_left_out_is_missed() -> None:
    assert _missed("he him his she She her I me My my They their") == {"LINT-unrecorded-pronoun"}


def test_every_surname_that_is_left_out_is_missed() -> None:
    assert _missed("Sand Brand Roe Osk Halm Norrund") == {"LINT-unrecorded-name"}


# Many records in one place.


def _people(*names: str, **fields: Any) -> list[Entity]:
    return [Entity(id=f"new-{n}", kind=EntityKind.PERSON, name=name, **fields) for n, name in enumerate(names)]


def _sheet(**fields: Any) -> Sheet:
    return Sheet(draft=Draft(article=attrs.evolve(ARTICLE, **fields)), text=str(ARTICLE.source.text))


def test_the_search_for_entities_in_evidence_is_limited() -> None:
    whole, added = Span(0, ARTICLE.source.length), _people("Nobody Here", "Nobody Else")
    claims = [attrs.evolve(each, evidence=(whole,), about=("new-0", "new-1")) for each in ARTICLE.claims]

    found = list(guidelines.absent_entity(_sheet(entities=[*ARTICLE.entities, *added], claims=claims, relations=())))

    assert len(claims) < len(found) < 2 * len(claims)


@pytest.mark.parametrize(("listed", "missed"), [((), 1), (("new-3",), 0)])
def test_the_names_of_many_namesakes_are_compared(listed: tuple[str, ...], missed: int) -> None:
    claim = attrs.evolve(ARTICLE.claims[0], gist="that Halmstead acts", about=listed)

    sheet = _sheet(entities=[*ARTICLE.entities, *_people(*["Halmstead"] * 21)], claims=[claim])

    assert len(list(guidelines.unlisted_entity(sheet))) == missed


# Custom texts.


def _article(text: str, mentions: dict[str, str] | None = None, **fields: Any) -> Article:
    """An article whose every sentence is page matter but the lines of the text, with mentions of one person."""
    ends = [index + 1 for index, character in enumerate(text) if character in "\n"] or [len(text)]
    places = list(zip([0, *ends[:-1]], ends, strict=True))
    draft = new_article(text, id="toll", authors=["Ines Maro"], splitter=lambda _: places, proposals=False)
    made = tuple(
        Mention(
            id=f"m-{number}",
            entity="ines-maro",
            span=Span(text.index(words), text.index(words) + len(words)),
            form=form,
        )
        for number, (words, form) in enumerate(
            (words, MentionForm[form.upper()]) for words, form in (mentions or {}).items()
        )
    )
    return attrs.evolve(draft.article, mentions=made, **fields)


def _names(text: str, mentions: dict[str, str] | None = None, **fields: Any) -> list[str]:
    article = _article(text, mentions, **fields)
    codes = {"LINT-unrecorded-name", "LINT-unrecorded-pronoun", "LINT-loose-mention"}
    return [text[span.start : span.end] for code, _, span in _found(article, text) if code in codes]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The pilots of Halm left for New York on Monday in May.\n", ["Halm", "New York"]),
        ("Harbours burn.\nThe harbours of a Harbours man, who said: No way – Never.\n", []),
        ("It was Senator Aldo Brand who left.\n", ["Senator Aldo Brand"]),
        ("They saw Dr. Roe’s ship, Jean-Luc and an Ostmarkian-language paper.\n", ["Roe", "Jean-Luc"]),
        ("The CEO of NATO saw it on TV with a Ph.D. and P. Sel.\n", ["NATO", "Sel"]),
        ("WHO PAYS HALM?\nOpenAI pays.\n", ["OpenAI"]),
        ("In Maro stood a house. Maro fell.\n", ["Maro", "Maro"]),
        ("Σήμερα ο Σωκράτης είδε τον Πλάτωνα.\n", ["Σωκράτης", "Πλάτωνα"]),
        ("Nichts als 北京 und пароход в Москве.\n", ["Москве"]),
    ],
)
def test_names_are_distinguished_from_other_capitalised_words(text: str, found: list[str]) -> None:
    assert _names(text) == found


def test_titles_before_a_mention_are_no_names() -> None:
    assert _names("We saw Vice Premier Maro and the Old Premier again.\n", {"Maro": "name"}) == ["Old Premier"]


def test_in_a_language_that_begins_nouns_with_a_capital_only_known_names_are_looked_for() -> None:
    assert _names("Am Tag sah der Mann die Maro und den Hafen.\n", language="de-AT") == ["Maro"]


@pytest.mark.parametrize(
    ("text", "mentions", "found"),
    [
        ("We know that he left and I saw her.\n", {}, ["he", "I", "her"]),
        ("Tolls rise, and they hurt.\n", {}, []),
        ("Then Maro fell.\nTolls fell.\nAnd their sons, they fell.\n", {"Maro": "name"}, []),
        ("Then Maro fell, and they fell.\n", {"Maro": "name"}, ["they"]),
        ("The US left him.\n", {"him": "pronoun"}, ["US"]),
    ],
)
def test_pronouns_are_looked_for(text: str, mentions: dict[str, str], found: list[str]) -> None:
    assert _names(text, mentions) == found


def test_pronouns_are_looked_for_in_english_only() -> None:
    assert _names("Han ser I her.\n", language="da") == []


@pytest.mark.parametrize(
    ("words", "form", "is_loose"),
    [
        ("the pilot", "nominal", True),
        ("pilot,", "nominal", True),
        ("pilot", "nominal", False),
        ("his", "pronoun", False),
    ],
)
def test_a_mention_is_no_longer_than_it_should_be(words: str, form: str, is_loose: bool) -> None:
    text = "then the pilot, with his ship, fell.\n"

    assert _names(text, {words: form, "his": "pronoun"} if words != "his" else {"his": "pronoun"}) == [words] * is_loose


def test_words_of_english_are_looked_for_in_english_only() -> None:
    text = "so saw an Ufer, sie.\n"

    assert _names(text, {"an Ufer": "nominal"}, language="de") == []
    assert _names(text, {"sie.": "nominal", "an Ufer,": "nominal"}, language="de") == ["an Ufer,"]


def test_a_pair_of_marks_that_is_proposed_is_reported_once() -> None:
    text = "so «\u00a0no\u00a0» and “yes”.\n"
    draft = new_article(text, id="toll", splitter=lambda _: [(0, len(text))], proposals=False)

    found = [(code, pointer) for code, pointer, _ in _found(draft, text)]
    assert ("LINT-unrecorded-quotation", "/source/sentences/0") not in found
    assert [pointer for code, pointer in found if code == "LINT-open-proposal"] == ["/draft/0", "/draft/1"]


# Arguments and reports.


def test_an_article_without_its_text_is_checked_without_it() -> None:
    bare = attrs.evolve(ARTICLE, mentions=(), source=attrs.evolve(ARTICLE.source, text=None))

    assert _found(bare) == []
    assert {code for code, *_ in _found(bare, TEXT)} == {
        "LINT-unrecorded-name",
        "LINT-unrecorded-pronoun",
        "LINT-absent-entity",
    }


def test_an_article_without_sentences_can_be_looked_at() -> None:
    bare = attrs.evolve(ARTICLE, source=attrs.evolve(ARTICLE.source, sentences=(), paragraphs=()))

    found = _found(attrs.evolve(bare, quotations=ARTICLE.quotations[1:]))
    assert found[0] == ("LINT-not-attachable", "/source/sentences", None)
    assert ("LINT-unrecorded-quotation", "/source", ARTICLE.quotations[0].span) in found


def test_references_that_lead_nowhere_are_left_to_validate() -> None:
    broken = attrs.evolve(ARTICLE, entities=())

    assert not validate(broken).ok
    assert {code for code, *_ in _found(broken)} <= set(LINT_CODES)


def test_a_warning_is_not_an_error_and_has_a_hint() -> None:
    (warning,) = lint(attrs.evolve(ARTICLE, claims=()), None).problems[:1]

    assert isinstance(warning, LintWarning)
    assert str(warning) == (
        "warning LINT-uncovered-sentence at /source/sentences/0: the sentence has neither a claim nor a reason; "
        "Annotate the claim in it, or give the reason in `no_claim`."
    )
    assert lint(attrs.evolve(ARTICLE, claims=())).ok


def test_an_article_with_a_different_text_is_checked_without_it() -> None:
    other = attrs.evolve(ARTICLE, mentions=(), source=attrs.evolve(ARTICLE.source, text="Other."))

    assert _found(other) == []


def test_a_different_text_is_rejected() -> None:
    with pytest.raises(InvalidRecord) as caught:
        lint(ARTICLE, TEXT.upper())

    assert str(caught.value) == "text: is not the annotated text of 'harbour-toll': its length or SHA-256 differs"
