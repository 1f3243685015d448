"""`oped-dataset validate`: check article files and corpora, or all articles with a name, against all rules.

Not here: the rules (`validation/rules.py`) and the formats of a report (`validation/reporting.py`).
"""

from __future__ import annotations

import re
import sys
from argparse import Namespace
from collections.abc import Iterator
from typing import Final

import attrs

from oped_dataset import library, loading
from oped_dataset.cli import asked, terminal
from oped_dataset.cli.corpora import check_start, engine, go_on, is_corpus
from oped_dataset.cli.exits import INTERRUPTED, OK, PROBLEMS, UNUSABLE, complain
from oped_dataset.codec.jsontext import Limits
from oped_dataset.corpora.paths import validate_paths
from oped_dataset.corpora.pieces import CorpusReport, validate_pieces
from oped_dataset.errors import (
    ArticleFileError,
    InvalidArticle,
    InvalidRecord,
    OpedDatasetError,
    Report,
    WorkerDied,
)
from oped_dataset.filesystem import file_errors, read_within
from oped_dataset.messages import printable
from oped_dataset.validation.reporting import FORMATS, render

_OPTIONS: Final = {"size": "size_limit", "depth": "depth_limit", "problems": "problem_limit"}
"""The option for each field of `Limits`."""

_INPUT: Final = "-"

_PIECE: Final = 200
"""The number of articles between two reports of progress; an interruption loses at most this many."""


def run(arguments: Namespace) -> int:
    """Check files and corpora, or all articles with a name, against all rules."""
    report_format = FORMATS[FORMATS.index(asked.one_of("report format", arguments.format, FORMATS))]
    limits = _limits(arguments)
    check_start(arguments, arguments.paths)
    found, counts = dict[str, Report | OpedDatasetError](), list[str]()
    interrupted = False
    try:
        if arguments.paths:
            _check_paths(arguments, limits, found, counts)
        else:
            found.update(_check_names())
    except KeyboardInterrupt:
        # The reports made so far are printed, and the rest is listed as unread.
        interrupted = True
    reports = {name: _with_options(each) for name, each in found.items() if isinstance(each, Report)}
    unread = {name: str(each) for name, each in found.items() if isinstance(each, OpedDatasetError)}
    for each in found.values():
        if isinstance(each, OpedDatasetError):
            complain(each)
    if interrupted:
        unread[", ".join(arguments.paths)] = "interrupted"
    print(render(reports, report_format, unread if report_format != "text" else None), end="")
    if report_format == "text":
        print(*counts, sep="", end="")
    if interrupted:
        return INTERRUPTED
    if unread:
        return UNUSABLE
    return OK if all(report.ok for report in reports.values()) else PROBLEMS


def _check_paths(
    arguments: Namespace, limits: Limits, found: dict[str, Report | OpedDatasetError], counts: list[str]
) -> None:
    paths = list(dict.fromkeys(arguments.paths))
    corpora = [path for path in paths if path != _INPUT and is_corpus(path)]
    files = _check_files([path for path in paths if path not in corpora], limits, arguments.jobs)
    for path in paths:
        if path in corpora:
            _check_corpus(path, arguments, limits, found, counts)
        else:
            found[path] = files[path]


def _check_corpus(
    path: str, arguments: Namespace, limits: Limits, found: dict[str, Report | OpedDatasetError], counts: list[str]
) -> None:
    reports, whole = dict[str, CorpusReport](), CorpusReport()
    try:
        with terminal.progress("checking", start=arguments.start, go_on=go_on) as watch:
            for file, report in validate_pieces(
                path,
                start=arguments.start,
                engine=engine(arguments.jobs),
                progress=watch,
                articles_per_piece=_PIECE,
                limits=limits,
            ):
                before, whole = len(whole.bad), whole + report
                # The report on all files limits how much is kept, so that many files do not fill the memory.
                omitted = report.omitted + len(report.bad) - len(whole.bad[before:])
                kept = attrs.evolve(report, bad=whole.bad[before:], omitted=omitted)
                reports[str(file)] = reports.get(str(file), CorpusReport()) + kept
    except OpedDatasetError as error:
        found[path] = error
    finally:
        for name, report in reports.items():
            if report.bad or report.omitted or arguments.format != "text":
                problems = tuple(problem for bad in report.bad for problem in bad.report.problems)
                found[name] = Report(problems, report.omitted + sum(bad.report.omitted for bad in report.bad))
            found.update({unread: WorkerDied(unread) for unread in report.unread})
        if reports or path not in found:
            counts.append(f"{printable(path)}: {str(whole).partition(chr(10))[0]}\n")


def _limits(arguments: Namespace) -> Limits:
    given = {field: getattr(arguments, option) for field, option in _OPTIONS.items()}
    try:
        return Limits(**{field: value for field, value in given.items() if value is not None})
    except InvalidRecord as error:
        option = _OPTIONS[str(error.field)].replace("_", "-")
        raise InvalidRecord(f"--{option}: {str(error).partition(': ')[2]}") from None


def _with_options(report: Report) -> Report:
    """Replace the Python argument that a hint names by the option of the command."""
    problems = tuple(
        attrs.evolve(each, hint=re.sub(r"\blimits\.(size|depth)\b", r"--\1-limit", str(each.hint)))
        if each.code in ("OPED-too-large", "OPED-too-deep")
        else each
        for each in report.problems
    )
    return attrs.evolve(report, problems=problems)


def _check_names() -> Iterator[tuple[str, Report | OpedDatasetError]]:
    for name in library.names():
        try:
            yield name, loading.validate(library.load(name))
        except InvalidArticle as error:
            yield name, Report(error.problems, error.omitted)
        except OpedDatasetError as error:
            yield name, error


def _check_files(paths: list[str], limits: Limits, jobs: int) -> dict[str, Report | OpedDatasetError]:
    found: dict[str, Report | OpedDatasetError] = {}
    files = [path for path in paths if path != _INPUT]
    with terminal.progress("checking", max(len(files), 1)) as watch:
        work = validate_paths(files, jobs=jobs, on_error=found.__setitem__, progress=watch, limits=limits)
        found.update(work)
    if _INPUT in paths:
        found[_INPUT] = _check_input(limits)
    return found


def _check_input(limits: Limits) -> Report | OpedDatasetError:
    # Python sets a stream to None if it was closed before the start.
    if sys.stdin is None:
        return ArticleFileError(f"{_INPUT}: the input is closed")
    try:
        with file_errors(_INPUT):
            content = read_within(sys.stdin.buffer, limits.size)
    except ArticleFileError as error:
        return error
    return loading.validate(content, limits=limits)
