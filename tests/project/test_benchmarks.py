"""The benchmarks run, compare equal data, and publish their results on a page. No test depends on timings."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import attrs
import pytest

from benchmarks import contests, page, peers, results
from benchmarks.contenders import CONTENDERS, Contender, Library, Unable
from benchmarks.documents import Inputs, enlarge
from benchmarks.results import Cell, Results, Spread, spread
from benchmarks.run import Effort, interleave
from benchmarks.tasks import CONTESTS, GROWTH, JOBS
from benchmarks.worker import Way, Worker
from oped_dataset import load, loads, validate
from oped_dataset.model.article import Article
from oped_dataset.model.records import Claim
from oped_dataset.validation import rules

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
HERE = [name for name, each in CONTENDERS.items() if each.find_absence() is None]


def _run(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "benchmarks", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8")


# The command.


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output directory of a quick run, with the libraries of all exports."""
    for module in ("cassis", "datasets", "distributed", "networkx", "polars", "pyoxigraph", "rdflib", "spacy", "zstd"):
        pytest.importorskip("backports.zstd" if module == "zstd" else module)
    folder = tmp_path_factory.mktemp("found")
    done = _run("--quick", "--output", folder)
    assert done.returncode == 0, done.stderr
    return folder


def test_a_contender_is_either_present_or_named_as_absent(found: Path) -> None:
    run = results.read(found / "benchmarks.json")

    assert run.quick
    assert run.present == HERE
    assert set(run.absent) == CONTENDERS.keys() - run.present


def test_every_task_is_measured_in_all_ways_or_with_a_reason(found: Path) -> None:
    run = results.read(found / "benchmarks.json")

    assert [cell.task for cell in run.cells] == [task.name for task in (*CONTESTS, *JOBS, *GROWTH)]
    for cell in run.cells:
        assert {len(figures) for figures in cell.figures.values()} == {1}
        assert min(min(figures) for figures in cell.figures.values()) > 0
        assert "ours" not in cell.unable


def test_contests_include_all_contenders(found: Path) -> None:
    run = results.read(found / "benchmarks.json")

    for task in CONTESTS:
        cell = run.cell(task.name)
        assert cell
        assert {*cell.figures, *cell.unable} - {"bare"} == set(run.present)


def test_the_package_reports_all_mistakes(found: Path) -> None:
    cell = results.read(found / "benchmarks.json").cell("problems")

    assert cell
    assert cell.notes["ours"] == "3 of 3"


def test_the_page_of_a_run_contains_every_task_and_warns_that_it_was_quick(found: Path) -> None:
    whole = (found / "benchmarks.md").read_text("utf-8")

    assert "its figures mean nothing" in whole
    assert all(f"## {task.title}\n" in whole for task in CONTESTS)
    assert all(f"| {task.title}" in whole for task in (*JOBS, *GROWTH))
    assert _run("--check", "--output", found).returncode == 0


def test_the_published_page_and_plot_are_made_from_the_published_figures() -> None:
    done = _run("--check", "--output", DOCS)

    assert (done.stderr, done.returncode) == (f"{DOCS}: up to date\n", 0)


def test_the_published_figures_are_from_a_whole_run_with_all_contenders() -> None:
    run = results.read(DOCS / "benchmarks.json")

    assert not run.quick
    assert run.absent == {}
    assert run.sizes("load") == run.sizes("read-plain") == [1, 10, 100]


def test_the_published_figures_measure_every_goal_of_a_contest() -> None:
    run = results.read(DOCS / "benchmarks.json")

    for task in CONTESTS:
        cell = run.cell(task.name)
        assert cell
        assert all(cell.ratio("ours", other) for other, _ in task.goals)


@pytest.mark.parametrize("name", ["benchmarks.md", "benchmarks.svg"])
def test_a_page_or_plot_made_from_other_figures_is_reported(tmp_path: Path, name: str) -> None:
    for file in ("benchmarks.md", "benchmarks.svg", "benchmarks.json"):
        shutil.copy(DOCS / file, tmp_path / file)
    whole = (tmp_path / name).read_text("utf-8")
    (tmp_path / name).write_text(whole.translate(str.maketrans("0123456789", "1234567890")), encoding="utf-8")

    done = _run("--check", "--output", tmp_path)

    assert (done.stderr, done.returncode) == (f"{tmp_path}: {name} not made from benchmarks.json\n", 1)


# The same data.


@pytest.fixture
def inputs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Inputs:
    """The files of a run in an empty directory, with the generated modules."""
    monkeypatch.syspath_prepend(tmp_path)
    peers.write_modules(tmp_path)
    return Inputs(tmp_path)


def test_the_small_document_is_the_bundled_article(inputs: Inputs) -> None:
    assert loads(inputs.document(1).read_bytes()) == load()


@pytest.mark.parametrize("name", ["retired-officials-2019", "harbour-toll"])
def test_a_larger_document_is_valid_and_repeats_every_record(name: str) -> None:
    large = enlarge(load(name), 3)

    assert rules.check(large).ok
    assert {key: len(table) for key, table in large.tables.items()} == {
        key: 3 * len(table) for key, table in load(name).tables.items()
    }
    assert large.source.length == 3 * load(name).source.length


def test_the_damaged_document_has_three_mistakes(inputs: Inputs) -> None:
    codes = [problem.code for problem in validate(inputs.damaged(1).read_bytes()).problems]

    assert codes == ["OPED-missing-key", "OPED-unknown-label", "OPED-wrong-type"]


