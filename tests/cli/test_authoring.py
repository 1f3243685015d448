"""Making and linting drafts on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from oped_dataset.authoring import load_draft, loads_draft
from oped_dataset.cli.main import main

Capture = pytest.CaptureFixture[str]
TEXT = "The Toll\n\nMaro raised the toll on 3 May 2019. “The ferry lost 40 crowns,” she said.\n"


@pytest.fixture
def copy(tmp_path: Path) -> str:
    """A text in a file."""
    pytest.importorskip("sentencex")
    path = tmp_path / "Harbour Toll.txt"
    path.write_bytes(TEXT.encode())
    return str(path)


def test_a_draft_is_made_from_a_text(capsys: Capture, tmp_path: Path, copy: str) -> None:
    output = str(tmp_path / "draft.json")
    head = ["--author", "Ines", "--publisher", "the Gull", "--published", "2019-05-04", "--licence", "MIT"]

    assert main(["new", copy, "-o", output, "--no-proposals", *head]) == 0
    assert "3 sentences, 1 heading, 1 proposal" in " ".join(capsys.readouterr().out.split())
    draft = load_draft(output)
    assert (draft.article.id, str(draft.article.published), draft.missing) == ("harbour-toll", "2019-05-04", ())


def test_what_is_not_given_is_named(capsys: Capture, tmp_path: Path, copy: str) -> None:
    main(["new", copy, "--id", "toll", "--no-proposals", "-o", str(tmp_path / "x")])

    assert "not filled in: published, publisher, authors, licence" in " ".join(capsys.readouterr().out.split())


def test_a_draft_goes_to_the_output(capfdbinary: pytest.CaptureFixture[bytes], copy: str) -> None:
    assert main(["new", copy, "--no-proposals", "--with-text"]) == 0
    assert loads_draft(capfdbinary.readouterr().out).article.source.text == TEXT


def test_a_day_is_a_day(capsys: Capture, copy: str) -> None:
    assert main(["new", copy, "--published", "2019"]) == 2
    assert capsys.readouterr().err == "oped-dataset: --published: '2019' is not a day; write it as 2019-07-13\n"
