"""Label Studio: nothing is lost, offsets are code points, and what people mark comes back as records."""

from __future__ import annotations

import contextlib
import copy
import json
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from small import small

import oped_dataset
from oped_dataset import Article, InvalidArticle, Span, dumps
from oped_dataset.codec import wire
from oped_dataset.errors import ArticleFileNotFound, InvalidImport
from oped_dataset.exports import from_label_studio, label_studio_notes, to_label_studio
from oped_dataset.exports.label_studio_reader import unfinished_label_studio
from oped_dataset.testing.strategies import articles

SMALL = wire.from_data(small())


def _tasks(article: Article) -> Any:
    return json.loads(to_label_studio(article)["tasks.json"])


def _annotated(*items: dict[str, Any]) -> Any:
    """The small article as a project that was exported after more was added to its prediction."""
    (task,) = _tasks(SMALL)
    result = [*task.pop("predictions")[0]["result"], *items]
    return [{"id": 7, **task, "annotations": [{"id": 5, "result": result}]}]


def _said(tasks: Any, **options: Any) -> str:
    with pytest.raises((InvalidImport, InvalidArticle)) as caught:
        from_label_studio(tasks, **options)
    return str(caught.value)


@settings(max_examples=12)
@given(articles())
def test_an_article_comes_back_from_label_studio(article: Article) -> None:
    assume(article.source.text is not None)

    assert dumps(from_label_studio(_tasks(article))) == dumps(article)


def test_hostile_strings_come_back_from_label_studio(hostile: Article) -> None:
    assert from_label_studio(_tasks(hostile)) == hostile


def test_the_file_of_a_project_is_read(tmp_path: Path) -> None:
    to_label_studio(SMALL).write(tmp_path)

    assert from_label_studio(tmp_path / "tasks.json") == SMALL


def test_an_annotation_is_read_in_place_of_the_prediction() -> None:
    assert from_label_studio(_annotated()) == SMALL


def test_offsets_are_code_points_also_after_an_astral_character() -> None:
    article = oped_dataset.load("harbour-toll")
    (task,) = _tasks(article)
    text = task["data"]["text"]
    values = [item["value"] for item in task["predictions"][0]["result"] if item["type"] == "labels"]

    assert any(ord(character) > 0xFFFF for character in text)
    assert all(text[value["start"] : value["end"]] == value["text"] for value in values)


def test_a_region_shows_who_puts_it_forward() -> None:
    shown = {
        item["id"]: item["meta"]["text"] for item in _tasks(SMALL)[0]["predictions"][0]["result"] if "meta" in item
    }

    assert shown["c-loss"] == ["Ines (say, uncommitted) > the Gull (say, certain) > Sel (say, certain)"]
    assert shown["r-head"] == ["Ines (say, certain)"]


def test_every_control_that_is_used_is_configured(hostile: Article) -> None:
    files = to_label_studio(hostile)
    view = ElementTree.fromstring(files["labels.xml"])
    values = {
        control.get("name"): {each.get("value") for each in control}
        for control in view
        if control.tag in ("Labels", "Choices")
    }
    relations = {each.get("value") for each in view.iter("Relation")}

    for item in json.loads(files["tasks.json"])[0]["predictions"][0]["result"]:
        if item["type"] == "relation":
            assert set(item["labels"]) <= relations
        else:
            assert set(item["value"][item["type"]]) <= values[item["from_name"]]


def test_a_record_with_two_places_is_two_regions() -> None:
    claim = attrs.evolve(SMALL.claims[0], evidence=(Span(10, 14), Span(15, 30)))
    article = attrs.evolve(SMALL, claims=[claim, *SMALL.claims[1:]])
    result = _tasks(article)[0]["predictions"][0]["result"]

    assert {"from_id": "c-rise", "to_id": "c-rise/2", "labels": ["continued"]}.items() <= next(
        item.items() for item in result if item.get("labels") == ["continued"]
    )
    assert from_label_studio(_tasks(article)) == article
    assert label_studio_notes(_tasks(article)) == {}


# What people mark.


def _place(words: str) -> dict[str, Any]:
    start = (SMALL.source.text or "").index(words)
    return {"start": start, "end": start + len(words), "text": words}


def _region(key: str, label: str, words: str, *, note: str = "", entity: str = "", **labels: str) -> list[Any]:
    common = {"id": key, "to_name": "text"}
    place = _place(words)
    made = [{**common, "from_name": "label", "type": "labels", "value": {**place, "labels": [label]}}]
    for name, value in labels.items():
        made.append({**common, "from_name": name, "type": "choices", "value": {**place, "choices": [value]}})
    for name, value in (("note", note), ("entity", entity)):
        if value:
            made.append({**common, "from_name": name, "type": "textarea", "value": {**place, "text": [value]}})
    return made


def _link(kind: str, source: str, target: str) -> dict[str, Any]:
    return {"type": "relation", "from_id": source, "to_id": target, "direction": "right", "labels": [kind]}


