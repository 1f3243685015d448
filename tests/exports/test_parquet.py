"""Parquet files: nothing is lost, and others read them."""

from __future__ import annotations

from pathlib import Path

import attrs
import pytest
from hypothesis import given, settings
from judges import judge

from oped_dataset import Article, Limits, dumps
from oped_dataset.errors import InvalidImport
from oped_dataset.exports import Files, from_parquet, to_parquet
from oped_dataset.testing.strategies import articles

judge("pyarrow")


@settings(max_examples=10)
@given(articles())
def test_an_article_comes_back_from_parquet(article: Article) -> None:
    assert dumps(from_parquet(to_parquet(article))) == dumps(article)


def test_the_bundled_article_comes_back_from_parquet(bundled: Article) -> None:
    assert dumps(from_parquet(to_parquet(bundled))) == dumps(bundled)


def test_hostile_strings_come_back_from_parquet(hostile: Article) -> None:
    assert from_parquet(to_parquet(hostile)) == hostile


def test_a_directory_is_read_whatever_else_is_in_it(toll: Article, tmp_path: Path) -> None:
    Files({**to_parquet(toll), "README.txt": b"more"}).write(tmp_path)

    assert from_parquet(tmp_path) == toll


def test_equal_articles_give_equal_files(toll: Article) -> None:
    assert to_parquet(toll) == to_parquet(toll)


def test_a_file_that_is_no_parquet_is_named(toll: Article) -> None:
    with pytest.raises(InvalidImport, match=r"claims\.parquet is not a Parquet file, or is damaged: "):
        from_parquet({**to_parquet(toll), "claims.parquet": b"no parquet"})


def test_a_name_of_a_column_that_is_no_text_is_damage(toll: Article) -> None:
    content = to_parquet(toll)["claims.parquet"]
    footer = len(content) - 8 - int.from_bytes(content[-8:-4], "little")
    damaged = content[:footer] + content[footer:].replace(b"voices", b"v\xffices")

    with pytest.raises(
        InvalidImport, match=r"claims\.parquet cannot be read as a table of Parquet: 'utf-8' codec can't decode"
    ):
        from_parquet({**to_parquet(toll), "claims.parquet": damaged})


def test_duckdb_reads_every_table(toll: Article, tmp_path: Path) -> None:
    duckdb = judge("duckdb")
    to_parquet(toll).write(tmp_path)

    counts = [duckdb.sql(f"FROM '{tmp_path}/{name}.parquet'").shape[0] for name in ("claims", "voices", "arguments")]

    assert counts == [4, 6, 2]


def test_duckdb_looks_into_nested_voices(toll: Article, tmp_path: Path) -> None:
    duckdb = judge("duckdb")
    to_parquet(toll).write(tmp_path)

    query = f"SELECT id, voices[-1].source FROM '{tmp_path}/claims.parquet' WHERE len(voices) > 1"

    assert duckdb.sql(query).fetchall() == [("c-loss", "sel")]


def test_hugging_face_datasets_reads_the_files(toll: Article, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setenv("HF_HOME", str(tmp_path / "home"))
    datasets = judge("datasets")
    to_parquet(toll).write(tmp_path / "files")
    files = {name: str(tmp_path / "files" / f"{name}.parquet") for name in ("claims", "voices")}

    loaded = {
        name: datasets.load_dataset("parquet", data_files=path, split="train", cache_dir=str(tmp_path / "cache"))
        for name, path in files.items()
    }

    assert {name: table.num_rows for name, table in loaded.items()} == {"claims": 4, "voices": 6}
    assert [voice["source"] for voice in loaded["claims"][1]["voices"]] == ["ines", "gull", "sel"]


def test_values_that_python_cannot_hold_are_refused() -> None:
    arrow, parquet = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    days = arrow.array([2**31 - 1], arrow.int32()).cast(arrow.date32())
    spans = arrow.StructArray.from_arrays([arrow.array([0]), arrow.array([1])], names=["start", "start"])
    for column in (
        days,
        arrow.array([2**62], arrow.timestamp("us")),
        arrow.array([0], arrow.timestamp("us", "No/Where")),
        spans,
    ):
        sink = arrow.BufferOutputStream()
        parquet.write_table(arrow.table({"a": column}), sink)

        with pytest.raises(InvalidImport, match=r"^article\.parquet cannot be read as a table of Parquet: "):
            from_parquet({"article.parquet": sink.getvalue().to_pybytes()})


def test_a_false_level_histogram_is_refused_without_an_abort() -> None:
    arrow, parquet = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    sink = arrow.BufferOutputStream()
    parquet.write_table(arrow.table({"a": ["x", None, "y"]}), sink)
    content = sink.getvalue().to_pybytes()
    length = int.from_bytes(content[-8:-4], "little")
    end = (length + 1).to_bytes(4, "little") + b"PAR1"
    # In Thrift's compact protocol, 0x26 begins a list of two numbers and 0x36 one of three.
    messages, places = [], [at for at in range(len(content) - 8 - length, len(content) - 8) if content[at] == 0x26]
    for at in places:
        damaged = content[:at] + b"\x36" + content[at + 1 : at + 3] + b"\0" + content[at + 3 : -8] + end

        with pytest.raises(InvalidImport) as caught:
            from_parquet({"article.parquet": damaged})
        messages.append(str(caught.value))

    assert any("level histogram size mismatch" in message for message in messages)


def test_a_table_that_unpacks_to_too_much_is_refused(toll: Article) -> None:
    judge("pyarrow")
    many = tuple(attrs.evolve(toll.mentions[0], id=f"m-{number}") for number in range(20_000))
    files = to_parquet(attrs.evolve(toll, mentions=many))

    with pytest.raises(InvalidImport) as caught:
        from_parquet(files, limits=Limits(size=max(map(len, files.values()))))

    assert str(caught.value) == "mentions.parquet unpacks to too much; raise limits.size if it can be trusted"
