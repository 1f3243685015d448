"""Attaching an article to a reader's copy: every transferred span has the same words, and no other is transferred."""

from __future__ import annotations

import copy
import inspect
import pickle
import random
from collections.abc import Callable
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small import TEXT, place
from small import small as small_data
from transformed import Copy, transformed

from oped_dataset import Article, Span, dumps, loads, normalise, validate
from oped_dataset.codec.wire import from_data
from oped_dataset.errors import NotAttachable
from oped_dataset.model.records import Sentence, spans_of
from oped_dataset.testing import strategies
from oped_dataset.text.attachment import (
    APART,
    BEYOND,
    INSIDE_A_CHARACTER,
    OUTSIDE,
    UNKNOWN_BETWEEN,
    UNKNOWN_SHIFTS,
    AttachedArticle,
    AttachedParagraph,
    AttachedSentence,
    Coverage,
    LostSpan,
    Share,
    attach_path,
)
from oped_dataset.text.canonical import text_digest
from oped_dataset.text.fingerprints import fingerprint
from oped_dataset.text.search import (
    AMBIGUOUS,
    EDITED,
    NOT_FREE,
    SHORT,
)

# Each example is an article, a copy of it and all its spans.
MANY = settings(max_examples=25)
CHANCES = st.integers(0, 2**32).map(random.Random)
MARO, FERRY, WHERE, SHE, SO = (
    "Maro raised the toll on May 3.",
    "“The ferry lost 40 crowns,” the Gull cited Sel as saying.",
    "Where did it go?",
    "She leads the port.",
    "So the port may fall.",
)


def span(words: str) -> Span:
    return Span(**place(words))


@pytest.fixture
def article(small: dict[str, Any]) -> Article:
    return from_data(small)


@pytest.fixture
def textless(article: Article) -> Article:
    return without_text(article)


def without_text(article: Article) -> Article:
    return attrs.evolve(article, source=attrs.evolve(article.source, text=None))


def spans(article: Article) -> list[Span]:
    everything = [span for table in article.tables.values() for record in table for span in spans_of(record)]
    return [*everything, *(sentence.span for sentence in article.source.sentences)]


# Exact copies.


def test_an_exact_copy_keeps_every_offset(textless: Article) -> None:
    attached = textless.attach(TEXT)

    assert attached.exact
    assert [attached.locate(each) for each in spans(textless)] == spans(textless)
    assert repr(attached) == "<AttachedArticle small: exact copy>"


def test_an_exact_copy_is_found_whole(textless: Article) -> None:
    coverage = textless.attach(TEXT).coverage

    assert str(coverage).splitlines() == [
        "sentences: 5 of 5 (100.0%)",
        "paragraphs: 4 of 4 (100.0%)",
        "mentions: 5 of 5 (100.0%)",
        "times: 1 of 1 (100.0%)",
        "quantities: 1 of 1 (100.0%)",
        "quotations: 1 of 1 (100.0%)",
        "events: 2 of 2 (100.0%)",
        "relations: 1 of 1 (100.0%)",
        "claims: 7 of 7 (100.0%)",
    ]


def test_an_exact_copy_yields_the_article_with_its_text(article: Article, textless: Article) -> None:
    assert textless.attach(TEXT).to_article() == article


def test_a_span_beyond_the_text_is_lost(article: Article) -> None:
    attached = article.attach(TEXT)

    assert attached.locate(Span(0, len(TEXT) + 1)) is None
    assert BEYOND == "it ends beyond the text"


@pytest.mark.parametrize("more", [-1, 1])
def test_a_copy_is_exact_only_if_the_article_records_its_length(article: Article, more: int) -> None:
    other = attrs.evolve(article, source=attrs.evolve(article.source, length=len(TEXT) + more))

    assert not other.attach(TEXT).exact


def test_an_exact_copy_needs_no_known_normal_form(article: Article) -> None:
    foreign = attrs.evolve(article, source=attrs.evolve(article.source, canonicalisation="other-1"))

    assert foreign.attach(TEXT).exact


