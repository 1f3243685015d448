"""The similarity of two records: places, words, triples, and functions of a caller."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small import small as small_data

from oped_dataset import Article, Claim, Span, score
from oped_dataset.codec.wire import from_data
from oped_dataset.errors import InvalidRecord
from oped_dataset.scoring.similarity import (
    joined,
    least_place,
    length,
    matrix_of,
    place_of,
    place_similarity,
    set_similarity,
    shared,
    trigrams,
)

PLACES = st.lists(
    st.tuples(st.integers(0, 30), st.integers(1, 10)).map(lambda at: Span(at[0], at[0] + at[1])), min_size=1, max_size=5
)


def characters(spans: Sequence[Span]) -> set[int]:
    return {offset for span in spans for offset in range(span.start, span.end)}


@given(PLACES, PLACES)
def test_places_are_sets_of_characters(one: list[Span], two: list[Span]) -> None:
    ours, theirs = characters(one), characters(two)

    assert length(place_of(one)) == len(ours)
    assert shared(place_of(one), place_of(two)) == len(ours & theirs)
    assert place_similarity(place_of(one), place_of(two)) == 2 * len(ours & theirs) / (len(ours) + len(theirs))


@given(PLACES)
def test_a_repeated_piece_counts_once(spans: list[Span]) -> None:
    assert place_of([*spans, spans[0]]) == place_of(spans)


@given(PLACES, PLACES, st.sampled_from(["start", "end"]))
def test_one_character_more_or_less_moves_a_similarity_by_no_more_than_its_share(
    one: list[Span], two: list[Span], border: str
) -> None:
    longest = max(one, key=lambda span: span.length)
    moved = attrs.evolve(longest, end=longest.end + 1) if border == "end" else longest
    moved = attrs.evolve(moved, start=max(0, moved.start - 1)) if border == "start" else moved
    others = [span for span in one if span is not longest]

    before = place_similarity(place_of(one), place_of(two))
    after = place_similarity(place_of([*others, moved]), place_of(two))

    assert abs(before - after) <= 2 / (length(place_of(one)) + length(place_of(two)))


def test_trigrams_ignore_case_and_punctuation() -> None:
    assert trigrams("A toll!") == {" a ", "a t", " to", "tol", "oll", "ll "}
    assert set_similarity(trigrams("The toll ROSE."), trigrams("the toll, rose")) == 1
    assert set_similarity(trigrams("zzz"), trigrams("the toll rose")) == 0
    assert set_similarity(frozenset(), frozenset()) == 0


def test_similarity_needs_both_place_and_content() -> None:
    assert joined(0.0, 1.0) == joined(1.0, 0.0) == 0
    assert joined(1.0, 1.0) == 1
    assert joined(0.1, 1.0) == pytest.approx(0.1**0.25)
    assert joined(least_place(0.5), 1.0) == pytest.approx(0.5)


# Functions of a caller.


@pytest.fixture
def gold() -> Article:
    return from_data(small_data())


def paraphrased(gold: Article, gist: str) -> Article:
    return attrs.evolve(gold, claims=[attrs.evolve(gold.claims[0], gist=gist)])


def test_an_embedding_model_finds_paraphrases(gold: Article) -> None:
    reason = "model2vec is missing; run: pip install --group scoring"
    model2vec = pytest.importorskip("model2vec", reason=reason)
    np, tokenizers = pytest.importorskip("numpy"), pytest.importorskip("tokenizers")
    words = {"maro": 0, "made": 1, "raised": 1, "toll": 2, "fee": 2, "higher": 3, "up": 3, "[UNK]": 4}
    tokenizer = tokenizers.Tokenizer(tokenizers.models.WordLevel({word: at for at, word in enumerate(words)}, "[UNK]"))
    tokenizer.pre_tokenizer = tokenizers.pre_tokenizers.Whitespace()
    tokenizer.normalizer = tokenizers.normalizers.Lowercase()
    vectors = np.array([np.eye(5)[meaning] if word != "[UNK]" else np.zeros(5) for word, meaning in words.items()])
    model = model2vec.StaticModel(vectors, tokenizer, normalize=True)
    calls: list[int] = []

    def similarity(predicted: Sequence[Claim], gold: Sequence[Claim]) -> Any:
        calls.append(len(predicted))
        ours, theirs = (model.encode([each.gist for each in side]) for side in (predicted, gold))
        return np.clip(ours @ theirs.T, 0, 1)

    predicted = paraphrased(gold, "Maro raised fee up")
    assert score(predicted, gold, layers=["claims"])["claims"].spans.matched == 0
    scores = score(predicted, gold, layers=["claims"], similarity=similarity)

    assert scores["claims"].pairs == (("c-rise", "c-rise"),)
    assert calls == [1]


def test_a_function_is_called_once_for_each_layer_with_gists(gold: Article) -> None:
    calls: list[tuple[str, int, int]] = []

    def similarity(predicted: Sequence[Any], gold: Sequence[Any]) -> list[list[float]]:
        calls.append((type(predicted[0]).__name__, len(predicted), len(gold)))
        return [[float(one.id == two.id) for two in gold] for one in predicted]

    score(gold, gold, similarity=similarity)

    assert calls == [("Event", 2, 2), ("Claim", 4, 4)]


def test_a_similarity_of_zero_pairs_nothing(gold: Article) -> None:
    scores = score(gold, gold, similarity=lambda ours, theirs: [[0.0] * len(theirs)] * len(ours))

    assert (scores["claims"].spans.f1, scores["events"].spans.f1, scores["times"].spans.f1) == (0, 0, 1)


def test_a_cosine_just_above_one_is_one(gold: Article) -> None:
    assert matrix_of(lambda ours, theirs: [[1.0000001, -0.0000001]], gold.claims[:1], gold.claims[:2]) == [[1.0, 0.0]]


@pytest.mark.parametrize(
    ("returned", "found"),
    [
        ([[1.0]], "not 1 rows of 1 values"),
        ([[1.0], [0.5, 0.5]], "not 2 rows of 1, 2 values"),
        ([], "not 0 rows of 0 values"),
        ([[1.0, 1.1], [0.0, 0.0]], "not 1.1"),
        ([[1.0, float("nan")], [0.0, 0.0]], "not nan"),
        (None, "'NoneType' object is not iterable"),
        ([["x", "y"], [0.0, 0.0]], "could not convert string to float: 'x'"),
    ],
)
def test_an_invalid_matrix_is_rejected(gold: Article, returned: Any, found: str) -> None:
    wanted = "must return 2 rows, one per predicted record, of 2 values from 0 to 1, one per gold record"
    with pytest.raises(InvalidRecord) as caught:
        matrix_of(lambda ours, theirs: returned, gold.claims[:2], gold.claims[:2])

    assert str(caught.value).startswith(f"similarity: {wanted}")
    assert str(caught.value).endswith(found)
