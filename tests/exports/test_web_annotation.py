"""Web Annotation: nothing is lost, nothing is fetched, nothing is quoted that is not ours to give."""

from __future__ import annotations

import contextlib
import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from judges import judge
from small import small

import oped_dataset
from oped_dataset import Article, InvalidArticle, dumps
from oped_dataset.codec import wire
from oped_dataset.errors import InvalidImport, InvalidRecord, TextNeeded
from oped_dataset.exports import from_web_annotation, to_rdf, to_web_annotation
from oped_dataset.testing.strategies import articles

# From the context that the W3C publishes at https://www.w3.org/ns/anno.jsonld.
PUBLISHED = {
    "id": "@id",
    "type": "@type",
    "oa": "http://www.w3.org/ns/oa#",
    "as": "http://www.w3.org/ns/activitystreams#",
    "Annotation": "oa:Annotation",
    "AnnotationPage": "as:OrderedCollectionPage",
    "SpecificResource": "oa:SpecificResource",
    "TextPositionSelector": "oa:TextPositionSelector",
    "TextQuoteSelector": "oa:TextQuoteSelector",
    "describing": "oa:describing",
    "identifying": "oa:identifying",
    "body": {"@id": "oa:hasBody", "@type": "@id"},
    "target": {"@id": "oa:hasTarget", "@type": "@id"},
    "source": {"@id": "oa:hasSource", "@type": "@id"},
    "selector": {"@id": "oa:hasSelector", "@type": "@id"},
    "motivation": {"@id": "oa:motivatedBy", "@type": "@vocab"},
    "items": {"@id": "as:items", "@type": "@id", "@container": "@list"},
    "start": {"@id": "oa:start", "@type": "xsd:nonNegativeInteger"},
    "end": {"@id": "oa:end", "@type": "xsd:nonNegativeInteger"},
    "exact": "oa:exact",
    "prefix": "oa:prefix",
    "suffix": "oa:suffix",
}


@settings(max_examples=15)
@given(articles())
def test_an_article_comes_back_from_its_annotations(article: Article) -> None:
    document = json.loads(json.dumps(to_web_annotation(article)))

    assert dumps(from_web_annotation(document)) == dumps(article)


def test_a_link_shows_the_sides_of_its_ends(toll: Article) -> None:
    on_claim, on_step = to_web_annotation(toll)["arguments"]

    assert (on_claim["premiseSide"], on_claim["conclusionSide"]) == ("for", "for")
    assert (on_step["premiseSide"], "conclusionSide" in on_step) == ("for", False)


def test_the_bundled_article_comes_back_from_its_annotations(bundled: Article) -> None:
    assert from_web_annotation(to_web_annotation(bundled)) == bundled


def test_hostile_strings_come_back_from_annotations(hostile: Article) -> None:
    assert from_web_annotation(to_web_annotation(hostile)) == hostile


def test_the_terms_of_an_annotation_mean_what_the_published_context_says(toll: Article) -> None:
    _, context = to_web_annotation(toll)["@context"]

    assert {term: context[term] for term in PUBLISHED} == PUBLISHED


def test_the_standard_context_stands_first_and_ours_is_complete(toll: Article) -> None:
    standard, context = to_web_annotation(toll)["@context"]

    assert standard == "http://www.w3.org/ns/anno.jsonld"
    assert not {"@import", "@context"} & set(context)
    assert all(not {"@import", "@context"} & set(term) for term in context.values() if isinstance(term, dict))


def test_a_processor_of_json_ld_reads_the_same_with_and_without_the_standard_context(toll: Article) -> None:
    jsonld, document = judge("pyld").jsonld, to_web_annotation(toll)
    standard, own = document["@context"]

    def load(url: str, _: object) -> dict[str, Any]:
        assert url == standard
        return {
            "contentType": "application/ld+json",
            "contextUrl": None,
            "documentUrl": url,
            "document": {"@context": PUBLISHED},
        }

    expanded = jsonld.expand(document, {"documentLoader": load})

    assert expanded == jsonld.expand({**document, "@context": own}, {"documentLoader": None})
    assert len(jsonld.to_rdf(document, {"documentLoader": load})["@default"]) == len(to_rdf(toll))


