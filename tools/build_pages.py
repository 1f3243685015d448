"""Write the parts of the pages that are made from the package: closed lists, mappings, and counts in the data card.

The other way round, `data/card.json` holds the statements of the data card that exports carry.

Whole pages are made here; of other pages, what follows a marker comment.
Run it after a change to the lists or the data: `python tools/build_pages.py`. With `--check` it only compares.
"""

from __future__ import annotations

import inspect
import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import oped_dataset.authoring
import oped_dataset.exports
import oped_dataset.testing
from oped_dataset import (
    USUAL,
    Article,
    Claim,
    Limits,
    Span,
    load,
    names,
    render,
    validate_path,
)
from oped_dataset.authoring.lint_codes import LINT_CODES
from oped_dataset.codec.json_schema import build_schema
from oped_dataset.corpora.parquet import LAYOUT_VERSION, head_columns, table_columns
from oped_dataset.exports import Column, ColumnType, specs
from oped_dataset.model import vocabulary
from oped_dataset.model.article import TABLES
from oped_dataset.model.mappings import MAPPINGS, SchemeMapping
from oped_dataset.model.vocabulary import ArgumentKind, Commitment, MentionForm
from oped_dataset.validation.codes import CODES, Code

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
INVALID = ROOT / "tests" / "invalid"
SOURCE = ROOT / "src" / "oped_dataset"
DOORS = {
    "": oped_dataset,
    "authoring": oped_dataset.authoring,
    "exports": oped_dataset.exports,
    "testing": oped_dataset.testing,
}
"""The packages whose public names are imported when they are first used."""
KINDS = {
    "text": "The text of the document",
    "form": "The form of a record",
    "rule": "The rules between records",
    "installation": "The installed files",
}
MARKER = "<!-- What follows is made by tools/build_pages.py. -->"
"""In a page of which only a part is made, that part follows this line."""
SCHEMA = SOURCE / "data" / "schema.json"
SMALL_LIMIT = 64
"""The size limit with which the page shows what a document that is too large is answered."""

_FORWARD = (ArgumentKind.SUPPORTS, ArgumentKind.EXEMPLIFIES)
_HELD = (Commitment.CERTAIN, Commitment.PROBABLE, Commitment.POSSIBLE)
_STEPS = 3


def main(arguments: list[str]) -> int:
    """Write or check the pages; return the exit code."""
    if "--check" not in arguments:
        # First, because other pages take descriptions from it.
        _write(_stale({SCHEMA: _schema_text()}))
    stale = _stale(pages())
    if "--check" in arguments:
        sys.stdout.writelines(f"{path.relative_to(ROOT)} is out of date\n" for path in stale)
        return 1 if stale else 0
    _write(stale)
    return 0


def _stale(made: dict[Path, str]) -> dict[Path, str]:
    return {path: content for path, content in made.items() if not path.is_file() or path.read_text("utf-8") != content}


def _write(made: dict[Path, str]) -> None:
    for path, content in made.items():
        path.write_text(content, "utf-8", newline="\n")
        sys.stdout.write(f"wrote {path.relative_to(ROOT)}\n")


def _schema_text() -> str:
    return json.dumps(build_schema(), indent=2, ensure_ascii=False) + "\n"


def pages() -> dict[Path, str]:
    """All generated pages with the content they should have."""
    card = DOCS / "data-card.md"
    articles = [load(name) for name in names()]
    parts = {"counts": _counts(articles), "share": _shares(articles)}
    return {
        DOCS / "vocabulary.md": "\n".join(_vocabulary_page()) + "\n",
        DOCS / "mappings.md": "\n".join(_mappings_page()) + "\n",
        DOCS / "argument.md": "\n".join(_argument_page(load())) + "\n",
        DOCS / "lint-codes.md": "\n".join(_lint_page()) + "\n",
        DOCS / "problem-codes.md": "\n".join(_codes_page()) + "\n",
        DOCS / "corpus-schema.md": "\n".join(_corpus_page()) + "\n",
        SCHEMA: _schema_text(),
        DOCS / "schema.json": _schema_text(),
        card: _with_parts(card.read_text("utf-8"), parts),
        SOURCE / "data" / "guidelines.md": (DOCS / "annotation-guidelines.md").read_text("utf-8"),
        SOURCE / "data" / "card.json": _statements(card.read_text("utf-8"), articles),
        **{SOURCE / path / "__init__.pyi": stub(door) for path, door in DOORS.items()},
    }


