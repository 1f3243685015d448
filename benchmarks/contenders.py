"""The contenders: how each library reads, writes, checks and lays out the documents, in the way of its manual.

Here: the functions of each library, which is imported when they are made, and its description for the page.
Not here: the generated classes of records (`peers.py`), and any measuring (`worker.py`).

This module imports almost nothing, because processes whose start is measured import it.
"""

from __future__ import annotations

import json
import sys
from importlib import import_module

TYPE_CHECKING = False  # The module typing would cost a new process as much as some contenders do.
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import IO, Any


class Unable(Exception):
    """A contender cannot do this here; the results contain the message in place of a figure."""


class Library:
    """The functions of a library; the type of an article differs between libraries.

    Attributes:
        read: Reads a document into an article.
        write: Writes an article as JSON.
        plain: Returns the plain data of an article.
        errors: The exceptions that report mistakes.
        count: Counts the mistakes in such an exception; most libraries stop at the first.
    """

    read: Callable[[bytes], Any]
    write: Callable[[Any], bytes]
    plain: Callable[[Any], Any]
    errors: tuple[type[Exception], ...] = ()
    count: Callable[[Any], int] = staticmethod(lambda error: 1)

    def __init__(self, **functions: Any) -> None:
        """Take functions; those that are defined here are the defaults."""
        vars(self).update(functions)

    def cold(self, path: str) -> Any:
        """Read a document in a new process."""
        with open_packed(path, "rb") as stream:
            return self.read(stream.read())

    def load(self, content: bytes, path: str) -> Any:
        """Read a document that is in memory, and in a file."""
        return self.read(content)

    def problems(self, content: bytes, path: str) -> int:
        """Read a document with mistakes, and count the mistakes that are reported."""
        try:
            self.load(content, path)
        except self.errors as error:
            return self.count(error)
        return 0

    def arrow(self, content: bytes, path: str) -> dict[str, Any]:
        """Read a document and convert each table of the article to a `pyarrow.Table`."""
        from benchmarks.peers import arrow_tables

        return arrow_tables(self.plain(self.load(content, path)))

    def read_lines(self, path: str) -> Iterator[Any]:
        """Read the articles of a file of JSON Lines one at a time."""
        with open_packed(path, "rb") as stream:
            for line in stream:
                yield self.read(line)

    def write_lines(self, articles: Iterable[Any], path: str) -> None:
        """Write articles to a file of JSON Lines one at a time."""
        with open_packed(path, "wb") as stream:
            for article in articles:
                stream.write(self.write(article) + b"\n")


def open_packed(path: str, mode: str) -> IO[bytes]:
    """Open a file, compressed if its suffix says so."""
    opener: Any = open
    if path.endswith(".gz"):
        opener = import_module("gzip").open
    if path.endswith(".zst"):
        opener = import_module("compression.zstd" if sys.version_info >= (3, 14) else "backports.zstd").open
    opened: IO[bytes] = opener(path, mode)
    return opened


def _need_zstandard(path: str) -> None:
    """Raise if a library with an opener of its own cannot open this file."""
    from importlib.util import find_spec

    if path.endswith(".zst") and find_spec("zstandard") is None:
        raise Unable("needs the library zstandard for this, which is not installed")


def _make_ours() -> Library:
    package: Any = import_module("oped_dataset")

    def limits() -> Any:
        # Imported only for untrusted documents, the largest of which exceed the default.
        return package.Limits(size=1 << 30)

    return Library(
        cold=lambda path: package.load(),
        read=lambda content: package.loads(content, limits=limits()),
        write=package.dumps,
        plain=package.to_data,
        problems=lambda content, path: len(package.validate(content, limits=limits()).problems),
        arrow=lambda content, path: package.export(package.loads(content, limits=limits()), "arrow"),
        read_lines=package.read_lines,
        write_lines=package.write_lines,
    )


def _make_msgspec() -> Library:
    import msgspec

    return Library(
        read=msgspec.json.Decoder(import_module("peer_msgspec").Article).decode,
        write=msgspec.json.encode,
        plain=msgspec.to_builtins,
        errors=(msgspec.ValidationError,),
    )


def _make_pydantic() -> Library:
    peer = import_module("peer_pydantic")
    return Library(
        read=peer.Article.model_validate_json,
        write=lambda article: article.model_dump_json().encode(),
        plain=lambda article: article.model_dump(mode="json"),
        errors=(peer.pydantic.ValidationError,),
        count=lambda error: len(error.errors()),
    )


