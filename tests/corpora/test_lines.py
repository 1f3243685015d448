"""JSON Lines: many articles in one file, plain and compressed."""

from __future__ import annotations

import codecs
import gzip
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small import text_of

from oped_dataset import (
    Article,
    BadArticle,
    InvalidArticle,
    Limits,
    OpedDatasetError,
    Progress,
    lines_written,
    load,
    loads,
    read_lines,
    write_lines,
)
from oped_dataset.corpora.lines import LinePosition
from oped_dataset.errors import ArticleFileError, InvalidRecord, MissingExtra
from oped_dataset.testing import make_corpus, strategies

# The same library, before and after its inclusion in Python.
zstd: Any = import_module("compression.zstd" if sys.version_info >= (3, 14) else "backports.zstd")

NAMES = ["c.jsonl", "c.jsonl.gz", "c.jsonl.zst"]
PACKED = NAMES[1:]
packed = pytest.mark.parametrize("name", PACKED)
every = pytest.mark.parametrize("name", NAMES)


def _closed() -> io.BytesIO:
    stream = io.BytesIO()
    stream.close()
    return stream


@pytest.fixture
def article(small: dict[str, Any]) -> Article:
    return loads(text_of(small))


@pytest.fixture
def three() -> list[Article]:
    return list(make_corpus(3, max_claims=2))


def _pack(data: bytes, name: str) -> bytes:
    if name.endswith(".gz"):
        return gzip.compress(data, mtime=0)
    return bytes(zstd.compress(data)) if name.endswith(".zst") else data


def _lines(articles: list[Article]) -> bytes:
    stream = io.BytesIO()
    write_lines(articles, stream)
    return stream.getvalue()


# Round trips.


@given(st.lists(strategies.articles(), max_size=3))
def test_lines_are_written_and_read(articles: list[Article]) -> None:
    stream = io.BytesIO()

    count = write_lines(articles, stream)
    stream.seek(0)

    assert count == len(articles)
    assert list(read_lines(stream)) == articles
    assert not stream.closed


@every
def test_lines_are_written_to_files_and_read(three: list[Article], tmp_path: Path, name: str) -> None:
    assert write_lines(three, tmp_path / name) == 3
    assert list(read_lines(str(tmp_path / name))) == three
    assert [path.name for path in tmp_path.iterdir()] == [name]


@every
def test_a_compressed_file_has_the_content_of_the_plain_one(three: list[Article], tmp_path: Path, name: str) -> None:
    write_lines(three, tmp_path / name)

    unpack = {".gz": gzip.decompress, ".zst": zstd.decompress}.get(Path(name).suffix, bytes)

    assert unpack((tmp_path / name).read_bytes()) == _lines(three)


def test_splitlines_finds_the_same_lines(article: Article) -> None:
    title = "\x85".join(("Tolls", "\u2028", "\u2029", "\x0b", "\x0c", "\x1c", "\x1d", "\x1e", "and ferries"))
    unusual = attrs.evolve(article, title=title)
    lines = _lines([unusual, unusual])

    assert [json.loads(line)["title"] for line in lines.decode().splitlines()] == [title, title]
    assert list(read_lines(io.BytesIO(lines))) == [unusual, unusual]


@packed
def test_a_compressed_file_does_not_depend_on_the_date(article: Article, tmp_path: Path, name: str) -> None:
    for folder in ("one", "other"):
        (tmp_path / folder).mkdir()
        write_lines([article], tmp_path / folder / name)

    assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "other" / name).read_bytes()


@packed
def test_concatenated_members_are_read_as_one(three: list[Article], tmp_path: Path, name: str) -> None:
    lines = _lines(three)
    cut = len(lines) // 2
    (tmp_path / name).write_bytes(_pack(lines[:cut], name) + _pack(b"", name) + _pack(lines[cut:], name))

    assert list(read_lines(tmp_path / name)) == three


def test_a_reader_can_be_closed_before_the_end(three: list[Article], tmp_path: Path) -> None:
    write_lines(three, tmp_path / "c.jsonl")
    reader = read_lines(tmp_path / "c.jsonl")
    next(reader)

    reader.close()

    assert list(reader) == []


