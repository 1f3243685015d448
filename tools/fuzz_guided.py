"""Let atheris find inputs by coverage, for a door of `fuzz.py` that takes bytes, such as `loads` or `corpus.jsonl`.

    python tools/fuzz_guided.py loads -runs=1000000

Needs `pip install --group proof`. The arguments after the door are those of libFuzzer. The first fault ends the run,
and its input is written to `crash-…`.
"""

from __future__ import annotations

import os
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

import atheris  # type: ignore[import-not-found,import-untyped,unused-ignore]

with atheris.instrument_imports(include=["oped_dataset"]):
    import fuzz
    from damage import as_bytes

    from oped_dataset import OpedDatasetError

    seeds, *functions = fuzz.DOORS[sys.argv[1]]
    given = [as_bytes(each) for each in seeds()]
    # The first calls import the modules that are imported on demand.
    for read in functions:
        with suppress(OpedDatasetError):
            read(given[0])


def one_input(data: bytes) -> None:
    """Send one input through the functions of the door."""
    for read in functions:
        fuzz.call(read, data)


with tempfile.TemporaryDirectory() as corpus:
    for number, seed in enumerate(given):
        Path(corpus, str(number)).write_bytes(seed)
    options = [f"-artifact_prefix={Path.cwd()}/", "-max_len=8192", "-verbosity=0", "-print_final_stats=1"]
    os.chdir(fuzz.EMPTY)
    atheris.Setup(["fuzz", *options, *sys.argv[2:], corpus], one_input)
    atheris.Fuzz()
