"""The fast ways, in Python and by compiled code, give what the careful way gives, or leave the document to it."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeAlias

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small import changed, text_of

from oped_dataset import Article, loads, validate
from oped_dataset.codec import (
    fastpath,
    jsontext,
    native,
    wire,
)
from oped_dataset.codec.jsontext import DEPTH_LIMIT, Limits
from oped_dataset.errors import MOST_PROBLEMS
from oped_dataset.resources import read_data
from oped_dataset.testing import Mutation, make_corpus, strategies

HERE = Path(__file__).parents[1]
SUITE = Path(os.environ.get("OPED_DATASET_JSON_SUITE", HERE.parents[1] / "shared" / "json-test-suite"))
FILES = sorted([*HERE.glob("invalid/*.json"), *HERE.glob("golden/*.json"), *SUITE.glob("*/*.json")])
WHOLE = wire.encode(next(make_corpus(1, seed=5)))

Read: TypeAlias = Callable[[bytes | str], Article | None]


@pytest.fixture(scope="module", autouse=True)
def worthwhile() -> Iterator[None]:
    """Let the compiled code read from the first document on."""
    native._read_in_python = native.WORTHWHILE
    yield
    native._read_in_python = 0


@pytest.fixture(params=[fastpath.read, native.read], ids=["python", "native"])
def read(request: pytest.FixtureRequest) -> Read:
    """One of the fast ways."""
    if request.param is native.read:
        pytest.importorskip("msgspec")
    chosen: Read = request.param
    return chosen


def careful(document: bytes | str) -> Article | None:
    """Read without a fast way."""
    parsed = jsontext.parse(document)
    draft = wire._drafted(parsed.value, MOST_PROBLEMS, hurry=parsed.report.ok)
    return draft.article if parsed.report.ok and draft.report.ok else None


def same(article: Article | None, document: bytes | str) -> bool:
    """Whether it is what the careful way gives, class for class."""
    other = careful(document)
    return other is not None and article == other and _spelled(article) == _spelled(other)


def _spelled(value: object) -> object:
    """The classes and values of all there is; `repr` of an article and `==` of labels do not tell them apart."""
    if isinstance(value, (tuple, Sequence)) and not isinstance(value, str):
        return type(value), [_spelled(item) for item in value]
    kind: Any = type(value)
    if attrs.has(kind):
        return kind, [_spelled(getattr(value, field.name)) for field in attrs.fields(kind)]
    return type(value), value


@pytest.mark.parametrize("name", ["harbour-toll", "retired-officials-2019"])
def test_a_bundled_article_goes_the_fast_way(read: Read, name: str) -> None:
    content = read_data(f"{name}.json")

    assert same(read(content), content)
    assert same(read(content.decode()), content)


@pytest.mark.parametrize("name", ["harbour-toll", "retired-officials-2019"])
def test_a_known_article_is_read_alike(name: str) -> None:
    document = read_data(f"{name}.json")

    assert same(fastpath.read_known(document), document)


@given(strategies.articles())
def test_every_known_article_is_read_alike(article: Article) -> None:
    document = wire.encode(article)

    assert same(fastpath.read_known(document), document)


def test_a_corpus_goes_the_fast_way(read: Read) -> None:
    contents = [wire.encode(article) for article in make_corpus(20, seed=3)]

    assert [same(read(content), content) for content in contents] == [True] * 20


@given(strategies.articles())
def test_every_article_goes_the_fast_way(article: Article) -> None:
    content = wire.encode(article)

    assert same(fastpath.read(content), content)
    assert native._reader() is None or same(native.read(content), content)


@given(strategies.mutations())
def test_a_broken_rule_is_read_alike(mutation: Mutation) -> None:
    for way in (fastpath.read, native.read):
        got = way(mutation.document)

        assert got is None or same(got, mutation.document)


@given(st.data())
def test_a_document_with_a_few_bytes_changed_is_read_alike(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(WHOLE)))
    end = min(len(WHOLE), start + data.draw(st.integers(0, 3)))
    document = WHOLE[:start] + data.draw(st.sampled_from(SPLINTERS)) + WHOLE[end:]

    for way in (fastpath.read, native.read):
        got = way(document)
        assert got is None or same(got, document)


SPLINTERS = (
    *(b"", b" ", b"0", b"-", b".0", b"e1", b'"', b"\\", b"\\u0041", b"\\ud800", b"\xff", b"\xc3\xa9", b"null", b","),
    *(b"[", b"]", b"{}"),
)


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_file_is_read_alike(read: Read, path: Path) -> None:
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
def test_what_is_wrong_is_left_to_the_careful_way(
    read: Read, small: dict[str, Any], pointer: str, value: object
) -> None:
    whole = wire.to_data(loads(text_of(small)))

    assert read(json.dumps(whole, ensure_ascii=False)) is not None
    assert read(json.dumps(changed(whole, pointer, value), ensure_ascii=False)) is None


@pytest.mark.parametrize("text", ["", "{", "[]", "NaN", "[" * 100_000, '{"id": 1, "id": 1}', "\ufeff{}", b"\xff"])
def test_what_is_no_article_is_left_to_the_careful_way(read: Read, text: str | bytes) -> None:
    assert read(text) is None


def test_a_key_that_comes_twice_is_left_to_the_careful_way(read: Read, small: dict[str, Any]) -> None:
    text = text_of(wire.to_data(loads(text_of(small))))

    assert read(text.replace('"language":', '"language": "de", "language":', 1)) is None


@pytest.mark.parametrize("spelled", ["1E+2", "1.50e1", "+5", "05", "-0"])
def test_a_decimal_spelled_otherwise_is_left_to_the_careful_way(
    read: Read, small: dict[str, Any], spelled: str
) -> None:
    whole = wire.to_data(loads(text_of(small)))

    assert read(json.dumps(changed(whole, "/quantities/0/value", spelled), ensure_ascii=False)) is None


def test_without_the_extra_nothing_else_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "msgspec", None)
    native._reader.cache_clear()

    assert native.read(WHOLE) is None
    assert same(loads(WHOLE), WHOLE)
    native._reader.cache_clear()


def test_the_compiled_code_is_not_imported_for_a_few_documents(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(native, "_read_in_python", native.WORTHWHILE - len(WHOLE))

    assert native.read(WHOLE) is None
    assert native._reader() is None or same(native.read(WHOLE), WHOLE)


@pytest.mark.parametrize("document", [WHOLE, WHOLE.decode()], ids=["bytes", "text"])
@pytest.mark.parametrize("limits", [{}, {"size": len(WHOLE)}, {"depth": DEPTH_LIMIT + 1}], ids=str)
@pytest.mark.parametrize("worth", [0, native.WORTHWHILE], ids=["python", "native"])
def test_what_is_within_the_limits_is_parsed_no_other_way(
    monkeypatch: pytest.MonkeyPatch, document: bytes | str, limits: dict[str, int], worth: int
) -> None:
    monkeypatch.setattr(native, "_read_in_python", worth)
    monkeypatch.setattr(jsontext, "parse", lambda *_: pytest.fail("it was parsed carefully"))

    decoded = wire.decode(document, Limits(**limits))

    assert decoded.article == wire.from_data(json.loads(WHOLE))
    assert decoded.text == WHOLE.decode()


def test_what_the_compiled_code_has_read_is_not_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("msgspec")
    monkeypatch.setattr(native, "_read_in_python", native.WORTHWHILE)
    monkeypatch.setattr(fastpath, "read", lambda _: pytest.fail("it was read twice"))

    assert loads(WHOLE) == wire.from_data(json.loads(WHOLE))


def test_the_limits_hold_on_the_fast_way_too() -> None:
    assert [problem.code for problem in validate(WHOLE, limits=Limits(size=9)).problems] == ["OPED-too-large"]
    assert [problem.code for problem in validate(WHOLE, limits=Limits(depth=1)).problems] == ["OPED-too-deep"]
    assert validate(WHOLE, limits=Limits(depth=10)).ok
