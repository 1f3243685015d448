"""The versions of the program, and completion in a real shell."""

from __future__ import annotations

import shutil
import subprocess
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path

import pytest

import oped_dataset
from oped_dataset import (
    Commitment,
    formats,
    library,
)
from oped_dataset.cli import about, parser
from oped_dataset.cli.main import main
from oped_dataset.model.article import TABLES

Capture = pytest.CaptureFixture[str]


def test_the_help_names_the_article_that_is_loaded_by_default() -> None:
    assert parser._DEFAULT == library.DEFAULT_ARTICLE


def test_the_versions_of_the_code_and_of_the_data(capsys: Capture) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["--version"])

    assert caught.value.code == 0
    assert capsys.readouterr().out.splitlines() == [
        f"oped-dataset {oped_dataset.__version__}",
        *(f"{name} {library.load(name).data_version}" for name in library.names()),
    ]


@pytest.mark.parametrize("shell", ["bash", "zsh", "tcsh"])
def test_a_script_for_each_shell_knows_every_command(capsys: Capture, shell: str) -> None:
    pytest.importorskip("shtab")
    with pytest.raises(SystemExit) as caught:
        main(["--completion", shell])

    script = capsys.readouterr().out
    assert caught.value.code == 0
    assert all(command in script for command in ("list", "show", "voices", "timeline", "validate", "attach", "score"))


def _completed(script: Path, typed: str) -> list[str]:
    """Return the completions that bash offers for this input."""
    words = typed.split(" ")
    quoted = " ".join(f"'{word}'" for word in words)
    asked = f"source {script}; COMP_WORDS=({quoted}); COMP_CWORD={len(words) - 1}; _shtab_oped_dataset; "
    output = subprocess.check_output(["bash", "-c", f'{asked} printf "%s\\n" "${{COMPREPLY[@]}}"'], text=True)
    return output.split()


@pytest.mark.skipif(shutil.which("bash") is None, reason="this system has no bash")
@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("oped-dataset show ", set(TABLES)),
        ("oped-dataset export tur", {"turtle"}),
        ("oped-dataset export ", {each.name for each in formats()}),
        ("oped-dataset voices --commitment ", {label.value for label in Commitment}),
        ("oped-dataset show -a h", {"harbour-toll"}),
        ("oped-dataset tim", {"timeline"}),
    ],
)
def test_bash_completes_commands_and_values(tmp_path: Path, typed: str, offered: set[str]) -> None:
    pytest.importorskip("shtab")
    script = tmp_path / "completion"
    script.write_text(about.completion(parser.parser(), "bash"), encoding="utf-8")

    assert offered <= set(_completed(script, typed))


def test_an_unknown_shell_is_answered_with_the_known_ones(capsys: Capture) -> None:
    shells = pytest.importorskip("shtab").SUPPORTED_SHELLS

    assert main(["--completion", "nu"]) == 2
    assert capsys.readouterr().err == f"oped-dataset: no shell 'nu'; choose from: {', '.join(shells)}\n"


def test_without_shtab_the_extra_is_named(monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    monkeypatch.setitem(sys.modules, "shtab", None)

    assert main(["--completion", "bash"]) == 2
    message = 'shtab is not installed; run: pip install "oped-dataset[cli]"'
    assert capsys.readouterr().err == f"oped-dataset: {message}\n"


def _values(parser: ArgumentParser) -> Iterator[str]:
    for action in about._actions(parser):
        if action.option_strings or action.metavar not in (None, "COMMAND"):
            yield str(action.metavar)


def test_completion_knows_how_to_complete_each_value_or_it_is_free() -> None:
    free = {"None", "PACKAGE", "ENTITY", "N", "TIME", "ENCODING", "SEED", "SHARE"}
    free |= {"ID", "TITLE", "PERSON", "BODY", "DAY", "LANGUAGE", "GENRE", "LICENCE"}

    known = {parser.ARTICLE, *about._FILES, *about._VALUES}
    assert set(_values(parser.parser())) - free == known
