"""The page of a prediction's errors: its content, its escaping and its policy."""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from typing import Any

import attrs
import pytest
from degraded import flattened
from small import place

from oped_dataset import Article, explore_errors, from_records, score
from oped_dataset.codec.wire import from_data
from oped_dataset.errors import NotComparable


@pytest.fixture
def gold(small: dict[str, Any]) -> Article:
    return from_data(small)


def cards(page: str, fault: str, layer: str = "claims") -> list[str]:
    found = re.findall(r'<article class="card (\w+)" data-layer="(\w+)"(.*?)</article>', page, re.DOTALL)
    return [words for *head, words in found if head == [fault, layer]]


def test_gold_and_prediction_are_shown_side_by_side_with_their_voices(gold: Article) -> None:
    [card] = cards(explore_errors(score(flattened(gold), gold)), "mistaken")

    assert 'data-lost="flattened"' in card
    assert "<b>Ines</b> relays, taking no side › <b>the Gull</b> relays, certain › <b>Sel</b> says, certain" in card
    assert '<div class="side predicted"><p class="chain"><b>Ines</b> says, taking no side</p>' in card
    assert "<li>voices: Ines &gt; the Gull &gt; Sel became Ines (flattened)</li>" in card


def test_a_missed_or_spurious_record_has_an_empty_other_side(small: dict[str, Any], gold: Article) -> None:
    small["claims"][0]["evidence"] = [place("Where did it go")]
    page = explore_errors(score(from_data(small), gold))

    [missed], [made_up] = cards(page, "missed"), cards(page, "spurious")
    assert (missed.count("nothing"), made_up.count("nothing")) == (1, 1)
    assert 'data-gold="10-39" data-predicted=""' in missed
    assert 'data-gold="" data-predicted="111-126"' in made_up


def test_an_event_is_shown_with_the_voices_of_the_claims_that_carry_it(small: dict[str, Any], gold: Article) -> None:
    small["events"][0]["status"] = "planned"
    small["claims"][0]["events"] = []
    [card] = cards(explore_errors(score(from_data(small), gold)), "mistaken", "events")

    expected, predicted = card.split('<div class="side predicted">')
    assert "<b>Ines</b> says, certain" in expected
    assert "attributed to nobody" in predicted


def test_rejected_and_right_records_are_shown(gold: Article) -> None:
    given = {"record": "claim", "text": "nowhere <b>"}
    page = explore_errors(score(from_records([given], like=gold), gold))

    [rejected] = cards(page, "rejected")
    assert "nowhere &lt;b&gt;" in rejected
    assert len(cards(explore_errors(score(gold, gold)), "right")) == len(gold.claims)


def test_the_text_is_shown_if_one_of_the_articles_includes_it(gold: Article) -> None:
    textless = attrs.evolve(gold, source=attrs.evolve(gold.source, text=None))

    assert '<p class="text" data-start="10">Maro raised the toll on May 3.</p>' in explore_errors(score(gold, textless))
    assert 'class="text"' not in explore_errors(score(textless, textless))


def test_the_page_has_the_figures_and_filters_of_the_scores(gold: Article) -> None:
    page = explore_errors(score(flattened(gold), gold, layers=["times", "claims"]))

    assert '<tr><th scope="row">whole chains</th><td>n/a</td><td>0.000</td><td>0.000</td>' in page
    assert "<option>times</option><option selected>claims</option>" in page
    assert '<option value="">any</option><option>flattened</option></select>' in page
    assert '<p class="count">chains of attributed claims: flattened 1</p>' in page


def test_markup_and_slots_in_the_data_are_escaped(small: dict[str, Any]) -> None:
    small["claims"][0]["gist"] = small["entities"][0]["name"] = "</script><b>{{script}} \u2028"
    small["title"] = "{{blocks}}<i>"
    gold = from_data(small)
    page = explore_errors(score(attrs.evolve(gold, claims=()), gold))

    assert page.count("<script>") == page.count("</script>") == 1
    assert "<title>{{blocks}}&lt;i&gt;" in page
    assert "&lt;/script&gt;&lt;b&gt;{{script}}" in page


def test_the_policy_admits_only_the_script_and_style_of_the_page(gold: Article) -> None:
    page = explore_errors(score(gold, gold))

    for element, directive in (("script", "script-src"), ("style", "style-src")):
        [content] = re.findall(rf"<{element}>(.*?)</{element}>", page, re.DOTALL)
        digest = b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{directive} 'sha256-{digest}'" in page
    assert "default-src 'none'" in page


def test_equal_scores_yield_equal_pages(gold: Article) -> None:
    assert explore_errors(score(flattened(gold), gold)) == explore_errors(score(flattened(gold), gold))


def test_scores_of_several_articles_are_rejected(gold: Article) -> None:
    scores = score(gold, gold)

    with pytest.raises(NotComparable):
        explore_errors(scores + scores)
