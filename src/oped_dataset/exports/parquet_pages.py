"""What a Parquet file really holds, read from its pages before pyarrow reads it.

What lives here: the footer and the headers of the pages, which are Thrift's compact protocol, and what they say of
rows and sizes. What does not: the values, which are pyarrow's to read (`parquet.py`, `corpora/parquet.py`).

A footer may say what it likes of rows and sizes, and pyarrow believes it: rows are lost, memory is taken, and asking
for a column of a footer with wrong level histograms ends the process. The headers of the pages are what decides how
many values are read and how much is unpacked, so counts and sizes are taken from there.
"""

from __future__ import annotations

import os
from typing import IO, Any, Final

import attrs

from oped_dataset.errors import InvalidImport
from oped_dataset.messages import quoted

_MAGIC: Final = b"PAR1"
_MOST_NESTED: Final = 32
_HEADER: Final = 1 << 16
"""So many bytes the header of a page may have, statistics among them."""

# Numbers of fields in parquet.thrift, https://github.com/apache/parquet-format.
_NUM_ROWS, _ROW_GROUPS = 3, 4
_COLUMNS, _GROUP_ROWS, _META = 1, 3, 3
_PATH, _VALUES, _COMPRESSED, _DATA_OFFSET, _DICTIONARY_OFFSET = 3, 5, 7, 9, 11
_PAGE_TYPE, _UNPACKED, _PACKED, _DATA, _DATA_2 = 1, 2, 3, 5, 8
_DICTIONARY: Final = 2


@attrs.frozen
class Chunk:
    """A column of a row group.

    Attributes:
        path: The names of the column and the fields in it.
        values: How many values its pages hold.
        unpacked: How many bytes its pages unpack to.
        dictionary: How many of them are the dictionary, each value of which may stand for many.
    """

    path: tuple[str, ...]
    values: int
    unpacked: int
    dictionary: int


@attrs.frozen
class RowGroup:
    """A row group: how many rows the footer gives it, and its columns."""

    rows: int
    chunks: tuple[Chunk, ...]


def row_groups(stream: IO[bytes], name: str) -> list[RowGroup]:
    """The row groups of a file; the stream is left at its beginning.

    Raises:
        InvalidImport: It is not a Parquet file, or its footer contradicts its pages; the row group is named.
    """
    try:
        return _row_groups(stream, name)
    except (AttributeError, IndexError, KeyError, TypeError, ValueError, OverflowError) as error:
        # Our own is a ValueError too.
        if isinstance(error, InvalidImport):
            raise
        raise InvalidImport(f"{name} is not a Parquet file, or is damaged: its pages cannot be found") from error
    finally:
        stream.seek(0)


def _row_groups(stream: IO[bytes], name: str) -> list[RowGroup]:
    size = stream.seek(0, os.SEEK_END)
    stream.seek(max(0, size - 8))
    tail = stream.read(8)
    length = int.from_bytes(tail[:4], "little")
    if tail[4:] != _MAGIC or length > size - 12:
        raise ValueError(name)
    stream.seek(size - 8 - length)
    footer = _Thrift(stream.read(length)).struct()
    found = []
    for number, group in enumerate(footer.get(_ROW_GROUPS, []), 1):
        chunks = tuple(_chunk(stream, column[_META], size) for column in group[_COLUMNS])
        rows = group[_GROUP_ROWS]
        # A column of plain values has one in every row.
        wrong = [chunk for chunk in chunks if len(chunk.path) == 1 and chunk.values != rows]
        if wrong:
            raise InvalidImport(
                f"{name}, row group {number}: its footer says {rows} rows, and the pages of "
                f"{quoted(wrong[0].path[0])} hold {wrong[0].values}; the file is damaged, write it again"
            )
        found.append(RowGroup(rows, chunks))
    total = sum(group.rows for group in found)
    if footer[_NUM_ROWS] != total:
        raise InvalidImport(
            f"{name}: its footer says {footer[_NUM_ROWS]} rows, and its row groups hold {total}; "
            "the file is damaged, write it again"
        )
    return found


def _chunk(stream: IO[bytes], meta: dict[int, Any], size: int) -> Chunk:
    path = tuple(each.decode("utf-8", "replace") for each in meta[_PATH])
    at, values, unpacked, dictionary = meta.get(_DICTIONARY_OFFSET) or meta[_DATA_OFFSET], 0, 0, 0
    end = at + meta[_COMPRESSED]
    if end == at and not meta[_VALUES]:
        # A column of no rows may have no page.
        return Chunk(path, 0, 0, 0)
    if not 0 < at <= end <= size:
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
    return Chunk(path, values, unpacked, dictionary)


class _Thrift:
    """The compact protocol of Thrift: structs as dicts by the number of the field.

    https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md
    """

    def __init__(self, data: bytes) -> None:
        self.at = 0
        self._data = data

    def struct(self, depth: int = 0) -> dict[int, Any]:
        if depth > _MOST_NESTED:
            raise ValueError(depth)
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
            # Each item takes a byte at least.
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
