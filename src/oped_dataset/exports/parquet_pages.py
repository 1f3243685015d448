"""The numbers of rows and bytes in a Parquet file, read from its pages before pyarrow reads the file.

Here: the footer and the page headers, which are in Thrift's compact protocol, and the comparison of their counts.
Not here: the values, which pyarrow reads (`parquet.py`, `corpora/parquet.py`).

pyarrow trusts the footer. With a wrong footer, rows are lost, memory is exhausted, or the process is aborted, as by a
level histogram of the wrong length. The page headers decide how many values are read and how many bytes are unpacked,
so the counts and sizes are taken from them.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from operator import index
from typing import IO, Any, Final

import attrs

from oped_dataset.errors import InvalidImport
from oped_dataset.messages import quoted

_MAGIC: Final = b"PAR1"
_MOST_NESTED: Final = 32
_HEADER: Final = 1 << 16
"""The largest size of a page header in bytes, including its statistics."""

# The field ids of parquet.thrift, https://github.com/apache/parquet-format: FileMetaData, RowGroup, ColumnMetaData and
# PageHeader.
_NUM_ROWS, _ROW_GROUPS = 3, 4
_COLUMNS, _GROUP_ROWS, _META = 1, 3, 3
_PATH, _VALUES, _COMPRESSED, _DATA_OFFSET, _DICTIONARY_OFFSET = 3, 5, 7, 9, 11
_PAGE_TYPE, _UNPACKED, _PACKED, _DATA, _DATA_2 = 1, 2, 3, 5, 8
_DICTIONARY: Final = 2


@attrs.frozen
class Chunk:
    """A column of a row group.

    Attributes:
        path: The name of the column, followed by the names of the fields in it.
        values: The number of values in its pages.
        unpacked: The number of bytes to which its pages unpack.
        dictionary: The part of these bytes in the dictionary, each entry of which may represent many values.
        place: The offsets of the pages in the file.
    """

    path: tuple[str, ...]
    values: int
    unpacked: int
    dictionary: int
    place: range


@attrs.frozen
class RowGroup:
    """A row group: its number of rows, according to the footer, and its columns."""

    rows: int
    chunks: tuple[Chunk, ...]


def row_groups(stream: IO[bytes], name: str) -> list[RowGroup]:
    """Read the row groups of a file; the stream is left at its beginning.

    Raises:
        InvalidImport: It is not a Parquet file, or its footer contradicts its pages; the message names the row group.
    """
    with _damage(f"{name} is not a Parquet file, or is damaged: its footer cannot be read"):
        size = stream.seek(0, os.SEEK_END)
        stream.seek(max(0, size - 8))
        tail = stream.read(8)
        end = size - 8 - int.from_bytes(tail[:4], "little")
        if tail[4:] != _MAGIC or end < len(_MAGIC):
            raise ValueError(name)
        stream.seek(end)
        footer = _Thrift(stream.read(size - 8 - end)).struct()
        rows, groups = index(footer[_NUM_ROWS]), list(footer.get(_ROW_GROUPS, []))
    found, used = list[RowGroup](), list[tuple[int, int, int]]()
    for number, group in enumerate(groups, 1):
        place = f"{name}, row group {number}"
        with _damage(f"{place}: its pages cannot be found; the file is damaged, write it again"):
            chunks = tuple(_read_chunk(stream, column[_META], end) for column in group[_COLUMNS])
            found.append(RowGroup(index(group[_GROUP_ROWS]), chunks))
        used += [(chunk.place.start, chunk.place.stop, number) for chunk in chunks if chunk.place]
        for chunk in chunks:
            # A column without nested values has one value in every row.
            if len(chunk.path) == 1 and chunk.values != found[-1].rows:
                raise InvalidImport(
                    f"{place}: the footer says {found[-1].rows} rows, but the pages of {quoted(chunk.path[0])} contain "
                    f"{chunk.values}; the file is damaged, write it again"
                )
    for (_, stop, _), (start, _, number) in pairwise(sorted(used)):
        if start < stop:
            raise InvalidImport(
                f"{name}, row group {number}: its pages overlap others; the file is damaged, write it again"
            )
    total = sum(group.rows for group in found)
    if rows != total:
        raise InvalidImport(
            f"{name}: the footer says {rows} rows, but the row groups contain {total}; "
            "the file is damaged, write it again"
        )
    stream.seek(0)
    return found


@contextmanager
def _damage(message: str) -> Iterator[None]:
    """Raise `InvalidImport` if the content of a footer or a page header does not have the expected form."""
    try:
        yield
    except (AttributeError, IndexError, KeyError, TypeError, ValueError, OverflowError) as error:
        raise InvalidImport(message) from error


def _read_chunk(stream: IO[bytes], meta: dict[int, Any], bound: int) -> Chunk:
    path = tuple(each.decode("utf-8", "replace") for each in meta[_PATH])
    start, values, unpacked, dictionary = meta.get(_DICTIONARY_OFFSET) or meta[_DATA_OFFSET], 0, 0, 0
    at, end = start, start + meta[_COMPRESSED]
    if end == at and not meta[_VALUES]:
        # A column without rows may have no pages.
        return Chunk(path, 0, 0, 0, range(0))
    if not 0 < at <= end <= bound:
        raise ValueError(path)
    while at < end:
        stream.seek(at)
        thrift = _Thrift(stream.read(_HEADER))
        page = thrift.struct()
        if page[_PACKED] < 0 or page[_UNPACKED] < 0:
            raise ValueError(path)
        at += thrift.at + page[_PACKED]
        unpacked += page[_UNPACKED]
        if page[_PAGE_TYPE] == _DICTIONARY:
            dictionary += page[_UNPACKED]
        else:
            values += (page.get(_DATA) or page[_DATA_2])[1]
    if at != end or values != meta[_VALUES]:
        raise ValueError(path)
    return Chunk(path, values, unpacked, dictionary, range(start, end))


class _Thrift:
    """A reader of Thrift's compact protocol; a struct becomes a dict by field id.

    https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md
    """

    def __init__(self, data: bytes) -> None:
        self.at = 0
        self._data = data

    def struct(self, depth: int = 0) -> dict[int, Any]:
        found, field = dict[int, Any](), 0
        while head := self._byte():
            field = field + (head >> 4) if head >> 4 else self._number()
            found[field] = self._value(head & 15, depth)
        return found

    def _byte(self) -> int:
        self.at += 1
        return self._data[self.at - 1]

    def _unsigned(self) -> int:
        value = shift = 0
        while True:
            byte = self._byte()
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return value
            if shift > 63:
                raise ValueError(shift)

    def _number(self) -> int:
        value = self._unsigned()
        return value >> 1 ^ -(value & 1)

    def _value(self, kind: int, depth: int) -> Any:
        if depth > _MOST_NESTED:
            raise ValueError(depth)
        if kind in (1, 2):
            return kind == 1
        if kind == 3:
            return self._byte()
        if kind in (4, 5, 6):
            return self._number()
        if kind == 7:
            return self._bytes(8)
        if kind == 8:
            return self._bytes(self._unsigned())
        if kind in (9, 10):
            head = self._byte()
            count = head >> 4 if head >> 4 < 15 else self._unsigned()
            # Every item takes at least one byte.
            if count > len(self._data) - self.at:
                raise ValueError(count)
            item = head & 15
            return [self._byte() == 1 if item in (1, 2) else self._value(item, depth + 1) for _ in range(count)]
        if kind == 12:
            return self.struct(depth + 1)
        raise ValueError(kind)

    def _bytes(self, length: int) -> bytes:
        self.at += length
        if self.at > len(self._data):
            raise ValueError(length)
        return self._data[self.at - length : self.at]
