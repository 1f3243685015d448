"""Corpora in real worker processes, some of them killed: the result is the same, and nothing is lost or duplicated."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from corpus_files import DOCUMENTS, GOLD, PREDICTED, documents_of, put
from fatal import Fatal

from oped_dataset import (
    CorpusReport,
    on_cores,
    on_dask,
    score_corpus,
    validate_corpus,
)
from oped_dataset.corpora.engines import Engine
from oped_dataset.errors import InvalidRecord, NotComparable, WorkerDied

pytestmark = [pytest.mark.skipif(os.name != "posix", reason="this system cannot kill in this way"), pytest.mark.slow]

DIED = "the process that worked on it died twice; there may be too little memory for it"
OVER_AND_OVER = 100


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    dask: Any = pytest.importorskip("dask")
    distributed: Any = pytest.importorskip(
        "distributed", reason='distributed is missing; run: pip install "oped-dataset[dask]"'
    )
    scratch = str(tmp_path_factory.mktemp("dask"))
    with (
        # After this time, the cluster gives up a lost worker that is missing at that moment, even if it returned in
        # between. The tests kill each of the two workers more than once, and would hang.
        dask.config.set({"distributed.deploy.lost-worker-timeout": "1 day"}),
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, dashboard_address=":0", local_directory=scratch
        ) as cluster,
        distributed.Client(cluster) as connected,
    ):
        yield connected


@pytest.fixture(params=["on_cores", "on_dask"])
def engine(request: pytest.FixtureRequest) -> Engine:
    """Each engine, with two workers."""
    return on_cores(2) if request.param == "on_cores" else on_dask(request.getfixturevalue("client"))


@pytest.fixture
def marks(tmp_path: Path) -> Path:
    (tmp_path / "marks").mkdir()
    return tmp_path / "marks"


def deadly(engine: Engine, article: int, marks: Path, **how: Any) -> Engine:
    """The engine under test, with workers that die on one article."""

    def engage(work: Callable[[Any], Any], pieces: Sequence[Any]) -> Any:
        return engine(Fatal(work, article, marks, **how), pieces)

    return engage


@pytest.mark.parametrize("name", ["c.jsonl", "c.jsonl.gz", "c.parquet"])
def test_the_report_is_that_of_one_process(engine: Engine, tmp_path: Path, name: str) -> None:
    corpus = put(tmp_path / name, DOCUMENTS)

    assert validate_corpus(corpus, engine=engine, articles_per_piece=1) == validate_corpus(corpus)


@pytest.mark.parametrize(("article", "after"), [(1, False), (7, True), (12, True)])
def test_a_killed_worker_changes_no_report(
    engine: Engine, tmp_path: Path, marks: Path, article: int, after: bool
) -> None:
    corpus = put(tmp_path / "c.parquet", DOCUMENTS)

    report = validate_corpus(corpus, engine=deadly(engine, article, marks, after=after), articles_per_piece=1)

    assert report == validate_corpus(corpus)
    assert len(list(marks.iterdir())) == 1


def test_a_killed_worker_changes_no_score(engine: Engine, tmp_path: Path, marks: Path) -> None:
    predicted = put(tmp_path / "p.parquet", documents_of(PREDICTED))
    gold = put(tmp_path / "g.jsonl", documents_of(GOLD))

    scores = score_corpus(predicted, gold, engine=deadly(engine, 4, marks), articles_per_piece=1)

    assert scores == score_corpus(predicted, gold)
    assert len(list(marks.iterdir())) == 1


@pytest.mark.parametrize("name", ["c.jsonl", "c.parquet", "framed.jsonl.gz"])
def test_an_article_that_kills_every_worker_is_listed_and_the_rest_is_validated(
    tmp_path: Path, marks: Path, name: str
) -> None:
    corpus = put(tmp_path / name, DOCUMENTS)

    report = validate_corpus(corpus, engine=deadly(on_cores(2), 2, marks, deaths=OVER_AND_OVER), articles_per_piece=5)

    whole = validate_corpus(corpus)
    assert report == CorpusReport(
        articles=11, bad=whole.bad, codes=whole.codes, unread=(f"{corpus}, article 2: {DIED}",)
    )
    assert not report.ok
    assert str(report).endswith(f"\n{corpus}, article 2: {DIED}")


def test_a_compressed_file_that_kills_every_worker_is_listed_as_a_whole(tmp_path: Path, marks: Path) -> None:
    corpus = put(tmp_path / "c.jsonl.gz", DOCUMENTS)

    report = validate_corpus(corpus, engine=deadly(on_cores(2), 2, marks, deaths=OVER_AND_OVER))

    assert report == CorpusReport(unread=(f"{corpus}: {DIED}",))


def test_an_article_that_kills_every_worker_of_a_cluster_is_listed(
    client: Any, tmp_path: Path, marks: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus = put(tmp_path / "c.jsonl", documents_of(GOLD[:3]))
    monkeypatch.setattr(client.cluster.scheduler, "allowed_failures", 1)

    report = validate_corpus(
        corpus, engine=deadly(on_dask(client), 2, marks, deaths=OVER_AND_OVER), articles_per_piece=1
    )

    (reason,) = report.unread
    assert report.articles == 2
    assert reason.startswith(f"{corpus}, article 2: the workers that had it died one after another: ")
    assert len(list(marks.iterdir())) == 2


def test_an_article_that_kills_every_worker_ends_scoring(tmp_path: Path, marks: Path) -> None:
    corpus = put(tmp_path / "c.parquet", documents_of(GOLD[:2]))

    with pytest.raises(WorkerDied) as caught:
        score_corpus(corpus, corpus, engine=deadly(on_cores(2), 2, marks, deaths=OVER_AND_OVER))

    assert str(caught.value) == f"{corpus}, article 2 and {corpus}, article 2: {DIED}"


def test_an_error_of_a_worker_is_raised_unchanged(engine: Engine, tmp_path: Path) -> None:
    predicted = put(tmp_path / "p.jsonl", documents_of(GOLD[1:2]))
    gold = put(tmp_path / "g.jsonl", documents_of(GOLD[:1]))

    with pytest.raises(NotComparable) as caught:
        score_corpus(predicted, gold, engine=engine)

    assert str(caught.value) == (
        f"article 1 is 'synthetic-0-2' in {predicted} and 'synthetic-0-1' in {gold}; write both in the same order"
    )


def test_abandoned_work_is_cancelled(client: Any, tmp_path: Path) -> None:
    corpus = put(tmp_path / "c.jsonl", DOCUMENTS)

    with pytest.raises(ZeroDivisionError):
        validate_corpus(corpus, engine=on_dask(client), articles_per_piece=1, progress=lambda _: 1 // 0)

    assert client.futures == {}


def test_processes_that_die_at_their_start_raise_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    corpus = put(tmp_path / "c.jsonl", DOCUMENTS)
    dying = 'import os, sys\nif any("spawn_main" in each for each in sys.orig_argv):\n    os._exit(1)\n'
    (tmp_path / "sitecustomize.py").write_text(dying, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))

    with pytest.raises(WorkerDied) as caught:
        validate_corpus(corpus, engine=on_cores(2))

    assert str(caught.value) == (
        "the processes die when they start; does this program start its work below `if __name__ == '__main__':`?"
    )


@pytest.mark.parametrize("jobs", [0, -1, 1.0, True, "2"])
def test_an_invalid_number_of_jobs_is_rejected_immediately(jobs: int) -> None:
    with pytest.raises(InvalidRecord) as caught:
        on_cores(jobs)

    assert str(caught.value) == f"jobs: must be a whole number from 1, or None for one a core, not {jobs!r}"
