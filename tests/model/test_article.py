"""Records: the checks of single objects, and the queries of an article."""

from __future__ import annotations

import copy
import datetime
import pickle
from decimal import Decimal
from typing import Any

import attrs
import pytest
from hypothesis import given

from oped_dataset import dumps, loads
from oped_dataset.codec import wire
from oped_dataset.errors import (
    InvalidDate,
    InvalidRecord,
    RecordNotFound,
    UnknownField,
)
from oped_dataset.model import article as model
from oped_dataset.model import records
from oped_dataset.model import vocabulary as v
from oped_dataset.model.article import Article, EntityTable, EventTable
from oped_dataset.model.dates import Edtf
from oped_dataset.model.records import (
    Claim,
    Entity,
    Identifier,
    Quantity,
    Source,
    Span,
    TimeExpression,
    Voice,
    spans_of,
)
from oped_dataset.plots.timeline import plot_timeline
from oped_dataset.testing import strategies

RECORDS = [
    thing
    for module in (records, model)
    for thing in vars(module).values()
    if isinstance(thing, type) and attrs.has(thing) and thing.__module__ == module.__name__
]


@pytest.fixture
def article(small: dict[str, Any]) -> Article:
    return wire.from_data(small)


@pytest.mark.parametrize("record", RECORDS)
def test_records_are_frozen_and_slotted(record: type) -> None:
    assert "__setattr__" in vars(record)
    assert not any("__dict__" in vars(base) for base in record.__mro__)


@pytest.mark.parametrize("record", [record for record in RECORDS if record is not Span])
def test_records_take_keywords_only(record: type) -> None:
    assert all(attribute.kw_only for attribute in attrs.fields(record))


@given(strategies.articles())
def test_articles_compare_and_hash_by_value_and_pickle_and_copy(article: Article) -> None:
    twins = [pickle.loads(pickle.dumps(article)), copy.deepcopy(article), copy.copy(article), attrs.evolve(article)]

    assert all(twin == article and hash(twin) == hash(article) for twin in twins)


def test_a_record_does_not_change(article: Article) -> None:
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        article.entities[0].name = "Someone"  # type: ignore[misc]


def test_a_table_does_not_change(article: Article) -> None:
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        article.entities.extra = 1
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        del article.entities._records


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Span(-1, 2), "Span.start: must be at least 0 and below 2**53, not -1"),
        (lambda: Span(True, 2), "Span.start: must be int, not bool"),
        (lambda: Span(2, 2), "Span.end: must be greater than start (2), not 2"),
        (
            lambda: _entity(id="No Slug"),
            "Entity.id: 'No Slug' is not a slug (lowercase ASCII letters, digits, single hyphens)",
        ),
        (lambda: _entity(id=1), "Entity.id: must be str, not int"),
        (
            lambda: _entity(kind="person"),
            "Entity.kind: must be a member of EntityKind, not str",
        ),
        (lambda: _entity(name="  "), "Entity.name: must not be blank"),
        (lambda: _entity(name=None), "Entity.name: must be str, not None"),
        (lambda: _entity(name="\ud800"), "Entity.name: contains a lone surrogate"),
        (
            lambda: _entity(aliases=["y"]),
            "Entity.aliases: must be tuple, not list",
        ),
        (lambda: Identifier(scheme="wikidata", value="", seen_in="x"), "Identifier.value: must not be blank"),
        (
            lambda: Source(sha256="ab", length=1),
            "Source.sha256: 'ab' is not a SHA-256 in lowercase hexadecimal",
        ),
        (lambda: Source(sha256="0" * 64, length=0), "Source.length: must be at least 1 and below 2**53, not 0"),
        (lambda: _quantity(Decimal("NaN")), "Quantity.value: must be finite, not NaN"),
        (lambda: _quantity(1.5), "Quantity.value: must be Decimal, not float"),
        (lambda: _quantity(Decimal("-0")), "Quantity.value: must not be negative zero"),
        (lambda: _quantity(Decimal("1e99")), "Quantity.value: takes more than 40 characters when written out"),
        (lambda: _claim(voices=()), "Claim.voices: must not be empty"),
        (lambda: _claim(evidence=()), "Claim.evidence: must not be empty"),
        (
            lambda: EntityTable([Span(0, 1)]),  # type: ignore[list-item]
            "EntityTable: must contain Entity, not Span",
        ),
    ],
)
def test_an_invalid_object_is_rejected_with_class_and_field(make: Any, message: str) -> None:
    with pytest.raises(InvalidRecord) as caught:
        make()

    assert str(caught.value) == message


def _entity(**changes: Any) -> Entity:
    return Entity(**({"id": "x", "kind": v.EntityKind.PERSON, "name": "x"} | changes))


def _quantity(value: Any) -> Quantity:
    return Quantity(id="q", span=Span(0, 1), value=value)


