"""What Hypothesis calls when it is imported, so that `st.from_type(Article)` works with nothing imported by hand.

What lives here: which strategy makes which class; the strategies themselves are imported when one is first asked for.
What does not: the strategies (`strategies.py`).
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any, Final, cast

import attrs

from oped_dataset import dates, model

_STRATEGIES: Final[dict[type, str]] = {
    dates.Edtf: "dates",
    model.Argument: "arguments",
    model.Article: "articles",
    model.Claim: "claims",
    model.Entity: "entities",
    model.Erratum: "errata",
    model.Event: "events",
    model.Heading: "headings",
    model.Identifier: "identifiers",
    model.Mention: "mentions",
    model.Paragraph: "paragraphs",
    model.Participant: "participants",
    model.Quantity: "quantities",
    model.Quotation: "quotations",
    model.Relation: "relations",
    model.Sentence: "sentences",
    model.Shift: "shifts",
    model.Source: "sources",
    model.Span: "places",
    model.TimeExpression: "times",
    model.Voice: "voices",
}
"""Each class with the strategy that makes it."""


def register() -> None:
    """Tell Hypothesis how to make the records, the tables, spans and dates."""
    # Not at the top: who calls this has imported it, and who does not must not need it.
    from hypothesis import strategies as st

    for cls, name in _STRATEGIES.items():
        st.register_type_strategy(cls, _named(name))
    for name, field in attrs.fields_dict(model.Article).items():
        if name in model.TABLES:
            st.register_type_strategy(cast("type", field.converter), _table(name))


def _kit() -> Any:
    return import_module("oped_dataset.testing.strategies")


def _named(name: str) -> Callable[[type], Any]:
    return lambda _: getattr(_kit(), name)()


def _table(name: str) -> Callable[[type], Any]:
    return lambda _: _kit().articles().map(lambda article: getattr(article, name))
