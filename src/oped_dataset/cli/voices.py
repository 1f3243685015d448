"""`oped-dataset voices`: show who speaks inside whom, or the claims inside their voices."""

from __future__ import annotations

from argparse import Namespace
from collections import Counter
from collections.abc import Iterable, Iterator

from oped_dataset.cli import asked, layers, terminal
from oped_dataset.cli.blocks import (
    EMPTY,
    Block,
    Piece,
    line,
)
from oped_dataset.cli.exits import OK
from oped_dataset.cli.records import (
    STEP,
    claims_in_words,
)
from oped_dataset.model.article import Article
from oped_dataset.model.records import Claim
from oped_dataset.model.vocabulary import Commitment
from oped_dataset.model.wording import COMMITMENTS, name_of


def run(arguments: Namespace) -> int:
    """Show who speaks inside whom, or the claims inside their voices."""
    article = asked.article(arguments.article)
    claims = asked.claims(article, arguments)
    if arguments.json:
        wanted = set(claims.ids)
        terminal.show_json([row for row in layers.rows(article, "claims") if row["id"] in wanted])
        return OK
    blocks = claims_in_words(article, claims) if arguments.claims else _group(article, claims, 0, 0)
    count = f"{len(claims)} of {len(article.claims)} claims"
    more = "" if arguments.claims or not claims else "; --claims shows each inside its voices"
    terminal.show([line(f"{count}{more}"), EMPTY, *blocks])
    return OK


def _group(article: Article, claims: Iterable[Claim], depth: int, indent: int) -> Iterator[Block]:
    """Group claims by their voice at a depth, the most frequent first, and recursively by the voices inside it."""
    groups: dict[str, list[Claim]] = {}
    for claim in claims:
        groups.setdefault(claim.voices[depth].source, []).append(claim)
    for source, group in sorted(groups.items(), key=lambda item: -len(item[1])):
        heard = Counter(claim.voices[depth].commitment for claim in group)
        yield line(*_count_commitments(article, source, heard), indent=indent)
        yield from _group(article, [each for each in group if len(each.voices) > depth + 1], depth + 1, indent + STEP)


def _count_commitments(article: Article, source: str, heard: Counter[Commitment]) -> Iterator[str | Piece]:
    yield Piece(name_of(article, source), "name")
    yield Piece(f" [{source}] ", "id")
    shown = [label for label in COMMITMENTS if heard[label]]
    for label in shown:
        words = COMMITMENTS[label][0]
        yield Piece(words, words)
        yield f" {heard[label]}{'' if label is shown[-1] else ', '}"
