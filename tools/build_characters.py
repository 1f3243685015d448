"""Generate `src/oped_dataset/text/characters.py`: sets of characters by Unicode properties, as classes of a pattern.

    python tools/build_characters.py

The properties come from the library regex, whose version determines that of Unicode; Python's own `unicodedata` lacks
them. Run it again after a new version of Unicode.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Final

import regex  # type: ignore[import-untyped]

PLACE: Final = Path(__file__).parents[1] / "src/oped_dataset/text/characters.py"
_WIDTH: Final = 100

_SETS: Final = {
    "IGNORABLE": (
        r"\p{Default_Ignorable_Code_Point}",
        "Characters that stay invisible unless software supports them (Default_Ignorable_Code_Point, UAX 44).",
    ),
    "TERMINAL": (r"\p{Sentence_Terminal}", "Marks that end a sentence, in every script (Sentence_Terminal, UAX 44)."),
    "CLOSING": (r"[\p{Pe}\p{Pf}]", "Closing brackets and quotation marks (general categories Pe and Pf)."),
    "UNSPACED": (
        r"[[\p{lb=SA}\p{lb=CJ}\p{lb=ID}\p{lb=H2}\p{lb=H3}\p{lb=JL}\p{lb=JV}\p{lb=JT}\p{lb=AK}\p{lb=AP}\p{lb=AS}\p{lb=VF}\p{lb=VI}\p{Tibetan}]&&[\p{L}\p{M}\p{Nl}]--\p{Latin}]",
        "Letters of scripts that put no space between words, or join particles to them (Line_Break, UAX 14; Tibetan).",
    ),
    "UNSPACED_MARKS": (
        r"[\p{P}&&[\p{ea=W}\p{ea=F}\p{ea=H}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}\p{Tibetan}]]",
        "The punctuation of these scripts (East_Asian_Width, UAX 11; Script, UAX 24).",
    ),
    "PREPENDED": (
        r"\p{gcb=Prepend}",
        "Characters that form one character with the next (Grapheme_Cluster_Break=Prepend, UAX 29).",
    ),
}


def characters(property_class: str) -> Iterator[int]:
    """Return the code points of a class of the library regex, without surrogates."""
    pattern = regex.compile(property_class, regex.VERSION1)
    return (each for each in range(sys.maxunicode + 1) if not 0xD800 <= each <= 0xDFFF and pattern.match(chr(each)))


def ranges(points: Iterable[int]) -> list[tuple[int, int]]:
    """Join adjacent code points to ranges."""
    found: list[tuple[int, int]] = []
    for point in points:
        if found and found[-1][1] == point - 1:
            found[-1] = found[-1][0], point
        else:
            found.append((point, point))
    return found


def module() -> str:
    """Return the text of the generated module."""
    lines = [
        '"""Sets of characters by their Unicode properties, each for use between the brackets of a pattern.',
        "",
        f"Made by `tools/build_characters.py` with regex {version('regex')}; do not edit.",
        '"""',
        "",
        "from __future__ import annotations",
        "",
        "from typing import Final",
    ]
    for name, (property_class, description) in _SETS.items():
        lines += ["", f"{name}: Final = ("]
        lines += [f'    r"{piece}"' for piece in _filled(ranges(characters(property_class)))]
        lines += [")", f'"""{description}"""']
    return "\n".join(lines) + "\n"


def _filled(found: list[tuple[int, int]]) -> Iterator[str]:
    line = ""
    for first, last in found:
        piece = _escaped(first) if first == last else f"{_escaped(first)}-{_escaped(last)}"
        if len(line) + len(piece) > _WIDTH:
            yield line
            line = ""
        line += piece
    yield line


def _escaped(point: int) -> str:
    # Escapes are resolved by the pattern, so that a bracket or a hyphen is not part of its syntax.
    return f"\\x{point:02x}" if point < 0x100 else f"\\u{point:04x}" if point < 0x10000 else f"\\U{point:08x}"


if __name__ == "__main__":
    PLACE.write_text(module(), encoding="utf-8")