def test_zstandard_without_its_library_names_the_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("backports.zstd", "compression.zstd"):
        monkeypatch.setitem(sys.modules, module, None)
    (tmp_path / "c.jsonl.zst").touch()

    for use in (lambda path: next(read_lines(path)), lambda path: write_lines([], path)):
        with pytest.raises(MissingExtra, match=r'run: pip install "oped-dataset\[zstd\]"$'):
            use(tmp_path / "c.jsonl.zst")


# Bad lines.


def test_a_bad_line_is_reported(article: Article) -> None:
    stream = io.BytesIO(_lines([article]) + b"[]\n")

    with pytest.raises(InvalidArticle) as caught:
        list(read_lines(stream))

    assert [(p.code, p.line, p.column) for p in caught.value.problems] == [("OPED-wrong-type", 2, 1)]


def test_a_bad_line_is_passed_to_the_function_and_the_rest_is_read(three: list[Article]) -> None:
    first, *rest = _lines(three).splitlines(keepends=True)
    stream, reported = io.BytesIO(b"".join([first, b"[]\n", b"\n", *rest, b"{"])), list[BadArticle]()

    articles = list(read_lines(stream, on_error=reported.append))

    assert articles == three
    assert [(bad.number, bad.offset) for bad in reported] == [
        (2, len(first)),
        (3, len(first) + 3),
        (6, len(stream.getvalue()) - 1),
    ]
    assert [(p.code, p.line) for bad in reported for p in bad.report.problems] == [
        ("OPED-wrong-type", 2),
        ("OPED-invalid-json", 3),
        ("OPED-invalid-json", 6),
    ]


@pytest.mark.parametrize(
    "bad", [b"x" * 5_000_000 + b"\n", b"x" * 200_001 + b"\n", b"x" * 200_002 + b"\n", b"\0" * 300_000]
)
def test_a_line_that_is_too_long_is_skipped(three: list[Article], bad: bytes) -> None:
    first, *rest = _lines(three).splitlines(keepends=True)
    lines = [*rest, bad] if bad.endswith(b"\0") else [bad, *rest]
    reported = list[BadArticle]()
    reader = read_lines(io.BytesIO(b"".join([first, *lines])), limits=Limits(size=200_000), on_error=reported.append)

    assert list(reader) == three
    assert [problem.code for each in reported for problem in each.report.problems] == ["OPED-too-large"]
    assert reader.position == LinePosition(4, len(_lines(three)) + len(bad))


def test_a_line_longer_than_the_limit_is_rejected(article: Article) -> None:
    with pytest.raises(InvalidArticle) as caught:
        next(read_lines(io.BytesIO(_lines([article])), limits=Limits(size=10)))

    assert [problem.code for problem in caught.value.problems] == ["OPED-too-large"]


def test_an_invalid_policy_is_rejected_immediately() -> None:
    with pytest.raises(InvalidRecord) as caught:
        read_lines("c.jsonl", on_error="skip")  # type: ignore[arg-type]

    message = "must be 'raise' or a function to call for each failure, not 'skip'"
    assert str(caught.value) == f"on_error: {message}"


# Damaged files.


@packed
@pytest.mark.parametrize("left", [0, 1, 5, 20, 0.5, 0.99])
def test_a_truncated_file_is_reported_with_the_line_reached(
    three: list[Article], tmp_path: Path, name: str, left: float
) -> None:
    data = _pack(_lines(three), name)
    (tmp_path / name).write_bytes(data[: int(left * len(data)) if 0 < left < 1 else int(left)])
    read, reported = list[Article](), list[BadArticle]()
    reader = read_lines(tmp_path / name, on_error=reported.append)

    with pytest.raises(ArticleFileError, match="line") as caught:
        read.extend(reader)

    assert str(caught.value).startswith(f"{tmp_path / name}, line {reader.position.lines + 1}: ")
    assert (read, reported) == (three[: reader.position.lines], [])


@packed
@pytest.mark.parametrize("damage", [lambda data: b"no archive", lambda data: data[:40] + b"x" * 99 + data[139:]])
def test_a_damaged_file_is_reported(
    three: list[Article], tmp_path: Path, name: str, damage: Callable[[bytes], bytes]
) -> None:
    (tmp_path / name).write_bytes(damage(_pack(_lines(three), name)))

    with pytest.raises(OpedDatasetError):
        list(read_lines(tmp_path / name))