def stub(door: ModuleType) -> str:
    """The stub of a front door, in which type checkers find the public names."""
    homes = {name: f"{door.__name__}.{home}" for home, here in door.HOMES.items() for name in here}
    imports = "".join(f"from {home} import {name} as {name}\n" for name, home in homes.items())
    listed = "".join(f'    "{name}",\n' for name in door.__all__)
    return f"# Made by tools/build_pages.py from `HOMES` in `__init__.py`.\n\n{imports}\n__all__ = [\n{listed}]\n"


def _with_parts(page: str, parts: dict[str, Iterator[str]]) -> str:
    for name, lines in parts.items():
        begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
        before, _, rest = page.partition(begin)
        page = "\n".join([f"{before}{begin}", "", *lines, "", end]) + rest.partition(end)[2]
    return page


def _statements(card: str, articles: list[Article]) -> str:
    """The statements of the data card by article and by property of the responsible-AI vocabulary of Croissant.

    A statement is a paragraph or an item of a list that ends in a comment: `rai: PROPERTY …`, or
    `rai ARTICLE: PROPERTY …` where it is about one article only.
    """
    found: dict[str, dict[str, list[str]]] = {article.id: {} for article in articles}
    for match in _STATEMENT.finditer(card):
        block = re.split(r"\n\n|\n(?=- |\d\. )", card[: match.start()])[-1]
        words = _MARKUP.sub(lambda mark: mark[1] or "", re.sub(r"^(- |\d\. )", "", block.strip()))
        for article_id in [match["article"]] if match["article"] else found:
            for name in match["properties"].split():
                found[article_id].setdefault(name, []).append(" ".join(words.split()))
    released = re.search(r'^date-released: "(.*)"$', (ROOT / "CITATION.cff").read_text("utf-8"), re.MULTILINE)
    assert released is not None
    return json.dumps({"released": released[1], "articles": found}, ensure_ascii=False, indent=1) + "\n"


_STATEMENT = re.compile(r"<!-- rai(?: (?P<article>[\w-]+))?: (?P<properties>[\w ]+) -->")
_MARKUP = re.compile(r"<!--.*?-->|\*\*?|`|\[([^\]]*)\]\([^)]*\)", re.DOTALL)


def _counts(articles: list[Article]) -> Iterator[str]:
    yield f"| records | {' | '.join(f'`{article.id}`' for article in articles)} |"
    yield "|---|" + "---:|" * len(articles)
    for name in articles[0].tables:
        yield f"| {name} | {' | '.join(str(len(article.tables[name])) for article in articles)} |"
    for label, count in _figures().items():
        yield f"| {label} | {' | '.join(str(count(article)) for article in articles)} |"


def _figures() -> dict[str, Callable[[Article], int]]:
    return {
        "sentences": lambda article: len(article.source.sentences),
        "sentences that carry no claim": lambda article: sum(s.no_claim is not None for s in article.source.sentences),
        "claims with one voice": lambda article: sum(len(claim.voices) == 1 for claim in article.claims),
        "claims with two voices": lambda article: sum(len(claim.voices) == 2 for claim in article.claims),
        "claims with three voices": lambda article: sum(len(claim.voices) == 3 for claim in article.claims),
        "claims with four voices or more": lambda article: sum(len(claim.voices) > 3 for claim in article.claims),
        "distinct voices": lambda article: len({v.source for claim in article.claims for v in claim.voices}),
    }


