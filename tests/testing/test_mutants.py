"""Documents with one error: every code has one, and a validator reports that problem alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from small import changed, text_of

from oped_dataset import (
    Article,
    InvalidArticle,
    loads,
    validate,
)
from oped_dataset.model.article import TABLES
from oped_dataset.testing import (
    Mutation,
    make_corpus,
    mutations,
    strategies,
)
from oped_dataset.testing.mutants import COUNT, mutations_from

CODES = {path.stem for path in (Path(__file__).parents[1] / "invalid").iterdir()} - {"OPED-too-large"}
"""Every code of a document has a file, which other tests check; the limit of size has no mutation."""


@pytest.fixture(scope="module")
def made() -> list[Mutation]:
    """All mutations of a few articles."""
    return [mutation for article in make_corpus(6, seed=1) for mutation in mutations(article)]


def test_every_code_of_a_document_is_reached_by_one_mutation(made: list[Mutation]) -> None:
    assert {mutation.code for mutation in made} == CODES
    assert len(CODES) == COUNT


def test_a_mutation_breaks_the_rule_it_is_named_for_and_no_other(made: list[Mutation]) -> None:
    found = [(mutation.code, {p.code for p in validate(mutation.document).problems}) for mutation in made]

    assert [pair for pair in found if pair[1] != {pair[0]}] == []


def test_a_mutation_keeps_the_valid_document(made: list[Mutation]) -> None:
    assert all(validate(mutation.original).ok and mutation.original != mutation.document for mutation in made)


def test_a_mutation_is_labelled(made: list[Mutation]) -> None:
    labels = {mutation.code: mutation.label for mutation in made}

    assert len(set(labels.values())) == COUNT
    assert labels["OPED-missing-cue"] == "An inner voice has no words of attribution."
    assert repr(made[0]) == "Mutation(code='OPED-duplicate-id', label='An entity occurs twice.')"


@settings(max_examples=15)
@given(strategies.articles())
def test_any_article_can_be_broken_in_many_ways(article: Article) -> None:
    found = [(m.code, {p.code for p in validate(m.document).problems}) for m in mutations(article)]

    assert len(found) > 20
    assert all(codes == {code} for code, codes in found)


def test_mutations_of_absent_records_are_skipped(small: dict[str, Any]) -> None:
    article = loads(text_of(small))
    tables: Any = dict.fromkeys(TABLES[1:], ())
    source = attrs.evolve(article.source, text=None, sentences=())
    bare = attrs.evolve(article, source=source, headings=(), **tables)

    codes = {mutation.code for mutation in mutations(bare)}

    assert {"OPED-duplicate-id", "OPED-missing-key", "OPED-not-utf-8"} <= codes
    assert not {"OPED-anchor-cycle", "OPED-wrong-kind-reference", "OPED-span-outside-text"} & codes
    assert not {"OPED-author-not-first", "OPED-span-outside-sentences", "OPED-uncovered-sentence"} & codes


def test_an_id_that_is_taken_is_not_used(small: dict[str, Any]) -> None:
    small["entities"] += [small["entities"][2] | {"id": "nobody"}]

    found = {mutation.code: validate(mutation.document).problems for mutation in mutations(loads(text_of(small)))}

    assert [p.message for p in found["OPED-dangling-reference"]] == ["no record has the id 'nobody-x'"]


def test_nothing_is_before_the_first_day(small: dict[str, Any]) -> None:
    article = loads(text_of(small | {"published": "0001-01-01"}))

    assert "OPED-updated-before-published" not in {mutation.code for mutation in mutations(article)}


def test_evidence_that_covers_a_gap_is_not_added_to(small: dict[str, Any]) -> None:
    changed(small, "/events/0/evidence/0", small["source"]["sentences"][0]["span"] | {"start": 0})
    gap = small["headings"][0]["span"]["end"]

    (mutation,) = [m for m in mutations(loads(text_of(small))) if m.code == "OPED-span-outside-sentences"]

    (problem,) = validate(mutation.document).problems
    assert problem.pointer == "/events/1/evidence/0"
    assert loads(mutation.original).source.text[gap] == "\n"  # type: ignore[index]


def test_the_mutations_can_be_gone_through_from_any_of_them() -> None:
    article = next(make_corpus(1))

    codes = [mutation.code for mutation in mutations_from(article, COUNT - 1)]

    assert codes[:2] == ["OPED-too-deep", "OPED-duplicate-id"]


def test_an_invalid_article_is_not_broken_further(small: dict[str, Any]) -> None:
    broken = attrs.evolve(loads(text_of(small)), publisher="nobody")

    with pytest.raises(InvalidArticle) as caught:
        mutations(broken)

    assert [problem.code for problem in caught.value.problems] == ["OPED-dangling-reference"]
