"""Hostile input raises one clear exception of the package, within bounded time and memory."""

from __future__ import annotations

import gzip
import io
import json
import os
import subprocess
import sys
import tempfile
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from json_suite import SUITE
from small import changed, text_of
from small import small as small_data

from oped_dataset import (
    InvalidArticle,
    Limits,
    OpedDatasetError,
    dump_path,
    load,
    load_path,
    loads,
    read_lines,
    validate,
    validate_path,
)
from oped_dataset.codec.jsontext import SIZE_LIMIT
from oped_dataset.errors import ArticleFileError, ArticleNotFound

FORM = "OPED-wrong-type"


def codes(data: bytes | str) -> list[str]:
    return [problem.code for problem in validate(data).problems]


# The public suite of JSON parsers.


@pytest.mark.skipif(
    not SUITE, reason="OPED_DATASET_JSON_SUITE does not name a directory with the public suite of JSON parsers"
)
def test_the_suite_is_complete() -> None:
    assert len(SUITE) >= 340


@pytest.mark.parametrize("path", SUITE, ids=lambda path: str(path.name))
def test_a_file_of_the_suite_is_rejected_with_a_code(path: Path) -> None:
    with pytest.raises(InvalidArticle) as caught:
        load_path(path)

    about_form = {"OPED-wrong-type", "OPED-missing-key", "OPED-unknown-key"}
    about_text = {problem.code for problem in caught.value.problems} - about_form
    assert about_text or not path.name.startswith("n_")
    # Three valid files of the suite are interpreted differently by readers; the strict reader rejects them.
    doubtful = "duplicated_key" in path.name
    assert not about_text or doubtful or not path.name.startswith("y_")


# Invalid and oversized texts.


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", ["OPED-invalid-json"]),
        (b" \n", ["OPED-invalid-json"]),
        (b"\x00", ["OPED-invalid-json"]),
        (b"nul", ["OPED-invalid-json"]),
        (b'"\x00"', ["OPED-invalid-json"]),
        (b"\xed\xa0\x80", ["OPED-not-utf-8"]),
        (b"[" * 10_000, ["OPED-too-deep"]),
        (b'{"a":' * 10_000, ["OPED-too-deep"]),
        (b"[" * 10_001, ["OPED-too-large"]),
        (b"[" * 10_001 + b" " * 15 * 10_001, ["OPED-too-deep"]),
        (b"1" * 5_000, ["OPED-number-out-of-range"]),
        (b"-1e400", ["OPED-number-out-of-range"]),
        (b"Infinity", ["OPED-not-a-number"]),
        (b"true", [FORM]),
        (b"[]", [FORM]),
        (b'"x"', [FORM]),
        (b"1e-400", [FORM]),
        (gzip.compress(b"{}", mtime=0), ["OPED-not-utf-8"]),
    ],
)
def test_a_hostile_text(data: bytes, expected: list[str]) -> None:
    assert codes(data) == expected


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"])
def test_another_encoding_is_named_in_the_hint(encoding: str) -> None:
    (problem,) = validate('{"schema_version": 1}'.encode(encoding)).problems

    assert problem.hint == "it looks like UTF-16 or UTF-32; save the file as UTF-8"


def test_a_byte_order_mark_does_not_hide_another_problem(small: dict[str, Any]) -> None:
    data = b"\xef\xbb\xbf" + text_of(changed(small, "/publisher", "gul")).encode()

    assert codes(data) == ["OPED-byte-order-mark", "OPED-dangling-reference"]
    assert validate(data.decode()).problems == validate(data).problems


@given(st.data())
def test_a_truncated_text_has_no_other_problem(data: st.DataObject) -> None:
    text = json.dumps(small_data(), indent=data.draw(st.sampled_from([None, 1])), ensure_ascii=False)
    cut = data.draw(st.integers(0, len(text) - 1))

    assert codes(text[:cut].encode()) == ["OPED-invalid-json"]


def _peak(action: Callable[[], object]) -> int:
    tracemalloc.start()
    try:
        action()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    "data",
    [
        b'{"entities": [' + b"1," * 10_000 + b"1]}",
        b'{"' + b"k" * 100_000 + b'": [' + b"NaN," * 2_000 + b"1]}",
        b"{" + b",".join(b'"k%d": 1' % number for number in range(5_000)) + b"}",
        b'{"authors": [' + b'"No Slug",' * 4_000 + b'"x"]}',
    ],
    ids=["records", "below a huge key", "keys", "slugs"],
)
def test_many_problems_take_no_more_memory_than_the_document(data: bytes) -> None:
    assert _peak(lambda: validate(data)) < 60 * len(data) + 4_000_000
    assert validate(data).omitted > 0


def test_many_wrong_ids_are_not_compared_with_all_others(small: dict[str, Any]) -> None:
    small["contributors"] = [f"nobody-{number}" for number in range(5_000)]

    report = validate(text_of(small))

    assert (len(report.problems), report.omitted) == (1000, 4000)


# Files.


class _Zeros(io.RawIOBase):
    """An endless stream without a line feed."""

    taken = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self.taken += len(buffer)
        buffer[:] = b"0" * len(buffer)
        return len(buffer)


def test_an_endless_line_is_not_read_beyond_the_limit() -> None:
    zeros = _Zeros()
    stream: IO[bytes] = io.BufferedReader(zeros)

    with pytest.raises(InvalidArticle) as caught:
        next(read_lines(stream, limits=Limits(size=1000)))

    assert [problem.code for problem in caught.value.problems] == ["OPED-too-large"]
    assert zeros.taken < 100_000