# Other copies.


@MANY
@given(strategies.articles(with_text=True), CHANCES, st.booleans())
def test_a_transferred_span_has_the_same_words(article: Article, chance: random.Random, known: bool) -> None:
    text = str(article.source.text)
    made = transformed(article, text, chance)
    attached = (article if known else without_text(article)).attach(made.text)

    for each in spans(article):
        found = attached.locate(each)
        assert found is None or normalise(attached.text[found.start : found.end]) == normalise(
            text[each.start : each.end]
        )


@MANY
@given(strategies.articles(with_text=True), CHANCES)
def test_a_transferred_span_is_at_its_own_place(article: Article, chance: random.Random) -> None:
    text = str(article.source.text)
    made = transformed(article, text, chance)
    attached = article.attach(made.text)

    for sentence in article.source.sentences:
        if occurs_once(text, sentence.span):
            for each in [one for one in spans(article) if sentence.span.contains(one)]:
                assert_own_place(made, each, attached.locate(each))


def assert_own_place(made: Copy, source: Span, found: Span | None) -> None:
    origins = set(made.origin[found.start : found.end]) if found is not None else set()

    assert all(origin is not None and source.covers(origin) for origin in origins)


def occurs_once(text: str, sentence: Span) -> bool:
    return normalise(text).count(normalise(text[sentence.start : sentence.end])) == 1


@MANY
@given(strategies.articles(with_text=True), CHANCES)
def test_every_unchanged_sentence_is_found(article: Article, chance: random.Random) -> None:
    article = without_text(fingerprint(article, text := str(article.source.text)))
    made = transformed(article, text, chance)

    lost = [each.sentence.span for each in article.attach(made.text).sentences if each.span is None]

    long = [each for each in lost if len(normalise(text[each.start : each.end])) >= SHORT]
    assert [each for each in long if occurs_once(text, each) and each not in made.touched] == []


@MANY
@given(strategies.articles(with_text=True), CHANCES)
def test_the_article_of_a_copy_is_valid(article: Article, chance: random.Random) -> None:
    made = transformed(article, str(article.source.text), chance)

    moved = article.attach(made.text).to_article()

    assert validate(moved).problems == ()
    assert loads(dumps(moved)) == moved
    assert moved.attach(made.text).exact


@MANY
@given(strategies.articles(with_text=True), CHANCES)
def test_attaching_back_yields_the_same_spans(article: Article, chance: random.Random) -> None:
    text = str(article.source.text)
    made = transformed(article, text, chance, edits=0, omissions=0, shuffle=False)

    moved = article.attach(made.text).to_article().attach(text).to_article()

    assert set(spans(moved)) <= set(spans(article))


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.translate({0x201C: '"', 0x201D: '"'}),
        lambda text: " ".join(text.split()),
        lambda text: f"Home\nAbout\n{text}\nFollow us",
        lambda text: text.replace("\n\n", "\n\nFollow us\n\n"),
        lambda text: f"The Toll | The Gull\n\n{text}",
        lambda text: text.replace("the toll on", "the to-\nll on"),
        lambda text: f"\ufeff{text}",
        lambda text: text.replace("port", "po\u00adrt"),
        lambda text: text.replace(" ", "\u00a0"),
        lambda text: f"{TEXT[100:]}{TEXT[:100]}",
        lambda text: text.replace("3. “", "3.“"),
        lambda text: text + text,
    ],
)
def test_nothing_is_lost_in_a_copy_with_other_typography_or_page_matter(
    textless: Article, change: Callable[[str], str]
) -> None:
    attached = textless.attach(change(TEXT))

    assert not attached.exact
    assert attached.lost == ()
    assert attached.coverage.sentences.share == attached.coverage.paragraphs.share == 1


