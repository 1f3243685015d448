"""The result of reading records: the article, and the rejected records with their problems.

Here: the result of `from_records`, and the feedback for the model that wrote the records.
Not here: making it (`from_records.py`, `resolving.py`) and the rules between records (`validation/rules.py`).
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
from oped_dataset.messages import encodable, quoted
from oped_dataset.model.article import TABLES, Article

_OPENING: Final = (
    "Some records cannot be used. Correct these records and return them, and no others, in the same form and with the "
    "same ids. Leave out everything that the text does not support."
)


def layer_of(record: Any) -> str | None:
    """Return the layer to which a record as given belongs; None if its kind is unknown."""
    kind = record.get("record") if isinstance(record, Mapping) else None
    return KINDS.get(kind) if isinstance(kind, str) else None


@attrs.frozen(kw_only=True)
class Rejection:
    """A record that could not be resolved.

    Attributes:
        pointer: The pointer of the record: its number from 0, preceded by that of its passage if there are passages.
        record: The record as given.
        problems: All of its problems; each pointer begins with that of the record.
    """

    pointer: str
    record: Any
    problems: tuple[Problem, ...]

    @property
    def layer(self) -> str | None:
        """The layer to which the record belongs; None if its kind is unknown."""
        return layer_of(self.record)


@attrs.frozen(kw_only=True)
class Repair:
    """A change that `repair=True` made to a record.

    Attributes:
        pointer: The pointer of the value in the records given.
        record: The id of the record in the article.
        before: The value as given.
        after: The value that was read instead; None if the value was left out.
        reason: The reason for the repair.
    """

    pointer: str
    record: str
    before: Any
    after: Any
    reason: str

    def __str__(self) -> str:
        """Return the pointer, both values and the reason."""
        return f"{self.pointer}: {quoted(self.before)} read as {quoted(self.after)}, {self.reason}"


@attrs.frozen(kw_only=True)
class Extraction:
    """The result of `from_records`.

    Attributes:
        article: The article made of the records that could be resolved.
        rejections: The other records, in the order in which they were given; `score` counts them as predicted and
            wrong.
        repairs: The changes that `repair=True` made to the records that were kept.
        repeated: The pointers of records that were merged with an equal one of another passage or of the previous
            round.
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
        """The problems of all rejected records; a pointer begins with that of its record."""
        return tuple(problem for each in self.rejections for problem in each.problems)

    @property
    def rejected(self) -> tuple[Any, ...]:
        """The rejected records, as given."""
        return tuple(each.record for each in self.rejections)

    @property
    def rejected_counts(self) -> dict[str, int]:
        """The number of rejected records of each layer; records of an unknown kind are not counted."""
        found = Counter(each.layer for each in self.rejections)
        return {layer: found[layer] for layer in TABLES}

    def without_repairs(self) -> Extraction:
        """Return this extraction with every repaired record rejected, so that `score` counts it as wrong.

        These rejections have no problems, because the repaired values were accepted.
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
        """Return all problems of the records as text to send back to the model that wrote them.

        Each rejected record is quoted with all of its problems and the accepted values: the labels of a vocabulary,
        the entity with a similar name, the closest words for a piece that does not occur in the text. Records that
        were read but break a rule between records follow. Pass this extraction as `after` to `from_records` with the
        answer.

        Args:
            passage: The number of a passage, from 1; None for all records.

        Returns:
            The text to send back; empty if there are no problems.
        """
        parts = [*self._format_rejections("" if passage is None else f"/{passage - 1}"), *self._format_broken(passage)]
        return "\n\n".join((_OPENING, *parts)) + "\n" if parts else ""

    def _format_rejections(self, scope: str) -> Iterator[str]:
        for each in self.rejections:
            if each.pointer.startswith(f"{scope}/"):
                problems = [_format_problem(problem, each.pointer) for problem in each.problems]
                yield "\n".join((_quote_record(each.record), *problems))

    def _format_broken(self, passage: int | None) -> Iterator[str]:
        """Describe the rules that records break, except by references to rejected records."""
        scopes = self._scopes if passage is None else self._scopes[passage - 1 : passage]
        labels = {final: label for scope in scopes for label, final in scope.items()}
        tables = self.article.tables
        # A reference to a rejected record becomes valid when that record is corrected.
        awaited = {final for final in labels if not any(final in table for table in tables.values())}
        for problem in validate(self.article).problems:
            _, table, *steps = problem.pointer.split("/")
            record = tables[table][int(steps[0])] if table in tables and steps else None
            if record is None or record.id not in labels or any(f"'{each}'" in problem.message for each in awaited):
                continue
            # Without any claims, the layer was probably not requested, so that events need no claim.
            if self.article.claims or not problem.code.startswith("OPED-unattributed-"):
                words = _format_problem(problem, f"/{table}/{steps[0]}")
                yield f"The record {quoted(labels[record.id])} was read, but breaks a rule:\n{words}"


def _quote_record(record: Any) -> str:
    # A pipeline may pass values that JSON cannot represent.
    try:
        written = json.dumps(record, ensure_ascii=False, default=repr)
    except (TypeError, ValueError, RecursionError):
        # Some keys have no default, and Python does not write numbers of more than 4,300 digits in other objects.
        written = quoted(record)
    return encodable(written)


def _format_problem(problem: Problem, pointer: str) -> str:
    place = problem.pointer.removeprefix(pointer).strip("/") or "as a whole"
    return f"- {place}: {problem.message}" + (f"; {problem.hint}" if problem.hint else "")
