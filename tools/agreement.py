"""How far two independent annotation passes agree: recomputed from the raw passes in `annotation/`.

Prints a table an article, one row a figure, with 95 % bootstrap intervals over sentences; `--write` puts them into the
data card, `--check` compares them with those that stand there.
Spans are matched one to one (by IoU, with SciPy's solver); coefficients are Krippendorff's alpha by NLTK.
A record is a line of JSON; the passes hold offsets, labels and our own gists, never the article's words.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, Final, TypeAlias

import numpy as np
from nltk.metrics.agreement import AnnotationTask
from scipy.optimize import linear_sum_assignment

ROOT: Final = Path(__file__).resolve().parent.parent
CARD: Final = ROOT / "docs" / "data-card.md"
RESAMPLES: Final = 200
BEGIN: Final = "<!-- {}: begin -->"
END: Final = "<!-- {}: end -->"

Row: TypeAlias = dict[str, Any]
Pair: TypeAlias = tuple[Row, Row]
Item: TypeAlias = tuple[str, str]

HEAD: Final = ("| layer | figure | value | 95 % interval | items |", "|---|---|---|---|---|")
COUNTED: Final = {
    "mention": "mentions",
    "time": "times",
    "quantity": "quantities",
    "event": "events",
    "relation": "relations",
    "claim": "claims",
}
"""The layers whose completeness is reported, and the tables that hold them."""

LABELS: Final[dict[str, tuple[str, ...]]] = {
    "mention": ("entity", "form", "metonym"),
    "time": ("kind", "value"),
    "quantity": ("value", "unit", "comparator"),
    "quotation": ("kind", "speaker"),
    "event": ("kind", "status", "when"),
    "relation": ("predicate", "subject", "object", "during"),
    "claim": ("kind", "ground", "chain", "author", "inner", "act"),
}
"""The layers and, for each, the labels compared on matched records."""


def main(arguments: list[str]) -> int:
    """Print the tables, compare them with the data card's, or put them there; return the exit code."""
    tables = {"agreement": _table(_passes("a"), _passes("b")), "agreement harbour-toll": _table_of_documents()}
    card = updated = CARD.read_text("utf-8")
    for name, lines in tables.items():
        before, _, rest = updated.partition(BEGIN.format(name))
        after = rest.partition(END.format(name))[2]
        updated = f"{before}{BEGIN.format(name)}\n\n{_lines(lines)}\n{END.format(name)}{after}"
    if "--check" in arguments:
        sys.stdout.write("the agreement tables are " + ("up to date\n" if updated == card else "out of date\n"))
        return int(updated != card)
    if "--write" in arguments:
        CARD.write_text(updated, "utf-8", newline="\n")
    else:
        sys.stdout.write("\n".join(map(_lines, tables.values())))
    return 0


def _lines(table: list[str]) -> str:
    return "".join(f"{line}\n" for line in table)


def _passes(name: str) -> list[Row]:
    lines = (ROOT / "annotation" / "passes" / f"{name}.jsonl").read_text("utf-8").splitlines()
    return [_with_derived(json.loads(line)) for line in lines]


def _with_derived(row: Row) -> Row:
    spans = [row["span"]] if row.get("span") else row.get("evidence", [])
    derived: Row = {"spans": [tuple(span) for span in spans]}
    if row["layer"] == "claim":
        voices = row["voices"]
        derived |= {
            "chain": " > ".join(voice["source"] for voice in voices),
            "author": voices[0]["commitment"],
            "inner": voices[-1]["commitment"],
            "act": voices[-1]["act"],
        }
    return row | derived


def _table(a: list[Row], b: list[Row]) -> list[str]:
    sentences = [tuple(span) for span in json.loads((ROOT / "annotation" / "sentences.json").read_text("utf-8"))]
    lines = list(HEAD)
    for layer, labels in LABELS.items():
        lines += _layer_rows(layer, labels, [row for row in a if row["layer"] == layer], _of(b, layer), sentences)
    tokens = _token_rows(_of(a, "claim"), _of(b, "claim"), sentences)
    return [*lines, *tokens, *_link_rows(), *_second_round_rows(), *_completeness_rows()]


def _of(rows: list[Row], layer: str) -> list[Row]:
    return [row for row in rows if row["layer"] == layer]


def _layer_rows(
    layer: str, labels: Sequence[str], a: list[Row], b: list[Row], sentences: list[tuple[int, int]]
) -> list[str]:
    pairs = match(a, b)
    exact = [pair for pair in pairs if pair[0]["spans"] == pair[1]["spans"]]
    rows = []
    for figure, matched in (("extent F1, exact", exact), ("extent F1, overlap", pairs)):
        counts = [
            [_count(matched_at, start, end) for matched_at in ([p[0] for p in matched], a, b)]
            for start, end in sentences
        ]
        rows.append(_row(layer, figure, counts, _f1, f"{len(a)} / {len(b)}"))
    for label in labels:
        units = [
            [(str(p[0].get(label)), str(p[1].get(label))) for p in pairs if _starts_in(p[0], start, end)]
            for start, end in sentences
        ]
        rows.append(_row(layer, f"{label}, α", units, _alpha_of, str(len(pairs))))
    return rows


