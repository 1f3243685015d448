"""What a notebook shows of our objects: text as text, in any colours, and no claim without its voices."""

from __future__ import annotations

import re
from html import escape, unescape
from typing import Any

import pytest

from oped_dataset import (
    Article,
    Report,
    load,
    score,
    validate,
)
from oped_dataset.testing import assert_attributed

# `hostile` is the small article with names and gists that a page would run.
TAGS = {
    *("blockquote", "br", "caption", "code", "div", "em", "li", "ol", "strong"),
    *("table", "tbody", "td", "th", "thead", "tr"),
}
SHOWN = ("article", "claims", "events", "relations", "claim", "dossier", "report", "attached", "scores")


def shown(article: Article) -> dict[str, str]:
    """The pages of everything that has one."""
    objects: dict[str, Any] = {
        "article": article,
        "claims": article.claims,
        "events": article.events,
        "relations": article.relations,
        "claim": article.claims[0],
        "dossier": article.about(article.claims[0].about[0]),
        "report": validate(b'{"<script>": 1}'),
        "attached": article.attach(article.source.text or ""),
        "scores": score(article, article),
    }
    return {name: each._repr_html_() for name, each in objects.items()}


@pytest.mark.parametrize("name", SHOWN)
def test_nothing_of_the_data_is_markup(name: str, hostile: Article) -> None:
    page = shown(hostile)[name]

    tags = set(re.findall(r"</?(\w+)", page))
    assert tags <= TAGS
    assert re.findall(r"<\w+ [^>]*>", page) == []


@pytest.mark.parametrize("name", ["claims", "claim", "dossier"])
def test_a_claim_is_shown_with_its_voices(name: str, toll: Article) -> None:
    page = unescape(re.sub(r"<[^>]+>", " ", shown(toll)[name]))

    assert assert_attributed({"text": page}, toll) > 0


@pytest.mark.parametrize("name", ["article", "events", "relations", "attached"])
def test_what_an_event_tells_is_left_to_its_claims(name: str) -> None:
    article = load("harbour-toll")

    page = unescape(shown(article)[name])

    assert [event.id for event in article.events if event.gist in page] == []


def test_a_dossier_shows_the_claims_about_an_entity_with_their_voices() -> None:
    article = load("harbour-toll")
    dossier = article.about("zoe-brand")

    page = dossier._repr_html_()

    assert page.startswith(f"<div><strong>{escape(repr(dossier.entity))}</strong>, 14 mentions")
    assert all(claim._repr_html_() in page for claim in dossier.claims)


def test_a_report_shows_each_problem_with_its_place() -> None:
    page = validate(b'{"schema_version": "1"}')._repr_html_()

    row = "<td>error</td><td>OPED-wrong-type</td><td>/schema_version (line 1, column 20)</td>"
    assert row in page


def test_a_report_tells_what_it_left_out() -> None:
    assert Report()._repr_html_() == "<div>no problems</div>"
    assert "<td>… and 3 more</td>" in Report(validate(b"[]").problems, 3)._repr_html_()


def test_an_attached_article_shows_what_was_found(toll: Article) -> None:
    text = toll.source.text or ""
    whole, part = toll.attach(text)._repr_html_(), toll.attach(text[:60])._repr_html_()

    assert "exact copy" in whole
    assert "<th>sentences</th><td>5 of 5 (100.0%)</td>" in whole
    assert "another copy" in part
