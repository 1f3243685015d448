"""Articles that repeat the small one, and the number of steps of a call, for tests of how the steps grow."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from typing import Any

import attrs
from small import small

from benchmarks.documents import enlarge
from oped_dataset import ArgumentKind, Article, Paragraph, Sentence, Span
from oped_dataset.codec import wire


def grown(times: int) -> Article:
    """Repeat the small article this number of times, each time with different letters and ids."""
    return enlarge(wire.from_data(small()), times)


def without_text(article: Article) -> Article:
    """Leave the text out."""
    return attrs.evolve(article, source=attrs.evolve(article.source, text=None))


# The worst cases in an article.


class Counted(str):
    """A string that counts how many of its characters are read."""

    __slots__ = ("read",)
    read: int

    def __new__(cls, text: str) -> Counted:
        made = super().__new__(cls, text)
        made.read = 0
        return made

    def __getitem__(self, key: Any) -> str:
        found = super().__getitem__(key)
        self.read += len(found)
        return found


def overlapping(length: int) -> list[Span]:
    """Make many spans, each of the whole text."""
    return [Span(0, length)] * 50


def alternating(length: int) -> list[Span]:
    """Make many spans, alternately at the end and at the beginning of a text."""
    return [Span(0, 1), Span(length - 1, length)] * 25


def with_pieces(article: Article, spans: list[Span]) -> Article:
    """Give an article sentences and paragraphs with these spans."""
    sentences = tuple(Sentence(span=span, digest="0" * 16, shifts=()) for span in spans)
    paragraphs = tuple(Paragraph(span=span, digest="0" * 16) for span in spans)
    return attrs.evolve(article, source=attrs.evolve(article.source, sentences=sentences, paragraphs=paragraphs))


def with_chain_of_arguments(article: Article, length: int) -> Article:
    """Make this number of arguments, each of which undercuts the next one; the last one supports a claim."""
    last = attrs.evolve(article.arguments[0], id=f"n{length}")
    kind = ArgumentKind.UNDERCUTS
    chain = [attrs.evolve(last, id=f"n{number}", target=f"n{number + 1}", kind=kind) for number in range(length)]
    return attrs.evolve(article, arguments=[*chain, last])


def steps(work: Callable[[], object]) -> int:
    """Count the calls, including those of compiled functions and each step of a generator."""
    counted = 0

    def count(frame: object, event: str, argument: object) -> None:
        nonlocal counted
        counted += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(before)
    return counted


def is_linear_in_number(work: Callable[[int], Callable[[], object]], number: int = 40) -> bool:
    """Whether the steps are roughly proportional to a number; preparing the work is not counted."""
    # The first call fills the caches.
    work(number)()
    few, some, many = (steps(work(times * number)) for times in (1, 2, 4))
    return many - some <= 2 * 1.2 * (some - few)


def is_linear(work: Callable[[Article], object], sizes: tuple[int, int, int] = (4, 8, 16)) -> bool:
    """Whether the steps grow roughly as fast from the second size to the third as from the first to the second."""
    articles = [grown(size) for size in sizes]
    # The first call fills the caches.
    work(articles[0])
    few, some, many = (steps(partial(work, article)) for article in articles)
    return (many - some) * (sizes[1] - sizes[0]) <= 1.2 * (some - few) * (sizes[2] - sizes[1])
