"""Listing the errors of a prediction."""

from __future__ import annotations

from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small import place

from oped_dataset import Article, from_records, load, score
from oped_dataset.codec.wire import from_data
from oped_dataset.errors import NotComparable
from oped_dataset.model.article import TABLES
from oped_dataset.model.wording import voices_of
from oped_dataset.scoring.mistakes import Fault, Mistakes, worded
from oped_dataset.testing import strategies

QUOTED = "“The ferry lost 40 crowns,”"


@pytest.fixture
def gold(small: dict[str, Any]) -> Article:
    return from_data(small)


def errors(small: dict[str, Any], gold: Article, layer: str) -> Mistakes:
    return score(from_data(small), gold).errors(layer)


CLAIMS = """\
missed
  gold       c-rise at 10–39: Ines says, certain: Maro made the toll higher.

mistaken, similarity 1.00
  gold       c-loss at 42–66: Ines relays, taking no side > the Gull relays, certain > Sel says, certain: A loss.
  predicted  c-loss at 42–66: Ines relays, certain > the Gull says, certain: A loss.
  lost       voices: Ines > the Gull > Sel became Ines > the Gull (lost)
  lost       commitment of Ines: uncommitted became certain (hardened)
  lost       kind: quantity became state

spurious
  predicted  c-rise at 111–126: Ines says, certain: Maro made the toll higher."""


def test_claims_side_by_side(small: dict[str, Any]) -> None:
    small["claims"][1]["gist"] = "A loss."
    gold = from_data(small)
    small["claims"][0]["evidence"] = [place("Where did it go")]
    small["claims"][1]["voices"].pop()
    small["claims"][1]["voices"][0]["commitment"] = "certain"
    small["claims"][1]["kind"] = "state"

    assert str(errors(small, gold, "claims")) == CLAIMS


def test_differences_in_act_channel_and_mode_are_listed(small: dict[str, Any], gold: Article) -> None:
    small["claims"][1]["voices"][1]["act"] = "deny"

    [mistake] = errors(small, gold, "claims")

    assert [str(loss) for loss in mistake.lost] == ["act of the Gull: say became deny"]


def test_events_and_relations_are_worded_with_their_voices(small: dict[str, Any], gold: Article) -> None:
    small["events"][1]["status"] = "planned"
    small["events"][1]["participants"] = []
    small["relations"][0]["object"] = "gull"
    small["claims"][2]["relations"] = []

    [mistake] = errors(small, gold, "events")
    told = "e-fall at 151–168: Ines says it is possible: The port goes under."
    assert mistake.words == (
        f"{told} (economic-change, speculated, undated)",
        f"{told} (economic-change, planned, undated)",
    )
    assert [str(loss) for loss in mistake.lost] == [
        "status: speculated became planned",
        "participants: the port (patient) became none",
    ]
    [mistake] = errors(small, gold, "relations")
    assert mistake.words == (
        "r-head at 128–146: Ines says, certain: Maro leads the port",
        "r-head at 128–146: carried by no claim: Maro leads the Gull",
    )


@pytest.mark.parametrize(
    ("layer", "change", "words"),
    [
        ("entities", {"name": "Nobody", "kind": "group"}, "missed: Ines (person)"),
        ("mentions", {"entity": "sel"}, "Maro (name) | Sel (name) | entity: Maro became Sel"),
        ("times", {"value": None}, "2019-05-03 (date) | unresolved (date) | value: 2019-05-03 became none"),
        (
            "quantities",
            {"unit": None, "of": None},
            "equal 40 crowns of what the ferry lost | equal 40 | unit: crowns became none",
        ),
        (
            "quotations",
            {"speaker": None},
            f"{QUOTED} (direct, Sel) | {QUOTED} (direct, nobody) | speaker: Sel became none",
        ),
        (
            "arguments",
            {"kind": "rebuts"},
            "c-loss supports c-fall | c-loss rebuts c-fall | kind: supports became rebuts",
        ),
    ],
)
def test_records_of_every_layer_are_worded(
    small: dict[str, Any], gold: Article, layer: str, change: dict[str, Any], words: str
) -> None:
    small[layer][0] |= change

    mistake = next(each for each in errors(small, gold, layer) if each.gold is not None)

    sides = [each.partition(": ")[2] for each in mistake.words if each is not None]
    told = (
        f"{mistake.fault}: {sides[0]}"
        if mistake.fault is Fault.MISSED
        else " | ".join([*sides, *map(str, mistake.lost)])
    )
    assert told == words


def test_labels_with_several_values_are_worded(small: dict[str, Any], gold: Article) -> None:
    small["claims"][0] |= {"about": ["sel", "gull"], "events": ["e-fall"]}
    small["quotations"][0]["claims"] = []

    [claim] = errors(small, gold, "claims")
    [quotation] = errors(small, gold, "quotations")

    assert [str(loss) for loss in claim.lost] == ["about: Maro became Sel, the Gull", "carries: e-rise became e-fall"]
    assert [str(loss) for loss in quotation.lost] == ["claims: c-loss became none"]


def test_rejected_records_come_last(gold: Article) -> None:
    given = {"record": "time", "text": "May 4", "kind": "date"}

    mistakes = score(from_records([given], like=gold), gold).errors("times")

    assert [each.fault for each in mistakes] == ["missed", "rejected"]
    assert mistakes[1].given == given
    assert str(mistakes[1]) == f"rejected\n  predicted  {given}"


def test_control_characters_are_escaped(small: dict[str, Any], gold: Article) -> None:
    small["claims"].append(small["claims"][0] | {"id": "c-more", "gist": "\x1b[2J gone"})

    assert "\\x1b[2J gone" in str(errors(small, gold, "claims"))


def test_a_right_prediction_has_no_errors(gold: Article) -> None:
    assert str(score(gold, gold).errors("claims")) == "no errors"


def test_errors_of_several_articles_cannot_be_listed(gold: Article) -> None:
    scores = score(gold, gold)

    with pytest.raises(NotComparable) as caught:
        (scores + scores).errors("claims")

    assert str(caught.value) == "this requires the scores of one article, as returned by score"


@settings(max_examples=30)
@given(strategies.articles(), st.sampled_from(TABLES))
def test_the_errors_agree_with_the_counts(article: Article, layer: str) -> None:
    fewer = from_fewer(article)
    scores = score(fewer, article)

    faults = [each.fault for each in scores.errors(layer)]

    spans = scores[layer].spans
    assert faults.count(Fault.MISSED) == spans.gold - spans.found
    assert faults.count(Fault.SPURIOUS) == spans.predicted - spans.matched


def from_fewer(article: Article) -> Article:
    return attrs.evolve(article, claims=article.claims[1:], mentions=article.mentions[::2], events=article.events[:1])


@pytest.mark.parametrize("layer", ["claims", "events", "relations"])
def test_claims_events_and_relations_are_worded_with_their_voices(layer: str) -> None:
    article = load("harbour-toll")

    for record in article.tables[layer]:
        claims = article.claims_for(record.id)
        words = worded(article, record)

        assert all(article.entities[spoken.source].name in words for claim in claims for spoken in claim.voices)
        assert all(each.stance in words for claim in claims for each in voices_of(article, claim.voices))
