"""Reports of a validation for people and for machines: text, JSON, SARIF 2.1.0 and GitHub annotations.

Here: the four formats; control characters of a document are escaped, so none reaches a terminal or a log.
Not here: finding problems (`loading.validate`), the meanings of codes (`codes.py`), and exit codes (`cli/exits.py`).
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, Literal, TypeAlias, get_args
from urllib.parse import quote

import attrs

from oped_dataset.errors import InvalidRecord, Problem, Report
from oped_dataset.messages import printable, quoted
from oped_dataset.validation.codes import CODES
from oped_dataset.version import __version__

Format: TypeAlias = Literal["text", "json", "sarif", "github"]
"""The name of a format for reports."""

FORMATS: Final[tuple[Format, ...]] = get_args(Format)
"""All formats; the one for people comes first."""

_SARIF: Final = "https://json.schemastore.org/sarif-2.1.0.json"
_BEFORE: Final = 40
_SHOWN: Final = 100


def render(reports: Mapping[str, Report], to: Format = "text", unread: Mapping[str, str] | None = None) -> str:
    """Write reports in one of four formats.

    Args:
        reports: The report of each document under its name, usually its path.
        to: `text`, for people, with the line and a caret; `json`; `sarif`, for code scanning (SARIF 2.1.0);
            `github`, the workflow commands that annotate a change.
        unread: The reason for each document that could not be read at all.

    Returns:
        The text; it ends with a line feed.

    Raises:
        InvalidRecord: `to` is not one of the four.

    Example:
        >>> from oped_dataset import validate
        >>> print(render({"short.json": validate(b"[")}), end="")
        short.json:1:2: error OPED-invalid-json: the document ends where a value or end should be
          at /0
          1 | [
            |  ^
    """
    if to not in FORMATS:
        raise InvalidRecord(f"to: must be one of {', '.join(map(repr, FORMATS))}, not {quoted(to)}", "to")
    return _RENDERERS[to](reports, {} if unread is None else unread)


# For people.


def _text(reports: Mapping[str, Report], unread: Mapping[str, str]) -> str:
    lines = [line for name, report in reports.items() for line in _report_lines(name, report)]
    lines += [f"{printable(name)}: not read: {printable(reason)}" for name, reason in unread.items()]
    return "".join(f"{line}\n" for line in lines)


def _report_lines(name: str, report: Report) -> Iterator[str]:
    for problem, excerpt in zip(report.problems, _excerpts(report), strict=True):
        place = f":{problem.line}:{problem.column}" if problem.line is not None else ""
        yield printable(f"{name}{place}: {problem.severity} {problem.code}: {problem.message}")
        if problem.pointer:
            yield printable(f"  at {problem.pointer}")
        yield from excerpt
        if problem.hint is not None:
            yield printable(f"  hint: {problem.hint}")
    if report.omitted:
        yield printable(f"{name}: … and {report.omitted} more")
    elif not report.problems:
        yield printable(f"{name}: no problems")


def _excerpts(report: Report) -> Iterator[tuple[str, ...]]:
    """Yield for each problem its line with a caret below it, or an empty tuple if it has no line."""
    line, start = 1, 0
    for problem in report.problems:
        if problem.line is None or problem.column is None or not report.source:
            yield ()
            continue
        while line < problem.line:
            line, start = line + 1, report.source.find("\n", start) + 1
        yield _excerpt(report.source, start, problem.line, problem.column)


def _excerpt(source: str, start: int, line: int, column: int) -> tuple[str, str]:
    offset = start + column - 1
    first = max(start, offset - _BEFORE)
    last = source.find("\n", offset, first + _SHOWN)
    end = last if last >= 0 else min(first + _SHOWN, len(source))
    before = ("…" if first > start else "") + printable(source[first:offset])
    after = printable(source[offset:end]) + ("…" if last < 0 and end < len(source) else "")
    margin = " " * len(str(line))
    return f"  {line} | {before}{after}".rstrip(), f"  {margin} | {' ' * _width(before)}^"


def _width(text: str) -> int:
    """Count the columns that a text takes in a terminal: wide characters take two (UAX #11), combining marks none."""
    wide = sum(unicodedata.east_asian_width(character) in "WF" for character in text)
    return len(text) + wide - sum(unicodedata.combining(character) != 0 for character in text)


# For programs.


def _json(reports: Mapping[str, Report], unread: Mapping[str, str]) -> str:
    documents = [
        {
            "name": name,
            "ok": report.ok,
            "omitted": report.omitted,
            "problems": [attrs.asdict(problem) for problem in report.problems],
        }
        for name, report in reports.items()
    ]
    return _dump({"documents": documents, "unread": dict(unread)})


def _dump(value: dict[str, Any]) -> str:
    # Only printable ASCII, so that no character of a document acts on the program that displays the output.
    return json.dumps(value, indent=2).replace("\x7f", "\\u007f") + "\n"


def _sarif(reports: Mapping[str, Report], unread: Mapping[str, str]) -> str:
    codes = sorted({problem.code for report in reports.values() for problem in report.problems})
    results = [
        _sarif_result(name, problem, codes.index(problem.code))
        for name, report in reports.items()
        for problem in report.problems
    ]
    notes = [_sarif_note(f"{name}: {reason}", "error") for name, reason in unread.items()]
    notes += [
        _sarif_note(f"{name}: {report.omitted} more problems", "note")
        for name, report in reports.items()
        if report.omitted
    ]
    driver = {
        "name": "oped-dataset",
        "version": __version__,
        "rules": [_sarif_rule(code) for code in codes],
    }
    run = {
        "tool": {"driver": driver},
        # Without `columnKind`, SARIF 2.1.0 leaves open whether columns count UTF-16 code units or code points.
        "columnKind": "unicodeCodePoints",
        "invocations": [{"executionSuccessful": not unread, "toolExecutionNotifications": notes}],
        "results": results,
    }
    return _dump({"$schema": _SARIF, "version": "2.1.0", "runs": [run]})


def _sarif_note(text: str, level: str) -> dict[str, Any]:
    return {"level": level, "message": {"text": text}}


def _sarif_rule(code: str) -> dict[str, Any]:
    known = CODES.get(code)
    if known is None:
        return {"id": code}
    return {"id": code, "shortDescription": {"text": known.meaning}, "help": {"text": known.remedy}}


def _sarif_result(name: str, problem: Problem, index: int) -> dict[str, Any]:
    # A SARIF location is a URI reference (RFC 3986), so other characters of a path are percent-encoded.
    place: dict[str, Any] = {"artifactLocation": {"uri": quote(name.encode("utf-8", "surrogateescape"))}}
    if problem.line is not None:
        place["region"] = {"startLine": problem.line, "startColumn": problem.column}
    logical = {"fullyQualifiedName": problem.pointer, "kind": "value"}
    return {
        "ruleId": problem.code,
        "ruleIndex": index,
        "level": problem.severity,
        "message": {"text": _sentence(problem)},
        "locations": [{"physicalLocation": place, "logicalLocations": [logical]}],
    }


def _sentence(problem: Problem) -> str:
    return f"{problem.message}; {problem.hint}" if problem.hint else problem.message


def _github(reports: Mapping[str, Report], unread: Mapping[str, str]) -> str:
    commands = [_command(name, problem) for name, report in reports.items() for problem in report.problems]
    commands += [
        f"::notice file={_property(name)}::… and {report.omitted} more\n"
        for name, report in reports.items()
        if report.omitted
    ]
    commands += [f"::error file={_property(name)}::{_data(reason)}\n" for name, reason in unread.items()]
    return "".join(commands)


def _command(name: str, problem: Problem) -> str:
    place = f",line={problem.line},col={problem.column}" if problem.line is not None else ""
    at = f"{problem.pointer}: " if problem.pointer else ""
    text = _data(f"{at}{_sentence(problem)}")
    return f"::{problem.severity} file={_property(name)}{place},title={_property(problem.code)}::{text}\n"


def _data(text: str) -> str:
    """Escape the text after a command; the GitHub runner decodes `%25` to a percent sign."""
    return printable(text).replace("%", "%25")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


_RENDERERS: Final[dict[str, Callable[[Mapping[str, Report], Mapping[str, str]], str]]] = {
    "text": _text,
    "json": _json,
    "sarif": _sarif,
    "github": _github,
}
