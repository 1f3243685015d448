"""Check a tag against the tree before building a release from it.

    python tools/check_release.py v0.1.0

Fails unless the version in `src/oped_dataset/version.py` is that of the tag, `CHANGELOG.md` has a section for it with
a date and nothing is left under *Unreleased*, and `CITATION.cff` names the same version and date.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main(arguments: list[str]) -> int:
    """Print the discrepancies; return the exit code."""
    if len(arguments) != 1:
        raise SystemExit("usage: python tools/check_release.py TAG")
    found = list(problems(arguments[0], ROOT))
    sys.stdout.writelines(f"{problem}\n" for problem in found)
    return 1 if found else 0


def problems(tag: str, root: Path) -> Iterator[str]:
    """Yield the discrepancies between a tree and a tag."""
    version = tag.removeprefix("v")
    code = (root / "src" / "oped_dataset" / "version.py").read_text(encoding="utf-8")
    released = "".join(re.findall(r'^__version__ = "(.+)"$', code, re.MULTILINE))
    if tag != f"v{released}":
        yield f"the tag is {tag}, and version.py has the version {released}"
    changelog = (root / "CHANGELOG.md").read_text(encoding="utf-8")
    section = re.search(rf"^## {re.escape(version)} - (\d{{4}}-\d\d-\d\d)$", changelog, re.MULTILINE)
    if section is None:
        yield f"CHANGELOG.md has no section “## {version} - YYYY-MM-DD”"
    unreleased = re.search(r"^## Unreleased$(.*?)(?=^## |\Z)", changelog, re.MULTILINE | re.DOTALL)
    if unreleased is not None and unreleased[1].strip():
        yield "CHANGELOG.md still has something under “## Unreleased”"
    citation = (root / "CITATION.cff").read_text(encoding="utf-8")
    if f"\nversion: {version}\n" not in citation:
        yield f"CITATION.cff does not name the version {version}"
    if section is not None and f'\ndate-released: "{section[1]}"\n' not in citation:
        yield f"CITATION.cff does not name the date {section[1]}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
