"""The rules of the annotation guidelines that a program can decide, over the bundled articles.

What lives here: one test a rule, named after it. Most ask for the text; that of `retired-officials-2019` is not
redistributable, and what needs it is skipped without it.
What does not: the rules of the format, which `validate` checks in any article, and what only a reader can decide.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from importlib.resources import files

import pytest

from oped_dataset import Article, Claim, Event, Span, load
from oped_dataset.model.records import spans_of
from oped_dataset.model.vocabulary import ClaimKind, Commitment, EntityKind, EventKind, EventStatus, Role

EVERY = tuple(json.loads(files("oped_dataset").joinpath("data/manifest.json").read_bytes())["articles"])
EDITED = tuple(name for name in EVERY if not load(name).data_version.startswith("1."))
"""The articles annotated, or annotated again, after the guidelines had all these rules."""

MOST_WORDS = 4
"""A gist has no longer run of the author's words (F1)."""
OPENING = re.compile(r"(?i:the|an?|its|his|her|their|our|all|both|this|these|those|who|which|and|but|or|when|while)\b")
CLOSING = re.compile(r"\b(?:who|which|that|and|or|the|to)$")
"""What stands at no end of an event's evidence (S14)."""
WRONGS = re.compile(
    r"theft|steal|stolen|fraud|sabotag|\blie\b|liar|cover-up|crime|criminal|(?<!anti-)corrupt|forge|fake|scandal|bribe"
)
"""Names of wrongs and judgements, which no id holds outside the name of an entity or of an official act (F6)."""
MATTERS = {
    *(EventKind.ACCUSE, EventKind.ASSAULT, EventKind.COERCE, EventKind.HARM, EventKind.LEGAL_PROCESS),
    *(EventKind.REJECT, EventKind.THREATEN),
}
UNSURE = {EventStatus.REPORTED, EventStatus.SPECULATED, EventStatus.NEGATED}
FREE = {EventStatus.PLANNED, EventStatus.HYPOTHETICAL}
"""These do not say whether an event takes place (E12)."""
NO_BODY = {"xi-accession", "xi-office-change", "zhou-tenure"}
"""Changes of office whose body no telling names (E7)."""
OTHERWISE = {
    ("china-daily-on-trade-dispute-cause", "donald-trump"),
    ("wang-youqun-on-inspection-office", "shaanxi-government"),
    ("wang-youqun-on-observers-view", "court-affair-observers"),
    ("wang-youqun-on-zhao-office", "shaanxi-province"),
    ("shaanxi-inspection-office-and-shaanxi-government", "shaanxi-government"),
}
"""Entities for which an adjective, a word of a title or *anyone* stands, none of which is a mention (S9)."""


@pytest.fixture(params=EDITED)
def article(request: pytest.FixtureRequest) -> Article:
    """Each article in turn."""
    return load(request.param)


@pytest.fixture
def text(article: Article, request: pytest.FixtureRequest) -> str:
    """Its text, from the file itself or from whoever has it."""
    found: str = article.source.text or request.getfixturevalue("article_text")
    return found


def test_f1_no_gist_has_a_long_run_of_the_authors_words(article: Article, text: str) -> None:
    runs = set(_runs(_words(text)))
    copied = [record.id for record in (*article.claims, *article.events) if runs & set(_runs(_words(record.gist)))]

    assert copied == []


def test_f6_the_id_of_a_claim_begins_with_its_innermost_voice(article: Article) -> None:
    assert [c.id for c in article.claims if not c.id.startswith(f"{c.voices[-1].source}-on-")] == []


def test_f6_the_id_of_a_relation_is_subject_and_object(article: Article) -> None:
    wrong = [r.id for r in article.relations if not _is_numbered(r.id, f"{r.subject}-and-{r.object}")]

    assert wrong == []


def test_f6_the_id_of_a_link_is_that_of_its_source(article: Article) -> None:
    assert [link.id for link in article.arguments if not _is_numbered(link.id, f"{link.source}-link")] == []


def test_f6_what_charges_somebody_is_a_matter(article: Article) -> None:
    charging = [event for event in article.events if event.kind in MATTERS or event.status in UNSURE]

    assert [event.id for event in charging if not re.search(r"-matter(-\d+)?$", event.id)] == []


def test_f6_no_id_names_a_wrong(article: Article) -> None:
    ids = [record.id for table in article.tables.values() for record in table]

    assert [each for each in ids if WRONGS.search(each)] == []


def test_s9_whoever_a_record_is_about_stands_in_its_evidence(article: Article, text: str) -> None:
    told = [(claim.id, claim.evidence, entity) for claim in article.claims for entity in claim.about]
    tied = [(tie.id, tie.evidence, end) for tie in article.relations for end in (tie.subject, tie.object)]
    absent = {
        (record_id, entity)
        for record_id, evidence, entity in (*told, *tied)
        if article.entities[entity].kind is not EntityKind.LAW  # A fee is told of through the law that sets it (M11).
        and not any(_stands_in(article, text, entity, span) for span in evidence)
    }

    assert absent - OTHERWISE == set()


def test_s12_evidence_closes_the_marks_it_opens(article: Article, text: str) -> None:
    records = (*article.claims, *article.events, *article.relations)
    open_marks = [(r.id, span) for r in records for span in spans_of(r) if _marks(text, span) != [0, 0]]

    assert open_marks == []


def test_s14_the_evidence_of_an_event_has_no_small_words_at_its_ends(article: Article, text: str) -> None:
    places = [(event.id, _at(text, span)) for event in article.events for span in event.evidence]

    assert [place for place in places if OPENING.match(place[1]) or CLOSING.search(place[1])] == []
    assert [place for place in places if place[1].endswith((".", ",", ";")) and "”" not in place[1]] == []


