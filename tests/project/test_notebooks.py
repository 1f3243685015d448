"""The objects in a notebook: text is shown as text, and no claim without its voices."""

from __future__ import annotations

import copy
import gc
import re
import weakref
from html import unescape
from typing import Any

import pytest
from small import text_of

from oped_dataset import (
    Article,
    Report,
    load,
    loads,
    score,
    validate,
)
from oped_dataset.testing import assert_attributed

# `hostile` is the small article with scripts in its names and gists.
TAGS = {
    *("br", "caption", "div", "span", "strong"),
    *("table", "tbody", "td", "th", "thead", "tr"),
}
TABLES = ("claims", "events", "relations", "arguments", "quotations", "entities", "mentions")
SHOWN = ("article", *TABLES, "claim", "event", "voice", "dossier", "report", "attached", "scores")


def shown(article: Article) -> dict[str, str]:
    """The HTML of each kind of object."""
    objects: dict[str, Any] = {
        "article": article,
        **{name: article.tables[name] for name in TABLES},
        "claim": article.claims[0],
        "event": article.events[0],
        "voice": article.claims[0].voices[0],
        "dossier": article.about(article.claims[0].about[0]),
        "report": validate(b'{"<script>": 1}'),
        "attached": article.attach(article.source.text or ""),
        "scores": score(article, article),
    }
    return {name: each._repr_html_() for name, each in objects.items()}


@pytest.mark.parametrize("name", SHOWN)
def test_the_data_is_escaped(name: str, hostile: Article) -> None:
    page = shown(hostile)[name]

    assert set(re.findall(r"</?(\w+)", page)) <= TAGS
    assert set(re.findall(r"<\w+ (\w+)=|\" (\w+)=", page)) <= {
        ("style", ""),
        ("title", ""),
        ("", "style"),
        ("", "title"),
    }
    assert "url(" not in page