@pytest.mark.parametrize(
    ("source", "copied"),
    [
        ("a toll—no, a tax", "a toll--no, a tax"),
        ("a toll—no, a tax", "a toll — no, a tax"),
        ("a toll – no, a tax", "a toll -- no, a tax"),
        ("a toll – no, a tax", "a toll--no, a tax"),
        ("a well-kept old toll", "a well-\nkept old toll"),
        ("a toll… no, a tax", "a toll... no, a tax"),
    ],
)
def test_a_sentence_typed_differently_is_found(article: Article, source: str, copied: str) -> None:
    text = f"They say it is {source}."
    typed = with_sentences(article, text, [text])

    attached = typed.attach(f"Home\nThey say it is {copied}.\n")

    assert attached.text_of(Span(15, len(text) - 1)) == copied


def with_sentences(article: Article, text: str, sentences: list[str]) -> Article:
    """Make an article of this text that contains only its sentences, without the text."""
    found: list[Span] = []
    for words in sentences:
        start = text.index(words, found[-1].end if found else 0)
        found.append(Span(start, start + len(words)))
    empty: dict[str, Any] = dict.fromkeys(article.tables, ())
    blank = tuple(Sentence(span=each, digest="0" * 16, no_claim="a test") for each in found)
    source = attrs.evolve(article.source, text=None, length=len(text), sha256=text_digest(text), sentences=blank)
    return fingerprint(attrs.evolve(article, source=source, headings=(), **empty), text)


# Lost spans and their reasons.


def test_an_edited_sentence_is_lost_with_all_its_spans(textless: Article) -> None:
    attached = textless.attach(TEXT.replace("raised", "lowered"))

    assert [each.reason for each in attached.sentences] == [EDITED, None, None, None, None]
    assert {(each.record, each.reason) for each in attached.lost} == {
        ("m-maro", EDITED),
        ("t-may", EDITED),
        ("e-rise", EDITED),
        ("c-rise", EDITED),
    }
    assert repr(attached) == "<AttachedArticle small: sentences found: 4 of 5 (80.0%)>"


def test_an_edit_is_narrowed_down_to_a_paragraph(textless: Article) -> None:
    text = TEXT.replace("raised", "lowered").replace("Who Pays?\n", "")

    assert [each.state for each in textless.attach(text).paragraphs] == ["intact", "changed", "missing", "intact"]


def test_words_inserted_between_sentences_change_a_paragraph(textless: Article) -> None:
    attached = textless.attach(TEXT.replace("go? She", "go? Really. She"))

    assert [each.state for each in attached.paragraphs] == ["intact", "intact", "intact", "changed"]
    assert attached.coverage.sentences.share == 1


@pytest.mark.parametrize("digest", ["0" * 16, "f" * 16])
def test_a_paragraph_with_a_different_digest_is_changed(textless: Article, digest: str) -> None:
    paragraphs = tuple(attrs.evolve(each, digest=digest) for each in textless.source.paragraphs)
    other = attrs.evolve(textless, source=attrs.evolve(textless.source, paragraphs=paragraphs))

    assert [each.state for each in other.attach(f"Home\n{TEXT}").paragraphs] == ["changed"] * 4


def test_a_span_outside_every_sentence_is_lost(textless: Article) -> None:
    attached = textless.attach(TEXT.upper() + TEXT)

    assert attached._carrier.carry(Span(8, 9)) == (None, OUTSIDE)
    assert attached._carrier.carry(Span(8, 20)) == (None, OUTSIDE)


def test_a_span_over_two_sentences_is_transferred(textless: Article) -> None:
    attached = textless.attach(TEXT.replace(" ", "  "))

    assert attached.text_of(Span(span(MARO).start, span(FERRY).end)) == f"{MARO} {FERRY}".replace(" ", "  ")


def test_a_span_over_separated_sentences_is_lost(textless: Article) -> None:
    attached = textless.attach(TEXT.replace("3. “", "3.\nAdvertisement\n“"))

    assert attached._carrier.carry(Span(span(MARO).start, span(FERRY).end)) == (None, APART)


