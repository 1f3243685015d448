"""Work on an article takes time proportional to its length, and queries take hardly more time in a longer article."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import attrs
import pytest
from growth import (
    Counted,
    alternating,
    grown,
    is_linear,
    is_linear_in_number,
    overlapping,
    steps,
    with_chain_of_arguments,
    with_pieces,
    without_text,
)
from worst import nested

from oped_dataset import Article, Span, score, sentence_digest, validate_corpus
from oped_dataset.errors import NotComparable
from oped_dataset.extraction.pieces import in_order
from oped_dataset.text.search import Unit, search
from oped_dataset.validation import rules

FEW, MANY = grown(2), grown(20)
ATTACHED = {
    "exactly": lambda text: text,
    "with other spaces": lambda text: text.replace(". ", ".  "),
    "with sentences changed": lambda text: text.replace("The", "Thé"),
}


@pytest.mark.parametrize("rule", rules.RULES, ids=lambda rule: str(rule.__name__))
def test_a_rule_is_linear(rule: rules.Rule) -> None:
    assert is_linear(lambda article: list(rule(article)))


def test_the_grown_article_is_valid() -> None:
    assert rules.check(MANY).ok


@pytest.mark.parametrize("rule", [rules.digest_mismatch, rules.shifts_mismatch, rules.text_outside_paragraphs])
@pytest.mark.parametrize("pieces", [overlapping, alternating], ids=["each the whole text", "there and back"])
def test_a_rule_reads_the_text_once(rule: rules.Rule, pieces: Callable[[int], list[Span]]) -> None:
    article = with_pieces(FEW, pieces(FEW.source.length))
    text = Counted(str(article.source.text))
    object.__setattr__(article.source, "text", text)

    list(rule(article))

    assert text.read <= 2 * len(text)


def test_speakers_are_looked_up_in_a_long_chain_in_linear_time() -> None:
    def work(number: int) -> Callable[[], object]:
        article = nested(number)
        return lambda: list(rules.speaker_not_voiced(article))

    assert is_linear_in_number(work, 12)


@pytest.mark.parametrize("copy", ATTACHED.values(), ids=ATTACHED.keys())
def test_attaching_is_linear(copy: Callable[[str], str]) -> None:
    def work(article: Article) -> None:
        attached = without_text(article).attach(copy(str(article.source.text)))
        _ = attached.coverage, attached.lost, attached.to_article()

    assert is_linear(work)


def test_spans_over_many_sentences_are_attached_in_linear_time() -> None:
    def work(article: Article) -> None:
        attached = without_text(article).attach(f"Home\n{article.source.text}")
        sentences = article.source.sentences
        for one in sentences:
            attached.locate(Span(one.span.start, sentences[-1].span.end))

    assert is_linear(work)


@pytest.mark.parametrize("between", [" ", " Edited. "])
def test_searching_for_a_repeated_sentence_is_linear(between: str) -> None:
    words = "Hush now, little one, hush."
    unit = Unit(sentence_digest(words), len(words))

    assert is_linear_in_number(lambda number: partial(search, [unit] * number, f"{words}{between}" * number))


QUESTIONS: dict[str, Callable[[Article], object]] = {
    "an id": lambda article: article.record("maro"),
    "a voice": lambda article: article.claims.voiced_by("sel"),
    "the claims that carry a record": lambda article: article.claims.carrying("e-rise"),
    "a value": lambda article: article.mentions.where(entity="maro"),
    "an entity": lambda article: article.about("maro"),
    "the claims for a record": lambda article: [
        article.claims_for(record.id) for table in FEW.tables.values() for record in table[:1]
    ],
    "an offset": lambda article: [article.records_at(offset) for offset in range(0, 60, 7)],
    "a date": lambda article: [article.events.during("1815"), article.relations.during("1815")],
}


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS.keys())
def test_a_query_takes_hardly_more_steps_in_a_longer_article(question: Callable[[Article], object]) -> None:
    # The first query makes the index.
    assert question(FEW) == question(MANY)

    # The steps of a search for spans grow with the logarithm of their number.
    assert steps(lambda: question(MANY)) <= 1.2 * steps(lambda: question(FEW))


def test_pieces_listed_in_their_order_are_located_in_linear_time() -> None:
    def work(number: int) -> Callable[[], object]:
        found = [Span(start, start + 1) for start in range(number)]
        return lambda: in_order(["a"] * number, [found] * number)

    assert is_linear_in_number(work)


@pytest.mark.parametrize("layer", ["mentions", "entities", "arguments"])
def test_thousands_of_records_with_one_span_are_not_compared(layer: str) -> None:
    record = FEW.tables[layer][0]
    records: Any = {layer: [attrs.evolve(record, id=f"n{number}") for number in range(2000)]}
    many = attrs.evolve(FEW, **records)

    with pytest.raises(NotComparable) as caught:
        score(many, many, layers=[layer])

    assert str(caught.value) == (
        f"too many {layer} share a place or a name to be paired; the limit is 100000 pairs plus 50 for each record"
    )


def test_scoring_a_long_chain_of_arguments_is_linear() -> None:
    def work(number: int) -> Callable[[], object]:
        article = with_chain_of_arguments(FEW, 100 + number)
        return lambda: score(article, article, layers=["arguments"])

    assert is_linear_in_number(work)


@pytest.mark.parametrize("line", [b"{}\n", b"x\n"])
def test_validating_a_corpus_of_bad_lines_is_linear(tmp_path: Path, line: bytes) -> None:
    def work(number: int) -> Callable[[], object]:
        path = tmp_path / f"{number}.jsonl"
        path.write_bytes(line * number + b"{}\n")
        return lambda: validate_corpus(path, articles_per_piece=10)

    assert is_linear_in_number(work)