def _claim(**changes: Any) -> Claim:
    voice = Voice(
        source="ines",
        act=v.Act.SAY,
        channel=v.Channel.PUBLISHED_WORK,
        commitment=v.Commitment.CERTAIN,
        mode=v.Mode.DIRECT,
    )
    plain = {"id": "c", "gist": "x", "kind": v.ClaimKind.STATE, "ground": v.Ground.BARE}
    return Claim(**(plain | {"voices": (voice,), "evidence": (Span(0, 1),)} | changes))


def test_entities_are_named_and_mentions_are_not_metonyms_by_default() -> None:
    mention = records.Mention(id="m", entity="x", span=Span(0, 1), form=v.MentionForm.NAME)

    assert (_entity().named, mention.metonym) == (True, False)


def test_a_datetime_is_not_accepted_as_a_date(article: Article) -> None:
    with pytest.raises(InvalidRecord) as caught:
        attrs.evolve(article, published=datetime.datetime(2019, 7, 13))

    assert str(caught.value) == "Article.published: must be date, not datetime"


@pytest.mark.parametrize(
    ("kind", "value", "message"),
    [
        (v.TimeKind.DATE, "P1D", "'P1D' is not a date in the supported part of EDTF"),
        (v.TimeKind.DURATION, "2019", "'2019' is not an ISO 8601 duration"),
        (v.TimeKind.SET, "2019", "'2019' is not an ISO 8601 duration"),
        (v.TimeKind.TIME, "25:00", "'25:00' is not a time of day"),
        (v.TimeKind.TIME, "2019-02-30T18:30", "'2019-02-30T18:30' is not a time of day"),
        (v.TimeKind.TIME, "x" * 90, f"'{'x' * 80}…' is not a time of day"),
        (v.TimeKind.SET, "x" * 90, f"'{'x' * 80}…' is not an ISO 8601 duration"),
    ],
)
def test_the_value_of_a_time_must_fit_its_kind(kind: v.TimeKind, value: str, message: str) -> None:
    with pytest.raises(InvalidDate) as caught:
        TimeExpression(id="t", span=Span(0, 1), kind=kind, value=value)

    assert str(caught.value) == message


def test_only_times_of_kind_date_have_a_date() -> None:
    def time(kind: v.TimeKind, value: str | None) -> Edtf | None:
        return TimeExpression(id="t", span=Span(0, 1), kind=kind, value=value).edtf

    assert time(v.TimeKind.DATE, "2019-07") == Edtf("2019-07")
    assert time(v.TimeKind.DATE, None) is None
    assert time(v.TimeKind.TIME, "T18:30") is None
    assert time(v.TimeKind.DURATION, "P2M") is None


def test_spans_cover_contain_and_overlap() -> None:
    span = Span(2, 5)

    assert [span.covers(offset) for offset in (1, 2, 3, 4, 5, 6)] == [False, True, True, True, False, False]
    assert [span.overlaps(Span(*other)) for other in ((0, 1), (0, 2), (0, 3), (4, 9))] == [False, False, True, True]
    assert [span.overlaps(Span(*other)) for other in ((5, 9), (7, 9))] == [False, False]
    assert [span.contains(Span(*other)) for other in ((2, 5), (3, 4), (1, 5), (2, 6))] == [True, True, False, False]
    assert span.length == 3
    assert Span(0, 9) < span


def test_a_table_is_subscripted_by_id_position_and_slice(article: Article) -> None:
    entities = article.entities

    assert entities["maro"] is entities[2]
    assert entities[1:3].ids == ("leo", "maro")
    assert isinstance(entities[:2], EntityTable)
    assert "maro" in entities
    assert entities[0] in entities
    assert "toll" not in entities


def test_an_unknown_id_suggests_similar_ids(article: Article) -> None:
    with pytest.raises(RecordNotFound) as caught:
        article.entities["mar"]

    assert str(caught.value) == "no record 'mar'; did you mean 'maro'?"
    assert caught.value.nearest == ("maro",)
    assert isinstance(caught.value, KeyError)


def test_an_unknown_id_without_similar_ids_has_no_suggestion(article: Article) -> None:
    with pytest.raises(RecordNotFound) as caught:
        article.record("zzzzzz")

    assert str(caught.value) == "no record 'zzzzzz'"


def test_where_compares_fields(article: Article) -> None:
    assert article.mentions.where(entity="maro", form=v.MentionForm.NAME).ids == ("m-maro",)
    assert article.mentions.where(form="pronoun").ids == ("m-she",)


