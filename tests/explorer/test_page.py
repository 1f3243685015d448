"""The assembly of the explorer page: its data, escaping and policy. Its behaviour in a browser: `tests/browser/`."""

from __future__ import annotations

import hashlib
import json
import re
from base64 import b64encode
from html import escape, unescape
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from small import changed, text_of

from oped_dataset import (
    Article,
    Edtf,
    InvalidArticle,
    explore,
    explorer,
    loads,
)
from oped_dataset.codec import wire
from oped_dataset.explorer.payload import describe_date, payload
from oped_dataset.testing import strategies

PARTS = Path(explorer.__file__).parent
SCRIPTS = sorted(PARTS.glob("scripts/*.js"))
HOSTILE = "</script><img src=x onerror=alert(1)><!--&amp;\u2028\u2029\u202e'\"{{script}}{{data}}"


@pytest.fixture
def article(small: dict[str, Any]) -> Article:
    return loads(text_of(small))


def _inline(kind: str, made: str) -> list[str]:
    return re.findall(rf"<{kind}>(.*?)</{kind}>", made, re.DOTALL)


def _data(made: str) -> Any:
    (found,) = re.findall(r'<script type="application/json" id="data">(.*?)</script>', made, re.DOTALL)
    return json.loads(found)


def _policy(made: str) -> dict[str, str]:
    (found,) = re.findall(r'<meta http-equiv="Content-Security-Policy" content="(.*?)">', made)
    return dict(directive.split(" ", 1) for directive in unescape(found).split("; "))


# Dates.


@pytest.mark.parametrize(
    ("date", "words"),
    [
        ("2019-05-03", "3 May 2019"),
        ("2019-05", "May 2019"),
        ("2019-05-XX", "May 2019"),
        ("2019-24", "winter 2019"),
        ("2019", "2019"),
        ("2019-XX", "2019"),
        ("201X", "the 2010s"),
        ("20XX", "2000–2099"),
        ("2019?", "perhaps 2019"),
        ("2019-05~", "about May 2019"),
        ("2019-05-03%", "perhaps about 3 May 2019"),
        ("2018/2019-03", "from 2018 to March 2019"),
        ("2018/..", "from 2018 on, end open"),
        ("../2018", "until 2018, beginning open"),
        ("2018-12-01/2018-12-01", "1 December 2018"),
    ],
)
def test_a_date_is_described_in_words(date: str, words: str) -> None:
    assert describe_date(Edtf(date))["words"] == words


def test_a_date_begins_and_ends_within_its_bounds() -> None:
    date = describe_date(Edtf("2019-02~"))

    assert (date["precision"], date["interval"], date["doubtful"]) == ("month", False, True)
    assert date["begin"] == date["end"] == ["2019-02-01", "2019-02-28"]


def test_each_end_of_an_interval_has_bounds_of_its_own() -> None:
    date = describe_date(Edtf("2018/2019-03-01"))

    assert (date["precision"], date["interval"], date["doubtful"]) == ("interval", True, False)
    assert date["begin"] == ["2018-01-01", "2018-12-31"]
    assert date["end"] == ["2019-03-01", "2019-03-01"]


def test_an_open_end_is_none() -> None:
    assert describe_date(Edtf("2018/.."))["end"] is None
    assert describe_date(Edtf("../2018"))["begin"] is None


@given(strategies.dates())
def test_the_description_of_every_date_keeps_its_bounds(date: Edtf) -> None:
    made = describe_date(date)

    assert (made["begin"] or [None])[0] == (str(date.earliest) if date.earliest else None)
    assert (made["end"] or [None])[-1] == (str(date.latest) if date.latest else None)
    assert "X" not in made["words"]


# Data.


@settings(max_examples=30)
@given(strategies.articles())
def test_the_data_is_the_article_with_all_dates_described(article: Article) -> None:
    data = _data(explore(article))

    assert wire.from_data(data["article"]) == article
    whens = [event.when for event in article.events] + [relation.during for relation in article.relations]
    assert {str(when) for when in whens if when is not None} <= set(data["dates"])
    assert article.published.isoformat() in data["dates"]


