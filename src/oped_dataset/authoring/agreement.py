"""Figures of the agreement of two annotators: extents, labels, attribution by token, arguments.

Here: pairing the records of two annotators by their spans, the figures, and their bootstrap intervals.
Not here: comparing two articles (`comparing.py`), and scoring a system against a gold annotation (`scoring/`).

Extents are compared by F1, which is symmetric in the annotators; labels of paired records by
Krippendorff's alpha for nominal data (Krippendorff 2013), which NLTK computes (extra `agreement`). An interval is the
percentile interval of a bootstrap over sentences.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain
from random import Random
from typing import Any, Final, NamedTuple, TypeAlias

from oped_dataset.errors import NotComparable
from oped_dataset.extras import need
from oped_dataset.model.records import Span
from oped_dataset.model.stretches import Stretches
from oped_dataset.scoring.assignment import assign
from oped_dataset.scoring.matching import Limit
from oped_dataset.scoring.resampling import Interval
from oped_dataset.scoring.similarity import length, place_of, shared

Row: TypeAlias = dict[str, Any]
"""A record as plain data, with its `layer`, its spans as pairs under `spans`, and the labels of `LABELS`."""

Pair: TypeAlias = tuple[Row, Row]
Item: TypeAlias = tuple[str, str]
Place: TypeAlias = tuple[int, int]

LABELS: Final[dict[str, tuple[str, ...]]] = {
    "mention": ("entity", "form", "metonym"),
    "time": ("kind", "value"),
    "quantity": ("value", "unit", "comparator"),
    "quotation": ("kind", "speaker"),
    "event": ("kind", "status", "when"),
    "relation": ("predicate", "subject", "object", "during"),
    "claim": ("kind", "ground", "chain", "author", "inner", "act"),
}
"""The labels compared on paired records of each layer."""

_COVERED: Final = 1_000_000
_COVERED_EACH: Final = 100
"""The characters of the evidence of attributed claims: so many, and so many for each token of the text."""

RESAMPLES: Final = 200
_SEED: Final = 2019
_SCALE: Final = 10**12
"""The factor by which similarities are rounded to integers, so that equal ones compare as equal."""

_FIELDS: Final = 10**6
"""A factor greater than the number of equal fields in all pairs of a text."""


class Figure(NamedTuple):
    """One figure of agreement.

    Attributes:
        layer: The layer, such as `claim`; `attribution` for the figures of tokens.
        name: The measure, such as `extent F1, exact` or `kind, α`.
        value: The figure; None without any item.
        interval: The range of the figure in 95 % of the resamples; None if it is undefined.
        items: The number of items of each annotator, or of the items in common.
    """

    layer: str
    name: str
    value: float | None
    interval: Interval | None
    items: str


def with_labels(row: Row, layer: str, spans: Iterable[Place]) -> Row:
    """Add to a record its layer, its spans and, for a claim, the labels derived from its voices."""
    derived: Row = {"layer": layer, "spans": [tuple(span) for span in spans]}
    if layer == "claim":
        voices = row["voices"]
        derived |= {
            "chain": " > ".join(voice["source"] for voice in voices),
            "author": voices[0]["commitment"],
            "inner": voices[-1]["commitment"],
            "act": voices[-1]["act"],
        }
    return row | derived


def match(a: Sequence[Row], b: Sequence[Row]) -> list[Pair]:
    """Pair records whose spans overlap, one to one, so that the sum of similarities is greatest.

    Raises:
        NotComparable: So many records share a place that pairing them would take quadratic time.
    """
    ours, theirs = [_Covered(row) for row in a], [_Covered(row) for row in b]
    owners = [column for column, each in enumerate(theirs) for _ in each.place]
    index = Stretches(stretch for each in theirs for stretch in each.place)
    limit = Limit("records", len(a) + len(b))
    edges = []
    for one in ours:
        touching = [owners[at] for start, end in one.place for at in index.touching(start, end)]
        limit.take(len(touching))
        edges.append({column: _similarity(one, theirs[column]) for column in sorted(set(touching))})
    return [(a[row], b[column]) for row, column in assign(edges)]


class _Covered:
    """A record with the characters that it covers and the words of its gist."""

    def __init__(self, row: Row) -> None:
        self.row = row
        self.place = place_of(Span(start, end) for start, end in row["spans"])
        self.words = set(row.get("gist", "").lower().split())


def _similarity(first: _Covered, second: _Covered) -> int:
    one, two = first.row, second.row
    common = shared(first.place, second.place)
    united = length(first.place) + length(second.place) - common
    # Several claims in one clause are distinguished by the words of their gists, several mentions at one pronoun by
    # their entities. No other label whose agreement is reported affects the pairing. Equal fields decide only between
    # pairings that are equally good, which would otherwise depend on the order of the records.
    alike = len(first.words & second.words)
    words = alike / max(1, len(first.words) + len(second.words) - alike)
    same_entity = "entity" in one and one["entity"] == two["entity"]
    similarity: int = round(_SCALE * (common / united + words + 0.25 * same_entity))
    return similarity * _FIELDS + sum(bool(two.get(name) == value) for name, value in one.items())


def layer_figures(layer: str, a: Sequence[Row], b: Sequence[Row], sentences: Sequence[Place]) -> list[Figure]:
    """Return the figures of one layer: the extents of its records, then each label of the paired ones."""
    pairs = match(a, b)
    index = _Sentences(sentences)
    exact = [pair for pair in pairs if pair[0]["spans"] == pair[1]["spans"]]
    found = []
    for name, matched in (("extent F1, exact", exact), ("extent F1, overlap", pairs)):
        sides = ([one for one, _ in matched], a, b)
        groups = [index.group((row["spans"][0][0], row) for row in rows) for rows in sides]
        counts = [[len(group) for group in each] for each in zip(*groups, strict=True)]
        found.append(figure(layer, name, counts, f1, f"{len(a)} / {len(b)}"))
    for label in LABELS[layer]:
        units = index.group((one["spans"][0][0], (str(one.get(label)), str(two.get(label)))) for one, two in pairs)
        found.append(figure(layer, f"{label}, α", units, alpha, str(len(pairs))))
    return found


class _Sentences:
    """Groups items by the sentence in which they begin."""

    def __init__(self, sentences: Sequence[Place]) -> None:
        self._number = len(sentences)
        self._index = Stretches(sentences)

    def group(self, items: Iterable[tuple[int, Any]]) -> list[list[Any]]:
        groups: list[list[Any]] = [[] for _ in range(self._number)]
        for offset, item in items:
            for number in self._index.touching(offset, offset + 1):
                groups[number].append(item)
        return groups


def figure(
    layer: str, name: str, groups: Sequence[Any], measure: Callable[[Sequence[Any]], float | None], items: str
) -> Figure:
    """Compute a figure of all groups, with its interval over resamples of the groups.

    Args:
        layer: The layer.
        name: The name of the measure.
        groups: The units of resampling, such as the counts or the items of each sentence.
        measure: Computes the figure of groups, or None without any item.
        items: The number of items, in words.
    """
    value, interval = measure(groups), None
    if value is not None and len(groups) > 1:
        chance = Random(_SEED)
        resampled = (measure(chance.choices(groups, k=len(groups))) for _ in range(RESAMPLES))
        known = sorted(each for each in resampled if each is not None)
        interval = Interval(known[int(0.025 * len(known))], known[int(0.975 * len(known)) - 1]) if known else None
    return Figure(layer, name, value, interval, items)


def f1(counts: Sequence[Sequence[int]]) -> float | None:
    """Compute F1 of groups of three counts: items of both, of A and of B; None if neither has any."""
    both, a, b = (sum(group[part] for group in counts) for part in range(3))
    return 2 * both / (a + b) if a + b else None


def alpha(groups: Sequence[Sequence[Item]]) -> float | None:
    """Compute Krippendorff's nominal alpha of two coders; 1 if they never differ, even with a single label.

    Args:
        groups: Items in groups, each with the labels of both coders.

    Raises:
        MissingExtra: NLTK is not installed.
    """
    units = [unit for group in groups for unit in group]
    if all(one == two for one, two in units):
        return 1.0 if units else None
    data = [
        (coder, str(index), label) for index, unit in enumerate(units) for coder, label in zip("ab", unit, strict=True)
    ]
    return float(need("nltk.metrics.agreement", "agreement").AnnotationTask(data=data).alpha())


# Arguments, by the records that they join.


def argument_figures(a: Mapping[Item, str], b: Mapping[Item, str]) -> list[Figure]:
    """Compute the agreement on which claims are joined, and on the kinds of the arguments in common.

    Args:
        a: The kinds of A's arguments by source and target.
        b: The same of B, with the ids of A.
    """
    shared = sorted(a.keys() & b.keys())
    counts = [[ends in a and ends in b, ends in a, ends in b] for ends in sorted(a.keys() | b.keys())]
    kinds = [[(a[ends], b[ends])] for ends in shared]
    return [
        figure("argument", "link F1", counts, f1, f"{len(a)} / {len(b)}"),
        figure("argument", "kind, α", kinds, alpha, str(len(shared))),
    ]


# Attribution, by token.


def token_figures(
    a: Sequence[Row], b: Sequence[Row], sentences: Sequence[Place], tokens: Sequence[Place]
) -> list[Figure]:
    """Compute the agreement on the source, cue and content of each token.

    Raises:
        NotComparable: The evidence of the claims is so long that labelling its characters would take quadratic time.
    """
    covered = sum(end - start for row in _attributed(chain(a, b)) for start, end in row["spans"])
    if covered > _COVERED + _COVERED_EACH * len(tokens):
        raise NotComparable(
            f"the evidence of attributed claims has {covered} characters; the limit is {_COVERED} plus "
            f"{_COVERED_EACH} for each token of the text"
        )
    found, index = [], _Sentences(sentences)
    for name, label in (("source", _label_sources), ("cue", _label_cues), ("content", _label_content)):
        one, two = label(a), label(b)
        units = index.group((start, (one.get(start, ""), two.get(start, ""))) for start, _ in tokens)
        found.append(figure("attribution", f"{name}, token α", units, alpha, str(len(tokens))))
    return found


def _attributed(rows: Iterable[Row]) -> list[Row]:
    return [row for row in rows if len(row["voices"]) > 1]


def _label_sources(rows: Iterable[Row]) -> dict[int, str]:
    # A token in several claims has the longest of their chains.
    labels: dict[int, str] = {}
    for row in sorted(_attributed(rows), key=lambda row: (len(row["voices"]), row["chain"])):
        labels |= dict.fromkeys(_characters(row), str(row["chain"]))
    return labels


def _label_cues(rows: Iterable[Row]) -> dict[int, str]:
    cues = [voice["cue"] for row in _attributed(rows) for voice in row["voices"][1:] if voice["cue"] is not None]
    return {offset: "cue" for start, end in cues for offset in range(start, end)}


def _label_content(rows: Iterable[Row]) -> dict[int, str]:
    return {offset: "content" for row in _attributed(rows) for offset in _characters(row)}


def _characters(row: Row) -> Iterable[int]:
    return chain.from_iterable(range(start, end) for start, end in row["spans"])
