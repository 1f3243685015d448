"""The views and records of the page, with their voices and commitments, on wide and narrow screens."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import attrs
import pytest
from browser_page import Opened
from small import changed, small, text_of, voice

from oped_dataset import Article, load, loads, names
from oped_dataset.explorer.payload import payload

if TYPE_CHECKING:
    from playwright.sync_api import FloatRect, Locator

pytestmark = pytest.mark.slow

VIEWS = ("overview", "claims", "claims?order=time", "claims?order=relations", "arguments", "text")
RECORDS = (
    *("claim/c-loss", "claim/c-fall", "event/e-rise", "relation/r-head", "argument/a-loss", "argument/a-head"),
    *("entity/ines", "entity/maro", "quotation/said-sel", "quantity/q-loss", "time/t-may", "mention/m-she"),
)

# Every element with a gist or a relation is inside an element that also shows a voice and its commitment.
UNVOICED = """() => [...document.querySelectorAll(".gist, .relation")].filter((each) => {
  const said = each.closest("[data-said]");
  return !said?.querySelector(".sign, .commitment")?.textContent.trim();
}).map((each) => each.textContent)"""

# The text of an element without the signs, which screen readers skip.
SENTENCE = """(element) => {
  const copy = element.cloneNode(true);
  copy.querySelectorAll(".sign").forEach((sign) => sign.remove());
  return copy.textContent.replace(/\\s+/g, " ").trim();
}"""


@pytest.mark.parametrize("view", VIEWS)
def test_no_view_shows_a_gist_or_relation_without_its_voices(opened: Opened, article: Article, view: str) -> None:
    page = opened(article, f"#{view}")

    assert page.locator("#view > *").count() > 0
    assert page.evaluate(UNVOICED) == []


@pytest.mark.parametrize("record", RECORDS)
def test_a_record_has_an_address_and_is_shown_with_its_voices(opened: Opened, article: Article, record: str) -> None:
    page = opened(article, f"#{record}")

    assert page.locator("#record-title").inner_text() == record.replace("/", " ")
    assert page.locator("#record-body > *").count() > 0
    assert page.evaluate(UNVOICED) == []


def test_the_first_view_is_the_overview(opened: Opened, article: Article) -> None:
    page = opened(article)

    assert page.locator("#views [aria-current]").inner_text() == "Overview"
    panels = ["voices", "argued", "time", "relations", "text"]
    assert [each.get_attribute("aria-labelledby") for each in page.locator(".panel").all()] == [
        f"p-{name}" for name in panels
    ]


def test_a_chain_of_voices_reads_as_a_sentence(opened: Opened, article: Article) -> None:
    page = opened(article, "#claims")

    assert page.locator("[data-said='claim/c-loss']").evaluate(SENTENCE) == (
        "Ines relays, taking no side: the Gull relays, certain: Sel says, certain: The ferry is 40 crowns short."
    )


def test_a_that_clause_follows_its_verb(opened: Opened) -> None:
    page = opened(loads(text_of(changed(small(), "/claims/0/gist", "that the toll rose"))), "#claims")

    assert page.locator("[data-said='claim/c-rise']").evaluate(SENTENCE) == "Ines says, certain that the toll rose"


def test_a_plural_source_takes_a_plural_verb(opened: Opened) -> None:
    document = changed(changed(small(), "/entities/3/kind", "group"), "/entities/3/name", "the pilots")
    page = opened(loads(text_of(document)), "#claims")

    assert "the pilots say, certain: " in page.locator("[data-said='claim/c-loss']").evaluate(SENTENCE)


def test_an_event_is_shown_with_its_voices(opened: Opened, article: Article) -> None:
    page = opened(article, "#claims?order=time")

    event = page.locator("[data-said='event/e-rise']").evaluate(SENTENCE)
    assert event == "Ines says, certain claimMaro makes the toll higher."


def test_voices_of_a_chain_on_one_line_are_separated(opened: Opened, article: Article) -> None:
    page = opened(article, "#quantity/q-loss")

    chain = page.locator("#record-body .chain").first.evaluate(SENTENCE)
    assert chain == "Ines relays, taking no side › the Gull relays, certain › Sel says, certain claim"


def _box(found: Locator) -> FloatRect:
    box = found.bounding_box()
    assert box is not None
    return box


def test_an_open_record_covers_nothing_of_the_overview(opened: Opened) -> None:
    page = opened(load("harbour-toll"), viewport={"width": 1280, "height": 800})

    page.locator(".p-voices .mark").first.click()
    left = _box(page.locator("#record-box"))["x"]
    boxes = [_box(panel) for panel in page.locator(".panel").all()]
    assert all(box["x"] + box["width"] <= left for box in boxes)
    assert all(box["y"] + box["height"] <= 800 for box in boxes)


@pytest.mark.parametrize(("view", "opener"), [("overview", ".p-voices .mark"), ("text", ".sentence")])
def test_on_a_narrow_screen_the_opener_of_a_record_stays_visible(opened: Opened, view: str, opener: str) -> None:
    page = opened(load("harbour-toll"), f"#{view}", viewport={"width": 390, "height": 844})

    place = page.locator(opener).nth(12)
    place.click()
    box = _box(place)
    assert _box(page.locator(".bar"))["height"] <= box["y"]
    assert box["y"] + box["height"] <= _box(page.locator("#record-box"))["y"]


@pytest.mark.parametrize("width", [1280, 390])
def test_a_title_of_usual_length_is_not_cut(opened: Opened, width: int) -> None:
    page = opened(load("retired-officials-2019"), viewport={"width": width, "height": 800})

    title = page.locator("h1")
    assert title.evaluate("each => each.scrollHeight <= each.clientHeight")


@pytest.mark.parametrize("width", [1280, 760, 390, 356, 320])
def test_nothing_overflows_the_head(opened: Opened, width: int) -> None:
    page = opened(load("retired-officials-2019"), viewport={"width": width, "height": 800})

    assert page.locator(".bar").evaluate("each => each.scrollHeight <= each.offsetHeight")
    key, views = page.locator("[popovertarget='key']").first, page.locator("nav").first
    assert _box(key)["x"] > _box(views)["x"]


def test_a_relation_is_shown_with_the_claims_that_carry_it(opened: Opened, article: Article) -> None:
    page = opened(article, "#claims?order=relations")

    relation = page.locator("[data-record='relation/r-head']")
    assert relation.locator(".relation").evaluate(SENTENCE) == "Maro leads the port according to"
    assert (
        relation.locator("[data-said='claim/c-head']").evaluate(SENTENCE) == "Ines says, certain: Maro heads the port."
    )


def test_the_banner_is_shown_at_once(opened: Opened, article: Article) -> None:
    page = opened(article)

    assert page.locator(".banner").first.inner_text().startswith("Nothing here is a fact of the dataset.")


def test_an_unknown_record_in_the_address_is_reported(opened: Opened, article: Article) -> None:
    page = opened(article, "#claim/constructor")

    assert page.locator("#record").inner_text().split("\n")[-1] == "This article has no record claim/constructor."


# The overview.


def _said(small: dict[str, Any], *voices: tuple[str, str, str]) -> Article:
    """The small article with these voices in its second claim."""
    claim = small["claims"][1]
    cue = claim["evidence"][0]
    claim["voices"] = [voice(*each) | ({"cue": cue} if depth else {}) for depth, each in enumerate(voices)]
    small["quotations"][0]["claims"] = []
    return loads(text_of(small))


@pytest.mark.parametrize(
    ("author", "inner", "column"),
    [
        ("certain", "possible", 1),
        ("probably-not", "certainly-not", 1),
        ("certain", "uncommitted", 1),
        ("uncommitted", "certain", 2),
        ("knows-whether", "certainly-not", 2),
        ("possibly-not", "certain", 3),
        ("certain", "probably-not", 3),
        ("certainly-not", "uncommitted", 3),
    ],
)
def test_a_relayed_claim_is_listed_under_the_stance_of_the_author(
    opened: Opened, author: str, inner: str, column: int
) -> None:
    page = opened(_said(small(), ("ines", "say", author), ("sel", "say", inner)))

    row = page.locator(".heard tbody tr", has_text="Sel")
    filled = [row.locator("td").nth(index).locator(".mark").count() for index in range(3)]
    assert filled == [int(column == index + 1) for index in range(3)]
    assert row.locator(".mark").get_attribute("class") == f"mark c-{inner} "


def test_a_voice_is_indented_under_the_voice_that_relays_it(opened: Opened, article: Article) -> None:
    page = opened(article)

    rows = page.locator(".heard tbody th")
    assert rows.all_inner_texts() == ["Ines, on own word", "the Gull", "Sel"]
    assert [each.evaluate("e => e.style.getPropertyValue('--depth')") for each in rows.all()] == ["", "0", "1"]


def test_an_unnamed_source_is_marked(opened: Opened) -> None:
    document = small()
    document["entities"][3] |= {"named": False}
    document["mentions"][2] |= {"form": "nominal"}
    page = opened(loads(text_of(document)))

    assert page.locator(".heard th.unnamed").all_inner_texts() == ["Sel"]


def test_voices_that_do_not_fit_on_the_screen_are_folded(opened: Opened) -> None:
    document = small()
    for number in range(30):
        entity = {**document["entities"][3], "id": f"one-{number}", "name": f"One {number}"}
        document["entities"].append(entity)
        claim = {**document["claims"][1], "id": f"c-{number}", "quantities": []}
        claim["voices"] = [claim["voices"][0], {**claim["voices"][1], "source": f"one-{number}"}]
        document["claims"].append(claim)
    page = opened(loads(text_of(document)))

    assert page.evaluate("document.querySelector('#view').getBoundingClientRect().bottom") <= 720
    shown = page.locator(".heard tbody th").filter(visible=True).count()
    page.click(f"text={33 - shown} more voices")
    assert page.locator(".heard tbody th").filter(visible=True).count() == 33
    assert page.evaluate("document.activeElement.closest('tbody').rows.length") == 33 - shown


def test_claims_of_a_voice_beyond_the_first_are_counted(opened: Opened) -> None:
    document = small()
    for number in range(30):
        document["claims"].append({**document["claims"][1], "id": f"c-{number}", "quantities": []})
    page = opened(loads(text_of(document)))

    row = page.locator(".heard tbody tr", has_text="Sel")
    assert row.locator(".mark").count() == 24
    assert row.get_by_text("+7").get_attribute("href") == "#claims?stance=open&chain=gull.sel"


def test_theses_of_the_author_are_separate_from_answered_claims(opened: Opened) -> None:
    document = small()
    document["arguments"].append({"id": "a-rise", "source": "c-rise", "target": "c-fall", "kind": "exemplifies"})
    document["claims"].append({**document["claims"][1], "id": "c-other", "quantities": []})
    document["arguments"].append({"id": "a-other", "source": "c-rise", "target": "c-other", "kind": "rebuts"})
    page = opened(loads(text_of(document)))

    rows = page.locator(".argued tr")
    assert [row.get_attribute("class") for row in rows.all()] == ["subhead", "", "subhead", ""]
    thesis, answered = rows.nth(1), rows.nth(3)
    assert thesis.get_attribute("data-said") == "claim/c-fall"
    assert answered.get_attribute("data-said") == "claim/c-other"
    segments = [each.get_attribute("aria-label") for each in thesis.locator(".stack a").all()]
    assert segments == ["1 of 2 rest on own word", "1 of 2 rest on named sources"]
    assert answered.locator("td").first.inner_text() == "1−\n1 against"


@pytest.mark.parametrize(
    ("when", "columns"),
    [
        ("2019-05-03", ["May 2019: 1 record"]),
        ("2019-05", ["May 2019: 1 record"]),
        ("2019", ["2019: 1 record"]),
        ("2019-24", []),
        ("2018/2019", []),
    ],
)
def test_a_date_has_a_column_of_its_own_precision(opened: Opened, when: str, columns: list[str]) -> None:
    page = opened(loads(text_of(changed(small(), "/events/0/when", when))))

    assert [each.get_attribute("title") for each in page.locator(".columns a").all()] == columns
    stretches = 1 if columns else 2
    assert page.locator("#p-time .chip").all_inner_texts() == [
        f"{stretches} stretch{'es' * (stretches > 1)} of time",
        "1 undated",
    ]


def test_many_months_are_drawn_as_years(opened: Opened) -> None:
    document = small()
    for number in range(30):
        when = f"{1990 + number // 12}-{number % 12 + 1:02}"
        document["events"].append({**document["events"][0], "id": f"e-{number}", "when": when})
        document["claims"][0]["events"].append(f"e-{number}")
    page = opened(loads(text_of(document)))

    assert page.locator(".columns a").count() == 4


def test_an_uncertain_relation_is_marked(opened: Opened) -> None:
    page = opened(loads(text_of(changed(small(), "/claims/2/voices/0/commitment", "probable"))))

    chip = page.locator(".p-relations .chip")
    assert chip.locator(".unsure").text_content() == " ?1 1 in doubt or relayed"
    assert (chip.get_attribute("title") or "").endswith("1 of 1 not certain, or not on the author’s own word.")


def test_the_height_of_a_tick_is_the_depth_of_its_chain(opened: Opened, article: Article) -> None:
    page = opened(article)

    heights = [
        each.evaluate("e => e.style.getPropertyValue('--height')") for each in page.locator(".strip .tick").all()
    ]
    assert heights == ["1", "3", "1", "1"]
    assert page.locator(".headings span").all_inner_texts() == ["The Toll", "Who Pays?"]


def test_claims_that_do_not_pass_a_filter_are_dimmed(opened: Opened, article: Article) -> None:
    page = opened(article, "#overview?voice=sel")

    dim = [each.get_attribute("href") for each in page.locator(".tick.dim").all()]
    assert dim == ["#claim/c-rise", "#claim/c-head", "#claim/c-fall"]
    assert page.locator("#asked .act").inner_text() == "Show 1 claim"


# Arguments.


def test_the_argument_map_nests_premises_and_undercuts(opened: Opened, article: Article) -> None:
    page = opened(article, "#arguments")

    root = page.locator(".argument-map > .root")
    assert root.get_attribute("data-record") == "claim/c-fall"
    assert root.locator("[data-record='argument/a-loss'] [data-record='argument/a-head']").count() == 1
    assert root.locator(".bearing").all_text_contents() == ["supported by", "undercut by"]
    assert root.locator(".branch[open]").count() == 0


@pytest.mark.parametrize(("commitment", "side"), [("certainly-not", "against"), ("uncommitted", "open")])
def test_an_argument_shows_the_sides_of_its_claims(opened: Opened, commitment: str, side: str) -> None:
    page = opened(loads(text_of(changed(small(), "/claims/1/voices/2/commitment", commitment))), "#argument/a-loss")

    assert page.locator("#record .side").all_inner_texts() == [side, "for", "for", side, "for"]


def test_an_argument_shows_the_side_of_a_denied_claim(opened: Opened) -> None:
    document = small()
    document["claims"][3]["voices"][0] |= {"commitment": "certainly-not", "hedges": []}
    page = opened(loads(text_of(document)), "#argument/a-loss")

    assert page.locator("#record-body .side").all_inner_texts()[:2] == ["for", "against"]


def test_a_relation_that_is_over_is_worded_in_the_past(opened: Opened) -> None:
    document = small()
    document["relations"][0] |= {"during": None, "ended": True}
    page = opened(loads(text_of(document)), "#relation/r-head")

    assert page.locator("#record-body .relation").inner_text() == "Maro led the port according to"
    assert page.locator("#record-body dl").inner_text().split()[-3:] == ["Presented", "as", "over"]


def test_a_circular_argument_ends(opened: Opened) -> None:
    circle = {"id": "a-back", "source": "c-fall", "target": "c-loss", "kind": "supports"}
    document = small()
    document["arguments"].append(circle)
    page = opened(loads(text_of(document)), "#arguments")

    assert page.locator("#view h3").all_inner_texts() == ["Circular arguments"]
    assert page.locator(".argument-map .arg").count() == 4
    assert page.get_by_text("its own premises are listed above").count() == 1


def test_an_article_with_few_records_is_shown(opened: Opened, article: Article) -> None:
    none: dict[str, Any] = dict.fromkeys(("events", "relations", "arguments", "mentions", "times", "headings"), ())
    claims = [attrs.evolve(claim, events=(), relations=()) for claim in article.claims]
    bare = attrs.evolve(article, **none, claims=claims)

    counts = [opened(bare, f"#{view}").locator("#count").inner_text() for view in VIEWS[:5]]
    assert counts == [
        "4 claims",
        "4 claims of 4",
        "0 dated records, 0 undated",
        "0 relations of 0",
        "0 arguments under 0 conclusions",
    ]


def test_an_article_without_claims_is_shown(opened: Opened, article: Article) -> None:
    empty: dict[str, Any] = dict.fromkeys(
        ("events", "relations", "arguments", "claims", "quotations", "quantities", "times", "mentions"), ()
    )
    silent = attrs.evolve(article.source, sentences=())

    page = opened(attrs.evolve(article, **empty, source=silent))
    assert page.locator("#count").text_content() == "0 claims"


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("width", [360, 1280])
def test_no_view_is_wider_than_the_screen(opened: Opened, article: Article, view: str, width: int) -> None:
    page = opened(article, f"#{view}", viewport={"width": width, "height": 740})

    assert page.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.parametrize("name", names())
def test_the_overview_of_a_bundled_article_fits_on_one_screen(opened: Opened, name: str) -> None:
    page = opened(load(name), viewport={"width": 1280, "height": 800})

    assert page.evaluate("document.querySelector('#view').getBoundingClientRect().bottom") <= 800


@pytest.mark.parametrize("name", names())
def test_the_overview_of_a_bundled_article_fits_a_narrow_screen(opened: Opened, name: str) -> None:
    page = opened(load(name), viewport={"width": 390, "height": 800})

    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_the_view_and_the_banner_are_printed(opened: Opened, article: Article) -> None:
    page = opened(article, "#claims?order=time")

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
    assert page.locator("#theme").inner_text() == "Dark"
    assert page.evaluate(paper) != before


def test_the_key_explains_every_label(opened: Opened, article: Article) -> None:
    page = opened(article)

    page.click("text=Key")
    key = page.locator("#key")
    assert key.is_visible()
    assert "[object" not in (key.text_content() or "")
    assert key.locator("details").count() == len(payload(article)["lists"])
    page.keyboard.press("Escape")
    assert not key.is_visible()


def test_no_view_or_record_shows_a_value_of_javascript(opened: Opened, article: Article) -> None:
    for address in (*VIEWS, *RECORDS):
        shown = opened(article, f"#{address}").locator("body").inner_text()
        assert not re.search(r"\[object|undefined|NaN|null\b", shown)


def test_a_filtered_map_keeps_the_arguments_above_a_match(opened: Opened) -> None:
    document = small()
    document["arguments"].append({"id": "a-rise", "source": "c-rise", "target": "c-fall", "kind": "supports"})
    page = opened(loads(text_of(document)), "#arguments?q=heads")

    shown = [each.get_attribute("data-record") for each in page.locator(".argument-map .arg").all()]
    assert shown == ["claim/c-fall", "argument/a-loss", "argument/a-head"]
    assert page.locator("#count").inner_text() == "1 of 3 arguments under 1 conclusion"
    assert page.get_by_text("shown only for the arguments below it").count() == 1
