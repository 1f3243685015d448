"""The output and exit codes of the command line."""

from __future__ import annotations

import importlib
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import attrs
import pytest
from small import changed, text_of
from small import small as small_data

import oped_dataset
from oped_dataset import (
    Article,
    InvalidArticle,
    Problem,
    Report,
    library,
    load,
    names,
)
from oped_dataset.cli.main import _report_lost_output, main
from oped_dataset.errors import BrokenPlugin

MODULE = [sys.executable, "-m", "oped_dataset"]
Capture = pytest.CaptureFixture[str]

SUMMARY = """\
The Toll
op-ed by Ines with Leo; the Gull, 2019-07-13, updated 2019-07-31

An opinion piece, annotated: who says what, how surely, and on whose word. None of it is a fact.

Annotated: 6 entities, 5 mentions, 1 times, 1 quantities, 1 quotations, 2 events, 1 relations, 4
claims, 2 arguments

Voices with the most claims
     4  Ines  [ines]
     1  Sel  [sel]
     1  the Gull  [gull]

One claim inside its voices  [c-loss]
  Ines relays, taking no side:
    the Gull relays, certain:
      Sel says, certain:
        The ferry is 40 crowns short.

First dated event, as presented
  3 May 2019  [e-rise]  presented as occurred
    Ines says, certain:
      Maro makes the toll higher.

Last dated event, as presented
  3 May 2019  [e-rise]  presented as occurred
    Ines says, certain:
      Maro makes the toll higher.

Commands to try next
  oped-dataset voices                who speaks inside whom
  oped-dataset timeline              the events in order, with their voices
  oped-dataset show                  the layers; then show claims, show ID
  oped-dataset explore -o page.html  the article as a page for the browser
  oped-dataset export                the formats for other tools
  oped-dataset validate FILE         check your own file
  oped-dataset --help                all commands

Or in Python
  from oped_dataset import load
  article = load()
  article.claims.voiced_by("ines")
"""


pytestmark = pytest.mark.usefixtures("a_hundred_places")


@pytest.fixture
def file(tmp_path: Path, small: dict[str, Any]) -> Path:
    path = tmp_path / "small.json"
    path.write_text(text_of(small), encoding="utf-8")
    return path


def _bundle(monkeypatch: pytest.MonkeyPatch, article: Article) -> None:
    monkeypatch.setattr(library, "names", lambda: (article.id,))
    monkeypatch.setattr(library, "load", lambda name=article.id: article)


def _refuse(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def load(name: str = "small") -> Article:
        raise error

    monkeypatch.setattr(library, "names", lambda: ("small",))
    monkeypatch.setattr(library, "load", load)


def test_without_arguments_a_summary(monkeypatch: pytest.MonkeyPatch, capsys: Capture, article: Article) -> None:
    _bundle(monkeypatch, article)

    assert main([]) == 0
    assert capsys.readouterr().out == SUMMARY


def test_the_summary_of_an_empty_article(monkeypatch: pytest.MonkeyPatch, capsys: Capture, article: Article) -> None:
    none: dict[str, Any] = dict.fromkeys(article.tables, ())
    _bundle(monkeypatch, attrs.evolve(article, **none, contributors=(), updated=None))

    assert main([]) == 0
    out = capsys.readouterr().out
    assert out.splitlines()[1] == "op-ed by ines; gull, 2019-07-13"
    assert [words for words in ("Voices", "inside its voices", "dated event") if words in out] == []


def test_no_control_character_reaches_the_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: Capture, article: Article
) -> None:
    _bundle(monkeypatch, attrs.evolve(article, title="A\x1b[2J\n\u202eB\u2028C\x9b"))

    main([])

    assert capsys.readouterr().out.splitlines()[0] == r"A\x1b[2J\n\u202eB\u2028C\x9b"


def test_a_valid_file(capsys: Capture, file: Path) -> None:
    assert main(["validate", str(file)]) == 0
    assert capsys.readouterr().out == f"{file}: no problems\n"


