"""Reading an article from a project that Label Studio exported, with the changes that annotators made.

Here: the tasks and results of Label Studio's JSON export.
Not here: writing them (`label_studio.py`), and turning regions and links into records (`drawing_reader.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final, TypeAlias

from oped_dataset.codec.jsontext import USUAL, Limits, check_limits
from oped_dataset.errors import InvalidImport
from oped_dataset.exports.attribution import Data
from oped_dataset.exports.drawing import TOLD
from oped_dataset.exports.drawing_reader import Drawn, DrawnLink, DrawnRegion, article_of, unsealed
from oped_dataset.exports.label_studio import CONTINUED, ENTITY, LABEL, NOTE, TEXT
from oped_dataset.exports.unread import parse_json
from oped_dataset.filesystem import PathLike, read_bytes
from oped_dataset.messages import cut, did_you_mean, listed, nearest, quoted
from oped_dataset.model.article import Article
from oped_dataset.text.canonical import text_digest

Source: TypeAlias = PathLike | list[Any]
"""The path of an exported file, or its content."""

_LOGGED: Final = re.compile(
    r"id|meta|project|task|score|model|model_version|overlap|\w*agreement|\w+_(at|by|id|ago|count|username|action)|"
    r"(total|cancelled)_\w+|is_\w+|allow_skip|file_upload|comment_authors|annotators|reviewers|reviews|drafts|"
    r"ground_truth|lead_time|parent_\w+|prediction|bulk_created|cluster|neighbors|mislabeling|model_run"
)
"""Keys of tasks, annotations and predictions that describe the work on them."""
_TASK: Final = frozenset({"data", "annotations", "predictions"})
_ANNOTATION: Final = frozenset({"result", "was_cancelled"})
_DATA: Final = frozenset({"article", "text", "stored"})
_VALUE: Final = {
    kind: frozenset({"start", "end", "text", *own})
    for kind, own in {"labels": ["labels"], "choices": ["choices"], "textarea": []}.items()
}
_NOTED: Final = frozenset({"origin", "hidden", "locked", "readonly", "score", "origin_id", "parent_id", "parentID"})
"""Keys of a region that describe its display and history and not the text."""
_ITEM: Final = _NOTED | {"id", "from_name", "to_name", "type", "value", "meta"}
_RELATION: Final = _NOTED | {"type", "from_id", "to_id", "labels", "direction"}
_META: Final = frozenset({"text"})


def from_label_studio(
    source: Source, name: str | None = None, *, annotation: int | None = None, limits: Limits = USUAL
) -> Article:
    """Read an article from Label Studio; an unchanged one equals the article that was written.

    Regions that annotators added become records whose ids are derived from the ids of the regions; see
    `docs/exporting.md`.

    Args:
        source: The path of a project exported as JSON, or the list of tasks in it. A task without annotations is read
            from its prediction.
        name: The id of the article, if there are several tasks.
        annotation: The id of the annotation, if the task has several.
        limits: How long the file may be, or how many characters and values the list may contain, and how deep it may be
            nested.

    Raises:
        InvalidImport: It is not such an export, the text or stored fields differ, all annotations are cancelled, or a
            region or relation is unknown or incomplete; the message lists each of them.
        InvalidArticle: The records break the rules of an article; the messages name the regions.
        ArticleFileError: The file cannot be read.
    """
    return _read(source, name, annotation, limits).article


def label_studio_notes(
    source: Source, name: str | None = None, *, annotation: int | None = None, limits: Limits = USUAL
) -> dict[str, tuple[str, ...]]:
    """The notes that annotators wrote in Label Studio, by the id of the record.

    A note that became the value of a field, such as the gist of a new claim, is left out.

    Args:
        source: As for `from_label_studio`.
        name: As for `from_label_studio`.
        annotation: As for `from_label_studio`.
        limits: As for `from_label_studio`.

    Raises:
        InvalidImport: As for `from_label_studio`.
        InvalidArticle: As for `from_label_studio`.
        ArticleFileError: As for `from_label_studio`.
    """
    return _read(source, name, annotation, limits).notes


def unfinished_label_studio(source: Source, name: str | None, annotation: int | None) -> Article:
    """Read an article as `from_label_studio` does, without checking the rules between records."""
    return _read(source, name, annotation, USUAL, unfinished=True).article


def _read(
    source: Source, name: str | None, annotation: int | None, limits: Limits, *, unfinished: bool = False
) -> Drawn:
    if isinstance(source, list):
        place, tasks = "the list", source
        check_limits(tasks, limits, place)
    else:
        place, tasks = str(source), parse_json(read_bytes(source, limits.size), limits, str(source))
    place, task = _find_task(tasks, place, name)
    _check_keys(task, _TASK, place, _LOGGED)
    data = _check_object(task, "data", place)
    _check_keys(data, _DATA, f"{place}, data")
    head, text = _check_object(data, "article", f"{place}: data"), data.get("text")
    source_of = head.get("source")
    wanted = source_of.get("sha256") if isinstance(source_of, dict) else None
    if not isinstance(text, str) or text_digest(text) != wanted:
        raise InvalidImport(
            f"{place}: the SHA-256 of the text differs from that of the article, so offsets would not fit"
        )
    stored = _check_object(data, "stored", f"{place}: data")
    results = _Results(_find_result(task, place, annotation), stored, text, place)
    return article_of(head, results.regions.values(), results.links, unfinished=unfinished)


def _check_keys(holder: Data, known: frozenset[str], place: str, more: re.Pattern[str] | None = None) -> None:
    for key in holder:
        if key not in known and not (more is not None and more.fullmatch(str(key))):
            raise InvalidImport(f"{place}: the key {quoted(key)} is unknown")


def _find_task(tasks: Any, place: str, name: str | None) -> tuple[str, Data]:
    if not isinstance(tasks, list) or not all(isinstance(task, dict) for task in tasks):
        raise InvalidImport(f"{place} must be a list of tasks, as Label Studio exports a project as JSON")
    numbered = [(f"{place}, task {cut(str(task.get('id', number)))}", task) for number, task in enumerate(tasks, 1)]
    names = [
        str(_check_object(_check_object(task, "data", at), "article", f"{at}: data").get("id")) for at, task in numbered
    ]
    if name is None:
        if len(tasks) != 1:
            choice = f" ({listed(names)}); choose one with `name`" if names else ""
            raise InvalidImport(f"{place} must contain one task, not {len(tasks)}{choice}")
        return numbered[0]
    if name not in names:
        hint = did_you_mean(nearest(name, names))
        raise InvalidImport(f"{place} has no task for the article {quoted(name)}" + (f"; {hint}" if hint else ""))
    return numbered[names.index(name)]


def _check_object(holder: Data, key: str, place: str) -> Data:
    found = holder.get(key)
    if not isinstance(found, dict):
        raise InvalidImport(f"{place} must have an object under {quoted(key)}")
    return found


def _find_result(task: Data, place: str, annotation: int | None) -> list[Data]:
    given, predicted = (_check_objects(task.get(key), f"{place}, {key}") for key in ("annotations", "predictions"))
    for each in (*given, *predicted):
        _check_keys(each, _ANNOTATION, place, _LOGGED)
        if not isinstance(each.get("was_cancelled"), bool | None):
            raise InvalidImport(f"{place}: was_cancelled is {quoted(each['was_cancelled'])}, not true or false")
    done = [each for each in given if not each.get("was_cancelled")]
    if annotation is not None:
        done = [each for each in done if each.get("id") == annotation]
        if not done:
            raise InvalidImport(f"{place} has no annotation {quoted(annotation)}")
    if len(done) > 1:
        ids = listed([str(each.get("id")) for each in done])
        raise InvalidImport(f"{place} has {len(done)} annotations ({ids}); choose one with `annotation`")
    if given and not done:
        raise InvalidImport(f"{place} was skipped: all of its annotations are cancelled")
    if not (done or predicted):
        raise InvalidImport(f"{place} has neither an annotation nor a prediction")
    if len(predicted) > 1 and not done:
        raise InvalidImport(f"{place} has {len(predicted)} predictions and no annotation; remove all but one")
    return _check_objects((done or predicted)[0].get("result"), f"{place}, result")


def _check_objects(value: Any, place: str) -> list[Data]:
    if value is None:
        return []
    if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
        raise InvalidImport(f"{place}: must be a list of objects")
    return value


class _Results:
    """The regions and links of one annotation."""

    def __init__(self, result: list[Data], stored: Data, text: str, place: str) -> None:
        self.regions: dict[str, DrawnRegion] = {}
        self.links: list[DrawnLink] = []
        self._drawn: dict[str, Data] = {}
        # The first region of each further one.
        self._joined: dict[str, str] = {}
        self._text, self._place = text, place
        # A region may have been removed, so that its stored fields are not used, but never changed.
        self._stored = {key: unsealed(value, f"{place}, region {cut(str(key))}", key) for key, value in stored.items()}
        self._lines = {key: {str(value.get(name, "")) for name in TOLD} for key, value in stored.items()}
        for item in result:
            if item.get("type") == "relation":
                _check_keys(item, _RELATION, self._named(item))
                continue
            _check_keys(item, _ITEM, self._named(item))
            if item.get("to_name") != TEXT:
                raise InvalidImport(f"{self._named(item)}: to_name is {quoted(item.get('to_name'))}, not {TEXT!r}")
            if item.get("meta") is not None:
                _check_keys(_check_object(item, "meta", self._named(item)), _META, f"{self._named(item)}, meta")
            if item.get("from_name") == LABEL:
                self._add_region(item)
        for item in result:
            if item.get("type") != "relation" and item.get("from_name") != LABEL:
                self._add_detail(item)
        for item in result:
            if item.get("type") == "relation":
                self._add_relation(item)
        for link in self.links:
            link.source, link.target = self._first(link.source), self._first(link.target)
        for region in self.regions.values():
            region.places.sort(key=lambda span: (span["start"], span["end"]))
            region.words = " ".join(self._text[max(0, span["start"]) : max(0, span["end"])] for span in region.places)

    def _named(self, item: Data) -> str:
        return f"{self._place}, region {cut(str(item.get('id')))}"

    def _value(self, item: Data) -> Data:
        value = _check_object(item, "value", self._named(item))
        kind = item.get("type")
        if not isinstance(kind, str) or kind not in _VALUE:
            raise InvalidImport(f"{self._named(item)}: results of the type {quoted(kind)} are not supported")
        _check_keys(value, _VALUE[kind], f"{self._named(item)}, value")
        return value

    @staticmethod
    def _compare(shown: Any, words: str, place: str) -> None:
        if shown is not None and (not isinstance(shown, str) or shown.split() != words.split()):
            raise InvalidImport(
                f"{place}: its words are {quoted(shown)}, but the text at its offsets is {quoted(words)}"
            )

    def _add_meta(self, item: Data, region: DrawnRegion) -> None:
        """Add the information of a region to its notes, except the voices; every item of a region repeats it."""
        for note in _notes((item.get("meta") or {}).get("text"), f"{region.place}, meta"):
            if note not in (*region.notes, *self._lines.get(region.key, ())):
                region.notes.append(note)

    def _add_region(self, item: Data) -> None:
        key, place = str(item.get("id")), self._named(item)
        if item.get("type") != "labels":
            raise InvalidImport(f"{place}: a region has the type 'labels', not {quoted(item.get('type'))}")
        if key in self.regions:
            raise InvalidImport(f"{place}: another region has the same id")
        value = self._value(item)
        labels = list(_strings(value.get("labels"), place))
        if len(labels) > 1:
            raise InvalidImport(f"{place}: a region has one label, not {len(labels)}")
        label, start, end = "".join(labels), value.get("start"), value.get("end")
        if type(start) is not int or type(end) is not int:
            raise InvalidImport(f"{place}: start and end must be integers")
        words = self._text[max(0, start) : max(0, end)]
        self._compare(value.get("text"), words, place)
        spans, known = [{"start": start, "end": end}], dict(self._stored.get(key, {}))
        region = DrawnRegion(key=key, label=label, places=spans, words=words, place=place, stored=known)
        self._add_meta(item, region)
        self.regions[key] = region
        self._drawn[key] = {"start": start, "end": end}

    def _add_detail(self, item: Data) -> None:
        """Add a choice or a text to its region."""
        region = self.regions.get(str(item.get("id")))
        if region is None:
            raise InvalidImport(f"{self._named(item)}: the region has no label")
        name, value = str(item.get("from_name")), self._value(item)
        if any(value.get(end, own) != own for end, own in self._drawn[region.key].items()):
            raise InvalidImport(f"{region.place}: its label and its {name!r} have different offsets")
        self._add_meta(item, region)
        if item.get("type") == "choices":
            self._compare(value.get("text"), region.words, region.place)
            choices = list(_strings(value.get("choices"), region.place))
            if not choices:
                raise InvalidImport(f"{region.place}: {name!r} has no choice")
            for choice in choices:
                if name in region.attributes:
                    raise InvalidImport(f"{region.place}: it has {name!r} twice; remove one")
                region.attributes[name] = True if choice == name else choice
        elif name not in (ENTITY, NOTE):
            raise InvalidImport(f"{region.place}: there is no field {quoted(name)}")
        elif name == ENTITY:
            region.notes[:0] = _notes(value.get("text"), region.place)
        else:
            region.notes += _notes(value.get("text"), region.place)

    def _add_relation(self, item: Data) -> None:
        source, target = str(item.get("from_id")), str(item.get("to_id"))
        place = f"{self._place}, relation from {cut(source)} to {cut(target)}"
        missing = [end for end in (source, target) if self._first(end) not in self.regions]
        if missing:
            raise InvalidImport(f"{place}: there is no region {quoted(missing[0])}")
        if item.get("direction") not in ("right", "left", None):
            raise InvalidImport(f"{place}: the direction is 'right' or 'left', not {quoted(item['direction'])}")
        if item.get("direction") == "left":
            source, target = target, source
        kinds = list(_strings(item.get("labels"), place))
        if not kinds:
            raise InvalidImport(f"{place}: the relation has no label")
        for kind in kinds:
            if kind == CONTINUED:
                self._join_spans(source, target, place)
            else:
                key = f"{source} {kind} {target}"
                self.links.append(DrawnLink(key=key, kind=kind, source=source, target=target, place=place))

    def _first(self, key: str) -> str:
        """The key of the region that a region continues, or its own key."""
        passed = []
        while key in self._joined:
            passed.append(key)
            key = self._joined[key]
        self._joined.update(dict.fromkeys(passed, key))
        return key

    def _join_spans(self, source: str, target: str, place: str) -> None:
        first, further = (self.regions[self._first(end)] for end in (source, target))
        if first is further or first.label != further.label:
            raise InvalidImport(f"{place}: {CONTINUED!r} leads from a region to a different one with the same label")
        if further.stored or further.attributes:
            first, further = further, first
        if further.stored or further.attributes:
            raise InvalidImport(f"{place}: {CONTINUED!r} joins two regions with labels of their own; keep one of them")
        del self.regions[further.key]
        self._joined[further.key] = first.key
        first.places += further.places
        # The region of a further span shows the voices of the first one, which are not a note.
        first.notes += [note for note in further.notes if note not in self._lines.get(first.key, ())]


def _strings(value: Any, place: str) -> Iterator[str]:
    """The strings of a value that is a string or a list of strings, stripped of whitespace."""
    for each in value if isinstance(value, list) else [] if value is None else [value]:
        if not isinstance(each, str):
            raise InvalidImport(f"{place}: {quoted(each)} is not a string")
        yield each.strip()


def _notes(value: Any, place: str) -> list[str]:
    return [note for note in _strings(value, place) if note]
