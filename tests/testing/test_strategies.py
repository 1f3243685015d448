"""Generated articles: valid by construction, of every kind, shrinking to small examples."""

from __future__ import annotations

import importlib
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from decimal import Decimal
from enum import Enum
from itertools import chain, pairwise
from typing import Any

import attrs
import pytest
from hypothesis import find, given, settings
from hypothesis import strategies as st

from oped_dataset import (
    Article,
    BadArticle,
    Claim,
    Edtf,
    Entity,
    Event,
    Limits,
    Problem,
    Quantity,
    Report,
    Span,
    dumps,
    loads,
    validate,
)
from oped_dataset.errors import InvalidRecord, MissingExtra
from oped_dataset.model import article as model
from oped_dataset.model import records
from oped_dataset.model import vocabulary as v
from oped_dataset.model.tables import Record, Table
from oped_dataset.testing import registration, strategies

NEVER_OTHER = {"Article.schema_version", "Source.canonicalisation"}
"""Fields with a single valid value."""
RECORDS = [
    cls
    for module in (records, model)
    for cls in vars(module).values()
    if isinstance(cls, type) and cls.__module__ == module.__name__
]
HOSTILE = ("\u0301", "\u200d", "\U0001d518", "ש", "م", "王", "ﬁ", "\u00a0", "\r\n", "\u2028", "“")


def _parts(value: Any) -> Iterator[object]:
    """Yield an attrs object with everything in it."""
    yield value
    if attrs.has(type(value)):
        for attribute in attrs.fields(type(value)):
            yield from _parts(getattr(value, attribute.name))
    elif isinstance(value, (tuple, Table)):
        for item in value:
            yield from _parts(item)


def _optional_fields(part: Any) -> Iterator[tuple[str, bool]]:
    """Yield each field with a default, and whether its value differs."""
    for attribute in attrs.fields(type(part)):
        if attribute.default is not attrs.NOTHING:
            default = attribute.default.factory() if hasattr(attribute.default, "factory") else attribute.default
            yield f"{type(part).__name__}.{attribute.name}", getattr(part, attribute.name) != default


@pytest.fixture(scope="module")
def seen() -> Counter[object]:
    """Count the values in six hundred fixed articles and as many single events."""
    counts: Counter[object] = Counter()

    @settings(max_examples=600, derandomize=True, database=None)
    @given(strategies.events())
    def count_kinds(event: Event) -> None:
        counts[event.kind] += 1

    @settings(max_examples=600, derandomize=True, database=None)
    @given(strategies.articles(max_claims=8))
    def count(article: Article) -> None:
        for part in _parts(article):
            if isinstance(part, (Enum, Edtf)):
                counts[part.precision if isinstance(part, Edtf) else part] += 1
            elif attrs.has(type(part)):
                counts.update(_optional_fields(part))
        counts.update(f"depth {len(claim.voices)}" for claim in article.claims)
        counts.update(sign for sign in HOSTILE if sign in (article.source.text or ""))

    count_kinds()
    count()
    return counts


@pytest.mark.slow
@pytest.mark.parametrize("vocabulary", [cls for cls in v.Vocabulary.__subclasses__() if cls.__name__ != "Severity"])
def test_every_label_occurs(vocabulary: type[v.Vocabulary], seen: Counter[object]) -> None:
    assert [label for label in vocabulary if not seen[label]] == []


def test_every_optional_field_is_given_and_left_out(seen: Counter[object]) -> None:
    fields = {key[0] for key in seen if isinstance(key, tuple)}

    assert len(fields) > 40
    assert {name for name in fields if not seen[name, True]} == NEVER_OTHER
    # An article always has entities and claims.
    assert {name for name in fields if not seen[name, False]} == {"Article.entities", "Article.claims"}


def test_chains_of_every_depth_occur(seen: Counter[object]) -> None:
    assert all(seen[f"depth {depth}"] > 20 for depth in (1, 2, 3, 4))


def test_dates_of_every_precision_occur(seen: Counter[object]) -> None:
    precisions = ("day", "month", "season", "year", "decade", "century", "interval")

    assert [precision for precision in precisions if not seen[precision]] == []


def test_texts_contain_characters_that_break_careless_code(seen: Counter[object]) -> None:
    assert [sign for sign in HOSTILE if not seen[sign]] == []