CLAIM = _region(
    "xY_1", "Claim", "the toll", note="that it is high", ClaimKind="state", Ground="bare", Commitment="uncommitted"
)


def test_a_new_claim_has_its_voices_by_relations() -> None:
    cue = _region("cue-2", "Cue", "cited", Act="say", Commitment="certain", entity="the Gull")
    further = _region("cue-3", "Cue", "saying", Act="deny", Commitment="probably-not")
    links = [_link("voice", "xY_1", "cue-2"), _link("voice", "cue-2", "cue-3"), _link("speaker", "cue-3", "m-sel")]

    made = from_label_studio(_annotated(*CLAIM, *cue, *further, *links)).claims["claim-xy-1"]

    assert (made.gist, made.evidence) == ("that it is high", (Span(22, 30),))
    assert [(voice.source, voice.act, voice.commitment) for voice in made.voices] == [
        ("ines", "say", "uncommitted"),
        ("gull", "say", "certain"),
        ("sel", "deny", "probably-not"),
    ]


def test_a_new_mention_has_the_entity_that_is_named_and_its_flags() -> None:
    tasks = _annotated(*_region("m1", "Mention", "port", entity="port", MentionForm="nominal", metonym="metonym"))

    made = from_label_studio(tasks).mentions["mention-m1"]

    assert (made.entity, made.form, made.metonym) == ("port", "nominal", True)


def test_places_that_are_continued_are_one_record_and_a_relation_of_claims_an_argument() -> None:
    more = [*_region("xY_9", "Claim", "She"), _link("continued", "xY_1", "xY_9"), _link("supports", "xY_1", "c-fall")]

    found = from_label_studio(_annotated(*CLAIM, *more))

    assert found.claims["claim-xy-1"].evidence == (Span(22, 30), Span(128, 131))
    assert (found.arguments[2].source, found.arguments[2].target) == ("claim-xy-1", "c-fall")


def test_links_of_a_further_region_are_those_of_the_record_in_either_direction() -> None:
    third = _region("xY_7", "Claim", "So")
    more = [_link("continued", "xY_9", "xY_1"), _link("continued", "xY_7", "xY_9")]
    supports = {**_link("supports", "c-fall", "xY_7"), "direction": "left"}

    found = from_label_studio(_annotated(*CLAIM, *_region("xY_9", "Claim", "She"), *third, *more, supports))

    assert len(found.claims["claim-xy-1"].evidence) == 3
    assert (found.arguments[2].source, found.arguments[2].target) == ("claim-xy-1", "c-fall")


def test_notes_are_kept_by_the_record_they_are_about() -> None:
    tasks = _annotated()
    for item in tasks[0]["annotations"][0]["result"]:
        if item.get("id") == "c-loss" and item["type"] == "labels":
            item["meta"]["text"].append("Is this so?")
    tasks[0]["annotations"][0]["result"].append(
        {"id": "m-sel", "from_name": "note", "to_name": "text", "type": "textarea", "value": {"text": ["Who is Sel?"]}}
    )

    assert from_label_studio(tasks) == SMALL
    assert label_studio_notes(tasks) == {"m-sel": ("Who is Sel?",), "c-loss": ("Is this so?",)}


# Bad input.

LABELS = {"from_name": "label", "to_name": "text", "type": "labels"}


@pytest.mark.parametrize(
    ("items", "said"),
    [
        (_region("n1", "Person", "Sel"), ", region n1: 'Person' is not a known label"),
        (
            _region("n1", "Claim", "Sel", note="x", ClaimKind="state", Ground="bare"),
            ", region n1: a Claim needs the attribute Commitment",
        ),
        (_region("n1", "Mention", "Sel", Ground="bare"), ", region n1: a Mention has no attribute 'Ground'"),
        ([{"id": "n1", **LABELS, "value": {"labels": ["Claim"]}}], ", region n1: start and end must be integers"),
        ([{"id": "n1", **LABELS}], ", region n1 must have an object under 'value'"),
        (
            [{"id": "n1", **LABELS, "value": {"start": 10, "end": 14, "text": "Sel", "labels": ["Mention"]}}],
            ", region n1: its words are 'Sel', but the text at its offsets is 'Maro'",
        ),
        (_region("n1", "Mention", "Sel", Ground="bare")[1:], ", region n1: the region has no label"),
        ([_link("voice", "c-loss", "n1")], ", relation from c-loss to n1: there is no region 'n1'"),
        (
            [{**_link("", "c-loss", "c-fall"), "labels": []}],
            ", relation from c-loss to c-fall: the relation has no label",
        ),
        (
            [_link("continued", "c-loss", "m-sel")],
            ", relation from c-loss to m-sel: 'continued' leads from a region to a different one with the same label",
        ),
        ([_link("continued", "c-loss", "c-loss")], ", relation from c-loss to c-loss: 'continued' leads"),
        (
            [_link("continued", "c-loss", "c-fall")],
            ", relation from c-loss to c-fall: 'continued' joins two regions with labels of their own; keep one of",
        ),
        (
            [_link("voice", "m-sel", "c-fall")],
            ", relation from m-sel to c-fall: 'voice' leads from a Claim or Cue to a Cue, not from a Mention to a",
        ),
    ],
)
def test_what_has_no_meaning_is_named(items: list[Any], said: str) -> None:
    assert _said(_annotated(*items)).startswith(f"the list, task 7{said}")


