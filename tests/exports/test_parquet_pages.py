"""The page reader of Parquet files, on small files that are written here byte by byte."""

from __future__ import annotations

import io

import pytest

from oped_dataset.errors import InvalidImport
from oped_dataset.exports.parquet_pages import Chunk, RowGroup, row_groups


def _number(value: int) -> bytes:
    """A small number as Thrift's compact protocol writes it: zigzag, in one byte."""
    return bytes([value * 2 if value >= 0 else -value * 2 - 1])


def _page(values: int = 1, packed: int = 0) -> bytes:
    """The header of a data page."""
    sizes = b"\x15" + _number(0) + b"\x15" + _number(7) + b"\x15" + _number(packed)
    return sizes + b"\x2c\x15" + _number(values) + b"\x00\x00"


def _file(
    page: bytes, *, compressed: int | None = None, offset: int = 4, values: int = 1, head: bytes = b"\x36"
) -> bytes:
    """A file with one row group of one column `a`."""
    size = len(page) if compressed is None else compressed
    meta = b"\x39\x18\x01a" + b"".join(b"\x26" + _number(each) for each in (values, size, offset)) + b"\x00"
    group = b"\x19\x1c\x3c" + meta + b"\x00\x26" + _number(values) + b"\x00"
    footer = head + _number(values) + b"\x19\x1c" + group + b"\x00"
    return b"PAR1" + page + footer + len(footer).to_bytes(4, "little") + b"PAR1"


def _read(content: bytes) -> list[RowGroup]:
    return row_groups(io.BytesIO(content), "x.parquet")


def test_values_and_sizes_are_those_of_the_pages() -> None:
    assert _read(_file(_page())) == [RowGroup(1, (Chunk(("a",), 1, 7, 0, range(4, 4 + len(_page()))),))]


def test_a_column_without_rows_may_have_no_pages() -> None:
    assert _read(_file(b"", values=0)) == [RowGroup(0, (Chunk(("a",), 0, 0, 0, range(0)),))]


def test_fields_of_every_simple_type_are_skipped() -> None:
    head = b"\x13\x07" + b"\x17" + b"\x00" * 8 + b"\x16"

    assert _read(_file(_page(), head=head)) == [RowGroup(1, (Chunk(("a",), 1, 7, 0, range(4, 4 + len(_page()))),))]


@pytest.mark.parametrize(
    "content",
    [
        _file(_page(packed=-1)),
        _file(_page(packed=9)),
        _file(_page(values=2)),
        _file(_page(), offset=0),
        _file(_page(), compressed=60),
        _file(_page(), compressed=63, offset=60),
    ],
)
def test_pages_that_contradict_the_footer_are_refused(content: bytes) -> None:
    with pytest.raises(InvalidImport) as caught:
        _read(content)

    assert str(caught.value) == (
        "x.parquet, row group 1: its pages cannot be found; the file is damaged, write it again"
    )


def test_pages_that_overlap_are_refused() -> None:
    page = _page()
    meta = b"\x39\x18\x01a" + b"".join(b"\x26" + _number(each) for each in (1, len(page), 4)) + b"\x00"
    group = b"\x19\x1c\x3c" + meta + b"\x00\x26" + _number(1) + b"\x00"
    footer = b"\x36" + _number(2) + b"\x19\x2c" + group * 2 + b"\x00"

    with pytest.raises(InvalidImport) as caught:
        _read(b"PAR1" + page + footer + len(footer).to_bytes(4, "little") + b"PAR1")

    assert str(caught.value) == "x.parquet, row group 2: its pages overlap others; the file is damaged, write it again"


@pytest.mark.parametrize(
    ("footer", "damaged"),
    [
        (b"\x38\x01x\x00", "x.parquet is not a Parquet file, or is damaged: its footer cannot be read"),
        (
            b"\x36\x02\x19\x1c\x19\x0c\x28\x01x\x00\x00",
            "x.parquet, row group 1: its pages cannot be found; the file is damaged, write it again",
        ),
    ],
)
def test_a_number_of_rows_that_is_not_a_number_is_refused(footer: bytes, damaged: str) -> None:
    with pytest.raises(InvalidImport) as caught:
        _read(b"PAR1" + footer + len(footer).to_bytes(4, "little") + b"PAR1")

    assert str(caught.value) == damaged


def test_a_list_longer_than_the_footer_is_refused() -> None:
    with pytest.raises(InvalidImport, match=r"^x\.parquet is not a Parquet file, or is damaged: "):
        _read(b"PAR1\x19\x5c\x00\x03\x00\x00\x00PAR1")
