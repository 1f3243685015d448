"""Reading and writing articles, as content and as files."""

from __future__ import annotations

import gc
import io
import weakref
from collections.abc import Callable
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small import changed, text_of

import oped_dataset
from oped_dataset import (
    Article,
    InvalidArticle,
    Limits,
    dump_path,
    dumps,
    filesystem,
    library,
    load_path,
    loading,
    loads,
    read_lines,
    validate,
    validate_path,
)
from oped_dataset.errors import (
    ArticleFileError,
    ArticleFileNotFound,
    OpedDatasetError,
)


@pytest.fixture
def article(small: dict[str, Any]) -> Article:
    return loads(text_of(small))


def test_text_and_bytes_give_equal_articles(article: Article) -> None:
    assert loads(dumps(article)) == loads(dumps(article).decode()) == article


def test_an_invalid_article_is_neither_read_nor_written(small: dict[str, Any], article: Article) -> None:
    with pytest.raises(InvalidArticle):
        loads(text_of(changed(small, "/publisher", "nobody")))
    with pytest.raises(InvalidArticle):
        dumps(attrs.evolve(article, publisher="nobody"))


def test_a_changed_copy_of_an_article_that_was_read_is_checked(article: Article) -> None:
    read = loads(dumps(article))

    with pytest.raises(InvalidArticle) as caught:
        dumps(attrs.evolve(read, publisher="nobody"))

    assert [problem.code for problem in caught.value.problems] == ["OPED-dangling-reference"]


def test_an_article_that_was_checked_is_forgotten_with_its_last_reference(article: Article) -> None:
    read = weakref.ref(loads(dumps(article)))
    gc.collect()

    assert read() is None


@given(st.text() | st.binary())
def test_no_other_exception_escapes(data: str | bytes) -> None:
    with pytest.raises(InvalidArticle) as caught:
        loads(data)

    assert caught.value.problems


def test_a_file_is_written_and_read(article: Article, tmp_path: Path) -> None:
    dump_path(article, tmp_path / "small.json")

    assert load_path(str(tmp_path / "small.json")) == article
    assert (tmp_path / "small.json").read_bytes() == dumps(article)
    assert [path.name for path in tmp_path.iterdir()] == ["small.json"]


def test_a_file_is_not_changed_if_the_article_is_invalid(article: Article, tmp_path: Path) -> None:
    path = tmp_path / "small.json"
    path.write_text("precious", encoding="utf-8")

    with pytest.raises(InvalidArticle):
        dump_path(attrs.evolve(article, publisher="nobody"), path)

    assert [path.name for path in tmp_path.iterdir()] == ["small.json"]
    assert path.read_text(encoding="utf-8") == "precious"


@pytest.mark.parametrize("read", [load_path, validate_path, lambda path: next(read_lines(path))])
def test_a_missing_file_is_named(read: Callable[[Path], object], tmp_path: Path) -> None:
    with pytest.raises(ArticleFileNotFound) as caught:
        read(tmp_path / "nosuch")

    assert str(caught.value) == f"no such file: {tmp_path / 'nosuch'}"


@pytest.mark.parametrize("read", [load_path, validate_path, lambda path: next(read_lines(path))])
def test_a_directory_is_not_read(read: Callable[[Path], object], tmp_path: Path) -> None:
    with pytest.raises(ArticleFileError) as caught:
        read(tmp_path)

    assert str(caught.value) == f"{tmp_path}: Is a directory"


def test_a_path_with_a_null_character_is_rejected() -> None:
    with pytest.raises(ArticleFileError) as caught:
        load_path("a\0b")

    assert str(caught.value) == "'a\\x00b' cannot be a path: embedded null byte"


@pytest.mark.parametrize("place", ["nosuch/small.json", "."])
def test_a_file_that_cannot_be_written(article: Article, tmp_path: Path, place: str) -> None:
    with pytest.raises(OpedDatasetError) as caught:
        dump_path(article, tmp_path / place)

    assert isinstance(caught.value, OSError)


def test_an_article_its_json_and_its_file_have_equal_reports(article: Article, tmp_path: Path) -> None:
    dump_path(article, tmp_path / "small.json")
    json = dumps(article)

    reports = [validate(article), validate(json), validate(json.decode()), validate_path(tmp_path / "small.json")]

    assert [report.problems for report in reports] == [()] * 4


def test_strings_are_json_for_loads_and_paths_for_load_path(
    article: Article, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    dump_path(article, "{}")

    assert validate_path("{}").ok
    assert validate("{}") == validate(b"{}")
    assert [problem.code for problem in validate("small.json").problems] == ["OPED-invalid-json"]


@pytest.mark.parametrize("read", [load_path, validate_path])
def test_a_file_larger_than_the_limit_is_not_read(read: Callable[..., Any], article: Article, tmp_path: Path) -> None:
    dump_path(article, tmp_path / "small.json")

    try:
        problems = read(tmp_path / "small.json", limits=Limits(size=10)).problems
    except InvalidArticle as error:
        problems = error.problems

    assert [problem.code for problem in problems] == ["OPED-too-large"]


def test_a_bytearray_is_read_like_bytes(article: Article) -> None:
    assert loads(bytearray(dumps(article))) == article
    assert validate(bytearray(dumps(article))) == validate(dumps(article))
    assert validate(bytearray(b"{}")) == validate(b"{}")


@pytest.mark.parametrize("read", [load_path, validate_path])
def test_a_huge_limit_does_not_allocate_memory(read: Callable[..., Any], article: Article, tmp_path: Path) -> None:
    dump_path(article, tmp_path / "small.json")

    found = read(tmp_path / "small.json", limits=Limits(size=2**53 - 1))

    assert found == read(tmp_path / "small.json")


def test_a_stream_is_read_in_pieces_up_to_one_byte_beyond_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filesystem, "_PIECE", 3)

    read = [filesystem.read_within(io.BytesIO(b"12345678"), limit) for limit in (-5, -1, 0, 4, 5, 7, 100)]

    assert read == [b"", b"", b"1", b"12345", b"123456", b"12345678", b"12345678"]


def test_loading_is_part_of_the_front_door() -> None:
    assert (oped_dataset.load, oped_dataset.loads) == (library.load, loading.loads)
