"""The benchmarks run, compare equal data, and publish their results on a page. No test depends on timings."""

from __future__ import annotations

import importlib.util
import json
import shutil
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import Any, get_args

import attrs
import pytest

from benchmarks import documents, models, page, results
from benchmarks.entrants import ENTRANTS
from benchmarks.goals import GOALS, Goal
from benchmarks.measuring import packings
from benchmarks.pairing import Effort, Spread, interleaved, ratio, spread
from benchmarks.results import Cell, Results
from benchmarks.worker import Request, Worker, digest
from oped_dataset import formats, load, loads, validate
from oped_dataset.model.article import TABLES, Article
from oped_dataset.model.records import Claim

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
HERE = [entrant for entrant in ENTRANTS if entrant.absence is None]


def _run(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "benchmarks", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8")


# The command.


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output directory of a quick run."""
    folder = tmp_path_factory.mktemp("found")
    done = _run("--quick", "--output", folder)
    assert done.returncode == 0, done.stderr
    return folder


def test_a_contender_is_either_present_or_named_as_absent(found: Path) -> None:
    run = results.read(found / "benchmarks.json")

    assert run.quick
    assert run.present == [entrant.name for entrant in HERE]
    assert set(run.absent) == {entrant.name for entrant in ENTRANTS} - set(run.present)


def test_all_contenders_have_equally_many_figures_or_a_reason(found: Path) -> None:
    run = results.read(found / "benchmarks.json")

    for cell in run.cells:
        assert len({len(figures) for figures in cell.figures.values()}) == 1
        assert min(min(figures) for figures in cell.figures.values()) > 0
        assert {*cell.figures, *cell.unable} - {"bare"} == set(run.present)
        assert "ours" not in cell.unable


def test_every_task_is_measured_at_its_sizes(found: Path) -> None:
    run = results.read(found / "benchmarks.json")

    tasks = {cell.task for cell in run.cells}
    arrow = {"arrow"} if importlib.util.find_spec("pyarrow") else set[str]()
    lines = {f"{verb}-{packing}" for verb in ("read", "write") for packing in packings()}
    once = {"import", "cold"}
    assert tasks == {"load", "dump", "problems", "memory", "memory-lines"} | once | arrow | lines
    assert {task: run.sizes(task) for task in tasks} == {task: [1] if task in once else [1, 2] for task in tasks}


def test_jobs_are_measured_in_two_ways_and_listed(found: Path) -> None:
    run, whole = results.read(found / "benchmarks.json"), (found / "benchmarks.md").read_text("utf-8")

    assert {f"export {each.name}" for each in formats() if each.extra is None} <= {pair.title for pair in run.pairs}
    assert any(pair.title.startswith("validate_corpus of jsonl.gz") for pair in run.pairs)
    for pair in run.pairs:
        assert len(pair.figures["ours"]) == len(pair.figures["theirs"]) > 0
        assert f"| {pair.title} | " in whole


def test_the_package_reports_all_mistakes(found: Path) -> None:
    run = results.read(found / "benchmarks.json")

    assert run.told["ours"] == run.mistakes == 3
    assert set(run.told) == set(run.present)


def test_the_page_of_a_run_warns_that_it_was_quick(found: Path) -> None:
    whole = (found / "benchmarks.md").read_text("utf-8")

    assert "its figures mean nothing" in whole
    assert all(f"| {entrant.title} | " in whole for entrant in HERE)
    assert _run("--check", "--output", found).returncode == 0


def test_the_published_page_and_plot_are_made_from_the_published_figures() -> None:
    done = _run("--check", "--output", DOCS)

    assert (done.stderr, done.returncode) == (f"{DOCS}: up to date\n", 0)


def test_the_published_figures_are_from_a_whole_run_with_all_contenders() -> None:
    run = results.read(DOCS / "benchmarks.json")

    assert not run.quick
    assert run.absent == {}
    assert run.sizes("load") == run.sizes("read-plain")
    assert run.sizes("load") == [1, 10, 100]
    assert {each.packing: each.held for each in run.capped} == dict.fromkeys(("plain", "gzip", "zstd"), False)


@pytest.mark.parametrize("name", ["benchmarks.md", "benchmarks.svg"])
def test_a_page_or_plot_made_from_other_figures_is_reported(tmp_path: Path, name: str) -> None:
    for file in ("benchmarks.md", "benchmarks.svg", "benchmarks.json"):
        shutil.copy(DOCS / file, tmp_path / file)
    whole = (tmp_path / name).read_text("utf-8")
    (tmp_path / name).write_text(whole.translate(str.maketrans("0123456789", "1234567890")), encoding="utf-8")

    done = _run("--check", "--output", tmp_path)

    assert (done.stderr, done.returncode) == (f"{tmp_path}: {name} not made from benchmarks.json\n", 1)


# The same data.


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> documents.Document:
    """The bundled article in a file."""
    return documents.write_document(documents.enlarged(1), tmp_path_factory.mktemp("documents") / "one.json")


def test_the_small_document_is_the_bundled_article(document: documents.Document) -> None:
    assert loads(document.content) == load()


def test_a_larger_document_is_valid_and_repeats_every_record() -> None:
    large = loads(documents.enlarged(3))

    assert {name: len(table) for name, table in large.tables.items()} == {
        name: 3 * len(table) for name, table in load().tables.items()
    }
    assert large.source.length == 3 * load().source.length


def test_the_damaged_document_has_three_mistakes(document: documents.Document) -> None:
    codes = [problem.code for problem in validate(documents.damaged(document.content)).problems]

    assert codes == ["OPED-missing-key", "OPED-unknown-label", "OPED-wrong-type"]


@pytest.mark.parametrize("entrant", HERE, ids=lambda entrant: entrant.name)
def test_a_worker_returns_the_digest_of_its_data(
    entrant: Any, document: documents.Document, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(tmp_path)
    models.write_modules(tmp_path)
    data = json.loads(document.content)
    data["title"] += "!"
    other = documents.write_document(json.dumps(data).encode(), tmp_path / "other.json")

    with Worker(entrant) as worker:
        digests = [worker.ask(Request(task="load", file=each.path, check=True)) for each in (document, other)]

    assert digests == [digest(json.loads(document.content)), digest(data)]


def test_a_failure_in_a_worker_is_reported_with_its_traceback(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(tmp_path)
    models.write_modules(tmp_path)
    broken = tmp_path / "broken.json"
    broken.write_bytes(b"{")
    broken.with_suffix(".jsonl").write_bytes(b"{")

    with Worker(ENTRANTS[0]) as worker, pytest.raises(RuntimeError, match=r"(?s)^ours failed at .*InvalidArticle"):
        worker.ask(Request(task="load", file=broken))


def test_a_contender_with_a_missing_library_is_absent() -> None:
    entrant = attrs.evolve(ENTRANTS[0], distributions=("attrs", "no-such-distribution"))

    assert entrant.absence == "not installed: no-such-distribution"


@pytest.mark.parametrize("dialect", get_args(models.Dialect))
def test_peers_have_the_fields_of_the_packages_classes(
    dialect: models.Dialect, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if dialect != "dataclasses":
        pytest.importorskip(dialect)
    monkeypatch.syspath_prepend(tmp_path)
    models.write_modules(tmp_path)
    peer = import_module(models.MODULES[dialect])

    for cls in (Article, Claim):
        assert list(getattr(peer, cls.__name__).__annotations__) == [field.name for field in attrs.fields(cls)]


def test_tables_in_arrow_contain_the_values_of_the_document(document: documents.Document) -> None:
    pytest.importorskip("pyarrow")
    data = json.loads(document.content)

    assert {name: table.to_pylist() for name, table in models.arrow_tables(data).items()} == {
        name: data[name] for name in TABLES
    }


# Figures.


def test_contenders_alternate_and_each_round_begins_with_another() -> None:
    order = list[str]()

    def measure(name: str) -> int:
        order.append(name)
        return len(order)

    figures = interleaved("abc", measure, Effort(rounds=3, seconds=60))

    assert "".join(order) == "abc" + "bac" + "cab"
    assert figures == {"a": [1, 5, 8], "b": [2, 4, 9], "c": [3, 6, 7]}


@pytest.mark.parametrize(
    ("effort", "rounds"),
    [(Effort(9, seconds=60), 9), (Effort(9, seconds=-1), 3), (Effort(9, seconds=-1, patience=-1), 1)],
)
def test_after_the_time_limit_a_few_rounds_follow_within_the_patience(effort: Effort, rounds: int) -> None:
    assert interleaved("ab", lambda name: 1, effort) == {"a": [1] * rounds, "b": [1] * rounds}


def test_a_ratio_compares_figures_of_the_same_round() -> None:
    assert ratio([10, 40, 90], [10, 20, 30]) == Spread(1.5, 2.0, 2.5)


def test_one_figure_has_no_spread() -> None:
    assert spread([7]) == Spread(7, 7, 7)


@pytest.mark.parametrize(
    ("figures", "verdict"), [([1, 2, 2], "met"), ([2, 2, 5], "met by the median"), ([2, 3, 3], "missed")]
)
def test_a_goal_is_met_when_three_quarters_of_the_rounds_meet_it(figures: list[int], verdict: str) -> None:
    cell = Cell(task="load", size=1, unit="ns", figures={"ours": figures, "msgspec": [1, 1, 1]})
    run = attrs.evolve(_nothing(), cells=[cell])

    assert Goal("load", "ours", "msgspec", 2.0).verdict(run) == verdict
    assert Goal("load", "ours", "pydantic", 2.0).verdict(run) == "not measured"


@pytest.mark.parametrize(("load", "busy"), [("1.00", False), ("1.01", True), ("unknown", False)])
def test_a_busy_machine_is_recognised(load: str, busy: bool) -> None:
    run = attrs.evolve(_nothing(), machine={"load before the run": load, "cores": "2"})

    assert page.is_busy(run) is busy


def test_the_published_figures_measure_every_goal() -> None:
    run = results.read(DOCS / "benchmarks.json")

    assert [goal for goal in GOALS if goal.reached(run) is None] == []


def test_figures_survive_a_round_trip_through_a_file(tmp_path: Path) -> None:
    cell = Cell(task="load", size=1, unit="ns", figures={"ours": [1, 2]}, unable={"pandas": "no"})
    run = attrs.evolve(_nothing(), cells=[cell], told={"ours": 3})
    (tmp_path / "run.json").write_text(results.spelled(run), encoding="utf-8")

    assert results.read(tmp_path / "run.json") == run


def test_figures_in_another_format_are_rejected(tmp_path: Path) -> None:
    (tmp_path / "run.json").write_text('{"format": 0}', encoding="utf-8")

    with pytest.raises(ValueError, match=r"results in format 0, not 1$"):
        results.read(tmp_path / "run.json")


def _nothing() -> Results:
    return Results(
        quick=True,
        day="2026-01-01",
        machine={},
        process={},
        versions={},
        present=[],
        absent={},
        documents=[],
        corpora=[],
        mistakes=3,
        told={},
        cells=[],
        capped=[],
    )
