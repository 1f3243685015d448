"""Corpora on the command line: `validate`, `score`, `list` and `export` of many articles, and interruptions."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from corpus_files import DOCUMENTS, GOLD, PREDICTED, documents_of, put
from judges import judge

from oped_dataset import Progress, dump_path, score_corpus
from oped_dataset.cli import export as export_command
from oped_dataset.cli import terminal
from oped_dataset.cli.main import main
from oped_dataset.corpora import pieces
from oped_dataset.exports.registry import formats

Capture = pytest.CaptureFixture[str]
pytestmark = pytest.mark.usefixtures("a_hundred_places")

NAMES = ["c.jsonl", "c.jsonl.gz", "framed.jsonl.gz", "c.parquet"]
every = pytest.mark.parametrize("name", NAMES)


@pytest.fixture
def corpus(tmp_path: Path) -> str:
    return str(put(tmp_path / "c.jsonl", documents_of(GOLD)))


@pytest.fixture
def interrupt(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Interrupt the reading of a corpus after this many pieces, of two articles each."""

    def install(after: int) -> None:
        read = pieces._Piece.outcomes

        def outcomes(piece: Any, limits: Any) -> Iterator[Any]:
            for number, outcome in enumerate(read(piece, limits), piece.start.lines):
                if number == after:
                    raise KeyboardInterrupt
                yield outcome

        monkeypatch.setattr(pieces._Piece, "outcomes", outcomes)
        monkeypatch.setattr("oped_dataset.cli.validate._PIECE", 2)

    return install


def _run(capsys: Capture, *arguments: str | Path, code: int = 0) -> tuple[str, str]:
    assert main([str(each) for each in arguments]) == code
    return capsys.readouterr()


# validate


@every
def test_the_articles_of_a_corpus_are_checked(capsys: Capture, tmp_path: Path, name: str) -> None:
    corpus = put(tmp_path / name, documents_of(GOLD))

    assert _run(capsys, "validate", corpus) == (f"{corpus}: 7 articles, of which 0 break rules\n", "")


@every
def test_bad_articles_are_reported_by_their_number(capsys: Capture, tmp_path: Path, name: str) -> None:
    corpus = put(tmp_path / name, DOCUMENTS)

    output, _ = _run(capsys, "validate", corpus, "--jobs", "2", code=1)

    found = [line.split(":")[1] for line in output.splitlines() if line.startswith(f"{corpus}:")][:-1]
    assert sorted(set(found)) == ["11", "12", "3", "8", "9"]
    assert output.endswith(f"\n{corpus}: 12 articles, of which 5 break rules\n")


def test_a_directory_is_a_corpus(capsys: Capture, tmp_path: Path) -> None:
    put(tmp_path / "a.jsonl", DOCUMENTS)
    put(tmp_path / "b.parquet", documents_of(GOLD))

    output, _ = _run(capsys, "validate", tmp_path, "--format", "json", code=1)

    found = [(each["name"], each["ok"]) for each in json.loads(output)["documents"]]
    assert found == [(str(tmp_path / "a.jsonl"), False), (str(tmp_path / "b.parquet"), True)]


def test_files_and_corpora_are_checked_in_the_order_given(capsys: Capture, tmp_path: Path, corpus: str) -> None:
    article = tmp_path / "a.json"
    dump_path(GOLD[0], article)

    output, errors = _run(capsys, "validate", corpus, article, tmp_path / "none.parquet", code=2)

    assert output == f"{article}: no problems\n{corpus}: 7 articles, of which 0 break rules\n"
    assert errors == f"oped-dataset: no such file: {tmp_path / 'none.parquet'}\n"


def test_an_interrupted_check_reports_the_finished_part(
    capsys: Capture, corpus: str, interrupt: Callable[[int], None]
) -> None:
    interrupt(5)

    output, errors = _run(capsys, "validate", corpus, code=130)

    assert errors == "oped-dataset: interrupted after 4 of 7 articles; go on with --start 4\n"
    assert output == f"{corpus}: 4 articles, of which 0 break rules\n"
    assert '"interrupted"' in _run(capsys, "validate", corpus, "--format", "json", code=130)[0]


