"""Deciding the disagreements of two annotators: the adjudicated draft and the log of the decisions.

Here: `adjudicate`, and reading the decisions that a team has written down.
Not here: finding the disagreements (`comparing.py`) and the rules between records (`validation/rules.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import NoneType
from typing import Any, Final, TypeAlias

import attrs

from oped_dataset.authoring.comparing import LAYERS, Disagreement, compare_records
from oped_dataset.authoring.drafts import Draft
from oped_dataset.errors import InvalidRecord, Problem, Report
from oped_dataset.messages import did_you_mean, nearest, quoted
from oped_dataset.model.article import Article
from oped_dataset.model.records import Claim, Source
from oped_dataset.model.stretches import Cover
from oped_dataset.model.tables import Record
from oped_dataset.validation.rules import check

SIDES: Final = ("a", "b", "neither")

_TABLES: Final = {layer: table for table, layer in LAYERS.items()}

_ROW: Final = {"id", "layer", "place", "a", "b", "decision", "reason", "rule"}
"""The keys of a row of a comparison."""

_SHOWN: Final = 5
"""The number of undecided disagreements that an error lists."""


@attrs.frozen(kw_only=True)
class Decision:
    """The decision of one disagreement.

    Attributes:
        choice: "a", "b" or "neither", or a record that replaces both, with the id of the disagreement.
        reason: The reason, in the team's own words; "" for none.
        rule: The rule of the guidelines on which it is based, or None.
    """

    choice: str | Record
    reason: str = ""
    rule: str | None = None


Choice: TypeAlias = str | Record | Decision


@attrs.frozen(kw_only=True, repr=False)
class Adjudication:
    """The result of adjudicating two annotations.

    Attributes:
        article: The draft: the records that both have, and the chosen ones.
        log: A row for each decision, with the keys layer, place, a, b, decision and rule.
        report: The rules that the draft breaks, such as references to records that were not chosen.
    """

    article: Article
    log: tuple[dict[str, Any], ...]
    report: Report

    @property
    def dangling(self) -> tuple[Problem, ...]:
        """The problems that are references to records which are not in the draft."""
        return tuple(problem for problem in self.report.problems if problem.code == "OPED-dangling-reference")

    def __repr__(self) -> str:
        """Show the number of decisions and of remaining problems."""
        return f"<Adjudication of {self.article.id}: {len(self.log)} decisions, {len(self.report.problems)} problems>"


def adjudicate(
    a: Article | Draft, b: Article | Draft, decisions: Mapping[str, Choice], *, rest: str | None = None
) -> Adjudication:
    """Apply decisions to the disagreements of two annotators.

    The draft has all records that both annotations have. Its ids, free wording and head are those of A. A reason why a
    sentence carries no claim is kept if the draft has no claim there.

    Args:
        a: The first annotation, an article or a draft, which may break rules.
        b: The second.
        decisions: For each disagreement of `compare_annotations(a, b)`, by its id, "a", "b", "neither", a record, or a
            `Decision` with the reason and the rule.
        rest: The decision of the disagreements that `decisions` does not contain; None if it must contain all.

    Returns:
        The draft, the log, and the rules that the draft still breaks. Nothing is removed to make it valid.

    Raises:
        InvalidRecord: A decision has an unknown id or an invalid choice, or a decision is missing; `rest` is invalid.
        NotComparable: As for `compare_annotations`.
    """
    first, second, disagreements = compare_records(a, b)
    wanted = {key: each if isinstance(each, Decision) else Decision(choice=each) for key, each in decisions.items()}
    if rest is not None:
        if rest not in SIDES:
            sides = ", ".join(map(repr, SIDES))
            raise InvalidRecord(f"rest: must be one of {sides} or None, not {quoted(rest)}", "rest")
        wanted = {each.id: Decision(choice=rest) for each in disagreements} | wanted
    _check(disagreements, wanted)
    tables: dict[str, dict[str, Any]] = {name: dict(zip(t.ids, t, strict=True)) for name, t in first.tables.items()}
    for each in disagreements:
        choice = wanted[each.id].choice
        chosen = choice if isinstance(choice, Record) else {"a": each.a, "b": each.b}.get(choice)
        table = tables[_TABLES[each.layer]]
        if chosen is None:
            table.pop(each.id, None)
        else:
            table[each.id] = chosen
    records: dict[str, Any] = {name: list(table.values()) for name, table in tables.items()}
    article = attrs.evolve(first, **records, source=_with_reasons(first, second, records["claims"]))
    log = tuple(_log_row(each, wanted[each.id]) for each in disagreements)
    return Adjudication(article=article, log=log, report=check(article))


def read_decisions(rows: Iterable[Mapping[str, Any]]) -> dict[str, Decision]:
    """Read the decisions that a team has written into the rows of a comparison.

    Args:
        rows: The rows of `AnnotationComparison.rows`, with `decision` and optionally `reason` and `rule` filled in, for
            example from JSON or `csv.DictReader`. A row whose decision is None or "" is undecided.

    Raises:
        InvalidRecord: A row lacks a key, has an unknown one or an invalid value, or repeats an id.
    """
    decisions = dict[str, Decision]()
    for number, row in enumerate[Any](rows, 1):
        if not isinstance(row, Mapping) or not {"id", "decision"} <= row.keys() <= _ROW:
            keys = "id and decision, and no other keys than a row of a comparison"
            raise InvalidRecord(f"rows: row {number} must be an object with {keys}", "rows")
        given = {key: row.get(key) for key in ("decision", "reason", "rule")}
        if not isinstance(row["id"], str) or not all(isinstance(each, (str, NoneType)) for each in given.values()):
            raise InvalidRecord(f"rows: id, decision, reason and rule of row {number} must be strings", "rows")
        if row["id"] in decisions:
            raise InvalidRecord(f"rows: row {number} repeats the id {quoted(row['id'])}; keep one of the rows", "rows")
        if given["decision"]:
            decision = Decision(choice=given["decision"], reason=given["reason"] or "", rule=given["rule"] or None)
            decisions[row["id"]] = decision
    return decisions


def _check(disagreements: Iterable[Disagreement], wanted: Mapping[str, Decision]) -> None:
    known = {each.id: each for each in disagreements}
    for key, decision in wanted.items():
        if key not in known:
            hint = did_you_mean(nearest(key, known)) or "the comparison lists them"
            raise InvalidRecord(f"decisions: {quoted(key)} is not the id of a disagreement; {hint}")
        choice = decision.choice
        kind = type(known[key].a or known[key].b)
        if isinstance(choice, Record) and (type(choice), choice.id) != (kind, key):
            raise InvalidRecord(
                f"decisions: the record for {quoted(key)} must be of class {kind.__name__} and keep that id"
            )
        if not isinstance(choice, Record) and choice not in SIDES:
            message = f"must be one of {', '.join(map(repr, SIDES))} or a record, not {quoted(choice)}"
            raise InvalidRecord(f"decisions: the decision on {quoted(key)} {message}")
    undecided = [key for key in known if key not in wanted]
    if undecided:
        named = ", ".join(undecided[:_SHOWN]) + (" …" if len(undecided) > _SHOWN else "")
        message = f"{len(undecided)} of {len(known)} disagreements are undecided: {named}"
        raise InvalidRecord(f"decisions: {message}; decide them, or pass `rest`")


def _with_reasons(first: Article, second: Article, claims: Iterable[Claim]) -> Source:
    """Return the source with the annotators' reasons for the sentences that have no claim."""
    cover = Cover((span.start, span.end) for claim in claims for span in claim.evidence)
    theirs = {sentence.span: sentence.no_claim for sentence in second.source.sentences}
    sentences = tuple(
        attrs.evolve(
            each,
            no_claim=None if cover.touches(each.span.start, each.span.end) else each.no_claim or theirs.get(each.span),
        )
        for each in first.source.sentences
    )
    return attrs.evolve(first.source, sentences=sentences)


def _log_row(each: Disagreement, decision: Decision) -> dict[str, Any]:
    taken = decision.choice if isinstance(decision.choice, str) else "a record of its own"
    return {
        "layer": each.layer,
        "place": each.spots,
        **dict(zip("ab", each.words, strict=True)),
        "decision": f"{taken}: {decision.reason}" if decision.reason else taken,
        "rule": decision.rule,
    }
