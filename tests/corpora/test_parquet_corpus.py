"""Parquet with one article per row: nothing is lost, and no claim lacks its voices."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attrs
import pytest
from corpus_files import rewritten
from hypothesis import given, settings
from hypothesis import strategies as st
from judges import judge

from oped_dataset import (
    Article,
    BadArticle,
    InvalidArticle,
    Limits,
    Progress,
    __version__,
    dumps,
    read_lines,
    read_parquet,
    rows_written,
    write_lines,
    write_parquet,
)
from oped_dataset.codec import wire
from oped_dataset.corpora.parquet import corpus_schema, documents
from oped_dataset.errors import ArticleFileError, ArticleFileNotFound, InvalidImport, InvalidRecord
from oped_dataset.exports import to_tables
from oped_dataset.testing import make_corpus, strategies

arrow = judge("pyarrow")
parquet = judge("pyarrow.parquet")

FIVE = list(make_corpus(5, max_claims=3))


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    write_parquet(FIVE, tmp_path / "c.parquet")
    return tmp_path / "c.parquet"


def test_articles_are_read_in_their_order(corpus: Path) -> None:
    assert list(read_parquet(corpus)) == FIVE


@settings(max_examples=10)
@given(st.lists(strategies.articles(), max_size=3))
def test_no_byte_of_an_article_is_lost(tmp_path_factory: pytest.TempPathFactory, articles: list[Article]) -> None:
    path = tmp_path_factory.mktemp("corpus") / "c.parquet"

    written = write_parquet(articles, path)

    assert [dumps(each) for each in read_parquet(path)] == [dumps(each) for each in articles]
    assert written == len(articles)


def test_hostile_strings_are_read_back(hostile: Article, tmp_path: Path) -> None:
    write_parquet([hostile], tmp_path / "c.parquet")

    assert list(read_parquet(tmp_path / "c.parquet")) == [hostile]


def test_the_document_is_the_line_of_json_lines(corpus: Path, tmp_path: Path) -> None:
    write_lines(FIVE, tmp_path / "c.jsonl")

    lines = [document + b"\n" for _, document in documents(corpus)]
    assert b"".join(lines) == (tmp_path / "c.jsonl").read_bytes()


def test_the_columns_are_those_of_the_tables(corpus: Path) -> None:
    rows = parquet.read_table(corpus).to_pylist()

    for row, article in zip(rows, FIVE, strict=True):
        tables = to_tables(article)
        assert row["id"] == article.id
        for name in article.tables:
            assert [{"article": article.id, **each} for each in row[name]] == tables[name]


def test_every_claim_contains_its_voices(corpus: Path) -> None:
    claims = corpus_schema().field("claims").type.value_type

    rows = parquet.read_table(corpus, columns=["claims"]).to_pylist()
    assert claims.field("voices").type.value_type.get_field_index("commitment") >= 0
    assert all(claim["voices"] for row in rows for claim in row["claims"])


def test_equal_articles_give_equal_files(corpus: Path, tmp_path: Path) -> None:
    write_parquet(iter(FIVE), tmp_path / "again.parquet")

    assert (tmp_path / "again.parquet").read_bytes() == corpus.read_bytes()


def test_the_metadata_has_the_versions(tmp_path: Path) -> None:
    newer = attrs.evolve(FIVE[0], data_version="1.1.0")
    write_parquet([newer, *FIVE], tmp_path / "c.parquet")

    found = parquet.read_metadata(tmp_path / "c.parquet").metadata
    assert found[b"oped_dataset.layout_version"] == b"1"
    assert found[b"oped_dataset.schema_version"] == b"1"
    assert found[b"oped_dataset.version"].decode() == __version__
    assert json.loads(found[b"oped_dataset.data_versions"]) == ["1.0.0", "1.1.0"]


def test_a_file_has_row_groups_of_bounded_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("oped_dataset.corpora.parquet._MOST_ROWS", 2)
    write_parquet(FIVE[:4], tmp_path / "rows.parquet")
    monkeypatch.setattr("oped_dataset.corpora.parquet._MOST_BYTES", 1)
    write_parquet(FIVE, tmp_path / "bytes.parquet")

    assert parquet.read_metadata(tmp_path / "rows.parquet").num_row_groups == 2
    assert parquet.read_metadata(tmp_path / "bytes.parquet").num_row_groups == 5
    assert list(read_parquet(tmp_path / "bytes.parquet")) == FIVE


def interrupted(articles: list[Article]) -> Iterator[Article]:
    yield from articles
    raise KeyboardInterrupt


@pytest.mark.parametrize(("name", "per_file"), [("c.parquet", None), ("c", 2)])
def test_writing_resumes_after_an_interruption(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, per_file: int | None
) -> None:
    monkeypatch.setattr("oped_dataset.corpora.parquet._MOST_ROWS", 2)
    path, reported = tmp_path / name, list[Progress]()
    for part in (FIVE[:3], FIVE[2:3]):
        with pytest.raises(KeyboardInterrupt):
            write_parquet(interrupted(part), path, articles_per_file=per_file, resume=True)
    assert (rows_written(path), path.exists()) == (2, False)

    rest = FIVE[rows_written(path) :]
    assert write_parquet(rest, path, articles_per_file=per_file, resume=True, progress=reported.append) == 5

    write_parquet(FIVE, tmp_path / f"whole-{name}", articles_per_file=per_file)
    assert contents(path) == contents(tmp_path / f"whole-{name}")
    assert [(each.done, each.total) for each in reported] == [(3, 5), (4, 5), (5, 5)]
    assert (rows_written(path), list(tmp_path.glob(".*"))) == (0, [])


def contents(path: Path) -> list[bytes]:
    files = sorted(path.iterdir()) if path.is_dir() else [path]
    return [file.read_bytes() for file in files]


def test_an_incomplete_file_of_a_draft_is_dropped(tmp_path: Path) -> None:
    (tmp_path / ".c.parquet.draft").mkdir()
    (tmp_path / ".c.parquet.draft" / ".part-00000.parquet.1.draft").write_bytes(b"PAR1")

    assert write_parquet(FIVE, tmp_path / "c.parquet", resume=True) == 5
    assert list(read_parquet(tmp_path / "c.parquet")) == FIVE


@pytest.mark.parametrize("per_file", [None, 1])
def test_an_empty_corpus_can_be_resumed(tmp_path: Path, per_file: int | None) -> None:
    write_parquet([], tmp_path / "c.parquet", articles_per_file=per_file, resume=True)

    assert list(read_parquet(tmp_path / "c.parquet")) == []


def test_a_draft_without_one_of_its_parts_is_not_resumed(tmp_path: Path) -> None:
    (tmp_path / ".c.parquet.draft").mkdir()
    write_parquet(FIVE, tmp_path / ".c.parquet.draft" / "part-00001.parquet")

    with pytest.raises(ArticleFileError) as caught:
        rows_written(tmp_path / "c.parquet")

    assert str(caught.value) == (
        f"{tmp_path / '.c.parquet.draft'} is damaged: a part is missing; remove it and write again from the start"
    )


def test_a_draft_with_a_damaged_part_is_not_resumed(tmp_path: Path) -> None:
    (tmp_path / ".c.parquet.draft").mkdir()
    part = tmp_path / ".c.parquet.draft" / "part-00000.parquet"
    write_parquet(FIVE, part)
    content = bytearray(part.read_bytes())
    content[400:600] = bytes(200)
    part.write_bytes(content)

    with pytest.raises(InvalidImport, match=r"part-00000\.parquet is damaged: "):
        write_parquet([], tmp_path / "c.parquet", resume=True)


@pytest.mark.parametrize(
    "change",
    [
        lambda table: table.select(["document"]),
        lambda table: table.append_column("more", [["x"] * 5]),
        lambda table: table.set_column(6, "genre", [[[]] * 5]),
    ],
    ids=["one column", "another column", "another type"],
)
def test_a_draft_with_other_columns_is_not_resumed(change: Any, corpus: Path) -> None:
    draft = corpus.with_name(".x.parquet.draft")
    draft.mkdir()
    parquet.write_table(change(parquet.read_table(corpus)), draft / "part-00000.parquet")

    with pytest.raises(InvalidImport, match=r"part-00000\.parquet is damaged: "):
        write_parquet(FIVE[:1], corpus.with_name("x.parquet"), resume=True)
    assert not corpus.with_name("x.parquet").exists()


def test_an_existing_directory_is_not_resumed(tmp_path: Path) -> None:
    (tmp_path / "c").mkdir()

    with pytest.raises(ArticleFileError) as caught:
        write_parquet(FIVE, tmp_path / "c", articles_per_file=2, resume=True)

    assert str(caught.value) == f"{tmp_path / 'c'} already exists; remove it, or write to another directory"


def test_a_part_of_a_file_can_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("oped_dataset.corpora.parquet._MOST_ROWS", 2)
    write_parquet(FIVE, tmp_path / "c.parquet")

    assert [number for number, _ in documents(tmp_path / "c.parquet", 1, 3)] == [2, 3]
    assert [number for number, _ in documents(tmp_path / "c.parquet", 4)] == [5]


# Directories.


def test_a_directory_of_files_is_read_in_order(tmp_path: Path) -> None:
    written = write_parquet(FIVE, tmp_path / "corpus", articles_per_file=2)

    assert sorted(each.name for each in (tmp_path / "corpus").iterdir()) == [f"part-0000{n}.parquet" for n in range(3)]
    assert (written, list(read_parquet(tmp_path / "corpus"))) == (5, FIVE)


def test_subdirectories_are_read_and_hidden_files_skipped(tmp_path: Path) -> None:
    write_parquet(FIVE[1:], tmp_path / "b.parquet")
    for folder in ("a", ".hidden", "_temporary"):
        (tmp_path / folder).mkdir()
        write_parquet(FIVE[:1], tmp_path / folder / "x.parquet")
    (tmp_path / "_SUCCESS").touch()

    assert list(read_parquet(tmp_path)) == FIVE


def test_an_empty_corpus_is_one_file(tmp_path: Path) -> None:
    write_parquet([], tmp_path / "corpus", articles_per_file=2)

    assert [each.name for each in (tmp_path / "corpus").iterdir()] == ["part-00000.parquet"]
    assert list(read_parquet(tmp_path / "corpus")) == []


def test_an_existing_directory_is_not_overwritten(tmp_path: Path) -> None:
    with pytest.raises(ArticleFileError) as caught:
        write_parquet(FIVE, tmp_path, articles_per_file=2)

    assert str(caught.value) == f"{tmp_path} already exists; remove it, or write to another directory"


def test_a_directory_without_files_is_not_a_corpus(tmp_path: Path) -> None:
    with pytest.raises(ArticleFileError) as caught:
        next(read_parquet(tmp_path))

    remedy = "give files of single articles by their names"
    assert str(caught.value) == f"{tmp_path} contains no file that ends in .parquet; {remedy}"


# All or nothing.


@pytest.mark.parametrize("per_file", [None, 1])
def test_an_error_leaves_no_target(tmp_path: Path, per_file: int | None) -> None:
    broken = attrs.evolve(FIVE[0], entities=())

    with pytest.raises(InvalidArticle):
        write_parquet([FIVE[1], broken], tmp_path / "c.parquet", articles_per_file=per_file)

    assert list(tmp_path.iterdir()) == []


def test_an_error_keeps_the_old_file(corpus: Path) -> None:
    def breaking() -> Iterator[Article]:
        yield FIVE[0]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_parquet(breaking(), corpus)

    assert list(read_parquet(corpus)) == FIVE


@pytest.mark.parametrize("per_file", [0, True, "2"])
def test_an_invalid_number_of_articles_is_rejected(tmp_path: Path, per_file: Any) -> None:
    with pytest.raises(InvalidRecord) as caught:
        write_parquet(FIVE, tmp_path / "c", articles_per_file=per_file)

    assert str(caught.value) == (
        f"articles_per_file: must be a whole number from 1, or None for one file, not {per_file!r}"
    )


def test_the_name_of_a_file_must_end_in_parquet(tmp_path: Path) -> None:
    with pytest.raises(InvalidRecord) as caught:
        write_parquet(FIVE, tmp_path / "c.jsonl")

    assert str(caught.value) == "target: the name of a file must end in .parquet, not 'c.jsonl'"


# Progress and policy.


def test_progress_counts_articles(tmp_path: Path) -> None:
    writing, reading = list[Progress](), list[Progress]()

    write_parquet(iter(FIVE[:2]), tmp_path / "c.parquet", progress=writing.append)
    list(read_parquet(tmp_path / "c.parquet", progress=reading.append))

    assert writing == [Progress(done=n, total=None, unit="articles") for n in (1, 2)]
    assert reading == [Progress(done=n, total=2, unit="articles") for n in (1, 2)]


def test_a_bad_article_ends_reading_as_in_json_lines(corpus: Path, tmp_path: Path) -> None:
    lines = [b"{}", b"[1"]
    (tmp_path / "c.jsonl").write_bytes(b"\n".join(lines))
    reader = read_parquet(rewritten(corpus, [line.decode() for line in lines]))

    with pytest.raises(InvalidArticle) as ours:
        next(reader)
    with pytest.raises(InvalidArticle) as theirs:
        next(read_lines(tmp_path / "c.jsonl"))

    assert str(ours.value) == str(theirs.value)


def test_bad_articles_are_skipped_and_passed_to_the_function(corpus: Path) -> None:
    good = wire.encode_line(FIVE[0]).decode()
    reported = list[BadArticle]()

    found = list(read_parquet(rewritten(corpus, ["{}", good, "\n"]), on_error=reported.append, progress=lambda _: None))

    assert found == FIVE[:1]
    assert [(bad.file, bad.number, bad.offset) for bad in reported] == [(str(corpus), 1, None), (str(corpus), 3, None)]
    assert {problem.line for problem in reported[1].report.problems} == {3}


def test_invalid_utf8_is_a_problem_of_the_article(corpus: Path) -> None:
    reported = list[BadArticle]()
    bad = arrow.Array.from_buffers(arrow.string(), 1, arrow.array([b"\xff"], arrow.binary()).buffers())

    list(read_parquet(rewritten(corpus, bad), on_error=reported.append))

    assert [problem.code for problem in reported[0].report.problems] == ["OPED-not-utf-8"]


@pytest.mark.parametrize("limits", [Limits(size=10), Limits(depth=1)])
def test_the_limits_hold(corpus: Path, limits: Limits) -> None:
    with pytest.raises(InvalidArticle):
        next(read_parquet(corpus, limits=limits))


# The peak memory of the library can be read once per process.
_PEAK = """
import sys
from pathlib import Path
import pyarrow
from oped_dataset.errors import InvalidImport
from oped_dataset.corpora.parquet import documents
lengths, said = [], None
try:
    lengths += [len(document) for _, document in documents(Path(sys.argv[1]))]