def _count(rows: Iterable[Row], start: int, end: int) -> int:
    return sum(_starts_in(row, start, end) for row in rows)


def _starts_in(row: Row, start: int, end: int) -> bool:
    return bool(start <= row["spans"][0][0] < end)


def _row(layer: str, figure: str, groups: list[Any], value: Callable[[list[Any]], float], items: str) -> str:
    drawn = random.Random(2019)
    resampled = sorted(value(drawn.choices(groups, k=len(groups))) for _ in range(RESAMPLES))
    low, high = resampled[int(0.025 * RESAMPLES)], resampled[int(0.975 * RESAMPLES) - 1]
    return f"| {layer} | {figure} | {value(groups):.2f} | {low:.2f}–{high:.2f} | {items} |"


def _f1(counts: list[list[int]]) -> float:
    both, a, b = (sum(group[part] for group in counts) for part in range(3))
    return 2 * both / (a + b) if a + b else 1.0


def _alpha_of(groups: list[list[Item]]) -> float:
    return alpha([unit for group in groups for unit in group])


def alpha(units: list[Item]) -> float:
    """Krippendorff's nominal alpha of two coders; 1 where both always give one and the same label."""
    if len({label for unit in units for label in unit}) < 2:
        return 1.0
    data = [
        (coder, str(index), label) for index, unit in enumerate(units) for coder, label in zip("ab", unit, strict=True)
    ]
    return float(AnnotationTask(data=data).alpha())


def match(a: list[Row], b: list[Row]) -> list[Pair]:
    """Pair records whose places overlap, one to one, so that the sum of likenesses is greatest."""
    if not (a and b):
        return []
    likeness = np.array([[_likeness(one, two) for two in b] for one in a])
    rows, columns = linear_sum_assignment(likeness, maximize=True)
    return [(a[i], b[j]) for i, j in zip(rows, columns, strict=True) if likeness[i, j] > 0]


def _likeness(one: Row, two: Row) -> float:
    first, second = _characters(one), _characters(two)
    shared = len(first & second)
    if not shared:
        return 0.0
    # Where several claims stand in one clause, the words of the gists tell which is which; where one pronoun stands for
    # two entities, the entity does. No label whose agreement is reported takes part, but for that one.
    gists = [set(row.get("gist", "").lower().split()) for row in (one, two)]
    words = len(gists[0] & gists[1]) / max(1, len(gists[0] | gists[1]))
    same_entity = "entity" in one and one["entity"] == two["entity"]
    return shared / len(first | second) + words + 0.25 * same_entity


def _characters(row: Row) -> set[int]:
    return {offset for start, end in row["spans"] for offset in range(start, end)}


# Argument links, which were annotated on the adjudicated claims and so have an extent in common.


def _link_rows() -> list[str]:
    return _rows_of_links(_links("a"), _links("b"))


def _rows_of_links(a: dict[tuple[str, str], str], b: dict[tuple[str, str], str]) -> list[str]:
    shared = sorted(a.keys() & b.keys())
    counts = [[link in a and link in b, link in a, link in b] for link in sorted(a.keys() | b.keys())]
    kinds = [[(a[link], b[link])] for link in shared]
    return [
        _row("argument", "link F1", counts, _f1, f"{len(a)} / {len(b)}"),
        _row("argument", "kind, α", kinds, _alpha_of, str(len(shared))),
    ]


def _links(name: str) -> dict[tuple[str, str], str]:
    lines = (ROOT / "annotation" / "arguments" / f"{name}.jsonl").read_text("utf-8").splitlines()
    rows = {row["id"]: row for row in map(json.loads, lines)}
    # An undercut names a link, whose id is the reader's own; the claims it joins are not.
    ends = {link: f"{row['source']} -> {row['target']}" for link, row in rows.items()}
    return {(row["source"], ends.get(row["target"], row["target"])): row["kind"] for row in rows.values()}


# The passes over `harbour-toll`, each a document of the file format; the links join the claims of each reader.


def _table_of_documents() -> list[str]:
    one, two = (json.loads((ROOT / "annotation" / "harbour-toll" / f"{name}.json").read_bytes()) for name in "ab")
    a, b = _rows_of(one), _rows_of(two)
    sentences = [_pair(sentence["span"]) for sentence in one["source"]["sentences"]]
    lines = list(HEAD)
    for layer, labels in LABELS.items():
        lines += _layer_rows(layer, labels, _of(a, layer), _of(b, layer), sentences)
    same = {second["id"]: first["id"] for first, second in match(_of(a, "claim"), _of(b, "claim"))}
    return [*lines, *_rows_of_links(_ends(one["arguments"], {}), _ends(two["arguments"], same))]


