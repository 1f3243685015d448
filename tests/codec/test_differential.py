"""The package's readers compared with orjson for JSON and with edtf-validate for dates."""

from __future__ import annotations

import calendar
import datetime
import json
import re
import warnings
from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from json_suite import SUITE
from small import small as small_data
from small import text_of

from oped_dataset import Article, Edtf, dumps
from oped_dataset.codec import jsontext
from oped_dataset.errors import InvalidDate
from oped_dataset.model.dates import PATTERN
from oped_dataset.testing import strategies

with warnings.catch_warnings():
    # The library uses deprecated names of its own dependencies.
    warnings.simplefilter("ignore")
    from edtf_validate.valid_edtf import is_valid

pytestmark = [pytest.mark.filterwarnings("ignore::DeprecationWarning"), pytest.mark.slow]

STRICTER = {
    "OPED-duplicate-key",
    "OPED-number-out-of-range",
    "OPED-too-deep",
}
"""The problems that a reader which follows the standard may accept."""


def _theirs(data: bytes) -> tuple[bool, Any]:
    try:
        return True, orjson.loads(data)
    except orjson.JSONDecodeError:
        return False, None


def _agree(data: bytes) -> bool:
    parsed = jsontext.parse(data)
    taken, value = _theirs(data)
    if parsed.report.ok:
        # `repr` distinguishes 1, 1.0 and True, which are equal in Python.
        return taken and repr(parsed.value) == repr(value)
    return not taken or bool({problem.code for problem in parsed.report.problems} & STRICTER)


@pytest.mark.parametrize("path", SUITE, ids=lambda path: str(path.name))
def test_both_accept_the_same_files_of_the_suite(path: Path) -> None:
    assert _agree(path.read_bytes())


_PIECES = st.sampled_from(
    [
        *'[]{},:" \n\\',
        "1",
        "-",
        "0",
        ".5",
        "e9",
        "true",
        "null",
        "NaN",
        '"a"',
        r'"\u0041"',
        r'"\ud800"',
        "é",
        "\x00",
        "\ufeff",
    ]
)


@settings(max_examples=300)
@given(st.lists(_PIECES, max_size=12).map("".join))
def test_both_accept_the_same_texts(text: str) -> None:
    assert _agree(text.encode())


@settings(max_examples=200)
@given(st.data())
def test_both_accept_the_same_damaged_documents(data: st.DataObject) -> None:
    text = text_of(small_data())
    start = data.draw(st.integers(0, len(text)))
    end = start + data.draw(st.integers(0, 3))

    assert _agree((text[:start] + data.draw(_PIECES | st.just("")) + text[end:]).encode())


@given(strategies.articles())
def test_both_read_a_written_article(article: Article) -> None:
    content = dumps(article)

    assert orjson.loads(content) == jsontext.parse(content).value == json.loads(content)


# Dates.


def _ours(text: str) -> bool:
    try:
        Edtf(text)
    except InvalidDate:
        return False
    return True


DISAGREEMENTS = {
    # edtf-validate accepts `X` only in single unqualified dates; an op-ed also says "from the 1990s on, perhaps".
    "unspecified digits that are qualified or part of an interval": re.compile(r".*X.*[?~%/].*|.*/.*X.*"),
    # Python's calendar begins in the year 1.
    "the year 0": re.compile(r"(.*/)?0(000|00X|0XX).*"),
    # `2019/2019-03` might end before it begins; the package rejects it.
    "an interval whose ends are known to different precision": re.compile(r"[^/]*/[^/]*"),
    # edtf-validate accepts 29 February in every year.
    "29 February": re.compile(r".*-02-29.*"),
}
"""The intended differences between the two."""


@given(strategies.dates())
def test_a_generated_date_is_valid_for_edtf_validate(date: Edtf) -> None:
    assert is_valid(date) or any(pattern.fullmatch(date) for pattern in DISAGREEMENTS.values())


@settings(max_examples=300)
@given(st.from_regex(PATTERN, fullmatch=True))
def test_both_accept_the_same_single_dates(text: str) -> None:
    assert _ours(text) == is_valid(text) or any(pattern.fullmatch(text) for pattern in DISAGREEMENTS.values())


@given(st.dates(), st.dates(), st.sampled_from(["", "?", "~", "%"]))
def test_both_accept_the_same_intervals_of_days(first: datetime.date, last: datetime.date, mark: str) -> None:
    text = f"{first.isoformat()}{mark}/{last.isoformat()}{mark}"

    assert _ours(text) == is_valid(text) == (first <= last)


@given(st.integers(1, 9999), st.integers(0, 99), st.integers(0, 99))
@example(year=2019, month=2, day=29)
@example(year=2020, month=2, day=29)
def test_both_agree_on_the_calendar(year: int, month: int, day: int) -> None:
    text = f"{year:04}-{month:02}-{day:02}"
    is_real = calendar.isleap(year) if DISAGREEMENTS["29 February"].fullmatch(text) else is_valid(text)

    assert _ours(text) == is_real
