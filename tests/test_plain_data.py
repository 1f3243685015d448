"""Articles as plain data, and inside classes of other packages."""

from __future__ import annotations

import contextlib
import datetime
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Optional, Union

import attrs
import cattrs
import pytest
from cattrs.preconf.json import make_converter
from hypothesis import assume, given
from hypothesis import strategies as st
from small import changed
from small import small as small_data

from oped_dataset import (
    Article,
    Claim,
    ClaimTable,
    Commitment,
    Edtf,
    Entity,
    Event,
    InvalidArticle,
    Mention,
    Problem,
    Record,
    Span,
    Table,
    TimeExpression,
    Voice,
    configure_converter,
    dumps,
    from_data,
    load,
    to_data,
    validate,
)
from oped_dataset.testing import Mutation, strategies
from oped_dataset.validation.codes import CODES

TOLL = load("harbour-toll")
DATED = TOLL.timeline()[0]


def found(call: Callable[[], object]) -> list[Problem]:
    with pytest.raises(InvalidArticle) as caught:
        call()
    return list(caught.value.problems)


# Plain data.


@given(strategies.articles())
def test_plain_data_is_the_content_of_the_file(article: Article) -> None:
    assert to_data(article) == json.loads(dumps(article))
    assert from_data(to_data(article)) == article


def test_changes_of_plain_data_do_not_change_the_article() -> None:
    data = to_data(TOLL)

    data["entities"][0]["aliases"].append("the toll")
    data["claims"].clear()

    assert to_data(TOLL) == json.loads(dumps(TOLL))


@given(strategies.mutations())
def test_plain_data_is_read_as_strictly_as_a_file(mutation: Mutation) -> None:
    assume(CODES[mutation.code].kind != "text")
    problems = validate(mutation.document).problems

    without_lines = {attrs.evolve(problem, line=None, column=None) for problem in problems}
    assert set(found(lambda: from_data(json.loads(mutation.document)))) == without_lines


def test_problems_of_form_and_of_rules_are_reported_together(small: dict[str, Any]) -> None:
    small["mentions"][0]["form"] = "verb"
    small["claims"][0]["about"] = ["nobody-here"]

    assert [(each.code, each.pointer) for each in found(lambda: from_data(small))] == [
        ("OPED-unknown-label", "/mentions/0/form"),
        ("OPED-dangling-reference", "/claims/0/about/0"),
    ]


@pytest.mark.parametrize(
    ("pointer", "value", "message"),
    [
        ("/title", None, "must be a string, not null"),
        ("/source/length", 2.9, "must be a whole number, not a number"),
        ("/authors", ("ines",), "must be a list, not tuple"),
        ("/published", datetime.date(2019, 7, 13), "must be a string, not date"),
        ("/claims/0/voices/0/commitment", Commitment.CERTAIN, "must be a string, not Commitment"),
    ],
)
def test_nothing_is_converted(small: dict[str, Any], pointer: str, value: object, message: str) -> None:
    problems = found(lambda: from_data(changed(small, pointer, value)))

    assert [(each.pointer, each.message) for each in problems] == [(pointer, message)]


@pytest.mark.parametrize(
    ("pointer", "value", "wanted"),
    [
        ("/1", 2, ("OPED-wrong-type", "", "each key must be a string, not a whole number")),
        ("/mentions/0/\ud800", 2, ("OPED-unknown-key", "/mentions/0/\ufffd", "there is no key '\\ud800'")),
        (
            "/source/length",
            10**5000,
            (
                "OPED-invalid-value",
                "/source/length",
                "Source.length: must be at least 1 and below 2**53, not a number of 16610 bits",
            ),
        ),
        (
            "/schema_version",
            2**53,
            (
                "OPED-invalid-value",
                "/schema_version",
                "Article.schema_version: must be at least 1 and below 2**53, not 9007199254740992",
            ),
        ),
    ],
    ids=["a key that is no string", "a lone surrogate", "a very long number", "a version out of bounds"],
)
def test_values_that_json_cannot_represent_are_reported(
    small: dict[str, Any], pointer: str, value: object, wanted: tuple[str, str, str]
) -> None:
    *path, last = pointer.split("/")[1:]
    holder: Any = small
    for name in path:
        holder = holder[int(name) if isinstance(holder, list) else name]

    holder[1 if last == "1" else last] = value

    assert [(each.code, each.pointer, each.message) for each in found(lambda: from_data(small))] == [wanted]


