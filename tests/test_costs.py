"""Every door, with articles that are as costly as articles of their length can be: linear, or refused."""

from __future__ import annotations

import json
import tracemalloc
from collections.abc import Callable
from functools import partial
from typing import Any, TypeAlias

import attrs
import pytest
from growth import steps, without_text
from judges import need
from worst import SHAPES, honest, many_sentences, nested, one_place

from oped_dataset import (
    Article,
    dumps,
    explore,
    explore_errors,
    export,
    fingerprint,
    formats,
    from_data,
    from_records,
    lint,
    loads,
    passages,
    render,
    score,
    to_data,
    to_records,
    validate,
)
from oped_dataset.authoring import adjudicate
from oped_dataset.cli import records as shown
from oped_dataset.cli import timeline
from oped_dataset.errors import InvalidImport, NotComparable, NotExportable
from oped_dataset.exports import from_brat, from_label_studio, from_parquet, from_tables, from_web_annotation

pytestmark = pytest.mark.slow

SIZES = (12, 24, 48)
Prepare: TypeAlias = Callable[[Article], Callable[[], object]]
"""Prepares the call that is measured."""


def _records_of(article: Article) -> list[Any]:
    return [record for table in article.tables.values() for record in table]


def _attached(article: Article, copy: str) -> object:
    attached = without_text(article).attach(copy)
    return [attached.coverage, attached.lost, attached.to_article()]


def _careful(article: Article) -> Callable[[], object]:
    document = dumps(article)[:-3] + b', "novel": 1}'
    return lambda: render({"a.json": validate(document)}, "json")


def _again(name: str, read: Callable[[Any], Article]) -> Prepare:
    def prepare(article: Article) -> Callable[[], object]:
        made = export(article, name)
        return partial(read, json.loads(made["tasks.json"]) if name == "label-studio" else made)

    return prepare


def _renamed(article: Article) -> Article:
    """The annotation of somebody who chose other gists and no arguments."""
    claims = [attrs.evolve(claim, gist=f"{claim.gist} Or so.") for claim in article.claims]
    return attrs.evolve(article, claims=claims, arguments=())


def _call(work: Callable[[Article], object]) -> Prepare:
    return lambda article: partial(work, article)


# The other formats are made from one of these, or like it.
MADE = {"brat", "cas", "datapackage", "docbin", "graphml", "label-studio", "pandas", "parquet", "stam", "turtle"}
FORMATS = [each for each in formats() if each.name in {*MADE, "tables", "web-annotation"}]
DOORS: dict[str, Prepare] = {
    **{f"to {each.name}": _call(partial(export, name=each.name)) for each in FORMATS},
    "from brat": _again("brat", from_brat),
    "from label-studio": _again("label-studio", from_label_studio),
    "from web-annotation": _again("web-annotation", from_web_annotation),
    "from tables": _again("tables", from_tables),
    "from parquet": _again("parquet", from_parquet),
    "dumps": _call(dumps),
    "loads": lambda article: partial(loads, dumps(article)),
    "from_data": lambda article: partial(from_data, to_data(article)),
    "careful reader": _careful,
    "validate": _call(validate),
    "attach": _call(lambda article: _attached(article, f"Home\n{article.source.text}")),
    "attach edited": _call(lambda article: _attached(article, str(article.source.text).replace("0.", "1."))),
    "fingerprint": _call(lambda article: fingerprint(article, str(article.source.text))),
    "explore": _call(explore),
    "to_records": _call(to_records),
    "from_records": lambda article: partial(from_records, to_records(article), like=article),
    "repr": _call(lambda article: [repr(each) for each in (article, *_records_of(article))]),
    "about": _call(lambda article: str(article.about("maro"))),
    "lint": _call(lint),
    "passages": _call(lambda article: passages(str(article.source.text), limit=60, like=article)),
    "show": _call(lambda article: list(shown.in_full(article, article.claims[0]))),
    "show argument": _call(lambda article: list(shown.in_full(article, article.arguments[-1]))),
    "timeline": _call(lambda article: list(timeline.blocks(article, list(article.timeline()), list(article.events)))),
    "notebook": _call(lambda article: [table._repr_html_() for table in article.tables.values()]),
    "explore_errors": _call(lambda article: explore_errors(score(article, article))),
    "errors as text": _call(lambda article: str(score(article, article).errors("claims"))),
    "adjudicate": _call(lambda article: adjudicate(article, _renamed(article), {}, rest="a")),
}

