"""What the page shows: every view and record, always with voices and commitments, on wide and narrow screens."""

from __future__ import annotations

from typing import Any

import attrs
import pytest
from browser_page import Opened
from small import changed, small, text_of

from oped_dataset import Article, loads

pytestmark = pytest.mark.slow

VIEWS = ("claims", "voices", "timeline", "relations", "arguments", "entities", "text", "about")
RECORDS = (
    *("claim/c-loss", "claim/c-fall", "event/e-rise", "relation/r-head", "argument/a-loss", "argument/a-head"),
    *("entity/ines", "entity/maro", "quotation/said-sel", "quantity/q-loss", "time/t-may", "mention/m-she"),
)

# Whatever shows a gist or a tie stands in an element that also shows a voice and its commitment.
UNVOICED = """() => [...document.querySelectorAll(".gist, .edge")].filter((each) => {
  const said = each.closest("[data-said], [data-record]");
  const voices = said?.querySelectorAll(".commitment, .asserter") ?? [];
  return ![...voices].some((voice) => voice.textContent.trim());
}).map((each) => each.textContent)"""

# A sentence without the signs, which are for the eye.
SENTENCE = """(element) => {
  const copy = element.cloneNode(true);
  copy.querySelectorAll(".sign").forEach((sign) => sign.remove());
  return copy.textContent;
}"""


@pytest.mark.parametrize("view", VIEWS)
def test_no_view_shows_anything_without_its_voices(opened: Opened, article: Article, view: str) -> None:
    page = opened(article, f"#{view}")

    assert page.locator("#view > *").count() > 0
    assert page.evaluate(UNVOICED) == []


@pytest.mark.parametrize("record", RECORDS)
def test_a_record_has_an_address_and_is_shown_with_its_voices(opened: Opened, article: Article, record: str) -> None:
    page = opened(article, f"#{record}")

    assert page.locator("#record-title").inner_text() == record.replace("/", " ")
    assert page.locator("#record-body > *").count() > 0
    assert page.evaluate(UNVOICED) == []


def test_a_chain_of_voices_reads_as_a_sentence(opened: Opened, article: Article) -> None:
    page = opened(article)

    assert page.locator("[data-said='claim/c-loss']").evaluate(SENTENCE) == (
        "Ines relays, uncommitted: the Gull relays, certain: Sel says, certain: The ferry is 40 crowns short."
    )


def test_a_group_speaks_in_the_plural(opened: Opened) -> None:
    page = opened(loads(text_of(changed(small(), "/entities/3/kind", "group"))))

    assert "Sel say, certain: " in page.locator("[data-said='claim/c-loss']").evaluate(SENTENCE)


def test_an_event_is_told_by_someone(opened: Opened, article: Article) -> None:
    page = opened(article, "#timeline")

    told = page.locator("[data-said='event/e-rise']").evaluate(SENTENCE)
    assert told == "Ines says, certain claimMaro makes the toll higher."


def test_the_banner_is_there_without_being_asked_for(opened: Opened, article: Article) -> None:
    page = opened(article)

    assert page.locator(".banner").first.is_visible()
    assert page.locator(".reminder").inner_text() == "Claims, not facts"


def test_an_address_of_nothing_is_told(opened: Opened, article: Article) -> None:
    page = opened(article, "#claim/constructor")

    assert page.locator("#record").inner_text().split("\n")[-1] == "This article has no record claim/constructor."


@pytest.mark.parametrize(
    ("when", "marks"),
    [
        ("2019-05-03", ["day"]),
        ("2019-05", ["within"]),
        ("2019", ["within"]),
        ("2019-05-01/2019-06-30", ["lasting"]),
        ("2018/2019-06-30", ["within", "lasting"]),
        ("2018/2019", ["within", "within"]),
        ("2018/..", ["within", "lasting open-end"]),
        ("../2018-01-01", ["lasting open-begin"]),
    ],
)
def test_a_time_is_drawn_with_its_doubt(opened: Opened, when: str, marks: list[str]) -> None:
    page = opened(loads(text_of(changed(small(), "/events/0/when", when))), "#timeline")

    drawn = page.locator("[data-record='event/e-rise'] .mark")
    assert [mark.get_attribute("class") for mark in drawn.all()] == [f"mark {kind}" for kind in marks]


def test_a_month_is_as_wide_as_a_month(opened: Opened) -> None:
    document = changed(changed(small(), "/events/0/when", "2019-02"), "/events/1/when", "2019-02-01/2019-02-28")
    page = opened(loads(text_of(document)), "#timeline")

    month = page.locator("[data-record='event/e-rise'] .within").bounding_box()
    lasting = page.locator("[data-record='event/e-fall'] .lasting").bounding_box()
    assert month is not None
    assert lasting is not None
    assert (month["x"], month["width"]) == (lasting["x"], lasting["width"])


