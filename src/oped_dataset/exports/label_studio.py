"""Tasks and the labelling configuration for Label Studio.

Here: writing the drawing of an article as a task with a prediction, and the configuration that shows it.
Not here: the drawing (`drawing.py`), reading an exported project (`label_studio_reader.py`) and the choice of the text
(`texts.py`).

A region of Label Studio has one span; the further spans of a record are regions of their own, to which relations
`continued` lead. Offsets are Unicode code points, as in Label Studio since 2021. Fields that Label Studio cannot
represent are stored in the data of the task, by the id of the region; the voices of a record are also shown as the
information of its region.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Final

from oped_dataset.exports.attribution import Data
from oped_dataset.exports.drawing import (
    COLOURS,
    CUE,
    LABELS,
    LINKS,
    Drawing,
    Region,
    draw,
    head_of,
    hot_keys,
    sealed,
    values_of,
)
from oped_dataset.exports.files import Files
from oped_dataset.exports.texts import check_repeated, text_for
from oped_dataset.model.article import Article
from oped_dataset.version import DISTRIBUTION, __version__

CONTINUED: Final = "continued"
"""The relation from a region to another span of the same record."""

LABEL: Final = "label"
NOTE: Final = "note"
ENTITY: Final = "entity"
"""The names of the controls for the type of a record, for notes, and for the entity of a mention or a voice."""

TEXT: Final = "text"
"""The name of the text, to which every control belongs."""


def to_label_studio(article: Article, *, text: str | None = None) -> Files:
    """Write an article for Label Studio.

    Args:
        article: The article.
        text: Its text as annotated; not needed if the article contains it.

    Returns:
        `tasks.json`, a list with one task whose prediction is the annotation, and `labels.xml`, the labelling
        configuration for the project.

    Raises:
        TextNeeded: The text is missing or is not the annotated one.
        NotExportable: Spans overlap so often that the file would repeat the text many times.
    """
    words = text_for(article, text, "label-studio")
    return label_studio_files(article, words, draw(article, words))


def label_studio_files(article: Article, words: str, drawing: Drawing) -> Files:
    """Make the files of a project with one drawing.

    Raises:
        NotExportable: As for `to_label_studio`.
    """
    check_repeated(drawing.quoted, len(words), "label-studio")
    result = [item for region in drawing.regions for item in _make_items(region, words)]
    result += [_relation(link.kind, link.source, link.target) for link in drawing.links]
    task = {
        "data": {
            TEXT: words,
            "article": head_of(article),
            "stored": {
                region.key: sealed(region.described, region.key) for region in drawing.regions if region.described
            },
        },
        "predictions": [
            {"model_version": f"{DISTRIBUTION} {__version__}, data {article.data_version}", "result": result}
        ],
    }
    tasks = json.dumps([task], ensure_ascii=False, indent=1) + "\n"
    configuration = "\n".join(_write_configuration()) + "\n"
    return Files({"tasks.json": tasks.encode("utf-8"), "labels.xml": configuration.encode("utf-8")})


def _make_items(region: Region, text: str) -> Iterator[Data]:
    first, *further = ({**place, TEXT: text[place["start"] : place["end"]]} for place in region.places)
    yield _item(region, region.key, first, LABEL, "labels", region.label)
    for name, value in region.attributes.items():
        yield _item(region, region.key, first, name, "choices", name if value is True else value)
    if region.note:
        yield _item(region, region.key, first, NOTE, "text", region.note) | {"type": "textarea"}
    for number, place in enumerate(further, 2):
        key = f"{region.key}/{number}"
        yield _item(region, key, place, LABEL, "labels", region.label)
        yield _relation(CONTINUED, region.key, key)


def _item(region: Region, key: str, place: Data, name: str, kind: str, value: str) -> Data:
    item: Data = {"id": key, "from_name": name, "to_name": TEXT, "type": kind, "value": {**place, kind: [value]}}
    return item | ({"meta": {TEXT: [region.told]}} if region.told else {})


def _relation(kind: str, source: str, target: str) -> Data:
    return {"type": "relation", "from_id": source, "to_id": target, "direction": "right", "labels": [kind]}


def _write_configuration() -> Iterator[str]:
    yield "<View>"
    yield f'  <Labels name="{LABEL}" toName="{TEXT}">'
    keys = hot_keys(LABELS)
    yield from (
        f'    <Label value="{label}" background="{COLOURS[label]}" hotkey="{keys[label]}"/>' for label in LABELS
    )
    yield "  </Labels>"
    yield f'  <Text name="{TEXT}" value="${TEXT}" granularity="symbol"/>'
    owners: dict[str, list[str]] = {}
    for label in LABELS:
        for name in values_of(label):
            owners.setdefault(name, []).append(label)
    for name, labels in owners.items():
        yield f'  <Choices name="{name}" {_when(labels)} choice="single-radio" showInline="true">'
        yield from (f'    <Choice value="{value}"/>' for value in values_of(labels[0])[name] or (name,))
        yield "  </Choices>"
    yield f'  <TextArea name="{ENTITY}" {_when(("Mention", CUE))} placeholder="The entity: its id or name"/>'
    yield f'  <TextArea name="{NOTE}" {_when(LABELS)} placeholder="The gist, in your own words; or a note"/>'
    yield "  <Relations>"
    yield from (f'    <Relation value="{kind}"/>' for kind in (*LINKS, CONTINUED))
    yield from ("  </Relations>", "</View>")


def _when(labels: Iterable[str]) -> str:
    return f'toName="{TEXT}" perRegion="true" whenTagName="{LABEL}" whenLabelValue="{",".join(labels)}"'
