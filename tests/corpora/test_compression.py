"""Compressed files in frames: other programs read them, and this package reads them from the middle."""

from __future__ import annotations

import gzip
import struct
import sys
from collections.abc import Callable
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from corpus_files import DOCUMENTS, GOLD, documents_of, framed, put
from judges import judge

from oped_dataset import read_lines, validate_corpus, write_lines
from oped_dataset.corpora import compression
from oped_dataset.corpora.compression import Place, places
from oped_dataset.errors import ArticleFileError

every = pytest.mark.parametrize("name", ["c.jsonl.gz", "c.jsonl.zst"])
LINES = documents_of(GOLD)


def found(path: Path) -> list[Place]:
    with path.open("rb") as raw:
        return places(raw, path)


@every
def test_a_frame_ends_with_the_line_that_fills_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setattr(compression, "_FRAME", len(LINES[0]) + 2)
    path = tmp_path / name

    write_lines(GOLD[:3], path)

    assert [place.lines for place in found(path)] == [0, 2, 3]
    assert [place.offset for place in found(path)] == [0, len(b"..".join(LINES[:2])), len(b"...".join(LINES[:3])) - 3]
    assert found(path)[-1].packed == path.stat().st_size


@every
def test_each_frame_is_a_complete_compressed_file(tmp_path: Path, name: str) -> None:
    path = framed(tmp_path / name, LINES)

    parts = [path.read_bytes()[one.packed : two.packed] for one, two in pairwise(found(path))]

    for number, part in enumerate(parts):
        (tmp_path / f"part-{name}").write_bytes(part)
        assert list(read_lines(tmp_path / f"part-{name}")) == GOLD[3 * number : 3 * number + 3]


@every
def test_a_corpus_without_articles_is_one_empty_frame(tmp_path: Path, name: str) -> None:
    write_lines([], tmp_path / name)

    assert found(tmp_path / name) == [(0, 0, 0), (0, 0, (tmp_path / name).stat().st_size)]
    assert validate_corpus(tmp_path / name).articles == 0


@every
def test_concatenated_files_are_read_as_one(tmp_path: Path, name: str) -> None:
    path = framed(tmp_path / name, LINES)
    path.write_bytes(path.read_bytes() * 2)

    assert [place.lines for place in found(path)] == [0, 3, 6, 7, 10, 13, 14]
    assert validate_corpus(path, articles_per_piece=4).articles == 14


@every
def test_frames_before_the_start_are_not_decompressed(tmp_path: Path, name: str) -> None:
    path = framed(tmp_path / name, LINES)
    reader = read_lines(path)
    start = [reader.position for _ in zip(range(5), reader, strict=False)][-1]
    content = bytearray(path.read_bytes())
    content[60:90] = bytes(30)
    path.write_bytes(content)

    assert list(read_lines(path, start=start)) == GOLD[5:]


@pytest.mark.parametrize("size", [1, 2, 3, 1000])
@every
def test_pieces_of_frames_yield_the_report_of_the_plain_file(tmp_path: Path, name: str, size: int) -> None:
    path = framed(tmp_path / name, DOCUMENTS)

    report = validate_corpus(path, articles_per_piece=size)

    plain = validate_corpus(put(tmp_path / "c.jsonl", DOCUMENTS))
    assert [(bad.number, bad.offset, bad.report) for bad in report.bad] == [
        (bad.number, bad.offset, bad.report) for bad in plain.bad
    ]
    assert (report.articles, report.codes) == (plain.articles, plain.codes)


# Damage.


def remark(path: Path, change: Callable[[list[int]], object]) -> None:
    """Change the numbers in the mark of the second frame."""
    content, (_, second, third, *_) = bytearray(path.read_bytes()), found(path)
    at = second.packed + 16 if path.suffix == ".gz" else third.packed - 24
    mark = list(struct.unpack_from("<QQQ", content, at))
    change(mark)
    struct.pack_into("<QQQ", content, at, *mark)
    path.write_bytes(content)


@pytest.mark.parametrize(("field", "value", "line"), [(1, 99, 7), (2, 2, 6), (2, 1, 5), (2, 9, 8)])
@every
def test_a_mark_that_does_not_match_its_frame_is_reported(
    tmp_path: Path, name: str, field: int, value: int, line: int
) -> None:
    path = framed(tmp_path / name, LINES)
    remark(path, lambda mark: mark.__setitem__(field, value))

    for read in (lambda: list(read_lines(path)), lambda: validate_corpus(path, articles_per_piece=2)):
        with pytest.raises(ArticleFileError) as caught:
            read()
        reason = "the mark of a frame does not match its lines; decompress the file and compress it again"
        assert str(caught.value) == f"{path}, line {line}: {reason}"


@pytest.mark.parametrize("value", [0, 1 << 60])
@every
def test_a_frame_with_an_impossible_length_is_read_without_marks(tmp_path: Path, name: str, value: int) -> None:
    path = framed(tmp_path / name, LINES)
    remark(path, lambda mark: mark.__setitem__(0, value))

    assert found(path) == []
    assert list(read_lines(path)) == GOLD


@every
def test_a_truncated_file_has_no_frames_and_is_damaged(tmp_path: Path, name: str) -> None:
    path = framed(tmp_path / name, LINES)
    path.write_bytes(path.read_bytes()[:-50])

    with pytest.raises(ArticleFileError, match="line 7: Compressed file ended before the end-of-stream marker"):
        validate_corpus(path)


def test_a_piece_that_ends_with_a_frame_checks_its_checksum(tmp_path: Path) -> None:
    path = framed(tmp_path / "c.jsonl.gz", LINES)
    content = bytearray(path.read_bytes())
    content[found(path)[1].packed - 8] ^= 1
    path.write_bytes(content)

    with pytest.raises(ArticleFileError, match="line 4: CRC check failed"):
        validate_corpus(path, articles_per_piece=3)


# Other readers.


def _count_with_datasets(path: Path) -> int:
    datasets = judge("datasets")
    rows = datasets.load_dataset("json", data_files=str(path), split="train", cache_dir=str(path.parent / "cache"))
    return len(rows)


def _count_with_pandas(path: Path) -> int:
    if path.suffix == ".zst":
        judge("zstandard")
    return len(judge("pandas").read_json(path, lines=True))


def _count_with_gzip_or_zstd(path: Path) -> int:
    zstd: Any = import_module("compression.zstd" if sys.version_info >= (3, 14) else "backports.zstd")
    unpack = gzip.decompress if path.suffix == ".gz" else zstd.decompress
    return len(unpack(path.read_bytes()).splitlines())


@pytest.mark.parametrize(
    "count",
    [
        _count_with_gzip_or_zstd,
        _count_with_pandas,
        lambda path: judge("polars").scan_ndjson(path).collect().height,
        lambda path: judge("pyarrow.json").read_json(judge("pyarrow").input_stream(str(path))).num_rows,
        lambda path: judge("duckdb").sql(f"FROM read_json('{path}', format='newline_delimited')").fetchall(),
        _count_with_datasets,
    ],
    ids=["python", "pandas", "polars", "pyarrow", "duckdb", "datasets"],
)
@every
def test_other_programs_read_all_frames(tmp_path: Path, name: str, count: Callable[[Path], int | list[Any]]) -> None:
    path = framed(tmp_path / name, [b'{"id": "%d"}' % number for number in range(8)])

    rows = count(path)

    assert (rows if isinstance(rows, int) else len(rows)) == 8