def test_of_two_tasks_one_has_to_be_named() -> None:
    other = _tasks(wire.from_data(small() | {"id": "other"}))

    assert _said(_annotated() + other) == "the list must contain one task, not 2 (small, other); choose one with `name`"
    assert _said(other * 99).endswith(
        "not 99 (other, other, other, other, other, other, other, other, other, other, …); choose one with `name`"
    )
    assert from_label_studio(_annotated() + other, "other").id == "other"
    assert _said(other, name="othr") == "the list has no task for the article 'othr'; did you mean 'other'?"


def test_of_two_annotations_one_has_to_be_named() -> None:
    tasks = _annotated()
    first = tasks[0]["annotations"][0]
    tasks[0]["annotations"] += [{**first, "id": 6, "result": []}, {**first, "id": 8, "was_cancelled": True}]

    assert _said(tasks) == "the list, task 7 has 2 annotations (5, 6); choose one with `annotation`"
    assert from_label_studio(tasks, annotation=5) == SMALL
    assert _said(tasks, annotation=8) == "the list, task 7 has no annotation 8"


@pytest.mark.parametrize(
    ("tasks", "said"),
    [
        ([1], "the list must be a list of tasks, as Label Studio exports a project as JSON"),
        ([], "the list must contain one task, not 0"),
        ([{}], "the list, task 1 must have an object under 'data'"),
        ([{"data": {}}], "the list, task 1: data must have an object under 'article'"),
        (
            [{"data": {"article": {}}}],
            "the list, task 1: the SHA-256 of the text differs from that of the article, so offsets would not fit",
        ),
    ],
)
def test_what_is_no_task_of_an_article_is_refused(tasks: Any, said: str) -> None:
    assert _said(tasks) == said


def test_very_many_bad_regions_are_counted() -> None:
    said = _said(_annotated(*(item for number in range(1010) for item in _region(f"x{number}", "Zebra", "toll"))))

    assert said.endswith("… and 10 more")


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        (("article", "code_version"), 3, "code_version: 3 is not a string"),
        (("stored", "m-maro", "entity"), {1}, "region m-maro: the stored fields were changed"),
    ],
)
def test_stored_values_of_wrong_types_are_refused(path: tuple[str, ...], value: object, said: str) -> None:
    (task,) = _tasks(SMALL)
    holder = task["data"]
    for key in path[:-1]:
        holder = holder[key]
    holder[path[-1]] = value

    assert said in _said([task])


def test_a_task_that_nobody_annotated_is_refused() -> None:
    (task,) = _tasks(SMALL)

    assert _said([{**task, "predictions": []}]) == "the list, task 1 has neither an annotation nor a prediction"


def test_a_file_that_is_no_export_is_refused(tmp_path: Path) -> None:
    (tmp_path / "project.json").write_text("{", encoding="utf-8")
    (tmp_path / "object.json").write_text("{}", encoding="utf-8")

    assert _said(tmp_path / "project.json").startswith(f"{tmp_path / 'project.json'} is not JSON: ")
    assert _said(tmp_path / "object.json").startswith(f"{tmp_path / 'object.json'} must be a list of tasks")
    with pytest.raises(ArticleFileNotFound):
        from_label_studio(tmp_path / "none.json")


PATHS: list[tuple[Any, ...]] = [
    *(("data", key) for key in ("text", "article", "stored")),
    *(
        ("predictions", 0, "result", at, key)
        for at in range(60)
        for key in ("id", "value", "type", "from_name", "labels")
    ),
    *(("predictions", 0, "result", at, "value", key) for at in range(40) for key in ("start", "end", "labels", "text")),
    ("predictions",),
    ("predictions", 0, "result"),
    ("data", "stored", "c-loss"),
    ("data", "stored", "c-loss", "author"),
]
VALUES: list[Any] = [None, True, -1, 1.5, "", "x", [], {}, [None], [[]], [{}], {"start": 1, "end": 0}]


@given(st.sampled_from(PATHS), st.sampled_from(VALUES))
def test_no_other_exception_escapes(path: tuple[Any, ...], value: Any) -> None:
    tasks = copy.deepcopy(TASKS)
    *steps, last = path
    target: Any = tasks[0]
    for step in steps:
        target = target[step] if isinstance(target, list) else target.get(step, {})
    target[last] = value

    with contextlib.suppress(InvalidImport, InvalidArticle):
        from_label_studio(tasks)


TASKS = _tasks(SMALL)


def test_an_unfinished_project_is_read_like_a_finished_one() -> None:
    assert unfinished_label_studio(_tasks(SMALL), None, None) == SMALL
