"""The command line: arguments, messages, exit codes.

What lives here: `main`, the summary of an article on one screen, and the printing of validation reports.
What does not: any decision about the data, which is `model.py`'s and `loading.py`'s.

Exit codes: 0 for all well (warnings do not count), 1 for problems in the data, 2 for wrong usage or a file that cannot
be read or written, whatever was found in others, 141 for an output nobody reads any more. Nothing from a document
reaches the terminal as a control character.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
import textwrap
from collections.abc import Iterator, Sequence
from importlib import metadata
from pathlib import Path
from typing import Final

from oped_dataset.errors import MOST_PROBLEMS, InvalidArticle, OpedDatasetError, Report, printable
from oped_dataset.explorer import explore
from oped_dataset.jsontext import DEPTH_LIMIT, SIZE_LIMIT
from oped_dataset.library import DEFAULT_ARTICLE, load, names
from oped_dataset.loading import load_path, validate
from oped_dataset.model import Article, Claim, Event
from oped_dataset.reporting import FORMATS, render

_OK: Final = 0
_PROBLEMS: Final = 1
_UNREADABLE: Final = 2
_PIPE_CLOSED: Final = 141

_LIMITS: Final = {"size_limit": SIZE_LIMIT, "depth_limit": DEPTH_LIMIT, "problem_limit": MOST_PROBLEMS}
_MOST_VOICES: Final = 5
_WIDTH: Final = 100


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code.

    Args:
        argv: The arguments after the program's name; those of the process when None.
    """
    _never_fail_to_encode()
    try:
        code = _run(_parser().parse_args(argv))
        print(end="", flush=True)
    except OpedDatasetError as error:
        _complain(error)
        return _PROBLEMS
    except OSError as error:
        return _output_lost(error)
    return code


def _output_lost(error: OSError) -> int:
    # The interpreter flushes once more on its way out, which must not fail again.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    if isinstance(error, BrokenPipeError):
        return _PIPE_CLOSED
    _complain(error)
    return _UNREADABLE


def _never_fail_to_encode() -> None:
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="oped-dataset",
        description="Who says what, how surely, and on whose word, in one real op-ed. "
        "Without a command: a summary of the bundled article.",
    )
    parser.add_argument("--version", action="version", version=f"oped-dataset {metadata.version('oped-dataset')}")
    commands = parser.add_subparsers(dest="command", title="commands", metavar="COMMAND")
    check = commands.add_parser(
        "validate",
        help="check article files",
        description="Check article files against all rules; exit 1 when one of them has a problem.",
    )
    check.add_argument(
        "paths", nargs="*", metavar="PATH", help="an article file, or - for the input; default: all bundled articles"
    )
    check.add_argument("--format", choices=FORMATS, default=FORMATS[0], help="how to report (default: %(default)s)")
    for limit, usual in _LIMITS.items():
        option = f"--{limit.replace('_', '-')}"
        check.add_argument(option, type=int, default=usual, metavar="N", help="default: %(default)s")
    page = commands.add_parser(
        "explore",
        help="make a page to explore an article in a browser",
        description="Write one self-contained HTML page; it needs no network.",
    )
    page.add_argument(
        "article", nargs="?", default=DEFAULT_ARTICLE, metavar="NAME|PATH", help=f"default: {DEFAULT_ARTICLE}"
    )
    page.add_argument("-o", "--output", required=True, metavar="PAGE", help="the file to write, such as page.html")
    return parser


def _run(arguments: argparse.Namespace) -> int:
    if arguments.command == "validate":
        return _validate(arguments)
    if arguments.command == "explore":
        return _explore(arguments.article, Path(arguments.output))
    for line in _summary(load()):
        print(printable(line))
    return _OK


def _validate(arguments: argparse.Namespace) -> int:
    limits = {name: getattr(arguments, name) for name in _LIMITS}
    reports: dict[str, Report] = {}
    unread: dict[str, str] = {}
    for name in arguments.paths or names():
        try:
            reports[name] = _examined(name, limits) if arguments.paths else _examined_by_name(name)
        except OpedDatasetError as error:
            unread[name] = str(error)
            _complain(error)
    print(render(reports, arguments.format, unread if arguments.format != "text" else None), end="")
    if unread:
        return _UNREADABLE
    return _OK if all(report.ok for report in reports.values()) else _PROBLEMS


