"""The fast writer makes the text that the plain data makes."""

from __future__ import annotations

import datetime
from decimal import Decimal

import attrs
import pytest
from hypothesis import given

from oped_dataset import Article, load, names
from oped_dataset.codec import fastwriter, jsontext, wire
from oped_dataset.testing import strategies


def assert_same_text(article: Article) -> None:
    plain = wire.to_data(article)

    assert fastwriter.write(article) == jsontext.write(plain)
    assert fastwriter.write_line(article) == jsontext.write_line(plain)


@given(strategies.articles())
def test_an_article_is_written_like_its_plain_data(article: Article) -> None:
    assert_same_text(article)


@pytest.mark.parametrize("name", names())
def test_a_bundled_article_is_written_like_its_plain_data(name: str) -> None:
    assert_same_text(load(name))


@pytest.mark.parametrize("value", ["1E+3", "1E-7", "-0.50", "0E-10"])
def test_escapes_exponents_and_early_years_are_written_like_their_plain_data(value: str) -> None:
    article = load("harbour-toll")
    quantity = attrs.evolve(article.quantities[0], value=Decimal(value), unit="%s")

    assert_same_text(
        attrs.evolve(
            article,
            title='%d\u2028\x85\x00\x1f"\\\U0001f600',
            published=datetime.date(1, 1, 1),
            quantities=[quantity, *article.quantities[1:]],
        )
    )
