"""Corpora on a cluster of real worker processes, of which some are killed: the same result, nothing lost or doubled."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from corpus_files import DOCUMENTS, GOLD, PREDICTED, documents_of, put
from fatal import Fatal

from oped_dataset import on_dask, score_corpus, validate_corpus
from oped_dataset.corpora.pieces import Engine
from oped_dataset.errors import ArticleFileError, InvalidRecord, NotComparable

distributed: Any = pytest.importorskip(
    "distributed", reason='distributed is missing; run: pip install "oped-dataset[dask]"'
)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    dask = pytest.importorskip("dask")
    scratch = str(tmp_path_factory.mktemp("dask"))
    with (
        # So long after it has lost a worker, the cluster gives it up for good if it is not there at this very moment,
        # even if it was back in between. The tests kill each of the two more than once, and would wait for ever.
        dask.config.set({"distributed.deploy.lost-worker-timeout": "1 day"}),
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, dashboard_address=":0", local_directory=scratch
        ) as cluster,
        distributed.Client(cluster) as connected,
    ):
        yield connected


@pytest.fixture
def marks(tmp_path: Path) -> Path:
    (tmp_path / "marks").mkdir()
    return tmp_path / "marks"


def deadly(client: Any, piece: int, marks: Path, **how: Any) -> Engine:
    """The engine under test, with workers that die over a piece."""

    def engine(work: Callable[[Any], Any], pieces: Sequence[Any]) -> Any:
        return on_dask(client)(Fatal(work, piece, marks, **how), pieces)

    return engine


@pytest.mark.parametrize("name", ["c.jsonl", "c.jsonl.gz", "c.parquet"])
def test_a_cluster_finds_what_one_process_finds(client: Any, tmp_path: Path, name: str) -> None:
    corpus = put(tmp_path / name, DOCUMENTS)

    assert validate_corpus(corpus, engine=on_dask(client), articles_per_piece=1) == validate_corpus(corpus)


@pytest.mark.parametrize(("piece", "after"), [(0, False), (6, True), (11, True)])
def test_a_killed_worker_changes_no_report(client: Any, tmp_path: Path, marks: Path, piece: int, after: bool) -> None:
    corpus = put(tmp_path / "c.parquet", DOCUMENTS)

    report = validate_corpus(corpus, engine=deadly(client, piece, marks, after=after), articles_per_piece=1)

    assert report == validate_corpus(corpus)
    assert len(list(marks.iterdir())) == 1


def test_a_killed_worker_changes_no_score(client: Any, tmp_path: Path, marks: Path) -> None:
    predicted = put(tmp_path / "p.parquet", documents_of(PREDICTED))
    gold = put(tmp_path / "g.jsonl", documents_of(GOLD))

    scores = score_corpus(predicted, gold, engine=deadly(client, 3, marks), articles_per_piece=1)

    assert scores == score_corpus(predicted, gold)
    assert len(list(marks.iterdir())) == 1


def test_a_piece_that_kills_every_worker_is_named(
    client: Any, tmp_path: Path, marks: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus = put(tmp_path / "c.jsonl", DOCUMENTS[:2])
    monkeypatch.setattr(client.cluster.scheduler, "allowed_failures", 1)

    with pytest.raises(ArticleFileError, match=r"c\.jsonl.*: the workers that had it died, one after the other: "):
        validate_corpus(corpus, engine=deadly(client, 1, marks, deaths=100), articles_per_piece=1)

    assert len(list(marks.iterdir())) == 2


def test_an_error_of_a_worker_is_raised_as_it_is(client: Any, tmp_path: Path) -> None:
    predicted = put(tmp_path / "p.jsonl", documents_of(GOLD[1:2]))
    gold = put(tmp_path / "g.jsonl", documents_of(GOLD[:1]))

    with pytest.raises(NotComparable) as caught:
        score_corpus(predicted, gold, engine=on_dask(client))

    assert str(caught.value) == (
        f"article 1 is 'synthetic-0-2' in {predicted} and 'synthetic-0-1' in {gold}; write both in the same order"
    )


def test_work_that_is_given_up_leaves_nothing_waiting(client: Any, tmp_path: Path) -> None:
    corpus = put(tmp_path / "c.jsonl", DOCUMENTS)

    with pytest.raises(ZeroDivisionError):
        validate_corpus(corpus, engine=on_dask(client), articles_per_piece=1, progress=lambda _: 1 // 0)

    assert client.futures == {}


def test_what_is_no_client_is_refused() -> None:
    with pytest.raises(InvalidRecord) as caught:
        on_dask("tcp://scheduler:8786")

    assert str(caught.value) == "client: must be a distributed.Client, not str"