def _examined(path: str, limits: dict[str, int]) -> Report:
    if path == "-":
        # One byte more than allowed is enough to see that there is too much.
        return validate(sys.stdin.buffer.read(max(0, limits["size_limit"]) + 1), **limits)
    # As a path, because a string that looks like JSON would be validated as such.
    return validate(Path(path), **limits)


def _examined_by_name(name: str) -> Report:
    try:
        return validate(load(name))
    except InvalidArticle as error:
        return Report(error.problems, error.omitted)


def _explore(wanted: str, output: Path) -> int:
    try:
        # A name wins over a file of the same name; "./name" is always a file.
        article = load_path(wanted) if wanted not in names() and Path(wanted).is_file() else load(wanted)
        page = explore(article)
    except InvalidArticle:
        raise
    except OpedDatasetError as error:
        _complain(error)
        return _UNREADABLE
    output.write_text(page, encoding="utf-8", newline="\n")
    return _OK


def _complain(error: Exception) -> None:
    print(f"oped-dataset: {printable(str(error))}", file=sys.stderr)


def _summary(article: Article) -> Iterator[str]:
    yield article.title
    yield _byline(article)
    yield ""
    yield "An opinion piece, annotated: who says what, how surely, and on whose word. None of it is a fact."
    yield ""
    yield from _wrapped("Annotated: " + ", ".join(f"{len(table)} {name}" for name, table in article.tables.items()), "")
    yield from _main_voices(article)
    yield from _deepest_claim(article)
    yield from _ends_of_time(article)
    yield from _next_steps(article)


def _byline(article: Article) -> str:
    people = _names(article, article.authors)
    if article.contributors:
        people += f" with {_names(article, article.contributors)}"
    updated = f", updated {article.updated}" if article.updated is not None else ""
    return f"{article.genre} by {people}; {_name(article, article.publisher)}, {article.published}{updated}"


def _name(article: Article, entity_id: str) -> str:
    return article.entities[entity_id].name if entity_id in article.entities else entity_id


def _names(article: Article, entity_ids: Sequence[str]) -> str:
    return ", ".join(_name(article, entity_id) for entity_id in entity_ids)


def _main_voices(article: Article) -> Iterator[str]:
    heard = {entity.id: len(article.claims.voiced_by(entity)) for entity in article.entities}
    most = sorted((entity_id for entity_id in heard if heard[entity_id]), key=lambda entity_id: -heard[entity_id])
    if most:
        yield from ("", "Voices that carry most claims")
    for entity_id in most[:_MOST_VOICES]:
        yield f"  {heard[entity_id]:4}  {_name(article, entity_id)}  [{entity_id}]"


def _deepest_claim(article: Article) -> Iterator[str]:
    if not article.claims:
        return
    deepest = max(article.claims, key=lambda claim: len(claim.voices))
    yield from ("", f"One claim with its chain of voices  [{deepest.id}]")
    for depth, voice in enumerate(deepest.voices):
        yield f"  {'  ' * depth}{_name(article, voice.source)}: {voice.act}, {voice.commitment}  ({voice.channel})"
    yield from _wrapped(deepest.gist, "  " * (len(deepest.voices) + 1))


def _ends_of_time(article: Article) -> Iterator[str]:
    timeline = article.timeline()
    if timeline:
        yield from _told(article, "First dated event", timeline[0])
        yield from _told(article, "Last dated event", timeline[-1])


def _told(article: Article, label: str, event: Event) -> Iterator[str]:
    yield from ("", f"{label}, as told: {event.when}  [{event.id}]")
    yield from _wrapped(event.gist, "  ")
    chains = dict.fromkeys(_chain(article, claim) for claim in article.claims.carrying(event.id))
    for chain in chains:
        yield from _wrapped(f"in a claim of {chain}", "    ")


def _chain(article: Article, claim: Claim) -> str:
    return " > ".join(f"{_name(article, voice.source)} ({voice.commitment})" for voice in claim.voices)


def _wrapped(text: str, indent: str) -> list[str]:
    return textwrap.wrap(text, _WIDTH, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False)


def _next_steps(article: Article) -> Iterator[str]:
    yield from ("", "What to type next")
    yield "  python                                   and there"
    yield "    from oped_dataset import load"
    yield "    article = load()"
    yield f'    article.claims.voiced_by("{article.authors[0]}")'
    yield "    article.timeline()"
    yield "  python -m oped_dataset validate          checks the bundled data"
    yield "  python -m oped_dataset validate FILE     checks a file of yours"
