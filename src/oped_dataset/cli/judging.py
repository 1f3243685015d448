"""Judging: `validate` a file, `attach` a copy of the text, `score` an extraction.

What lives here: how these commands report, and which exit code a finding gives.
What does not: the findings (`validation/rules.py`, `text/attachment.py`, `scoring/scores.py`).
"""

from __future__ import annotations

import re
import sys
from argparse import Namespace
from collections.abc import Iterator
from typing import Final

import attrs

from oped_dataset import cli, library, loading
from oped_dataset.cli import asked, terminal
from oped_dataset.cli.blocks import (
    EMPTY,
    Block,
    Grid,
    heading,
    line,
)
from oped_dataset.cli.records import STEP
from oped_dataset.codec.jsontext import Limits
from oped_dataset.corpora.parallel import validate_paths
from oped_dataset.errors import (
    ArticleFileError,
    InvalidArticle,
    InvalidRecord,
    OpedDatasetError,
    Problem,
    Report,
)
from oped_dataset.filesystem import file_errors, read_within
from oped_dataset.scoring.matching import LABELS
from oped_dataset.scoring.scores import Scores, score
from oped_dataset.text.attachment import AttachedArticle, Share
from oped_dataset.validation.reporting import FORMATS, render

_OPTIONS: Final = {"size": "size_limit", "depth": "depth_limit", "problems": "problem_limit"}
"""By which option a field of `Limits` is given."""

_INPUT: Final = "-"


# validate


def validate(arguments: Namespace) -> int:
    """Files, or all that has a name, against all rules."""
    report_format = FORMATS[FORMATS.index(asked.one_of("report format", arguments.format, FORMATS))]
    limits = _limits(arguments)
    found = dict(_of_files(arguments.paths, limits, arguments.jobs) if arguments.paths else _of_names())
    reports = {name: _with_options(each) for name, each in found.items() if isinstance(each, Report)}
    unread = {name: str(each) for name, each in found.items() if isinstance(each, OpedDatasetError)}
    for each in found.values():
        if isinstance(each, OpedDatasetError):
            cli.complain(each)
    print(render(reports, report_format, unread if report_format != "text" else None), end="")
    if unread:
        return cli.UNUSABLE
    return cli.OK if all(report.ok for report in reports.values()) else cli.PROBLEMS


def _limits(arguments: Namespace) -> Limits:
    given = {field: getattr(arguments, option) for field, option in _OPTIONS.items()}
    try:
        return Limits(**{field: value for field, value in given.items() if value is not None})
    except InvalidRecord as error:
        option = _OPTIONS[str(error.field)].replace("_", "-")
        raise InvalidRecord(f"--{option}: {str(error).partition(': ')[2]}") from None


def _with_options(report: Report) -> Report:
    """Name the option in a hint that names the argument of Python."""
    return attrs.evolve(report, problems=tuple(map(_with_option, report.problems)))


def _with_option(problem: Problem) -> Problem:
    if problem.code not in ("OPED-too-large", "OPED-too-deep"):
        return problem
    hint = re.sub(r"\blimits\.(size|depth)\b", r"--\1-limit", str(problem.hint))
    return attrs.evolve(problem, hint=hint)


def _of_names() -> Iterator[tuple[str, Report | OpedDatasetError]]:
    for name in library.names():
        try:
            yield name, loading.validate(library.load(name))
        except InvalidArticle as error:
            yield name, Report(error.problems, error.omitted)
        except OpedDatasetError as error:
            yield name, error


def _of_files(paths: list[str], limits: Limits, jobs: int) -> Iterator[tuple[str, Report | OpedDatasetError]]:
    found: dict[str, Report | OpedDatasetError] = {}
    files = [path for path in dict.fromkeys(paths) if path != _INPUT]
    with terminal.progress("checking", len(files)) as watch:
        work = validate_paths(files, jobs=jobs, on_error=found.__setitem__, progress=watch, limits=limits)
        found.update(work)
    if _INPUT in paths:
        found[_INPUT] = _of_input(limits)
    return ((path, found[path]) for path in dict.fromkeys(paths))


