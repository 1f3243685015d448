"""The output: how wide it is, whether it shows colours, and everything that is written to it.

What lives here: the choice between plain text and colours, JSON and files on the output, and the bar of long work.
What does not: drawing blocks (`plain.py`, `coloured.py`).

Colours are for a terminal on which rich is installed; `NO_COLOR` is heeded by rich, `TERM=dumb` here. A pipe gets plain
text of the same words.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Final

from oped_dataset.cli import coloured, plain
from oped_dataset.cli.blocks import Block
from oped_dataset.corpora.progress import Progress, Watch
from oped_dataset.errors import MissingExtra
from oped_dataset.extras import need
from oped_dataset.filesystem import replacing
from oped_dataset.messages import printable

_PROSE: Final = 100
"""Longer lines are hard to read."""

_NARROWEST: Final = 20
_UNSAFE: Final = re.compile(r"[^\n -~]")


def show(blocks: Iterable[Block]) -> None:
    """Write blocks to the output."""
    width = max(_NARROWEST, shutil.get_terminal_size((_PROSE, 24)).columns)
    prose = min(width, _PROSE)
    draw = coloured.rendered if _shows_colours(sys.stdout) else plain.rendered
    print(draw(blocks, width, prose), end="")


def _shows_colours(stream: Any) -> bool:
    return stream.isatty() and os.environ.get("TERM", "") not in ("dumb", "unknown") and _has_rich()


def _has_rich() -> bool:
    try:
        need("rich.console", "cli")
    except MissingExtra:
        return False
    return True


def show_json(data: object) -> None:
    """Write data as JSON; what would act on a terminal stands in it as an escape of JSON."""
    text = json.dumps(data, ensure_ascii=False, indent=2, default=str)
    print(_UNSAFE.sub(lambda found: _json_escape(found[0]), text))


def _json_escape(character: str) -> str:
    return character if printable(character) == character else json.dumps(character)[1:-1]


def write(content: str | bytes, output: str | None) -> None:
    """Write the content of a file to where it was asked for, or to the output.

    Args:
        content: The content.
        output: The path of the file, which is replaced as a whole; None for the output, where text on a terminal is
            made printable.

    Raises:
        ArticleFileError: The file cannot be written.
    """
    encoded = content if isinstance(content, bytes) else content.encode("utf-8")
    if output is not None:
        with replacing(output) as stream:
            stream.write(encoded)
    elif isinstance(content, str) and sys.stdout.isatty():
        print(*(printable(line) for line in content.rstrip("\n").split("\n")), sep="\n")
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(encoded)


@contextmanager
def progress(what: str, steps: int) -> Iterator[Watch | None]:
    """Give something that shows how far long work is: on a terminal that is the error stream, else None.

    Args:
        what: What is done.
        steps: In how many steps; of a single one nothing is shown.
    """
    if steps < 2 or not sys.stderr.isatty():
        yield None
    elif _shows_colours(sys.stderr):
        with _bar(what) as watch:
            yield watch
    else:
        yield _counter(what)
        print(file=sys.stderr)


def _counter(what: str) -> Watch:
    def watch(now: Progress) -> None:
        print(f"\r{what}: {now.done} of {now.total} {now.unit}", end="", file=sys.stderr, flush=True)

    return watch


@contextmanager
def _bar(what: str) -> Iterator[Callable[[Progress], None]]:
    bars = need("rich.progress", "cli")
    console = need("rich.console", "cli").Console(file=sys.stderr)
    columns = (bars.TextColumn("{task.description}", markup=False), bars.BarColumn(), bars.MofNCompleteColumn())
    with bars.Progress(*columns, bars.TimeRemainingColumn(), console=console, transient=True) as drawn:
        task = drawn.add_task(what, total=None)
        yield lambda now: drawn.update(task, completed=now.done, total=now.total)
