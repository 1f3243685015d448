"""The bundled article: valid, canonical, complete; and, for those who have the text, exact."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from importlib.resources import files
from itertools import chain
from pathlib import Path

import pytest

import oped_dataset
from oped_dataset import Article, Span, dumps, loads, names, sentence_digest, validate
from oped_dataset import vocabulary as v
from oped_dataset.loading import manifest_entry
from oped_dataset.model import spans_of

NAME = "retired-officials-2019"
SHA256 = "550446cba7934b15490a3f5bb680a4b21489daa7e844d828e4cb8fe6f0614d12"
LENGTH = 12_743
DATA = files("oped_dataset").joinpath("data")
ROOT = Path(__file__).parent.parent

PRONOUNS = {
    *("i", "me", "my", "we", "us", "our", "he", "him", "his", "she", "her", "it", "its", "they", "them", "their"),
    *("himself", "herself", "itself", "themselves", "who", "whom", "whose", "which", "that", "both", "one", "those"),
    *("anyone", "someone"),
}
MOST_WORDS = 8
"""A run of more of the author's own words than this stands nowhere."""


def test_it_is_the_article_of_the_readme(bundled: Article) -> None:
    assert bundled.id == NAME
    assert bundled.title == "Retired Officials Are Sabotaging Xi’s Foreign Policy to Prolong Communist Party Rule"
    assert [bundled.entities[author].name for author in bundled.authors] == ["Wang Youqun"]
    assert [bundled.entities[person].name for person in bundled.contributors] == ["Leo Timm"]
    assert "Epoch Times" in bundled.entities[bundled.publisher].name
    assert (str(bundled.published), str(bundled.updated)) == ("2019-07-13", "2019-07-31")
    assert (bundled.source.sha256, bundled.source.length) == (SHA256, LENGTH)
    assert bundled.licence == "CC-BY-4.0"


def test_it_does_not_hold_the_text(bundled: Article) -> None:
    assert bundled.source.text is None


def test_every_bundled_article_is_valid() -> None:
    assert NAME in names()
    assert [validate(DATA.joinpath(f"{name}.json").read_bytes()).problems for name in names()] == [()] * len(names())


def test_every_bundled_file_is_canonical() -> None:
    for name in names():
        content = DATA.joinpath(f"{name}.json").read_bytes()
        assert dumps(loads(content)) == content


def test_the_manifest_says_what_is_there(bundled: Article) -> None:
    manifest = json.loads(DATA.joinpath("manifest.json").read_bytes())
    content = DATA.joinpath(f"{NAME}.json").read_bytes()

    assert manifest["articles"][NAME] == manifest_entry(bundled, content)


@pytest.mark.parametrize(
    ("table", "least", "most"),
    [
        ("entities", 70, 150),
        ("mentions", 300, 650),
        ("times", 40, 80),
        ("quantities", 12, 30),
        ("quotations", 12, 12),
        ("events", 80, 200),
        ("relations", 50, 120),
        ("claims", 180, 400),
        ("arguments", 100, 500),
    ],
)
def test_no_layer_is_missing(bundled: Article, table: str, least: int, most: int) -> None:
    assert least <= len(bundled.tables[table]) <= most


def test_no_gist_reads_as_a_statement_of_ours(bundled: Article) -> None:
    assert [claim.id for claim in bundled.claims if not claim.gist.startswith("that ")] == []
    assert [record.id for record in (*bundled.claims, *bundled.events) if record.gist.endswith(".")] == []


def test_chains_go_four_voices_deep(bundled: Article) -> None:
    deepest = max(bundled.claims, key=lambda claim: len(claim.voices))

    assert len(deepest.voices) >= 4


def test_namesakes_are_not_confused(bundled: Article) -> None:
    people = {entity.name for entity in bundled.entities.where(kind=v.EntityKind.PERSON)}

    assert len({name for name in people if name.startswith("Zeng ")}) >= 2
    assert {"He Qinglian", "Zeng Qinghong", "Xi Jinping", "Liu He"} <= people


def test_every_event_is_told_by_somebody(bundled: Article) -> None:
    untold = [event.id for event in bundled.events if not bundled.claims_for(event.id)]

    assert untold == []


# With the text.


def test_the_text_is_the_one_annotated(article_text: str) -> None:
    assert hashlib.sha256(article_text.encode()).hexdigest() == SHA256
    assert len(article_text) == LENGTH