@pytest.mark.parametrize(
    ("field", "message"),
    [
        ("entiti", "Mention has no field 'entiti'; did you mean 'entity'?"),
        ("zzz", "Mention has no field 'zzz'; it has entity, form, id, metonym, span"),
    ],
)
def test_where_rejects_an_unknown_field(article: Article, field: str, message: str) -> None:
    with pytest.raises(UnknownField) as caught:
        article.mentions.where(**{field: "x"})  # type: ignore[arg-type]

    assert str(caught.value) == message


def test_tables_compare_by_their_records(article: Article) -> None:
    entities = article.entities

    assert entities == EntityTable(list(entities))
    assert entities != entities[1:]
    assert entities != tuple(entities)


def test_the_first_of_two_equal_ids_is_found() -> None:
    one, other = (Entity(id="x", kind=v.EntityKind.PERSON, name=name) for name in ("one", "other"))

    assert EntityTable([one, other])["x"] is one


def test_claims_by_voice_at_any_depth(article: Article) -> None:
    assert article.claims.voiced_by("sel").ids == ("c-loss",)
    assert article.claims.voiced_by(article.entities["sel"]).ids == ("c-loss",)
    assert article.claims.voiced_by("gull").ids == ("c-loss",)
    assert len(article.claims.voiced_by("ines")) == len(article.claims)


def test_claims_of_an_article_in_a_file_are_found_by_voice(article: Article) -> None:
    assert loads(dumps(article)).claims.voiced_by("sel").ids == ("c-loss",)


def test_options_of_attach_path_and_plot_timeline_are_keyword_only(article: Article) -> None:
    with pytest.raises(TypeError, match="takes 2 positional arguments but 3 were given"):
        article.attach_path("copy.txt", "utf-8")  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="takes 1 positional argument but 2 were given"):
        plot_timeline(article, "2019")  # type: ignore[call-arg]


def test_claims_by_carried_record(article: Article) -> None:
    assert article.claims.carrying("e-rise").ids == ("c-rise",)
    assert article.claims["c-loss"].carries == ("q-loss",)


@pytest.mark.parametrize(
    ("time", "ids"),
    [("2019-05", ("e-rise",)), ("2018", ()), ("2019/..", ("e-rise",)), ("2019-05-03", ("e-rise",)), ("2019-05-02", ())],
)
def test_events_during_a_time(article: Article, time: str, ids: tuple[str, ...]) -> None:
    assert article.events.during(time).ids == ids


def test_relations_during_a_time(article: Article) -> None:
    assert (article.relations.during("2031").ids, article.relations.during("2017").ids) == (("r-head",), ())
    assert [article.relations.during(f"20{day}").ids for day in ("17-12-31", "18-01-01")] == [(), ("r-head",)]


def test_the_timeline_sorts_dated_events(article: Article) -> None:
    rise = article.events["e-rise"]
    times = ["2019", "2018-03", "../2018", "2018-03-01"]
    events = EventTable(attrs.evolve(rise, id=f"e-{index}", when=Edtf(time)) for index, time in enumerate(times))

    timeline = attrs.evolve(article, events=[*events, article.events["e-fall"]]).timeline()

    assert [event.when for event in timeline] == ["../2018", "2018-03-01", "2018-03", "2019"]


def test_records_at_an_offset(article: Article) -> None:
    start = article.mentions["m-maro"].span.start

    assert [record.id for record in article.records_at(start)] == ["m-maro", "e-rise", "c-rise"]
    assert article.records_at(start - 1) == article.records_at(10**6) == ()
    assert [record.id for record in article.records_at(article.mentions["m-gull"].span.start)] == ["m-gull"]


def test_spans_of_a_claim_include_cues_and_hedges(article: Article) -> None:
    loss, fall = article.claims["c-loss"], article.claims["c-fall"]

    assert len(spans_of(loss)) == 3
    assert spans_of(fall) == (*fall.evidence, *fall.voices[0].hedges)
    assert spans_of(article.entities[0]) == ()


def test_a_dossier_contains_the_records_about_an_entity(article: Article) -> None:
    dossier = article.about("maro")

    assert dossier.entity.name == "Maro"
    assert dossier.claims.ids == ("c-rise",)
    assert dossier.events.ids == ("e-rise",)
    assert dossier.relations.ids == ("r-head",)
    assert dossier.mentions.ids == ("m-maro", "m-she")


@pytest.mark.parametrize(
    ("record", "claims"),
    [
        ("e-rise", ("c-rise",)),
        ("r-head", ("c-head",)),
        ("q-loss", ("c-loss",)),
        ("said-sel", ("c-loss",)),
        ("maro", ("c-rise",)),
        ("a-loss", ("c-loss", "c-fall")),
        ("c-head", ("c-head",)),
        ("m-maro", ("c-rise",)),
        ("t-may", ("c-rise",)),
    ],
)
def test_claims_for_every_kind_of_record(article: Article, record: str, claims: tuple[str, ...]) -> None:
    assert article.claims_for(record).ids == claims