def test_words_are_quoted_with_those_around_them(toll: Article) -> None:
    (maro,) = [item for item in to_web_annotation(toll)["items"] if item["body"]["id"] == "rec:m-maro"]

    assert maro["target"][0]["selector"][1] == {
        "type": "TextQuoteSelector",
        "exact": "Maro",
        "prefix": "The Toll\n\n",
        "suffix": " raised the toll on May 3. “The ",
    }


# Units.


@settings(max_examples=15)
@given(articles())
def test_an_article_comes_back_from_annotations_in_utf_16_units(article: Article) -> None:
    assume(article.source.text is not None)

    document = json.loads(json.dumps(to_web_annotation(article, units="utf-16")))

    assert dumps(from_web_annotation(document)) == dumps(article)


def test_utf_16_units_are_those_that_javascript_counts() -> None:
    article = oped_dataset.load("harbour-toll")
    encoded = (article.source.text or "").encode("utf-16-le")

    for item in to_web_annotation(article, units="utf-16")["items"]:
        for target in item["target"]:
            place, quote = target["selector"]
            assert encoded[2 * place["start"] : 2 * place["end"]].decode("utf-16-le") == quote["exact"]


def test_utf_16_units_need_the_text(untold: Article) -> None:
    with pytest.raises(TextNeeded) as caught:
        to_web_annotation(untold, units="utf-16")

    assert str(caught.value).startswith("web-annotation in UTF-16 units needs the text of 'small'")


def test_other_units_are_refused(toll: Article) -> None:
    with pytest.raises(InvalidRecord) as caught:
        to_web_annotation(toll, units="utf-8")  # type: ignore[arg-type]

    assert str(caught.value) == "units: must be 'code-points' or 'utf-16', not 'utf-8'"


UTF_16 = "units must be 'code-points' or, if the article contains its text, 'utf-16'"


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        ("units", "utf-8", UTF_16),
        ("article/annotatedText/text", None, UTF_16),
        (
            "items/0/target/0/selector/0/end",
            999,
            "the span from 10 to 999: the offset 999 is outside the text, which has ",
        ),
    ],
)
def test_places_that_are_none_in_these_units_are_refused(path: str, value: object, said: str) -> None:
    document = _broken(path, value) if path == "units" else _broken(path, value) | {"units": "utf-16"}

    with pytest.raises(InvalidImport) as caught:
        from_web_annotation(document)

    assert str(caught.value).startswith(said)


def _selectors(document: Any) -> Iterator[Any]:
    for item in document["items"]:
        for target in item["target"]:
            yield from target["selector"]


def test_only_quotations_are_quoted_without_the_text(untold: Article) -> None:
    quotes = [s["exact"] for s in _selectors(to_web_annotation(untold)) if s["type"] == "TextQuoteSelector"]

    assert quotes == ["The ferry lost 40 crowns,"]


def test_everything_is_quoted_with_the_text(toll: Article) -> None:
    selectors = list(_selectors(to_web_annotation(toll)))
    places = [(s["start"], s["end"]) for s in selectors if s["type"] == "TextPositionSelector"]
    quotes = [s["exact"] for s in selectors if s["type"] == "TextQuoteSelector"]

    assert quotes == [(toll.source.text or "")[start:end] for start, end in places]


@pytest.mark.parametrize("simple", ["target", "selector"])
def test_one_target_or_selector_needs_no_list(simple: str, toll: Article) -> None:
    document = to_web_annotation(toll)
    for item in document["items"]:
        item["target"][0]["selector"] = item["target"][0]["selector"][0]
        if simple == "target":
            item["target"] = item["target"][0]

    assert from_web_annotation(document) == toll