def test_the_sentence_digests_are_those_of_the_text(bundled: Article, article_text: str) -> None:
    wrong = [s.span for s in bundled.source.sentences if sentence_digest(_at(article_text, s.span)) != s.digest]

    assert wrong == []


def test_quotations_and_headings_stand_where_they_are_said_to(bundled: Article, article_text: str) -> None:
    quoted = [*bundled.quotations, *bundled.headings]

    assert [place.span for place in quoted if _at(article_text, place.span) != place.text] == []


def test_every_pair_of_quotation_marks_is_a_quotation(bundled: Article, article_text: str) -> None:
    pairs = [Span(match.start() + 1, match.end() - 1) for match in re.finditer("“[^”]*”", article_text)]

    assert sorted(quotation.span for quotation in bundled.quotations) == pairs


def test_no_span_begins_or_ends_with_white_space(bundled: Article, article_text: str) -> None:
    loose = [
        (record.id, span)
        for record in chain.from_iterable(bundled.tables.values())
        for span in spans_of(record)
        if _at(article_text, span) != _at(article_text, span).strip()
    ]

    assert loose == []


def test_spans_begin_and_end_between_words(bundled: Article, article_text: str) -> None:
    cut = [
        (record.id, _at(article_text, record.span))
        for record in (*bundled.mentions, *bundled.times, *bundled.quantities)
        if _cuts_a_word(article_text, record.span)
    ]

    assert cut == []


def test_a_name_is_made_of_the_words_of_the_entity(bundled: Article, article_text: str) -> None:
    strange = [
        (mention.id, _at(article_text, mention.span))
        for mention in bundled.mentions.where(form=v.MentionForm.NAME, metonym=False)
        if not _words(_at(article_text, mention.span)) & _name_words(bundled, mention.entity)
    ]

    assert strange == []


def test_a_pronoun_is_a_pronoun(bundled: Article, article_text: str) -> None:
    pronouns = bundled.mentions.where(form=v.MentionForm.PRONOUN)
    found = {_at(article_text, mention.span).lower() for mention in pronouns}

    assert found - PRONOUNS == set()


def test_a_quantity_has_a_digit_or_a_number_word(bundled: Article, article_text: str) -> None:
    numbers = {
        "one",
        "two",
        "three",
        "four",
        "ten",
        "hundred",
        "thousand",
        "million",
        "billion",
        "dozen",
        "half",
        "both",
    }
    without = [
        _at(article_text, quantity.span)
        for quantity in bundled.quantities
        if not re.search(rf"\d|\b({'|'.join(numbers)})", _at(article_text, quantity.span).lower())
    ]

    assert without == []


def test_none_of_the_authors_own_prose_stands_anywhere(article_text: str) -> None:
    runs = set(_runs_of_prose(article_text))

    leaks = [str(path) for path in _published_files() if not runs.isdisjoint(_runs(_tokens(_read(path))))]

    assert len(runs) > 1000
    assert leaks == []


def _at(text: str, span: Span) -> str:
    return text[span.start : span.end]


def _cuts_a_word(text: str, span: Span) -> bool:
    return text[span.start - 1 : span.start + 1].isalnum() or text[span.end - 1 : span.end + 1].isalnum()


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.lower()))


def _name_words(article: Article, entity_id: str) -> set[str]:
    entity = article.entities[entity_id]
    return set().union(*(_words(name) for name in (entity.name, *entity.aliases)))


def _runs_of_prose(text: str) -> Iterator[tuple[str, ...]]:
    for line in text.split("\n"):
        if _is_heading(line):
            continue
        for part in re.split("“[^”]*”", line):
            yield from _runs(_tokens(part))


def _is_heading(line: str) -> bool:
    return len(line.split()) <= 16 and not line.rstrip().endswith((".", "?", "”"))


def _tokens(text: str) -> list[str]:
    return re.findall(r"[\w$%]+", text.lower().replace("’", "'").replace("'", ""))


def _runs(words: list[str]) -> Iterator[tuple[str, ...]]:
    return (tuple(words[index : index + MOST_WORDS + 1]) for index in range(len(words) - MOST_WORDS))


def _published_files() -> Iterator[Path]:
    for name in ("CHANGELOG.md", "README.md", "pyproject.toml"):
        yield ROOT / name
    for folder in (".ci", "LICENSES", "docs", "src", "tests", Path(oped_dataset.__file__).parent):
        yield from (path for path in (ROOT / folder).rglob("*") if path.is_file() and path.suffix != ".pyc")


def _read(path: Path) -> str:
    return path.read_bytes().decode("utf-8", "replace")
