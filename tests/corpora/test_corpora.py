"""Whole corpora, piece by piece: the result depends neither on the pieces nor on the engine."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from functools import reduce
from multiprocessing import get_context
from operator import add
from pathlib import Path
from types import ModuleType
from typing import Any

import attrs
import pytest
from corpus_files import DOCUMENTS, GOLD, PREDICTED, documents_of, put

from oped_dataset import (
    BadArticle,
    CorpusReport,
    InvalidArticle,
    Limits,
    Progress,
    on_cores,
    score,
    score_corpus,
    validate,
    validate_corpus,
)
from oped_dataset.corpora.pieces import read_corpus
from oped_dataset.errors import ArticleFileError, InvalidRecord, NotComparable
from oped_dataset.scoring.scores import score_of_nothing

NAMES = ["c.jsonl", "c.jsonl.gz", "c.parquet", "framed.jsonl.gz"]
"""The last file is compressed in frames; the other compressed one is as another program writes it."""

every = pytest.mark.parametrize("name", NAMES)
sizes = pytest.mark.parametrize("size", [1, 2, 3, 5, 1000])


# Validation.


@every
@sizes
def test_every_document_is_validated_once(tmp_path: Path, name: str, size: int) -> None:
    report = validate_corpus(put(tmp_path / name, DOCUMENTS), articles_per_piece=size)

    assert (report.articles, report.omitted, report.ok) == (12, 0, False)
    assert [(bad.file, bad.number) for bad in report.bad] == [(str(tmp_path / name), n) for n in (3, 8, 9, 11, 12)]
    assert report.codes == {"OPED-invalid-json": 2, "OPED-missing-key": 2, "OPED-wrong-type": 1}


@every
def test_a_corpus_report_agrees_with_validate(tmp_path: Path, name: str) -> None:
    report = validate_corpus(put(tmp_path / name, DOCUMENTS), articles_per_piece=2)

    for bad in report.bad:
        alone = validate(DOCUMENTS[bad.number - 1]).problems
        assert bad.report.problems == tuple(attrs.evolve(each, line=bad.number) for each in alone)


@pytest.mark.parametrize("name", ["c.jsonl", "c.parquet", "framed.jsonl.gz"])
@sizes
def test_the_report_does_not_depend_on_the_pieces(tmp_path: Path, name: str, size: int) -> None:
    corpus = put(tmp_path / name, DOCUMENTS)

    assert validate_corpus(corpus, articles_per_piece=size) == validate_corpus(corpus)


def test_a_directory_is_validated_in_the_order_of_its_files(tmp_path: Path) -> None:
    for name in NAMES:
        put(tmp_path / name, DOCUMENTS[:3])
    (tmp_path / "README.txt").write_text("No part of the corpus.")

    report = validate_corpus(tmp_path, articles_per_piece=2)

    assert report.articles == 12
    assert [bad.file for bad in report.bad] == [str(tmp_path / name) for name in NAMES]


@every
def test_an_empty_corpus_has_no_problems(tmp_path: Path, name: str) -> None:
    assert validate_corpus(put(tmp_path / name, [])) == CorpusReport()


def test_a_last_line_with_a_line_feed_is_one_line(tmp_path: Path) -> None:
    put(tmp_path / "c.jsonl", [*documents_of(GOLD[:2]), b""])

    assert validate_corpus(tmp_path / "c.jsonl") == CorpusReport(articles=2)


def test_the_first_bad_articles_are_kept_and_the_rest_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("oped_dataset.corpora.pieces._MOST_BAD", 3)

    for size in (1, 2, 5, 12):
        report = validate_corpus(put(tmp_path / "c.jsonl", DOCUMENTS), articles_per_piece=size)
        assert ([bad.number for bad in report.bad], report.omitted) == ([3, 8, 9], 2)
    assert str(report).endswith("\n… and 2 more")


def test_the_problems_of_all_articles_together_are_limited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("oped_dataset.corpora.pieces._MOST_BAD_PROBLEMS", 5)
    corpus = put(tmp_path / "c.jsonl", [b'{"a": 1}', b'{"a": 1}', b"[]"])

    for size in (1, 2, 3):
        report = validate_corpus(corpus, articles_per_piece=size, limits=Limits(problems=4))
        first, second = (bad.report for bad in report.bad)
        assert [len(first.problems), len(second.problems), second.omitted - first.omitted] == [4, 1, 3]
        assert (report.articles, report.omitted, report.ok) == (3, 1, False)


def test_a_report_lists_file_article_and_problem(tmp_path: Path) -> None:
    corpus = put(tmp_path / "c.parquet", [*documents_of(GOLD[:1]), b"[]"])

    assert str(validate_corpus(corpus)) == (
        f"2 articles, of which 1 break rules\n{corpus}, article 2:\n"
        "error OPED-wrong-type (line 2, column 1): must be an object, not a list"
    )


def test_the_limits_hold(tmp_path: Path) -> None:
    corpus = put(tmp_path / "c.jsonl", documents_of(GOLD))

    report = validate_corpus(corpus, limits=Limits(size=10, depth=3, problems=1), articles_per_piece=2)

    assert report.codes == {"OPED-too-large": 7}


def test_progress_is_reported_after_each_piece(tmp_path: Path) -> None:
    reported = list[Progress]()
    validate_corpus(put(tmp_path / "c.parquet", DOCUMENTS), articles_per_piece=5, progress=reported.append)
    validate_corpus(put(tmp_path / "framed.jsonl.gz", DOCUMENTS), articles_per_piece=7, progress=reported.append)
    validate_corpus(put(tmp_path / "c.jsonl.gz", DOCUMENTS), progress=reported.append)

    assert [(each.done, each.total) for each in reported] == [
        (5, 12),
        (10, 12),
        (12, 12),
        (7, 12),
        (12, 12),
        (12, None),
    ]
    assert {each.unit for each in reported} == {"articles"}


@pytest.mark.parametrize("start", [0, 1, 4, 7, 12, 13, 20])
@pytest.mark.parametrize("name", ["c.jsonl", "c.parquet", "framed.jsonl.gz"])
def test_validation_resumes_after_the_given_number_of_articles(tmp_path: Path, name: str, start: int) -> None:
    put(tmp_path / f"b-{name}", DOCUMENTS[:3])
    put(tmp_path / f"d-{name}", DOCUMENTS)
    reported = list[Progress]()

    report = validate_corpus(tmp_path, start=start, articles_per_piece=5, progress=reported.append)

    whole = validate_corpus(tmp_path)
    assert report.articles == max(0, 15 - start)
    assert report.bad == tuple(each for each in whole.bad if each.number > start - 3 * ("d-" in str(each.file)))
    assert [(each.done, each.total) for each in reported[-1:]] == [(15, 15)] * (start < 15)


def test_a_file_of_unknown_length_cannot_be_resumed(tmp_path: Path) -> None:
    corpus = put(tmp_path / "c.jsonl.gz", DOCUMENTS)

    with pytest.raises(InvalidRecord) as caught:
        validate_corpus(corpus, start=1)

    reason = "is unknown; decompress it, or compress it with write_lines"
    assert str(caught.value) == f"start: the number of articles in {corpus} {reason}"


@every
def test_a_corpus_of_any_format_is_read(tmp_path: Path, name: str) -> None:
    corpus, reported, bad = put(tmp_path / name, DOCUMENTS), list[Progress](), list[BadArticle]()

    assert list(read_corpus(corpus, on_error=bad.append, progress=reported.append)) == GOLD
    assert [each.number for each in bad] == [3, 8, 9, 11, 12]
    assert [each.done for each in reported] == list(range(1, 13))


@pytest.mark.parametrize("size", [0, True, "2"])
def test_an_invalid_size_of_pieces_is_rejected(tmp_path: Path, size: Any) -> None:
    with pytest.raises(InvalidRecord) as caught:
        validate_corpus(put(tmp_path / "c.jsonl", DOCUMENTS), articles_per_piece=size)

    assert str(caught.value) == f"articles_per_piece: must be a whole number from 1, not {size!r}"


def test_a_directory_without_a_corpus_is_rejected(tmp_path: Path) -> None:
    with pytest.raises(ArticleFileError) as caught:
        validate_corpus(tmp_path)

    assert str(caught.value) == (
        f"{tmp_path} contains no file that ends in .parquet or .jsonl or .jsonl.gz or .jsonl.zst; "
        "give files of single articles by their names"
    )


# Engines.


@every
def test_a_pool_of_processes_is_an_engine(tmp_path: Path, name: str) -> None:
    corpus = put(tmp_path / name, DOCUMENTS)

    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        report = validate_corpus(corpus, engine=pool.map, articles_per_piece=2)

    assert report == validate_corpus(corpus)


def losing(work: Callable[[Any], Any], pieces: Iterable[Any]) -> list[Any]:
    return [work(piece) for piece in pieces][:-1]


def doubling(work: Callable[[Any], Any], pieces: Iterable[Any]) -> list[Any]:
    return [work(piece) for piece in pieces for _ in range(2)]


def exchanging(work: Callable[[Any], Any], pieces: Iterable[Any]) -> list[Any]:
    return [work(piece) for piece in pieces][::-1]


@pytest.mark.parametrize("engine", [losing, doubling, exchanging])
def test_an_engine_that_loses_duplicates_or_reorders_results_is_rejected(tmp_path: Path, engine: Any) -> None:
    corpus = put(tmp_path / "c.jsonl", DOCUMENTS)

    with pytest.raises(InvalidRecord) as caught:
        validate_corpus(corpus, engine=engine, articles_per_piece=5)

    assert str(caught.value) == "engine: must return one result for each piece, in the order of the pieces"


# Scores.


@pytest.mark.parametrize("ours", NAMES)
@every
def test_the_counts_of_all_articles_are_added(tmp_path: Path, ours: str, name: str) -> None:
    predicted = put(tmp_path / f"predicted-{ours}", documents_of(PREDICTED))
    gold = put(tmp_path / f"gold-{name}", documents_of(GOLD))

    scores = score_corpus(predicted, gold, articles_per_piece=2)

    assert scores == reduce(add, [score(one, two) for one, two in zip(PREDICTED, GOLD, strict=True)])
    assert (scores.attribution.chains.recall or 0) < 1
    assert scores.interval(resamples=10) == score_corpus(predicted, gold, articles_per_piece=3).interval(resamples=10)
    assert scores.baselines == {}


@sizes
def test_the_scores_do_not_depend_on_the_pieces(tmp_path: Path, size: int) -> None:
    predicted = put(tmp_path / "p.parquet", documents_of(PREDICTED))
    gold = put(tmp_path / "g.jsonl", documents_of(GOLD))
    reported = list[Progress]()

    scores = score_corpus(
        predicted, gold, match="overlap", layers=["claims"], articles_per_piece=size, progress=reported.append
    )

    whole = [score(one, two, match="overlap", layers=["claims"]) for one, two in zip(PREDICTED, GOLD, strict=True)]
    assert scores == reduce(add, whole)
    length = predicted.stat().st_size + gold.stat().st_size
    assert reported[-1] == Progress(done=7, total=7, unit="articles", bytes_done=length, bytes_total=length)


def test_directories_are_scored_file_by_file(tmp_path: Path) -> None:
    for folder, articles, name in (("p", PREDICTED, "x.parquet"), ("g", GOLD, "x.jsonl")):
        for number, part in enumerate((articles[:3], articles[3:])):
            (tmp_path / folder / str(number)).mkdir(parents=True)
            put(tmp_path / folder / str(number) / name, documents_of(part))

    scores = score_corpus(tmp_path / "p", tmp_path / "g")

    assert scores == reduce(add, [score(one, two) for one, two in zip(PREDICTED, GOLD, strict=True)])


def test_empty_corpora_have_an_empty_score(tmp_path: Path) -> None:
    empty = put(tmp_path / "c.jsonl", [])

    assert score_corpus(empty, empty) == score_of_nothing()


@every
def test_bad_articles_are_left_out_on_both_sides(tmp_path: Path, name: str) -> None:
    predicted = put(tmp_path / f"p-{name}", documents_of([*PREDICTED[:2], GOLD[2]]))
    gold = put(tmp_path / f"g-{name}", [documents_of(GOLD)[0], b"{}", documents_of(GOLD)[2]])
    reported = list[BadArticle]()

    scores = score_corpus(predicted, gold, on_error=reported.append)

    assert scores == score(PREDICTED[0], GOLD[0]) + score(GOLD[2], GOLD[2])
    assert [(bad.file, bad.number) for bad in reported] == [(str(gold), 2)]


def test_a_bad_article_ends_scoring(tmp_path: Path) -> None:
    corpus = put(tmp_path / "c.parquet", [*documents_of(GOLD[:2]), b"[]"])

    with pytest.raises(InvalidArticle) as caught:
        score_corpus(corpus, corpus)

    assert str(caught.value) == ("1 problem\nerror OPED-wrong-type (line 3, column 1): must be an object, not a list")
    assert caught.value.__notes__ == [f"in {corpus}"]


def test_articles_in_another_order_are_not_compared(tmp_path: Path) -> None:
    predicted = put(tmp_path / "p.jsonl", documents_of([GOLD[0], GOLD[2]]))
    gold = put(tmp_path / "g.jsonl", documents_of(GOLD[:2]))

    with pytest.raises(NotComparable) as caught:
        score_corpus(predicted, gold)

    assert str(caught.value) == (
        f"article 2 is 'synthetic-0-3' in {predicted} and 'synthetic-0-2' in {gold}; write both in the same order"
    )


@pytest.mark.parametrize(("ours", "theirs"), [(2, 3), (3, 2), (0, 1)])
def test_corpora_of_unequal_length_are_not_compared(tmp_path: Path, ours: int, theirs: int) -> None:
    predicted = put(tmp_path / "p.parquet", documents_of(GOLD[:ours]))
    gold = put(tmp_path / "g.jsonl", documents_of(GOLD[:theirs]))

    with pytest.raises(NotComparable) as caught:
        score_corpus(predicted, gold)

    assert str(caught.value) == f"{predicted} has {ours} articles, and {gold} has {theirs}"


@pytest.mark.parametrize("shorter", ["p", "g"])
def test_compressed_corpora_of_unequal_length_are_not_compared(tmp_path: Path, shorter: str) -> None:
    for name in ("p", "g"):
        put(tmp_path / f"{name}.jsonl.gz", documents_of(GOLD[: 2 if name == shorter else 3]))
    short, long = tmp_path / f"{shorter}.jsonl.gz", tmp_path / f"{'g' if shorter == 'p' else 'p'}.jsonl.gz"

    with pytest.raises(NotComparable) as caught:
        score_corpus(tmp_path / "p.jsonl.gz", tmp_path / "g.jsonl.gz")

    assert str(caught.value) == f"{short} ends before article 3, which {long} has"


def test_corpora_with_different_numbers_of_files_are_not_compared(tmp_path: Path) -> None:
    (tmp_path / "p").mkdir()
    put(tmp_path / "p" / "1.jsonl", [])
    put(tmp_path / "p" / "2.jsonl", [])

    with pytest.raises(NotComparable) as caught:
        score_corpus(tmp_path / "p", put(tmp_path / "g.jsonl", []))

    assert str(caught.value) == "there are 2 files of predicted articles and 1 of gold ones"


def test_wrong_arguments_are_rejected_before_anything_is_read(tmp_path: Path) -> None:
    wrong: list[dict[str, Any]] = [{"match": "loose"}, {"layers": ["claim"]}, {"on_error": "skip"}]

    for arguments in wrong:
        with pytest.raises(InvalidRecord):
            score_corpus(tmp_path / "not there", tmp_path / "not there", **arguments)


def test_a_program_on_standard_input_works_in_one_process(monkeypatch: pytest.MonkeyPatch) -> None:
    program = ModuleType("__main__")
    program.__file__ = "<stdin>"
    monkeypatch.setitem(sys.modules, "__main__", program)

    assert list(on_cores(2)(abs, [-1, 2])) == [1, 2]
