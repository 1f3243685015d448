"""Looking up the entities of one article by their names.

Here: finding an entity by its id, name or alias; the words that models use for the author; finding a person by a first
or last name.
Not here: making entities (`from_records.py`) and repairing names (`resolving.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from oped_dataset.messages import Suggestions, quoted
from oped_dataset.model.records import Entity
from oped_dataset.model.vocabulary import EntityKind
from oped_dataset.text.canonical import normalise

_AUTHOR: Final = frozenset(
    {
        "author",
        "the author",
        "this author",
        "the article's author",
        "author of the article",
        "the author of the article",
    }
    | {"writer", "the writer", "columnist", "the columnist", "the op-ed's author", "i"}
)
_TITLE: Final = re.compile(
    "mr|mrs|ms|miss|mx|dr|prof|professor|sir|dame|lord|lady|sen|senator|rep|representative|gov|governor|president"
    "|chancellor|minister|mayor|judge|justice|general|colonel|captain|father|herr|frau|monsieur|madame|señor|señora"
)
"""Forms of address and offices that precede a surname, in lower case."""


def name_key(name: str) -> str:
    """Return the form in which names are compared: normalised and case-folded."""
    return normalise(name).casefold()


class Names:
    """The entities known so far, by id, name and alias."""

    def __init__(self, authors: Iterable[str]) -> None:
        """Store the ids of the authors."""
        self.authors: tuple[str, ...] = tuple(authors)
        self._ids: dict[str, dict[str, None]] = {}
        self._persons: dict[str, set[str]] = {}
        self._shown: dict[str, str] = {}

    def add(self, entity: Entity) -> None:
        """Add an entity under its id, its name and its aliases."""
        self._shown[entity.id] = entity.name
        for name in (entity.id, entity.name, *entity.aliases):
            self._ids.setdefault(name_key(name), {})[entity.id] = None
        if entity.kind is EntityKind.PERSON:
            for words in filter(None, map(_words, (entity.name, *entity.aliases))):
                # The order of family name and given name depends on the language.
                for word in (words[0], words[-1]):
                    self._persons.setdefault(word, set()).add(entity.id)

    def find(self, name: str) -> str | None:
        """Return the id of the first entity with this name; None if no entity has it."""
        return next(self.all(name), None)

    def all(self, name: str) -> Iterator[str]:
        """Yield the ids of all entities with this name, in the order in which they were added."""
        return iter(self._ids.get(name_key(name), ()))

    def is_author(self, name: str) -> bool:
        """Whether these words denote the author of the article and are not the name of an entity."""
        return name_key(name) in _AUTHOR and self.find(name) is None

    def only_author(self) -> str | None:
        """Return the id of the author; None if there are several."""
        return self.authors[0] if len(self.authors) == 1 else None

    def person(self, name: str) -> str | None:
        """Return the id of the only person with this first or last name, with or without a form of address, or None."""
        words = _words(name)
        if not words or not all(map(_TITLE.fullmatch, words[:-1])):
            return None
        found = self._persons.get(words[-1], set())
        return next(iter(found)) if len(found) == 1 else None

    def shown(self, entity_id: str) -> str:
        """Return the name of an entity."""
        return self._shown.get(entity_id, entity_id)

    def hint(self, name: str, suggestions: Suggestions) -> str:
        """Suggest a replacement for an unknown name."""
        if self.is_author(name) and self.authors:
            return f"the author is called {' or '.join(repr(self.shown(each)) for each in self.authors)}"
        person = self.person(name)
        if person is not None:
            return f"did you mean {quoted(self.shown(person))}?"
        return suggestions.hint(name_key(name), self._ids) or "add an entity of this name"


def _words(name: str) -> list[str]:
    return re.findall(r"[^\W\d_]+(?:['-][^\W\d_]+)*", name_key(name))