def test_a_span_over_a_lost_sentence_is_lost(textless: Article) -> None:
    attached = textless.attach(TEXT.replace("raised", "lowered"))

    assert attached._carrier.carry(Span(span(MARO).start, span(FERRY).end)) == (None, EDITED)


def test_a_span_over_words_outside_sentences_is_lost(article: Article) -> None:
    text = f"{MARO} * {FERRY}\n"
    marked = with_sentences(article, text, [MARO, FERRY])
    attached = marked.attach(f"{MARO} {FERRY}")

    assert attached._carrier.carry(Span(0, len(text) - 1)) == (None, UNKNOWN_BETWEEN)


@pytest.mark.parametrize(("between", "reason"), [(" ", None), (" * ", UNKNOWN_BETWEEN)])
def test_words_between_sentences_are_checked_where_the_text_is_known(
    article: Article, between: str, reason: str | None
) -> None:
    text = f"{MARO}{between}{FERRY}"
    marked = with_sentences(article, text, [MARO, FERRY])
    known = attrs.evolve(marked, source=attrs.evolve(marked.source, text=text, paragraphs=()))

    assert known.attach(f"{MARO}\n{FERRY}")._carrier.carry(Span(0, len(text)))[1] == reason


def test_sentences_without_a_space_between_them_are_transferred(article: Article) -> None:
    glued = with_sentences(article, f"{SHE}{SO}", [SHE, SO])
    attached = glued.attach(f"Home\n{SHE}{SO}\n")

    assert attached.text_of(Span(0, len(SHE + SO))) == SHE + SO
    assert [each.state for each in attached.paragraphs] == ["intact"]


def test_a_span_that_splits_a_ligature_is_lost(article: Article) -> None:
    text = "They ﬁned the ferry and all its crew."
    attached = with_sentences(article, text, [text]).attach(f"{text}\n")

    assert attached._carrier.carry(Span(5, 6)) == (Span(5, 6), None)
    assert with_sentences(article, text.replace("ﬁ", "fi"), [text.replace("ﬁ", "fi")]).attach(text)._carrier.carry(
        Span(5, 6)
    ) == (None, INSIDE_A_CHARACTER)


def test_a_span_over_two_sentences_that_splits_a_ligature_is_lost(article: Article) -> None:
    text = f"{MARO} They fined the ferry and all its crew. {SHE}"
    marked = with_sentences(article, text, [MARO, "They fined the ferry and all its crew.", SHE])
    attached = marked.attach(text.replace("fi", "ﬁ"))

    assert attached._carrier.carry(Span(0, text.index("fined") + 1)) == (None, INSIDE_A_CHARACTER)
    assert attached._carrier.carry(Span(text.index("ined"), len(text))) == (None, INSIDE_A_CHARACTER)


def test_without_shifts_only_whole_sentences_are_transferred(textless: Article) -> None:
    sentences = tuple(attrs.evolve(each, shifts=None) for each in textless.source.sentences)
    unknown = attrs.evolve(textless, source=attrs.evolve(textless.source, sentences=sentences))
    attached = unknown.attach(TEXT.replace("“", '"'))

    assert attached.text_of(span(MARO)) == MARO
    assert attached._carrier.carry(span("Maro")) == (None, UNKNOWN_SHIFTS)


def test_equal_sentences_are_distinguished_by_their_neighbours(article: Article) -> None:
    text = f"{MARO} {SO} {FERRY} {SO} {SHE}"
    twice = with_sentences(article, text, [MARO, SO, FERRY, SO, SHE])

    attached = twice.attach(f"{FERRY} {SO} {SHE}\n")

    assert [each.span is not None for each in attached.sentences] == [False, False, True, True, True]


def test_equal_sentences_without_distinguishing_neighbours_are_lost(article: Article) -> None:
    text = f"{MARO} {SO} {FERRY} {SO} {SHE}"
    twice = with_sentences(article, text, [MARO, SO, FERRY, SO, SHE])

    assert [each.reason for each in twice.attach(f"Home\n{SO}\n").sentences][1::2] == [AMBIGUOUS] * 2


