"""The output: its width, its colours, and writing to it.

Here: the choice between plain text and colours, JSON and files on the output, and the progress bar of long work.
Not here: drawing blocks (`plain.py`, `coloured.py`).

Colours need a terminal and rich, which respects `NO_COLOR`; `TERM=dumb` is respected here. A pipe receives the same
words as plain text.
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
"""The greatest width of a paragraph; longer lines are hard to read."""

_REFRESH: Final = 0.1
"""The least number of seconds between two updates of a counter."""

_NARROWEST: Final = 20
_UNSAFE: Final = re.compile(r"[^\n -~]")


def show(blocks: Iterable[Block]) -> None:
    """Write blocks to the output."""
    width = max(_NARROWEST, shutil.get_terminal_size((_PROSE, 24)).columns)
    prose = min(width, _PROSE)
    render = coloured.render if _shows_colours(sys.stdout) else plain.render
    print(render(blocks, width, prose), end="")


def _shows_colours(stream: Any) -> bool:
    # curses calls a terminal without a capability to move the cursor dumb, and one that it does not know unknown.
    if not stream.isatty() or os.environ.get("TERM", "") in ("dumb", "unknown"):
        return False
    try:
        need("rich.console", "cli")
    except MissingExtra:
        return False
    return True


def show_json(data: object) -> None:
    """Write data as JSON that every reader accepts, whatever the encoding of the output."""
    text = json.dumps(data, ensure_ascii=False, indent=2, default=str)
    # RFC 8259, section 8.1, requires UTF-8; in ASCII with escapes, the text is the same bytes in every encoding.
    is_utf8 = codecs.lookup(sys.stdout.encoding or "utf-8").name == "utf-8"
    print(_escape(text, "utf-8" if is_utf8 else "ascii"))


def _escape(text: str, encoding: str) -> str:
    """Write characters that a terminal would act on, or that cannot be encoded, as escapes of JSON."""

    def escape(found: re.Match[str]) -> str:
        character = found[0]
        if printable(character) == character and character.encode(encoding, "ignore"):
            return character
        # RFC 8259, section 7: a character beyond U+FFFF is written as its surrogate pair.
        return re.sub("....", r"\\u\g<0>", character.encode("utf-16-be", "surrogatepass").hex())

    return _UNSAFE.sub(escape, text)


def write(content: str | bytes, output: str | None) -> None:
    """Write the content of a file to its path, or to the output.

    Args:
        content: The content.
        output: The path of the file, which is replaced as a whole; None for the output, where text is made printable
            if the output is a terminal.

    Raises:
        ArticleFileError: The file cannot be written.
    """
    encoded = content if isinstance(content, bytes) else content.encode("utf-8")
    if output is not None:
        with replacing(output) as stream:
            stream.write(encoded)
    elif isinstance(content, str) and sys.stdout.isatty():
        print(_escape(content.rstrip("\n"), sys.stdout.encoding or "utf-8"))
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(encoded)


@contextmanager
def progress(
    what: str, steps: int | None = None, *, start: int = 0, go_on: Callable[[int], str] | None = None
) -> Iterator[Watch]:
    """Show the progress of long work if the error stream is a terminal, and report an interruption in one line.

    Args:
        what: The work, such as `checking`.
        steps: The number of steps, or None if it is unknown. Work of a single step is neither shown nor reported.
        start: The number of steps done before.
        go_on: Makes, from the number of steps done, the advice on how to continue after an interruption; None for work
            that must start again.
    """
    last: Progress | None = None
    try:
        with _open_display(what, steps, start) as show:

            def watch(now: Progress) -> None:
                nonlocal last
                last = now
                show(now)

            yield watch
    except KeyboardInterrupt:
        reached = (
            "before anything was finished"
            if last is None
            else f"after {_format_part(last.done, last.total, last.unit)}"
        )
        remedy = "run the same command again" if last is None or go_on is None else go_on(last.done)
        if steps != 1:
            complain(f"interrupted {reached}; {remedy}")
        raise


@contextmanager
def _open_display(what: str, steps: int | None, start: int) -> Iterator[Watch]:
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


def _format_part(done: int, total: int | None, unit: str) -> str:
    if total is None:
        return _format_count(done, unit)
    return f"{_format_count(done, unit).partition(' ')[0]} of {_format_count(total, unit)}"


def _format_count(number: float, unit: str) -> str:
    return f"{number / 1_000_000:,.1f} megabytes" if unit == "bytes" else f"{number:,.0f} {unit}"


class _Pace:
    """The rate of work, and the time left."""

    def __init__(self, start: int) -> None:
        self._start, self._began = start, monotonic()

    def __call__(self, now: Progress) -> str:
        seconds = max(monotonic() - self._began, 1e-3)
        done = now.done - self._start
        number, _, unit = _format_count(done / seconds, now.unit).partition(" ")
        parts = [
            _format_part(now.done, now.total, now.unit),
            *([_format_part(now.bytes_done, now.bytes_total, "bytes")] if now.bytes_total is not None else []),
            f"{number}{f' {unit}' * (now.unit == 'bytes')} a second",
        ]
        if now.total is None:
            done, left = now.bytes_done, (now.bytes_total or 0) - now.bytes_done
        else:
            left = now.total - now.done
        if done and left:
            parts.append(f"{timedelta(seconds=round(left * seconds / done))} left")
        return ", ".join(parts)


def _counter(what: str, pace: _Pace) -> Watch:
    longest, shown = 0, 0.0

    def watch(now: Progress) -> None:
        nonlocal longest, shown
        # Printing a line can take a terminal longer than reading many articles takes.
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
