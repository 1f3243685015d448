"""Every exception of the package, and the records that describe what is wrong with a document.

    OpedDatasetError
    ├── InvalidArticle       (ValueError)         a document breaks the rules; holds all problems
    ├── InvalidRecord        (ValueError)         one object cannot exist as asked for
    │   └── InvalidArgument  (TypeError)          an argument of a function has the wrong type
    ├── InvalidDate          (ValueError)         a text is no date of ours
    ├── ArticleNotFound      (KeyError)           no article has this name
    ├── RecordNotFound       (KeyError)           no record has this id
    ├── MappingNotFound      (KeyError)           no outside scheme is known by this name
    ├── LabelNotFound        (KeyError)           a list or scheme has no such label
    ├── UnknownField         (TypeError)          a record has no field of this name
    ├── ArticleFileNotFound  (FileNotFoundError)  there is no such file
    ├── ArticleFileError     (OSError)            a file is there but cannot be read or written
    │   └── WorkerDied                            the process that worked on a file died, again and again
    ├── BrokenPlugin         (ImportError)        an installed article provider does not work
    ├── MissingExtra         (ImportError)        an optional library is not installed
    ├── NotAttachable        (ValueError)         a copy cannot be read as a text, or an article not be searched for
    ├── NotComparable        (ValueError)         two articles are not annotations of one text
    ├── FormatNotFound       (KeyError)           no export format has this name
    ├── TextNeeded           (ValueError)         a format needs the article's text, and it is not there
    ├── NotExportable        (ValueError)         a format cannot hold something of this article
    └── InvalidImport        (ValueError)         what was to be read back is not in the form of its format

Not here: the rules themselves (`model/fields.py`, `codec/shape.py`, `validation/rules.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from importlib import import_module
from typing import Final, Self

import attrs

from oped_dataset.messages import cut, did_you_mean, printable, quoted

__all__ = [
    "ArticleFileError",
    "ArticleFileNotFound",
    "ArticleNotFound",
    "BrokenPlugin",
    "FormatNotFound",
    "InvalidArgument",
    "InvalidArticle",
    "InvalidDate",
    "InvalidImport",
    "InvalidRecord",
    "LabelNotFound",
    "MappingNotFound",
    "MissingExtra",
    "NotAttachable",
    "NotComparable",
    "NotExportable",
    "OpedDatasetError",
    "Problem",
    "RecordNotFound",
    "Report",
    "TextNeeded",
    "UnknownField",
    "WorkerDied",
]

MOST_PROBLEMS: Final = 1000
"""A report keeps this many problems and counts the rest, so that a hostile file cannot fill the memory."""

_LONGEST: Final = 1000
_CODE: Final = re.compile(r"(OPED|LINT)-[a-z0-9]+(-[a-z0-9]+)*")


class OpedDatasetError(Exception):
    """Base of every exception this package raises on purpose."""

    def __str__(self) -> str:
        """Write the message on one line, whatever path or value it quotes."""
        return printable(super().__str__())


def _check_code(_: Problem, attribute: attrs.Attribute[str], value: str) -> None:
    if not _CODE.fullmatch(value):
        form = "OPED-kebab-case or LINT-kebab-case"
        raise InvalidRecord(f"Problem.{attribute.name}: {quoted(value)} is not of the form {form}")


def _check_severity(_: Problem, attribute: attrs.Attribute[str], value: str) -> None:
    if value not in ("error", "warning"):
        raise InvalidRecord(f"Problem.{attribute.name}: {quoted(value)} is neither 'error' nor 'warning'")


def _brief(text: str) -> str:
    # A thousand problems that quote a long value stay small, whoever made them.
    return cut(text, _LONGEST)


@attrs.frozen(kw_only=True)
class Problem:
    """One thing wrong with a document; of very long texts it keeps the first thousand characters.

    Attributes:
        code: The stable name of the broken rule, `OPED-…`; each has an entry in the list of problem codes. Those of
            `lint` are `LINT-…` and have a list of their own.
        severity: "error" or "warning" (the values of `Severity`); errors make an article invalid.
        pointer: Where, as a JSON Pointer (RFC 6901); "" is the whole document.
        line: The line of that value, counted from 1, or None when there is no text to count in.
        column: The column of that value in code points, counted from 1, or None as for `line`.
        message: What is wrong, as one sentence fragment.
        hint: What to do about it, or None.
    """

    code: str = attrs.field(validator=_check_code)
    severity: str = attrs.field(default="error", validator=_check_severity)
    pointer: str = attrs.field(default="", converter=_brief)
    line: int | None = None
    column: int | None = None
    message: str = attrs.field(converter=_brief)
    hint: str | None = attrs.field(default=None, converter=attrs.converters.optional(_brief))

    def __str__(self) -> str:
        """Say everything on one line, whatever the document holds: severity, code, place, message, hint."""
        place = f" at {self.pointer}" if self.pointer else ""
        if self.line is not None:
            place += f" (line {self.line}, column {self.column})"
        hint = f"; {self.hint}" if self.hint else ""
        return printable(f"{self.severity} {self.code}{place}: {self.message}{hint}")


@attrs.frozen
class Report:
    """What a validation found.

    Attributes:
        problems: The problems in the order of the file; where an article was validated, of the file it would make.
        omitted: How many more there were than a report keeps.
        source: The document as text, so that the lines with problems can be shown; "" when there is none.
    """

    problems: tuple[Problem, ...] = ()
    omitted: int = 0
    source: str = attrs.field(default="", eq=False, repr=False)

    @classmethod
    def of(cls, problems: Iterable[Problem], *, limit: int = MOST_PROBLEMS, omitted: int = 0) -> Self:
        """Collect problems in constant memory; the errors among them are kept first.

        Args:
            problems: Taken to the end, so that the rest can be counted.
            limit: How many are kept.
            omitted: How many were left out before.
        """
        shelves: dict[str, list[tuple[int, Problem]]] = {"error": [], "warning": []}
        found = 0
        for problem in problems:
            shelf = shelves[problem.severity]
            if len(shelf) < limit:
                shelf.append((found, problem))
            found += 1
        kept = [*shelves["error"], *shelves["warning"]][:limit]
        kept.sort(key=lambda numbered: numbered[0])
        return cls(tuple(problem for _, problem in kept), omitted + found - len(kept))

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that make an article invalid."""
        return tuple(problem for problem in self.problems if problem.severity == "error")

    @property
    def ok(self) -> bool:
        """Whether nothing was found that makes an article invalid."""
        return not self.errors

    def __str__(self) -> str:
        """List the problems one a line, or say that there are none."""
        return _listed(self.problems, self.omitted) or "no problems"

    def _repr_html_(self) -> str:
        # By name, because what notebooks show stands above the exceptions.
        shown: str = import_module("oped_dataset.notebook").report_html(self)
        return shown