def _of_input(limits: Limits) -> Report | OpedDatasetError:
    # An input that was closed before the start is None.
    if sys.stdin is None:
        return ArticleFileError(f"{_INPUT}: the input is closed")
    try:
        with file_errors(_INPUT):
            content = read_within(sys.stdin.buffer, limits.size)
    except ArticleFileError as error:
        return error
    return loading.validate(content, limits=limits)


# attach


def attach(arguments: Namespace) -> int:
    """A copy of the text: how much of the annotation was found in it, and the article in its offsets."""
    article = asked.article(arguments.article)
    attached = article.attach_path(arguments.file, encoding=arguments.encoding)
    if arguments.output is not None:
        loading.dump_path(attached.to_article(with_text=arguments.with_text), arguments.output)
    if arguments.json:
        terminal.show_json(_coverage(attached))
    else:
        terminal.show(_found(attached, listed=arguments.lost))
    return cli.OK if attached.coverage.sentences.found else cli.PROBLEMS


def _coverage(attached: AttachedArticle) -> dict[str, object]:
    return {
        "article": attached.article.id,
        "exact": attached.exact,
        "coverage": attrs.asdict(attached.coverage),
        "lost": [attrs.asdict(each) for each in attached.lost],
    }


def _found(attached: AttachedArticle, *, listed: bool) -> Iterator[Block]:
    coverage, lost = attached.coverage, attached.lost
    yield line(f"{attached.article.id}: {_how(attached)}")
    yield EMPTY
    shares = {"sentences": coverage.sentences, "paragraphs, intact": coverage.paragraphs}
    shares |= {f"places of {name}": share for name, share in coverage.spans.items()}
    yield Grid(("part", "found", "of", "share"), [_row(name, share) for name, share in shares.items()])
    if lost and not listed:
        yield EMPTY
        yield line(f"{len(lost)} places of records are not carried over; --lost lists them.")
    elif lost:
        yield EMPTY
        yield heading("Not carried over")
        yield from _lost(attached)


def _lost(attached: AttachedArticle) -> Iterator[Block]:
    rows = [(each.record, f"{each.span.start}–{each.span.end}", each.reason) for each in attached.lost]
    yield Grid(("record", "characters", "because"), rows)


def _how(attached: AttachedArticle) -> str:
    if attached.exact:
        return "this is the text that was annotated, character for character."
    if not attached.coverage.sentences.found:
        return "no sentence of it is in this copy; is it another text?"
    return "this is another copy; its sentences were found by their digests, and nothing was guessed."


def _row(name: str, share: Share) -> tuple[str, ...]:
    return name, f"{share.found}", f"{share.total}", f"{share.share:.1%}"


# score


def score_articles(arguments: Namespace) -> int:
    """A predicted article against a gold one."""
    for layer in arguments.layer or ():
        asked.one_of("layer that is scored", layer, tuple(LABELS))
    match = asked.one_of("way to match", arguments.match, ("strict", "overlap"))
    gold, predicted = asked.article(arguments.gold), asked.draft(arguments.predicted)
    scores = score(predicted, gold, match=match, layers=arguments.layer)  # type: ignore[arg-type]  # It is one of both.
    if arguments.json:
        terminal.show_json(_scores(scores))
    else:
        terminal.show(_scored(scores))
    return cli.OK


def _scores(scores: Scores) -> dict[str, object]:
    return {
        "match": scores.match,
        "layers": scores.rows(),
        "attribution": {"kept": scores.attribution.kept, "outcomes": scores.attribution.outcomes},
        "commitment": {"kept": scores.commitment.kept, "outcomes": scores.commitment.outcomes},
    }


def _scored(scores: Scores) -> Iterator[Block]:
    figures = ("precision", "recall", "f1")
    counts = ("matched", "predicted", "gold")
    rows = [
        (row["layer"], *(f"{row[name]:.3f}" for name in figures), *(f"{row[name]}" for name in counts))
        for row in scores.rows()
    ]
    yield Grid(("layer", *figures, *counts), rows)
    yield EMPTY
    for text in scores.fidelity_lines():
        yield line(text, indent=STEP)
