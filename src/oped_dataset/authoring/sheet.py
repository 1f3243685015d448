"""An article for the checks of `lint`: with its text if known, and with references that may dangle.

Here: the warning, and the queries that several checks share.
Not here: the checks (`gaps.py`, `guidelines.py`).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import Any, Final, TypeAlias

import attrs

from oped_dataset.authoring.drafts import Draft
from oped_dataset.authoring.lint_codes import LINT_CODES
from oped_dataset.authoring.splitting import blocks_of
from oped_dataset.errors import Problem
from oped_dataset.model.article import Article
from oped_dataset.model.records import Entity, Span

_MOST_ALIASES: Final = 100
"""The number of aliases of an entity that are compared."""


@attrs.frozen(kw_only=True)
class LintWarning(Problem):
    """A warning of `lint` about a gap or a violation of the guidelines.

    Attributes:
        code: `LINT-…`; the page of the codes of `lint` describes each.
        severity: Always "warning".
        span: The span in the text, or None for a warning without one.
    """

    severity: str = "warning"
    span: Span | None = None


Finding: TypeAlias = tuple[str, Span | None, str]
"""A pointer, a span in the text, and a message."""

Check: TypeAlias = "Callable[[Sheet], Iterator[Finding]]"
"""Yields the findings of one code, which is the name of the check in kebab-case after `LINT-`."""


@attrs.frozen(kw_only=True, slots=False)
class Sheet:
    """An article, the draft it comes from, and its text.

    Attributes:
        draft: The draft.
        text: The annotated text; "" if it is unknown.
    """

    draft: Draft
    text: str

    @property
    def article(self) -> Article:
        """The article."""
        return self.draft.article

    @property
    def is_english(self) -> bool:
        """Whether the text is English, the only language of some checks."""
        return self.article.language.partition("-")[0] == "en"

    def run(self, check: Check) -> Iterator[LintWarning]:
        """Apply a check, unless it needs the text and the text is unknown."""
        code = f"LINT-{check.__name__.replace('_', '-')}"
        if self.text or not LINT_CODES[code].needs_text:
            for pointer, span, message in check(self):
                hint = LINT_CODES[code].remedy
                yield LintWarning(code=code, pointer=pointer, span=span, message=message, hint=hint)

    def words(self, span: Span) -> str:
        """Return the words at a span."""
        return self.text[span.start : span.end]

    @cached_property
    def blocks(self) -> tuple[Span, ...]:
        """The paragraphs: those of the source, else the lines of the text."""
        return tuple(each.span for each in self.article.source.paragraphs) or blocks_of(self.text)

    @cached_property
    def _starts(self) -> list[int]:
        return [sentence.span.start for sentence in self.article.source.sentences]

    def sentence(self, offset: int) -> int | None:
        """Return the index of the sentence at an offset, or None."""
        index = bisect_right(self._starts, offset) - 1
        covered = index >= 0 and self.article.source.sentences[index].span.covers(offset)
        return index if covered else None

    def place(self, span: Span) -> str:
        """Return the pointer to the sentence in which a span begins, or to the source."""
        index = self.sentence(span.start)
        return "/source" if index is None else f"/source/sentences/{index}"

    @cached_property
    def _entities(self) -> dict[str, Entity]:
        return {entity.id: entity for entity in self.article.entities}

    def entity(self, entity_id: str) -> Entity | None:
        """Return an entity, or None for a dangling id."""
        return self._entities.get(entity_id)

    def names(self, entity_id: str) -> set[str]:
        """Return the name and the first aliases of an entity, with straight apostrophes."""
        entity = self.entity(entity_id)
        if entity is None:
            return set()
        return {straight(name) for name in (entity.name, *entity.aliases[:_MOST_ALIASES])}


def straight(words: str) -> str:
    """Replace apostrophes by straight ones; offsets remain the same."""
    return words.replace("’", "'")


def pointers(records: Iterable[Any], table: str) -> Iterator[tuple[str, Any]]:
    """Yield each record of a table with its pointer."""
    return ((f"/{table}/{index}", record) for index, record in enumerate(records))