def _listed(problems: tuple[Problem, ...], omitted: int) -> str:
    lines = [str(problem) for problem in problems]
    if omitted:
        lines.append(f"… and {omitted} more")
    return "\n".join(lines)


class InvalidArticle(OpedDatasetError, ValueError):
    """A document is not a valid article.

    Attributes:
        problems: All that is wrong with it.
        omitted: How many further problems were found but not kept.
    """

    problems: tuple[Problem, ...]
    omitted: int

    def __init__(self, problems: Iterable[Problem], omitted: int = 0) -> None:
        """Keep the problems; `args` holds both values so that the exception pickles."""
        self.problems = tuple(problems)
        self.omitted = omitted
        super().__init__(self.problems, omitted)

    def __str__(self) -> str:
        """Count the problems and list them one a line."""
        total = len(self.problems) + self.omitted
        noun = "problem" if total == 1 else "problems"
        return f"{total} {noun}\n{_listed(self.problems, self.omitted)}"


class InvalidRecord(OpedDatasetError, ValueError):
    """An object was asked for that cannot exist; the message names the class and the field.

    Attributes:
        field: The name of the field, or None where no one field is to blame.
    """

    field: str | None

    def __init__(self, message: str, field: str | None = None) -> None:
        """Keep the field beside the message."""
        super().__init__(message)
        self.field = field