def test_a_compression_bomb_is_not_decompressed(tmp_path: Path) -> None:
    path = tmp_path / "bomb.jsonl.gz"
    with gzip.open(path, "wb", compresslevel=1) as stream:
        for _ in range(100):
            stream.write(b" " * 1_000_000)

    def read() -> None:
        with pytest.raises(InvalidArticle):
            next(read_lines(path, limits=Limits(size=1_000_000)))

    assert _peak(read) < 20_000_000


def test_a_file_is_not_read_beyond_the_limit(tmp_path: Path) -> None:
    path = tmp_path / "large.json"
    with path.open("wb") as stream:
        stream.truncate(10 * SIZE_LIMIT)

    assert _peak(lambda: validate_path(path)) < 3 * SIZE_LIMIT
    assert [problem.code for problem in validate_path(path).problems] == ["OPED-too-large"]


@pytest.mark.skipif(os.name != "posix", reason="this system has no named pipes")
def test_a_pipe_without_a_writer_does_not_block(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")

    with pytest.raises(ArticleFileError) as caught:
        load_path(tmp_path / "pipe")

    message = "is not a regular file; open it and pass the stream or its content"
    assert str(caught.value) == f"{tmp_path / 'pipe'} {message}"


@pytest.mark.parametrize("read", [load_path, validate_path, lambda path: next(read_lines(path))])
def test_a_path_through_a_file_or_a_loop_of_links_is_rejected(read: Callable[[Path], object], tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"{}")
    (tmp_path / "circle").symlink_to(tmp_path / "circle")

    for path in (tmp_path / "file" / "below", tmp_path / "circle", tmp_path / ("x" * 5000)):
        with pytest.raises(OpedDatasetError):
            read(path)


# Root may read everything, so the file is read by another user.
_AS_NOBODY = """
import os, sys
from oped_dataset import load_path
from oped_dataset.errors import ArticleFileError
if os.geteuid() == 0:
    os.setuid(65534)
try:
    load_path(sys.argv[1])
except ArticleFileError as error:
    print(error, end="")
"""


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="this system has other permissions")
def test_a_file_without_permission() -> None:
    # Not in the directory of pytest, which other users cannot read.
    with tempfile.NamedTemporaryFile(suffix=".json") as file:
        Path(file.name).chmod(0)

        done = subprocess.run([sys.executable, "-c", _AS_NOBODY, file.name], capture_output=True, text=True, check=True)

        assert done.stdout == f"{file.name}: Permission denied"


def test_a_symbolic_link_is_followed_when_read_and_replaced_when_written(small: dict[str, Any], tmp_path: Path) -> None:
    target, link = tmp_path / "target.json", tmp_path / "link.json"
    target.write_text(text_of(small), encoding="utf-8")
    link.symlink_to(target)
    before = target.read_bytes()

    dump_path(load_path(link), link)

    assert not link.is_symlink()
    assert target.read_bytes() == before


@pytest.mark.parametrize(
    "name",
    ["../../etc/passwd", "/etc/passwd", "retired-officials-2019.json", "..", "", "x\x00y", "retired-officials-2019\n"],
)
def test_a_name_is_not_a_path(name: str) -> None:
    with pytest.raises(ArticleNotFound):
        load(name)


def test_a_document_passed_as_a_path_is_cut_in_the_message() -> None:
    with pytest.raises(OpedDatasetError) as caught:
        validate_path("[" + "1," * 100_000)

    assert len(str(caught.value)) < 2000


# Deceptive characters.


@pytest.mark.parametrize(
    ("record_id", "named"),
    [
        ("m\u0430ro", "U+0430 CYRILLIC SMALL LETTER A"),
        ("maro\u202e", "U+202E RIGHT-TO-LEFT OVERRIDE"),
        ("ma\u200bro", "U+200B ZERO WIDTH SPACE"),
        ("\uff4daro", "U+FF4D FULLWIDTH LATIN SMALL LETTER M"),
        ("maro\ue000", "U+E000"),
    ],
)
def test_a_similar_looking_letter_is_named(small: dict[str, Any], record_id: str, named: str) -> None:
    (problem,) = validate(text_of(changed(small, "/mentions/0/entity", record_id))).problems

    reason = "is not a slug (lowercase ASCII letters, digits, single hyphens)"
    assert problem.message == f"Mention.entity: {record_id!r} {reason}; it contains {named}"
    assert str(problem).isprintable()


def test_an_id_must_not_end_with_a_line_feed(small: dict[str, Any]) -> None:
    assert codes(text_of(changed(small, "/mentions/0/id", "m-maro\n"))) == ["OPED-invalid-value"]


def test_a_long_cycle_of_anchors_is_reported_once(small: dict[str, Any]) -> None:
    count = 3000
    small["times"] = [
        small["times"][0] | {"id": f"t-{index}", "anchor": f"t-{(index + 1) % count}"} for index in range(count)
    ]

    (problem,) = validate(text_of(small)).problems

    assert (problem.code, problem.pointer) == ("OPED-anchor-cycle", "/times/0/anchor")


def test_anchors_that_lead_into_a_cycle_are_not_part_of_it(small: dict[str, Any]) -> None:
    time = small["times"][0]
    small["times"] = [time | {"id": "t-0", "anchor": "t-2"}, time | {"id": "t-1", "anchor": "t-2"}]
    small["times"].append(time | {"id": "t-2", "anchor": "t-1"})

    assert [problem.pointer for problem in validate(text_of(small)).problems] == ["/times/1/anchor"]


def test_bad_input_raises_a_value_error() -> None:
    with pytest.raises(ValueError, match="OPED-invalid-json"):
        loads(json.dumps({})[:1])