@given(strategies.articles())
def test_an_article_has_no_problem_and_survives_the_file(article: Article) -> None:
    assert validate(article).problems == ()
    assert loads(dumps(article)) == article


@given(strategies.articles(with_text=True, max_claims=1))
def test_an_article_can_be_made_with_its_text_and_one_claim(article: Article) -> None:
    assert article.source.text is not None
    assert len(article.claims) == 1


@settings(max_examples=10)
@given(strategies.articles(max_claims=100, with_text=False))
def test_an_article_can_be_long(article: Article) -> None:
    assert 1 <= len(article.claims) <= 100


@given(strategies.articles(with_text=False))
def test_an_article_can_be_made_without_its_text(article: Article) -> None:
    assert article.source.text is None


@given(st.data(), st.sets(st.sampled_from(model.TABLES)))
def test_only_the_kinds_asked_for_occur(data: st.DataObject, kinds: set[str]) -> None:
    article = data.draw(strategies.articles(kinds=kinds))

    filled = {name for name, table in article.tables.items() if table}
    assert filled <= kinds | {"entities", "claims"}
    assert validate(article).problems == ()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"max_claims": 0}, "max_claims: must be from 1 to 100, not 0"),
        ({"max_claims": True}, "max_claims: must be from 1 to 100, not True"),
        ({"kinds": "events"}, "kinds: must be several names of tables, not the string 'events'"),
        ({"kinds": ["evnts"]}, "kinds: no table is named 'evnts'; did you mean 'events' or 'mentions' or 'entities'?"),
        (
            {"kinds": ["zzz"]},
            f"kinds: no table is named 'zzz'; the tables are {', '.join(model.TABLES)}",
        ),
    ],
)
def test_impossible_articles_are_rejected(arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(InvalidRecord) as caught:
        strategies.articles(**arguments)

    assert str(caught.value) == message


def test_a_failing_example_shrinks_to_a_readable_article() -> None:
    plain = settings(derandomize=True, database=None)

    article = find(
        strategies.articles(with_text=True), lambda found: any(len(c.voices) == 3 for c in found.claims), settings=plain
    )

    assert (
        article.source.text == "The Toll\n\nSel Varga says that the Gull says that Sel Varga is no match for the Gull. "
    )
    assert [claim.id for claim in article.claims] == ["c-1"]


# Without importing anything by hand.


@settings(max_examples=10)
@given(st.data())
@pytest.mark.parametrize("cls", [*RECORDS, Edtf])
def test_every_class_is_found_by_its_type(cls: type, data: st.DataObject) -> None:
    assert type(data.draw(st.from_type(cls))) is cls


def test_a_test_needs_to_import_nothing_but_hypothesis_and_the_class(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        from hypothesis import given, strategies as st
        from oped_dataset import Article, validate

        @given(st.from_type(Article))
        def test_it(article):
            assert validate(article).ok
        """
    )

    pytester.runpytest_subprocess("-q", "-W", "error").assert_outcomes(passed=1)


def test_registered_strategies_exist() -> None:
    registration.register()

    later = chain.from_iterable(each.values() for each in registration._RESULTS.values())
    assert all(hasattr(strategies, name) for name in [*registration._STRATEGIES.values(), *later])


def test_a_result_is_registered_when_its_module_is_imported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "oped_dataset.extraction.results")
    monkeypatch.setattr(sys, "meta_path", [registration._Finder, *sys.meta_path])

    fresh = importlib.import_module("oped_dataset.extraction.results")

    assert find(st.from_type(fresh.Repair), lambda _: True).pointer == "/0/id"


def test_hypothesis_imports_few_modules_of_the_package() -> None:
    program = """
import sys, hypothesis
assert not {"cattrs", "oped_dataset.scoring.scores", "oped_dataset.loading"} & {*sys.modules}
from oped_dataset import Repair
assert hypothesis.find(hypothesis.strategies.from_type(Repair), lambda _: True).pointer == "/0/id"
"""
    done = subprocess.run([sys.executable, "-c", program], check=False, capture_output=True, text=True, timeout=120)

    assert (done.returncode, done.stderr) == (0, "")


def test_without_hypothesis_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "hypothesis", None)
    monkeypatch.delitem(sys.modules, "oped_dataset.testing.strategies")

    with pytest.raises(MissingExtra) as caught:
        importlib.import_module("oped_dataset.testing.strategies")

    assert str(caught.value) == 'hypothesis is not installed; run: pip install "oped-dataset[testing]"'


# Single records.

ALONE: list[tuple[Callable[..., st.SearchStrategy[Any]], str]] = [
    (strategies.arguments, "arguments"),
    (strategies.claims, "claims"),
    (strategies.entities, "entities"),
    (strategies.events, "events"),
    (strategies.mentions, "mentions"),
    (strategies.quantities, "quantities"),
    (strategies.quotations, "quotations"),
    (strategies.relations, "relations"),
    (strategies.times, "times"),
]


def test_there_is_a_strategy_for_every_table() -> None:
    assert sorted(name for _, name in ALONE) == sorted(model.TABLES)


@given(st.data(), st.integers(1, 30))
def test_a_record_fits_the_entities_and_the_text_it_is_made_for(data: st.DataObject, length: int) -> None:
    everyone = ("ines", "zoe", "tom")
    fitting = [strategies.mentions, strategies.quotations, strategies.events, strategies.relations, strategies.claims]
    record: Record = data.draw(st.sampled_from(fitting).flatmap(lambda make: make(entities=everyone, length=length)))

    assert all(span.end <= length for span in records.spans_of(record))
    named = {getattr(record, name, None) for name in ("entity", "speaker", "place", "subject", "object")}
    assert named <= {*everyone, None}
    assert {voice.source for voice in getattr(record, "voices", ())} <= set(everyone)


@given(st.data(), st.integers(1, 4))
def test_a_chain_begins_with_the_author_and_nobody_relays_himself(data: st.DataObject, depth: int) -> None:
    chain = data.draw(strategies.chains_of_voices(author="zoe", entities=("zoe", "tom", "sel"), max_depth=depth))

    sources = [voice.source for voice in chain]
    assert sources[0] == "zoe"
    assert len(sources) <= depth
    assert all(outer != inner for outer, inner in pairwise(sources))
    assert all(voice.cue for voice in chain[1:])


@given(st.data(), strategies.texts())
def test_a_span_lies_in_its_text(data: st.DataObject, text: str) -> None:
    span = data.draw(strategies.spans(text))

    assert len(text[span.start : span.end]) == span.length


@given(strategies.entities(), strategies.slugs(), strategies.decimals(), strategies.dates())
def test_small_values_fit_their_fields(entity: Entity, slug: str, value: Decimal, when: Edtf) -> None:
    quantity = Quantity(id=slug, span=Span(0, 1), value=value)

    assert attrs.evolve(entity, id=slug).id == quantity.id
    assert when.earliest or when.latest


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: strategies.spans(""), "an empty text has no spans"),
        (lambda: strategies.mentions(entities=()), "entities: must have at least 1 different ids, not 0"),
        (lambda: strategies.claims(entities=("ines", "zoe")), "entities: must have at least 2 different ids, not 1"),
        (lambda: strategies.chains_of_voices(max_depth=0), "max_depth: must be at least 1, not 0"),
        (lambda: strategies.arguments(claims=("c-1",)), "claims: must have at least 2 different ids, not 1"),
    ],
)
def test_impossible_records_are_rejected(make: Callable[[], object], message: str) -> None:
    with pytest.raises(InvalidRecord) as caught:
        make()

    assert str(caught.value) == message


def test_a_span_shrinks_to_the_first_character() -> None:
    assert find(strategies.spans("toll"), lambda span: True) == Span(0, 1)


# Subclasses and reports.


@attrs.frozen(kw_only=True)
class NotedClaim(Claim):
    note: str
    weight: int = 1


@given(st.from_type(NotedClaim))
def test_a_subclass_of_a_record_is_drawn_like_the_record(claim: NotedClaim) -> None:
    assert type(claim) is NotedClaim
    assert claim.voices
    assert type(claim.note) is str


@given(st.from_type(Report), st.from_type(Problem), st.from_type(Limits), st.from_type(BadArticle))
def test_reports_are_drawn(report: Report, problem: Problem, limits: Limits, bad: BadArticle) -> None:
    assert str(report)
    assert str(problem).startswith(problem.severity)
    assert limits.problems > 0
    assert isinstance(bad.report, Report)
