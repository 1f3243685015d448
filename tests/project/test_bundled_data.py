"""The bundled articles are valid, canonical and complete, and their spans match the text.

The file of `harbour-toll` includes its text. That of `retired-officials-2019` is not redistributable; without a copy,
the tests that need it are skipped.
"""

from __future__ import annotations

import hashlib
import inspect
import json
import random
import re
import textwrap
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from importlib.resources import files
from itertools import chain
from pathlib import Path

import pytest

import oped_dataset
from oped_dataset import (
    Article,
    AttachedArticle,
    Span,
    Table,
    dumps,
    fingerprint,
    load,
    loads,
    names,
    normalise,
    sentence_digest,
    validate,
)
from oped_dataset.library import manifest_entry
from oped_dataset.model import vocabulary as v
from oped_dataset.model.records import spans_of
from oped_dataset.text.search import AMBIGUOUS

NAME = "retired-officials-2019"
TOLL = "harbour-toll"
SHA256 = "550446cba7934b15490a3f5bb680a4b21489daa7e844d828e4cb8fe6f0614d12"
LENGTH = 12_743
DATA = files("oped_dataset").joinpath("data")
EVERY = tuple(json.loads(DATA.joinpath("manifest.json").read_bytes())["articles"])
"""The names of all bundled articles, so that a new one is tested like these."""
ROOT = Path(__file__).parents[2]

PRONOUNS = {
    *("i", "me", "my", "we", "us", "our", "he", "him", "his", "she", "her", "it", "its", "they", "them", "their"),
    *("himself", "herself", "itself", "themselves", "who", "whom", "whose", "which", "that", "both", "one", "those"),
    *("anyone", "someone"),
}
MOST_WORDS = 8
"""The length of the longest permitted run of the author's own words."""


def test_it_is_the_article_of_the_readme(bundled: Article) -> None:
    assert bundled.id == NAME
    assert bundled.title == "Retired Officials Are Sabotaging Xi’s Foreign Policy to Prolong Communist Party Rule"
    assert [bundled.entities[author].name for author in bundled.authors] == ["Wang Youqun"]
    assert [bundled.entities[person].name for person in bundled.contributors] == ["Leo Timm"]
    assert "Epoch Times" in bundled.entities[bundled.publisher].name
    assert (str(bundled.published), str(bundled.updated)) == ("2019-07-13", "2019-07-31")
    assert (bundled.source.sha256, bundled.source.length) == (SHA256, LENGTH)
    assert bundled.licence == "CC-BY-4.0"


def test_it_does_not_include_the_text(bundled: Article) -> None:
    assert bundled.source.text is None


def test_every_bundled_article_is_valid() -> None:
    assert {NAME, TOLL} <= set(EVERY) <= set(names())
    assert [validate(DATA.joinpath(f"{name}.json").read_bytes()).problems for name in EVERY] == [()] * len(EVERY)


def test_every_bundled_file_is_canonical() -> None:
    for name in EVERY:
        content = DATA.joinpath(f"{name}.json").read_bytes()
        assert dumps(loads(content)) == content


@pytest.mark.parametrize("name", EVERY)
def test_the_manifest_describes_every_file(name: str) -> None:
    manifest = json.loads(DATA.joinpath("manifest.json").read_bytes())
    content = DATA.joinpath(f"{name}.json").read_bytes()

    assert manifest["articles"][name] == manifest_entry(load(name), hashlib.sha256(content).hexdigest())


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


@pytest.mark.parametrize("name", EVERY)
def test_no_gist_reads_as_a_statement_of_the_package(name: str) -> None:
    article = load(name)

    assert [claim.id for claim in article.claims if not claim.gist.startswith("that ")] == []
    assert [record.id for record in (*article.claims, *article.events) if record.gist.endswith(".")] == []


@pytest.mark.parametrize("name", [NAME, TOLL])
def test_some_chain_has_at_least_four_voices(name: str) -> None:
    deepest = max(load(name).claims, key=lambda claim: len(claim.voices))

    assert len(deepest.voices) >= 4


