"""The entry point that Hypothesis calls on import, so that `st.from_type(Article)` works without further imports.

Here: the strategy of each class, by its name.
Not here: the strategies (`strategies.py`), which are imported when one is first used.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType
from typing import Any, Final

import attrs

from oped_dataset import errors
from oped_dataset.codec import jsontext
from oped_dataset.model import dates, records
from oped_dataset.model.article import TABLES, Article
from oped_dataset.model.layout import layout

_STRATEGIES: Final[dict[type, str]] = {
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
"""The strategy of each class that is registered immediately."""

_RESULTS: Final = {
    "oped_dataset.authoring.adjudicating": {"Adjudication": "adjudications"},
    "oped_dataset.authoring.comparing": {"AnnotationComparison": "comparisons", "Disagreement": "disagreements"},
    "oped_dataset.authoring.drafts": {"Draft": "drafts", "Proposal": "proposals"},
    "oped_dataset.corpora.lines": {"LineReader": "readers"},
    "oped_dataset.extraction.results": {"Extraction": "extractions", "Rejection": "rejections", "Repair": "repairs"},
    "oped_dataset.scoring.scores": {"Scores": "scores"},
    "oped_dataset.text.attachment": {"AttachedArticle": "attached_articles"},
}
"""The strategies of classes that are registered when their modules are imported, by module."""


def register() -> None:
    """Register strategies for the records, the tables, spans and dates with Hypothesis."""
    # Imported here, because this module must be importable without Hypothesis, which has been imported by its caller.
    from hypothesis import strategies as st

    for cls, name in _STRATEGIES.items():
        _register_class(cls, name)
    sys.meta_path.insert(0, _Finder)
    for known in _RESULTS.keys() & sys.modules.keys():
        _register_results(sys.modules[known])
    for slot in layout(Article):
        if slot.name in TABLES:
            st.register_type_strategy(slot.container, _table_strategy(slot.name))


def _register_results(module: ModuleType) -> None:
    for cls, name in _RESULTS[module.__name__].items():
        _register_class(getattr(module, cls), name)


class _Finder:
    """Finds the modules of `_RESULTS` as usual, and registers their classes at the end of their import.

    With these modules and cattrs, `import hypothesis` would take more than half as long again.
    """

    @staticmethod
    def find_spec(name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        spec = PathFinder.find_spec(name, path, target) if name in _RESULTS else None
        loader: Any = spec and spec.loader
        if loader is not None:
            execute = loader.exec_module

            def execute_and_register(module: ModuleType) -> None:
                execute(module)
                _register_results(module)

            loader.exec_module = execute_and_register
        return spec


def _register_class(cls: type, name: str) -> None:
    from hypothesis import strategies as st

    st.register_type_strategy(cls, lambda _: getattr(_kit(), name)())
    if attrs.has(cls):
        _follow_subclasses(cls)


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


def _table_strategy(name: str) -> Callable[[type], Any]:
    return lambda _: _kit().articles().map(lambda article: getattr(article, name))
