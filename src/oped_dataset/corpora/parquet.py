"""Parquet: many articles, one per row, in a file or in a directory of files, in constant memory.

Here: the columns of a row, writing and reading the files, and the treatment of rows that break rules.
Not here: the tables of one article as separate files (`exports/parquet.py`), JSON Lines (`lines.py`).

The column `document` contains the article as a JSON Line; reading uses only this column. The other columns are derived
from it for queries. They are those of `exports/tables.py`, so that the value of a claim contains its voices, and the
value of an event, relation, quantity or quotation contains its claims with their voices.
"""

from __future__ import annotations

import json
import stat
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from itertools import chain, islice
from pathlib import Path
from typing import Any, Final

from oped_dataset.arguments import several, whole_number
from oped_dataset.codec import jsontext, wire
from oped_dataset.codec.jsontext import USUAL, Limits
from oped_dataset.corpora.progress import (
    BadArticle,
    OnError,
    Progress,
    Watch,
    bad_article,
    check_policy,
    leave_out,
    watched,
)
from oped_dataset.errors import (
    ArticleFileError,
    InvalidArticle,
    InvalidImport,
    InvalidRecord,
    OpedDatasetError,
)
from oped_dataset.exports.arrow import arrow_fields
from oped_dataset.exports.attribution import check_repeated_voices
from oped_dataset.exports.parquet_pages import RowGroup, row_groups
from oped_dataset.exports.tables import Column, specs, tables_of
from oped_dataset.extras import need
from oped_dataset.filesystem import (
    PathLike,
    check_free,
    check_replaceable,
    creating,
    file_errors,
    find_files,
    holding,
    kept_draft,
    open_regular,
    remove_kept,
    replacing,
    to_path,
)
from oped_dataset.loading import loads
from oped_dataset.messages import cut, quoted, reason
from oped_dataset.model.article import TABLES, Article
from oped_dataset.model.records import SCHEMA_VERSION
from oped_dataset.version import __version__

LAYOUT_VERSION: Final = 1
"""The version of the columns; it is raised when readers of the previous version would misread them."""

SUFFIX: Final = ".parquet"

_DOCUMENT: Final = "document"
_KEY: Final = "oped_dataset."
_MOST_ROWS: Final = 1000
_MOST_BYTES: Final = 8 << 20
"""The articles, or bytes of documents, after which a row group ends: reading and writing hold one in memory."""
_LONGEST_CHARACTER: Final = 4
"""The largest number of bytes of a character in UTF-8 (RFC 3629 section 3)."""


# The columns.


def corpus_schema() -> Any:
    """Make the `pyarrow.Schema` of a corpus, with a description of each column and the versions.

    Raises:
        MissingExtra: pyarrow is not installed.
    """
    arrow = need("pyarrow", "arrow")
    described = {"description": "The article as a line of JSON, from which it is read back."}
    fields = [arrow.field(_DOCUMENT, arrow.string(), nullable=False, metadata=described)]
    fields += arrow_fields(head_columns())
    for name in TABLES:
        items = arrow.struct(arrow_fields(table_columns(name)))
        fields.append(arrow.field(name, arrow.list_(items), metadata={"description": specs()[name].description}))
    versions = {"layout_version": LAYOUT_VERSION, "schema_version": SCHEMA_VERSION}
    return arrow.schema(fields, metadata={f"{_KEY}{name}": str(number) for name, number in versions.items()})


def head_columns() -> list[Column]:
    """List the columns of a row with a single value, after the document."""
    # The document contains the text, which is too long to store twice.
    return [column for column in specs()["article"].columns if column.name != "text"]


def table_columns(name: str) -> list[Column]:
    """List the fields of an item in the column of a table."""
    # The row already has the id of the article.
    return [column for column in specs()[name].columns if column.name != "article"]


def _make_row(article: Article) -> dict[str, Any]:
    plain = wire.to_data(article)
    tables = tables_of(article, plain)
    for name in TABLES:
        check_repeated_voices(tables[name], name)
    head = tables["article"][0]
    return {
        _DOCUMENT: jsontext.write_line(plain).removesuffix(b"\n").decode("utf-8"),
        **{column.name: head[column.name] for column in head_columns()},
        **{name: tables[name] for name in TABLES},
    }


# Writing.


