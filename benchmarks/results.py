"""The results of a run, as a file of JSON: every single figure, so that any ratio can be computed from it later.

Here: the form of the file, reading and writing it, and the spread of figures and of ratios inside a round.
Not here: measuring the figures (`run.py`) and showing them (`page.py`, `plot.py`).
"""

from __future__ import annotations

import hashlib
import json
import statistics
from collections.abc import Sequence
from pathlib import Path
from typing import Final, Literal, NamedTuple, TypeAlias

import attrs
from cattrs import Converter

FORMAT: Final = 2
"""The version of the file format."""

Unit: TypeAlias = Literal["ns", "bytes"]


class Spread(NamedTuple):
    """A median between the quartiles around it."""

    low: float
    median: float
    high: float


def spread(figures: Sequence[float]) -> Spread:
    """Return the median and quartiles of at least one figure."""
    if len(figures) == 1:
        return Spread(figures[0], figures[0], figures[0])
    return Spread(*statistics.quantiles(figures, n=4, method="inclusive"))


@attrs.frozen(kw_only=True)
class Cell:
    """One comparison: one task at one size, done in several ways.

    Attributes:
        task: The name of the task.
        size: The size of the input, as a multiple of the smallest.
        unit: The unit of the figures.
        figures: For each way its figures, one a round, in the order of the rounds.
        notes: For each way with one, a note on its result, such as the number of reported mistakes.
        unable: For each way that is impossible here, the reason.
        peaks: For each way in a long-lived process, the peak memory of the process during the calls, in bytes.
        scale: In a task about growth, the length of the largest input as a multiple of the smallest.
    """

    task: str
    size: int
    unit: Unit
    figures: dict[str, list[int]]
    notes: dict[str, str] = attrs.field(factory=dict[str, str])
    unable: dict[str, str] = attrs.field(factory=dict[str, str])
    peaks: dict[str, int] = attrs.field(factory=dict[str, int])
    scale: float = 1.0

    def ratio(self, one: str, other: str) -> Spread | None:
        """Return the spread of the ratios of two ways, round by round; None if one of them was not measured."""
        if one not in self.figures or other not in self.figures:
            return None
        return spread([a / b for a, b in zip(self.figures[one], self.figures[other], strict=True)])


@attrs.frozen(kw_only=True)
class Input:
    """An input document or corpus.

    Attributes:
        name: Its name on the page.
        articles: The number of its articles.
        records: The number of records in all their tables.
        bytes: Its length.
        sha256: The SHA-256 of these bytes.
    """

    name: str
    articles: int
    records: int
    bytes: int
    sha256: str


@attrs.frozen(kw_only=True)
class Results:
    """All results of a run.

    Attributes:
        format: The version of the file format.
        quick: Whether it was a quick run, which only shows that everything works.
        day: The day of the run.
        conditions: The description of the machine and of the processes.
        versions: The version of each distribution that took part.
        present: The contenders that took part, in order.
        absent: For each other contender, the reason.
        inputs: The documents and corpora that all contenders read.
        cells: The figures.
    """

    format: int = FORMAT
    quick: bool
    day: str
    conditions: dict[str, str]
    versions: dict[str, str]
    present: list[str]
    absent: dict[str, str]
    inputs: list[Input]
    cells: list[Cell]

    def cell(self, task: str, size: int = 1) -> Cell | None:
        """Return the comparison of a task at a size, or None when it was not measured."""
        return next((cell for cell in self.cells if (cell.task, cell.size) == (task, size)), None)

    def sizes(self, task: str) -> list[int]:
        """Return the sizes at which a task was compared."""
        return [cell.size for cell in self.cells if cell.task == task]

    @property
    def is_busy(self) -> bool:
        """Whether more processes than half the cores wanted to run when the run began."""
        load = self.conditions.get("load before the run", "unknown")
        return load != "unknown" and float(load) > float(self.conditions["cores"]) / 2


_converter: Final = Converter(forbid_extra_keys=True, omit_if_default=True)


def write(results: Results) -> str:
    """Return the content of the file, the same for the same results."""
    data = _converter.unstructure(results) | {"format": FORMAT}
    cells = ",\n".join(json.dumps(cell, ensure_ascii=False) for cell in data.pop("cells"))
    rest = json.dumps(data, sort_keys=True, indent=1, ensure_ascii=False)
    return f'{rest[:-2]},\n "cells": [\n{cells}\n]\n}}\n'


def digest(results: Results) -> str:
    """Return a name that is unique to these results."""
    return hashlib.sha256(write(results).encode()).hexdigest()[:32]


def read(path: Path) -> Results:
    """Read results.

    Raises:
        ValueError: They are in a different version of this format.
    """
    data = json.loads(path.read_text("utf-8"))
    if data.get("format") != FORMAT:
        raise ValueError(f"{path}: results in format {data.get('format')}, not {FORMAT}")
    return _converter.structure(data, Results)
