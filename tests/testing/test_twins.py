"""Near misses: valid twins with a changed meaning."""

from __future__ import annotations

from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from small import changed, text_of

from oped_dataset import (
    Article,
    Edtf,
    InvalidArticle,
    dumps,
    loads,
    validate,
)
from oped_dataset.codec import wire
from oped_dataset.testing import (
    Damage,
    NearMiss,
    make_corpus,
    near_misses,
    strategies,
)


@pytest.fixture
def article(small: dict[str, Any]) -> Article:
    small["entities"] += [
        small["entities"][0] | {"id": "tom", "name": "Tom Reed"},
        small["entities"][0] | {"id": "ann", "name": "Ann Reed"},
    ]
    small["mentions"][0]["entity"] = "ann"
    small["errata"] += [{"record": "ann", "data_version": "1.0.0", "change": "corrected", "note": "It was misread."}]
    return loads(text_of(small))


def _of(damage: Damage, article: Article) -> list[NearMiss]:
    return [twin for twin in near_misses(article) if twin.damage is damage]


def _chain(twin: NearMiss) -> list[str]:
    return [f"{voice.source} {voice.commitment}" for voice in twin.article.claims[twin.record].voices]


def test_a_voice_is_dropped(article: Article) -> None:
    gull, sel = _of(Damage.VOICE_DROPPED, article)

    assert [voice.source for voice in gull.article.claims["c-loss"].voices] == ["ines", "sel"]
    assert gull.article.quotations == article.quotations
    assert sel.label == "sel is removed from the voices of c-loss."
    assert sel.article.quotations[0].claims == ()


def test_a_hedge_is_hardened(article: Article) -> None:
    (twin,) = _of(Damage.HEDGE_HARDENED, article)

    assert twin.label == "ines is certain, not possible, of c-fall."
    assert _chain(twin) == ["ines certain"]
    assert twin.article.claims["c-fall"].voices[0].hedges == ()


def test_a_source_is_swapped(article: Article) -> None:
    gull, sel = _of(Damage.SOURCE_SWAPPED, article)

    assert gull.label == "port says c-loss, not gull."
    assert _chain(gull) == ["ines uncommitted", "port certain", "sel certain"]
    assert _chain(sel) == ["ines uncommitted", "gull certain", "leo certain"]


def test_an_allegation_is_stated_as_fact(article: Article) -> None:
    claim = attrs.evolve(article.claims["c-loss"], events=("e-fall",))
    speculated = attrs.evolve(article, claims=[claim if old.id == claim.id else old for old in article.claims])

    (twin,) = _of(Damage.ALLEGATION_AS_FACT, speculated)

    assert twin.label == "ines alone states c-loss."
    assert _chain(twin) == ["ines certain"]
    assert twin.article.claims["c-loss"].ground == "bare"
    assert twin.article.events["e-fall"].status == "occurred"


def test_a_date_is_shifted(article: Article) -> None:
    time, event, relation = _of(Damage.DATE_SHIFTED, article)

    assert time.label == "t-may is dated 2020-05-03, not 2019-05-03."
    assert event.article.events["e-rise"].when == Edtf("2020-05-03")
    assert relation.article.relations["r-head"].during == Edtf("2019/..")


@pytest.mark.parametrize(
    ("date", "moved"),
    [
        ("2020-02-29", "2024-02-29"),
        ("1896-02-29", "1892-02-29"),
        ("9999", "9998"),
        ("201X?", "202X?"),
        ("20XX", "21XX"),
        ("2018-12/2019-01", "2019-12/2020-01"),
    ],
)
def test_a_shifted_date_is_as_precise_as_before(date: str, moved: str, small: dict[str, Any]) -> None:
    article = loads(text_of(changed(small, "/events/0/when", date)))

    (twin,) = [twin for twin in _of(Damage.DATE_SHIFTED, article) if twin.record == "e-rise"]

    assert twin.article.events["e-rise"].when == moved


def test_a_date_without_room_stays(small: dict[str, Any]) -> None:
    article = loads(text_of(changed(small, "/events/0/when", "0001/9999")))

    assert "e-rise" not in {twin.record for twin in _of(Damage.DATE_SHIFTED, article)}


def test_two_people_with_one_surname_are_merged(article: Article) -> None:
    (twin,) = _of(Damage.PEOPLE_MERGED, article)

    assert (twin.record, twin.label) == ("ann", "ann is taken for tom.")
    assert "ann" not in twin.article.entities
    assert twin.article.entities["tom"].aliases == ("Ann Reed",)
    assert twin.article.mentions[0].entity == twin.article.errata[1].record == "tom"


def test_people_are_not_merged_where_one_would_relay_himself(article: Article) -> None:
    chain = article.claims["c-loss"].voices
    sources = ("ines", "tom", "ann")
    voices = tuple(attrs.evolve(voice, source=source) for voice, source in zip(chain, sources, strict=True))
    claims = [attrs.evolve(claim, voices=voices) if claim.id == "c-loss" else claim for claim in article.claims]

    related = attrs.evolve(article, claims=claims, quotations=())

    assert _of(Damage.PEOPLE_MERGED, related) == []
    assert {twin.record for twin in _of(Damage.VOICE_DROPPED, related)} == {"c-loss"}


def test_a_voice_between_two_of_one_person_is_not_dropped(article: Article) -> None:
    outer, gull, sel = article.claims["c-loss"].voices
    voices = (outer, sel, gull, sel)
    claims = [attrs.evolve(claim, voices=voices) if claim.id == "c-loss" else claim for claim in article.claims]

    dropped = _of(Damage.VOICE_DROPPED, attrs.evolve(article, claims=claims))

    assert [len(twin.article.claims["c-loss"].voices) for twin in dropped] == [3, 3]


def test_no_two_twins_are_the_same(small: dict[str, Any]) -> None:
    claim = next(claim for claim in small["claims"] if claim["id"] == "c-loss")
    claim |= {"voices": claim["voices"][:2], "ground": "bare"}
    claim["voices"][0] |= {"act": "say", "mode": "direct", "commitment": "certain"}
    small["quotations"] = []

    twins = list(near_misses(wire.from_data(small)))

    assert len({dumps(twin.article) for twin in twins}) == len(twins)


@settings(max_examples=30)
@given(strategies.articles())
def test_a_twin_is_valid_and_another(article: Article) -> None:
    twins = list(near_misses(article))

    assert all(validate(twin.article).ok and twin.article != article for twin in twins)
    assert len({dumps(twin.article) for twin in twins}) == len(twins)


def test_every_damage_occurs_in_a_corpus() -> None:
    damages = {twin.damage for article in make_corpus(25) for twin in near_misses(article)}

    assert damages == set(Damage)


def test_an_invalid_article_has_no_twins(article: Article) -> None:
    with pytest.raises(InvalidArticle) as caught:
        near_misses(attrs.evolve(article, publisher="nobody"))

    assert [problem.code for problem in caught.value.problems] == ["OPED-dangling-reference"]