def _rows_of(document: Row) -> list[Row]:
    rows = []
    for layer in LABELS:
        for record in document["quantities" if layer == "quantity" else f"{layer}s"]:
            spans = [record["span"]] if "span" in record else record["evidence"]
            rows.append(_with_derived({**record, "layer": layer, "span": None, "evidence": [*map(_pair, spans)]}))
    return rows


def _pair(span: Row) -> tuple[int, int]:
    return span["start"], span["end"]


def _ends(links: list[Row], same: dict[str, str]) -> dict[tuple[str, str], str]:
    by_id = {link["id"]: link for link in links}

    def name(end: str) -> str:
        # An undercut names a link, whose id is the reader's own; the claims it joins are matched.
        link = by_id.get(end)
        return same.get(end, end) if link is None else f"{name(link['source'])} -> {name(link['target'])}"

    return {(name(link["source"]), name(link["target"])): link["kind"] for link in links}


# The second round: what was annotated again after a rule had been mended.


def _second_round_rows() -> list[str]:
    a, b = (_rows_by_record(name) for name in "ab")
    events = [(_spans(a[key]), _spans(b[key])) for key in a if key[0] == "event"]
    exact = [[len(one & two), len(one), len(two)] for one, two in events]
    touching = [[min(_touching(one, two), _touching(two, one)), len(one), len(two)] for one, two in events]
    units = [[(str(a[key]["unit"]), str(b[key]["unit"]))] for key in a if key[0] == "quantity"]
    intervals = [[(str(a[key]["during"]), str(b[key]["during"]))] for key in a if key[0] == "relation"]
    return [
        _row("event, second round", "extent F1, exact", exact, _f1, str(len(events))),
        _row("event, second round", "extent F1, overlap", touching, _f1, str(len(events))),
        _row("quantity, second round", "unit, α", units, _alpha_of, str(len(units))),
        _row("relation, second round", "during, α", intervals, _alpha_of, str(len(intervals))),
    ]


def _rows_by_record(name: str) -> dict[tuple[str, str], Row]:
    lines = (ROOT / "annotation" / "second-round" / f"{name}.jsonl").read_text("utf-8").splitlines()
    return {(row["layer"], row["id"]): row for row in map(json.loads, lines)}


def _spans(row: Row) -> set[tuple[int, int]]:
    return {(start, end) for start, end in row["evidence"]}


def _touching(one: set[tuple[int, int]], two: set[tuple[int, int]]) -> int:
    return sum(any(start < last and first < end for first, last in two) for start, end in one)


# Completeness: the share of the first edition's records that stood before the adversarial reading (a pseudo-recall).


def _completeness_rows() -> list[str]:
    lines = (ROOT / "annotation" / "third-reading.jsonl").read_text("utf-8").splitlines()
    findings = [json.loads(line) for line in lines]
    ids = json.loads((ROOT / "annotation" / "ids.json").read_text("utf-8"))
    return [_completeness(layer, len(ids[table]), findings) for layer, table in COUNTED.items()]


def _completeness(layer: str, total: int, findings: list[Row]) -> str:
    added = sum(
        row["layer"] == layer and row["problem"] == "missing" and row["outcome"] == "accepted" for row in findings
    )
    return _row(layer, "completeness", [[record >= added] for record in range(total)], _share, str(total))


def _share(groups: list[list[bool]]) -> float:
    return sum(group[0] for group in groups) / len(groups)


# Attribution, token by token.


def _token_rows(a: list[Row], b: list[Row], sentences: list[tuple[int, int]]) -> list[str]:
    tokens = json.loads((ROOT / "annotation" / "tokens.json").read_text("utf-8"))
    rows = []
    for figure, paint in (("source", _sources), ("cue", _cues), ("content", _contents)):
        one, two = paint(a), paint(b)
        units = [
            [(one.get(token[0], ""), two.get(token[0], "")) for token in tokens if start <= token[0] < end]
            for start, end in sentences
        ]
        rows.append(_row("attribution", f"{figure}, token α", units, _alpha_of, str(len(tokens))))
    return rows


def _inner(rows: list[Row]) -> list[Row]:
    return [row for row in rows if len(row["voices"]) > 1]


def _sources(rows: list[Row]) -> dict[int, str]:
    # Of several chains over one token the longest speaks for it.
    painted: dict[int, str] = {}
    for row in sorted(_inner(rows), key=lambda row: (len(row["voices"]), row["chain"])):
        painted |= dict.fromkeys(_characters(row), str(row["chain"]))
    return painted


def _cues(rows: list[Row]) -> dict[int, str]:
    spans = [voice["cue"] for row in _inner(rows) for voice in row["voices"][1:]]
    return {offset: "cue" for start, end in spans for offset in range(start, end)}


def _contents(rows: list[Row]) -> dict[int, str]:
    return {offset: "content" for row in _inner(rows) for offset in _characters(row)}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
