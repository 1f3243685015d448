"""A prediction against a gold article: what was found, given to the right voices, and kept as unsure as it was.

Here: `score`, `Scores`, and the scores of trivial baselines.
Not here: which records are paired (`matching.py`), the figures (`attribution.py`, `commitment.py`, `layers.py`),
and the comparison of two systems (`comparison.py`).

The formulas, with worked examples and what each figure is blind to, are in `docs/scoring.md`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any, Final, Literal

import attrs

from oped_dataset.arguments import argument
from oped_dataset.errors import InvalidRecord, NotComparable
from oped_dataset.extraction.results import Extraction, layer_of
from oped_dataset.messages import did_you_mean, nearest, quoted
from oped_dataset.model.article import TABLES, Article
from oped_dataset.notebook import grid
from oped_dataset.scoring.attribution import AttributionScore, count_attribution
from oped_dataset.scoring.commitment import CommitmentScore, count_commitments
from oped_dataset.scoring.coreference import count_coreference
from oped_dataset.scoring.counts import Ledger, Tally, total
from oped_dataset.scoring.figures import MEASURES_OF_COMMITMENT, SHARES, figures_of, rows_of
from oped_dataset.scoring.layers import LayerScore, count_layer, count_rejected, layer_score
from oped_dataset.scoring.matching import ALIGNS, MATCHES, Align, Match, Pairing, Way, identical, pair
from oped_dataset.scoring.mistakes import Mistakes, mistakes_in
from oped_dataset.scoring.resampling import MOST_UNITS, Bounds, Interval, check, intervals
from oped_dataset.scoring.similarity import Similarity
from oped_dataset.scoring.trivial import BASELINES, BLIND

NOT_MEASURED: Final = "n/a"
"""Stands in a table where there is nothing to measure."""

COLUMNS: Final = ("precision", "recall", "f1", "matched", "predicted", "gold", "baseline")


@attrs.frozen(kw_only=True)
class _Judged:
    """What a score was made of."""

    predicted: Article
    gold: Article
    rejected: tuple[Any, ...]
    pairing: Pairing
    way: Way


@attrs.frozen(kw_only=True, repr=False)
class Scores:
    """How predicted articles compare with gold ones.

    Scores of several articles add up with `+`: counts are summed, and every figure is made of the sums.

    Attributes:
        match: By what records were paired: "graded", "exact" or "overlap".
        align: "records" where pairs are one to one, "sentences" where several may answer to one gold record.
        threshold: The least similarity of a pair.
        scored: The names of the layers that were scored.
        unit: What `interval` draws: the sentences of one article, or documents.
    """

    match: Match
    align: Align
    threshold: float
    scored: tuple[str, ...]
    unit: Literal["sentence", "document"]
    _tally: Tally
    _units: tuple[Tally, ...] = attrs.field(eq=False)
    _documents: int = attrs.field(eq=False)
    _judged: tuple[_Judged, ...] = attrs.field(eq=False)

    # Figures.

    def __getitem__(self, layer: str) -> LayerScore:
        """The score of a layer, by its name.

        Raises:
            InvalidRecord: The layer was not scored; the message names the nearest.
        """
        pairing = self._judged[0].pairing if len(self._judged) == 1 else None
        return layer_score(_known(layer, self.scored), self.scored, self._tally, pairing)

    @property
    def layers(self) -> dict[str, LayerScore]:
        """The score of each layer, by name."""
        return {layer: self[layer] for layer in self.scored}

    @property
    def attribution(self) -> AttributionScore:
        """Who says what, over the claims that are attributed to somebody. Empty where claims were not scored."""
        return AttributionScore.of(self._tally)

    @property
    def commitment(self) -> CommitmentScore:
        """How sure each voice is. Empty where claims were not scored."""
        return CommitmentScore.of(self._tally)

    @property
    def rejected(self) -> dict[str, int]:
        """How many records of each layer could not be resolved; they count as predicted and wrong."""
        counts = {layer: int(self._tally.get(("rejected", layer), 0)) for layer in self.scored}
        return {layer: count for layer, count in counts.items() if count}

    def figures(self) -> dict[str, float | None]:
        """Every figure by its name, such as `attribution.chains.f1`; None where there is nothing to measure."""
        return figures_of(self._tally, self.scored)

    def articles(self) -> tuple[Article, Article]:
        """The predicted article and the gold one.

        Raises:
            NotComparable: The scores are of more than one article.
        """
        return self._one().predicted, self._one().gold

    def interval(self, *, seed: int = 0, level: float = 0.95, resamples: int = 1000) -> dict[str, Interval | None]:
        """The interval in which each figure lies when the sentences or documents are drawn again with replacement.

        It says how much a figure owes to the sentences that happen to be in the article. Not how it would be for other
        authors, for which other articles would have to be there.

        Args:
            seed: Equal seeds give equal intervals.
            level: The share of the resamples inside the interval.
            resamples: How often all units are drawn.

        Returns:
            By the names of `figures`, low and high; None where the figure is None, or where there are fewer than two
            units to draw.

        Raises:
            InvalidRecord: `level` or `resamples` is out of bounds.
        """
        found = dict(intervals([self._units], self.scored, check(Bounds(seed, level, resamples))))
        return {name: found.get(name) for name in self.figures()}

    def errors(self, layer: str) -> Mistakes:
        """What was missed, made up or mistaken in a layer, side by side with the gold, in the order of the text.

        Raises:
            InvalidRecord: The layer was not scored; the message names the nearest.
            NotComparable: The scores are of more than one article.
        """
        judged = self._one()
        rejected = [each for each in judged.rejected if layer_of(each) == _known(layer, self.scored)]
        return mistakes_in(_known(layer, self.scored), judged.predicted, judged.gold, judged.pairing, tuple(rejected))

    def _one(self) -> _Judged:
        if len(self._judged) != 1:
            raise NotComparable("errors are those of one article; these scores are not of one")
        return self._judged[0]

    # Several articles.

    def __add__(self, other: Scores) -> Scores:
        """Sum the counts of two. The order in which many are added makes no difference to any figure.

        Raises:
            NotComparable: They were not matched in the same way, or have not the same layers.
        """
        ways = [(each.match, each.align, each.threshold, each.scored) for each in (self, other)]
        if ways[0] != ways[1]:
            raise NotComparable("scores can be added only where they were made with the same arguments")
        documents = list(self._as_documents())
        for number, each in enumerate(other._as_documents(), self._documents):
            if len(documents) < MOST_UNITS:
                documents.append(each)
            else:
                documents[number % MOST_UNITS] = total((documents[number % MOST_UNITS], each))
        return attrs.evolve(
            self,
            unit="document",
            tally=total((self._tally, other._tally)),
            units=tuple(documents),
            documents=self._documents + other._documents,
            judged=(*self._judged, *other._judged),
        )

    def _as_documents(self) -> tuple[Tally, ...]:
        return (self._tally,) if self.unit == "sentence" else self._units

    # Tables.

    @property
    def baselines(self) -> dict[str, Scores]:
        """What trivial annotations of the same articles score; empty where the articles are not at hand.

        Where a `similarity` was given, it is not asked again, and the baseline of sentences is left out.
        """
        made: dict[str, Scores] = {}
        for judged in self._judged:
            for name in BASELINES if judged.way.similarity is None else BASELINES.keys() - {"sentences"}:
                scores = _baseline(name, judged.gold, judged.way, self.scored)
                made[name] = made[name] + scores if name in made else scores
        return made

    def rows(self) -> list[dict[str, Any]]:
        """The table, ready for a data frame: who says what and how surely first, then each layer.

        `baseline` is the F1 of the best trivial baseline that knows nothing of what the row measures; None where there
        is no such baseline.
        """
        rivals = {name: scores.figures() for name, scores in self.baselines.items()}
        return [
            {
                "row": head,
                "figure": name,
                **{share: getattr(counts, share) for share in SHARES},
                **{side: _whole(getattr(counts, side)) for side in ("matched", "predicted", "gold")},
                "baseline": _best(rivals, name),
            }
            for head, name, counts in rows_of(self._tally, self.scored)
        ]

    def notes(self) -> list[str]:
        """What stands under the table: the outcomes, the measures of commitment, and what could not be resolved."""
        if "claims" not in self.scored:
            return self._rejected_note()
        commitment = self.commitment
        chains = _listed(self.attribution.outcomes) or "no attributed claim"
        outcomes = _listed(commitment.outcomes) or "no voice compared"
        measures = ", ".join(
            f"{words} {shown(getattr(commitment, name))}" for name, words in MEASURES_OF_COMMITMENT.items()
        )
        return [
            f"chains of attributed claims: {chains}",
            f"commitments: {measures}; {outcomes}",
            *self._rejected_note(),
        ]

    def _rejected_note(self) -> list[str]:
        counts = _listed(self.rejected)
        return [f"could not be resolved, and count as wrong: {counts}"] if counts else []

    def __repr__(self) -> str:
        """Show how the records were matched, and the first figures."""
        chains = f", whole chains {shown(self.attribution.chains.f1)}" if "claims" in self.scored else ""
        layers = ", ".join(f"{layer} {shown(self[layer].spans.f1)}" for layer in self.scored)
        return f"<Scores {self.match}, F1: {layers}{chains}>"

    def __str__(self) -> str:
        """Print the table and its notes."""
        head = f"{'':<19}" + "".join(f"{column:>11}" for column in COLUMNS)
        lines = [f"{row['row']:<19}" + "".join(f"{cell(row, column):>11}" for column in COLUMNS) for row in self.rows()]
        return "\n".join([head, *(each.rstrip() for each in lines), *self.notes()])

    def _repr_html_(self) -> str:
        rows = ([escape(row["row"]), *(cell(row, each) for each in COLUMNS)] for row in self.rows())
        notes = "<br>".join(escape(line) for line in self.notes())
        return f"<div>{grid(rows, head=('', *COLUMNS))}{notes}</div>"


def shown(figure: Any) -> str:
    """Write a share with three places and a count without any; "n/a" where there is nothing to measure."""
    if figure is None:
        return NOT_MEASURED
    return f"{figure:.3f}" if isinstance(figure, float) else f"{figure}"


def cell(row: Mapping[str, Any], column: str) -> str:
    """A cell of the table; empty where there is no baseline."""
    return "" if column == "baseline" and row[column] is None else shown(row[column])


def _whole(count: float) -> float:
    return int(count) if count == int(count) else count


def _listed(counts: Mapping[Any, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in counts.items() if count)


def _best(rivals: Mapping[str, Mapping[str, float | None]], name: str) -> float | None:
    """The best F1 of the baselines that know nothing of what a figure measures."""
    blind = BLIND.get(name.partition(".")[0], ())
    known = [rivals[rival].get(f"{name}.f1") for rival in blind if rival in rivals]
    return max((each for each in known if each is not None), default=None)


def _known(layer: str, layers: Sequence[str]) -> str:
    if layer not in layers:
        hint = did_you_mean(nearest(layer, layers)) or f"these are: {', '.join(layers)}"
        raise InvalidRecord(f"{quoted(layer)} is not a layer that is scored; {hint}")
    return layer


# Scoring.


def score(
    predicted: Article | Extraction,
    gold: Article,
    *,
    match: Match = "graded",
    similarity: Similarity | None = None,
    threshold: float = 0.5,
    layers: Iterable[str] | None = None,
    align: Align = "records",
) -> Scores:
    """Compare a prediction with a gold article.

    The predicted article may use other ids: entities are aligned through where they are mentioned and what they are
    called. It may be partial, and need not keep the rules between records. Records of an extraction that could not be
    resolved count as predicted and wrong.

    Args:
        predicted: What is judged.
        gold: What it is judged by.
        match: By what records are paired. "graded": by how much their places overlap and, for claims, events and
            relations, by how similar they are in what they say. "overlap": by their places alone. "exact": at the same
            place only. In every way those pairs are formed that lie furthest above the threshold in sum.
        similarity: Compares what claims and events say, instead of the trigrams of their gists. It is called once for
            each of these layers with the predicted and the gold records, and returns a row for each predicted and a
            column for each gold record, with values from 0 to 1: a list of lists, or an array.
        threshold: The least similarity of a pair, from 0 to 1.
        layers: The layers to score, by the names of their tables; all when None.
        align: "sentences" lets several predicted events, relations or claims answer to one gold record, and compares
            the sentences in which their evidence stands. These are other figures than those of records.

    Raises:
        NotComparable: The two are not annotations of the same text, or their offsets count in different copies, or
            sentences are to be aligned and the gold has none, or more than 100,000 pairs of records of a layer, and 50
            for each record, stand at the same places or are called alike.
        InvalidRecord: An argument is not one of those there are, or `similarity` returns something else.
    """
    way, scored = _checked(match, similarity, threshold, layers, align)
    argument("predicted", predicted, (Article, Extraction), "an Article or an Extraction")
    argument("gold", gold, Article, "an Article")
    extraction = predicted if isinstance(predicted, Extraction) else Extraction(article=predicted)
    article = extraction.article
    if (article.source.sha256, article.source.length) != (gold.source.sha256, gold.source.length):
        raise NotComparable(
            f"{quoted(article.id)} and {quoted(gold.id)} count in different texts; where the one is another copy of "
            "the other, carry the gold over to it first: gold.attach(text).to_article()"
        )
    pairing = pair(article, gold, way, scored)
    judged = _Judged(predicted=article, gold=gold, rejected=extraction.rejected, pairing=pairing, way=way)
    return _counted(judged, scored)


def _checked(
    match: str, similarity: Any, threshold: float, layers: Iterable[str] | None, align: str
) -> tuple[Way, tuple[str, ...]]:
    for name, value, known in (("match", match, MATCHES), ("align", align, ALIGNS)):
        if value not in known:
            hint = did_you_mean(nearest(value, known)) or f"these are: {', '.join(known)}"
            raise InvalidRecord(f"{name}: {quoted(value)} is not a way to {name}; {hint}", name)
    argument("threshold", threshold, (int, float), "a number from 0 to 1")
    if not 0 <= threshold <= 1:
        raise InvalidRecord(f"threshold: must lie from 0 to 1, not {threshold}", "threshold")
    if similarity is not None and not callable(similarity):
        raise InvalidRecord("similarity: must be a function of the predicted and the gold records", "similarity")
    if isinstance(layers, (str, bytes)):
        raise InvalidRecord(f"layers: must be a list of names, such as [{quoted(layers)}]", "layers")
    scored = TABLES if layers is None else tuple(dict.fromkeys(_known(layer, TABLES) for layer in layers))
    way = Way(match=match, align=align, threshold=float(threshold), similarity=similarity)  # type: ignore[arg-type]
    return way, scored


def _counted(judged: _Judged, scored: tuple[str, ...]) -> Scores:
    ledger, articles = Ledger(judged.gold), (judged.predicted, judged.gold, judged.pairing)
    for layer in scored:
        count_layer(layer, scored, *articles, ledger)
    if "entities" in scored:
        count_coreference(*articles, ledger)
    if "claims" in scored:
        count_attribution(*articles, ledger)
        count_commitments(*articles, ledger)
    count_rejected(judged.rejected, scored, ledger)
    return Scores(
        match=judged.way.match,
        align=judged.way.align,
        threshold=judged.way.threshold,
        scored=scored,
        unit="sentence",
        tally=total(ledger.pages),
        units=tuple(ledger.pages),
        documents=1,
        judged=(judged,),
    )


def score_of_nothing(
    *,
    match: Match = "graded",
    similarity: Similarity | None = None,
    threshold: float = 0.5,
    layers: Iterable[str] | None = None,
    align: Align = "records",
) -> Scores:
    """The scores of no article at all, to which others are added.

    Raises:
        InvalidRecord: An argument is not one of those there are.
    """
    way, scored = _checked(match, similarity, threshold, layers, align)
    ways: Any = {"match": way.match, "align": way.align, "threshold": way.threshold}
    return Scores(**ways, scored=scored, unit="document", tally={}, units=(), documents=0, judged=())


def without_articles(scores: Scores) -> Scores:
    """The same scores without the articles they were made of, small enough to be sent around."""
    return attrs.evolve(scores, judged=())


# Baselines.


def baselines(
    gold: Article,
    *,
    match: Match = "graded",
    similarity: Similarity | None = None,
    threshold: float = 0.5,
    layers: Iterable[str] | None = None,
    align: Align = "records",
) -> dict[str, Scores]:
    """Score annotations that anybody could make without reading the article.

    "flattened": every chain is cut to its outermost voice. "certain": every voice is certain. "author": both, so that
    the author says everything and is sure of it. Each of these three keeps all else of the gold. "sentences": every
    sentence is a claim of the author, certain, and there is nothing else; its gist is the sentence where the gold has
    its text.

    Args:
        gold: The article.
        match: As for `score`.
        similarity: As for `score`; asked for the sentences only, because the others are the gold's own records.
        threshold: As for `score`.
        layers: As for `score`.
        align: As for `score`.

    Raises:
        NotComparable: As for `score`.
        InvalidRecord: As for `score`.
    """
    way, scored = _checked(match, similarity, threshold, layers, align)
    argument("gold", gold, Article, "an Article")
    return {name: _baseline(name, gold, way, scored) for name in BASELINES}


def _baseline(name: str, gold: Article, way: Way, scored: tuple[str, ...]) -> Scores:
    article = BASELINES[name](gold)
    # A baseline that keeps all records of the gold needs no search: each answers to the one it was made of.
    pairing = pair(article, gold, way, scored) if name == "sentences" else identical(article, gold)
    return _counted(_Judged(predicted=article, gold=gold, rejected=(), pairing=pairing, way=way), scored)