def write_parquet(
    articles: Iterable[Article],
    target: PathLike,
    *,
    articles_per_file: int | None = None,
    resume: bool = False,
    progress: Watch | None = None,
) -> int:
    """Write articles as a corpus of Parquet, one per row, and return their number.

    The target appears only when everything is written. At most about eight megabytes of documents are in memory. On a
    cluster, each worker writes its own file to a common directory.

    Args:
        articles: The articles, consumed one at a time.
        target: The path of the file, or of the directory; the name of a file ends in `.parquet`.
        articles_per_file: None for one file, which replaces an existing one; or the number of articles, from 1, in each
            file of a directory. The directory must not exist; its files are `part-00000.parquet` and so on.
        resume: Whether to collect row groups or, for a directory, files in a draft beside the target, the directory
            `.NAME.draft`, which survives an interruption, and to continue after those in it: `articles` must then start
            at number `rows_written(target)`. The bytes equal those of uninterrupted writing. Only one process at a time
            may write to a target.
        progress: Called after each article with the number written, and the total if `articles` has a length.

    Returns:
        The number of articles in the target, including those of an earlier attempt.

    Raises:
        InvalidArticle: An article breaks rules; an existing target stays unchanged.
        NotExportable: The columns of an article would repeat far more voices than it has records.
        ArticleFileNotFound: The parent directory does not exist.
        ArticleFileError: The target cannot be written, or the directory exists.
        InvalidRecord: The name of the file has a different ending, or `articles_per_file` is not an integer from 1.
        MissingExtra: The extra `arrow` is not installed.
    """
    need("pyarrow.parquet", "arrow")
    several("articles", articles, "several articles", "read them first with read_lines")
    path = to_path(target)
    whole_number("articles_per_file", articles_per_file, 1, "one file")
    if articles_per_file is None and path.suffix != SUFFIX:
        raise InvalidRecord(f"target: the name of a file must end in {SUFFIX}, not {quoted(path.name)}", "target")
    if resume:
        return _resume(articles, path, articles_per_file, progress)
    counted = watched(articles, progress)
    if articles_per_file is None:
        return _write_file(_tables(counted), path)
    with creating(path) as draft:
        return _write_files(counted, draft, articles_per_file)


def rows_written(target: PathLike) -> int:
    """Count the articles that an interrupted `write_parquet(…, resume=True)` has left for this target.

    Without a draft, the number is 0.

    Raises:
        ArticleFileError: The draft cannot be read.
        InvalidImport: A file of the draft is damaged.
        MissingExtra: The extra `arrow` is not installed.
    """
    return sum(map(articles_in, _parts(kept_draft(to_path(target), stat.S_ISDIR))))


def _parts(draft: Path) -> list[Path]:
    """List the finished files of a draft, in order."""
    with file_errors(draft):
        found = sorted(draft.glob(f"part-*{SUFFIX}")) if draft.exists() else []
    if [each.name for each in found] != [*map(_name_part, range(len(found)))]:
        raise ArticleFileError(f"{draft} is damaged: a part is missing; remove it and write again from the start")
    return found


def _resume(articles: Iterable[Article], target: Path, per_file: int | None, progress: Watch | None) -> int:
    draft = kept_draft(target, stat.S_ISDIR)
    with file_errors(target):
        check_replaceable(target) if per_file is None else check_free(target)
        draft.mkdir(exist_ok=True)
    with file_errors(draft), holding(draft):
        # These files were incomplete at the interruption.
        for half in draft.glob(".*.draft"):
            half.unlink()
        before, parts = rows_written(target), len(_parts(draft))
        counted = watched(articles, progress, before)
        if per_file is not None:
            count = before + _write_files(counted, draft, per_file, parts)
            with file_errors(target):
                draft.replace(target)
            return count
        for number, table in enumerate(_tables(counted), parts):
            _write_file([table], draft / _name_part(number))
        count = _write_file(map(_read_part, _parts(draft)), target)
        remove_kept(draft)
    return count


def _read_part(part: Path) -> Any:
    with _open_corpus(part) as (file, _), _damage(f"{part} is damaged"):
        return file.read().cast(corpus_schema())


def _write_files(articles: Iterator[Article], directory: Path, per_file: int, number: int = 0) -> int:
    written = 0
    # An empty corpus is a single file without rows, so that it can be read as a corpus.
    first = list(islice(articles, 1))
    while first or not number:
        written += _write_file(_tables(chain(first, islice(articles, per_file - 1))), directory / _name_part(number))
        number += 1
        first = list(islice(articles, 1))
    return written


