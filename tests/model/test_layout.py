"""The description of the fields of a record agrees with annotations, validators and defaults."""

from __future__ import annotations

import types
import typing
from collections.abc import Iterator
from typing import Any

import attrs
import pytest

from oped_dataset.model import records
from oped_dataset.model.article import Article, ClaimTable
from oped_dataset.model.layout import Slot, layout
from oped_dataset.model.records import SCHEMA_VERSION, Claim, Entity, Quantity, Sentence, Span, Voice


def classes(cls: Any) -> Iterator[Any]:
    yield cls
    for slot in layout(cls):
        if attrs.has(slot.kind):
            yield from classes(slot.kind)


CLASSES = list(dict.fromkeys(classes(Article)))


def slot(cls: Any, name: str) -> Slot:
    return next(slot for slot in layout(cls) if slot.name == name)


def annotation(slot: Slot) -> Any:
    """Return the type that the class should annotate a field with."""
    held: Any = slot.kind
    if slot.container is not None:
        held = types.GenericAlias(tuple, (held, ...)) if slot.container is tuple else slot.container
    return held | None if slot.is_optional else held


def test_every_class_of_a_document_has_a_layout() -> None:
    defined = {cls for cls in vars(records).values() if isinstance(cls, type) and cls.__module__ == records.__name__}

    assert set(CLASSES) == {Article, *filter(attrs.has, defined)}


@pytest.mark.parametrize("cls", CLASSES)
def test_a_layout_agrees_with_the_annotations(cls: Any) -> None:
    hints = typing.get_type_hints(cls)

    assert {slot.name: annotation(slot) for slot in layout(cls)} == {
        field.name: hints[field.name] for field in attrs.fields(cls)
    }


@pytest.mark.parametrize("cls", CLASSES)
def test_a_default_has_the_type_of_its_field(cls: Any) -> None:
    with_defaults = [slot for slot in layout(cls) if slot.attribute.default is not attrs.NOTHING]

    for slot in with_defaults:
        held = slot.default()
        assert type(held) in (slot.container, slot.kind, type(None))
        assert held is not None or slot.is_optional


@pytest.mark.parametrize(
    ("cls", "name", "wanted"),
    [
        (Article, "authors", (tuple, 1)),
        (Article, "contributors", (tuple, 0)),
        (Article, "claims", (ClaimTable, 0)),
        (Claim, "voices", (tuple, 1)),
        (Sentence, "shifts", (tuple, 0)),
        (Claim, "gist", (None, 0)),
    ],
)
def test_a_container_has_a_minimum_length(cls: Any, name: str, wanted: tuple[Any, int]) -> None:
    assert (slot(cls, name).container, slot(cls, name).fewest) == wanted


def test_bounds_and_patterns_apply_to_single_values() -> None:
    assert (slot(Span, "start").minimum, slot(Span, "end").minimum) == (0, 1)
    assert slot(Article, "authors").pattern == slot(Voice, "source").pattern == r"[a-z0-9]+(-[a-z0-9]+)*"
    assert (slot(Quantity, "value").minimum, slot(Quantity, "value").pattern) == (None, None)


def test_only_the_version_has_a_default_but_is_required() -> None:
    stubborn = [
        slot.name
        for cls in CLASSES
        for slot in layout(cls)
        if slot.attribute.default is not attrs.NOTHING and not slot.may_be_left_out
    ]

    assert stubborn == ["schema_version"]
    assert slot(Article, "schema_version").default() == SCHEMA_VERSION
    assert not slot(Entity, "name").may_be_left_out
