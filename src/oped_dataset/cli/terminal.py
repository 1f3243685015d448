"""The output: how wide it is, whether it shows colours, and everything that is written to it.

Here: the choice between plain text and colours, JSON and files on the output, and the bar of long work.
Not here: drawing blocks (`plain.py`, `coloured.py`).

Colours are for a terminal on which rich is installed; `NO_COLOR` is heeded by rich, `TERM=dumb` here. A pipe gets plain
text of the same words.
"""

from __future__ import annotations

import codecs
import json
import os
import re
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from time import monotonic
from typing import Any, Final

from oped_dataset.cli import coloured, plain
from oped_dataset.cli.blocks import Block
from oped_dataset.cli.exits import complain
from oped_dataset.corpora.progress import Progress, Watch
from oped_dataset.errors import MissingExtra
from oped_dataset.extras import need
from oped_dataset.filesystem import replacing
from oped_dataset.messages import printable

_PROSE: Final = 100
"""Longer lines are hard to read."""

_REFRESH: Final = 0.1
"""A counter is written again after so many seconds."""

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
    """Write data as JSON that every reader takes, whatever the encoding of the output (RFC 8259, section 8.1)."""
    text = json.dumps(data, ensure_ascii=False, indent=2, default=str)
    is_utf8 = codecs.lookup(sys.stdout.encoding or "utf-8").name == "utf-8"
    print(_escaped(text, "utf-8" if is_utf8 else "ascii"))


def _escaped(text: str, encoding: str) -> str:
    """Write what would act on a terminal, or cannot be encoded, as escapes of JSON."""
    return _UNSAFE.sub(lambda found: found[0] if _is_showable(found[0], encoding) else _json_escape(found[0]), text)


def _is_showable(character: str, encoding: str) -> bool:
    return printable(character) == character and bool(character.encode(encoding, "ignore"))


def _json_escape(character: str) -> str:
    return re.sub("....", r"\\u\g<0>", character.encode("utf-16-be", "surrogatepass").hex())


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
        print(_escaped(content.rstrip("\n"), sys.stdout.encoding or "utf-8"))
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(encoded)


@contextmanager
def progress(
    what: str, steps: int | None = None, *, start: int = 0, go_on: Callable[[int], str] | None = None
) -> Iterator[Watch]:
    """Show how far long work is where the error stream is a terminal, and report an interruption in one line.

    Args:
        what: The work.
        steps: In how many steps it is done; of a single one nothing is shown or said. None where that is not known.
        start: How much was done before.
        go_on: Says how to go on after an interruption when so much is done; None for work that begins again.
    """
    last: Progress | None = None
    try:
        with _shown(what, steps, start) as show:

            def watch(now: Progress) -> None:
                nonlocal last
                last = now
                show(now)

            yield watch
    except KeyboardInterrupt:
        reached = "before anything was finished" if last is None else f"after {_amount(last)}"
        remedy = "give the same command again" if last is None or go_on is None else go_on(last.done)
        if steps != 1:
            complain(f"interrupted {reached}; {remedy}")
        raise


@contextmanager
def _shown(what: str, steps: int | None, start: int) -> Iterator[Watch]:
    if steps == 1 or not sys.stderr.isatty():
        yield lambda now: None
    elif _shows_colours(sys.stderr):
        with _bar(what, _Pace(start)) as watch:
            yield watch
    else:
        try:
            yield _counter(what, _Pace(start))
        finally:
            print(file=sys.stderr)


def _amount(now: Progress) -> str:
    if now.total is None:
        return _counted(now.done, now.unit)
    return f"{_counted(now.done, now.unit).partition(' ')[0]} of {_counted(now.total, now.unit)}"


def _counted(number: float, unit: str) -> str:
    return f"{number / 1_000_000:,.1f} megabytes" if unit == "bytes" else f"{number:,.0f} {unit}"


class _Pace:
    """How fast work is, and how long it will yet take."""

    def __init__(self, start: int) -> None:
        self._start, self._began = start, monotonic()

    def __call__(self, now: Progress) -> str:
        rate = (now.done - self._start) / max(monotonic() - self._began, 1e-3)
        number, _, unit = _counted(rate, now.unit).partition(" ")
        words = f"{_amount(now)}, {number}{f' {unit}' * (now.unit == 'bytes')} a second"
        if now.total is None or rate == 0:
            return words
        return f"{words}, {timedelta(seconds=round((now.total - now.done) / rate))} left"


def _counter(what: str, pace: _Pace) -> Watch:
    longest, shown = 0, 0.0

    def watch(now: Progress) -> None:
        nonlocal longest, shown
        # A terminal takes longer to show a line than many articles take to be read.
        if now.done != now.total and monotonic() - shown < _REFRESH:
            return
        shown = monotonic()
        line = f"{what}: {pace(now)}"
        longest = max(longest, len(line))
        print(f"\r{line:{longest}}", end="", file=sys.stderr, flush=True)

    return watch


@contextmanager
def _bar(what: str, pace: _Pace) -> Iterator[Watch]:
    bars = need("rich.progress", "cli")
    console = need("rich.console", "cli").Console(file=sys.stderr)
    columns = (
        bars.TextColumn("{task.description}", markup=False),
        bars.BarColumn(),
        bars.TextColumn("{task.fields[pace]}", markup=False),
    )
    with bars.Progress(*columns, console=console, transient=True) as drawn:
        task = drawn.add_task(what, total=None, pace="")
        yield lambda now: drawn.update(task, completed=now.done, total=now.total, pace=pace(now))
