"""What long work tells its caller on the way: how far it is, and which articles it had to leave out.

Here: the two records that are handed to `progress=` and `on_error=`, and what the latter decides.
Not here: the work itself (`lines.py`, `parquet.py`, `paths.py`, `pieces.py`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, TypeAlias

import attrs

from oped_dataset.errors import InvalidArticle, InvalidRecord, Report
from oped_dataset.messages import quoted


@attrs.frozen(kw_only=True)
class Progress:
    """How far a long piece of work is.

    Attributes:
        done: How much is done.
        total: How much there is to do, or None where that cannot be known before the end.
        unit: What both count: bytes of the file as it lies on the disk, articles, or files.
    """

    done: int
    total: int | None
    unit: Literal["bytes", "articles", "files"]


Watch: TypeAlias = Callable[[Progress], object]
"""Is told how far the work is, after each step."""


@attrs.frozen(kw_only=True)
class BadArticle:
    """An article of a corpus that breaks rules and was left out.

    Attributes:
        number: Which article of the file it is, counted from 1; in JSON Lines, its line.
        offset: Where its line begins, in bytes of the unpacked file from 0; None where there are no lines.
        report: What is wrong with it; its problems have the number of the article as their line.
        file: The file, where a corpus may be a folder of several; or None.
    """

    number: int
    offset: int | None = None
    report: Report
    file: str | None = None


OnError: TypeAlias = Literal["raise"] | Callable[[BadArticle], object]
"""What becomes of a bad article: it ends the work, or a function is told of it and the work goes on."""


def check_policy(on_error: object) -> None:
    """Refuse what is no policy for what goes wrong.

    Raises:
        InvalidRecord: It is neither "raise" nor a function.
    """
    if on_error != "raise" and not callable(on_error):
        raise InvalidRecord(
            "on_error: must be 'raise' or a function that is told of what is left out, such as the append of a list, "
            f"not {quoted(on_error)}"
        )


def leave_out(bad: BadArticle, on_error: OnError) -> None:
    """Tell the policy of a bad article, or raise what is wrong with it.

    Raises:
        InvalidArticle: The policy is "raise".
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
    """What is wrong with an article of a corpus, each problem with the number of the article as its line."""
    problems = tuple(attrs.evolve(each, line=number, column=each.column or 1) for each in error.problems)
    return BadArticle(number=number, offset=offset, report=Report(problems, error.omitted), file=file)