def test_a_name_inside_an_edited_sentence_is_not_mistaken_for_the_byline(article: Article) -> None:
    text = f"By Ines Roe\n\n{MARO} It is said that she spoke of a toll by Ines Roe. {SHE}"
    bylined = with_sentences(article, text, ["By Ines Roe", MARO, SHE])

    attached = bylined.attach(f"{MARO} They spoke of a toll, one By Ines Roe, and left. {SHE}")

    assert [each.reason for each in attached.sentences] == [NOT_FREE, None, None]


@pytest.mark.parametrize("copied", ["{}\n\n{}", "{} {}", "Home\n{}\nShare\n{}", "He left. {}\n{}", "From {}\n> {}"])
def test_a_byline_between_borders_is_found(article: Article, copied: str) -> None:
    bylined = with_sentences(article, f"By Ines Roe\n\n{MARO}", ["By Ines Roe", MARO])

    attached = bylined.attach(copied.format("By Ines Roe", MARO.replace("3.", "3.\u200b")))

    assert [each.reason for each in attached.sentences] == [None, None]


@pytest.mark.parametrize("name", ["nfkc-1", "other-1"])
def test_a_digest_of_an_unknown_normal_form_is_not_searched_for(article: Article, name: str) -> None:
    foreign = attrs.evolve(article, source=attrs.evolve(article.source, canonicalisation=name))

    with pytest.raises(NotAttachable) as caught:
        foreign.attach("The Toll")

    assert str(caught.value) == (
        f"the digests of 'small' use the normal form {name!r}, but this package knows only 'oped-1'; "
        "attach an exact copy"
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (b"The Toll", "the copy must be str, not bytes; for a file, use attach_path"),
        (" \n", "the copy is blank"),
    ],
)
def test_bytes_and_blank_text_are_rejected(article: Article, text: Any, message: str) -> None:
    with pytest.raises(NotAttachable) as caught:
        article.attach(text)

    assert str(caught.value) == message


@pytest.mark.parametrize("text", ["王", "\u00ad", "ﬁ" * 300, "a. " * 2000])
def test_an_unrelated_text_yields_no_records(textless: Article, text: str) -> None:
    attached = textless.attach(text)

    assert attached.coverage.sentences.found == 0
    assert attached.to_article().claims.ids == ()


def test_an_article_without_sentences_can_only_be_attached_exactly(textless: Article) -> None:
    bare = attrs.evolve(textless, headings=(), source=attrs.evolve(textless.source, sentences=(), paragraphs=()))

    assert bare.attach(TEXT).exact
    assert bare.attach(TEXT + " ").locate(span("Maro")) is None


# Queries.


def test_the_words_of_a_record(textless: Article) -> None:
    attached = textless.attach(TEXT.replace(" ", "  "))

    assert attached.text_of(textless.mentions["m-maro"]) == "Maro"
    assert attached.text_of(textless.claims["c-fall"]) == "the  port  may  fall"
    assert attached.text_of(textless.entities["maro"]) is None


def test_the_words_of_evidence_in_pieces(textless: Article) -> None:
    claim = attrs.evolve(textless.claims["c-fall"], evidence=(span("Maro raised"), span("may fall")))

    assert textless.attach(TEXT).text_of(claim) == "Maro raised … may fall"
    assert textless.attach(TEXT.replace("raised", "rose")).text_of(claim) is None


def test_an_attached_article_can_be_compared_copied_and_pickled(textless: Article) -> None:
    attached = textless.attach(TEXT.replace("“", '"'))

    for twin in (pickle.loads(pickle.dumps(attached)), copy.deepcopy(attached)):
        assert twin == attached
        assert twin.locate(span("Maro")) == attached.locate(span("Maro"))


