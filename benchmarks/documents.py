"""The input documents: an article, the same ten and a hundred times as large, and corpora of small ones.

Here: making them, with the same bytes on every machine. Each file is written when it is first needed.
Not here: reading them (`contenders.py`, `jobs.py`).
"""

from __future__ import annotations

import json
import pickle
import random
import string
from itertools import islice
from pathlib import Path
from typing import Any, Final

import attrs

from oped_dataset import fingerprint, load, read_lines, write_lines, write_parquet
from oped_dataset.codec import wire
from oped_dataset.model.article import TABLES, Article
from oped_dataset.testing import make_corpus
from oped_dataset.text.canonical import text_digest

SUFFIXES: Final = {"plain": ".jsonl", "gzip": ".jsonl.gz", "zstd": ".jsonl.zst", "parquet": ".parquet"}
"""The suffix of a corpus for each way of packing it."""

LINES: Final = 20
"""The number of articles in the smallest corpus."""

_IDS: Final = frozenset(
    {"id", "publisher", "authors", "contributors", "entity", "anchor", "speaker", "claims", "place", "subject"}
    | {"object", "source", "target", "about", "events", "relations", "quantities"}
)
"""The keys of a document whose values are ids of its records."""


@attrs.frozen
class Inputs:
    """The files of a run.

    Attributes:
        work: The directory that contains them.
    """

    work: Path

    def document(self, size: int) -> Path:
        """Return the bundled article this number of times; beside it, the same on one line."""
        path = self.work / f"document-{size}.json"
        if not path.exists():
            _write_document(wire.encode(enlarge(load("retired-officials-2019"), size)), path)
        return path

    def damaged(self, size: int) -> Path:
        """Return the document with three mistakes of form, each in a claim of its own.

        A required key is missing, a label is unknown, and an offset is a string.
        """
        path = self.work / f"damaged-{size}.json"
        if not path.exists():
            data = json.loads(self.document(size).read_bytes())
            first, second, third = islice(data["claims"], 3)
            del first["gist"]
            second["kind"] = "rumour"
            third["evidence"][0]["start"] = "soon"
            _write_document(json.dumps(data, ensure_ascii=False).encode(), path)
        return path

    def article(self, size: int) -> Path:
        """Return the bundled article with text this number of times, pickled."""
        path = self.work / f"article-{size}.pickle"
        if not path.exists():
            path.write_bytes(pickle.dumps(enlarge(load("harbour-toll"), size)))
        return path

    def grown(self, size: int, packing: str) -> Path:
        """Return a corpus with a packing, or the article with text for an empty packing."""
        return self.corpus(size, packing) if packing else self.article(size)

    def corpus(self, size: int, packing: str = "plain") -> Path:
        """Return a corpus of synthetic articles, this number of times as many as in the smallest."""
        path = self.work / f"corpus-{size}{SUFFIXES[packing]}"
        if not path.exists():
            articles = make_corpus(LINES * size) if packing == "plain" else read_lines(self.corpus(size))
            if packing == "parquet":
                write_parquet(articles, path)
            else:
                write_lines(articles, path)
        return path


def _write_document(content: bytes, path: Path) -> None:
    path.write_bytes(content)
    line = json.dumps(json.loads(content), ensure_ascii=False) + "\n"
    path.with_suffix(".jsonl").write_text(line, encoding="utf-8")


def enlarge(article: Article, times: int) -> Article:
    """Return an article several times in one valid article.

    Each copy has ids of its own, and offsets that continue those of the copy before it. The text, if the article has
    one, is in different letters in each copy, so that no sentence is repeated.
    """
    original, whole = wire.to_data(article), wire.to_data(article)
    text = original["source"]["text"]
    for number in range(2, times + 1):
        copy = _copy(original, number)
        for key in (*TABLES, "authors", "contributors", "headings"):
            whole[key] += copy[key]
        for key in ("sentences", "paragraphs"):
            whole["source"][key] += copy["source"][key]
    whole["source"]["length"] *= times
    if text is None:
        return wire.from_data(whole)
    whole_text = "".join(_in_other_letters(text, number) for number in range(1, times + 1))
    for record in (*whole["headings"], *whole["quotations"]):
        record["text"] = whole_text[record["span"]["start"] : record["span"]["end"]]
    whole["source"] |= {"text": whole_text, "sha256": text_digest(whole_text)}
    return fingerprint(wire.from_data(whole), whole_text)


def _copy(original: dict[str, Any], number: int) -> dict[str, Any]:
    ids = {record["id"] for table in TABLES for record in original[table]}
    offset = (number - 1) * original["source"]["length"]

    def copy(value: Any, key: str) -> Any:
        if isinstance(value, dict):
            return {name: copy(inner, name) for name, inner in value.items()}
        if isinstance(value, list):
            return [copy(item, key) for item in value]
        if key in _IDS and value in ids:
            return f"{value}-copy-{number}"
        return value + offset if key in ("start", "end") else value

    copied: dict[str, Any] = copy(original, "")
    return copied


def _in_other_letters(text: str, number: int) -> str:
    letters = list(string.ascii_lowercase)
    random.Random(number).shuffle(letters)
    return text.translate(str.maketrans(string.ascii_lowercase, "".join(letters))) if number > 1 else text