def _name_part(number: int) -> str:
    return f"part-{number:05}{SUFFIX}"


def _write_file(tables: Iterable[Any], path: Path) -> int:
    parquet, schema = need("pyarrow.parquet", "arrow"), corpus_schema()
    written, data_versions = 0, set[str]()
    options = {"compression": "zstd", "write_page_checksum": True}
    with replacing(path) as stream, parquet.ParquetWriter(stream, schema, **options) as writer:
        for table in tables:
            writer.write_table(table)
            written += table.num_rows
            data_versions.update(table.column("data_version").to_pylist())
        made_of = {"version": __version__, "data_versions": json.dumps(sorted(filter(None, data_versions)))}
        writer.add_key_value_metadata({f"{_KEY}{name}": value for name, value in made_of.items()})
    return written


def _tables(articles: Iterator[Article]) -> Iterator[Any]:
    """Convert articles to Arrow tables, one for each row group."""
    schema, table = corpus_schema(), need("pyarrow", "arrow").Table
    rows, size = list[dict[str, Any]](), 0
    for article in articles:
        row = _make_row(article)
        rows.append(row)
        size += len(row[_DOCUMENT])
        if len(rows) == _MOST_ROWS or size >= _MOST_BYTES:
            yield table.from_pylist(rows, schema=schema)
            rows, size = [], 0
    if rows:
        yield table.from_pylist(rows, schema=schema)


# Reading.


def read_parquet(
    source: PathLike,
    *,
    on_error: OnError = "raise",
    progress: Watch | None = None,
    limits: Limits = USUAL,
) -> Generator[Article, None, None]:
    """Read articles one at a time from a corpus of Parquet; at most one row group is in memory.

    Args:
        source: A file, or a directory, in which all files that end in `.parquet` are read, also those of its
            subdirectories, in the order of their names. Names that begin with `.` or `_` are skipped, as in other
            readers; links to directories are not followed.
        on_error: "raise" ends reading at an article that breaks rules. A function is called with it (`BadArticle`, with
            the file and the number of the article in it), and reading continues with the next article. A file that
            `write_parquet` did not make, or that is damaged, ends reading either way.
        progress: Called after each article with the number read and the total.
        limits: The largest size and nesting of a document, and how many of its problems are kept.

    Raises:
        ArticleFileNotFound: There is no such file. This and the following exceptions are raised when the first article
            is requested.
        ArticleFileError: A file or directory cannot be read, or the directory contains no corpus.
        InvalidImport: A file is not a corpus of Parquet, or has a version that this package does not read.
        InvalidArticle: An article breaks rules; the line of each problem is the number of the article in its file, as
            in JSON Lines.
        InvalidRecord: `on_error` has a wrong type; raised immediately.
        MissingExtra: The extra `arrow` is not installed; raised immediately.
    """
    check_policy(on_error)
    need("pyarrow.parquet", "arrow")
    return _read(source, on_error, progress, limits)


def _read(
    source: PathLike, on_error: OnError, progress: Watch | None, limits: Limits
) -> Generator[Article, None, None]:
    files = find_files(source, (SUFFIX,))
    total = sum(articles_in(file) for file in files)
    done = 0
    for file in files:
        for outcome in read_rows(file, limits=limits):
            if isinstance(outcome, BadArticle):
                leave_out(outcome, on_error)
            done += 1
            if progress is not None:
                progress(Progress(done=done, total=total, unit="articles"))
            if isinstance(outcome, Article):
                yield outcome


@contextmanager
def _open_corpus(path: Path) -> Iterator[tuple[Any, list[RowGroup]]]:
    """Open a file of a corpus, and check its versions and its numbers of rows.

    Raises:
        InvalidImport: The file is not a corpus of Parquet, or has an unsupported version.
    """
    parquet = need("pyarrow.parquet", "arrow")
    with file_errors(path):
        stream = open_regular(path, "rb")
    with stream:
        groups = row_groups(stream, str(path))
        with _damage(f"{path} is not a Parquet file, or is damaged"):
            file = parquet.ParquetFile(stream, page_checksum_verification=True)
            _check_versions(path, file)
        yield file, groups


