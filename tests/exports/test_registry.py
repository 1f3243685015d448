"""The list of formats and the one way to use them."""

from __future__ import annotations

import inspect
import re
from importlib import metadata
from typing import get_overloads

import pytest

import oped_dataset
from oped_dataset import Article, exports, formats
from oped_dataset.errors import FormatNotFound

EVERY_FORMAT = pytest.mark.parametrize("found", formats(), ids=lambda found: str(found.name))


def test_the_formats_are_sorted_and_named_once() -> None:
    listed = [found.name for found in formats()]

    assert listed == sorted(set(listed))


@EVERY_FORMAT
def test_a_format_has_one_function_of_its_name(found: exports.Format) -> None:
    assert found.function == f"to_{found.name.replace('-', '_')}"
    assert found.exporter is getattr(exports, found.function)


@EVERY_FORMAT
def test_an_exporter_takes_the_text_just_when_it_needs_it(found: exports.Format) -> None:
    parameters = inspect.signature(found.exporter).parameters

    assert next(iter(parameters)) == "article"
    assert ("text" in parameters) == found.needs_text


def test_type_checkers_know_the_result_of_a_format() -> None:
    hints = [overloaded.__annotations__ for overloaded in get_overloads(exports.export)]
    typed = {name: hint["return"] for hint in hints for name in re.findall("'([^']+)'", hint["name"])}
    spelled = {"dict of lists of dicts": "dict[str, list[dict[str, Any]]]", "dict": "dict[str, Any]"}
    gives = {found.name: spelled.get(found.gives, found.gives) for found in formats() if "." not in found.gives}

    assert typed == gives | dict.fromkeys(("arrow", "pandas", "polars"), "dict[str, Any]")


def test_export_finds_a_format_by_name(toll: Article) -> None:
    assert oped_dataset.export(toll, "tables") == exports.to_tables(toll)


def test_export_hands_options_on(untold: Article, toll: Article) -> None:
    text = toll.source.text

    assert oped_dataset.export(untold, "brat", text=text)["small.ann"] == oped_dataset.export(toll, "brat")["small.ann"]


def test_an_unknown_format_names_the_nearest(toll: Article) -> None:
    with pytest.raises(FormatNotFound) as caught:
        oped_dataset.export(toll, "panda")

    assert str(caught.value) == "no format 'panda'; did you mean 'pandas'?"


def test_the_names_are_listed_and_there() -> None:
    assert dir(exports) == exports.__all__ == sorted(exports.__all__)
    assert all(inspect.getdoc(getattr(exports, name)) for name in exports.__all__)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError) as caught:
        exports.to_paper  # type: ignore[attr-defined]  # noqa: B018

    assert str(caught.value) == "module 'oped_dataset.exports' has no attribute 'to_paper'"


@EVERY_FORMAT
def test_every_extra_of_a_format_is_an_extra_of_the_distribution(found: exports.Format) -> None:
    extras = metadata.metadata("oped-dataset").get_all("Provides-Extra") or []

    assert found.extra is None or found.extra in extras