def _argument_page(article: Article) -> Iterator[str]:
    yield "# The argument of the op-ed"
    yield ""
    yield f"How the claims of `{article.id}` bear on each other, from the author's main theses down. Each line is what"
    yield "a voice says, with the chain of voices and their commitments before it; none is a statement of this package."
    yield "In square brackets: the side of the innermost voice. What it is against is worded without the *not*."
    yield "Three steps are shown; `article.arguments` holds all links. Made from the data by `tools/build_pages.py`."
    for root in _roots(article):
        yield from ("", f"## {root.id}", "", f"{_told(article, root)}", "")
        yield from _below(article, root.id, 0, {root.id})


def _roots(article: Article) -> list[Claim]:
    forward = [link for link in article.arguments if link.kind in _FORWARD]
    bearing = {link.source for link in forward}
    supported = Counter(link.target for link in forward)
    # What the author doubts or denies may be supported by others, but is no thesis of the author's.
    theses = [claim for claim in article.claims if claim.id in supported and claim.id not in bearing]
    held = [claim for claim in theses if claim.voices[0].commitment in _HELD and len(claim.voices) == 1]
    return sorted(held, key=lambda claim: -supported[claim.id])


def _below(article: Article, target: str, depth: int, seen: set[str]) -> Iterator[str]:
    for link in article.arguments.where(target=target):
        claim = article.claims[link.source]
        yield f"{'  ' * depth}- *{link.kind}:* {_told(article, claim)}"
        if depth < _STEPS - 1 and claim.id not in seen:
            yield from _below(article, claim.id, depth + 1, seen | {claim.id})


def _told(article: Article, claim: Claim) -> str:
    chain = " > ".join(f"{article.entities[voice.source].name} ({voice.commitment})" for voice in claim.voices)
    return f"{chain}: [{claim.side}] {claim.gist}"


def _shares(articles: list[Article]) -> Iterator[str]:
    for article in articles:
        if article.source.text is None:
            shown = {offset for span in _shown(article) for offset in range(span.start, span.end)}
            yield f"`{article.id}`: {len(shown) / article.source.length:.1%} of {article.source.length} characters."


def _shown(article: Article) -> Iterator[Span]:
    named = (MentionForm.NAME, MentionForm.ADJECTIVAL)
    yield from (mention.span for mention in article.mentions if mention.form in named)
    yield from (record.span for record in (*article.quotations, *article.headings))


def _vocabulary_page() -> Iterator[str]:
    yield "# The closed lists"
    yield ""
    yield "Every label a record may carry: the test an annotator applies, an invented sentence that deserves the label,"
    yield "and a near miss with the label it deserves instead. Made from `oped_dataset.model.vocabulary`."
    for name, kind in sorted(vars(vocabulary).items()):
        if inspect.isclass(kind) and issubclass(kind, vocabulary.Vocabulary) and kind is not vocabulary.Vocabulary:
            yield from _list_of(name, kind)


def _list_of(name: str, kind: type[vocabulary.Vocabulary]) -> Iterator[str]:
    yield from ("", f"## `{name}`", "")
    yield inspect.cleandoc(kind.__doc__ or "").replace("\n", " ").replace("  ", " ")
    yield from ("", "| value | test | deserves it | near miss |", "|---|---|---|---|")
    for member in kind:
        yield f"| `{member.value}` | {member.meaning} | {member.example} | {member.counter_example} |"


def _mappings_page() -> Iterator[str]:
    yield "# Outside schemes"
    yield ""
    yield "What the [closed lists](vocabulary.md) and the records are called in other schemes of annotation, both ways."
    yield "Every value of ours has labels there or a reason why it has none; every label of theirs is reached or lost"
    yield "with a reason. Labels that could not be confirmed in the cited source are not used."
    yield "Made from `oped_dataset.MAPPINGS`."
    for mapped in MAPPINGS:
        yield from _mapping_section(mapped)


