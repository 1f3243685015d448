"""Pairs of quotation marks."""

from __future__ import annotations

import pytest

from oped_dataset import load
from oped_dataset.authoring.marks import quoted_places
from oped_dataset.authoring.splitting import blocks_of


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("She said “he called it ‘done’.”", ["he called it ‘done’.", "done"]),
        ("He said \"yes 'no' maybe\" and it's 'fine'. The ships' crew.", ["yes 'no' maybe", "no", "fine"]),
        ('"A," "B" and ("C") —"D"—', ["A,", "B", "C", "D"]),
        ("‘The ships’ crew left,’ he said. ’Twas rock 'n' roll in the '90s, 5\" long.", ["The ships’ crew left,"]),
        ("‘The ships’ and ‘the crew’", ["The ships", "the crew"]),
        ("‘the ships’ end", ["the ships"]),
        ("‘the ships’ end isn’t", ["the ships"]),
        ("Don’t ‘go’s’ on", ["go’s"]),
        ("‘the ships’ ‘end’", ["the ships", "end"]),
        ("l'homme dit \"l'eau\" et ‘d’accord’", ["l'eau", "d’accord"]),
        ("„Nein“, sagte er, »ja« und ‚nie‘.", ["Nein", "ja", "nie"]),
        ("« Oui », dit-il. «\u00a0Non ‹ si ›\u00a0»", ["Oui", "Non ‹ si ›", "si"]),
        ("”Ja”, sa hon. ’Nej’.", ["Ja", "Nej"]),
        ("»Ja,« sagde han. »Nej.«", ["Ja,", "Nej."]),
        ("他说：“不行『对』。”「好」", ["不行『对』。", "对", "好"]),
        ("他說「『一』二」", ["『一』二", "一"]),
        ("“One.\n\n“Two.” End “x” and “ ” left”", ["One.\n\n“Two.", "x"]),
        ("“One\n\nTwo” and “three”", ["three"]),
        ("He said “", []),
        ("no」 “yes”", ["yes"]),
        ("‘He said ’tis so’", ["He said ’tis so"]),
        ("‘The ships’ and boats’ crews sing’ ok.", ["The ships’ and boats’ crews sing"]),
    ],
)
def test_pairs_are_found(text: str, inside: list[str]) -> None:
    found = quoted_places(text, blocks_of(text))

    assert [text[span.start : span.end] for span in found] == inside


def test_the_pairs_of_the_bundled_article_are_its_quotations() -> None:
    article = load("harbour-toll")
    text = str(article.source.text)

    assert set(quoted_places(text, blocks_of(text))) == {quotation.span for quotation in article.quotations}


def test_the_pairs_of_the_real_article_are_its_quotations(article_text: str) -> None:
    found = set(quoted_places(article_text, blocks_of(article_text)))

    assert found == {quotation.span for quotation in load().quotations}
