"""Every exception of the package, and the records that describe the problems of a document.

    OpedDatasetError
    ├── InvalidArticle       (ValueError)         a document breaks the rules; contains all problems
    ├── InvalidRecord        (ValueError)         a record or an argument has a value that is not allowed
    │   └── InvalidArgument  (TypeError)          an argument has a type that is not allowed
    ├── InvalidDate          (ValueError)         a string is not a supported EDTF date or interval
    ├── ArticleNotFound      (KeyError)           no article has this name
    ├── RecordNotFound       (KeyError)           no record has this id
    ├── MappingNotFound      (KeyError)           no mapping has this name
    ├── LabelNotFound        (KeyError)           a vocabulary or outside scheme does not contain this label
    ├── UnknownField         (TypeError)          a record has no field of this name
    ├── ArticleFileNotFound  (FileNotFoundError)  no file is at this path
    ├── ArticleFileError     (OSError)            a path exists but cannot be read or written
    │   └── WorkerDied                            the process that worked on a file died, twice
    ├── BrokenPlugin         (ImportError)        an installed article provider does not work
    ├── MissingExtra         (ImportError)        an optional library is not installed
    ├── NotAttachable        (ValueError)         a copy is not readable text, or a normal form is unknown
    ├── NotComparable        (ValueError)         two articles do not annotate the same text
    ├── FormatNotFound       (KeyError)           no export format has this name
    ├── TextNeeded           (ValueError)         a format needs the article's text, which is missing
    ├── NotExportable        (ValueError)         a format cannot represent part of this article
    └── InvalidImport        (ValueError)         imported content does not have the form of its format

Not here: the rules themselves (`model/fields.py`, `codec/shape.py`, `validation/rules.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from importlib import import_module
from operator import index
from typing import Any, Final, Self

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
"""A report keeps this many problems and counts the others, so that a hostile file cannot fill the memory."""

_LONGEST_TEXT: Final = 1000
_CODE: Final = re.compile(r"(OPED|LINT)-[a-z0-9]+(-[a-z0-9]+)*")


class OpedDatasetError(Exception):
    """Base of every exception that this package raises on purpose."""

    def __str__(self) -> str:
        """Return the message on one line; control characters in quoted paths and values are escaped."""
        return printable(super().__str__())


def _shorten(text: str) -> str:
    # A thousand problems that quote a long value must fit into memory, whichever code made them.
    return cut(text, _LONGEST_TEXT)


@attrs.frozen(kw_only=True)
class Problem:
    """A rule that a document breaks, or a warning of `lint`; texts are truncated to a thousand characters.

    Attributes:
        code: The stable name of the rule, `OPED-…`, explained in the list of problem codes. The codes of `lint` are
            `LINT-…` and have a list of their own.
        severity: "error" or "warning" (the values of `Severity`); errors make an article invalid.
        pointer: The JSON Pointer (RFC 6901) of the value; "" is the whole document.
        line: The line of the value, counted from 1, or None without the text of the document.
        column: The column of the value in code points, counted from 1, or None like `line`.
        message: A description of the problem, as a sentence fragment.
        hint: The remedy, or None.
    """

    code: str = attrs.field()
    severity: str = attrs.field(default="error")
    pointer: str = attrs.field(default="", converter=_shorten)
    line: int | None = None
    column: int | None = None
    message: str = attrs.field(converter=_shorten)
    hint: str | None = attrs.field(default=None, converter=attrs.converters.optional(_shorten))

    @code.validator
    def _check_code(self, attribute: Any, value: str) -> None:
        if not _CODE.fullmatch(value):
            form = "OPED-kebab-case or LINT-kebab-case"
            raise InvalidRecord(f"Problem.{attribute.name}: {quoted(value)} is not of the form {form}")

    @severity.validator
    def _check_severity(self, attribute: Any, value: str) -> None:
        if value not in ("error", "warning"):
            raise InvalidRecord(f"Problem.{attribute.name}: {quoted(value)} is neither 'error' nor 'warning'")

    def __str__(self) -> str:
        """Return severity, code, pointer, position, message and hint on one line."""
        place = f" at {self.pointer}" if self.pointer else ""
        if self.line is not None:
            place += f" (line {self.line}, column {self.column})"
        hint = f"; {self.hint}" if self.hint else ""
        return printable(f"{self.severity} {self.code}{place}: {self.message}{hint}")


@attrs.frozen
class Report:
    """The result of a validation.

    Attributes:
        problems: The problems in the order of the document; for an article, of the document that `dumps` would make.
        omitted: The number of problems found but not kept.
        source: The text of the document, from which the lines with problems are shown; "" without one.
    """

    problems: tuple[Problem, ...] = ()
    omitted: int = 0
    source: str = attrs.field(default="", eq=False, repr=False)

    @classmethod
    def of(cls, problems: Iterable[Problem], *, limit: int = MOST_PROBLEMS, omitted: int = 0) -> Self:
        """Collect problems in constant memory; the errors among them are kept first.

        Args:
            problems: The problems; all are consumed, so that those beyond the limit are counted.
            limit: The number of problems to keep.
            omitted: The number of problems left out before.
        """
        shelves: dict[str, list[tuple[int, Problem]]] = {"error": [], "warning": []}
        found, limit, omitted = 0, index(limit), index(omitted)
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
        """Whether there are no errors; warnings do not count."""
        return not self.errors

    def __str__(self) -> str:
        """Return one problem per line, or "no problems"."""
        return list_problems(self.problems, self.omitted) or "no problems"

    def _repr_html_(self) -> str:
        # Imported by name, because the display in notebooks belongs to a later layer.
        shown: str = import_module("oped_dataset.notebook").report_html(self)
        return shown


def list_problems(problems: Iterable[Problem | str], omitted: int) -> str:
    """Return one problem per line, and the number of those left out."""
    lines = [str(problem) for problem in problems]
    if omitted:
        lines.append(f"… and {omitted} more")
    return "\n".join(lines)


class InvalidArticle(OpedDatasetError, ValueError):
    """A document is not a valid article.

    Attributes:
        problems: The problems of the document.
        omitted: The number of problems found but not kept.
    """

    problems: tuple[Problem, ...]
    omitted: int

    def __init__(self, problems: Iterable[Problem], omitted: int = 0) -> None:
        """Keep the problems; `args` contains both values, so that the exception can be pickled."""
        self.problems = tuple(problems)
        self.omitted = omitted
        super().__init__(self.problems, omitted)

    def __str__(self) -> str:
        """Return the number of problems, then one problem per line."""
        total = len(self.problems) + self.omitted
        noun = "problem" if total == 1 else "problems"
        return f"{total} {noun}\n{list_problems(self.problems, self.omitted)}"


class InvalidRecord(OpedDatasetError, ValueError):
    """A record or an argument has a value that is not allowed; the message names the field or the argument.

    Attributes:
        field: The name of the field or argument, or None if several are involved.
    """

    field: str | None

    def __init__(self, message: str, field: str | None = None) -> None:
        """Keep the field beside the message."""
        super().__init__(message)
        self.field = field


class InvalidArgument(InvalidRecord, TypeError):
    """An argument has a type that Python would accept and misread; the message names the argument."""


class InvalidDate(OpedDatasetError, ValueError):
    """A string is not a date or interval in the supported part of EDTF, or not a valid time or duration.

    Attributes:
        field: The name of the field with the value, or None for a value outside a record.
    """

    field: str | None

    def __init__(self, message: str, field: str | None = None) -> None:
        """Keep the field beside the message."""
        super().__init__(message)
        self.field = field


class _NotFound(OpedDatasetError, KeyError):
    """Base of the exceptions for an unknown name.

    Attributes:
        name: The name that was looked up.
        nearest: Known names that resemble it, most similar first.
    """

    name: str
    nearest: tuple[str, ...]
    _noun = "entry"

    def __init__(self, name: str, nearest: Iterable[str] = ()) -> None:
        """Keep the name and the similar ones; `args` contains both, so that the exception can be pickled."""
        self.name = name
        self.nearest = tuple(nearest)
        super().__init__(name, self.nearest)

    def __str__(self) -> str:
        """Return a sentence, where a KeyError would show only the key."""
        hint = did_you_mean(self.nearest)
        return f"no {self._noun} {quoted(self.name)}" + (f"; {hint}" if hint else "")


class ArticleNotFound(_NotFound):
    """No bundled or installed article has this name."""

    _noun = "article"


class RecordNotFound(_NotFound):
    """No record has this id."""

    _noun = "record"


class MappingNotFound(_NotFound):
    """No mapping onto an outside scheme has this name."""

    _noun = "mapping"


class LabelNotFound(_NotFound):
    """A vocabulary or an outside scheme does not contain this label."""

    _noun = "label"


class UnknownField(OpedDatasetError, TypeError):
    """A record has no field of this name."""


class ArticleFileNotFound(OpedDatasetError, FileNotFoundError):
    """No file is at this path."""

    def __str__(self) -> str:
        """Return a sentence with the path, without the number of the system's error."""
        return printable(f"no such file: {self.filename}") if self.filename else super().__str__()