def _broken(path: str, value: Any) -> Any:
    document = to_web_annotation(wire.from_data(small()))
    *steps, last = (int(step) if step.isdigit() else step for step in path.split("/"))
    target: Any = document
    for step in steps:
        target = target[step]
    target[last] = value
    return document


KINDS = "Mention, TimeExpression, Quantity, Quotation, Event, Relation, Claim"
NO_PLACE = "there is no TextPositionSelector with start and end, which locate a span"
STANDARD = "http://www.w3.org/ns/anno.jsonld"
OTHER_CONTEXT = (
    f"'@context': must be {STANDARD!r}, alone or with the one that to_web_annotation writes after it, because another "
    "one changes the meaning of the keys"
)
OTHER_WORDS = "the quoted words differ from the text at the position"


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        ("items", {}, "the page must have a list under 'items'"),
        *(("@context", context, OTHER_CONTEXT) for context in (None, [], "http://x", [STANDARD, {"gist": "http://x"}])),
        ("article", None, "the page must have an object under 'article'"),
        ("article/annotatedText", 1, "the article must have an object under 'annotatedText'"),
        ("items/0", "x", "items/0 must have an object under 'body'"),
        ("items/0/body", [], "items/0 must have an object under 'body'"),
        (
            "items/0/body/type",
            "TextualBody",
            f"items/0: the type of the body must be one of {KINDS}",
        ),
        ("items/0/target", [], "items/0: a Mention has one target, not 0"),
        (
            "items/0/target/0",
            "http://example.org/",
            f"items/0/target/0: {NO_PLACE}",
        ),
        (
            "items/0/target/0/selector/0/start",
            "10",
            f"items/0/target/0: {NO_PLACE}",
        ),
        (
            "items/0/target/0/selector/1/exact",
            "Sel",
            f"items/0/target/0: {OTHER_WORDS}",
        ),
    ],
)
def test_another_form_is_refused_with_its_place(path: str, value: Any, said: str) -> None:
    with pytest.raises(InvalidImport) as caught:
        from_web_annotation(_broken(path, value))

    assert str(caught.value) == said


def test_a_document_that_is_no_object_is_refused() -> None:
    with pytest.raises(InvalidImport) as caught:
        from_web_annotation([])  # type: ignore[arg-type]

    assert str(caught.value) == "the page must have an object under 'article'"


def test_what_is_no_key_of_a_record_is_not_lost_silently() -> None:
    with pytest.raises(InvalidArticle) as caught:
        from_web_annotation(_broken("items/0/body/mood", "glad"))

    assert [(problem.code, problem.pointer) for problem in caught.value.problems] == [
        ("OPED-unknown-key", "/mentions/0/mood")
    ]


def _nodes(value: Any, path: str = "") -> Iterator[str]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in inner:
        yield f"{path}/{key}"
        yield from _nodes(child, f"{path}/{key}")


DOCUMENT = to_web_annotation(wire.from_data(small()))


PATHS = [path for path in _nodes(DOCUMENT | {"units": ""}) if not path.startswith("/@context")]
VALUES: list[Any] = [
    None,
    "utf-16",
    True,
    -1,
    1.5,
    "",
    "x",
    "rec:x",
    [],
    {},
    [None],
    [[]],
    {"type": []},
    {"start": 1, "end": 0},
]


@given(st.sampled_from(PATHS), st.sampled_from(VALUES))
def test_no_other_exception_escapes(path: str, value: Any) -> None:
    document = copy.deepcopy(DOCUMENT)
    *steps, last = path.split("/")[1:]
    target: Any = document
    for step in steps:
        target = target[int(step) if isinstance(target, list) else step]
    target[int(last) if isinstance(target, list) else last] = value

    with contextlib.suppress(InvalidImport, InvalidArticle):
        from_web_annotation(document)
