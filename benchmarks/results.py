"""What a run found, as a file of JSON: every single figure, so that any ratio can be computed from it later.

Here: the form of the file, reading and writing it.
Not here: getting the figures (`measuring.py`) and showing them (`page.py`, `plot.py`).
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Final, Literal, TypeAlias

import attrs
from cattrs import Converter

FORMAT: Final = 1
"""The version of the file's form."""

Unit: TypeAlias = Literal["ns", "bytes"]


@attrs.frozen(kw_only=True)
class Cell:
    """One comparison: all contenders, one task, one size.

    Attributes:
        task: What they did.
        size: How many times the smallest document or corpus.
        unit: What the figures count.
        figures: For each contender its figures, one a round; equal places are of one round.
        unable: For each contender that cannot do it, why.
    """

    task: str
    size: int
    unit: Unit
    figures: dict[str, list[int]]
    unable: dict[str, str] = attrs.field(factory=dict[str, str])


@attrs.frozen(kw_only=True)
class Input:
    """A document or a corpus that was read.

    Attributes:
        size: How many times the smallest.
        lines: How many articles it holds.
        bytes: How long it is, for a corpus unpacked.
        sha256: Of these bytes.
        records: How many records are in its tables together.
    """

    size: int
    lines: int
    bytes: int
    sha256: str
    records: int


@attrs.frozen(kw_only=True)
class Capped:
    """A corpus copied by `read_lines` and `write_lines` under a limit of memory.

    Attributes:
        packing: How both files were packed.
        lines: How many articles were copied.
        bytes: How long the corpus is, unpacked.
        allowed: How many bytes might be used beyond what one article took.
        held: Whether the same limit holds all articles at once; it must not, or it limits nothing.
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
        most: The largest ratio of the two that is wanted.
        figures: Nanoseconds of `ours` and `theirs`; equal places are of one round.
    """

    title: str
    other: str
    most: float
    figures: dict[str, list[int]]


@attrs.frozen(kw_only=True)
class Results:
    """All that a run found.

    Attributes:
        format: The version of this form.
        quick: Whether it was a quick run, which shows that everything works and no more.
        day: The day of the run.
        machine: What it ran on.
        process: How processes were started, and the state of the garbage collector.
        versions: The version of each distribution that took part.
        present: The contenders that took part, in order.
        absent: For each other contender, why not.
        documents: The documents.
        corpora: The corpora.
        mistakes: How many mistakes the damaged document has.
        told: For each contender, of how many of them it tells.
        cells: The figures.
        capped: What became of corpora under a limit of memory; empty where the system has no such limit.
        pairs: Jobs beside another way of doing them; empty in results that are older than these.
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
        """The comparison of a task at a size, or None when it was not made."""
        return next((cell for cell in self.cells if (cell.task, cell.size) == (task, size)), None)

    def sizes(self, task: str) -> list[int]:
        """The sizes at which a task was compared."""
        return [cell.size for cell in self.cells if cell.task == task]


_converter: Final = Converter(forbid_extra_keys=True)


def spelled(results: Results) -> str:
    """The content of the file; the same results give the same."""
    data = _converter.unstructure(results)
    if not results.pairs:
        del data["pairs"]
    cells = ",\n".join(json.dumps(cell, sort_keys=True) for cell in data.pop("cells"))
    rest = json.dumps(data, sort_keys=True, indent=1, ensure_ascii=False)
    return f'{rest[:-2]},\n "cells": [\n{cells}\n]\n}}\n'


def digest(results: Results) -> str:
    """A name for results that no others have."""
    return hashlib.sha256(spelled(results).encode()).hexdigest()[:32]


def read(path: Path) -> Results:
    """Read results.

    Raises:
        ValueError: They are of another version of this form.
    """
    data = json.loads(path.read_text("utf-8"))
    if data.get("format") != FORMAT:
        raise ValueError(f"{path}: results of the form {data.get('format')}, not {FORMAT}")
    return _converter.structure(data, Results)
