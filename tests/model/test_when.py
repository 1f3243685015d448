"""Dates, times and durations in words."""

from __future__ import annotations

import pytest

from oped_dataset import Span, TimeExpression
from oped_dataset.model.vocabulary import TimeKind
from oped_dataset.model.when import time_in_words


@pytest.mark.parametrize(
    ("kind", "value", "words"),
    [
        ("date", "2019-05", "May 2019"),
        ("date", None, "unresolved"),
        ("time", "T18:30", "18:30"),
        ("time", "TEV", "evening"),
        ("time", "2024-05-03T18:30", "3 May 2024, 18:30"),
        ("duration", "P6W", "6 weeks"),
        ("duration", "P1Y2M", "1 year 2 months"),
        ("duration", "P2MT1M30S", "2 months 1 minute 30 seconds"),
        ("set", "P1Y", "every year"),
        ("set", "PT12H", "every 12 hours"),
    ],
)
def test_a_time_expression_is_worded(kind: str, value: str | None, words: str) -> None:
    time = TimeExpression(id="t", span=Span(0, 1), kind=TimeKind(kind), value=value)

    assert time_in_words(time) == words