def test_namesakes_are_not_confused(bundled: Article) -> None:
    people = {entity.name for entity in bundled.entities.where(kind=v.EntityKind.PERSON)}

    assert len({name for name in people if name.startswith("Zeng ")}) >= 2
    assert {"He Qinglian", "Zeng Qinghong", "Xi Jinping", "Liu He"} <= people


@pytest.mark.parametrize("name", EVERY)
def test_every_event_is_carried_by_a_claim(name: str) -> None:
    article = load(name)
    unattributed = [event.id for event in article.events if not article.claims_for(event.id)]

    assert unattributed == []


def test_every_label_of_every_vocabulary_occurs() -> None:
    kinds = [kind for kind in vars(v).values() if inspect.isclass(kind) and issubclass(kind, v.Vocabulary)]
    listed = {(type(label), label) for kind in kinds for label in kind}
    used = {(type(label), label) for name in EVERY for label in _labels(load(name))}

    assert len(listed) > 100
    assert sorted(f"{kind.__name__}: {label}" for kind, label in listed - used) == []


def _labels(value: object) -> Iterator[v.Vocabulary]:
    """Yield every label in an article."""
    if isinstance(value, v.Vocabulary):
        yield value
    elif isinstance(value, Sequence | Table) and not isinstance(value, str):
        yield from chain.from_iterable(map(_labels, value))
    for field in getattr(type(value), "__attrs_attrs__", ()):
        yield from _labels(getattr(value, field.name))


# With the text.


@pytest.fixture(params=EVERY)
def annotated(request: pytest.FixtureRequest) -> Article:
    """Each bundled article in turn."""
    return load(request.param)


@pytest.fixture
def text(annotated: Article, request: pytest.FixtureRequest) -> str:
    """Its text, from its file or, for `retired-officials-2019`, from the copy of the tester."""
    if annotated.source.text is not None:
        return annotated.source.text
    if annotated.id != NAME:
        pytest.skip(f"the text of {annotated.id} is not redistributable")
    found: str = request.getfixturevalue("article_text")
    return found


def test_the_text_is_the_one_annotated(article_text: str) -> None:
    assert hashlib.sha256(article_text.encode()).hexdigest() == SHA256
    assert len(article_text) == LENGTH


def test_the_sentence_digests_are_those_of_the_text(annotated: Article, text: str) -> None:
    wrong = [s.span for s in annotated.source.sentences if sentence_digest(_at(text, s.span)) != s.digest]

    assert wrong == []


def test_quotations_and_headings_match_the_text_at_their_spans(annotated: Article, text: str) -> None:
    quoted = [*annotated.quotations, *annotated.headings]

    assert [place.span for place in quoted if _at(text, place.span) != place.text] == []


def test_every_pair_of_quotation_marks_is_a_quotation(annotated: Article, text: str) -> None:
    outer = [Span(match.start() + 1, match.end() - 1) for match in re.finditer("“[^”]*”", text)]
    inner = [Span(match.start() + 1, match.end() - 1) for match in re.finditer("‘[^‘’]*’", text)]
    nested = [span for span in inner if any(pair.contains(span) for pair in outer)]

    assert sorted(quotation.span for quotation in annotated.quotations) == sorted([*outer, *nested])
    assert sorted(quotation.span for quotation in annotated.quotations.where(kind=v.QuotationKind.NESTED)) == nested


def test_no_span_begins_or_ends_with_whitespace(annotated: Article, text: str) -> None:
    loose = [
        (record.id, span)
        for record in chain.from_iterable(annotated.tables.values())
        for span in spans_of(record)
        if _at(text, span) != _at(text, span).strip()
    ]

    assert loose == []


def test_spans_begin_and_end_between_words(annotated: Article, text: str) -> None:
    cut = [
        (record.id, _at(text, record.span))
        for record in (*annotated.mentions, *annotated.times, *annotated.quantities)
        if _cuts_a_word(text, record.span)
    ]

    assert cut == []


