"""Many files validated on all cores, with the same reports as one after the other."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from fatal import Mortal

from oped_dataset import Article, Limits, OpedDatasetError, Progress, dump_path, validate_path, validate_paths
from oped_dataset.errors import InvalidRecord

deadly = pytest.mark.skipif(os.name != "posix", reason="this system cannot kill in this way")
in_both_ways = pytest.mark.parametrize("jobs", [1, 2])


@pytest.fixture
def paths(toll: Article, tmp_path: Path) -> list[Path]:
    """Write nine files; every third has a problem."""
    made = [tmp_path / f"{number}.json" for number in range(9)]
    for number, path in enumerate(made):
        dump_path(toll, path) if number % 3 else path.write_text(f'{{"number": {number}}}', encoding="utf-8")
    return made


@in_both_ways
def test_the_reports_are_those_of_the_files_in_their_order(paths: list[Path], jobs: int) -> None:
    found = list(validate_paths(paths, jobs=jobs))

    assert found == [(path, validate_path(path)) for path in paths]
    assert [report.source for _, report in found] == [validate_path(path).source for path in paths]


def test_all_cores_are_used_by_default(paths: list[Path]) -> None:
    assert list(validate_paths(paths)) == list(validate_paths(paths, jobs=1))


def test_the_limits_are_those_of_one_file(paths: list[Path]) -> None:
    limits = Limits(size=200, depth=3, problems=1)

    found = list(validate_paths(paths, jobs=2, limits=limits))

    assert found == [(path, validate_path(path, limits=limits)) for path in paths]


def test_paths_are_consumed_lazily(paths: list[Path]) -> None:
    taken = list[Path]()

    def endless() -> Iterator[Path]:
        while True:
            taken.append(paths[0])
            yield paths[0]

    reports = validate_paths(endless(), jobs=2)
    next(reports)

    assert len(taken) < 40


@in_both_ways
def test_an_unreadable_file_ends_validation(paths: list[Path], jobs: int) -> None:
    paths[1].unlink()
    found = list[Path]()

    with pytest.raises(OpedDatasetError) as caught:
        found.extend(path for path, _ in validate_paths(paths, jobs=jobs))

    assert str(caught.value) == f"no such file: {paths[1]}"


@in_both_ways
def test_an_unreadable_file_is_passed_to_the_function_and_the_rest_is_validated(paths: list[Path], jobs: int) -> None:
    paths[1].unlink()
    reported, progress = list[tuple[Path, str]](), list[Progress]()

    found = validate_paths(
        paths, jobs=jobs, on_error=lambda path, error: reported.append((path, str(error))), progress=progress.append
    )

    assert [path for path, _ in found] == [paths[0], *paths[2:]]
    assert reported == [(paths[1], f"no such file: {paths[1]}")]
    assert progress == [Progress(done=done, total=9, unit="files") for done in range(1, 10)]


def test_paths_without_a_length_have_no_total(paths: list[Path]) -> None:
    progress = list[Progress]()

    list(validate_paths(iter(paths[:1]), jobs=1, progress=progress.append))

    assert progress == [Progress(done=1, total=None, unit="files")]


@pytest.mark.parametrize("jobs", [0, -1, 1.0, True, "2"])
def test_an_invalid_number_of_jobs_is_rejected_immediately(jobs: int) -> None:
    with pytest.raises(InvalidRecord) as caught:
        validate_paths([], jobs=jobs)

    assert str(caught.value) == f"jobs: must be a whole number from 1, or None for one a core, not {jobs!r}"


@deadly
def test_a_process_that_dies_once_changes_no_report(paths: list[Path], tmp_path: Path) -> None:
    mortal = [Mortal(path, tmp_path / "mark" if number == 4 else paths[0]) for number, path in enumerate(paths)]

    found = list(validate_paths(mortal, jobs=2))

    assert (tmp_path / "mark").exists()
    assert [report for _, report in found] == [validate_path(path) for path in paths]


@deadly
def test_a_file_that_kills_its_processes_is_reported_and_the_rest_is_validated(paths: list[Path]) -> None:
    mixed = [Mortal(path) if number == 4 else path for number, path in enumerate(paths)]
    reported = list[tuple[object, str]]()

    found = list(validate_paths(mixed, jobs=2, on_error=lambda path, error: reported.append((path, str(error)))))

    reason = "the process that worked on it died twice; there may be too little memory for it"
    assert reported == [(mixed[4], f"{paths[4]}: {reason}")]
    assert found == [(path, validate_path(path)) for number, path in enumerate(paths) if number != 4]


@deadly
def test_files_after_a_death_go_to_new_processes(paths: list[Path]) -> None:
    before, reported = set(threading.enumerate()), list[object]()

    def coming_after_the_death() -> Iterator[os.PathLike[str]]:
        yield Mortal(paths[0])
        for thread in set(threading.enumerate()) - before:
            # A thread that feeds the dead process may be listed before it runs, and cannot be joined then.
            if thread.is_alive():
                thread.join()
        yield from paths

    found = list(validate_paths(coming_after_the_death(), jobs=2, on_error=lambda path, _: reported.append(path)))

    assert reported == [Mortal(paths[0])]
    assert [path for path, _ in found] == paths


@pytest.mark.slow
@pytest.mark.parametrize(
    "options", [["-"], ["-i", "-q", "-"], ["-c", "import sys; exec(sys.stdin.read())"], ["/dev/stdin"]]
)
def test_a_program_without_a_file_is_supported(paths: list[Path], options: list[str]) -> None:
    places = [str(path) for path in paths]
    program = f"import oped_dataset\nprint(len(list(oped_dataset.validate_paths({places!r}, jobs=2))))\n"

    done = subprocess.run([sys.executable, *options], input=program, capture_output=True, text=True, timeout=100)

    assert done.stdout == f"{len(paths)}\n", done.stderr


def test_a_script_without_a_guard_is_reported(paths: list[Path], tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text("import sys, oped_dataset\nprint(len(list(oped_dataset.validate_paths(sys.argv[1:], jobs=2))))\n")

    done = subprocess.run([sys.executable, script, *paths], capture_output=True, text=True, timeout=100)

    assert done.stdout == ""
    # The interpreter may add its own warning about resources of the dead processes.
    assert "does this program start its work below `if __name__ == '__main__':`?" in done.stderr
