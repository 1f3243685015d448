"""Computing the digests and shifts of a source from its text."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given
from small import TEXT

from oped_dataset import Article, Sentence, Shift, Span, dump_path, fingerprint, load_path, validate
from oped_dataset.codec.wire import from_data
from oped_dataset.errors import InvalidRecord
from oped_dataset.testing import strategies
from oped_dataset.text.fingerprints import paragraphs_of

TOOL = Path(__file__).parents[2] / "tools" / "build_fingerprints.py"


@pytest.fixture
def article(small: dict[str, Any]) -> Article:
    return from_data(small)


def without(article: Article) -> Article:
    sentences = tuple(attrs.evolve(each, digest="0" * 16, shifts=None) for each in article.source.sentences)
    return attrs.evolve(article, source=attrs.evolve(article.source, sentences=sentences, paragraphs=()))


def test_the_fingerprints_are_those_of_the_text(article: Article) -> None:
    assert fingerprint(without(article), TEXT) == article


@given(strategies.articles(with_text=True))
def test_an_article_with_fingerprints_is_valid(article: Article) -> None:
    made = fingerprint(without(article), str(article.source.text))

    assert validate(made).problems == ()
    assert all(sentence.shifts is not None for sentence in made.source.sentences)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", []),
        (" One. \n\n\tTwo.\r\nThree.\u2028Four.", ["One.", "Two.", "Three.", "Four."]),
        ("One\n\u200b\nTwo", ["One", "Two"]),
    ],
)
def test_the_paragraphs_of_a_text(text: str, words: list[str]) -> None:
    assert [text[each.span.start : each.span.end] for each in paragraphs_of(text)] == words


def test_a_paragraph_continues_where_a_sentence_does() -> None:
    text = "One goes\non here. Two.\nThree."

    assert [each.span for each in paragraphs_of(text, [Span(0, 17), Span(18, 22), Span(23, 29)])] == [
        Span(0, 22),
        Span(23, 29),
    ]


@pytest.mark.parametrize("text", [f"{TEXT} ", TEXT.upper()])
def test_a_different_text_is_rejected(article: Article, text: str) -> None:
    with pytest.raises(InvalidRecord) as caught:
        fingerprint(article, text)

    assert str(caught.value) == "the text is not the source of 'small': it has a different length or SHA-256"


@pytest.mark.parametrize("shifts", [[(5, 1, 2), (5, 1, 0)], [(9, 2, 1)]])
def test_impossible_shifts_are_rejected(shifts: list[tuple[int, int, int]]) -> None:
    at = shifts[-1][0]

    with pytest.raises(InvalidRecord) as caught:
        Sentence(
            span=Span(0, 10),
            digest="0" * 16,
            shifts=tuple(Shift(at=at, length=length, normal=normal) for at, length, normal in shifts),
        )

    assert str(caught.value) == (
        f"Sentence.shifts: the shift at {at} overlaps the previous one or exceeds the sentence"
    )


@pytest.mark.parametrize("with_text", [True, False])
def test_the_tool_writes_the_fingerprints(article: Article, tmp_path: Path, with_text: bool) -> None:
    held = article.source.text if with_text else None
    dump_path(attrs.evolve(article, source=attrs.evolve(article.source, text=held, paragraphs=())), tmp_path / "a.json")
    (tmp_path / "a.txt").write_bytes(TEXT.encode())
    text_file = [] if with_text else [str(tmp_path / "a.txt")]

    subprocess.run([sys.executable, TOOL, tmp_path / "a.json", *text_file], check=True, capture_output=True)

    assert load_path(tmp_path / "a.json").source.paragraphs == article.source.paragraphs


def test_the_tool_reports_a_missing_text(article: Article, tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    dump_path(attrs.evolve(article, source=attrs.evolve(article.source, text=None)), path)

    found = subprocess.run([sys.executable, TOOL, path], capture_output=True, text=True)

    assert (found.returncode, found.stderr) == (1, f"{path} does not contain its text; pass a file that does\n")