def test_a_mention_by_name_shares_a_word_with_the_names_of_its_entity(annotated: Article, text: str) -> None:
    strange = [
        (mention.id, _at(text, mention.span))
        for mention in annotated.mentions.where(form=v.MentionForm.NAME, metonym=False)
        if not _words(_at(text, mention.span)) & _name_words(annotated, mention.entity)
    ]

    assert strange == []


def test_mentions_by_pronoun_are_pronouns(annotated: Article, text: str) -> None:
    pronouns = annotated.mentions.where(form=v.MentionForm.PRONOUN)
    found = {_at(text, mention.span).lower() for mention in pronouns}

    assert found - PRONOUNS == set()


def test_a_quantity_has_a_digit_or_a_number_word(annotated: Article, text: str) -> None:
    numbers = ("one", "two", "three", "four", "ten", "hundred", "thousand", "million", "billion", "half", "both")
    without = [
        _at(text, quantity.span)
        for quantity in annotated.quantities
        if not re.search(rf"\d|\b({'|'.join(numbers)})", _at(text, quantity.span).lower())
    ]

    assert without == []


def test_the_authors_own_prose_is_not_published(article_text: str) -> None:
    runs = set(_runs_of_prose(article_text))

    leaks = [str(path) for path in _published_files() if not runs.isdisjoint(_runs(_tokens(_read(path))))]

    assert len(runs) > 1000
    assert leaks == []


# The article that includes its text.


@pytest.fixture
def toll() -> Article:
    """The article written for this package."""
    return load(TOLL)


def test_the_article_with_text_is_loaded_by_name(toll: Article) -> None:
    assert (toll.id, toll.licence, str(toll.published)) == (TOLL, "CC0-1.0", "2024-05-18")
    assert load().id == NAME


def test_its_text_contains_characters_that_mislead_offsets(toll: Article) -> None:
    text = toll.source.text or ""

    assert {"\N{NO-BREAK SPACE}", "\N{ZERO WIDTH JOINER}", "\N{VARIATION SELECTOR-16}"} <= set(text)
    assert any(ord(character) > 0xFFFF and character.isalpha() for character in text)
    assert any(unicodedata.bidirectional(character) == "R" for character in text)
    assert any(unicodedata.combining(character) for character in text)
    assert "\r" not in text


def test_names_in_any_script_are_mentions(toll: Article) -> None:
    text = toll.source.text or ""
    names_there = {_at(text, mention.span) for mention in toll.mentions.where(form=v.MentionForm.NAME)}

    assert {"Zoe\u0308 Brand", "\U0001d54bollWatch", "\u05d0\u05d5\u05e8"} <= names_there


def test_every_annotated_label_occurs_twice_in_the_article_with_text(toll: Article) -> None:
    used = Counter((type(label), label) for label in _labels(toll))
    kinds = {type(label) for label in _labels(toll)}

    assert len(kinds) == 16
    assert [f"{kind.__name__}: {label}" for kind in kinds for label in kind if used[kind, label] < 2] == []


def test_a_surname_that_is_a_pronoun_is_a_name(toll: Article) -> None:
    text = toll.source.text or ""
    found = {
        mention.form: mention.entity
        for mention in toll.mentions
        if _at(text, mention.span).lower() == "he"
        and "trained" in text[mention.span.start - 30 : mention.span.end + 30]
    }

    assert found == {v.MentionForm.NAME: "lydia-he", v.MentionForm.PRONOUN: "tobe-lund"}


def test_a_relayed_voice_stays_certain_when_the_author_doubts_it(toll: Article) -> None:
    doubted = [
        claim
        for claim in toll.claims
        if [voice.commitment for voice in claim.voices[:2]] == [v.Commitment.PROBABLY_NOT, v.Commitment.CERTAIN]
    ]

    assert "halm-courier" in {claim.voices[1].source for claim in doubted}


