"""Generate the pages, and parts of pages, that are made from the package, and the files that are made from pages.

Here: whole pages, the part of a page after `MARKER`, the counts in the data card, stubs, the copy of the guidelines in
the package, and `data/card.json`, the statements of the data card that exports include.
Not here: the agreement tables of the data card (`agreement.py`) and the tables of the benchmarks (`benchmarks/`).
Run it after a change of the vocabularies or the data: `python tools/build_pages.py`. `--check` only compares.
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
"""The packages whose public names are imported on first use."""
KINDS = {
    "text": "The text of the document",
    "form": "The form of a record",
    "rule": "The rules between records",
    "installation": "The installed files",
}
MARKER = "<!-- What follows is made by tools/build_pages.py. -->"
"""In a page that is generated in part, the generated part follows this line."""
SCHEMA = SOURCE / "data" / "schema.json"
SMALL_LIMIT = 64
"""The size limit for the example of a document that is too large."""

_FORWARD = (ArgumentKind.SUPPORTS, ArgumentKind.EXEMPLIFIES)
_COMMITTED = (Commitment.CERTAIN, Commitment.PROBABLE, Commitment.POSSIBLE)
_STEPS = 3


def main(arguments: list[str]) -> int:
    """Write or check the files; return the exit code."""
    if "--check" not in arguments:
        # First, because other pages take descriptions from it.
        _write(_find_stale({SCHEMA: _format_schema()}))
    stale = _find_stale(pages())
    if "--check" in arguments:
        sys.stdout.writelines(f"{path.relative_to(ROOT)} is out of date\n" for path in stale)
        return 1 if stale else 0
    _write(stale)
    return 0


def _find_stale(made: dict[Path, str]) -> dict[Path, str]:
    return {path: content for path, content in made.items() if not path.is_file() or path.read_text("utf-8") != content}


def _write(made: dict[Path, str]) -> None:
    for path, content in made.items():
        path.write_text(content, "utf-8", newline="\n")
        sys.stdout.write(f"wrote {path.relative_to(ROOT)}\n")


def _format_schema() -> str:
    return json.dumps(build_schema(), indent=2, ensure_ascii=False) + "\n"


def pages() -> dict[Path, str]:
    """Return the generated files with their up-to-date content."""
    card = DOCS / "data-card.md"
    articles = [load(name) for name in names()]
    parts = {"counts": _count_records(articles), "share": _measure_shares(articles)}
    return {
        DOCS / "vocabulary.md": "\n".join(_build_vocabulary_page()) + "\n",
        DOCS / "mappings.md": "\n".join(_build_mappings_page()) + "\n",
        DOCS / "argument.md": "\n".join(_build_argument_page(load())) + "\n",
        DOCS / "lint-codes.md": "\n".join(_build_lint_page()) + "\n",
        DOCS / "problem-codes.md": "\n".join(_build_codes_page()) + "\n",
        DOCS / "corpus-schema.md": "\n".join(_build_corpus_page()) + "\n",
        SCHEMA: _format_schema(),
        DOCS / "schema.json": _format_schema(),
        card: _fill_parts(card.read_text("utf-8"), parts),
        SOURCE / "data" / "guidelines.md": (DOCS / "annotation-guidelines.md").read_text("utf-8"),
        SOURCE / "data" / "card.json": _extract_statements(card.read_text("utf-8"), articles),
        **{SOURCE / path / "__init__.pyi": stub(door) for path, door in DOORS.items()},
    }


def stub(door: ModuleType) -> str:
    """Return the stub from which type checkers read the public names of a package."""
    homes = {name: f"{door.__name__}.{home}" for home, here in door.HOMES.items() for name in here}
    imports = "".join(f"from {home} import {name} as {name}\n" for name, home in homes.items())
    listed = "".join(f'    "{name}",\n' for name in door.__all__)
    return f"# Made by tools/build_pages.py from `HOMES` in `__init__.py`.\n\n{imports}\n__all__ = [\n{listed}]\n"


def _fill_parts(page: str, parts: dict[str, Iterator[str]]) -> str:
    for name, lines in parts.items():
        begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
        before, _, rest = page.partition(begin)
        page = "\n".join([f"{before}{begin}", "", *lines, "", end]) + rest.partition(end)[2]
    return page


def _extract_statements(card: str, articles: list[Article]) -> str:
    """Extract the statements of the data card, by article and property of the Croissant RAI vocabulary 1.0.

    A statement is a paragraph or list item that ends in a comment: `rai: PROPERTY …`, or `rai ARTICLE: PROPERTY …`
    when it applies to one article only.
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