def _mapping_section(mapped: SchemeMapping) -> Iterator[str]:
    yield from ("", f"## `{mapped.scheme}`", "")
    extent = "all of their list" if mapped.closed else "only labels that were confirmed or considered"
    yield f"{mapped.title}; {extent}. Source: {mapped.source}"
    yield from ("", f"| `{mapped.of}` | theirs | note |", "|---|---|---|")
    for row in mapped.forward:
        theirs = ", ".join(f"`{label}`" for label in row.labels) or "none"
        yield f"| `{row.value}` | {theirs} | {row.note or ''} |"
    if mapped.lost:
        yield from ("", "| lost | why |", "|---|---|")
    for each in mapped.lost:
        yield f"| `{each.label}` | {each.reason} |"


def _corpus_page() -> Iterator[str]:
    yield (DOCS / "corpus-schema.md").read_text("utf-8").partition(MARKER)[0] + MARKER
    yield from (
        "",
        f"## The row, layout version {LAYOUT_VERSION}",
        "",
        "| column | Arrow type | meaning |",
        "|---|---|---|",
    )
    yield "| `document` | `string`, never null | The article, as a JSON Line; what is read back. |"
    yield from map(_column_line, head_columns())
    for name in TABLES:
        yield f"| `{name}` | a list of [structs](#{name}) | {specs()[name].description} |"
    for name in TABLES:
        yield from ("", f"## `{name}`", "", "| field | Arrow type | meaning |", "|---|---|---|")
        yield from map(_column_line, table_columns(name))


def _column_line(column: Column) -> str:
    return f"| `{column.name}` | `{_arrow_type(column.type)}` | {column.description} |"


def _arrow_type(kind: ColumnType) -> str:
    if kind.item is not None:
        return f"list<{_arrow_type(kind.item)}>"
    if kind.fields:
        inner = ", ".join(f"{name}: {_arrow_type(field)}" for name, field in kind.fields.items())
        return f"struct<{inner}>"
    names = {"decimal": "string", "integer": "int64", "number": "double", "boolean": "bool", "date": "date32[day]"}
    return names.get(kind.kind, kind.kind)


def _codes_page() -> Iterator[str]:
    yield (DOCS / "problem-codes.md").read_text("utf-8").partition(MARKER)[0] + MARKER
    for kind, title in KINDS.items():
        yield from ("", f"## {title}")
        for code, words in CODES.items():
            if words.kind == kind:
                yield from _code_entry(code, words)


def _lint_page() -> Iterator[str]:
    yield "# What lint warns of"
    yield ""
    yield "`lint` and `oped-dataset lint` list what a complete annotation would not leave out, and what breaks the"
    yield "[annotation guidelines](annotation-guidelines.md), whose numbers stand in brackets. These are warnings,"
    yield "beside the [problem codes](problem-codes.md) of `validate`: an article with warnings is valid, and one"
    yield "without may be invalid. A warning may be wrong, and its remedy says when to leave it. Made from"
    yield "`authoring/lint_codes.py`."
    for title, needs_text in (("Without the text", False), ("With the text", True)):
        yield from ("", f"## {title}")
        for code, words in LINT_CODES.items():
            if words.needs_text is needs_text:
                yield from ("", f"### `{code}`", "", f"**Means:** {words.meaning}", "", f"**Remedy:** {words.remedy}")


def _code_entry(code: str, words: Code) -> Iterator[str]:
    yield from ("", f"### `{code}`", "", f"**Means:** {words.meaning}", "", f"**Remedy:** {words.remedy}")
    path = INVALID / f"{code}.json"
    if path.is_file():
        limits = Limits(size=SMALL_LIMIT) if code == "OPED-too-large" else USUAL
        shown = render({path.name: validate_path(path, limits=limits)})
        yield from ("", "**Example:**", "", "```text", shown.rstrip(), "```")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
