"""Write the parts of the pages that are made from the package: the closed lists, and the counts in the data card.

Whole pages are made here; of other pages, what follows a marker comment.
Run it after a change to the lists or the data: `python tools/build_pages.py`. With `--check` it only compares.
"""

from __future__ import annotations

import inspect
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from oped_dataset import render, schema, validate, vocabulary
from oped_dataset.codes import CODES, Code

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
INVALID = ROOT / "tests" / "invalid"
KINDS = {
    "text": "The text of the document",
    "form": "The form of a record",
    "rule": "The rules between records",
    "installation": "The installed files",
}
MARKER = "<!-- What follows is made by tools/build_pages.py. -->"
"""In a page of which only a part is made, that part follows this line."""
SMALL_LIMIT = 64
"""The size limit with which the page shows what a document that is too large is answered."""


def main(arguments: list[str]) -> int:
    """Write or check the pages; return the exit code."""
    stale = [path for path, content in pages().items() if not path.is_file() or path.read_text("utf-8") != content]
    if "--check" in arguments:
        sys.stdout.writelines(f"{path.name} is out of date\n" for path in stale)
        return 1 if stale else 0
    for path in stale:
        path.write_text(pages()[path], "utf-8", newline="\n")
        sys.stdout.write(f"wrote {path.name}\n")
    return 0


def pages() -> dict[Path, str]:
    """All generated pages with the content they should have."""
    return {
        DOCS / "vocabulary.md": "\n".join(_vocabulary_page()) + "\n",
        DOCS / "problem-codes.md": "\n".join(_codes_page()) + "\n",
        DOCS / "schema.json": json.dumps(schema(), indent=2, ensure_ascii=False) + "\n",
    }


def _vocabulary_page() -> Iterator[str]:
    yield "# The closed lists"
    yield ""
    yield "Every label a record may carry: the test an annotator applies, an invented sentence that deserves the label,"
    yield "and a near miss with the label it deserves instead. Made from `oped_dataset.vocabulary`."
    for name, kind in sorted(vars(vocabulary).items()):
        if inspect.isclass(kind) and issubclass(kind, vocabulary.Vocabulary) and kind is not vocabulary.Vocabulary:
            yield from _list_of(name, kind)


def _list_of(name: str, kind: type[vocabulary.Vocabulary]) -> Iterator[str]:
    yield from ("", f"## `{name}`", "")
    yield inspect.cleandoc(kind.__doc__ or "").replace("\n", " ").replace("  ", " ")
    yield from ("", "| value | test | deserves it | near miss |", "|---|---|---|---|")
    for member in kind:
        yield f"| `{member.value}` | {member.meaning} | {member.example} | {member.counter_example} |"


def _codes_page() -> Iterator[str]:
    yield (DOCS / "problem-codes.md").read_text("utf-8").partition(MARKER)[0] + MARKER
    for kind, title in KINDS.items():
        yield from ("", f"## {title}")
        for code, words in CODES.items():
            if words.kind == kind:
                yield from _code_entry(code, words)


def _code_entry(code: str, words: Code) -> Iterator[str]:
    yield from ("", f"### `{code}`", "", f"**Means:** {words.meaning}", "", f"**Remedy:** {words.remedy}")
    path = INVALID / f"{code}.json"
    if path.is_file():
        limits = {"size_limit": SMALL_LIMIT} if code == "OPED-too-large" else {}
        shown = render({path.name: validate(path, **limits)})
        yield from ("", "**Example:**", "", "```text", shown.rstrip(), "```")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
