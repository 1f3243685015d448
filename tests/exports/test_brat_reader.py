"""What is no annotation of our form is refused, with the line and the reason."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small import small

from oped_dataset import Article, InvalidArticle
from oped_dataset.codec import wire
from oped_dataset.errors import InvalidImport
from oped_dataset.exports import from_brat, to_brat

FILES = to_brat(wire.from_data(small()))
LINES = FILES["small.ann"].decode().split("\n")


def _with(annotation: str) -> dict[str, bytes]:
    return {**FILES, "small.ann": annotation.encode()}


def _said(files: dict[str, bytes]) -> str:
    with pytest.raises(InvalidImport) as caught:
        from_brat(files)
    return str(caught.value)


@pytest.mark.parametrize("ending", [".ann", ".txt", ".json"])
def test_a_missing_file_is_named(ending: str) -> None:
    files = {name: content for name, content in FILES.items() if not name.endswith(ending)}

    assert _said(files) == f"there must be one {ending} file, not 0"


def test_two_articles_at_once_are_refused() -> None:
    assert _said({**FILES, "other.ann": b""}) == "there must be one .ann file, not 2"


def test_another_text_is_refused() -> None:
    said = "the .txt file has not the SHA-256 in the .json file, so that offsets would not fit"

    assert _said({**FILES, "small.txt": b"Another text."}) == said


@pytest.mark.parametrize(("head", "said"), [(b"[]", "must be a JSON object"), (b"{", "is no JSON: Expecting")])
def test_a_head_that_is_no_object_is_refused(head: bytes, said: str) -> None:
    assert _said({**FILES, "small.json": head}).startswith(f"the .json file {said}")


def test_a_head_without_a_source_is_refused() -> None:
    assert _said({**FILES, "small.json": b"{}"}).startswith("the .txt file has not the SHA-256")


def test_a_file_that_is_not_utf_8_is_refused() -> None:
    assert _said({**FILES, "small.ann": b"\xff"}).startswith("small.ann is not UTF-8: ")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("E1\tClaim:T1", "line 1: lines that begin with 'E' have no meaning here"),
        ("N1\tReference T1 q:1\tx", "line 1: lines that begin with 'N' have no meaning here"),
        ("T1\tMention ten 14\tMaro", "line 1: 'T1\\tMention ten 14\\tMaro' is not in our form"),
        ("A1\tMentionForm", "line 1: 'A1\\tMentionForm' is not in our form"),
        ("A1\tMentionForm T9 name", "line 1: there is no line 'T9'"),
        ("R1\tsupports Arg1:T9 Arg2:T8\t", "line 1: there is no line 'T9'"),
        ("#1\tAnnotatorNotes T9\t{}", "line 1: there is no line 'T9'"),
        ("#1\tOtherNotes T9\t{}", "line 1: '#1\\tOtherNotes T9\\t{}' is not in our form"),
        ("T1\tPerson 10 14\tMaro", "line 1: 'Person' is no kind of record"),
        ("T1\tMention 10 14\tMaro\nT1\tMention 10 14\tMaro", "line 2: there is another line T1"),
        ("T1\tMention 10 14;15 20\tMaro", "line 1: a Mention stands at one place, not at 2"),
        ("T1\tMention 10 14\tMaro\nA1\tGround T1 bare", "line 1: a Mention has no attribute 'Ground'"),
        ("T1\tMention 10 14\tMaro\n#1\tAnnotatorNotes T1\t[]", "line 2: the note must be a JSON object"),
        ("T1\tClaim 10 14\tMaro", "line 1: the voices in the note must be a list of objects"),
        ('T1\tClaim 1 4\tx\n#1\tAnnotatorNotes T1\t{"voices": [{"cue": 3}]}', "line 1: there is no line 3"),
        (
            'T1\tClaim 1 4\tx\n#1\tAnnotatorNotes T1\t{"voices": [{"hedges": 1}]}',
            "line 1: the hedges of a voice must be a list",
        ),
        (
            'T1\tClaim 1 4\tx\n#1\tAnnotatorNotes T1\t{"voices": [], "arguments": 1}',
            "the arguments in the note of None must be a list of objects",
        ),
    ],
)
def test_a_line_that_has_no_meaning_is_named(line: str, said: str) -> None:
    assert _said(_with(line)) == said


def test_a_note_that_is_no_json_is_named() -> None:
    said = "line 2: the note is no JSON: Expecting value: line 1 column 1 (char 0)"

    assert _said(_with("T1\tMention 10 14\tMaro\n#1\tAnnotatorNotes T1\tnice")) == said


def test_an_undercutting_argument_without_a_position_comes_after_the_others() -> None:
    annotation = "\n".join(LINES).replace('"position": 2, ', "")

    assert from_brat(_with(annotation)).arguments.ids == ("a-loss", "a-head")


def test_the_lines_may_stand_in_any_order() -> None:
    notes_first = sorted(LINES, key=lambda line: not line.startswith("#"))

    assert from_brat(_with("\n".join(notes_first))) == from_brat(FILES)


@given(st.integers(0, len(LINES) - 2), st.text('TAR#{}[]":,0123456789 \t;Ciamn', max_size=12), st.integers(0, 60))
def test_no_other_exception_escapes(index: int, inserted: str, at: int) -> None:
    lines = list(LINES)
    lines[index] = lines[index][:at] + inserted + lines[index][at + 1 :]

    with contextlib.suppress(InvalidImport, InvalidArticle):
        assert isinstance(from_brat(_with("\n".join(lines))), Article)
