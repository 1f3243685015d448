"""Exported files that somebody changed: whatever is read from them is all that they say, or they are refused."""

from __future__ import annotations

import copy
import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small import small

from oped_dataset import Article, Limits, OpedDatasetError
from oped_dataset.codec import wire
from oped_dataset.errors import ArticleFileError, InvalidImport
from oped_dataset.exports import (
    from_brat,
    from_label_studio,
    from_tables,
    from_web_annotation,
    to_brat,
    to_label_studio,
    to_tables,
    to_web_annotation,
)

SMALL = wire.from_data(small())
BRAT = to_brat(SMALL)
LINES = BRAT["small.ann"].decode().splitlines()
WITHOUT_NAMES = [line[1:].lstrip("0123456789") for line in LINES]
TASKS = json.loads(to_label_studio(SMALL)["tasks.json"])
DOORS: dict[str, tuple[Any, Callable[..., Article]]] = {
    "web-annotation": (to_web_annotation(SMALL), from_web_annotation),
    "tables": (to_tables(SMALL), from_tables),
    "label-studio": (TASKS, from_label_studio),
}


def _paths(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every value in plain data."""
    if path:
        yield path
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in inner:
        yield from _paths(each, (*path, key))


PATHS = {name: list(_paths(document)) for name, (document, _) in DOORS.items()}
VALUES: st.SearchStrategy[Any] = st.sampled_from(
    [None, True, 0, 7, -1, 2.5, "", "x", "oped:x", "\ud800", [], {}, ["x"], [[]], {"x": 1}]
)


def _at(document: Any, path: tuple[Any, ...]) -> Any:
    for key in path[:-1]:
        document = document[key]
    return document


def _retype(holder: Any, key: Any, value: Any) -> None:
    holder[key] = value


def _add(holder: Any, key: Any, value: Any) -> None:
    if isinstance(holder, list):
        holder.append(value)
    else:
        holder["added"] = 7 if value is None else value


def _repeat(holder: Any, key: Any, value: Any) -> None:
    if isinstance(holder, list):
        holder.insert(key, copy.deepcopy(holder[key]))
    else:
        holder[f"{key}s"] = copy.deepcopy(holder[key])


# Versions of the code, and what Label Studio notes about tasks and regions, are not about the article.
REMARKS = {"code_version", "softwareVersion", "generator", "@context", "to_name", "direction", "model_version", "meta"}


def _is_remark(door: str, path: tuple[Any, ...]) -> bool:
    is_of_task = door == "label-studio" and not {"data", "result"} & set(path[:-1])
    # A record or an argument that is stored and not drawn was removed in the tool.
    is_removed = "stored" in path and ("arguments" in path or len(path) <= 4)
    # A changed line of voices is read as a note about the record.
    is_note = door == "label-studio" and path[-1] in ("voices_line", "told_by_line")
    return is_of_task or is_removed or is_note or bool(REMARKS & set(path))


@pytest.mark.parametrize("door", DOORS)
@given(data=st.data(), change=st.sampled_from([_retype, _add, _repeat]), value=VALUES)
def test_no_change_passes_unseen(door: str, data: st.DataObject, change: Callable[..., None], value: Any) -> None:
    document, read = copy.deepcopy(DOORS[door][0]), DOORS[door][1]
    path = data.draw(st.sampled_from(PATHS[door]))
    change(_at(document, path), path[-1], value)

    try:
        article = read(document)
    except OpedDatasetError:
        return
    # Null stands for a key that is left out, which what is computed may be.
    assert article != SMALL or document == DOORS[door][0] or value is None or _is_remark(door, path)


@pytest.mark.parametrize("door", DOORS)
@given(data=st.data())
def test_a_renamed_key_is_refused(door: str, data: st.DataObject) -> None:
    document, read = copy.deepcopy(DOORS[door][0]), DOORS[door][1]
    path = data.draw(st.sampled_from([path for path in PATHS[door] if isinstance(path[-1], str)]))
    holder = _at(document, path)
    holder[f"{path[-1]}s"] = holder.pop(path[-1])

    try:
        article = read(document)
    except OpedDatasetError:
        return
    # A region that is stored under another name was removed in the tool.
    assert _is_remark(door, path) or (door == "label-studio" and article != SMALL)


@given(data=st.data(), number=st.integers(0, len(LINES) - 1))
def test_a_changed_line_of_brat_is_refused_or_read(data: st.DataObject, number: int) -> None:
    lines, other = list(LINES), data.draw(st.sampled_from(LINES))
    key, _, rest = lines[number].partition("\t")
    changed = [f"{key}\t{other.partition(chr(9))[2]}", f"{key}9\t{rest}", lines[number] + "\tx", other, f"{key} {rest}"]
    lines[number : number + data.draw(st.integers(0, 1))] = [data.draw(st.sampled_from(changed))]

    try:
        article = from_brat({**BRAT, "small.ann": "\n".join(lines).encode()})
    except OpedDatasetError:
        return
    # The names of the lines mean nothing by themselves.
    assert article != SMALL or [line[1:].lstrip("0123456789") for line in lines] == WITHOUT_NAMES


@given(number=st.integers(0, len(LINES) - 1))
def test_a_line_of_brat_that_stands_there_twice_is_refused(number: int) -> None:
    with pytest.raises(OpedDatasetError):
        from_brat({**BRAT, "small.ann": "\n".join([*LINES, LINES[number]]).encode()})


@pytest.mark.parametrize("door", DOORS)
def test_the_limits_hold(door: str) -> None:
    document, read = DOORS[door]

    with pytest.raises(InvalidImport, match="contains more than 100 characters and values"):
        read(document, limits=Limits(size=100))
    with pytest.raises(InvalidImport, match="is nested deeper than 2"):
        read(document, limits=Limits(depth=2))


@pytest.mark.parametrize("door", DOORS)
def test_data_that_holds_itself_is_refused(door: str) -> None:
    document, read = copy.deepcopy(DOORS[door][0]), DOORS[door][1]
    path = PATHS[door][-1]
    _at(document, path)[path[-1]] = document

    with pytest.raises(InvalidImport, match="is nested deeper than 64"):
        read(document)


def test_the_limits_hold_for_brat() -> None:
    with pytest.raises(InvalidImport) as caught:
        from_brat(BRAT, limits=Limits(size=100))

    assert str(caught.value) == "small.json is longer than 100 bytes; raise limits.size if it can be trusted"


def _twice(kind: str) -> str:
    """A line of a kind again, under another name."""
    line = next(line for line in LINES if line.startswith(kind))
    return f"{kind}999\t{line.partition(chr(9))[2]}"


def test_what_is_stored_twice_is_refused() -> None:
    with pytest.raises(InvalidImport) as caught:
        from_brat({**BRAT, "small.ann": "\n".join([*LINES, _twice("#")]).encode()})

    assert str(caught.value) == f"small.ann, line {len(LINES) + 1}: T1 has two notes 'Stored'; remove one"


def test_an_attribute_that_is_set_twice_is_refused() -> None:
    with pytest.raises(InvalidImport, match="has 'MentionForm' twice; remove one"):
        from_brat({**BRAT, "small.ann": "\n".join([*LINES, _twice("A")]).encode()})


def _result(document: Any) -> Any:
    return document[0]["predictions"][0]["result"]


def _choice(document: Any) -> Any:
    return next(item for item in _result(document) if item["type"] == "choices")


CHANGED_TASKS: dict[str, tuple[Callable[[Any], object], str]] = {
    "two predictions": (lambda tasks: tasks[0]["predictions"].append({}), "has 2 predictions and no annotation"),
    "a result that is none": (lambda tasks: _result(tasks).append(5), "result: must be a list of objects"),
    "a region twice": (lambda tasks: _result(tasks).append(_result(tasks)[0]), "another region has the same id"),
    "two labels": (lambda tasks: _result(tasks)[0]["value"]["labels"].append("Claim"), "a region has one label, not 2"),
    "another type": (
        lambda tasks: _result(tasks)[0].update(type="brush"),
        "a region has the type 'labels'",
    ),
    "an unknown result": (
        lambda tasks: _choice(tasks).update(type="rating"),
        "results of the type 'rating' are not supported",
    ),
    "a choice twice": (
        lambda tasks: _choice(tasks)["value"]["choices"].append("x"),
        "twice; remove one",
    ),
    "another place": (
        lambda tasks: _choice(tasks)["value"].update(start=1),
        "have different offsets",
    ),
    "no text": (lambda tasks: _result(tasks)[0].update(meta={"text": 5}), "meta: 5 is not a string"),
    "a key of data": (lambda tasks: tasks[0]["data"].update(x=1), "data: the key 'x' is unknown"),
}


@pytest.mark.parametrize("name", CHANGED_TASKS)
def test_a_task_with_more_than_is_read_is_refused(name: str) -> None:
    change, said = CHANGED_TASKS[name]
    tasks = copy.deepcopy(TASKS)
    change(tasks)

    with pytest.raises(InvalidImport, match=said):
        from_label_studio(tasks)


def test_a_folder_with_very_many_files_is_not_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("oped_dataset.exports.files._MOST_FILES", 3)
    for number in range(4):
        (tmp_path / f"{number}.ann").touch()
        (tmp_path / f"{number}.txt").touch()
    BRAT.write(tmp_path)

    with pytest.raises(ArticleFileError) as caught:
        from_brat(tmp_path)

    assert str(caught.value) == f"{tmp_path} contains more than 3 files that end in .ann; read a smaller directory"
    assert from_brat(tmp_path, "small") == SMALL


def test_a_file_that_is_not_read_may_be_of_any_size(tmp_path: Path) -> None:
    BRAT.write(tmp_path)
    (tmp_path / "film.mp4").touch()
    os.truncate(tmp_path / "film.mp4", 1 << 36)

    assert from_brat(tmp_path) == SMALL


@pytest.mark.parametrize("name", ["small.ann", "small.txt", "small.json"])
def test_a_sparse_file_is_not_read_to_its_end(name: str, tmp_path: Path) -> None:
    BRAT.write(tmp_path)
    os.truncate(tmp_path / name, 1 << 36)

    with pytest.raises(InvalidImport, match="is longer than 16777216 bytes"):
        from_brat(tmp_path)
