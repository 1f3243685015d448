"""Compute the agreement of two independent annotation passes from the raw passes in `annotation/`.

Prints a table for each article, one row for each figure, with 95 % bootstrap intervals over sentences; `--write` puts
the tables into the data card, `--check` compares them with it.
Here: reading the passes, the second round and completeness.
Not here: the figures (`oped_dataset.authoring.compare_annotations`).
A record is a line of JSON; the passes contain offsets, labels and gists, never words of the article.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, TypeAlias

from oped_dataset import load_path
from oped_dataset.authoring import agreement
from oped_dataset.authoring.agreement import Figure, Item, Row
from oped_dataset.authoring.comparing import compare_annotations

ROOT: Final = Path(__file__).resolve().parent.parent
CARD: Final = ROOT / "docs" / "data-card.md"
PASSES: Final = ROOT / "annotation"
BEGIN: Final = "<!-- {}: begin -->"
END: Final = "<!-- {}: end -->"
HEAD: Final = ("| layer | figure | value | 95 % interval | items |", "|---|---|---|---|---|")
COUNTED: Final = {
    "mention": "mentions",
    "time": "times",
    "quantity": "quantities",
    "event": "events",
    "relation": "relations",
    "claim": "claims",
}
"""The layers whose completeness is reported, and their tables."""

Spans: TypeAlias = set[tuple[int, int]]


def main(arguments: list[str]) -> int:
    """Print the tables, compare them with the data card, or write them to it; return the exit code."""
    documents = compare_annotations(*(load_path(PASSES / "harbour-toll" / f"{name}.json") for name in "ab"))
    tables = {
        "agreement": [*_of_passes(), *_of_second_round(), *_of_completeness(), *_of_second_edition()],
        # The card has attribution by token for the real article only.
        "agreement harbour-toll": [each for each in documents.agreement if each.layer != "attribution"],
    }
    lines = {name: "".join(f"{line}\n" for line in (*HEAD, *map(_line, table))) for name, table in tables.items()}
    card = updated = CARD.read_text("utf-8")
    for name, table in lines.items():
        before, _, rest = updated.partition(BEGIN.format(name))
        after = rest.partition(END.format(name))[2]
        updated = f"{before}{BEGIN.format(name)}\n\n{table}\n{END.format(name)}{after}"
    if "--check" in arguments:
        sys.stdout.write("the agreement tables are " + ("up to date\n" if updated == card else "out of date\n"))
        return int(updated != card)
    if "--write" in arguments:
        CARD.write_text(updated, "utf-8", newline="\n")
    else:
        sys.stdout.write("\n".join(lines.values()))
    return 0


def _line(figure: Figure) -> str:
    low, high = figure.interval or (0, 0)
    return f"| {figure.layer} | {figure.name} | {figure.value:.2f} | {low:.2f}–{high:.2f} | {figure.items} |"


def _read(name: str) -> Any:
    content = (PASSES / name).read_text("utf-8")
    return [json.loads(line) for line in content.splitlines()] if name.endswith("l") else json.loads(content)


# The passes over the real article, and the arguments, which were annotated on the adjudicated claims.


def _of_passes() -> Iterator[Figure]:
    a, b = (_by_layer(_read(f"passes/{name}.jsonl")) for name in "ab")
    sentences = [tuple(span) for span in _read("sentences.json")]
    for layer in agreement.LABELS:
        yield from agreement.layer_figures(layer, a[layer], b[layer], sentences)
    yield from agreement.token_figures(a["claim"], b["claim"], sentences, _read("tokens.json"))
    yield from agreement.argument_figures(*(_links(_read(f"arguments/{name}.jsonl")) for name in "ab"))


def _by_layer(rows: list[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {layer: [] for layer in agreement.LABELS}
    for row in rows:
        if row["layer"] in found:
            spans = [row["span"]] if row.get("span") else row["evidence"]
            found[row["layer"]].append(agreement.with_labels(row, row["layer"], spans))
    return found


def _links(rows: list[Row]) -> dict[Item, str]:
    # An undercut refers to an argument, whose id differs between the annotators; the ids of claims do not.
    ends = {str(row["id"]): f"{row['source']} -> {row['target']}" for row in rows}
    return {(row["source"], ends.get(row["target"], str(row["target"]))): row["kind"] for row in rows}


# Layers annotated again on known records: in the first edition after a change of rules, and for the second edition.


def _of_second_round() -> Iterator[Figure]:
    yield from _of_known_records("second round", "second-round", (("quantity", "unit"), ("relation", "during")))


def _of_second_edition() -> Iterator[Figure]:
    labels = (("event", "status"), ("claim", "ground"))
    yield from _of_known_records("second edition", "second-readings", labels)
    rows = ([row for row in _read(f"second-readings/{name}.jsonl") if row["layer"] == "argument"] for name in "ab")
    links = ({(row["source"], row["target"]): row["kind"] for row in each} for each in rows)
    for figure in agreement.argument_figures(*links):
        yield figure._replace(layer="argument, second edition")


def _of_known_records(time: str, folder: str, labels: tuple[tuple[str, str], ...]) -> Iterator[Figure]:
    a, b = ({(row["layer"], row["id"]): row for row in _read(f"{folder}/{name}.jsonl") if "id" in row} for name in "ab")
    events = [[{tuple(span) for span in rows[key]["evidence"]} for rows in (a, b)] for key in a if key[0] == "event"]
    exact = [[len(one & two), len(one), len(two)] for one, two in events]
    touching = [[min(_touching(one, two), _touching(two, one)), len(one), len(two)] for one, two in events]
    for name, counts in (("exact", exact), ("overlap", touching)):
        yield agreement.figure(f"event, {time}", f"extent F1, {name}", counts, agreement.f1, str(len(events)))
    for layer, label in labels:
        units = [[(str(a[key][label]), str(b[key][label]))] for key in a if key[0] == layer]
        yield agreement.figure(f"{layer}, {time}", f"{label}, α", units, agreement.alpha, str(len(units)))


def _touching(one: Spans, two: Spans) -> int:
    return sum(any(start < last and first < end for first, last in two) for start, end in one)


# Completeness: the share of the first edition's records that existed before the adversarial reading (a pseudo-recall).


def _of_completeness() -> Iterator[Figure]:
    findings, ids = _read("third-reading.jsonl"), _read("ids.json")
    for layer, table in COUNTED.items():
        added = sum(
            (row["layer"], row["problem"], row["outcome"]) == (layer, "missing", "accepted") for row in findings
        )
        stood = [record >= added for record in range(len(ids[table]))]
        yield agreement.figure(layer, "completeness", stood, lambda group: sum(group) / len(group), str(len(stood)))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