@pytest.mark.parametrize("name", HERE)
def test_a_contender_that_reads_other_data_is_rejected(name: str, inputs: Inputs) -> None:
    source = inputs.document(1)
    way = contests.prepare(name, "load", source, source, "")
    other = inputs.work / "other.json"
    other.write_text(json.dumps(json.loads(source.read_bytes()) | {"title": "Other"}), encoding="utf-8")

    assert way.check(way.call()) == ""
    with pytest.raises(ValueError, match=r"^the data differ from other\.json$"):
        contests.prepare(name, "load", source, other, "").check(way.call())


def _fail() -> Way:
    return Way(lambda: 1 // 0)


def _refuse() -> Way:
    raise Unable("no")


@pytest.mark.parametrize(("make", "error"), [(_fail, ZeroDivisionError), (_refuse, Unable)])
def test_a_failure_in_a_worker_is_raised(make: Any, error: type[Exception]) -> None:
    with Worker(make) as worker, pytest.raises(error):
        worker.ask("check")


def test_a_contender_with_a_missing_library_is_absent() -> None:
    contender = Contender(Library, "", "", ("attrs", "no-such-distribution"), "", "")

    assert contender.find_absence() == "not installed: no-such-distribution"


@pytest.mark.parametrize("library", peers.OPENINGS)
def test_peers_have_the_fields_of_the_packages_classes(library: str, inputs: Inputs) -> None:
    pytest.importorskip(library)
    peer = import_module(f"peer_{library}")

    for cls in (Article, Claim):
        assert list(getattr(peer, cls.__name__).__annotations__) == [field.name for field in attrs.fields(cls)]


# Figures.


def test_contenders_alternate_and_each_round_begins_with_another() -> None:
    order = list[str]()

    def measure(name: str) -> int:
        order.append(name)
        return len(order)

    figures = interleave("abc", measure, Effort(rounds=3, seconds=60))

    assert "".join(order) == "abc" + "bac" + "cab"
    assert figures == {"a": [1, 5, 8], "b": [2, 4, 9], "c": [3, 6, 7]}


@pytest.mark.parametrize(
    ("effort", "rounds"),
    [(Effort(9, seconds=60), 9), (Effort(9, seconds=-1), 3), (Effort(9, seconds=-1, patience=-1), 1)],
)
def test_after_the_time_limit_a_few_rounds_follow_within_the_patience(effort: Effort, rounds: int) -> None:
    assert interleave("ab", lambda name: 1, effort) == {"a": [1] * rounds, "b": [1] * rounds}


def test_a_ratio_compares_figures_of_the_same_round() -> None:
    assert _compare([10, 40, 90], [10, 20, 30]).ratio("ours", "msgspec") == Spread(1.5, 2.0, 2.5)


def test_one_figure_has_no_spread() -> None:
    assert spread([7]) == Spread(7, 7, 7)


@pytest.mark.parametrize(
    ("figures", "verdict"), [([1, 2, 2], "met"), ([2, 2, 5], "met by the median"), ([2, 3, 3], "missed")]
)
def test_a_goal_is_met_when_three_quarters_of_the_rounds_meet_it(figures: list[int], verdict: str) -> None:
    ratio = _compare(figures, [1, 1, 1]).ratio("ours", "msgspec")

    assert ratio
    assert page.judge(ratio, 2.0) == verdict


@pytest.mark.parametrize(("load", "busy"), [("1.00", False), ("1.01", True), ("unknown", False)])
def test_a_busy_machine_is_recognised(load: str, busy: bool) -> None:
    run = attrs.evolve(_nothing(), conditions={"load before the run": load, "cores": "2"})

    assert run.is_busy is busy


def test_figures_survive_a_round_trip_through_a_file(tmp_path: Path) -> None:
    cell = attrs.evolve(_compare([1, 2], [3, 4]), unable={"pandas": "no"}, notes={"ours": "3 of 3"}, peaks={"ours": 1})
    run = attrs.evolve(_nothing(), cells=[cell])
    (tmp_path / "run.json").write_text(results.write(run), encoding="utf-8")

    assert results.read(tmp_path / "run.json") == run


def test_figures_in_another_format_are_rejected(tmp_path: Path) -> None:
    (tmp_path / "run.json").write_text('{"format": 0}', encoding="utf-8")

    with pytest.raises(ValueError, match=r"results in format 0, not 2$"):
        results.read(tmp_path / "run.json")


def test_the_exponent_of_growth_is_relative_to_the_length_of_the_input() -> None:
    cell = Cell(task="`loads` of an article", size=100, unit="ns", figures={"1×": [1], "100×": [1000]}, scale=100)
    whole = page.fill("", attrs.evolve(_nothing(), cells=[attrs.evolve(cell, peaks={"1×": 1 << 20, "100×": 1 << 21})]))

    assert "| 1.00 MiB | 2.00 MiB | 1.50 [1.50–1.50] | missed |" in whole


def _compare(ours: list[int], msgspec: list[int]) -> Cell:
    return Cell(task="load", size=1, unit="ns", figures={"ours": ours, "msgspec": msgspec})


def _nothing() -> Results:
    return Results(quick=True, day="2026-01-01", conditions={}, versions={}, present=[], absent={}, inputs=[], cells=[])
