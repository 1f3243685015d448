"""Callbacks of long work: its progress, and the articles it leaves out.

Here: the two records that are passed to `progress=` and `on_error=`, and the effect of the latter.
Not here: the work itself (`lines.py`, `parquet.py`, `paths.py`, `pieces.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sized
from typing import Literal, TypeAlias

import attrs

from oped_dataset.errors import InvalidArticle, InvalidRecord, Report
from oped_dataset.messages import quoted
from oped_dataset.model.article import Article


@attrs.frozen(kw_only=True)
class Progress:
    """The progress of long work.

    Attributes:
        done: The number of units done.
        total: The number of all units, or None where it is unknown before the end.
        unit: The unit of both: bytes of the file on disk, articles, or files.
        bytes_done: In work on corpora, the bytes on disk of the articles done, as if all articles of a file were
            equally long. Skipped articles do not count.
        bytes_total: In work on corpora, the bytes on disk of all articles that are not skipped; otherwise None.
    """

    done: int
    total: int | None
    unit: Literal["bytes", "articles", "files"]
    bytes_done: int = 0
    bytes_total: int | None = None


Watch: TypeAlias = Callable[[Progress], object]
"""A function that is called with the progress after each step."""


@attrs.frozen(kw_only=True)
class BadArticle:
    """An article of a corpus that breaks rules and was left out.

    Attributes:
        number: The number of the article in the file, from 1; in JSON Lines, its line.
        offset: The offset of its line, in bytes of the uncompressed file from 0; None in other formats.
        report: Its problems; the line of each is the number of the article.
        file: The file, where a corpus may be a directory of several; otherwise None.
    """

    number: int
    offset: int | None = None
    report: Report
    file: str | None = None


OnError: TypeAlias = Literal["raise"] | Callable[[BadArticle], object]
"""The treatment of a bad article: it ends the work, or a function is called with it and the work continues."""


def check_policy(on_error: object) -> None:
    """Check that `on_error` is "raise" or a function.

    Raises:
        InvalidRecord: It is neither.
    """
    if on_error != "raise" and not callable(on_error):
        raise InvalidRecord(f"on_error: must be 'raise' or a function to call for each failure, not {quoted(on_error)}")


def watched(articles: Iterable[Article], progress: Watch | None, before: int = 0) -> Iterator[Article]:
    """Yield the articles to write, and call `progress` after each.

    Args:
        articles: The articles.
        progress: The function to call.
        before: The number of articles written before.
    """
    total = before + len(articles) if isinstance(articles, Sized) else None
    for done, article in enumerate(articles, before + 1):
        yield article
        if progress is not None:
            progress(Progress(done=done, total=total, unit="articles"))


def leave_out(bad: BadArticle, on_error: OnError) -> None:
    """Call the function with a bad article, or raise its problems.

    Raises:
        InvalidArticle: `on_error` is "raise".
    """
    if on_error != "raise":
        on_error(bad)
        return
    error = InvalidArticle(bad.report.problems, bad.report.omitted)
    if bad.file is not None:
        error.add_note(f"in {bad.file}")
    raise error from None


def bad_article(
    error: InvalidArticle, *, number: int, offset: int | None = None, file: str | None = None
) -> BadArticle:
    """Make a bad article of an exception; the line of each problem is the number of the article."""
    problems = tuple(attrs.evolve(each, line=number, column=each.column or 1) for each in error.problems)
    return BadArticle(number=number, offset=offset, report=Report(problems, error.omitted), file=file)