def test_an_invalid_file_among_others(capsys: Capture, file: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.json"
    bad.write_text(text_of(changed(small_data(), "/publisher", "gul")), encoding="utf-8")

    assert main(["validate", str(bad), str(file)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == f"{bad}:1:160: error OPED-dangling-reference: no record has the id 'gul'"
    assert lines[-2:] == ["  hint: did you mean 'gull'?", f"{file}: no problems"]


@pytest.mark.parametrize("form", ["json", "sarif"])
def test_the_format_is_chosen(capsys: Capture, file: Path, form: str) -> None:
    assert main(["validate", str(file), "--format", form]) == 0
    assert json.loads(capsys.readouterr().out)


def test_an_unread_file_is_listed_in_a_report_for_machines(capsys: Capture, file: Path) -> None:
    assert main(["validate", str(file), "nosuch", "--format", "json"]) == 2
    assert json.loads(capsys.readouterr().out)["unread"] == {"nosuch": "no such file: nosuch"}


@pytest.mark.parametrize(
    ("option", "code"),
    [("--size-limit=9", 1), ("--depth-limit=2", 1), ("--problem-limit=1", 0), ("--size-limit=-1", 2)],
)
def test_the_limits_are_options(capsys: Capture, file: Path, option: str, code: int) -> None:
    assert main(["validate", str(file), option]) == code


def test_the_input_is_a_document(monkeypatch: pytest.MonkeyPatch, capsys: Capture, file: Path) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(file.read_bytes())))

    assert main(["validate", "-"]) == 0
    assert capsys.readouterr().out == "-: no problems\n"


def test_a_problem_cannot_forge_a_line(capsys: Capture, tmp_path: Path) -> None:
    bad = tmp_path / "bad.json"
    bad.write_text('{"x\\nbad.json: no problems": 1}', encoding="utf-8")

    main(["validate", str(bad)])

    lines = capsys.readouterr().out.splitlines()
    assert all(line.startswith((f"{bad}:1:", "  ")) for line in lines)


def test_more_problems_than_a_report_keeps(capsys: Capture, tmp_path: Path) -> None:
    bad = tmp_path / "bad.json"
    bad.write_text("{" + ", ".join(f'"x{number}": 1' for number in range(1100)) + "}", encoding="utf-8")

    assert main(["validate", str(bad)]) == 1
    assert capsys.readouterr().out.splitlines()[-1].startswith(f"{bad}: … and ")


@pytest.mark.parametrize("name", ["nosuch.json", "{}", "x\x1b[2J"])
def test_a_file_that_is_not_there(capsys: Capture, name: str, tmp_path: Path) -> None:
    path = tmp_path / name

    assert main(["validate", str(path)]) == 2
    shown = str(path).replace("\x1b", r"\x1b")
    assert capsys.readouterr().err == f"oped-dataset: no such file: {shown}\n"


def test_a_path_that_looks_like_json_is_a_path(capsys: Capture) -> None:
    assert main(["validate", "{}"]) == 2
    assert capsys.readouterr().err == "oped-dataset: no such file: {}\n"


def test_a_directory_is_rejected_as_a_file(capsys: Capture, tmp_path: Path) -> None:
    assert main(["validate", str(tmp_path)]) == 2
    assert capsys.readouterr().err == (
        f"oped-dataset: {tmp_path} contains no file that ends in .parquet or .jsonl or .jsonl.gz or .jsonl.zst; "
        "give files of single articles by their names\n"
    )


def test_without_a_path_all_bundled_articles(
    monkeypatch: pytest.MonkeyPatch, capsys: Capture, article: Article
) -> None:
    _bundle(monkeypatch, article)

    assert main(["validate"]) == 0
    assert capsys.readouterr().out == "small: no problems\n"


def test_nothing_bundled_is_nothing_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(library, "names", lambda: ())

    assert main(["validate"]) == 0


def test_a_damaged_bundle(monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    _refuse(monkeypatch, InvalidArticle(Report((Problem(code="OPED-x", message="broken"),)).problems))

    assert main(["validate"]) == 1
    assert capsys.readouterr().out == "small: error OPED-x: broken\n"


def test_a_broken_plug_in(monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    _refuse(monkeypatch, BrokenPlugin("broken"))

    assert main(["validate"]) == 2
    assert main([]) == 2
    assert capsys.readouterr().err == "oped-dataset: broken\n" * 2


def test_an_interrupt_prints_no_error(monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    def interrupted() -> Article:
        raise KeyboardInterrupt

    monkeypatch.setattr(library, "load", interrupted)

    assert main([]) == 130
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("arguments", [["frobnicate"], ["validate", "--frobnicate"], ["--frobnicate"]])
def test_wrong_usage(arguments: list[str], capsys: Capture) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)

    assert caught.value.code == 2
    assert capsys.readouterr().err.startswith("usage: oped-dataset")


def test_importing_the_main_module_runs_nothing() -> None:
    assert importlib.import_module("oped_dataset.__main__").main is main


def test_as_a_module_and_as_a_script() -> None:
    script = Path(sys.executable).with_name("oped-dataset")

    outputs = [subprocess.check_output([*command, "--version"], text=True) for command in (MODULE, [str(script)])]

    assert outputs[0].splitlines()[0] == f"oped-dataset {oped_dataset.__version__}"
    assert outputs[0].splitlines()[1:] == [f"{name} {load(name).data_version}" for name in names()]
    assert outputs[1] == outputs[0]


@pytest.mark.skipif(os.name != "posix", reason="pipes close differently elsewhere")
def test_a_closed_pipe_prints_no_error() -> None:
    reader, writer = os.pipe()
    os.close(reader)

    process = subprocess.run([*MODULE, "validate"], stdout=writer, stderr=subprocess.PIPE, check=False)
    os.close(writer)

    assert (process.returncode, process.stderr) == (141, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
def test_a_full_disk_is_reported() -> None:
    with Path("/dev/full").open("wb") as full:
        process = subprocess.run([*MODULE, "validate"], stdout=full, stderr=subprocess.PIPE, check=False, text=True)

    assert (process.returncode, process.stderr) == (2, "oped-dataset: [Errno 28] No space left on device\n")


class _Lost:
    """A stream that cannot be written to, with a descriptor that may be replaced."""

    def __init__(self, error: OSError, descriptor: int) -> None:
        self.error = error
        self.descriptor = descriptor

    def write(self, _: str) -> int:
        raise self.error

    def flush(self) -> None:
        raise self.error

    def fileno(self) -> int:
        return self.descriptor


@pytest.mark.parametrize(("error", "code"), [(BrokenPipeError(), 141), (OSError(28, "full"), 2)])
def test_lost_output(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, error: OSError, code: int) -> None:
    with (tmp_path / "out").open("wb") as stream:
        monkeypatch.setattr(sys, "stdout", _Lost(error, stream.fileno()))

        assert main(["validate", str(tmp_path / "nosuch.json")]) == code
        assert _report_lost_output(error) == code


def test_names_print_in_any_encoding(file: Path, tmp_path: Path) -> None:
    there = file.rename(tmp_path / "é–王.json")

    output = subprocess.check_output([*MODULE, "validate", str(there)], env={**os.environ, "PYTHONIOENCODING": "ascii"})

    assert output.endswith(b"\\xe9\\u2013\\u738b.json: no problems\n")


def test_a_page_of_a_file(capsys: Capture, file: Path, tmp_path: Path, article: Article) -> None:
    page = tmp_path / "page.html"

    assert main(["explore", str(file), "-o", str(page)]) == 0
    assert page.read_text(encoding="utf-8") == oped_dataset.explore(article)
    assert capsys.readouterr() == ("", "")


def test_a_page_of_a_named_article(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, article: Article) -> None:
    _bundle(monkeypatch, article)

    assert main(["explore", "small", "--output", str(tmp_path / "page.html")]) == 0
    assert (tmp_path / "page.html").read_text(encoding="utf-8") == oped_dataset.explore(article)


def test_a_page_of_nothing_known(capsys: Capture, tmp_path: Path) -> None:
    assert main(["explore", "retired-official-2019", "-o", str(tmp_path / "page.html")]) == 2
    message = "no article 'retired-official-2019'; did you mean 'retired-officials-2019'?"
    assert capsys.readouterr().err == f"oped-dataset: {message}\n"
    assert list(tmp_path.iterdir()) == []


def test_a_page_of_an_invalid_file(capsys: Capture, tmp_path: Path) -> None:
    bad = tmp_path / "bad.json"
    bad.write_text("{}", encoding="utf-8")

    assert main(["explore", str(bad), "-o", str(tmp_path / "page.html")]) == 1
    assert "OPED-missing-key" in capsys.readouterr().err


def test_a_page_that_cannot_be_written(file: Path, tmp_path: Path) -> None:
    process = subprocess.run(
        [*MODULE, "explore", str(file), "-o", str(tmp_path)], capture_output=True, check=False, text=True
    )

    assert (process.returncode, process.stdout) == (2, "")
    assert process.stderr == f"oped-dataset: {tmp_path}: Is a directory\n"
    assert list(tmp_path.parent.glob(".*.draft")) == []