def test_the_share_of_nothing_is_not_available() -> None:
    assert (Share(0, 0).share, str(Share(0, 0))) == (None, "0 of 0 (n/a)")


@pytest.mark.parametrize("kind", [AttachedArticle, AttachedParagraph, AttachedSentence, Coverage, LostSpan])
def test_results_take_keyword_arguments_only(kind: type[Any]) -> None:
    parameters = inspect.signature(kind).parameters.values()

    assert {parameter.kind for parameter in parameters} == {inspect.Parameter.KEYWORD_ONLY}


@pytest.mark.parametrize("function", [AttachedArticle.to_article, attach_path])
def test_options_are_keyword_only(function: Callable[..., Any]) -> None:
    options = [each for each in inspect.signature(function).parameters.values() if each.default is not each.empty]

    assert {option.kind for option in options} == {inspect.Parameter.KEYWORD_ONLY}


# The article in the copy's offsets.


def test_the_article_of_a_copy_has_its_offsets(textless: Article) -> None:
    text = f"Home\n{TEXT.replace('“', chr(34))}"
    moved = textless.attach(text).to_article()

    assert moved.source.text == text
    assert [text[each.span.start : each.span.end] for each in moved.mentions] == ["Maro", "Gull", "Sel", "She", "port"]
    assert moved.headings[0].span == Span(5, 13)
    assert [len(moved.tables[name]) for name in moved.tables] == [len(textless.tables[name]) for name in moved.tables]


def test_the_article_of_a_copy_can_omit_the_text(textless: Article) -> None:
    moved = textless.attach(f"Home\n{TEXT}").to_article(with_text=False)

    assert moved.source.text is None
    assert validate(moved).ok


def test_records_carried_only_by_a_lost_claim_are_left_out(textless: Article) -> None:
    moved = textless.attach(TEXT.replace("cited", "quoted")).to_article()

    assert "c-loss" not in moved.claims
    assert not moved.quantities
    assert not moved.quotations
    assert moved.arguments.ids == ()


def test_a_claim_that_lost_a_quantity_is_kept_without_it(small: dict[str, Any]) -> None:
    small["claims"][0]["quantities"] = ["q-loss"]
    del small["claims"][1], small["quotations"][0]
    small["arguments"] = []
    small["source"]["sentences"][1]["no_claim"] = "a test"
    moved = without_text(from_data(small)).attach(TEXT.replace("lost", "had")).to_article()

    assert moved.claims["c-rise"].quantities == ()
    assert validate(moved).ok


def test_a_sentence_without_its_claims_records_the_reason(small: dict[str, Any]) -> None:
    small["claims"][0]["evidence"].append(place("She leads"))
    moved = without_text(from_data(small)).attach(TEXT.replace("She", "They")).to_article()

    assert moved.source.sentences[0].no_claim == (
        "every claim with evidence here also has evidence in words that this text lacks"
    )
    assert validate(moved).ok


def test_a_time_without_its_anchor_is_left_out(small: dict[str, Any]) -> None:
    late = {"id": "t-late", "span": place("40 crowns"), "kind": "date", "value": None, "anchor": "t-may"}
    small["times"] += [late, late | {"id": "t-later", "span": place("saying"), "anchor": "t-late"}]

    moved = without_text(from_data(small)).attach(TEXT.replace("raised", "lowered")).to_article()

    assert moved.times.ids == ()


def test_errata_of_absent_records_are_left_out(small: dict[str, Any]) -> None:
    fixed = {"data_version": "1.0.0", "change": "corrected", "note": "It was read wrongly."}
    small["errata"] += [fixed | {"record": "c-rise"}, fixed | {"record": "c-fall"}]

    moved = without_text(from_data(small)).attach(TEXT.replace("raised", "lowered")).to_article()

    assert [each.record for each in moved.errata] == ["old-claim", "c-fall"]


