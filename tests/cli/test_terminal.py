"""Output to terminals and pipes: colours, widths, control characters, progress, interruptions."""

from __future__ import annotations

import io
import json
import os
import re
import signal
import struct
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from small import changed, text_of

from oped_dataset.cli import coloured, plain, terminal
from oped_dataset.cli.blocks import (
    Grid,
    Paragraph,
    Piece,
    heading,
    line,
)
from oped_dataset.cli.main import main
from oped_dataset.corpora.progress import Progress

pty = pytest.importorskip("pty", reason="this system has no pseudo-terminals")
MODULE = [sys.executable, "-m", "oped_dataset"]
COLOUR = re.compile(r"\x1b\[[0-9;]*m")
HOSTILE = "\x1b[2J\x07\x9b\u202e[bold red]x[/]:warning:"
Capture = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def _a_usual_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "80")
    for name in ("NO_COLOR", "FORCE_COLOR", "COLORTERM"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def file(tmp_path: Path, small: dict[str, Any]) -> str:
    path = tmp_path / "small.json"
    path.write_text(text_of(small), encoding="utf-8")
    return str(path)


@contextmanager
def _on_a_terminal(monkeypatch: pytest.MonkeyPatch, stream: str) -> Iterator[list[str]]:
    """Replace a stream by a terminal, and collect its output in the list, with normal line ends."""
    master, slave = pty.openpty()
    chunks: list[bytes] = []
    reader = threading.Thread(target=lambda: chunks.extend(_read(master)))
    reader.start()
    given: list[str] = []
    try:
        with os.fdopen(slave, "w", encoding="utf-8") as end, monkeypatch.context() as patched:
            patched.setattr(sys, stream, end)
            yield given
    finally:
        reader.join()
        os.close(master)
        given.append(b"".join(chunks).decode().replace("\r\n", "\n"))


def _read(master: int) -> Iterator[bytes]:
    while True:
        try:
            chunk = os.read(master, 65536)
        except OSError:
            # Linux reports a closed terminal by this error, other systems by an empty chunk.
            return
        if not chunk:
            return
        yield chunk


def _seen(monkeypatch: pytest.MonkeyPatch, *arguments: str, stream: str = "stdout") -> str:
    with _on_a_terminal(monkeypatch, stream) as given:
        main(arguments)
    return given[0]


def _words(text: str) -> list[str]:
    return [word for word in COLOUR.sub("", text).split() if set(word) - set("─-")]


# Colours


COMMANDS: tuple[list[str], ...] = (
    [],
    ["list"],
    ["show"],
    ["show", "claims"],
    ["show", "c-loss"],
    ["show", "maro"],
    ["voices"],
    ["timeline"],
)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("columns", ["200", "80", "40", "10"])
def test_a_terminal_gets_the_same_words_as_a_pipe(
    monkeypatch: pytest.MonkeyPatch, capsys: Capture, file: str, command: list[str], columns: str
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    arguments = [*command, "-a", file] if command and command != ["list"] else command

    seen = _seen(monkeypatch, *arguments)

    main(arguments)
    assert "".join(_words(seen)) == "".join(_words(capsys.readouterr().out))
    assert max(len(line) for line in COLOUR.sub("", seen).splitlines()) <= max(20, int(columns))


def test_commitments_have_colours_beside_their_words(monkeypatch: pytest.MonkeyPatch, file: str) -> None:
    assert "\x1b[32mcertain\x1b[0m" in _seen(monkeypatch, "show", "c-loss", "-a", file)


def test_without_colours_when_they_are_not_wanted(monkeypatch: pytest.MonkeyPatch, file: str) -> None:
    monkeypatch.setenv("NO_COLOR", "1")

    assert re.findall(r"\x1b\[3\d", _seen(monkeypatch, "show", "c-loss", "-a", file)) == []


@pytest.mark.parametrize("name", ["dumb", "unknown"])
def test_a_terminal_that_knows_no_colours_gets_plain_text(
    monkeypatch: pytest.MonkeyPatch, capsys: Capture, file: str, name: str
) -> None:
    monkeypatch.setenv("TERM", name)

    seen = _seen(monkeypatch, "show", "c-loss", "-a", file)

    main(["show", "c-loss", "-a", file])
    assert seen == capsys.readouterr().out


def test_without_rich_a_terminal_gets_plain_text(monkeypatch: pytest.MonkeyPatch, capsys: Capture, file: str) -> None:
    monkeypatch.setitem(sys.modules, "rich.console", None)

    seen = _seen(monkeypatch, "show", "claims", "-a", file)

    main(["show", "claims", "-a", file])
    assert seen == capsys.readouterr().out


# Widths


GRID = Grid(("id", "who", "what"), [("a-long-id", ("one", "two"), "some words that go on"), ("b", "", "more")])


def test_a_grid_that_fits_is_shown_side_by_side() -> None:
    assert plain.render([GRID], 30, 30).splitlines() == [
        "id         who  what",
        "---------  ---  --------------",
        "a-long-id  one  some words",
        "           two  that go on",
        "b               more",
    ]


def test_a_grid_that_does_not_fit_is_shown_a_record_at_a_time() -> None:
    assert plain.render([GRID], 24, 24).splitlines() == [
        "a-long-id",
        "  who: one",
        "  who: two",
        "  what: some words that",
        "    go on",
        "b",
        "  what: more",
    ]


def test_nothing_is_indented_by_more_than_a_third() -> None:
    assert plain.render([line("deep", indent=40)], 21, 21) == "       deep\n"


def test_lines_of_words_stay_readable_where_a_grid_may_be_wide() -> None:
    text = line("word " * 30)

    assert max(map(len, COLOUR.sub("", coloured.render([text, GRID], 200, 40)).splitlines())) <= 40
    assert max(map(len, plain.render([text, GRID], 200, 40).splitlines())) <= 40


# Nothing from data acts on a terminal


@pytest.mark.parametrize("block", [Paragraph((Piece(HOSTILE),)), heading(HOSTILE), Grid((HOSTILE,), [(HOSTILE,)])])
@pytest.mark.parametrize("draw", [plain.render, coloured.render])
def test_what_would_act_on_a_terminal_is_shown_as_an_escape(block: Any, draw: Any) -> None:
    shown = COLOUR.sub("", draw([block], 100, 100))

    assert r"\x1b[2J\x07\x9b\u202e[bold red]x[/]:warning:" in shown
    assert set(shown) & set("\x1b\x07\x9b\u202e") == set()


@pytest.mark.parametrize("arguments", [[], ["--json"]])
@pytest.mark.parametrize("what", ["c-loss", "claims", "sel", "entities"])
def test_a_hostile_article_does_nothing_to_a_terminal(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, small: dict[str, Any], what: str, arguments: list[str]
) -> None:
    for pointer in ("/claims/1/gist", "/entities/3/name"):
        changed(small, pointer, "\u202e[red]x[/red]\u2066\u200f")
    (tmp_path / "hostile.json").write_text(text_of(small), encoding="utf-8")

    seen = _seen(monkeypatch, "show", what, "-a", str(tmp_path / "hostile.json"), *arguments)

    assert set(seen) & set("\u202e\u2066\u200f") == set()
    assert "[red]x[/red]" in seen


def test_data_for_programs_says_the_same_after_it_was_made_harmless(capsys: Capture) -> None:
    data = {"a": HOSTILE, "b": "王 – é 🜂\u2028\U000e0001"}

    terminal.show_json(data)

    printed = capsys.readouterr().out
    assert json.loads(printed) == data
    assert "王 – é 🜂" in printed
    assert set(printed) & set("\x1b\x9b\u202e\u2028\U000e0001") == set()


@pytest.mark.parametrize("encoding", ["cp1252", "ascii", "latin-1", "gbk", "utf-16", "utf-32", "utf-8-sig"])
def test_data_for_programs_is_json_in_every_encoding(monkeypatch: pytest.MonkeyPatch, encoding: str) -> None:
    data = {"a": HOSTILE, "b": "王 – é 🜂\u2028\x7f"}
    written = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(written, encoding, "backslashreplace"))

    terminal.show_json(data)
    sys.stdout.flush()

    assert json.loads(written.getvalue()) == json.loads(written.getvalue().decode(encoding)) == data


def test_arguments_that_are_quoted_do_not_act_on_a_terminal(capsys: Capture) -> None:
    with pytest.raises(SystemExit):
        main(["show", "--x\x1b\u202e"])

    assert capsys.readouterr().err.endswith("unrecognized arguments: --x\\x1b\\u202e\n")


def test_a_file_on_a_terminal_is_made_printable(monkeypatch: pytest.MonkeyPatch) -> None:
    with _on_a_terminal(monkeypatch, "stdout") as given:
        terminal.write(f"one {HOSTILE}\ntwo\n", None)

    assert given[0].splitlines() == [r"one \u001b[2J\u0007\u009b\u202e[bold red]x[/]:warning:", "two"]


def test_bytes_are_not_written_to_a_terminal(monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    pytest.importorskip("spacy")

    assert _seen(monkeypatch, "export", "docbin", "-a", "harbour-toll") == ""
    message = "docbin is binary; give a file for it: -o FILE"
    assert capsys.readouterr().err == f"oped-dataset: {message}\n"


# Progress


@pytest.mark.parametrize("name", ["xterm-256color", "dumb"])
def test_long_work_shows_how_far_it_is_on_a_terminal(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, file: str, name: str
) -> None:
    monkeypatch.setenv("TERM", name)
    again = tmp_path / "again.json"
    again.write_bytes(Path(file).read_bytes())

    assert re.search(r"checking.*2(/| of )2", _seen(monkeypatch, "validate", file, str(again), stream="stderr"))


@pytest.mark.parametrize("steps", [1, 2, None])
def test_nothing_is_shown_of_a_single_step_or_in_a_pipe(capsys: Capture, steps: int | None) -> None:
    with terminal.progress("checking", steps) as watch:
        watch(Progress(done=1, total=steps, unit="files"))

    assert capsys.readouterr() == ("", "")


def test_a_counter_stays_on_its_line(monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    monkeypatch.setattr(terminal, "monotonic", count(0.0, 1.0).__next__)
    watch = terminal._counter("checking", terminal._Pace(0))

    for done in (1, 2):
        watch(Progress(done=done, total=2, unit="files"))

    first, last = (line.partition(",")[0] for line in capsys.readouterr().err.split("\r")[1:])
    assert (first, last) == ("checking: 1 of 2 files", "checking: 2 of 2 files")


# Processes


def _run(*arguments: str, columns: int, **environment: str) -> tuple[int, str]:
    """Run the command line in a process whose terminal has this many columns."""
    termios, fcntl = pytest.importorskip("termios"), pytest.importorskip("fcntl")
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    kept = {name: value for name, value in os.environ.items() if name != "COLUMNS"}
    process = subprocess.Popen([*MODULE, *arguments], stdout=slave, stderr=slave, env=kept | environment)
    os.close(slave)
    output = b"".join(_read(master)).decode()
    os.close(master)
    return process.wait(), output


@pytest.mark.parametrize("columns", [80, 40])
def test_the_width_is_that_of_the_terminal(columns: int, file: str) -> None:
    code, output = _run("show", "c-loss", "-a", file, columns=columns)

    widest = max(map(len, COLOUR.sub("", output).splitlines()))
    assert (code, columns - 20 < widest <= columns) == (0, True)


def test_an_interrupted_run_ends_quietly_with_its_code() -> None:
    # In the background, tests ignore interrupts, and a child would inherit that.
    usual = (
        "import signal, sys; from oped_dataset.cli.main import main; "
        "signal.signal(signal.SIGINT, signal.default_int_handler);"
    )
    command = [sys.executable, "-c", f"{usual} sys.exit(main(['validate', '-']))"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe) as process:
        assert process.stdin is not None
        # Output beyond the capacity of a pipe is accepted only after the reader has started.
        process.stdin.write(b" " * 1_000_000)
        process.stdin.flush()
        process.send_signal(signal.SIGINT)
        output = process.communicate(timeout=60)

    assert (process.returncode, *output) == (130, b"", b"")


def test_a_closed_pipe_is_not_an_error_for_long_output() -> None:
    reader, writer = os.pipe()
    os.close(reader)

    process = subprocess.run([*MODULE, "show", "claims"], stdout=writer, stderr=subprocess.PIPE, check=False)
    os.close(writer)

    assert (process.returncode, process.stderr) == (141, b"")


UNBUFFERED = pytest.mark.parametrize("unbuffered", ["", "1"], ids=["buffered", "unbuffered"])


def _lost(arguments: list[str], output: Any, unbuffered: str) -> tuple[int, str]:
    environment = os.environ | {"PYTHONUNBUFFERED": unbuffered}
    pipe = subprocess.PIPE
    process = subprocess.run([*MODULE, *arguments], stdout=output, stderr=pipe, env=environment, check=False, text=True)
    return process.returncode, process.stderr


@UNBUFFERED
@pytest.mark.parametrize("arguments", [["--version"], ["validate", "-h"], ["show", "claims"], ["schema"]], ids=" ".join)
def test_a_pipe_that_nobody_reads_has_its_code(arguments: list[str], unbuffered: str) -> None:
    reader, writer = os.pipe()
    os.close(reader)

    code = _lost(arguments, writer, unbuffered)
    os.close(writer)

    assert code == (141, "")


@UNBUFFERED
@pytest.mark.parametrize("arguments", [["--version"], ["schema"], ["validate"]], ids=" ".join)
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
def test_a_full_disk_is_reported_with_any_buffering(arguments: list[str], unbuffered: str) -> None:
    with Path("/dev/full").open("wb") as full:
        assert _lost(arguments, full, unbuffered) == (2, "oped-dataset: [Errno 28] No space left on device\n")


@UNBUFFERED
@pytest.mark.skipif(os.name != "posix", reason="other systems have no such limit")
def test_a_partial_write_is_reported(tmp_path: Path, unbuffered: str) -> None:
    # As on a full disk, the system accepts the part that fits, and reports only the next write.
    command = ["sh", "-c", 'ulimit -f 1; "$0" -m oped_dataset schema > cut.json', sys.executable]
    environment = os.environ | {"PYTHONUNBUFFERED": unbuffered, "PYTHONDONTWRITEBYTECODE": "1"}

    process = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, check=False, text=True)

    assert (process.returncode, process.stderr) == (2, "oped-dataset: [Errno 27] File too large\n")


@UNBUFFERED
def test_a_pipe_that_is_left_half_read_has_its_code(tmp_path: Path, small: dict[str, Any], unbuffered: str) -> None:
    # The report exceeds the capacity of a pipe, so that the system accepts a part before the reader ends.
    wrong = tmp_path / "wrong.json"
    wrong.write_text(text_of(small | dict.fromkeys(map(str, range(1000)))), encoding="utf-8")
    command, pipe = [*MODULE, "validate", "--format=json", str(wrong)], subprocess.PIPE
    environment = os.environ | {"PYTHONUNBUFFERED": unbuffered}

    with subprocess.Popen(command, stdout=pipe, stderr=pipe, env=environment) as process:
        assert process.stdout is not None
        assert process.stdout.read(10) == b'{\n  "docum'
        process.stdout.close()
        assert (process.wait(), process.stderr and process.stderr.read()) == (141, b"")


@pytest.mark.parametrize(
    ("arguments", "closed", "expected"),
    [
        ("show claims -a harbour-toll", ">&-", (2, "oped-dataset: the output is closed\n")),
        ("validate -h", ">&-", (2, "oped-dataset: the output is closed\n")),
        ("explore -o page.html", ">&-", (0, "")),
        ("show nothing-such", ">/dev/null 2>&-", (2, "")),
        ("show claims", ">&- 2>&-", (2, "")),
        ("validate", ">/dev/null 2>&-", (0, "")),
    ],
)
@pytest.mark.skipif(os.name != "posix", reason="streams are closed differently elsewhere")
def test_streams_that_were_closed_before_the_start(
    tmp_path: Path, arguments: str, closed: str, expected: tuple[int, str]
) -> None:
    command = ["sh", "-c", f'"$0" -m oped_dataset {arguments} {closed}', sys.executable]

    process = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)

    assert (process.returncode, process.stderr.decode(), process.stdout) == (*expected, b"")


def test_a_run_leaves_the_streams_as_they_were(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with (tmp_path / "out").open("wb", buffering=0) as raw:
        output = io.TextIOWrapper(raw, encoding="utf-8", write_through=True)
        for stream in (output, None):
            monkeypatch.setattr(sys, "stdout", stream)
            monkeypatch.setattr(sys, "stderr", None)

            assert main(["list"]) == (2 if stream is None else 0)
            assert (sys.stdout, sys.stderr) == (stream, None)
    assert "harbour-toll" in (tmp_path / "out").read_text(encoding="utf-8")


def test_the_help_imports_nothing_of_the_data() -> None:
    code = "import sys; from oped_dataset.cli.main import parser; parser().format_help(); print(*sorted(sys.modules))"

    imported = subprocess.check_output([sys.executable, "-c", code], text=True).split()

    heavy = {"cattrs", "rich", "shtab", "oped_dataset.model", "oped_dataset.loading", "oped_dataset.library"}
    assert set(imported) & heavy == set()


def test_bytes_are_written_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    buffer = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(buffer, encoding="utf-8"))

    terminal.write(b"\x00\xff", None)

    assert buffer.getvalue() == b"\x00\xff"


def test_an_interruption_of_a_single_step_is_not_reported(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(KeyboardInterrupt), terminal.progress("checking", 1):
        raise KeyboardInterrupt

    assert capsys.readouterr().err == ""