class InvalidArgument(InvalidRecord, TypeError):
    """An argument of a public function has a type that Python would accept and misread; the message names it."""


class InvalidDate(OpedDatasetError, ValueError):
    """A text is not a date or interval in the part of EDTF this package knows.

    Attributes:
        field: The name of the field that holds it, or None where it stands alone.
    """

    field: str | None

    def __init__(self, message: str, field: str | None = None) -> None:
        """Keep the field beside the message."""
        super().__init__(message)
        self.field = field


class _NotFound(OpedDatasetError, KeyError):
    """A name that is looked up and not there.

    Attributes:
        name: What was asked for.
        nearest: Known names that look like it, most similar first.
    """

    name: str
    nearest: tuple[str, ...]
    _noun = "entry"

    def __init__(self, name: str, nearest: Iterable[str] = ()) -> None:
        """Keep the name and its near misses; `args` holds both so that the exception pickles."""
        self.name = name
        self.nearest = tuple(nearest)
        super().__init__(name, self.nearest)

    def __str__(self) -> str:
        """Say what is missing in words, where a KeyError would show the bare key."""
        hint = did_you_mean(self.nearest)
        return f"no {self._noun} {quoted(self.name)}" + (f"; {hint}" if hint else "")


class ArticleNotFound(_NotFound):
    """No bundled or installed article has the name asked for."""

    _noun = "article"


class RecordNotFound(_NotFound):
    """No record has the id asked for."""

    _noun = "record"


class MappingNotFound(_NotFound):
    """No mapping onto an outside scheme has the name asked for."""

    _noun = "mapping"


class LabelNotFound(_NotFound):
    """A closed list or an outside scheme has no label of the name asked for."""

    _noun = "label"


class UnknownField(OpedDatasetError, TypeError):
    """A record has no field of the name asked for."""


class ArticleFileNotFound(OpedDatasetError, FileNotFoundError):
    """There is no file at the path asked for."""

    def __str__(self) -> str:
        """Name the path in words."""
        return printable(f"no such file: {self.filename}") if self.filename else super().__str__()


class ArticleFileError(OpedDatasetError, OSError):
    """A path exists but cannot be read or written: a directory, no permission, a full disk."""


class WorkerDied(ArticleFileError):
    """The process that worked on a file or a piece of a corpus died, and so did the next one that tried."""


class BrokenPlugin(OpedDatasetError, ImportError):
    """An installed distribution offers an article but fails to deliver it; the message names it."""


class MissingExtra(OpedDatasetError, ImportError):
    """Something needs a library that is not installed; the message names the command that installs it.

    Attributes:
        extra: The extra of this distribution that brings the library.
    """

    extra: str

    def __init__(self, module: str, extra: str) -> None:
        """Keep both names; `args` holds them so that the exception pickles."""
        super().__init__(module, extra, name=module)
        self.extra = extra

    def __str__(self) -> str:
        """Say what is missing and how to get it."""
        return f'{self.name} is not installed; run: pip install "oped-dataset[{self.extra}]"'


class NotAttachable(OpedDatasetError, ValueError):
    """A copy cannot be read as a text, or an article has not what it takes to be found in one."""


class NotComparable(OpedDatasetError, ValueError):
    """Two articles are to be compared place by place, but their offsets do not count in the same text."""


class FormatNotFound(_NotFound):
    """No export format has the name asked for."""

    _noun = "format"


class TextNeeded(OpedDatasetError, ValueError):
    """A format needs the article's text, and there is none, or not the one that was annotated."""


class NotExportable(OpedDatasetError, ValueError):
    """A format cannot hold something of this article; the message names it, and a format that can."""


class InvalidImport(OpedDatasetError, ValueError):
    """What was to be read back is not in the form of its format; the message names the place and the remedy."""

    def __str__(self) -> str:
        """List what is wrong, one a line."""
        return "\n".join(map(printable, Exception.__str__(self).split("\n")))