def test_evidence_follows_the_order_of_paragraphs_in_the_copy() -> None:
    small = small_data()
    small["claims"][3]["evidence"] = [place("Maro raised"), place("the port may fall")]

    moved = without_text(from_data(small)).attach(f"{TEXT[100:]}{TEXT[:100]}").to_article()

    assert [moved.attach(str(moved.source.text)).text_of(each) for each in moved.claims["c-fall"].evidence] == [
        "the port may fall",
        "Maro raised",
    ]
    assert validate(moved).ok


# In the last case, line breaks separate the sentences, so that the offsets of one do not fit another.
@pytest.mark.parametrize(
    "words",
    ["did it go? She leads the port. So the port", "go? She leads", "as saying.\n\nWho Pays?\n\nWhere did it"],
)
def test_a_span_over_several_sentences_keeps_its_words(article: Article, words: str) -> None:
    # Another sentence is edited, so that the copy is not exact.
    reader = TEXT.replace("Maro raised", "Maro has now raised").replace(SHE, "\n  She leads\nthe port.")

    found = article.attach(reader).locate(span(words))

    assert found is not None
    assert normalise(reader[found.start : found.end]) == normalise(words)


def test_whole_sentences_are_transferred_together_without_shifts(textless: Article) -> None:
    sentences = tuple(attrs.evolve(each, shifts=None) for each in textless.source.sentences)
    unknown = attrs.evolve(textless, source=attrs.evolve(textless.source, sentences=sentences))
    attached = unknown.attach(TEXT.replace(" ", "  "))

    assert attached.text_of(span(f"{WHERE} {SHE} {SO}")) == f"{WHERE} {SHE} {SO}".replace(" ", "  ")


def test_a_span_of_one_character_is_found(textless: Article) -> None:
    attached = textless.attach(f"x {TEXT}")

    start = TEXT.index(MARO)
    found = [attached.locate(Span(at, at + 1)) for at in (start, start + len(MARO) - 1)]
    assert found == [Span(start + 2, start + 3), Span(start + len(MARO) + 1, start + len(MARO) + 2)]


def test_a_span_up_to_the_end_of_an_exact_copy_is_found(textless: Article) -> None:
    attached = textless.attach(TEXT)

    assert attached.locate(Span(0, len(TEXT))) == Span(0, len(TEXT))
    assert attached.locate(Span(0, len(TEXT) + 1)) is None


@pytest.fixture
def long(article: Article) -> tuple[Article, str]:
    """Return an article of 300 sentences, and its text."""
    sentences = [f"In the year {1600 + number} they fi\u00adned the ferry." for number in range(300)]
    text = "".join(sentences)
    return with_sentences(article, text, sentences), text


def test_a_character_without_a_normalised_form_is_lost_in_any_sentence(long: tuple[Article, str]) -> None:
    article, text = long
    last = text.rindex("\u00ad")

    assert article.attach(f"Home\n{text}")._carrier.carry(Span(last, last + 1)) == (None, INSIDE_A_CHARACTER)


def test_sentences_without_a_space_between_them_are_one_paragraph_in_a_long_text(long: tuple[Article, str]) -> None:
    article, text = long
    attached = article.attach(f"Home\n{text}")

    assert [each.state for each in attached.paragraphs] == ["intact"]
    assert attached.locate(Span(0, len(text))) == Span(5, len(text) + 5)


def test_sentences_that_touch_need_no_paragraph_between_them(long: tuple[Article, str]) -> None:
    article, text = long
    bare = attrs.evolve(article, source=attrs.evolve(article.source, paragraphs=()))

    assert bare.attach(f"Home\n{text}").locate(Span(0, len(text))) == Span(5, len(text) + 5)


def test_a_paragraph_reaches_from_its_first_sentence_to_its_last(textless: Article) -> None:
    paragraphs = fingerprint(textless, TEXT).attach(f"x {TEXT}").paragraphs

    wanted = Span(span(WHERE).start + 2, span(SO).end + 2)
    assert wanted in [paragraph.span for paragraph in paragraphs]