JUNK = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(),
        st.text(),
        st.binary(),
        st.just("\udfff"),
        st.dates(),
        st.decimals(),
        st.sampled_from(Commitment),
    ),
    lambda inner: st.one_of(
        st.lists(inner), st.tuples(inner), st.dictionaries(st.one_of(st.text(), st.integers(), st.none()), inner)
    ),
    max_leaves=5,
)


@given(st.data())
def test_invalid_data_raises_only_invalid_article(data: st.DataObject) -> None:
    document: Any = small_data()
    places = [document, document["source"], document["mentions"][0], document["claims"][0]["voices"][0]]
    place = data.draw(st.sampled_from(places))
    place[data.draw(st.one_of(st.sampled_from(list(place)), JUNK.filter(hashable)))] = data.draw(JUNK)

    with contextlib.suppress(InvalidArticle):
        article = from_data(document)
        assert from_data(to_data(article)) == article


def hashable(value: object) -> bool:
    try:
        hash(value)
    except TypeError:
        return False
    return True


def test_an_invalid_article_is_not_converted(article: Article) -> None:
    untold = attrs.evolve(article, claims=article.claims[:1])

    assert "OPED-unattributed-event" in {each.code for each in found(lambda: to_data(untold))}


# Inside other classes. Their annotations are strings, because this module begins with `from __future__ import
# annotations`.


@attrs.define
class Study:
    """A reader's attrs class with records in all kinds of fields."""

    article: Article
    best: Claim | None
    spans: list[Span]
    claims: ClaimTable
    people: dict[str, Entity]
    either: Claim | Event
    place: Optional[Union[Mention, TimeExpression]]  # noqa: UP007, UP045
    when: Edtf | None
    counts: dict[Commitment, int]
    chain: tuple[Voice, ...]
    note: str = "read twice"


@dataclass
class Rating:
    """A reader's dataclass that refers to itself, with records in string annotations."""

    claim: Claim
    others: "list[Claim]"  # noqa: UP037
    before: "Rating | None" = None  # noqa: UP037


STUDY = Study(
    article=TOLL,
    best=None,
    spans=[TOLL.mentions[0].span],
    claims=TOLL.claims[:2],
    people={"first": TOLL.entities[0]},
    either=DATED,
    place=TOLL.times[0],
    when=DATED.when,
    counts={TOLL.claims[0].voices[0].commitment: 3},
    chain=TOLL.claims[1].voices,
)
RATING = Rating(TOLL.claims[0], list(TOLL.claims[:2]), Rating(TOLL.claims[1], []))


def msgspec_converter() -> cattrs.Converter:
    pytest.importorskip("msgspec")
    from cattrs.preconf.msgspec import make_converter

    return make_converter()


CONVERTERS: dict[str, Callable[[], cattrs.Converter]] = {
    "plain": cattrs.Converter,
    "json": make_converter,
    "msgspec": msgspec_converter,
    "other settings": lambda: make_converter(
        detailed_validation=False, forbid_extra_keys=True, omit_if_default=True, prefer_attrib_converters=True
    ),
}


@pytest.fixture(params=list(CONVERTERS))
def converter(request: pytest.FixtureRequest) -> Any:
    """A converter of each kind, configured for the classes of the package."""
    return configure_converter(CONVERTERS[request.param]())


def written(converter: Any, value: object, kind: Any) -> Any:
    """Write with the library of the converter, or as plain data without one."""
    if hasattr(converter, "dumps"):
        return converter.dumps(value, unstructure_as=kind)
    return json.dumps(converter.unstructure(value, unstructure_as=kind))