def words(page: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


@pytest.mark.parametrize("name", ["claims", "dossier", "arguments"])
def test_a_claim_is_shown_with_its_voices(name: str, toll: Article) -> None:
    page = unescape(re.sub(r"<[^>]+>", " ", shown(toll)[name]))

    assert assert_attributed({"text": page}, toll) > 0


def test_a_claim_of_a_table_is_nested_speech_with_names(toll: Article) -> None:
    page = toll.claims.where(id="c-loss")._repr_html_()

    assert words(page) == (
        "claims: 1 0 Ines relays, taking no side: +++ the Gull relays, certain: +++ Sel says, certain: "
        "The ferry is 40 crowns short."
    )
    assert '<strong title="gull">the Gull</strong>' in page


def test_a_claim_alone_has_names_while_its_article_is_in_use(toll: Article) -> None:
    assert words(toll.claims["c-loss"]._repr_html_()) == (
        "0 Ines relays, taking no side: +++ the Gull relays, certain: +++ Sel says, certain: "
        "The ferry is 40 crowns short."
    )


def test_a_claim_without_an_article_has_ids(toll: Article) -> None:
    assert words(copy.copy(toll.claims["c-loss"])._repr_html_()) == (
        "0 ines relays, taking no side: +++ gull relays, certain: +++ sel says, certain: The ferry is 40 crowns short."
    )


def test_an_event_and_a_relation_of_a_table_are_shown_with_their_voices(toll: Article) -> None:
    assert words(toll.events[:1]._repr_html_()) == (
        "events: 1 +++ Ines says, certain: Maro makes the toll higher. 3 May 2019, governing, presented as occurred"
    )
    assert words(toll.relations._repr_html_()) == (
        "relations: 1 Maro leads the port according to +++ Ines says, certain: Maro heads the port."
    )


def test_an_undated_event_and_a_relation_with_a_title_are_worded(small: dict[str, Any]) -> None:
    small["relations"][0] |= {"title": "head"}
    article = loads(text_of(small))

    assert "undated, economic-change" in words(article.events[1:]._repr_html_())
    assert "Maro leads the port (head) according to" in words(article.relations._repr_html_())


@pytest.mark.parametrize("name", ["events", "relations", "arguments", "quantities"])
def test_a_record_without_its_article_is_shown_as_its_repr(name: str, toll: Article) -> None:
    table = toll.tables[name]

    assert words(copy.copy(table[0])._repr_html_()) == repr(table[0])
    assert words(type(table)(table)._repr_html_()).endswith(repr(table[-1]))


def test_arguments_show_sides_and_undercuts(toll: Article) -> None:
    page = words(toll.arguments._repr_html_())

    assert "[for] The ferry is 40 crowns short. supports + Ines says it is possible: [for] The port goes under." in page
    assert "undercuts the step from" in page


def test_entities_and_quotations_are_described(small: dict[str, Any]) -> None:
    small["entities"][1] |= {"named": False, "description": "a helper"}
    small["quotations"][0] |= {"speaker": None, "claims": [], "kind": "scare"}
    article = loads(text_of(small))

    assert "Leo person, unnamed, a helper" in words(article.entities._repr_html_())
    assert words(article.quotations._repr_html_()).endswith("“The ferry lost 40 crowns,” nobody scare")


def test_a_voice_shows_its_labels(toll: Article) -> None:
    voice = toll.claims["c-loss"].voices[1]

    assert words(voice._repr_html_()) == "+++ the Gull say, certain, press-report"
    assert words(copy.copy(voice)._repr_html_()) == "+++ gull say, certain, press-report"


def test_an_event_and_a_relation_alone_are_shown_with_their_voices(toll: Article) -> None:
    assert words(toll.events["e-rise"]._repr_html_()).startswith("+++ Ines says, certain: Maro makes the toll higher.")
    assert words(toll.relations[0]._repr_html_()).startswith("Maro leads the port according to +++ Ines says, certain:")


def test_a_mention_a_time_and_a_quantity_are_shown_in_words(small: dict[str, Any]) -> None:
    small["mentions"][0] |= {"metonym": True, "entity": "port"}
    small["times"] += [
        {**small["times"][0], "id": f"t-{kind}", "kind": kind, "value": value}
        for kind, value in (("duration", "P2Y"), ("set", None))
    ]
    small["quantities"][0] |= {"unit": None, "of": None, "comparator": "at-least"}
    article = loads(text_of(small))

    assert words(article.mentions[0]._repr_html_()) == "the port name, a place name that stands for it, at 10–14"
    times = [words(time._repr_html_()) for time in article.times]
    assert times == ["3 May 2019 date, at 34–39", "2 years duration, at 34–39", "unresolved set, at 34–39"]
    assert words(article.quantities[0]._repr_html_()).endswith("+++ Sel says, certain: at least 40")


def test_a_record_does_not_keep_its_article_alive(small: dict[str, Any]) -> None:
    article = loads(text_of(small))
    claim, gone = article.claims[0], weakref.ref(article)

    del article
    gc.collect()

    assert gone() is None
    assert words(claim._repr_html_()).startswith("+++ ines says")


def test_an_article_shows_names_and_counts(toll: Article) -> None:
    page = words(toll._repr_html_())

    assert page.startswith("The Toll Ines ; the Gull , 2019-07-13 entities 6")


def test_a_dossier_shows_the_claims_about_an_entity_with_their_voices() -> None:
    article = load("harbour-toll")
    entity = max(article.entities, key=lambda each: len(article.about(each.id).claims))
    dossier = article.about(entity.id)

    page = words(dossier._repr_html_())

    assert page.startswith(entity.name)
    assert f"{len(dossier.mentions)} mentions" in page
    assert all(" ".join(claim.gist.split()) in page for claim in dossier.claims[:50])


def test_a_report_shows_each_problem_with_its_pointer() -> None:
    page = validate(b'{"schema_version": "1"}')._repr_html_()

    assert "error OPED-wrong-type /schema_version (line 1, column 20)" in words(page)


def test_a_report_counts_the_problems_it_omits() -> None:
    assert Report()._repr_html_() == "<div>no problems</div>"
    assert words(Report(validate(b"[]").problems, 3)._repr_html_()).endswith("… and 3 more")


def test_an_attached_article_shows_its_coverage(toll: Article) -> None:
    text = toll.source.text or ""
    whole, part = toll.attach(text)._repr_html_(), toll.attach(text[:60])._repr_html_()

    assert "exact copy" in whole
    assert "sentences 5 of 5 (100.0%)" in words(whole)
    assert "another copy" in part
