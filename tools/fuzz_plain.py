"""Send damaged documents through `loads` without a fuzzer: not guided by coverage, but fast.

    python tools/fuzz_plain.py 100000 --seed 7

Needs only the package. Each input is a document of `tests/invalid/` or `tests/golden/`, usually truncated, with up to
four changes. It must yield an article that survives a round trip, or `InvalidArticle` with a problem; the first other
result is printed with its exception.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from pathlib import Path

from oped_dataset import (
    InvalidArticle,
    Limits,
    dumps,
    loads,
    render,
)
from oped_dataset.errors import Report

ROOT = Path(__file__).resolve().parent.parent
SEEDS = [path.read_bytes() for name in ("invalid", "golden") for path in sorted(ROOT.glob(f"tests/{name}/*.json"))]
PIECES = (*rb'" { } [ ] , : null 1e400 \ud800 NaN -1 1 "a" "id" \ '.split(b" "), b"\xff", b"\x00", b" ")
STEP = 10_000


def main(arguments: list[str]) -> int:
    """Run the requested number of inputs; print the counts and the time of the slowest input."""
    parser = argparse.ArgumentParser(description="Put many damaged documents through the reader.")
    parser.add_argument("runs", type=int)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(arguments)
    chance = random.Random(asked.seed)
    taken = 0
    slowest = 0.0
    for number in range(1, asked.runs + 1):
        data = _damaged(chance)
        began = time.process_time()
        try:
            taken += is_taken(data)
        except Exception:
            sys.stdout.write(f"{data!r}\n")
            raise
        slowest = max(slowest, time.process_time() - began)
        if number % STEP == 0 or number == asked.runs:
            sys.stdout.write(f"{number} inputs tried: {taken} taken, the slowest in {slowest:.3f} s\n")
            sys.stdout.flush()
    return 0


def _damaged(chance: random.Random) -> bytes:
    data = chance.choice(SEEDS)
    if chance.random() < 0.75:
        data = data[: chance.choice((80, 200, 600, 1500))]
    for _ in range(chance.choice((1, 1, 2, 4))):
        start = chance.randrange(len(data) + 1)
        end = start + chance.randrange(40)
        other = chance.choice(SEEDS)
        cut = chance.randrange(len(other))
        middle = chance.choice((b"", chance.choice(PIECES), data[start:end] * 2, other[cut : cut + 60]))
        data = data[:start] + middle + data[chance.choice((start, start + 1, end)) :]
    return data


def is_taken(data: bytes) -> bool:
    """Read one input and return whether it is an article; an undocumented exception is a fault of the reader."""
    try:
        article = loads(data, limits=Limits(problems=20))
    except InvalidArticle as error:
        if not error.problems:
            raise RuntimeError("refused without a reason") from error
        render({"input": Report(error.problems, error.omitted)})
        return False
    if loads(dumps(article)) != article:
        raise RuntimeError("not equal after a round trip")
    return True


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
