"""Dates, times and durations in words."""

from __future__ import annotations

import pytest

from oped_dataset import Span, TimeExpression
from oped_dataset.model.vocabulary import TimeKind
from oped_dataset.model.when import time_in_words


@pytest.mark.parametrize(
    ("kind", "value", "words"),
    [
        (TimeKind.DATE, "2019-05", "May 2019"),
        (TimeKind.DATE, None, "unresolved"),
        (TimeKind.TIME, "T18:30", "18:30"),
        (TimeKind.TIME, "TEV", "evening"),
        (TimeKind.TIME, "2024-05-03T18:30", "3 May 2024, 18:30"),
        (TimeKind.DURATION, "P6W", "6 weeks"),
        (TimeKind.DURATION, "P1Y2M", "1 year 2 months"),
        (TimeKind.DURATION, "P2MT1M30S", "2 months 1 minute 30 seconds"),
        (TimeKind.SET, "P1Y", "every year"),
        (TimeKind.SET, "PT12H", "every 12 hours"),
    ],
)
def test_a_time_expression_is_worded(kind: TimeKind, value: str | None, words: str) -> None:
    time = TimeExpression(id="t", span=Span(0, 1), kind=kind, value=value)

    assert time_in_words(time) == words
