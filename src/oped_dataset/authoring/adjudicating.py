"""What two annotators disagree about, decided: the adjudicated draft and the log of the decisions.

Here: `adjudicate`, and the decisions in the form in which a team writes them down.
Not here: the disagreements themselves (`comparing.py`) and the rules that the draft must keep in the end
(`validation/rules.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
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

_SHOWN: Final = 5
"""So many undecided disagreements are named."""


@attrs.frozen(kw_only=True)
class Decision:
    """How one disagreement is decided.

    Attributes:
        choice: "a", "b" or "neither", or a record that stands in place of both, with the id of the disagreement.
        reason: Why, in the team's own words; "" for none.
        rule: The rule of the guidelines it rests on, or None.
    """

    choice: str | Record
    reason: str = ""
    rule: str | None = None


Choice: TypeAlias = str | Record | Decision


@attrs.frozen(kw_only=True, repr=False)
class Adjudication:
    """An annotation made of two.

    Attributes:
        article: The draft: what both have, and of the rest what was decided.
        log: A row for each decision, with the keys layer, place, a, b, decision and rule.
        report: The rules that the draft breaks; a reference to a record that was decided away is among them.
    """

    article: Article
    log: tuple[dict[str, Any], ...]
    report: Report

    @property
    def dangling(self) -> tuple[Problem, ...]:
        """The references to records that are not in the draft."""
        return tuple(problem for problem in self.report.problems if problem.code == "OPED-dangling-reference")

    def __repr__(self) -> str:
        """Show how many decisions there were, and how many problems are left."""
        return f"<Adjudication of {self.article.id}: {len(self.log)} decisions, {len(self.report.problems)} problems>"


def adjudicate(
    a: Article | Draft, b: Article | Draft, decisions: Mapping[str, Choice], *, rest: str | None = None
) -> Adjudication:
    """Apply decisions to what two annotators disagree about.

    What both have is in the draft. Ids, free wording and the head of the article are those of A. A reason why a
    sentence carries no claim is kept where the draft has no claim there.

    Args:
        a: The first annotation, an article or a draft, which may break rules.
        b: The second.
        decisions: For each disagreement of `compare_annotations(a, b)`, by its id, "a", "b", "neither", a record, or a
            `Decision` with the reason and the rule.
        rest: How the disagreements are decided that `decisions` does not name; None if all must be named.

    Returns:
        The draft, the log, and the rules that the draft still breaks. Nothing is cut to make it valid.

    Raises:
        InvalidRecord: A decision is about no disagreement or chooses nothing that can be chosen, or one is missing.
        NotComparable: As for `compare_annotations`.
    """
    first, second, disagreements = compare_records(a, b)
    wanted = {key: each if isinstance(each, Decision) else Decision(choice=each) for key, each in decisions.items()}
    if rest is not None:
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
    article = attrs.evolve(first, **records, source=_explained(first, second, records["claims"]))
    log = tuple(_logged(each, wanted[each.id]) for each in disagreements)
    return Adjudication(article=article, log=log, report=check(article))


def read_decisions(rows: Iterable[Mapping[str, Any]]) -> dict[str, Decision]:
    """Read the decisions that a team has written into the rows of a comparison.

    Args:
        rows: The rows of `AnnotationComparison.rows`, with `decision` filled in, and `reason` and `rule` where wanted.
            A row without a decision is undecided.
    """
    return {
        row["id"]: Decision(choice=row["decision"], reason=row.get("reason") or "", rule=row.get("rule"))
        for row in rows
        if row.get("decision") is not None
    }


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
        raise InvalidRecord(f"decisions: {message}; decide them, or give `rest`")


def _explained(first: Article, second: Article, claims: Iterable[Claim]) -> Source:
    """The source with a reason for each sentence that is left without a claim, if one of them has given any."""
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


def _logged(each: Disagreement, decision: Decision) -> dict[str, Any]:
    taken = decision.choice if isinstance(decision.choice, str) else "a record of its own"
    return {
        "layer": each.layer,
        "place": each.spots,
        **dict(zip("ab", each.words, strict=True)),
        "decision": f"{taken}: {decision.reason}" if decision.reason else taken,
        "rule": decision.rule,
    }
