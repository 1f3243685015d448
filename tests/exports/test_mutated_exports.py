"""Exported files that somebody changed: whatever is read from them is all that they say, or they are refused."""

from __future__ import annotations

import copy
import json
import os
from collections.abc import Callable, Iterator
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small import small

from oped_dataset import Article, Limits, OpedDatasetError, from_records, read_lines, to_records
from oped_dataset.codec import wire
from oped_dataset.errors import ArticleFileError, InvalidImport
from oped_dataset.exports import (
    Files,
    brat_notes,
    from_brat,
    from_label_studio,
    from_parquet,
    from_tables,
    from_web_annotation,
    label_studio_notes,
    to_brat,
    to_label_studio,
    to_parquet,
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
# Doors with limits of their own, and those that also return notes or rejections.
READERS: dict[str, tuple[Any, Callable[[Any], Any]]] = {
    **DOORS,
    "label-studio": (TASKS, lambda tasks: (from_label_studio(tasks), label_studio_notes(tasks))),
    "records": (to_records(SMALL), lambda records: from_records(records, like=SMALL)),
    "lines": (wire.to_data(SMALL), lambda data: list(read_lines(BytesIO(json.dumps(data).encode())))),
}


def _paths(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every value in plain data."""
    if path:
        yield path
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in inner:
        yield from _paths(each, (*path, key))


PATHS = {name: list(_paths(document)) for name, (document, _) in READERS.items()}
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


# The version of the code is not about the article.
REMARKS = {"code_version", "softwareVersion", "generator", "model_version"}


def _means_nothing(door: str, path: tuple[Any, ...], change: Callable[..., None], value: Any) -> bool:
    # The items of a region repeat its information, and an empty note is none.
    is_empty = door == "label-studio" and "meta" in path and (not value or change is _repeat)
    # Null stands for a key that is left out, an entity may be described twice, and an id that is not used is free.
    is_same = door == "records" and (value is None or path[-1] == "id" or (change is _repeat and len(path) == 2))
    is_left_out = door == "label-studio" and value is None
    return is_empty or is_same or is_left_out or bool(REMARKS & set(path))


@pytest.mark.parametrize("door", READERS)
@given(data=st.data(), change=st.sampled_from([_retype, _add, _repeat]), value=VALUES)
def test_no_change_passes_unseen(door: str, data: st.DataObject, change: Callable[..., None], value: Any) -> None:
    document, read = copy.deepcopy(READERS[door][0]), READERS[door][1]
    path = data.draw(st.sampled_from(PATHS[door]))
    value = _at(document, path)[path[-1]] if change is _repeat else value
    change(_at(document, path), path[-1], value)

    try:
        found = read(document)
    except OpedDatasetError:
        return
    is_seen = found != read(READERS[door][0]) or document == READERS[door][0]
    assert is_seen or _means_nothing(door, path, change, value)


@pytest.mark.parametrize("door", READERS)
@given(data=st.data())
def test_a_renamed_key_is_refused(door: str, data: st.DataObject) -> None:
    document, read = copy.deepcopy(READERS[door][0]), READERS[door][1]
    path = data.draw(st.sampled_from([path for path in PATHS[door] if isinstance(path[-1], str)]))
    holder = _at(document, path)
    holder[f"{path[-1]}s"] = value = holder.pop(path[-1])

    try:
        found = read(document)
    except OpedDatasetError:
        return
    assert (door == "records" and (value is None or found.rejections)) or bool(REMARKS & set(path))


@pytest.mark.parametrize("key", ["voices_line", "told_by_line", "author", "x"])
@pytest.mark.parametrize("region", TASKS[0]["data"]["stored"])
def test_stored_fields_are_those_of_the_exporter(region: str, key: str) -> None:
    tasks = copy.deepcopy(TASKS)
    tasks[0]["data"]["stored"][region][key] = "x"

    with pytest.raises(InvalidImport) as caught:
        from_label_studio(tasks)

    said = f"the list, task 1, region {region}: the stored fields were changed; restore them from the export"
    assert str(caught.value) == said


@given(number=st.integers(0, len(to_tables(SMALL)["voices"]) - 1))
def test_a_row_of_voices_that_is_missing_is_refused(number: int) -> None:
    tables = to_tables(SMALL)
    del tables["voices"][number]

    with pytest.raises(InvalidImport, match=r"^the table 'voices' has no row for position \d of the claim '"):
        from_tables(tables)


def _nulls(table: Any, at: int) -> Any:
    return table.set_column(at, table.field(at), pytest.importorskip("pyarrow").nulls(len(table), table.field(at).type))


PARQUET: dict[str, Callable[[Any, int], Any]] = {
    "a column twice": lambda table, at: table.append_column(table.field(at), table.column(at)),
    "a column more": lambda table, at: table.append_column(f"{table.column_names[at]}s", table.column(at)),
    "another name": lambda table, at: table.rename_columns({table.column_names[at]: "x"}),
    "nulls": _nulls,
    "a row less": lambda table, _: table.slice(1),
    "a row twice": lambda table, _: pytest.importorskip("pyarrow").concat_tables([table, table.slice(0, 1)]),
    "another licence": lambda table, _: table.replace_schema_metadata({"licence": "x"}),
    "another version": lambda table, _: table.replace_schema_metadata({"data_version": "9.9.9"}),
}


@given(data=st.data(), change=st.sampled_from(sorted(PARQUET)))
def test_no_change_of_parquet_passes_unseen(data: st.DataObject, change: str) -> None:
    arrow, parquet = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    files = to_parquet(SMALL)
    name = data.draw(st.sampled_from(sorted(files)))
    table = parquet.read_table(arrow.BufferReader(files[name]))
    changed = PARQUET[change](table, data.draw(st.integers(0, table.num_columns - 1)))
    parquet.write_table(changed, sink := arrow.BufferOutputStream())

    try:
        article = from_parquet(Files({**files, name: sink.getvalue().to_pybytes()}))
    except OpedDatasetError:
        return
    assert article != SMALL or changed.equals(table)


@given(data=st.data(), number=st.integers(0, len(LINES) - 1))
def test_a_changed_line_of_brat_is_refused_or_read(data: st.DataObject, number: int) -> None:
    lines, other = list(LINES), data.draw(st.sampled_from(LINES))
    key, _, rest = lines[number].partition("\t")
    changed = [f"{key}\t{other.partition(chr(9))[2]}", f"{key}9\t{rest}", lines[number] + "\tx", other, f"{key} {rest}"]
    lines[number : number + data.draw(st.integers(0, 1))] = [data.draw(st.sampled_from(changed))]

    try:
        files = {**BRAT, "small.ann": "\n".join(lines).encode()}
        article, notes = from_brat(files), brat_notes(files)
    except OpedDatasetError:
        return
    # The names of the lines mean nothing by themselves.
    assert article != SMALL or notes or [line[1:].lstrip("0123456789") for line in lines] == WITHOUT_NAMES


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


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize(
    ("number", "shown"), [(-(2**53), "-9007199254740992"), (10**5000, "a number of 16610 bits")], ids=["large", "huge"]
)
def test_a_number_beyond_the_range_of_json_is_refused(door: str, number: int, shown: str) -> None:
    document, read = copy.deepcopy(DOORS[door][0]), DOORS[door][1]
    path = PATHS[door][-1]
    _at(document, path)[path[-1]] = number

    with pytest.raises(InvalidImport, match=f"contains {shown}; not every JSON reader can represent it exactly"):
        read(document)


@pytest.mark.parametrize("door", DOORS)
def test_a_signalling_nan_is_refused(door: str) -> None:
    document, read = copy.deepcopy(DOORS[door][0]), DOORS[door][1]
    path = PATHS[door][-1]
    _at(document, path)[path[-1]] = Decimal("sNaN")

    with pytest.raises(InvalidImport, match=r"contains Decimal\('sNaN'\), which cannot be compared with any value"):
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


def _relation(document: Any) -> Any:
    return next(item for item in _result(document) if item["type"] == "relation")


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
    "a key of a task": (lambda tasks: tasks[0].update(annotation=1), "the key 'annotation' is unknown"),
    "a version that is none": (
        lambda tasks: tasks[0]["data"]["article"].update(code_version=5),
        "code_version: 5 is not a string",
    ),
    "stored bytes": (lambda tasks: tasks[0]["data"]["stored"].update(x={"id": b""}), "the stored fields were changed"),
    "no choice": (lambda tasks: _choice(tasks)["value"].update(choices=[]), "has no choice"),
    "another text": (lambda tasks: _choice(tasks).update(to_name="x"), "to_name is 'x', not 'text'"),
    "another field": (
        lambda tasks: _result(tasks).append({**_choice(tasks), "from_name": "x", "type": "textarea", "value": {}}),
        "there is no field 'x'",
    ),
    "another direction": (
        lambda tasks: _relation(tasks).update(direction="bi"),
        "the direction is 'right' or 'left', not 'bi'",
    ),
    "skipped": (
        lambda tasks: tasks[0].update(annotations=[{"was_cancelled": True}]),
        "was skipped: all of its annotations are cancelled",
    ),
    "skipped or not": (
        lambda tasks: tasks[0].update(annotations=[{"was_cancelled": 1}]),
        "was_cancelled is 1, not true or false",
    ),
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