def test_a_damaged_stream_is_reported_with_its_line(three: list[Article]) -> None:
    stream: Any = gzip.GzipFile(fileobj=io.BytesIO(gzip.compress(_lines(three))[:-8]))

    with pytest.raises(ArticleFileError) as caught:
        list(read_lines(stream))

    reason = "Compressed file ended before the end-of-stream marker was reached"
    assert str(caught.value) == f"the stream, line 4: {reason}"


# Resuming.


@every
def test_reading_resumes_at_its_position(three: list[Article], tmp_path: Path, name: str) -> None:
    write_lines(three, tmp_path / name)

    for taken in range(4):
        reader = read_lines(tmp_path / name)
        first = [next(reader) for _ in range(taken)]
        rest = list(read_lines(tmp_path / name, start=reader.position))
        assert first + rest == three


def test_a_stream_resumes_at_its_current_position(three: list[Article]) -> None:
    stream = io.BytesIO(b"before" + _lines(three))
    stream.seek(6)
    reader = read_lines(stream)
    next(reader)

    stream.seek(6)

    assert list(read_lines(stream, start=reader.position)) == three[1:]


def test_line_numbers_continue_when_reading_resumes(three: list[Article]) -> None:
    lines = _lines(three)

    with pytest.raises(InvalidArticle) as caught:
        list(read_lines(io.BytesIO(lines + b"[]"), start=LinePosition(3, len(lines))))

    assert [problem.line for problem in caught.value.problems] == [4]


def test_the_position_after_an_error_is_before_its_line(three: list[Article]) -> None:
    lines = _lines(three)
    reader = read_lines(io.BytesIO(lines + b"[]\n"))

    with pytest.raises(InvalidArticle):
        list(reader)

    assert reader.position == LinePosition(3, len(lines))


@every
@pytest.mark.parametrize("offset", [7, 10_000_000])
def test_a_position_inside_a_line_is_rejected(three: list[Article], tmp_path: Path, name: str, offset: int) -> None:
    write_lines(three, tmp_path / name)

    with pytest.raises(ArticleFileError) as caught:
        list(read_lines(tmp_path / name, start=LinePosition(2, offset)))

    reason = f"no line begins at byte {offset}, where line 3 did; it is not the file that was read before"
    assert str(caught.value) == f"{tmp_path / name}: {reason}"


# Progress.


@every
def test_reading_reports_its_progress(three: list[Article], tmp_path: Path, name: str) -> None:
    write_lines(three, tmp_path / name)
    reported = list[Progress]()

    list(read_lines(tmp_path / name, progress=reported.append))

    size = (tmp_path / name).stat().st_size
    assert [(step.total, step.unit) for step in reported] == [(size, "bytes")] * 3
    assert sorted(step.done for step in reported) == [step.done for step in reported]
    assert reported[-1].done == size


def test_a_stream_has_no_total(article: Article) -> None:
    lines, reported = _lines([article]), list[Progress]()

    list(read_lines(io.BytesIO(lines), progress=reported.append))

    assert reported == [Progress(done=len(lines), total=None, unit="bytes")]


def test_writing_reports_its_progress(three: list[Article]) -> None:
    reported, unreported = list[Progress](), list[Progress]()

    write_lines(three, io.BytesIO(), progress=reported.append)
    write_lines(iter(three), io.BytesIO(), progress=unreported.append)

    assert reported == [Progress(done=done, total=3, unit="articles") for done in (1, 2, 3)]
    assert unreported == [Progress(done=done, total=None, unit="articles") for done in (1, 2, 3)]


# Interrupted writing.


class _Interrupted(Exception):
    pass


def _cut(articles: list[Article], after: int) -> Iterator[Article]:
    yield from articles[:after]
    raise _Interrupted


def _precious(path: Path) -> Path:
    path.write_bytes(b"precious")
    return path


@every
def test_an_invalid_article_leaves_the_old_file_unchanged(article: Article, tmp_path: Path, name: str) -> None:
    path = _precious(tmp_path / name)

    with pytest.raises(InvalidArticle):
        write_lines([article, attrs.evolve(article, publisher="nobody")], path)

    assert [path.name for path in tmp_path.iterdir()] == [name]
    assert path.read_bytes() == b"precious"


