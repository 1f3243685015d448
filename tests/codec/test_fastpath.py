"""The fast reader returns the article of the careful reader, or None."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import attrs
import pytest
from careful import examine_alone
from hypothesis import given
from hypothesis import strategies as st
from json_suite import SUITE
from small import changed, text_of

from oped_dataset import Article, loads, validate
from oped_dataset.codec import (
    fastpath,
    jsontext,
    wire,
)
from oped_dataset.codec.jsontext import DEPTH_LIMIT, Limits
from oped_dataset.model.layout import layout
from oped_dataset.model.tables import Table
from oped_dataset.resources import read_data
from oped_dataset.testing import Mutation, make_corpus, strategies

HERE = Path(__file__).parents[1]
FILES = sorted([*HERE.glob("invalid/*.json"), *HERE.glob("golden/*.json"), *SUITE])
WHOLE = wire.encode(next(make_corpus(1, seed=5)))


def read(document: bytes | str, *, is_known: bool = False) -> Article | None:
    return fastpath.read(jsontext.parse_quickly(document), is_known=is_known)


def careful(document: bytes | str) -> Article | None:
    parsed = jsontext.parse(document)
    draft = examine_alone(parsed.value)
    return draft.article if parsed.report.ok and draft.report.ok else None


def same(article: Article | None, document: bytes | str) -> bool:
    """Whether the careful reader returns an equal article with the same classes."""
    other = careful(document)
    return other is not None and article == other and _spelled(article) == _spelled(other)


def _spelled(value: object) -> object:
    """List all classes and values; `repr` of an article and `==` of labels do not distinguish them."""
    if isinstance(value, (tuple, Sequence)) and not isinstance(value, str):
        return type(value), [_spelled(item) for item in value]
    kind: Any = type(value)
    if attrs.has(kind):
        return kind, [_spelled(getattr(value, field.name)) for field in attrs.fields(kind)]
    return type(value), value


@pytest.mark.parametrize("name", ["harbour-toll", "retired-officials-2019"])
def test_a_bundled_article_is_read_fast(name: str) -> None:
    content = read_data(f"{name}.json")

    assert same(read(content), content)
    assert same(read(content.decode()), content)


@pytest.mark.parametrize("name", ["harbour-toll", "retired-officials-2019"])
def test_a_known_bundled_article_is_read_alike(name: str) -> None:
    document = read_data(f"{name}.json")

    assert same(read(document, is_known=True), document)


@given(strategies.articles())
def test_every_known_article_is_read_alike(article: Article) -> None:
    document = wire.encode(article)

    assert same(read(document, is_known=True), document)


def test_a_corpus_is_read_fast() -> None:
    contents = [wire.encode(article) for article in make_corpus(20, seed=3)]

    assert [same(read(content), content) for content in contents] == [True] * 20


@given(strategies.articles())
def test_every_article_is_read_fast(article: Article) -> None:
    content = wire.encode(article)

    assert same(read(content), content)


@given(strategies.articles())
def test_an_article_without_default_keys_is_read_fast(article: Article) -> None:
    content = json.dumps(without_defaults(wire.to_data(article), Article)).encode()

    assert read(content) == article
    assert same(read(content), content)


def without_defaults(data: dict[str, Any], cls: type) -> dict[str, Any]:
    """Omit every key with its default value."""
    kept = {}
    for slot in layout(cls):
        value = data[slot.name]
        if attrs.has(slot.kind) and value is not None:
            several = value if isinstance(value, list) else [value]
            made = [without_defaults(item, slot.kind) for item in several]
            value = made if isinstance(value, list) else made[0]
        default = slot.default() if slot.may_be_left_out else attrs.NOTHING
        if value != (list(default) if isinstance(default, (tuple, Table)) else default):
            kept[slot.name] = value
    return kept


@pytest.mark.parametrize("pointer", ["/schema_version", "/id", "/claims/0/voices", "/mentions/0/span"])
def test_a_missing_required_key_is_left_to_the_careful_reader(small: dict[str, Any], pointer: str) -> None:
    *path, last = pointer.split("/")[1:]
    holder: Any = small
    for step in path:
        holder = holder[int(step) if isinstance(holder, list) else step]

    del holder[last]

    assert read(text_of(small)) is None


@given(strategies.mutations())
def test_a_broken_rule_is_read_alike(mutation: Mutation) -> None:
    got = read(mutation.document)

    assert got is None or same(got, mutation.document)


@given(st.data())
def test_a_document_with_changed_bytes_is_read_alike(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(WHOLE)))
    end = min(len(WHOLE), start + data.draw(st.integers(0, 3)))
    document = WHOLE[:start] + data.draw(st.sampled_from(SPLINTERS)) + WHOLE[end:]

    got = read(document)

    assert got is None or same(got, document)


SPLINTERS = (
    *(b"", b" ", b"0", b"-", b".0", b"e1", b'"', b"\\", b"\\u0041", b"\\ud800", b"\xff", b"\xc3\xa9", b"null", b","),
    *(b"[", b"]", b"{}"),
)


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_file_is_read_alike(path: Path) -> None:
    content = path.read_bytes()
    got = read(content)

    assert got is None or same(got, content)


@pytest.mark.parametrize(
    ("pointer", "value"),
    [
        ("/schema_version", 2),
        ("/schema_version", True),
        ("/claims", ""),
        ("/claims", {}),
        ("/entities/0/aliases", "ab"),
        ("/entities/0/named", 1),
        ("/mentions/0/span/start", 0.0),
        ("/mentions/0/span/end", 2**53),
        ("/mentions/0/span/end", 0),
        ("/claims/0/voices", []),
        ("/claims/0/voices/0/commitment", ["certain"]),
        ("/claims/0/gist", " "),
        ("/claims/0/gist", "\ud800"),
        ("/publisher", "Not a slug"),
        ("/published", "20190713"),
        ("/title", None),
        ("/novel", 1),
    ],
)
def test_a_wrong_value_is_left_to_the_careful_reader(small: dict[str, Any], pointer: str, value: object) -> None:
    whole = wire.to_data(loads(text_of(small)))

    assert read(json.dumps(whole, ensure_ascii=False)) is not None
    assert read(json.dumps(changed(whole, pointer, value), ensure_ascii=False)) is None


@pytest.mark.parametrize("text", ["", "{", "[]", "NaN", "[" * 100_000, '{"id": 1, "id": 1}', "\ufeff{}", b"\xff"])
def test_a_document_without_an_article_is_left_to_the_careful_reader(text: str | bytes) -> None:
    assert read(text) is None


def test_a_duplicate_key_is_left_to_the_careful_reader(small: dict[str, Any]) -> None:
    text = text_of(wire.to_data(loads(text_of(small))))

    assert read(text.replace('"language":', '"language": "de", "language":', 1)) is None


@pytest.mark.parametrize("spelled", ["1E+2", "1.50e1", "+5", "05", "-0"])
def test_a_noncanonical_decimal_is_left_to_the_careful_reader(small: dict[str, Any], spelled: str) -> None:
    whole = wire.to_data(loads(text_of(small)))

    assert read(json.dumps(changed(whole, "/quantities/0/value", spelled), ensure_ascii=False)) is None


@pytest.mark.parametrize("document", [WHOLE, WHOLE.decode()], ids=["bytes", "text"])
@pytest.mark.parametrize("limits", [{}, {"size": len(WHOLE)}, {"depth": DEPTH_LIMIT + 1}], ids=str)
def test_a_document_within_the_limits_is_only_parsed_quickly(
    monkeypatch: pytest.MonkeyPatch, document: bytes | str, limits: dict[str, int]
) -> None:
    monkeypatch.setattr(jsontext, "parse", lambda *_: pytest.fail("it was parsed carefully"))

    decoded = wire.decode(document, Limits(**limits))

    assert decoded.article == wire.from_data(json.loads(WHOLE))
    assert decoded.text == WHOLE.decode()


def test_the_limits_apply_before_fast_reading() -> None:
    assert [problem.code for problem in validate(WHOLE, limits=Limits(size=9)).problems] == ["OPED-too-large"]
    assert [problem.code for problem in validate(WHOLE, limits=Limits(depth=1)).problems] == ["OPED-too-deep"]
    assert validate(WHOLE, limits=Limits(depth=10)).ok
