"""Corpora in files, some of which the package's writers would reject."""

from __future__ import annotations

import gzip
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from judges import judge

from oped_dataset import Article
from oped_dataset.codec import wire
from oped_dataset.corpora import compression
from oped_dataset.corpora.parquet import corpus_schema
from oped_dataset.testing import make_corpus, near_misses

GOLD = list(make_corpus(7, max_claims=3))
PREDICTED = [[each, *(miss.article for miss in near_misses(each))][-1] for each in GOLD]
"""The same articles, each with one change that does not break a rule."""


def documents_of(articles: Iterable[Article]) -> list[bytes]:
    """Encode the articles as lines, without line ends."""
    return [wire.encode_line(article).removesuffix(b"\n") for article in articles]


DOCUMENTS = [
    *documents_of(GOLD[:2]),
    b"{}",
    *documents_of(GOLD[2:6]),
    b"[1",
    b"",
    *documents_of(GOLD[6:]),
    b"{}",
    b"[]",
]
"""Twelve documents; the third, eighth, ninth and the last two break rules."""


def put(path: Path, documents: list[bytes]) -> Path:
    """Write any documents in the format of the file's suffix."""
    if path.suffix == ".parquet":
        rewritten(path, [document.decode() for document in documents])
    elif path.name.endswith("framed.jsonl.gz"):
        framed(path, documents)
    elif path.suffix == ".gz":
        path.write_bytes(gzip.compress(b"\n".join(documents)))
    else:
        path.write_bytes(b"\n".join(documents))
    return path


def framed(path: Path, documents: list[bytes], per_frame: int = 3) -> Path:
    """Write documents as compressed lines like the package, with this number of documents per frame."""
    with path.open("wb") as raw, compression.packing(raw, path) as packed:
        frames: Any = packed
        for number, document in enumerate(documents, 1):
            frames.write(document + b"\n")
            if number % per_frame == 0:
                frames.end()
    return path


def rewritten(path: Path, documents: Any) -> Path:
    """Write documents as a Parquet corpus, in row groups of three."""
    arrow, parquet = judge("pyarrow"), judge("pyarrow.parquet")
    schema = arrow.schema([("document", arrow.string())], metadata=corpus_schema().metadata)
    parquet.write_table(arrow.table([documents], schema=schema), path, row_group_size=3)
    return path
