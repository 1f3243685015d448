"""Additions without meaning are accepted; content that would be lost is rejected."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import attrs
import pytest

from oped_dataset import (
    Article,
    Claim,
    Entity,
    Voice,
    dump_path,
    dumps,
    from_data,
    load,
    loads,
    read_lines,
    to_data,
    validate_corpus,
    write_lines,
)
from oped_dataset.corpora.lines import positions
from oped_dataset.errors import ArticleFileError, InvalidArticle, InvalidRecord

TOLL = load("harbour-toll")


def _line() -> bytes:
    stream = io.BytesIO()
    write_lines([TOLL], stream)
    return stream.getvalue()


LINE = _line()
ENDS = [b"", b"\n", b"\r\n", b"\n\n\n", b"  \n", b"\t\r\n \n", b" "]


@pytest.mark.parametrize("end", ENDS)
def test_blank_lines_at_the_end_are_ignored(end: bytes, tmp_path: Path) -> None:
    (tmp_path / "x.jsonl").write_bytes(LINE + LINE.replace(b"\n", b"\r\n") + end)

    assert list(read_lines(tmp_path / "x.jsonl")) == [TOLL, TOLL]
    assert [each.lines for each in positions(tmp_path / "x.jsonl", 1)] == [0, 1, 2]
    assert validate_corpus(tmp_path / "x.jsonl", engine=map).articles == 2


@pytest.mark.parametrize("blank", [b"\n", b" \r\n"])
def test_a_blank_line_before_an_article_is_reported_with_its_number(blank: bytes) -> None:
    with pytest.raises(InvalidArticle) as caught:
        list(read_lines(io.BytesIO(LINE + blank + blank + LINE)))

    assert [problem.line for problem in caught.value.problems] == [2]


def test_the_address_of_a_schema_is_not_part_of_an_article() -> None:
    data = {"$schema": "https://example.org/article.json", **to_data(TOLL)}

    assert loads(json.dumps(data)) == from_data(data) == TOLL
    assert b"$schema" not in dumps(loads(json.dumps(data)))


@pytest.mark.parametrize("address", [5, None, [], {}])
def test_the_address_of_a_schema_must_be_a_string(address: Any) -> None:
    with pytest.raises(InvalidArticle, match=r"there is no key '\$schema'"):
        from_data({"$schema": address, **to_data(TOLL)})


PACKED = [".xz", ".bz2", ".br", ".lz4", ".zip", ".Z", ".7z", ".GZ", ".ZST", ".lzma", ".zstd", ".sz", ".snappy", ".tgz"]


@pytest.mark.parametrize("ending", PACKED)
@pytest.mark.parametrize("use", [lambda path: write_lines([TOLL], path), lambda path: list(read_lines(path))])
def test_the_suffix_of_another_compression_is_rejected(
    use: Callable[[Path], object], ending: str, tmp_path: Path
) -> None:
    path = tmp_path / f"x.jsonl{ending}"
    if "list" in use.__code__.co_names:
        path.write_bytes(LINE)

    with pytest.raises(ArticleFileError) as caught:
        use(path)

    said = f"files are compressed with gzip (.gz) or Zstandard (.zst), not as {ending}; choose another name"
    assert str(caught.value) == f"{path}: {said}"


@pytest.mark.parametrize("use", [lambda path: write_lines([TOLL], path), lambda path: list(read_lines(path))])
def test_a_file_named_as_parquet_is_not_read_or_written_as_lines(use: Callable[[Path], object], tmp_path: Path) -> None:
    path = tmp_path / "x.parquet"
    path.write_bytes(b"PAR1")

    with pytest.raises(ArticleFileError) as caught:
        use(path)

    assert str(caught.value) == f"{path}: is named as Parquet, not JSON Lines; use read_parquet or write_parquet"


@pytest.mark.parametrize("ending", [".gz", ".zst", ".xz"])
def test_an_article_is_not_written_under_the_name_of_a_compressed_file(ending: str, tmp_path: Path) -> None:
    with pytest.raises(ArticleFileError, match="this file would not be compressed; choose another name"):
        dump_path(TOLL, tmp_path / f"x.json{ending}")

    assert list(tmp_path.iterdir()) == []


@attrs.frozen(kw_only=True)
class MyClaim(Claim):
    score: float = 0.5


@attrs.frozen(kw_only=True)
class MyEntity(Entity):
    score: float = 0.5


@attrs.frozen(kw_only=True)
class MyVoice(Voice):
    score: float = 0.5


@attrs.frozen(kw_only=True, eq=False)
class MyArticle(Article):
    score: float = 0.5


def _as(kind: Any, record: Any) -> Any:
    return kind(**{field.name: getattr(record, field.name) for field in attrs.fields(type(record))})


def _with_claim(article: Article) -> object:
    return attrs.evolve(article, claims=[_as(MyClaim, article.claims[0])])


def _with_entity(article: Article) -> object:
    return attrs.evolve(article, entities=[_as(MyEntity, article.entities[0])])


def _with_voice(article: Article) -> object:
    return attrs.evolve(article.claims[0], voices=(_as(MyVoice, article.claims[0].voices[0]),))


def _itself(article: Article) -> object:
    return _as(MyArticle, article)


@pytest.mark.parametrize("make", [_with_claim, _with_entity, _with_voice, _itself])
def test_an_added_field_is_rejected_by_name(make: Callable[[Article], object]) -> None:
    with pytest.raises(InvalidRecord, match="with the field 'score', for which no article has a place"):
        make(TOLL)