def test_what_nobody_dated_is_listed_apart(opened: Opened) -> None:
    document = changed(changed(small(), "/times/0/value", None), "/times/0/anchor", None)
    page = opened(loads(text_of(document)), "#timeline")

    apart = page.locator(".apart")
    assert apart.locator("summary").all_inner_texts() == ["No time told (1)", "Time expressions left unresolved (1)"]
    assert apart.locator("[data-record='event/e-fall']").count() == 1
    assert page.locator(".time-rows [data-record='event/e-fall']").count() == 0


def test_every_edge_bears_its_asserter(opened: Opened, article: Article) -> None:
    page = opened(article, "#relations")

    edge = page.locator(".edge")
    assert edge.locator("text").all_text_contents() == ["leads", "I +++"]
    assert edge.get_attribute("aria-label") == "Ines says, certain: Maro heads the port. — Maro leads the port"


def test_the_argument_map_nests_reasons_and_attacks_on_steps(opened: Opened, article: Article) -> None:
    page = opened(article, "#arguments")

    root = page.locator(".argument-map > .root")
    assert root.get_attribute("data-record") == "claim/c-fall"
    assert root.locator("[data-record='argument/a-loss'] [data-record='argument/a-head']").count() == 1


def test_a_link_shows_on_which_side_of_its_claims_their_voices_stand(opened: Opened) -> None:
    document = small()
    document["claims"][3]["voices"][0] |= {"commitment": "certainly-not", "hedges": []}
    page = opened(loads(text_of(document)), "#argument/a-loss")

    assert page.locator("#record-body .side").all_inner_texts()[:2] == ["for", "against"]


def test_a_relation_that_is_over_is_worded_in_the_past(opened: Opened) -> None:
    document = small()
    document["relations"][0] |= {"during": None, "ended": True}
    page = opened(loads(text_of(document)), "#relation/r-head")

    assert "Maro led the port." in page.locator("#record-body").inner_text()
    assert page.locator("#record-body dl").inner_text().split()[-3:] == ["Told", "as", "over"]


def test_a_circle_of_reasons_ends(opened: Opened) -> None:
    circle = {"id": "a-back", "source": "c-fall", "target": "c-loss", "kind": "supports"}
    document = small()
    document["arguments"].append(circle)
    page = opened(loads(text_of(document)), "#arguments")

    assert page.locator(".argument-map .arg").count() == 4
    assert page.get_by_text("its own reasons stand above").count() == 1


def test_an_article_with_little_in_it(opened: Opened, article: Article) -> None:
    none: dict[str, Any] = dict.fromkeys(("events", "relations", "arguments", "mentions", "times", "headings"), ())
    claims = [attrs.evolve(claim, events=(), relations=()) for claim in article.claims]
    bare = attrs.evolve(article, **none, claims=claims)

    counts = [opened(bare, f"#{view}").locator("#count").inner_text() for view in VIEWS[:5]]
    assert counts == [
        "4 claims of 4",
        "3 voices in 4 claims",
        "0 dated records, 0 undated",
        "0 relations of 0",
        "0 arguments under 0 conclusions",
    ]


@pytest.mark.parametrize("view", VIEWS)
def test_nothing_sticks_out_of_a_narrow_screen(opened: Opened, article: Article, view: str) -> None:
    page = opened(article, f"#{view}", viewport={"width": 360, "height": 740})

    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_on_paper_the_view_and_the_banner_remain(opened: Opened, article: Article) -> None:
    page = opened(article, "#timeline")

    page.emulate_media(media="print")
    assert page.locator(".banner").first.is_visible()
    assert page.locator("[data-record='event/e-rise']").is_visible()
    assert not page.locator(".filters").is_visible()


def test_light_and_dark_can_be_chosen(opened: Opened, article: Article) -> None:
    page = opened(article, color_scheme="light")
    paper = "getComputedStyle(document.body).backgroundColor"

    before = page.evaluate(paper)
    page.click("#theme")
    page.click("#theme")
    assert page.locator("#theme").inner_text() == "Theme: dark"
    assert page.evaluate(paper) != before


def test_a_filtered_map_keeps_what_is_above(opened: Opened) -> None:
    document = small()
    document["arguments"].append({"id": "a-rise", "source": "c-rise", "target": "c-fall", "kind": "supports"})
    page = opened(loads(text_of(document)), "#arguments?q=heads")

    shown = [each.get_attribute("data-record") for each in page.locator(".argument-map .arg").all()]
    assert shown == ["claim/c-fall", "argument/a-loss", "argument/a-head"]
    assert page.locator("#count").inner_text() == "1 of 3 arguments under 1 conclusion"
    assert page.get_by_text("here only for what stands below it").count() == 1
