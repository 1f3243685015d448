"""Scoring a prediction against a gold article: records, chains of voices and commitments.

Here: `score`, `Scores`, and the scores of trivial baselines.
Not here: pairing records (`matching.py`), the figures (`attribution.py`, `commitment.py`, `layers.py`), and comparing
two systems (`comparison.py`).

The formulas, with worked examples and the limits of each figure, are in `docs/scoring.md`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any, Final, Literal

import attrs

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
"""The cell of a table for a figure that cannot be measured."""

COLUMNS: Final = ("precision", "recall", "f1", "matched", "predicted", "gold", "baseline")


@attrs.frozen(kw_only=True)
class _Judged:
    """The articles and options from which a score was computed."""

    predicted: Article
    gold: Article
    rejected: tuple[Any, ...]
    pairing: Pairing
    way: Way


@attrs.frozen(kw_only=True, repr=False)
class Scores:
    """The scores of predicted articles against gold articles.

    `+` adds scores of several articles: counts are summed, and every figure is computed from the sums.

    Attributes:
        match: The way in which records were paired: "graded", "exact" or "overlap".
        align: "records" for one-to-one pairs, "sentences" if several predicted records can match one gold record.
        threshold: The least similarity of a pair.
        scored: The names of the layers that were scored.
        unit: The unit that `interval` resamples: the sentences of one article, or documents.
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
        """Return the score of a layer.

        Raises:
            InvalidRecord: The layer was not scored; the message suggests the closest name.
        """
        pairing = self._judged[0].pairing if len(self._judged) == 1 else None
        return layer_score(_known(layer, self.scored), self.scored, self._tally, pairing)

    @property
    def layers(self) -> dict[str, LayerScore]:
        """The score of each layer, by name."""
        return {layer: self[layer] for layer in self.scored}

    @property
    def attribution(self) -> AttributionScore:
        """The attribution of claims with an inner voice. Empty if claims were not scored."""
        return AttributionScore.of(self._tally)

    @property
    def commitment(self) -> CommitmentScore:
        """The commitments of voices. Empty if claims were not scored."""
        return CommitmentScore.of(self._tally)

    @property
    def rejected(self) -> dict[str, int]:
        """The number of rejected records of each layer; they count as predicted and wrong."""
        counts = {layer: int(self._tally.get(("rejected", layer), 0)) for layer in self.scored}
        return {layer: count for layer, count in counts.items() if count}

    def figures(self) -> dict[str, float | None]:
        """Return every figure by its name, such as `attribution.chains.f1`; None for those that cannot be measured."""
        return figures_of(self._tally, self.scored)

    def articles(self) -> tuple[Article, Article]:
        """Return the predicted article and the gold one.

        Raises:
            NotComparable: The scores are not those of one article.
        """
        return self._one().predicted, self._one().gold

    def interval(self, *, seed: int = 0, level: float = 0.95, resamples: int = 1000) -> dict[str, Interval | None]:
        """Return the bootstrap interval of each figure, resampling sentences or documents with replacement.

        The intervals estimate how much the figures depend on the choice of sentences in the article. They do not
        predict the figures for other authors.

        Args:
            seed: The seed of the random draws; equal seeds give equal intervals.
            level: The share of the resamples inside the interval.
            resamples: The number of resamples.

        Returns:
            Low and high by the names of `figures`; None for a figure that cannot be measured, or with fewer than two
            units.

        Raises:
            InvalidRecord: `level` or `resamples` is out of bounds.
        """
        found = dict(intervals([self._units], self.scored, check(Bounds(seed, level, resamples))))
        return {name: found.get(name) for name in self.figures()}

    def errors(self, layer: str) -> Mistakes:
        """Return the missed, spurious and mistaken records of a layer beside the gold, in the order of the text.

        Raises:
            InvalidRecord: The layer was not scored; the message suggests the closest name.
            NotComparable: The scores are not those of one article.
        """
        judged = self._one()
        rejected = [each for each in judged.rejected if layer_of(each) == _known(layer, self.scored)]
        return mistakes_in(_known(layer, self.scored), judged.predicted, judged.gold, judged.pairing, tuple(rejected))

    def _one(self) -> _Judged:
        if len(self._judged) != 1:
            raise NotComparable("this requires the scores of one article, as returned by score")
        return self._judged[0]

    # Several articles.

    def __add__(self, other: Scores) -> Scores:
        """Sum the counts of two scores. The order in which scores are added does not affect any figure.

        Raises:
            NotComparable: They were made with different options or layers.
        """
        ways = [(each.match, each.align, each.threshold, each.scored) for each in (self, other)]
        if ways[0] != ways[1]:
            raise NotComparable("scores can be added only if they were made with the same arguments")
        documents = list(self._as_documents())
        # Merging documents beyond the limit keeps memory and the time of the bootstrap bounded.
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
        """The scores of trivial annotations of the same articles; empty if the articles are not available.

        If a `similarity` was given, it is not called again, and the baseline of sentences is left out.
        """
        made: dict[str, Scores] = {}
        for judged in self._judged:
            # A similarity may be a model that is slow or costs money.
            for name in BASELINES if judged.way.similarity is None else BASELINES.keys() - {"sentences"}:
                scores = _baseline(name, judged.gold, judged.way, self.scored)
                made[name] = made[name] + scores if name in made else scores
        return made

    def rows(self) -> list[dict[str, Any]]:
        """Return the table for a data frame: attribution and commitment first, then each layer.

        `baseline` is the F1 of the best trivial baseline without knowledge of the quantity that the row measures; None
        if there is no such baseline.
        """
        rivals = {name: scores.figures() for name, scores in self.baselines.items()}
        return [
            {
                "row": head,
                "figure": name,
                **{share: getattr(counts, share) for share in SHARES},
                # Counts of whole records are shown without decimals.
                **{
                    side: int(count) if (count := getattr(counts, side)) == int(count) else count
                    for side in ("matched", "predicted", "gold")
                },
                "baseline": _find_best(rivals, name),
            }
            for head, name, counts in rows_of(self._tally, self.scored)
        ]

    def notes(self) -> list[str]:
        """Return the notes below the table: outcomes, measures of commitment, and rejected records."""
        if "claims" not in self.scored:
            return self._rejected_note()
        commitment = self.commitment
        chains = _list_counts(self.attribution.outcomes) or "no attributed claim"
        outcomes = _list_counts(commitment.outcomes) or "no voice compared"
        measures = ", ".join(
            f"{words} {shown(getattr(commitment, name))}" for name, words in MEASURES_OF_COMMITMENT.items()
        )
        return [
            f"chains of attributed claims: {chains}",
            f"commitments: {measures}; {outcomes}",
            *self._rejected_note(),
        ]

    def _rejected_note(self) -> list[str]:
        counts = _list_counts(self.rejected)
        return [f"rejected records, which count as wrong: {counts}"] if counts else []

    def __repr__(self) -> str:
        """Return the way in which records were matched, and the first figures."""
        chains = f", whole chains {shown(self.attribution.chains.f1)}" if "claims" in self.scored else ""
        layers = ", ".join(f"{layer} {shown(self[layer].spans.f1)}" for layer in self.scored)
        return f"<Scores {self.match}, F1: {layers}{chains}>"

    def __str__(self) -> str:
        """Return the table and its notes."""
        head = f"{'':<19}" + "".join(f"{column:>11}" for column in COLUMNS)
        lines = [f"{row['row']:<19}" + "".join(f"{cell(row, column):>11}" for column in COLUMNS) for row in self.rows()]
        return "\n".join([head, *(each.rstrip() for each in lines), *self.notes()])

    def _repr_html_(self) -> str:
        rows = ([escape(row["row"]), *(cell(row, each) for each in COLUMNS)] for row in self.rows())
        notes = "<br>".join(escape(line) for line in self.notes())
        return f"<div>{grid(rows, head=('', *COLUMNS))}{notes}</div>"


