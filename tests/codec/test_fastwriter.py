"""The fast writer makes the text that the plain data makes."""

from __future__ import annotations

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
