"""Comparing two annotations: pairing their records, and listing the differences."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import attrs
import pytest
from small import place

from oped_dataset import Article, Span, load, load_path
from oped_dataset.authoring import Draft, compare_annotations
from oped_dataset.authoring.agreement import token_figures
from oped_dataset.authoring.comparing import compare_records
from oped_dataset.codec import wire
from oped_dataset.errors import NotComparable
from oped_dataset.model.article import TABLES
from oped_dataset.validation.rules import references

PASSES = Path(__file__).parents[2] / "annotation" / "harbour-toll"


def renamed(article: Article, seed: int = 1) -> Article:
    """The same article with different ids and shuffled tables, as a second annotator might produce."""
    data, chance = wire.to_data(article), random.Random(seed)
    ids = [record for table in TABLES for record in getattr(article, table).ids]
    new = dict(zip(ids, (f"r{number}" for number in chance.sample(range(len(ids)), len(ids))), strict=True))
    for steps, record, _ in references(article):
        *path, last = steps
        holder: Any = data
        for step in path:
            holder = holder[step]
        holder[last] = new[record]
    for table in TABLES:
        data[table] = chance.sample([row | {"id": new[row["id"]]} for row in data[table]], len(data[table]))
    return wire.from_data(data | {"errata": []})


def words(a: Article, b: Article) -> list[tuple[str, str, tuple[str, str]]]:
    return [(each.id, each.layer, each.words) for each in compare_records(a, b)[2]]


@pytest.mark.parametrize("seed", range(3))
def test_ids_and_the_order_of_records_make_no_difference(seed: int) -> None:
    article = load("harbour-toll")

    assert words(article, renamed(article, seed)) == []


def test_a_label_that_differs_is_listed_with_both_values(article: Article, small: dict[str, Any]) -> None:
    small["claims"][0]["ground"] = "anecdote"
    small["claims"][1]["voices"][1]["commitment"] = "probable"
    other = wire.from_data(small)

    first, second = compare_records(article, renamed(other))[2]

    assert (first.labels, second.labels) == (
        {"ground": ("bare", "anecdote")},
        {"voices.1.commitment": ("certain", "probable")},
    )
    assert (first.layer, first.place, first.a) == ("claim", article.claims[0].evidence[0], article.claims[0])
    assert second.words == ("voices.1.commitment certain", "voices.1.commitment probable")


def test_who_takes_part_in_an_event_is_compared_whatever_the_order(article: Article, small: dict[str, Any]) -> None:
    small["events"][0]["participants"] = [{"entity": "port", "role": "patient"}, {"entity": "maro", "role": "agent"}]
    more = wire.from_data(small)
    small["events"][0]["participants"].reverse()

    assert words(more, wire.from_data(small)) == []
    assert words(article, more) == [
        ("e-rise", "event", ("participants maro agent", "participants maro agent, port patient"))
    ]


def test_a_chain_with_other_voices_is_listed_as_a_whole(article: Article, small: dict[str, Any]) -> None:
    claim = next(row for row in small["claims"] if len(row["voices"]) > 2)
    del claim["voices"][1]

    assert words(article, wire.from_data(small)) == [
        (
            claim["id"],
            "claim",
            ("voices ines (uncommitted), gull (certain), sel (certain)", "voices ines (uncommitted), sel (certain)"),
        )
    ]


def test_different_wording_alone_is_not_a_disagreement(article: Article, small: dict[str, Any]) -> None:
    small["claims"][0]["gist"] += " once"
    small["entities"][2] |= {"name": "the mayor", "description": "She rules."}

    assert words(article, wire.from_data(small)) == []


@pytest.mark.parametrize(
    ("table", "shown"),
    [
        ("entities", "<Entity port: the port (organization)>"),
        ("mentions", "entity port; form nominal; metonym False"),
        ("times", "kind date; value 2019-05-03"),
        ("quantities", "value 40; unit crowns; comparator equal"),
        ("quotations", "kind direct; speaker sel"),
        ("arguments", None),
        ("claims", None),
    ],
)
def test_a_record_of_one_annotator_is_paired_with_none(article: Article, table: str, shown: str | None) -> None:
    *kept, last = article.tables[table]
    changes: dict[str, Any] = {table: kept}
    less = attrs.evolve(article, **changes)

    found = {each.id: each for each in compare_records(article, less)[2]}[last.id]
    turned = {each.id: each for each in compare_records(less, article)[2]}[last.id]

    assert found.words == tuple(reversed(turned.words))
    assert (found.words[1], found.a, found.b) == ("none", last, None)
    if table == "arguments":
        assert found.words[0] == f"{last.source} -> {last.target}: {last.kind}"
        assert found.spots == [
            article.claims[last.source].evidence[0].start,
            article.claims[last.source].evidence[-1].end,
        ]
    else:
        assert found.words[0] == (shown or repr(last))


def test_entities_are_paired_by_their_mentions_and_not_by_ids_that_are_crossed(article: Article) -> None:
    data = wire.to_data(article)
    crossed = {"maro": "sel", "sel": "maro"}
    for row in (*data["entities"], *data["mentions"]):
        key = "id" if "kind" in row else "entity"
        row[key] = crossed.get(row[key], row[key])
    for entity in data["entities"]:
        entity["name"] = f"{entity['id']} of B"
    mentions = wire.from_data(
        {**data, **{table: [] for table in ("quotations", "events", "relations", "claims", "arguments")}}
    )
    bare = attrs.evolve(article, quotations=(), events=(), relations=(), claims=(), arguments=())

    assert words(bare, mentions) == []


def test_an_id_used_for_different_records_is_replaced(article: Article, small: dict[str, Any]) -> None:
    small["mentions"] += [
        {"id": "m-ferry", "entity": "gull", "span": place("ferry"), "form": "nominal", "metonym": False},
    ]
    other = wire.from_data(small)
    data = wire.to_data(article)
    data["mentions"] += [
        {"id": "m-ferry", "entity": "port", "span": place("crowns"), "form": "nominal", "metonym": False},
        {"id": "m-ferry-b", "entity": "port", "span": place("Pays"), "form": "nominal", "metonym": False},
    ]

    found = [
        (each.id, each.a and each.a.id, each.b and each.b.id)
        for each in compare_records(wire.from_data(data), other)[2]
    ]

    assert found == [
        ("m-ferry-b-2", None, "m-ferry-b-2"),
        ("m-ferry", "m-ferry", None),
        ("m-ferry-b", "m-ferry-b", None),
    ]


def test_a_new_id_is_not_that_of_an_entity_of_the_other_alone(article: Article, small: dict[str, Any]) -> None:
    small["entities"].append({"id": "m-maro-b", "kind": "person", "name": "Ferry hands"})
    small["mentions"][0] |= {"span": place("Where")}
    data = wire.to_data(article)
    data["mentions"][0]["span"] = {"start": 0, "end": 3}

    found = [each.id for each in compare_records(wire.from_data(data), wire.from_data(small))[2]]

    assert found == ["m-maro-b", "m-maro", "m-maro-b-2"]


def test_annotations_of_different_texts_are_rejected(article: Article) -> None:
    with pytest.raises(NotComparable) as caught:
        compare_annotations(article, load())

    assert str(caught.value) == (
        "'small' and 'retired-officials-2019' are not annotations of one text: the SHA-256 of their texts differ"
    )


def test_a_repeated_id_is_rejected(article: Article) -> None:
    twice = attrs.evolve(article, mentions=[*article.mentions, article.mentions[0]])

    with pytest.raises(NotComparable) as caught:
        compare_annotations(article, twice)

    assert str(caught.value) == "b has an id twice; `validate` lists such ids"


# Figures.


def test_an_annotation_agrees_with_itself_as_a_draft(article: Article) -> None:
    comparison = compare_annotations(article, Draft(article=renamed(article)))

    known = {figure.value for figure in comparison.agreement if figure.value is not None}
    assert known == {1.0}
    assert repr(comparison) == "<AnnotationComparison of small: 0 disagreements>"


def test_without_items_there_is_no_figure(article: Article) -> None:
    bare = attrs.evolve(article, quotations=(), events=(), relations=(), claims=(), arguments=())

    figures = {(each.layer, each.name): each for each in compare_annotations(bare, bare).agreement}

    assert figures["claim", "extent F1, exact"].value is None
    assert figures["claim", "kind, α"].interval is None
    assert figures["argument", "kind, α"].value is None


def test_without_sentences_there_is_no_interval(article: Article) -> None:
    whole = attrs.evolve(article, source=attrs.evolve(article.source, sentences=(), paragraphs=()))

    (figure,) = [each for each in compare_annotations(whole, whole).agreement if each.name == "cue, token α"]

    assert (figure.value, figure.interval, figure.items) == (1.0, None, "44")


@pytest.mark.slow
@pytest.mark.slow
def test_the_figures_are_those_of_the_data_card() -> None:
    pytest.importorskip("nltk", reason="NLTK is missing; run: pip install '.[agreement]'")
    a, b = (load_path(PASSES / f"{name}.json") for name in "ab")

    comparison = compare_annotations(a, b)

    card = (
        (PASSES.parents[1] / "docs" / "data-card.md").read_text("utf-8").partition("agreement harbour-toll: begin")[2]
    )
    for each in comparison.agreement:
        low, high = each.interval or (0, 0)
        row = f"| {each.layer} | {each.name} | {each.value:.2f} | {low:.2f}–{high:.2f} | {each.items} |"
        assert row in card or each.layer == "attribution"
    assert len(comparison.disagreements) == len(comparison.rows()) == 258


def test_the_text_can_be_passed_if_neither_contains_it(article: Article) -> None:
    text = article.source.text
    without = attrs.evolve(article, source=attrs.evolve(article.source, text=None))

    items = [compare_annotations(without, without, text=each).agreement[-3].items for each in (None, text)]

    assert items == ["0", "44"]


def test_evidence_of_too_many_characters_is_rejected() -> None:
    row = {"voices": [{}, {}], "spans": [(0, 1_000_101)]}

    with pytest.raises(NotComparable) as caught:
        token_figures([row], [], [(0, 10)], [(0, 1)])

    assert str(caught.value) == (
        "the evidence of attributed claims has 1000101 characters; the limit is 1000000 plus 100 for each token of "
        "the text"
    )


def test_a_place_covers_all_evidence(article: Article, small: dict[str, Any]) -> None:
    small["claims"][0] |= {"evidence": [place("Maro"), place("toll on")], "ground": "anecdote"}

    (found,) = compare_records(article, wire.from_data(small))[2]

    assert found.place == Span(article.claims[0].evidence[0].start, article.claims[0].evidence[-1].end)