def test_a_check_goes_on(capsys: Capture, corpus: str) -> None:
    assert _run(capsys, "validate", corpus, "--start", "4")[0] == f"{corpus}: 3 articles, of which 0 break rules\n"


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--start", "-1"], "--start: must be a whole number from 0, not -1"),
        (
            ["x.json", "--start", "1"],
            "--start: skips the first articles of a corpus; give one corpus and no other path",
        ),
    ],
)
@pytest.mark.parametrize("command", ["validate", "list"])
def test_a_meaningless_start_is_rejected(
    capsys: Capture, corpus: str, command: str, options: list[str], message: str
) -> None:
    assert _run(capsys, command, corpus, *options, code=2) == ("", f"oped-dataset: {message}\n")


# list


@every
def test_the_articles_of_a_corpus_are_listed(capsys: Capture, tmp_path: Path, name: str) -> None:
    corpus = put(tmp_path / name, DOCUMENTS)

    output, errors = _run(capsys, "list", corpus, code=2)

    assert [line.split()[0] for line in output.splitlines()[2:]] == [each.id for each in GOLD]
    assert errors.splitlines()[0].startswith(f"oped-dataset: {corpus}, article 3: error OPED-missing-key")
    numbers = [line.split(": ")[1].rpartition(" ")[2] for line in errors.splitlines()]
    assert numbers == ["3", "8", "9", "11", "12"]


def test_an_article_file_and_a_missing_one_are_listed_and_reported(capsys: Capture, tmp_path: Path) -> None:
    dump_path(GOLD[0], tmp_path / "a.json")

    output, errors = _run(capsys, "list", tmp_path / "a.json", tmp_path / "b.json", "--json", code=2)

    assert [each["id"] for each in json.loads(output)] == [GOLD[0].id]
    assert errors == f"oped-dataset: no such file: {tmp_path / 'b.json'}\n"


def test_an_interrupted_list_shows_its_beginning(
    capsys: Capture, corpus: str, interrupt: Callable[[int], None]
) -> None:
    interrupt(3)

    output, errors = _run(capsys, "list", corpus, "--start", "1", "--json", code=130)

    assert [each["id"] for each in json.loads(output)] == [each.id for each in GOLD[1:3]]
    assert errors == "oped-dataset: interrupted after 3 of 7 articles; go on with --start 3\n"


# score


def test_corpora_are_scored_as_one(capsys: Capture, tmp_path: Path, corpus: str) -> None:
    predicted = put(tmp_path / "p.parquet", documents_of(PREDICTED))

    output, _ = _run(capsys, "score", corpus, predicted, "--json", "--match", "overlap")

    assert json.loads(output)["figures"] == score_corpus(predicted, corpus, match="overlap").figures()


@pytest.mark.parametrize("options", [["--errors"], ["--html", "page.html"]])
def test_what_shows_records_needs_two_articles(capsys: Capture, corpus: str, options: list[str]) -> None:
    _, errors = _run(capsys, "score", corpus, corpus, *options, code=2)

    reason = "shows the records of two articles; score a single article instead of corpora"
    assert errors == f"oped-dataset: {options[0]}: {reason}\n"


def test_a_bad_article_ends_scoring_with_its_file(capsys: Capture, tmp_path: Path) -> None:
    corpus = put(tmp_path / "c.jsonl", [b"[]"])

    _, errors = _run(capsys, "score", corpus, corpus, code=1)

    assert errors.splitlines()[1:] == [
        "error OPED-wrong-type (line 1, column 1): must be an object, not a list",
        f"in {corpus}",
    ]


def test_an_interrupted_score_begins_again(capsys: Capture, corpus: str, interrupt: Callable[[int], None]) -> None:
    interrupt(3)

    message = "interrupted before anything was finished; run the same command again"
    assert _run(capsys, "score", corpus, corpus, code=130) == ("", f"oped-dataset: {message}\n")


# export


def test_a_corpus_becomes_a_file_an_article(capsys: Capture, tmp_path: Path, corpus: str) -> None:
    judge("pyoxigraph")
    _run(capsys, "export", "turtle", "-a", corpus, "-o", tmp_path / "out")

    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted(f"{each.id}.ttl" for each in GOLD)


def test_a_corpus_becomes_a_directory_for_each_article(capsys: Capture, tmp_path: Path, corpus: str) -> None:
    _run(capsys, "export", "datapackage", "-a", corpus, "-o", tmp_path / "out")

    assert (tmp_path / "out" / GOLD[0].id / "datapackage.json").is_file()


def test_every_format_of_one_file_has_an_ending() -> None:
    one = {each.name for each in formats() if each.gives != "Files"} - set(export_command._INSTEAD)

    assert set(export_command._ENDINGS) == one