def _count_records(articles: list[Article]) -> Iterator[str]:
    yield f"| records | {' | '.join(f'`{article.id}`' for article in articles)} |"
    yield "|---|" + "---:|" * len(articles)
    for name in articles[0].tables:
        yield f"| {name} | {' | '.join(str(len(article.tables[name])) for article in articles)} |"
    counts: dict[str, Callable[[Article], int]] = {
        "sentences": lambda article: len(article.source.sentences),
        "sentences that carry no claim": lambda article: sum(s.no_claim is not None for s in article.source.sentences),
        "claims with one voice": lambda article: sum(len(claim.voices) == 1 for claim in article.claims),
        "claims with two voices": lambda article: sum(len(claim.voices) == 2 for claim in article.claims),
        "claims with three voices": lambda article: sum(len(claim.voices) == 3 for claim in article.claims),
        "claims with four voices or more": lambda article: sum(len(claim.voices) > 3 for claim in article.claims),
        "distinct voices": lambda article: len({v.source for claim in article.claims for v in claim.voices}),
    }
    for label, count in counts.items():
        yield f"| {label} | {' | '.join(str(count(article)) for article in articles)} |"


def _build_argument_page(article: Article) -> Iterator[str]:
    yield "# The argument of the op-ed"
    yield ""
    yield f"Follow the arguments of `{article.id}` from the author's main theses down. Each line is a claim after its"
    yield "chain of voices with their commitments, never a statement of this package. In square brackets: the side of"
    yield "the innermost voice; a claim that it is against is worded without the *not*. Three steps are shown;"
    yield "`article.arguments` contains all. Made from the data by `tools/build_pages.py`."
    for root in _find_theses(article):
        yield from ("", f"## {root.id}", "", f"{_format_claim(article, root)}", "")
        yield from _format_premises(article, root.id, 0, {root.id})


def _find_theses(article: Article) -> list[Claim]:
    forward = [link for link in article.arguments if link.kind in _FORWARD]
    bearing = {link.source for link in forward}
    supported = Counter(link.target for link in forward)
    # Others may support a claim that the author doubts or denies, but it is not a thesis of the author (A3).
    theses = [claim for claim in article.claims if claim.id in supported and claim.id not in bearing]
    held = [claim for claim in theses if claim.voices[0].commitment in _COMMITTED and len(claim.voices) == 1]
    return sorted(held, key=lambda claim: -supported[claim.id])


def _format_premises(article: Article, target: str, depth: int, seen: set[str]) -> Iterator[str]:
    for link in article.arguments.where(target=target):
        claim = article.claims[link.source]
        yield f"{'  ' * depth}- *{link.kind}:* {_format_claim(article, claim)}"
        if depth < _STEPS - 1 and claim.id not in seen:
            yield from _format_premises(article, claim.id, depth + 1, seen | {claim.id})


def _format_claim(article: Article, claim: Claim) -> str:
    chain = " > ".join(f"{article.entities[voice.source].name} ({voice.commitment})" for voice in claim.voices)
    return f"{chain}: [{claim.side}] {claim.gist}"


def _measure_shares(articles: list[Article]) -> Iterator[str]:
    for article in articles:
        if article.source.text is None:
            shown = {offset for span in _find_quoted_spans(article) for offset in range(span.start, span.end)}
            yield f"`{article.id}`: {len(shown) / article.source.length:.1%} of {article.source.length} characters."


def _find_quoted_spans(article: Article) -> Iterator[Span]:
    named = (MentionForm.NAME, MentionForm.ADJECTIVAL)
    yield from (mention.span for mention in article.mentions if mention.form in named)
    yield from (record.span for record in (*article.quotations, *article.headings))


def _build_vocabulary_page() -> Iterator[str]:
    yield "# Vocabularies"
    yield ""
    yield "Look up any label of a record: the test that an annotator applies, an invented sentence that deserves the"
    yield "label, and a near miss with the label that it deserves instead. Made from `oped_dataset.model.vocabulary`."
    for name, kind in sorted(vars(vocabulary).items()):
        if inspect.isclass(kind) and issubclass(kind, vocabulary.Vocabulary) and kind is not vocabulary.Vocabulary:
            yield from ("", f"## `{name}`", "")
            yield inspect.cleandoc(kind.__doc__ or "").replace("\n", " ").replace("  ", " ")
            yield from ("", "| label | test | example | near miss |", "|---|---|---|---|")
            for member in kind:
                yield f"| `{member.value}` | {member.meaning} | {member.example} | {member.counter_example} |"


