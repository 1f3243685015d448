"""Nothing reachable from a loaded article can be changed in place, and all kinds of copies are equal."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import attrs
import pytest
from hypothesis import given
from small import text_of

from oped_dataset import (
    Article,
    Table,
    library,
    loads,
)
from oped_dataset.model.vocabulary import Vocabulary
from oped_dataset.testing import strategies

ATOMS = (str, int, bool, type(None))


@pytest.fixture
def article(small: dict[str, Any]) -> Article:
    return loads(text_of(small))


def _parts(value: object) -> Iterator[object]:
    """Yield everything reachable, private attributes included."""
    yield value
    if attrs.has(type(value)):
        children = [getattr(value, field.name) for field in attrs.fields(type(value))]  # type: ignore[arg-type]
    elif isinstance(value, Table):
        children = [value._records, value._by_id, value._made]
    elif isinstance(value, tuple):
        children = list(value)
    else:
        children = list(value.values()) if isinstance(value, Mapping) else []
    for child in children:
        yield from _parts(child)


def _refuses(change: Any, *arguments: object) -> bool:
    try:
        change(*arguments)
    except (AttributeError, TypeError):
        return True
    return False


def test_no_attribute_can_be_set_deleted_or_added(article: Article) -> None:
    for part in _parts(article):
        names = [field.name for field in attrs.fields(type(part))] if attrs.has(type(part)) else []  # type: ignore[arg-type]
        names += ["_records", "_by_id", "_made"] if isinstance(part, Table) else []
        names += ["meaning", "example", "_value_"] if isinstance(part, Vocabulary) else []
        for name in (*names, "anything"):
            assert _refuses(setattr, part, name, None), (part, name)
            assert _refuses(delattr, part, name), (part, name)


def test_no_item_can_be_set_or_deleted(article: Article) -> None:
    for part in _parts(article):
        if isinstance(part, (tuple, Table, Mapping)):
            key: Any = next(iter(part), "key") if isinstance(part, Mapping) else 0
            assert _refuses(lambda part=part, key=key: part.__setitem__(key, None)), part
            assert _refuses(lambda part=part, key=key: part.__delitem__(key)), part


def test_no_part_is_of_a_mutable_type(article: Article) -> None:
    kinds = {type(part).__name__ for part in _parts(article) if isinstance(part, (list, dict, set, bytearray))}

    assert kinds == set()


def test_each_access_to_tables_returns_a_new_dict(article: Article) -> None:
    article.tables.clear()

    assert article.tables


@given(strategies.articles())
def test_copies_are_equal_and_hash_alike(article: Article) -> None:
    twins = [copy.copy(article), copy.deepcopy(article), attrs.evolve(article)]
    twins += [pickle.loads(pickle.dumps(article, protocol)) for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1)]

    assert all(twin == article and hash(twin) == hash(article) for twin in twins)


def test_a_copy_finds_records_by_id_and_is_immutable(article: Article) -> None:
    twin = pickle.loads(pickle.dumps(article))

    assert twin.entities["maro"] == article.entities["maro"]
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        twin.title = "x"


def test_threads_that_load_at_once_get_one_object() -> None:
    library._loaded.clear()

    with ThreadPoolExecutor(8) as pool:
        articles = list(pool.map(lambda _: library.load(), range(16)))

    assert len({id(article) for article in articles}) == 1
    assert library.load() is articles[0]


def test_threads_get_equal_answers_from_one_article(article: Article) -> None:
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: (article.about("maro"), article.timeline(), hash(article)), range(64)))

    assert len(set(map(str, answers))) == 1
