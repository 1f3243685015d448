"""The public API as a typed project uses it; `tests/project/test_downstream.py` checks its types and runs it.

A line with `type: ignore` is a mistake that the types have to find: one that is not found fails the check.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path

from oped_dataset import (
    Article,
    Claim,
    ClaimTable,
    Commitment,
    Edtf,
    Entity,
    EntityTable,
    Event,
    InvalidArticle,
    Problem,
    Report,
    Scores,
    Span,
    Voice,
    __version__,
    dump_path,
    dumps,
    export,
    formats,
    lint,
    load,
    load_path,
    loads,
    names,
    new_article,
    read_lines,
    render,
    score,
    validate,
    write_lines,
)
from oped_dataset.authoring import Draft, Proposal, accept
from oped_dataset.errors import MissingExtra, RecordNotFound
from oped_dataset.exports import (
    Files,
    TableSpec,
    from_tables,
    specs,
    to_datapackage,
    to_tables,
)
from oped_dataset.testing import assert_attributed, make_corpus


def chain(article: Article, claim: Claim) -> list[tuple[str, Commitment]]:
    """Who says it, outermost first, and how surely."""
    voices: tuple[Voice, ...] = claim.voices
    return [(article.entities[voice.source].name, voice.commitment) for voice in voices]


def doubted(article: Article) -> Iterator[Claim]:
    """The claims whose outermost voice doubts them."""
    for claim in article.claims:
        if claim.voices[0].commitment in (Commitment.PROBABLY_NOT, Commitment.CERTAINLY_NOT):
            yield claim


def told_when(event: Event) -> tuple[datetime.date | None, datetime.date | None]:
    """The days between which it is told to lie."""
    when: Edtf | None = event.when
    return (None, None) if when is None else (when.earliest, when.latest)


def found(article: Article, entity_id: str) -> Entity | None:
    """An entity, or nothing."""
    try:
        entity: Entity = article.entities[entity_id]
    except RecordNotFound:
        return None
    return entity


def problems(content: bytes) -> tuple[Problem, ...]:
    """What is wrong with a document."""
    try:
        loads(content)
    except InvalidArticle as error:
        return error.problems
    return ()


def kept(predicted: Article, gold: Article) -> float | None:
    """How many of the chains of voices are whole."""
    scores: Scores = score(predicted, gold, match="overlap")
    return scores.attribution.chains.recall


def written(article: Article, folder: Path) -> list[str]:
    """Write an article in several ways, and read it back."""
    files: Files = to_datapackage(article)
    paths: tuple[Path, ...] = files.write(folder / "package")
    dump_path(article, folder / "article.json")
    count: int = write_lines([article], folder / "articles.jsonl")
    again: list[Article] = list(read_lines(folder / "articles.jsonl"))
    assert again == [article] == [load_path(folder / "article.json")] == [from_tables(to_tables(article))]
    return [path.name for path in paths][:count]


def graph_version(article: Article) -> str:
    """The version that made a graph, or the extra that a graph needs."""
    try:
        return str(export(article, "networkx").graph["code_version"])
    except MissingExtra as missing:
        return missing.extra


def main(folder: Path) -> None:
    """Do all of it."""
    article = load("harbour-toll")
    claims: ClaimTable = article.claims.where(kind="happening")
    entities: EntityTable = article.entities[:2]
    report: Report = validate(article)
    content: bytes = dumps(article)
    tables: dict[str, TableSpec] = specs()
    extras: set[str] = {form.extra for form in formats() if form.extra is not None}
    told: list[Claim] = list(doubted(article))
    shown = [chain(article, claim) for claim in told]
    days = [told_when(event) for event in article.timeline()]
    packed: list[str] = written(article, folder)
    corpus: list[Article] = list(make_corpus(2, seed=1))
    checked: int = assert_attributed(to_tables(article)["claims"], article)
    assert render({"article": report}) == "article: no problems\n"
    assert problems(content) == ()
    assert packed
    assert len(shown) == len(told) > 0
    assert days
    assert checked > len(claims) > 0
    assert found(article, "nobody") is None
    assert "arrow" in extras
    assert "claims" in tables
    assert article.id in names()
    assert len(corpus) == len(entities)
    assert Span(1, 4).contains(Span(2, 3))
    assert graph_version(article) in (__version__, "networkx")
    assert kept(article, article) == 1.0
    assert lint(begun("The “toll” is gone.")).ok


def begun(text: str) -> Draft:
    """A draft of one sentence, in which the first proposal is accepted."""
    draft = new_article(text, id="toll", splitter=lambda words: [(0, len(words))], proposals=False)
    proposed: tuple[Proposal, ...] = draft.proposals
    return accept(draft, proposed[0].id, kind="scare")


def mistakes(article: Article, claim: Claim, voice: Voice) -> None:
    """What the types refuse; never run."""
    load(7)  # type: ignore[arg-type]
    claim.gist = "another"  # type: ignore[misc]
    article.claims[0].voices[0].certainty  # type: ignore[attr-defined]  # noqa: B018
    Voice(source="ines")  # type: ignore[call-arg]
    Span("1", 4)  # type: ignore[arg-type]
    score(article, article, match="loosely")  # type: ignore[arg-type]
    length: int = voice.source  # type: ignore[assignment]
    del length


if __name__ == "__main__":
    import sys

    main(Path(sys.argv[1]))
