"""Making and linting drafts on the command line."""

from __future__ import annotations

from pathlib import Path

import attrs
import pytest

from oped_dataset import dump_path, load
from oped_dataset.authoring import Draft, dump_draft, load_draft, loads_draft
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


def test_a_complete_article_has_no_warnings(capsys: Capture) -> None:
    assert main(["lint", "harbour-toll"]) == 0
    assert capsys.readouterr().out == "harbour-toll: no problems\n"


def test_warnings_are_shown_where_they_stand_in_the_file(capsys: Capture, tmp_path: Path) -> None:
    path = str(tmp_path / "draft.json")
    article = load("harbour-toll")
    dump_draft(Draft(article=attrs.evolve(article, quotations=article.quotations[1:])), path)

    assert main(["lint", path, "--format", "github"]) == 3
    start = capsys.readouterr().out.partition("::/source")[0]
    assert start == f"::warning file={path},line=14,col=742,title=LINT-unrecorded-quotation"


def test_without_the_text_some_checks_are_left_out(capsys: Capture, tmp_path: Path) -> None:
    article = load("harbour-toll")
    path = tmp_path / "bare.json"
    dump_path(attrs.evolve(article, source=attrs.evolve(article.source, text=None)), path)

    assert main(["lint", str(path)]) == 0
    assert capsys.readouterr().err == (
        "oped-dataset: 8 of 27 checks need the text and were skipped; give it: --text FILE\n"
    )


def test_the_text_is_given_beside_the_file(capsys: Capture, tmp_path: Path) -> None:
    article = load("harbour-toll")
    (tmp_path / "text").write_bytes(str(article.source.text).encode())
    dump_path(attrs.evolve(article, source=attrs.evolve(article.source, text=None)), tmp_path / "bare.json")

    assert main(["lint", str(tmp_path / "bare.json"), "--text", str(tmp_path / "text")]) == 0
    assert capsys.readouterr().err == ""


def test_an_article_without_sentences_is_attached_to_its_very_text_only(capsys: Capture, tmp_path: Path) -> None:
    article = load("harbour-toll")
    text = str(article.source.text)
    source = attrs.evolve(article.source, sentences=(), paragraphs=(), text=None)
    dump_path(attrs.evolve(article, source=source), tmp_path / "bare.json")
    (tmp_path / "exact").write_bytes(text.encode())
    (tmp_path / "other").write_bytes(text.replace("“", '"').encode())

    assert main(["attach", str(tmp_path / "exact"), "-a", str(tmp_path / "bare.json")]) == 0
    assert "sentences 0 0 n/a" in " ".join(capsys.readouterr().out.split())
    assert main(["attach", str(tmp_path / "other"), "-a", str(tmp_path / "bare.json")]) == 1
    assert "only an identical copy of the annotated text can be attached" in " ".join(capsys.readouterr().out.split())
