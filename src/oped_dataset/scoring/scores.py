"""A predicted article against a gold one: precision, recall and F1 of each layer, and what became of the voices.

What lives here: `score` and the counts over matched records.
What does not: which records are matched (`matching.py`) and the fidelity of voices (`fidelity.py`).

The formulas, with worked examples and the conventions for empty layers, are in `docs/scoring.md`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any, Literal

import attrs

from oped_dataset.errors import InvalidRecord, NotComparable
from oped_dataset.messages import did_you_mean, nearest
from oped_dataset.model.article import Article
from oped_dataset.scoring.fidelity import AttributionFidelity, CommitmentFidelity, fidelity
from oped_dataset.scoring.matching import (
    LABELS,
    Pairing,
    agree,
    pair,
)


@attrs.frozen(kw_only=True)
class Counts:
    """What was predicted, what is right, and what of the two is matched.

    Attributes:
        matched: How many predicted records are right, each answering to one gold record.
        predicted: How many were predicted.
        gold: How many there are.
    """

    matched: int
    predicted: int
    gold: int

    @property
    def precision(self) -> float:
        """The share of the predicted that is right; of nothing 0, or 1 when there is no gold either."""
        return _share(self.matched, self.predicted, self.gold)

    @property
    def recall(self) -> float:
        """The share of the gold that is found; of nothing 0, or 1 when nothing was predicted either."""
        return _share(self.matched, self.gold, self.predicted)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall, 2 x matched / (predicted + gold); 1 when both are nothing."""
        both = self.predicted + self.gold
        return 2 * self.matched / both if both else 1.0

    def __add__(self, other: Counts) -> Counts:
        """Pool two counts."""
        return Counts(
            matched=self.matched + other.matched,
            predicted=self.predicted + other.predicted,
            gold=self.gold + other.gold,
        )


def _share(matched: int, of: int, other: int) -> float:
    return matched / of if of else float(not other)


_NOTHING = Counts(matched=0, predicted=0, gold=0)


@attrs.frozen(kw_only=True)
class LayerScore:
    """How well one layer was predicted.

    Attributes:
        spans: The records whose place is right, whatever their labels.
        labels: For each field that is compared, the records whose place and value in this field are right.
        labelled: The records whose place and values in all these fields are right.
        pairs: The ids of the matched records, predicted and gold; empty where scores were added.
    """

    spans: Counts
    labels: Mapping[str, Counts]
    labelled: Counts
    pairs: tuple[tuple[str, str], ...]

    def accuracy(self, field: str) -> float:
        """The share of the matched records with the right value in a field; of nothing as for precision.

        Raises:
            InvalidRecord: The field is not compared in this layer.
        """
        if field not in self.labels:
            hint = did_you_mean(nearest(field, self.labels)) or f"these are: {', '.join(self.labels)}"
            raise InvalidRecord(f"{field!r} is no field that is compared in this layer; {hint}")
        return _share(self.labels[field].matched, self.spans.matched, self.spans.predicted + self.spans.gold)

    def __add__(self, other: LayerScore) -> LayerScore:
        """Pool the counts of two; ids mean nothing outside their article, so no pairs are left."""
        return LayerScore(
            spans=self.spans + other.spans,
            labels={field: counts + other.labels[field] for field, counts in self.labels.items()},
            labelled=self.labelled + other.labelled,
            pairs=(),
        )


@attrs.frozen(kw_only=True)
class Averages:
    """The mean of each figure over the layers that are not empty in both articles; 1 when there are none.

    Attributes:
        precision: Mean precision.
        recall: Mean recall.
        f1: Mean F1.
    """

    precision: float
    recall: float
    f1: float


