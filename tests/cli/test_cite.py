"""The command `cite`."""

from __future__ import annotations

import pytest

from oped_dataset import load
from oped_dataset.cli.main import main


@pytest.mark.parametrize("style", ["text", "bibtex", "csl"])
def test_a_citation_is_printed(style: str, capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["cite", "-a", "harbour-toll", "--style", style])

    assert code == 0
    assert capsys.readouterr().out == load("harbour-toll").citation(style) + "\n"  # type: ignore[arg-type]


def test_an_unknown_style_is_answered_with_the_closest(capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["cite", "--style", "bibtx"])

    assert code == 2
    assert capsys.readouterr().err == "oped-dataset: style: no style 'bibtx'; did you mean 'bibtex'?\n"