def _build_mappings_page() -> Iterator[str]:
    yield "# Mappings to other schemes"
    yield ""
    yield "Translate the [vocabularies](vocabulary.md) and the records into the labels of other annotation schemes, and"
    yield "back. Every value of this package has outside labels or a reason why it has none; every outside label is"
    yield "reached, or lost with a reason. Labels that could not be confirmed in the cited source are not used."
    yield "`oped_dataset.mapping` looks up a scheme."
    for mapped in MAPPINGS:
        yield from _format_mapping(mapped)


def _format_mapping(mapped: SchemeMapping) -> Iterator[str]:
    yield from ("", f"## `{mapped.scheme}`", "")
    extent = "all labels of the scheme" if mapped.closed else "only labels that were confirmed or considered"
    yield f"{mapped.title}; {extent}. Source: {mapped.source}"
    yield from ("", f"| `{mapped.of}` | outside | note |", "|---|---|---|")
    for row in mapped.forward:
        theirs = ", ".join(f"`{label}`" for label in row.labels) or "none"
        yield f"| `{row.value}` | {theirs} | {row.note or ''} |"
    if mapped.lost:
        yield from ("", "| lost label | reason |", "|---|---|")
    for each in mapped.lost:
        yield f"| `{each.label}` | {each.reason} |"


def _build_corpus_page() -> Iterator[str]:
    yield (DOCS / "corpus-schema.md").read_text("utf-8").partition(MARKER)[0] + MARKER
    yield from (
        "",
        f"## The row, layout version {LAYOUT_VERSION}",
        "",
        "| column | Arrow type | meaning |",
        "|---|---|---|",
    )
    yield "| `document` | `string`, never null | The article as a line of JSON, from which it is read back. |"
    yield from map(_format_column, head_columns())
    for name in TABLES:
        yield f"| `{name}` | a list of [structs](#{name}) | {specs()[name].description} |"
    for name in TABLES:
        yield from ("", f"## `{name}`", "", "| field | Arrow type | meaning |", "|---|---|---|")
        yield from map(_format_column, table_columns(name))


def _format_column(column: Column) -> str:
    return f"| `{column.name}` | `{_format_arrow_type(column.type)}` | {column.description} |"


def _format_arrow_type(kind: ColumnType) -> str:
    if kind.item is not None:
        return f"list<{_format_arrow_type(kind.item)}>"
    if kind.fields:
        inner = ", ".join(f"{name}: {_format_arrow_type(field)}" for name, field in kind.fields.items())
        return f"struct<{inner}>"
    names = {"decimal": "string", "integer": "int64", "number": "double", "boolean": "bool", "date": "date32[day]"}
    return names.get(kind.kind, kind.kind)


def _build_codes_page() -> Iterator[str]:
    yield (DOCS / "problem-codes.md").read_text("utf-8").partition(MARKER)[0] + MARKER
    for kind, title in KINDS.items():
        yield from ("", f"## {title}")
        for code, words in CODES.items():
            if words.kind == kind:
                yield from _format_code(code, words)


def _build_lint_page() -> Iterator[str]:
    yield "# Warnings of lint"
    yield ""
    yield "Look up any warning of `lint` or `oped-dataset lint`, its meaning and its remedy. Warnings report gaps in an"
    yield "annotation and breaches of the [guidelines](annotation-guidelines.md), with the rule number in brackets."
    yield "They are independent of the [problem codes](problem-codes.md) of `validate`: an article with warnings may be"
    yield "valid, and one without may be invalid. A warning may be wrong; its remedy then says when to leave it."
    yield "Made from `authoring/lint_codes.py`."
    for title, needs_text in (("Without the text", False), ("With the text", True)):
        yield from ("", f"## {title}")
        for code, words in LINT_CODES.items():
            if words.needs_text is needs_text:
                yield from ("", f"### `{code}`", "", f"**Meaning:** {words.meaning}", "", f"**Remedy:** {words.remedy}")


def _format_code(code: str, words: Code) -> Iterator[str]:
    yield from ("", f"### `{code}`", "", f"**Meaning:** {words.meaning}", "", f"**Remedy:** {words.remedy}")
    path = INVALID / f"{code}.json"
    if path.is_file():
        limits = Limits(size=SMALL_LIMIT) if code == "OPED-too-large" else USUAL
        shown = render({path.name: validate_path(path, limits=limits)})
        yield from ("", "**Example:**", "", "```text", shown.rstrip(), "```")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