def test_a_corpus_becomes_parquet_and_goes_on(
    capsys: Capture, tmp_path: Path, corpus: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("pyarrow")
    monkeypatch.setattr("oped_dataset.corpora.parquet._MOST_ROWS", 2)
    command = ("export", "parquet", "-a", corpus, "-o", tmp_path / "c.parquet")
    with monkeypatch.context() as patched:
        read = pieces._Piece.outcomes
        patched.setattr(pieces._Piece, "outcomes", lambda piece, limits: _broken(read(piece, limits), 5))
        _, errors = _run(capsys, *command, code=130)
    told = "interrupted after 5 of 7 articles; 4 are kept, and the same command goes on after them"
    assert errors == f"oped-dataset: {told}\n"

    _run(capsys, *command)

    assert _run(capsys, "validate", tmp_path / "c.parquet")[0].endswith(": 7 articles, of which 0 break rules\n")


def _broken(outcomes: Iterator[Any], after: int) -> Iterator[Any]:
    for number, outcome in enumerate(outcomes):
        if number == after:
            raise KeyboardInterrupt
        yield outcome


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ([], "a corpus has many articles; give a directory for them: -o DIRECTORY"),
        (
            ["-o", "out", "--text", "copy.txt"],
            "--text: is the text of one article, and a corpus has many; export the articles one by one",
        ),
    ],
)
def test_options_that_do_not_fit_a_corpus_are_rejected(
    capsys: Capture, corpus: str, options: list[str], message: str
) -> None:
    assert _run(capsys, "export", "turtle", "-a", corpus, *options, code=2)[1] == f"oped-dataset: {message}\n"


def test_articles_of_one_id_do_not_overwrite_each_other(capsys: Capture, tmp_path: Path) -> None:
    corpus = put(tmp_path / "c.jsonl", documents_of([GOLD[0], GOLD[0]]))

    _, errors = _run(capsys, "export", "tables", "-a", corpus, "-o", tmp_path / "out", code=2)

    message = f"two articles of {corpus} have the id {GOLD[0].id!r}, and so would be written to the same file"
    assert errors == f"oped-dataset: {message}\n"


# Progress


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    times = [0.0]
    monkeypatch.setattr(terminal, "monotonic", lambda: times[0])
    return times


def test_the_rate_and_the_time_left_are_shown(clock: list[float]) -> None:
    pace = terminal._Pace(1000)
    clock[0] = 2.0

    assert pace(Progress(done=3000, total=20_000, unit="articles")) == (
        "3,000 of 20,000 articles, 1,000 a second, 0:00:17 left"
    )
    assert pace(Progress(done=1000, total=20_000, unit="articles")) == "1,000 of 20,000 articles, 0 a second"
    assert pace(Progress(done=3000, total=None, unit="articles")) == "3,000 articles, 1,000 a second"
    assert pace(Progress(done=5_001_000, total=10_000_000, unit="bytes")) == (
        "5.0 of 10.0 megabytes, 2.5 megabytes a second, 0:00:02 left"
    )


@pytest.mark.parametrize(("total", "left"), [(20_000, "17"), (None, "06")])
def test_the_bytes_are_shown_beside_the_articles(clock: list[float], total: int | None, left: str) -> None:
    pace = terminal._Pace(1000)
    clock[0] = 2.0

    shown = pace(Progress(done=3000, total=total, unit="articles", bytes_done=5_000_000, bytes_total=20_000_000))

    articles = "3,000 articles" if total is None else "3,000 of 20,000 articles"
    assert shown == f"{articles}, 5.0 of 20.0 megabytes, 1,000 a second, 0:00:{left} left"


def test_a_counter_is_not_written_more_often_than_it_can_be_read(capsys: Capture, clock: list[float]) -> None:
    watch = terminal._counter("reading", terminal._Pace(0))
    for number, moment in enumerate((1.0, 1.01, 1.02, 2.0, 2.01), 1):
        clock[0] = moment
        watch(Progress(done=number, total=5, unit="files"))

    shown = [line.split(" ")[1] for line in capsys.readouterr().err.split("\r")[1:]]
    assert shown == ["1", "4", "5"]


def test_nothing_is_found_in_an_empty_corpus(capsys: Capture, tmp_path: Path) -> None:
    corpus = put(tmp_path / "c.jsonl", [])

    assert _run(capsys, "validate", corpus)[0] == f"{corpus}: 0 articles, of which 0 break rules\n"
