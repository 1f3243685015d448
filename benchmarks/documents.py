"""The input documents: one article, the same ten and a hundred times as large, and corpora of small ones.

Here: writing them, with the same bytes on every machine.
Not here: reading them (`contenders/`).
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import Any, Final

import attrs

from oped_dataset import load, write_lines
from oped_dataset.codec import wire
from oped_dataset.model.article import TABLES
from oped_dataset.testing import make_corpus

NAMES: Final = {"plain": "corpus.jsonl", "gzip": "corpus.jsonl.gz", "zstd": "corpus.jsonl.zst"}
"""The file of a corpus for each way of packing it."""

_IDS: Final = {
    *(
        "id",
        "publisher",
        "authors",
        "contributors",
        "entity",
        "anchor",
        "speaker",
        "claims",
        "place",
        "subject",
        "object",
    ),
    *("source", "target", "about", "events", "relations", "quantities"),
}
"""The keys of a document whose values are ids of its records."""


@attrs.frozen
class Document:
    """One article in files, and in memory.

    Attributes:
        path: The file with its canonical form, one record a line.
        line: The file with the same on one line.
        content: The bytes of the first file.
    """

    path: Path
    line: Path
    content: bytes

    @classmethod
    def at(cls, path: Path) -> Document:
        """Return the document that `write_document` wrote."""
        return cls(path, path.with_suffix(".jsonl"), path.read_bytes())


def write_document(content: bytes, path: Path) -> Document:
    """Write a document unchanged, and beside it the same on one line."""
    path.write_bytes(content)
    line = json.dumps(json.loads(content), ensure_ascii=False).encode() + b"\n"
    path.with_suffix(".jsonl").write_bytes(line)
    return Document.at(path)


def enlarged(times: int) -> bytes:
    """Return the bundled article several times in one valid document, in canonical form.

    Each copy has ids of its own, and offsets that continue those of the copy before it.
    """
    original = wire.to_data(load())
    whole = wire.to_data(load())
    for number in range(2, times + 1):
        copy = _copy(original, number)
        for name in (*TABLES, "authors", "contributors", "headings"):
            whole[name] += copy[name]
        for name in ("sentences", "paragraphs"):
            whole["source"][name] += copy["source"][name]
    whole["source"]["length"] *= times
    return wire.encode(wire.from_data(whole))


def _copy(original: dict[str, Any], number: int) -> dict[str, Any]:
    ids = {record["id"] for name in TABLES for record in original[name]}
    offset = (number - 1) * original["source"]["length"]

    def copied(value: Any, key: str) -> Any:
        if isinstance(value, dict):
            return {name: copied(inner, name) for name, inner in value.items()}
        if isinstance(value, list):
            return [copied(item, key) for item in value]
        if key in _IDS and value in ids:
            return f"{value}-copy-{number}"
        return value + offset if key in ("start", "end") else value

    data: dict[str, Any] = copied(original, "")
    return data


def damaged(document: bytes) -> bytes:
    """Return the document with three mistakes of form, each in a claim of its own.

    A required key is missing, a label is unknown, and an offset is a string.
    """
    data = json.loads(document)
    first, second, third = islice(data["claims"], 3)
    del first["gist"]
    second["kind"] = "rumour"
    third["evidence"][0]["start"] = "soon"
    return json.dumps(data, ensure_ascii=False).encode()


def write_corpora(directory: Path, lines: int, packings: Iterable[str]) -> dict[str, Path]:
    """Write the same synthetic articles once for each packing; return the files."""
    directory.mkdir(parents=True)
    files = {packing: directory / NAMES[packing] for packing in packings}
    for file in files.values():
        write_lines(make_corpus(lines), file)
    return files