def read(converter: Any, content: Any, kind: Any) -> object:
    if hasattr(converter, "loads"):
        return converter.loads(content, kind)
    return converter.structure(json.loads(content), kind)


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (STUDY, Study),
        (attrs.evolve(STUDY, best=TOLL.claims[0], either=TOLL.claims[1], place=TOLL.mentions[0], when=None), Study),
        (attrs.evolve(STUDY, place=None), Study),
        (TOLL, Article),
        (TOLL.claims, ClaimTable),
        (list(TOLL.claims), list[Claim]),
        (DATED, Event),
        (TOLL.source, type(TOLL.source)),
        (DATED.when, Edtf),
        (Commitment.PROBABLE, Commitment),
    ],
    ids=lambda value: getattr(value, "__name__", type(value).__name__),
)
def test_records_inside_other_classes_make_the_round_trip(converter: Any, value: object, kind: Any) -> None:
    again = read(converter, written(converter, value, kind), kind)

    assert again == value
    assert type(again) is type(value)


def test_a_recursive_dataclass_makes_the_round_trip() -> None:
    # The msgspec converter of cattrs passes recursive classes to msgspec, without any hooks.
    converter = configure_converter(make_converter())

    assert converter.loads(converter.dumps(RATING), Rating) == RATING


def test_records_are_written_as_in_a_file(converter: Any) -> None:
    data = json.loads(written(converter, STUDY, Study))

    assert data["article"] == to_data(TOLL)
    assert data["claims"] == to_data(TOLL)["claims"][:2]
    assert data["either"] == to_data(TOLL)["events"][TOLL.events.ids.index(DATED.id)]
    assert (data["when"], data["counts"]) == (str(DATED.when), {"certain": 3})


def test_all_problems_of_a_record_are_reported() -> None:
    converter = configure_converter(make_converter(detailed_validation=False))
    data = {"claim": {**to_data(TOLL)["claims"][0], "kind": "hapening", "gist": 7}, "others": []}

    assert [(each.pointer, each.message, each.hint) for each in found(lambda: converter.structure(data, Rating))] == [
        ("/gist", "must be a string, not a whole number", None),
        ("/kind", "'hapening' is not a label of ClaimKind", "did you mean 'happening'?"),
    ]


def test_the_items_of_a_table_are_reported_by_number() -> None:
    converter = configure_converter(make_converter())
    rows = to_data(TOLL)["claims"][:2]
    del rows[1]["voices"]

    assert [(each.code, each.pointer) for each in found(lambda: converter.structure(rows, ClaimTable))] == [
        ("OPED-missing-key", "/1")
    ]


def test_detailed_validation_groups_problems() -> None:
    converter = configure_converter(make_converter())
    data = {"claim": {**to_data(TOLL)["claims"][0], "kind": "hapening"}, "others": []}

    with pytest.raises(cattrs.ClassValidationError) as caught:
        converter.structure(data, Rating)

    assert [type(error) for error in caught.value.exceptions] == [InvalidArticle]


def test_an_article_inside_another_class_must_be_valid(article: Article) -> None:
    converter = configure_converter(make_converter(detailed_validation=False))
    untold = attrs.evolve(article, claims=article.claims[:1])
    data = json.loads(dumps(article))
    data["claims"] = data["claims"][:1]

    writing = found(lambda: converter.dumps([untold]))
    reading = found(lambda: converter.structure([data], list[Article]))

    assert "OPED-unattributed-event" in {each.code for each in writing}
    assert {each.code for each in writing} == {each.code for each in reading}


def test_a_table_of_mixed_records_is_converted() -> None:
    converter = configure_converter(make_converter())
    mixed: Table[Record] = Table([TOLL.claims[0], DATED])

    assert converter.unstructure(mixed) == [converter.unstructure(TOLL.claims[0]), converter.unstructure(DATED)]


def test_a_subclass_of_a_record_keeps_its_fields() -> None:
    @attrs.frozen(kw_only=True)
    class Scored(Claim):
        score: int

    converter = configure_converter(make_converter())
    scored = Scored(score=4, **{name: getattr(TOLL.claims[0], name) for name in attrs.fields_dict(Claim)})

    assert converter.unstructure(scored)["score"] == 4
    assert converter.structure(converter.unstructure(scored), Scored) == scored


def test_the_converters_own_hooks_for_dates_are_kept() -> None:
    converter = make_converter()
    converter.register_unstructure_hook(datetime.date, datetime.date.toordinal)
    configure_converter(converter)

    assert converter.unstructure(datetime.date(1, 1, 9)) == 9
    assert converter.unstructure(TOLL)["published"] == TOLL.published.isoformat()