def _make_dataclasses() -> Library:
    peer = import_module("peer_dataclasses")
    return Library(
        read=lambda content: peer.read_Article(json.loads(content)),
        write=lambda article: json.dumps(peer.write_Article(article), ensure_ascii=False).encode(),
        plain=peer.write_Article,
        errors=(KeyError, ValueError, TypeError),
    )


def _make_cattrs() -> Library:
    from decimal import Decimal
    from types import GenericAlias

    from cattrs import BaseValidationError, transform_error
    from cattrs.preconf.json import make_converter

    from oped_dataset.model.article import Article
    from oped_dataset.model.dates import Edtf
    from oped_dataset.model.tables import Table

    def is_table(kind: Any) -> bool:
        return isinstance(kind, type) and issubclass(kind, Table)

    def read_table(rows: Any, kind: Any) -> Any:
        of_records: Any = GenericAlias(list, (kind.record_type,))
        return kind(converter.structure(rows, of_records))

    # Its defaults cannot know these three types.
    converter = make_converter()
    for kind in (Edtf, Decimal):
        converter.register_structure_hook(kind, lambda value, wanted: wanted(value))
        converter.register_unstructure_hook(kind, str)
    converter.register_structure_hook_func(is_table, read_table)
    converter.register_unstructure_hook_func(is_table, lambda rows: [converter.unstructure(row) for row in rows])
    return Library(
        read=lambda content: converter.loads(content, Article),
        write=lambda article: json.dumps(converter.unstructure(article), ensure_ascii=False).encode(),
        plain=converter.unstructure,
        errors=(BaseValidationError,),
        count=lambda error: len(transform_error(error)),
    )


def _make_datasets() -> Library:
    import io
    import tempfile
    from functools import cache

    datasets = import_module("datasets")
    days = ("published", "updated")

    @cache
    def features() -> Any:
        pyarrow: Any = import_module("pyarrow")

        from benchmarks.peers import arrow_schema
        from oped_dataset.model.article import Article

        # Its reader converts days to times, and writing those as text would add hours.
        schema = arrow_schema(Article)
        for day in days:
            schema = schema.set(schema.get_field_index(day), pyarrow.field(day, pyarrow.date32()))
        return datasets.Features.from_arrow_schema(schema)

    def load(path: str, types: Any) -> Any:
        line = path.removesuffix(".json") + ".jsonl"
        with tempfile.TemporaryDirectory() as cache:
            return datasets.load_dataset(
                "json", data_files=line, split="train", features=types, cache_dir=cache, keep_in_memory=True
            )

    def format_days(rows: Any) -> Any:
        # Without this, they are written as milliseconds since 1970.
        for day in days:
            rows = rows.cast_column(day, datasets.Value("string"))
        return rows

    def write(article: Any) -> bytes:
        stream = io.BytesIO()
        format_days(article).to_json(stream, lines=True, force_ascii=False)
        return stream.getvalue()

    def plain(article: Any) -> Any:
        row = dict(article if isinstance(article, dict) else article[0])
        return {name: str(value) if name in days and value else value for name, value in row.items()}

    def arrow(content: bytes, path: str) -> Any:
        pyarrow: Any = import_module("pyarrow")

        from oped_dataset.model.article import TABLES

        rows = load(path, features()).data.table
        return {name: pyarrow.Table.from_struct_array(rows[name].combine_chunks().flatten()) for name in TABLES}

    def read_lines(path: str) -> Iterator[Any]:
        _need_zstandard(path)
        rows = datasets.load_dataset("json", data_files=path, split="train", features=features(), streaming=True)
        yield from rows

    def write_lines(articles: Iterable[Any], path: str) -> None:
        if path.endswith(".zst"):
            raise Unable("writes no Zstandard")
        rows = datasets.Dataset.from_list(list(articles), features=features())
        packing = "gzip" if path.endswith(".gz") else None
        format_days(rows).to_json(path, lines=True, force_ascii=False, compression=packing)

    return Library(
        # The types are guessed in a new process, because giving them would need this package.
        cold=lambda path: load(path, None),
        load=lambda content, path: load(path, features()),
        write=write,
        plain=plain,
        arrow=arrow,
        read_lines=read_lines,
        write_lines=write_lines,
        errors=(datasets.exceptions.DatasetGenerationError,),
    )