@every
@pytest.mark.parametrize("after", range(4))
def test_writing_resumes_after_the_last_line(three: list[Article], tmp_path: Path, name: str, after: int) -> None:
    path = _precious(tmp_path / name)
    with pytest.raises(_Interrupted):
        write_lines(_cut(three, after), path, resume=True)
    assert path.read_bytes() == b"precious"

    written = lines_written(path)
    reported = list[Progress]()
    count = write_lines(three[written:], path, resume=True, progress=reported.append)

    write_lines(three, tmp_path / f"whole-{name}")
    assert (written, count) == (after, 3)
    assert reported == [Progress(done=done, total=3, unit="articles") for done in range(after + 1, 4)]
    assert path.read_bytes() == (tmp_path / f"whole-{name}").read_bytes()
    assert len(list(tmp_path.iterdir())) == 2


def test_an_incomplete_line_is_dropped_with_a_warning(three: list[Article], tmp_path: Path) -> None:
    path, draft, lines = tmp_path / "c.jsonl", tmp_path / ".c.jsonl.draft", _lines(three)
    draft.write_bytes(lines[:-5])

    assert lines_written(path) == 2
    with pytest.warns(UserWarning, match="dropped") as caught:
        write_lines(three[2:], path, resume=True)

    (warning,) = caught
    half = len(lines[:-5]) - (lines[:-5].rindex(b"\n") + 1)
    assert str(warning.message) == f"{draft}: dropped {half} bytes of an incomplete line"
    assert warning.filename == __file__
    assert path.read_bytes() == lines


@pytest.mark.skipif(os.name != "posix", reason="this system cannot kill in this way")
def test_a_killed_writer_loses_no_complete_line(three: list[Article], tmp_path: Path) -> None:
    code = """
import os, signal, sys
from oped_dataset import write_lines
from oped_dataset.testing import make_corpus
def killed():
    yield from make_corpus(2, max_claims=2)
    os.kill(os.getpid(), signal.SIGKILL)
write_lines(killed(), sys.argv[1], resume=True)
"""
    path = tmp_path / "c.jsonl.gz"
    assert subprocess.run([sys.executable, "-c", code, path]).returncode == -9

    write_lines(three[lines_written(path) :], path, resume=True)

    assert gzip.decompress(path.read_bytes()) == _lines(three)


def test_a_draft_with_zero_bytes_is_rejected(three: list[Article], tmp_path: Path) -> None:
    draft = tmp_path / ".c.jsonl.draft"
    draft.write_bytes(_lines(three) + b"\0" * 4096)

    with pytest.raises(ArticleFileError) as caught:
        lines_written(tmp_path / "c.jsonl")

    assert str(caught.value) == f"{draft} is damaged: it contains zero bytes; remove it and write again from the start"


@pytest.mark.parametrize(
    ("source", "message"),
    [
        (5, "must be a path or an open binary stream, not int"),
        (io.StringIO("{}"), "must be a binary stream, not a text stream; open it with 'rb'"),
        (_closed(), "the stream is closed; open it with 'rb' and leave it open"),
    ],
)
def test_an_unreadable_source_is_rejected_immediately(source: Any, message: str) -> None:
    with pytest.raises(InvalidRecord) as caught:
        read_lines(source)

    assert (str(caught.value), caught.value.field) == (f"source: {message}", "source")


@pytest.mark.parametrize(
    ("target", "message"),
    [
        (5, "must be a path or an open binary stream, not int"),
        (io.StringIO(), "must be a binary stream, not a text stream; open it with 'wb'"),
        (_closed(), "the stream is closed; open it with 'wb' and leave it open"),
    ],
)
def test_an_unwritable_target_is_rejected(article: Article, target: Any, message: str) -> None:
    with pytest.raises(InvalidRecord) as caught:
        write_lines([article], target)

    assert (str(caught.value), caught.value.field) == (f"target: {message}", "target")