def shown(figure: Any) -> str:
    """Format a share with three decimals and a count without any; None as "n/a"."""
    if figure is None:
        return NOT_MEASURED
    return f"{figure:.3f}" if isinstance(figure, float) else f"{figure}"


def cell(row: Mapping[str, Any], column: str) -> str:
    """Return a cell of the table; empty for an absent baseline."""
    return "" if column == "baseline" and row[column] is None else shown(row[column])


def _list_counts(counts: Mapping[Any, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in counts.items() if count)


def _find_best(rivals: Mapping[str, Mapping[str, float | None]], name: str) -> float | None:
    """Return the best F1 of the baselines that are blind to a figure."""
    blind = BLIND.get(name.partition(".")[0], ())
    known = [rivals[rival].get(f"{name}.f1") for rival in blind if rival in rivals]
    return max((each for each in known if each is not None), default=None)


def _known(layer: str, layers: Sequence[str]) -> str:
    if layer not in layers:
        hint = did_you_mean(nearest(layer, layers)) or f"these are: {', '.join(layers)}"
        raise InvalidRecord(f"{quoted(layer)} is not a scored layer; {hint}")
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
    """Score a prediction against a gold article.

    The predicted article may use different ids: entities are aligned by their mentions and names. It may be partial
    and may break rules between records. Rejected records of an extraction count as predicted and wrong.

    Args:
        predicted: The prediction.
        gold: The gold article.
        match: The way of pairing records. "graded" compares their places and, for claims, events and relations, also
            their content. "overlap" compares only their places. "exact" requires the same place. Pairs are chosen so
            that their similarities exceed the threshold by the greatest total.
        similarity: Compares claims and events instead of the trigrams of their gists. It is called once for each of
            these layers with the predicted and the gold records, and returns a row for each predicted and a column for
            each gold record, with values from 0 to 1: a list of lists, or an array.
        threshold: The least similarity of a pair, from 0 to 1.
        layers: The layers to score, by the names of their tables; all when None.
        align: "sentences" lets several predicted events, relations or claims match one gold record, and compares the
            sentences that contain their evidence. Its figures are not comparable with those of "records".

    Raises:
        NotComparable: The two annotate different texts or different copies of a text; or sentences are to be aligned
            and the gold has none; or more than 100,000 pairs of records of a layer, plus 50 for each record, share a
            place or a name.
        InvalidRecord: An argument is invalid, or `similarity` returns an invalid result.
    """
    way, scored = _check_options(match, similarity, threshold, layers, align)
    extraction = predicted if isinstance(predicted, Extraction) else Extraction(article=predicted)
    article = extraction.article
    if (article.source.sha256, article.source.length) != (gold.source.sha256, gold.source.length):
        raise NotComparable(
            f"{quoted(article.id)} and {quoted(gold.id)} annotate different texts; if these are two copies of one "
            "text, attach the gold article to the other copy first: gold.attach(text).to_article()"
        )
    pairing = pair(article, gold, way, scored)
    judged = _Judged(predicted=article, gold=gold, rejected=extraction.rejected, pairing=pairing, way=way)
    return _count(judged, scored)


def _check_options(
    match: str, similarity: Any, threshold: float, layers: Iterable[str] | None, align: str
) -> tuple[Way, tuple[str, ...]]:
    for name, value, known in (("match", match, MATCHES), ("align", align, ALIGNS)):
        if value not in known:
            hint = did_you_mean(nearest(value, known)) or f"these are: {', '.join(known)}"
            raise InvalidRecord(f"{name}: {quoted(value)} is not a way to {name}; {hint}", name)
    if not 0 <= threshold <= 1:
        raise InvalidRecord(f"threshold: must lie from 0 to 1, not {quoted(threshold)}", "threshold")
    if similarity is not None and not callable(similarity):
        raise InvalidRecord("similarity: must be a function of the predicted and the gold records", "similarity")
    if isinstance(layers, (str, bytes)):
        raise InvalidRecord(f"layers: must be a list of names, such as [{quoted(layers)}]", "layers")
    scored = TABLES if layers is None else tuple(dict.fromkeys(_known(layer, TABLES) for layer in layers))
    way = Way(match=match, align=align, threshold=float(threshold), similarity=similarity)  # type: ignore[arg-type]
    return way, scored


def _count(judged: _Judged, scored: tuple[str, ...]) -> Scores:
    ledger, articles = Ledger(judged.gold), (judged.predicted, judged.gold, judged.pairing)
    for layer in scored:
        count_layer(layer, scored, *articles, ledger)
    if "entities" in scored:
        count_coreference(*articles, ledger)
    if "claims" in scored:
        count_attribution(*articles, ledger)
        count_commitments(*articles, ledger)
    count_rejected(judged.rejected, scored, ledger)
    return attrs.evolve(
        _start(judged.way, scored),
        unit="sentence",
        tally=total(ledger.pages),
        units=tuple(ledger.pages),
        documents=1,
        judged=(judged,),
    )


def _start(way: Way, scored: tuple[str, ...]) -> Scores:
    """Return the scores of no articles."""
    return Scores(
        match=way.match,
        align=way.align,
        threshold=way.threshold,
        scored=scored,
        unit="document",
        tally={},
        units=(),
        documents=0,
        judged=(),
    )


def score_of_nothing(
    *,
    match: Match = "graded",
    similarity: Similarity | None = None,
    threshold: float = 0.5,
    layers: Iterable[str] | None = None,
    align: Align = "records",
) -> Scores:
    """Return the scores of no articles, as the start of a sum.

    Raises:
        InvalidRecord: An argument is invalid.
    """
    return _start(*_check_options(match, similarity, threshold, layers, align))


def without_articles(scores: Scores) -> Scores:
    """Return scores without their articles, small enough to be sent between processes."""
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
    """Score trivial annotations, which need no reading of the article.

    "flattened" cuts every chain to its outermost voice. "certain" makes every voice certain. "author" does both, so
    that the author says everything and is sure of it. These three keep everything else of the gold. "sentences" makes
    every sentence a certain claim of the author and has no other records but entities; the gist is the sentence if the
    gold contains the text.

    Args:
        gold: The gold article.
        match: As for `score`.
        similarity: As for `score`; called for "sentences" only, because the others have the gold's own records.
        threshold: As for `score`.
        layers: As for `score`.
        align: As for `score`.

    Raises:
        NotComparable: As for `score`.
        InvalidRecord: As for `score`.
    """
    way, scored = _check_options(match, similarity, threshold, layers, align)
    return {name: _baseline(name, gold, way, scored) for name in BASELINES}


def _baseline(name: str, gold: Article, way: Way, scored: tuple[str, ...]) -> Scores:
    article = BASELINES[name](gold)
    # A baseline with all records of the gold needs no matching: each record is paired with its original.
    pairing = pair(article, gold, way, scored) if name == "sentences" else identical(article, gold)
    return _count(_Judged(predicted=article, gold=gold, rejected=(), pairing=pairing, way=way), scored)
