"""Jobs that are compared in pairs: the package's way beside an alternative, in one process.

Here: the jobs, each with its largest wanted ratio, and measuring them in turn.
Not here: jobs that all contenders do on the same document (`contest.py`).
"""

from __future__ import annotations

import importlib.util
import json
import time
from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any, Final

import attrs

from benchmarks.pairing import Effort, interleaved
from benchmarks.results import Pair
from oped_dataset import (
    Article,
    dumps,
    explore,
    export,
    extraction_schema,
    formats,
    from_records,
    load,
    on_cores,
    on_dask,
    read_lines,
    score,
    to_records,
    validate_corpus,
    write_lines,
    write_parquet,
)
from oped_dataset.testing import make_corpus

_LIBRARIES: Final = {"cas": "cassis", "rdf": "rdflib", "arrow": "pyarrow"}
_CORPUS: Final = 10_000
"""Articles of the corpus that two processes share: so many that starting these, about a second, hardly counts."""

_FEW: Final = 2
"""Rounds of a job that takes many seconds."""


@attrs.frozen
class Job:
    """The same job done in two ways.

    Attributes:
        title: The job, and the package's way.
        other: The other way.
        most: The largest wanted ratio of the two.
        ours: Does the job the package's way.
        theirs: Does the job the other way.
        rounds: The largest number of rounds; few for slow jobs.
    """

    title: str
    other: str
    most: float
    ours: Callable[[], object]
    theirs: Callable[[], object]
    rounds: int = 11


def measure(work: Path, effort: Effort, report: Callable[[str], None], *, quick: bool) -> list[Pair]:
    """Measure every job whose libraries are installed."""
    pairs = []
    for job in _list_jobs(work, 20 if quick else _CORPUS):
        report(f"{job.title}, beside {job.other}")
        ways = {"ours": job.ours, "theirs": job.theirs}
        if job.rounds > _FEW:
            # A first call imports the libraries before the first round.
            for way in ways.values():
                way()
        rounds = attrs.evolve(effort, rounds=min(effort.rounds, job.rounds))
        figures = interleaved(list(ways), partial(_time, ways), rounds)
        pairs.append(Pair(title=job.title, other=job.other, most=job.most, figures=figures))
    return pairs


def _time(ways: dict[str, Callable[[], object]], name: str) -> int:
    begun = time.perf_counter_ns()
    ways[name]()
    return time.perf_counter_ns() - begun


def _list_jobs(work: Path, articles: int) -> Iterator[Job]:
    article = load("harbour-toll")
    yield from _list_scoring_jobs(article)
    yield from _list_extraction_jobs(article)
    yield Job("explore", "dumps of the same article", 5, partial(explore, article), partial(dumps, article))
    for each in formats():
        library = _LIBRARIES.get(each.extra or "", each.extra)
        if library is None or importlib.util.find_spec(library):
            call = partial(export, article, each.name)
            yield Job(f"export {each.name}", "dumps of the same article", 20, call, partial(dumps, article))
    if importlib.util.find_spec("rdflib"):
        import rdflib

        graph = rdflib.Graph().parse(data=export(article, "turtle"), format="turtle")
        yield Job(
            "export turtle",
            "rdflib's writing of the same triples",
            1,
            partial(export, article, "turtle"),
            partial(graph.serialize, format="turtle"),
        )
    yield from _list_corpus_jobs(work, articles)


def _list_scoring_jobs(article: Article) -> Iterator[Job]:
    if not importlib.util.find_spec("nervaluate"):
        return
    from nervaluate.evaluator import Evaluator

    spans = [
        {"label": str(mention.form), "start": mention.span.start, "end": mention.span.end - 1}
        for mention in article.mentions
    ]
    labels = sorted({str(span["label"]) for span in spans})
    yield Job(
        "score of mentions, exact",
        "nervaluate on the same spans",
        3,
        lambda: score(article, article, match="exact", layers=["mentions"]).figures(),
        lambda: Evaluator([spans], [spans], tags=labels, loader="dict").evaluate(),
    )


def _list_extraction_jobs(article: Article) -> Iterator[Job]:
    if not importlib.util.find_spec("jsonschema"):
        return
    import jsonschema

    records: Any = to_records(article)
    plain = json.loads(json.dumps(records))
    check = jsonschema.Draft202012Validator(extraction_schema())
    yield Job(
        "from_records, all layers",
        "jsonschema, which only checks the form",
        5,
        partial(from_records, records, like=article),
        lambda: list(check.iter_errors(plain)),
    )


def _list_corpus_jobs(work: Path, articles: int) -> Iterator[Job]:
    names = ["jobs.jsonl", "jobs.jsonl.gz"]
    names += ["jobs.jsonl.zst"] * bool(importlib.util.find_spec("backports.zstd"))
    write_lines(make_corpus(articles), work / names[0])
    for name in names[1:]:
        write_lines(read_lines(work / names[0]), work / name)
    if importlib.util.find_spec("pyarrow"):
        names.append("jobs.parquet")
        write_parquet(read_lines(work / names[0]), work / names[-1])
    for name in names:
        one = partial(validate_corpus, work / name, articles_per_piece=200)
        yield Job(
            f"validate_corpus of {name.partition('.')[2]} on two processes",
            "one process",
            0.59,
            partial(one, engine=on_cores(2)),
            one,
            _FEW,
        )
    if importlib.util.find_spec("distributed"):
        distributed: Any = import_module("distributed")

        two = partial(validate_corpus, work / names[0], articles_per_piece=200)
        with (
            distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster,
            distributed.Client(cluster) as client,
        ):
            yield Job(
                "validate_corpus on two workers of Dask",
                "two processes",
                1.2,
                partial(two, engine=on_dask(client)),
                partial(two, engine=on_cores(2)),
                _FEW,
            )