# The rows of tables repeat the chain of a claim that carries many records, so that the tables themselves grow; and
# articles of these sizes are below the numbers of comparisons from which on these doors refuse or stop.
REPEATING = [
    ("from tables", nested),
    ("from parquet", nested),
    ("lint", one_place),
    ("lint", many_sentences),
    *(
        (door, shape)
        for door in ("explore_errors", "errors as text", "adjudicate")
        for shape in (one_place, many_sentences, nested)
    ),
]


def _refused_or(prepare: Prepare, article: Article) -> int | None:
    """Count the steps of a call; None if the article is refused."""
    try:
        return steps(prepare(article))
    except (NotExportable, NotComparable):
        return None


@pytest.mark.parametrize(
    ("door", "shape"),
    [(door, shape) for door in DOORS for shape in SHAPES if (door, shape) not in REPEATING],
)
def test_a_door_takes_steps_in_proportion_or_refuses(door: str, shape: Callable[[int], Article]) -> None:
    for each in FORMATS:
        if door.endswith(f" {each.name}"):
            need(each)
    # The first call fills the caches.
    DOORS[door](honest(3))()

    few, some, many = (_refused_or(DOORS[door], shape(size)) for size in SIZES)
    assert many is None or (few is not None and some is not None and many - some <= 2 * 1.3 * (some - few))


def _peak(work: Callable[[], object]) -> int:
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("damage", [b"", b', "novel": 1}', b', "claims": 1}', b"]"])
@pytest.mark.parametrize("shape", [many_sentences, nested])
def test_reading_takes_at_most_forty_times_the_memory_of_the_document(
    damage: bytes, shape: Callable[[int], Article]
) -> None:
    document = dumps(shape(48))
    document = document[:-3] + damage if damage else document

    assert _peak(lambda: validate(document)) <= 40 * len(document)


@pytest.mark.parametrize("unit", [b"[],", b"{},", b'{"a":[]},'])
def test_very_many_small_lists_and_objects_are_refused(unit: bytes) -> None:
    report = validate(b"[" + unit * 10_001 + b"0]")

    assert [(each.code, each.message, each.hint) for each in report.problems] == [
        (
            "OPED-too-large",
            "the document has more than one opening bracket for each 16 of its characters",
            "check whether it is an article, which has one for about 50 characters",
        )
    ]


def _of(unit: bytes, number: int) -> bytes:
    return b'{"x": [' + b",".join(unit % index for index in range(number)) + b"]"


UNITS = [b"[%15d]", b'{"a%d":"bcdefgh"}', b'"%d"', b"%d", b"%d.5", b'"\\u00e9%d"', b'"\xf0\x9f\x98\x80%d"']


@pytest.mark.parametrize("end", [b"}", b', "x": 1}', b"]"])
@pytest.mark.parametrize("unit", UNITS)
def test_reading_small_values_takes_at_most_forty_times_the_memory_of_the_document(unit: bytes, end: bytes) -> None:
    document = _of(unit, 20_000) + end

    assert _peak(lambda: validate(document)) <= 40 * len(document)


def test_the_regions_that_an_importer_rejects_are_counted_beyond_a_thousand() -> None:
    article = honest(3)
    tasks = json.loads(export(article, "label-studio")["tasks.json"])
    (region,) = (
        each for each in tasks[0]["predictions"][0]["result"] if each.get("id") == "c0" and each["type"] == "labels"
    )
    tasks[0]["predictions"][0]["result"] += [
        {**region, "id": f"new{number}", "value": {**region["value"], "labels": ["Unknown"]}} for number in range(1200)
    ]

    with pytest.raises(InvalidImport) as caught:
        from_label_studio(tasks)

    lines = str(caught.value).split("\n")
    assert (len(lines), lines[-1]) == (1001, "… and 200 more")