@contextmanager
def _damage(place: str) -> Iterator[None]:
    """Raise `InvalidImport` for whatever pyarrow raises."""
    try:
        yield
    except OpedDatasetError:
        raise
    except Exception as error:
        raise InvalidImport(f"{place}: {reason(error)}") from error


def _check_versions(path: Path, file: Any) -> None:
    found = (file.metadata.metadata or {}).get(f"{_KEY}layout_version".encode())
    if found is None:
        raise InvalidImport(f"{path} is not a corpus that write_parquet made: its metadata has no {_KEY}layout_version")
    if found != str(LAYOUT_VERSION).encode():
        raise InvalidImport(
            f"{path} has the layout version {cut(found.decode(errors='replace'))}; this package reads "
            f"{LAYOUT_VERSION}; upgrade oped-dataset, or write the corpus again"
        )
    arrow = need("pyarrow", "arrow")
    names = file.schema_arrow.names
    if _DOCUMENT not in names or file.schema_arrow.field(_DOCUMENT).type not in (arrow.string(), arrow.large_string()):
        raise InvalidImport(f"{path} has no column {_DOCUMENT!r} of strings")


def articles_in(path: Path) -> int:
    """Count the rows of a file.

    Raises:
        InvalidImport: The file is not a corpus of Parquet.
    """
    with _open_corpus(path) as (_, groups):
        return sum(group.rows for group in groups)


def read_rows(path: Path, start: int = 0, stop: int | None = None, *, limits: Limits) -> Iterator[Article | BadArticle]:
    """Yield each article of a file, or a `BadArticle` for it, in order; the arguments are those of `documents`.

    Raises:
        InvalidImport: The file is not a corpus of Parquet, a row has no document, or a row group is too large.
    """
    for number, document in documents(path, start, stop, limits=limits):
        try:
            yield loads(document, limits=limits)
        except InvalidArticle as error:
            yield bad_article(error, number=number, file=str(path))


def documents(
    path: Path, start: int = 0, stop: int | None = None, *, limits: Limits = USUAL
) -> Iterator[tuple[int, bytes]]:
    """Yield the documents of a file, each with its number from 1; one beyond the limit is cut one byte after it.

    Args:
        path: The file.
        start: How many articles are skipped; row groups without other articles are not read.
        stop: The number of the last article, or None for all.
        limits: The largest size of a document. A row group is not decompressed if it declares a larger size than one of
            `write_parquet` with one such document.

    Raises:
        InvalidImport: The file is not a corpus of Parquet, a row has no document, or a row group is too large.
    """
    with _open_corpus(path) as (file, groups):
        first = 0
        for group, described in enumerate(groups):
            after = first + described.rows
            if after > start and (stop is None or first < stop):
                place, numbers = f"{path}, row group {group + 1}", range(first + 1, after + 1)
                _check_size(described, place, limits)
                for number, document in _unpack(file, group, numbers, limits, place):
                    if number <= start or (stop is not None and number > stop):
                        continue
                    if document is None:
                        raise InvalidImport(f"{path}, article {number}: there is no document")
                    yield number, document
            first = after


def _check_size(group: RowGroup, place: str, limits: Limits) -> None:
    unpacked = sum(chunk.unpacked for chunk in group.chunks if chunk.path == (_DOCUMENT,))
    bound = _LONGEST_CHARACTER * _MOST_BYTES + limits.size
    if unpacked > bound:
        raise InvalidImport(
            f"{place}: its documents unpack to {unpacked} bytes, and {bound} are allowed; "
            "write the corpus again in smaller row groups, or raise limits.size if the file can be trusted"
        )


def _unpack(file: Any, group: int, numbers: range, limits: Limits, place: str) -> Iterator[tuple[int, bytes | None]]:
    arrow = need("pyarrow", "arrow")
    with _damage(f"{place}, is damaged"):
        # One at a time: a page may expand to many times its size, but each document to at most the size of the page.
        batches = file.iter_batches(batch_size=1, row_groups=[group], columns=[_DOCUMENT])
        for number, batch in zip(numbers, batches, strict=True):
            # As bytes: other writers may store invalid UTF-8, which `loads` reports.
            content = batch.column(0).cast(arrow.large_binary())[0].as_buffer()
            # One byte beyond the limit shows that the document is too large.
            yield number, None if content is None else content[: limits.size + 1].to_pybytes()
