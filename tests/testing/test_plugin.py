"""The fixtures of the kit, in a project with the package installed."""

from __future__ import annotations

from typing import Any

import pytest
from small import small as small_data
from small import text_of

from oped_dataset import (
    Article,
    dumps,
    load,
    loads,
    read_lines,
)
from oped_dataset.testing import make_corpus
from oped_dataset.testing.plugin import AttributionCheck, CorpusFactory


def test_the_real_article_is_a_fixture(oped_article: Article, oped_json: bytes) -> None:
    assert oped_article is load()
    assert oped_json == dumps(load())


def test_the_sample_is_a_fixture_with_its_text(oped_sample: Article) -> None:
    assert oped_sample is load("harbour-toll")
    assert oped_sample.source.text is not None


def test_a_corpus_is_written_to_a_new_directory(oped_corpus: CorpusFactory) -> None:
    path = oped_corpus(3, seed=2, max_claims=2)

    assert [*path.parent.iterdir()] == [path]
    assert list(read_lines(path)) == list(make_corpus(3, 2, max_claims=2))


def test_two_corpora_do_not_meet(oped_corpus: CorpusFactory) -> None:
    assert len({oped_corpus(1), oped_corpus(1, seed=1), oped_corpus(2), oped_corpus(1, max_claims=2)}) == 4


def test_a_result_is_held_against_the_article_the_test_asks_for(
    assert_attributed: AttributionCheck, oped_article: Article
) -> None:
    claim = next(claim for claim in oped_article.claims if len(claim.voices) > 1)

    with pytest.raises(AssertionError):
        assert_attributed({"id": claim.id, "voices": [oped_article.authors[0]]})


def test_without_an_article_some_voice_is_enough(assert_attributed: AttributionCheck) -> None:
    article = loads(text_of(small_data()))
    result = {"id": "c-loss", "gist": article.claims["c-loss"].gist, "voices": ["ines"]}

    assert assert_attributed(result) == 1
    with pytest.raises(AssertionError):
        assert_attributed(result, article)


# In a separate project.

TESTS = """
import pytest
from oped_dataset import read_lines


def test_passes(oped_article, assert_attributed):
    assert assert_attributed(oped_article.claims) == len(oped_article.claims)


@pytest.mark.parametrize("seed", range(4))
def test_corpus(oped_corpus, seed):
    assert len(list(read_lines(oped_corpus(2, seed)))) == 2
"""


@pytest.mark.slow
@pytest.mark.parametrize("options", [["-W", "error", "--strict-markers", "--strict-config"], ["-n", "2"]])
def test_the_fixtures_are_found_by_pytest(pytester: pytest.Pytester, options: list[str]) -> None:
    pytester.makepyfile(TESTS)

    pytester.runpytest_subprocess(*options).assert_outcomes(passed=5)


def test_the_fixtures_can_be_switched_off(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(TESTS)

    result = pytester.runpytest_subprocess("-p", "no:oped_dataset")

    result.assert_outcomes(errors=5)
    result.stdout.fnmatch_lines(["*fixture 'oped_article' not found"])


GIVEN = """
from hypothesis import given, settings, strategies as st


@settings(max_examples=2, deadline=None)
@given(st.integers(0, 3))
def test_given(oped_article, oped_sample, oped_json, oped_corpus, assert_attributed, seed):
    assert assert_attributed(oped_sample.claims) >= len(oped_sample.claims)
    assert oped_corpus(1, seed).exists()
"""


def test_every_fixture_works_under_given(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(GIVEN)

    pytester.runpytest_subprocess().assert_outcomes(passed=1)


@pytest.mark.parametrize("named", ['["oped_dataset.testing.plugin"]', '"oped_dataset.testing.plugin"'])
def test_the_plugin_may_be_named_too(pytester: pytest.Pytester, named: str) -> None:
    pytester.makeconftest(f"pytest_plugins = {named}")
    pytester.makepyfile(f"pytest_plugins = {named}\n{TESTS}")

    pytester.runpytest_subprocess("-p", "oped_dataset.testing.plugin").assert_outcomes(passed=5)


def test_the_failure_of_a_dropped_voice_shows_who_is_missing(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        def test_summary(oped_article, assert_attributed):
            claim = oped_article.claims.where()[0]
            assert_attributed([{"id": claim.id, "gist": claim.gist, "voices": []}])
        """
    )

    result = pytester.runpytest_subprocess()

    result.stdout.fnmatch_lines(["*1 of 1 statements came without their voices:", "E*$[[]0]: *", "E*- *", "E*+ nobody"])
    result.stdout.no_fnmatch_line("*attribution.py*")


def test_a_project_that_uses_nothing_pays_nothing(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        import sys

        def test_nothing_is_imported():
            ours = {name for name in sys.modules if name.startswith("oped_dataset")}
            assert ours == {
                "oped_dataset", "oped_dataset.lazy", "oped_dataset.testing", "oped_dataset.testing.autoload",
                "oped_dataset.testing.plugin",
            }
            assert not {"attr", "attrs", "cattrs", "hypothesis", "importlib_resources"} & set(sys.modules)
        """
    )

    pytester.runpytest_subprocess("-q").assert_outcomes(passed=1)


def test_hypothesis_alone_imports_the_records_and_no_more(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        import sys
        import hypothesis

        def test_little_is_imported():
            assert "oped_dataset.model" in sys.modules
            assert not {"cattrs", "oped_dataset.loading", "oped_dataset.testing.strategies"} & set(sys.modules)
        """
    )

    pytester.runpytest_subprocess("-q").assert_outcomes(passed=1)


def test_the_front_door_of_the_kit_lists_its_names() -> None:
    import oped_dataset.testing as kit

    found: dict[str, Any] = {name: getattr(kit, name) for name in kit.__all__}

    assert dir(kit) == kit.__all__ == sorted(kit.__all__)
    assert all(value.__doc__ for value in found.values())


def test_an_unknown_name_of_the_kit_is_an_attribute_error() -> None:
    import oped_dataset.testing as kit

    with pytest.raises(AttributeError) as caught:
        kit.frobnicate  # type: ignore[attr-defined]  # noqa: B018

    assert str(caught.value) == "module 'oped_dataset.testing' has no attribute 'frobnicate'"