class ArticleFileError(OpedDatasetError, OSError):
    """A path exists but cannot be read or written: a directory, no permission, a full disk."""


class WorkerDied(ArticleFileError):
    """The process that worked on a file or a piece of a corpus died, and so did the next one that tried."""


class BrokenPlugin(OpedDatasetError, ImportError):
    """An installed distribution offers an article but fails to deliver it; the message names the distribution."""


class MissingExtra(OpedDatasetError, ImportError):
    """A function needs a library that is not installed; the message contains the command that installs it.

    Attributes:
        extra: The extra of this distribution that installs the library.
    """

    extra: str

    def __init__(self, module: str, extra: str) -> None:
        """Keep both names; `args` contains them, so that the exception can be pickled."""
        super().__init__(module, extra, name=module)
        self.extra = extra

    def __str__(self) -> str:
        """Return the name of the library and the command that installs it."""
        return f'{self.name} is not installed; run: pip install "oped-dataset[{self.extra}]"'


class NotAttachable(OpedDatasetError, ValueError):
    """A copy cannot be read as text, or the digests of the article are of an unknown normal form."""


class NotComparable(OpedDatasetError, ValueError):
    """Two articles cannot be compared span by span, because their offsets do not refer to the same text."""


class FormatNotFound(_NotFound):
    """No export format has this name."""

    _noun = "format"


class TextNeeded(OpedDatasetError, ValueError):
    """A format needs the article's text, which is missing or is not the annotated one."""


class NotExportable(OpedDatasetError, ValueError):
    """A format cannot represent part of this article; the message names the part, and a format that can."""


class InvalidImport(OpedDatasetError, ValueError):
    """Imported content does not have the form of its format; the message contains the place and the remedy."""

    def __str__(self) -> str:
        """Return one problem per line."""
        return "\n".join(map(printable, Exception.__str__(self).split("\n")))
