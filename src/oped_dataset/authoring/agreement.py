"""How far two annotators agree, as figures: extents, labels, attribution token by token, links.

Here: pairing the records of two annotators by their places, the figures, and their bootstrap intervals.
Not here: which records of two articles are meant (`comparing.py`), and the scoring of a system by a gold
annotation, where one side is right (`scoring/`).

Extents are compared by F1, which is the same whichever annotator comes first; labels of paired records by
Krippendorff's alpha for nominal data (Krippendorff 2013), which NLTK computes (extra `agreement`). An interval is the
percentile interval of a bootstrap over sentences.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from random import Random
from typing import Any, Final, NamedTuple, TypeAlias

from oped_dataset.extras import need
from oped_dataset.scoring.assignment import assign
from oped_dataset.scoring.resampling import Interval

Row: TypeAlias = dict[str, Any]
"""A record as plain data, with its `layer`, its places as pairs under `spans`, and the labels of `LABELS`."""

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
"""The layers and, for each, the labels compared on paired records."""

RESAMPLES: Final = 200
_SEED: Final = 2019
_SCALE: Final = 10**12
"""Likenesses are paired as whole numbers of this part, so that equal ones are equal."""

_FIELDS: Final = 10**6
"""More fields than the records of a text have that are equal."""


class Figure(NamedTuple):
    """One figure of agreement.

    Attributes:
        layer: The layer, such as `claim`; `attribution` for the figures of tokens.
        name: What is measured, such as `extent F1, exact` or `kind, α`.
        value: The figure; None where there is nothing to measure.
        interval: Where it lies in 95 % of the resamples; None where that cannot be said.
        items: How many items of each annotator, or how many in common, it rests on.
    """

    layer: str
    name: str
    value: float | None
    interval: Interval | None
    items: str


def with_labels(row: Row, layer: str, spans: Iterable[Place]) -> Row:
    """Add to a record its layer, its places and, to a claim, the labels made of its voices."""
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
    """Pair records whose places overlap, one to one, so that the sum of likenesses is greatest."""
    places = [characters(row) for row in b]
    edges = [
        {column: weight for column, two in enumerate(b) if (weight := _likeness(one, mine, two, places[column]))}
        for one, mine in ((one, characters(one)) for one in a)
    ]
    return [(a[row], b[column]) for row, column in assign(edges)]


def characters(row: Row) -> set[int]:
    """The offsets a record covers."""
    return {offset for start, end in row["spans"] for offset in range(start, end)}


def _likeness(one: Row, first: set[int], two: Row, second: set[int]) -> int:
    shared = len(first & second)
    if not shared:
        return 0
    # Where several claims stand in one clause, the words of the gists tell which is which; where one pronoun stands for
    # two entities, the entity does. No other label whose agreement is reported takes part. Equal fields decide only
    # between pairings that are equally good, which would otherwise hang on the order of the records.
    gists = [set(row.get("gist", "").lower().split()) for row in (one, two)]
    words = len(gists[0] & gists[1]) / max(1, len(gists[0] | gists[1]))
    same_entity = "entity" in one and one["entity"] == two["entity"]
    likeness: int = round(_SCALE * (shared / len(first | second) + words + 0.25 * same_entity))
    return likeness * _FIELDS + sum(bool(two.get(name) == value) for name, value in one.items())


def layer_figures(layer: str, a: Sequence[Row], b: Sequence[Row], sentences: Sequence[Place]) -> list[Figure]:
    """The figures of one layer: where its records stand, then each label of those that are paired."""
    pairs = match(a, b)
    exact = [pair for pair in pairs if pair[0]["spans"] == pair[1]["spans"]]
    found = []
    for name, matched in (("extent F1, exact", exact), ("extent F1, overlap", pairs)):
        counts = [[_count(rows, sentence) for rows in ([one for one, _ in matched], a, b)] for sentence in sentences]
        found.append(figure(layer, name, counts, f1, f"{len(a)} / {len(b)}"))
    for label in LABELS[layer]:
        units = [
            [(str(one.get(label)), str(two.get(label))) for one, two in pairs if _starts_in(one, sentence)]
            for sentence in sentences
        ]
        found.append(figure(layer, f"{label}, α", units, alpha, str(len(pairs))))
    return found


def _count(rows: Iterable[Row], sentence: Place) -> int:
    return sum(_starts_in(row, sentence) for row in rows)


def _starts_in(row: Row, sentence: Place) -> bool:
    return bool(sentence[0] <= row["spans"][0][0] < sentence[1])


def figure(
    layer: str, name: str, groups: Sequence[Any], measure: Callable[[Sequence[Any]], float | None], items: str
) -> Figure:
    """A figure of all groups, with its interval over resamples of them.

    Args:
        layer: The layer.
        name: What is measured.
        groups: What is drawn again, such as the counts or the items of each sentence.
        measure: Computes the figure of some groups; None where there is nothing to measure.
        items: How many items it rests on.
    """
    value, interval = measure(groups), None
    if value is not None and len(groups) > 1:
        chance = Random(_SEED)
        resampled = (measure(chance.choices(groups, k=len(groups))) for _ in range(RESAMPLES))
        known = sorted(each for each in resampled if each is not None)
        interval = Interval(known[int(0.025 * len(known))], known[int(0.975 * len(known)) - 1]) if known else None
    return Figure(layer, name, value, interval, items)


def f1(counts: Sequence[Sequence[int]]) -> float | None:
    """F1 of groups of three counts: what both have, what A has, what B has; None where neither has anything."""
    both, a, b = (sum(group[part] for group in counts) for part in range(3))
    return 2 * both / (a + b) if a + b else None


def alpha(groups: Sequence[Sequence[Item]]) -> float | None:
    """Krippendorff's nominal alpha of two coders; 1 where they never differ, even if there is one label only.

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