def test_a_relative_time_may_be_anchored_to_another_relative_time(toll: Article) -> None:
    chains = [time.id for time in toll.times if time.anchor in toll.times and toll.times[str(time.anchor)].anchor]

    assert len(chains) >= 3


def test_unnamed_implicit_and_unknown_sources_are_different_entities(toll: Article) -> None:
    unnamed = {entity.id for entity in toll.entities.where(named=False)}
    speakers = {voice.source for claim in toll.claims for voice in claim.voices}

    assert {"implicit-source", "unknown-source", "unnamed-officer", "clerk"} <= unnamed & speakers


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


# With the copyrighted text: degraded copies, in which the words of every span are compared with the source.


def test_it_has_the_fingerprints_for_attaching(bundled: Article) -> None:
    assert all(sentence.shifts is not None for sentence in bundled.source.sentences)
    assert bundled.source.paragraphs


def test_the_fingerprints_are_those_of_the_text(bundled: Article, article_text: str) -> None:
    assert fingerprint(bundled, article_text) == bundled


def _type_plainly(text: str) -> str:
    return text.translate({0x2018: "'", 0x2019: "'", 0x201C: '"', 0x201D: '"', 0xA0: " "}).replace("—", "--")


def _wrap(text: str) -> str:
    return "\f\n".join(textwrap.fill(line, 60) for line in text.split("\n"))


DEGRADED: dict[str, Callable[[str], str]] = {
    "straight quotation marks": _type_plainly,
    "collapsed whitespace": lambda text: " ".join(text.split()),
    "a web page as text": lambda text: "Home\nShare\n" + text.replace("\n\n", "\n\nFollow us | Share\n\n"),
    "a conversion from PDF": _wrap,
    "decomposed letters and Windows line ends": lambda text: unicodedata.normalize("NFD", text).replace("\n", "\r\n"),
    "twice the same": lambda text: text + text,
}


@pytest.mark.parametrize("way", DEGRADED)
def test_nothing_is_lost_in_a_degraded_copy(bundled: Article, article_text: str, way: str) -> None:
    attached = bundled.attach(DEGRADED[way](article_text))

    assert attached.coverage.sentences.share == 1
    assert attached.lost == ()
    assert _wrong(attached, article_text) == []
    assert validate(attached.to_article()).ok


def test_paragraphs_in_another_order_keep_their_spans(bundled: Article, article_text: str) -> None:
    paragraphs = [article_text[each.span.start : each.span.end] for each in bundled.source.paragraphs]
    random.Random(1).shuffle(paragraphs)

    attached = bundled.attach("\n\n".join(paragraphs))

    # Two short lines with the same words cannot be distinguished any more.
    assert {each.reason for each in attached.sentences} <= {None, AMBIGUOUS}
    assert attached.coverage.sentences.total - attached.coverage.sentences.found <= 2
    assert _wrong(attached, article_text) == []


def test_in_an_edited_paragraph_the_edited_sentences_are_lost(bundled: Article, article_text: str) -> None:
    edited = [each.span for each in bundled.source.sentences[10:12]]
    text = article_text
    for span in reversed(edited):
        middle = (span.start + span.end) // 2
        text = f"{text[:middle]} in other words {text[middle:]}"

    attached = bundled.attach(text)

    assert [each.sentence.span for each in attached.sentences if each.span is None] == edited
    assert all(any(span.overlaps(each.span) for span in edited) for each in attached.lost)
    assert _wrong(attached, article_text) == []


def _wrong(attached: AttachedArticle, source: str) -> list[Span]:
    """Find the spans whose words differ between the copy and the source, except for dashes and whitespace."""
    every = [span for table in attached.article.tables.values() for record in table for span in spans_of(record)]
    places = [(span, place) for span in every if (place := attached.locate(span)) is not None]
    return [
        span
        for span, place in places
        if _bare(attached.text[place.start : place.end]) != _bare(source[span.start : span.end])
    ]


def _bare(words: str) -> str:
    return re.sub(r"[-\s]", "", normalise(words))
