"""Parquet files whose footers contradict their pages."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from oped_dataset import Limits, OpedDatasetError, load, read_parquet, validate_corpus, write_parquet
from oped_dataset.errors import InvalidImport
from oped_dataset.exports import from_parquet, to_parquet
from oped_dataset.exports.parquet_pages import row_groups

parquet = pytest.importorskip("pyarrow.parquet", reason="the extra arrow is not installed")

TOLL = load("harbour-toll")


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("corpus") / "x.parquet"
    write_parquet([TOLL] * 5, path)
    return path.read_bytes()


def _lies(corpus: bytes, number: int, count: Callable[[Any], int]) -> Iterator[bytes]:
    """Yield files with one changed byte in the footer, so that its number of rows is wrong."""
    length = int.from_bytes(corpus[-8:-4], "little")
    # A count is zigzag-encoded: 5 is written as 10.
    for at in range(len(corpus) - 8 - length, len(corpus) - 8):
        if corpus[at] == 10:
            changed = corpus[:at] + bytes([number * 2]) + corpus[at + 1 :]
            try:
                found = count(parquet.read_metadata(io.BytesIO(changed)))
            except (OSError, IndexError):
                continue
            if found == number:
                yield changed


COUNTS: dict[str, Callable[[Any], int]] = {
    "file": lambda metadata: int(metadata.num_rows),
    "row group": lambda metadata: int(metadata.row_group(0).num_rows),
}


@pytest.mark.parametrize("number", [0, 1, 4, 6, 63])
@pytest.mark.parametrize("counted", COUNTS)
def test_a_footer_with_a_wrong_number_of_rows_is_rejected(
    counted: str, number: int, corpus: bytes, tmp_path: Path
) -> None:
    lies = list(_lies(corpus, number, COUNTS[counted]))

    assert lies
    for lie in lies:
        (tmp_path / "lie.parquet").write_bytes(lie)
        with pytest.raises(InvalidImport, match=r"lie\.parquet(, row group 1)?: the footer says \d+ rows"):
            list(read_parquet(tmp_path / "lie.parquet"))
        with pytest.raises(InvalidImport, match="the footer says"):
            validate_corpus(tmp_path / "lie.parquet", engine=map)


@pytest.mark.slow
def test_any_changed_byte_yields_an_error_of_the_package_or_the_articles(corpus: bytes, tmp_path: Path) -> None:
    length = int.from_bytes(corpus[-8:-4], "little")
    for at in range(len(corpus) - 8 - length, len(corpus), 1997):
        (tmp_path / "x.parquet").write_bytes(corpus[:at] + bytes([corpus[at] ^ 0x15]) + corpus[at + 1 :])

        try:
            articles = list(read_parquet(tmp_path / "x.parquet"))
        except OpedDatasetError:
            continue
        assert articles == [TOLL] * 5


def test_a_page_with_a_huge_declared_size_is_not_decompressed(tmp_path: Path) -> None:
    files = dict(to_parquet(TOLL))

    with pytest.raises(InvalidImport) as caught:
        from_parquet(files, limits=Limits(size=30_000))

    assert str(caught.value).endswith("unpacks to too much; raise limits.size if it can be trusted") or str(
        caught.value
    ).endswith("is longer than 30000 bytes; raise limits.size if it can be trusted")


THRIFT = [
    b"",
    b"\x19\x5c\x00",
    b"\x1c" * 40,
    b"\x19\xfc",
    b"\x19\xfc" + b"\xff" * 12,
    b"\x18\x7f",
    b"\x1d",
    b"\x26" + b"\xff" * 11,
    b"\x19" * 5000,
]


@pytest.mark.parametrize("footer", THRIFT)
def test_an_invalid_footer_is_an_error_of_the_package(footer: bytes) -> None:
    content = b"PAR1" + footer + len(footer).to_bytes(4, "little") + b"PAR1"

    with pytest.raises(InvalidImport) as caught:
        row_groups(io.BytesIO(content), "x.parquet")

    assert str(caught.value) == "x.parquet is not a Parquet file, or is damaged: its footer cannot be read"
