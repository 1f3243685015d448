"""The package's objects in other tools: annotations, weak references, YAML and copies."""

from __future__ import annotations

import copy
import inspect
import pickle
import pydoc
import typing
import weakref
from collections.abc import Iterator

import pytest

import oped_dataset
from oped_dataset import Edtf, exports, load, testing, to_data, to_records
from oped_dataset.exports import Files
from oped_dataset.text.units import CodeUnits

PUBLIC = [(front, name) for front in (oped_dataset, exports, testing) for name in front.__all__]


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


@pytest.mark.parametrize(
    "made",
    [
        *(load("harbour-toll"), load("harbour-toll").claims, load("harbour-toll").claims[0], Edtf("2018")),
        *(Files({}), CodeUnits("ab", "utf-8"), oped_dataset.Report(), oped_dataset.Span(0, 1)),
    ],
    ids=lambda made: type(made).__name__,
)
def test_objects_support_weak_references_and_copies(made: object) -> None:
    assert weakref.ref(made)() is made
    assert type(copy.deepcopy(made)) is type(pickle.loads(pickle.dumps(made))) is type(made)


@pytest.mark.slow
def test_plain_data_survives_yaml() -> None:
    yaml = pytest.importorskip("yaml")
    article = load("harbour-toll")

    assert yaml.safe_load(yaml.safe_dump(to_data(article))) == to_data(article)
    assert yaml.safe_load(yaml.safe_dump(to_records(article))) == to_records(article)