def test_v22_a_hedge_lies_outside_the_cue(article: Article) -> None:
    voices = [(claim.id, voice) for claim in article.claims for voice in claim.voices]

    assert [i for i, voice in voices if voice.cue and any(voice.cue.overlaps(hedge) for hedge in voice.hedges)] == []


def test_v22_only_a_voice_that_relays_is_uncommitted_and_has_a_hedge(article: Article) -> None:
    last = [(claim.id, claim.voices[-1]) for claim in article.claims]

    assert [i for i, voice in last if voice.hedges and voice.commitment is Commitment.UNCOMMITTED] == []


def test_c4_about_holds_every_entity_that_the_gist_names(article: Article) -> None:
    missing = [(c.id, name) for c in article.claims for name in _unlisted(article, c.gist, set(c.about))]

    assert missing == []


def test_c4_participants_hold_every_entity_that_the_gist_names(article: Article) -> None:
    missing = [
        (event.id, name)
        for event in article.events
        for name in _unlisted(article, event.gist, {event.place or "", *(p.entity for p in event.participants)})
    ]

    assert missing == []


def test_e1_a_claim_that_something_happens_has_an_event(article: Article) -> None:
    assert [claim.id for claim in article.claims.where(kind=ClaimKind.HAPPENING) if not claim.events] == []


def test_e7_a_change_of_office_names_the_body(article: Article) -> None:
    changes = article.events.where(kind=EventKind.PERSONNEL)
    without = {event.id for event in changes if not any(p.role is Role.OTHER for p in event.participants)}

    assert without - NO_BODY == set()


def test_e12_no_status_is_firmer_than_the_voices(article: Article) -> None:
    certain = [event for event in article.events if event.status not in FREE]
    too_firm = [event.id for event in certain if _firmness(event.status) > _firmest(article, event)]

    assert too_firm == []


def test_e12_an_author_who_denies_makes_no_event_occur(article: Article) -> None:
    denied = [
        event.id
        for event in article.events.where(status=EventStatus.OCCURRED)
        if all(claim.voices[0].commitment is Commitment.CERTAINLY_NOT for claim in article.claims_for(event.id))
    ]

    assert denied == []


def _firmest(article: Article, event: Event) -> int:
    """How firm the status of an event may be, by the claims that carry it."""
    claims = article.claims_for(event.id)
    own = [claim for claim in claims if len(claim.voices) == 1]
    return max(_allowed(article, claim) for claim in own or claims)


def _allowed(article: Article, claim: Claim) -> int:
    *outer, last = (voice.commitment for voice in claim.voices)
    if set(outer) <= {Commitment.CERTAIN} and last in (Commitment.CERTAIN, Commitment.CERTAINLY_NOT):
        return _firmness(EventStatus.OCCURRED)
    if outer[:1] == [Commitment.CERTAINLY_NOT]:
        return _firmness(EventStatus.NEGATED)
    relayed = last is Commitment.CERTAIN and set(outer) <= {Commitment.CERTAIN, Commitment.UNCOMMITTED}
    if relayed and not any(_is_nameless(article, voice.source) for voice in claim.voices):
        return _firmness(EventStatus.REPORTED)
    return _firmness(EventStatus.SPECULATED)


def _firmness(status: EventStatus) -> int:
    return {EventStatus.SPECULATED: 0, EventStatus.REPORTED: 1}.get(status, 2)


def _is_nameless(article: Article, entity_id: str) -> bool:
    # An unnamed person, or nobody: a body or a group is known by what it is, though it has no name.
    entity = article.entities[entity_id]
    return not entity.named and (entity.kind is EntityKind.PERSON or entity_id in ("implicit-source", "unknown-source"))


def _unlisted(article: Article, gist: str, listed: set[str]) -> Iterator[str]:
    """The proper names in a gist that nothing listed bears."""
    borne = {name for entity in listed & set(article.entities.ids) for name in _names(article, entity)}
    known = {name for entity in article.entities for name in _names(article, entity.id) if name[0].isupper()}
    pattern = "|".join(re.escape(name) for name in sorted(known, key=len, reverse=True))
    for match in re.finditer(rf"(?<![\w-])(?:{pattern})(?![\w-])", gist):
        owners = [entity.id for entity in article.entities if match[0] in _names(article, entity.id)]
        spellings = {name for owner in owners for name in _names(article, owner)}
        if not any(spelling in bearer for spelling in spellings for bearer in borne):
            yield match[0]


def _names(article: Article, entity_id: str) -> set[str]:
    entity = article.entities[entity_id]
    return {name.replace("’", "'") for name in (entity.name, *entity.aliases)}


def _stands_in(article: Article, text: str, entity_id: str, span: Span) -> bool:
    names = _names(article, entity_id)
    inside = [mention.entity for mention in article.mentions if span.contains(mention.span)]
    # A country in *Chinese state media* stands for its government, whose name holds the country's.
    kin = [other for other in inside if any(article.entities[other].name in name for name in names)]
    words = _at(text, span).replace("’", "'")
    return entity_id in inside or bool(kin) or any(re.search(rf"\b{re.escape(name)}\b", words) for name in names)


def _is_numbered(record_id: str, stem: str) -> bool:
    return re.fullmatch(rf"{re.escape(stem)}(-\d+)?", record_id) is not None


def _marks(text: str, span: Span) -> list[int]:
    words = _at(text, span)
    return [words.count("“") - words.count("”"), words.count("[") - words.count("]")]


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower().replace("’", "'"))


def _runs(words: list[str]) -> Iterator[tuple[str, ...]]:
    return (tuple(words[index : index + MOST_WORDS + 1]) for index in range(len(words) - MOST_WORDS))


def _at(text: str, span: Span) -> str:
    return text[span.start : span.end]