@pytest.mark.parametrize(
    ("commitment", "side"),
    [
        *(("certain", "for"), ("probable", "for"), ("possible", "for")),
        *(("certainly-not", "against"), ("probably-not", "against"), ("possibly-not", "against")),
        *(("uncommitted", "open"), ("knows-whether", "open")),
    ],
)
def test_a_claim_has_the_side_of_its_innermost_voice(commitment: str, side: str, article: Article) -> None:
    *outer, last = article.claims["c-loss"].voices
    last = attrs.evolve(last, commitment=next(label for label in v.Commitment if label == commitment))

    assert attrs.evolve(article.claims["c-loss"], voices=(*outer, last)).side == side


def test_the_repr_of_a_claim_contains_its_voices(article: Article) -> None:
    assert repr(article.claims["c-loss"]) == (
        "<Claim c-loss: ines (uncommitted) > gull (certain) > sel (certain): The ferry is 40 crowns short.>"
    )


@pytest.mark.parametrize(
    ("record", "shown"),
    [
        ("e-rise", "<Event e-rise: governing, 2019-05-03, as presented>"),
        ("e-fall", "<Event e-fall: economic-change, undated, as presented>"),
        ("r-head", "<Relation r-head: leads, 2018/.., as presented>"),
        ("maro", "<Entity maro: Maro (person)>"),
    ],
)
def test_the_repr_of_other_records_is_short(article: Article, record: str, shown: str) -> None:
    assert repr(article.record(record)) == shown


def test_the_repr_of_a_relation_shows_that_it_is_over(article: Article) -> None:
    relation = attrs.evolve(article.relations["r-head"], during=None, ended=True)

    assert repr(relation) == "<Relation r-head: leads, undated, presented as over>"


def test_the_repr_of_a_source_omits_text_and_sentences(article: Article) -> None:
    digest = article.source.sha256[:8]

    assert repr(article.source) == (
        f"Source(sha256='{digest}…', length={article.source.length}, sentences=<5>, canonicalisation='oped-1', "
        "paragraphs=<4>)"
    )


def test_the_repr_of_articles_and_tables_is_short(article: Article) -> None:
    assert repr(article) == "<Article small: 4 claims, 2 events, 6 entities>"
    assert repr(article.entities) == "<EntityTable of 6: ines, leo, maro, sel, gull, …>"
    assert repr(EntityTable()) == "<EntityTable of 0>"


def test_notebooks_show_data_as_text(article: Article) -> None:
    hostile = attrs.evolve(article.claims["c-loss"], gist="<script>alert()</script>")
    shown = attrs.evolve(article, title="<b>", claims=[hostile] * 60)

    pages = [shown._repr_html_(), shown.claims._repr_html_(), hostile._repr_html_(), shown.entities._repr_html_()]

    assert not any("<script>" in page or "<b>" in page for page in pages)
    assert "… and 10 more" in pages[1]


def test_a_shift_can_begin_a_sentence_and_has_at_least_one_character() -> None:
    assert records.Shift(at=0, length=1, normal=0).at == 0
    for wrong in ({"at": -1}, {"length": 0}, {"normal": -1}):
        with pytest.raises(InvalidRecord):
            records.Shift(**{"at": 0, "length": 1, "normal": 0} | wrong)


def test_adjacent_shifts_can_fill_a_sentence() -> None:
    assert len(_shifted((0, 2), (2, 3)).shifts or ()) == 2


@pytest.mark.parametrize(("places", "wrong"), [([(3, 3)], 3), ([(1, 1), (1, 1)], 1), ([(4, 1), (0, 1)], 0)])
def test_shifts_that_overlap_or_exceed_the_sentence_are_rejected(places: list[tuple[int, int]], wrong: int) -> None:
    with pytest.raises(InvalidRecord) as caught:
        _shifted(*places)

    assert str(caught.value) == (
        f"Sentence.shifts: the shift at {wrong} overlaps the previous one or exceeds the sentence"
    )


def _shifted(*places: tuple[int, int]) -> records.Sentence:
    """Make a sentence of five characters with shifts of these offsets and lengths."""
    shifts = tuple(records.Shift(at=at, length=length, normal=0) for at, length in places)
    return records.Sentence(span=Span(10, 15), digest="0" * 16, shifts=shifts)


def test_a_text_has_at_least_one_character_and_a_format_a_version(article: Article) -> None:
    assert Source(sha256="0" * 64, length=1).length == 1
    with pytest.raises(InvalidRecord, match=r"Article\.schema_version: must be at least 1 and below 2\*\*53, not 0"):
        attrs.evolve(article, schema_version=0)


def test_an_article_has_an_author(article: Article) -> None:
    with pytest.raises(InvalidRecord, match=r"Article\.authors: must not be empty"):
        attrs.evolve(article, authors=())