@settings(max_examples=30)
@given(strategies.articles())
def test_every_event_and_relation_in_the_data_has_claims_with_voices(article: Article) -> None:
    data = payload(article)["article"]

    carried = {record for claim in data["claims"] for record in (*claim["events"], *claim["relations"])}
    assert carried >= {record["id"] for record in (*data["events"], *data["relations"])}
    assert all(claim["voices"] for claim in data["claims"])
    signs = payload(article)["words"]["commitments"]
    assert {voice["commitment"] for claim in data["claims"] for voice in claim["voices"]} <= set(signs)


def test_every_vocabulary_is_explained(article: Article) -> None:
    lists = payload(article)["lists"]

    assert {"Act", "Commitment", "Predicate"} <= {each["name"] for each in lists}
    assert all(about and all(meaning for _, meaning in values) for _, about, values in map(dict.values, lists))


# The page.


def test_equal_articles_yield_equal_pages(small: dict[str, Any]) -> None:
    assert explore(loads(text_of(small))) == explore(loads(text_of(small)))


def test_an_article_with_problems_is_rejected(article: Article) -> None:
    with pytest.raises(InvalidArticle) as caught:
        explore(attrs.evolve(article, claims=()))

    assert "OPED-unattributed-event" in {problem.code for problem in caught.value.problems}


def test_a_banner_states_that_nothing_is_a_fact(article: Article) -> None:
    assert (
        '<aside class="banner" aria-label="Note"><span><strong>Nothing here is a fact of the dataset.</strong>'
        in explore(article)
    )


def test_the_policy_admits_only_the_script_and_style_of_the_page(article: Article) -> None:
    made = explore(article)

    (script,), (style,) = _inline("script", made), _inline("style", made)
    assert _policy(made) == {
        "default-src": "'none'",
        "script-src": f"'sha256-{_digest(script)}'",
        "style-src": f"'sha256-{_digest(style)}'",
        "base-uri": "'none'",
        "form-action": "'none'",
        "require-trusted-types-for": "'script'",
        "trusted-types": "'none'",
    }


def _digest(inline: str) -> str:
    return b64encode(hashlib.sha256(inline.encode()).digest()).decode()


def test_the_page_loads_nothing(article: Article) -> None:
    made = explore(article)
    markup = re.sub(r"<(script|style)[^>]*>.*?</\1>", "", made, flags=re.DOTALL)

    assert re.findall(r"\s(?:src|href|action|srcset|poster|on\w+|style)=\"?([^\"\s>]*)", markup) == ["#main"]
    assert re.findall(r"@import|url\(", _inline("style", made)[0]) == []


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: str(path.name))
def test_no_script_turns_a_string_into_markup_or_code_or_sends_anything(script: Path) -> None:
    ways = (
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|setTimeout|DOMParser|\.cssText"
    )
    sending = r"fetch\(|XMLHttpRequest|WebSocket|sendBeacon|localStorage|sessionStorage|document\.cookie|import\("

    assert re.findall(f"{ways}|{sending}", script.read_text("utf-8")) == []


def test_markup_and_slots_in_the_data_are_escaped(small: dict[str, Any]) -> None:
    for pointer in ("/entities/0/name", "/claims/0/gist", "/events/0/gist", "/relations/0/title", "/title"):
        changed(small, pointer, HOSTILE)

    made = explore(loads(text_of(small)))
    assert "<img" not in made
    assert "\u2028" not in made.split('id="data">')[1]
    assert len(re.findall("</script>", made)) == 2
    assert _data(made)["article"]["claims"][0]["gist"] == HOSTILE
    assert f"<title>{escape(HOSTILE)} · who says what</title>" in made


def test_every_script_is_in_the_page(article: Article) -> None:
    made = explore(article)

    for part in SCRIPTS:
        assert part.read_text("utf-8") in made