def _make_pandas() -> Library:
    import io

    pandas = import_module("pandas")

    def read(content: bytes) -> Any:
        # Nothing is converted, so that dates stay as they are.
        return pandas.read_json(io.BytesIO(content), typ="series", dtype=False)

    def write(article: Any) -> Any:
        return article.to_json(force_ascii=False).encode()

    def plain(article: Any) -> Any:
        if not isinstance(article, dict):
            return json.loads(write(article))
        return {name: None if isinstance(value, float) else value for name, value in article.items()}

    def arrow(content: bytes, path: str) -> Any:
        pyarrow: Any = import_module("pyarrow")

        from oped_dataset.model.article import TABLES

        article = read(content)
        frames = {name: pandas.DataFrame(article[name]) for name in TABLES}
        return {name: pyarrow.Table.from_pandas(frame, preserve_index=False) for name, frame in frames.items()}

    def read_lines(path: str) -> Iterator[Any]:
        _need_zstandard(path)
        with pandas.read_json(path, lines=True, chunksize=100, dtype=False) as frames:
            for frame in frames:
                yield from frame.to_dict("records")

    def write_lines(articles: Iterable[Any], path: str) -> None:
        _need_zstandard(path)
        # In one frame, since it cannot append to a packed file.
        pandas.DataFrame(articles).to_json(path, orient="records", lines=True, force_ascii=False)

    return Library(read=read, write=write, plain=plain, arrow=arrow, read_lines=read_lines, write_lines=write_lines)


class Contender:
    """The description of a contender.

    Attributes:
        make: Imports its library and returns the functions.
        title: Its name on the page.
        imports: The statement whose cost is measured as its import.
        needs: The names of the required distributions on a package index.
        checks: Its checks of a document, in a word or two, shown beside its figures.
        omits: The checks that it omits, in sentences.
    """

    def __init__(
        self, make: Callable[[], Library], title: str, imports: str, needs: tuple[str, ...], checks: str, omits: str
    ) -> None:
        self.make, self.title, self.imports = make, title, imports
        self.needs, self.checks, self.omits = needs, checks, omits

    def find_absence(self) -> str | None:
        """Return the reason why it cannot take part here, or None."""
        from importlib.metadata import PackageNotFoundError, version

        for distribution in self.needs:
            try:
                version(distribution)
            except PackageNotFoundError:
                return f"not installed: {distribution}"
        return None


_TYPES_ONLY = (
    "Unknown keys are ignored; of two equal keys the last is kept. No rule of a field (slugs, patterns, bounds), "
    "no imprecise date, no rule between records: a reference may be dangling."
)

CONTENDERS = {
    "ours": Contender(
        _make_ours,
        "oped-dataset",
        "import oped_dataset",
        ("oped-dataset", "attrs", "cattrs"),
        "all rules",
        "Whether a claim is true. `load()` compares a SHA-256 instead of applying the rules again.",
    ),
    "msgspec": Contender(
        _make_msgspec,
        "msgspec Struct (the floor)",
        "import msgspec",
        ("msgspec",),
        "types",
        f"{_TYPES_ONLY} It stops at the first mistake.",
    ),
    "pydantic": Contender(
        _make_pydantic,
        "pydantic v2",
        "from pydantic import BaseModel",
        ("pydantic", "pydantic-core"),
        "types, leniently",
        f"{_TYPES_ONLY} With its defaults, as here, a number in a string is accepted as the number.",
    ),
    "dataclasses": Contender(
        _make_dataclasses,
        "dataclasses + json",
        "import dataclasses, json",
        (),
        "labels, dates",
        f"{_TYPES_ONLY} Types are not checked either: a string is kept in place of a number. It stops at the first "
        "mistake.",
    ),
    "cattrs": Contender(
        _make_cattrs,
        "cattrs' defaults, on the package's classes",
        "import attrs, cattrs",
        ("attrs", "cattrs"),
        "rules of fields",
        "Unknown keys are ignored, of two equal keys the last is kept, values are coerced (None to 'None', 2.9 to 2); "
        "no rule between records. The validators of the package's classes run.",
    ),
    "datasets": Contender(
        _make_datasets,
        "Hugging Face datasets",
        "import datasets",
        ("datasets", "pyarrow"),
        "column types",
        "Everything but Arrow's types: labels, imprecise dates and references are strings; missing keys become null. "
        "It returns plain dicts and reads the document only on one line; its cache is empty each time.",
    ),
    "pandas": Contender(
        _make_pandas,
        "pandas.read_json",
        "import pandas",
        ("pandas",),
        "nothing",
        "Everything: any JSON is accepted. It returns a Series of plain lists and dicts, and for many articles a frame "
        "in which missing values may be NaN.",
    ),
}
"""All contenders: this package, then the others from the strictest to the most lenient."""
