"""The package's objects in other tools: annotations, weak references, YAML and copies."""

from __future__ import annotations

import copy
import inspect
import pickle
import pydoc
import typing
import weakref
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import oped_dataset
from oped_dataset import LineReader, authoring, exports, load, testing, to_data, to_records

PUBLIC = [(front, name) for front in (oped_dataset, authoring, exports, testing) for name in front.__all__]


def callables(made: object) -> Iterator[object]:
    """Yield a public object and the functions of its class, which have annotations."""
    yield from [made] if inspect.isfunction(made) or inspect.isclass(made) else []
    for member in vars(made).values() if inspect.isclass(made) else ():
        plain = member.fget if isinstance(member, property) else getattr(member, "__func__", member)
        yield from [plain] if inspect.isfunction(plain) else []


@pytest.mark.parametrize(("front", "name"), PUBLIC, ids=[name for _, name in PUBLIC])
def test_annotations_can_be_read(front: object, name: str) -> None:
    made = getattr(front, name)

    assert all(isinstance(typing.get_type_hints(each), dict) for each in callables(made))
    assert pydoc.render_doc(made)


CLASSES: set[type[Any]] = {
    made
    for made in (getattr(front, name) for front, name in PUBLIC)
    if inspect.isclass(made) and not issubclass(made, BaseException)
}


@pytest.mark.parametrize("cls", sorted(CLASSES, key=str))
@settings(max_examples=1, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_objects_of_every_class_can_be_drawn_referenced_and_copied(cls: Any, data: st.DataObject) -> None:
    made = data.draw(st.from_type(cls))

    assert repr(made)
    # A reader is an open stream, and a named tuple has no weak references.
    assert isinstance(made, tuple) or weakref.ref(made)() is made
    if cls is not LineReader:
        assert (
            type(copy.copy(made)) is type(copy.deepcopy(made)) is type(pickle.loads(pickle.dumps(made))) is type(made)
        )


@pytest.mark.slow
def test_plain_data_survives_yaml() -> None:
    yaml = pytest.importorskip("yaml")
    article = load("harbour-toll")

    assert yaml.safe_load(yaml.safe_dump(to_data(article))) == to_data(article)
    assert yaml.safe_load(yaml.safe_dump(to_records(article))) == to_records(article)
