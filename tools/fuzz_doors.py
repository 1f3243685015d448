"""Send damaged files through every reader except `loads`; each must return an article or raise a documented error.

    python tools/fuzz_doors.py 10000 --seed 7

Needs the extra `arrow` for Parquet. Prints for every reader the number of inputs and of those accepted; the first that
raises any other exception is written to `crash-DOOR` in the current directory.
"""

from __future__ import annotations

import argparse
import io
import json
import random
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from oped_dataset import Article, OpedDatasetError, from_records, load, read_lines, read_parquet, write_lines
from oped_dataset.corpora.parquet import write_parquet
from oped_dataset.errors import InvalidImport
from oped_dataset.exports import (
    from_brat,
    from_label_studio,
    from_parquet,
    from_tables,
    from_web_annotation,
    to_brat,
    to_label_studio,
    to_parquet,
    to_tables,
    to_web_annotation,
)

TOLL = load("harbour-toll")
PIECES = (b"", b"\x00", b"\xff", b"\n", b"\t", b'"', b"[]", b"{}", b"null", b"-1", b"1e400", b"\\ud800", b"T1", b"#1")


def main(arguments: list[str]) -> int:
    """Send the requested number of inputs through every reader, and print the counts."""
    parser = argparse.ArgumentParser(description="Put many damaged files through every door.")
    parser.add_argument("runs", type=int, help="inputs for each door")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", help="the name of one door")
    asked = parser.parse_args(arguments)
    total = 0
    with tempfile.TemporaryDirectory() as folder:
        for name, (seed, read) in _doors(Path(folder)).items():
            if asked.only in (None, name):
                taken = _try(name, seed, read, asked.runs, random.Random(asked.seed))
                total += asked.runs
                sys.stdout.write(f"{name}: {asked.runs} inputs tried, {taken} taken\n")
                sys.stdout.flush()
    sys.stdout.write(f"{total} inputs tried in all\n")
    return 0


def _try(name: str, seed: bytes, read: Callable[[bytes], object], runs: int, chance: random.Random) -> int:
    taken = 0
    for _ in range(runs):
        data = _damaged(seed, chance)
        try:
            read(data)
            taken += 1
        except OpedDatasetError:
            continue
        except Exception:
            Path(f"crash-{name}").write_bytes(data)
            raise
    return taken


def _damaged(data: bytes, chance: random.Random) -> bytes:
    for _ in range(chance.choice((1, 1, 2, 5))):
        start = chance.randrange(len(data) + 1)
        end = start + chance.choice((0, 1, 1, 8, 200))
        piece = chance.choice((chance.choice(PIECES), bytes([chance.randrange(256)]), data[start:end] * 2))
        data = data[:start] + piece + data[end:]
    return data if chance.random() < 0.9 else data[: chance.randrange(len(data) + 1)]


def _doors(folder: Path) -> dict[str, tuple[bytes, Callable[[bytes], object]]]:
    brat, tables, parquet = to_brat(TOLL), to_tables(TOLL), dict(to_parquet(TOLL))
    lines = io.BytesIO()
    write_lines([TOLL], lines)
    corpus = folder / "x.parquet"
    write_parquet([TOLL, TOLL], corpus)

    def from_corpus(data: bytes) -> list[Article]:
        corpus.write_bytes(data)
        return list(read_parquet(corpus))

    def from_file(data: bytes) -> Article:
        (folder / "x.json").write_bytes(data)
        return from_label_studio(folder / "x.json")

    return {
        **{
            f"brat{end}": (brat[f"{TOLL.id}{end}"], _file(brat, f"{TOLL.id}{end}", from_brat))
            for end in (".ann", ".json")
        },
        "parquet": (parquet["claims.parquet"], _file(parquet, "claims.parquet", from_parquet)),
        "corpus": (corpus.read_bytes(), from_corpus),
        "lines": (lines.getvalue(), lambda data: list(read_lines(io.BytesIO(data)))),
        "label-studio": (to_label_studio(TOLL)["tasks.json"], from_file),
        "web-annotation": (json.dumps(to_web_annotation(TOLL)).encode(), _json(from_web_annotation)),
        "tables": (json.dumps(tables, default=str).encode(), _json(from_tables)),
        "records": (b'[{"record": "entity", "id": "x", "kind": "person", "name": "Xan"}]', _json(_records)),
    }


def _file(files: Mapping[str, bytes], name: str, read: Callable[..., object]) -> Callable[[bytes], object]:
    return lambda data: read({**files, name: data})


def _json(read: Callable[..., object]) -> Callable[[bytes], object]:
    def read_json(data: bytes) -> object:
        try:
            found: Any = json.loads(data)
        except (ValueError, RecursionError) as error:
            raise InvalidImport("not JSON, which these doors leave to their callers") from error
        return read(found)

    return read_json


def _records(data: Any) -> object:
    return from_records(data, like=TOLL)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
