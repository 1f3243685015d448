"""The results of a run, as a file of JSON: every single figure, so that any ratio can be computed from it later.

Here: the form of the file, reading and writing it.
Not here: measuring the figures (`measuring.py`) and showing them (`page.py`, `plot.py`).
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Final, Literal, TypeAlias

import attrs
from cattrs import Converter

FORMAT: Final = 1
"""The version of the file format."""

Unit: TypeAlias = Literal["ns", "bytes"]


@attrs.frozen(kw_only=True)
class Cell:
    """One comparison: all contenders, one task, one size.

    Attributes:
        task: The task.
        size: The size of the document or corpus, as a multiple of the smallest.
        unit: The unit of the figures.
        figures: For each contender its figures, one a round, in the order of the rounds.
        unable: For each contender that cannot do it, the reason.
    """

    task: str
    size: int
    unit: Unit
    figures: dict[str, list[int]]
    unable: dict[str, str] = attrs.field(factory=dict[str, str])


@attrs.frozen(kw_only=True)
class Input:
    """An input document or corpus.

    Attributes:
        size: Its size, as a multiple of the smallest.
        lines: The number of its articles.
        bytes: Its length, for a corpus unpacked.
        sha256: The SHA-256 of these bytes.
        records: The number of records in all its tables.
    """

    size: int
    lines: int
    bytes: int
    sha256: str
    records: int


@attrs.frozen(kw_only=True)
class Capped:
    """A corpus copied by `read_lines` and `write_lines` under a memory limit.

    Attributes:
        packing: The packing of both files.
        lines: The number of copied articles.
        bytes: The length of the corpus, unpacked.
        allowed: The bytes allowed beyond the memory that one article took.
        held: Whether all articles at once fit within the limit; if so, the limit shows nothing.
    """

    packing: str
    lines: int
    bytes: int
    allowed: int
    held: bool


@attrs.frozen(kw_only=True)
class Pair:
    """A job done in two ways, in turn.

    Attributes:
        title: The job.
        other: The other way.
        most: The largest wanted ratio of the two.
        figures: Nanoseconds of `ours` and `theirs`, in the order of the rounds.
    """

    title: str
    other: str
    most: float
    figures: dict[str, list[int]]


@attrs.frozen(kw_only=True)
class Results:
    """All results of a run.

    Attributes:
        format: The version of the file format.
        quick: Whether it was a quick run, which only shows that everything works.
        day: The day of the run.
        machine: The description of the machine.
        process: The settings of the processes, and the state of the garbage collector.
        versions: The version of each distribution that took part.
        present: The contenders that took part, in order.
        absent: For each other contender, the reason.
        documents: The documents.
        corpora: The corpora.
        mistakes: The number of mistakes in the damaged document.
        told: For each contender, the number of mistakes that it reports.
        cells: The figures.
        capped: The copies of corpora under a memory limit; empty where the system has no such limit.
        pairs: Jobs beside another way of doing them; empty in older results.
    """

    format: int = FORMAT
    quick: bool
    day: str
    machine: dict[str, str]
    process: dict[str, str]
    versions: dict[str, str]
    present: list[str]
    absent: dict[str, str]
    documents: list[Input]
    corpora: list[Input]
    mistakes: int
    told: dict[str, int]
    cells: list[Cell]
    capped: list[Capped]
    pairs: list[Pair] = attrs.field(factory=list[Pair])

    def cell(self, task: str, size: int = 1) -> Cell | None:
        """Return the comparison of a task at a size, or None when it was not measured."""
        return next((cell for cell in self.cells if (cell.task, cell.size) == (task, size)), None)

    def sizes(self, task: str) -> list[int]:
        """Return the sizes at which a task was compared."""
        return [cell.size for cell in self.cells if cell.task == task]


_converter: Final = Converter(forbid_extra_keys=True)


def spelled(results: Results) -> str:
    """Return the content of the file, the same for the same results."""
    data = _converter.unstructure(results)
    if not results.pairs:
        del data["pairs"]
    cells = ",\n".join(json.dumps(cell, sort_keys=True) for cell in data.pop("cells"))
    rest = json.dumps(data, sort_keys=True, indent=1, ensure_ascii=False)
    return f'{rest[:-2]},\n "cells": [\n{cells}\n]\n}}\n'


def digest(results: Results) -> str:
    """Return a name that is unique to these results."""
    return hashlib.sha256(spelled(results).encode()).hexdigest()[:32]


def read(path: Path) -> Results:
    """Read results.

    Raises:
        ValueError: They are in a different version of this format.
    """
    data = json.loads(path.read_text("utf-8"))
    if data.get("format") != FORMAT:
        raise ValueError(f"{path}: results in format {data.get('format')}, not {FORMAT}")
    return _converter.structure(data, Results)
