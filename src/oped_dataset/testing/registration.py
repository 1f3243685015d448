"""The entry point that Hypothesis calls on import, so that `st.from_type(Article)` works without further imports.

Here: the strategy of each class, by its name.
Not here: the strategies (`strategies.py`), which are imported when one is first used.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any, Final

import attrs

from oped_dataset import errors
from oped_dataset.authoring.adjudicating import Adjudication
from oped_dataset.authoring.comparing import AnnotationComparison, Disagreement
from oped_dataset.authoring.drafts import Draft, Proposal
from oped_dataset.codec import jsontext
from oped_dataset.corpora.lines import LineReader
from oped_dataset.extraction.results import Extraction, Rejection, Repair
from oped_dataset.model import dates, records
from oped_dataset.model.article import TABLES, Article
from oped_dataset.model.layout import layout
from oped_dataset.scoring.scores import Scores
from oped_dataset.text.attachment import AttachedArticle

_STRATEGIES: Final[dict[type, str]] = {
    Adjudication: "adjudications",
    AnnotationComparison: "comparisons",
    Disagreement: "disagreements",
    Draft: "drafts",
    Proposal: "proposals",
    AttachedArticle: "attached_articles",
    LineReader: "readers",
    Extraction: "extractions",
    Rejection: "rejections",
    Repair: "repairs",
    Scores: "scores",
    errors.Problem: "problems",
    errors.Report: "reports",
    jsontext.Limits: "limits",
    dates.Edtf: "dates",
    records.Argument: "arguments",
    Article: "articles",
    records.Claim: "claims",
    records.Entity: "entities",
    records.Erratum: "errata",
    records.Event: "events",
    records.Heading: "headings",
    records.Identifier: "identifiers",
    records.Mention: "mentions",
    records.Paragraph: "paragraphs",
    records.Participant: "participants",
    records.Quantity: "quantities",
    records.Quotation: "quotations",
    records.Relation: "relations",
    records.Sentence: "sentences",
    records.Shift: "shifts",
    records.Source: "sources",
    records.Span: "places",
    records.TimeExpression: "times",
    records.Voice: "voices",
}
"""The strategy of each class."""


def register() -> None:
    """Register strategies for the records, the tables, spans and dates with Hypothesis."""
    # Imported here, because this module must be importable without Hypothesis, which has been imported by its caller.
    from hypothesis import strategies as st

    for cls, name in _STRATEGIES.items():
        st.register_type_strategy(cls, _strategy_named(name))
        if attrs.has(cls):
            _follow_subclasses(cls)
    for slot in layout(Article):
        if slot.name in TABLES:
            st.register_type_strategy(slot.container, _table_strategy(slot.name))


def _follow_subclasses(cls: Any) -> None:
    """Register the present and future subclasses of a record, which Hypothesis does not find by their base."""
    from hypothesis import strategies as st

    def follow(made: type, /, **options: Any) -> None:
        super(cls, made).__init_subclass__(**options)
        st.register_type_strategy(made, lambda asked: _kit().extended(cls, asked))

    for known in cls.__subclasses__():
        follow(known)
    cls.__init_subclass__ = classmethod(follow)


def _kit() -> Any:
    return import_module("oped_dataset.testing.strategies")


def _strategy_named(name: str) -> Callable[[type], Any]:
    return lambda _: getattr(_kit(), name)()


def _table_strategy(name: str) -> Callable[[type], Any]:
    return lambda _: _kit().articles().map(lambda article: getattr(article, name))