def test_an_unrecognised_text_stream_is_rejected(three: list[Article], tmp_path: Path) -> None:
    write_lines(three, tmp_path / "c.jsonl")

    with codecs.open(str(tmp_path / "c.jsonl"), encoding="utf-8") as stream, pytest.raises(InvalidRecord) as caught:
        next(read_lines(stream))

    assert str(caught.value) == "source: must be a binary stream, not a text stream; open it with 'rb'"


@pytest.mark.parametrize("taken", [0, 1])
def test_a_stream_closed_during_reading_is_rejected(three: list[Article], taken: int) -> None:
    stream = io.BytesIO(_lines(three))
    reader = read_lines(stream)
    read = [next(reader) for _ in range(taken)]
    stream.close()

    with pytest.raises(InvalidRecord) as caught:
        next(reader)

    assert read == three[:taken]
    assert str(caught.value) == "source: the stream is closed; open it with 'rb' and leave it open"


def test_a_closed_stream_is_rejected_before_seeking(three: list[Article]) -> None:
    stream = io.BytesIO(_lines(three))
    reader = read_lines(stream, start=LinePosition(1, 10))
    stream.close()

    with pytest.raises(InvalidRecord, match=r"^source: the stream is closed; "):
        next(reader)


def test_a_stream_cannot_be_resumed() -> None:
    with pytest.raises(InvalidRecord) as caught:
        write_lines([], io.BytesIO(), resume=True)

    message = "resume: needs a path, not a stream, because unfinished lines are kept beside the file"
    assert str(caught.value) == message


def test_an_unwritable_file_leaves_no_draft(tmp_path: Path) -> None:
    (tmp_path / "c.jsonl").mkdir()
    (tmp_path / "c.jsonl" / "precious").touch()

    for resume in (False, True):
        with pytest.raises(ArticleFileError):
            write_lines([], tmp_path / "c.jsonl", resume=resume)

    assert (tmp_path / "c.jsonl" / "precious").exists()


# Memory.


CAPPED = """
import resource, sys
from oped_dataset import read_lines, write_lines
path, copy, keep = sys.argv[1], sys.argv[2], sys.argv[3] == "keep"
write_lines([next(read_lines(path))], copy)
size = int(open("/proc/self/statm").read().split()[0]) * resource.getpagesize() + 24_000_000
resource.setrlimit(resource.RLIMIT_AS, (size, size))
articles = read_lines(path)
print(write_lines(list(articles) if keep else articles, copy))
"""
"""Copies a corpus with at most 24 MB of memory beyond the first article."""


def _copied(path: Path, name: str, how: str) -> tuple[str, bool]:
    """Return the output of a copy, and whether it finished."""
    with path.open("wb") as stream:
        stream.write(_pack(_lines([load("harbour-toll")]) * 100, name))
    arguments = [sys.executable, "-c", CAPPED, str(path), str(path.with_name(f"copy-{name}")), how]
    done = subprocess.run(arguments, capture_output=True, text=True)
    return done.stdout, not done.returncode


capped = pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="this system does not report mapped memory")


@pytest.mark.slow
@pytest.mark.slow
@capped
@every
def test_a_hundred_articles_are_copied_in_the_memory_of_one(tmp_path: Path, name: str) -> None:
    assert _copied(tmp_path / name, name, "stream") == ("100\n", True)


@pytest.mark.slow
@capped
def test_the_same_memory_does_not_hold_a_hundred_articles(tmp_path: Path) -> None:
    # It usually ends with a MemoryError, which is not always printed, because that takes memory too.
    assert _copied(tmp_path / "c.jsonl", "c.jsonl", "keep") == ("", False)


@packed
def test_a_skipped_compression_bomb_is_not_decompressed(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(_pack(b" " * 50_000_000, name))
    reported = list[BadArticle]()

    assert list(read_lines(tmp_path / name, limits=Limits(size=1000), on_error=reported.append)) == []
    assert [bad.number for bad in reported] == [1]


def test_at_most_a_thousand_blank_lines_may_end_a_file() -> None:
    bad = list[BadArticle]()

    assert list(read_lines(io.BytesIO(b"\n" * 1000), on_error=bad.append)) == []
    assert bad == []
    assert list(read_lines(io.BytesIO(b"\n" * 1001), on_error=bad.append)) == []
    assert len(bad) == 1001