@attrs.frozen(kw_only=True)
class Scores:
    """How a predicted article compares with a gold one.

    Attributes:
        match: "strict" when records were matched at the same place only, "overlap" when wherever they share a
            character.
        layers: The score of each layer.
        attribution: What became of the chains of voices of the matched claims.
        commitment: What became of the commitments in them.
        entities: From the id of a predicted entity to that of the gold entity it was taken for; empty where scores
            were added.
    """

    match: Literal["strict", "overlap"]
    layers: Mapping[str, LayerScore]
    attribution: AttributionFidelity
    commitment: CommitmentFidelity
    entities: Mapping[str, str]

    def __getitem__(self, layer: str) -> LayerScore:
        """The score of a layer, by its name."""
        return self.layers[layer]

    @property
    def micro(self) -> Counts:
        """The records of all layers pooled."""
        return sum((layer.spans for layer in self.layers.values()), _NOTHING)

    @property
    def macro(self) -> Averages:
        """The mean over the layers."""
        counts = [layer.spans for layer in self.layers.values() if layer.spans.predicted or layer.spans.gold]
        return Averages(
            precision=_mean([each.precision for each in counts]),
            recall=_mean([each.recall for each in counts]),
            f1=_mean([each.f1 for each in counts]),
        )

    def rows(self) -> list[dict[str, Any]]:
        """The scores as a table: a row for each layer, and one for all, ready for a data frame."""
        counts = {name: layer.spans for name, layer in self.layers.items()} | {"all": self.micro}
        return [
            {
                "layer": name,
                "precision": each.precision,
                "recall": each.recall,
                "f1": each.f1,
                **attrs.asdict(each),
            }
            for name, each in counts.items()
        ]

    def __add__(self, other: Scores) -> Scores:
        """Pool the scores of two articles: counts are summed, so that shares and means are those of all records.

        Ids mean nothing outside their article, so neither pairs nor entities are left. The order in which many are
        added makes no difference.

        Raises:
            NotComparable: They were not matched in the same way, or have not the same layers.
        """
        if (self.match, list(self.layers)) != (other.match, list(other.layers)):
            raise NotComparable("scores can be added only where `match` and `layers` were the same")
        return Scores(
            match=self.match,
            layers={name: layer + other.layers[name] for name, layer in self.layers.items()},
            attribution=self.attribution + other.attribution,
            commitment=self.commitment + other.commitment,
            entities={},
        )

    def __str__(self) -> str:
        """Print the table and the two figures of fidelity."""
        head = f"{'layer':<12}{'precision':>10}{'recall':>8}{'f1':>8}{'matched':>9}{'predicted':>11}{'gold':>6}"
        lines = [
            f"{row['layer']:<12}{row['precision']:>10.3f}{row['recall']:>8.3f}{row['f1']:>8.3f}"
            f"{row['matched']:>9}{row['predicted']:>11}{row['gold']:>6}"
            for row in self.rows()
        ]
        return "\n".join([head, *lines, *self.fidelity_lines()])

    def fidelity_lines(self) -> list[str]:
        """Say in two lines how much of the chains of voices and of the commitments was kept."""
        chains = ", ".join(f"{outcome} {count}" for outcome, count in self.attribution.outcomes.items() if count)
        hedges = ", ".join(f"{outcome} {count}" for outcome, count in self.commitment.outcomes.items() if count)
        return [
            f"chains of voices kept: {self.attribution.kept:.3f} ({chains or 'no claim matched'})",
            f"commitments kept: {self.commitment.kept:.3f} ({hedges or 'no voice compared'})",
        ]

    def _repr_html_(self) -> str:
        figures = ("precision", "recall", "f1")
        head = "".join(f"<th>{name}</th>" for name in ("layer", *figures, "matched", "predicted", "gold"))
        rows = "".join(
            f"<tr><th>{row['layer']}</th>"
            + "".join(f"<td>{row[name]:.3f}</td>" for name in figures)
            + "".join(f"<td>{row[name]}</td>" for name in ("matched", "predicted", "gold"))
            + "</tr>"
            for row in self.rows()
        )
        notes = "<br>".join(escape(line) for line in self.fidelity_lines())
        return f"<div><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>{notes}</div>"


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 1.0


def score(
    predicted: Article,
    gold: Article,
    *,
    match: Literal["strict", "overlap"] = "strict",
    layers: Iterable[str] | None = None,
) -> Scores:
    """Compare a predicted article with a gold one.

    The predicted article may use other ids: entities are aligned through where they are mentioned and what they are
    called. It may be partial, and need not keep the rules between records.

    Args:
        predicted: What is judged.
        gold: What it is judged by.
        match: Whether records are matched at the same place only ("strict"), or wherever they share a character
            ("overlap"). Either way the pairs are one to one and as many as possible.
        layers: The layers to report, by the names of their tables; all when None.

    Raises:
        NotComparable: The two are not annotations of the same text, or their offsets count in different copies.
        InvalidRecord: `match` or a layer is none of those there are.
        MissingExtra: The extra `score` is not installed.
    """
    wanted = _wanted(match, layers)
    if (predicted.source.sha256, predicted.source.length) != (gold.source.sha256, gold.source.length):
        raise NotComparable(
            f"{predicted.id!r} and {gold.id!r} count in different texts; where the one is another copy of the other, "
            "carry the gold over to it first: gold.attach(text).to_article()"
        )
    pairing = pair(predicted, gold, match)
    attribution, commitment = fidelity(
        pairing.pairs["claims"], pairing.entities, vacuous=not predicted.claims and not gold.claims
    )
    return Scores(
        match=match,
        layers={layer: _layer(layer, predicted, gold, pairing) for layer in wanted},
        attribution=attribution,
        commitment=commitment,
        entities=pairing.entities,
    )


def score_of_nothing(*, match: Literal["strict", "overlap"] = "strict", layers: Iterable[str] | None = None) -> Scores:
    """The scores of no article at all, to which others are added.

    Raises:
        InvalidRecord: `match` or a layer is none of those there are.
    """
    attribution, commitment = fidelity((), {}, vacuous=True)
    return Scores(
        match=match,
        layers={
            layer: LayerScore(
                spans=_NOTHING, labels=dict.fromkeys(LABELS[layer], _NOTHING), labelled=_NOTHING, pairs=()
            )
            for layer in _wanted(match, layers)
        },
        attribution=attribution,
        commitment=commitment,
        entities={},
    )


def _wanted(match: str, layers: Iterable[str] | None) -> list[str]:
    if match not in ("strict", "overlap"):
        raise InvalidRecord(f"match: must be 'strict' or 'overlap', not {match!r}")
    wanted = list(LABELS) if layers is None else list(layers)
    for layer in wanted:
        if layer not in LABELS:
            hint = did_you_mean(nearest(layer, LABELS)) or f"these are: {', '.join(LABELS)}"
            raise InvalidRecord(f"layers: {layer!r} is no layer that is scored; {hint}")
    return wanted


def _layer(layer: str, predicted: Article, gold: Article, pairing: Pairing) -> LayerScore:
    pairs = pairing.pairs[layer]
    right = [{field: agree(*both, field, pairing.entities) for field in LABELS[layer]} for both in pairs]
    sizes = {"predicted": len(predicted.tables[layer]), "gold": len(gold.tables[layer])}
    return LayerScore(
        spans=Counts(matched=len(pairs), **sizes),
        labels={field: Counts(matched=sum(each[field] for each in right), **sizes) for field in LABELS[layer]},
        labelled=Counts(matched=sum(all(each.values()) for each in right), **sizes),
        pairs=tuple((ours.id, theirs.id) for ours, theirs in pairs),
    )