# Links between claims, by their ends.


def link_figures(a: Mapping[Item, str], b: Mapping[Item, str]) -> list[Figure]:
    """How far two annotators link the same claims, and of the links in common, by the same kind.

    Args:
        a: The kinds of A's links by their ends.
        b: The same of B, with the ends named as A names them.
    """
    shared = sorted(a.keys() & b.keys())
    counts = [[link in a and link in b, link in a, link in b] for link in sorted(a.keys() | b.keys())]
    kinds = [[(a[link], b[link])] for link in shared]
    return [
        figure("argument", "link F1", counts, f1, f"{len(a)} / {len(b)}"),
        figure("argument", "kind, α", kinds, alpha, str(len(shared))),
    ]


# Attribution, token by token.


def token_figures(
    a: Sequence[Row], b: Sequence[Row], sentences: Sequence[Place], tokens: Sequence[Place]
) -> list[Figure]:
    """How far two annotators attribute the same tokens to the same chains, by the same words."""
    found = []
    for name, paint in (("source", _sources), ("cue", _cues), ("content", _contents)):
        one, two = paint(a), paint(b)
        units = [
            [(one.get(start, ""), two.get(start, "")) for start, _ in tokens if sentence[0] <= start < sentence[1]]
            for sentence in sentences
        ]
        found.append(figure("attribution", f"{name}, token α", units, alpha, str(len(tokens))))
    return found


def _inner(rows: Iterable[Row]) -> list[Row]:
    return [row for row in rows if len(row["voices"]) > 1]


def _sources(rows: Iterable[Row]) -> dict[int, str]:
    # Of several chains over one token the longest speaks for it.
    painted: dict[int, str] = {}
    for row in sorted(_inner(rows), key=lambda row: (len(row["voices"]), row["chain"])):
        painted |= dict.fromkeys(characters(row), str(row["chain"]))
    return painted


def _cues(rows: Iterable[Row]) -> dict[int, str]:
    cues = [voice["cue"] for row in _inner(rows) for voice in row["voices"][1:] if voice["cue"] is not None]
    return {offset: "cue" for start, end in cues for offset in range(start, end)}


def _contents(rows: Iterable[Row]) -> dict[int, str]:
    return {offset: "content" for row in _inner(rows) for offset in characters(row)}
