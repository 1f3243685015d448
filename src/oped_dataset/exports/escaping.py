r"""Reversible escaping of strings that the readers of a format would misread.

Here: control characters for XML, and cells that a spreadsheet would run as formulas.
Not here: the escaping that JSON, CSV and XML writers do themselves.

`harmless("\x00")` is `_x0000_`, as in Office Open XML (ECMA-376, ST_Xstring); an underscore that already begins such a
sequence becomes `_x005F_`, so that `original` restores every string.
A cell that begins with `=`, `+`, `-`, `@`, their full-width forms, whitespace, an apostrophe or a quotation mark is
preceded by an apostrophe, which `cell_content` removes. After a comma, semicolon, colon, tab, bar or line break inside
a cell, such a sign is also written as `_xHHHH_`, or as `\uHHHH` in JSON, because a program with this separator would
read it as the beginning of a cell (OWASP, CSV Injection). A space is not treated as a separator, because hyphens after
spaces are common in prose.
"""

from __future__ import annotations

import re
from typing import Final

from oped_dataset.text.characters import IGNORABLE

_NOT_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# Also the carriage return, which XML processors normalise to a line feed (XML 1.0 §2.11), and the control characters
# that XML 1.0 §2.2 allows but discourages.
_CONTROLS: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-F]{4}_)")
_ESCAPED: Final = re.compile("_x([0-9A-F]{4})_")
_SIGNS: Final = "=+\\-@＝＋－＠"
_ACTIVE: Final = re.compile(rf"['\"\s{IGNORABLE}{_SIGNS}]")
_LINES: Final = "\t\n\u2028\u2029"
# The run before the sign contains no separator, so that every character is read once.
_INSIDE: Final = re.compile(rf"(?<=[,;:|{_LINES}])((?:(?![{_LINES}])[\"'\s{IGNORABLE}])*)([{_SIGNS}])")


def harmless(text: str) -> str:
    r"""Write control characters as `_xHHHH_`.

    Example:
        >>> harmless("a\x00b")
        'a_x0000_b'
    """
    return _CONTROLS.sub(lambda match: f"_x{ord(match[0]):04X}_", text)


def original(text: str) -> str:
    """Undo `harmless`."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)


def is_xml(text: str) -> bool:
    """Whether XML 1.0 allows every character of a text."""
    return not _NOT_XML.search(text)


def cell(text: str) -> str:
    """Escape a string so that a spreadsheet shows it instead of running it.

    Example:
        >>> cell("=1+1")
        "'=1+1"
    """
    escaped = _INSIDE.sub(lambda match: f"{match[1]}_x{ord(match[2]):04X}_", harmless(text))
    return f"'{escaped}" if _ACTIVE.match(escaped) else escaped


def json_cell(text: str) -> str:
    r"""Escape JSON so that a spreadsheet runs nothing in it; the data stays the same.

    Example:
        >>> print(json_cell('["a;=1"]'))
        ["a;\u003d1"]
    """
    # Every sign found is inside a string, since an article contains no negative numbers; RFC 8259 §7 allows the escape.
    return _INSIDE.sub(lambda match: f"{match[1]}\\u{ord(match[2]):04x}", text)


def cell_content(text: str) -> str:
    """Undo `cell`."""
    return original(text.removeprefix("'"))
