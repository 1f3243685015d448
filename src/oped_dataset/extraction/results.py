"""The result of reading records: the article made of them, and those that could not be resolved, with the reasons.

Here: what `from_records` returns, and the wording of all mistakes for the model that made them.
Not here: how it is made (`from_records.py`, `resolving.py`) and the rules between records
(`validation/rules.py`).
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, Final

import attrs

from oped_dataset.errors import Problem
from oped_dataset.extraction.forms import KINDS
from oped_dataset.loading import validate
from oped_dataset.messages import quoted
from oped_dataset.model.article import TABLES, Article

_OPENING: Final = (
    "Some records cannot be used as they are. Give these records again, corrected, in the same form and with the same "
    "ids, and no others. Leave out what the text does not support."
)


def layer_of(record: Any) -> str | None:
    """The layer that a record as it was given belongs to, or None where it does not say so."""
    kind = record.get("record") if isinstance(record, Mapping) else None
    return KINDS.get(kind) if isinstance(kind, str) else None


@attrs.frozen(kw_only=True)
class Rejection:
    """A record that could not be resolved.

    Attributes:
        pointer: Where it stands in what was given: its number from 0, with the number of its passage before it where
            there are passages.
        record: The record as it was given.
        problems: Everything that is wrong with it; each pointer begins with that of the record.
    """

    pointer: str
    record: Any
    problems: tuple[Problem, ...]

    @property
    def layer(self) -> str | None:
        """The name of the table it was meant for, or None where it does not say so."""
        return layer_of(self.record)


@attrs.frozen(kw_only=True)
class Repair:
    """A change that `repair=True` made to a record.

    Attributes:
        pointer: Where the value stands in what was given.
        record: The id of the record in the article.
        before: The value that was given.
        after: The value that was read instead; None where the value was left out.
        reason: Why.
    """

    pointer: str
    record: str
    before: Any
    after: Any
    reason: str

    def __str__(self) -> str:
        """Show the place, both values and the reason."""
        return f"{self.pointer}: {quoted(self.before)} read as {quoted(self.after)}, {self.reason}"


@attrs.frozen(kw_only=True)
class Extraction:
    """What came of records with pieces of text.

    Attributes:
        article: The article made of the records that could be resolved.
        rejections: The others, in the order in which they were given; `score` counts them as predicted and wrong.
        repairs: What was changed in records that were kept, where `repair=True`.
        repeated: The pointers of records that are the same as one of another passage or of the round before, and were
            taken once.
    """

    article: Article
    rejections: tuple[Rejection, ...] = ()
    repairs: tuple[Repair, ...] = ()
    repeated: tuple[str, ...] = ()
    _scopes: tuple[Mapping[str, str], ...] = attrs.field(default=(), repr=False, eq=False)
    _repaired: Mapping[str, Rejection] = attrs.field(factory=dict, repr=False, eq=False)

    @property
    def ok(self) -> bool:
        """Whether every record is in the article."""
        return not self.rejections

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Why records could not be resolved; a pointer begins with that of its record."""
        return tuple(problem for each in self.rejections for problem in each.problems)

    @property
    def rejected(self) -> tuple[Any, ...]:
        """The records that could not be resolved, as they were given."""
        return tuple(each.record for each in self.rejections)

    @property
    def rejected_counts(self) -> dict[str, int]:
        """How many records of each layer could not be resolved; records of no known kind are not in it."""
        found = Counter(each.layer for each in self.rejections)
        return {layer: found[layer] for layer in TABLES}

    def without_repairs(self) -> Extraction:
        """The same extraction with every record rejected that was repaired, so that `score` counts those as wrong.

        Their problems are not known, since the repaired values were never refused.
        """
        tables: dict[str, Any] = {
            name: [record for record in table if record.id not in self._repaired]
            for name, table in self.article.tables.items()
        }
        return attrs.evolve(
            self,
            article=attrs.evolve(self.article, **tables),
            rejections=(*self.rejections, *self._repaired.values()),
            repairs=(),
            repaired={},
        )

    def feedback(self, passage: int | None = None) -> str:
        """Say everything that is wrong with the records, in words that can be sent back to whoever gave them.

        Each rejected record is given with every mistake in it and what would be accepted: the labels of a closed list,
        the entity of a similar name, the nearest words for a piece that does not stand in the text. Records that were
        read but break a rule between records follow. `from_records` takes the answer with `after=` this extraction.

        Args:
            passage: The number of a passage, from 1; None for all records.

        Returns:
            The text to send back; empty where nothing is wrong.
        """
        told = [*self._rejected_in("" if passage is None else f"/{passage - 1}"), *self._broken_in(passage)]
        return "\n\n".join((_OPENING, *told)) + "\n" if told else ""

    def _rejected_in(self, scope: str) -> Iterator[str]:
        for each in self.rejections:
            if each.pointer.startswith(f"{scope}/"):
                mistakes = [_mistake(problem, each.pointer) for problem in each.problems]
                yield "\n".join((json.dumps(each.record, ensure_ascii=False, default=repr), *mistakes))

    def _broken_in(self, passage: int | None) -> Iterator[str]:
        """The rules that records break, but for references to records that are still to be corrected."""
        scopes = self._scopes if passage is None else self._scopes[passage - 1 : passage]
        labels = {final: label for scope in scopes for label, final in scope.items()}
        tables = self.article.tables
        awaited = {final for final in labels if not any(final in table for table in tables.values())}
        for problem in validate(self.article).problems:
            _, table, *steps = problem.pointer.split("/")
            record = tables[table][int(steps[0])] if table in tables and steps else None
            if record is None or record.id not in labels or any(f"'{each}'" in problem.message for each in awaited):
                continue
            if self.article.claims or not problem.code.startswith("OPED-unattributed-"):
                mistake = _mistake(problem, f"/{table}/{steps[0]}")
                yield f"The record {quoted(labels[record.id])} was read, but\n{mistake}"


def _mistake(problem: Problem, pointer: str) -> str:
    place = problem.pointer.removeprefix(pointer).strip("/") or "as a whole"
    return f"- {place}: {problem.message}" + (f"; {problem.hint}" if problem.hint else "")
