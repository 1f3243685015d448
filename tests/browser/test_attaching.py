"""Attaching an article to a copy in the page: the same spans and the same losses as in `attach`."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Any, TypeAlias

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from small import TEXT, small, text_of
from transformed import transformed

from oped_dataset import (
    Article,
    Heading,
    Sentence,
    Source,
    Span,
    fingerprint,
    load,
    loads,
)
from oped_dataset.codec import wire
from oped_dataset.model.records import spans_of
from oped_dataset.testing import strategies
from oped_dataset.text.attachment import AttachedArticle
from oped_dataset.text.canonical import sentence_digest, text_digest
from oped_dataset.text.search import TOO_MANY

pytestmark = pytest.mark.slow

if TYPE_CHECKING:
    from playwright.sync_api import Page

Transferred: TypeAlias = list[tuple[Span | None, str | None]]

TRANSFER = """([article, copy, spans]) => {
  const { transfer } = opedExplorer.attach(article, copy);
  return spans.map(transfer).map(({ place, reason }) => [place && [place.start, place.end], reason]);
}"""


def in_page(page: Page, article: Article, copy: str, spans: list[Span]) -> Transferred:
    asked = [{"start": span.start, "end": span.end} for span in spans]
    made: Any = page.evaluate(TRANSFER, [wire.to_data(article), copy, asked])
    return [(None if place is None else Span(*place), reason) for place, reason in made]


def in_package(attached: AttachedArticle, spans: list[Span]) -> Transferred:
    return [attached._carrier.carry(span) for span in spans]


def spans(article: Article) -> list[Span]:
    """The spans of all records, sentences and headings, and those from each sentence to the end of the next."""
    records = [span for table in article.tables.values() for record in table for span in spans_of(record)]
    sentences = [each.span for each in article.source.sentences]
    headings = [each.span for each in article.headings]
    return [*records, *sentences, *headings, *(Span(one.start, two.end) for one, two in pairwise(sentences))]


def without_text(article: Article) -> Article:
    return attrs.evolve(article, source=attrs.evolve(article.source, text=None))


def hyphenated(text: str, chance: random.Random, often: float = 0.2) -> str:
    """Divide words at the ends of lines, as a printed page does."""
    dividing = re.compile(r"(?<=\w\w)(?=\w\w)")
    return dividing.sub(
        lambda _: chance.choice(["-\n", "-\r\n", "\u00ad\n", "- "]) if chance.random() < often else "", text
    )


# Articles made for one case each.


def article_of(text: str, sentences: list[str], headings: tuple[str, ...] = ()) -> Article:
    """An article without its text and without records: only sentences and headings, in their order."""
    bare = loads(text_of(small()))
    found: list[Span] = []
    for words in sentences:
        start = text.index(words, found[-1].end if found else 0)
        found.append(Span(start, start + len(words)))
    blank = tuple(Sentence(span=each, digest="0" * 16, no_claim="a test") for each in found)
    source = Source(sha256=text_digest(text), length=len(text), sentences=blank)
    above = tuple(Heading(span=Span(text.index(each), text.index(each) + len(each)), text=each) for each in headings)
    empty: dict[str, Any] = dict.fromkeys(bare.tables, ())
    return fingerprint(attrs.evolve(bare, source=source, headings=above, **empty), text)


def every_span(length: int) -> list[Span]:
    return [Span(start, end) for end in range(1, length + 1) for start in range(end)]


UNFOLDING = article_of(
    "The ﬁrst ferry … left.\n\nIt\u00ad was full of \u00bd the crew. Nobody paid.",
    ["The ﬁrst ferry … left.", "It\u00ad was full of \u00bd the crew.", "Nobody paid."],
)
"""An article whose sentences contain a ligature, an ellipsis and an invisible character."""


@pytest.mark.parametrize(
    "copy",
    [
        "Home. The first ferry ... left. It was full of 1\u20442 the crew. Nobody paid. More.",
        "The ﬁrst ferry … left.\n\nIt was full of ½ the crew.\nRead on\nNobody paid.",
        "Nobody paid. The \ufb01rst ferry … left.",
        "The fi-\nrst ferry ... left. It was full of ½ the\u00ad crew.",
    ],
)
def test_each_span_is_transferred_as_by_the_package(functions: Page, copy: str) -> None:
    everything = every_span(UNFOLDING.source.length)

    assert in_page(functions, UNFOLDING, copy, everything) == in_package(UNFOLDING.attach(copy), everything)


def test_without_shifts_only_whole_sentences_are_transferred(functions: Page, article: Article) -> None:
    unknown = [attrs.evolve(sentence, shifts=None) for sentence in article.source.sentences]
    source = attrs.evolve(article.source, text=None, sentences=tuple(unknown))
    shiftless = attrs.evolve(article, source=source)
    whole, part = unknown[0].span, Span(unknown[0].span.start, unknown[0].span.start + 4)

    found = in_page(functions, shiftless, f"Home\n{TEXT}", [whole, part])
    assert found == in_package(shiftless.attach(f"Home\n{TEXT}"), [whole, part])
    assert found[0] == (Span(whole.start + 5, whole.end + 5), None)


# Other readings of a copy.

SAY, ONLY, COUNTED = (
    "They say—always—it is a well-kept old toll.",
    "The ferry – the only one – left the port.",
    "Nobody re-counted officials.",
)
TYPED_TEXT = f"{SAY} {ONLY} {COUNTED}"
TYPED = article_of(TYPED_TEXT, [SAY, ONLY, COUNTED])


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (lambda text: text.replace("officials", "offi-\ncials").replace("always", "al- ways"), 3),
        (lambda text: text.replace("well-kept", "well-\nkept").replace("re-counted", "re-\r\ncounted"), 3),
        (lambda text: text.replace("re-counted officials", "re-\ncounted offi-\ncials"), 3),
        (lambda text: text.replace("officials", "offi\u00ad\u200e\ncials").replace("always", "al\u00ad ways"), 3),
        (lambda text: text.replace("—", "--").replace("–", "--"), 3),
        (lambda text: text.replace("—", " -- ").replace(" – ", "---"), 3),
        (lambda text: text.replace("—", " - ").replace("the ", "the\n"), 3),
        (lambda text: text.replace("—", "--").replace("say", "sa-\ny"), 3),
        # A single hyphen without spaces is not read as a dash.
        (lambda text: text.replace(" – ", "-").replace("They", "Home\n--\nThey"), 2),
    ],
)
def test_divided_words_and_typed_dashes_are_found(functions: Page, change: Callable[[str], str], found: int) -> None:
    copy, everything = change(TYPED_TEXT), every_span(len(TYPED_TEXT))

    attached = TYPED.attach(copy)
    assert attached.coverage.sentences.found == found
    assert in_page(functions, TYPED, copy, everything) == in_package(attached, everything)


CHINESE = "税可能会在明年翻倍，海鸥报说这并不是真的。"
THAI = "ภาษีจะเพิ่มขึ้น ในปีหน้า แต่ไม่มีใครรู้"


@pytest.mark.parametrize(
    "copy", [f"{CHINESE[:9]}\n  {CHINESE[9:12]}\r\n{CHINESE[12:]}\n{THAI}", f"{CHINESE} {THAI[:4]}\n{THAI[4:]}"]
)
def test_a_line_may_end_inside_a_word_of_a_script_without_spaces(functions: Page, copy: str) -> None:
    article = article_of(f"{CHINESE} {THAI}", [CHINESE, THAI])
    everything = every_span(len(CHINESE) + len(THAI) + 1)

    attached = article.attach(copy)
    assert attached.coverage.sentences.found == 2
    assert in_page(functions, article, copy, everything) == in_package(attached, everything)


# Headings that are not sentences.

SHE, SO, ASK = (
    "She leads the port and all that lies in it.",
    "So it may fall before the year is out.",
    "Who pays for all this?",
)
HEADED = article_of(f"The Toll\n\n{SHE}\n\nWho Pays?\n\n{SO} {ASK}", [SHE, SO, ASK], ("The Toll", "Who Pays?"))


@pytest.mark.parametrize(
    ("copy", "found"),
    [
        (f"Home\nThe Toll\n{SHE}\nWho Pays?\n{SO} {ASK}\n", [True, True]),
        (f"Who Pays?\n{SO} {ASK}\nThe Toll\n{SHE}\n", [True, True]),
        (f"The Tax\n{SHE}\nWHO PAYS?\n{SO} {ASK}\n", [False, False]),
        (f"Pay The Toll now {SHE} And Who Pays? {SO} {ASK}", [False, False]),
        (f"The Toll\n{SHE}\nThe Toll\n{SO}\nThe Toll\n", [True, False]),
        (f"The Toll {SHE} Who Pays?{SO} {ASK}", [True, True]),
        (f"{SHE}\nWho\u00a0Pa\u00adys?\n{SO}\nThe To-\nll\n{ASK}", [True, True]),
    ],
)
def test_headings_are_found_as_by_the_package(functions: Page, copy: str, found: list[bool]) -> None:
    everything = every_span(HEADED.source.length)

    attached = HEADED.attach(copy)
    assert [attached.locate(heading.span) is not None for heading in HEADED.headings] == found
    assert in_page(functions, HEADED, copy, everything) == in_package(attached, everything)


# Repeated words, and words inside others.

NO, LONG = "No.", "Is that so, she asked? No. And the toll stays high for all who come by sea, she said."
TWICE = article_of(f"{SHE} {SO} {ASK} {SO} {NO}\n\n{LONG} {SO}", [SHE, SO, ASK, SO, NO, LONG, SO])


@pytest.mark.parametrize(
    "copy",
    [
        f"Home\n{SHE} {SO} {ASK} {SO} {NO}\n\n{LONG} {SO}",
        f"Home\n{SO}\nShare",
        f"{ASK} {SO} {NO}\n{SO}",
        f"{SO} {SO} {SO} {SO}",
        f"{LONG}\n{NO}\n{SHE} {SO} {LONG} {SO}",
        f"{LONG} Whether {NO} is No. or no",
        f"Is that so, she asked? No. Not so. {ASK} {SO} She says No. {SHE}{SO}",
    ],
)
def test_places_are_assigned_to_the_same_sentences(functions: Page, copy: str) -> None:
    everything = spans(TWICE)

    assert in_page(functions, TWICE, copy, everything) == in_package(TWICE.attach(copy), everything)


REFRAIN = "Hush now, little one, hush."
SONG = article_of(" ".join([REFRAIN] * 50), [REFRAIN] * 50)


@pytest.mark.parametrize("copy", [f"{REFRAIN}\n" * 50, f" {REFRAIN} Edited." * 40, f"Home\n{REFRAIN} {REFRAIN}\n" * 30])
def test_a_sentence_repeated_very_often_is_found_only_beside_others(functions: Page, copy: str) -> None:
    attached = SONG.attach(copy)
    assert in_page(functions, SONG, copy, spans(SONG)) == in_package(attached, spans(SONG))


def test_too_many_lengths_are_not_tried_everywhere(functions: Page) -> None:
    lengths = [2, *range(3, 2000)]
    ends = list(accumulate(lengths))
    digests = [sentence_digest("A."), *["0" * 16] * 1997]
    sentences = tuple(
        Sentence(span=Span(end - length, end), digest=digest, no_claim="a test", shifts=())
        for end, length, digest in zip(ends, lengths, digests, strict=True)
    )
    article = attrs.evolve(SONG, source=attrs.evolve(SONG.source, length=ends[-1], sentences=sentences, paragraphs=()))
    copy = "A. " * 500

    found = in_page(functions, article, copy, spans(article))
    assert found[1] == (None, TOO_MANY)
    assert found == in_package(article.attach(copy), spans(article))


# Whole articles.

DAMAGES: dict[str, Callable[[str], str]] = {
    "exact": lambda text: text,
    "surrounded": lambda text: f"Home | News\r\n{text}\r\nRead more",
    "divided": lambda text: hyphenated(text, random.Random(1), 0.01),
    "divided and typed": lambda text: hyphenated(text, random.Random(2), 0.01).replace("—", " -- ").replace("–", "-"),
    "hyphens at line ends": lambda text: text.replace("-", "-\n"),
    "one line": lambda text: " ".join(text.split()),
    "lines of print": lambda text: re.sub(r"(.{60,70}?) ", r"\1\n", text),
    "twice": lambda text: text + text,
    "in another order": lambda text: "\n\n".join(reversed(text.split("\n\n"))),
    "interrupted": lambda text: re.sub(r"\n\n", "\n\nFollow us\n\n", re.sub(r"\. ", ".\n3\n", text, count=9)),
    "edited": lambda text: text.replace(" toll ", " charge ").replace("Halm", "Holm"),
    "halved": lambda text: text[len(text) // 2 :],
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_bundled_article_is_attached_as_by_the_package(functions: Page, damage: str) -> None:
    whole = load("harbour-toll")
    article, copy = without_text(whole), DAMAGES[damage](str(whole.source.text))

    assert in_page(functions, article, copy, spans(article)) == in_package(article.attach(copy), spans(article))


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(strategies.articles(with_text=True), st.integers(0, 2**32).map(random.Random), st.sampled_from([0.0, 0.02]))
def test_any_article_is_attached_as_by_the_package(
    functions: Page, whole: Article, chance: random.Random, often: float
) -> None:
    text = str(whole.source.text)
    article = without_text(fingerprint(whole, text))
    copy = hyphenated(transformed(article, text, chance).text, chance, often)

    assert in_page(functions, article, copy, spans(article)) == in_package(article.attach(copy), spans(article))
