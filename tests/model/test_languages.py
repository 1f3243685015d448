"""Language tags of RFC 5646."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any, Final

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from oped_dataset import load, validate
from oped_dataset.errors import InvalidRecord
from oped_dataset.model.languages import LanguageTag, canonical_case

# The examples of RFC 5646, appendix A, and grandfathered tags.
WELL_FORMED: Final = [
    "de",
    "fr",
    "ja",
    "i-enochian",
    "zh-Hant",
    "zh-Hans",
    "sr-Cyrl",
    "sr-Latn",
    "zh-cmn-Hans-CN",
    "cmn-Hans-CN",
    "zh-yue-HK",
    "yue-HK",
    "zh-Hans-CN",
    "sr-Latn-RS",
    "sl-rozaj",
    "sl-rozaj-biske",
    "sl-nedis",
    "de-CH-1901",
    "sl-IT-nedis",
    "hy-Latn-IT-arevela",
    "de-DE",
    "en-US",
    "es-419",
    "de-CH-x-phonebk",
    "az-Arab-x-aze-derbend",
    "x-whatever",
    "qaa-Qaaa-QM-x-southern",
    "de-Qaaa",
    "sr-Latn-QM",
    "sr-Qaaa-RS",
    "en-US-u-islamcal",
    "zh-CN-a-myext-x-private",
    "en-a-myext-b-another",
    "en-x-twain",
    "de-DE-u-co-phonebk",
    "i-klingon",
    "i-default",
    "en-GB-oed",
    "sgn-BE-FR",
    "zh-min-nan",
    "art-lojban",
    "cel-gaulish",
    "no-bok",
    "x-a-a",
    "und",
    "mul",
]


def refusal(tag: Any) -> str | None:
    try:
        attrs.evolve(load("harbour-toll"), language=tag)
    except InvalidRecord as error:
        return str(error)
    return None


@pytest.mark.parametrize("tag", WELL_FORMED)
def test_well_formed_tags_are_accepted_in_canonical_case_only(tag: str) -> None:
    wanted = f"is not in the canonical case of BCP 47; write {tag!r}"

    assert refusal(tag) is None
    others = sorted({tag.upper(), tag.lower()} - {tag})
    assert [refusal(each) for each in others] == [f"Article.language: {each!r} {wanted}" for each in others]


@pytest.mark.parametrize(
    "tag",
    [
        "English",
        "de-419-DE",
        "a-DE",
        "en-a",
        "en-x",
        "x",
        "i-foo",
        "en_US",
        "en-",
        "en--US",
        "e",
        "en-US-GB",
        "en-abcdefghi",
        "zh-Hant-Hans",
        "en\n",
    ],
)
def test_strings_without_the_form_of_a_tag_are_rejected(tag: str) -> None:
    assert str(refusal(tag)).startswith(f"Article.language: {tag!r} is not a BCP 47 language tag")


@pytest.mark.parametrize(
    ("tag", "subtag"), [("ar-a-aaa-b-bbb-a-ccc", "a"), ("de-DE-1901-1901", "1901"), ("sl-rozaj-biske-rozaj", "rozaj")]
)
def test_repeated_variants_and_extensions_are_rejected(tag: str, subtag: str) -> None:
    assert refusal(tag) == f"Article.language: {tag!r} has the subtag {subtag!r} twice"


def test_a_document_is_checked_as_a_record_is(small: dict[str, Any]) -> None:
    (problem,) = validate(json.dumps(small | {"language": "de-DE-1901-1901"})).problems

    assert problem.pointer == "/language"


@given(st.from_regex(re.compile(LanguageTag().pattern, re.ASCII), fullmatch=True))
def test_the_canonical_case_is_a_fixed_point(tag: str) -> None:
    assert canonical_case(tag) == tag
    assert canonical_case(tag.swapcase()) == tag


def test_other_types_than_str_are_rejected() -> None:
    assert refusal(date(2020, 1, 1)) == "Article.language: must be str, not date"