except InvalidImport as error:
    said = str(error)
print([pyarrow.default_memory_pool().max_memory(), lengths, said])
"""


def _peak(path: Path) -> Any:
    done = subprocess.run([sys.executable, "-c", _PEAK, path], capture_output=True, text=True, check=True)
    return ast.literal_eval(done.stdout)


def test_a_row_group_that_is_too_large_is_not_decompressed(tmp_path: Path) -> None:
    path = rewritten(tmp_path / "bomb.parquet", ["[" * (64 << 20)])

    peak, lengths, said = _peak(path)

    assert (peak < 1 << 20, lengths) == (True, [])
    assert re.sub(r"671\d{5}", "67 million", said) == (
        f"{path}, row group 1: its documents unpack to 67 million bytes, and {48 << 20} are allowed; "
        "write the corpus again in smaller row groups, or raise limits.size if the file can be trusted"
    )


def test_the_largest_row_group_follows_the_size_limit(tmp_path: Path) -> None:
    path = rewritten(tmp_path / "large.parquet", ["[" * (33 << 20)])

    with pytest.raises(InvalidImport, match="bytes, and 33555432 are allowed; "):
        next(documents(path, limits=Limits(size=1000)))

    assert len(next(documents(path, limits=Limits(size=33 << 20)))[1]) == 33 << 20


def test_dictionary_documents_are_decompressed_one_at_a_time(tmp_path: Path) -> None:
    schema = arrow.schema([("document", arrow.string())], metadata=corpus_schema().metadata)
    parquet.write_table(arrow.table([["[" * (4 << 20)] * 32], schema=schema), tmp_path / "bomb.parquet")

    peak, lengths, _ = _peak(tmp_path / "bomb.parquet")

    assert peak < 32 << 20
    assert lengths == [4 << 20] * 32


def test_a_document_beyond_the_limit_is_cut_one_byte_after_it(corpus: Path) -> None:
    assert [len(document) for _, document in documents(corpus, limits=Limits(size=10))] == [11] * 5


def test_an_invalid_policy_is_rejected_immediately(corpus: Path) -> None:
    policy: Any = "skip"

    with pytest.raises(InvalidRecord):
        read_parquet(corpus, on_error=policy)


# Files that are not a corpus.


@pytest.mark.parametrize(("version", "shown"), [("2", "2"), ("9" * 5000, "9" * 80 + "…")])
def test_a_file_of_an_unknown_version_is_rejected(version: str, shown: str, corpus: Path) -> None:
    table = parquet.read_table(corpus)
    parquet.write_table(table.replace_schema_metadata({"oped_dataset.layout_version": version}), corpus)

    with pytest.raises(InvalidImport) as caught:
        next(read_parquet(corpus))

    assert str(caught.value) == (
        f"{corpus} has the layout version {shown}; this package reads 1; "
        "upgrade oped-dataset, or write the corpus again"
    )


def test_a_file_of_another_program_is_rejected(corpus: Path) -> None:
    parquet.write_table(arrow.table({"document": ["{}"]}), corpus)

    with pytest.raises(InvalidImport) as caught:
        next(read_parquet(corpus))

    assert str(caught.value) == (
        f"{corpus} is not a corpus that write_parquet made: its metadata has no oped_dataset.layout_version"
    )


@pytest.mark.parametrize("name", ["document", "documents"])
def test_a_file_without_documents_is_rejected(corpus: Path, name: str) -> None:
    schema = arrow.schema([(name, arrow.int64())], metadata=corpus_schema().metadata)
    parquet.write_table(arrow.table([[1]], schema=schema), corpus)

    with pytest.raises(InvalidImport) as caught:
        next(read_parquet(corpus))

    assert str(caught.value) == f"{corpus} has no column 'document' of strings"


def test_a_row_without_a_document_is_rejected(corpus: Path) -> None:
    with pytest.raises(InvalidImport) as caught:
        next(read_parquet(rewritten(corpus, [None])))

    assert str(caught.value) == f"{corpus}, article 1: there is no document"


def test_a_file_that_is_not_parquet_is_reported(tmp_path: Path) -> None:
    (tmp_path / "c.parquet").write_bytes(b"no parquet at all")

    with pytest.raises(InvalidImport, match=r"c\.parquet is not a Parquet file, or is damaged: "):
        next(read_parquet(tmp_path / "c.parquet"))


def test_a_damaged_file_is_reported(corpus: Path) -> None:
    content = bytearray(corpus.read_bytes())
    content[4:400] = bytes(396)
    corpus.write_bytes(content)

    with pytest.raises(InvalidImport, match=r"c\.parquet, row group 1: its pages cannot be found; the file is damaged"):
        list(read_parquet(corpus))


def test_a_damaged_page_is_reported_with_its_row_group(corpus: Path) -> None:
    content = bytearray(corpus.read_bytes())
    # Behind the header of the first page.
    content[400:600] = bytes(200)
    corpus.write_bytes(content)

    with pytest.raises(InvalidImport, match=r"c\.parquet, row group 1, is damaged: "):
        list(read_parquet(corpus))


@pytest.mark.parametrize("column", [b"document", b"published", b"entities", b"source"])
def test_an_undecodable_column_name_is_reported_as_damage(corpus: Path, column: bytes) -> None:
    content = bytearray(corpus.read_bytes())
    footer = len(content) - 8 - int.from_bytes(content[-8:-4], "little")
    content[content.index(column, footer) + 1] = 0xFF
    corpus.write_bytes(content)

    with pytest.raises(InvalidImport, match=r"c\.parquet is not a Parquet file, or is damaged: 'utf-8' codec can't"):
        list(read_parquet(corpus))


def test_a_missing_file_is_reported(tmp_path: Path) -> None:
    with pytest.raises(ArticleFileNotFound) as caught:
        next(read_parquet(tmp_path / "c.parquet"))

    assert str(caught.value) == f"no such file: {tmp_path / 'c.parquet'}"


def test_the_page_lists_the_columns() -> None:
    page = (Path(__file__).parents[2] / "docs" / "corpus-schema.md").read_text(encoding="utf-8")
    shown = re.findall(r"^\| `(\w+)` \| `([\w<>:, \[\]]+)` \|", page, re.MULTILINE)
    shown = [(name, kind) for name, kind in shown if name != "document"]

    plain = [
        field
        for field in corpus_schema()
        if not arrow.types.is_list(field.type) or field.type.value_field.type == arrow.string()
    ]
    nested = [field for field in corpus_schema() if field not in plain]
    listed = [*plain[1:], *(inner for field in nested for inner in field.type.value_type)]
    assert shown == [(field.name, re.sub("<(element|item): ", "<", str(field.type))) for field in listed]
    assert plain[0] == arrow.field("document", arrow.string(), nullable=False)


def test_duckdb_and_polars_select_claims_with_their_voices(corpus: Path) -> None:
    duckdb, polars = judge("duckdb"), judge("polars")
    chains = [len(claim.voices) for article in FIVE for claim in article.claims]

    by_duckdb = duckdb.sql(f"SELECT len(unnest(claims).voices) FROM '{corpus}'").fetchall()
    by_polars = (
        polars.read_parquet(corpus).explode("claims").select(polars.col("claims").struct.field("voices").list.len())
    )

    assert [length for (length,) in by_duckdb] == chains
    assert by_polars.to_series().to_list() == chains
